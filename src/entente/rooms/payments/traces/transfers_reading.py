"""A file of transfers as it comes: what it is, its payments, and every row that is wrong. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, timedelta, timezone

from entente.core.problems import Fault
from entente.match.statements import amlsim, camt053, chain, tables
from entente.match.statements.dialect import TooMany
from entente.match.taint import Payment, Transfers, make
from entente.rooms.payments.traces.transfers_model import Sent

_GZIP = b"\x1f\x8b"
MOST_TWICE = 10
"""Payments that may stand in a file twice, told by their lines; the rest is counted."""
_AMLSIM = (b"sourceNodeId", b"TXN_AMOUNT_ORIG")


@dataclass(frozen=True, slots=True)
class Read:
    """`transfers`: the good rows, None where there are none. `left`: rows that are not among them. `dialect`:
    how the file was written, to be shown. `opening`: what accounts held at first, by account and asset."""

    format: str
    transfers: Transfers | None
    faults: tuple[Fault, ...] = ()
    left: int = 0
    dialect: Mapping[str, str] = field(default_factory=dict)
    opening: Mapping[tuple[str, str], int] = field(default_factory=dict)


def read(data: bytes, said: Sent, most: int) -> Read:
    """The payments of a file of at most `most` rows; what is wrong is in the faults, never raised."""
    format = said.format or format_of(data)
    try:
        mapping = _mapping(said.mapping)
        reading = _READERS.get(format, _table)
        found, payments = reading(data, said, mapping, most)
    except TooMany as wrong:
        do = "Send it in parts, or follow it on the machine itself."
        return Read(format, None, (Fault("file", f"The file {wrong}", do),))
    except ValueError as wrong:
        return Read(format, None, (Fault("file", f"The file {wrong}", "Send it as its bank gave it."),))
    return _made(found, payments)


def _made(found: Read, payments: Sequence[Payment]) -> Read:
    """The payments as columns; one that cannot be among them is a fault of its row."""
    faults, good = list(found.faults), payments
    try:
        transfers = make(good) if good else None
    except ValueError:  # one by one, to tell every one that is wrong
        good = [payment for payment in payments if _is_right(payment, faults)]
        transfers = make(good) if good else None
    rows = {fault.where.partition("/")[0].partition(",")[0] for fault in faults if fault.where != "file"}
    return Read(found.format, transfers, tuple(faults), len(rows), found.dialect, found.opening)


def _is_right(payment: Payment, faults: list[Fault]) -> bool:
    try:
        make([payment])
    except ValueError as wrong:
        where, _, what = str(wrong).partition(": ")
        faults.append(Fault(where, what[:1].upper() + what[1:], "Mend the row, or leave it out."))
        return False
    return True


def format_of(data: bytes) -> str:
    """What a file looks like: table, camt.053, amlsim, chain."""
    start = data[:4_096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith(_GZIP) or any(word in start.split(b"\n", 1)[0] for word in _AMLSIM):
        return "amlsim"
    if start.startswith(b"<"):
        return "camt.053"
    return "chain" if start[:1] in (b"{", b"[") else "table"


def _mapping(text: str) -> dict[str, str] | None:
    """Raises ValueError for what is no object of texts."""
    if not text.strip():
        return None
    try:
        told = json.loads(text)
    except ValueError:
        told = None
    if not isinstance(told, dict) or not all(isinstance(v, str) for v in told.values()):
        raise ValueError("came with a mapping that is no JSON object of texts")
    return {str(role): heading for role, heading in told.items() if heading.strip()}


def _zone(text: str) -> timezone:
    if text in ("", "Z"):
        return UTC
    hours, minutes = int(text[1:3]), int(text[3:].lstrip(":"))
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(ahead if text[0] == "+" else -ahead)


def _table(
    data: bytes, said: Sent, mapping: Mapping[str, str] | None, most: int
) -> tuple[Read, Sequence[Payment]]:
    found = tables.read_table(
        data,
        mapping,
        currency=said.currency,
        account=said.account,
        decimal=said.decimal,
        dates=said.dates or None,
        zone=_zone(said.zone),
        most=most,
    )
    d = found.dialect
    told = {
        "encoding": d.encoding,
        "delimiter": {"\t": "tabulator"}.get(d.delimiter, d.delimiter),
        "decimal": d.decimal,
        "dates": d.dates,
        "zone": said.zone or "UTC",
        **{f"column {role}": heading for role, heading in found.columns.items()},
    }
    return Read("table", None, found.faults, dialect=told), found.payments


def _amlsim(
    data: bytes, said: Sent, _mapping: Mapping[str, str] | None, most: int
) -> tuple[Read, Sequence[Payment]]:
    currency = said.currency or "USD"
    reading = amlsim.read_archive if data.startswith(_GZIP) else amlsim.read_sample
    found = reading(data, currency=currency, most=most)
    opening = {(name, currency): node.opening for name, node in found.accounts.items() if node.opening > 0}
    told = {"times": "steps of the simulation", "currency": currency}
    return Read("amlsim", None, found.faults, dialect=told, opening=opening), found.payments


def _camt(
    data: bytes, _said: Sent, _mapping: Mapping[str, str] | None, most: int
) -> tuple[Read, Sequence[Payment]]:
    found = camt053.read_statements(data, most)
    told = {
        "statements of": ", ".join(one.account for one in found.statements)[:300],
        "times": "booking dates",
    }
    if twice := camt053.doubled(found.statements):
        first = ", ".join(f"{one} and {other}" for one, other in twice[:MOST_TWICE])
        told["perhaps counted twice"] = f"{len(twice)} payments that two statements tell alike: lines {first}"
    return Read("camt.053", None, found.faults, dialect=told), found.payments


def _chain(
    data: bytes, said: Sent, _mapping: Mapping[str, str] | None, most: int
) -> tuple[Read, Sequence[Payment]]:
    """A token is an asset of its chain: the same symbol has other decimals elsewhere."""
    name = said.chain.strip().lower()
    found = chain.read_transactions(data, name, most)
    payments = [replace(one, asset=f"{name}:{one.asset}") for one in found.payments]
    return Read("chain", None, found.faults, dialect={"chain": name}), payments


_READERS = {"amlsim": _amlsim, "camt.053": _camt, "chain": _chain}
