"""The command line as processes see it: messages, exit codes, files."""

import json
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import LineString

from roadalign.outputs.writers import CHECK
from roadalign.rules.core import load_rules
from warm_processes import align

ROOT = Path(__file__).resolve().parents[2]
CASE = ROOT / "tests/cases/G02/offset-of-35-m"
MEETS = ROOT / "tests/cases/aligned/two-roads-meet"


def check(case, *words, folder, **more):
    layers = [case / "a.geojson", case / "b.geojson"]
    return align(
        "check", *layers, "--boundary", case / "boundary.geojson", *words, folder=folder, **more
    )


def test_help_loads_nothing_heavy(tmp_path):
    code = (
        "import sys; sys.argv = ['align', '--help']\n"
        "from roadalign.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: assert end.code == 0\n"
        "heavy = {'numpy', 'pandas', 'geopandas', 'shapely', 'folium', 'osmnx', 'osmium', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert ran.stdout.strip().endswith("[]")
    assert "align check" in ran.stdout


@pytest.mark.parametrize(
    "command", ["check", "compare", "batch", "demo", "network", "ledger", "rule", "init"]
)
def test_every_command_has_an_example_in_both_languages(command, tmp_path):
    english = align(command, "--help", folder=tmp_path)
    chinese = align(command, "--help", folder=tmp_path, lang="zh")
    assert (english.returncode, chinese.returncode) == (0, 0)
    assert f"align {command}" in english.stdout
    assert "示例" in chinese.stdout
    assert align(command, "--help", "--lang", "zh", folder=tmp_path).stdout == chinese.stdout


def test_a_check_writes_its_files_and_prints_its_summary(tmp_path):
    ran = check(CASE, "--names", "south,north", folder=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "mismatched 1" in ran.stdout
    assert "G02" in ran.stdout
    assert "[4/6] Finding docking points" in ran.stderr
    written = sorted(path.name for path in (tmp_path / "align-out").iterdir())
    assert written == sorted(CHECK.names)


def test_the_same_call_at_the_same_time_gives_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        ran = check(
            CASE, "--out", name, "-q", folder=tmp_path, SOURCE_DATE_EPOCH="1772352000"
        )  # date --utc --date=@1772352000
        assert ran.returncode == 0
    names = {path.name for path in (tmp_path / "one").iterdir()}
    assert {"report.json", "docking_points.gpkg", "docking_points.csv", "map.html"} <= names
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_another_time_changes_the_time_and_the_id_of_the_run_alone(tmp_path):
    for name, time in (("one", "1772352000"), ("two", "1772438400")):
        told = ["--out", name, "--as-of", "2026-03-01", "-q"]
        ran = check(CASE, *told, folder=tmp_path, SOURCE_DATE_EPOCH=time)
        assert ran.returncode == 0
    one, two = (json.loads((tmp_path / n / "report.json").read_text()) for n in ("one", "two"))
    assert one["run"].pop("id") != two["run"].pop("id")
    assert one["run"].pop("time") != two["run"].pop("time")
    assert one == two


def test_years_count_from_the_day_of_the_run_unless_another_is_given(tmp_path):
    for words, day in (((), "2026-03-01"), (("--as-of", "2030-01-01"), "2030-01-01")):
        ran = check(CASE, *words, "-q", folder=tmp_path, SOURCE_DATE_EPOCH="1772352000")
        assert ran.returncode == 0, ran.stderr
        assert json.loads((tmp_path / "align-out/report.json").read_text())["run"]["as_of"] == day
    refused = check(CASE, "--as-of", "2026-13-01", folder=tmp_path)
    assert refused.returncode == 2
    assert "as_of = 2026-13-01" in refused.stderr


ALIGNED = ROOT / "tests/cases/aligned/two-roads-meet"


def test_what_is_compared_is_said_first_and_decides(tmp_path):
    waits = check(ALIGNED, "--fail-on", "undetermined", folder=tmp_path)
    assert waits.returncode == 1
    assert "undetermined 1" in waits.stdout
    assert "A is asked for class: 1" in waits.stdout
    assert check(ALIGNED, "--fail-on", "mismatch", folder=tmp_path).returncode == 0
    place = check(ALIGNED, "--aspects", "place", "--fail-on", "undetermined", folder=tmp_path)
    assert place.returncode == 0, place.stderr
    assert place.stdout.splitlines()[1].startswith("Not compared, as the settings say: section")
    assert "aligned 1" in place.stdout
    for words in (["--aspects", "height"], ["--aspects", ""]):
        refused = check(ALIGNED, *words, folder=tmp_path)
        assert refused.returncode == 2
        assert "aspects" in refused.stderr


def test_inputs_are_not_written_to(tmp_path):
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in CASE.iterdir()}
    check(CASE, "-q", folder=tmp_path)
    assert {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in CASE.iterdir()} == before


def test_quiet_prints_nothing_and_json_prints_json(tmp_path):
    quiet = check(CASE, "--quiet", folder=tmp_path)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")
    ran = check(CASE, "--json", folder=tmp_path)
    assert ran.stderr == ""
    record = json.loads(ran.stdout)
    assert record["summary"]["verdicts"] == {"mismatched": 1}
    assert len(record["unresolved"]) == 1


@pytest.mark.parametrize(
    ("case", "severity", "code"),
    [(CASE, "mismatch", 1), (CASE, "notice", 1), (CASE, "severe", 0), (MEETS, "notice", 0)],
)
def test_fail_on_sets_the_exit_status(case, severity, code, tmp_path):
    assert check(case, "-q", "--fail-on", severity, folder=tmp_path).returncode == code


def test_only_runs_the_rules_named(tmp_path):
    ran = check(CASE, "--only", "S,T", "--json", folder=tmp_path)
    assert json.loads(ran.stdout)["summary"]["rules"] == {}
    wrong = check(CASE, "--only", "Q9", folder=tmp_path)
    assert wrong.returncode == 2
    assert "Q9" in wrong.stderr


WRONG = (
    "no such file",
    "no lines",
    "areas as plan",
    "boundary far away",
    "same file twice",
    "no CRS",
    "no boundary",
    "no plan",
    "one name",
    "no such settings",
    "unknown option",
)


def wrong_calls(folder):
    """Return wrong calls: words of the command line, and what the message must name."""
    line = MEETS / "boundary.geojson"
    a, b = MEETS / "a.geojson", MEETS / "b.geojson"
    area = folder / "area.geojson"
    area.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":'
        '{"type":"Polygon","coordinates":[[[121,30],[121.1,30],[121.1,30.1],[121,30]]]}}]}'
    )
    far = folder / "far.geojson"
    far.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":'
        '{"type":"LineString","coordinates":[[119.0,32.0],[119.1,32.1]]}}]}'
    )
    bare = folder / "bare.shp"
    road = LineString([(595705, 3409228), (596705, 3409928)])
    gpd.GeoDataFrame({"id": [1]}, geometry=[road], crs=4549).to_file(bare)
    bare.with_suffix(".prj").unlink()
    empty = folder / "empty.geojson"
    empty.write_text('{"type":"FeatureCollection","features":[]}')
    return {
        "no such file": (["nowhere.shp", b, "--boundary", line], "nowhere.shp"),
        "no lines": ([empty, b, "--boundary", line], "empty.geojson"),
        "areas as plan": ([area, b, "--boundary", line], "area.geojson"),
        "boundary far away": ([a, b, "--boundary", far], "a.geojson"),
        "same file twice": ([a, a, "--boundary", line], "a.geojson"),
        "no CRS": ([bare, b, "--boundary", line], "4549"),
        "no boundary": ([a, b], "--boundary"),
        "no plan": (["--boundary", line], "PLAN_A"),
        "one name": ([a, b, "--boundary", line, "--names", "x"], "x"),
        "no such settings": (["--config", "none.toml"], "none.toml"),
        "unknown option": ([a, b, "--bondary", line], "--bondary"),
    }


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_call_says_what_where_and_what_to_do(name, lang, tmp_path):
    words, named = wrong_calls(tmp_path)[name]
    ran = align("check", *words, folder=tmp_path, lang=lang)
    assert ran.returncode == 2, ran.stderr
    assert named in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not (tmp_path / "align-out").exists()
    if name != "unknown option":
        assert "→" in ran.stderr
        assert ("。" in ran.stderr) == (lang == "zh")


