"""The id of a run: what every file carries that the run writes."""

from __future__ import annotations

import hashlib
import json
from typing import Any

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letters that are mistaken for digits."""

LETTERS = 10


def run_id(*known: Any) -> str:
    """Return the id of a run, such as ``R-7K3Q9F04TX``.

    Parameters
    ----------
    *known
        What the run is made of, as plain values: program, inputs with their checksums, settings,
        time, and in short what was found. The same again gives the same id.
    """
    text = json.dumps(known, sort_keys=True, ensure_ascii=False, default=str)
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8], "big")
    return "R-" + "".join(ALPHABET[number >> (5 * i) & 31] for i in range(LETTERS))
