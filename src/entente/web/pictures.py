"""Pictures from outside: read and made anew in a process of their own, never in the house's.

What is kept is not what was sent: a JPEG made from its pixels, without metadata or a second file behind
it (specs/sharing.md, section 9, T13). Who may reach a picture is the business of the room that keeps it.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import BoundedSemaphore

from entente.core.problems import Fault, Faulty, TooLarge, Unavailable
from entente.desk import HOUSE_ASKER, Desk, House

WAIT_S = 20.0
TURN_S = 5.0
_TURNS = BoundedSemaphore(max(2, os.cpu_count() or 2))
MEDIA_TYPE = "image/jpeg"
LOOKED_AFTER = timedelta(days=1)
_BEGINS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_CHILD = Path(__file__).with_name("picture_child.py")


@contextmanager
def turn() -> Iterator[None]:
    """One of the few processes that look at pictures at once. Raises Unavailable when all are long busy."""
    if not _TURNS.acquire(timeout=TURN_S):
        raise Unavailable("Many pictures are being read just now.")
    try:
        yield
    finally:
        _TURNS.release()


def remade(data: bytes, where: str, most_bytes: int, longest: int, quality: int) -> bytes:
    """A picture that is safe to keep and to show: JPEG, at most `longest` pixels a side. Raises TooLarge,
    Faulty (at `where`), Unavailable.

    About 0.2 s, in a process with limits on memory, time and files.
    """
    if len(data) > most_bytes:
        raise TooLarge(f"A photo has at most {most_bytes >> 20} MiB.")
    if not data.startswith(_BEGINS):
        raise Faulty(faults=(Fault(where, "It is neither PNG nor JPEG", "Send a PNG or a JPEG."),))
    try:
        with turn():
            made = subprocess.run(  # noqa: S603
                [sys.executable, "-I", str(_CHILD), str(longest), str(quality)],
                input=data,  # our own script; what is sent goes to its input alone
                capture_output=True,
                timeout=WAIT_S,
                check=False,
                env={},
            )
    except subprocess.TimeoutExpired:
        raise Faulty(faults=(Fault(where, "It takes too long to read", "Send another picture."),)) from None
    if made.returncode != 0 or not made.stdout.startswith(_BEGINS[1]):
        why = made.stderr.decode("utf-8", "replace")[:200] if made.returncode == 3 else "it cannot be read"
        raise Faulty(faults=(Fault(where, f"The picture is not kept: {why}", "Send another picture."),))
    return made.stdout


def look_after(desk: Desk, digest: str, job: str) -> None:
    """Have a picture dropped once no thing names it by the key `blob:<digest>`; looked at once a day."""
    later = desk.now + LOOKED_AFTER
    desk.tx.jobs.add(job, {"digest": digest}, not_before=later, once=f"{job} {digest}")


def looked_after(house: House, digest: str, job: str) -> None:
    """Drop a picture that nothing names any more, however what named it went.

    In the writer's turn, as keeping one is, so that none goes that is named a moment later.
    """
    with house.bookkeeping() as tx:
        desk = Desk(house, HOUSE_ASKER, tx, writing=True)
        if desk.inspect_all([f"blob:{digest}"]):
            look_after(desk, digest, job)
        else:
            house.blobs.drop(digest)
