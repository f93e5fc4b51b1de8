"""The catalogues of a page make one table: names are given once."""

from collections import Counter

import pytest

from roadalign.locales import LANGUAGES, catalogue
from roadalign.outputs.map.payload import ROOMS


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_the_map_stands_in_two_catalogues(lang):
    keys = Counter(key for room in ROOMS for key in catalogue(lang, room))
    assert [key for key, times in keys.items() if times > 1] == []
