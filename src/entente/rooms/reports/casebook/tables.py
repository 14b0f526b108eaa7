"""The tables of the book: cases by sort of link, indexes, the method with its counts, the errata."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from entente.rooms.publications import markdown
from entente.rooms.reports import labels
from entente.rooms.reports.casebook.book import Erratum
from entente.rooms.reports.casebook.checker import LIMITS
from entente.rooms.reports.casebook.telling import Chosen, Told, heading, label_of_goods, line, listed, run
from entente.rooms.reports.cases.shown import SENTENCES
from entente.rooms.reports.model import LEAST, LINK_TYPES, MOST
from entente.web import formats
from entente.web.language import N_, _

Data = dict[str, Any]
Placed = Sequence[tuple[int, Chosen, Told]]
"""(number in the book, case, what is told of it)."""
LEVELS = ("P3", "PR", "P2", "P1", "P0", "PA", "PX")
METHOD = (
    N_(
        "A case stands here when at least one of its links is proven by a final judgment or by agreed facts, "
        "to the criminal standard, with a pinpoint into a document whose SHA-256 is kept; when an organised "
        "criminal group is proven as the Convention of Palermo has it; when a bureau of another country has "
        "reviewed and accepted it; and when no objection is open."
    ),
    N_(
        "How far a link is proven follows from the proceedings. Nobody types it: P0 alleged, P1 charged, P2 "
        "convicted and not final, P3 final, PR agreed facts and final, PA an administrative or civil "
        "finding, PX overturned or acquitted. Links that are not proven are not told, but possible links to "
        "terrorism, which are marked so and are outside the count."
    ),
    N_(
        "Each sentence that asserts a link has a footnote: the claim, the evidence, the place in it, and the "
        "SHA-256 of the document. A book with a sentence that lacks one of them is not printed."
    ),
    N_("Grades of intelligence and standards of proof are two things, and both are kept as they came."),
    N_("Names of victims, minors and protected witnesses are looked for before a book is published."),
)
ERRATA: Mapping[str, str] = {
    "demoted": N_("no longer admitted: it was taken out of this book"),
    "recalled": N_("no longer cleared for these readers: it was taken out of this book"),
    "gone": N_("no longer available: it was taken out of this book"),
    "corrected": N_("its text was corrected"),
}


def counter(admitted: int, chosen: int) -> str:
    """How many cases stand of how many there ought to be."""
    said = _("%(n)s admitted of %(least)s–%(most)s", n=admitted, least=LEAST, most=MOST)
    return said if admitted == chosen else f"{said} ({_('%(n)s chosen', n=chosen)})"


def links(placed: Placed) -> Data:
    """Cases by sort of link: in each cell the levels of the sentences told."""
    told = {one.claim.link_type for _n, _c, case in placed for one in case.sentences}
    columns = [name for name in LINK_TYPES if name in told]
    rows = []
    for n, _chosen, case in placed:
        cells = []
        for name in columns:
            mine = (
                f"({one.note.level})" if one.sort != "proven" else one.note.level
                for one in case.sentences
                if one.claim.link_type == name and one.sort != "against"
            )
            cells.append(" ".join(dict.fromkeys(mine)))
        rows.append([str(n), *cells])
    legend = "; ".join(f"L{LINK_TYPES.index(name) + 1} {_(labels.LINKS[name])}" for name in columns)
    return {
        "sort": "table",
        "caption": _("Cases and sorts of links"),
        "head": [_("Case"), *(f"L{LINK_TYPES.index(name) + 1}" for name in columns)],
        "rows": rows,
        "note": f"{legend}. {_('In brackets: possible, and not proven.')}",
    }


def index(placed: Placed, which: str) -> Data:
    """An index by goods, country or crime: each with the numbers of its cases."""
    caption = {
        "goods": _("Index of goods"),
        "countries": _("Index of countries"),
        "crimes": _("Index of crimes"),
    }[which]
    found: dict[str, list[int]] = {}
    for n, chosen, case in placed:
        for name in dict.fromkeys(_indexed(chosen, case, which)):
            found.setdefault(name, []).append(n)
    rows = [[name, ", ".join(map(str, found[name]))] for name in sorted(found, key=str.casefold)]
    return {"sort": "table", "caption": caption, "head": [_("Term"), _("Cases")], "rows": rows}


def _indexed(chosen: Chosen, told: Told, which: str) -> Iterator[str]:
    form, claims = chosen.case.form, [one.claim for one in told.sentences]
    if which == "countries":
        codes = [*form.countries, *(c for one in claims for c in one.countries)]
        yield from map(formats.country, codes)
    elif which == "goods":
        codes = [*form.goods, *(g for one in claims for g in (one.subject_goods, one.object_goods) if g)]
        yield from (_(label_of_goods(code)) for code in codes)
    else:
        names = [*form.crimes, *(one.object_crime for one in claims if one.object_crime)]
        yield from (_(labels.CRIMES[name]) for name in names)


def levels_of(cases: Iterable[Chosen]) -> dict[str, int]:
    """How many claims of these cases stand at each level of proof; possible links to terrorism too."""
    counts = Counter(chosen.judged.levels[n].code for chosen in cases for n in chosen.case.stated())
    return {code: counts[code] for code in LEVELS}


def method(placed: Placed, why: str) -> list[Data]:
    """The method page, and the counts at each level of proof."""
    prose = [heading(_("Method"), 2), *(line(_(said)) for said in METHOD), line(_(LIMITS))]
    if why:
        prose += markdown.parsed(why, {})
    proven, possible = (_at_each(placed, sort) for sort in ("proven", "possible"))
    every = levels_of(chosen for _n, chosen, _t in placed)
    rows = [
        [f"{code} {_(labels.LEVELS[code])}", str(every[code]), str(proven[code]), str(possible[code])]
        for code in LEVELS
    ]
    head = [_("Level of proof"), _("Links in these cases"), _("Told as proven"), _("Told as possible")]
    return [
        {"sort": "text", "text": prose},
        {"sort": "table", "caption": _("Links at each level of proof"), "head": head, "rows": rows},
    ]


def _at_each(placed: Placed, sort: str) -> Counter[str]:
    return Counter(one.note.level for _n, _c, case in placed for one in case.sentences if one.sort == sort)


def errata(said: Sequence[Erratum]) -> Data:
    """What was wrong in this edition, the newest first."""
    items = [
        {"depth": 0, "mark": "•", "in": [run(_erratum(one))]} for one in sorted(said, key=lambda one: -one.n)
    ]
    return {"sort": "text", "text": [heading(_("Errata"), 2), listed(items)]}


def _erratum(one: Erratum) -> str:
    reasons = " ".join(reason(code, facts) for code, facts in one.why)
    head = _("Case %(n)s", n=one.case)
    return f"{formats.moment(one.at)}: {head} ({one.reference}) – {_(ERRATA[one.what])}. {reasons}".strip()


def reason(code: str, facts: Mapping[str, str]) -> str:
    """A reason in the language of the moment."""
    return _(SENTENCES[code], **facts)
