"""Neither side is the wrong one: what is said stays the same when the sides change places.

Cases are run twice, with the names going along with the data; then every sentence must say of each
side what it said before, only in the other order.
"""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from card_data import checked, with_detour

import roadalign
from roadalign.locales import LANGUAGES, catalogue
from roadalign.outputs.map import render
from roadalign.plans.constraints import ConstraintSource
from roadalign.rules.core import load_input_rules, load_judging_rules
from roadalign.rules.verdicts import write_asks
from roadalign.settings import parse_settings
from roadalign.standards import table

CASES = Path(__file__).resolve().parents[1] / "cases"
NAMES = {"a": "Ostland", "b": "Westland"}
SIDES = ("a", "b")
SHOWN = (
    "S01/class-and-lanes-differ",
    "drawing/dual-carriageway-against-centre-line",
    "T01/existing-against-planned",
    "L01/farmland-between-two-ends",
    "N01/national-route-numbers-differ",
    "C01/no-counterpart-in-a",
    "G05/no-curve-for-140-m-of-offset",
    "G02/offset-of-35-m",
    "G04/overshoot-that-contradicts",
    "G02/red-lines-that-do-not-overlap",
    "G01/river-of-140-m",
    "C02/unnamed-parallel-street-on-one-side-only",
)
BLAME = {
    "en": r"\b(wrong\w*|faulty?|blam\w*|mistak\w*|culprit|guilt\w*|incorrect\w*|violat\w*|fail(s|ed|ure)?|neglect\w*|should have)\b",
    "zh": r"错误|过错|出错|有错|过失|失误|违规|违反|不合格|责怪|怪罪|失职|疏忽",
}


def run(name, *, exchanged):
    folder = CASES / name
    own = folder / "align.toml"
    data = tomllib.loads(own.read_text(encoding="utf-8")) if own.exists() else {}
    order = SIDES[::-1] if exchanged else SIDES
    for side, source in zip(SIDES, order, strict=True):
        data[side] = data.get(side, {}) | {"name": NAMES[source]}
    return roadalign.check(
        *(folder / f"{source}.geojson" for source in order),
        boundary=folder / "boundary.geojson",
        constraints=[
            ConstraintSource(path, path.stem.removeprefix("constraint-"))
            for path in sorted(folder.glob("constraint-*.geojson"))
        ],
        settings=parse_settings(data, where=name),
    )


def sentences(result):
    """Return all that is said, by language: headlines, findings, and what is asked of whom by name."""
    said = {}
    for lang in LANGUAGES:
        asked = write_asks(result.docking_points, result.findings, names=result.names, lang=lang)
        said[lang] = [
            *result.docking_points[f"summary_{lang}"],
            *result.findings[f"message_{lang}"],
            *(
                f"{name}: {ask}"
                for side, name in zip(SIDES, result.names, strict=True)
                for ask in asked[f"ask_{side}"].dropna()
            ),
        ]
    return said


def meaning(sentence, names):
    """Return what a sentence says, whatever the order of the sides.

    Of a clause that names one side every letter counts; of one that names both (or in which a side
    stands for a letter) the words, in any order. What leads a list is no clause of its own.
    """
    sentence = re.sub(r"(?<=[(（])[AB](?=:)", "side", sentence)
    one, two = names
    sentence = re.sub(
        f"({one}|{two})(?:, |、| and |与|和)({one}|{two})", f"{one} & {two}", sentence
    )
    clauses = [one.strip() for one in re.split(r"[,，;；。:：—–?]|\. |\.$", sentence)]
    found = Counter()
    for clause in filter(None, clauses):
        both = sum(name in clause for name in names) != 1
        found["".join(sorted(clause.replace(" ", ""))) if both else clause] += 1
    return frozenset(found.items())


@pytest.mark.parametrize("name", SHOWN)
def test_exchanged_sides_are_told_the_same(name):
    one, two = (sentences(run(name, exchanged=exchanged)) for exchanged in (False, True))
    for lang in LANGUAGES:
        assert one[lang]
        meant = [
            Counter(meaning(text, NAMES.values()) for text in said[lang]) for said in (one, two)
        ]
        assert meant[0] == meant[1], (one[lang], two[lang])


def test_the_comparison_tells_a_sentence_that_takes_sides():
    fair = "Ostland has 4 motor lanes, Westland has 6 motor lanes."
    names = NAMES.values()
    assert meaning(fair, names) == meaning(
        "Westland has 6 motor lanes, Ostland has 4 motor lanes.", names
    )
    assert meaning(fair, names) != meaning(
        "Ostland has 6 motor lanes, Westland has 4 motor lanes.", names
    )
    assert meaning("Ostland lacks it.", names) != meaning("Westland lacks it.", names)


def words(messages):
    for value in messages.values():
        yield from words(value) if isinstance(value, dict) else [value]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_blames_anybody(lang, default_result):
    said = [
        getattr(wording, lang)
        for rule in load_judging_rules()
        for wording in (rule.title, rule.message, rule.ask, rule.ask_other)
        if wording is not None
    ]
    said += [getattr(rule.title, lang) for rule in load_input_rules()]
    said += [one for room in ("points", "card", "map") for one in words(catalogue(lang, room))]
    said += [kind["text"][lang] for kind in table("constraints").values()]
    said += sentences(default_result)[lang]
    assert len(said) > 300
    assert [text for text in said if re.search(BLAME[lang], str(text), re.IGNORECASE)] == []
    assert re.search(BLAME["en"], "the plan of Ostland is wrong")
    assert re.search(BLAME["zh"], "甲方规划有错误")


WAY = [(3000, -1000), (1000, -1000), (1000, 1000), (3000, 1000)]
KNOWN = {"detour_m": 6000.0, "detour_ratio": 3.0, "detour_minutes": 9.0, "minutes_saved": 6.5, "with_link_m": 2000.0, "detour_state": "found"}  # fmt: skip
TOLD = "#card h2, #card li, #card p, #card dd, #card desc, #card svg title"


def told(page, result, lang):
    """Return the sentences of every card, by the name of the road."""
    cards = {}
    page.click(f'button[lang="{lang}"]')
    for point in result.docking_points.to_dict("records"):
        name = next(
            point[f"{side}_name"] for side in SIDES if isinstance(point[f"{side}_name"], str)
        )
        page.evaluate(f"location.hash = '#{point['id']}'")
        page.wait_for_selector(f'.tags a[href="#{point["id"]}"]')
        texts = page.eval_on_selector_all(
            TOLD,
            "all => all.map(one => [...one.childNodes].map(part => part.textContent).join(': '))",
        )
        texts = [one.replace(point["id"], "") for one in texts]
        cards[name] = Counter(meaning(one, ("east", "west")) for one in texts)
    return cards


@pytest.mark.browser
def test_every_card_says_the_same_with_the_sides_exchanged(opened, tmp_path):
    found = []
    for exchanged in (False, True):
        result = with_detour(
            checked(exchanged=exchanged), "River", WAY[::-1] if exchanged else WAY, **KNOWN
        )
        path = tmp_path / f"{exchanged}-map.html"
        path.write_text(render(result, lang="en"), encoding="utf-8")
        page = opened(path)
        found.append({lang: told(page, result, lang) for lang in LANGUAGES})
    for lang in LANGUAGES:
        for road, card in found[0][lang].items():
            assert card == found[1][lang][road], (lang, road, card - found[1][lang][road])
