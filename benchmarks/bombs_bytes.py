"""Bytes that cost far more to read than to send, made by code so that none of them lies in the repository.

What unpacks to gigabytes is put together of one deflated mebibyte, repeated: it is made in milliseconds.
"""

import base64
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from functools import cache

MIB = 1 << 20
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
"""The namespace of an .xlsx file's own parts."""


# --- deflate -------------------------------------------------------------------------------------


@cache
def _piece(of: bytes) -> bytes:
    """A mebibyte of one sign, deflated so that it may follow itself."""
    made = zlib.compressobj(9, zlib.DEFLATED, -15)
    return made.compress(of * MIB) + made.flush(zlib.Z_FULL_FLUSH)


def deflated(mebibytes: int, of: bytes = b"\0", begin: bytes = b"", end: bytes = b"") -> bytes:
    """So many mebibytes as a raw deflate stream, with something readable before and behind."""
    first = zlib.compressobj(9, zlib.DEFLATED, -15)
    last = zlib.compressobj(9, zlib.DEFLATED, -15)
    before = first.compress(begin) + first.flush(zlib.Z_FULL_FLUSH)
    return before + _piece(of) * mebibytes + last.compress(end) + last.flush()


def zlibbed(mebibytes: int, of: bytes = b"\0") -> bytes:
    """The same as a zlib stream, as PNG and PDF have it; its sum at the end is wrong, which is seen last."""
    return b"\x78\x9c" + deflated(mebibytes, of) + b"\0\0\0\0"


# --- zip -----------------------------------------------------------------------------------------


def zipped(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def zipped_raw(parts: Iterable[tuple[str, bytes, int, int]], flags: int = 0, apart: bool = True) -> bytes:
    """A zip of parts that are deflated already: (name, stream, what it says it unpacks to, its sum).

    `apart` false: all entries of the directory share the first part's bytes, as in Fifield's bombs.
    """
    body, directory, count = bytearray(), bytearray(), 0
    for name, stream, size, total in parts:
        said = struct.pack("<HHHHHIIIHH", 20, flags, 8, 0, 0x21, total, len(stream), size, len(name), 0)
        where = len(body) if apart else 0
        if apart or not count:
            body += b"PK\x03\x04" + said + name.encode() + stream
        directory += b"PK\x01\x02\x14\0" + said + struct.pack("<HHHII", 0, 0, 0, 0, where) + name.encode()
        count += 1
    end = struct.pack("<HHHHIIH", 0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), len(body), 0)
    return bytes(body + directory + b"PK\x05\x06" + end)


def sharing(many: int, stream: bytes, size: int, name: str = "{}") -> bytes:
    """So many parts, all of the same bytes."""
    return zipped_raw([(name.format(n), stream, size, 0) for n in range(many)], apart=False)


def nested(levels: int, copies: int = 16) -> bytes:
    """A zip of zips of zips (42.zip): small, and 4 GiB in each of its last."""
    inner = zipped_raw([("0.dll", deflated(256), 256 * MIB, 0)])
    for _level in range(levels):
        inner = zipped({f"lib {n}.zip": inner for n in range(copies)})
    return inner


def eating_itself() -> bytes:
    """A zip with itself inside, as far as its directory says."""
    return zipped_raw([("r/r.zip", deflated(0), 440, 0)], apart=False)


def workbook(sheet: bytes, strings: bytes = b"<sst/>") -> dict[str, bytes]:
    """Parts of an .xlsx file around this sheet."""
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = b"http://schemas.openxmlformats.org/package/2006"
    sort = b"application/vnd.openxmlformats-officedocument.spreadsheetml"
    link = b'<Relationship Id="%b" Type="%b/%b" Target="%b"/>'
    links = b'<Relationships xmlns="%b/relationships">%b</Relationships>'
    inside = link % (b"r1", office, b"worksheet", b"worksheets/sheet1.xml")
    inside += link % (b"r2", office, b"sharedStrings", b"sharedStrings.xml")
    return {
        "[Content_Types].xml": b'<Types xmlns="%b/content-types"><Default Extension="xml" '
        b'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        b'ContentType="%b.sheet.main+xml"/></Types>' % (package, sort),
        "_rels/.rels": links % (package, link % (b"r1", office, b"officeDocument", b"xl/workbook.xml")),
        "xl/workbook.xml": b'<workbook xmlns="%b" xmlns:r="%b"><sheets><sheet name="a" sheetId="1" '
        b'r:id="r1"/></sheets></workbook>' % (MAIN, office),
        "xl/_rels/workbook.xml.rels": links % (package, inside),
        "xl/sharedStrings.xml": strings,
        "xl/worksheets/sheet1.xml": sheet,
    }


def inflating_workbook(part: str, mebibytes: int, begin: bytes, end: bytes) -> bytes:
    """A sound .xlsx of which one part unpacks to so much, 150 times what it has in the file."""
    parts = workbook(b'<worksheet xmlns="%b"><sheetData/></worksheet>' % MAIN)
    raw = [(n, deflated(0, begin=d), len(d), zlib.crc32(d)) for n, d in parts.items() if n != part]
    stuffing = b"".join(b"%08x" % (n * 2654435761 & 0xFFFFFFFF) for n in range(1_500))
    made, total, first = bytearray(), zlib.crc32(begin), zlib.compressobj(9, zlib.DEFLATED, -15)
    made += first.compress(begin) + first.flush(zlib.Z_FULL_FLUSH)
    stuffed = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = _piece(b" ") + stuffed.compress(stuffing) + stuffed.flush(zlib.Z_FULL_FLUSH)
    for _n in range(mebibytes):
        made += piece
        total = zlib.crc32(stuffing, zlib.crc32(b" " * MIB, total))
    last = zlib.compressobj(9, zlib.DEFLATED, -15)
    made += last.compress(end) + last.flush()
    size = mebibytes * (MIB + len(stuffing)) + len(begin) + len(end)
    return zipped_raw([*raw, (part, bytes(made), size, zlib.crc32(end, total))])


