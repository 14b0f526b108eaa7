"""The secretariat's desk: what waits, what two sides told, and what of it is released to them."""

from collections.abc import Mapping

from entente.core.problems import Absent, Fault, Faulty, NotAllowed, OutOfDate
from entente.desk import Desk
from entente.rooms.bureaus import About, alert, directory, in_person, settle
from entente.rooms.trends.referrals import model as m
from entente.rooms.trends.referrals import referral
from entente.rooms.trends.referrals.matching import WAITS
from entente.rooms.trends.referrals.referral import Referral, referral_of
from entente.rooms.trends.referrals.sources import Source, sources
from entente.web.language import N_

TOLD = "referral"
NEXT: Mapping[str, Mapping[str, str]] = {
    "matched": {"take": "desk-review", "propose": "release-waits", "decline": "declined"},
    "desk-review": {"propose": "release-waits", "decline": "declined"},
    "release-waits": {"release": "notified", "return": "desk-review", "decline": "declined"},
    "notified": {"ask": "consent-asked", "decline": "declined"},
    "consent-asked": {"decline": "declined"},
}
"""What the desk may do in a state, and the state that follows."""
SECOND = N_("Whoever proposed to tell both sides does not release it: a second person of the desk does.")
DESK_ALONE = "The desk of referrals is the secretariat's."


def is_desk(desk: Desk) -> bool:
    """Whether who sits here is of the secretariat."""
    return directory(desk)[desk.asker.bureau].secretariat


def listed(desk: Desk, waiting: bool = True) -> list[Referral]:
    """The cases that wait for the desk, or the others; newest first. Raises NotAllowed."""
    _must_be_desk(desk)
    desk.note("see", what="referrals")
    key = f"referrals:{'open' if waiting else 'other'}"
    return [referral_of(t) for _, t in desk.table([referral.KIND], key=key, limit=200)]


def opened(desk: Desk, id: str) -> Referral:
    """Open a case. Raises Absent for everybody else, as for what is not there."""
    thing = desk.look(id)
    if thing.kind != referral.KIND or not is_desk(desk):
        raise Absent()
    desk.note("see", object=id, what="referral")
    return referral_of(thing)


def told_by(desk: Desk, one: Referral) -> dict[int, list[Source]]:
    """What each side told that stands and still holds something of what they share, by bureau.

    The house reads the reports for the desk: they are their companies' own papers.
    """
    found = sources(desk.as_house(), one.sources)
    return {
        side: [s for s in found if s.bureau == side and not s.tokens.keys().isdisjoint(one.tokens)]
        for side in one.sides
    }


def step(desk: Desk, id: str, form: m.StepForm) -> Referral:
    """Do a step. Raises Absent, OutOfDate; Faulty for one that the state does not allow, for a case closed
    without a reason, and for one of which a side has taken back what it told."""
    standing = opened(desk, id)
    assert standing.thing is not None
    if form.version != standing.thing.version:
        raise OutOfDate(f"It is at version {standing.thing.version}.")
    state = NEXT.get(standing.state, {}).get(form.step)
    if state is None:
        raise Faulty(faults=(Fault("step", "This cannot be done now", "Open it again and look."),))
    if form.step == "decline" and not form.why:
        raise Faulty(faults=(Fault("why", "This is missing", "Say why the case is closed."),))
    if form.step == "release" and not may_release(desk, standing):
        raise Faulty(faults=(Fault("step", SECOND, "Ask another officer of the desk."),))
    if form.step in ("propose", "release", "ask") and not all(told_by(desk, standing).values()):
        what = "A side has taken back what it told, or it has expired"
        raise Faulty(faults=(Fault("step", what, "Close the case."),))
    released = desk.now.isoformat(timespec="seconds") if form.step == "release" else standing.released
    done = referral.with_event(desk, standing, form.step, form.why, state, released=released)
    kept = referral_of(referral.change(desk, done))
    desk.note("refer", object=id, what=form.step, state=state)
    settle(desk, WAITS, id)
    if state == "release-waits" and kept.thing:
        about, once = About(WAITS, object=id, token=kept.case), f"{id} {kept.thing.version}"
        alert(desk, kept.thing.handling.owner, about, like=kept.thing.handling, once=once)
    if kept.released:
        tell(desk, kept)
    return kept


def may_release(desk: Desk, one: Referral) -> bool:
    """Whether who sits here may tell both sides: a person, and not the one who proposed it."""
    proposed = [event.get("officer", "") for event in one.events if event["did"] == "propose"]
    return in_person(desk) and bool(proposed) and proposed[-1] != desk.asker.officer


def tell(desk: Desk, one: Referral) -> None:
    """Both sides, of each report and offer that was released: that its case has moved, and no more."""
    centre = one.thing.handling.owner if one.thing else 0
    for side, told in told_by(desk, one).items():
        for source in told[:1]:
            about = About(TOLD, object=source.thing.id, token=one.case, other=centre)
            alert(desk, side, about, like=source.thing.handling, once=f"{one.id} {one.state}")


def _must_be_desk(desk: Desk) -> None:
    if not is_desk(desk):
        raise NotAllowed(DESK_ALONE)
