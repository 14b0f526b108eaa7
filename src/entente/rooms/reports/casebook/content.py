"""The book as whoever sits here sees it: its parts, footnotes, what keeps it from being printed.

The order is that of the specification: foreword, chapters with their overviews and cases, cases by sort of
link, indexes, method, errata. A case that is not admitted and cleared is not told, whatever was chosen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from entente.core.access import Level, Purpose
from entente.core.problems import Fault
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import asker_now
from entente.rooms.publications import Content, Part, markdown, release
from entente.rooms.reports import labels
from entente.rooms.reports.casebook import checker, tables
from entente.rooms.reports.casebook.book import Book, Erratum, Printed
from entente.rooms.reports.casebook.telling import Chosen, Told, heading, line, numbered, told
from entente.rooms.reports.cases import keeping
from entente.rooms.reports.cases.case import KIND, case_of
from entente.rooms.reports.cases.protecting import for_the_checker
from entente.rooms.reports.model import CHAPTERS, LEAST, MOST
from entente.web.language import N_, _, speaking

WHY = "casebook"


@dataclass(frozen=True, slots=True)
class Made:
    """`lacking`: sentences that do not resolve, with their places. `printed`: the cases that are told."""

    content: Content
    placed: tuple[tuple[int, Chosen, Told], ...]
    lacking: tuple[Fault, ...]
    printed: tuple[Printed, ...]


def chosen(desk: Desk, book: Book) -> list[Chosen]:
    """The cases of the book that the asker may see, by chapter, then as they were chosen."""
    ids = [one.case for one in book.form.cases]
    seen = desk.look_all(ids)
    found = []
    for choice in book.form.cases:
        thing = seen.get(choice.case)
        if thing is not None and thing.kind == KIND:
            case = case_of(thing)
            found.append(Chosen(choice, case, keeping.judge(desk, case)))
    return sorted(found, key=lambda one: CHAPTERS.index(one.case.form.chapter))  # sorted is stable


def as_author(desk: Desk, thing: Thing) -> Desk:
    """A desk that sees what the author sees, as he stands now; where he left, what his bureau may see."""
    author = asker_now(desk, thing.first("author"), Purpose.ANALYSIS, WHY)
    if not author.active or author.bureau != thing.handling.owner:
        level = Level[thing.first("level").upper()]
        author = release.reading(desk, thing.handling.owner, "", level).asker
    return desk.as_house().seated_as(author)


def made(book: Book, cases: Sequence[Chosen], errata: Sequence[Erratum], lang: str) -> Made:
    """The whole book of those of the cases that are admitted and cleared, in its language."""
    with speaking(lang):
        return _made(book, [one for one in cases if one.told], len(cases), errata)


def _made(book: Book, cases: Sequence[Chosen], asked: int, errata: Sequence[Erratum]) -> Made:
    kept = {id: one.number for id, one in book.printed.items()}  # a print that is corrected keeps its numbers
    placed = tuple(
        (kept.get(one.case.id, n), one, told(one, book.form.access)) for n, one in enumerate(cases, 1)
    )
    notes: list[dict[str, Any]] = []
    parts = [Part("front", _front(book, len(cases), asked), {})]
    if errata:
        parts.append(Part("errata", tables.errata(errata), {}))
    chapter = ""
    for n, one, text in placed:
        if one.case.form.chapter != chapter:
            chapter = one.case.form.chapter
            parts.append(Part(f"chapter-{chapter}", _chapter(book, chapter), {}))
        given = {}
        for sentence in text.sentences:
            notes.append({"n": len(notes) + 1, "text": sentence.note.text})
            given[sentence.number] = len(notes)
        prose = [heading(f"{n}. {text.title}", 3), *numbered(text.pieces, given)]
        parts.append(Part(one.case.id, {"sort": "text", "text": prose}, {one.case.id: one.case.thing}))
    every = {one.case.id: one.case.thing for one in cases}
    if placed:
        parts.append(Part("links", tables.links(placed), every))
        parts += [
            Part(f"index-{which}", tables.index(placed, which), every)
            for which in ("goods", "countries", "crimes")
        ]
    parts += [
        Part(f"method-{n}", data, every) for n, data in enumerate(tables.method(placed, book.form.count_why))
    ]
    content = Content(parts, notes, contents=True, more={"casebook": _data(book, placed, asked, errata)})
    printed = tuple(Printed(one.case.id, n, one.case.reference, text.digest) for n, one, text in placed)
    return Made(content, placed, tuple(f for _n, _o, text in placed for f in text.faults), printed)


def _front(book: Book, admitted: int, asked: int) -> dict[str, Any]:
    said = f"{_(labels.ACCESS[book.form.access])} · {tables.counter(admitted, asked)}"
    return {"sort": "text", "text": [line(said), *markdown.parsed(book.form.foreword, {})]}


def _chapter(book: Book, chapter: str) -> dict[str, Any]:
    overview = dict(book.form.overviews).get(chapter, "")  # type: ignore[call-overload]
    return {
        "sort": "text",
        "text": [heading(_(labels.CHAPTERS[chapter]), 2), *_below(markdown.parsed(overview, {}))],
    }


def _below(prose: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Headings of an overview stand below its chapter's, and beside no case's."""
    return [{**piece, "level": 4} if piece["t"] == "h" else piece for piece in prose]


