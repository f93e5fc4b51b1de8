"""The mutants of a module: mutmut's for its functions, halves and doubles for its constants."""

from __future__ import annotations

import ast
import contextlib
import difflib
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst
from mutmut.mutation.file_mutation import create_mutations

from benchmarks.places import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement


@dataclass(frozen=True)
class Mutant:
    """One small fault.

    Parameters
    ----------
    module
        File below ``src/roadalign``.
    line
        Number of the first line that differs.
    function
        ``name``, ``Class.name``, or empty where a constant of the module is changed.
    was, now
        The lines that differ, without indentation; several are joined by blanks.
    source
        The whole function, or the statement that sets the constant, with the fault in it.
    """

    module: str
    line: int
    function: str
    was: str
    now: str
    source: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells the mutant from others, whatever line it has moved to."""
        return self.module, self.function, self.was, self.now


def mutants_of(path: Path, *, name: str) -> list[Mutant]:
    """Return the mutants of one module in the order of their lines.

    Parameters
    ----------
    path
        The file.
    name
        What it is called in the mutants' ``module``.
    """
    text = path.read_text(encoding="utf-8")
    with contextlib.chdir(ROOT):  # where mutmut looks for sources
        module, mutations, _, _ = create_mutations(str(path), text)
    starts = _starts(text)
    found = []
    for mutation in mutations:
        holder = mutation.contained_by_top_level_function
        if isinstance(holder, cst.FunctionDef):
            function = _qualified(module, holder)
            became = holder.deep_replace(mutation.original_node, mutation.mutated_node)
            found.append(_mutant(module, holder, became, name, function, starts[function]))
    found += _constants(module, text, name=name)
    return sorted(dict.fromkeys(one for one in found if one.was != one.now), key=lambda m: m.line)


def _mutant(
    module: cst.Module,
    before: cst.CSTNode,
    after: cst.CSTNode | cst.RemovalSentinel | cst.FlattenSentinel[cst.CSTNode],
    name: str,
    function: str,
    start: int,
) -> Mutant:
    old, new = (_code(module, node) for node in (before, after))
    old_lines, new_lines = old.splitlines(), new.splitlines()
    changes = [
        one
        for one in difflib.SequenceMatcher(None, old_lines, new_lines).get_opcodes()
        if one[0] != "equal"
    ]
    first = changes[0][1] if changes else 0
    was = " ".join(line.strip() for _, i, j, _, _ in changes for line in old_lines[i:j])
    now = " ".join(line.strip() for _, _, _, i, j in changes for line in new_lines[i:j])
    return Mutant(name, start + first, function, was, now, new)


def _code(module: cst.Module, node: object) -> str:
    if isinstance(node, cst.FunctionDef | cst.SimpleStatementLine):
        return module.code_for_node(node.with_changes(leading_lines=[]))
    raise TypeError(type(node))


def _qualified(module: cst.Module, function: cst.FunctionDef) -> str:
    for statement in module.body:
        if statement is function:
            return function.name.value
        if isinstance(statement, cst.ClassDef) and function in statement.body.body:
            return f"{statement.name.value}.{function.name.value}"
    raise LookupError(function.name.value)


def _starts(text: str) -> dict[str, int]:
    """Return the first line of every function of a module, decorators included."""
    starts = {}
    for node in ast.parse(text).body:
        inner = node.body if isinstance(node, ast.ClassDef) else [node]
        before = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
        for one in inner:
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = [one.lineno, *(decorator.lineno for decorator in one.decorator_list)]
                starts[before + one.name] = min(lines)
    return starts


def _constants(module: cst.Module, text: str, *, name: str) -> Iterator[Mutant]:
    """Return the mutants of numbers that a module sets: half and twice of each, 1 of a zero."""
    lines = [node.lineno for node in ast.parse(text).body]
    for statement, line in zip(module.body, lines, strict=True):
        if not _sets_names(statement):
            continue
        numbers = _Numbers()
        statement.visit(numbers)
        for node, factor in itertools.product(numbers.found, (0.5, 2)):
            value = node.evaluated_value * factor
            if isinstance(node, cst.Integer):
                value = int(value) if value else 1
            changed = cst.parse_expression(repr(value or 1.0))
            yield _mutant(module, statement, statement.deep_replace(node, changed), name, "", line)


def _sets_names(statement: Statement) -> bool:
    return isinstance(statement, cst.SimpleStatementLine) and any(
        isinstance(part, cst.Assign | cst.AnnAssign) for part in statement.body
    )


class _Numbers(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[cst.Integer | cst.Float] = []

    def visit_Integer(self, node: cst.Integer) -> None:  # noqa: N802 (named by libcst)
        self.found.append(node)

    def visit_Float(self, node: cst.Float) -> None:  # noqa: N802 (named by libcst)
        self.found.append(node)
