"""Bytes by digest, in a folder or in memory."""

import os
import re
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from entente.engines.seams import Blobs

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Corrupt(ValueError):
    """What lies under a digest is not what it was: restore it from a backup."""


class MemoryBlobs:
    """The exact twin."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def put(self, data: bytes) -> str:
        digest = sha256(data).hexdigest()
        self._kept[digest] = bytes(data)
        return digest

    def open(self, digest: str) -> bytes:
        return self._kept[digest]

    def drop(self, digest: str) -> None:
        self._kept.pop(digest, None)


class FolderBlobs:
    """One file each, two levels deep: `ab/cd/abcd…`. A file is there whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes) -> str:
        """Durable on return. It writes even what is there already: a quicker answer would tell that
        somebody else keeps the same picture (leak L20), and a damaged file is mended on the way."""
        digest = sha256(data).hexdigest()
        path = self._path(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{token_hex(8)}.part")
        try:
            with fresh.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
        for folder in (path.parent, path.parent.parent, self._folder):
            _sync(folder)
        return digest

    def open(self, digest: str) -> bytes:
        """Raises KeyError when there is none, Corrupt when the bytes are not those of the digest."""
        try:
            data = self._path(digest).read_bytes()
        except FileNotFoundError:
            raise KeyError(digest) from None
        if sha256(data).hexdigest() != digest:
            raise Corrupt(f"the blob {digest} is damaged")
        return data

    def drop(self, digest: str) -> None:
        """Durable on return; nothing happens when there is none."""
        try:
            path = self._path(digest)
            path.unlink()
        except (KeyError, FileNotFoundError):
            return
        _sync(path.parent)

    def _path(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise KeyError(digest)
        return self._folder / digest[:2] / digest[2:4] / digest


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def open_blobs(url: str) -> Blobs:
    """`folder:<path>` or `memory:`. Raises ValueError for another form."""
    match url.partition(":"):
        case "folder", ":", place if place:
            return FolderBlobs(Path(place))
        case "memory", ":", "":
            return MemoryBlobs()
    raise ValueError(f"no blobs at {url!r}: use folder:<path> or memory:")
