"""Days of issue, birth and expiry against one another and a version: what cannot be, and what is long."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from entente.match.documents import page_dates
from entente.match.documents.centuries import Dated
from entente.match.documents.rules import Rules

NINE_MONTHS = timedelta(days=275)
"""What a state may add of an old paper's validity to the new one's, as the United Kingdom did until 2018."""
_FARTHEST = 9000
"""A year that a page may print, from which one can still count on."""
A_DAY = timedelta(days=1)
"""Some papers expire the day after, some the day before, the day of issue comes round."""


class Oddity(NamedTuple):
    """A mark of findings.py, its field, and the days (ISO) and years that a sentence about it needs."""

    mark: str
    field: str
    values: dict[str, str | int]


def day_of_issue(printed: str, expiry: Dated, today: date) -> date | None:
    """The day of issue on the page; None where none can be read. Of 08/12/2020 that reading is taken whose
    day and month are those of the expiry, or else one that does not lie ahead, day first."""
    days = page_dates.days(printed, today)
    if not days:
        return None
    end = expiry.first
    return min(days, key=lambda d: (end is None or not _comes_round(d, end), d > today))


def _comes_round(issued: date, end: date) -> bool:
    return any(_years_after(issued, end.year - issued.year) + A_DAY * n == end for n in (-1, 0, 1))


def _years_after(day: date, years: int) -> date:
    """The same day so many years on; of a 29th of February that year has not, the 1st of March."""
    year = min(day.year + years, _FARTHEST)
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def oddities(rules: Rules, issued: date | None, expiry: Dated, birth: Dated, today: date) -> Iterator[Oddity]:
    """What is odd about the days; a "valid" one where the paper is and nothing forbids."""
    end = expiry.first
    told: dict[str, str | int] = {"expiry": expiry.iso} if end else {}
    if issued is not None:
        told["issued"] = issued.isoformat()
        yield from _around_issue(rules, issued, end, birth, today, told)
    if end is None:
        return
    if birth.first and birth.first > end:
        yield Oddity("born_after_expiry", "birth", told | {"birth": birth.iso})
    if end < today:
        yield Oddity("expired", "expiry", told | {"days": (today - end).days})
    elif issued is None or issued <= today:
        yield Oddity("valid", "expiry", told | {"days": (end - today).days})
    yield from _lengths(rules, issued, end, today, told)


def _around_issue(
    rules: Rules, issued: date, end: date | None, birth: Dated, today: date, told: dict[str, str | int]
) -> Iterator[Oddity]:
    if issued > today:
        yield Oddity("not_yet_valid", "issued", told)
    if end and end < issued:
        yield Oddity("expiry_before_issue", "expiry", told)
    if birth.first and birth.first > issued:
        yield Oddity("born_after_issue", "birth", told | {"birth": birth.iso})
    if rules.first_issued and issued < rules.first_issued:
        yield Oddity("issued_before_version", "issued", told | {"first": rules.first_issued.isoformat()})
    if rules.last_issued and issued > rules.last_issued:
        # A post abroad uses up its blanks.
        yield Oddity("issued_after_version", "issued", told | {"last": rules.last_issued.isoformat()})


def _lengths(
    rules: Rules, issued: date | None, end: date, today: date, told: dict[str, str | int]
) -> Iterator[Oddity]:
    """Whether it is valid longer than its version is; of a paper whose day of issue is not known, longer than
    one would be that was issued today, or last of all."""
    if issued is None:
        if rules.first_issued and end < rules.first_issued:
            yield Oddity("expired_before_version", "expiry", told | {"first": rules.first_issued.isoformat()})
        if rules.validity_years and rules.last_issued:
            last = _years_after(rules.last_issued, rules.validity_years)
            if end > last + NINE_MONTHS:
                values = told | {"last": rules.last_issued.isoformat(), "years": rules.validity_years}
                yield Oddity("expiry_after_version", "expiry", values)
    if rules.validity_years:
        latest = _years_after(issued or today, rules.validity_years) + A_DAY
        if end > latest:
            mark = "validity_too_long" if end > latest + NINE_MONTHS else "validity_long"
            yield Oddity(mark, "expiry", told | {"years": rules.validity_years, "latest": latest.isoformat()})
