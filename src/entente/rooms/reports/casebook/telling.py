"""What the book tells of one case: text, sentences with their notes, what of these does not resolve."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from entente.core.journal import canonical
from entente.core.problems import Fault
from entente.match import proof
from entente.match.goods.taxonomy import TAXONOMY
from entente.rooms.reports import labels
from entente.rooms.reports.casebook import footnotes
from entente.rooms.reports.casebook.checker import Name
from entente.rooms.reports.casebook.footnotes import Note
from entente.rooms.reports.casebook.model import Choice
from entente.rooms.reports.casebook.naming import Naming
from entente.rooms.reports.cases import model as m
from entente.rooms.reports.cases.case import Case
from entente.rooms.reports.cases.history import CLEARED
from entente.rooms.reports.cases.proving import Judged
from entente.web import formats
from entente.web.language import N_, _

Piece = dict[str, Any]
TERROR = "terrorism_finance"
"""Its level is shown even where it is not proven, outside the count of what is."""
_TEXTS: Sequence[tuple[str, str]] = (
    ("modus", N_("How it worked")),
    ("discovered", N_("How it was discovered")),
)
_AFTER: Sequence[tuple[str, str]] = (("worked", N_("What worked")), ("lessons", N_("Lessons")))


@dataclass(frozen=True, slots=True)
class Chosen:
    """A case that stands in the book, as whoever reads here sees it."""

    choice: Choice
    case: Case
    judged: Judged

    @property
    def admitted(self) -> bool:
        return self.judged.admission.admitted

    @property
    def told(self) -> bool:
        """Whether a book may tell it: admitted, and cleared by its own bureau."""
        return self.admitted and self.case.state in CLEARED


@dataclass(frozen=True, slots=True)
class Sentence:
    """A link that the book asserts (`sort`: proven), allows for (possible) or holds against it (against)."""

    number: int
    sort: str
    claim: m.ClaimForm
    text: str
    note: Note


@dataclass(slots=True)
class Told:
    """A case as it is told. `pieces`: its text, in which a run names a note by its claim's number."""

    title: str
    pieces: list[Piece]
    sentences: list[Sentence]
    faults: list[Fault]
    hidden: list[Name]
    digest: str = field(default="")


def told(chosen: Chosen, access: str) -> Told:
    """The case as this class of publication tells it, in the language of the moment."""
    case, naming = chosen.case, Naming(chosen.case)
    sentences = list(_sentences(chosen, access, naming))
    faults = [f for one in sentences for f in footnotes.lacking(case, one.number, one.note)]
    pieces = list(_pieces(case, naming, sentences))
    title = naming.text(case.form.title)
    seen = [title, pieces, [one.note.text for one in sentences]]
    return Told(title, pieces, sentences, faults, naming.hidden(), sha256(canonical(seen)).hexdigest())


def _sentences(chosen: Chosen, access: str, naming: Naming) -> Iterator[Sentence]:
    case, levels = chosen.case, chosen.judged.levels
    for n, claim in sorted(case.stated().items()):
        if n in chosen.choice.leave_out:
            continue
        sort = sort_of(claim, levels[n])
        if sort:
            note = footnotes.note_of(case, n, levels[n], access, naming)
            yield Sentence(n, sort, claim, naming.text(claim.text), note)


def sort_of(claim: m.ClaimForm, level: proof.Level) -> str:
    """How the book tells a claim; "" where it does not: what is not proven is not told."""
    if not level.supported:
        return ""
    if claim.polarity == "contradicts":
        return "against"
    if level.proven:
        return "proven"
    return "possible" if claim.link_type == TERROR and level.code != "PX" else ""


# --- the text ------------------------------------------------------------------------------------


