"""JSON read in a stream without trusting it: any UTF, values bounded in size and depth, no picture in a
string.

`ijson` gives events; what they build never grows past MOST_BYTES of the file or MOST_VALUES values.
"""

import codecs
import math
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any, BinaryIO

import ijson

from entente.core.problems import Unreadable
from entente.rooms.series.hidden_pictures import SHORT, Carried, begins_as, why_left_out

MOST_BYTES = 32 * 1024 * 1024
"""Bytes of one entry; a longer one ends the reading."""
MOST_TEXT = 16 * 1024 * 1024
"""Bytes between two quotes: ijson begins a long text anew with every piece of it that comes."""
MOST_VALUES = 20_000
"""Values of one entry; a file named by 116 entries has some 2,000."""
MOST_DEPTH = 16
MOST_KEY = 200
_CHUNK = 64 * 1024
_MOST_INT = (1 << 63) - 1
_ALIKE = bytes(ord("0") if chr(b).isdigit() else b for b in range(128)) + bytes(range(128, 256))
_ENDLESS = b"0" * 2000
_DIGITS = f"a number of more than {len(_ENDLESS)} digits"
_LARGE = "a number too large to be held"
_OPENS = frozenset({"start_map", "start_array"})

Events = Iterator[tuple[str, Any]]
Tell = Callable[[str], None]
LEFT_OUT: Any = object()


class Broken(Exception):
    """The JSON cannot be read on from here; its text says why, without a word of the file."""


class Source:
    """The bytes of a file as UTF-8 without a byte order mark, whatever UTF they came in.

    Raises Unreadable when it begins as a picture, film, archive or PDF does, and when it is empty.
    """

    def __init__(self, file: BinaryIO, json: bool = True) -> None:
        self.file = file
        self.damaged = False
        self._json = json
        self._since = self._quoted = 0
        self._tail = b""
        self._endless = False
        start = file.read(_CHUNK)
        if not start.strip(b" \t\r\n\x00"):
            raise Unreadable("the file is empty")
        if what := begins_as(start):
            raise Unreadable(f"the file is {what}; this reads lists of hashes and takes no pictures")
        coding, mark = _coding(start)
        self._decoder = codecs.getincrementaldecoder(coding)("strict")
        self._careless = codecs.getincrementaldecoder(coding)("replace")
        self._start: bytes = start[mark:]
        if json and coding == "utf-8" and not self._start.lstrip().startswith((b"{", b"[")):
            raise Unreadable("the file is no JSON: it begins with neither { nor [")

    def mark(self) -> None:
        """An entry is done: what follows may be MOST_BYTES again."""
        self._since = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes; ijson asks. Bytes that are no text become U+FFFD and are told as `damaged`."""
        if size == 0:
            return b""
        if self._endless:
            raise Broken(_DIGITS)
        data, self._start = (self._start, b"") if self._start else (self.file.read(_CHUNK), b"")
        self._since += len(data)
        if self._since > MOST_BYTES:
            raise Broken(f"an entry has more than {MOST_BYTES >> 20} MB")
        quote = data.rfind(b'"')
        self._quoted = len(data) - quote if quote >= 0 else self._quoted + len(data)
        if self._json and self._quoted > MOST_TEXT:
            raise Broken(f"a text has more than {MOST_TEXT >> 20} MB")
        before = self._decoder.getstate()
        try:
            text = self._decoder.decode(data, final=not data)
        except UnicodeDecodeError:
            self.damaged = True
            self._careless.setstate(before)
            text = self._careless.decode(data, final=not data)
            self._decoder.setstate(self._careless.getstate())
        if data and not text:
            return self.read(size)
        return self._without_endless_number(text.encode("utf-8", "replace"))

    def _without_endless_number(self, data: bytes) -> bytes:
        """The bytes up to such a number, then Broken, before ijson meets a number of more digits than Python
        converts: yajl2_c 3.6 then goes on with an exception pending, and whatever runs next fails.
        """
        flat = self._tail + data.translate(_ALIKE)
        place = flat.find(_ENDLESS)
        if place >= 0:
            self._endless = True
            if before := data[: max(place - len(self._tail), 0)]:
                return before
            raise Broken(_DIGITS)
        self._tail = flat[-len(_ENDLESS) :]
        return data


def _coding(start: bytes) -> tuple[str, int]:
    for mark, coding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if start.startswith(mark):
            return coding, len(mark)
    if start[1:2] == b"\x00":
        return "utf-16-le", 0
    return ("utf-16-be", 0) if start[:1] == b"\x00" else ("utf-8", 0)


def events_of(source: Source) -> Events:
    """ijson's events; raises Broken where the JSON ends or is none."""
    try:
        yield from ijson.basic_parse(source, buf_size=_CHUNK)
    except ijson.IncompleteJSONError as wrong:
        said = str(wrong).removeprefix("b'").split("\\n")[0].splitlines()[0].strip()
        raise Broken("it ends in the middle" if "EOF" in said else said[:80]) from None
    except ijson.JSONError as wrong:
        raise Broken(str(wrong).splitlines()[0][:80]) from None


