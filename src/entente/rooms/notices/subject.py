"""The record a notice is about: a record of the drafting bureau whose handling follows the notice's state.

So search, hits and standing queries find it like any other. One that the notice made is withdrawn with
it; one that stood before is widened only if its owner said so, by one notice at a time, and gets its
handling back. A handling that its owner changed meanwhile is his, and stays.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from entente.core.access import POLICE_PURPOSES, Handling, Level, Purpose, Status, decide
from entente.core.access import Decision as Judged
from entente.core.problems import Fault, Faulty
from entente.core.things import Body, Thing
from entente.desk import Desk
from entente.rooms.notices import states
from entente.rooms.records import Draft, HandlingForm, contribute, to_handling

NO_RECORD: Body = {}


def standing(desk: Desk, notice: Body) -> Thing | None:
    """The record as it stands now, whoever asks: for who may see the notice itself. None: none, or gone."""
    named = (notice.get("subject") or ("",))[0]
    thing = desk.as_house().inspect(named) if named else None
    return thing if thing and thing.handling.status is not Status.DELETED else None


def make(desk: Desk, kind: str, properties: Mapping[str, list[str] | str], level: str, until: date) -> Thing:
    """Keep the record of a new notice, for its own bureau alone. Raises Faulty."""
    handling = HandlingForm.model_validate({"level": level, "status": "draft"})
    draft = Draft(
        kind=kind, properties=dict(properties), handling=handling, expires=states.kept_until(desk, until)
    )
    try:
        return contribute(desk, draft)
    except Faulty as problem:
        faults = tuple(Fault(f"subject/{f.where}", f.what, f.do) for f in problem.faults)
        raise Faulty(faults=faults) from None


def mend(desk: Desk, record: Thing, properties: Mapping[str, list[str] | str], until: date) -> Thing:
    """New values for a record that the notice made. Raises Faulty."""
    try:
        body = desk.clean(desk.house.model[record.kind], properties, desk.asker.bureau)
    except Faulty as problem:
        faults = tuple(Fault(f"subject/{f.where}", f.what, f.do) for f in problem.faults)
        raise Faulty(faults=faults) from None
    expires = states.kept_until(desk, until)
    if (body, expires) == (record.body, record.expires):
        return record
    kept = desk.change(record, body=body, expires=expires)
    desk.note("correct", object=record.id, version=kept.version)
    return kept


def must_fit(desk: Desk, form: HandlingForm) -> None:
    """Raise Faulty where the bureau has too many handlings already, a bureau is unknown, or the level high.

    Said to the drafter, so that the reviewer does not meet it.
    """
    to_handling(desk, form)


def follow(desk: Desk, came_from: str, kept: Thing) -> None:
    """Give the record the handling that the notice asks for, which was in the state `came_from`."""
    notice = kept.body
    record = standing(desk, notice)
    if record is None:
        return
    made = notice.get("made")
    wanted = _made(desk, notice, kept.handling.owner) if made else _lent(notice, came_from, record.handling)
    until = states.kept_until(desk, date.fromisoformat(notice["until"][0]))
    expires = until if made else record.expires
    if (wanted, expires) != (record.handling, record.expires):
        desk.as_house().change(record, handling=wanted, expires=expires)


def _made(desk: Desk, notice: Body, owner: int) -> Handling:
    level, state = states.level_of(notice), notice["state"][0]
    if state == "published":
        return Handling(owner=owner, see=states.reach(notice) | states.secretariat(desk), level=level)
    if state == "review":
        return Handling(owner=owner, see=states.secretariat(desk), level=level)
    status = Status.SUSPENDED if state == "suspended" else Status.DRAFT
    return Handling(owner=owner, see=0, level=level, status=status)


def _lent(notice: Body, came_from: str, stands: Handling) -> Handling:
    """Of a record that stood before: widened as the notice comes out, as it was before when it goes."""
    out = notice["state"][0] == "published"
    if not notice.get("was") or out == (came_from == "published"):
        return stands
    before = _read(notice["was"][0])
    return widened(notice, before) if out else before


def kept_apart(desk: Desk, notice: Thing) -> tuple[str, ...]:
    """The handling to give back, as the notice keeps it (`was`): none once the record's owner changed it.

    He has changed it where it is not what the notice left there. From the notice's next step on, the
    handling follows the notice no more.
    """
    was = notice.body.get("was", ())
    record = standing(desk, notice.body)
    if not was or record is None or notice.first("state") not in states.PUT_OUT:
        return ()
    before = _read(was[0])
    left = widened(notice.body, before) if notice.first("state") == "published" else before
    return was if record.handling == left else ()


def widened(notice: Body, stands: Handling) -> Handling:
    """A record's handling so that everybody whom the notice reaches may see the record."""
    see = stands.see | states.reach(notice)
    return replace(
        stands,
        see=see,
        hint=stands.hint & ~see,
        need=frozenset(),
        purposes=POLICE_PURPOSES,
        level=min(stands.level, states.level_of(notice)),
        status=Status.LIVE,
    )


