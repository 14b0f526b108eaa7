"""Ranges of stolen blanks: said by the issuer's bureau, kept under the keys of their blocks.

Two ranges of one issuer and one sort share no number: which of them would hold? One that meets a range of the
bureau's own, or one that the asker sees, is refused; what he may not see changes nothing.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from entente.core.access import Handling, Status
from entente.core.kinds import TYPES
from entente.core.problems import Absent, Fault, Faulty, NotYours, OutOfDate
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.documents.ranges import AFTER_DIGITS, Range, around, key
from entente.match.numbers import code
from entente.rooms.papers.lost import model
from entente.rooms.papers.lost.issuers import country_said, must_issue
from entente.rooms.papers.lost.vocabulary import RANGE
from entente.rooms.records import to_handling
from entente.web.language import N_

MOST_LOOKED_AT = 200
"""Ranges that are looked at around one block of a new one."""
_SPLIT = re.compile(r"(.*?)([0-9]{1,18})", re.DOTALL)


def range_of(thing: Thing) -> Range:
    """The numbers of a kept range."""
    first, last, width = thing.first("first"), thing.first("last"), int(thing.first("width"))
    return Range(first[: len(first) - width], int(first[-width:]), int(last[-width:]), width)


def report(desk: Desk, form: model.RangeForm) -> Thing:
    """Say that a range of one's own blanks is stolen. Raises Faulty with every fault."""
    faults: list[Fault] = []
    country, blanks, handling, said = "", None, Handling(desk.asker.bureau), dict[str, str]()
    try:
        country = must_issue(desk, form.issuer)
    except Faulty as problem:
        faults += problem.faults
    try:
        blanks = _numbers(form.first, form.last)
    except ValueError as wrong:
        faults.append(Fault("last", str(wrong)[:1].upper() + str(wrong)[1:], N_("Write both numbers alike.")))
    try:
        said = said_of(form, desk.today)
    except Faulty as problem:
        faults += problem.faults
    try:
        handling = to_handling(desk, form.handling)
        if handling.watch:
            what = "A range tells nobody silently: a match is confirmed by you anyway"
            faults.append(Fault("handling/watch", what, "Leave it out."))
    except Faulty as problem:
        faults += problem.faults
    if country and blanks and (met := _met(desk, country, form.type, blanks)):
        seen = met.id in desk.look_all([met.id])
        hidden = N_("It overlaps another range of your bureau")  # whose numbers this officer may not see
        what = f"It overlaps {met.first('first')} to {met.first('last')}" if seen else hidden
        faults.append(Fault("first", what, N_("Take the numbers out that are known, or change that range.")))
    if faults or blanks is None:
        raise Faulty(faults=tuple(faults))
    body = {
        "country": country,
        "type": form.type,
        "prefix": blanks.prefix,
        "first": blanks.number(blanks.first),
        "last": blanks.number(blanks.last),
        "width": str(blanks.width),
        **said,
    }
    kept = desk.keep(RANGE, {k: v for k, v in body.items() if v}, handling, keys=_keys(desk, blanks))
    desk.note("contribute", object=kept.id)
    return kept


def change(desk: Desk, id: str, form: model.Change) -> Thing:
    """What became of a range by now. Raises Absent, NotYours, OutOfDate, Faulty."""
    thing = mine(desk, id, form.version)
    kept_as = {k: v for k, v in thing.body.items() if k not in CIRCUMSTANCES}
    body: dict[str, Any] = {**kept_as, **{k: (v,) for k, v in said_of(form, desk.today).items() if v}}
    kept = desk.change(thing, body=desk.house.model.clean(RANGE, body), keys=_keys(desk, range_of(thing)))
    desk.note("correct", object=id, version=kept.version)
    return kept


def withdraw(desk: Desk, id: str) -> None:
    """Take a range back: gone from every answer at once."""
    thing = mine(desk, id)
    desk.withdraw(thing)
    desk.note("withdraw", object=id)


def listed(desk: Desk, after: str = "", limit: int = 50) -> Sequence[Thing]:
    """One's own bureau's ranges, newest change first."""
    place = one(desk, after).place if after else 0
    desk.note("see", what="ranges of blanks")
    return [t for _, t in desk.table([RANGE], key=f"blanks:{desk.asker.bureau}", after=place, limit=limit)]


