"""Sets as their readers get them, and which of them are listed."""

from collections.abc import Sequence
from typing import Literal

from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.biometrics import enrolling, samples
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.samples import FACE, FINGER, SET
from entente.rooms.bureaus import directory
from entente.rooms.records import to_form

PAGE = 50


def listed(desk: Desk, which: str, sort: str, after: str, limit: int) -> list[Thing]:
    """Sets that the asker may see, newest change first: of his bureau, or of every one.

    `after`: the set that the page before ended with; places count what he may not see. Raises Absent.
    """
    key = f"biometrics:{desk.asker.bureau}" if which == "mine" else ""
    place = enrolling.look(desk, after).place if after else 0
    rows: list[Thing] = []
    while len(rows) < limit:
        page = desk.table([SET], key=key, after=place, limit=limit)
        rows += [thing for _place, thing in page if not sort or thing.first("sort") == sort]
        if len(page) < limit:
            break
        place = page[-1][0]
    return rows[:limit]


def state(thing: Thing) -> Literal["enrolled", "unsolved", "solved"]:
    if thing.first("sort") != "mark":
        return "enrolled"
    return "unsolved" if "marks" in thing.body else "solved"


def briefs(desk: Desk, things: Sequence[Thing]) -> list[m.Brief]:
    """Sets in a line each."""
    bureaus = directory(desk)
    persons = desk.look_all([t.first("person") for t in things])
    return [_brief(desk, t, bureaus[t.handling.owner].code, persons.get(t.first("person"))) for t in things]


def _brief(desk: Desk, thing: Thing, owner: str, person: Thing | None) -> m.Brief:
    said = samples.told(thing)
    return m.Brief(
        id=thing.id,
        version=thing.version,
        sort="mark" if thing.first("sort") == "mark" else "person",
        state=state(thing),
        title=thing.first("title"),
        reference=thing.first("reference"),
        owner=owner,
        person=person.id if person else "",
        caption=desk.house.model.caption(person.kind, person.body) if person else "",
        fingers=sorted({one["position"] for one in said if one["what"] == FINGER}),
        faces=sum(one["what"] == FACE for one in said),
        taken=thing.first("taken"),
        changed=thing.changed.isoformat(timespec="seconds"),
    )


def whole(desk: Desk, thing: Thing) -> m.Set:
    """A set as its reader gets it; its handling is its owner's to read."""
    (brief,) = briefs(desk, [thing])
    mine = thing.handling.owner == desk.asker.bureau
    return m.Set(
        **brief.model_dump(),
        samples=samples.shown(thing),
        place=thing.first("place"),
        capture=thing.first("capture"),
        text=thing.first("text"),
        expires=thing.expires.isoformat(),
        handling=to_form(desk, thing.handling) if mine else None,
        extractor=thing.first("extractor"),
        encoders=sorted({face.partition(":")[0] for face in thing.body.get("faces", ())}),
        profile=profile(thing),
    )


WEAK = 30
"""Quality under which a sample is to be taken again."""


def profile(thing: Thing) -> list[str]:
    """What a person's set lacks, what is weak in it: `missing-3`, `weak-7`, `no-face`, `weak-face`."""
    if thing.first("sort") == "mark":
        return []
    said = samples.told(thing)
    best: dict[int, int] = {}
    for one in said:
        if one["what"] == FINGER:
            best[one["position"]] = max(one["quality"], best.get(one["position"], 0))
    faces = [one["quality"] for one in said if one["what"] == FACE]
    lacks = [f"missing-{n}" for n in range(1, 11) if n not in best]
    weak = [f"weak-{n}" for n, quality in sorted(best.items()) if n and quality < WEAK]
    face = ["no-face"] if not faces else ["weak-face"] if max(faces) < WEAK else []
    return [*lacks, *weak, *face]
