"""How a notice moves on: checked by a second officer, judged by the neutral review, suspended, ended.

RPD, articles 73 to 103 and 128 (suspend at once, examine after). Who may do what is in eyes.py; what
follows for handlings and lists, in states.py.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from entente.core.problems import Fault, Faulty, NotAllowed
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import About, alert, directory
from entente.rooms.notices import eyes, service, states, subject, telling
from entente.rooms.notices.flags import Flag, flags_of
from entente.rooms.notices.labels import FLAGS
from entente.rooms.notices.model import Check, Reason, Renewal, ReviewForm
from entente.rooms.notices.places import labels_of
from entente.rooms.notices.requirements import called, missing
from entente.web.language import N_

SHORTEST_ANSWER = 10
"""Characters of a reason: a full stop is none."""
Changes = Mapping[str, tuple[str, ...]]
NO_RENEWAL: Changes = {"pending": (), "pendingUntil": (), "renewer": ()}


def submit(desk: Desk, id: str, version: int) -> Thing:
    """Ask a second officer to check it. Raises Faulty with everything that its colour still needs."""
    notice = service.own(desk, id, version)
    to = states.moved(notice, "submit")
    _must_be_whole(desk, notice)
    kept = _move(desk, notice, to, "submitted", "drafter")
    _waits(desk, kept, notice.handling.owner)
    return kept


def check(desk: Desk, id: str, given: Check) -> Thing:
    """A second officer approves exactly what stands there, or sends it back with reasons."""
    notice = service.own(desk, id, given.version)
    eyes.must_be_second(desk, notice)
    to = states.moved(notice, "approve" if given.approve else "disapprove")
    if not given.approve:
        return _back(desk, notice, "not-approved", "second", _reason(given.why))
    _must_be_whole(desk, notice)
    changes = {
        "checker": (desk.asker.officer,),
        "checked": (_digest(desk, notice),),
        "checkedAt": (desk.now.isoformat(timespec="microseconds"),),
    }
    kept = _move(desk, notice, to, "approved", "second", given.why, changes)
    desk.note("approve", object=id, what="notice")
    return kept


def send(desk: Desk, id: str, version: int) -> Thing:
    """Send what was checked to the neutral review. Raises Faulty where the approval no longer holds."""
    notice = service.own(desk, id, version)
    to = states.moved(notice, "send")
    _must_hold(desk, notice, fresh=True)
    kept = _move(desk, notice, to, "sent", "owner")
    for bureau in directory(desk).values():
        if bureau.secretariat:
            _waits(desk, kept, bureau.number)
    return kept


def review(desk: Desk, id: str, given: ReviewForm) -> Thing:
    """The neutral review of a notice or of its renewal: publish, send back, or refuse."""
    notice = service.look(desk, id)
    eyes.must_be_neutral(desk, notice)
    service.must_be_newest(notice, given.version)
    to = states.moved(notice, given.decision)
    desk.note("review", object=id, outcome=given.decision)
    if given.decision == "return":
        return _back(desk, notice, "returned", "reviewer", _reason(given.why))
    if given.decision == "refuse":
        why = _reason(given.why)
        if notice.first("pending"):
            return _back(desk, notice, "refused", "reviewer", why)
        kept = _move(desk, notice, to, "refused", "reviewer", why)
        telling.outcome(desk, kept)
        return kept
    _must_hold(desk, notice)
    _must_be_whole(desk, notice)
    answers = _answered(desk, notice, given.answers)
    if notice.first("pending"):
        return _renewed(desk, notice, given.why, answers)
    return _publish(desk, notice, to, given.why, answers)


def suspend(desk: Desk, id: str, given: Reason) -> Thing:
    """Take it from its readers at once: its owner, or a reviewer in doubt (RPD, articles 51 and 129)."""
    notice = service.look(desk, id)
    part = _part(desk, notice)
    service.must_be_newest(notice, given.version)
    to = states.moved(notice, "suspend")
    return _over(desk, notice, to, "suspended", part, given.why)


def resume(desk: Desk, id: str, given: Reason) -> Thing:
    """The neutral review lets a suspended notice out again, as it was checked and reviewed."""
    notice = service.look(desk, id)
    eyes.must_be_neutral(desk, notice)
    service.must_be_newest(notice, given.version)
    to = states.moved(notice, "resume")
    if _digest(desk, notice) != notice.first("approved"):
        what = "What stands there is not what was published"
        raise Faulty(faults=(Fault("approved", what, "Its owner edits it, and it goes the whole way."),))
    _must_be_whole(desk, notice)
    desk.note("review", object=id, outcome="resume")
    kept = _move(desk, notice, to, "resumed", "reviewer", given.why)
    telling.changed(desk, kept)
    return kept


def cancel(desk: Desk, id: str, given: Reason) -> Thing:
    """Its owner ends it for good."""
    notice = service.own(desk, id, given.version)
    to = states.moved(notice, "cancel")
    return _over(desk, notice, to, "cancelled", "owner", given.why)


def renew(desk: Desk, id: str, given: Renewal) -> Thing:
    """Its owner asks to keep it longer: it stays out, and is checked and reviewed anew."""
    notice = service.own(desk, id, given.version)
    pending = states.moved(notice, "renew")
    if notice.first("pending"):
        raise Faulty(faults=(Fault("state", "A renewal is under way already", "Wait for its review."),))
    until = states.last_day(desk, given.until)
    if until.isoformat() <= notice.first("until"):
        what = f"It is valid until {notice.first('until')} already"
        raise Faulty(faults=(Fault("until", what, "Choose a later day."),))
    body = {**_unapproved(notice), "pending": (pending,), "pendingUntil": (until.isoformat(),)}
    body |= {"renewer": (desk.asker.officer,)}
    kept = _kept(desk, notice, body, "renewal", "drafter", given.why)
    _waits(desk, kept, notice.handling.owner)
    return kept


def expire(desk: Desk, notice: Thing) -> Thing:
    """Its last day has come: the house ends it."""
    to = states.moved(notice, "expire")
    return _over(desk, notice, to, "expired", "house", "")


def flags(desk: Desk, notice: Thing) -> list[Flag]:
    """What a reviewer must answer."""
    return flags_of(notice.body, service.current(desk, notice)[1], desk.today)


def approval_ends(notice: Thing) -> datetime | None:
    """Until when the second officer's approval is fresh enough to send it; None without one."""
    said = notice.first("checkedAt")
    return datetime.fromisoformat(said) + states.CHECK_LASTS if said else None


