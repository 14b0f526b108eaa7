"""Lists that a specialist has on his machine: VICS, the CSV of ICSE, or plain hashes, one or more a line.

Read in a stream, so that a list of a hundred million hashes is no larger in memory than the disk's own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from entente.core.problems import Unreadable
from entente.match.images.signals import Signals
from entente.rooms.records import Bad
from entente.rooms.series import formats, media_model
from entente.triage.items import signals_of

_HEX = re.compile(r"(?<![0-9A-Fa-f])(?:[0-9A-Fa-f]{64}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{32})(?![0-9A-Fa-f])")
_NAMES = {32: "md5", 40: "sha1", 64: "sha256"}
_START = 4096
_MARKS = b"\xef\xbb\xbf\xff\xfe\xfe\xff"


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of a list. `status` is what the list says of it, in its own words."""

    signals: Signals
    series: str = ""
    status: str = ""
    origin: str = ""


class NoList(Exception):
    """A file that is no list; the text says which."""


def listed(path: Path) -> Iterator[Listed]:
    """The entries of a list; rows that cannot be read are left out. Raises NoList."""
    try:
        with path.open("rb") as file:
            start = file.read(_START)
            file.seek(0)
            try:
                yield from _read(file, start, path.name)
            except Unreadable as why:
                raise NoList(f"{path}: {why.detail or why}") from None
    except OSError as wrong:
        raise NoList(f"{path} cannot be read: {wrong.strerror}") from None


def _read(file: BinaryIO, start: bytes, name: str) -> Iterator[Listed]:
    plain = start.lstrip(_MARKS).replace(b"\0", b"").lstrip()
    if plain.startswith((b"{", b"[")):
        for one in formats.read(file):
            if not isinstance(one, Bad):
                yield _entry(one.media, name)
    elif b";" in plain.split(b"\n", 1)[0] and b"MD5" in plain[:_START].upper():
        for row in formats.read_icse(file):
            if not isinstance(row, Bad):
                yield _entry(row.media, name)
    else:
        yield from _plain(file, name)


def _plain(file: BinaryIO, name: str) -> Iterator[Listed]:
    """Whatever stands on the same line is said of the same file (NSRL: SHA-1, MD5, name)."""
    for line in file:
        found = {_NAMES[len(hit)]: hit for hit in _HEX.findall(line.decode("latin-1"))}
        if found:
            yield Listed(signals_of(found), origin=name)


def _entry(media: media_model.Media, name: str) -> Listed:
    said = [
        word
        for word, true in (
            ("victim identified", media.victim_identified),
            ("offender identified", media.offender_identified),
            ("distributed", media.distributed),
            ("baseline", media.baseline),
        )
        if true
    ]
    if media.category is not None:
        scheme = f"{media.category.scheme} {media.category.edition}".strip()
        said.insert(0, f"category {media.category.code} ({scheme})")
    fields = {
        **{name: getattr(media, name) for name in _TEXTS},
        **{name: getattr(media, name) for name in ("pdq", "turns", "dhash", "quality", "frames")},
    }
    return Listed(signals_of(fields), media.series_name, ", ".join(said), name)


_TEXTS = ("sha256", "sha1", "md5", "photodna", "device", "lens", "image_id")
