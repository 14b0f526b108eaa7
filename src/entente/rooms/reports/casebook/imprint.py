"""The casebook as a publication, and what is printed when one of its cases has changed."""

from collections.abc import Iterator, Sequence

import structlog

from entente.core.problems import Absent, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.desk.work import told
from entente.rooms.bureaus import About, alert
from entente.rooms.publications import Change, Content, Imprint, Same, letterheads
from entente.rooms.reports.casebook import content
from entente.rooms.reports.casebook.book import (
    KIND,
    MOST_ERRATA,
    Book,
    Erratum,
    book_of,
    errata_lines,
    keys,
    of_case,
    printed_lines,
)
from entente.rooms.reports.casebook.content import Made
from entente.rooms.reports.casebook.footnotes import WIDTH
from entente.rooms.reports.casebook.telling import Chosen
from entente.rooms.reports.cases.case import case_of
from entente.rooms.reports.service import mark

log = structlog.get_logger()
_NOTHING: tuple[tuple[str, dict[str, str]], ...] = ()


def anew(desk: Desk, publication: Thing, _change: Change) -> Content | Same | None:
    """The same edition without what does not stand any more, and with an erratum that says so.

    A case that is admitted or cleared no longer, is for fewer readers, or not there for the author, goes; one
    whose text changed is told as it is now; a name that must not appear, or a sentence that does not resolve,
    suspends the whole.
    """
    book, author = book_of(publication), content.as_author(desk, publication)
    cases = [one for one in content.chosen(author, book) if one.case.id in book.printed]
    lang = _lang(desk, publication)
    fit = [one for one in cases if WIDTH[one.case.form.access] >= WIDTH[book.form.access]]
    plain = content.made(book, fit, book.errata, lang)
    new = list(_errata(desk, book, cases, plain))
    if not new:
        return Same(plain.content.sources)
    errata = (*book.errata, *new)
    made = content.made(book, fit, errata, lang)
    around = {name: publication.first(name) for name in ("title", "changes")}
    names = content.names_in(desk, around, made)
    if made.lacking or names or len(errata) > MOST_ERRATA:
        return None
    left = {one.case for one in made.printed}
    unmark(desk, [id for id in book.printed if id not in left], publication.id)
    kept = {"printed": printed_lines(made.printed), "erratum": errata_lines(errata)}
    found = made.content
    return Content(found.parts, found.notes, found.contents, "", found.more, kept)


def _errata(desk: Desk, book: Book, cases: Sequence[Chosen], made: Made) -> Iterator[Erratum]:
    seen = {one.case.id: one for one in cases}
    now = {one.case: one.digest for one in made.printed}
    at, n = desk.now.isoformat(timespec="seconds"), len(book.errata)
    for id, was in sorted(book.printed.items(), key=lambda one: one[1].number):
        if now.get(id) == was.digest:
            continue
        n += 1
        what, why = "corrected", _NOTHING
        if id not in seen:
            what = "gone"
        elif id not in now:
            what, why = ("recalled", _NOTHING) if seen[id].admitted else ("demoted", _reasons(seen[id]))
        yield Erratum(n, at, was.number, was.reference, what, why)


def _reasons(one: Chosen) -> tuple[tuple[str, dict[str, str]], ...]:
    """Why it is not admitted, and what became of links that were overturned."""
    fallen = [
        because
        for _n, level in sorted(one.judged.levels.items())
        if level.code == "PX"
        for because in level.why
    ]
    said = [*fallen, *(reason.because for reason in one.judged.admission.reasons)]
    return tuple({b.text: (b.code, dict(b.facts)) for b in said if b.code != "source-gone"}.values())[:12]


def unmark(desk: Desk, cases: Sequence[str], but: str) -> None:
    """Cases that stand in no other published casebook say so."""
    for id in cases:
        others = [t for _key, t in desk.as_house().inspect_all([of_case(id)])]
        if any(t.id != but and t.first("state") == "published" and id in _printed(t) for t in others):
            continue
        thing = desk.as_house().inspect(id)
        if thing is None:
            continue
        try:
            mark(desk, case_of(thing), published=False)
        except Faulty as error:  # it has all the events that it can have: its state is not worth an erratum
            log.error("a case was not unmarked", case=id, **told(error))


def mark_published(desk: Desk, cases: Sequence[str]) -> None:
    """Cases that stand in a published casebook say so."""
    for id in cases:
        thing = desk.as_house().inspect(id)
        if thing is None:
            raise Absent()
        mark(desk, case_of(thing), published=True)
        if thing.handling.owner != desk.asker.bureau:
            about = About("case-changed", object=id, other=desk.asker.bureau, text="published")
            once = f"{id} {thing.version} published"
            alert(desk, thing.handling.owner, about, like=thing.handling, once=once)


def _printed(thing: Thing) -> frozenset[str]:
    return frozenset(book_of(thing).printed)


def _lang(desk: Desk, publication: Thing) -> str:
    try:
        return letterheads.letterhead(desk, publication.handling.owner, publication.first("template")).lang
    except Absent:
        return "en"


def _page(publication: Thing) -> str:
    return f"/casebooks/{publication.id}"


IMPRINT = Imprint(what="casebook", keys=keys, page=_page, anew=anew)
IMPRINTS = {KIND: IMPRINT}
"""What this part of the room publishes, for publications."""
