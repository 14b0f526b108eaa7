"""Files from outside: pictures, ISO/IEC 19794-2 records, ANSI/NIST-ITL files and INT-I transactions.

What a file is, its first bytes say. Pictures are decoded and traditional NIST files taken apart in processes
of their own (decoding_child.py, nist_child.py); nothing of what is sent is written anywhere.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from entente.core.problems import Fault, Faulty, NotSupported, TooLarge
from entente.match.prints import iso19794
from entente.match.prints.minutiae import Print
from entente.rooms.biometrics import inti, nist
from entente.rooms.biometrics.codes import fault
from entente.rooms.biometrics.decoding_process import answered
from entente.rooms.biometrics.inti_minutiae import impression_of, print_of
from entente.rooms.biometrics.inti_records import FINGERS, PLAIN_THUMBS, SLAPS, Image, Transaction, area_of
from entente.web.language import N_

MOST_BYTES = 25 * 1024 * 1024
MOST_PICTURES = 100
_CHILD = "decoding_child.py"
_BEGINS = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"\xff\xa0",
    b"\0\0\0\x0cjP  \r\n\x87\n",
    b"\xff\x4f\xff\x51",
    b"P5",
)
"""PNG, JPEG, WSQ, JPEG 2000 (file and bare codestream), PGM."""
_AGAIN = N_("Send the picture as the scanner or the camera made it.")
REFUSALS: Mapping[str, tuple[str, str, str]] = {
    "large": ("118", N_("The picture has more than 40 million pixels (118)"), N_("Send one print in each.")),
    "small": ("118", N_("The picture is less than 16 pixels wide or high (118)"), _AGAIN),
    "many": ("118", N_("The pictures are too large to be read at once (118)"), N_("Send fewer at once.")),
    "moves": ("117", N_("The picture moves (117)"), _AGAIN),
    "oblong": (
        "117",
        N_("Its pixels are not square: its two resolutions differ (117)"),
        N_("Scan it with the same resolution both ways."),
    ),
    "broken": ("117", N_("The picture is damaged or cut short (117)"), _AGAIN),
    "unread": (
        "117",
        N_("It was not read, as a picture before it broke its reader (117)"),
        N_("Leave that one out."),
    ),
    "form": (
        "117",
        N_("This is no picture, template or transaction that is read here (117)"),
        N_("Send PNG, JPEG, WSQ, JPEG 2000, PGM, ISO/IEC 19794-2, ANSI/NIST-ITL or INT-I XML."),
    ),
    "size": (
        "118",
        N_("The picture is not as large as its record says (118)"),
        N_("Mend the record's width and height."),
    ),
    "empty": ("502", N_("There is nothing in it (502)"), N_("Send the picture.")),
}
"""Why a picture is not read: its code, what and what to do."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A decoded picture, upright.

    `pixels`: (h, w) uint8 grey, or (h, w, 3) uint8 red, green, blue. `dpi`: None where nothing says it.
    `form`: PNG, JPEG, WSQ, JP2, PGM or RAW. `record`: type of the record it came in (4, 10, 13, 14), 0 for a
    file of its own; `position`: finger 1 to 10 it says, 0 for none; `area`: the standard's own code, 13 to 15
    for slaps; `impression`: 0 plain, 1 rolled, 4 latent, 8 swiped, None where nothing says it. `marked`: the
    minutiae that the sender gives for this picture (Type-9 with its IDC). `quality`: the sender's own, 0 to
    100.
    """

    pixels: NDArray[np.uint8] = field(repr=False)
    dpi: float | None
    form: str
    record: int = 0
    idc: int = 0
    position: int = 0
    area: int = 0
    impression: int | None = None
    marked: Print | None = field(default=None, repr=False)
    quality: int | None = None
    pose: str = ""

    @property
    def grey(self) -> NDArray[np.uint8]:
        """(h, w) uint8, by the weights of ITU-R BT.601."""
        if self.pixels.ndim == 2:
            return self.pixels
        return np.asarray(cv2.cvtColor(self.pixels, cv2.COLOR_RGB2GRAY), np.uint8)

    @property
    def colours(self) -> NDArray[np.uint8]:
        """(h, w, 3) uint8."""
        if self.pixels.ndim == 3:
            return self.pixels
        return np.repeat(self.pixels[:, :, None], 3, axis=2)

    @property
    def slap(self) -> bool:
        """Whether it shows several fingers, which are cut apart by hand."""
        return self.area in SLAPS


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """What a file holds. `prints`: minutiae that come without a picture. `transaction`: of a NIST file or an
    INT-I transaction, all that it says. `left`: record types in it that are not searched, such as 15 (palms).
    """

    kind: Literal["picture", "template", "nist", "int-i"]
    pictures: tuple[Picture, ...] = ()
    prints: tuple[Print, ...] = field(default=(), repr=False)
    transaction: Transaction | None = field(default=None, repr=False)
    left: tuple[int, ...] = ()


def decoded(data: bytes, where: str = "file") -> Decoded:
    """A file from outside, decoded. Raises Faulty with every fault (codes of INT-I), TooLarge beyond 25 MiB,
    Unavailable when many are being read, NotSupported where a decoder is not installed."""
    if len(data) > MOST_BYTES:
        raise TooLarge(f"A file of biometrics has at most {MOST_BYTES >> 20} MiB.")
    if not data:
        raise Faulty(faults=(_refusal("empty", where),))
    if data.startswith(iso19794.MAGIC):
        return Decoded("template", prints=tuple(_template(data, where)))
    if nist.recognised(data):
        return _of(nist.read(data, where), "nist", where)
    if inti.recognised(data):
        return _of(inti.read(data), "int-i", where)
    if not data.startswith(_BEGINS):
        raise Faulty(faults=(_refusal("form", where),))
    (one,) = pictures([data])
    if isinstance(one, str):
        raise Faulty(faults=(_refusal(one, where),))
    return Decoded("picture", pictures=(one,))


def pictures(coded: Sequence[bytes]) -> list[Picture | str]:
    """Each picture decoded, or the word of REFUSALS why not; all in one process, at most 100.

    A decoder that dies on one takes those after it along, which say so. Raises Unavailable, and NotSupported
    where WSQ is sent and its decoder is not installed.
    """
    known = [one.startswith(_BEGINS) for one in coded]
    sent = [one for one, fit in zip(coded, known, strict=True) if fit][:MOST_PICTURES]
    well, out = True, b""
    if sent:
        well, out = answered(_CHILD, b"".join(struct.pack(">L", len(one)) + one for one in sent))
    read = _told(out)
    if "no-wsq" in read:
        raise NotSupported("WSQ is read with the extra `bio`: install entente[bio].")
    if len(read) < len(sent):
        read.append("many" if well else "broken")
        read += ["unread"] * (len(sent) - len(read))
    rest = iter(read)
    return [next(rest, "many") if fit else "form" for fit in known]


def _told(out: bytes) -> list[Picture | str]:
    read: list[Picture | str] = []
    at = 0
    while at + 4 <= len(out):
        length = int.from_bytes(out[at : at + 4], "big")
        at += 4 + length
        try:
            head = json.loads(out[at - length : at])
        except ValueError:
            break
        if why := head.get("why"):
            read.append(why)
            continue
        shape = (head["height"], head["width"], 3)[: 2 if head["channels"] == 1 else 3]
        size = int(np.prod(shape))
        if at + size > len(out):
            break
        pixels = np.frombuffer(out, np.uint8, size, at).reshape(shape)
        read.append(Picture(pixels, head["dpi"], head["form"]))
        at += size
    return read


def _refusal(word: str, where: str) -> Fault:
    code, what, do = REFUSALS.get(word, REFUSALS["broken"])
    return fault(code, where, what, do)


def _template(data: bytes, where: str) -> list[Print]:
    try:
        return iso19794.decode(data)
    except iso19794.Malformed as why:
        what = N_("The minutiae record is damaged (117)")
        faults = [fault("117", f"{where}/{told.partition(':')[0]}", what) for told in why.faults]
        raise Faulty(str(why)[:500], tuple(faults)) from None


def _of(told: Transaction, kind: Literal["nist", "int-i"], where: str) -> Decoded:
    """The pictures and prints of a transaction; those of palms and feet are left."""
    images = [one for one in told.images if _searched(one)]
    left = {kind for kind, _idc in told.left} | {one.record for one in told.images if not _searched(one)}
    faults: list[Fault] = []
    marked: dict[int, Print] = {}
    loose: list[Print] = []
    with_pictures = {one.idc for one in images if one.record != 10}
    for record in told.minutiae:
        if area_of(record)[1] not in FINGERS:
            left.add(9)
            continue
        try:
            made = print_of(record, f"{where}/9/{record.idc}")
        except Faulty as why:
            faults += why.faults
            continue
        if record.idc in with_pictures and record.idc not in marked:
            marked[record.idc] = made
        else:
            loose.append(made)
    found = _read(images, marked, where, faults)
    if faults:
        raise Faulty(faults=tuple(faults))
    return Decoded(kind, tuple(found), tuple(loose), told, tuple(sorted(left)))


def _read(
    images: Sequence[Image], marked: Mapping[int, Print], where: str, faults: list[Fault]
) -> list[Picture]:
    raw = {n: _raw(one) for n, one in enumerate(images) if one.algorithm == "NONE"}
    coded = iter(pictures([one.data for n, one in enumerate(images) if n not in raw]))
    found = []
    for n, one in enumerate(images):
        read = raw[n] if n in raw else next(coded)
        place = f"{where}/{one.record}/{one.idc}"
        if isinstance(read, str):
            faults.append(_refusal(read, place))
        elif one.record != 10 and read.pixels.shape[:2] != (int(one.height or 0), int(one.width or 0)):
            # of a face only the pixels count: INTERPOL's own sample says its sides the wrong way round
            faults.append(_refusal("size", place))
        else:
            found.append(_placed(read, one, marked.get(one.idc) if one.record != 10 else None))
    return found


def _searched(one: Image) -> bool:
    _finger, area = area_of(one)
    if one.record == 10:
        return one.category in ("FACE", "")
    return area in FINGERS or area in PLAIN_THUMBS or area in SLAPS


def _raw(one: Image) -> Picture | str:
    """An uncompressed picture: a byte each pixel, row by row."""
    width, height = int(one.width or 0), int(one.height or 0)
    if not one.data:
        return "empty"
    if min(width, height) < 16:
        return "small"
    if one.bits not in ("", "8") or width * height != len(one.data):
        return "size"
    return Picture(np.frombuffer(one.data, np.uint8).reshape(height, width), None, "RAW")


def _placed(read: Picture, one: Image, marked: Print | None) -> Picture:
    finger, area = area_of(one)
    said = impression_of(one.impression) if one.impression and one.record != 10 else None
    return replace(
        read,
        dpi=one.dpi or read.dpi,
        record=one.record,
        idc=one.idc,
        position=finger,
        area=area,
        impression=4 if one.record == 13 else said,
        marked=marked,
        quality=one.quality,
        pose=one.pose,
    )
