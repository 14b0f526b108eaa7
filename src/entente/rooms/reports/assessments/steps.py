"""Steps of a whole assessment: opened for scoring, locked, withdrawn with all that was published of it."""

from dataclasses import replace

from entente.core.problems import Fault, Faulty, NotAllowed
from entente.desk import Desk
from entente.rooms.bureaus import in_person
from entente.rooms.reports.assessments import model as m
from entente.rooms.reports.assessments import publishing
from entente.rooms.reports.assessments.assessment import Assessment
from entente.rooms.reports.assessments.keeping import keep, mine, must_be
from entente.rooms.reports.assessments.scoring import BY_A_KEY, wake
from entente.rooms.reports.cases.checks import refuse, unreadable
from entente.web.language import N_

REASON = 10
"""Letters that a reason has at least."""


def step(desk: Desk, id: str, given: m.StepForm) -> Assessment:
    """Open a draft for scoring, lock what is scored and reviewed, withdraw. Raises Faulty, NotAllowed,
    NotYours, OutOfDate, Absent."""
    it = mine(desk, id, given.version)
    refuse(unreadable({"text": given.text}))
    if given.step == "open":
        must_be(it, "draft")
        refuse(_lacks(it))
        it = keep(desk, replace(it, state="scoring"), "opened", given.text)
    elif given.step == "lock":
        it = _locked(desk, it, given.text)
    else:
        must_be(it, "scoring", "locked")
        if len(given.text.strip()) < REASON:
            raise Faulty(faults=(Fault("text", N_("Say why"), N_("A sentence is good.")),))
        publishing.withdraw_all(desk, it, given.text)
        it = keep(desk, replace(it, state="withdrawn"), "withdrawn", given.text)
    wake(desk, it)
    return it


def _locked(desk: Desk, it: Assessment, text: str) -> Assessment:
    """By a supervisor, in person, when every place is reviewed."""
    must_be(it, "scoring")
    desk.allow("approve")
    if not in_person(desk):
        raise NotAllowed(BY_A_KEY)
    refuse(
        Fault(f"places/{code}", N_("It is not reviewed"), N_("Wait for its review."))
        for code, place in it.places.items()
        if place.state != "reviewed"
    )
    return keep(desk, replace(it, state="locked"), "locked", text)


def _lacks(it: Assessment) -> list[Fault]:
    faults = []
    if not it.indicators:
        faults.append(Fault("indicators", N_("It has no indicators"), N_("Choose a scheme, or write some.")))
    if not it.places:
        faults.append(Fault("places", N_("It has no places"), N_("Add what is to be scored.")))
    return faults
