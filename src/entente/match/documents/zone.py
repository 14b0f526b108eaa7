"""A machine readable zone field by field: what is printed, what should be, and where (ICAO Doc 9303-3 to 7).

Nothing is repaired: a wrong check digit is what a forgery looks like, and a nationality "132" is told as it
stands. `entente.match.mrz` reads a pasted zone for a search; this one is for judging the paper.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from entente.match.documents import codes, lookalikes
from entente.match.documents.centuries import Dated, born, expires
from entente.match.documents.layouts import Layout, Place, layout_of
from entente.match.mrz import check_digit

NO_DATE = Dated("", "unreadable")
_NOT_MRZ = re.compile(r"[^A-Z0-9<]")
_LONG_REST = re.compile(r"[A-Z0-9]+[0-9](?=<|$)")


@dataclass(frozen=True, slots=True)
class Field:
    """One field as it is printed. `due` is the check digit it should have, empty where it has none or holds
    characters that no zone has; `agrees` is None then. A long number stands in two places."""

    name: str
    places: tuple[Place, ...]
    printed: str
    check_place: Place | None = None
    check: str = ""
    due: str = ""
    agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """What is odd, by a stable mark, in which field, with what a sentence about it needs."""

    mark: str
    field: str
    values: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Told:
    """A zone as it stands. `form` is empty when the lines are none. `cut`: the names fill their field, so
    that they may have been truncated. `also`: other readings of the number by O/0 and I/1 that have the same
    check digit. `fields` follow the print.
    """

    form: str
    lines: tuple[str, ...]
    fields: tuple[Field, ...] = ()
    remarks: tuple[Remark, ...] = ()
    surname: str = ""
    given: str = ""
    cut: bool = False
    birth: Dated = NO_DATE
    expiry: Dated = NO_DATE
    also: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Field:
        """Raises KeyError for a field that the form has not."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def __contains__(self, name: str) -> bool:
        return any(field.name == name for field in self.fields)

    def text(self, name: str) -> str:
        """What a field says without its fillers; empty where the form has no such field."""
        return self[name].printed.replace("<", " ").strip() if name in self else ""

    @property
    def number(self) -> str:
        """The document number: letters and digits alone."""
        return self.text("number").replace(" ", "")

    @property
    def wrong(self) -> tuple[str, ...]:
        """The fields whose check digit does not fit."""
        return tuple(field.name for field in self.fields if field.agrees is False)


def fields(lines: Sequence[str], today: date) -> Told:
    """Tell a zone from its lines, as they were read or typed: any text, any length. Never raises.

    `today` gives the dates their century (centuries.py).
    """
    raw = tuple(lines)
    layout = layout_of(raw)
    if layout is None:
        longest = max(map(len, raw), default=0)
        return Told("", raw, remarks=(Remark("no_zone", "", {"lines": len(raw), "longest": longest}),))
    told = tuple(_fields(layout, raw))
    by_name = {field.name: field for field in told}
    surname, _, given = by_name["names"].printed.partition("<<")
    birth, expiry = born(by_name["birth"].printed, today), expires(by_name["expiry"].printed, today)
    names = by_name["names"]
    full = len(names.printed) == names.places[0].end - names.places[0].start
    remarks = (
        *_lengths(layout, raw),
        *_characters(layout, raw),
        *_document(layout, by_name["document"].printed),
        *_codes(by_name),
        *_names(names.printed),
        *_checks(told),
        *_dates({"birth": birth, "expiry": expiry}),
        *_sex(by_name["sex"].printed),
    )
    return Told(
        layout.form,
        raw,
        told,
        remarks,
        " ".join(surname.replace("<", " ").split()),
        " ".join(given.replace("<", " ").split()),
        full and names.printed[-1:].isalpha(),
        birth,
        expiry,
        _also(by_name["number"]),
    )


# --- fields ----------------------------------------------------------------------------------------


def _fields(layout: Layout, lines: tuple[str, ...]) -> Iterator[Field]:
    rest = _rest_of_number(layout, lines)
    for name, place in layout.fields.items():
        places: tuple[Place, ...] = (place,)
        check = layout.checks.get(name)
        if rest and name == "number":
            check = Place(rest.line, rest.end - 1, rest.end)
            places = (place, rest._replace(end=rest.end - 1))
        elif rest and name == layout.going_on:
            places = (Place(place.line, min(rest.end, place.end), place.end),)
        yield _field(name, places, check, lines)
    if layout.covered:
        yield _field("composite", layout.covered, layout.checks["composite"], lines)


