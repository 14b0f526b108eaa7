"""VICS 2.0, 1.3 and 1.2 read in a stream: cases and hash sets, entry by entry, in memory that does not grow.

What a document is is told by what stands in it; its context may come first, last, or not at all. Sources: the
public readers and writers of the format (IPED, GLEAPP, Clees4All), its schema being shared under agreement
alone.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO

from entente.core.problems import Unreadable
from entente.rooms.records import Bad
from entente.rooms.series.formats.bounded_json import (
    LEFT_OUT,
    Broken,
    Events,
    Source,
    events_of,
    key_from,
    value_from,
)
from entente.rooms.series.formats.vics_entry import media_of
from entente.rooms.series.formats.vics_model import CONTEXTS, Case, Entry, Head

_LATE = re.compile(rb'"@?odata\.(?:context|metadata)"\s*:\s*"([^"\\]{1,300})"')
_TAIL = 64 * 1024
_FAULTS = 20
_OF_A_CASE = ("CaseID", "CaseNumber")


class Vics:
    """A document being read: its head, and its entries by iterating once. What could not be read is Bad.

    The head is filled on the way: what stands after the entries is known when they have all been read.
    """

    def __init__(self, head: Head, entries: Iterator[Entry | Bad]) -> None:
        self.head = head
        self._entries = entries

    def __iter__(self) -> Iterator[Entry | Bad]:
        return self._entries


def read(file: BinaryIO, scheme: str = "", edition: str = "") -> Vics:
    """Begin to read a document. Raises Unreadable at once when it is no VICS.

    `scheme`, `edition`: what category numbers mean where the document does not say (1.2, 1.3, profile
    Default). Without them such numbers are kept as they came, and mean nothing.
    """
    head = Head(scheme=scheme, edition=edition)
    late = _late_context(file)
    reading = _Reading(Source(file), head, late)
    entries = reading.entries()
    try:
        first = next(entries, None)
    except Broken as wrong:
        raise Unreadable(f"the file cannot be read as JSON: {wrong}") from None
    if first is None and not reading.listed:
        raise Unreadable("the file is no VICS document: it has no list named “value”")
    return Vics(head, chain(() if first is None else (first,), reading.rest(entries)))


def _late_context(file: BinaryIO) -> str:
    """A context in the last bytes of a file that can be sought in: there it stands after the entries."""
    try:
        here = file.tell()
        end = file.seek(0, 2)
        file.seek(max(here, end - _TAIL))
        found = _LATE.findall(file.read(_TAIL))
        file.seek(here)
    except (OSError, ValueError):
        return ""
    return found[-1].decode("utf-8", "replace") if found else ""


class _Reading:
    """The way through one document."""

    def __init__(self, source: Source, head: Head, late: str) -> None:
        self.source = source
        self.head = head
        self.late = late
        self.events: Events = events_of(source)
        self.number = 0
        self.listed = False
        self.of_case = 0
        self.met: bool | None = None  # whether its items are cases; by the first of them

    def rest(self, entries: Iterator[Entry | Bad]) -> Iterator[Entry | Bad]:
        """The entries, and where they break off, why."""
        try:
            yield from entries
        except Broken as wrong:
            told = (
                f"the file cannot be read from here on: {wrong}; the {self.number} entries before it are kept"
            )
            self.head.note(told)
            yield Bad(self.number + 1, told)
        if self.source.damaged:
            self.head.note("some bytes are no text and were read as �")

    def entries(self) -> Iterator[Entry | Bad]:
        event, _ = next(self.events, ("", None))
        if event != "start_map":
            raise Unreadable("the file is no VICS document: it is no JSON object with a list named “value”")
        for event, name in self.events:
            if event == "end_map":
                break
            event, value = next(self.events)  # noqa: PLW2901
            if name == "value" and event == "start_array":
                if self.listed:
                    self.head.note("the document has two lists named “value”; both are read as one")
                if self.late and not self.head.before.keys() & {*CONTEXTS}:
                    self.head.understand(self.late)
                self.listed = True
                yield from self._items()
                continue
            told = value_from(self.events, event, value, self.head.note, name)
            if key_from(name, self.head.note) and told is not LEFT_OUT:
                (self.head.after if self.listed else self.head.before)[name] = told
                if name in CONTEXTS and type(told) is str:
                    self._understand(told)
        for _ in self.events:
            pass  # to the end, so that what follows the document is told
        self._note_contradictions()

    def _understand(self, context: str) -> None:
        before = (self.head.version, self.head.profile)
        self.head.understand(context)
        if self.number and before != (self.head.version, self.head.profile):
            self.head.note("the context stands after the entries: their categories were read without it")

    def _note_contradictions(self) -> None:
        if not {*self.head.before, *self.head.after} & {*CONTEXTS}:
            self.head.note("the document does not say which version of VICS it is")
        if self.met is not None and (said := self.head.kind == "cases") != self.met and self.head.version:
            other = "a list of cases" if said else "a hash set"
            self.head.note(f"the context says {other}; the document is read as what it is")
        if self.met is not None:
            self.head.kind = "cases" if self.met else "hash set"

    def _items(self) -> Iterator[Entry | Bad]:
        for event, value in self.events:
            if event == "end_array":
                return
            if event != "start_map":
                value_from(self.events, event, value, lambda _: None)
                yield self._bad("is no JSON object")
            elif self.met is False:
                yield self._entry(event, 0)
            else:
                yield from self._item()
        raise Broken("it ends in the middle")

    def _item(self) -> Iterator[Entry | Bad]:
        """A case with its media, or the first entry of a hash set: its keys tell."""
        case, faults = Case(listed=False), list[str]()
        place = len(self.head.cases)
        for event, name in self.events:
            if event == "end_map":
                break
            event, value = next(self.events)  # noqa: PLW2901
            if name == "Media" and event == "start_array":
                if not case.listed:
                    self.head.cases.append(case)
                case.listed, self.met = True, True
                yield from self._media(place)
                continue
            told = value_from(self.events, event, value, faults.append, name)
            if name in case.fields:
                faults.append(f"{name} stands twice; the last one holds")
                case.before.pop(name, None)
            if key_from(name, faults.append) and told is not LEFT_OUT:
                (case.after if case.listed else case.before)[name] = told
        else:
            raise Broken("it ends in the middle")
        is_case = "MD5" not in case.fields and any(key in case.fields for key in _OF_A_CASE)
        if case.listed or is_case:
            self.met = True
            if not case.listed:
                self.head.cases.append(case)
            for fault in faults:
                self.head.note(f"case {place + 1}: {fault}")
            self._count(case, place)
        else:
            self.met = self.met or False
            yield self._made(case.before, 0, faults)

    def _count(self, case: Case, place: int) -> None:
        """What a case says of its own number of media is often wrong: the list is counted."""
        said = case.fields.get("TotalMediaFiles")
        if said is not None and str(said) != str(self.of_case):
            self.head.note(f"case {place + 1}: TotalMediaFiles says {said!s:.20}; there are {self.of_case}")
        self.of_case = 0

    def _media(self, place: int) -> Iterator[Entry | Bad]:
        for event, value in self.events:
            if event == "end_array":
                return
            self.of_case += 1
            if event != "start_map":
                value_from(self.events, event, value, lambda _: None)
                yield self._bad("is no JSON object")
            else:
                yield self._entry(event, place)
        raise Broken("it ends in the middle")

    def _entry(self, event: str, place: int) -> Entry | Bad:
        faults: list[str] = []
        return self._made(value_from(self.events, event, None, faults.append), place, faults)

    def _made(self, entry: dict[str, Any], place: int, faults: list[str]) -> Entry | Bad:
        self.source.mark()
        head = self.head
        case = str(head.cases[place].before.get("CaseNumber") or "")[:200] if head.cases else ""
        media = media_of(entry, head.scheme, head.edition, head.name, case, faults.append)
        if not (media.md5 or media.sha1 or media.sha256 or media.pdq):
            why = "; ".join(fault for fault in faults if "hash" in fault or "MD5" in fault)
            return self._bad(f"has no MD5, SHA-1, SHA-256 or PDQ{f' ({why})' if why else ''}")
        self.number += 1
        if len(faults) > _FAULTS:
            faults[_FAULTS:] = [f"and {len(faults) - _FAULTS} more"]
        return Entry(self.number, media, place, tuple(faults))

    def _bad(self, why: str) -> Bad:
        self.number += 1
        return Bad(self.number, why)
