"""Six versions of the example's plans: who is who over time, told by how they were made.

Every road carries the place it was drawn for (a column that the program does not know), so the test
knows which docking point is which without asking the program.
"""

import tomllib

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
import shapely.affinity
import shapely.ops

import roadalign
from roadalign.settings import Settings

FIELDS = {"a": ("道路名称", "路线编号"), "b": ("LXMC", "LXBM")}
VERSIONS = ("v1", "v2", "v3", "v4", "v5", "v6")
BY_8_M = (6.4, 4.8)


class Plans:
    """Both plans and the line of one version, in metres, with the truth of every feature."""

    def __init__(self, a, b, line):
        self.sides = {"a": a.copy(), "b": b.copy()}
        self.line = line.copy()
        self.dropped = {"a": a.iloc[:0], "b": b.iloc[:0]}

    def copy(self):
        copy = Plans(self.sides["a"], self.sides["b"], self.line)
        copy.dropped = dict(self.dropped)
        return copy

    def rows(self, side, *places):
        return self.sides[side]["truth"].isin(places)

    def along(self, place):
        """Unit direction of the line, in metres, at a place given by its kilometre."""
        line = self.line.geometry.iloc[0]
        here, ahead = (np.array(line.interpolate(1000 * place + step).coords[0]) for step in (0, 1))
        return (ahead - here) / np.hypot(*(ahead - here))

    def move(self, side, place, metres):
        """Redraw a road some metres along the line."""
        rows = self.rows(side, place)
        east, north = metres * self.along(place)
        table = self.sides[side]
        table.loc[rows, "geometry"] = table.loc[rows, "geometry"].translate(east, north)

    def rename(self, side, place, name):
        self.sides[side].loc[self.rows(side, place), FIELDS[side][0]] = name

    def drop(self, place):
        for side, table in self.sides.items():
            gone = table["truth"] == place
            self.dropped[side], self.sides[side] = table[gone], table[~gone]

    def bring_back(self):
        for side, table in self.sides.items():
            self.sides[side] = pd.concat([table, self.dropped[side]], ignore_index=True)

    def add_like(self, rows, *, new, way, name):
        """Draw a new road like an old one of both sides, some metres away."""
        for side, table in self.sides.items():
            made = rows[side].set_geometry(rows[side].geometry.translate(*way))
            made = made.assign(truth=new, **{FIELDS[side][0]: name})
            self.sides[side] = pd.concat([table, made], ignore_index=True)

    def opposite(self, place):
        """Return A's road at a place turned about its end on the line: its counterpart in B."""
        road = shapely.line_merge(self.sides["a"][self.rows("a", place)].union_all())
        end = shapely.ops.nearest_points(road, self.line.geometry.iloc[0])[0]
        turned = shapely.affinity.rotate(road, 180, origin=end)
        like = self.sides["b"][self.rows("b", 8.9)].iloc[[0]]
        return like.set_geometry([turned], crs=self.line.crs)

    def of(self, place):
        return {side: table[table["truth"] == place] for side, table in self.sides.items()}

    def renumber(self):
        """Write all features in another order."""
        self.sides = {side: table.iloc[::-1] for side, table in self.sides.items()}

    def split(self):
        """Cut every line into two features at its middle."""
        for side, table in self.sides.items():
            whole = table.explode(ignore_index=True)
            middle = whole.geometry.length / 2
            halves = [
                whole.set_geometry(
                    [
                        shapely.ops.substring(line, start * at, 2 * at if start else at)
                        for line, at in zip(whole.geometry, middle, strict=True)
                    ],
                    crs=whole.crs,
                )
                for start in (0, 1)
            ]
            self.sides[side] = pd.concat(halves, ignore_index=True)

    def shift(self, vector):
        self.line = self.line.set_geometry(self.line.geometry.translate(*vector))
        self.sides = {
            side: table.set_geometry(table.geometry.translate(*vector))
            for side, table in self.sides.items()
        }

    def checked(self, since):
        a, b = (table.reset_index(drop=True) for table in self.sides.values())
        result = roadalign.check(
            a.drop(columns="truth"),
            b.drop(columns="truth"),
            boundary=self.line,
            settings=Settings(),
            since=since,
        )
        return result, {"a": a["truth"].tolist(), "b": b["truth"].tolist()}


@pytest.fixture(scope="module")
def story(default_folder):
    plans = _first(default_folder)
    told = []
    since = None
    for tell in (_v1, _v2, _v3, _v4, _v5, _v6):
        plans = plans.copy()
        tell(plans)
        result, truth = plans.checked(since)
        told.append(_who(result, truth))
        since = result
    return dict(zip(VERSIONS, told, strict=True)), since


def _first(folder):
    places = tomllib.loads((folder / "roads.toml").read_text(encoding="utf-8"))["place"]
    a = gpd.read_file(folder / "jinshan" / "jinshan_roads.shp", encoding="gb18030").to_crs(4549)
    b = gpd.read_file(folder / "jiaxing.gpkg", layer="ghlw").to_crs(4549)
    line = gpd.read_file(folder / "boundary.geojson").to_crs(4549)
    marked = []
    for side, table in (("a", a), ("b", b)):
        of = {place[side]["name"]: place["km"] for place in places if side in place}
        assert len(of) == sum(side in place for place in places)  # names are unique in the example
        marked.append(table.assign(truth=table[FIELDS[side][0]].map(of)))
    return Plans(*marked, line)


def _v1(plans):
    """Leave the example as it is."""


