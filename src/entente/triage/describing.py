"""One file as what may be said of it: the fields of a `Media` (rooms/series), hex digests first."""

import os
from collections.abc import Callable
from typing import Any

from entente.match.images import LEAST_QUALITY, likenesses, pdq
from entente.match.images.camera import device_of, tables_hash
from entente.triage.decoding import Picture, Undecoded, decoded, shots
from entente.triage.films import film
from entente.triage.reading import Read, opened

Fields = dict[str, Any]
MOST = 200
"""Characters of a text, as the house takes it."""


def described(path: bytes, read: Read, beat: Callable[[], None]) -> tuple[Fields, str]:
    """What its decoder adds to a file's digests, and a remark, "" when all is well."""
    try:
        if read.form.media == "image":
            if not read.content:
                raise Undecoded("too large to be decoded")
            return _picture(read, beat)
        if read.form.media == "video":
            return _film(path, read.form.mime, beat)
    except Undecoded as why:
        return {}, str(why)
    return {}, ""


def _picture(read: Read, beat: Callable[[], None]) -> tuple[Fields, str]:
    file, picture = decoded(read.content, read.form.mime)
    fields = {**hashes(picture), **camera(picture.facts)}
    frames = []
    for second, grey in shots(file):
        bits, quality = pdq(grey)
        if quality >= LEAST_QUALITY:
            frames.append({"at": second, "pdq": bits.hex()})
        beat()
    if frames:
        fields["frames"] = frames
    return fields, picture.remark


def hashes(picture: Picture) -> Fields:
    """All likenesses of a picture, in hex, and its size."""
    found = likenesses(picture.grey)
    return {
        "width": picture.width,
        "height": picture.height,
        "quality": found.quality,
        "pdq": [bits.hex() for bits in found.views],
        "turns": [bits.hex() for bits in found.turns],
        "dhash": found.dhash.hex(),
    }


def camera(facts: dict[str, Any]) -> Fields:
    """What says which camera, lens and encoder made it; fields that say nothing are left out."""
    exif: dict[str, str] = facts.get("exif", {})
    try:
        tables = tables_hash(facts["tables"]) if facts.get("tables") else ""
    except (ValueError, TypeError):
        tables = ""
    found = {
        "device": device_of(exif.get("make", ""), exif.get("model", ""), exif.get("serial", "")),
        "lens": exif.get("lens", ""),
        "image_id": exif.get("image_id", ""),
        "taken": exif.get("taken", ""),
        "tables": tables,
    }
    return {name: value[:MOST] for name, value in found.items() if value}


def _film(path: bytes, mime: str, beat: Callable[[], None]) -> tuple[Fields, str]:
    with os.fdopen(opened(path), "rb") as file:
        found = film(file, mime, beat)
    frames = [{"at": second, "pdq": bits.hex()} for second, bits in found.frames]
    fields = {"width": found.width, "height": found.height, "seconds": found.seconds, "frames": frames}
    return fields, found.remark
