"""Notices drafted, edited and read. How they move on is in reviewing.py.

A diffusion is a notice that is for named bureaus; it takes exactly the same path.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from entente.core.access import Purpose
from entente.core.kinds import TYPES
from entente.core.problems import Absent, Fault, Faulty, NoPurpose, NotYours, OutOfDate
from entente.core.things import Body, Thing
from entente.desk import Desk
from entente.rooms.bureaus import by_code, settle
from entente.rooms.notices import eyes, states, subject
from entente.rooms.notices.colours import COLOURS
from entente.rooms.notices.model import NoticeEdit, NoticeForm, SubjectForm
from entente.rooms.notices.requirements import cleaned
from entente.rooms.records import HandlingForm

MOST_LOOKED_AT = 2_000


def draft(desk: Desk, form: NoticeForm) -> Thing:
    """Keep a draft, and the record of its subject. Raises Faulty with every fault of form and subject."""
    body, until = _content(desk, form)
    record = _record(desk, form, None, until)
    body |= _about(desk, form, record)
    body |= {"state": ("draft",), "authors": (desk.asker.officer,)}
    body = states.with_step(desk, body, "drafted", "drafter")
    owner = desk.asker.bureau
    notice = desk.keep(
        "Notice",
        body,
        states.handling(desk, owner, body),
        expires=states.kept_until(desk, until),
        keys=states.keys(owner, body),
    )
    desk.note("contribute", object=notice.id, what="notice")
    return notice


def edit(desk: Desk, id: str, form: NoticeEdit) -> Thing:
    """New content: a draft again, whatever was approved. Raises Faulty, NotYours, OutOfDate, Absent."""
    notice = own(desk, id, form.version)
    states.moved(notice, "edit")
    body, until = _content(desk, form)
    record = _record(desk, form, notice, until)
    body |= _about(desk, form, record)
    body |= {name: notice.body[name] for name in ("photo", "step") if name in notice.body}
    body |= {"state": ("draft",), "authors": _authors(desk, notice)}
    kept = states.keep(desk, notice, states.with_step(desk, body, "edited", "drafter"))
    subject.follow(desk, notice.first("state"), kept)
    desk.note("correct", object=id, what="notice", version=kept.version)
    return kept


def touched(desk: Desk, notice: Thing, did: str, **changes: tuple[str, ...]) -> Thing:
    """The notice with one part changed by hand (a photo): a draft again, like any edit."""
    states.moved(notice, "edit")
    gone = ("checker", "checked", "checkedAt", "approved", "answers", "was")
    body = {n: v for n, v in notice.body.items() if n not in gone} | changes
    body |= {"state": ("draft",), "authors": _authors(desk, notice)}
    kept = states.keep(desk, notice, states.with_step(desk, body, did, "drafter"))
    subject.follow(desk, notice.first("state"), kept)
    desk.note("correct", object=notice.id, what="notice", version=kept.version)
    return kept


def discard(desk: Desk, id: str, version: int) -> None:
    """Throw away a notice that is not out, and the record that was kept for it."""
    notice = own(desk, id, version)
    states.moved(notice, "discard")
    if states.stage(notice) in states.WAITS:
        settle(desk, "notice-waits", id)
    record = subject.standing(desk, notice.body) if notice.first("made") else None
    for thing in filter(None, (record, notice)):
        desk.withdraw(thing)
    desk.note("withdraw", object=id, what="notice")


def _authors(desk: Desk, notice: Thing) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*notice.body.get("authors", ()), desk.asker.officer]))


# --- what a form says ----------------------------------------------------------------------------


def _content(desk: Desk, form: NoticeForm) -> tuple[dict[str, tuple[str, ...]], date]:
    """The body but for its subject, and its last day. Raises Faulty with every fault."""
    fields, faults = cleaned(form.colour, form.fields)
    until = date.max
    try:
        until = states.last_day(desk, form.until)
    except Faulty as problem:
        faults += problem.faults
    try:
        TYPES["string"].clean(form.title)
    except ValueError as wrong:
        faults.append(Fault("title", f"The title {wrong}", "Use plain letters and digits."))
    faults += _reach_faults(desk, form)
    faults += _subject_faults(desk, form)
    try:
        subject.must_fit(desk, _handling(form))
    except Faulty as problem:
        faults += [f for f in problem.faults if f.where != "handling/bureaus"]
    if faults:
        raise Faulty(faults=tuple(faults))
    known = by_code(desk)
    body: dict[str, tuple[str, ...]] = {name: (value,) for name, value in fields.items()}
    body |= {"colour": (form.colour,), "reach": (form.reach,), "level": (form.level,)}
    body |= {"until": (until.isoformat(),), "attest": tuple(sorted(set(form.attest)))}
    if form.reach == "named":
        body["bureaus"] = tuple(str(n) for n in sorted({known[c].number for c in form.bureaus}))
    return {name: values for name, values in body.items() if values}, until


def _handling(form: NoticeForm) -> HandlingForm:
    """How its record will be handled when it is published."""
    mode = "everyone" if form.reach == "all" else "named"
    bureaus = [] if form.reach == "all" else list(form.bureaus)
    return HandlingForm.model_validate({"mode": mode, "bureaus": bureaus, "level": form.level})


def _reach_faults(desk: Desk, form: NoticeForm) -> list[Fault]:
    if form.reach == "all":
        what = "A notice to all names no bureaus"
        return [Fault("bureaus", what, "Leave them out, or choose a diffusion.")] if form.bureaus else []
    known = by_code(desk)
    faults = [
        Fault("bureaus", f"No bureau {code} takes part", "Use a code from the directory.")
        for code in form.bureaus
        if code not in known
    ]
    if not [c for c in form.bureaus if c in known and known[c].number != desk.asker.bureau]:
        faults.append(Fault("bureaus", "A diffusion names at least one other bureau", "Name it."))
    return faults


def _subject_faults(desk: Desk, form: NoticeForm) -> list[Fault]:
    """What is wrong with its subject: not of a kind that this colour is about, or in its properties."""
    given, colour = form.subject, COLOURS[form.colour]
    if given is None:
        return []
    if bool(given.record) == bool(given.kind or given.properties):
        do = "Give a kind with properties, or the id of a record of your bureau."
        return [Fault("subject", "It is either described or named", do)]
    if given.kind and given.kind not in colour.kinds:
        what = f"A {form.colour} notice is not about a {given.kind}"
        return [Fault("subject/kind", what, f"It may be about: {', '.join(colour.kinds)}.")]
    faults = desk.house.model.examine(given.kind, given.properties)[1] if given.kind else []
    return [Fault(f"subject/{f.where}", f.what, f.do) for f in faults]


def _record(desk: Desk, form: NoticeForm, notice: Thing | None, until: date) -> Thing | None:
    """The record it is about, made or mended; one kept for it that is no longer meant is withdrawn."""
    given = form.subject
    before = subject.standing(desk, notice.body) if notice else None
    made = before if notice and notice.first("made") else None
    if given and given.kind and made and made.kind == given.kind:
        return subject.mend(desk, made, given.properties, until)
    record = None
    if given and given.record:
        record = _mine(desk, given, form)
    elif given and given.kind:
        record = subject.make(desk, given.kind, given.properties, form.level, until)
    if made and (record is None or record.id != made.id):
        desk.withdraw(made)
        desk.note("withdraw", object=made.id)
    return record


def _mine(desk: Desk, given: SubjectForm, form: NoticeForm) -> Thing:
    """A record of one's own bureau that a notice names. Raises Faulty: not there and not one's own alike."""
    try:
        record = desk.look(given.record)
    except Absent:
        record = None
    kinds = COLOURS[form.colour].kinds
    if record is None or record.handling.owner != desk.asker.bureau or record.kind not in kinds:
        what = "Your bureau has no such record of a kind that this colour is about"
        raise Faulty(faults=(Fault("subject/record", what, "Name a record of your own bureau."),))
    return record


def _about(desk: Desk, form: NoticeForm, record: Thing | None) -> dict[str, tuple[str, ...]]:
    """What the body says of the record, and the title."""
    title = form.title.strip()
    if record and not title:
        title = desk.house.model.caption(record.kind, record.body)
    body: dict[str, tuple[str, ...]] = {"title": (title[:200] or COLOURS[form.colour].label,)}
    if record:
        body["subject"] = (record.id,)
        if form.subject and form.subject.record:
            body |= {"widen": ("yes",)} if form.subject.widen else {}
        else:
            body["made"] = ("yes",)
    return body


# --- reading -------------------------------------------------------------------------------------


def look(desk: Desk, id: str) -> Thing:
    """A notice that the asker may see. Raises Absent, the same for what is not there."""
    notice = desk.look(id)
    if notice.kind != "Notice" or not subject.in_view(desk, notice):
        raise Absent()
    return notice


def own(desk: Desk, id: str, version: int | None = None) -> Thing:
    """A notice of one's own bureau. Raises Absent, NotYours, OutOfDate."""
    notice = look(desk, id)
    if notice.handling.owner != desk.asker.bureau:
        raise NotYours(eyes.OWNERS)
    must_be_newest(notice, version)
    return notice