def _v2(plans):
    """Redraw A's axes by 1 to 4 m, rename roads, and let the two halves of km 8.9 meet."""
    metres = np.random.default_rng(7).uniform(1, 4, 30)
    for place, by in zip(plans.sides["a"]["truth"].dropna().unique(), metres, strict=False):
        plans.move("a", place, by)
    plans.move("a", 8.9, _gap_along(plans))
    plans.rename("a", 26.2, "金平公路")
    for side in ("a", "b"):
        plans.rename(side, 14.3, "新华大道")


def _gap_along(plans):
    """How far along the line A's end at km 8.9 lies from B's."""
    ends = []
    for side in ("a", "b"):
        lines = plans.sides[side].loc[plans.rows(side, 8.9), "geometry"]
        ends.append(
            np.array(
                shapely.ops.nearest_points(lines.union_all(), plans.line.union_all())[1].coords[0]
            )
        )
    return float((ends[1] - ends[0]) @ plans.along(8.9))


def _v3(plans):
    """Renumber all features and split all lines."""
    plans.renumber()
    plans.split()


def _v4(plans):
    """Break km 8.9 again, draw new roads beside and between old ones, drop km 40.2."""
    plans.move("a", 8.9, 35)
    far, near = (metres * plans.along(28.0) for metres in (60, 30))
    plans.add_like(plans.of(28.0), new="beside", way=far, name="新增一路")
    plans.add_like(plans.of(28.0), new="between", way=near, name="新增二路")
    plans.drop(40.2)


def _v5(plans):
    """Shift everything by 8 m; plan another road 30 m from where km 40.2 was."""
    plans.add_like(plans.dropped, new="other", way=30 * plans.along(40.2), name="新增三路")
    plans.shift(BY_8_M)


def _v6(plans):
    """Shift it back, redraw, renumber; bring km 40.2 back; give km 7.6 its counterpart."""
    plans.shift(tuple(-part for part in BY_8_M))
    plans.move("b", 45.2, 2.5)
    plans.renumber()
    plans.bring_back()
    plans.add_like(
        {"a": plans.sides["a"].iloc[:0], "b": plans.opposite(7.6)},
        new=7.6,
        way=(0, 0),
        name="示例一路",
    )


def _who(result, truth):
    """Return one row per docking point with the place it was drawn for."""
    points = result.docking_points
    rows = []
    for point in points.to_dict("records"):
        meant = {
            truth[side][int(fid)]
            for side in ("a", "b")
            if pd.notna(point[f"{side}_fid"])
            for fid in point[f"{side}_fid"].split(",")
        }
        assert len(meant) == 1, meant
        rows.append({"truth": meant.pop(), **point})
    return pd.DataFrame(rows).set_index("truth")


FROM_THE_START = 26
BORN = {"between": "v4", "beside": "v4", "other": "v5"}


def test_every_version_has_the_points_it_was_made_with(story):
    versions, _ = story
    first = set(versions["v1"].index)
    assert len(first) == FROM_THE_START
    assert set(versions["v2"].index) == set(versions["v3"].index) == first
    assert set(versions["v4"].index) == first - {40.2} | {"between", "beside"}
    assert set(versions["v5"].index) == first - {40.2} | {"between", "beside", "other"}
    assert set(versions["v6"].index) == first | {"between", "beside", "other"}


def test_a_road_keeps_its_id_through_all_versions(story):
    versions, _ = story
    for table in versions.values():
        for place, name in table["id"].items():
            assert name == versions[BORN.get(place, "v1")]["id"][place], place


def test_no_id_is_given_to_another_road(story):
    versions, _ = story
    seen = {}
    for table in versions.values():
        for place, name in table["id"].items():
            assert seen.setdefault(name, place) == place
    assert len(seen) == FROM_THE_START + len(BORN)


def test_what_became_of_each_road_is_told(story):
    versions, _ = story
    assert set(versions["v1"]["change"]) == {"new"}
    assert versions["v2"]["change"][8.9] == "resolved"
    assert list(versions["v2"]["change"][[14.3, 26.2]]) == ["changed", "changed"]
    assert set(versions["v3"]["change"]) == {"same"}
    assert versions["v4"]["change"][8.9] == "reopened"
    assert list(versions["v4"]["change"][["between", "beside"]]) == ["new", "new"]
    others = versions["v4"]["change"].drop([8.9, "between", "beside"])
    assert set(others) == {"same"}
    assert versions["v5"]["change"]["other"] == "new"
    assert set(versions["v5"]["change"].drop("other")) == {"same"}
    assert versions["v6"]["change"][7.6] == "resolved"
    assert versions["v6"]["change"][40.2] == "changed"
    assert versions["v6"]["change"][8.9] == "same"


def test_the_last_version_carries_what_all_of_them_had(story):
    versions, last = story
    history = {row["id"]: row for row in last.history}
    assert len(history) == FROM_THE_START + len(BORN)
    verdicts = [state["unresolved"] for state in history[versions["v1"]["id"][8.9]]["states"]]
    assert verdicts == [True, False, True]
    assert not any(row["gone"] for row in history.values())  # km 40.2 is back
    assert last.run["since"]["counts"]["gone"] == 0
    assert not last.run["since"]["jump"]
    assert last.run["since"]["shift_east_m"] == pytest.approx(-BY_8_M[0], abs=0.2)
    assert last.run["since"]["shift_north_m"] == pytest.approx(-BY_8_M[1], abs=0.2)
