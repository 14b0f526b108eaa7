"""Dates and times as people and banks write them."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal

Order = Literal["iso", "day first", "month first"]
MOST_SIGNS = 64
"""Of a date with a time, in any writing. Patterns are tried on no longer text."""
_ISO = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})")
_PARTS = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4}|\d{2})")
_TIME = re.compile(
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)? ?([AaPp])?\.?(?:[Mm]\.?)? ?"
    r"(Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?"
)


def order_of(cells: Iterable[str]) -> Order | None:
    """Which of day and month comes first in a column; None where every cell allows both and they differ.

    Raises ValueError for a column in which both stand.
    """
    allowed = {"day first", "month first"}
    differ = dotted = False
    for cell in cells:
        text = _digits(cell)
        found = None if _ISO.match(text) else _PARTS.match(text)
        if not found:
            continue
        first, second = int(found[1]), int(found[2])
        if first > 12 and second > 12:
            continue  # is no date, which its own row is told
        if first > 12:
            allowed.discard("month first")
        if second > 12:
            allowed.discard("day first")
        differ = differ or first != second
        dotted = dotted or "." in found[0]
    if not allowed:
        raise ValueError("has dates with the day first and dates with the month first")
    if len(allowed) == 1:
        return "day first" if "day first" in allowed else "month first"
    if not differ:
        return "iso"
    return "day first" if dotted else None  # all who part a date by dots write the day first


def read_moment(cell: str, order: Order, zone: timezone = UTC) -> int:
    """Seconds since 1970 of a date, with a time or without (then midnight), in `zone` where it names none.

    Raises ValueError with a reason that reads after the date: none, one that does not exist, before 1970.
    """
    text = _digits(cell)
    if len(text) > MOST_SIGNS:
        raise ValueError("is no date")
    if found := _ISO.match(text):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    elif found := _PARTS.match(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if order == "iso" and first != second and max(first, second) <= 12:
            raise ValueError("may have the day first or the month")
        day, month = (second, first) if order == "month first" else (first, second)
        year += 2000 if year < 70 else 1900 if year < 100 else 0
    else:
        raise ValueError("is no date")
    try:
        midnight = datetime(year, month, day, tzinfo=zone)
    except ValueError as wrong:
        raise ValueError("is a date that does not exist") from wrong
    rest = text[found.end() :].strip(" T,")
    when = _at(midnight, rest) if rest else midnight
    if when.year < 1970:
        raise ValueError("is before 1970")
    return int(when.timestamp())


def _at(day: datetime, text: str) -> datetime:
    """The same day at a clock time, in the zone that it names. Raises ValueError."""
    found = _TIME.fullmatch(text)
    try:
        if not found:
            raise ValueError
        hour = int(found[1])
        if found[4]:
            hour = hour % 12 + (12 if found[4] in "pP" else 0)
        if (said := found[5]) and said[0] in "+-":
            ahead = timedelta(hours=int(said[1:3]), minutes=int(said[3:].lstrip(":") or 0))
            day = day.replace(tzinfo=timezone(ahead if said[0] == "+" else -ahead))
        elif said:
            day = day.replace(tzinfo=UTC)
        return day.replace(hour=hour, minute=int(found[2]), second=int(found[3] or 0))
    except ValueError as wrong:
        raise ValueError("has no time of the clock behind the date") from wrong


def _digits(cell: str) -> str:
    text = " ".join(cell.split())
    return text if text.isascii() else "".join(str(int(c)) if c.isdecimal() else c for c in text)
