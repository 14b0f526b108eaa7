"""Rules for single values of bank messages, those beyond a schema among them: code lists, ISO 4217, check
digits.

A rule takes the text and gives the value, or raises ValueError with a reason that reads after the text.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from schwifty import BIC
from schwifty.exceptions import SchwiftyException
from schwifty.registry import get_iban_spec
from stdnum import lei

from entente.match.banking import codes
from entente.match.money.accounts import OWN_COUNTRIES
from entente.match.money.currencies import CURRENCIES
from entente.match.numbers import iban_ok

Rule = Callable[[str], Any]

CLOCKS_DIFFER = timedelta(hours=14)
"""How far ahead of the house's clock a date may lie: where it is tomorrow already, and a bank gives no
zone."""
_BIC = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?", re.ASCII)
_OLD_BIC = re.compile(r"[A-Z]{6}[A-Z2-9][A-NP-Z0-9](?:[A-Z0-9]{3})?", re.ASCII)
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_DECIMAL = re.compile(r"\d{1,18}(?:\.\d{1,17})?", re.ASCII)
_CODE = re.compile(r"[A-Z0-9]{4}", re.ASCII)
_COUNT = re.compile(r"\d{1,15}", re.ASCII)
_CARD = re.compile(r"\d{8,28}", re.ASCII)


def text(most: int) -> Rule:
    """One to `most` characters, not all of them blank."""

    def rule(written: str) -> str:
        if not written.strip():
            raise ValueError("is empty")
        if len(written) > most:
            raise ValueError(f"is longer than {most} characters")
        return written

    return rule


def code_of(known: Mapping[str, str] | frozenset[str], what: str) -> Rule:
    """A code of one of the tables in `codes`."""

    def rule(written: str) -> str:
        if written not in known:
            raise ValueError(f"is no {what} of ISO 20022's external code lists that a transfer can have")
        return written

    return rule


def shaped(shape: re.Pattern[str], what: str) -> Rule:
    """Text of one form."""

    def rule(written: str) -> str:
        if not shape.fullmatch(written):
            raise ValueError(f"is no {what}")
        return written

    return rule


@lru_cache(maxsize=1 << 12)
def bic(written: str) -> str:
    """A bank's identifier of 8 or 11 characters whose country exists (ISO 9362); XA to XZ are
    user-assigned."""
    if not _BIC.fullmatch(written):
        raise ValueError("is no BIC: 4 letters or digits, a country, 2 and perhaps 3 more (ISO 9362)")
    if written[4:6] not in OWN_COUNTRIES:
        with suppress(SchwiftyException):
            return str(BIC(written))
        raise ValueError(f"is no BIC: no country is called {written[4:6]}")
    return written


def old_bic(written: str) -> str:
    """A BIC as the messages of before 2014 have it: letters alone before the country, and no O or 0 after
    it."""
    if not _OLD_BIC.fullmatch(bic(written)):
        raise ValueError("is a BIC with digits where this message allows letters alone")
    return written


def iban(written: str) -> str:
    """An account number with its country's form and right check digits (ISO 13616).

    Those of the user-assigned countries XA to XZ have no form of their own, and only their check digits
    count.
    """
    if not _IBAN.fullmatch(written):
        raise ValueError("is no IBAN: a country, 2 digits, 11 to 30 capitals and digits, no spaces")
    if iban_ok(written):
        return written
    if _mod97(written) != 1:
        raise ValueError("is no IBAN: its check digits do not fit (ISO 13616)")
    if written[:2] not in OWN_COUNTRIES:
        raise ValueError(f"is no IBAN: {written[:2]} has none, or none of this form (ISO 13616)")
    return written


def mistyped_iban(written: str) -> bool:
    """Whether a number has the form of its country's IBANs, but wrong check digits.

    What has the form of none is another account; what has one cannot be told from a slip of the pen.
    """
    if not _IBAN.fullmatch(written) or _mod97(written) == 1:
        return False
    if written[:2] in OWN_COUNTRIES:
        return True
    try:
        return bool(get_iban_spec(written[:2]).regex.fullmatch(written[4:]))
    except SchwiftyException:
        return False


def _mod97(written: str) -> int:
    return int("".join([str(int(c, 36)) for c in written[4:] + written[:4]])) % 97


@lru_cache(maxsize=1 << 10)
def country(written: str) -> str:
    """A country's two letters (ISO 3166-1), or one of the user-assigned XA to XZ."""
    if re.fullmatch(r"[A-Z]{2}", written):
        if written in OWN_COUNTRIES:
            return written
        with suppress(SchwiftyException):  # it knows the countries, and asks no bank for its name
            BIC(f"AAAA{written}AA")
            return written
    raise ValueError("is no country of ISO 3166-1")


def currency(written: str) -> str:
    """A currency in use (ISO 4217)."""
    if written not in CURRENCIES:
        raise ValueError("is no currency of ISO 4217")
    return written


