"""What a side learns of its cases, and what it answers. Nothing shows before the desk has released it; what
the other side answered shows when both have, and then of both at once."""

from collections.abc import Mapping, Sequence

from entente.core.problems import Absent, Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import About, alert
from entente.rooms.trends.referrals import model as m
from entente.rooms.trends.referrals import offers, referral, reviewing, service
from entente.rooms.trends.referrals.matching import WAITS
from entente.rooms.trends.referrals.referral import Referral, referral_of


def released(desk: Desk, things: Sequence[Thing]) -> Mapping[str, list[Referral]]:
    """The released cases of one's own bureau's reports or offers, by their ids, by the case's number."""
    found = referral.of_sources(desk, [t.id for t in things])
    told: dict[str, list[Referral]] = {t.id: [] for t in things}
    for one in sorted(found, key=lambda r: r.case):
        for source in one.sources if one.released and one.state in referral.SHOWN else ():
            if source in told and desk.asker.bureau in one.sides:
                told[source].append(one)
    return told


def side_of(desk: Desk, id: str) -> Thing:
    """One's own bureau's report or offer. Raises Absent."""
    thing = desk.look(id)
    if thing.kind == offers.KIND:
        return offers.mine(desk, id)
    return service.mine(desk, id)


def answer(desk: Desk, id: str, form: m.Answer) -> Thing:
    """Say whether one's side wants to be introduced. Two that agree are; one that does not ends it.

    Raises Absent for a case that was not released for this report; Faulty where it is not asked.
    """
    thing = side_of(desk, id)
    one = next((r for r in released(desk, [thing])[id] if r.case == form.case), None)
    if one is None:
        raise Absent()
    if one.state != "consent-asked" or one.answers.get(desk.asker.bureau):
        what = "Nothing is asked of your side now"
        raise Faulty(faults=(Fault("answer", what, "Ask the desk of the case."),))
    answers = {**one.answers, desk.asker.bureau: form.answer}
    done = referral.with_event(desk, one, form.answer, answers=answers)
    desk.note("refer", object=id, what="answered", answer=form.answer)
    if len(answers) == len(one.sides):
        agreed = set(answers.values()) == {"yes"}
        done = referral.with_event(
            desk.as_house(),
            done,
            "introduce" if agreed else "decline",
            state="introduced" if agreed else "declined",
        )
    kept = referral_of(referral.change(desk, done))
    if kept.state != one.state:
        reviewing.tell(desk, kept)
        centre = kept.thing.handling if kept.thing else thing.handling
        about = About(WAITS, object=kept.id, token=kept.case)
        alert(desk, centre.owner, about, like=centre, once=f"{kept.id} answered")
    return thing
