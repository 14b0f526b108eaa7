"""A check as an officer of its bureau gets it: what was found stands as he may see it now."""

from collections.abc import Sequence
from datetime import date

from entente.core.things import Thing
from entente.desk import Desk, Findings, Found
from entente.desk.finding import SHOWN_FROM, hinting
from entente.desk.watching import contact_token
from entente.match.documents import findings, printed
from entente.match.evidence import compare
from entente.match.question import Question
from entente.match.records import read
from entente.rooms import search
from entente.rooms.bureaus import directory
from entente.rooms.papers import service as library
from entente.rooms.papers import shown as library_shown
from entente.rooms.papers.checks import asking, knowing, service, wording
from entente.rooms.papers.checks import model as m
from entente.rooms.papers.lost import checking
from entente.rooms.papers.lost import shown as lost_shown
from entente.rooms.papers.steps import history
from entente.rooms.search import for_inquiry


def row(desk: Desk, check: Thing) -> m.Row:
    """A check in a list."""
    officer = desk.as_house().look_all([check.first("officer")]).get(check.first("officer"))
    return m.Row.model_validate(
        {
            **{n: check.first(n) for n in ("number", "issuer", "title", "state", "verdict")},
            "id": check.id,
            "level": int(check.first("level")),
            "at": check.created.isoformat(timespec="seconds"),
            "officer": officer.first("name") if officer else "",
        }
    )


def whole(desk: Desk, check: Thing) -> m.Check:
    """A check that was opened; what it found is decided anew, for the inquiry in which it was asked."""
    reading = desk.seated_as(for_inquiry(desk.asker, check))
    content = service.content_of(check)
    version = service.version_of(desk, content)
    if version is None:  # withdrawn, or hidden by now: as if it had never been chosen
        content.version, content.answers, content.comparison = "", [], None
    offered = [v for v in desk.look_all(content.candidates).values() if v.kind == library.KIND]
    content.candidates = [v.id for v in offered]
    lost = [_lost(reading, one) for one in content.searches if one.what == "lost"]
    names = [_names(reading, one) for one in content.searches if one.what == "name"]
    shown = [match.record for told in lost for match in told.matches]
    shown += [c.id for told in names for c in told.candidates]
    reading.note("see", object=check.id, what="check of a document", shown=sorted(set(shown)))
    return m.Check(
        **row(desk, check).model_dump(),
        seen=check.version,
        lines=service.lines_of(content),
        content=content.model_copy(update={"searches": []}),
        findings=judged(content, version, desk.today),
        versions=library_shown.rows(desk, offered),
        lost=lost,
        names=names,
        contacts=_contacts(reading, check, content.searches),
        expires=check.expires.isoformat(),
        history=history(desk, check),
    )


def judged(content: m.Content, version: Thing | None, today: date) -> list[m.Judged]:
    """Everything that the zone and the page say, what matters most first."""
    page = printed.Printed(**content.printed.model_dump())
    told = service.told_of(content, today)
    if not told.form and content.why and not service.lines_of(content):
        return [wording.unread(content.why)]
    found = findings.findings(told, knowing.rules_of(version), page, today)
    return [wording.judged(f) for f in found]


def _contacts(reading: Desk, check: Thing, searches: Sequence[m.Asked]) -> list[search.Contact]:
    """Bureaus that hinted at a match then and still do, with what the officer quotes to them."""
    still = set[int]()
    for asked in searches:
        if asked.owners and asked.what == "lost":
            one = asking.understood(asked)
            looked = checking.look(reading, [one], alike=False) if one else []
            still |= {owner for x in looked for owner in x.owners if owner in asked.owners}
        elif asked.owners:
            hints = hinting(reading, _question(reading, asked))
            still |= {thing.handling.owner for thing in hints} & set(asked.owners)
    bureaus, day = directory(reading), check.created.date()
    return [
        search.contact(bureaus[owner], contact_token(reading, reading.asker, owner, day))
        for owner in sorted(still)
        if owner in bureaus
    ]


def _question(reading: Desk, asked: m.Asked) -> Question:
    return search.question_of(reading, search.Search(text=asked.text, kind="Person", born=asked.born))


def _lost(reading: Desk, asked: m.Asked) -> m.LostTold:
    """What was told of a number then, as far as it stands and may be seen now."""
    one = asking.understood(asked)
    looked = checking.look(reading, [one], alike=True)[0] if one else None
    matches = [*looked.matches, *looked.alike] if looked else []
    return m.LostTold(
        search=asked.search,
        text=asked.text,
        issuer=asked.issuer,
        matches=[lost_shown.match(reading, x) for x in matches if x.thing.id in asked.shown],
    )


def _names(reading: Desk, asked: m.Asked) -> m.NamesTold:
    """The candidates of then that may be seen now, compared anew."""
    question = _question(reading, asked)
    things = reading.look_all(asked.shown).values()
    found = [Found(t, compare(question, read(t.kind, t.body))) for t in things]
    near = sorted(
        (f for f in found if f.score.value >= SHOWN_FROM), key=lambda f: (-f.score.value, f.thing.id)
    )
    answered = search.Answered(asked.search, question, Findings(tuple(near), (), False))
    told = search.shown(reading, answered)
    return m.NamesTold(search=asked.search, text=asked.text, candidates=told.candidates)
