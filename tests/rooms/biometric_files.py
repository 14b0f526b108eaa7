"""Files of the biometrics room's tests: made here from drawn waves, no person's print or face among them."""

import struct
import zlib
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from entente.match.prints.minutiae import Print
from entente.rooms.biometrics.inti_minutiae import minutiae_of
from entente.rooms.biometrics.inti_model import Descriptive, Header, Name, National, Numbers, Party, Person
from entente.rooms.biometrics.inti_records import Image as Picture
from entente.rooms.biometrics.inti_records import Transaction

US = Party("XB-1", "Bureau of XB", "ZZZ")
THEM = Party("XA-1", "Bureau of XA", "ZZZ")


def waves(height: int = 96, width: int = 80) -> NDArray[np.uint8]:
    """(height, width) uint8: rings with the period of ridges at 500 dpi."""
    y, x = np.mgrid[:height, :width]
    return np.rint(128 + 100 * np.sin(np.hypot(y - height / 2, x - 9) * 0.7)).astype(np.uint8)


def coded(pixels: NDArray[Any], form: str = "PNG", **how: Any) -> bytes:
    out = BytesIO()
    Image.fromarray(pixels).save(out, form, **how)
    return out.getvalue()


def wsq_of(pixels: NDArray[np.uint8]) -> bytes:
    import wsq

    made: bytes = wsq.WsqImagePlugin._wsq.compress(pixels.tobytes(), *pixels.shape, 2.25)
    return made


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header says so many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))

    head = struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def wsq_that_claims(width: int, height: int) -> bytes:
    data = bytearray(wsq_of(waves()))
    at = data.index(b"\xff\xa2") + 6
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def jp2_that_claims(width: int, height: int) -> bytes:
    data = bytearray(coded(waves(), "JPEG2000"))
    at = data.index(b"ihdr") + 4
    data[at : at + 8] = struct.pack(">LL", height, width)
    at = data.index(b"\xff\x51") + 6
    for place in (at, at + 16):  # the picture's size, and one tile of that size
        data[place : place + 8] = struct.pack(">LL", width, height)
    return bytes(data)


def some_print(position: int = 2, impression: int = 0, count: int = 12) -> Print:
    rng = np.random.default_rng(count)
    rows = np.column_stack(
        [
            rng.integers(0, 80, count),
            rng.integers(0, 96, count),
            rng.integers(0, 180, count) * 2,
            np.sort(rng.integers(1, 101, count))[::-1],
            rng.integers(0, 3, count),
        ]
    )
    return Print(rows.astype(np.float32), 80, 96, 61, position, impression)


def header(tot: str = "CPS", **others: Any) -> Header:
    said = {"date": "2026-03-01", "tcn": "00000000000007G", "utc": "2026-03-01T10:00:00Z", "priority": "2"}
    return Header(to=US, origin=THEM, tot=tot, **{**said, **others})


def picture(record: int = 14, idc: int = 1, **others: Any) -> Picture:
    said: dict[str, Any] = {
        "data": coded(waves()),
        "algorithm": "PNG",
        "width": "80",
        "height": "96",
        "taken": "2026-02-28",
    }
    said |= {"density": "500", "density_down": "500", "units": "1", "impression": "0", "position": "2"}
    if record == 4:
        said["taken"] = ""
    if record in (4, 13, 14):
        said["bits"] = "8"
    if record == 10:
        said |= {"category": "FACE", "colours": "SRGB", "pose": "F", "impression": "", "position": ""}
    return Picture(record=record, idc=idc, **{**said, **others})


def transaction(tot: str = "CPS", **others: Any) -> Transaction:
    """A search with one of each record that is read; Type-9 tells the minutiae of the latent print."""
    person = Person(
        birth="1971-03-05", citizenship="ISL", sex="F", name=Name(given="Ana", family="Peñaló-Ωmega")
    )
    said: dict[str, Any] = {
        "header": header(tot),
        "descriptive": Descriptive(person=person, numbers=Numbers(case=National("ZZZ", "47/11")), mode="CO"),
        "images": (picture(10, 1), picture(13, 2, impression="4", position="0"), picture(14, 3)),
        "minutiae": (minutiae_of(some_print(0, 4), 2),),
    }
    return Transaction(**{**said, **others})