def test_a_folder_with_foreign_files_is_refused_before_the_work(tmp_path):
    (tmp_path / "align-out").mkdir()
    (tmp_path / "align-out/map.html").write_text("mine")
    ran = check(CASE, folder=tmp_path)
    assert ran.returncode == 2
    assert "map.html" in ran.stderr
    assert "[1/6]" not in ran.stderr
    assert (tmp_path / "align-out/map.html").read_text() == "mine"
    assert check(CASE, "--force", "-q", folder=tmp_path).returncode == 0


def test_demo_makes_an_example_that_can_be_run_again(tmp_path):
    ran = align("demo", folder=tmp_path, lang="zh")
    assert ran.returncode == 0, ran.stderr
    assert "align-demo/result/map.html" in ran.stdout
    again = align("check", folder=tmp_path / "align-demo/jinshan-jiaxing")
    assert again.returncode == 0, again.stderr
    for said in (ran.stdout, again.stdout):
        assert said.startswith("金山—嘉兴，")
        assert "已对接 15" in said
        assert "资料不全 1" in said
    table = tmp_path / "align-demo/jinshan-jiaxing/align.toml"
    table.write_text(table.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    refused = align("demo", folder=tmp_path)
    assert refused.returncode == 2
    assert "align.toml" in refused.stderr


def test_init_writes_settings_that_check_reads(tmp_path):
    demo = ROOT / "data/jinshan-jiaxing"
    words = [demo / "jinshan/jinshan_roads.shp", f"{demo / 'jiaxing.gpkg'}:ghlw"]
    line = ["--boundary", demo / "boundary.geojson", "--names", "金山,嘉兴"]
    ran = align("init", *words, *line, folder=tmp_path)
    assert ran.returncode == 0, ran.stderr
    text = (tmp_path / "align.toml").read_text(encoding="utf-8")
    assert 'road_class = "技术等级"' in text
    assert 'lanes = "CDS"' in text
    assert "# offset_mismatch_m = 15.0" in text
    checked = align("check", "--json", folder=tmp_path)
    assert checked.returncode == 0, checked.stderr
    assert json.loads(checked.stdout)["summary"]["verdicts"]["aligned"] == 15
    # both plans carry these fields, neither the median or the grade level
    carried = ["road_class", "lanes", "carriageway_m", "roadbed_m", "redline_m"]
    carried += ["design_speed_kmh", "status", "open_year"]
    assert f"deciding = {json.dumps(carried)}" in text
    assert "# complete = true" in text
    refused = align("init", *words, *line, folder=tmp_path)
    assert refused.returncode == 2


def test_rules_are_listed_and_explained_in_both_languages(tmp_path):
    listed = align("rule", folder=tmp_path).stdout.splitlines()
    assert [line[:3] for line in listed] == [rule.code for rule in load_rules()]
    english = align("rule", "g02", folder=tmp_path).stdout
    chinese = align("rule", "G02", folder=tmp_path, lang="zh").stdout
    assert "offset_mismatch_m = 15.0 m" in english
    assert "offset_mismatch_m = 15.0 m" in chinese
    assert "依据" in chinese
    page = json.loads(align("rule", "G02", "--json", folder=tmp_path).stdout)
    assert page["limits"]["offset_mismatch_m"]["value"] == 15.0
    assert page["columns"] == ["verdict", "offset_m", "redline_m"]
    said = align("rule", "I07", folder=tmp_path, lang="zh").stdout
    assert "与上次检查差异过多" in said
    assert "jump_share = 0.5" in said
    assert "jump（提示）" in said
    assert "… 个对接点中有 … 个与 … 的检查不同" in said
    page = json.loads(align("rule", "I04", "--json", folder=tmp_path).stdout)
    assert page["notes"]["index_differs"] == ["notice", "mismatch"]
    assert align("rule", "Z99", folder=tmp_path).returncode == 2


def test_network_and_constraint_are_read_from_the_command_line(tmp_path):
    demo = ROOT / "data/jinshan-jiaxing"
    words = [demo / "jinshan/jinshan_roads.shp", f"{demo / 'jiaxing.gpkg'}:ghlw"]
    words += ["--boundary", demo / "boundary.geojson", "--json"]
    given = ["--network", demo / "network.osm"]
    given += ["--constraint", f"{demo / 'constraints.gpkg'}:farmland=farmland"]
    plain, heard = (align("check", *words, *more, folder=tmp_path) for more in ([], given))
    assert (plain.returncode, heard.returncode) == (0, 0), heard.stderr
    before, after = (json.loads(ran.stdout)["summary"]["rules"] for ran in (plain, heard))
    assert not {"C03", "C04", "L01"} & set(before)
    # 12.2 and 20.9 km; 38.6 km; farmland at 8.9 km.
    assert (after["C03"], after["C04"], after["L01"]) == (2, 1, 1)


def test_weights_are_read_from_the_command_line_and_need_a_network(tmp_path):
    demo = ROOT / "data/jinshan-jiaxing"
    words = [demo / "jinshan/jinshan_roads.shp", f"{demo / 'jiaxing.gpkg'}:ghlw"]
    words += ["--boundary", demo / "boundary.geojson", "--weights", "people.geojson"]
    place = {"type": "Point", "coordinates": [121.17, 30.78]}
    people = {"type": "Feature", "properties": {"weight": 100}, "geometry": place}
    collection = {"type": "FeatureCollection", "features": [people]}
    (tmp_path / "people.geojson").write_text(json.dumps(collection), encoding="utf-8")
    alone = align("check", *words, folder=tmp_path)
    assert alone.returncode == 2
    assert "--network" in alone.stderr
    heard = align("check", *words, "--network", demo / "network.osm", folder=tmp_path)
    assert heard.returncode == 0, heard.stderr
    report = json.loads((tmp_path / "align-out/report.json").read_text(encoding="utf-8"))
    gains = [point["access_gain"] for point in report["docking_points"]]
    known = [gain for gain in gains if gain is not None]
    # nobody gains more than all the people there are, and what saves no time gives nothing
    assert known
    assert all(0 <= gain <= 100 for gain in known)


def test_a_basemap_is_asked_for_and_its_key_kept_to_the_map(tmp_path):
    key = "0123456789abcdef"
    ran = check(CASE, "--basemap", f"tianditu:{key}", "--out", "out", folder=tmp_path)
    assert ran.returncode == 0, ran.stderr
    holding = [one.name for one in (tmp_path / "out").iterdir() if key.encode() in one.read_bytes()]
    assert holding == ["map.html"]
    assert key not in ran.stdout + ran.stderr
    record = json.loads((tmp_path / "out/report.json").read_text(encoding="utf-8"))
    assert record["run"]["settings"]["basemap"] == "tianditu:***"
    refused = check(CASE, "--basemap", "moon", "--out", "no", folder=tmp_path)
    assert refused.returncode == 2
    assert "moon" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "no").exists()
