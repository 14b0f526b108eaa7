"""The order of payments of one time: a report must say which it relied on.

"sequence": as they stand in the file, which is the bank's booking order where it has one. "in-first": what an
account gets at a time is there before it pays at that time, wherever payments do not form a ring; among those
that could be next, and in a ring, the file decides.
"""

from collections import defaultdict
from heapq import heapify, heappop, heappush

import numpy as np

from entente.match.taint.transfers import Column, Transfers

TIES = ("sequence", "in-first")


def ordered(transfers: Transfers, ties: str) -> Column | None:
    """Rows in the order to walk them; None where that is the order they stand in.

    Raises ValueError for an order that is none of `TIES`.
    """
    if ties not in TIES:
        raise ValueError(f"ties are one of {', '.join(TIES)}, not {ties}")
    if ties == "sequence" or len(transfers) < 2:
        return None
    starts = np.flatnonzero(np.diff(transfers.at, prepend=transfers.at[0] - 1))
    ends = np.append(starts[1:], len(transfers))
    found = np.arange(len(transfers))
    for start, end in zip(starts[ends - starts > 1].tolist(), ends[ends - starts > 1].tolist(), strict=True):
        source, target = transfers.source[start:end].tolist(), transfers.target[start:end].tolist()
        if not set(source).isdisjoint(target):
            found[start:end] = [start + place for place in _in_first(source, target)]
    return found


def _in_first(source: list[int], target: list[int]) -> list[int]:
    """Places of payments of one time, each after those into its source (Kahn 1962; payments to oneself move
    nothing)."""
    coming: dict[int, int] = defaultdict(int)
    leaving: dict[int, list[int]] = defaultdict(list)
    for place, (a, b) in enumerate(zip(source, target, strict=True)):
        coming[b] += a != b
        leaving[a].append(place)
    ready = [place for place, a in enumerate(source) if not coming[a]]
    heapify(ready)
    done = [False] * len(source)
    found: list[int] = []
    first = 0
    while len(found) < len(source):
        if ready:
            place = heappop(ready)
        else:  # a ring: the file decides
            while done[first]:
                first += 1
            place = first
        if done[place]:
            continue
        done[place] = True
        found.append(place)
        a, b = source[place], target[place]
        if a != b:
            coming[b] -= 1
            if not coming[b]:
                for after in leaving[b]:
                    if not done[after]:
                        heappush(ready, after)
    return found
