"""Chinese texts say one thing with one word, and are set as Chinese texts are.

`words_zh.toml` lists what they do not say, and what they say instead.
"""

import re
import tomllib
from pathlib import Path

import pytest

import roadalign
from roadalign.locales import catalogue
from roadalign.rules.core import load_rules
from roadalign.standards import table

HOME = Path(__file__).parents[1]
SOURCES = Path(roadalign.__file__).parent
STANDARDS = ("columns", "limits", "status_pairs", "constraints", "manifest", "classes")
HAN = "\u4e00-\u9fff"
"""Chinese characters."""

CODE = re.compile(
    r"```.*?```|`[^`]*`|\]\([^)]*\)|https?://\S+|{[^{}]*}|\n +align [^\n]*", re.DOTALL
)
"""What is not prose: code, addresses, placeholders."""

LISTED = {
    re.compile(word): instead
    for group in tomllib.loads((HOME / "tests" / "words_zh.toml").read_text("utf-8")).values()
    for word, instead in group.items()
}
FORMS = {
    re.compile(rf"[{HAN}”）][,;:?!](?=[\s{HAN}“（]|$)"): "a full-width mark behind Chinese text",
    re.compile(rf"[{HAN}]\s?\([^)]*[{HAN}][^)]*\)|\([{HAN}][^)]*\)"): "full-width brackets（）",
    re.compile(r"[\d□]\s+[%％]|％"): "64%: no space, and the plain sign",
    re.compile(r"\d\s?[–~]\s?\d"): "a range with ～",
    re.compile(rf"[{HAN}\d]\s+～|～\s"): "no space beside ～",
}
"""How a text is not set, and how it is."""


def faults(text):
    """Return what a text says or sets in another way than the list has it."""
    prose = CODE.sub("□", text)
    found = [
        f"{hit[0]!r}: {instead}" for word, instead in LISTED.items() for hit in word.finditer(text)
    ]
    return found + [
        f"{hit[0]!r}: {how}" for form, how in FORMS.items() for hit in form.finditer(prose)
    ]


def texts_of(messages, before=""):
    for key, value in messages.items():
        if isinstance(value, dict):
            yield from texts_of(value, f"{before}{key}.")
        elif isinstance(value, str):
            yield f"{before}{key}", value


def chinese_texts(data, before=""):
    """Yield what stands under a key ``zh`` of a table, however deep."""
    if isinstance(data, list):
        data = dict(enumerate(data))
    for key, value in data.items() if isinstance(data, dict) else ():
        if key == "zh" and isinstance(value, str):
            yield f"{before}{key}", value
        else:
            yield from chinese_texts(value, f"{before}{key}.")


def told(texts):
    return [f"{key}: {one}" for key, text in texts for one in faults(text)]


ROOMS = sorted({path.stem for path in (SOURCES / "locales" / "zh").glob("*.toml")})


@pytest.mark.parametrize("room", ROOMS)
def test_the_texts_of_the_program(room):
    assert told(texts_of(catalogue("zh", room))) == []


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.code)
def test_the_pages_of_the_rules(rule):
    texts = {"page": rule.page("zh"), "title": rule.title.zh}
    for name in ("message", "ask", "ask_own", "ask_other"):
        wording = getattr(rule, name, None)
        if wording is not None:
            texts[name] = wording.zh
    assert told(texts.items()) == []
    headings = re.findall(rf"^[{HAN}]+$", rule.page("zh"), flags=re.MULTILINE)
    assert [one for one in ("检查目的", "判定方法", "举例", "依据") if one not in headings] == []


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.code)
def test_both_languages_have_the_same_headings(rule):
    names = {
        "What it says": "说明什么",
        "Why it matters": "检查目的",
        "How it is judged": "判定方法",
        "When it is said": "判定方法",
        "What it does not see": "局限",
        "What to do": "处理方法",
        "Example": "举例",
        "Source": "依据",
    }
    headings = re.findall(r"^\w[\w ]+$", rule.page("en"), flags=re.MULTILINE)
    chinese = re.findall(rf"^[{HAN}]+$", rule.page("zh"), flags=re.MULTILINE)
    assert [names[one] for one in headings] == chinese


@pytest.mark.parametrize(
    "path", sorted((SOURCES / "rules").rglob("*.py")), ids=lambda path: path.stem
)
def test_what_the_modules_of_the_rules_say_beside(path):
    lines = path.read_text("utf-8").splitlines()
    said = (
        (str(number), line) for number, line in enumerate(lines, 1) if re.search(f"[{HAN}]", line)
    )
    found = [(key, text) for key, text in said if any(word.search(text) for word in LISTED)]
    assert told(found) == []


@pytest.mark.parametrize("name", STANDARDS)
def test_the_standards(name):
    assert told(chinese_texts(table(name))) == []


def test_the_readme():
    lines = (HOME / "README.zh.md").read_text("utf-8")
    assert told([("README.zh.md", lines)]) == []


def test_the_glossary_names_things_as_the_texts_do():
    text = (HOME / "docs" / "glossary.md").read_text("utf-8")
    assert [hit[0] for word in LISTED for hit in word.finditer(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "结论为不匹配。",
        "两侧间隙 3 米。",
        "甲方道路",
        "已对接 64 %",
        "占 {share} %",
        "宽 30–100 米",
        "等级 ～ 车道",
        "已对接,未对接",
        "名称(曾用名)相同",
        "是否对接?",
        "为一次运行新建台账",
    ],
)
def test_a_text_that_is_not_by_the_list_is_found(text):
    assert len(faults(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "两侧端点间距 3 米，中线错位 4 米：已对接 64%。",
        "读取 `a, b` 和 [`limits.toml`](src/limits.toml)（共 3～5 项）。",
        "2027-03-31 起，CJJ 37-2012 第 6.2.2 条",
        "G60连接线",
        "建议线位",
    ],
)
def test_a_text_by_the_list_is_left_alone(text):
    assert faults(text) == []


def test_the_list_is_of_words_that_can_be_found():
    assert len(LISTED) >= 40
    for word, instead in LISTED.items():
        assert instead.strip()
        assert not word.search(""), word.pattern