def must_be_newest(notice: Thing, version: int | None) -> None:
    if version is not None and version != notice.version:
        raise OutOfDate(f"It is at version {notice.version}.")


def open_notice(desk: Desk, id: str) -> Thing:
    """Open a notice. Another bureau's asks for a purpose, as its record does; raises Absent, NoPurpose."""
    notice = look(desk, id)
    mine = notice.handling.owner == desk.asker.bureau
    if desk.asker.purpose == Purpose.DESK and not mine and not eyes.is_reviewer(desk):
        raise NoPurpose()
    desk.note("see", object=id)
    return notice


def listed(
    desk: Desk, which: str, colour: str = "", state: str = "", after: str = "", limit: int = 50
) -> list[Thing]:
    """Notices, newest change first. `which`: published (to one's bureau), mine, check (waits for one's
    second officer), review (waits for the neutral review, for reviewers), suspended (for reviewers)."""
    key = _key(desk, which, colour, state)
    desk.note("see", what="notices")
    if not key:
        return []
    place = look(desk, after).place if after else 0
    found: list[Thing] = []
    for _ in range(MOST_LOOKED_AT // 200):
        page = desk.table(["Notice"], key=key, after=place, limit=200)
        found += [t for _, t in page if _wanted(t, colour, state) and subject.in_view(desk, t)]
        if len(found) >= limit or len(page) < 200:
            break
        place = page[-1][0]
    return found[:limit]


def _key(desk: Desk, which: str, colour: str, state: str) -> str:
    owner = desk.asker.bureau
    if which == "mine":
        return f"notices:{owner}:{state}" if state else f"notices:{owner}"
    if which == "check":
        return f"notices-check:{owner}"
    if which in ("review", "suspended"):
        return f"notices-{which}" if eyes.is_reviewer(desk) else ""
    return f"notices-live:{colour}" if colour else "notices-live"


def _wanted(notice: Thing, colour: str, state: str) -> bool:
    return (not colour or notice.first("colour") == colour) and (not state or notice.first("state") == state)


def notices_about(desk: Desk, records: Sequence[str]) -> Mapping[str, list[Thing]]:
    """Published notices about these records, as far as the asker sees them: record id to notices."""
    asked = {f"about:{id}": id for id in records}
    found: dict[str, list[Thing]] = {}
    for key, thing in desk.find(list(asked)) if asked else ():
        if thing.kind == "Notice" and thing.first("state") == "published" and subject.in_view(desk, thing):
            found.setdefault(asked[key], []).append(thing)
    return found


def current(desk: Desk, notice: Thing) -> tuple[str, Body]:
    """Kind and body of its record as it stands now; empty for none."""
    record = subject.standing(desk, notice.body)
    return (record.kind, record.body) if record else ("", subject.NO_RECORD)
