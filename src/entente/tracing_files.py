"""Behind `entente trace`: files gathered into one set of payments, and what was found, written and told."""

import json
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from hashlib import file_digest
from heapq import nlargest
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from entente.core.problems import Fault
from entente.match.banking import looks_like
from entente.match.statements.blocks import encoding_of, read_blocks
from entente.match.statements.dialect import Dialect
from entente.match.statements.tables import Table
from entente.match.taint import SEVERAL, Payment, Seed, Trace, Transfers, columns
from entente.match.taint.trace import Where
from entente.match.taint.transfers import whole
from entente.rooms.payments.traces import sankey, transfers_reading
from entente.rooms.payments.traces.traces_found import Found, Line, gathered, lines
from entente.rooms.payments.traces.transfers import asset_at, in_steps
from entente.rooms.payments.traces.transfers_model import Sent
from entente.rooms.payments.traces.transfers_said import moment, money, table
from entente.terminal import made_alone

PIECE = 4 << 20
MOST_WHOLE = 1_000_000
"""Payments of a file that is read as one: of tables alone there may be more."""
MOST_DRAWN = 200_000
"""Payments of which a picture is drawn and accounts are counted by their distance."""
A_BLOCK = 10_000

PAYMENT_HEADS = (
    *("file", "line", "at", "from", "to", "amount", "asset"),
    *("victim", "of it", "arrived", "arrived as", "reference"),
)
ACCOUNT_HEADS = ("asset", "account", "hop", "first", "came", "went", "lies", "stopped", "victims")


class NoPayment(ValueError):
    """There is none in any of the files."""


@dataclass(slots=True)
class Gathered:
    """Payments of all files. `starts`: before the lines of each file, so that a line says which it is of."""

    transfers: Transfers
    paths: Sequence[Path]
    starts: Sequence[int]
    opening: Mapping[int, int]
    dialects: Sequence[tuple[str, Mapping[str, str]]]
    left: int = 0

    def place(self, row: int) -> tuple[Path, int]:
        """File and line of a payment."""
        line = int(self.transfers.line[row])
        n = bisect_right(self.starts, line - 1) - 1
        return self.paths[n], line - self.starts[n]

    def rows_at(self, file: int, line: int) -> list[int]:
        """Payments of a line of a file, in the order of the file."""
        found: list[int] = np.flatnonzero(self.transfers.line == self.starts[file] + line).tolist()
        return found


@dataclass(slots=True)
class _Columns:
    """Payments as they come, in columns: a million of them as objects take a gigabyte."""

    accounts: dict[str, int] = field(default_factory=dict)
    assets: dict[str, int] = field(default_factory=dict)
    source: "array[int]" = field(default_factory=lambda: array("i"))
    target: "array[int]" = field(default_factory=lambda: array("i"))
    asset: "array[int]" = field(default_factory=lambda: array("h"))
    got_asset: "array[int]" = field(default_factory=lambda: array("h"))
    at: "array[int]" = field(default_factory=lambda: array("q"))
    line: "array[int]" = field(default_factory=lambda: array("q"))
    amount: "array[int] | list[int]" = field(default_factory=lambda: array("q"))
    got: "array[int] | list[int]" = field(default_factory=lambda: array("q"))
    refs: list[str] = field(default_factory=list)

    def add(self, payments: Iterable[Payment], start: int) -> None:
        accounts, assets = self.accounts, self.assets
        for p in payments:
            self.source.append(accounts.setdefault(p.source, len(accounts)))
            self.target.append(accounts.setdefault(p.target, len(accounts)))
            self.at.append(p.at)
            self.line.append(start + p.line)
            asset = assets.setdefault(p.asset, len(assets))
            other = asset if p.received_asset is None else assets.setdefault(p.received_asset, len(assets))
            self.asset.append(asset)
            self.got_asset.append(other)
            got = p.amount if p.received is None else p.received
            try:
                self.amount.append(p.amount)
                self.got.append(got)
            except OverflowError:  # beyond 64 bits (wei): whole numbers of Python from here on
                kept = len(self.line) - 1
                self.amount = [*self.amount[:kept], p.amount]
                self.got = [*self.got[:kept], got]
            self.refs.append(p.ref)

    def transfers(self) -> Transfers:
        """All of it as columns, sorted by time."""
        amount, got = _column(self.amount), _column(self.got)
        changed = bool((amount != got).any()) or self.asset != self.got_asset
        return columns(
            accounts=tuple(self.accounts),
            source=np.frombuffer(self.source, np.int32),
            target=np.frombuffer(self.target, np.int32),
            at=np.frombuffer(self.at, np.int64),
            amount=amount,
            line=np.frombuffer(self.line, np.int64),
            refs=self.refs if any(self.refs) else (),
            assets=tuple(self.assets),
            asset=np.frombuffer(self.asset, np.int16),
            received=got if changed else None,
            received_asset=np.frombuffer(self.got_asset, np.int16) if changed else None,
        )


