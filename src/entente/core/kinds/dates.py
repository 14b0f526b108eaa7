"""Dates as police know them: partial, approximate or a range, and kept so.

Stored forms, after ISO 8601 and the Extended Date/Time Format (EDTF, ISO 8601-2):
`1971` · `1971-03` · `1971-03-05` · `1971-03-05T10:00:00` (UTC) · `~1971` (about) · `1970/1975` (between;
`..` for an open end). Nothing is made more exact than it was written.
"""

import re
from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

OPEN_FIRST, OPEN_LAST = date(1, 1, 1), date(9999, 12, 31)

_DAY = re.compile(r"[1-9]\d{3}-\d\d-\d\d", re.ASCII)
_PART = re.compile(r"([1-9]\d{3})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?", re.ASCII)
_DECADE = re.compile(r"([1-9]\d\d)(?:X|0S)|([1-9]\d)XX", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?)?(Z|[+-]\d\d(?::?\d\d)?)?", re.ASCII
)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?([1-9]\d{3})", re.ASCII)
_AMBIGUOUS = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{2,4})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{2}|\d\d", re.ASCII)
_ABOUT = re.compile(r"(?:circa|approximately|approx\.?|about|ca?\.|ca(?=\s)|~)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:between\s+)?(\S+)\s+(?:to|and)\s+(\S+)|(\d{4})\s?[-–]\s?(\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """The days a date may stand for, both ends included."""

    first: date
    last: date
    approximate: bool = False

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def widened(self, days: int) -> "Span":
        """The same with so many days more on either side, within the calendar."""
        return Span(
            self.first - timedelta(min(days, (self.first - OPEN_FIRST).days)),
            self.last + timedelta(min(days, (OPEN_LAST - self.last).days)),
            self.approximate,
        )


@lru_cache(maxsize=65_536)
def clean(text: str) -> str:
    """The stored form of a written date; ValueError with the reason when it is none or is ambiguous."""
    text = text.strip()
    if _DAY.fullmatch(text):
        try:
            date.fromisoformat(text)
        except ValueError:
            return _part(text)  # says why, or drops an unknown day written 00
        return text
    if len(text) > 100:
        raise ValueError("is too long for a date")
    about = _ABOUT.match(text)
    bare = text[about.end() :] if about else text
    if bare[-1:] in ("~", "?", "%"):
        about, bare = about or _ABOUT.match("~"), bare[:-1].rstrip()
    return f"~{_exact(bare)}" if about else _exact(bare)


@lru_cache(maxsize=65_536)
def parse(text: str) -> Span:
    """The span a written date covers; ValueError as `clean`."""
    stored = clean(text)
    approximate, stored = stored.startswith("~"), stored.removeprefix("~")
    first, _, last = stored.partition("/")
    return Span(_ends(first, OPEN_FIRST)[0], _ends(last or first, OPEN_LAST)[1], approximate)


def _ends(part: str, open_end: date) -> tuple[date, date]:
    if part == "..":
        return open_end, open_end
    year, month, day = int(part[:4]), int(part[5:7] or 0), int(part[8:10] or 0)
    if day:
        return date(year, month, day), date(year, month, day)
    first, last = month or 1, month or 12
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _exact(text: str) -> str:
    if decade := _DECADE.fullmatch(text.upper()):
        start = (decade[1] or decade[2]) + ("0" if decade[1] else "00")
        return f"{start}/{(decade[1] or decade[2])}{'9' if decade[1] else '99'}"
    if _PART.fullmatch(text.upper()):
        return _part(text.upper())
    if moment := _MOMENT.fullmatch(text):
        return _moment(moment)
    if compact := _COMPACT.fullmatch(text):
        return _part("-".join(compact.groups()))
    if dotted := _DOTTED.fullmatch(text):
        return _part(f"{dotted[3]}-{int(dotted[2]):02}-{int(dotted[1]):02}")
    if ambiguous := _AMBIGUOUS.fullmatch(text):
        raise ValueError(_which_day(ambiguous))
    if _SHORT_YEAR.fullmatch(text):
        raise ValueError("has a year of two digits: write all four")
    if between := _BETWEEN.fullmatch(text):
        return _range(between[1] or between[3], between[2] or between[4])
    first, slash, last = text.partition("/")
    if slash:
        return _range(first, last)
    raise ValueError("is no date")


def _range(first: str, last: str) -> str:
    ends = []
    for end in (first.strip(), last.strip()):
        if end in ("", ".."):
            ends.append("..")
        elif dotted := _DOTTED.fullmatch(end):
            ends.append(_part(f"{dotted[3]}-{int(dotted[2]):02}-{int(dotted[1]):02}"))
        elif _PART.fullmatch(end):
            ends.append(_part(end))
        else:
            raise ValueError(f"is no range of dates: {end[:40]} is no date")
    if ends == ["..", ".."]:
        raise ValueError("is a range open at both ends")
    if _ends(ends[0], OPEN_FIRST)[0] > _ends(ends[1], OPEN_LAST)[1]:
        raise ValueError("is a range that ends before it begins")
    return ends[0] if ends[0] == ends[1] else "/".join(ends)


def _part(text: str) -> str:
    """A year, month or day; `00` and `XX` mean unknown, as in passports (ICAO 9303) and EDTF."""
    matched = _PART.fullmatch(text)
    assert matched
    year, month, day = matched.groups()
    if month in (None, "00", "XX"):
        if day not in (None, "00", "XX"):
            raise ValueError("has a day but no month")
        return str(year)
    if not 1 <= int(month) <= 12:
        raise ValueError(f"has no such month: {month}")
    if day in (None, "00", "XX"):
        return f"{year}-{month}"
    if not 1 <= int(day) <= (most := monthrange(int(year), int(month))[1]):
        raise ValueError(f"is no date: {month_name[int(month)]} {year} has {most} days")
    return f"{year}-{month}-{day}"


def _moment(moment: re.Match[str]) -> str:
    day, hour, minute, second, zone = moment.groups()
    try:
        read = datetime.fromisoformat(f"{_part(day)}T{hour}:{minute or '00'}:{second or '00'}")
        if zone and zone != "Z":
            read = datetime.fromisoformat(f"{read.isoformat()}{zone}").astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("has no such time of day") from None
    width = 13 if not minute else 16 if not second else 19
    return read.strftime("%Y-%m-%dT%H:%M:%S")[: max(width, 16) if zone not in (None, "Z") else width]


def _which_day(ambiguous: re.Match[str]) -> str:
    a, b, year = ambiguous.groups()
    if len(year) != 4:
        return "has a year of two digits: write year-month-day"
    offers = [
        f"{year}-{int(month):02}-{int(day):02}"
        for day, month in ((a, b), (b, a))
        if 1 <= int(month) <= 12 and 1 <= int(day) <= 31
    ]
    if len(set(offers)) == 2:
        return f"is ambiguous: write {offers[0]} or {offers[1]}"
    return f"is ambiguous: write {offers[0]}" if offers else "is no date"