def _rest_of_number(layout: Layout, lines: tuple[str, ...]) -> Place | None:
    """Where a number of more than nine characters goes on, with its check digit (part 5, note j): filler
    stands in the place of the check digit, the rest at the start of the optional field."""
    if not layout.going_on:
        return None
    place = layout.fields[layout.going_on]
    found = _LONG_REST.match(place.of(lines))
    nine = layout.fields["number"].of(lines)
    if found is None or "<" in nine or layout.checks["number"].of(lines) != "<":
        return None
    return Place(place.line, place.start, place.start + found.end())


def _field(name: str, places: tuple[Place, ...], check: Place | None, lines: tuple[str, ...]) -> Field:
    printed = "".join(place.of(lines) for place in places)
    if check is None:
        return Field(name, places, printed)
    digit = check.of(lines)
    whole = len(printed) == sum(place.end - place.start for place in places)
    if not whole or not digit or _NOT_MRZ.search(printed):
        return Field(name, places, printed, check, digit)
    due = check_digit(printed)
    empty = name == "personal" and not printed.strip("<")  # its check digit may be filler then (part 4)
    return Field(name, places, printed, check, digit, due, digit == due or (empty and digit == "<"))


def _also(number: Field) -> tuple[str, ...]:
    if not number.agrees:
        return ()
    other = lookalikes.readings(number.printed)
    return tuple(read.rstrip("<") for read in other if check_digit(read) == number.check)


# --- remarks ---------------------------------------------------------------------------------------


def _lengths(layout: Layout, lines: tuple[str, ...]) -> Iterator[Remark]:
    for at, line in enumerate(lines):
        if len(line) != layout.width:
            yield Remark("length", "", {"line": at + 1, "found": len(line), "due": layout.width})


def _characters(layout: Layout, lines: tuple[str, ...]) -> Iterator[Remark]:
    for at, line in enumerate(lines):
        odd = list(_NOT_MRZ.finditer(line[: 2 * layout.width]))
        if odd:
            place = odd[0].start()
            values: dict[str, str | int] = {"line": at + 1, "place": place + 1, "found": line[place]}
            yield Remark("character", _at(layout, at, place), values | {"count": len(odd)})


def _at(layout: Layout, line: int, at: int) -> str:
    """The field that stands at a place of a line; empty behind the last."""
    every = [*layout.fields.items(), *layout.checks.items()]
    return next((name for name, p in every if p.line == line and p.start <= at < p.end), "")


def _document(layout: Layout, printed: str) -> Iterator[Remark]:
    first, second = printed[:1], printed[1:2]
    # V behind A, C or I would be read as a visa's (part 5, note a).
    if first not in layout.documents or second.isdigit() or (first in "ACI" and second == "V"):
        yield Remark("document_code", "document", {"printed": printed})


def _codes(found: Mapping[str, Field]) -> Iterator[Remark]:
    for name in ("issuer", "nationality"):
        printed = found[name].printed
        if any(c.isdigit() for c in printed):
            yield Remark("code_digits", name, {"printed": printed})
            continue
        sort = codes.code(printed).sort
        if sort in ("unknown", "withdrawn", "specimen"):
            yield Remark(f"code_{sort}", name, {"printed": printed})


def _names(printed: str) -> Iterator[Remark]:
    digits = "".join(c for c in printed if c.isdigit())
    if digits:
        yield Remark("name_digits", "names", {"printed": printed, "digits": digits})
    written = printed.rstrip("<")
    if not written:
        yield Remark("name_empty", "names", {})
    elif written.startswith("<") or "<<<" in written or written.count("<<") > 1:
        yield Remark("name_fillers", "names", {"printed": printed})


def _checks(found: tuple[Field, ...]) -> Iterator[Remark]:
    for field in found:
        if field.agrees is False:
            values = {"printed": field.printed, "check": field.check, "due": field.due}
            yield Remark("check_digit", field.name, values)


def _dates(found: Mapping[str, Dated]) -> Iterator[Remark]:
    for name, dated in found.items():
        if dated.sort == "impossible":
            yield Remark(f"date_{dated.why}", name, {"printed": dated.printed})
        elif dated.sort == "unreadable" or (name == "expiry" and dated.sort != "day"):
            yield Remark("date_unreadable", name, {"printed": dated.printed})
        elif dated.sort != "day":
            yield Remark("date_unknown", name, {"printed": dated.printed, "iso": dated.iso})


def _sex(printed: str) -> Iterator[Remark]:
    if printed not in ("M", "F", "<"):  # X is for the page; in the zone it is filler (part 4, note f)
        yield Remark("sex", "sex", {"printed": printed})
