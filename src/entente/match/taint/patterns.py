"""Shapes that laundering takes, found in sliding windows of time: each finding names its payments.

The names are those of AMLSim (Suzumura and Kanezashi, IBM, 2018) and AMLworld (Altman and others, 2023). A
shape is a lead and no proof: a landlord is a fan-in, a payroll a fan-out. Payments to oneself count in none.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from entente.match.taint.transfers import Column, Transfers

MOST_EVENTS = 500
"""Payments of one account that a window of pass-through looks at: a bank's own accounts have thousands a
day."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A shape: its account (a cycle's is the payer of its first payment), its rows, ascending, and why.

    `facts`: counts by name (payers, payees, hops, between), units in and out, seconds it took.
    """

    pattern: str
    account: int
    rows: tuple[int, ...]
    facts: Mapping[str, int]


def fan_in(transfers: Transfers, within: int, least: int = 5) -> list[Finding]:
    """Accounts that at least `least` others paid within `within` seconds; windows that overlap are one
    finding."""
    return [_fan("fan-in", "payers", transfers, *found) for found in _fans(transfers, within, least, True)]


def fan_out(transfers: Transfers, within: int, least: int = 5) -> list[Finding]:
    """Accounts that paid at least `least` others within `within` seconds."""
    return [_fan("fan-out", "payees", transfers, *found) for found in _fans(transfers, within, least, False)]


def gather_scatter(transfers: Transfers, within: int, least: int = 5) -> list[Finding]:
    """A fan-in, whose account then pays at least `least` others, until `within` seconds after the last of
    it."""
    leaving = by_account(transfers, transfers.source)
    found = []
    for account, rows, payers in _fans(transfers, within, least, True):
        out = _within(transfers, leaving.of(account), rows[0], rows[-1], within)
        payees = len(np.unique(transfers.target[out]))
        if payees >= least:
            every = tuple(sorted([*rows, *out.tolist()]))
            facts = {"payers": payers, "payees": payees, "seconds": _seconds(transfers, every)}
            found.append(Finding("gather-scatter", account, every, facts))
    return found


@dataclass(frozen=True, slots=True)
class Sought:
    """`whole`: the search went to its end; otherwise there may be more."""

    findings: tuple[Finding, ...]
    whole: bool


def scatter_gather(transfers: Transfers, within: int, least: int = 5, *, steps: int = 5_000_000) -> Sought:
    """A fan-out of which at least `least` payees pay one account, each within `within` seconds after it was
    paid.

    `account` is the one that gathers. At most `steps` payments of payees are looked at.
    """
    leaving = by_account(transfers, transfers.source)
    found: dict[tuple[int, tuple[int, ...]], Finding] = {}
    for account, rows, _ in _fans(transfers, within, least, False):
        reached: dict[int, list[int]] = {}
        for row in rows:
            reached.setdefault(int(transfers.target[row]), []).append(row)
        through: dict[int, dict[int, tuple[int, int]]] = {}
        """Gathering account to its payers, each with the rows in and out."""
        for between, came in reached.items():
            after = _within(transfers, leaving.of(between), came[0], came[-1], within)
            steps -= len(after) + 1
            if steps < 0:
                return Sought(tuple(found.values()), False)
            for gathers, way in _passed_through(transfers, came, after, within).items():
                if gathers != account:
                    through.setdefault(gathers, {})[between] = way
        for gathers, ways in through.items():
            if len(ways) >= least:
                every = tuple(sorted({row for way in ways.values() for row in way}))
                facts = {"between": len(ways), "from": account, "seconds": _seconds(transfers, every)}
                found[gathers, every] = Finding("scatter-gather", gathers, every, facts)
    return Sought(tuple(found.values()), True)


def _within(transfers: Transfers, rows: Column, first: int, last: int, within: int) -> Column:
    """Of an account's rows those later than the row `first`, until `within` seconds after the row `last`."""
    times = transfers.at[rows]
    start = np.searchsorted(times, transfers.at[first], "right")
    return rows[start : np.searchsorted(times, transfers.at[last] + within, "right")]


def _passed_through(
    transfers: Transfers, came: list[int], after: Column, within: int
) -> dict[int, tuple[int, int]]:
    """By payee the first payment that came to an account and was followed by one to him in time, and that
    one."""
    times = transfers.at[came]
    at = transfers.at[after]
    earliest = np.searchsorted(times, at - within, "left")
    in_time = (earliest < len(came)) & (times[np.minimum(earliest, len(came) - 1)] < at)
    found: dict[int, tuple[int, int]] = {}
    chosen = zip(earliest[in_time].tolist(), after[in_time].tolist(), strict=True)
    for place, out in sorted(chosen):
        found.setdefault(int(transfers.target[out]), (came[place], out))
    return found


