"""Who could have been reached in time, and from where money could have come: ways along payments that respect
time.

A payment carries on only what reached its payer strictly before it (and, with `dwell`, at most that many
seconds before). Amounts play no part: it is a lead, wider than any rule but poison, and as wide as that.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from entente.match.taint.transfers import Column, Transfers

CHUNK = 1 << 16
START, APART = -1, -2
"""In `before`: the payment set out from a start; the payment carries nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """What can be reached. `arrived`: account to the first time (backward: the last time from which money
    could have come). `via`: account to the row by which; starts have none. `before`: of each row, the row
    that came before it on its way, `START` or `APART`."""

    arrived: Mapping[int, int]
    via: Mapping[int, int]
    before: Column
    backward: bool

    @property
    def payments(self) -> Column:
        """Rows that lie on a way, ascending."""
        return np.flatnonzero(self.before != APART)

    def way(self, account: int) -> tuple[int, ...]:
        """Rows of one way between the start and an account, in the order of time; empty for a start.

        Raises KeyError for an account that is not reached.
        """
        row = self.via.get(account, START)
        if row == START and account not in self.arrived:
            raise KeyError(account)
        rows = []
        while row >= 0:
            rows.append(row)
            row = int(self.before[row])
        return tuple(rows if self.backward else reversed(rows))


def reach(
    transfers: Transfers,
    accounts: Mapping[int, int] | None = None,
    payments: Iterable[int] = (),
    *,
    dwell: int | None = None,
    backward: bool = False,
    stops: frozenset[int] = frozenset(),
) -> Reach:
    """Everything that can be reached from accounts (number to the time from which on) and from payments
    (rows).

    `backward`: where the money of accounts (number to the time up to which) and of payments could have come
    from. A payment uses what came to its payer strictly before it, at most `dwell` seconds before; what an
    account had at its start may leave at any time after. `stops`: accounts that no way leads out of. One
    pass, O(payments).

    Accounts go by their numbers, the place of their names in `transfers.accounts`. Raises ValueError for an
    account or a row that is not there, and for what is no number, such as a name: it would reach nothing,
    without a word.
    """
    _known(accounts or {}, len(transfers.accounts), "account")
    payments = list(payments)
    _known(payments, len(transfers), "row")
    _known(stops, len(transfers.accounts), "account")
    sign = -1 if backward else 1
    seeds = set(payments)
    fixed = {account: at * sign for account, at in (accounts or {}).items()}
    arrived, via = dict(fixed), dict[int, int]()
    before = np.full(len(transfers), APART, np.int64)
    latest: dict[int, tuple[int, int]] = {}
    """Account to (time, row) of the latest arrival."""
    earlier: dict[int, tuple[int, int]] = {}
    """The same, of the latest before that time: payments of one time do not follow each other."""
    for row, source, target, at in _walked(transfers, backward):
        if row in seeds or (source in fixed and at > fixed[source]):
            came = START
        else:
            last = latest.get(source)
            if last is not None and last[0] == at:
                last = earlier.get(source)
            if last is None or source in stops or (dwell is not None and at - last[0] > dwell):
                continue
            came = last[1]
        if source == target:
            continue
        before[row] = came
        if target not in arrived or (target in fixed and at < fixed[target] and target not in via):
            arrived[target], via[target] = at, row
        now = latest.get(target)
        if now is None or now[0] < at:
            if now is not None:
                earlier[target] = now
            latest[target] = at, row
    return Reach({account: at * sign for account, at in arrived.items()}, via, before, backward)


def _known(given: Iterable[object], many: int, what: str) -> None:
    for one in given:
        if not isinstance(one, int | np.integer) or isinstance(one, bool):
            raise ValueError(f"{one!r:.40}: give the number of the {what}, from 0")
        if not 0 <= one < many:
            raise ValueError(f"there is no {what} {one}: there are {many}, counted from 0")


def _walked(transfers: Transfers, backward: bool) -> Iterator[tuple[int, int, int, int]]:
    """Row, payer, payee, time; backward: the other way round, with times below zero so that they ascend."""
    n = len(transfers)
    for start in range(0, n, CHUNK):
        rows = np.arange(start, min(start + CHUNK, n))
        if backward:
            rows = n - 1 - rows
        source, target = transfers.source[rows].tolist(), transfers.target[rows].tolist()
        times = transfers.at[rows]
        if backward:
            yield from zip(rows.tolist(), target, source, (-times).tolist(), strict=True)
        else:
            yield from zip(rows.tolist(), source, target, times.tolist(), strict=True)
