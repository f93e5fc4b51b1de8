"""JSON Schemas (draft 2020-12) made from record types, every member with its description.

What a member means stands once: in the docstring of its type, or, for the columns of tables, in
``standards/columns.toml``.
"""

from __future__ import annotations

import inspect
import json
import re
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_MEMBER = re.compile(r"^(?P<names>\w+(?:, \w+)*)$")


def json_schema(*types: type[msgspec.Struct], title: str) -> dict[str, Any]:
    """Return the schema of one type, or of any of several.

    Parameters
    ----------
    *types
        The types of the whole document; those of its parts follow from their members.
    title
        Of the schema.
    """
    roots, parts = msgspec.json.schema_components(types, ref_template="#/$defs/{name}")
    told = {kind.__name__: _members(kind) for kind in _reached(types)}
    described = {name: _described(part, told.get(name, {})) for name, part in parts.items()}
    whole = roots[0] if len(types) == 1 else {"anyOf": list(roots)}
    made = {"$schema": DRAFT, "title": title, **whole, "$defs": described}
    # As JSON has it: tuples, e.g. of defaults, are lists.
    plain: dict[str, Any] = _plain(json.loads(json.dumps(made)))
    return plain


def _described(part: dict[str, Any], told: dict[str, str]) -> dict[str, Any]:
    """Return a part with its members' descriptions; its own is the first sentence."""
    made = dict(part)
    if "description" in made:
        made["description"] = made["description"].partition("\n")[0]
    members = made.get("properties", {})
    made["properties"] = {
        name: member if "description" in member or name not in told else _with(member, told[name])
        for name, member in members.items()
    }
    return made if members else {key: one for key, one in made.items() if key != "properties"}


def _plain(part: Any) -> Any:
    """Return a part as every version of msgspec writes it: newer ones say the keys of a mapping."""
    if isinstance(part, dict):
        return {key: _plain(one) for key, one in part.items() if key != "propertyNames"}
    return [_plain(one) for one in part] if isinstance(part, list) else part


def _with(member: dict[str, Any], description: str) -> dict[str, Any]:
    # Of a reference, the description beside it; draft 2020-12 allows both.
    return {**member, "description": description}


def _members(kind: type) -> dict[str, str]:
    """Return what the docstring of a type says of each member, one paragraph each.

    What it inherits is told by the docstring of the type that has it.
    """
    inherited = [base for base in kind.__mro__[1:] if base.__module__.startswith("roadalign.")]
    told = {name: said for base in reversed(inherited) for name, said in _own(base).items()}
    return told | _own(kind)


def _own(kind: type) -> dict[str, str]:
    lines = inspect.cleandoc(kind.__doc__ or "").splitlines()
    if "Parameters" not in lines:
        return {}
    told: dict[str, list[str]] = {}
    names: list[str] = []
    for line in lines[lines.index("Parameters") + 2 :]:
        found = _MEMBER.match(line)
        if found:
            names = found["names"].split(", ")
            told |= {name: [] for name in names}
        elif line.startswith(" "):
            for name in names:
                told[name].append(line.strip())
    return {name: " ".join(parts) for name, parts in told.items() if parts}


def _reached(types: Iterable[type]) -> set[type]:
    """Return some record types and all that their members are made of."""
    seen: set[type] = set()
    waiting: list[Any] = list(types)
    while waiting:
        one = waiting.pop()
        if isinstance(one, type) and issubclass(one, msgspec.Struct):
            if one not in seen:
                seen.add(one)
                waiting += [field.type for field in msgspec.structs.fields(one)]
        else:
            waiting += getattr(one, "__args__", ())
    return seen
