"""Assessments opened and kept: who may see one, in which version it is changed, by what it is found."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from entente.core.access import Handling, Level
from entente.core.journal import canonical
from entente.core.kinds.countries import codes
from entente.core.problems import Absent, Fault, Faulty, NotAllowed, NotYours, OutOfDate
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import PRIVATE, Bureau, by_code, directory, own
from entente.rooms.reports.assessments import model as m
from entente.rooms.reports.assessments.assessment import (
    KIND,
    Assessment,
    Place,
    Sitting,
    assessment_of,
    body_of,
)
from entente.rooms.reports.assessments.schemes import NO_SCHEME, chosen, indicator_faults
from entente.rooms.reports.cases.checks import refuse, unreadable
from entente.web.language import N_

MOST_EVENTS = 480
MOST = 500
"""Assessments in a list."""
LOCKED = N_("It is locked: nothing of it changes any more")
A_COMPANY = N_("A company neither scores nor reviews.")


# --- opening -------------------------------------------------------------------------------------------


def look(desk: Desk, id: str) -> Assessment:
    """An assessment that the asker may see. Raises Absent."""
    thing = desk.look(id)
    if thing.kind != KIND:
        raise Absent()
    return assessment_of(thing)


def mine(desk: Desk, id: str, version: int) -> Assessment:
    """One of one's own bureau, as it was seen. Raises Absent, NotYours, OutOfDate."""
    found = look(desk, id)
    if found.owner != desk.asker.bureau:
        raise NotYours("Only the bureau whose assessment it is does this.")
    must_be_newest(found, version)
    return found


def must_be_newest(found: Assessment, version: int) -> None:
    if version != found.thing.version:
        raise OutOfDate(f"It is at version {found.thing.version}.")


def place_of(it: Assessment, code: str) -> Place:
    """A place of it. Raises Absent."""
    if code not in it.places:
        raise Absent()
    return it.places[code]


def must_be(it: Assessment, *states: str) -> None:
    """Raise Faulty unless it is in one of these states."""
    if it.state not in states:
        what = LOCKED if it.state == "locked" else f"The assessment is in the state “{it.state}”"
        raise Faulty(faults=(Fault("state", what, f"It must be: {', '.join(states)}."),))


def every(desk: Desk) -> list[Assessment]:
    """Those in the view, newest change first."""
    found: list[Assessment] = []
    after = 0
    while len(found) < MOST:
        rows = desk.table([KIND], after=after, limit=100)
        found += [assessment_of(thing) for _, thing in rows]
        if len(rows) < 100:
            break
        after = rows[-1][0]
    return found


# --- keeping -------------------------------------------------------------------------------------------


A_COMPANY = N_("A company leads no assessment.")


def draft(desk: Desk, form: m.AssessmentForm) -> Assessment:
    """Begin an assessment. Raises Faulty with every fault, NotAllowed for a company."""
    if directory(desk)[desk.asker.bureau].sort == PRIVATE:
        raise NotAllowed(A_COMPANY)
    thing = Thing(desk.house.ids.fresh(), KIND, own(desk.asker.bureau), {})
    it = _written(desk, Assessment(thing, form, (), {}, "draft"), form)
    label = label_of(desk, it)
    kept = desk.keep(KIND, body_of(it) | _events(desk, thing, "begun"), label, id=thing.id, keys=keys_of(it))
    desk.note("assess", object=kept.id, outcome="begun")
    return replace(it, thing=kept)


def edit(desk: Desk, id: str, given: m.AssessmentEdit) -> Assessment:
    """A draft anew. Raises Faulty, NotYours, OutOfDate, Absent."""
    it = mine(desk, id, given.version)
    must_be(it, "draft")
    return keep(desk, _written(desk, it, given.assessment), "edited")


def keep(desk: Desk, it: Assessment, did: str, why: str = "", *, place: str = "") -> Assessment:
    """Keep its next version, for a service that has decided that its caller may; notes the act."""
    body = body_of(it) | _events(desk, it.thing, did, why, place)
    clean = desk.clean(desk.house.model[KIND], {n: v for n, v in body.items() if v}, it.owner)
    kept = desk.as_house().change(it.thing, body=clean, handling=label_of(desk, it), keys=keys_of(it))
    desk.note(
        "assess", object=it.id, outcome=did, version=kept.version, **({"place": place} if place else {})
    )
    return replace(it, thing=kept)


def discard(desk: Desk, id: str, version: int) -> None:
    """Throw away a draft. Raises Faulty, NotYours, OutOfDate, Absent."""
    it = mine(desk, id, version)
    must_be(it, "draft")
    desk.erase(id)
    desk.note("assess", object=id, outcome="discarded")


