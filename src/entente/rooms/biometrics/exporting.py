"""A set as a file for other systems: ANSI/NIST-ITL, or minutiae alone as an ISO/IEC 19794-2 record."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from entente.core.problems import Absent
from entente.desk import Desk
from entente.match.prints import iso19794
from entente.rooms.biometrics import enrolling, inti_checks, nist_writing
from entente.rooms.biometrics.inti_minutiae import minutiae_of
from entente.rooms.biometrics.inti_model import Header, Party
from entente.rooms.biometrics.inti_records import Image, Minutiae, Transaction
from entente.rooms.biometrics.reading import LONGEST_FACE
from entente.rooms.biometrics.samples import FACE, IMPRESSIONS, held, told
from entente.rooms.bureaus import directory


def iso(desk: Desk, id: str) -> bytes:
    """All fingers of a set that the asker may see, each a view. Raises Absent, also where it has none."""
    prints = [one.print for one in held(enrolling.look(desk, id)) if one.print is not None]
    if not prints:
        raise Absent()
    desk.note("export", object=id, what="biometrics", form="iso19794-2", samples=len(prints))
    return iso19794.encode(prints)


def nist(desk: Desk, id: str) -> bytes:
    """A set that the asker may see, as an ATP transaction in the traditional encoding.

    Each finger is a Type-14 (a mark a Type-13) with its picture, where one is kept, and a Type-9 of the same
    IDC; a face is a Type-10. Raises Absent; NotSupported where nistitl is not installed.
    """
    thing = enrolling.look(desk, id)
    bureau = directory(desk)[thing.handling.owner]
    images: list[Image] = []
    minutiae: list[Minutiae] = []
    for idc, (one, said) in enumerate(zip(held(thing), told(thing), strict=True), start=1):
        picture = _picture(desk, said["blob"])
        if picture:
            images.append(_image(idc, said, picture))
        if one.print is not None:
            minutiae.append(minutiae_of(one.print, idc))
    party = Party(code=bureau.code, name=bureau.label)
    header = Header(
        date=desk.today.isoformat(),
        to=party,
        origin=party,
        utc=desk.now.isoformat(timespec="seconds"),
        tcn=inti_checks.tcn(int(desk.house.ids.of("exported set", id, thing.version), 16) % 10**14),
        tot="ATP",
    )
    texts = {"2.030": ((thing.first("title"),),)} if thing.first("title") else {}
    desk.note("export", object=id, what="biometrics", form="ansi-nist-itl", samples=len(told(thing)))
    return nist_writing.written(
        Transaction(header, images=tuple(images), minutiae=tuple(minutiae), texts=texts)
    )


def _picture(desk: Desk, digest: str) -> bytes:
    """A kept picture, or none where it is gone: the minutiae are worth sending without."""
    try:
        return desk.house.blobs.open(digest) if digest else b""
    except KeyError:
        return b""


def _image(idc: int, said: Mapping[str, Any], picture: bytes) -> Image:
    face = said["what"] == FACE
    scale = min(1.0, LONGEST_FACE / max(said["width"], said["height"])) if face else 1.0
    made = Image(
        data=picture,
        width=str(round(said["width"] * scale)),
        height=str(round(said["height"] * scale)),
        idc=idc,
    )
    if face:
        made = replace(made, units="0", density="0", density_down="0", colours="SRGB")
        return replace(made, record=10, algorithm="JPEGB", category="FACE")
    latent = said["impression"] == "latent"
    return replace(
        made,
        record=13 if latent else 14,
        algorithm="PNG",
        bits="8",
        units="1",
        density=str(said["dpi"]),
        density_down=str(said["dpi"]),
        impression=str(IMPRESSIONS.get(said["impression"], 0)),
        position=str(said["position"]),
        quality=None if latent else said["quality"],
    )
