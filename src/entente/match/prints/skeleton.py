"""Ridges one pixel wide."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from entente.match.prints.compiled import compiled, twin

Pixels = NDArray[np.uint8]

DOWN = np.array([0, -1, -1, -1, 0, 1, 1, 1])
RIGHT = np.array([1, 1, 0, -1, -1, -1, 0, 1])
"""The eight neighbours of a pixel, counter-clockwise from the right; even ones share a side with it."""
END, MEETING, ON = 0, 1, 2
"""How a walk along the skeleton ended: at an end, where ridges meet, or it went its whole length."""
SPUR = 9


@cache
def _peeled() -> NDArray[np.bool_]:
    """(2, 256): may a pixel with these neighbours (a bit each) go, in the first and the second half of a
    round?
    """
    bits = (np.arange(256)[:, None] >> np.arange(8)) & 1
    right, up, left, down = bits[:, 0], bits[:, 2], bits[:, 4], bits[:, 6]
    changes = ((bits == 0) & (np.roll(bits, -1, 1) == 1)).sum(1)
    edge = (changes == 1) & (bits.sum(1) >= 2) & (bits.sum(1) <= 6)
    first = edge & (up * right * down == 0) & (right * down * left == 0)
    second = edge & (up * right * left == 0) & (up * down * left == 0)
    return np.stack([first, second])


def thinned(ink: Pixels) -> Pixels:
    """The skeleton of the ink (0 or 1, three pixels of border without ink), after Zhang & Suen (1984)."""
    return peel(ink, _peeled())


def peel_slow(ink: Pixels, goes: NDArray[np.bool_]) -> Pixels:
    """What `peel` is held to: the whole picture at a time."""
    left = ink.copy()
    while True:
        before = int(left.sum())
        for half in goes:
            code = np.zeros(left.shape, np.uint8)
            for bit, (down, right) in enumerate(zip(DOWN, RIGHT, strict=True)):
                code |= np.roll(left, (-down, -right), (0, 1)) << np.uint8(bit)
            left[half[code] & (left > 0)] = 0
        if int(left.sum()) == before:
            return left


@twin(peel_slow)
@compiled
def peel(ink: Pixels, goes: NDArray[np.bool_]) -> Pixels:
    """Take away the border pixels that `goes` lets go, half a round at a time, until none is left to go."""
    left = ink.copy()
    flat = left.reshape(-1)
    wide = ink.shape[1]
    offsets = DOWN * wide + RIGHT
    todo = np.flatnonzero(flat)
    gone = np.empty(len(todo), np.int64)
    count = len(todo)
    while True:
        before = count
        for half in range(2):
            going, kept = 0, 0
            for i in range(count):
                at = todo[i]
                code = 0
                for bit in range(8):
                    code |= int(flat[at + offsets[bit]]) << bit
                if goes[half, code]:
                    gone[going] = at
                    going += 1
                else:
                    todo[kept] = at
                    kept += 1
            for i in range(going):
                flat[gone[i]] = 0
            count = kept
        if count == before:
            return left


@compiled
def cornerless(skeleton: Pixels) -> Pixels:
    """Take away, in place, the corner pixels a skeleton does not need: then each inner pixel has two
    neighbours.
    """
    near = np.zeros(8, np.int64)
    ys, xs = np.nonzero(skeleton)
    for i in range(len(ys)):
        y, x = ys[i], xs[i]
        total = 0
        for q in range(8):
            near[q] = skeleton[y + DOWN[q], x + RIGHT[q]]
            total += near[q]
        pieces = 0  # Yokoi, Toriwaki & Fukumura's connectivity number: 1 where nothing falls apart
        for q in range(0, 8, 2):
            pieces += (1 - near[q]) - (1 - near[q]) * (1 - near[q + 1]) * (1 - near[(q + 2) % 8])
        if pieces == 1 and total > 1:
            skeleton[y, x] = 0
    return skeleton


@compiled
def walk(skeleton: Pixels, y: int, x: int, towards: int, path: NDArray[np.int64]) -> tuple[int, int]:
    """Walk from (y, x) along the neighbour `towards`, into `path` ((steps, 2): y, x): steps walked and how it
    ended.
    """
    steps, py, px = 1, y, x
    ny, nx = y + DOWN[towards], x + RIGHT[towards]
    path[0, 0], path[0, 1] = ny, nx
    while steps < len(path):
        cy, cx, ways = 0, 0, 0
        for q in range(8):
            a, b = ny + DOWN[q], nx + RIGHT[q]
            if not skeleton[a, b] or (a == py and b == px):
                continue
            if steps == 1 and abs(a - y) <= 1 and abs(b - x) <= 1:
                continue  # another neighbour of the pixel it came from
            ways += 1
            cy, cx = a, b
        if ways != 1:
            return steps, END if ways == 0 else MEETING
        py, px = ny, nx
        ny, nx = cy, cx
        path[steps, 0], path[steps, 1] = ny, nx
        steps += 1
    return steps, ON


@compiled
def unspurred(skeleton: Pixels) -> Pixels:
    """Take away, in place, ridges shorter than `SPUR` that hang on another ridge, or on none."""
    cornerless(skeleton)
    path = np.empty((SPUR + 1, 2), np.int64)
    ys, xs = np.nonzero(skeleton)
    ends = np.zeros(len(ys), np.bool_)
    for i in range(len(ys)):
        near = 0
        for q in range(8):
            near += skeleton[ys[i] + DOWN[q], xs[i] + RIGHT[q]]
        ends[i] = near <= 1
    for i in range(len(ys)):
        y, x = ys[i], xs[i]
        if not ends[i] or not skeleton[y, x]:
            continue
        towards = -1
        for q in range(8):
            if skeleton[y + DOWN[q], x + RIGHT[q]]:
                towards = q
                break
        steps, how = 0, END
        if towards >= 0:
            steps, how = walk(skeleton, y, x, towards, path)
        if how == END or (how == MEETING and steps < SPUR):
            skeleton[y, x] = 0
            for k in range(steps if how == END else steps - 1):
                skeleton[path[k, 0], path[k, 1]] = 0
    return cornerless(skeleton)
