"""Write a machine readable zone from what is to stand in it (ICAO Doc 9303 parts 3 to 7).

For specimens, for tests, and to show an officer what the zone of a page should say. The spelling of names is
the default of Doc 9303-3 section 6; an issuer may choose another (transliteration.py knows them all).
"""

import re
from dataclasses import dataclass

from entente.match.documents import transliteration
from entente.match.documents.layouts import LAYOUTS, Layout
from entente.match.mrz import check_digit

_ISO = re.compile(r"(?:\d\d(\d\d)(?:-(\d\d)(?:-(\d\d))?)?)?", re.ASCII)
_ALLOWED = re.compile(r"[A-Z0-9<]*")
_NINE = 9


@dataclass(frozen=True, slots=True)
class Entries:
    """What a zone is written from: codes as the zone has them ("P", "D", "UTO"), names in any script that the
    tables know, dates ISO whose unknown parts are missing, sex M, F or anything else for unspecified.
    `more` is the second optional field of size TD1."""

    document: str
    issuer: str
    surname: str
    given: str
    number: str
    nationality: str
    birth: str
    sex: str
    expiry: str
    personal: str = ""
    more: str = ""


def write(form: str, entries: Entries) -> tuple[str, ...]:
    """The lines of a zone of a form ("TD1", "TD2", "TD3", "MRVA", "MRVB").

    Raises KeyError for another form, and ValueError for what no such zone can hold: a number or a code that
    is too long, a letter that the tables do not know, a date that is none.
    """
    layout = LAYOUTS[form]
    number, check, rest = _number(layout, entries.number)
    personal = _coded(entries.personal)
    optional = rest + personal if rest else personal
    wanted = {
        "document": _coded(entries.document),
        "issuer": _coded(entries.issuer),
        "names": names(entries.surname, entries.given, _width(layout, "names")),
        "number": number,
        "nationality": _coded(entries.nationality),
        "birth": _six(entries.birth),
        "sex": entries.sex if entries.sex in ("M", "F") else "<",
        "expiry": _six(entries.expiry),
        "personal": personal,
        "optional": optional,
        "optional2": _coded(entries.more),
    }
    lines = [["<"] * layout.width for _ in range(layout.lines)]
    for name, place in layout.fields.items():
        text = wanted[name]
        if len(text) > place.end - place.start:
            raise ValueError(f"{name}: {len(text)} characters where {place.end - place.start} fit")
        lines[place.line][place.start : place.start + len(text)] = text
    for name, place in layout.checks.items():
        if name == "composite":
            continue
        printed = layout.fields[name].of(["".join(line) for line in lines])
        lines[place.line][place.start] = check if name == "number" else check_digit(printed)
    if layout.covered:
        so_far = ["".join(line) for line in lines]
        last = layout.checks["composite"]
        lines[last.line][last.start] = check_digit("".join(place.of(so_far) for place in layout.covered))
    return tuple("".join(line) for line in lines)


def names(surname: str, given: str, width: int) -> str:
    """The names as they stand in a field so wide, without fillers at the end; cut short where they have no
    room, always at a letter (Doc 9303-3, 4.6). Raises ValueError for a letter that no table has and where no
    surname is left."""
    primary, secondary = _spelled(surname), _spelled(given)
    if not primary:
        raise ValueError("no surname to write")
    full = primary + ("<<" + secondary if secondary else "")
    if len(full) <= width:
        return full
    if not secondary:
        return _cut(primary, width)
    if len(primary) + 3 > width:  # the surname gives way to the first letter of the given names
        return _cut(primary, width - 3) + "<<" + secondary[0]
    return primary + "<<" + _cut(secondary, width - len(primary) - 2)


def _cut(words: str, width: int) -> str:
    """The words cut at a width. Where the last place would be a gap, a word before it gives a letter, so that
    the next word shows its first."""
    if words[width - 1] != "<":
        return words[:width]
    before = words[: width - 1].split("<")
    longest = max(range(len(before)), key=lambda at: len(before[at]))
    if len(before[longest]) == 1:  # nothing but initials
        return words[: width - 1]
    before[longest] = before[longest][:-1]
    return "<".join(before) + "<" + words[width]


def _spelled(text: str) -> str:
    spelled = transliteration.default(text)
    if spelled is None:
        odd = transliteration.unspelled(text)
        raise ValueError(f"no spelling of {odd!r}" if odd else "too long for a name")
    return "<".join(word for word in spelled.split("<") if word)


def _coded(text: str) -> str:
    if not _ALLOWED.fullmatch(text):
        raise ValueError("a zone has capitals, digits and fillers alone")
    return text


def _number(layout: Layout, text: str) -> tuple[str, str, str]:
    """The nine characters, the check digit beside them, and what goes on in the optional field."""
    # Blanks and signs in a number become fillers (Doc 9303-3, 4.1).
    number = _coded(re.sub(r"[\s./\\-]", "<", text.strip().upper()))
    if len(number) <= _NINE:
        return number, check_digit(number.ljust(_NINE, "<")), ""
    if not layout.going_on:
        raise ValueError(f"number: {len(number)} characters where {_NINE} fit")
    if "<" in number:
        raise ValueError("a long number has no gaps")
    rest = number[_NINE:] + check_digit(number)
    room = _width(layout, layout.going_on)
    return number[:_NINE], "<", rest + "<" if len(rest) < room else rest


def _six(text: str) -> str:
    found = _ISO.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no date")
    return "".join(part or "<<" for part in found.groups())


def _width(layout: Layout, name: str) -> int:
    place = layout.fields[name]
    return place.end - place.start
