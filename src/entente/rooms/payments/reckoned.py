"""Amounts in groups of three, and how far away a moment is in hours and minutes, as pages say them."""

from datetime import datetime, timedelta

from entente.web import formats
from entente.web.language import _

THIN = "\u202f"
DAYS_FROM = timedelta(hours=48)
"""From here on, what is left is told in days."""


def countdown(at: datetime, now: datetime, working_days: int | None = None) -> str:
    """How far away a moment is: "in 3 h 20 min", "2 h 5 min ago"; from two days on, the working days left
    where they are known, else "in 3 days"."""
    away = at - now
    if abs(away) >= DAYS_FROM:
        if working_days is not None and at > now:
            return _("working days left: %(number)s", number=working_days)
        return formats.until(at, now)
    minutes = int(abs(away).total_seconds()) // 60
    said = {"hours": minutes // 60, "minutes": minutes % 60}
    if minutes < 60:
        return _("%(minutes)s min ago", **said) if at < now else _("in %(minutes)s min", **said)
    if at < now:
        return _("%(hours)s h %(minutes)s min ago", **said)
    return _("in %(hours)s h %(minutes)s min", **said)


def grouped(amount: str) -> str:
    """An amount with its digits in groups of three (ISO 80000-1): "41 250.00", the same in every language."""
    whole, point, rest = amount.partition(".")
    digits, space, unit = whole.partition(" ")
    if not digits.isdecimal():
        return amount
    return f"{int(digits):,}".replace(",", THIN) + space + unit + point + rest


def ungrouped(amount: str) -> str:
    """An amount as it is read: one that was copied from a page has thin spaces in it."""
    return amount.replace(THIN, "")


def age(hours: float) -> str:
    """Hours since a payment: "3 h 20 min", and from three days on, whole hours."""
    if hours >= 72:
        return _("%(hours)s h", hours=int(hours))
    return _("%(hours)s h %(minutes)s min", hours=int(hours), minutes=int(hours % 1 * 60))
