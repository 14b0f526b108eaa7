"""Payments as Python numbers, in the order to walk them; those that stolen money cannot be near are left out.

A million payments are walked in half a second; most of it would be spent on accounts that no way leads to.
"""

from collections.abc import Collection, Iterator

import numpy as np

from entente.match.taint.transfers import Column, Transfers

CHUNK = 1 << 15
"""Rows turned into Python numbers at a time: all at once they take more room than everything else."""

Row = tuple[int, int, int, int, int, int]
"""Row, source pot, target pot, amount, received, time."""


def possible(transfers: Transfers, order: Column | None, stolen: Collection[int]) -> Column:
    """Whether stolen money can have reached each account, bool by number. Never too few: within a chunk time
    does not count."""
    reached = np.zeros(len(transfers.accounts), bool)
    seeds = np.zeros(len(transfers), bool)
    seeds[list(stolen)] = True
    for chosen in _chunks(len(transfers), order):
        source, target = transfers.source[chosen], transfers.target[chosen]
        reached[target[seeds[chosen]]] = True
        while True:
            new = target[reached[source] & ~reached[target]]
            if not len(new):
                break
            reached[new] = True
    return reached


def rows(transfers: Transfers, order: Column | None, stolen: Collection[int]) -> Iterator[Row]:
    """Payments out of and into accounts that stolen money can have reached, and those that were stolen."""
    near = possible(transfers, order, stolen)
    received = transfers.amount if transfers.received is None else transfers.received
    for every in _chunks(len(transfers), order):
        chosen = every[near[transfers.source[every]] | near[transfers.target[every]]]
        source, target = transfers.pots(chosen)
        amounts = transfers.amount[chosen].tolist()
        arriving = amounts if received is transfers.amount else received[chosen].tolist()
        times = transfers.at[chosen].tolist()
        yield from zip(
            chosen.tolist(), source.tolist(), target.tolist(), amounts, arriving, times, strict=True
        )


def ends(
    transfers: Transfers, order: Column | None, stolen: Collection[int]
) -> Iterator[tuple[int, int, int, int]]:
    """The same without amounts: row, source and target account, time; only what leaves such accounts."""
    near = possible(transfers, order, stolen)
    seeds = np.zeros(len(transfers), bool)
    seeds[list(stolen)] = True
    for every in _chunks(len(transfers), order):
        chosen = every[near[transfers.source[every]] | seeds[every]]
        pairs = transfers.source[chosen].tolist(), transfers.target[chosen].tolist()
        yield from zip(chosen.tolist(), *pairs, transfers.at[chosen].tolist(), strict=True)


def _chunks(many: int, order: Column | None) -> Iterator[Column]:
    for start in range(0, many, CHUNK):
        end = min(start + CHUNK, many)
        yield np.arange(start, end) if order is None else order[start:end]
