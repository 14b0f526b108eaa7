"""Scoring: a seat is taken by one person, two persons score blind, a third where they differ, one reviews.

Nobody has two seats of a place, under whatever account; no machine has one. Neither of the two reads the
other's scores before both have handed in, and what is handed in stays as it is.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from entente.core.access import Level, Purpose, Status
from entente.core.problems import Fault, Faulty, NotAllowed, NotYours, OutOfDate
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import PRIVATE, About, alert, by_code, directory, in_person, is_among, settle
from entente.rooms.reports.assessments import keeping, sheets
from entente.rooms.reports.assessments import model as m
from entente.rooms.reports.assessments.assessment import Assessment, Place, Review, Sitting
from entente.rooms.reports.assessments.keeping import keep, look, mine, must_be, place_of
from entente.rooms.reports.assessments.results import APART
from entente.rooms.reports.cases.checks import AHEAD, NO_DAY, WRITE_DAY, refuse, unreadable
from entente.web.language import N_

BY_A_KEY = N_("A key does not score: an officer does, in person.")
SAME_PERSON = N_("One person does not sit twice: another officer scores here.")
REVIEWS_OWN = N_("Whoever scored a place does not review it.")
TAKEN = N_("Another officer holds this seat")
NOT_YOURS = N_("This seat is another bureau's")
NO_SEAT = N_("There is no such seat here")
HANDED_IN = N_("It is handed in: it stays as it is")
NO_INDICATOR = N_("The assessment has no such indicator")


# --- seats ---------------------------------------------------------------------------------------------


def take(desk: Desk, id: str, place: str, given: m.SeatForm) -> Assessment:
    """Take a seat of one's own bureau. Raises Absent, NotYours, NotAllowed, Faulty."""
    it = look(desk, id)
    must_be(it, "scoring")
    where = place_of(it, place)
    seat = _seat(desk, where, given.seat)
    if seat.officer == desk.asker.officer:
        desk.note("assess", object=id, outcome="seated", place=place)
        return it
    if seat.officer:
        raise Faulty(faults=(Fault("seat", TAKEN, N_("Ask your bureau who scores it.")),))
    if given.seat == "third" and not where.open:
        what = N_("The first two are not done, or agree: no third scorer is needed")
        raise Faulty(faults=(Fault("seat", what, N_("Wait until you are asked.")),))
    _must_be_another(desk, where)
    held = replace(seat, officer=desk.asker.officer)
    changed = replace(where, seats={**where.seats, given.seat: held})
    return keep(desk, it.with_place(changed), "seated", place=place)


def _seat(desk: Desk, place: Place, name: str) -> Sitting:
    if name not in place.seats:
        raise Faulty(faults=(Fault("seat", NO_SEAT, N_("Choose another.")),))
    if place.seats[name].bureau != desk.asker.bureau:
        raise NotYours(NOT_YOURS)
    if not in_person(desk):
        raise NotAllowed(BY_A_KEY)
    return place.seats[name]


def _must_be_another(desk: Desk, place: Place) -> None:
    reviewed = [place.review.officer] if place.review else []
    if is_among(desk, [*place.officers(), *reviewed]):
        raise NotAllowed(SAME_PERSON)


# --- scores --------------------------------------------------------------------------------------------


def score(desk: Desk, id: str, place: str, given: m.ScoresForm) -> Assessment:
    """Write one's scores of a place, and hand them in where they are `done`.

    Raises Absent, NotYours, NotAllowed, OutOfDate, and Faulty with every fault.
    """
    it = look(desk, id)
    must_be(it, "scoring")
    where = place_of(it, place)
    standing = own_sheet(desk, it, where, given.seat)
    if where.handed_in(given.seat):
        raise Faulty(faults=(Fault("done", HANDED_IN, N_("The review may set another value.")),))
    if standing.version != given.version:
        raise OutOfDate(f"Your sheet is at version {standing.version}.")
    asked = asked_of(it, where, given.seat)
    refuse(_score_faults(desk, it, given, asked))
    dated = [one if one.on else one.model_copy(update={"on": desk.today.isoformat()}) for one in given.scores]
    sheets.write(desk, it, where, given.seat, dated)
    if given.done:
        return _hand_in(desk, it, where, given.seat)
    desk.note("assess", object=id, outcome="scores written", place=place)
    return it


