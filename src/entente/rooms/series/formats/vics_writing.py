"""VICS 2.0 and 1.3 written in a stream: cases or a hash set. What was read is written as it came."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from entente.rooms.series.formats.vics_entry import entry_of, files_of
from entente.rooms.series.formats.vics_model import Case, Entry, Head
from entente.rooms.series.media_model import Media


def write(head: Head, entries: Iterable[Entry | Media], files: bool = False) -> Iterator[bytes]:
    """The document, a piece for each entry; UTF-8 without a byte order mark.

    Entries of a case follow one another, the cases in the order of `head.cases`. A head that is still being
    filled by a reader is fine: what stands after the entries is asked for after them. `files`: name each file
    in MediaFiles too, where it has none, as tools expect of a case.
    """
    writing = _Writing(head, files)
    yield b"{" + _fields(head.before, False) + (b"," if head.before else b"") + b'"value":['
    for entry in entries:
        media, case = (entry.media, entry.case) if isinstance(entry, Entry) else (entry, 0)
        yield writing.until(case) + writing.entry(media)
    yield writing.end() + b"]" + _fields(head.after, True) + b"}\n"


class _Writing:
    """Where in the document the writing stands: which case is open, whether a comma is due."""

    def __init__(self, head: Head, files: bool) -> None:
        self.head = head
        self.files = files
        self.open = -1
        self.comma = False

    def entry(self, media: Media) -> bytes:
        head = self.head
        said = entry_of(media, head.scheme, head.name)
        if self.files and not said.get("MediaFiles") and (named := files_of(media)):
            said["MediaFiles"] = named
        return self._comma() + b"\n" + orjson.dumps(said)

    def until(self, case: int) -> bytes:
        """What closes the cases before this one and opens it; nothing in a hash set. ValueError for one gone
        by.
        """
        if not self.head.cases:
            return b""
        if case < self.open:
            raise ValueError("the entries of a case do not follow one another")
        told = b""
        while self.open < case:
            told += self._close() + self._begin(self.head.cases[self.open + 1])
        return told

    def end(self) -> bytes:
        told = self.until(len(self.head.cases) - 1) if self.head.cases else b""
        return told + self._close()

    def _begin(self, case: Case) -> bytes:
        told = self._comma() + b"\n{" + _fields(case.before, False)
        self.open += 1
        self.comma = False
        return told + ((b"," if case.before else b"") + b'"Media":[' if case.listed else b"")

    def _close(self) -> bytes:
        if self.open < 0:
            return b""
        case = self.head.cases[self.open]
        self.comma = True
        return (b"]" + _fields(case.after, True) if case.listed else b"") + b"}"

    def _comma(self) -> bytes:
        due, self.comma = self.comma, True
        return b"," if due else b""


def _fields(fields: dict[str, Any], following: bool) -> bytes:
    """The inside of an object, with a comma before it where something precedes."""
    inside = orjson.dumps(fields)[1:-1]
    return b"," + inside if following and inside else inside
