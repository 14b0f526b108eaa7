"""Cases opened and kept: one sitting, one version; label, keys and what must be told follow from it."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from threading import Lock
from typing import Any

import structlog

from entente.core.access import Handling, Level, Purpose, Status, meet
from entente.core.problems import Absent, Fault, Faulty, NotYours, OutOfDate
from entente.core.things import Thing
from entente.desk import Desk
from entente.desk.work import told
from entente.rooms.bureaus import About, alert, by_code, directory, news, own
from entente.rooms.reports.cases import history
from entente.rooms.reports.cases import model as m
from entente.rooms.reports.cases.case import KIND, Case, body_of, case_of
from entente.rooms.reports.cases.history import Event
from entente.rooms.reports.cases.proving import Judged, judged
from entente.web.language import N_

log = structlog.get_logger()
DEADLINES = "case-deadlines:"
WALKED = "case sources walked"
"""Up to which change the sources of cases were looked at (ticking.Sources)."""
MOST_EVENTS = 480
"""More are shortened (history.shortened): a file of events that is full keeps nobody from writing."""
MOST_TOLD = 200
A_PAGE = 200
MOST_CASES = 5_000
"""Cases that are read for one question across them; more are not told of (the answer says so)."""
WITHDRAWN = N_("It is withdrawn: nothing is written into it")
OPEN_IT = N_("Open it again first.")


# --- opening -------------------------------------------------------------------------------------------


def look(desk: Desk, id: str) -> Case:
    """A case that the asker may see. Raises Absent, the same for what is not there."""
    thing = desk.look(id)
    if thing.kind != KIND:
        raise Absent()
    return case_of(thing)


def mine(desk: Desk, id: str, version: int | None = None) -> Case:
    """A case of one's own bureau, in the version that was seen. Raises Absent, NotYours, OutOfDate."""
    found = look(desk, id)
    if found.owner != desk.asker.bureau:
        raise NotYours("Only the bureau whose case it is does this.")
    must_be_newest(found, version)
    return found


def must_be_newest(found: Case, version: int | None) -> None:
    if version is not None and version != found.thing.version:
        raise OutOfDate(f"It is at version {found.thing.version}.")


def every(desk: Desk) -> list[Case]:
    """All cases in the view, newest change first. One that cannot be read is logged and left out: it takes no
    list down with it."""
    return [case for thing in things(desk) if (case := readable(thing))]


def readable(thing: Thing) -> Case | None:
    """The case of a thing, or None, with a line in the log, where what is kept cannot be read."""
    try:
        return case_of(thing)
    except (ValueError, KeyError, TypeError) as error:
        log.error("a case study cannot be read", case=thing.id, **told(error))
        return None


def things(desk: Desk) -> list[Thing]:
    """The same as they are kept, for a question that needs little of each."""
    found: list[Thing] = []
    after = 0
    while len(found) < MOST_CASES:
        rows = desk.table([KIND], after=after, limit=A_PAGE)
        found += [thing for _, thing in rows]
        if len(rows) < A_PAGE:
            break
        after = rows[-1][0]
    return found


_JUDGED: OrderedDict[bytes, Judged] = OrderedDict()
_TURN = Lock()
MOST_JUDGED = 2_000
"""Judgments that are remembered; they hold numbers and codes, and no name."""


def judge(desk: Desk, case: Case) -> Judged:
    """How far each claim is proven today, the checklist, and whether the case is admitted.

    Computed from what is written; remembered by the digest of all that it follows from, for the lists ask it
    of every case again and again.
    """
    known = bureaus(desk)
    digest = sha256(f"{case.owner} {desk.today} {sorted(known.items())}".encode())
    for name in ("party", "claim", "evidence", "proceeding", "check", "objection", "event", "gone"):
        digest.update("\0".join((name, *case.thing.body.get(name, ()))).encode())
    key = digest.digest()
    with _TURN:
        if key in _JUDGED:
            _JUDGED.move_to_end(key)
            return _JUDGED[key]
    found = judged(case, desk.today, known)
    with _TURN:
        _JUDGED[key] = found
        while len(_JUDGED) > MOST_JUDGED:
            _JUDGED.popitem(last=False)
    return found


