"""What a check asks of the house: its number among lost and stolen documents, its names in the box.

Each is a search of its own in the journal, so that its candidates can be judged; a portrait is not searched.
"""

from collections.abc import Iterator

from entente.core.kinds import TYPES
from entente.core.problems import Faulty
from entente.desk import Desk
from entente.match.documents import zone
from entente.match.documents.codes import code
from entente.match.documents.zone import Told
from entente.rooms import search
from entente.rooms.papers.checks import model as m
from entente.rooms.papers.lost import checking
from entente.rooms.papers.lost.model import Document

MOST_NAMES = 10


def asked(desk: Desk, content: m.Content, told: Told, page: m.PrintedForm) -> list[m.Asked]:
    """Ask, and note what was told. Both readings of a number that may be misread are looked up."""
    found = []
    for number in numbers(content, told, page, desk):
        one = m.Asked(
            what="lost",
            text=number,
            issuer=_issuer(told),
            names=_names(told, page),
            born=_born(told, page),
        )
        if (document := understood(one)) is None:
            continue
        looked = checking.look(desk, [document], alike=True)
        checking.noted(desk, looked)
        one.search, one.owners = looked[0].search, list(looked[0].owners)
        one.shown = [match.thing.id for match in (*looked[0].matches, *looked[0].alike)]
        found.append(one)
    if names := _names(told, page):
        found += _known(desk, names, _born(told, page))
    if not found:
        desk.note("see", what="checks of documents")
    return found


def understood(one: m.Asked) -> checking.Asked | None:
    """A number with its issuer and holder as they were asked; without them where they say nothing."""
    document, _ = checking.read(Document(number=one.text, issuer=one.issuer, name=one.names, birth=one.born))
    return document or checking.read(Document(number=one.text))[0]


def numbers(content: m.Content, told: Told, page: m.PrintedForm, desk: Desk) -> list[str]:
    """The number as it is judged, as it was likely meant, and as the page prints it: each that differs."""
    said = [told.number, page.number]
    if content.which != "typed" and content.zones:
        read = content.zones[min(content.zone, len(content.zones) - 1)]
        said.append(zone.fields(read.likely, desk.today).number)
    plain = {"".join(c for c in s.upper() if c.isalnum()): s for s in reversed(said) if s.strip()}
    return [s for p, s in reversed(plain.items()) if any(c.isdigit() for c in p)]


def _known(desk: Desk, names: str, born: str) -> Iterator[m.Asked]:
    question = search.Search(text=names, kind="Person", born=born, limit=MOST_NAMES)
    try:
        answered = search.search(desk, question)
    except Faulty:  # what a zone says need not be a name
        return
    shown = [f.thing.id for f in answered.findings.found]
    owners = list(answered.findings.owners)
    yield m.Asked(what="name", search=answered.id, text=names, born=born, shown=shown, owners=owners)


def _names(told: Told, page: m.PrintedForm) -> str:
    """Those of the zone, or of the page where there is no zone."""
    said = (told.given, told.surname) if told.form else (page.given, page.surname)
    return " ".join(filter(None, said))[:200]


def _born(told: Told, page: m.PrintedForm) -> str:
    """Day of birth (ISO) where one is read; the page's where there is no zone."""
    said = told.birth.iso if told.form and told.birth.sort == "day" else page.birth
    try:
        return TYPES["date"].clean(said) if said else ""
    except ValueError:
        return ""


def _issuer(told: Told) -> str:
    """Our code of the issuing state; empty where it has none (Utopia, organisations)."""
    return code(told.text("issuer")).country if told.form else ""
