"""Dates in running text: where they stand, and the days that each may mean."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from entente.core.kinds import dates as written
from entente.match.dates import span_of
from entente.match.eras import foreign_dates_in

_ISO = re.compile(r"(?<![\w/-])(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?![\w/-])", re.ASCII)
_YEAR_FIRST = re.compile(r"(?<![\w/.-])((?:1[89]|20)\d\d)([./])(\d{1,2})\2(\d{1,2})(?![\w/-])", re.ASCII)
_NUMBERED = re.compile(r"(?<![\w/.-])(\d{1,2})([./-])(\d{1,2})[./-](\d{4})(?![\w/-])", re.ASCII)
_SPAN = re.compile(r"(?<![\w/-])((?:1[89]|20)\d\d)\s?[/–—-]\s?((?:1[89]|20)\d\d)(?![\w/-])", re.ASCII)
_ABOUT = re.compile(
    r"(?<!\w)(?:~|≈|circa|about|around|approx(?:imately|\.)?|ca?\.|ca(?=\s)|vers|environ|hacia|"
    r"alrededor de|حوالي)\s*((?:1[89]|20)\d\d)(?!\w)",
    re.IGNORECASE,
)
_GIVE_OR_TAKE = re.compile(r"(?<![\w/.-])((?:1[89]|20)\d\d)\s?(?:±|\+/-)\s?(\d{1,2})(?!\w)", re.ASCII)
_DECADE = re.compile(r"(?<![\w/.-])((?:1[89]|20)\d)(?:0['’]?s|X)(?!\w)", re.ASCII | re.IGNORECASE)
_OF_DECADE = re.compile(r"\b(?:années|años)\s((?:1[89]|20)\d)0(?!\w)", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\w/.-])(?:1[89]\d\d|20[0-3]\d)(?![\w/-]|\.\d)", re.ASCII)
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan january janvier enero januar",
            "feb february fevrier février febrero februar",
            "mar march mars marzo marz märz",
            "apr april avril abril",
            "may mai mayo",
            "jun june juin junio juni",
            "jul july juillet julio juli",
            "aug august aout août agosto",
            "sep sept september septembre septiembre",
            "oct october octobre octubre oktober okt",
            "nov november novembre noviembre",
            "dec december decembre décembre diciembre dezember dez",
        ),
        1,
    )
    for word in words.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WORDED = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th|er|\.)?[\s-]+(?:de\s+)?)?({_MONTH})\b\.?(?:\s+(\d{{1,2}})(?:st|nd|rd|th)?)?,?[\s-]+"
    r"(?:de\s+)?((?:1[89]|20)\d\d)(?!\w)",
    re.IGNORECASE,
)


_AGE = re.compile(
    r"(?<![\w/.-])(?:aged|age|âgée?(?:\s+de)?|edad(?:\s+de)?|عمره|عمرها)[:\s]*(\d{1,3})(?:\s?(?:-|–|to|à|a)\s?(\d{1,3}))?"
    r"(?:\s?(?:years?(?:\s+old)?|yrs?|y\.?o\.?|ans|años|سنة|عاما|عامًا))?(?![\w/-])|"
    r"(?<![\w/.-])(\d{1,3})(?:\s?(?:-|–|to|à|a)\s?(\d{1,3}))?"
    r"[\s-]?(?:years?[\s-]old|yrs?[\s-]old|y\.o\.|yo|y/o|ans|años|سنة|سنوات|عاما|عامًا)(?![\w/-])",
    re.IGNORECASE,
)
OLDEST = 120
"""Years that an age has at most."""
_ANY_DIGIT = re.compile(r"[0-9]")
_DIGITS = {ord(zero) + n: str(n) for zero in "٠۰०০๐" for n in range(10)}
"""Arabic, Persian, Devanagari, Bengali and Thai digits, one for one: what is found keeps its place."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as it stands in a text: `means` are its readings in clean form, more than one when day and month
    may have changed places or the year is of two calendars, none when it has the look of a date and is none
    (31.02.1971). `calendars`: those it was read in, where not the Gregorian."""

    found: re.Match[str]
    means: tuple[str, ...]
    calendars: tuple[str, ...] = ()


def dates_in(text: str) -> Iterator[Dated]:
    """Dates that are more than a bare year; where two overlap, both are told and the surer comes first."""
    text = _in_digits(text)
    if not _ANY_DIGIT.search(text):
        return  # for speed: most names
    for foreign, readings in foreign_dates_in(text):
        means = tuple(dict.fromkeys([days for _, days in readings]))
        yield Dated(foreign, means, tuple([calendar for calendar, _ in readings]))
    for pattern, spell in _READ:
        for found in pattern.finditer(text):
            spelt = spell(found)
            means = tuple(dict.fromkeys([c for s in spelt if (c := _clean(s))]))
            if means or (spelt and _looks(found)):
                yield Dated(found, means)


def years_in(text: str) -> Iterator[re.Match[str]]:
    """Bare years: 1971."""
    return _YEAR.finditer(_in_digits(text))


def ages_in(text: str, today: date) -> Iterator[Dated]:
    """Ages ("aged 45", "40-45 ans", "45 سنة") as the days on which somebody of that age was born."""
    for found in _AGE.finditer(_in_digits(text)):
        least, most = found[1] or found[3], found[2] or found[4]
        young, old = sorted((int(least), int(most or least)))
        if young > 0 and old <= OLDEST:
            first = _years_before(today, old + 1) + timedelta(1)
            yield Dated(found, (f"{first}/{_years_before(today, young)}",))


def _in_digits(text: str) -> str:
    return text if text.isascii() else text.translate(_DIGITS)


def _years_before(day: date, years: int) -> date:
    """The same day so many years ago; of a 29th of February that year had not, the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def is_year(text: str) -> bool:
    """Whether a text is a year that somebody may be born in, and nothing else."""
    return _YEAR.fullmatch(text) is not None


