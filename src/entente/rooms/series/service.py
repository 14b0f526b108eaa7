"""Series of one's own bureau: begun, described, moved from state to state; who else works on them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from entente.core.problems import Absent, Fault, Faulty, NotAllowed
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import About, alert, in_person, is_among, settle
from entente.rooms.records import HandlingForm
from entente.rooms.series import model as m
from entente.rooms.series.clearing import handling_of, must_be_cleared, own, shared
from entente.rooms.series.states import (
    MOVES,
    SERIES,
    TWO_PERSONS,
    WORK,
    led,
    look,
    merged,
    must_be_open,
    root,
    with_step,
)

KEPT = timedelta(days=1826)
WAITS = "series-waits"
"""Alert: a series waits for its bureau's second person, or for its answer."""
LISTS = ("all", "mine", *MOVES)
PLAIN: Mapping[str, str] = {
    "name": "name",
    "victims": "victims",
    "victims_identified": "victimsIdentified",
    "offenders_identified": "offendersIdentified",
    "first_seen": "firstSeen",
    "note": "note",
}


def begin(desk: Desk, form: m.SeriesForm) -> Thing:
    """Begin a series that one's bureau leads. Raises Faulty, NotAllowed."""
    must_be_cleared(desk)
    body = with_step(desk, {**_said(form), "state": "unidentified"}, "begun")
    handling = handling_of(desk, form.handling or shared(desk, form.sharing))
    kept = desk.keep(
        SERIES, body, handling, expires=desk.today + KEPT, keys=keys_of(form.name, "unidentified")
    )
    desk.note("contribute", object=kept.id, what="series")
    return kept


def change(desk: Desk, id: str, form: m.SeriesChange) -> Thing:
    """Describe it anew. Raises Absent, NotYours, OutOfDate, Faulty."""
    must_be_cleared(desk)
    before = led(desk, id, form.version)
    label: HandlingForm | None = form.handling or (shared(desk, form.sharing) if form.sharing else None)
    handling = handling_of(desk, label) if label else before.handling
    said = _said(form)
    kept_body = {k: v for k, v in before.body.items() if k not in {*PLAIN.values(), "aliases"}}
    return keep(desk, replace(before, handling=handling), {**kept_body, **said}, "described")


def _said(form: m.SeriesForm) -> dict[str, Any]:
    raw: dict[str, Any] = {prop: str(getattr(form, name)) for name, prop in PLAIN.items()}
    raw |= {"aliases": list(form.aliases)}
    return {name: value for name, value in raw.items() if value and value != "0"}


def keep(
    desk: Desk, series: Thing, body: Mapping[str, Any], did: str, why: str = "", other: str = ""
) -> Thing:
    """Keep a series with one more step. For who may: its lead, or the house for him who was let."""
    raw = with_step(desk, body, did, why, other)
    clean = desk.clean(desk.house.model[SERIES], raw, series.handling.owner)
    kept = desk.change(
        series, body=clean, handling=series.handling, keys=keys_of(clean["name"][0], clean["state"][0])
    )
    desk.note("correct", object=kept.id, what="series", outcome=did)
    return kept


def keys_of(name: str, state: str) -> tuple[str, ...]:
    """What it is listed by, beside what its values make."""
    return (f"series-state:{state}", name_key(name))


def name_key(name: str) -> str:
    return f"series-name:{' '.join(name.casefold().split())}"


def listed(desk: Desk, which: str = "all", after: str = "", limit: int = 50) -> list[Thing]:
    """Series the asker may see, newest change first: all, his bureau's, or of a state. Raises Absent."""
    must_be_cleared(desk)
    key = f"series-state:{which}" if which in MOVES else ""
    place = look(desk, after).place if after else 0
    found: list[Thing] = []
    desk.note("see", what="series")
    while len(found) < limit:
        page = desk.table([SERIES], key=key, after=place, limit=limit)
        found += [t for _, t in page if which != "mine" or t.handling.owner == desk.asker.bureau]
        if len(page) < limit:
            break
        place = page[-1][0]
    return found[:limit]


def named(desk: Desk, name: str) -> Thing | None:
    """The oldest series of one's own bureau with a name, where it stands by now."""
    found = [t for _, t in desk.find([name_key(name)]) if t.kind == SERIES]
    mine = sorted(
        (t for t in found if t.handling.owner == desk.asker.bureau), key=lambda t: (t.created, t.id)
    )
    return root(desk, mine[0].id) if mine else None


