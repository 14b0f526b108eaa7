"""Poison: whatever leaves an account that stolen money has reached is touched, whole.

An upper bound: who could have had a hand in it. Accounts are marked, in all their assets; no amount is
anybody's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from entente.match.taint.budget import Budget
from entente.match.taint.trace import SEVERAL
from entente.match.taint.transfers import Column

Rows = Iterable[tuple[int, int, int, int]]
"""Row, source account, target account, time; in the order to walk them."""


@dataclass(slots=True)
class Marks:
    """Rows touched, in the order walked, the victims of each as bits, and the first time of each account."""

    rows: list[int] = field(default_factory=list)
    whose: list[int] = field(default_factory=list)
    arrived: dict[int, int] = field(default_factory=dict)
    reached_by: dict[int, int] = field(default_factory=dict)

    def columns(self) -> tuple[Column, Column]:
        """Rows, ascending, and the victim of each: `SEVERAL` where more than one may have been in it."""
        rows = np.array(self.rows, np.int64)
        names = {
            bits: bits.bit_length() - 1 if bits.bit_count() == 1 else SEVERAL for bits in set(self.whose)
        }
        victims = np.fromiter((names[bits] for bits in self.whose), np.int32, len(self.whose))
        order = np.argsort(rows, kind="stable")
        return rows[order], victims[order]


def mark(
    rows: Rows,
    accounts: int,
    seeds: Mapping[int, int],
    dwell: int | None,
    stops: frozenset[int],
    budget: Budget | None = None,
) -> Marks:
    """Walk payments; `seeds`: row to its victims as bits. With `dwell` an account passes on what reached it
    in the last `dwell` seconds. Raises TooMuch where the budget does not suffice."""
    found = Marks()
    marks = [0] * accounts
    passed_on = _Fresh(dwell) if dwell is not None else None
    arrived, reached_by = found.arrived, found.reached_by
    for row, source, target, at in rows:
        bits = marks[source]
        if source == target or (not bits and row not in seeds):
            continue
        if passed_on is not None:
            bits = passed_on.leaving(source, bits, at)
        bits |= seeds.get(row, 0)
        if not bits:
            continue
        if budget is not None:
            budget.spend(1 if passed_on is None else marks[source].bit_count() + bits.bit_count())
        found.rows.append(row)
        found.whose.append(bits)
        if target not in arrived:
            arrived[target] = at
            reached_by[target] = bits
        elif reached_by[target] | bits != reached_by[target]:
            reached_by[target] |= bits
        if target not in stops:
            marks[target] |= bits
            if passed_on is not None:
                passed_on.arriving(target, bits, at)
    return found


class _Fresh:
    """When each victim's money last reached each account."""

    def __init__(self, dwell: int) -> None:
        self.dwell = dwell
        self.last: dict[int, dict[int, int]] = {}

    def arriving(self, account: int, bits: int, at: int) -> None:
        last = self.last.setdefault(account, {})
        while bits:
            last[bits & -bits] = at
            bits &= bits - 1

    def leaving(self, account: int, bits: int, at: int) -> int:
        last = self.last.get(account, {})
        return sum(bit for bit, since in last.items() if bits & bit and at - since <= self.dwell)