def bureaus(desk: Desk) -> Mapping[int, tuple[str, str]]:
    """Number of a bureau to its code and sort: what the rule on reviewers needs."""
    return {n: (one.code, one.sort) for n, one in directory(desk).items()}


# --- keeping -------------------------------------------------------------------------------------------


def event_of(desk: Desk, did: str, why: str = "", /, **facts: Any) -> Event:
    """An event of now, by who sits here; facts that say nothing are left out."""
    return Event(
        at=desk.now.isoformat(timespec="microseconds"),
        did=did,
        bureau=desk.noter.bureau,
        officer=desk.noter.officer,
        why=why,
        facts={name: value for name, value in facts.items() if value not in ("", None, [])},
    )


def edited(desk: Desk, case: Case, part: str, keeps: str = "", **changes: Any) -> Case:
    """Keep a case of one's own with other content. An acceptance falls by it, unless it `keeps`.

    `keeps`: "yes" for what can only lower a proof, "uncleared" where the clearance alone falls. Raises Faulty
    where the case is withdrawn.
    """
    if case.state == "withdrawn":
        raise Faulty(faults=(Fault("state", WITHDRAWN, OPEN_IT),))
    event = event_of(desk, "edited", parts=[part], keeps=keeps)
    kept = keep(desk, case, replace(case, **changes), event)
    desk.note("case", object=case.id, outcome="edited", part=part, version=kept.thing.version)
    return kept


def keep(desk: Desk, before: Case, case: Case, event: Event | None = None, **raw: tuple[str, ...]) -> Case:
    """Keep the next version of a case, for a service that has decided that its caller may.

    A proof that falls is told to the owner and to those who reviewed it, in this same sitting. What is kept
    is read again before the sitting ends: nothing stays that cannot be.
    """
    case = with_event(case, event) if event else case
    after = _settled(desk, case, {**case.thing.body, **body_of(case), **raw})
    fell = _fallen(desk, before, after)
    if fell:
        said = event_of(desk, "fell", claims=sorted(fell.claims), admitted="no" if fell.unadmitted else "")
        after = _settled(desk, with_event(after, replace(said, officer="")), {**after.thing.body, **raw})
    kept = desk.as_house().change(
        before.thing, body=after.thing.body, handling=after.thing.handling, keys=keys_of(after)
    )
    case = case_of(kept)
    if fell:
        _tell_fall(desk, case)
    return case


def keep_new(desk: Desk, form: m.CaseForm) -> Case:
    """Keep a new case of one's own bureau."""
    id = desk.house.ids.fresh()
    code = directory(desk)[desk.asker.bureau].code
    thing = Thing(id, KIND, own(desk.asker.bureau), {}, created=desk.now, changed=desk.now)
    empty: dict[Any, Any] = {}
    event = replace(event_of(desk, "proposed"), number=1)
    case = Case(thing, form, empty, empty, empty, empty, empty, empty, (event,), history.fold([event]))
    body = {**body_of(case), "reference": (f"{code}-CASE-{desk.now.year}-{id[:8].upper()}",)}
    after = _settled(desk, case, body)
    if not desk.recall(WALKED):
        desk.remember(WALKED, str(desk.as_house().newest()))  # what changed before no case rests on
    kept = desk.keep(KIND, after.thing.body, after.thing.handling, id=id, keys=keys_of(after))
    return case_of(kept)


def with_event(case: Case, event: Event) -> Case:
    """The case with one more event. Never refused: a proof falls, and a case is withdrawn, at any length."""
    events = history.shortened(history.joined(case.events, event), MOST_EVENTS)
    return replace(case, events=events, standing=history.fold(events))


def _settled(desk: Desk, case: Case, raw: Mapping[str, tuple[str, ...]]) -> Case:
    """The case as it will be kept: a clean body, its sources, and the label that follows."""
    said = {**raw, **body_of(case), "sources": case.links()}
    clean = desk.clean(desk.house.model[KIND], {n: v for n, v in said.items() if v}, case.owner)
    settled = replace(case, thing=replace(case.thing, body=clean))
    label, gone = label_of(desk, settled)
    body = {n: v for n, v in clean.items() if n != "gone"} | ({"gone": gone} if gone else {})
    return replace(settled, thing=replace(case.thing, body=body, handling=label))


