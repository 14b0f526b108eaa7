"""Patterns of document numbers, in a small form that cannot run away as a regular expression may.

A shape is a row of elements: `A` a capital letter, `9` a digit, `X` either; `"NL"` these characters;
`[BCF-H]` one of them; behind an element `{7}` or `{6,8}` how often. Blanks, hyphens, dots and slashes are
left out of shape and number alike, for a zone does not carry them. So `"N"X{7}9` is N, seven letters or
digits, a digit.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice

from stdnum import luhn
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_2, mod_11_10, mod_37_2, mod_37_36, mod_97_10

from entente.match.documents import lookalikes
from entente.match.mrz import check_digit

LONGEST = 24
"""Characters of the longest number: nine in a zone, and fifteen in the optional field of size TD1."""

_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_DIGITS = frozenset("0123456789")
_CLASSES = {"A": _LETTERS, "9": _DIGITS, "X": _LETTERS | _DIGITS}
_SEPARATORS = re.compile(r"[\s./\\<-]+")
_SPACING = re.compile(r"[\s./\\-]+")
_ELEMENT = re.compile(
    r'(?:(?P<kind>[A9X])|"(?P<text>[A-Z0-9]+)"|\[(?P<some>[A-Z0-9-]+)\])'
    r"(?:\{(?P<least>\d{1,2})(?:,(?P<most>\d{1,2}))?\})?",
    re.ASCII,
)
_MOD11 = re.compile(r"[0-9]+[0-9X]", re.ASCII)
_LONGEST_SHAPE = 200


class ShapeFault(ValueError):
    """A shape that is none: `at` counts its characters from 0."""

    def __init__(self, shape: str, at: int, why: str) -> None:
        super().__init__(f"{why} at character {at + 1}")
        self.shape, self.at, self.why = shape, at, why


@dataclass(frozen=True, slots=True)
class Element:
    """One of these characters, so often."""

    characters: frozenset[str]
    least: int = 1
    most: int = 1


@lru_cache(maxsize=1 << 12)
def elements(shape: str) -> tuple[Element, ...]:
    """Read a shape. Raises ShapeFault."""
    if len(shape) > _LONGEST_SHAPE:
        raise ShapeFault(shape[:_LONGEST_SHAPE], _LONGEST_SHAPE, "too long")
    found: list[Element] = []
    at = 0
    while at < len(shape):
        gap = _SPACING.match(shape, at)
        if gap:
            at = gap.end()
            continue
        element = _ELEMENT.match(shape, at)
        if element is None:
            raise ShapeFault(shape, at, "not understood")
        found.extend(_read(element, shape))
        at = element.end()
    longest = sum(element.most for element in found)
    if not 1 <= longest <= LONGEST:
        raise ShapeFault(shape, 0, f"a number has 1 to {LONGEST} characters")
    return tuple(found)


def _read(found: re.Match[str], shape: str) -> Iterator[Element]:
    least = int(found["least"] or 1)
    most = int(found["most"] or least)
    if not least <= most <= LONGEST:
        raise ShapeFault(shape, found.start(), "how often is out of order or too often")
    if found["text"]:
        if found["least"] and len(found["text"]) > 1:
            raise ShapeFault(shape, found.start(), "only one character can be repeated")
        yield from (Element(frozenset(c), least, most) for c in found["text"])
    elif found["some"]:
        yield Element(_some(found, shape), least, most)
    else:
        yield Element(_CLASSES[found["kind"]], least, most)


def _some(found: re.Match[str], shape: str) -> frozenset[str]:
    """The characters between brackets: single ones, and ranges within the letters or within the digits."""
    inside = found["some"]
    if not re.fullmatch(r"(?:[A-Z]-[A-Z]|[0-9]-[0-9]|[A-Z0-9])+", inside):
        raise ShapeFault(shape, found.start(), "not a list of characters")
    some: set[str] = set()
    for first, last in re.findall(r"([A-Z0-9])(?:-([A-Z0-9]))?", inside):
        if last and last < first:
            raise ShapeFault(shape, found.start(), "a range runs backwards")
        some.update(chr(c) for c in range(ord(first), ord(last or first) + 1))
    return frozenset(some)


def plain(number: str) -> str:
    """A number as patterns see it: capitals, without blanks, hyphens, dots, slashes and fillers."""
    return _SEPARATORS.sub("", number.upper())


def shaped(shape: str, number: str) -> bool:
    """Whether a plain number has a shape. Raises ShapeFault for a shape that is none."""
    return _runs(elements(shape), [frozenset(c) for c in number[: LONGEST + 1]])


def _runs(row: tuple[Element, ...], number: Sequence[frozenset[str]]) -> bool:
    """Whether characters, each one of some, run through the elements.

    Keeps the set of places (element, times so far) that can have been reached: time by length, whatever is
    asked, where a regular expression may go back and forth.
    """
    places = _beyond({(0, 0)}, row)
    for some in number:
        step = {(at, n + 1) for at, n in places if at < len(row) and _takes(row[at], n, some)}
        places = _beyond(step, row)
        if not places:
            return False
    return (len(row), 0) in places


def _takes(element: Element, times: int, some: frozenset[str]) -> bool:
    return times < element.most and not element.characters.isdisjoint(some)


def _beyond(places: set[tuple[int, int]], row: tuple[Element, ...]) -> set[tuple[int, int]]:
    """With the places that are reached without another character, behind elements that have had enough."""
    waiting = list(places)
    while waiting:
        at, times = waiting.pop()
        if at < len(row) and times >= row[at].least and (at + 1, 0) not in places:
            places.add((at + 1, 0))
            waiting.append((at + 1, 0))
    return places


# --- check rules -----------------------------------------------------------------------------------


def _stdnum(validate: Callable[[str], str]) -> Callable[[str], bool]:
    def holds(number: str) -> bool:
        try:
            validate(number)
        except ValidationError:
            return False
        return True

    return holds


def _mod11(number: str) -> bool:
    """Weights 1, 2, 3 … from the right over the digits, ten written X, as in an ISBN of ten characters."""
    if not _MOD11.fullmatch(number):
        return False
    values = [10 if c == "X" else int(c) for c in reversed(number)]
    return sum(weight * value for weight, value in enumerate(values, 1)) % 11 == 0


def _digits_alone(rule: Callable[[str], bool]) -> Callable[[str], bool]:
    """A rule for digits, of a number that letters stand before."""
    return lambda number: rule(number.lstrip("".join(sorted(_LETTERS))))


CHECKS: Mapping[str, Callable[[str], bool]] = {
    "none": lambda _: True,
    "7-3-1": lambda number: len(number) > 1 and check_digit(number[:-1]) == number[-1],
    "luhn": _digits_alone(_stdnum(luhn.validate)),
    "mod11": _digits_alone(_mod11),
    "mod11-2": _digits_alone(_stdnum(mod_11_2.validate)),
    "mod11-10": _digits_alone(_stdnum(mod_11_10.validate)),
    "mod37-2": _stdnum(mod_37_2.validate),
    "mod37-36": _stdnum(mod_37_36.validate),
    "mod97-10": _stdnum(mod_97_10.validate),
}
"""Check rules by name; the check character is the last (mod97-10: the last two). Those for digits leave out
the letters that stand before. Sources: ICAO Doc 9303-3 (7-3-1), ISO/IEC 7812-1 (Luhn), ISO/IEC 7064."""


# --- patterns --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pattern:
    """How the numbers of a version look, and of which days of issue that holds (both included). Raises
    ShapeFault or ValueError when it is made of what is none."""

    shape: str
    check: str = "none"
    issued_from: date | None = None
    issued_until: date | None = None
    note: str = ""

    def __post_init__(self) -> None:
        elements(self.shape)
        if self.check not in CHECKS:
            raise ValueError(f"no check rule {self.check!r}")


@dataclass(frozen=True, slots=True)
class Fit:
    """What of a pattern a number fulfils. `time` is None where the day of issue is not known."""

    shape: bool
    check: bool
    time: bool | None

    @property
    def whole(self) -> bool:
        return self.shape and self.check and self.time is not False


def fits(pattern: Pattern, number: str, issued: date | None = None) -> Fit:
    """How a number, as it is printed or typed, fits a pattern."""
    number = plain(number[: 4 * LONGEST])
    shape = shaped(pattern.shape, number)
    return Fit(shape, shape and CHECKS[pattern.check](number), _in_time(pattern, issued))


def _in_time(pattern: Pattern, issued: date | None) -> bool | None:
    if issued is None:
        return None if pattern.issued_from or pattern.issued_until else True
    return (pattern.issued_from or date.min) <= issued <= (pattern.issued_until or date.max)


def other_readings(pattern: Pattern, number: str, most: int = 8, tries: int = 5_000) -> tuple[str, ...]:
    """The number with O and 0 or I and 1 taken for each other so that it fits shape and check: fewest changes
    first, `tries` of them at most. A second line, never the answer."""
    found: list[str] = []
    number = plain(number[: 4 * LONGEST])
    # Whether any reading at all has the shape is one run; only then is each of them looked at.
    if len(number) <= LONGEST and _runs(elements(pattern.shape), [lookalikes.alike(c) for c in number]):
        for read in islice(lookalikes.readings(number), tries):
            if shaped(pattern.shape, read) and CHECKS[pattern.check](read):
                found.append(read)
                if len(found) == most:
                    break
    return tuple(found)
