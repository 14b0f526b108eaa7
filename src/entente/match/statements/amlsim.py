"""IBM's AMLSim: its sample archives and the tables that it writes, as payments between numbered accounts.

Times are steps of the simulation (days), not seconds. Amounts have no currency; one must be named.
"""

import csv
import io
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from lzma import LZMAError
from pathlib import PurePosixPath

from entente.core.problems import Fault
from entente.match.money.amounts import decimals
from entente.match.statements.dialect import MOST_ROWS
from entente.match.taint.transfers import Payment

MOST_FILES, MOST_UNPACKED = 100, 256 << 20
_FORMS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("archive", {"source": "sourceNodeId", "target": "targetNodeId", "amount": "value", "at": "time"}),
    (
        "transfers",
        {
            "source": "ACCOUNT_ID",
            "target": "COUNTER_PARTY_ACCOUNT_NUM",
            "amount": "TXN_AMOUNT_ORIG",
            "at": "start",
            "ref": "TXN_ID",
        },
    ),
    (
        "cash",
        {
            "source": "ACCOUNT_ID",
            "target": "BRANCH_ID",
            "amount": "TXN_AMOUNT_ORIG",
            "at": "RUN_DATE",
            "ref": "TXN_ID",
            "kind": "TXN_SOURCE_TYPE_CODE",
        },
    ),
)


@dataclass(frozen=True, slots=True)
class Node:
    """An account of the simulation. `step`: when it joined a crime, or -1; `opening`: its first balance."""

    opening: int
    fraud: bool
    step: int = -1


@dataclass(frozen=True, slots=True)
class Sample:
    """Payments in the order of the file, accounts by name (none where there was no list), every wrong row."""

    payments: tuple[Payment, ...]
    accounts: Mapping[str, Node] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def read_archive(data: bytes, currency: str = "USD") -> Sample:
    """A sample archive (.tgz) with transactions.csv and nodes.csv; nothing is written to a disk.

    Raises ValueError for what is no such archive, or unpacks to more than 100 files or 256 MB.
    """
    found: dict[str, bytes] = {}
    unpacked = 0
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as archive:
            for number, member in enumerate(archive):
                unpacked += member.size
                if number >= MOST_FILES or unpacked > MOST_UNPACKED:
                    raise ValueError(f"unpacks to more than {MOST_FILES} files or {MOST_UNPACKED} bytes")
                name = PurePosixPath(member.name).name
                if member.isreg() and name in ("transactions.csv", "nodes.csv", "accounts.csv"):
                    stream = archive.extractfile(member)
                    found[name] = stream.read() if stream else b""
    except (tarfile.TarError, EOFError, OSError, zlib.error, LZMAError) as wrong:
        raise ValueError("is no archive of AMLSim (.tgz)") from wrong
    if "transactions.csv" not in found:
        raise ValueError("is no archive of AMLSim: it has no transactions.csv")
    accounts = found.get("nodes.csv") or found.get("accounts.csv")
    return read_sample(found["transactions.csv"], accounts, currency)


def read_sample(transactions: bytes, accounts: bytes | None = None, currency: str = "USD") -> Sample:
    """Tables of AMLSim: transfers or cash, and accounts with what they held at first.

    Raises ValueError for tables without AMLSim's headings. A wrong row is a fault with its line.
    """
    faults: list[Fault] = []
    nodes = dict(_nodes(accounts, currency, faults)) if accounts else {}
    headings, rows = _table(transactions)
    form, at = next(
        ((name, form) for name, form in _FORMS if set(form.values()) <= set(headings)), ("", _FORMS[0][1])
    )
    if not form:
        raise ValueError("is no table of AMLSim: its headings are others")
    columns = {role: headings.index(heading) for role, heading in at.items()}
    payments = []
    for line, cells in rows:
        try:
            row = {role: cells[n] for role, n in columns.items()}
            if not row["source"] or not row["target"]:
                raise ValueError("has no account")
            source, target = row["source"], row["target"]
            if form == "cash":
                target = f"branch {target}"
                if row["kind"] == "CASH-IN":
                    source, target = target, source
            minor = _minor(row["amount"], currency)
            if minor <= 0:
                raise ValueError("has an amount that is not above nought")
            payments.append(
                Payment(source, target, _step(row["at"]), minor, currency, row.get("ref", ""), line)
            )
        except (ValueError, IndexError) as wrong:
            what = "has too few cells" if isinstance(wrong, IndexError) else str(wrong)
            faults.append(Fault(f"line {line}", f"The row {what}"))
    return Sample(tuple(payments), nodes, tuple(faults))


def _table(data: bytes) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise ValueError("is no table of AMLSim: it is not UTF-8") from wrong
    lines = text.splitlines()
    if len(lines) > MOST_ROWS + 1:
        raise ValueError(f"has more than {MOST_ROWS} rows")
    headings = [cell.strip() for cell in lines[0].split(",")] if lines else []
    rows = ((n, row) for n, line in enumerate(lines[1:], 2) if line.strip() for row in csv.reader([line]))
    return headings, rows


def _nodes(data: bytes, currency: str, faults: list[Fault]) -> Iterator[tuple[str, Node]]:
    headings, rows = _table(data)
    name = "nodeid" if "nodeid" in headings else "ACCOUNT_ID"
    if not {name, "isFraud", "init_balance"} <= set(headings):
        raise ValueError("is no list of accounts of AMLSim: its headings are others")
    for line, cells in rows:
        row = dict(zip(headings, cells, strict=False))
        try:
            fraud = row["isFraud"].casefold() in ("1", "true")
            step = int(row.get("fraudStep") or -1)
            yield row[name], Node(_minor(row["init_balance"], currency), fraud, step)
        except (ValueError, KeyError) as wrong:
            what = "has too few cells" if isinstance(wrong, KeyError) else str(wrong)
            faults.append(Fault(f"accounts, line {line}", f"The row {what}"))


def _minor(text: str, currency: str) -> int:
    """Whole minor units. Raises ValueError for what is no number, or has more decimals than the currency."""
    try:
        scaled = Decimal(text).scaleb(decimals(currency)) if "e" not in text.lower() else Decimal("nan")
        if not scaled.is_finite() or scaled != scaled.to_integral_value():
            raise ValueError(f"has the amount “{text[:40]}”, which is no number of whole minor units")
        return int(scaled)
    except InvalidOperation as wrong:
        raise ValueError(f"has the amount “{text[:40]}”, which is no number") from wrong


def _step(text: str) -> int:
    if not text.strip().isdecimal() or len(text) > 18:
        raise ValueError(f"has the time “{text[:40]}”, which is no step")
    return int(text)
