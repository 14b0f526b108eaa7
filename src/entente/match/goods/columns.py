"""A seizure as rows of numbers, one for each of its lines of goods, so that a million are added up at once.

Every encoding is fixed (places in closed lists, letters packed to numbers): no dictionary grows with the
data, so nothing that an asker may not see moves what he is shown. Another layout is another space.
"""

import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cache, lru_cache
from math import isfinite, nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entente.core.kinds.dates import parse
from entente.core.things import Body
from entente.match.goods import codes, countries
from entente.match.goods.taxonomy import TAXONOMY
from entente.match.names.fold import fold

KIND = "Seizure"
SPACE = "seizures@1"
"""Name of these columns in the engine; the number is the layout's version."""
NO_DAY = -2_147_483_648
"""In `date` and `until`: not said."""
TRANSITS = 3
"""Countries on the way that have a column; a longer route keeps its first three here, all of it in `leg`."""
LAYOUT = np.dtype(
    [
        ("first", "u1"),
        ("date", "<i4"),
        ("until", "<i4"),
        ("precision", "u1"),
        ("event", "u1"),
        ("contributor", "u1"),
        ("form", "u1"),
        ("detection", "u1"),
        ("place_kind", "u1"),
        ("mode", "u1"),
        ("certainty", "u1"),
        ("concealment", "<u4"),
        ("domain", "u1"),
        ("goods", "<u2"),
        ("state", "u1"),
        ("hs", "<u4"),
        ("edition", "<u2"),
        ("country", "<u2"),
        ("origin", "<u2"),
        ("departure", "<u2"),
        ("transit1", "<u2"),
        ("transit2", "<u2"),
        ("transit3", "<u2"),
        ("destination", "<u2"),
        ("legs", "u1"),
        ("locode", "<u4"),
        ("authority", "<u4"),
        ("operation", "<u8"),
        ("qty", "<f8"),
        ("unit", "u1"),
        ("held", "u1"),
        ("value", "<f8"),
        ("currency", "<u2"),
    ]
)
"""The columns. Days since 1970; `precision` 1 day, 2 month, 3 year, 0 none; 0 is "unknown" in every code.

`first` is 1 on a seizure's first line. `goods` is a place in the taxonomy's depth-first order, so that a
subtree is a range. `qty` is in the standard `unit`, NaN where it cannot be converted; `value` in `currency`,
NaN where none is said. `held`: an outlier that waits for a person, left out of every sum.
"""
Rows = NDArray[np.void]
_EPOCH = date(1970, 1, 1)
_CODES: Mapping[str, Sequence[str]] = {
    "event": codes.EVENTS,
    "contributor": codes.CONTRIBUTORS,
    "form": codes.FORMS,
    "detection": codes.DETECTIONS,
    "place_kind": codes.PLACE_KINDS,
    "mode": codes.MODES,
    "certainty": codes.CERTAINTIES,
    "domain": codes.DOMAINS,
    "state": codes.STATES,
    "unit": codes.UNITS,
}
_HEX = re.compile(r"[0-9a-f]{16}")
_LOCODE = re.compile(r"[A-Z]{2}[A-Z2-9]{3}")


def rows_of(kind: str, body: Body) -> Rows:
    """The rows of a thing: one for each line of goods, one without goods where there is none, in order.

    Nothing for another kind. Never raises: what cannot be read counts as unknown.
    """
    if kind != KIND:
        return np.zeros(0, LAYOUT)
    shared = _of_the_seizure(body)
    lines = [_of_the_line(line) for line in json_lines(body.get("item", ()))] or [_of_the_line({})]
    rows = np.zeros(len(lines), LAYOUT)
    for place, line in enumerate(lines):
        row = {**shared, **line, "first": int(place == 0)}
        rows[place] = tuple(row.get(name, 0) for name in LAYOUT.names or ())
    return rows


