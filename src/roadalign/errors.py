"""The errors a caller may meet, and nothing else.

An error of this family carries a *key* and its values, not a sentence: the
sentence stands in ``locales/<language>/errors.toml`` so that it is complete in
every language, and always says what is wrong, where, and what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from roadalign.locales import text

if TYPE_CHECKING:
    from collections.abc import Sequence


LONGEST_WHERE = 300
"""Letters of a place that a message shows; of a longer one, its beginning and its end."""


def printable(said: str) -> str:
    r"""Return a text that can be printed anywhere: bytes that are no UTF-8 stand as ``\udcff``.

    Parameters
    ----------
    said
        E.g. the name of a file, in which Python keeps such bytes as halves of letters.
    """
    return said.encode("utf-8", errors="backslashreplace").decode("utf-8")


class RoadalignError(Exception):
    """Base of every error that roadalign raises on purpose."""


class InputError(RoadalignError):
    """The input or the call is wrong; nothing was written.

    Parameters
    ----------
    key
        Name of the message in ``locales/<language>/errors.toml``, which holds
        ``what`` (what is wrong) and ``remedy`` (what to do).
    where
        The file, layer, option or setting that is wrong, as the user wrote it.
    **values
        What the message needs beside ``where``.
    """

    def __init__(self, key: str, /, *, where: object, **values: object) -> None:
        self.key = key
        self.where = str(where)
        self.values = values
        super().__init__(self.render("en"))

    def render(self, lang: str) -> str:
        """Return the message in one language.

        Parameters
        ----------
        lang
            ``"en"`` or ``"zh"``.

        Returns
        -------
        str
            Where, what is wrong, and on a second line what to do.
        """
        where = self.where
        if len(where) > LONGEST_WHERE:
            where = f"{where[: LONGEST_WHERE // 2]}…{where[-LONGEST_WHERE // 2 :]}"
        what = text(lang, "errors", f"{self.key}.what", where=where, **self.values)
        remedy = text(lang, "errors", f"{self.key}.remedy", where=where, **self.values)
        return printable(f"{where}: {what}\n  → {remedy}")


class SeveralInputError(InputError):
    """Several things are wrong, told all at once.

    Parameters
    ----------
    where
        The file they stand in, as the user wrote it.
    problems
        One error each, with its own place.
    """

    def __init__(self, where: object, problems: Sequence[InputError]) -> None:
        self.problems = tuple(problems)
        super().__init__("several", where=where, count=len(self.problems))

    def render(self, lang: str) -> str:
        """Return all messages in one language, each with what to do."""
        return "\n".join([super().render(lang), *(one.render(lang) for one in self.problems)])
