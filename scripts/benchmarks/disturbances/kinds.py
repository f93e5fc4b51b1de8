"""All kinds of disturbance by name."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.disturbances import drawing, moves
from benchmarks.disturbances.draft import Draft
from benchmarks.disturbances.truth import finished

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.cut_networks.cuts import Cut
    from benchmarks.disturbances.cases import Case


def _none(draft: Draft, rng: np.random.Generator) -> None:
    """Nothing: the network as it is."""


def mixed(draft: Draft, rng: np.random.Generator) -> None:
    """Several at once: local ones, features split, names changed, and noise on both sides."""
    few = 0.08
    moves.remove(draft, rng, share=few)
    moves.cut_back(draft, rng, share=few)
    moves.shift(draft, rng, share=few)
    moves.turn(draft, rng, share=few)
    drawing.dual(draft, rng, share=few)
    moves.decoy(draft, rng, share=few)
    drawing.attributes(draft, rng, share=few)
    drawing.rename(draft, rng)
    drawing.split(draft, rng)
    moves.noise(draft, rng, low_m=0.5, high_m=2.5)


KINDS: dict[str, Callable[[Draft, np.random.Generator], None]] = {
    "none": _none,
    "noise": moves.noise,
    "cut-back": moves.cut_back,
    "river": moves.river,
    "shift": moves.shift,
    "turn": moves.turn,
    "removed": moves.remove,
    "split": drawing.split,
    "multi-part": drawing.merge,
    "reversed": drawing.reverse,
    "duplicated": drawing.duplicate,
    "densified": drawing.densify,
    "simplified": drawing.simplify,
    "dual": drawing.dual,
    "decoy": moves.decoy,
    "overshoot": moves.overshoot,
    "attributes": drawing.attributes,
    "blanked": drawing.blank,
    "renamed": drawing.rename,
    "along": moves.along,
    "datum": moves.datum,
    "mixed": mixed,
}


def disturbed(cut: Cut, kind: str, *, seed: int) -> Case:
    """Make a case: the same seed, kind and cut give the same case.

    Parameters
    ----------
    cut
        The undisturbed network.
    kind
        One of `KINDS`.
    seed
        Steers every choice and size.
    """
    rng = np.random.default_rng([seed, zlib.crc32(cut.name.encode()), zlib.crc32(kind.encode())])
    draft = Draft(cut)
    KINDS[kind](draft, rng)
    return finished(draft, kind, seed)
