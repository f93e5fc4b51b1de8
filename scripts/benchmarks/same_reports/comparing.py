"""What differs between two reports, counted by JSON path."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import Any

LEFT_OUT = ("run.id", "run.time", "run.version", "run.elapsed_s")
"""Members that differ from run to run."""

KEYS = ("id", "approach", "docking_point", "rule", "side", "line", "kind", "role")
"""Members that tell which row of a table it is, as far as the rows have them."""

WIDTH = 60
Place = tuple[str, str]


class Differences:
    """Differences between pairs of reports, added up.

    Parameters
    ----------
    renamed
        Old to new names, of members and of words among the values.

    Attributes
    ----------
    gone, new
        Path of a member to its values by place (name of the report, and of the row).
    values
        Path to the places at which values differ, with both values.
    """

    def __init__(self, renamed: dict[str, str]) -> None:
        self._new_names = renamed
        self.gone: defaultdict[str, dict[Place, Any]] = defaultdict(dict)
        self.new: defaultdict[str, dict[Place, Any]] = defaultdict(dict)
        self.values: defaultdict[str, list[tuple[Place, Any, Any]]] = defaultdict(list)

    @property
    def is_other(self) -> bool:
        """Whether anything differs but names that were said and members that are new."""
        return bool(self.values or self.gone)

    def compare(self, name: str, before: Any, after: Any) -> None:
        """Add the differences of one pair of reports."""
        self._compare("", (name, ""), self._renamed(before), after)

    def _renamed(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {self._new_names.get(key, key): self._renamed(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self._renamed(one) for one in value]
        return self._new_names.get(value, value) if isinstance(value, str) else value

    def _compare(self, path: str, place: Place, before: Any, after: Any) -> None:
        if isinstance(before, dict) and isinstance(after, dict):
            for key in [*before, *(key for key in after if key not in before)]:
                inner = f"{path}.{key}" if path else key
                if inner in LEFT_OUT:
                    continue
                if key not in after:
                    self.gone[inner][place] = before[key]
                elif key not in before:
                    self.new[inner][place] = after[key]
                else:
                    self._compare(inner, place, before[key], after[key])
        elif _is_table(before) and _is_table(after) and (before or after):
            self._compare_rows(f"{path}[]", place, before, after)
        elif before != after:
            self.values[path].append((place, before, after))

    def _compare_rows(self, path: str, place: Place, before: list[Any], after: list[Any]) -> None:
        keys = [
            key for key in KEYS if all(key in row for rows in (before, after) for row in rows[:1])
        ]
        old, new = _by_key(before, keys), _by_key(after, keys)
        for key in [*old, *(key for key in new if key not in old)]:
            here = (place[0], f"{place[1]} {key}".strip())
            if key in old and key in new:
                self._compare(path, here, old[key], new[key])
            else:
                self.values[path].append((here, old.get(key), new.get(key)))

    def guessed_names(self) -> dict[str, str]:
        """Return the members that are gone, with new ones beside them that hold the same."""
        found: dict[str, str] = {}
        for old, held in self.gone.items():
            for new, other in self.new.items():
                beside = old.rpartition(".")[0] == new.rpartition(".")[0]
                if beside and held == other and new not in found.values():
                    found[old] = new
                    break
        return found

    def table(self, *, most: int) -> str:
        """Return the differences as text.

        Parameters
        ----------
        most
            Examples of each path.
        """
        names = self.guessed_names()
        lines = _titled(
            "members that look renamed: the same values under another name",
            [f"{old} -> {new} ({len(self.gone[old])})" for old, new in names.items()],
        )
        for title, members, known in (
            ("members that are gone", self.gone, set(names)),
            ("members that are new", self.new, set(names.values())),
        ):
            rows = [f"{path} ({len(held)})" for path, held in members.items() if path not in known]
            lines += _titled(title, rows)
        rows = []
        for path, places in self.values.items():
            reports = Counter(place[0] for place, _, _ in places)
            rows.append(f"{path or 'the report'} ({len(places)}, in {len(reports)} reports)")
            rows += [
                f"  {' '.join(place).strip()}: {_short(old)} -> {_short(new)}"
                for place, old, new in places[:most]
            ]
        lines += _titled("values that differ", rows)
        return "\n".join(lines or ["nothing differs"])


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _by_key(rows: list[Any], keys: list[str]) -> dict[str, Any]:
    """Return rows by what tells them apart, and a number where several are alike in that."""
    found: dict[str, Any] = {}
    seen: Counter[str] = Counter()
    for row in rows:
        key = " ".join(str(row[name]) for name in keys if row.get(name) is not None)
        seen[key] += 1
        found[key if keys and seen[key] == 1 else f"{key} #{seen[key]}".strip()] = row
    return found


def _titled(title: str, rows: list[str]) -> list[str]:
    return [f"{title}:", *(f"  {row}" for row in rows)] if rows else []


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= WIDTH else f"{text[:WIDTH]}…"
