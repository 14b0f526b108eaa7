"""Quantities as people write them: figures in any writing, units in four languages, nothing guessed.

Units: UNECE Recommendation 20, revision 17; `units.txt` beside this file has their words and sizes.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from entente.match.goods.readings import TwoReadings
from entente.match.money.currencies import CURRENCIES

LONGEST = 100
"""Characters of a quantity, in any writing."""
MOST_DIGITS = 24
"""Of a figure."""
_SEVERAL: Mapping[str, tuple[str, ...]] = {
    "ton": ("TNE", "STN", "LTN"),
    "tons": ("TNE", "STN", "LTN"),
    "gal": ("GLL", "GLI"),
    "gals": ("GLL", "GLI"),
    "gallon": ("GLL", "GLI"),
    "gallons": ("GLL", "GLI"),
    "mt": ("TNE", "MTR"),
    "ct": ("CTM", "CT"),
    "cts": ("CTM", "CT"),
}
"""Words of several units, which are asked."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its dimension (mass, volume, length, area, count, pairs; "": its content is not known), and how
    many of the dimension's first unit (KGM, LTR, MTR, MTK, C62, NPR) one is."""

    code: str
    dimension: str
    size: Decimal


@dataclass(frozen=True, slots=True)
class Quantity:
    """What was written: a figure (None for a range), its unit ("" where none was said or none is known), the
    range's ends (None where open), and in words what was done to read it."""

    value: Decimal | None
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    notes: tuple[str, ...] = ()


def units() -> Mapping[str, Unit]:
    """Every unit by its code."""
    return _table()[0]


def read_unit(text: str) -> str:
    """The code of a unit's word; a code in capitals, of a currency too, is itself; "" for an empty text.

    Raises TwoReadings for a word of several units, ValueError for one that is none we know.
    """
    key, words, code = _fold(text), _table()[1], text.strip()
    if not key:
        return ""
    if code in units() or code in CURRENCIES:
        return code
    if choices := _SEVERAL.get(key):
        raise TwoReadings(f"may be {' or '.join(choices)}: write which", choices)
    found = words.get(key) or words.get(key.removesuffix("s")) or words.get(key.removesuffix("es"))
    if not found:
        raise ValueError("is no unit that we know")
    return found


_FIGURE = r"[+-]?(?:\d[\d.,'\u00a0 ]*\d|\d)(?:[eE][+-]?\d{1,2})?"
_ONE = re.compile(rf"({_FIGURE})\s*(\D*?)\s*")
_BEFORE = re.compile(rf"([^\d+\-.,]+?)\s*({_FIGURE})")
_TO = r"-|–|—|\bto\b|\band\b|\ba\b|\bà\b|\bet\b|\by\b"
_RANGE = re.compile(
    rf"(?:between\s+|entre\s+|de\s+|from\s+)?({_FIGURE})\s*(?:{_TO})\s*({_FIGURE})\s*(\D*)", re.IGNORECASE
)
_OPEN = re.compile(
    r"(?:(?P<more>>=?|≥|more than|over|plus de|m[áa]s de)|<=?|≤|less than|under|moins de|menos de)\s*"
    rf"(?P<edge>{_FIGURE})\s*(?P<word>\D*)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:~|≈|±|about|approx\.?|approximately|circa|ca\.?|environ|aprox\.?|alrededor de|حوالي)\s*",
    re.IGNORECASE,
)
_TIMES = re.compile(rf"({_FIGURE})\s*[x×*]\s*({_FIGURE})\s*(\D*)", re.IGNORECASE)
_PARTS = re.compile(rf"({_FIGURE})\s*([^\d\s.,()]+)[\s,]*(?:and\s+|et\s+|y\s+)?({_FIGURE})\s*([^\d\s()]+)")
_SQUARE = re.compile(r"(?<![a-z])(c?m)([23])(?!\d)", re.IGNORECASE)
_SIGNS = str.maketrans(
    {"−": "-", "‒": "-", "’": "'", "`": "'", "٫": ".", "٬": "'", "\u202f": " ", "\u2009": " "}
)


def read_quantity(text: str, unit: str = "", decimal: str = "") -> Quantity:
    """A quantity, its unit beside it or given (a column of its own); `decimal`, the sign before decimals ("."
    or ","), settles "1,200" where the writer's way is known.

    "2-3 kg" and "more than 5" are ranges, of which no sum is made. Raises TwoReadings for a figure or a unit
    of two meanings, ValueError for what is no quantity, is negative or holds two.
    """
    plain = "".join(str(int(c)) if c.isdecimal() else c for c in text.translate(_SIGNS)).strip()
    plain = _SQUARE.sub(lambda found: found[1] + "²³"[found[2] == "3"], plain)
    if len(plain) > LONGEST:
        raise ValueError(f"is no quantity: it has more than {LONGEST} characters")
    if not any(c.isdigit() for c in plain):
        raise ValueError("is no quantity: it has no figure")
    notes = list[str]()
    if about := _ABOUT.match(plain):
        plain = plain[about.end() :]
        notes.append("the figure is about right only")
    value, low, high, word = _parsed(plain, decimal)
    if value is None:
        notes.append("a range: no sum is made of it")
    code = _unit_of(word, unit, notes)
    if re.search(r"\d[eE][+-]?\d", plain):
        notes.append("a spreadsheet shortened the figure")
    return Quantity(value, code, low, high, tuple(notes))


