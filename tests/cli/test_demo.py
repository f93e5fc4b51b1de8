"""The example speaks one language: its settings name the sides as that language does."""

import tomllib

import pytest

from roadalign.cli.demo import SIDES, copy_default, settings_in
from roadalign.errors import InputError

NAMES = {"en": ("jinshan", "jiaxing"), "zh": ("金山", "嘉兴")}


def settings_of(folder):
    return tomllib.loads((folder / "align.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("lang", sorted(SIDES))
def test_the_settings_are_of_one_language(tmp_path, default_folder, lang):
    copy_default(tmp_path / "copy", lang=lang, force=False)
    found = settings_of(tmp_path / "copy")
    assert found["lang"] == lang
    assert (found["a"]["name"], found["b"]["name"]) == NAMES[lang]
    assert found["boundary"]["name"] == "-".join(NAMES[lang])
    rest = settings_of(default_folder)
    for part in ("a", "b", "boundary"):
        assert {**found[part], "name": ""} == {**rest[part], "name": ""}


def test_another_language_may_follow_but_nothing_of_somebody_else_is_replaced(tmp_path):
    for lang in ("zh", "en", "zh"):
        copy_default(tmp_path, lang=lang, force=False)
        assert settings_of(tmp_path)["lang"] == lang
    own = tmp_path / "align.toml"
    own.write_text(own.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        copy_default(tmp_path, lang="zh", force=False)
    assert refused.value.key == "foreign_files"
    assert own.read_text(encoding="utf-8").endswith("# mine\n")


def test_there_and_back_is_the_same_text(default_folder):
    text = (default_folder / "align.toml").read_text(encoding="utf-8")
    assert settings_in(settings_in(text, lang="en"), lang="zh") == settings_in(text, lang="zh")