def _column(values: "array[int] | list[int]") -> Any:
    return whole(values) if isinstance(values, list) else np.frombuffer(values, np.int64)


# --- files read ----------------------------------------------------------------------------------


def gather(
    paths: Sequence[Path], said: Sent, tell: Callable[[Path, Fault], None], advance: Callable[[int], None]
) -> Gathered:
    """All payments of all files; every fault is told. `advance` hears of payments read.

    Raises ValueError for files that count time in different ways, NoPayment where there is none.
    """
    made = _Columns()
    starts: list[int] = []
    opening: dict[tuple[str, str], int] = {}
    dialects: list[tuple[str, Mapping[str, str]]] = []
    left, lines_before, clocks = 0, 0, set()
    for path in paths:
        starts.append(lines_before)
        first = len(made.line)
        format, dialect, wrong, held = _one(path, said, made, lines_before, tell, advance)
        left += wrong
        dialects.append((format, dialect))
        opening |= held
        lines_before = max(made.line[first:], default=lines_before)
        if len(made.line) > first:
            clocks.add(format == "amlsim")
    if not made.line:
        raise NoPayment("There is no payment in it.")
    if len(clocks) > 1:
        raise ValueError("One file counts steps and another tells dates: they cannot be followed together.")
    transfers = made.transfers()
    pots = {
        transfers.pot(made.accounts[account], made.assets[asset]): units
        for (account, asset), units in opening.items()
        if account in made.accounts and asset in made.assets
    }
    return Gathered(transfers, paths, starts, pots, dialects, left)


def _one(
    path: Path,
    said: Sent,
    made: _Columns,
    start: int,
    tell: Callable[[Path, Fault], None],
    advance: Callable[[int], None],
) -> tuple[str, Mapping[str, str], int, Mapping[tuple[str, str], int]]:
    """Format, dialect, rows left out, opening balances of one file."""
    with path.open("rb") as file:
        head = file.read(4_096)
    format = said.format or transfers_reading.format_of(head)
    if not said.format and (name := looks_like(head)) and not name.startswith("camt.053"):
        what = f"The file is a message between banks ({name}), and none that can be followed"
        tell(path, Fault("file", what, "Ask for the account's statement: camt.053, or a table (CSV)."))
        return format, {}, 0, {}
    if said.chain and not said.format and format == "table":
        format = "chain"
    if format != "table":
        sent = said.model_copy(update={"format": format})
        read = transfers_reading.read(path.read_bytes(), sent, MOST_WHOLE)
        for fault in read.faults:
            tell(path, fault)
        if read.transfers is not None:
            made.add(_payments(read.transfers), start)
            advance(len(read.transfers))
        return format, read.dialect, read.left, read.opening
    dialect: Mapping[str, str] = {}
    wrong: set[str] = set()
    for part in _tables(path, said):
        made.add(part.payments, start)
        advance(len(part.payments))
        for fault in part.faults:
            tell(path, fault)
            wrong.add(fault.where.partition(",")[0])
        d = part.dialect
        dialect = {name: getattr(d, name) for name in ("encoding", "delimiter", "decimal", "dates")}
        dialect |= {"zone": said.zone or "UTC"} | {f"column {role}": h for role, h in part.columns.items()}
    return format, dialect, len(wrong), {}


def _tables(path: Path, said: Sent) -> Iterator[Table]:
    mapping = json.loads(said.mapping) if said.mapping else None
    try:
        encoding = encoding_of(_pieces(path))
    except ValueError as wrong:
        yield Table((), (Fault("file", f"The file {wrong}", "Export it again as CSV."),), Dialect())
        return
    zone = datetime.fromisoformat(f"2000-01-01T00:00{said.zone or 'Z'}").utcoffset()
    with path.open(encoding=encoding, newline="") as rows:
        yield from read_blocks(
            rows,
            mapping,
            currency=said.currency,
            account=said.account,
            decimal=said.decimal,
            dates=said.dates or None,
            zone=timezone(zone or timedelta()),
        )


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _payments(t: Transfers) -> Iterator[Payment]:
    for row in range(len(t)):
        changed = t.received is not None
        yield Payment(
            t.accounts[t.source[row]],
            t.accounts[t.target[row]],
            int(t.at[row]),
            int(t.amount[row]),
            asset_at(t, row),
            t.refs[row] if t.refs else "",
            int(t.line[row]),
            int(t.received[row]) if t.received is not None else None,
            asset_at(t, row, arriving=True) if changed else None,
        )


# --- what was found, written -----------------------------------------------------------------------