# --- from state to state -------------------------------------------------------------------------


def move(desk: Desk, id: str, form: m.Move) -> Thing:
    """To the next state; into `identified` by a second person only (`decide`).

    Raises Absent, NotYours, OutOfDate, Faulty.
    """
    must_be_cleared(desk)
    series = led(desk, id, form.version)
    must_be_open(series)
    before = series.first("state")
    if form.state not in MOVES[before]:
        allowed = ", ".join(sorted(MOVES[before]))
        what = f"A series goes from {before} to {allowed}"
        raise Faulty(faults=(Fault("state", what, "Choose one of them."),))
    if not form.why and (before, form.state) != ("unidentified", "in-progress"):
        raise Faulty(faults=(Fault("why", "The reason is not said", "Say it in a line."),))
    if {form.state, before} & TWO_PERSONS:
        if not in_person(desk):
            raise NotAllowed("A person proposes it, and a second one approves.")
        body = {**series.body, "proposed": (form.state,), "proposedBy": (desk.asker.officer,)}
        kept = keep(desk, series, body, "proposed", form.why)
        alert(desk, desk.asker.bureau, About(WAITS, object=id), like=own(desk.asker.bureau))
        return kept
    body = _without(series.body, "proposed", "proposedBy")
    settle(desk, WAITS, id)
    return keep(desk, series, {**body, "state": (form.state,)}, form.state, form.why)


def decide(desk: Desk, id: str, form: m.Approve) -> Thing:
    """The second person's word on `identified`. Raises Absent, NotYours, OutOfDate, Faulty, NotAllowed."""
    must_be_cleared(desk)
    series = led(desk, id, form.version)
    must_be_open(series)
    state = series.first("proposed")
    if not state:
        raise Faulty(faults=(Fault("proposed", "No state waits for a second person", "Propose one."),))
    if not in_person(desk) or is_among(desk, (series.first("proposedBy"),)):
        raise NotAllowed("A second person of the bureau approves it, in person.")
    body = _without(series.body, "proposed", "proposedBy")
    settle(desk, WAITS, id)
    desk.note("approve", object=id, outcome="approved" if form.approve else "refused")
    if not form.approve:
        return keep(desk, series, body, "returned", form.why)
    at = {"identified": (desk.now.isoformat(timespec="seconds"),)} if state == "identified" else {}
    body = _without(body, "identified")
    return keep(desk, series, {**body, "state": (state,), **at}, state, form.why)


def _without(body: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in names}


# --- who works on it -----------------------------------------------------------------------------


def work(desk: Desk, id: str, form: m.Work) -> None:
    """Say that one's bureau works on a series; whoever sees the series sees that. Raises Absent."""
    must_be_cleared(desk)
    series = root(desk, id)
    body = {
        "series": series.id,
        "officer": desk.asker.officer,
        "since": desk.now.isoformat(timespec="seconds"),
        "note": form.note,
    }
    handling = replace(series.handling, owner=desk.asker.bureau, hint=0, watch=False)
    handling = replace(handling, see=handling.see | 1 << series.handling.owner)
    desk.keep(
        WORK,
        {name: value for name, value in body.items() if value},
        handling,
        id=_work_id(desk, series.id),
        version=0,
        expires=desk.today + timedelta(days=365),
    )
    desk.note("contribute", object=series.id, what="work on a series")


def stop_work(desk: Desk, id: str) -> None:
    """Say that one's bureau no longer works on it. Raises Absent."""
    must_be_cleared(desk)
    chain = [id]
    if id in desk.look_all([id]):
        above = root(desk, id)
        chain += [above.id, *(t.id for t in merged(desk, above.id))]
    standing = desk.look_all([_work_id(desk, one) for one in chain])
    if not standing:
        raise Absent()
    for one in standing.values():
        desk.withdraw(one)
    desk.note("withdraw", object=id, what="work on a series")


def _work_id(desk: Desk, series: str) -> str:
    return desk.house.ids.of("series work", desk.asker.bureau, series)


def workers(desk: Desk, series: str) -> list[Thing]:
    """Who says that he works on it, or on what was merged into it: each bureau once, as the asker may see."""
    ids = [series, *(t.id for t in merged(desk, series))]
    found = [t for _, t in desk.find([f"work:{id.upper()}" for id in ids], limit=1000) if t.kind == WORK]
    newest = sorted(found, key=lambda t: (t.first("since"), t.id))
    return sorted({t.handling.owner: t for t in newest}.values(), key=lambda t: t.handling.owner)
