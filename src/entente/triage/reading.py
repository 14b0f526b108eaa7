"""A file read once: its three digests, its first bytes, and all of a picture that is not too large."""

import hashlib
import os
import stat
from collections.abc import Callable
from typing import NamedTuple

from entente.triage.recognising import HEAD_BYTES, Form, form_of

BLOCK = 1 << 20
BEAT_EVERY = 64 << 20
"""Bytes after which a long reading says that it is alive."""
MOST_HELD = 256 << 20
"""Bytes of a picture that is decoded; a larger one has its digests alone."""


class Read(NamedTuple):
    """`content` is empty where the file is no picture, or too large for one."""

    form: Form
    size: int
    digests: dict[str, str]
    content: bytes


class Unreadable(Exception):
    """The file could not be read; the text says why."""


def opened(path: bytes) -> int:
    """A file descriptor that reads a plain file. Raises Unreadable where it vanished, or is a link by now."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as wrong:
        raise Unreadable(wrong.strerror or "cannot be opened") from None
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise Unreadable("no file any more")
    return file


def read(path: bytes, beat: Callable[[], None]) -> Read:
    """Read a file to its end. Raises Unreadable."""
    file = opened(path)
    sums = (hashlib.md5(usedforsecurity=False), hashlib.sha1(usedforsecurity=False), hashlib.sha256())
    held: list[bytes] = []
    form: Form | None = None
    size = 0
    try:
        while block := os.read(file, BLOCK):
            if form is None:
                form = form_of(block[:HEAD_BYTES])
            for one in sums:
                one.update(block)
            if size // BEAT_EVERY != (size + len(block)) // BEAT_EVERY:
                beat()
            size += len(block)
            if form.media == "image" and size <= MOST_HELD:
                held.append(block)
    except OSError as wrong:
        raise Unreadable(f"cannot be read to its end: {wrong.strerror}") from None
    finally:
        os.close(file)
    md5, sha1, sha256 = (one.hexdigest() for one in sums)
    content = b"".join(held) if size <= MOST_HELD else b""
    return Read(form or form_of(b""), size, {"md5": md5, "sha1": sha1, "sha256": sha256}, content)