def _events(desk: Desk, thing: Thing, did: str, why: str = "", place: str = "") -> dict[str, tuple[str, ...]]:
    standing = thing.body.get("event", ())[-MOST_EVENTS:]
    said = {
        "at": desk.now.isoformat(timespec="microseconds"),
        "n": len(standing) + 1,
        "did": did,
        "bureau": desk.noter.bureau,
        "officer": desk.noter.officer,
        "why": why,
        "place": place,
    }
    return {"event": (*standing, canonical(said).decode())}


def label_of(desk: Desk, it: Assessment) -> Handling:
    """Its bureau's own while it is a draft; then read by those who have a seat or a review in it, and by
    those whom it names."""
    readers = readers_of(desk, it) if it.state != "draft" else frozenset()
    return own(it.owner, Level[it.form.level.upper()], see=sum(1 << n for n in readers if n != it.owner))


def readers_of(desk: Desk, it: Assessment) -> frozenset[int]:
    """Numbers of the bureaus that read it, its own among them."""
    known = by_code(desk)
    return frozenset(
        {it.owner, *it.numbers(), *[known[code].number for code in it.form.see if code in known]}
    )


def keys_of(it: Assessment) -> tuple[str, ...]:
    return (f"assessments:{it.owner}",)


# --- what is written -----------------------------------------------------------------------------------


def _written(desk: Desk, it: Assessment, form: m.AssessmentForm) -> Assessment:
    """With this form in it. Raises Faulty with every fault."""
    scheme = chosen(desk, form.scheme) if form.scheme else None
    indicators = list(scheme.indicators) if scheme else form.indicators
    formula = scheme.formula if scheme else form.formula
    faults = [*unreadable(form.model_dump())]
    if form.scheme and scheme is None:
        faults.append(Fault("scheme", NO_SCHEME, N_("Choose one of the list.")))
    if form.scheme and form.indicators:
        what = N_("Both a scheme and indicators are given")
        faults.append(Fault("indicators", what, N_("Give one of them.")))
    faults += indicator_faults(formula, indicators)
    known = by_code(desk)
    places, wrong = _places(known, form.places)
    faults += wrong
    faults += [
        Fault(f"see/{n}", NO_BUREAU, IN_DIRECTORY)
        for n, code in enumerate(form.see)
        if code not in known or known[code].sort == PRIVATE
    ]
    if Level[form.level.upper()] > desk.asker.clearance:
        faults.append(Fault("level", N_("This level is above your clearance"), N_("Choose a lower one.")))
    if form.before and not _is_before(desk, it, form.before):
        what = N_("There is no such assessment for you that is locked")
        faults.append(Fault("before", what, N_("Give the id of an earlier edition.")))
    refuse(faults)
    bare = form.model_copy(update={"formula": formula, "scheme": form.scheme})
    return replace(it, form=bare, indicators=tuple(indicators), places={p.code: p for p in places})


NO_BUREAU = N_("No such bureau takes part that could read or score an assessment")
IN_DIRECTORY = N_("Use a code from the directory.")


def _is_before(desk: Desk, it: Assessment, id: str) -> bool:
    thing = desk.look_all([id]).get(id)
    return thing is not None and thing.kind == KIND and id != it.id and thing.first("state") == "locked"


def known_place(code: str) -> bool:
    """Whether a code names a country, or a part of one (ISO 3166-2)."""
    country, _, part = code.partition("-")
    return country in codes() and ("-" not in code or part.isalnum())


def _places(known: Mapping[str, Bureau], given: Sequence[m.Place]) -> tuple[list[Place], list[Fault]]:
    faults, made = [], []
    listed = [one.code for one in given]
    for n, one in enumerate(given):
        if listed.count(one.code) > 1:
            faults.append(Fault(f"places/{n}/code", N_("This place is there twice"), N_("Leave one out.")))
        if not known_place(one.code):
            what = N_("This is no country, nor a part of one")
            faults.append(Fault(f"places/{n}/code", what, N_("Write xa, or xa-01 for a part of it.")))
        named = {seat: getattr(one, seat) for seat in (*m.SEATS, "reviewer") if getattr(one, seat)}
        for seat, code in named.items():
            if code not in known or not known[code].active:
                faults.append(Fault(f"places/{n}/{seat}", NO_BUREAU, IN_DIRECTORY))
            elif known[code].sort == PRIVATE:
                faults.append(Fault(f"places/{n}/{seat}", A_COMPANY, IN_DIRECTORY))
        if all(code in known for code in named.values()):
            seats = {seat: Sitting(known[code].number) for seat, code in named.items() if seat in m.SEATS}
            made.append(Place(one.code, one.name, one.region, seats, known[one.reviewer].number))
    return made, faults