# --- pictures ------------------------------------------------------------------------------------


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(
    width: int,
    height: int,
    data: bytes | None = None,
    more: Iterable[tuple[bytes, bytes]] = (),
    bits: int = 8,
    colour: int = 0,
) -> bytes:
    """A PNG that says of itself what it likes."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))
    between = b"".join(chunk(name, what) for name, what in more)
    pixels = zlib.compress(b"\0" * 1_000) if data is None else data
    return b"\x89PNG\r\n\x1a\n" + head + between + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def small_png(more: Iterable[tuple[bytes, bytes]] = ()) -> bytes:
    """A sound grey picture of 64 x 64 pixels, with other chunks before its pixels."""
    return png(64, 64, zlib.compress((b"\0" + b"\x80" * 64) * 64), more)


def moving_png(frames: int) -> bytes:
    """An animated PNG of so many frames."""
    control = struct.pack(">IIIIIHHBB", 0, 64, 64, 0, 0, 1, 10, 0, 0)
    return small_png([(b"acTL", struct.pack(">II", frames, 0)), (b"fcTL", control)])


def jpeg(width: int, height: int) -> bytes:
    """A JPEG of which nothing but its size is there."""
    frame = struct.pack(">BHHB", 8, height, width, 3) + bytes((1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1))
    scan = bytes((3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0))
    parts = ((b"\xdb", b"\0" + bytes(range(1, 65))), (b"\xc0", frame), (b"\xda", scan))
    made = b"".join(b"\xff" + mark + struct.pack(">H", len(data) + 2) + data for mark, data in parts)
    return b"\xff\xd8" + made + b"\0" * 500 + b"\xff\xd9"


def gif(width: int, height: int, frames: int) -> bytes:
    one = b"\x2c" + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x44\x01\0"
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0" * 6 + one * frames + b";"


def wsq(width: int, height: int) -> bytes:
    """The beginning of a WSQ file (FBI), whose frame says this size."""
    frame = struct.pack(">BBHHBHBHB", 0, 255, height, width, 0, 1, 0, 1, 0) + b"\0" * 2
    return b"\xff\xa0\xff\xa2" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xa1" + b"\0" * 200


def jp2(width: int, height: int) -> bytes:
    """A bare JPEG 2000 codestream of this size in one tile."""
    size = struct.pack(">HIIIIIIIIH", 0, width, height, 0, 0, width, height, 0, 0, 1) + b"\x07\x01\x01"
    return b"\xff\x4f\xff\x51" + struct.pack(">H", len(size) + 2) + size + b"\0" * 300


# --- biometrics ----------------------------------------------------------------------------------


def nist(records: int = 1, more: bytes = b"", said: int | None = None, width: int = 0) -> bytes:
    """An ANSI/NIST-ITL file whose table of contents names so many Type-14 records."""
    contents = f"1\x1f{records}" + "".join(f"\x1e14\x1f{n}" for n in range(records))
    fields = f"1.002:0501\x1d1.003:{contents}\x1d1.004:CPS\x1d1.005:20260101\x1d1.009:T1"
    head = f"1.001:{{}}\x1d{fields}\x1c"
    size = len(head.format("0000")) if said is None else said
    body = f"14.001:{{}}\x1d14.002:0\x1d14.006:{width}\x1d14.007:{width}\x1d14.999:".encode() + more + b"\x1c"
    whole = str(len(body) + len(str(len(body))) - 2).encode()
    return head.format(f"{size:04}").encode() + body.replace(b"{}", whole, 1)


def fmr(views: int, minutiae: int = 255) -> bytes:
    """An ISO/IEC 19794-2 record that says it has so many fingers."""
    one = bytes((1, 0, 90, minutiae)) + b"\x40\x10\x00\x10\x00\x00" * minutiae + b"\0\0"
    said = struct.pack(">IHHHHHBB", 24 + len(one), 0, 500, 500, 197, 197, views & 255, 0)
    return b"FMR\0 20\0" + said + one


# --- text ----------------------------------------------------------------------------------------


def laughs(levels: int = 10, around: bytes = b"<lolz>&l9;</lolz>") -> bytes:
    """A billion laughs: entities of entities."""
    named = b'<!ENTITY l0 "lol">' + b"".join(
        b'<!ENTITY l%d "%b">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, levels)
    )
    return b'<?xml version="1.0"?><!DOCTYPE lolz [' + named + b"]>" + around


def quadratic(times: int = 100_000) -> bytes:
    """One long entity, named often."""
    long = b"a" * 100_000
    return b'<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "' + long + b'">]><q>' + b"&a;" * times + b"</q>"


def outside(address: str) -> bytes:
    """An entity that is somewhere else."""
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "{address}">]><x>&e;</x>'.encode()


def deep(levels: int, open: bytes, end: bytes = b"", inside: bytes = b"") -> bytes:
    return open * levels + inside + end * levels


def colliding(many: int) -> list[int]:
    """Whole numbers that Python's tables put in the same place: 2**61 - 1 is its modulus."""
    return [n * ((1 << 61) - 1) for n in range(1, many + 1)]


def in_base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