def own_sheet(desk: Desk, it: Assessment, place: Place, seat: str) -> sheets.Sheet:
    """The sheet of a seat that the asker holds himself. Raises NotYours, NotAllowed, Faulty."""
    held = _seat(desk, place, seat)
    if held.officer != desk.asker.officer:
        raise NotYours(TAKEN if held.officer else N_("Take the seat first."))
    return sheets.read(desk, it, place, seat)


def asked_of(it: Assessment, place: Place, seat: str) -> list[m.Indicator]:
    """The indicators that a seat scores: all; for the third, those on which the first two differ."""
    return [one for one in it.indicators if seat != "third" or one.code in place.open]


def _score_faults(
    desk: Desk, it: Assessment, given: m.ScoresForm, asked: Sequence[m.Indicator]
) -> list[Fault]:
    faults = [*unreadable(given.model_dump())]
    codes, written = [one.code for one in asked], [one.indicator for one in given.scores]
    for n, one in enumerate(given.scores):
        where = f"scores/{n}"
        if one.indicator not in codes:
            faults.append(Fault(f"{where}/indicator", NO_INDICATOR, N_("Leave it out.")))
        elif written.count(one.indicator) > 1:
            what = N_("This indicator is scored twice")
            faults.append(Fault(f"{where}/indicator", what, N_("Leave one out.")))
        faults += _day_faults(desk, one, where)
        faults += evidence_faults(desk, it, one.evidence, where)
    if given.done:
        faults += [
            Fault("scores", f"{one.name} has no score", N_("Score everything before you hand it in."))
            for one in asked
            if one.code not in written
        ]
    return faults


def _day_faults(desk: Desk, one: m.Score, where: str) -> list[Fault]:
    try:
        day = date.fromisoformat(one.on) if one.on else desk.today
    except ValueError:
        return [Fault(f"{where}/on", NO_DAY, WRITE_DAY)]
    return [Fault(f"{where}/on", AHEAD, N_("Look at the date again."))] if day > desk.today else []


NOT_FOR_ALL = N_("Not every bureau that reads the assessment may see it")


def evidence_faults(desk: Desk, it: Assessment, given: Sequence[str], where: str) -> list[Fault]:
    """Evidence must be seen by the scorer, and by every bureau that reads the assessment."""
    seen = desk.look_all(list(given))
    known, readers = directory(desk), keeping.readers_of(desk, it)
    faults = []
    for n, id in enumerate(given):
        thing = seen.get(id)
        if thing is None or (desk.house.model[thing.kind].house and thing.kind not in CITABLE):
            what = N_("There is no such record for you")
            faults.append(Fault(f"{where}/evidence/{n}", what, N_("Give the id of a record that you see.")))
            continue
        blind = sorted([known[b].code for b in readers if b in known and not _reads(thing, it, b)])
        if blind:  # who sees a record is its owner's to know
            mine = thing.handling.owner == desk.asker.bureau
            what = f"{', '.join(blind)} may not see it, and reads the assessment" if mine else NOT_FOR_ALL
            do = N_("Cite what all readers may see, or say it in your reason without the record.")
            faults.append(Fault(f"{where}/evidence/{n}", what, do))
    return faults


CITABLE = frozenset({"Seizure", "CaseStudy", "TrendFinding", "Notice"})
"""Papers of the house's rooms that a score may rest on, beside records."""


def _reads(thing: Thing, it: Assessment, bureau: int) -> bool:
    label = thing.handling
    if label.level > Level[it.form.level.upper()] or label.need or label.status is not Status.LIVE:
        return False
    if label.owner == bureau:
        return True
    return bool(label.see >> bureau & 1) and bool(label.purposes & Purpose.ANALYSIS)


# --- handing in ----------------------------------------------------------------------------------------


def _hand_in(desk: Desk, it: Assessment, place: Place, seat: str) -> Assessment:
    at = desk.now.isoformat(timespec="seconds")
    held = replace(place.seats[seat], done=at)
    place = replace(place, seats={**place.seats, seat: held})
    if seat != "third" and place.opened:
        place = replace(place, open=_apart(desk, it, place))
    it = keep(desk, it.with_place(place), "handed in", place=place.code)
    wake(desk, it)
    return it


