"""The register of all variants."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from benchmarks.robustness.pair import TRUTH, Call

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Maker = Callable[[Path], Call]

FAMILIES = (
    *("files", "texts", "geometry", "shapes", "boundaries", "systems", "archives", "hostile"),
    *("pointers", "databases", "names"),
)


@dataclass(frozen=True)
class Variant:
    """One way in which the good pair may be broken.

    Parameters
    ----------
    family, name
        Where it belongs, and what it is called.
    make
        Writes the files and returns the call.
    errors
        Keys of the errors that are right; empty where a result is.
    named
        Part of the file's name that the error must name.
    finds
        Codes of the findings a right result must hold.
    truth
        The right docking points, see `benchmarks.robustness.pair.TRUTH`.
    needs
        A program that has to be installed to write the files.
    """

    family: str
    name: str
    make: Maker
    errors: tuple[str, ...]
    named: str
    finds: tuple[str, ...]
    truth: tuple[tuple[Any, ...], ...]
    needs: str


_ALL: list[Variant] = []


def right(
    *finds: str, truth: tuple[tuple[Any, ...], ...] = TRUTH, needs: str = ""
) -> Callable[[Maker], Maker]:
    """Register a variant that has a right result."""
    return _registered((), "", finds, truth, needs)


def refused(*errors: str, named: str, needs: str = "") -> Callable[[Maker], Maker]:
    """Register a variant that has to be refused."""
    return _registered(errors, named, (), (), needs)


def _registered(
    errors: tuple[str, ...],
    named: str,
    finds: tuple[str, ...],
    truth: tuple[tuple[Any, ...], ...],
    needs: str,
) -> Callable[[Maker], Maker]:
    def register(make: Maker) -> Maker:
        family = make.__module__.rpartition(".")[2]
        name = make.__name__.replace("_", " ")
        _ALL.append(Variant(family, name, make, errors, named, finds, truth, needs))
        return make

    return register


def variants() -> tuple[Variant, ...]:
    """Return all variants, family by family."""
    for family in FAMILIES:
        import_module(f"benchmarks.robustness.{family}")
    return tuple(_ALL)
