"""What following found, by itself: the payments that any rule touched, and what each rule says of them.

It needs the file of transfers no more: a trace stays what it was when the file goes. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from entente.match.taint import SEVERAL, Trace, Transfers
from entente.match.taint.transfers import Column
from entente.rooms.payments.traces.transfers_columns import chosen, columns_of, packed, transfers_of, unpacked

SUMS = ("held", "stopped", "pruned", "expired", "seeded", "went", "came")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A shape among payments: its name, the account it is about, facts by name, and rows."""

    pattern: str
    account: str
    facts: Mapping[str, str]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """`payments`: what any rule or pattern touched, in order of time. `number`: of each, in the file, from 1.
    `traces`: by rule, over these rows and accounts. `seeds`: (row, victim's number, units)."""

    payments: Transfers
    number: Column
    traces: Mapping[str, Trace]
    seeds: tuple[tuple[int, int, int], ...]
    victims: tuple[str, ...]
    patterns: tuple[Pattern, ...] = ()
    steps: bool = False

    def rule(self, rule: str) -> str:
        """The rule that was asked for, or the first."""
        return rule if rule in self.traces else next(iter(self.traces))

    def asset(self, rule: str, name: str) -> int:
        """The number of an asset, or of the one with the most payments by a rule."""
        if name in self.payments.assets:
            return self.payments.assets.index(name)
        if self.payments.asset is None:
            return 0
        rows = self.traces[rule].payments
        return int(np.argmax(np.bincount(self.payments.asset[rows], minlength=1))) if len(rows) else 0


def gathered(
    transfers: Transfers,
    traces: Mapping[str, Trace],
    seeds: Sequence[tuple[int, int, int]],
    patterns: Sequence[Pattern] = (),
    steps: bool = False,
) -> Found:
    """Only what was touched, with rows and accounts numbered anew."""
    touched = [np.array([row for row, _, _ in seeds], np.int64), *(t.flow_row for t in traces.values())]
    touched += [np.array(p.rows, np.int64) for p in patterns]
    rows = np.unique(np.concatenate(touched))
    part = chosen(transfers, rows)
    held = np.unique(np.concatenate([transfers.source[rows], transfers.target[rows]]))
    account = {int(old): new for new, old in enumerate(held)}
    place = {int(old): new for new, old in enumerate(rows)}
    return Found(
        payments=part,
        number=rows + 1,
        traces={rule: _renumbered(trace, rows, account) for rule, trace in traces.items()},
        seeds=tuple((place[row], victim, units) for row, victim, units in seeds),
        victims=next(iter(traces.values())).victims,
        patterns=tuple(replace(p, rows=tuple(place[row] for row in p.rows)) for p in patterns),
        steps=steps,
    )


def _renumbered(trace: Trace, rows: Column, account: Mapping[int, int]) -> Trace:
    def moved(sums: Mapping[tuple[int, int, int], int]) -> dict[tuple[int, int, int], int]:
        return {(account[a], asset, victim): n for (a, asset, victim), n in sums.items()}

    return replace(
        trace,
        flow_row=np.searchsorted(rows, trace.flow_row),
        held=moved(trace.held),
        stopped=moved(trace.stopped),
        arrived={account[a]: at for a, at in trace.arrived.items()},
        reached_by={account[a]: bits for a, bits in trace.reached_by.items()},
    )


# --- as bytes ------------------------------------------------------------------------------------


def kept(found: Found) -> bytes:
    """All of it as bytes to keep; the same each time."""
    columns, said = columns_of(found.payments)
    columns["number"] = found.number
    for rule, trace in found.traces.items():
        columns |= {
            f"{rule}.row": trace.flow_row,
            f"{rule}.victim": trace.flow_victim,
            f"{rule}.amount": trace.flow_amount,
            f"{rule}.received": trace.flow_received,
        }
    said |= {
        "victims": list(found.victims),
        "seeds": [[row, victim, str(units)] for row, victim, units in found.seeds],
        "patterns": [[p.pattern, p.account, dict(p.facts), list(p.rows)] for p in found.patterns],
        "steps": found.steps,
        "traces": {rule: _said(trace) for rule, trace in found.traces.items()},
    }
    return packed(columns, said)


def _said(trace: Trace) -> dict[str, Any]:
    sums = {name: [[*key, str(n)] for key, n in getattr(trace, name).items()] for name in SUMS}
    return {
        **sums,
        "arrived": [[account, at] for account, at in trace.arrived.items()],
        "reached": [[account, format(bits, "x")] for account, bits in trace.reached_by.items()],
        "ties": trace.ties,
        "dwell": trace.dwell,
        "least": str(trace.least),
    }


