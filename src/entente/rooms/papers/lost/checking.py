"""Looked up: one number of a document, or a thousand, by exact keys; suggestions stand apart.

First line: the number in its national form and in a zone's (match.documents.number_forms), then the ranges of
blanks that it lies in. Second line, never mixed with the first: numbers that print alike. What is found is
a search in the journal; "same" said of it (room search) asks the owner, within a clock.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Literal

from entente.core.kinds import TYPES
from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.desk.finding import hinting_keys, seen_keys
from entente.desk.watching import asker_details
from entente.match.documents import ranges
from entente.match.documents.lookalikes import MORE_PAIRS, readings
from entente.match.documents.number_forms import Form, forms
from entente.match.question import Question
from entente.rooms.papers.lost import blanks, model
from entente.rooms.papers.lost.holders import NOBODY, Agrees, Holder, holder_of, same
from entente.rooms.papers.lost.issuers import country_said, is_named, says_of_its_own
from entente.rooms.papers.lost.reporting import NUMBER
from entente.rooms.papers.lost.vocabulary import KINDS, RANGE, sort_of, status_of
from entente.rooms.search import spelled
from entente.web.language import N_

MOST_CHANGED = 2
"""Places in which another reading may differ: what differs in more is another number."""
MOST_TOLD = 50
"""Matches told of one number in each line."""
Line = Literal["exact", "range", "other", "alike"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A document asked for, understood. `country`: of the issuer, empty for any."""

    number: str
    forms: tuple[Form, ...]
    country: str = ""
    sort: str = ""
    holder: Holder = NOBODY

    @property
    def question(self) -> Question:
        """The same as the journal keeps it and as owners' silent matches read it: the exact numbers."""
        return Question(
            text=self.number,
            numbers=tuple(("doc", f"doc:{form.number}", self.number) for form in self.forms),
            said=(("document", self.number),),
        )


@dataclass(frozen=True, slots=True)
class Match:
    """What its issuer calls lost or stolen, and how its number follows from the one that was asked."""

    thing: Thing
    line: Line
    form: str
    same_holder: Agrees = "unknown"


@dataclass(slots=True)
class Looked:
    """One number looked up. `owners`: bureaus to contact, which hint at a match and tell no more."""

    asked: Asked
    matches: list[Match] = field(default_factory=list)
    alike: list[Match] = field(default_factory=list)
    owners: tuple[int, ...] = ()
    search: str = ""


def understood(documents: Sequence[model.Document]) -> list[Asked]:
    """What is asked. Raises Faulty with every fault of every document."""
    asked, faults = [], list[Fault]()
    for place, document in enumerate(documents):
        one, wrong = read(document)
        faults += [Fault(f"documents/{place}/{f.where}", f.what, f.do) for f in wrong]
        if one:
            asked.append(one)
    if faults:
        raise Faulty(faults=tuple(faults[:1000]))
    return asked


def read(document: model.Document) -> tuple[Asked | None, list[Fault]]:
    """One document understood, or every fault of it."""
    faults = []
    found = forms(document.number)
    if not found or not any(c.isdigit() for c in found[0].number):
        faults.append(Fault("number", N_("It is no number of a document"), NUMBER))
    if document.issuer.strip() and not is_named(document.issuer):
        what = f"“{document.issuer[:40]}” is no country"
        faults.append(Fault("issuer", what, N_("Write a name, or a code of two or three letters.")))
    birth = ""
    try:
        birth = TYPES["date"].clean(document.birth)
    except ValueError as wrong:
        faults.append(Fault("birth", f"“{document.birth[:40]}” {wrong}", TYPES["date"].do))
    if faults:
        return None, faults
    holder = Holder(document.name, birth)
    return Asked(document.number, found, country_said(document.issuer), document.type, holder), []


