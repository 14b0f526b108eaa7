"""When a period ends: hours, days, working days and months from an event, in the calendar of one place.

Pure. After Regulation (EEC, Euratom) No 1182/71, article 3: the day of the event is not counted, and a
period in days or months ends with the last hour of its last day, which is midnight where the money is
held. Hours and minutes are elapsed time, so that no change of clocks lengthens them; the Regulation
would begin them with the next full hour, which we do not: an alarm may come early, never late.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

Unit = Literal["min", "h", "d", "wd", "mo"]
"""Minutes, hours, calendar days, working days, months."""
LONGEST_REST = 400
"""Days in a row without a working day after which a calendar is wrong."""

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


class Calendar(Protocol):
    """The days of one place, and its clock."""

    @property
    def zone(self) -> ZoneInfo: ...

    def is_working(self, day: date) -> bool: ...


def ends(start: datetime, limit: int, unit: Unit, calendar: Calendar, rolls: bool = False) -> datetime:
    """The end of a period, in UTC: the first moment that no longer belongs to it.

    `start`: the event, with a time zone. `limit`: at least 1. `rolls` (days and months): a last day that is
    no working day is put off to the end of the next one, and a period of two days or more has at least two
    working days in it (1182/71, article 3(4) and (5)). Raises ValueError.
    """
    if start.tzinfo is None:
        raise ValueError("is a moment without a time zone")
    if limit < 1:
        raise ValueError(f"is no length of a period: {limit}")
    try:
        if unit in ("min", "h"):
            return start.astimezone(UTC) + timedelta(minutes=limit * (60 if unit == "h" else 1))
        event = start.astimezone(calendar.zone).date()
        return day_ends(_last_day(event, limit, unit, calendar, rolls), calendar.zone)
    except OverflowError:
        raise ValueError(f"is a period that runs beyond the calendar: {limit} {unit}") from None


def _last_day(event: date, limit: int, unit: Unit, calendar: Calendar, rolls: bool) -> date:
    if unit == "wd":
        return _nth_working(event, limit, calendar)
    last = _months_on(event, limit) if unit == "mo" else event + limit * _DAY
    if not rolls:
        return last
    last = _nth_working(last - _DAY, 1, calendar)
    return max(last, _nth_working(event, 2, calendar)) if unit == "mo" or limit > 1 else last


def _months_on(day: date, months: int) -> date:
    """The same day of a later month, or the last day of it (1182/71, article 3(2)(c))."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        raise OverflowError
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _nth_working(after: date, n: int, calendar: Calendar) -> date:
    """The n-th working day after a day."""
    days = _working(after, 1, calendar)
    for _ in range(n - 1):
        next(days)
    return next(days)


def _working(day: date, step: int, calendar: Calendar) -> Iterator[date]:
    """The working days after a day (step 1) or before it (step -1), one by one."""
    rest = 0
    while rest < LONGEST_REST:
        day += step * _DAY
        rest = 0 if calendar.is_working(day) else rest + 1
        if not rest:
            yield day
    raise ValueError(f"is a calendar without a working day for {LONGEST_REST} days about {day}")


def day_ends(day: date, zone: ZoneInfo) -> datetime:
    """The moment (UTC) at which a day is over for good in a zone.

    Where the clocks are put on over midnight, that is the moment of the change; where they are put back over
    it, the wall shows the day twice, and it is over when it was shown for the last time.
    """
    midnight = datetime.combine(day + _DAY, time(), zone)
    early, late = sorted(midnight.replace(fold=fold).astimezone(UTC) for fold in (0, 1))

    def is_over(moment: datetime) -> bool:
        return moment.astimezone(zone).date() > day

    if early == late or not is_over(late - _SECOND):
        return late
    if is_over(early):
        return early
    while late - early > _SECOND:  # midnight is skipped: the change of clocks lies between
        middle = early + (late - early) // 2 // _SECOND * _SECOND
        early, late = (early, middle) if is_over(middle) else (middle, late)
    return late


def working_days_left(now: datetime, end: datetime, calendar: Calendar) -> int:
    """How many whole working days still lie between two moments (with a zone); today is not counted."""
    zone = calendar.zone
    first = now.astimezone(zone).date()
    if day_ends(first - _DAY, zone) < now.astimezone(UTC):
        first += _DAY
    last = _last_whole_day(end, zone)
    return sum(calendar.is_working(first + n * _DAY) for n in range((last - first).days + 1))


def working_days_before(end: datetime, n: int, calendar: Calendar) -> datetime:
    """The last moment (UTC) with n whole working days between it and an end: where the first of them begins.

    Raises ValueError for n below 1, or a calendar without working days.
    """
    if n < 1:
        raise ValueError(f"is no number of days: {n}")
    days = _working(_last_whole_day(end, calendar.zone) + _DAY, -1, calendar)
    for _ in range(n - 1):
        next(days)
    return day_ends(next(days) - _DAY, calendar.zone)


def _last_whole_day(end: datetime, zone: ZoneInfo) -> date:
    """The last day that is over by a moment."""
    day = end.astimezone(zone).date() - _DAY
    while day_ends(day, zone) > end.astimezone(UTC):
        day -= _DAY
    return day
