"""Dates as pages of documents print them, made the six characters that a zone has for them.

"12 AUG/AOU 74", "12.08.1974", "08/12/1974", "1974-08-12", "AUG 1974", "1974": a page with strokes leaves open
whether the day or the month comes first, and all readings are kept; the zone decides (Doc 9303-3, 3.8).
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from entente.match.days import dates_in

_LONGEST = 60
_WORD = r"[^\W\d_]{3,12}"
_YEAR_FIRST = re.compile(r"(\d{4})(?:[ ./-]+(\d{1,2}))?(?:[ ./-]+(\d{1,2}))?", re.ASCII)
_NUMBERED = re.compile(r"(?:(\d{1,2}|XX|--|<<)[ ./-]+)?(\d{1,2}|XX|--|<<)([ ./-]+)(\d{4}|\d\d)", re.ASCII)
_WORDED = re.compile(
    rf"([0-9]{{1,2}}|XX|--)?[ .-]*({_WORD})\.?(?: *[/ ] *({_WORD})\.?)?[ .-]*([0-9]{{4}}|[0-9]{{2}})"
)
_SHORT = dict(
    zip(
        "ENE GEN MRT MÄR ABR MAG MAJ MEI GIU LUG AGO SET OKT OTT OUT DIC".split(),
        "01 01 03 03 04 05 05 05 06 07 08 09 10 10 10 12".split(),
        strict=True,
    )
)
"""Months of pages that no search needs; not those that two languages use for two months (LIS)."""
_COMPACT = re.compile(r"(\d\d)(\d\d)(\d{4})", re.ASCII)


def sixes(text: str) -> Mapping[str, str]:
    """What a printed date may be in a zone (YYMMDD, filler for parts that are not there), each with its clean
    form (ISO; two digits of a year stay two). Empty for what is no date."""
    text = " ".join(text[: 4 * _LONGEST].upper().split())
    found: dict[str, str] = {}
    if len(text) <= _LONGEST:
        for year, month, day in _read(text):
            six = year[-2:] + _two(month) + _two(day)
            found.setdefault(six, "-".join(p for p in (year, month and _two(month), day and _two(day)) if p))
    return found


def days(text: str, latest: date) -> tuple[date, ...]:
    """The days that a printed date may mean; of a year in two digits the last that does not lie after
    `latest`."""
    found: list[date] = []
    for clean in sixes(text).values():
        year, *rest = clean.split("-")
        if len(rest) != 2:
            continue
        month, day = map(int, rest)
        full = int(year)
        if len(year) == 2:
            full += latest.year // 100 * 100
            full -= 100 if (full, month, day) > (latest.year, latest.month, latest.day) else 0
        if _is_day(full, month, day):
            found.append(date(full, month, day))
    return tuple(found)


def _read(text: str) -> Iterator[tuple[str, str, str]]:
    """(year, month, day) of every reading; month and day empty where they are not printed."""
    for year, *rest in _orders(text):
        month, day = (part if part.isdigit() and int(part) else "" for part in rest)
        full = int(year) if len(year) == 4 else 2000  # a leap year: two digits may be one
        if (not day or month) and _is_day(full, int(month or 1), int(day or 1)):
            yield year, month, day


def _orders(text: str) -> Iterator[tuple[str, str, str]]:
    if whole := _YEAR_FIRST.fullmatch(text):
        yield whole[1], whole[2] or "", whole[3] or ""
    if compact := _COMPACT.fullmatch(text):
        yield compact[3], compact[2], compact[1]
    if numbered := _NUMBERED.fullmatch(text):
        first, second, sign, year = numbered.groups()
        if first is not None or len(year) == 4:
            yield year, second, first or ""
        if first is not None and "." not in sign:
            yield year, first, second
    if worded := _WORDED.fullmatch(text):
        day, *words, year = worded.groups()
        for month in filter(None, map(_month, filter(None, words))):
            yield year, month, day or ""


@lru_cache(maxsize=1 << 9)
def _month(word: str) -> str:
    """The number of a month by its name or what a page makes of it (AOU, AUG); empty for another word."""
    if word in _SHORT:
        return _SHORT[word]
    for dated in dates_in(f"1 {word} 2000"):
        for clean in dated.means:
            if clean.startswith("2000-") and clean.endswith("-01"):
                return clean[5:7]
    return ""


def _two(part: str) -> str:
    return part.zfill(2) if part else "<<"


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