def _iso(found: re.Match[str]) -> list[str]:
    return ["-".join(part.zfill(2) for part in found.groups() if part)]


def _numbered(found: re.Match[str]) -> list[str]:
    """Day first, as nearly all the world writes it. With dots the month comes first only where it must; with
    strokes or hyphens it may as well."""
    a, sign, b, year = found.groups()
    day_first, month_first = f"{year}-{int(b):02}-{int(a):02}", f"{year}-{int(a):02}-{int(b):02}"
    return [day_first] if sign == "." and _clean(day_first) else [day_first, month_first]


def _worded(found: re.Match[str]) -> list[str]:
    """ "5 March 1971", "March 5, 1971" or "March 1971"."""
    day = found[1] or found[3]
    month = _MONTHS.get(found[2].lower())  # a pattern without case takes ſ and ı for letters of a month
    return [f"{found[4]}-{month:02}" + (f"-{int(day):02}" if day else "")] if month else []


def _give_or_take(found: re.Match[str]) -> list[str]:
    year, years = int(found[1]), int(found[2])
    return [f"{year - years}/{year + years}"]


def _decade(found: re.Match[str]) -> list[str]:
    return [f"{found[1]}0/{found[1]}9"]


_READ: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], list[str]]], ...] = (
    (_ISO, _iso),
    (_YEAR_FIRST, lambda found: [f"{found[1]}-{int(found[3]):02}-{int(found[4]):02}"]),
    (_NUMBERED, _numbered),
    (_WORDED, _worded),
    (_SPAN, lambda found: [f"{found[1]}/{found[2]}"]),
    (_ABOUT, lambda found: [f"~{found[1]}"]),
    (_GIVE_OR_TAKE, _give_or_take),
    (_DECADE, _decade),
    (_OF_DECADE, _decade),
)


def _clean(text: str) -> str | None:
    """The clean form of a date in the years that a question may mean; None for anything else."""
    try:
        clean = written.clean(text)
    except ValueError:
        return None
    span = span_of(clean)
    return clean if span and 1800 <= span.first <= 2040 else None


def _looks(found: re.Match[str]) -> bool:
    """Whether what is no date was meant as one: a year of our time, and a day and a month that could be."""
    parts = [int(p) for p in found.groups() if p and p.isdecimal()]
    years = [p for p in parts if p > 99]
    return (
        len(parts) == 3
        and len(years) == 1
        and 1800 <= years[0] <= 2040
        and sum(parts) - years[0] <= 62
        and all(1 <= p <= 31 for p in parts if p <= 99)
    )
