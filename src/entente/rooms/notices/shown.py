"""A notice as each reader gets it: its readers, its owner, the secretariat."""

from collections.abc import Iterable

from entente.core.things import Body, Thing
from entente.desk import Desk
from entente.rooms.bureaus import directory
from entente.rooms.notices import extracts, eyes, reviewing, states, subject
from entente.rooms.notices.colours import ATTEST, COLOURS, FIELDS
from entente.rooms.notices.model import ColourOut, FlagOut, Notice, NoticeRow, StepOut, SubjectOut
from entente.rooms.notices.requirements import schema
from entente.rooms.records import code_of


def row(desk: Desk, notice: Thing) -> NoticeRow:
    """A notice in a list."""
    return NoticeRow(
        id=notice.id,
        colour=notice.first("colour"),
        reach=notice.first("reach"),
        title=notice.first("title"),
        owner=code_of(desk, notice.handling.owner),
        state=notice.first("state"),
        pending=notice.first("pending"),
        until=notice.first("until"),
        changed=notice.changed.isoformat(timespec="seconds"),
    )


def rows(desk: Desk, notices: Iterable[Thing]) -> list[NoticeRow]:
    return [row(desk, n) for n in notices]


def whole(desk: Desk, notice: Thing) -> Notice:
    """A notice that was opened (service.open_notice), as this reader gets it."""
    inside = is_inside(desk, notice)
    extract = extracts.of(desk, notice.id) if inside else None
    return Notice(
        **row(desk, notice).model_dump(),
        version=notice.version,
        level=notice.first("level"),
        bureaus=_named(desk, notice) if inside else None,
        fields={name: notice.first(name) for name in FIELDS if notice.first(name)},
        assessment=bool(notice.first("assessment")),
        attest=list(notice.body.get("attest", ())),
        subject=_subject(desk, notice),
        photo=bool(notice.first("photo")),
        history=_history(desk, notice, inside),
        flags=_flags(desk, notice) if inside else None,
        widen=bool(notice.first("widen")) if inside else None,
        extract=extract.first("state") if extract else "",
    )


def is_inside(desk: Desk, notice: Thing) -> bool:
    """Whether the asker is of its owner's bureau or reviews: they see the whole file of a notice."""
    return notice.handling.owner == desk.asker.bureau or eyes.is_reviewer(desk)


def _named(desk: Desk, notice: Thing) -> list[str]:
    known = directory(desk)
    return [known[int(n)].code for n in notice.body.get("bureaus", ()) if int(n) in known]


def _subject(desk: Desk, notice: Thing) -> SubjectOut | None:
    record, changed = subject.as_reviewed(desk, notice)
    if record is None:
        return None
    return SubjectOut(
        record=record.id,
        kind=record.kind,
        caption=desk.house.model.caption(record.kind, record.body),
        properties={k: list(v) for k, v in _shown(desk, record).items()},
        changed_since=changed,
    )


def _shown(desk: Desk, record: Thing) -> Body:
    """Without the ids of things that the reader has not in view: they would tell of them."""
    names = desk.house.model[record.kind].entities
    seen = desk.look_all([v for name in names for v in record.body.get(name, ())])
    said = {k: tuple(v for v in vs if k not in names or v in seen) for k, vs in record.body.items()}
    return {k: vs for k, vs in said.items() if vs}


def _history(desk: Desk, notice: Thing, inside: bool) -> list[StepOut]:
    """What was done: bureau and part for every reader; officers of one's own bureau, and reasons inside."""
    names: dict[str, str] = {}
    told = []
    for step in states.steps(notice):
        mine = step.bureau == desk.asker.bureau
        if mine and step.officer not in names:
            known = desk.as_house().inspect(step.officer)
            names[step.officer] = known.first("name") if known else ""
        told.append(
            StepOut(
                at=step.at[:19] + step.at[-6:],
                did=step.did,
                bureau=code_of(desk, step.bureau),
                part=step.part,
                officer=names[step.officer] if mine else "",
                why=step.why if inside else "",
            )
        )
    return told


def _flags(desk: Desk, notice: Thing) -> list[FlagOut]:
    given = dict(line.split("\t", 1) for line in notice.body.get("answers", ()))
    return [
        FlagOut(id=f.id, what=f.what, where=f.where, words=list(f.words)[:20], answer=given.get(f.id, ""))
        for f in reviewing.flags(desk, notice)
    ]


def colours() -> list[ColourOut]:
    """What each colour needs."""
    return [
        ColourOut(
            name=name,
            label=c.label,
            purpose=c.purpose,
            attestations={a: ATTEST[a] for a in c.attest},
            needs=[list(group) for group in c.needs],
            kinds=list(c.kinds),
            json_schema=schema(name),
        )
        for name, c in COLOURS.items()
    ]