def pass_through(
    transfers: Transfers, within: int, low: int = 90, high: int = 110, least: int = 1
) -> list[Finding]:
    """Accounts that pay on, within `within` seconds of the first payment in, `low` to `high` per cent of what
    came.

    In one asset, from `least` units on. The longest such stretch from each payment in, none within another.
    """
    received = transfers.amount if transfers.received is None else transfers.received
    leaves, reaches = transfers.pots(slice(None))
    moving = np.flatnonzero(leaves != reaches)
    pots = np.concatenate([reaches[moving], leaves[moving]])
    rows = np.concatenate([moving, moving])
    units = np.concatenate([received[moving], -transfers.amount[moving]])
    order = np.lexsort((rows, pots))
    found: list[Finding] = []
    for start, end in _groups(pots[order], 2):
        chosen = order[start:end]
        stretch = rows[chosen].tolist(), transfers.at[rows[chosen]].tolist(), units[chosen].tolist()
        account = int(pots[order[start]]) // len(transfers.assets)
        found += _passed_on(account, *stretch, within=within, low=low, high=high, least=least)
    return found


def _passed_on(
    account: int,
    rows: list[int],
    at: list[int],
    units: list[int],
    *,
    within: int,
    low: int,
    high: int,
    least: int,
) -> Iterator[Finding]:
    first = 0
    while first < len(rows):
        came = went = 0
        best = None
        for place in range(first, min(len(rows), first + MOST_EVENTS)) if units[first] > 0 else ():
            if at[place] - at[first] > within:
                break
            came, went = came + max(0, units[place]), went - min(0, units[place])
            if units[place] < 0 and came >= least and low * came <= 100 * went <= high * came:
                best = place, came, went
        if best is None:
            first += 1
            continue
        last, came, went = best
        facts = {"in": came, "out": went, "seconds": at[last] - at[first]}
        yield Finding("pass-through", account, tuple(rows[first : last + 1]), facts)
        first = last + 1


@dataclass(frozen=True, slots=True, eq=False)
class ByAccount:
    """Rows of each account, ascending."""

    order: Column
    starts: Column

    def of(self, account: int) -> Column:
        """Rows of one."""
        return self.order[self.starts[account] : self.starts[account + 1]]


def by_account(transfers: Transfers, ends: Column) -> ByAccount:
    """Rows by their payer or payee (`ends`), without payments to oneself."""
    moving = np.flatnonzero(transfers.source != transfers.target)
    order = moving[np.argsort(ends[moving], kind="stable")]
    return ByAccount(order, np.searchsorted(ends[order], np.arange(len(transfers.accounts) + 1)))


def _fans(
    transfers: Transfers, within: int, least: int, inward: bool
) -> Iterator[tuple[int, tuple[int, ...], int]]:
    """Account, rows and how many others, of every stretch of windows with enough of them."""
    centre, other = (transfers.target, transfers.source) if inward else (transfers.source, transfers.target)
    order = by_account(transfers, centre).order
    for start, end in _groups(centre[order], least):
        rows = order[start:end]
        others, times = other[rows].tolist(), transfers.at[rows].tolist()
        account = int(centre[rows[0]])
        for first, last in _crowded(others, times, within, least):
            yield account, tuple(rows[first : last + 1].tolist()), len(set(others[first : last + 1]))


def _crowded(others: list[int], times: list[int], within: int, least: int) -> Iterator[tuple[int, int]]:
    """Places of the first and last payment of windows with enough others, overlapping ones joined."""
    here: Counter[int] = Counter()
    left = 0
    joined: tuple[int, int] | None = None
    for right, one in enumerate(others):
        here[one] += 1
        while times[right] - times[left] > within:
            here[others[left]] -= 1
            if not here[others[left]]:
                del here[others[left]]
            left += 1
        if len(here) >= least:
            if joined is not None and left <= joined[1]:
                joined = joined[0], right
            else:
                if joined is not None:
                    yield joined
                joined = left, right
    if joined is not None:
        yield joined


def _groups(ordered: Column, least: int) -> Iterator[tuple[int, int]]:
    """Start and end of runs of equal values, of at least so many."""
    if not len(ordered):
        return
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    ends = np.append(starts[1:], len(ordered))
    enough = ends - starts >= least
    yield from zip(starts[enough].tolist(), ends[enough].tolist(), strict=True)


def _fan(
    pattern: str, who: str, transfers: Transfers, account: int, rows: tuple[int, ...], many: int
) -> Finding:
    return Finding(pattern, account, rows, {who: many, "seconds": _seconds(transfers, rows)})


def _seconds(transfers: Transfers, rows: tuple[int, ...]) -> int:
    return int(transfers.at[rows[-1]] - transfers.at[rows[0]])
