"""A casebook as officers of its bureau get it: what each sees, what stands in the way, what he may do."""

from collections.abc import Sequence

from entente.core.access import may
from entente.core.problems import Fault
from entente.desk import Desk
from entente.rooms.bureaus import in_person
from entente.rooms.publications import freezing, named, printing, release, states, steps
from entente.rooms.publications import model as p
from entente.rooms.publications import service as published
from entente.rooms.reports.casebook import checks, content, service, tables
from entente.rooms.reports.casebook import model as m
from entente.rooms.reports.casebook.book import Book
from entente.rooms.reports.casebook.checker import LIMITS
from entente.rooms.reports.casebook.content import Made
from entente.rooms.reports.casebook.imprint import IMPRINT
from entente.rooms.reports.casebook.telling import Chosen
from entente.rooms.reports.model import LEAST, MOST
from entente.web.language import _


def rows(desk: Desk) -> list[m.Row]:
    """The casebooks of one's bureau."""
    found = service.every(desk)
    desk.note("see", what="casebooks")
    names = named(desk, [one.thing.first("author") for one in found])
    return [_row(one, content.chosen(desk, one), names) for one in found]


def whole(desk: Desk, book: Book) -> m.Casebook:
    """A casebook as this officer sees it."""
    cases, made = service.seen_as(desk, book)
    thing = book.thing
    hand = service.has_hand(desk, book)
    said = [s for s in steps(thing) if s["did"] != "edited" and (hand or s["did"] != "reprinted")]
    names = named(desk, [thing.first("author"), thing.first("approver"), *(s["by"] for s in said)])
    wrong = (
        [] if thing.first("state") in ("published", "withdrawn") else service.wrong(desk, book, cases, made)
    )
    return m.Casebook(
        **_row(book, cases, names).model_dump(),
        least=LEAST,
        most=MOST,
        level=p.LEVEL.validate_python(thing.first("level")),
        template=thing.first("template"),
        approver=names.get(thing.first("approver"), ""),
        changes=thing.first("changes"),
        supersedes=thing.first("supersedes"),
        sha256=thing.first("sha256") if hand else "",
        foreword=book.form.foreword,
        overviews=dict(book.form.overviews),
        count_why=book.form.count_why,
        cases=_cases(cases, made),
        leave_out={one.case.id: one.choice.leave_out for one in cases if one.choice.leave_out},
        levels=tables.levels_of(one for one in cases if one.told),
        distribution=freezing.recipients_of(thing),
        printed_errata=[
            m.ErratumOut(
                number=one.n,
                at=one.at,
                case=one.case,
                reference=one.reference,
                what=one.what,
                reasons=[m.Reason(code=code, text=tables.reason(code, facts)) for code, facts in one.why],
            )
            for one in reversed(book.errata)
        ],
        wrong=[m.Wrong(where=f.where, what=_(f.what), do=_(f.do)) for f in wrong],
        limits=_(LIMITS),
        seen=service.digest(desk, book, made),
        history=[
            {"at": s["at"], "did": s["did"], "officer": names.get(s["by"], ""), "why": s["why"]} for s in said
        ],
        can=_can(desk, book),
    )


def _row(book: Book, cases: Sequence[Chosen], names: dict[str, str]) -> m.Row:
    thing = book.thing
    return m.Row(
        id=thing.id,
        title=thing.first("title"),
        edition=int(thing.first("edition")),
        state=thing.first("state"),
        access=book.form.access,
        admitted=sum(one.admitted for one in cases),
        chosen=len(cases),
        author=names.get(thing.first("author"), ""),
        published=thing.first("published"),
        errata=len(book.errata),
    )


def _cases(cases: Sequence[Chosen], made: Made) -> list[m.CaseRow]:
    told = {one.case.id: (n, text) for n, one, text in made.placed}
    return [
        m.CaseRow(
            id=one.case.id,
            number=told[one.case.id][0] if one.case.id in told else 0,
            reference=one.case.reference,
            title=one.case.form.title,
            chapter=one.case.form.chapter,
            admitted=one.admitted,
            reasons=[
                m.Reason(code=r.code, text=tables.reason(r.because.code, r.because.facts))
                for r in one.judged.admission.reasons
            ],
            links=len(told[one.case.id][1].sentences) if one.case.id in told else 0,
            left=len(one.case.stated()) - (len(told[one.case.id][1].sentences) if one.case.id in told else 0),
        )
        for one in cases
    ]


def _can(desk: Desk, book: Book) -> list[str]:
    """What is offered to him; the service decides again."""
    me, state = desk.asker.officer, book.thing.first("state")
    author, approver = me == book.thing.first("author"), me == book.thing.first("approver")
    writes, publishes = may(desk.asker, "case"), may(desk.asker, "publish")
    offered = {
        "edit": author and writes,
        "submit": author and writes,
        "approve": approver and may(desk.asker, "approve"),
        "publish": (author or approver) and publishes,
        "withdraw": (author or approver) and publishes,
        "revise": writes,
        "discard": author and writes,
    }
    here = [act for act, offer in offered.items() if offer and states.starts(act, state)]
    return here if in_person(desk) else []


def checked(desk: Desk, book: Book) -> p.Checked:
    """The release check: what blocks which recipient, as far as this officer sees the book."""
    _cases_seen, made = service.seen_as(desk, book)
    desk.note("see", object=book.thing.id, what="release check")
    return release.check(desk, book.thing, made.content.parts, freezing.recipients_of(book.thing))


def give(desk: Desk, book: Book, form: p.ReleaseForm) -> list[p.Released]:
    """Release cases of one's own bureau to recipients of this book. Raises Faulty."""
    _cases_seen, made = service.seen_as(desk, book)
    return release.give(desk, IMPRINT, book.thing, made.content.sources, form)


def draft(desk: Desk, book: Book) -> tuple[p.Data, printing.Marked]:
    """The book as it stands for who sits here, to be printed: no copy, and marked so.

    Raises Faulty with each sentence that does not resolve, and each name that must not appear.
    """
    _cases_seen, made = service.seen_as(desk, book)
    faults: list[Fault] = [*made.lacking]
    faults += content.names_in(desk, service.around(desk, book), made)
    checks.refuse(faults)
    head = published.letterhead(desk, book.thing)
    document = freezing.document(desk, book.thing, head, made.content, freezing.recipients_of(book.thing))
    return document, printing.Marked(0, _("not a copy that was sent"), "")
