"""How payments of a file are said: amounts in their asset's writing, moments, accounts masked in pictures."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from entente.match.money import accounts as bank
from entente.match.money import addresses
from entente.rooms.payments import assets

STEPS = 1_000_000
"""A file whose last time is below this (seconds: 12 January 1970) counts steps of its own, not seconds."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@")


def money(units: int, asset: str) -> str:
    """Units in their asset's writing; of an asset that nobody knows, the whole number itself."""
    try:
        return assets.write(units, asset)
    except (ValueError, KeyError):
        return str(units)


def with_asset(units: int, asset: str) -> str:
    """An amount and what it is an amount of."""
    written = money(units, asset)
    return written if ":" in asset or not asset else f"{written} {asset}"


def read_money(text: str, asset: str) -> int:
    """Units of an amount above nought as it is written. ValueError: a reason that reads after it."""
    known = bool(asset)
    if known:
        try:
            assets.write(1, asset)
        except (ValueError, KeyError):
            known = False
    if known:
        return assets.read(text, asset)
    if not text.strip().isascii() or not text.strip().isdigit():
        raise ValueError("is no whole number, and nothing is known of decimals of this asset")
    if int(text) == 0:
        raise ValueError("is nought")
    return int(text)


def moment(at: int, steps: bool) -> str:
    """A moment in UTC as ISO 8601; a step of a file as its number."""
    if steps:
        return str(at)
    try:
        return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError, OSError):
        return str(at)


def short_moment(at: int, steps: bool) -> str:
    """The same to the minute, for pictures and tables."""
    return moment(at, steps).replace("T", " ").removesuffix("Z")[:16]


def masked(account: str) -> str:
    """An account or a wallet for pictures: its ends alone. What is no number of an account stays as it is."""
    if account.startswith("0x") or (len(account) > 25 and not account[:2].isalpha()):
        return addresses.masked(account)
    digits = sum(c.isdigit() for c in account)
    return bank.masked(account) if digits >= 8 else plain(account)[:24]


def plain(text: str) -> str:
    """A text without signs that XML does not take."""
    return _CONTROL.sub("", text)


def folded(account: str) -> str:
    """An account as two of them are compared: without spaces, in capitals."""
    return "".join(account.split()).upper()


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as CSV, UTF-8 with a byte order mark. A cell that a spreadsheet would take for a formula
    (OWASP, CSV injection) gets an apostrophe before it."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_guarded(str(cell)) for cell in row])
    return "\ufeff".encode() + text.getvalue().encode("utf-8", "replace")


def _guarded(cell: str) -> str:
    risky = cell[:1] in ("\t", "\r", "\n") or unicodedata.normalize("NFKC", cell).lstrip().startswith(
        _FORMULA
    )
    return f"'{cell}" if risky else cell
