"""What the program's own sources say under which code, read from their syntax.

A key of ``notes.toml`` that stands in a function is said under the code that stands nearest to it:
in the same call, or in the body of a function called there, else in the statements around it. A
function that names no code hands its keys to those who call it, and these say them.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import roadalign

HOME = Path(roadalign.__file__).parent
CODE = re.compile(r"[A-Z]\d\d")
SAID_LATER = {"LeftOut": "left_out_notes"}
"""Records that carry a key, and the function that says what they carry."""


class Sources:
    """The parsed modules of the program, and which function a call means."""

    def __init__(self, places):
        self.trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in places}
        self.parents, self.module = {}, {}
        for path, tree in self.trees.items():
            for node in ast.walk(tree):
                self.module[node] = path
                self.parents |= dict.fromkeys(ast.iter_child_nodes(node), node)
        self.functions, self.callers = {}, {}
        for node in self.module:
            if isinstance(node, ast.FunctionDef):
                self.functions.setdefault(node.name, []).append(node)
        for node in self.module:
            if isinstance(node, ast.Call):
                for one in self.called(node):
                    self.callers.setdefault(one, []).append(node)

    def literals(self):
        """Every text that is no docstring, with its node."""
        for node in self.module:
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            if not isinstance(self.parents[node], ast.Expr):
                yield node, node.value

    def called(self, call):
        """The functions of the program that a call may mean."""
        named = self.functions.get(getattr(call.func, "id", ""), [])
        near = [one for one in named if self.module[one] == self.module[call]]
        return near or [one for one in named if not one.name.startswith("_")]

    def facts(self, node):
        """Codes and severities that stand in a node or in the functions called there."""
        bodies = [node]
        for one in ast.walk(node):
            if isinstance(one, ast.Call):
                bodies += self.called(one)
        inner = [one for body in bodies for one in ast.walk(body)]
        texts = {one.value for one in inner if isinstance(one, ast.Constant)}
        codes = {text for text in texts if isinstance(text, str) and CODE.fullmatch(text)}
        levels = {
            one.attr.lower()
            for one in inner
            if isinstance(one, ast.Attribute) and getattr(one.value, "id", "") == "Severity"
        }
        return codes, levels

    def said(self, node, *, handed_on=False):
        """The codes under which a key is said, and the severities it may have."""
        codes, levels = set(), set()
        while node is not None and not (codes and levels):
            node = self.parents.get(node)
            if node is None or isinstance(node, ast.Module):
                break
            found = self.facts(node)
            codes, levels = codes or found[0], levels or found[1]
            later = SAID_LATER.get(getattr(getattr(node, "func", None), "id", ""))
            if later:
                return self.facts(self.functions[later][0])
            if isinstance(node, ast.FunctionDef) and not codes and not handed_on:
                told = [self.said(call, handed_on=True) for call in self.callers.get(node, [])]
                return set().union(*(c for c, _ in told)), set().union(*(s for _, s in told))
        return codes, levels


def sources_outside_rules():
    """The modules that read, place and compare, without the rules themselves."""
    return Sources([p for p in HOME.rglob("*.py") if HOME / "rules" not in p.parents])
