"""Shapes that laundering takes, among the payments that carried victims' money. Pure. A shape is a lead, no
proof.

Fans, scatters and cycles are sought among payments that carried the money; whether an account passes on what
it gets, among all its payments.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

import numpy as np

from entente.match.taint import Trace, Transfers
from entente.match.taint.cycles import cycles
from entente.match.taint.patterns import (
    Finding,
    Sought,
    fan_in,
    fan_out,
    gather_scatter,
    pass_through,
    scatter_gather,
)
from entente.match.taint.transfers import Column
from entente.rooms.payments.traces.traces_found import Pattern
from entente.rooms.payments.traces.transfers_columns import chosen
from entente.rooms.payments.traces.transfers_said import money

WITHIN, WITHIN_STEPS = 72 * 3_600, 7
"""The window: 72 hours, or steps of the file."""
LEAST = 3
"""Payers or payees of a fan: fewer than elsewhere, since each carries stolen money."""
MOST_EACH = 50
MOST_PAYMENTS, MOST_ACCOUNTS, MOST_STEPS = 50_000, 2_000, 200_000
BASES = ("fifo", "haircut", "libr", "lifo")
"""By which rule patterns are sought: the first of these that was followed by."""

Seeking = Callable[[Transfers], Sought]


def patterns(transfers: Transfers, traces: Mapping[str, Trace], steps: bool) -> tuple[Pattern, ...]:
    """What was found, at most 50 of each shape; none where poison alone was followed by.

    A shape that was not sought to the end is told once more, of no account and no payment.
    """
    base = next((traces[rule] for rule in BASES if rule in traces), None)
    if base is None or not len(base.payments):
        return ()
    within = WITHIN_STEPS if steps else WITHIN
    carried = base.payments[:MOST_PAYMENTS]
    found = []
    for shape, seek in _seeking(within).items():
        found += list(_told(transfers, carried, shape, seek))
    reached = np.array(sorted(base.accounts)[:MOST_ACCOUNTS], np.int64)
    theirs = np.flatnonzero(np.isin(transfers.source, reached) | np.isin(transfers.target, reached))
    passing = _told(
        transfers,
        theirs[:MOST_PAYMENTS],
        "pass-through",
        lambda t: _whole(pass_through(t, within)),
        set(reached.tolist()),
    )
    return (*found, *passing)


def _seeking(within: int) -> Mapping[str, Seeking]:
    return {
        "fan-in": lambda t: _whole(fan_in(t, within, LEAST)),
        "fan-out": lambda t: _whole(fan_out(t, within, LEAST)),
        "scatter-gather": lambda t: scatter_gather(t, within, LEAST, steps=MOST_STEPS),
        "gather-scatter": lambda t: _whole(gather_scatter(t, within, LEAST)),
        "cycle": lambda t: cycles(t, within * 10, most=MOST_EACH, steps=MOST_STEPS),
    }


def _whole(findings: Iterable[Finding]) -> Sought:
    return Sought(tuple(findings), True)


def _told(
    transfers: Transfers, rows: Column, shape: str, seek: Seeking, only: set[int] | None = None
) -> Iterator[Pattern]:
    """Findings among some rows, with rows and accounts as they are in the file."""
    part = chosen(transfers, rows)
    number = {name: n for n, name in enumerate(transfers.accounts)}
    told = 0
    sought = seek(part)
    for finding in sought.findings:
        name = part.accounts[finding.account]
        if only is not None and number[name] not in only:
            continue
        where = tuple(int(rows[row]) for row in finding.rows)
        asset = transfers.assets[0 if transfers.asset is None else int(transfers.asset[where[0]])]
        facts = {what: _fact(part, what, units, asset) for what, units in finding.facts.items()}
        yield Pattern(finding.pattern, name, facts, where)
        told += 1
        if told == MOST_EACH:
            return
    if not sought.whole:
        yield Pattern(shape, "", {"steps": str(MOST_STEPS)}, ())


def _fact(part: Transfers, what: str, units: int, asset: str) -> str:
    if what in ("in", "out"):
        return money(units, asset)
    return part.accounts[units] if what == "from" else str(units)
