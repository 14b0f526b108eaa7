"""What is printed on the page (visual zone) against the machine readable zone, field by field.

One machine wrote both from one record: where they differ in more than spelling, one of them was changed. A
page has all letters of its script, a zone twenty-six: every spelling of ICAO Doc 9303-3 is allowed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Literal

from entente.core.kinds.countries import code_of
from entente.match.documents import codes, lookalikes, page_dates
from entente.match.documents import transliteration as spelled
from entente.match.documents.centuries import Dated
from entente.match.documents.patterns import plain
from entente.match.documents.zone import Told

Answer = Literal["same", "allowed", "truncated", "spaced", "unread", "different"]
"""`spaced`: the letters are the same, hyphens, blanks or apostrophes are not. `unread`: nothing can be said,
for `why` (another script, no date, a word for a nationality)."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The page as an officer reads or types it; empty what he did not. Dates in any form that pages have."""

    surname: str = ""
    given: str = ""
    number: str = ""
    birth: str = ""
    expiry: str = ""
    sex: str = ""
    nationality: str = ""
    personal: str = ""
    issuer: str = ""
    issued: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """One field on the page and in the zone. `why` is a stable word: what makes it allowed or different."""

    field: str
    answer: Answer
    printed: str
    zone: str
    why: str = ""
    due: str = ""


_MOST_SHOWN = 80


def compare(told: Told, page: Printed) -> tuple[Compared, ...]:
    """Every field that the page was read in, in the order of the page; none when there is no zone. `due` is
    what the zone should say of the page, of a date with a whole year that date (ISO). Never raises."""
    if not told.form:
        return ()
    swapped = _swapped(told, page)
    found = []
    for field in fields(page):
        text = getattr(page, field.name)
        if field.name == "issued" or not text.strip():
            continue  # a zone has no day of issue
        zone = _zone_says(told, field.name)
        answer, why, due = _judge(told, field.name, text, zone)
        if answer == "different" and field.name in ("surname", "given") and swapped:
            why = "swapped"
        found.append(Compared(field.name, answer, text.strip()[:_MOST_SHOWN], zone, why, due))
    return tuple(found)


Judged = tuple[Answer, str, str]


def _judge(told: Told, name: str, text: str, zone: str) -> Judged:
    if name in ("surname", "given"):
        return _name(told, name, text, zone)
    if name in ("number", "personal"):
        return _number(told, text, plain(zone), of_document=name == "number")
    if name in ("birth", "expiry"):
        return _day(told.birth if name == "birth" else told.expiry, text)
    if name == "sex":
        return _sex(text, zone)
    return _state(text, zone)


def _zone_says(told: Told, name: str) -> str:
    if name in ("surname", "given"):
        return told.surname if name == "surname" else told.given
    if name == "number":
        return told.number
    if name == "personal" and "personal" not in told:
        return " ".join(filter(None, (told.text("optional"), told.text("optional2"))))
    return told[name].printed


def _name(told: Told, name: str, text: str, zone: str) -> Judged:
    odd = spelled.unspelled(text)
    if odd:
        return "unread", "script" if not odd.isdigit() else "digits", ""
    due = (spelled.default(text) or "")[:_MOST_SHOWN]
    written = zone.replace(" ", "<")
    if spelled.allowed(text, written):
        return ("same", "", due) if written == due and _ascii_name(text) else ("allowed", "spelling", due)
    if told.cut and not written:
        return "truncated", "no_room", due
    if spelled.begins(text, written):
        # A name that fits is not cut (Doc 9303-3, 4.6): fillers behind it say that there was room.
        return ("truncated", "no_room", due) if told.cut else ("different", "cut_with_room", due)
    if spelled.same_letters(text, written):
        return "spaced", "gaps", due
    return "different", "letters" if name == "surname" or written else "missing", due


def _ascii_name(text: str) -> bool:
    return text.isascii() and all(c.isalpha() or c in " -" for c in text)


def _swapped(told: Told, page: Printed) -> bool:
    """Whether surname and given names have changed places."""
    surname, given = told.surname.replace(" ", "<"), told.given.replace(" ", "<")
    return bool(given) and spelled.allowed(page.surname, given) and spelled.allowed(page.given, surname)


