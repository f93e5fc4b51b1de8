"""Names of pairs: each becomes the name of a folder, on any system, and never a path."""

from __future__ import annotations

import unicodedata

LONGEST_BYTES = 120
"""Of a name in UTF-8: file systems take 255, and the path to it needs room too."""

_FORBIDDEN = set('/\\:*?"<>|')
_EDGES = (".", " ", "#", "~", "-")
_RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{device}{number}" for device in ("com", "lpt") for number in "0123456789¹²³"
}
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Unicode categories that nobody sees: controls, marks that turn the writing round, …"""


def is_safe(name: str) -> bool:
    """Return whether a name can be the name of a folder everywhere, and is what it looks like.

    Parameters
    ----------
    name
        As `settled` returns it.
    """
    stem = name.partition(".")[0].rstrip().casefold()
    return (
        bool(name)
        and len(name.encode("utf-8", "surrogatepass")) <= LONGEST_BYTES
        and not name.startswith(_EDGES)
        and not name.endswith((".", " "))
        and not _FORBIDDEN & set(name)
        and not any(unicodedata.category(letter) in _HIDDEN for letter in name)
        and all(letter == " " or not letter.isspace() for letter in name)
        and stem not in _RESERVED
    )


def settled(name: str) -> str:
    """Return a name in the one way Unicode writes it, blanks around it taken off."""
    return unicodedata.normalize("NFC", name.strip())


def alike(name: str) -> str:
    """Return what is equal for names that some disk takes for one."""
    return unicodedata.normalize("NFKC", name).casefold()
