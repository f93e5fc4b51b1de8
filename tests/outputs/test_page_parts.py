"""The scripts of a page share one function, and its catalogues one table: names are given once."""

import re
from collections import Counter
from importlib.resources import files

import pytest

from roadalign.locales import LANGUAGES, catalogue
from roadalign.outputs.comparison import page as comparison
from roadalign.outputs.index import page as index
from roadalign.outputs.map import page
from roadalign.outputs.map.payload import ROOMS

DECLARED = re.compile(r"^(?:const|let|function|class) +(\w+|[\[{][^=]*?[\]}])", re.MULTILINE)


def names_in(script):
    return [name for found in DECLARED.findall(script) for name in re.findall(r"\w+", found)]


def script(package, name):
    return files(package).joinpath(name).read_text(encoding="utf-8")


MAP = "roadalign.outputs.map"
PAGES = {
    "map": [(MAP, name) for name in page.SCRIPTS],
    "index": list(index.SCRIPTS),
    "comparison": list(comparison.SCRIPTS),
}


@pytest.mark.parametrize("called", PAGES)
def test_no_name_is_declared_twice_on_a_page(called):
    declared = Counter(name for place in PAGES[called] for name in names_in(script(*place)))
    assert len(declared) > 20
    assert [name for name, times in declared.items() if times > 1] == []


def test_names_are_seen_however_they_are_declared():
    text = "const one = 1;\nlet two;\nfunction three() {}\nconst { four, five } = data;\nconst [six] = [];"
    assert names_in(text) == ["one", "two", "three", "four", "five", "six"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_the_map_stands_in_two_catalogues(lang):
    keys = Counter(key for room in ROOMS for key in catalogue(lang, room))
    assert [key for key, times in keys.items() if times > 1] == []