def found_in(data: bytes) -> Found:
    """What `kept` kept."""
    columns, said = unpacked(data)
    traces = {}
    for rule, told in said["traces"].items():
        sums = {name: {tuple(key): int(n) for *key, n in told[name]} for name in SUMS}
        traces[rule] = Trace(
            rule=rule,
            victims=tuple(said["victims"]),
            flow_row=columns[f"{rule}.row"],
            flow_victim=columns[f"{rule}.victim"],
            flow_amount=columns[f"{rule}.amount"],
            flow_received=columns[f"{rule}.received"],
            arrived=dict(told["arrived"]),
            reached_by={account: int(bits, 16) for account, bits in told["reached"]},
            ties=told["ties"],
            dwell=told["dwell"],
            least=int(told["least"]),
            **sums,
        )
    return Found(
        payments=transfers_of(columns, said),
        number=columns["number"],
        traces=traces,
        seeds=tuple((row, victim, int(units)) for row, victim, units in said["seeds"]),
        victims=tuple(said["victims"]),
        patterns=tuple(Pattern(a, b, c, tuple(rows)) for a, b, c, rows in said["patterns"]),
        steps=said["steps"],
    )


# --- by account, by way --------------------------------------------------------------------------


@dataclass(slots=True)
class Line:
    """An account that money reached, in one asset. `hop`: payments from a victim at least; `first`: the
    time."""

    account: int
    hop: int
    first: int | None = None
    came: int = 0
    went: int = 0
    lies: int = 0
    stopped: int = 0
    victims: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """One victim's money from one account to another, over all payments between them, in one asset.

    `victim`: its number; `SEVERAL` where it may be that of several.
    """

    source: int
    target: int
    victim: int
    units: int
    payments: int


def hops(found: Found, rule: str) -> dict[int, int]:
    """Of each account, the fewest payments from a victim, in order of time; victims' own are 0."""
    t, trace = found.payments, found.traces[rule]
    hop = {int(t.source[row]): 0 for row, _, _ in found.seeds}
    seeds = {row for row, _, _ in found.seeds}
    for row in trace.payments.tolist():
        source, target = int(t.source[row]), int(t.target[row])
        from_ = 0 if row in seeds else hop.get(source, 0)
        hop[target] = min(hop.get(target, from_ + 1), from_ + 1)
    return hop


def lines(found: Found, rule: str, asset: int) -> list[Line]:
    """Accounts that the money left or reached in an asset, nearest to the victims first, then by amount.

    Under poison, sums are of payments touched, whole.
    """
    t, trace = found.payments, found.traces[rule]
    hop = hops(found, rule)
    told: dict[int, Line] = {}

    def line(account: int) -> Line:
        if account not in told:
            told[account] = Line(
                account, hop.get(account, 0), trace.arrived.get(account), victims=trace.victims_at(account)
            )
        return told[account]

    for row, _, units, received in _flows(trace):
        if _of(t.asset, row) == asset:
            line(int(t.source[row])).went += units
        if _of(t.asset if t.received_asset is None else t.received_asset, row) == asset:
            line(int(t.target[row])).came += received
    for name in ("held", "stopped"):
        for (account, one, _), units in getattr(trace, name).items():
            if one == asset:
                found_line = line(account)
                if name == "held":
                    found_line.lies += units
                else:
                    found_line.stopped += units
    return sorted(told.values(), key=lambda a: (a.hop, -max(a.came, a.went), t.accounts[a.account]))


def ways(found: Found, rule: str, asset: int) -> list[Way]:
    """The money's ways from account to account, per victim, of payments that left in an asset."""
    t, trace = found.payments, found.traces[rule]
    sums: dict[tuple[int, int, int], list[int]] = {}
    for row, victim, units, _ in _flows(trace):
        if _of(t.asset, row) == asset:
            way = sums.setdefault((int(t.source[row]), int(t.target[row]), victim), [0, 0])
            way[0] += units
            way[1] += 1
    return [Way(*key, units, many) for key, (units, many) in sorted(sums.items())]


def parts(found: Found, rule: str) -> dict[int, list[tuple[int, int]]]:
    """Row to (victim, units), in the order of rows."""
    told: dict[int, list[tuple[int, int]]] = {}
    for row, victim, units, _ in _flows(found.traces[rule]):
        told.setdefault(row, []).append((victim, units))
    return told


def _flows(trace: Trace) -> Iterable[tuple[int, int, int, int]]:
    columns = (trace.flow_row, trace.flow_victim, trace.flow_amount, trace.flow_received)
    return zip(*(column.tolist() for column in columns), strict=True)


def _of(column: Column | None, row: int) -> int:
    return 0 if column is None else int(column[row])


__all__ = [
    "SEVERAL",
    "Found",
    "Line",
    "Pattern",
    "Way",
    "found_in",
    "gathered",
    "hops",
    "kept",
    "lines",
    "parts",
    "ways",
]
