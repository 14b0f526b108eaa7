"""Groups of near-duplicates: what can be reached over pictures that are the same within 31 bits.

Pictures hang together where one's turn meets another's view, films where the shorter has FRAME_SHARE of its
frames in the other. A frame that lies about as a picture is not put with its film: one look at it would then
stand for the whole film.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from entente.match.images.films import FRAME_SHARE, shares, unique
from entente.match.images.signals import SAME
from entente.triage.items import Items
from entente.triage.neighbours import WORDS, Hashes, pairs


class Group(NamedTuple):
    """Places of its items in order; `shown` is the one that stands for all."""

    members: tuple[int, ...]
    shown: int


def groups(items: Items) -> list[Group]:
    """Every item in exactly one group; in the order of their first items."""
    above = list(range(len(items.all)))
    _pictures(items, above)
    for one, other in _film_pairs(items):
        join(above, one, other)
    gathered: dict[int, list[int]] = {}
    for at in range(len(above)):
        gathered.setdefault(_top(above, at), []).append(at)
    return [Group(tuple(members), _shown(items, members)) for members in gathered.values()]


def _shown(items: Items, members: list[int]) -> int:
    """The largest, of equals the first by path: what there is to see is seen best there."""
    return min(members, key=lambda at: (-items.all[at].width * items.all[at].height, items.all[at].path))


def _top(above: list[int], at: int) -> int:
    while above[at] != at:
        above[at] = above[above[at]]
        at = above[at]
    return at


def join(above: list[int], one: int, other: int) -> None:
    """Union-find; the lower number stays on top, so that the order of the pairs does not matter."""
    low, high = sorted((_top(above, one), _top(above, other)))
    above[high] = low


def _pictures(items: Items, above: list[int]) -> None:
    """Equal hashes are compared once: of whatever one row meets, all who have that row are met."""
    asked, asked_of = _distinct(items.asked.hashes(), items.asked.of())
    kept, kept_of = _distinct(items.kept.hashes(), items.kept.of())
    for i, j, _ in pairs(asked, kept, SAME):
        for one, other in zip(i.tolist(), j.tolist(), strict=True):
            first = asked_of[one][0]
            for owners in (asked_of[one], kept_of[other]):
                for owner in owners:
                    join(above, first, owner)
                # They are one by now: from here on the first speaks for all.
                del owners[1:]


def _distinct(rows: Hashes, of: NDArray[np.int64]) -> tuple[Hashes, list[list[int]]]:
    """The different hashes, and the owners of each."""
    if not len(rows):
        return rows, []
    made, inverse = np.unique(rows, axis=0, return_inverse=True)
    owners: list[list[int]] = [[] for _ in range(len(made))]
    for at, owner in zip(inverse.ravel().tolist(), of.tolist(), strict=True):
        if not owners[at] or owners[at][-1] != owner:
            owners[at].append(owner)
    return made.reshape(-1, WORDS), owners


def _film_pairs(items: Items) -> Iterator[tuple[int, int]]:
    """Films that share so many frames that one look will do for both."""
    rows, of = items.frames.hashes(), items.frames.of()
    met: set[tuple[int, int]] = set()
    for i, j, _ in pairs(rows, rows, SAME):
        below = of[i] < of[j]
        met.update(zip(of[i][below].tolist(), of[j][below].tolist(), strict=True))
    for one, other in sorted(met):
        a, b = items.signals(one).frames, items.signals(other).frames
        of_a, of_b = shares(a, b)
        if (of_a if len(unique(a)) <= len(unique(b)) else of_b) >= FRAME_SHARE:
            yield one, other