def json_lines(values: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """The objects that a property's texts hold, in order; what is no object is passed over."""
    for text in values:
        try:
            read = json.loads(text)
        except (ValueError, RecursionError):
            continue
        if isinstance(read, dict):
            yield read


def code(name: str, word: object) -> int:
    """The number of a word of a closed list (the column's name names the list), from 1; 0: none of them."""
    return _numbered(name).get(str(word), 0)


def word(name: str, number: int) -> str:
    """The word that a column's number stands for; empty for 0 and for a number of no word."""
    return _CODES[name][number - 1] if 0 < number <= len(_CODES[name]) else ""


@lru_cache(maxsize=1 << 10)
def country(letters: str) -> int:
    """Two letters as a number from 1 (aa) to 676 (zz), a country that is no more by its own; 0 for anything
    else."""
    return countries.pack(letters.lower())


def country_of(number: int) -> str:
    """The two letters of a country's number; empty for 0."""
    return countries.unpack(number) if 0 < number <= 676 else ""


def locode(text: object) -> int:
    """A place's code (UN/LOCODE, five signs) in base 36, from 1; 0 for anything else."""
    signs = str(text).upper()
    return int(signs, 36) + 1 if _LOCODE.fullmatch(signs) else 0


def locode_of(number: int) -> str:
    """The five signs of a place's number; empty for 0."""
    if not 0 < number <= 36**5:
        return ""
    return np.base_repr(number - 1, 36).zfill(5)


def currency(text: object) -> int:
    """Three capital letters in base 26, from 1; 0 for anything else."""
    signs = str(text)
    if len(signs) != 3 or not (signs.isascii() and signs.isalpha() and signs.isupper()):
        return 0
    a, b, c = (ord(sign) - 65 for sign in signs)
    return (a * 26 + b) * 26 + c + 1


def currency_of(number: int) -> str:
    """The three letters of a currency's number; empty for 0."""
    rest = number - 1
    return chr(65 + rest // 676) + chr(65 + rest // 26 % 26) + chr(65 + rest % 26) if number else ""


def hs_number(text: object) -> int:
    """A code of the Harmonized System as six digits, filled with zeros on the right; 0: none."""
    digits = str(text)
    fits = digits.isascii() and digits.isdigit() and 2 <= len(digits) <= 6
    return int(digits.ljust(6, "0")) if fits else 0


@lru_cache(maxsize=1 << 14)
def authority(name: str) -> int:
    """A number for an authority by its folded name (CRC-32); 0: none said."""
    folded = fold(name).strip()
    return zlib.crc32(folded.encode()) if folded else 0


def operation(id: object) -> int:
    """The first 16 hex digits of an operation's id as a number; 0: none."""
    digits = str(id)[:16]
    return int(digits, 16) if _HEX.fullmatch(digits) else 0


@lru_cache(maxsize=1 << 14)
def days_of(text: str, end: str = "") -> tuple[int, int, int]:
    """(first day, last day, precision) of a written date and the end of a range, as the columns keep them."""
    try:
        span = parse(text)
    except ValueError:
        return NO_DAY, NO_DAY, 0
    precision = 1 if span.days == 1 else 2 if span.days <= 31 else 3
    last = span.last
    with suppress(ValueError):
        last = max(parse(end).last, last) if end else last
    return (span.first - _EPOCH).days, (last - _EPOCH).days, precision


@cache
def _numbered(name: str) -> Mapping[str, int]:
    return {word: place for place, word in enumerate(_CODES[name], 1)}


@cache
def _hiding() -> Mapping[str, int]:
    return {word: 1 << place for place, word in enumerate(codes.CONCEALMENTS)}


def _first(body: Body, name: str) -> str:
    return next(iter(body.get(name, ())), "")


def _of_the_seizure(body: Body) -> dict[str, Any]:
    begins, ends, precision = days_of(_first(body, "date"), _first(body, "dateEnd"))
    legs = list(json_lines(body.get("leg", ())))
    hidden = 0
    for way in body.get("concealment", ()):
        hidden |= _hiding().get(way, 0)
    place_kind, form = _first(body, "placeKind"), _first(body, "form")
    return {
        "date": begins,
        "until": ends,
        "precision": precision,
        "event": code("event", _first(body, "eventKind")),
        "contributor": code("contributor", _first(body, "contributor")),
        "form": code("form", form),
        "detection": code("detection", _first(body, "detection")),
        "place_kind": code("place_kind", place_kind),
        "concealment": hidden,
        "country": country(_first(body, "country")),
        "locode": locode(_first(body, "locode")),
        "authority": authority(_first(body, "authority")),
        "operation": operation(_first(body, "operation")),
        "legs": min(len(legs), 255),
        **_of_the_route(legs),
    }


def _of_the_route(legs: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Origin, departure, transits and destination: of each role the first that is said, places of production
    before other origins and an intended destination before a market. Mode and certainty: of the first leg
    that says one (how the goods came to where they were found is what is written first)."""
    by_role: dict[str, list[int]] = {}
    for leg in legs:
        if number := country(str(leg.get("country", ""))):
            by_role.setdefault(str(leg.get("role", "")), []).append(number)
    ways = by_role.get("transit", []) + by_role.get("transshipment", [])
    ways = list(dict.fromkeys(ways))[:TRANSITS]
    return {
        "origin": _of_roles(by_role, "production", "origin"),
        "departure": _of_roles(by_role, "departure"),
        "destination": _of_roles(by_role, "intended_destination", "market"),
        **{f"transit{place}": way for place, way in enumerate(ways, 1)},
        "mode": next((n for leg in legs if (n := code("mode", leg.get("mode", "")))), 0),
        "certainty": next((n for leg in legs if (n := code("certainty", leg.get("certainty", "")))), 0),
    }


def _of_roles(by_role: Mapping[str, Sequence[int]], *roles: str) -> int:
    return next((by_role[role][0] for role in roles if by_role.get(role)), 0)


def _of_the_line(line: Mapping[str, Any]) -> dict[str, Any]:
    goods, domain = _goods(str(line.get("goods", "")))
    quantity, value = _number(line.get("std", "")), _number(line.get("value", ""))
    edition = str(line.get("edition", ""))
    return {
        "goods": goods,
        "domain": domain,
        "state": code("state", line.get("state", "")),
        "hs": hs_number(line.get("hs", "")),
        "edition": int(edition) if edition.isascii() and edition.isdigit() and len(edition) == 4 else 0,
        "qty": quantity,
        "unit": code("unit", line.get("std_unit", "")) if isfinite(quantity) else 0,
        "held": int(line.get("held") is True),
        "value": value,
        "currency": currency(line.get("currency", "")),
    }


@lru_cache(maxsize=1 << 12)
def _goods(code_: str) -> tuple[int, int]:
    try:
        return TAXONOMY.index(code_), code("domain", TAXONOMY.node(code_).domain)
    except (KeyError, ValueError):
        return 0, 0


def _number(text: object) -> float:
    try:
        number = float(str(text))
    except ValueError:
        return nan
    return number if isfinite(number) and number >= 0 else nan
