"""The bombs: what somebody could send to break the house, and at which door. Each must be refused.

`make` is called when the bomb is sent, so that sixty of them never lie in memory together.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from benchmarks import bombs_bytes as b
from benchmarks.bombs_bytes import MIB

PNG_PICTURE = ("photo", "picture", "check")
Answer = Literal["refused", "told", "harmless"]
HEAD = b"name,born\n"


@dataclass(frozen=True, slots=True)
class Bomb:
    """`answer`: "refused" with a problem; "told" in a report that keeps nothing and names faults; "harmless":
    what it hides is never read, and an ordinary answer is right."""

    name: str
    door: str
    make: Callable[[], bytes]
    query: str = ""
    media: str = ""
    answer: Answer = "refused"


BOMBS: list[Bomb] = []


def bomb(door: str, name: str, make: Callable[[], bytes], **how: Any) -> None:
    BOMBS.append(Bomb(name, door, make, **how))


def said(**fields: Any) -> bytes:
    return json.dumps(fields).encode()


def fingers(*files: bytes) -> Callable[[], bytes]:
    return lambda: said(files=[{"data": b.in_base64(file)} for file in files])


def in_form(field: str, data: bytes, name: str = "a.png") -> bytes:
    head = f'--xx\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
    return head.encode() + data + b"\r\n--xx--\r\n"


# --- pictures ------------------------------------------------------------------------------------

for where in PNG_PICTURE:
    bomb(where, "a PNG that says it has 65,535 x 65,535 pixels", lambda: b.png(65_535, 65_535))
bomb("photo", "a JPEG that says it has 65,535 x 65,535 pixels", lambda: b.jpeg(65_535, 65_535))
bomb("photo", "a PNG whose pixels unpack to 4 GiB", lambda: b.png(60_000, 60_000, b.zlibbed(4_096)))
bomb(
    "check",
    "a PNG of 64 x 64 whose pixels unpack to 2 GiB",
    lambda: b.png(64, 64, b.zlibbed(2_048)),
    answer="harmless",
)
bomb(
    "picture",
    "a PNG whose text unpacks to 2 GiB (zTXt)",
    lambda: b.small_png([(b"zTXt", b"Comment\0\0" + b.zlibbed(2_048))]),
)
bomb(
    "check",
    "a PNG whose colour profile unpacks to 2 GiB (iCCP)",
    lambda: b.small_png([(b"iCCP", b"icc\0\0" + b.zlibbed(2_048))]),
)
bomb(
    "picture",
    "a PNG with 200,000 chunks",
    lambda: b.small_png([(b"tEXt", b"a\0b")] * 200_000),
    answer="harmless",
)
bomb("photo", "a PNG of a million frames (APNG)", lambda: b.moving_png(1_000_000))
bomb("check", "a GIF of 60,000 frames", lambda: b.gif(10_000, 10_000, 60_000))
bomb("picture", "an SVG with a billion laughs", lambda: b.laughs(around=b"<svg>&l9;</svg>"))
bomb("picture", "a PDF sent as a picture", lambda: b"%PDF-1.7\n" + b.zlibbed(64))
bomb("check page", "a PNG of 65,535 x 65,535 in a form", lambda: in_form("picture", b.png(65_535, 65_535)))
bomb("check", "twenty megabytes behind the head of a PNG", lambda: b.small_png() + b"\0" * (20 * MIB))

# --- fingers and faces ---------------------------------------------------------------------------

bomb("fingers", "a WSQ that says it has 65,535 x 65,535 pixels", fingers(b.wsq(65_535, 65_535)))
bomb("fingers", "a WSQ of the largest size that is let through", fingers(b.wsq(6_300, 6_300)))
bomb("fingers", "a JPEG 2000 that says it has 60,000 x 60,000", fingers(b.jp2(60_000, 60_000)))
bomb("fingers", "a JPEG 2000 of the largest size that is let through", fingers(b.jp2(6_300, 6_300)))
bomb("fingers", "a PGM of 99,999 x 99,999", fingers(b"P5 99999 99999 255\n" + b"\0" * 100))
bomb(
    "fingers", "thirty pictures of forty million pixels", fingers(*[b.png(6_300, 6_300, b.zlibbed(38))] * 30)
)
bomb("fingers", "a template of 255 fingers, one there", fingers(b.fmr(255)))
bomb("fingers", "a NIST file that says it is 999,999,999 long", fingers(b.nist(said=999_999_999)))
bomb(
    "fingers",
    "a picture cut into more pieces than are searched",
    lambda: said(
        files=[
            {
                "data": b.in_base64(b.small_png()),
                "cuts": [{"position": 1, "x": 0, "y": 0, "width": 32, "height": 32}] * 100_000,
            }
        ]
    ),
)
bomb("transaction", "a NIST file of 100,000 records", lambda: b.nist(100_000))
bomb("transaction", "a NIST record of a million items", lambda: b.nist(1, b"\x1f".join([b"1"] * 1_000_000)))
bomb(
    "transaction", "a NIST record of a million subfields", lambda: b.nist(1, b"\x1e".join([b"1"] * 1_000_000))
)
bomb("transaction", "an INT-I transaction with a billion laughs", b.laughs)
bomb(
    "transaction",
    "an INT-I transaction 100,000 elements deep",
    lambda: (
        b"<?xml version='1.0'?>"
        + b.deep(
            100_000,
            b"<NISTBiometricInformationExchangePackage>",
            b"</NISTBiometricInformationExchangePackage>",
        )
    ),
)

# --- tables --------------------------------------------------------------------------------------

bomb("list", "a list whose header has two million commas", lambda: b"name" + b"," * 2_000_000 + b"\nIvo\n")
bomb("list", "a list of one line without end", lambda: HEAD + b"I" * (30 * MIB), answer="harmless")
bomb("list", "a list with a quote that never closes", lambda: HEAD + b'"Ivo' + b"\nM" * (10 * MIB))
bomb("list", "a list of NULs", lambda: b"\0" * (10 * MIB))
bomb("list", "a zip sent as a list", lambda: b.nested(1, 4))
bomb("list", "a list that says it is longer than is taken", lambda: b"", query="size=300000000")
bomb(
    "list page",
    "a million fields in the form around a list",
    lambda: (
        b"".join(
            b'--xx\r\nContent-Disposition: form-data; name="a%d"\r\n\r\n1\r\n' % n for n in range(100_000)
        )
        + b"--xx--\r\n"
    ),
)
bomb(
    "list page",
    "a form whose head never ends",
    lambda: b'--xx\r\nContent-Disposition: form-data; name="' + b"a" * (8 * MIB),
)
bomb("numbers", "numbers with a row of a million commas", lambda: b"number\n" + b"," * 400_000, answer="told")
bomb("numbers", "half a million numbers", lambda: b"number\n" + b"P4417093\n" * 60_000)
bomb("numbers", "one number of four megabytes", lambda: b"number\nP" + b"1" * (4 * MIB))
bomb("seizures", "42.zip as a workbook", lambda: b.nested(1))
bomb("seizures", "a zip with itself inside", b.eating_itself)
bomb(
    "seizures",
    "shared strings as large as they may be",
    lambda: b.inflating_workbook(
        "xl/sharedStrings.xml", 62, b'<sst xmlns="%b"><si><t>' % b.MAIN, b"</t></si></sst>"
    ),
)
bomb(
    "seizures",
    "a sheet as large as it may be",
    lambda: b.inflating_workbook(
        "xl/worksheets/sheet1.xml",
        400,
        b'<worksheet xmlns="%b"><sheetData>' % b.MAIN,
        b"</sheetData></worksheet>",
    ),
)
bomb(
    "seizures",
    "shared strings that unpack to 400 MiB",
    lambda: b.inflating_workbook(
        "xl/sharedStrings.xml", 400, b'<sst xmlns="%b"><si><t>' % b.MAIN, b"</t></si></sst>"
    ),
)
bomb(
    "seizures",
    "parts that share their bytes, 20,000 times 64 MiB (Fifield)",
    lambda: b.sharing(20_000, b.deflated(64), 64 * MIB),
)
bomb(
    "seizures",
    "a part that says it has 100 bytes, of a gigabyte",
    lambda: b.zipped_raw([("xl/workbook.xml", b.deflated(1_024), 100, 0)]),
)
bomb(
    "seizures",
    "a sheet with a cell at the far corner",
    lambda: b.zipped(
        b.workbook(
            b'<worksheet xmlns="%b"><dimension ref="A1:XFD1048576"/><sheetData><row r="1048576">' % b.MAIN
            + b'<c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
        )
    ),
)
bomb(
    "seizures",
    "a billion laughs in a sheet",
    lambda: b.zipped(
        b.workbook(
            b.laughs(
                around=b'<worksheet xmlns="%b"><sheetData><row r="1"><c r="A1" t="inlineStr"><is>' % b.MAIN
                + b"<t>&l9;</t></is></c></row></sheetData></worksheet>"
            )
        )
    ),
)
bomb(
    "seizures",
    "paths that climb out, and a link (zip-slip)",
    lambda: b.zipped(
        {"../../../../tmp/entente-bomb": b"x", "/etc/entente-bomb": b"x", "xl/workbook.xml": b"<workbook/>"}
    ),
)
bomb(
    "seizures",
    "a locked workbook",
    lambda: b.zipped_raw([("xl/workbook.xml", b.deflated(1), MIB, 0)], flags=1),
)
bomb("seizures", "a table of two million commas", lambda: b"goods,quantity\n" + b"," * 2_000_000)
bomb(
    "seizures", "a cell of thirty megabytes", lambda: b"goods,quantity\ncocaine," + b"9" * (30 * MIB) + b"\n"
)
bomb(
    "seizures",
    "quantities of a million digits",
    lambda: (
        b"date,goods,quantity,unit,country\n"
        + b"".join(b"2025-01-01,cocaine,%b,kg,xa\n" % (b"9" * 3_900) for _ in range(200))
    ),
    answer="told",
)
bomb("reports", "a table of two million commas", lambda: said(table="sector,date,goods\n" + "," * 900_000))
bomb(
    "trade",
    "a table of trade with numbers without end",
    lambda: said(table="product,economy,value\n" + "a,xa," + "9" * 900_000 + "\n"),
)
