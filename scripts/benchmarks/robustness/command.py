"""How the program takes broken input: the table of all variants.

Breaks one good pair of plans in every way that was seen or could be thought of, checks each, and
prints per family how many were tried, gave the right result, a clear error, something wrong, or
a traceback. The variants are the functions in scripts/benchmarks/robustness/.

With --flips, changes bytes of headings, counts, offsets, lengths and indexes instead, so many files
of each format, and prints whether the roads near the boundary stay the same, something is said, the
file is refused, or roads change without a word.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.problems import chosen

if TYPE_CHECKING:
    import argparse

EXAMPLES = (
    "scripts/bench robustness --quick",
    "scripts/bench robustness --families files,archives --list",
    "scripts/bench robustness --flips 50",
)
QUICK = {"families": "shapes,archives,databases"}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--families", help="names by commas (default: all)")
    parser.add_argument("--flips", type=int, help="files of each format with flipped bytes")
    parser.add_argument("--list", action="store_true", help="say what came of each variant")


def run(given: argparse.Namespace) -> int:
    """Print the table; 1 where a variant was neither right nor clear."""
    if given.flips:
        return _flips(given.flips, said=given.list)
    from benchmarks.robustness.registry import FAMILIES, variants  # noqa: PLC0415 (after --help)
    from benchmarks.robustness.trials import KINDS, possible, run_variant  # noqa: PLC0415

    counts = {family: Counter[str]() for family in chosen(given.families, FAMILIES)}
    skipped = 0
    for variant in variants():
        if variant.family not in counts:
            continue
        if not possible(variant):
            skipped += 1
            continue
        with tempfile.TemporaryDirectory() as folder:
            outcome = run_variant(variant, Path(folder))
        counts[variant.family][outcome.kind] += 1
        if given.list or outcome.kind not in KINDS[:2]:
            said = outcome.said.splitlines()[0] if outcome.said else ""
            print(f"{variant.family}: {variant.name}: {outcome.kind} {said}"[:200])
    rows = {**counts, "total": sum(counts.values(), Counter[str]())}
    print(f"{'family':12}{'tried':>8}" + "".join(f"{kind:>14}" for kind in KINDS))
    for family, count in rows.items():
        print(f"{family:12}{count.total():8}" + "".join(f"{count[kind]:14}" for kind in KINDS))
    if skipped:
        print(f"\nNot tried, a program to write them is not installed: {skipped}")
    return int(any(rows["total"][kind] for kind in KINDS[2:]))


def _flips(seeds: int, *, said: bool) -> int:
    """Flip bytes in so many files of each format; 1 where one changed something silently."""
    from benchmarks.robustness import flips  # noqa: PLC0415 (after --help)

    kinds = (flips.SAME, flips.TOLD, flips.REFUSED, flips.SILENT, flips.DIED)
    print(f"{'format':12}{'tried':>8}" + "".join(f"{kind:>14}" for kind in kinds))
    bad = 0
    for form in flips.FORMATS:
        counts = Counter[str]()
        wrong = []
        with tempfile.TemporaryDirectory() as folder:
            for seed, kind, bytes_of in flips.outcomes(form, Path(folder), seeds=range(seeds)):
                counts[kind] += 1
                if said or kind in kinds[3:]:
                    wrong.append(f"  {form} {seed}: {kind} {bytes_of}")
        print(f"{form:12}{counts.total():8}" + "".join(f"{counts[kind]:14}" for kind in kinds))
        for one in wrong:
            print(one)
        bad += sum(counts[kind] for kind in kinds[3:])
    return int(bad > 0)
