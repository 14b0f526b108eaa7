"""Whether a pack is whole, from the house, and still good: the signature over the manifest, then the hashes.

The file comes from anywhere: nothing is unpacked, nothing larger than a pack can be is read, and what is not
in the manifest is a fault.
"""

import json
import zlib
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from entente.desk.sequencer import verify_signature

FORMAT = "entente-papers-pack"
PAGE, MANIFEST, SIGNATURE, README = "index.html", "pack.json", "pack.sig", "READ ME.txt"
MOST: Mapping[str, int] = {PAGE: 110 << 20, MANIFEST: 4 << 20, SIGNATURE: 64, README: 1 << 20}
"""Every file of a pack, and how many bytes of it are read."""
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class PackReport:
    """What a pack says of itself, and what is wrong with it: with `faults`, believe nothing that it says."""

    bureau: str = ""
    label: str = ""
    made: str = ""
    expires: str = ""
    level: str = ""
    versions: int = 0
    codes: tuple[str, ...] = ()
    expired: bool = False
    faults: tuple[str, ...] = field(default=())

    @property
    def good(self) -> bool:
        return not self.faults and not self.expired


def read_public_key(said: str) -> bytes:
    """A public key of 32 bytes in hex (as `entente verify` tells it) or base64 (as the API does).

    Raises ValueError.
    """
    said = said.strip()
    key = bytes.fromhex(said) if len(said) == 64 else b64decode(said, validate=True)
    if len(key) != 32:
        raise ValueError("an Ed25519 public key has 32 bytes")
    return key


def check_pack(path: Path, key: bytes, now: datetime) -> PackReport:
    """Check a ZIP file, or the folder that it was unpacked into. Raises OSError where there is nothing."""
    if path.is_dir():
        sizes = {p.name: p.stat().st_size for p in path.iterdir() if p.is_file()}
        return _checked(sizes, lambda name: _of_file(path / name), key, now)
    try:
        with ZipFile(path) as kept:
            infos = kept.infolist()
            sizes = {info.filename: info.file_size for info in infos}
            if len(sizes) != len(infos):
                return PackReport(faults=("two files in it have the same name",))
            if any(info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for info in infos):
                return PackReport(
                    faults=("it is packed in a way that no pack is",)
                )  # they unpack without bound
            return _checked(sizes, lambda name: _of_zip(kept, name), key, now)
    except (BadZipFile, zlib.error, RuntimeError, EOFError, ValueError) as wrong:
        return PackReport(faults=(f"it cannot be read: {wrong}",))


def _checked(sizes: Mapping[str, int], read: Any, key: bytes, now: datetime) -> PackReport:
    faults = [f"{name} is missing" for name in MOST if name not in sizes]
    faults += [f"{name[:100]!r} does not belong to a pack" for name in sorted(set(sizes) - set(MOST))]
    faults += [f"{name} is too large" for name, most in MOST.items() if sizes.get(name, 0) > most]
    if faults:
        return PackReport(faults=tuple(faults))
    manifest = b"".join(read(MANIFEST))
    if not verify_signature(key, manifest, b"".join(read(SIGNATURE))):
        return PackReport(
            faults=("the signature is not the house's: it was changed, or is of another house",)
        )
    try:
        said = json.loads(manifest)
        if said["format"] != FORMAT or said["formatVersion"] != 1:
            return PackReport(faults=("its manifest is not of this format",))
        faults = [
            f"{name} was changed"
            for name in (PAGE, README)
            if _hash(read(name)) != said["files"][name]["sha256"]
        ]
        return PackReport(
            bureau=str(said["bureau"]),
            label=str(said["label"]),
            made=str(said["made"]),
            expires=str(said["expires"]),
            level=str(said["level"]),
            versions=len(said["versions"]),
            codes=tuple(dict.fromkeys(str(v["code"]) for v in said["versions"])),
            expired=now >= datetime.fromisoformat(said["expires"]),
            faults=tuple(faults),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as wrong:
        return PackReport(faults=(f"its manifest cannot be read: {wrong!r}",))


def _hash(pieces: Iterator[bytes]) -> str:
    hashed = sha256()
    for piece in pieces:
        hashed.update(piece)
    return hashed.hexdigest()


def _of_zip(kept: ZipFile, name: str) -> Iterator[bytes]:
    """Its bytes, as many as it may have and one more piece: a size that lies is a hash that does not fit."""
    with kept.open(name) as file:
        yield from _pieces(file, MOST[name])


def _of_file(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from _pieces(file, MOST[path.name])


def _pieces(file: Any, most: int) -> Iterator[bytes]:
    while most >= 0 and (piece := file.read(_PIECE)):
        most -= len(piece)
        yield piece