def look(desk: Desk, asked: Sequence[Asked], alike: bool) -> list[Looked]:
    """Look all of them up at once, in the asker's view. Nothing is noted yet: see `noted`."""
    keys = {key for one in asked for key in _keys(one)}
    others = {one.number: _others(one) for one in asked} if alike else {}
    keys |= {f"doc:{number}" for numbers in others.values() for number in numbers}
    found = _said(desk, seen_keys(desk, sorted(keys)))
    hinted = _said(desk, hinting_keys(desk, sorted({key for one in asked for key in _keys(one)})))
    holders = holder_of(desk, [t for things in found.values() for t in things])
    looked = []
    for one in asked:
        first = sorted(_first(one, found), key=lambda m: (_ORDER[m.line], m.thing.id))
        known = {m.thing.id for m in first}
        second = [
            Match(thing, "alike", "alike")
            for number in others.get(one.number, ())
            for thing in found.get(f"doc:{number}", ())
            if thing.id not in known and _fits(one, thing)
        ]
        first = [
            Match(m.thing, m.line, m.form, same(one.holder, holders.get(m.thing.id)))
            for m in first[:MOST_TOLD]
        ]
        owners = tuple(sorted({m.thing.handling.owner for m in _first(one, hinted) if m.line != "other"}))
        looked.append(Looked(one, first, second[:MOST_TOLD], owners))
    return looked


def noted(desk: Desk, looked: Sequence[Looked]) -> None:
    """Note each number as a search of its own, so that a verdict can be given on what it found."""
    for one in looked:
        one.search = desk.note(
            "search",
            question=spelled(one.asked.question),
            asker=asker_details(desk.asker),
            shown=[m.thing.id for m in (*one.matches, *one.alike)],
            owners=list(one.owners),
            lost={"issuer": one.asked.country, "type": one.asked.sort, "holder": one.asked.holder.name},
        )


_ORDER: Mapping[str, int] = {"exact": 0, "range": 1, "other": 2}


def _keys(one: Asked) -> Iterator[str]:
    for form in one.forms:
        yield f"doc:{form.number}"
        yield from ranges.keys_of(form.number)


def _others(one: Asked) -> tuple[str, ...]:
    """The number read otherwise in at most two places; fewest first."""
    number = one.forms[0].number
    near = takewhile(lambda other: _changed(number, other) <= MOST_CHANGED, readings(number, MORE_PAIRS))
    asked = {form.number for form in one.forms}
    return tuple(other for other in near if other not in asked)


def _changed(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def _said(desk: Desk, found: Sequence[tuple[str, Thing]]) -> Mapping[str, Sequence[Thing]]:
    """By key, the lost documents and ranges of them of which their own issuer says something."""
    said: dict[str, list[Thing]] = defaultdict(list)
    for key, thing in found:
        is_lost = thing.kind in KINDS or thing.kind == RANGE
        if is_lost and status_of(thing.first("stolenStatus")) and says_of_its_own(desk, thing):
            said[key].append(thing)
    return said


def _first(one: Asked, found: Mapping[str, Sequence[Thing]]) -> Iterator[Match]:
    """The first line: exact numbers, and the ranges that hold one; each thing once, in its likeliest form."""
    told = set[str]()
    for form in one.forms:
        for thing in found.get(f"doc:{form.number}", ()):
            if thing.kind in KINDS and thing.id not in told:
                told.add(thing.id)
                yield Match(thing, "exact" if _fits(one, thing) else "other", form.how)
    for form in one.forms[:2]:
        for key in ranges.keys_of(form.number):
            for thing in found.get(key, ()):
                if thing.kind == RANGE and thing.id not in told and blanks.range_of(thing).holds(form.number):
                    told.add(thing.id)
                    yield Match(thing, "range" if _fits(one, thing) else "other", "range")


def _fits(one: Asked, thing: Thing) -> bool:
    """Whether issuer and sort are as asked, as far as both are known."""
    sort = sort_of(thing.first("type")) or ("passport" if thing.kind == "Passport" else "")
    return (not one.country or one.country in thing.body.get("country", ())) and (
        not one.sort or not sort or one.sort == sort
    )