def must_be_lent(desk: Desk, notice: Thing, record: Thing) -> None:
    """Raise Faulty where publication would widen a record and its owner has not said that it may, or where
    another notice decides its handling: two could not each give back what it was."""
    faults = []
    holder = _holder(desk, notice, record)
    own = _read(holder.body["was"][0]) if holder and holder.first("was") else record.handling
    if widened(notice.body, own) != own:
        if not notice.first("widen"):
            what = "Publication would let more bureaus see this record than its handling does"
            do = "Say that the notice may widen it (widen), or name fewer bureaus."
            faults.append(Fault("subject/widen", what, do))
        if holder:
            what = f"The handling of this record follows another notice already: {holder.first('title')}"
            do = "Wait until that notice is over: one notice at a time may widen a record."
            faults.append(Fault("subject/widen", what, do))
    if record.expires < date.fromisoformat(notice.first("until")):
        what = f"The record expires on {record.expires}, before the notice"
        faults.append(Fault("until", what, "Keep the record longer, or let the notice end sooner."))
    if faults:
        raise Faulty(faults=tuple(faults))


def _holder(desk: Desk, notice: Thing, record: Thing) -> Thing | None:
    """The other notice that the record's handling follows: it widened it and is out, or the record is kept
    for it and it is not over. Both are the same bureau's, and told to it and to the review alone."""
    for _, other in desk.as_house().inspect_all([states.ABOUT.format(record.id)]):
        if other.id == notice.id or other.handling.status is Status.DELETED:
            continue
        out, over = (other.first("state") in some for some in (states.PUT_OUT, states.OVER))
        if (out and other.first("was")) or (not over and other.first("made")):
            return other
    return None


def before(notice: Body, record: Thing) -> tuple[str, ...]:
    """The handling to give back after publication; nothing where it need not be widened."""
    if notice.get("made") or widened(notice, record.handling) == record.handling:
        return ()
    return (_written(record.handling),)


def _written(handling: Handling) -> str:
    return json.dumps(
        {
            "owner": handling.owner,
            "see": str(handling.see),
            "hint": str(handling.hint),
            "watch": handling.watch,
            "need": sorted(handling.need),
            "purposes": int(handling.purposes),
            "level": int(handling.level),
            "status": int(handling.status),
        },
        sort_keys=True,
    )


def _read(text: str) -> Handling:
    said = json.loads(text)
    return Handling(
        owner=said["owner"],
        see=int(said["see"]),
        hint=int(said["hint"]),
        watch=said["watch"],
        need=frozenset(said["need"]),
        purposes=Purpose(said["purposes"]),
        level=Level(said["level"]),
        status=Status(said["status"]),
    )


# --- for its readers -----------------------------------------------------------------------------


def in_view(desk: Desk, notice: Thing) -> bool:
    """Whether the asker, asking as police do, may see the record of a notice; true where there is none.

    A notice is made from its record: whoever may not see the record does not get the notice either, from
    the moment its owner narrows or withdraws it. The owner and the secretariat keep the notice.
    """
    if notice.handling.owner == desk.asker.bureau or states.secretariat(desk) >> desk.asker.bureau & 1:
        return True
    if notice.first("until") <= desk.today.isoformat():
        return False
    if not notice.first("subject"):
        return True
    record = standing(desk, notice.body)
    if record is None or record.expires <= desk.today:
        return False
    asker = desk.asker
    if asker.purpose == Purpose.DESK:
        asker = replace(asker, purpose=Purpose.WANTED)
    return decide(asker, record.handling) is Judged.FULL


def as_reviewed(desk: Desk, notice: Thing) -> tuple[Thing | None, bool]:
    """The record in the version that was reviewed, and whether its owner has changed it since.

    To be called where `in_view` holds. Before a review it is as it stands.
    """
    record = standing(desk, notice.body)
    if record is None or notice.first("state") not in states.PUT_OUT:
        return record, False
    if states.digest_of_record(record.kind, record.body) == notice.first("seen"):
        return record, False
    for version in desk.history(record.id):
        if states.digest_of_record(version.kind, version.body) == notice.first("seen"):
            return version, True
    return record, True