def _parsed(plain: str, decimal: str) -> tuple[Decimal | None, Decimal | None, Decimal | None, str]:
    """(figure, least, most, the words beside): a figure or a range."""
    if found := _OPEN.fullmatch(plain):
        edge = _figure(found["edge"], decimal)
        return None, edge if found["more"] else None, None if found["more"] else edge, found["word"]
    if found := _RANGE.fullmatch(plain):
        low, high = _figure(found[1], decimal), _figure(found[2], decimal)
        if low > high:
            raise ValueError("is no range: its first figure is the larger one")
        return None, low, high, found[3]
    if found := _ONE.fullmatch(plain):
        return _figure(found[1], decimal), None, None, found[2]
    if found := _TIMES.fullmatch(plain):
        return _figure(found[1], decimal) * _figure(found[2], decimal), None, None, found[3]
    if found := _PARTS.fullmatch(plain):
        return _added(found, decimal), None, None, found[2]
    if found := _BEFORE.fullmatch(plain):
        return _figure(found[2], decimal), None, None, found[1]
    raise ValueError("is no quantity of one figure and a unit: write one in a line")


def _unit_of(word: str, given: str, notes: list[str]) -> str:
    beside = word.strip(" .,;:()")
    codes = dict[str, None]()
    for one in (beside, given):
        try:
            codes[read_unit(one)] = None
        except TwoReadings:
            raise
        except ValueError:
            notes.append(f"the unit “{one[:40]}” is not known")
    codes.pop("", None)
    if len(codes) > 1:
        raise ValueError(f"has two units, {' and '.join(codes)}")
    if not codes and not notes:
        notes.append("no unit was said")
    return next(iter(codes), "")


def _added(found: re.Match[str], decimal: str) -> Decimal:
    """ "3 kg 250 g" in the first unit."""
    first, second = units()[_known(found[2])], units()[_known(found[4])]
    if not first.dimension or first.dimension != second.dimension or first.size <= second.size:
        raise ValueError("holds two quantities: write one in a line")
    return _figure(found[1], decimal) + _figure(found[3], decimal) * second.size / first.size


def _known(word: str) -> str:
    code = read_unit(word)
    if code not in units():
        raise ValueError("holds two quantities: write one in a line")
    return code


def _figure(text: str, decimal: str) -> Decimal:
    """A figure in any writing; TwoReadings where a sign may part thousands or decimals."""
    text = re.sub(r"[\u00a0 ]", " ", text.strip())
    mantissa, _, exponent = text.upper().partition("E")
    if mantissa.startswith("-"):
        raise ValueError("is negative: a quantity is not")
    mantissa = mantissa.removeprefix("+")
    parts = mantissa.replace(" ", "'").split("'")
    if len(parts) > 1 and not _by_threes(parts[:-1] + re.split("[.,]", parts[-1])[:1]):
        raise ValueError("is no figure: its thousands are not parted by threes")
    whole = "".join(parts)
    points, commas = whole.count("."), whole.count(",")
    sign = decimal
    if points and commas:
        sign = "." if whole.rindex(".") > whole.rindex(",") else ","
    elif points > 1 or commas > 1:
        sign = "," if points > 1 else "."
    elif (points or commas) and not decimal:
        mark = "." if points else ","
        if len(parts) == 1 and not exponent and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", whole):
            small, large = whole.replace(mark, "."), whole.replace(mark, "")
            raise TwoReadings(f"may be {large} or {small}: write {large} or {small}0", (large, small))
        sign = mark
    thousands = "," if sign == "." else "."
    head, _, tail = whole.partition(sign) if sign else (whole, "", "")
    groups = head.split(thousands)
    if thousands in tail or (len(groups) > 1 and not _by_threes(groups)):
        raise ValueError("is no figure: its thousands are not parted by threes")
    digits = "".join(groups)
    if len(digits) + len(tail) > MOST_DIGITS or abs(int(exponent or 0)) > MOST_DIGITS:
        raise ValueError(f"has more than {MOST_DIGITS} digits")
    return Decimal(f"{digits or 0}.{tail}" if tail else digits or "0").scaleb(int(exponent or 0))


def _by_threes(groups: list[str]) -> bool:
    """By threes, or as in India, where all but the last have two."""
    first, *rest = groups
    if not 1 <= len(first) <= 3 or not first.isdigit() or not rest:
        return False
    return all(len(g) == 3 for g in rest) or (len(rest[-1]) == 3 and all(len(g) == 2 for g in rest[:-1]))


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).replace(".", " ").split())


@cache
def _table() -> tuple[Mapping[str, Unit], Mapping[str, str]]:
    found, words = dict[str, Unit](), dict[str, str]()
    for line in (files(__package__) / "units.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        code, dimension, size, *names = line.split("|")
        found[code] = Unit(code, dimension, Decimal(size or 0))
        words.update((_fold(name), code) for name in names)
    return found, words