def _pieces(case: Case, naming: Naming, sentences: Sequence[Sentence]) -> Iterator[Piece]:
    form = case.form
    yield line(_facts(case))
    yield from _paragraphs(naming.text(form.summary))
    for name, label in _TEXTS:
        yield from _titled(_(label), naming.text(getattr(form, name)))
    if case.parties:
        yield heading(_("Who took part"), 4)
        yield listed([line_of([run(said)]) for said in _parties(case, naming)])
    if form.quantities:
        yield heading(_("How much"), 4)
        yield listed([line_of([run(said)]) for said in _quantities(form.quantities, naming)])
    for sort, label in (
        ("proven", N_("Links that are proven")),
        ("possible", N_("Possible links to terrorism, which are not proven")),
        ("against", N_("What speaks against it")),
    ):
        mine = [one for one in sentences if one.sort == sort]
        if mine:
            yield heading(_(label), 4)
            yield listed([line_of(_runs(one, naming)) for one in mine])
    for name, label in _AFTER:
        yield from _titled(_(label), naming.text(getattr(form, name)))


def _runs(one: Sentence, naming: Naming) -> list[Piece]:
    code = f" [{one.note.level}]"
    said: list[Piece] = [{"s": one.text}, {"s": code, "b": True, "claim": one.number}]
    if one.claim.resolution.strip():
        said.append({"s": f" {naming.text(one.claim.resolution)}", "i": True})
    return said


def _facts(case: Case) -> str:
    form = case.form
    span = "–".join(formats.day(day) for day in (form.period_from, form.period_to) if day)
    goods = ", ".join(_(label_of_goods(code)) for code in form.goods)
    crimes = ", ".join(_(labels.CRIMES[one]) for one in form.crimes)
    found = _(labels.DETECTIONS[form.detection]) if form.detection else ""
    countries = ", ".join(formats.country(one) for one in form.countries)
    parts = (case.reference, countries, span, goods, crimes, found)
    return " · ".join(part for part in parts if part)


def label_of_goods(code: str) -> str:
    """The name of goods; the code where the taxonomy has it no more."""
    return TAXONOMY.node(code).label if code in TAXONOMY else code


def _parties(case: Case, naming: Naming) -> Iterator[str]:
    for _n, one in sorted(case.parties.items()):
        roles = ", ".join(_(labels.ROLES[role]) for role in one.roles)
        sort = _(labels.PARTY_SORTS[one.sort])
        yield f"{naming.name(one.name)} ({', '.join(part for part in (sort, roles) if part)})"


def _quantities(said: Iterable[m.Quantity], naming: Naming) -> Iterator[str]:
    for one in said:
        source = f" ({naming.text(one.source)})" if one.source else ""
        yield f"{naming.text(one.what)}: {one.amount} {one.unit}{source}"


def run(said: str) -> Piece:
    return {"s": said}


def line_of(runs: Sequence[Piece]) -> Piece:
    return {"depth": 0, "mark": "•", "in": list(runs)}


def line(said: str) -> Piece:
    """A paragraph."""
    return {"t": "p", "in": [run(said)]}


def heading(said: str, level: int) -> Piece:
    return {"t": "h", "level": level, "in": [run(said)]}


def listed(items: Sequence[Piece]) -> Piece:
    return {"t": "list", "items": list(items)}


def _titled(title: str, said: str) -> Iterator[Piece]:
    if said.strip():
        yield heading(title, 4)
        yield from _paragraphs(said)


def _paragraphs(said: str) -> Iterator[Piece]:
    for part in said.split("\n"):
        if part.strip():
            yield line(part.strip())


def numbered(pieces: Sequence[Piece], notes: Mapping[int, int]) -> list[Piece]:
    """The text with each claim's mark as that of its footnote: {claim: number of the note}."""

    def runs(said: Sequence[Piece]) -> list[Piece]:
        return [
            {**{k: v for k, v in one.items() if k != "claim"}, "note": notes[one["claim"]]}
            if "claim" in one
            else one
            for one in said
        ]

    return [
        {**piece, "items": [{**item, "in": runs(item["in"])} for item in piece["items"]]}
        if "items" in piece
        else {**piece, "in": runs(piece["in"])}
        for piece in pieces
    ]