# --- what each of them needs ---------------------------------------------------------------------


def _part(desk: Desk, notice: Thing) -> str:
    """As what the asker may stop a notice. Raises NotAllowed."""
    if notice.handling.owner == desk.asker.bureau:
        return "owner"
    if eyes.is_reviewer(desk):
        return "reviewer"
    raise NotAllowed("A notice is suspended by its owner or by a reviewer of the secretariat.")


def _must_be_whole(desk: Desk, notice: Thing) -> None:
    record = subject.standing(desk, notice.body)
    kind, body = (record.kind, record.body) if record else ("", subject.NO_RECORD)
    faults = missing(notice.body, kind, body, labels_of(desk.house.model[kind] if kind else None))
    if record and not notice.first("made") and notice.first("state") != "published":
        try:
            subject.must_be_lent(desk, notice, record)
        except Faulty as problem:
            faults += problem.faults
    if faults:
        raise Faulty(faults=tuple(faults))


def _must_hold(desk: Desk, notice: Thing, fresh: bool = False) -> None:
    """Raise Faulty unless exactly what stands there was approved, and, for sending, within a day."""
    faults = []
    if _digest(desk, notice) != notice.first("checked"):
        what = "What stands there is not what the second officer approved"
        faults.append(Fault("checked", what, "Let it be checked again."))
    ends = approval_ends(notice)
    if fresh and (ends is None or desk.now > ends):
        hours = states.CHECK_LASTS // timedelta(hours=1)
        what = f"The second officer's approval is older than {hours} hours"
        faults.append(Fault("checked", what, "Let it be checked again."))
    if faults:
        raise Faulty(faults=tuple(faults))


def _digest(desk: Desk, notice: Thing) -> str:
    return states.digest(notice.body, *service.current(desk, notice))


