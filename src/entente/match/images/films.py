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
"""Seconds by which frames of one stretch may be shifted against each other (key frames fall anywhere)."""
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
    near = distances(one, other) <= SAME
    return float(near.any(axis=1)[unique(one)].mean()), float(near.any(axis=0)[unique(other)].mean())


def stretches(one: Frames, other: Frames) -> list[tuple[float, float, float, float]]:
    """From and to, in seconds of the one and of the other, of what runs alike, the longest first.

    Frames that match belong to a stretch as long as both films go on and their shift stays within DRIFT.
    Every match of a frame that stands still (a title) would be one, so each frame goes on where the last
    one was.
    """
    near = distances(one, other) <= SAME
    found: list[list[tuple[int, int]]] = []
    running: list[list[tuple[int, int]]] = []
    for i in range(len(one)):
        going: list[list[tuple[int, int]]] = []
        taken: set[int] = set()
        for run in running:
            last_i, last_j = run[-1]
            shift = one[run[0][0]][0] - other[run[0][1]][0]
            later = [
                j
                for j in np.flatnonzero(near[i])
                if j > last_j and j not in taken and abs(one[i][0] - other[j][0] - shift) <= DRIFT
            ]
            if later:
                best = min(later, key=lambda j: (abs(one[i][0] - other[j][0] - shift), j))
                run.append((i, int(best)))
                taken.add(int(best))
                going.append(run)
            elif i - last_i <= 1:
                going.append(run)
        for j in np.flatnonzero(near[i]):
            if j not in taken and not any(run[-1] == (i, j) for run in going):
                begun = [(i, int(j))]
                found.append(begun)
                going.append(begun)
        running = going
    spans = {
        (one[run[0][0]][0], one[run[-1][0]][0], other[run[0][1]][0], other[run[-1][1]][0])
        for run in found
        if len(run) > 1
    }
    return sorted(spans, key=lambda s: (s[0] - s[1], s))[:MOST_STRETCHES]


def shared(one: Frames, other: Frames) -> Evidence:
    """What two films share, as evidence; empty below FRAME_SHARE of the shorter's unique frames."""
    of_one, of_other = shares(one, other)
    shorter = of_one if len(unique(one)) <= len(unique(other)) else of_other
    if shorter < FRAME_SHARE:
        return ()
    told = [("hash", "pdq"), ("share", f"{of_one:.2f}"), ("share_of_kept", f"{of_other:.2f}")]
    told += [("seconds", f"{a:g}-{b:g} = {c:g}-{d:g}") for a, b, c, d in stretches(one, other)]
    return tuple(told)