def _data(
    book: Book, placed: Sequence[tuple[int, Chosen, Told]], asked: int, errata: Sequence[Erratum]
) -> dict[str, Any]:
    """The book for machines: cases, sentences, what each rests on."""
    return {
        "access": book.form.access,
        "counter": {"admitted": len(placed), "chosen": asked, "least": LEAST, "most": MOST},
        "levels": tables.levels_of(one for _n, one, _t in placed),
        "cases": [
            {
                "number": n,
                "reference": one.case.reference,
                "title": text.title,
                "chapter": one.case.form.chapter,
                "countries": one.case.form.countries,
                "goods": one.case.form.goods,
                "crimes": one.case.form.crimes,
                "links": [
                    {
                        "claim": f"C{said.number}",
                        "type": said.claim.link_type,
                        "is": said.sort,
                        "level": said.note.level,
                        "text": said.text,
                        "evidence": [cited.data() for cited in said.note.cited],
                    }
                    for said in text.sentences
                ],
            }
            for n, one, text in placed
        ],
        "errata": [
            {"number": e.n, "at": e.at, "case": e.case, "reference": e.reference, "what": e.what}
            for e in errata
        ],
    }


# --- what must not be in it ----------------------------------------------------------------------


SORTS = {
    "victim": N_("The name of a victim stands here"),
    "minor": N_("The name of a minor stands here"),
    "witness": N_("The name of a protected witness stands here"),
    "person": N_("A person whom the case does not name stands here by name"),
}
PARTS = {
    "victim": N_("A part of the name of a victim stands here"),
    "minor": N_("A part of the name of a minor stands here"),
    "witness": N_("A part of the name of a protected witness stands here"),
    "person": N_("A part of the name of a person whom the case does not name stands here"),
}
WRITE = N_("Write the text without the name; the case's bureau can say which it is.")


def names_in(desk: Desk, around: Mapping[str, str], made: Made) -> list[Fault]:
    """Where names stand that are never published. The names themselves are told to nobody.

    `around`: what stands beside the parts (title, changes, header), by its place.
    """
    protected = [
        checker.Name(name.name, name.sort)
        for _n, one, _text in made.placed
        for name in for_the_checker(desk, one.case.id)
    ]
    texts = [*around.items(), *_texts(made)]
    found = checker.found(texts, protected)
    for n, one, text in made.placed:  # a person of one case may well be named in another
        mine = [t for t in texts if t[0].startswith((f"case {n}/", f"note {one.case.reference} "))]
        found += checker.found(mine, text.hidden)
    return [
        Fault(one.where, (SORTS if one.whole else PARTS)[one.sort], WRITE) for one in dict.fromkeys(found)
    ]


def _texts(made: Made) -> list[tuple[str, str]]:
    number = {one.case.id: n for n, one, _text in made.placed}
    found: list[tuple[str, str]] = []
    for part in made.content.parts:
        place = f"case {number[part.id]}" if part.id in number else part.id
        found += checker.texts_of(
            {key: value for key, value in part.data.items() if key not in ("sort", "level")}, place
        )
    for note in made.content.notes:
        reference, _space, rest = note["text"].partition(" ")
        found.append((f"note {reference} {rest.partition(':')[0]} ({note['n']})", note["text"]))
    return found