def _number(told: Told, text: str, zone: str, *, of_document: bool) -> Judged:
    number = plain(text[:_MOST_SHOWN])
    if not re.fullmatch(r"[A-Z0-9]+", number):
        return "unread", "characters", ""
    if number == zone:
        return "same", "", number
    if not of_document and not zone:
        return "unread", "not_in_zone", ""  # many states leave the personal number out
    if not of_document and number in zone:
        return "allowed", "with_more", number
    if of_document and number == zone + told["number"].check:
        return "allowed", "with_check_digit", number
    if of_document and len(zone) == 9 and number.startswith(zone) and told.form in ("TD3", "MRVA", "MRVB"):
        return "truncated", "no_room", number
    if len(number) == len(zone) and all(b in lookalikes.alike(a) for a, b in zip(number, zone, strict=True)):
        return "different", "lookalike", number
    changed = sum(a != b for a, b in zip(number, zone, strict=False))
    return "different", "one_character" if len(number) == len(zone) and changed == 1 else "characters", number


def _day(dated: Dated, text: str) -> Judged:
    sixes = page_dates.sixes(text)
    if not sixes:
        return "unread", "date", ""
    due = next(iter(sixes))
    if dated.printed not in sixes:
        return "different", "date", due
    clean = sixes[dated.printed]
    if len(clean.split("-")[0]) == 2:
        return "same", "", dated.printed
    return "same", "other_century" if dated.iso and clean != dated.iso else "", clean


_SEXES: Mapping[str, str] = {
    **dict.fromkeys("M MALE MAN MASC MASCULIN MASCULINO HOMME HOMBRE MANN MÄNNLICH ذكر".split(), "M"),
    **dict.fromkeys(
        "F FEMALE WOMAN FEM FEMININ FÉMININ FEMENINO FEMME MUJER FRAU WEIBLICH أنثى".split(), "F"
    ),
    **dict.fromkeys(["X", "-", "<", "UNSPECIFIED"], "<"),
}


def _sex(text: str, zone: str) -> Judged:
    """A page may say it in two languages ("K/F", "M/H"): what can be read of it must agree."""
    words = re.split(r"[\s/,;]+", text.strip().upper()[:_MOST_SHOWN])
    read = {_SEXES[word] for word in words if word in _SEXES}
    if len(read) != 1:
        return "unread", "word", ""
    due = read.pop()
    return ("same", "", due) if due == zone or (due, zone) == ("<", "X") else ("different", "sex", due)


def _state(text: str, zone: str) -> Judged:
    """A code, a name ("Germany" for D) or the name with an ending ("Utopian"). Of an adjective only agreement
    can be said: Dominican is of two states."""
    printed = text.strip().upper()[:_MOST_SHOWN]
    if printed == zone.rstrip("<"):
        return "same", "", printed
    here = codes.code(zone)
    other = codes.known().get(printed) or _named(printed)
    country = other.country if other else (code_of(printed) or "")
    if here.sort != "unknown":
        if printed == here.name.upper() or (country and country == here.country):
            return "allowed", "name", here.printed
        if not other and not country:
            return (
                ("allowed", "name", here.printed) if here in _by_ending(printed) else ("unread", "word", "")
            )
    if not other and not country:
        return "unread", "word", ""
    return "different", "state", other.printed if other else next(_codes_of(country), "")


def _codes_of(country: str) -> Iterator[str]:
    """The codes of a country, that of a zone that is not ISO's (D) first."""
    every = (code for code in codes.known().values() if code.country == country)
    yield from (code.printed for code in sorted(every, key=lambda c: (c.printed != "D", c.sort != "iso")))


def _named(printed: str) -> codes.Code | None:
    return next((c for c in codes.known().values() if c.name.upper() == printed), None)


def _by_ending(adjective: str) -> list[codes.Code]:
    """The states with the longest name that an adjective starts with: Nigerian is not of Niger."""
    starts = [c for c in codes.known().values() if c.name and adjective.startswith(c.name.upper())]
    longest = max((len(c.name) for c in starts), default=0)
    return [c for c in starts if len(c.name) == longest]
