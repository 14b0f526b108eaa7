"""The states of a notice, who moves it, and what follows for its handling and its keys.

draft → submitted → checked → review → published ⇄ suspended → cancelled | expired; the reviewer may also
send it back or refuse it. Nobody moves it along alone: see eyes.py.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from entente.core.access import EVERYONE, Handling, Level
from entente.core.journal import canonical
from entente.core.kinds import FIVE_YEARS
from entente.core.problems import Fault, Faulty
from entente.core.things import Body, Thing
from entente.desk import Desk
from entente.desk.retention import about
from entente.rooms.bureaus import directory, own, settle
from entente.rooms.notices.colours import FIELDS

OPEN = frozenset({"draft", "submitted", "checked"})
"""Before the neutral review: its own bureau alone knows of it."""
WAITS = frozenset({"submitted", "review"})
"""Stages at which it waits for somebody, who was alerted (`notice-waits`)."""
PUT_OUT = frozenset({"published", "suspended"})
OVER = frozenset({"cancelled", "expired", "refused"})
MOVES: Mapping[str, tuple[frozenset[str], str]] = {
    "edit": (OPEN | {"suspended"}, "draft"),
    "submit": (frozenset({"draft"}), "submitted"),
    "approve": (frozenset({"submitted", "checked"}), "checked"),
    "disapprove": (frozenset({"submitted", "checked"}), "draft"),
    "send": (frozenset({"checked"}), "review"),
    "publish": (frozenset({"review"}), "published"),
    "return": (frozenset({"review"}), "draft"),
    "refuse": (frozenset({"review"}), "refused"),
    "suspend": (frozenset({"published"}), "suspended"),
    "resume": (frozenset({"suspended"}), "published"),
    "cancel": (PUT_OUT, "cancelled"),
    "expire": (PUT_OUT, "expired"),
    "renew": (frozenset({"published"}), "submitted"),
    "discard": (OPEN | OVER, ""),
}
"""What may be done in which states, and what it makes of it. A renewal has such a state of its own beside
"published" (`pending`), and its last move is back to none."""
ABOUT = "notices-about:{}"
"""The key of a record's notices alone, of which there are few; `about` has every verdict too."""
KEPT_AFTER = timedelta(days=30)
"""How long the owner still finds a notice that is over, and its record."""
CHECK_LASTS = timedelta(hours=24)
"""An approval by the second officer that is older must be given again."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done. `part`: labels.PARTS; `officer` is for his own bureau alone."""

    at: str
    did: str
    bureau: int
    part: str
    officer: str = ""
    why: str = ""


def stage(notice: Thing) -> str:
    """Where it stands on its way: of its renewal, if one is under way, else its state."""
    return notice.first("pending") or notice.first("state")


def moved(notice: Thing, move: str) -> str:
    """The state that a move leads to. Raises Faulty, naming the state, where it does not start from here."""
    starts, to = MOVES[move]
    here = stage(notice) if move in _ON_THE_WAY else notice.first("state")
    if here not in starts:
        what = f"A notice in the state “{here}” cannot: {move}"
        raise Faulty(faults=(Fault("state", what, f"It must be: {', '.join(sorted(starts))}."),))
    return to


_ON_THE_WAY = frozenset({"submit", "approve", "disapprove", "send", "publish", "return", "refuse"})


def content(notice: Body, kind: str, subject: Body) -> bytes:
    """What is approved, in one form only: every field, its reach, and the record it is about."""
    said = {name: notice[name] for name in (*FIELDS, *_BOUND) if notice.get(name)}
    until = notice.get("pendingUntil") or notice["until"]
    ordered = {name: sorted(notice.get(name, ())) for name in ("attest", "bureaus")}
    return canonical({**said, **ordered, "until": until, "record": [kind, dict(subject)]})


_BOUND = ("colour", "title", "reach", "level", "subject", "widen", "photo")


def digest(notice: Body, kind: str, subject: Body) -> str:
    """SHA-256 of the content, in hex: what an approval is bound to."""
    return sha256(content(notice, kind, subject)).hexdigest()