def _answered(desk: Desk, notice: Thing, answers: Mapping[str, str]) -> tuple[str, ...]:
    """Each flag with the reviewer's reason. Raises Faulty naming every flag without one."""
    raised = flags(desk, notice)
    kind = service.current(desk, notice)[0]
    names = labels_of(desk.house.model[kind] if kind else None)
    do = N_("Say why it does not stand in the way.")
    faults = [
        Fault(f"answers/{f.id}", f"A flag is not answered: {FLAGS[f.what]} ({called(f.where, names)})", do)
        for f in raised
        if len(answers.get(f.id, "").strip()) < SHORTEST_ANSWER
    ]
    known = {f.id for f in raised}
    faults += [
        Fault(f"answers/{id[:100]}", N_("There is no such flag"), N_("Leave it out."))
        for id in answers
        if id not in known
    ]
    if faults:
        raise Faulty(faults=tuple(faults))
    return tuple(f"{f.id}\t{answers[f.id].strip()[:2000]}" for f in raised)


def _reason(why: str) -> str:
    if len(why.strip()) < SHORTEST_ANSWER:
        raise Faulty(faults=(Fault("why", "Say why", "A sentence is good."),))
    return why.strip()


# --- what follows --------------------------------------------------------------------------------


def _publish(desk: Desk, notice: Thing, to: str, why: str, answers: tuple[str, ...]) -> Thing:
    record = subject.standing(desk, notice.body)
    changes: dict[str, tuple[str, ...]] = {"answers": answers, "approved": notice.body["checked"]}
    if record:
        changes["seen"] = (states.digest_of_record(record.kind, record.body),)
        changes["was"] = subject.before(notice.body, record)
    kept = _move(desk, notice, to, "published", "reviewer", why, changes)
    telling.published(desk, kept)
    telling.outcome(desk, kept)
    desk.tx.jobs.add("screen-notice", {"notice": kept.id, "version": kept.version})
    return kept


def _renewed(desk: Desk, notice: Thing, why: str, answers: tuple[str, ...]) -> Thing:
    body = {**notice.body, "answers": answers, "until": notice.body["pendingUntil"]}
    body["approved"] = notice.body["checked"]
    kind, record = service.current(desk, notice)
    if kind:
        body["seen"] = (states.digest_of_record(kind, record),)
    body |= NO_RENEWAL
    kept = _kept(desk, notice, body, "renewed", "reviewer", why)
    telling.outcome(desk, kept)
    return kept


def _over(desk: Desk, notice: Thing, to: str, did: str, part: str, why: str) -> Thing:
    """Away from its readers; each one who was told, or has read it, hears of it."""
    body = {**notice.body, **NO_RENEWAL, "state": (to,)}
    kept = _kept(desk, notice, body, did, part, why)
    telling.changed(desk, kept)
    return kept


def _back(desk: Desk, notice: Thing, did: str, part: str, why: str) -> Thing:
    """To the drafter, with reasons; of a renewal, nothing is left but what was out before."""
    body = _unapproved(notice)
    if notice.first("pending"):
        body |= NO_RENEWAL
    else:
        body |= {"state": ("draft",)}
    kept = _kept(desk, notice, body, did, part, why)
    telling.outcome(desk, kept)
    return kept


def _unapproved(notice: Thing) -> dict[str, tuple[str, ...]]:
    gone = ("checked", "checkedAt")
    return {name: values for name, values in notice.body.items() if name not in gone}


def _move(
    desk: Desk,
    notice: Thing,
    to: str,
    did: str,
    part: str,
    why: str = "",
    changes: Changes | None = None,
) -> Thing:
    """One step further, of the renewal if one is under way."""
    moving = "pending" if notice.first("pending") else "state"
    return _kept(desk, notice, {**notice.body, **(changes or {}), moving: (to,)}, did, part, why)


def _kept(
    desk: Desk, notice: Thing, body: Mapping[str, tuple[str, ...]], did: str, part: str, why: str
) -> Thing:
    if notice.first("state") in states.PUT_OUT:
        body = {**body, "was": subject.kept_apart(desk, notice)}
    kept = states.keep(desk, notice, states.with_step(desk, body, did, part, why.strip()))
    subject.follow(desk, notice.first("state"), kept)
    desk.note("publish", object=notice.id, outcome=did)
    return kept


def _waits(desk: Desk, notice: Thing, bureau: int) -> None:
    """Tell a bureau that a notice waits for it."""
    once = f"{notice.id} {notice.version}"
    about = About("notice-waits", notice.id, other=notice.handling.owner)
    alert(desk, bureau, about, like=notice.handling, once=once)
