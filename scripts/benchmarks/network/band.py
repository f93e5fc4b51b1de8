"""Reading and cutting a network, beside osmium-tool."""

from __future__ import annotations

import resource
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from benchmarks.processes import ALIGN
from roadalign.boundary.read import read_boundary
from roadalign.formats.nearby import band_around
from roadalign.georeferencing.crs import WGS84
from roadalign.network.read import read_network
from roadalign.network.store import write_network
from roadalign.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

READ, WRITE, PROCESS = "read_network", "read_network + write_network", "align network cut (process)"
EXTRACT, FILTER = "osmium extract", "osmium tags-filter"


def figures(
    path: Path, *, line: tuple[float, ...], band_km: float, rounds: int
) -> dict[str, list[float]]:
    """Return the seconds of each round, by what ran; all in turn.

    Parameters
    ----------
    path
        An ``.osm.pbf``.
    line
        Longitude, latitude, longitude, latitude of the boundary.
    band_km
        How far on each side.
    rounds
        How often.
    """
    drawn = shapely.LineString([line[:2], line[2:]])
    frame = gpd.GeoDataFrame(geometry=[drawn], crs=4326)
    boundary = read_boundary(frame, settings=Settings())
    area = band_around(boundary, 1000 * band_km, WGS84)
    if area is None:
        raise ValueError(line)
    box = ",".join(f"{edge:.6f}" for edge in area.bounds)
    tool = shutil.which("osmium")
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        frame.to_file(home / "line.geojson")
        own = [*ALIGN, "network", "cut"]
        own += [str(path), "-q", "-b", str(home / "line.geojson"), "--band-km", str(band_km)]
        jobs: dict[str, Callable[[], object]] = {
            READ: lambda: read_network([path], boundary=boundary, band_m=1000 * band_km),
            WRITE: lambda: write_network(
                read_network([path], boundary=boundary, band_m=1000 * band_km), home / "a.gpkg"
            ),
            PROCESS: lambda: _run([*own, "-o", str(home / "b.gpkg")]),
        }
        if tool:
            box_file, road_file = str(home / "box.pbf"), str(home / "roads.pbf")
            extract = [tool, "extract", "--bbox", box, str(path), "-O", "-o", box_file]
            tags = [tool, "tags-filter", box_file, "w/highway", "-O", "-o", road_file]
            jobs[EXTRACT] = lambda: _run(extract)
            jobs[FILTER] = lambda: _run(tags)
        for _ in range(rounds):
            for name, job in jobs.items():
                began = time.perf_counter()
                job()
                found.setdefault(name, []).append(time.perf_counter() - began)
    return found


def table(found: dict[str, list[float]]) -> str:
    """Return the figures as text."""
    middle = {name: statistics.median(times) for name, times in found.items()}
    rows = [
        f"{name:34} {middle[name]:7.2f} s   (best {min(times):.2f})"
        for name, times in found.items()
    ]
    if EXTRACT in found:
        both_s = middle[EXTRACT] + middle[FILTER]
        rows.append(f"{'extract + tags-filter':34} {both_s:7.2f} s")
        rows += [
            f"{f'{name} / osmium':44} {middle[name] / both_s:6.2f}"
            for name in (READ, WRITE, PROCESS)
        ]
    else:
        rows.append("osmium-tool is not here: no comparison (Debian: apt-get install osmium-tool).")
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows.append(f"{'peak memory of this process':34} {peak_mb:7.0f} MB")
    return "\n".join(rows)


def _run(words: list[str]) -> None:
    subprocess.run(words, check=True, capture_output=True)  # noqa: S603
