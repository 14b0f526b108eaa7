"""From files to samples: decoded in a child, then read into minutiae and vectors; every fault is named.

Nothing is written: what is read lives in this process's memory for as long as its caller holds it.
"""

from base64 import b64decode
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

import cv2
import numpy as np
import structlog

from entente.core.problems import Fault, Faulty, NotSupported, TooLarge
from entente.match import faces, prints
from entente.match.prints import Print
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.codes import CODES, fault
from entente.rooms.biometrics.decoding import REFUSALS, Decoded, Picture, decoded
from entente.rooms.biometrics.encoding import encoder
from entente.rooms.biometrics.samples import FACE, FINGER, IMPRESSIONS, Read, impression_of, record_of
from entente.rooms.biometrics.sequence import checked
from entente.web.language import N_

log = structlog.get_logger()
LONGEST_FACE = 1_200
"""Pixels of the longest side of a portrait that is kept."""
LONGEST_FINGER = 6_000
"""Pixels of the longest side of a finger's picture, at any resolution."""
MOST_PIXELS = 64_000_000
"""Of all files of one request: a ten-print card at 1,000 dpi has 50 million. Each million costs 20 ms."""
_SLAP = N_("The picture shows several fingers: they are cut apart by hand first (503)")
_CUT = N_("Cut them apart, or send each finger as a picture of its own.")


def read(files: Sequence[m.File], mark: bool = False) -> list[Read]:
    """The samples of one person, or of one mark. Raises Faulty naming every fault by its file, TooLarge,
    Unavailable, NotSupported where an extra is missing."""
    faults: list[Fault] = []
    read: list[Read] = []
    due = pixels = 0
    for n, file in enumerate(files):
        where = f"files/{n}"
        try:
            data = _bytes(file.data, where)
            if len(data) > m.MOST_FILE:
                raise TooLarge(f"A file has at most {m.MOST_FILE >> 20} MiB.")
            told = decoded(data, where)
            due += len(told.prints) + len(_needed(told, file)) * max(1, len(file.cuts))
            if due > m.MOST_SAMPLES:  # to read one costs a second: what is refused is not read first
                faults.append(fault("104", "files"))
                break
            pixels += sum(one.pixels.shape[0] * one.pixels.shape[1] for one in told.pictures)
            if pixels > MOST_PIXELS:
                code, what, do = REFUSALS["many"]
                faults.append(fault(code, "files", what, do))
                break
            read += of(told, where, file, mark)
            del told  # its pixels, before the next ones come
        except Faulty as problem:
            faults += problem.faults
        except ValueError as why:  # what no reader foresaw of this file: the others are named all the same
            faults.append(fault("117", where))
            log.warning("a file of biometrics could not be read", where=where, why=type(why).__name__)
    if not faults and not read:
        faults.append(fault("502", "files"))
    if not faults and not mark:
        faults += checked(read)
    if faults:
        raise Faulty(faults=tuple(faults))
    return read


def _bytes(data: str, where: str) -> bytes:
    """Raises Faulty."""
    try:
        return b64decode(data, validate=True)
    except ValueError as why:  # also of letters that are no ASCII
        raise Faulty(faults=(Fault(where, N_("It is not base64"), CODES["117"].do),)) from why


def of(told: Decoded, where: str, said: m.File | None = None, mark: bool = False) -> list[Read]:
    """The samples in one decoded file. Raises Faulty naming every fault."""
    said = said or m.File(data="")
    faults: list[Fault] = []
    read: list[Read] = []
    for picture in _needed(told, said):
        place = f"{where}/{picture.record}/{picture.idc}" if picture.record else where
        for cut, at in _cut(picture, place, said.cuts):
            try:
                read.append(_picture(cut, at, said, mark))
            except Faulty as problem:
                faults += problem.faults
    read += [_record(one, said, mark) for one in told.prints]
    if faults:
        raise Faulty(faults=tuple(faults))
    return read


def _needed(told: Decoded, said: m.File) -> Sequence[Picture]:
    """The pictures of a file without the slaps of a ten-print card whose single fingers are there too."""
    alone = [one for one in told.pictures if not one.slap]
    if told.transaction and not said.cuts and any(one.record != 10 for one in alone):
        return alone
    return told.pictures


def _cut(picture: Picture, where: str, cuts: Sequence[m.Cut]) -> list[tuple[Picture, str]]:
    """The fingers that somebody cut out of a picture, or the picture as it is; each with its place."""
    if not cuts:
        return [(picture, where)]
    out = []
    for n, cut in enumerate(cuts):
        box = np.s_[cut.y : cut.y + cut.height, cut.x : cut.x + cut.width]
        piece = replace(picture, pixels=np.ascontiguousarray(picture.pixels[box]))
        grey = piece.grey if piece.pixels.size else np.zeros((0, 0), np.uint8)
        one = replace(piece, pixels=grey, area=0, record=0, position=cut.position, marked=None)
        out.append((one, f"{where}/cuts/{n}"))
    return out