def keys_of(case: Case) -> tuple[str, ...]:
    """By which lists, questions and clocks it is found."""
    keys = [f"cases:{case.owner}", *(f"case-source:{one}" for one in case.links())]
    keys += [f"blob:{digest}" for digest in case.thing.body.get("blobs", ())]
    if case.state == "in_review" and case.reviewers:
        keys.append(f"cases-to-review:{case.reviewers[-1]}")
    coming = [deadline for _, deadline in waiting(case)]
    return (*keys, *([f"{DEADLINES}{min(coming)}T23:59:59:{case.id}"] if coming else ()))


def waiting(case: Case) -> list[tuple[int, str]]:
    """(proceeding, day) of appeals that can be filed still, whose end nobody was told of yet."""
    told = case.thing.body.get("told", ())
    return [
        (n, one.form.appeal_deadline)
        for n, one in case.proceedings.items()
        if one.form.appeal_deadline
        and not one.form.appeal_filed
        and not one.final_on
        and f"{n} {one.form.appeal_deadline}" not in told
    ]


# --- who may see it ------------------------------------------------------------------------------------


def label_of(desk: Desk, case: Case, theirs: bool = True) -> tuple[Handling, tuple[str, ...]]:
    """(its label: what its owner says, met with its sources; sources that are gone).

    Where a source is gone, or is not for the owner any more, nobody else sees the case until it is mended.
    It keeps the level and the compartments that it had.
    Without `theirs`, as if the case rested on the owner's own things alone: all that the owner may be told of
    who reads what.
    """
    known = by_code(desk)
    readers = {known[code].number for code in case.form.see if code in known} | set(case.reviewers)
    see = sum(1 << n for n in readers if n != case.owner)
    base = own(case.owner, Level[case.form.level.upper()], see=see)
    found = desk.as_house().inspect_many(case.links())
    living = {id: t for id, t in found.items() if _lives(desk, case, t)}
    gone = tuple(id for id in case.links() if id not in living)
    labels = [t.handling for t in living.values() if theirs or t.handling.owner == case.owner]
    label = replace(meet(base, *labels), watch=False)
    if not gone:
        return label, ()
    was = case.thing.handling  # what was written of a source that is gone is as secret as it was
    level, need = max(label.level, was.level), label.need | was.need
    return replace(label, level=level, need=need, status=Status.SUSPENDED), gone


def _lives(desk: Desk, case: Case, source: Thing) -> bool:
    handling = source.handling
    mine = handling.owner == case.owner
    live = handling.status is Status.LIVE or (mine and handling.status is Status.DRAFT)
    return live and source.expires > desk.today and (mine or bool(handling.see >> case.owner & 1))


def reaches(label: Handling, bureau: int) -> bool:
    """Whether a bureau reads a case so labelled, for analysis."""
    return (
        label.status is Status.LIVE
        and bool(label.see >> bureau & 1)
        and not label.need
        and bool(label.purposes & Purpose.ANALYSIS)
    )


# --- a proof that falls ----------------------------------------------------------------------------------


class _Fall:
    def __init__(self, claims: Sequence[int], unadmitted: bool) -> None:
        self.claims, self.unadmitted = claims, unadmitted

    def __bool__(self) -> bool:
        return bool(self.claims) or self.unadmitted


def _fallen(desk: Desk, before: Case, after: Case) -> _Fall:
    """Claims that were proven and are not any more, and whether the case ceased to be admitted."""
    if before.thing.version < 1 or not before.events:
        return _Fall((), False)
    was, now = judge(desk, before), judge(desk, after)
    claims = [
        n for n, level in was.levels.items() if level.proven and n in now.levels and not now.levels[n].proven
    ]
    return _Fall(claims, was.admission.admitted and not now.admission.admitted)


def _tell_fall(desk: Desk, case: Case) -> None:
    for bureau in dict.fromkeys((case.owner, *case.reviewers)):
        about = About("case-changed", object=case.id, other=case.owner, text="proof")
        alert(desk, bureau, about, like=case.thing.handling, once=f"{case.id} {case.thing.version}")
        news(desk, bureau, "case-changed", case.id)