class Folder:
    """A folder for the files of one run; nothing in it is overwritten, and only their owner reads them."""

    def __init__(self, path: Path, found: Gathered, seeds: Sequence[Seed]) -> None:
        self.path, self.found, self.seeds = path, found, seeds
        path.mkdir(0o700, parents=True, exist_ok=True)
        self.written: list[str] = []
        self.steps = in_steps(found.transfers)

    def trace(self, trace: Trace) -> None:
        """`payments-RULE.csv`, and where it can be looked at, `accounts-RULE.csv` and `flow-RULE.svg`."""
        self._table(f"payments-{trace.rule}.csv", PAYMENT_HEADS, self._payments(trace))
        if not 0 < len(trace.payments) <= MOST_DRAWN:
            return
        numbers = {victim: n for n, victim in enumerate(trace.victims)}
        t = self.found.transfers
        stolen = [
            (s.row, numbers[s.victim], int(t.amount[s.row]) if s.amount is None else s.amount)
            for s in self.seeds
        ]
        part = gathered(t, {trace.rule: trace}, stolen, steps=self.steps)
        assets = range(len(part.payments.assets))
        self._table(
            f"accounts-{trace.rule}.csv",
            ACCOUNT_HEADS,
            (self._account(part, asset, line) for asset in assets for line in lines(part, trace.rule, asset)),
        )
        asset = part.asset(trace.rule, "")
        title = f"{', '.join(path.name for path in self.found.paths)} · {trace.rule.upper()}"
        self._file(f"flow-{trace.rule}.svg", [sankey.drawn(part, trace.rule, asset, title).encode()])

    def summary(self, told: Mapping[str, Any]) -> None:
        text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
        self._file("summary.json", [text.encode()])

    def _payments(self, trace: Trace) -> Iterator[Sequence[object]]:
        t = self.found.transfers
        flows = (trace.flow_row, trace.flow_victim, trace.flow_amount, trace.flow_received)
        for start in range(0, len(trace.flow_row), A_BLOCK):
            columns_of = (column[start : start + A_BLOCK].tolist() for column in flows)
            for row, victim, units, received in zip(*columns_of, strict=True):
                path, line = self.found.place(row)
                left, came = asset_at(t, row), asset_at(t, row, arriving=True)
                yield (
                    path.name,
                    line,
                    moment(int(t.at[row]), self.steps),
                    t.accounts[t.source[row]],
                    t.accounts[t.target[row]],
                    money(int(t.amount[row]), left),
                    left,
                    "*" if victim == SEVERAL else trace.victims[victim],
                    money(units, left),
                    money(received, came),
                    came,
                    t.refs[row] if t.refs else "",
                )

    def _account(self, part: Found, asset: int, one: Line) -> Sequence[object]:
        name = part.payments.assets[asset]
        return (
            name,
            part.payments.accounts[one.account],
            one.hop,
            "" if one.first is None else moment(one.first, self.steps),
            money(one.came, name),
            money(one.went, name),
            money(one.lies, name),
            money(one.stopped, name),
            ", ".join(part.victims[v] for v in one.victims),
        )

    def _table(self, name: str, heads: Sequence[str], rows: Iterator[Sequence[object]]) -> None:
        self._file(name, _tabled(heads, rows))

    def _file(self, name: str, pieces: Iterable[bytes]) -> None:
        with made_alone(self.path / name) as file:
            for piece in pieces:
                file.write(piece)
        self.written.append(name)


def _tabled(heads: Sequence[str], rows: Iterator[Sequence[object]]) -> Iterator[bytes]:
    """A table in pieces; only the first bears the headings."""
    yield table(heads, ())
    while block := list(islice(rows, A_BLOCK)):
        yield table(heads, block).partition(b"\r\n")[2]


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


# --- what was found, told --------------------------------------------------------------------------


def told(found: Gathered, trace: Trace) -> dict[str, Any]:
    """One rule's answer as plain values: sums of each victim in each asset, in the asset's own writing."""
    assets = found.transfers.assets
    sums = []
    for one in trace.balances():
        units = {
            "stolen": one.seeded,
            "lies": one.held,
            "stopped": one.stopped,
            "expired": one.expired,
            "pruned": one.pruned,
            "exchanged": one.went - one.came,
            "missing": one.missing,
        }
        asset = assets[one.asset]
        written = {name: money(value, asset) for name, value in units.items()}
        sums.append({"victim": trace.victims[one.victim], "asset": asset, **written})
    return {
        "rule": trace.rule,
        "accounts": len(trace.accounts),
        "payments": len(trace.payments),
        "victims": sums,
        "missing": sum(abs(one.missing) for one in trace.balances()),
    }


def lying(found: Gathered, trace: Trace, most: int) -> list[tuple[str, str, str, str]]:
    """(victim, account, amount, asset) of the largest sums that lie or were stopped, victim by victim."""
    t = found.transfers
    sums: dict[Where, int] = {}
    for each in (trace.held, trace.stopped):
        for where, units in each.items():
            sums[where] = sums.get(where, 0) + units
    largest = nlargest(most, sums.items(), key=lambda item: (item[1], -item[0][0]))
    rows = sorted(largest, key=lambda item: (item[0][2], item[0][1], -item[1], item[0][0]))
    return [
        (trace.victims[victim], t.accounts[account], money(units, t.assets[asset]), t.assets[asset])
        for (account, asset, victim), units in rows
    ]
