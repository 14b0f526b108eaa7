"""Days of seizures as tables write them: no day is made more exact than it was, and two readings are asked.

Beside what core.kinds.dates reads: years of two digits, months in words, spreadsheets' numbers of days, years
of the Buddhist, Persian and Islamic calendars.
"""

import re
from datetime import date, timedelta

from entente.core.kinds import dates as written
from entente.match.calendars import BUDDHIST, CALENDARS, ISLAMIC, PERSIAN, span_in
from entente.match.days import dates_in
from entente.match.goods.readings import TwoReadings

DAY, MONTH, YEAR = 1, 2, 3
"""How exact a day is; a quarter and a range of more than a month count as YEAR."""
ORDERS = ("day first", "month first")
_EPOCHS = {"1900": date(1899, 12, 30), "1904": date(1904, 1, 1)}
"""Day nought of a spreadsheet's two systems. (That of 1900 counts a 29 February that never was, before the
first number of five digits; shorter ones are years.)"""
LAST_SERIAL = 2_958_465
"""The last day of the year 9999."""
_NUMBERED = re.compile(r"(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,4})")
_TIME = re.compile(
    r"[T\s]+\d{1,2}[:.]\d\d(?:[:.]\d\d(?:[.,]\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|[+-]\d\d:?\d\d)?$"
)
_QUARTER = re.compile(r"(\d{4})[\s/-]*[QTqt]([1-4])|[QTqt]([1-4])[\s/-]*(\d{4})")
_MONTH_FIRST = re.compile(r"(\d{1,2})[/.-](\d{4})")


def read_day(text: str, today: date, excel: str = "", order: str = "", calendar: str = "") -> tuple[str, int]:
    """(the day in the stored form of core.kinds.dates, DAY, MONTH or YEAR).

    `excel` ("1900" or "1904"): numbers in this column count days; `order` of ORDERS: how it writes 5/6/2019;
    `calendar` of CALENDARS: what its years count from. Raises TwoReadings where a text has two meanings,
    ValueError for what is no day or lies in the future.
    """
    plain = "".join(str(int(c)) if c.isdecimal() else c for c in text).strip()
    if not plain:
        raise ValueError("is empty")
    if len(plain) > 60:
        raise ValueError("is too long for a date")
    if number := re.fullmatch(r"(\d{1,7})(?:[.,]\d+)?", plain):
        if excel and len(number[1]) >= 5:
            return _serial(int(number[1]), excel, today)
        if len(number[1]) == 5:
            raise ValueError("is a number: if a spreadsheet counts days so, say it of the column")
    readings = _meant(_TIME.sub("", plain), order, calendar, today)
    choices = tuple(dict.fromkeys(one for one in readings if _begins(one) <= today))
    if not choices:
        if readings:
            raise ValueError("is in the future")
        raise ValueError("is no date: write year-month-day, or the year alone")
    if len(choices) > 1:
        raise TwoReadings(f"may be {' or '.join(choices)}: write year-month-day", choices)
    return choices[0], _precision(choices[0])


def _serial(days: int, excel: str, today: date) -> tuple[str, int]:
    if excel not in _EPOCHS:
        raise ValueError("counts from no known day: a spreadsheet's days are of 1900 or 1904")
    if days > LAST_SERIAL:
        raise ValueError("is no number of days that a spreadsheet has")
    found = _EPOCHS[excel] + timedelta(days)
    if found > today:
        raise ValueError("is in the future")
    return found.isoformat(), DAY


def _meant(text: str, order: str, calendar: str, today: date) -> list[str]:
    """Every day, month or year that a text may be, those in the future too."""
    if quarter := _QUARTER.fullmatch(text):
        year, nth = quarter[1] or quarter[4], int(quarter[2] or quarter[3])
        return [f"{year}-{3 * nth - 2:02}/{year}-{3 * nth:02}"]
    if numbered := _NUMBERED.fullmatch(text):
        return _of_numbers(numbered, order, calendar, today)
    if month := _MONTH_FIRST.fullmatch(text):
        return _in_calendars(int(month[2]), int(month[1]), 0, calendar)
    if parts := re.fullmatch(r"(\d{4})(?:[-/.](\d{1,2}))?", text):
        return _in_calendars(int(parts[1]), int(parts[2] or 0), 0, calendar)
    try:
        return [_day_of(written.clean(text))]
    except ValueError:
        pass
    for dated in dates_in(text):
        if dated.found.span() == (0, len(text)):
            return list(dated.means)
    return []


def _day_of(clean: str) -> str:
    return clean.partition("T")[0] if "/" not in clean else clean


def _of_numbers(found: re.Match[str], order: str, calendar: str, today: date) -> list[str]:
    a, b, c = (int(found[n]) for n in (1, 3, 4))
    if len(found[1]) > 2:
        return _in_calendars(a, b, c, calendar) if len(found[1]) == 4 and c <= 31 else []
    ways = [(c, b, a), (c, a, b)] if not order else [(c, b, a) if order == ORDERS[0] else (c, a, b)]
    if found[2] == "." and not order and _in_calendars(_year(c, found[4], today), b, a, calendar):
        ways = ways[:1]  # with dots the day comes first
    if found[2] == "-" and len(found[4]) <= 2 and len(found[1]) == 2 and not order:
        ways.append((a, b, c))
    spans = [_in_calendars(_year(y, found[4], today), m, d, calendar) for y, m, d in ways]
    return [one for several in spans for one in several]


def _year(year: int, said: str, today: date) -> int:
    """A year of two digits is the latest that is not to come."""
    if len(said) != 2:
        return year
    full = today.year // 100 * 100 + year
    return full if full <= today.year else full - 100


def _in_calendars(year: int, month: int, day: int, calendar: str) -> list[str]:
    """A day of the calendar that is said; otherwise Gregorian, or what its year can only be."""
    if calendar and calendar not in CALENDARS:
        raise ValueError(f"is of no known calendar: {', '.join(CALENDARS)}")
    if not calendar and 1600 < year < 2300:
        try:
            return [written.clean("-".join([f"{year:04}", *(f"{n:02}" for n in (month, day) if n)]))]
        except ValueError:
            return []
    tried: tuple[str, ...] = (calendar,) if calendar else (BUDDHIST,) if 2400 <= year < 2700 else ()
    if not calendar and 1250 <= year < 1500:
        tried = (PERSIAN, ISLAMIC)
    found = []
    for one in tried:
        try:
            first, last = span_in(one, year, month, day)
        except ValueError:
            continue
        whole = first.isoformat()[: 10 if day else 7 if month else 4]
        found.append(whole if day or one == BUDDHIST else f"{first}/{last}")
    return found


def _begins(clean: str) -> date:
    return written.parse(clean).first


def _precision(clean: str) -> int:
    days = written.parse(clean).days
    return DAY if days == 1 else MONTH if days <= 31 else YEAR
