"""What was found on the disk, once for each content: copies of a file are one item.

Hashes lie in arrays side by side, so that a disk of some hundred thousand pictures fits into memory.
"""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entente.match.images import LEAST_QUALITY
from entente.match.images.signals import Signals
from entente.triage.neighbours import Hashes, hashes
from entente.triage.work_file import File

ASKED_PLAIN = 2
"""Of the views, the whole and the one without border are asked for too."""


_PLAIN = {"width", "height", "quality", "device", "lens", "image_id"}


@dataclass(slots=True)
class Item:
    """A picture or film. `path` is that of its first copy; spans are places in the rows of `Items`."""

    path: bytes
    size: int
    media: str
    md5: str
    sha1: str
    sha256: str
    why: str
    width: int = 0
    height: int = 0
    quality: int = 0
    dhash: bytes = b""
    device: str = ""
    lens: str = ""
    image_id: str = ""
    copies: int = 1
    kept: tuple[int, int] = (0, 0)
    asked: tuple[int, int] = (0, 0)
    frames: tuple[int, int] = (0, 0)

    @property
    def compared(self) -> bool:
        """Whether it has a likeness to compare."""
        return self.asked[1] > self.asked[0] or self.frames[1] > self.frames[0]


@dataclass(slots=True)
class Rows:
    """Hashes, a row each, and whose they are."""

    bits: bytearray = field(default_factory=bytearray)
    owners: "array[int]" = field(default_factory=lambda: array("q"))

    def add(self, owner: int, made: Iterable[bytes]) -> tuple[int, int]:
        """Where they stand now: the first, and one past the last."""
        start = len(self.owners)
        for one in made:
            self.bits += one
            self.owners.append(owner)
        return start, len(self.owners)

    def hashes(self) -> Hashes:
        return hashes([bytes(self.bits)])

    def of(self) -> NDArray[np.int64]:
        """The owner of each row."""
        return np.array(self.owners, np.int64)

    def slice(self, span: tuple[int, int]) -> tuple[bytes, ...]:
        return tuple(bytes(self.bits[32 * at : 32 * at + 32]) for at in range(*span))


class Items:
    """All items, in the order of their paths."""

    def __init__(self, files: Iterable[File]) -> None:
        self.all: list[Item] = []
        self.place: dict[str, int] = {}
        self.kept, self.asked, self.frames = Rows(), Rows(), Rows()
        self.seconds = array("d")
        for file in files:
            self._add(file)

    def _add(self, file: File) -> None:
        said = file.fields
        sha256 = str(said.get("sha256", ""))
        if sha256 in self.place:
            self.all[self.place[sha256]].copies += 1
            return
        at = self.place[sha256] = len(self.all)
        md5, sha1 = str(said.get("md5", "")), str(said.get("sha1", ""))
        item = Item(file.path, file.size, file.media, md5, sha1, sha256, file.why)
        for name in _PLAIN & said.keys():
            setattr(item, name, said[name])
        self.all.append(item)
        signals = signals_of(said)
        if signals.frames:
            item.frames = self.frames.add(at, (bits for _, bits in signals.frames))
            self.seconds.extend(second for second, _ in signals.frames)
        elif signals.pdq and signals.quality >= LEAST_QUALITY:
            item.dhash = signals.dhash
            item.kept = self.kept.add(at, signals.pdq)
            item.asked = self.asked.add(at, (*signals.pdq[:ASKED_PLAIN], *signals.turns))

    def signals(self, at: int) -> Signals:
        """What is known of an item, as it is compared."""
        item = self.all[at]
        asked = self.asked.slice(item.asked)
        return Signals(
            sha256=item.sha256,
            sha1=item.sha1,
            md5=item.md5,
            pdq=self.kept.slice(item.kept),
            turns=asked[ASKED_PLAIN:],
            dhash=item.dhash,
            quality=item.quality if item.media == "image" else 100,
            frames=tuple(zip(self.seconds[slice(*item.frames)], self.frames.slice(item.frames), strict=True)),
            device=item.device,
            lens=item.lens,
            image_id=item.image_id,
        )


def signals_of(fields: Mapping[str, Any]) -> Signals:
    """The signals in the fields of a `Media`, ours or a list's; what is empty or absent ties nothing."""
    texts = ("sha256", "sha1", "md5", "photodna", "device", "lens", "image_id")
    given = {name: str(fields.get(name) or "") for name in texts}
    given |= {name: given[name].lower() for name in ("sha256", "sha1", "md5", "device")}
    frames = [one if isinstance(one, Mapping) else one.model_dump() for one in fields.get("frames") or ()]
    quality = fields.get("quality")
    return Signals(
        **given,
        pdq=tuple(bytes.fromhex(one) for one in fields.get("pdq") or ()),
        turns=tuple(bytes.fromhex(one) for one in fields.get("turns") or ()),
        dhash=bytes.fromhex(fields.get("dhash") or ""),
        quality=100 if quality is None else int(quality),
        frames=tuple(sorted((float(one["at"]), bytes.fromhex(one["pdq"])) for one in frames)),
    )
