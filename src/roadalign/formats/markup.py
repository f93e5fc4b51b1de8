"""What an XML file is, read only as far as needed, without following or unfolding anything."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any
from xml.parsers import expat

from roadalign.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

_CHUNK_BYTES = 1 << 16
_PROLOGUE_BYTES = 16 << 20


class _Enough(Exception):  # noqa: N818  (ends the parsing, is no error)
    pass


class _Entities(Exception):  # noqa: N818
    pass


class _Head:
    """What has been seen so far: the outermost element, and where links lead."""

    def __init__(self, needs: str | None) -> None:
        self.needs = needs
        self.root: str | None = None
        self.link: str | None = None
        self.open: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        del attributes
        plain = name.rpartition(":")[2]
        if self.root is None:
            self.root = plain
            if self.needs is None:
                raise _Enough
        if plain == self.needs:
            self.link = None
            raise _Enough
        self.open.append(plain)

    def end(self, _name: str) -> None:
        self.open.pop()

    def text(self, said: str) -> None:
        if self.link is None and self.open[-1:] == ["href"] and "NetworkLink" in self.open:
            self.link = said.strip() or None


def outermost(
    opener: Callable[[], IO[bytes]], *, label: str, needs: str | None = None
) -> tuple[str | None, str | None]:
    """Return the name of the outermost element, and where an empty file's links lead.

    Parameters
    ----------
    opener
        Opens the file from its start.
    label
        How to name it in an error.
    needs
        Name of the element that features are in: without one, the first link is returned.

    Returns
    -------
    root
        Without its prefix; ``None`` where this is no XML.
    link
        Target of the first link of a file that holds no feature of its own.

    Raises
    ------
    InputError
        ``markup_entities`` where the file defines entities or names a document type elsewhere.
    """
    head = _Head(needs)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = head.start
    parser.EndElementHandler = head.end
    parser.CharacterDataHandler = head.text
    parser.EntityDeclHandler = _refuse_entity
    parser.StartDoctypeDeclHandler = _refuse_doctype
    read = 0
    try:
        with opener() as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                read += len(chunk)
                parser.Parse(chunk, False)  # noqa: FBT003
                if head.root is None and read > _PROLOGUE_BYTES:
                    return None, None
            parser.Parse(b"", True)  # noqa: FBT003
    except _Entities:
        raise InputError("markup_entities", where=label) from None
    except (_Enough, expat.ExpatError, ValueError, LookupError):
        # Damage behind the outermost element is for the reader to name.
        pass
    return head.root, head.link


def _refuse_entity(*_declared: Any) -> None:
    raise _Entities


def _refuse_doctype(_name: str, system: str | None, public: str | None, _inner: int) -> None:
    if system or public:
        raise _Entities