def lei_number(written: str) -> str:
    """A legal entity's identifier with right check digits (ISO 17442)."""
    if len(written) == 20 and written.isalnum() and written.upper() == written and lei.is_valid(written):
        return written
    raise ValueError("is no LEI (ISO 17442)")


def uetr(written: str) -> str:
    """The end-to-end reference of a transaction: a UUID of version 4 in small letters."""
    with suppress(ValueError):
        found = UUID(written)
        if found.version == 4 and str(found) == written:
            return written
    raise ValueError("is no UUID of version 4 in small letters")


def day(written: str) -> date:
    """A calendar day, of any time."""
    if _DATE.fullmatch(written):
        with suppress(ValueError):
            return date.fromisoformat(written)
    raise ValueError("is no date of the form 2026-11-29")


def moment(written: str) -> datetime:
    """A time of day and date, with or without a zone; what is finer than a microsecond is left out."""
    found = _MOMENT.fullmatch(written)
    if found:
        with suppress(ValueError):
            whole = datetime.fromisoformat(found[1] + (found[2] or ".")[:7].ljust(7, "0"))
            return whole.replace(tzinfo=_zone(found[3]))
    raise ValueError("is no time of the form 2026-11-29T09:00:00Z")


def _zone(written: str | None) -> Any:
    return datetime.fromisoformat(f"2000-01-01T00:00:00{written}").tzinfo if written else None


def has_come(when: date | datetime, now: datetime) -> None:
    """Raises ValueError where a time still lies ahead, or before banks kept any by machine (1970)."""
    if not isinstance(when, datetime):
        when = datetime(when.year, when.month, when.day)
    slack = CLOCKS_DIFFER if when.tzinfo is None else timedelta(minutes=5)
    if when.year < 1970:
        raise ValueError("is before 1970")
    if when.year > now.year + 1 or (when if when.tzinfo else when.replace(tzinfo=UTC)) > now + slack:
        raise ValueError("lies in the future")


def yes_no(written: str) -> bool:
    """An indicator of XML Schema."""
    if written in ("true", "1"):
        return True
    if written in ("false", "0"):
        return False
    raise ValueError("is neither true nor false")


def count(written: str) -> int:
    """How many, in at most 15 digits."""
    if _COUNT.fullmatch(written):
        return int(written)
    raise ValueError("is no count of at most 15 digits")


def number(written: str) -> Decimal:
    """A decimal number such as an exchange rate or a control sum: at most 18 digits, no sign, no exponent."""
    if _DECIMAL.fullmatch(written) and len(written.replace(".", "").lstrip("0")) <= 18:
        return Decimal(written)
    raise ValueError("is no decimal number of at most 18 digits")


def rate(written: str) -> Decimal:
    """An exchange rate: at most 11 digits, 10 of them after the point, above nought."""
    found = number(written)
    if not found or len(written.replace(".", "").strip("0")) > 11 or len(written.partition(".")[2]) > 10:
        raise ValueError("is no exchange rate of at most 11 digits above nought")
    return found


def choice(*values: str) -> Rule:
    """One of a few fixed words."""

    def rule(written: str) -> str:
        if written not in values:
            raise ValueError(f"is none of {', '.join(values)}")
        return written

    return rule


RULES: Mapping[str, Rule] = {
    "account-scheme": text(4),
    "bic": bic,
    "cancellation": code_of(codes.CANCELLATION, "cancellation reason"),
    "card": shaped(_CARD, "card number of 8 to 28 digits"),
    "clearing": text(5),
    "code": shaped(_CODE, "code of 4 capitals or digits"),
    "confirmation": code_of(codes.CONFIRMATION, "state of an inquiry"),
    "count": count,
    "country": country,
    "currency": currency,
    "date": day,
    "day": day,
    "group": code_of(codes.GROUP, "state of a recalled group"),
    "iban": iban,
    "lei": lei_number,
    "moment": moment,
    "decimal": number,
    "old-bic": old_bic,
    "payment": code_of(codes.PAYMENT, "state of a payment"),
    "rate": rate,
    "rejection": code_of(codes.REJECTION, "reason of a refused cancellation"),
    "return": code_of(frozenset(codes.RETURN) | codes.OTHER_RETURNS, "reason of a return"),
    "time": moment,
    "transaction": code_of(codes.TRANSACTION, "state of a recalled payment"),
    "uetr": uetr,
    "yes-no": yes_no,
    "parties": choice("ALLP", "OWNE"),
    "request": choice("DTTX", "OREC"),
    "response": choice("NRES", "PART", "COMP"),
    "outcome": choice("FOUN", "NFOU", "NOAP"),
    "method": choice("INDA", "INGA", "COVE", "CLRG"),
    "side": choice("CRDT", "DBIT"),
    "bearer": choice("DEBT", "CRED", "SHAR", "SLEV"),
}
"""Rule of each type of value that the grammars name; digits name a text of at most so many characters.

"date" and "moment" have come when they are written; "day" and "time" may lie ahead.
"""
PAST = frozenset({"date", "moment"})
