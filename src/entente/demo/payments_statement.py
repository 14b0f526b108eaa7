"""The statement of the demo's mule account, as a bank of Belmark exports it: semicolons, decimal commas, the
day first, headings below an address.

Weeks of ordinary life, then four victims' payments and where they went. Accounts are of user-assigned
countries, so that they are nobody's.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np


def iban(country: str, rest: str) -> str:
    """An account of a user-assigned country whose check digits fit (ISO 7064, modulo 97)."""
    number = int("".join(str(int(c, 36)) for c in f"{rest}{country}00"))
    return f"{country}{98 - number % 97:02d}{rest}"


VICTIM, MULE, NEXT = (
    iban("XA", "ENTA000000004411"),
    iban("XB", "ENTB000000007301"),
    iban("XC", "ENTC000000009955"),
)
VICTIM_2 = iban("XA", "ENTA000000006120")
CARDS, EXCHANGE, WAGES = (
    iban("XB", "ENTB000000000212"),
    iban("XD", "ENTD000000000808"),
    iban("XB", "ENTB000000001140"),
)
TOP_UPS, DRUMMEN, NOMINEE = "Top-ups of cards", "Drummen Exchange", "Velda Nominee"
HEADINGS = "Kontonummer;Buchungstag;Gegenkonto;Name Zahlungsbeteiligter;Verwendungszweck;Betrag;Währung"
SHOPS = ("Bakery Orla", "Belmark Trams", "Pharmacy at the gate", "Green grocer", "Petrol 24", "Café Miro")
DAYS = 48
"""Of ordinary life before the first victim's payment."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the statement: how long before it was written, the other end, what for, cents in or out."""

    ago: timedelta
    other: str
    name: str
    text: str
    cents: int


def _ago(hours: int, minutes: int = 0) -> timedelta:
    return timedelta(hours=hours, minutes=minutes)


STOLEN = (
    Entry(_ago(27), VICTIM, "Port Arven Growers' Cooperative", "Invoice 2026-113", 4_125_000),
    Entry(_ago(26, 10), NEXT, NOMINEE, "Consulting", -1_600_000),
    Entry(_ago(25, 30), "", "Cash machine 7714", "Cash", -25_000),
    Entry(_ago(5), VICTIM_2, "Oda Brunn", "Deposit for flat 12", 295_000),
    Entry(_ago(4, 20), CARDS, TOP_UPS, "Card 5512", -290_000),
    Entry(_ago(3), VICTIM, "Port Arven Growers' Cooperative", "Invoice 2026-131", 1_890_000),
    Entry(_ago(2, 15), EXCHANGE, DRUMMEN, "Order 90117", -940_000),
    Entry(_ago(1, 30), VICTIM, "Port Arven Growers' Cooperative", "Invoice 2026-140", 730_000),
    Entry(_ago(1, 10), NEXT, NOMINEE, "Consulting", -400_000),
    Entry(_ago(0, 50), NEXT, NOMINEE, "Refund", 150_000),
    Entry(_ago(0, 20), EXCHANGE, DRUMMEN, "Order 90164", -145_000),
)
"""Victims' payments and what was done with them; a part comes back from Cordava before it goes on."""


def statement(now: datetime) -> bytes:
    """A table (CSV) in Windows-1252 of about 60 lines up to `now`, which must have a zone; times are UTC."""
    file = io.StringIO(newline="")
    rows = csv.writer(file, delimiter=";", lineterminator="\r\n")
    rows.writerow(["Bank of Belmark", "Umsätze", *[""] * 5])
    rows.writerow(["Kontoinhaber", "Timo Harkes", *[""] * 5])
    rows.writerow(HEADINGS.split(";"))
    for entry in (*_ordinary(), *STOLEN):
        at = (now - entry.ago).astimezone(UTC)
        money = _written(entry.cents)
        rows.writerow(
            [MULE, f"{at:%d.%m.%Y %H:%M}", entry.other, entry.name, entry.text, money, "EUR"],
        )
    return file.getvalue().encode("cp1252")


def _ordinary() -> Iterator[Entry]:
    """Wages once a fortnight, shops nearly every day: the same at every call, and never below nought."""
    chance = np.random.default_rng(7301)
    for day in range(DAYS, 2, -1):
        if day % 14 == DAYS % 14:
            yield Entry(timedelta(days=day, hours=3), WAGES, "Belmark Harbour Works", "Wages", 98_000)
        if day % 7 != 1:
            shop = SHOPS[int(chance.integers(len(SHOPS)))]
            hours = int(chance.integers(1, 3))
            yield Entry(timedelta(days=day, hours=hours), "", shop, "Card", -int(chance.integers(250, 4_800)))
        if day % 9 == 0:
            yield Entry(timedelta(days=day), CARDS, TOP_UPS, "Card 5512", -6_000)


def _written(cents: int) -> str:
    whole, part = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole:,}".replace(",", ".") + f",{part:02d}"
