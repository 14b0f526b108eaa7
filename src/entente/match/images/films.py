"""Films by the hashes of their key frames: how much two share, and which seconds of the one are which of
the other.

Source of the measure: vPDQ (ThreatExchange), where a film matches when 80 % of its unique frames do. As
that ignores their order, the stretches that run alike are told too: an examiner wants to know where to
look.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from entente.match.images.nearest import nearest
from entente.match.images.signals import SAME

FRAME_SHARE = 0.8
"""Share of the shorter film's unique frames that must be in the other."""
DRIFT = 2.0
"""Seconds by which the shift may vary within one stretch: key frames fall where an encoder put them."""
MOST_STRETCHES = 5
Frames = Sequence[tuple[float, bytes]]
Evidence = tuple[tuple[str, str], ...]


def in_film(picture: Sequence[bytes], frames: Frames) -> tuple[int, float] | None:
    """Distance and second of the frame that is nearest to a picture, the first of equals."""
    pair = nearest([bits for _, bits in frames], picture)
    return (pair[0], frames[pair[1]][0]) if pair else None


def distances(one: Frames, other: Frames) -> NDArray[np.int64]:
    """(frames, frames) of the bits in which they differ."""
    left, right = (
        np.frombuffer(b"".join(bits for _, bits in film), np.uint64).reshape(len(film), -1)
        for film in (one, other)
    )
    return np.asarray(np.bitwise_count(left[:, None] ^ right[None]).sum(axis=2), np.int64)


def unique(film: Frames) -> list[int]:
    """Places of the frames of which no earlier one has the same hash."""
    first: dict[bytes, int] = {}
    for at, (_, bits) in enumerate(film):
        first.setdefault(bits, at)
    return sorted(first.values())


def shares(one: Frames, other: Frames) -> tuple[float, float]:
    """Of each film's unique frames, the share that the other has within SAME bits."""
    near = np.asarray(distances(one, other) <= SAME)
    return float(near[unique(one)].any(axis=1).mean()), float(near[:, unique(other)].any(axis=0).mean())


def stretches(one: Frames, other: Frames) -> list[tuple[float, float, float, float]]:
    """From and to, in seconds of the one and of the other, of what runs alike; what has most frames first.

    Frames that match belong together when one film is shifted against the other by the same time, give or
    take DRIFT, and no more than a single frame between them is missing. What was told is not told again.
    """
    here, there = np.nonzero(distances(one, other) <= SAME)
    at, other_at = (np.asarray([second for second, _ in film]) for film in (one, other))
    found: list[tuple[float, float, float, float]] = []
    while here.size and len(found) < MOST_STRETCHES:
        shift = at[here] - other_at[there]
        order = np.argsort(shift, kind="stable")
        shifts = shift[order]
        ends = np.searchsorted(shifts, shifts + DRIFT, side="right")
        first = int(np.argmax(ends - np.arange(ends.size)))
        members = np.sort(order[first : ends[first]])
        runs = np.split(members, np.flatnonzero(np.diff(here[members]) > 2) + 1)
        run = max(runs, key=lambda each: np.unique(here[each]).size)
        rest = np.ones(here.size, bool)
        rest[members] = False
        if np.unique(here[run]).size > 1:
            mine, theirs = at[here[run]], other_at[there[run]]
            span = (float(mine.min()), float(mine.max()), float(theirs.min()), float(theirs.max()))
            found.append(span)
            told = (at[here] >= span[0]) & (at[here] <= span[1])
            told |= (other_at[there] >= span[2]) & (other_at[there] <= span[3])
            rest = ~told
        here, there = here[rest], there[rest]
    return found


def shared(one: Frames, other: Frames) -> Evidence:
    """What two films share, as evidence; empty below FRAME_SHARE of the shorter's unique frames."""
    of_one, of_other = shares(one, other)
    mine, theirs = len(unique(one)), len(unique(other))
    # Of two that are equally long either may be the shorter: whoever asks, the answer is the same.
    shorter = max(of_one, of_other) if mine == theirs else of_one if mine < theirs else of_other
    if shorter < FRAME_SHARE:
        return ()
    told = [("hash", "pdq"), ("share", f"{of_one:.2f}"), ("share_of_kept", f"{of_other:.2f}")]
    told += [("seconds", f"{a:g}-{b:g} = {c:g}-{d:g}") for a, b, c, d in stretches(one, other)]
    return tuple(told)
