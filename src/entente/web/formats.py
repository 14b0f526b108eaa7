"""Dates, times and numbers as the reader's language writes them. Times are UTC and say so."""

from datetime import UTC, date, datetime

from babel import Locale
from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from entente.core.kinds import countries
from entente.core.things import NEVER
from entente.web import words
from entente.web.language import _, current

_LOCALES = {"en": "en_GB", "fr": "fr", "es": "es", "ar": "ar"}


def _locale() -> str:
    return _LOCALES[current()]


def day(value: date | str | None) -> str:
    """A date; a partial one ("1971", "1971-03") stays as it was written, "~1971" is about 1971."""
    if isinstance(value, str):
        if value.startswith("~"):
            return _("about %(when)s", when=day(value[1:]))
        if "/" in value:
            return " – ".join(day(end) for end in value.split("/"))
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return str(value)
    if value is None:
        return ""
    return _("withdrawn") if value == NEVER else format_date(value, "d MMM y", locale=_locale())


def when(value: str) -> datetime:
    """A moment as things keep it."""
    return datetime.fromisoformat(value)


def moment(value: datetime | str | None) -> str:
    """A date and time in UTC; of a moment as things keep it too."""
    if not value:
        return ""
    if isinstance(value, str):
        value = when(value)
    at = value.astimezone(UTC) if value.tzinfo else value
    return format_datetime(at, "d MMM y HH:mm", locale=_locale()) + " UTC"


def month(year: int, number: int) -> str:
    """A month of a year: "February 1980"."""
    return format_date(date(year, number, 1), "MMMM y", locale=_locale())


def country(code: str) -> str:
    """A country in the reader's language: "fr" is France; a code that has no name there is itself.

    CLDR fills ISO's user-assigned codes (xa to xz, but for Kosovo) with pseudo languages: not ours.
    """
    if code.startswith("x") and code != "xk":
        return code.upper()
    return Locale.parse(_locale()).territories.get(code.upper()) or countries.names().get(code, code.upper())


def value(text: str, type: str) -> str:
    """A property's value, as its type is read."""
    if type == "date":
        return day(text)
    if type == "country":
        return country(text)
    if type in ("years", "months") and text.replace(".", "", 1).isdecimal():
        return format_unit(float(text), f"duration-{type[:-1]}", locale=_locale())
    return words.label(words.SEXES, text) if type == "gender" else text


def number(value: float) -> str:
    return format_decimal(value, locale=_locale())


def percent(value: float) -> str:
    """A part of one, 0.873 -> 87%."""
    return format_percent(value, format="0%", locale=_locale())


def until(value: datetime, now: datetime | None = None) -> str:
    """How far away a moment is: "in 3 hours", "2 days ago"."""
    delta = value - (now or datetime.now(UTC))
    return format_timedelta(delta, threshold=1.2, add_direction=True, locale=_locale())


def iso(value: date | str) -> str:
    """For machines: the datetime attribute of <time>, the value of a date field."""
    return value if isinstance(value, str) else value.isoformat()
