"""Pictures from outside: read and made anew in a process of their own, never in the house's.

What is kept is not what was sent: a JPEG made from its pixels, without metadata or a second file behind
it (specs/sharing.md, section 9, T13). A photo belongs to its notice, and is reached through it alone.
"""

import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from entente.core.problems import Absent, Fault, Faulty, TooLarge
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House
from entente.rooms.notices import service
from entente.web.callers import Caller

MOST_BYTES = 5 * 1024 * 1024
WAIT_S = 20.0
MEDIA_TYPE = "image/jpeg"
LIMITS = dict.fromkeys(("/api/v1/notices/photos/", "/notices/photos/"), MOST_BYTES + 65_536)
"""Addresses that take more than other bodies: a photo and the form around it."""
LOOKED_AFTER = timedelta(days=1)
_BEGINS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_CHILD = Path(__file__).with_name("photo_child.py")


def remade(data: bytes, where: str = "photo") -> bytes:
    """A picture that is safe to keep and to show: JPEG. Raises TooLarge, Faulty.

    About 0.2 s, in a process with limits on memory, time and files.
    """
    if len(data) > MOST_BYTES:
        raise TooLarge(f"A photo has at most {MOST_BYTES >> 20} MiB.")
    if not data.startswith(_BEGINS):
        raise Faulty(faults=(Fault(where, "It is neither PNG nor JPEG", "Send a PNG or a JPEG."),))
    try:
        made = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(_CHILD)],  # our own script; what is sent goes to its input alone
            input=data,
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


def attached(caller: Caller, id: str, version: int | None, data: bytes) -> None:
    """Keep what was sent as the photo of one's own notice. Raises what `remade` and `attach` raise.

    It is made anew before anybody sits down to write: that takes a while, and no turn of the writer's.
    """
    with caller.at_own_desk("contribute") as desk:
        service.own(desk, id, version)
        desk.note("see", object=id)
    picture = remade(data)
    with caller.at_own_desk("contribute", writing=True) as desk:
        attach(desk, id, version, picture)


def attach(desk: Desk, id: str, version: int | None, picture: bytes) -> Thing:
    """Give a notice its photo (already made anew): a draft again, like any edit."""
    notice = service.own(desk, id, version)
    digest = desk.house.blobs.put(picture)
    kept = service.touched(desk, notice, "photo", photo=(digest,))
    _look_after(desk, digest)
    return kept


def detach(desk: Desk, id: str, version: int | None) -> Thing:
    """Take a notice's photo away."""
    notice = service.own(desk, id, version)
    return service.touched(desk, notice, "photo", photo=())


def photo_of(desk: Desk, id: str) -> bytes:
    """The photo of a notice that the asker may open. Raises Absent where it has none."""
    notice = service.open_notice(desk, id)
    return picture_of(desk, notice)


def picture_of(desk: Desk, notice: Thing) -> bytes:
    """The photo of a notice that has been opened. Raises Absent where it has none."""
    digest = notice.first("photo")
    if not digest:
        raise Absent()
    try:
        return desk.house.blobs.open(digest)
    except KeyError:
        raise Absent() from None


# --- when nothing names it any more --------------------------------------------------------------


def _look_after(desk: Desk, digest: str) -> None:
    mark, later = f"notice-photo {digest}", desk.now + LOOKED_AFTER
    desk.tx.jobs.add("notice-photo", {"digest": digest}, not_before=later, once=mark)


def look_after(house: House, payload: Mapping[str, Any]) -> None:
    """Once a day for each photo kept: drop it when no thing names it, however that thing went.

    In the writer's turn, as `attach` is, so that no photo goes that is named a moment later.
    """
    digest = payload["digest"]
    with house.bookkeeping() as tx:
        desk = Desk(house, HOUSE_ASKER, tx, writing=True)
        if desk.inspect_all([f"blob:{digest}"]):
            _look_after(desk, digest)
        else:
            house.blobs.drop(digest)


JOBS = {"notice-photo": look_after}
