"""IBM's AMLSim: its sample archives and the tables that it writes, as payments between numbered accounts.

Times are steps of the simulation (days), not seconds. Amounts have no currency; one must be named.
"""

import csv
import gzip
import io
import re
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Self

from entente.core.problems import Fault
from entente.match.statements.dialect import MOST_BYTES, MOST_ROWS, TooMany
from entente.match.statements.figures import read_signed
from entente.match.taint.transfers import Payment

MOST_FILES, MOST_UNPACKED = 100, 256 << 20
MOST_NAME = 64 << 10
"""Bytes of a long file name, which tarfile reads whole."""
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)
_WHOLE = re.compile(r"-?[0-9]{1,18}", re.ASCII)
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


class _Bounded(io.RawIOBase):
    """A stream that ends in a ValueError after so many bytes, whatever an archive says of its sizes."""

    def __init__(self, stream: gzip.GzipFile, most: int) -> None:
        self.stream, self.most, self.left = stream, most, most

    def read(self, size: int = -1) -> bytes:
        got = self.stream.read(size)
        self.left -= len(got)
        if self.left < 0:
            raise ValueError(f"unpacks to more than {self.most} bytes")
        return got


class _Member(tarfile.TarInfo):
    """A member of an archive. Of what may stand before one, long names alone are read, which tarfile does
    whole; extended headers (pax) are passed over as files without a name, sparse files are refused."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        made = super().frombuf(buf, encoding, errors)
        if made.type in (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK) and made.size > MOST_NAME:
            raise ValueError(f"has a file with a name of more than {MOST_NAME} bytes")
        if made.type == tarfile.GNUTYPE_SPARSE:
            raise ValueError("has a file with holes, which no archive of AMLSim has")
        if made.type in (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE):
            made.type, made.name = tarfile.REGTYPE, ""
        return made


def read_archive(data: bytes, currency: str = "USD", most: int = MOST_ROWS) -> Sample:
    """A sample archive (.tgz) with transactions.csv and nodes.csv; nothing is written to a disk.

    Raises ValueError for what is no such archive, or unpacks to more than 100 files, 256 MB in all, or 64 MB
    of a table; TooMany for more than `most` rows.
    """
    found: dict[str, bytes] = {}
    try:
        stream = _Bounded(gzip.GzipFile(fileobj=io.BytesIO(data)), MOST_UNPACKED)
        with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Member) as archive:
            for number, member in enumerate(archive):
                if number >= MOST_FILES:
                    raise ValueError(f"unpacks to more than {MOST_FILES} files")
                name = PurePosixPath(member.name).name
                if member.isreg() and name in ("transactions.csv", "nodes.csv", "accounts.csv"):
                    if member.size > MOST_BYTES:
                        raise ValueError(f"has a table of {member.size} bytes; at most {MOST_BYTES} are read")
                    file = archive.extractfile(member)
                    found[name] = file.read() if file else b""
    except (tarfile.TarError, EOFError, OSError, RecursionError, zlib.error) as wrong:
        raise ValueError("is no archive of AMLSim (.tgz)") from wrong
    if "transactions.csv" not in found:
        raise ValueError("is no archive of AMLSim: it has no transactions.csv")
    accounts = found.get("nodes.csv") or found.get("accounts.csv")
    return read_sample(found["transactions.csv"], accounts, currency, most)


def read_sample(
    transactions: bytes, accounts: bytes | None = None, currency: str = "USD", most: int = MOST_ROWS
) -> Sample:
    """Tables of AMLSim: transfers or cash, and accounts with what they held at first.

    Raises ValueError for tables without AMLSim's headings, TooMany for more than `most` lines. A wrong row is
    a fault with its line.
    """
    faults: list[Fault] = []
    nodes = dict(_nodes(accounts, currency, faults, most)) if accounts else {}
    headings, rows = _table(transactions, most)
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


def _table(data: bytes, most: int) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    if data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n") > most + 1:
        raise TooMany(most)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise ValueError("is no table of AMLSim: it is not UTF-8") from wrong
    lines = io.StringIO(text, newline=None)
    headings = [cell.strip() for cell in lines.readline().split(",")]
    rows = ((n, row) for n, line in enumerate(lines, 2) if line.strip() for row in _cells(line))
    return headings, rows


def _cells(line: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader([line])
    except csv.Error:
        yield []  # which has too few cells


def _nodes(data: bytes, currency: str, faults: list[Fault], most: int) -> Iterator[tuple[str, Node]]:
    headings, rows = _table(data, most)
    name = "nodeid" if "nodeid" in headings else "ACCOUNT_ID"
    if not {name, "isFraud", "init_balance"} <= set(headings):
        raise ValueError("is no list of accounts of AMLSim: its headings are others")
    for line, cells in rows:
        row = dict(zip(headings, cells, strict=False))
        try:
            fraud = row["isFraud"].casefold() in ("1", "true")
            step = row.get("fraudStep") or "-1"
            if not _WHOLE.fullmatch(step):
                raise ValueError(f"has the step “{step[:40]}”, which is none")
            yield row[name], Node(_minor(row["init_balance"], currency), fraud, int(step))
        except (ValueError, KeyError) as wrong:
            what = "has too few cells" if isinstance(wrong, KeyError) else str(wrong)
            faults.append(Fault(f"accounts, line {line}", f"The row {what}"))


def _minor(text: str, currency: str) -> int:
    """Whole minor units. Raises ValueError for what is no number, or has more decimals than the currency."""
    if not _NUMBER.fullmatch(text.strip()):
        raise ValueError(f"has the amount “{text[:40]}”, which is no number")
    try:
        return read_signed(text, ".", currency)
    except ValueError as wrong:
        raise ValueError(f"has the amount “{text[:40]}”, which {wrong}") from wrong


def _step(text: str) -> int:
    if not _WHOLE.fullmatch(text.strip()) or text.strip().startswith("-"):
        raise ValueError(f"has the time “{text[:40]}”, which is no step")
    return int(text)
