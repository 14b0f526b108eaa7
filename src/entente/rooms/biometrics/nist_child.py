"""The other side of nist.py, alone in a process: takes an ANSI/NIST-ITL file apart, under hard limits.

It runs as a script and knows nothing of the house. In: a file in the traditional encoding (ANSI/NIST-ITL
1-2007 and 1-2011). Out: a line of JSON and the pictures' bytes one after the other. The line has `records`
(type, IDC, fields by number as lists of subfields of items, length of the picture) or `faults` (code, place,
one of the words of nist.FAULTS). The lengths that records state of themselves are held against the file and
against its table of contents (1.003) before a field is read.
"""

import json
import re
import resource
import struct
import sys
from typing import Any

try:
    import nistitl
except ImportError:
    nistitl = None

MEMORY_BYTES = 1 << 30
CPU_S = 10
MOST_RECORDS = 500
MOST_ITEMS, MOST_ALL_ITEMS = 20_000, 100_000
"""Of a record, and of the file: the house holds them all while it reads what they mean."""
MOST_FAULTS = 50
FS, GS, RS, US = b"\x1c", b"\x1d", b"\x1e", b"\x1f"
BINARY = range(3, 9)
TEXTS = {1, 2, *range(9, 23), 98, 99}
TYPE_4 = struct.Struct(">LBB6sBHHB")
"""Length, IDC, impression, six positions, resolution, width, height, compression (table 29 of 1-2011)."""
_BEGIN = re.compile(rb"(\d{1,2})\.0{0,2}1:(\d{1,9})\x1d")
Fields = dict[str, list[list[str]]]


class Refused(Exception):
    """What is wrong: its code, its place, its word."""


def limit() -> None:
    """No more memory and time than a file needs; no file, no process."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(what, (most, most))


def bounds(data: bytes) -> list[tuple[int, int, int]]:
    """Type, start and end of each record. Raises Refused at the first that cannot be: the rest is unknown."""
    end = _text_end(data, 0, 1, "1")
    found = [(1, 0, end)]
    for number, kind in enumerate(_contents(_fields(data[:end], 1, "1")), start=2):
        start, place = end, f"{number} ({kind})"
        if kind in BINARY:
            if len(data) < start + TYPE_4.size:
                raise Refused("117", place, "cut")
            end = start + int.from_bytes(data[start : start + 4], "big")
            if end < start + TYPE_4.size or end > len(data):
                raise Refused("117", f"{place}/LEN", "length")
        elif kind in TEXTS:
            end = _text_end(data, start, kind, place)
        else:
            raise Refused("102", place, "type")
        found.append((kind, start, end))
    if end != len(data):
        raise Refused("105", "1 (1)/CNT", "after")
    return found


def _text_end(data: bytes, start: int, kind: int, place: str) -> int:
    begin = _BEGIN.match(data, start)
    if not begin or int(begin[1]) != kind:
        raise Refused("117", place, "begin" if start < len(data) else "cut")
    end = start + int(begin[2])
    if end > len(data) or end < begin.end() or data[end - 1 : end] != FS:
        raise Refused("117", f"{place}/LEN", "length")
    return end


def _contents(header: Fields) -> list[int]:
    told = header.get("3") or []
    if len(told) - 1 > MOST_RECORDS:
        raise Refused("104", "1 (1)/CNT", "many")
    try:
        kinds = [int(kind) for kind, _idc in told]
        if kinds[0] != 1 or int(told[0][1]) != len(kinds) - 1:
            raise Refused("105", "1 (1)/CNT", "contents")
    except (ValueError, IndexError):
        raise Refused("105", "1 (1)/CNT", "contents") from None
    return kinds[1:]


class _Collected:
    """What nistitl's parser of one record finds."""

    def __init__(self, kind: int) -> None:
        self.kind, self.fields = kind, Fields()
        self.subfields: list[list[str]] = []
        self.items: list[str] = []
        self.count = 0

    def push_record(self) -> None:
        """Nothing: there is one."""

    def push_value(self, value: bytes) -> None:
        self.items.append(self._said(value))

    def push_subfield(self, value: bytes | None) -> None:
        self.subfields.append(self.items if value is None else [self._said(value)])
        self.items = []

    def push_field(self, tag: str, value: bytes | None) -> None:
        kind, _dot, number = tag.rstrip(":").partition(".")
        if int(kind) != self.kind or str(int(number)) in self.fields:
            raise ValueError(tag)
        self.fields[str(int(number))] = self.subfields if value is None else [[self._said(value)]]
        self.subfields = []

    def _said(self, value: bytes) -> str:
        self.count += 1
        if self.count > MOST_ITEMS:
            raise ValueError("too many")
        try:
            return value.decode()
        except UnicodeDecodeError:
            return value.decode("latin-1")


def _fields(text: bytes, kind: int, place: str) -> Fields:
    found = _Collected(kind)
    if FS in text[:-1]:
        raise Refused("117", f"{place}/LEN", "length")
    try:
        nistitl.parse_record(text, found.push_record, found.push_field, found.push_subfield, found.push_value)
    except (nistitl.NistException, ValueError):
        raise Refused("117", place, "field") from None
    return found.fields


def record(data: bytes, kind: int, place: str) -> tuple[dict[str, Any], bytes]:
    """One record and its picture. Raises Refused."""
    picture = b""
    if kind in BINARY:
        _length, idc, impression, positions, isr, width, height, algorithm = TYPE_4.unpack_from(data)
        values = (impression, positions[0], isr, width, height, algorithm) if kind == 4 else ()
        fields = {str(number): [[str(value)]] for number, value in enumerate(values, start=3)}
        picture = data[TYPE_4.size :] if kind == 4 else b""
    else:
        mark = GS + b"%d.999:" % kind
        at = data.find(mark) if kind >= 10 else -1
        if at >= 0:
            picture, data = data[at + len(mark) : -1], data[:at] + FS
        fields = _fields(data, kind, place)
        said = fields.get("2", [[""]])[0][0]
        if kind != 1 and not (said.isascii() and said.isdigit() and len(said) < 4):
            raise Refused("101", f"{place}/IDC", "idc")
        idc = int(said) if kind != 1 else 0
    return {"type": kind, "idc": idc, "fields": fields, "length": len(picture)}, picture


def taken(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """What a file holds, and its pictures; or its faults."""
    records, pictures, faults = [], [], []
    left = MOST_ALL_ITEMS
    try:
        if nistitl is None:
            raise Refused("999", "", "no-nistitl")
        for number, (kind, start, end) in enumerate(bounds(data), start=1):
            try:
                one, picture = record(data[start:end], kind, f"{number} ({kind})")
                left -= sum(len(items) for said in one["fields"].values() for items in said)
                if left < 0:
                    faults.append(("104", f"{number} ({kind})", "items"))
                    break
                records.append(one)
                pictures.append(picture)
            except Refused as why:
                faults.append(why.args)
    except Refused as why:
        faults.append(why.args)
    return ({"faults": faults[:MOST_FAULTS]}, []) if faults else ({"records": records}, pictures)


def main() -> int:
    """A file in, its records out."""
    limit()
    told, pictures = taken(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
    for picture in pictures:
        sys.stdout.buffer.write(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
