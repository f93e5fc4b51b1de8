"""Small inputs in two versions, and what whole runs make of them: the old and the new."""

from __future__ import annotations

import contextlib
import csv
import os
import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from roadalign.batches.gather import gather, write_gathered
from roadalign.batches.jobs import Outcome, reason_of_death
from roadalign.cli import align

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

OLD_TIME, NEW_TIME = "1772352000", "1772438400"
CODE = 4549
PAIRS = 4
COSTS = "costs.json"
"""Says how long each pair took, so differs from run to run."""

Files = dict[str, bytes]


@dataclass(frozen=True)
class World:
    """One command with its inputs.

    Parameters
    ----------
    folder
        Where everything is; the results go into ``out`` in it.
    words
        The call whose run is killed, from `folder`; it makes the new files.
    old, new
        The files of ``out`` before and after it, by path.
    without_a_pair
        Of a batch: what it says of all pairs together where one of them lost its worker.
    """

    folder: Path
    words: tuple[str, ...]
    old: Files
    new: Files
    without_a_pair: tuple[Files, ...] = ()

    @property
    def out(self) -> Path:
        """The output folder."""
        return self.folder / "out"

    def reset(self) -> None:
        """Put the old files back, and nothing else."""
        shutil.rmtree(self.out, ignore_errors=True)
        for name, content in self.old.items():
            path = self.out / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def finish(self) -> None:
        """Let a next run come to its end, in this process."""
        run(self.words, self.folder, time=NEW_TIME)


def check_world(folder: Path) -> World:
    """Return a check of two roads, run before at another time."""
    _side(folder / "a.gpkg", -600, 0, (500, 1500, 2500))
    _side(folder / "b.gpkg", 0, 600, (500, 1530))
    _line(folder / "line.geojson")
    call = ("check", "a.gpkg", "b.gpkg", "--boundary", "line.geojson", "--out", "out", "-q")
    return _world(folder, call, call)


def compare_world(folder: Path) -> World:
    """Return a comparison of two runs, whose folder held that of the two the other way round."""
    check_world(folder)
    shutil.move(folder / "out", folder / "one")
    _side(folder / "b.gpkg", 0, 600, (500, 1500))
    run(("check", "a.gpkg", "b.gpkg", "-b", "line.geojson", "-o", "two", "-q"), folder)
    return _world(
        folder,
        ("compare", "two", "one", "-o", "out", "-q"),
        ("compare", "one", "two", "-o", "out", "-q"),
    )


def batch_world(folder: Path) -> World:
    """Return a batch of small pairs, run before with other plans of side B."""
    _line(folder / "line.geojson")
    for name in ("old", "new"):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(("name", "plan_a", "plan_b", "boundary"))
            for k in range(PAIRS):
                _side(folder / f"a{k}.gpkg", -600, 0, (500, 1500 + 10 * k))
                _side(
                    folder / f"b{k}-{name}.gpkg", 0, 600, (500, 1520) if name == "old" else (500,)
                )
                rows.writerow((f"pair-{k}", f"a{k}.gpkg", f"b{k}-{name}.gpkg", "line.geojson"))
    serial = ("--out", "out", "--runner", "serial", "-q")
    world = _world(folder, ("batch", "old.csv", *serial), ("batch", "new.csv", *serial))
    return replace(world, without_a_pair=tuple(_without(world, k) for k in range(PAIRS)))


def _without(world: World, lost: int) -> Files:
    """Return what is gathered of a batch in which the worker of one pair was killed."""
    names = [f"pair-{k}" for k in range(PAIRS)]
    outcomes = [
        Outcome(name, reason_of_death(name) if k == lost else None) for k, name in enumerate(names)
    ]
    out = world.folder / "gathered"
    shutil.copytree(world.out / "pairs", out / "pairs")
    write_gathered(gather(outcomes, out), out, lang="en")
    found = {name: held for name, held in content(out).items() if "/" not in name}
    shutil.rmtree(out)
    return found


def content(out: Path) -> Files:
    """Return all files of an output folder, by path."""
    files = sorted(path for path in out.rglob("*") if path.is_file())
    return {
        path.relative_to(out).as_posix(): path.read_bytes() for path in files if path.name != COSTS
    }


def run(words: Sequence[str], folder: Path, *, time: str = OLD_TIME) -> None:
    """Run a command in this process."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = time
    try:
        with contextlib.chdir(folder):
            align.main(list(words), prog_name="align", standalone_mode=False)
    finally:
        os.environ.pop("SOURCE_DATE_EPOCH")
        if before is not None:
            os.environ["SOURCE_DATE_EPOCH"] = before


def _world(folder: Path, old: tuple[str, ...], new: tuple[str, ...]) -> World:
    run(old, folder, time=OLD_TIME)
    first = content(folder / "out")
    run(new, folder, time=NEW_TIME)
    return World(folder, new, first, content(folder / "out"))


def _side(path: Path, low: int, high: int, places: Sequence[int]) -> None:
    lines = [
        shapely.LineString([(600_000 + x, 3_400_000 + low), (600_000 + x, 3_400_000 + high)])
        for x in places
    ]
    names = [f"road {x}" for x in places]
    gpd.GeoDataFrame({"name": names}, geometry=lines, crs=CODE).to_file(path, driver="GPKG")


def _line(path: Path) -> None:
    line = shapely.LineString([(600_000, 3_400_000), (604_000, 3_400_000)])
    table = gpd.GeoDataFrame({"name": ["line"]}, geometry=[line], crs=CODE).to_crs(4326)
    table.to_file(path, driver="GeoJSON")
