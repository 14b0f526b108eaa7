"""Enrolling: a person's set or a mark is kept with its templates and pictures, changed, solved, withdrawn."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from entente.core.problems import Absent, Fault, Faulty, NotYours
from entente.core.things import Body, Thing
from entente.desk import Desk, House
from entente.desk.retention import about
from entente.match import prints
from entente.rooms.biometrics import comparisons
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.samples import SET, Read, body_of, told
from entente.rooms.bureaus import settle
from entente.rooms.records import to_handling
from entente.web import pictures
from entente.web.callers import Caller
from entente.web.language import N_

JOB = "biometric-picture"
NO_MARK = N_("A mark is of fingers alone")
NO_PERSON = N_("This is no record of a person of your bureau")


def enrol(caller: Caller, form: m.Enrolment, samples: Sequence[Read]) -> str:
    """Keep a set; its id. `samples` were read from the form's files before. Raises Faulty, NotAllowed."""
    with caller.at_own_desk("contribute", writing=True) as desk:
        checked(desk, form, samples)
        for sample in samples:  # looked after before they are kept: what is cut off is dropped in a day
            if sample.picture:
                pictures.look_after(desk, sha256(sample.picture).hexdigest(), JOB)
        desk.note("contribute", what="biometrics", outcome="begun")
    with caller.at_own_desk("contribute", writing=True) as desk:
        return kept(desk, form, samples).id


def checked(desk: Desk, form: m.Enrolment, samples: Sequence[Read]) -> None:
    """Raise Faulty with every fault of what is said of a set."""
    faults = _not_own(desk, form.person)
    if form.sort == "mark" and any(s.what != "finger" for s in samples):
        faults.append(Fault("files", NO_MARK, N_("Enrol the face as a person's set.")))
    if faults:
        raise Faulty(faults=tuple(faults))


def _not_own(desk: Desk, id: str) -> list[Fault]:
    """The fault of naming anything but a record of a person of one's own bureau."""
    person = desk.look_all([id]).get(id) if id else None
    if not id or (person and person.kind == "Person" and person.handling.owner == desk.asker.bureau):
        return []
    return [Fault("person", NO_PERSON, N_("Choose one of your bureau's records."))]


def kept(desk: Desk, form: m.Enrolment, samples: Sequence[Read]) -> Thing:
    """Keep a set in one's own bureau's name."""
    checked(desk, form, samples)
    digests = [desk.house.blobs.put(s.picture) if s.picture else "" for s in samples]
    body: dict[str, Any] = {
        "sort": form.sort,
        "person": form.person,
        "reference": form.reference,
        "title": form.title,
        "taken": form.taken.isoformat() if form.taken else "",
        "place": form.place,
        "capture": form.capture,
        "text": form.text,
        "officer": desk.asker.officer,
        "extractor": prints.EXTRACTOR if any(s.extracted for s in samples) else "",
        **body_of(samples, form.sort == "mark", digests),
    }
    handling = to_handling(desk, form.handling)
    clean = {name: value for name, value in body.items() if value}
    thing = desk.keep(SET, clean, handling, expires=form.expires, keys=_keys(handling.owner, clean))
    for digest in digests:
        if digest:
            pictures.look_after(desk, digest, JOB)
    desk.note("contribute", object=thing.id, what="biometrics", samples=len(samples))
    return thing


def _keys(owner: int, body: Any) -> tuple[str, ...]:
    return (f"biometrics:{owner}", *(f"blob:{digest}" for digest in body.get("blobs", ())))


def mine(desk: Desk, id: str) -> Thing:
    """A set of one's own bureau. Raises Absent, NotYours."""
    thing = look(desk, id)
    if thing.handling.owner != desk.asker.bureau:
        raise NotYours()
    return thing


def look(desk: Desk, id: str) -> Thing:
    """A set that the asker may see. Raises Absent."""
    thing = desk.look(id)
    if thing.kind != SET:
        raise Absent()
    return thing


def changed(desk: Desk, thing: Thing, body: Body, **changes: Any) -> Thing:
    """Keep a set with another body or handling, under its keys."""
    return desk.change(thing, body=body, keys=_keys(thing.handling.owner, body), **changes)


def rehandle(desk: Desk, id: str, form: m.Rehandling) -> Thing:
    """Say anew who may see a set, whose it is, what it is called.

    Raises Absent, NotYours, Faulty, OutOfDate.
    """
    thing = mine(desk, id)
    said = {"title": form.title, "reference": form.reference, "text": form.text, "person": form.person}
    if faults := _not_own(desk, form.person):
        raise Faulty(faults=tuple(faults))
    body: dict[str, Any] = {k: v for k, v in thing.body.items() if k not in said}
    clean = desk.house.model.clean(SET, body | {k: (v,) for k, v in said.items() if v})
    handling = to_handling(desk, form.handling)
    kept = changed(desk, replace(thing, version=form.version), clean, handling=handling)
    desk.note("correct", object=id, what="biometrics")
    return kept


def solve(desk: Desk, id: str, solved: bool) -> Thing:
    """Take a mark out of the unsolved ones, or put it back. Raises Absent, NotYours."""
    thing = mine(desk, id)
    come, go = ("marks", "solved") if solved else ("solved", "marks")
    if come not in thing.body:  # it is so already, or a person's set
        desk.note("see", object=id, what="biometrics")
        return thing
    body = {**{k: v for k, v in thing.body.items() if k != come}, go: thing.body[come]}
    kept = changed(desk, thing, body)
    desk.note("correct", object=id, what="biometrics", solved=solved)
    return kept


def withdraw(desk: Desk, id: str) -> None:
    """Take a set back: out of everyone's sight at once, then erased. Raises Absent, NotYours."""
    desk.withdraw(mine(desk, id))
    for _, told_of in desk.as_house().inspect_all(about(id)):
        if told_of.kind == comparisons.COMPARISON:  # it goes too: no inbox leads to where nothing is
            for what in comparisons.ALERTS:
                settle(desk, what, told_of.id)
    desk.note("withdraw", object=id, what="biometrics")


def picture(desk: Desk, id: str, number: int) -> bytes:
    """The picture of one sample of a set that the asker may see. Raises Absent."""
    said = told(look(desk, id))
    digest = said[number]["blob"] if 0 <= number < len(said) else ""
    if not digest:
        raise Absent()
    desk.note("see", object=id, what="picture", sample=number)
    try:
        return desk.house.blobs.open(digest)
    except KeyError:
        raise Absent() from None


def look_after(house: House, payload: Any) -> None:
    """Once a day for each picture kept: drop it when nothing names it."""
    pictures.looked_after(house, payload["digest"], JOB)


JOBS = {JOB: look_after}
