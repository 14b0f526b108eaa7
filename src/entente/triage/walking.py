"""Every file under a folder, without following a link; what is no file, or cannot be reached, with why."""

import os
import stat
from collections.abc import Iterator
from typing import NamedTuple


class Found(NamedTuple):
    """A file. `path` is relative to the folder, in the bytes of the disk: a name need not be text."""

    path: bytes
    size: int
    mtime_ns: int


class Passed(NamedTuple):
    """What was passed over, and why."""

    path: bytes
    why: str


def walk(folder: bytes) -> Iterator[Found | Passed]:
    """Files in the order of their names, folder by folder. Never raises for what is in the folder.

    Links are never followed, so there is no loop; a folder met twice (a bind mount) is passed over then.
    """
    entered: set[tuple[int, int]] = set()
    waiting: list[bytes] = [b""]
    while waiting:
        below = waiting.pop()
        here = os.path.join(folder, below) if below else folder
        try:
            status = os.stat(here, follow_symlinks=not below)
            known = status.st_dev, status.st_ino
            with os.scandir(here) as entries:
                names = sorted(entry.name for entry in entries)
        except OSError as wrong:
            yield Passed(below or b".", f"folder cannot be read: {_why(wrong)}")
            continue
        if known in entered:
            yield Passed(below or b".", "folder was walked already")
            continue
        entered.add(known)
        folders = []
        for name in names:
            path = os.path.join(below, name)
            seen = _look(folder, path)
            if seen is None:
                folders.append(path)
            else:
                yield seen
        waiting.extend(reversed(folders))


_SORTS = {stat.S_IFIFO: "pipe", stat.S_IFSOCK: "socket", stat.S_IFBLK: "device", stat.S_IFCHR: "device"}


def _look(folder: bytes, path: bytes) -> Found | Passed | None:
    """None for a folder."""
    try:
        known = os.stat(os.path.join(folder, path), follow_symlinks=False)
    except OSError as wrong:
        return Passed(path, f"cannot be looked at: {_why(wrong)}")
    mode = known.st_mode
    if stat.S_ISDIR(mode):
        return None
    if stat.S_ISREG(mode):
        return Found(path, known.st_size, known.st_mtime_ns)
    if stat.S_ISLNK(mode):
        return Passed(path, "link: not followed")
    return Passed(path, f"{_SORTS.get(stat.S_IFMT(mode), 'something else')}: not a file")


def _why(wrong: OSError) -> str:
    return wrong.strerror or type(wrong).__name__


def shown(path: bytes) -> str:
    """A path as text for people: bytes that are no UTF-8, and control characters, are written out."""
    text = path.decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