def value_from(  # noqa: PLR0912
    events: Events, event: str, value: Any, tell: Tell, name: str = ""
) -> Any:
    """The value (of the key `name`) that begins with this event, or LEFT_OUT; what is left out is told.

    Of a key that stands twice the last value holds, as everywhere; that too is told. Raises Broken.
    One loop, not a function for each event: 186,000 entries are 10 million events.
    """
    scalar = _Scalars(tell)
    if event not in _OPENS:
        return scalar.kept(event, value, name)
    root: Any = {} if event == "start_map" else []
    holder, key, left = root, "", MOST_VALUES
    outer: list[tuple[Any, str]] = []
    for happens, said in events:
        if happens == "map_key":
            key = key_from(said, tell)
            continue
        if happens == "end_map" or happens == "end_array":  # noqa: PLR1714  (twice as fast as a set)
            if not outer:
                return root
            holder, key = outer.pop()
            continue
        left -= 1
        opens = happens in _OPENS
        if left < 0 or (opens and (len(outer) >= MOST_DEPTH - 1 or not (key or type(holder) is list))):
            if left == -1:
                tell(f"left out: what stands after the first {MOST_VALUES} values")
            elif left >= 0 and key:
                tell(f"left out: {key}, which is nested more than {MOST_DEPTH} deep")
            if opens:
                _skip(events)
            continue
        made: Any = ({} if happens == "start_map" else []) if opens else scalar.kept(happens, said, key)
        if type(holder) is list:
            if made is not LEFT_OUT:
                holder.append(made)
        elif key:
            if key in holder:
                tell(f"{key} stands twice; the last one holds")
                del holder[key]
            if made is not LEFT_OUT:
                holder[key] = made
        if opens:
            outer.append((holder, key))
            holder = made
    raise Broken("it ends in the middle")


def key_from(name: str, tell: Tell) -> str:
    """A key as it may be kept; empty when it may not, and then its value is left out."""
    if _may_be_kept(name):
        return name
    tell(f"left out: a value whose name is empty, longer than {MOST_KEY} characters or no name")
    return ""


@lru_cache(2048)
def _may_be_kept(name: str) -> bool:
    """Keys repeat from entry to entry; they are looked at once."""
    return 0 < len(name) <= MOST_KEY and not why_left_out(name)


class _Scalars:
    """Texts and numbers of one entry; what of them is left out is told once a key and reason."""

    def __init__(self, tell: Tell) -> None:
        self.tell = tell
        self.carried = Carried()
        self.told: set[tuple[str, str]] = set()

    def kept(self, event: str, value: Any, key: str) -> Any:
        """The value, or LEFT_OUT."""
        why = ""
        if event == "string":
            why = self.carried.short(value) if len(value) < SHORT else self.carried.text(value)
        elif event == "number":
            if type(value) is Decimal:
                value = float(value)
                why = "" if math.isfinite(value) else _LARGE
            elif abs(value) > _MOST_INT:
                why = _LARGE
            why = why or self.carried.number(value)
        if why:
            if (key, why) not in self.told:
                self.told.add((key, why))
                self.tell(f"left out: {key or 'a value'}, {why}")
            return LEFT_OUT
        return value


def _skip(events: Events) -> None:
    """Pass over what began."""
    depth = 1
    for event, _ in events:
        if event in ("start_map", "start_array"):
            depth += 1
        elif event in ("end_map", "end_array"):
            depth -= 1
            if not depth:
                return
    raise Broken("it ends in the middle")
