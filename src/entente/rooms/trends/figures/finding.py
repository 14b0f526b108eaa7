"""Trend findings: what they are, where they stand, and what may be done with them next.

The machine finds; it never confirms. A finding belongs to the bureau whose view made it.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from entente.core.problems import Absent, Fault, Faulty, NotAllowed
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import in_person
from entente.rooms.records import Strict
from entente.rooms.trends.figures import sources
from entente.web.language import N_

KIND = "TrendFinding"
State = Literal["new", "under_review", "confirmed", "artefact", "duplicate", "actioned", "evaluated"]
STATES: Mapping[str, str] = {
    "new": N_("New"),
    "under_review": N_("Under review"),
    "confirmed": N_("Confirmed"),
    "artefact": N_("A change of reporting"),
    "duplicate": N_("Already known"),
    "actioned": N_("Acted on"),
    "evaluated": N_("Evaluated"),
}
SORTS: Mapping[str, str] = {
    "break": N_("Lasting change"),
    "surge": N_("Sudden rise"),
    "first-seen": N_("Never seen before"),
}
NEXT: Mapping[str, tuple[str, ...]] = {
    "new": ("under_review",),
    "under_review": ("confirmed", "artefact", "duplicate"),
    "confirmed": ("actioned", "artefact"),
    "artefact": ("under_review",),
    "duplicate": ("under_review",),
    "actioned": ("evaluated",),
    "evaluated": (),
}
"""Where a finding may go. What was judged wrongly goes back to review, and that is seen."""
OPEN = ("new", "under_review", "confirmed", "actioned")


class Step(Strict):
    """`to`: the state that follows. `why`: what the judgement rests on; needed for all but taking it up."""

    version: Annotated[int, Field(ge=1)]
    to: State
    why: Annotated[str, Field(max_length=2000)] = ""


class Event(Strict):
    to: str
    at: str
    officer: str
    why: str = ""


class FindingOut(Strict):
    """A finding. `series` and `figures` say of what and how much when it was found; `next`: states that may
    follow. `records`: seizures that it rests on, of those that you may see now. `shaken`: one that it
    counted was withdrawn or is shown to fewer; it then says neither of what nor how much."""

    id: str
    version: int
    sort: str
    state: str
    shaken: bool
    series: dict[str, Any]
    period: str
    length: str
    figures: dict[str, Any]
    reporting: bool
    records: list[str]
    at: str
    events: list[Event]
    next: list[str]


class Findings(Strict):
    findings: list[FindingOut]
    after: str
    further: bool


class Listing(Strict):
    state: Literal["", "open"] | State = "open"
    after: Annotated[str, Field(max_length=64, pattern=r"^[0-9a-f]*$")] = ""
    limit: Annotated[int, Field(ge=1, le=200)] = 50


def key(bureau: int, state: str = "") -> str:
    return f"findings-{state}:{bureau}" if state else f"findings:{bureau}"


def keys(bureau: int, state: str, series: str) -> list[str]:
    """Keys that lists and the next run look findings up by."""
    made = [key(bureau), key(bureau, state), f"finding-of:{bureau}:{series}"]
    return [*made, key(bureau, "open")] if state in OPEN else made


def listed(desk: Desk, asked: Listing) -> Findings:
    """The bureau's findings, the last changed first. Raises Absent for an `after` that is none of them."""
    here = desk.asker.bureau
    place = _mine(desk, asked.after).place if asked.after else 0
    page = desk.table([KIND], key=key(here, asked.state), after=place, limit=asked.limit + 1)
    desk.note("trend", what="findings")
    gone = sources.shaken(desk, [thing for _, thing in page])
    found = [shown(desk, thing, gone) for _, thing in page[: asked.limit]]
    further = len(page) > asked.limit
    return Findings(findings=found, after=found[-1].id if further else "", further=further)


def opened(desk: Desk, id: str) -> FindingOut:
    """One finding of one's bureau. Raises Absent."""
    thing = _mine(desk, id)
    desk.note("trend", object=id, what="finding")
    return shown(desk, thing)


def step(desk: Desk, id: str, given: Step) -> FindingOut:
    """A person moves a finding along. Raises Absent, Faulty, OutOfDate."""
    thing = _mine(desk, id)
    if not in_person(desk):
        raise NotAllowed("A finding is judged by a person.")
    faults = []
    if given.to not in NEXT[thing.first("state")]:
        what = N_("A finding in this state does not go there")
        faults.append(Fault("to", what, N_("Open it again and choose one of the steps that it offers.")))
    if given.to != "under_review" and not given.why.strip():
        faults.append(Fault("why", N_("This step needs a reason"), N_("Say what it rests on.")))
    if given.version != thing.version:
        faults.append(Fault("version", N_("Somebody changed it meanwhile"), N_("Open it again.")))
    if faults:
        raise Faulty(faults=tuple(faults))
    event = {
        "to": given.to,
        "at": desk.now.isoformat(timespec="seconds"),
        "officer": desk.asker.officer,
        "why": given.why.strip(),
    }
    number = len(thing.body.get("event", ())) + 1
    told = (*thing.body.get("event", ()), json.dumps({"n": number, **event}, ensure_ascii=False))
    body = {**thing.body, "state": (given.to,), "event": told}
    again = keys(thing.handling.owner, given.to, name_of(thing))
    kept = desk.change(thing, body=body, keys=again)
    desk.note("trend", object=id, what="finding", to=given.to)
    return shown(desk, kept)


def name_of(thing: Thing) -> str:
    """What a finding is of, as its key names it."""
    return f"{thing.first('sort')} {series_key(json.loads(thing.first('series')))}"


def series_key(series: Mapping[str, Any]) -> str:
    """One text for a series or a combination, the same each time."""
    return " ".join(f"{name}={series[name]}" for name in sorted(series))[:200]


def shown(desk: Desk, thing: Thing, gone: frozenset[str] | None = None) -> FindingOut:
    """A finding for its reader, with those of its seizures that he sees for the reason that he gave.

    `gone`: findings that rest on what the bureau no longer sees, where that is known already.
    """
    events = [json.loads(said) for said in thing.body.get("event", ())]
    shaken = bool(sources.shaken(desk, [thing])) if gone is None else thing.id in gone
    records = [] if shaken else list(desk.look_all(thing.body.get("records", ())))
    return FindingOut(
        id=thing.id,
        version=thing.version,
        sort=thing.first("sort"),
        state=thing.first("state"),
        shaken=shaken,
        series={} if shaken else json.loads(thing.first("series")),
        period=thing.first("period"),
        length=thing.first("length"),
        figures={} if shaken else json.loads(thing.first("figures")),
        reporting=thing.first("reporting") == "yes",
        records=records,
        at=thing.first("at"),
        events=[Event(**{name: e[name] for name in ("to", "at", "officer", "why")}) for e in events],
        next=list(NEXT[thing.first("state")]),
    )


def _mine(desk: Desk, id: str) -> Thing:
    thing = desk.look(id)
    if thing.kind != KIND or thing.handling.owner != desk.asker.bureau:
        raise Absent()
    return thing