def _apart(desk: Desk, it: Assessment, place: Place) -> tuple[str, ...]:
    """Codes of the indicators on which the first two are more than APART apart."""
    one = sheets.read(desk, it, place, "first").scores
    two = sheets.read(desk, it, place, "second").scores
    return tuple([i.code for i in it.indicators if abs(one[i.code].value - two[i.code].value) > APART])


def waits_for(it: Assessment) -> dict[int, list[tuple[str, str]]]:
    """By the number of a bureau, what waits for an officer of it: (place, seat or "review")."""
    found: dict[int, list[tuple[str, str]]] = {}
    if it.state != "scoring":
        return found
    for place in it.places.values():
        for name, seat in place.seats.items():
            if not seat.done and (name != "third" or place.open):
                found.setdefault(seat.bureau, []).append((place.code, name))
        if place.state == "scored":
            found.setdefault(place.reviewer, []).append((place.code, "review"))
        elif place.state == "third" and "third" not in place.seats:
            found.setdefault(it.owner, []).append((place.code, "name a third"))
    return found


def wake(desk: Desk, it: Assessment) -> None:
    """Tell each bureau for which something waits, once for each sort of thing; what is done is settled."""
    waiting = waits_for(it)
    for bureau in sorted(keeping.readers_of(desk, it)):
        one = desk.house.ids.of("score-waits", it.id, bureau)
        if bureau not in waiting:
            settle(desk, "score-waits", one)
            continue
        sorts = sorted({sort for _, sort in waiting[bureau]})
        about = About("score-waits", object=it.id, second=one, other=it.owner)
        alert(desk, bureau, about, like=it.thing.handling, once=f"{it.id} {bureau} {' '.join(sorts)}")


def name_third(desk: Desk, id: str, place: str, given: m.ThirdForm) -> Assessment:
    """Name the bureau of the third scorer, where none was named or nobody sits there yet."""
    it = mine(desk, id, given.version)
    must_be(it, "scoring")
    where = place_of(it, place)
    there = by_code(desk).get(given.third)
    if there is None or not there.active or there.sort == PRIVATE:
        raise Faulty(faults=(Fault("third", keeping.NO_BUREAU, keeping.IN_DIRECTORY),))
    if where.seats.get("third", Sitting(0)).officer:
        raise Faulty(faults=(Fault("third", TAKEN, N_("Wait for the scores.")),))
    changed = replace(where, seats={**where.seats, "third": Sitting(there.number)})
    it = keep(desk, it.with_place(changed), "third named", place=place)
    wake(desk, it)
    return it


# --- review --------------------------------------------------------------------------------------------


def review(desk: Desk, id: str, place: str, given: m.ReviewForm) -> Assessment:
    """The regional review of a place: by its reviewing bureau, in person, by nobody who scored it.

    Raises Absent, NotYours, NotAllowed, OutOfDate, and Faulty with every fault.
    """
    it = look(desk, id)
    must_be(it, "scoring")
    where = place_of(it, place)
    if where.reviewer != desk.asker.bureau:
        raise NotYours(N_("Only the reviewing bureau of a place reviews it."))
    if not in_person(desk):
        raise NotAllowed(BY_A_KEY)
    if is_among(desk, where.officers()):
        raise NotAllowed(REVIEWS_OWN)
    keeping.must_be_newest(it, given.version)
    faults = [*unreadable(given.model_dump())]
    if where.state not in ("scored", "reviewed"):
        what = N_("Its scorers are not done")
        faults.append(Fault("place", what, N_("Wait until all have handed in.")))
    codes = [one.code for one in it.indicators]
    written = [one.indicator for one in given.finals]
    for n, one in enumerate(given.finals):
        if one.indicator not in codes or written.count(one.indicator) > 1:
            faults.append(Fault(f"finals/{n}/indicator", NO_INDICATOR, N_("Set each at most once.")))
    refuse(faults)
    said = Review(
        bureau=desk.asker.bureau,
        officer=desk.asker.officer,
        at=desk.now.isoformat(timespec="seconds"),
        summary=given.summary,
        mind=given.mind,
        likelihood=given.likelihood,
        trend=given.trend,
        finals={one.indicator: (one.value, one.why) for one in given.finals},
    )
    it = keep(desk, it.with_place(replace(where, review=said)), "reviewed", place=place)
    wake(desk, it)
    return it
