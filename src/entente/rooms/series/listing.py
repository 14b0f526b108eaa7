"""One's own bureau's images, questions and meetings, and what hangs together with one image."""

from entente.core.problems import Absent
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.images import Line
from entente.match.numbers import key_of
from entente.rooms.bureaus import settle
from entente.rooms.series import judging, meeting
from entente.rooms.series.asking import MOST_TIES, Found, near, ranked
from entente.rooms.series.clearing import must_be_cleared
from entente.rooms.series.media import IMAGE, QUESTION, signals_of

MOST_OF_TABLES = 50
"""Images with the same quantisation tables that are told: a program writes millions with one set."""


def images(desk: Desk, after: str = "", limit: int = 50) -> list[Thing]:
    """One's own bureau's images, newest change first. Raises Absent."""
    must_be_cleared(desk)
    desk.note("see", what="images")
    return _mine(desk, IMAGE, after, limit)


def questions(desk: Desk, after: str = "", limit: int = 50) -> list[Thing]:
    """What one's own bureau asked, newest first. Raises Absent."""
    must_be_cleared(desk)
    desk.note("see", what="questions")
    return _mine(desk, QUESTION, after, limit)


def _mine(desk: Desk, kind: str, after: str, limit: int) -> list[Thing]:
    found: list[Thing] = []
    place = image(desk, after, (kind,)).place if after else 0
    while len(found) < limit:
        page = desk.table([kind], after=place, limit=limit)
        found += [t for _, t in page if t.handling.owner == desk.asker.bureau]
        if len(page) < limit:
            break
        place = page[-1][0]
    return found[:limit]


def image(desk: Desk, id: str, kinds: tuple[str, ...] = (IMAGE,)) -> Thing:
    """One image the asker may see. Raises Absent."""
    thing = desk.look(id)
    if thing.kind not in kinds:
        raise Absent()
    return thing


def ties(desk: Desk, thing: Thing) -> list[Found]:
    """What the asker may see that hangs together with an image or a question, strongest first.

    Images written with the same quantisation tables stand last, a few of them: a weak lead.
    """
    must_be_cleared(desk)
    signals = signals_of(thing)
    file = judging.file_of(thing)
    out = judging.apart(desk, [file])[file] | {thing.id, file}
    found = [f for f in near(desk, [signals])[0] if f.thing.id not in out]
    if signals.tables:
        known = {f.thing.id for f in found} | out
        same = desk.find([key_of("tables", signals.tables)], limit=MOST_OF_TABLES)
        others = {t.id: t for _, t in same if t.kind == IMAGE and t.id not in known}
        found += [f for f in ranked(signals, others) if f.line is Line.TABLES]
    return found[: MOST_TIES + MOST_OF_TABLES]


def meetings(desk: Desk, which: str = "new", limit: int = 200) -> list[Thing]:
    """One's own bureau's meetings: those that wait, soonest due first; or all, newest first."""
    must_be_cleared(desk)
    desk.note("see", what="meetings")
    key = f"series-meetings:{desk.asker.bureau}"
    found = [
        t for _, t in desk.table([meeting.MEETING], key=f"{key}:new" if which == "new" else key, limit=limit)
    ]
    if which == "new":
        return sorted(found, key=lambda t: (t.first("due"), t.id))
    return sorted(found, key=lambda t: (t.first("at"), t.id), reverse=True)


def take_note(desk: Desk, id: str) -> Thing:
    """Take note of a meeting: its clock stops, and the other side sees it. Raises Absent."""
    must_be_cleared(desk)
    thing = desk.look(id)
    if thing.kind != meeting.MEETING or thing.handling.owner != desk.asker.bureau:
        raise Absent()
    kept = meeting.take_note(desk, thing)
    settle(desk, meeting.TOLD, id)
    settle(desk, meeting.LATE, id)
    desk.note("see", object=id, what="meeting noted")
    return kept