def opened(desk: Desk, id: str) -> Thing:
    """One range. Raises Absent."""
    thing = one(desk, id)
    desk.note("see", object=id)
    return thing


def one(desk: Desk, id: str) -> Thing:
    thing = desk.look(id)
    if thing.kind != RANGE:
        raise Absent()
    return thing


def mine(desk: Desk, id: str, version: int | None = None) -> Thing:
    """A range of one's own bureau. Raises Absent, NotYours, OutOfDate."""
    thing = one(desk, id)
    if thing.handling.owner != desk.asker.bureau:
        raise NotYours("Only the issuer's bureau changes it.")
    if version is not None and version != thing.version:
        raise OutOfDate(f"It is at version {thing.version}.")
    return thing


# --- what became of it: of a range and of a single document ----------------------------------------

CIRCUMSTANCES = (
    *("stolenStatus", "stolenDate", "stolenPlace", "stolenCountry", "caseReference", "circumstances"),
)


def said_of(form: model.Circumstances, today: date) -> dict[str, str]:
    """The properties that tell what became of a document. Raises Faulty with every fault."""
    faults = []
    when, where = "", country_said(form.country)
    try:
        when = TYPES["date"].clean(form.date)
    except ValueError as wrong:
        faults.append(Fault("date", f"“{form.date[:40]}” {wrong}", TYPES["date"].do))
    if when > today.isoformat():
        faults.append(Fault("date", N_("This day is still to come"), N_("Write when it was.")))
    if form.country and not where:
        faults.append(Fault("country", f"“{form.country[:40]}” is no country", TYPES["country"].do))
    if faults:
        raise Faulty(faults=tuple(faults))
    told = (form.status, when, form.place, where, form.case, form.circumstances)
    return dict(zip(CIRCUMSTANCES, told, strict=True))


# --- behind it -----------------------------------------------------------------------------------


def _numbers(first: str, last: str) -> Range:
    """The range from one number to another, whose letters and length are alike. ValueError."""
    one, other = _SPLIT.fullmatch(code(first)), _SPLIT.fullmatch(code(last))
    if not one or not other:
        raise ValueError("a number ends in digits, eighteen at most")
    if one[1] != other[1] or len(one[2]) != len(other[2]):
        raise ValueError("the two numbers differ in their letters or in their length")
    return Range(one[1], int(one[2]), int(other[2]), len(one[2]))


def _keys(desk: Desk, blanks: Range) -> tuple[str, ...]:
    """By what it is found: by a number, by its bureau's next range, in its bureau's list."""
    own = (_own(desk, key) for key in blanks.block_keys())
    return (*blanks.block_keys(), *own, f"blanks:{desk.asker.bureau}")


def _own(desk: Desk, key: str) -> str:
    return f"own-{desk.asker.bureau}-{key}"


def _met(desk: Desk, country: str, sort: str, blanks: Range) -> Thing | None:
    """A range of this issuer and sort that shares a number with this one: the bureau's own, or one in view.

    Of his own bureau's it does not matter whether this officer may see it: it is not his to say twice.
    """
    for thing in (*_own_near(desk, blanks), *_seen_near(desk, blanks)):
        alike = country in thing.body["country"] and thing.first("type") == sort
        if alike and thing.handling.status is not Status.DELETED and range_of(thing).overlaps(blanks):
            return thing
    return None


def _own_near(desk: Desk, blanks: Range) -> Iterator[Thing]:
    through = desk.as_house()
    for stem in blanks.stems():
        larger = [_own(desk, k) for k in around(blanks.length, stem)]
        yield from (t for _, t in through.inspect_all(larger))
        inside = _own(desk, key(blanks.length, stem))
        yield from (t for _, t in through.inspect_agenda(inside, AFTER_DIGITS, MOST_LOOKED_AT))


def _seen_near(desk: Desk, blanks: Range) -> Iterator[Thing]:
    for stem in blanks.stems():
        yield from (t for _, t in desk.find(around(blanks.length, stem)))
        yield from (t for _, t in desk.agenda(key(blanks.length, stem), AFTER_DIGITS, MOST_LOOKED_AT))