def digest_of_record(kind: str, subject: Body) -> str:
    """SHA-256 of the record alone, in hex: whether it still is as it was reviewed."""
    return sha256(canonical([kind, dict(subject)])).hexdigest()


def steps(notice: Thing) -> list[Step]:
    """What was done to it, oldest first."""
    return [Step(**json.loads(line)) for line in notice.body.get("step", ())]


def with_step(desk: Desk, body: Mapping[str, Any], did: str, part: str, why: str = "") -> dict[str, Any]:
    """The body with one more step, of the officer who sits here."""
    who = desk.noter if part != "house" else desk.asker
    step = Step(
        at=desk.now.isoformat(timespec="microseconds"),
        did=did,
        bureau=who.bureau,
        part=part,
        officer=who.officer,
        why=why,
    )
    line = canonical({name: getattr(step, name) for name in Step.__slots__}).decode()
    return {**body, "step": (*body.get("step", ()), line)}


# --- how it is kept ------------------------------------------------------------------------------


def secretariat(desk: Desk) -> int:
    """The bureaus that review, as bits."""
    return sum(1 << b.number for b in directory(desk).values() if b.secretariat)


def reach(notice: Body) -> int:
    """The bureaus it is for, as bits."""
    if notice["reach"][0] == "all":
        return EVERYONE
    return sum(1 << int(number) for number in notice.get("bureaus", ()))


def handling(desk: Desk, owner: int, notice: Body) -> Handling:
    """Who may see the notice itself, by its state."""
    state = notice["state"][0]
    see = 0
    if state in ("review", "suspended", "refused"):
        see = secretariat(desk)
    elif state == "published":
        see = reach(notice) | secretariat(desk)
    return own(owner, level_of(notice), see=see)


def level_of(notice: Body) -> Level:
    return Level[notice["level"][0].upper()]


def keys(owner: int, notice: Body) -> tuple[str, ...]:
    """By which lists it is found."""
    state, colour = notice["state"][0], notice["colour"][0]
    now = (notice.get("pending") or (state,))[0]
    found = [f"notices:{owner}", f"notices:{owner}:{state}"]
    if state == "published":
        found += ["notices-live", f"notices-live:{colour}"]
    if state == "suspended":
        found.append("notices-suspended")
    if now == "submitted":
        found.append(f"notices-check:{owner}")
    if now == "review":
        found.append("notices-review")
    if state in PUT_OUT:
        found.append(f"notice-ends:{notice['until'][0]}")
    found += [key for subject in notice.get("subject", ()) for key in about(subject)]
    found += [ABOUT.format(subject) for subject in notice.get("subject", ())]
    found += [f"blob:{photo}" for photo in notice.get("photo", ())]
    return tuple(found)


def last_day(desk: Desk, asked: date | None) -> date:
    """Until when a notice is valid: at most a day less than its record may be kept, which is five years
    (RPD, article 49), so that the house ends it before either is deleted. Raises Faulty."""
    latest = desk.today + timedelta(days=FIVE_YEARS - 1)
    if asked is not None and not desk.today < asked <= latest:
        what = f"{asked} is not between tomorrow and {latest}"
        raise Faulty(faults=(Fault("until", what, "Choose a date between."),))
    return asked or latest


def kept_until(desk: Desk, until: date) -> date:
    """When a notice that is valid until then is deleted, and the record that was kept for it."""
    return min(until + KEPT_AFTER, desk.today + timedelta(days=FIVE_YEARS))


def keep(desk: Desk, notice: Thing, body: Mapping[str, Sequence[str]]) -> Thing:
    """Keep a notice with a new body; its handling, keys and last day follow from it."""
    clean = {name: tuple(values) for name, values in body.items() if values}
    owner = notice.handling.owner
    if stage(notice) in WAITS:
        settle(desk, "notice-waits", notice.id)
    return desk.as_house().change(
        notice,
        body=clean,
        handling=handling(desk, owner, clean),
        expires=kept_until(desk, date.fromisoformat(clean["until"][0])),
        keys=keys(owner, clean),
    )
