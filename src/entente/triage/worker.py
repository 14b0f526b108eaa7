"""The worker's own side: reads one file after another under hard limits, and tells what it found on a pipe.

Runs as `python -m entente.triage.worker`. In: a length of four bytes and a path, each time. Out: a line of
JSON each time something is known: {"beat": 1}, {"read": {…}} with the digests before anything is decoded, and
{"end": {…}}. A file that breaks a decoder so breaks a process that holds nothing, after its digests are told.
"""

import json
import os
import resource
import struct
import sys
from contextlib import suppress
from typing import Any, BinaryIO

from entente.triage.confining import confine

CPU_S = 60
"""For one file; more for a large one."""
BYTES_A_CPU_S = 20 << 20
LENGTH = struct.Struct(">I")


def main() -> None:
    """Until its input ends, which it does when whoever started it is gone."""
    said = os.fdopen(os.dup(1), "wb", buffering=0)
    silence = os.open(os.devnull, os.O_RDWR)
    os.dup2(silence, 1)  # whatever decoders print must not come between the lines
    os.dup2(silence, 2)
    import cv2  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    from entente.triage.describing import described  # noqa: PLC0415
    from entente.triage.reading import Unreadable, read  # noqa: PLC0415

    cv2.setNumThreads(1)
    Image.init()
    sys.dont_write_bytecode = True  # it may write nothing from here on
    confine()
    with suppress(OSError):
        os.nice(5)

    def tell(**message: Any) -> None:
        said.write(json.dumps(message, separators=(",", ":")).encode() + b"\n")

    def beat() -> None:
        tell(beat=1)

    while (path := _next(sys.stdin.buffer)) is not None:
        _allow(path)
        try:
            content = read(path, beat)
            media = {"media": content.form.media, "mime": content.form.mime, "size": content.size}
            tell(read={**media, **content.digests})
            fields, remark = described(path, content, beat)
            tell(end={"fields": fields, "why": remark})
        except Unreadable as why:
            tell(end={"fields": {}, "why": str(why)})
        except MemoryError:
            tell(end={"fields": {}, "why": "too large to be decoded in the memory that is allowed"})
        except Exception as wrong:  # a decoder's fault that nobody thought of costs this file alone
            tell(end={"fields": {}, "why": f"decoder failed: {type(wrong).__name__}"})


def _next(given: BinaryIO) -> bytes | None:
    length = given.read(LENGTH.size)
    if len(length) < LENGTH.size:
        return None
    (count,) = LENGTH.unpack(length)
    path = given.read(count)
    return path if len(path) == count else None


def _allow(path: bytes) -> None:
    """CPU seconds for the next file, on top of what went before; the kernel ends a worker that takes more."""
    with suppress(OSError, ValueError):
        size = os.stat(path, follow_symlinks=False).st_size
        spent = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(spent.ru_utime + spent.ru_stime) + CPU_S + size // BYTES_A_CPU_S
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main()
