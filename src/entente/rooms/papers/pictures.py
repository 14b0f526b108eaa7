"""Pictures of pages and marks: made anew on arrival, reached only through the paper that one may open."""

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from entente.core.problems import Absent, Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk, House
from entente.rooms.papers import moving, states
from entente.web import pictures
from entente.web.callers import Caller
from entente.web.language import N_

MOST_BYTES = 12 * 1024 * 1024
LONGEST = 2_400
"""Longest side of what is kept: 19 px a mm on a passport's data page."""
QUALITY = 90
MOST_PICTURES = 200
JOB = "paper-picture"
LIMITS = dict.fromkeys(
    ("/api/v1/papers/pictures/", "/papers/pictures/", "/api/v1/papers/checks/pictures", "/papers/checks"),
    MOST_BYTES + 65_536,
)
"""Addresses that take more than other bodies."""
KINDS = (states.VERSION, states.ALERT)
SHOWN = (*KINDS, states.CHECK)
"""Kinds whose pictures are shown to whoever may see them; those of a check are made by the check alone."""


def attached(caller: Caller, id: str, data: bytes) -> str:
    """Keep a picture with one's own draft; returns its SHA-256, by which its content then names it.

    It is made anew before anybody sits down to write. Raises Absent, NotYours, Faulty, TooLarge.
    """
    with caller.at_own_desk("contribute") as desk:
        _draft(desk, id)
        desk.note("see", object=id)
    made = pictures.remade(data, "picture", MOST_BYTES, LONGEST, QUALITY)
    announced(caller, "contribute", [made])
    with caller.at_own_desk("contribute", writing=True) as desk:
        [digest] = kept(desk, _draft(desk, id), [made])
        desk.note("contribute", object=id, what="picture")
    return digest


def announced(caller: Caller, act: str, made: Iterable[bytes]) -> None:
    """Have pictures looked after before they are kept: what is refused, or cut off, is dropped in a day."""
    with caller.at_own_desk(act, writing=True) as desk:
        for picture in made:
            pictures.look_after(desk, sha256(picture).hexdigest(), JOB)
        desk.note(act, what="picture", outcome="begun")


def kept(desk: Desk, draft: Thing, made: Sequence[bytes]) -> list[str]:
    """Keep pictures that were made by us with a draft, in one step; returns their SHA-256. Raises Faulty."""
    digests = [desk.house.blobs.put(picture) for picture in made]
    held = draft.body.get("blobs", ())
    fresh = [digest for digest in dict.fromkeys(digests) if digest not in held]
    if len(held) + len(fresh) > MOST_PICTURES:
        what = N_("It has too many pictures")
        raise Faulty(faults=(Fault("picture", what, N_("Take some away.")),))
    if fresh:
        authors = tuple(dict.fromkeys([*draft.body.get("authors", ()), desk.asker.officer]))
        changes = {"blobs": (*held, *fresh), "state": ("draft",), "authors": authors}
        moving.keep(desk, draft, "picture", "", changes)
    for digest in digests:
        pictures.look_after(desk, digest, JOB)
    return digests


def _draft(desk: Desk, id: str) -> Thing:
    draft = desk.look(id)
    if draft.kind not in KINDS:
        raise Absent()
    moving.mine(desk, draft.kind, id)
    states.moved(draft, "edit")
    return draft


def picture(desk: Desk, id: str, digest: str) -> bytes:
    """One picture of a paper that the asker may see. Raises Absent."""
    paper = desk.look(id)
    if paper.kind not in SHOWN or digest not in paper.body.get("blobs", ()):
        raise Absent()
    if paper.kind == states.CHECK and digest != (said := json.loads(paper.first("content")))["picture"]:
        desk.look(said["version"])  # how a page differs from a specimen is for who may see the specimen
    desk.note("see", object=id, what="picture")
    try:
        return desk.house.blobs.open(digest)
    except KeyError:
        raise Absent() from None


def look_after(house: House, payload: Mapping[str, Any]) -> None:
    """Once a day for each picture kept: drop it when nothing names it."""
    pictures.looked_after(house, payload["digest"], JOB)


JOBS = {JOB: look_after}
