"""One document said to be lost or stolen: an ordinary record, contributed by the issuer's bureau."""

from collections.abc import Sequence
from typing import Any

from entente.core.access import Status
from entente.core.problems import Absent, Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.documents.number_forms import forms
from entente.match.numbers import code
from entente.rooms.papers.lost import model
from entente.rooms.papers.lost.blanks import CIRCUMSTANCES, said_of
from entente.rooms.papers.lost.issuers import must_issue, says_of_its_own
from entente.rooms.papers.lost.vocabulary import KINDS, kind_of, sort_of, status_of
from entente.rooms.records import Correction, Draft, contribute, correct, mine
from entente.rooms.records import withdraw as withdraw_record
from entente.web.language import N_

A_PAGE = 200
MOST_LOOKED_AT = 4_000
NUMBER = N_("Write four to forty letters and digits.")


def report(desk: Desk, form: model.Report) -> Thing:
    """Say that a document of one's own country is lost or stolen. Raises Faulty with every fault."""
    faults: list[Fault] = []
    country, said = "", dict[str, str]()
    number = national(form.number)
    try:
        country = must_issue(desk, form.issuer)
    except Faulty as problem:
        faults += problem.faults
    try:
        said = said_of(form, desk.today)
    except Faulty as problem:
        faults += problem.faults
    if not number or not any(c.isdigit() for c in number):
        faults.append(Fault("number", N_("It is no number of a document"), NUMBER))
    elif country and _said_before(desk, country, form.type, number):
        what = N_("Your bureau has said something of this number already")
        faults.append(Fault("number", what, N_("Change what is said there.")))
    if faults:
        raise Faulty(faults=tuple(faults))
    raw = {
        "number": number,
        "country": country,
        "type": form.type,
        "surname": form.surname,
        "givenName": form.given,
        "birthDate": form.birth,
        **said,
    }
    try:
        draft = Draft(
            kind=kind_of(form.type),
            properties={k: v for k, v in raw.items() if v},
            handling=form.handling,
            ref=form.ref,
            expires=form.expires,
        )
        return contribute(desk, draft)
    except Faulty as problem:
        raise Faulty(faults=tuple(_named(f) for f in problem.faults)) from None


def national(text: str) -> str:
    """A number as it is kept: without the fillers and the check digit of a zone that it was copied from."""
    found = forms(text)
    from_zone = [f.number for f in found if f.how in ("without-check-digit", "wrong-check-digit")]
    return from_zone[0] if "<" in text and from_zone else code(text) if found else ""


def change(desk: Desk, id: str, form: model.Change) -> Thing:
    """What became of it by now. Raises Absent, NotYours, OutOfDate, Faulty."""
    thing = mine(desk, id, form.version)
    if thing.kind not in KINDS:
        raise Absent()
    must_issue(desk, thing.first("country"))
    said = {k: v for k, v in said_of(form, desk.today).items() if v}
    raw: dict[str, Any] = {k: list(v) for k, v in thing.body.items() if k not in CIRCUMSTANCES}
    return correct(desk, id, Correction(version=form.version, properties={**raw, **said}))


def withdraw(desk: Desk, id: str) -> None:
    """Take it back: out of every answer at once. Raises Absent, NotYours."""
    if mine(desk, id).kind not in KINDS:
        raise Absent()
    withdraw_record(desk, id)


def listed(desk: Desk, after: str = "", limit: int = 50) -> Sequence[Thing]:
    """What one's own bureau says to be lost or stolen, newest change first."""
    place = opened(desk, after).place if after else 0
    desk.note("see", what="lost documents")
    found: list[Thing] = []
    for _ in range(MOST_LOOKED_AT // A_PAGE):
        page = desk.table(KINDS, after=place, limit=A_PAGE)
        found += [t for _, t in page if is_said(desk, t)]
        if len(found) >= limit or len(page) < A_PAGE:
            break
        place = page[-1][0]
    return found[:limit]


def one(desk: Desk, id: str) -> Thing:
    """One document that is said to be lost or stolen. Raises Absent for any other thing."""
    thing = opened(desk, id)
    desk.note("see", object=id)
    return thing


def opened(desk: Desk, id: str) -> Thing:
    thing = desk.look(id)
    if not is_said(desk, thing):
        raise Absent()
    return thing


def is_said(desk: Desk, thing: Thing) -> bool:
    """Whether a thing is a document of which its own issuer says what became of it."""
    return (
        thing.kind in KINDS and bool(status_of(thing.first("stolenStatus"))) and says_of_its_own(desk, thing)
    )


def _said_before(desk: Desk, country: str, sort: str, number: str) -> bool:
    """Whether the bureau said something of this document, seen by this officer or not: it is its own."""
    for _, thing in desk.as_house().inspect_all([f"doc:{number}"]):
        mine = thing.handling.owner == desk.asker.bureau and thing.handling.status is not Status.DELETED
        same = thing.kind in KINDS and country in thing.body.get("country", ())
        if mine and same and sort_of(thing.first("type")) == sort and thing.first("stolenStatus"):
            return True
    return False


_FIELDS = {"surname": "surname", "givenName": "given", "birthDate": "birth"}


def _named(fault: Fault) -> Fault:
    """A fault of a record's property at the field of the form that it came from."""
    parts = fault.where.split("/")
    if parts[0] != "properties" or len(parts) < 2:
        return fault
    return Fault(_FIELDS.get(parts[1], parts[1]), fault.what, fault.do)
