"""The photo of a notice: it belongs to its notice, and is reached through it alone.

What is kept is not what was sent: see web/pictures.py.
"""

from collections.abc import Mapping
from typing import Any

from entente.core.problems import Absent
from entente.core.things import Thing
from entente.desk import Desk, House
from entente.rooms.notices import service
from entente.web import pictures
from entente.web.callers import Caller

MOST_BYTES = 5 * 1024 * 1024
SHOWN_SIDE = 1_200
"""Longest side of what is kept: enough to know a face by, on a screen and on paper."""
QUALITY = 88
JOB = "notice-photo"
MEDIA_TYPE = pictures.MEDIA_TYPE
LIMITS = dict.fromkeys(("/api/v1/notices/photos/", "/notices/photos/"), MOST_BYTES + 65_536)
"""Addresses that take more than other bodies: a photo and the form around it."""


def remade(data: bytes) -> bytes:
    """A photo that is safe to keep and to show. Raises TooLarge, Faulty."""
    return pictures.remade(data, "photo", MOST_BYTES, SHOWN_SIDE, QUALITY)


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
    pictures.look_after(desk, digest, JOB)


def look_after(house: House, payload: Mapping[str, Any]) -> None:
    """Once a day for each photo kept: drop it when no thing names it, however that thing went."""
    pictures.looked_after(house, payload["digest"], JOB)


JOBS = {JOB: look_after}