def _picture(picture: Picture, where: str, said: m.File, mark: bool) -> Read:
    if _shows_face(picture, said) and not mark:
        return _face(picture, where)
    if picture.slap:
        raise Faulty(faults=(fault("503", where, _SLAP, _CUT),))
    if max(picture.pixels.shape[:2]) > LONGEST_FINGER:
        raise Faulty(faults=(fault("118", where),))
    dpi = round(picture.dpi or said.dpi or prints.DPI)
    try:
        reading = prints.read(picture.grey, dpi)
    except prints.Unreadable as why:
        raise Faulty(faults=(fault(why.code, where, f"{why.what} ({why.code})", why.do),)) from None
    made = reading.print if picture.marked is None else replace(picture.marked, quality=reading.print.quality)
    made = made.at(picture.position or said.position, _impression(said, picture.impression, mark))
    return Read(
        what=FINGER,
        position=made.position,
        impression=impression_of(made.impression),
        quality=made.quality,
        reasons=tuple(reason.code for reason in reading.faults),
        width=picture.grey.shape[1],
        height=picture.grey.shape[0],
        print=made,
        picture=_png(picture),
        seal=_seal(picture),
        dpi=dpi,
        marked=picture.marked is not None,
    )


def _shows_face(picture: Picture, said: m.File) -> bool:
    """A colour picture is a face unless it is said to be a finger; a grey one is a finger."""
    if picture.record:
        return picture.record == 10
    if said.what:
        return said.what == "face"
    return picture.pixels.ndim == 3 and not said.position and not said.impression


def _impression(said: m.File, found: int | None, mark: bool) -> int:
    if mark:
        return IMPRESSIONS["latent"]
    return IMPRESSIONS[said.impression] if said.impression else found or 0


def _record(one: Print, said: m.File, mark: bool) -> Read:
    made = one.at(one.position or said.position, _impression(said, one.impression, mark))
    return Read(
        what=FINGER,
        position=made.position,
        impression=impression_of(made.impression),
        quality=made.quality,
        reasons=(),
        width=made.width,
        height=made.height,
        print=made,
        seal=sha256(record_of(one).encode()).digest(),
    )


def _face(picture: Picture, where: str) -> Read:
    """The largest face. Raises Faulty where there is none, or none that can be searched, NotSupported.

    A face has no codes of its own in INT-I: 118 is said of its size, 502 where none is, else 501.
    """
    try:
        reading = faces.read(picture.colours, encoder())
    except faces.Missing as why:
        raise NotSupported(str(why)) from None
    except faces.Unreadable as why:
        code = why.code if why.code in CODES else "502"
        raise Faulty(faults=(fault(code, where, f"{why.what} ({code})", why.do),)) from None
    face = reading.faces[0]
    if bad := [reason for reason in (*reading.reasons, *face.quality.reasons) if reason.forbids]:
        raise Faulty(faults=tuple(_forbidden(reason, where) for reason in bad))
    return Read(
        what=FACE,
        position=0,
        impression="",
        quality=face.quality.score,
        reasons=tuple(reason.code for reason in (*face.quality.reasons, *reading.reasons)),
        width=picture.pixels.shape[1],
        height=picture.pixels.shape[0],
        face=faces.text(reading.space, face.vector),
        picture=_jpeg(picture),
        seal=_seal(picture),
    )


def _forbidden(reason: faces.Reason, where: str) -> Fault:
    code = "118" if reason.code == "small" else "501"
    return fault(code, where, f"{reason.text.removesuffix('.')} ({code})", reason.do)


def _seal(picture: Picture) -> bytes:
    return sha256(picture.pixels.tobytes()).digest()


def _png(picture: Picture) -> bytes:
    """Made anew from its pixels: nothing of the file it came in."""
    done, data = cv2.imencode(".png", picture.grey)
    return data.tobytes() if done else b""


def _jpeg(picture: Picture) -> bytes:
    pixels = picture.colours[:, :, ::-1]
    scale = LONGEST_FACE / max(pixels.shape[:2])
    if scale < 1:
        smaller = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        pixels = np.asarray(smaller, np.uint8)
    done, data = cv2.imencode(".jpg", np.ascontiguousarray(pixels), [cv2.IMWRITE_JPEG_QUALITY, 92])
    return data.tobytes() if done else b""
