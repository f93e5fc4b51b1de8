"""Small pairs with known answers, their manifests, and what a batch wrote."""

from __future__ import annotations

import csv

import geopandas as gpd
import shapely

EPOCH = "1772352000"  # 2026-03-01T08:00:00Z
COLUMNS = ("name", "plan_a", "plan_b", "name_a", "name_b", "boundary")
HOSTILE = '</script><img src=x onerror="document.title=1">'


def road(x, low, high):
    return shapely.LineString([(600000 + x, 3400000 + low), (600000 + x, 3400000 + high)])


def write_side(path, lines, names=None):
    table = {
        "name": names or [f"Road {k}" for k in range(len(lines))],
        "class": ["主干路"] * len(lines),
        "lanes": [4] * len(lines),
        "status": ["existing"] * len(lines),
    }
    gpd.GeoDataFrame(table, geometry=lines, crs=4549).to_file(path, driver="GPKG")


def write_pair(folder, name, *, alone=0, names=None):
    """Two roads that meet, 1 km apart, and `alone` ones that only side A has."""
    south = [road(500, -600, 0), road(1500, -600, 0)]
    more = [road(2500 + 1000 * k, -600, 0) for k in range(alone)]
    write_side(folder / f"{name}-a.gpkg", south + more, names)
    write_side(folder / f"{name}-b.gpkg", [road(500, 0, 600), road(1500, 0, 600)])
    line = shapely.LineString([(600000, 3400000), (600000 + 3000 + 1000 * alone, 3400000)])
    border = gpd.GeoDataFrame({"name": [name]}, geometry=[line], crs=4549).to_crs(4326)
    border.to_file(folder / f"{name}-line.geojson", driver="GeoJSON")
    return dict(
        zip(
            COLUMNS,
            (name, f"{name}-a.gpkg", f"{name}-b.gpkg", "South", "North", f"{name}-line.geojson"),
            strict=True,
        )
    )


def write_manifest(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def rows_of(manifest):
    return list(csv.DictReader(manifest.read_text(encoding="utf-8").splitlines()))


def content_of(out):
    """All files of a batch but the one that says how long it took."""
    files = sorted(path for path in out.rglob("*") if path.is_file())
    return {
        str(path.relative_to(out)): path.read_bytes() for path in files if path.name != "costs.json"
    }
