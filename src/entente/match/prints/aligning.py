"""Laying print b over print a: one turn and one shift, and who then lies on whom.

Each of the strongest pairs proposes the motion that it and its friends agree on (least squares over weighted
points: Arun, Huang & Blostein 1987, in the plane); the one under which most minutiae find a partner is kept
and made finer by them.
"""

import numpy as np

from entente.match.prints.compiled import compiled
from entente.match.prints.neighbours import Floats, Places, twice_around

PROPOSALS, FRIENDS, FINER = 4, 0.7, 2
REACH, GROWING, TURNED = 12.0, 0.03, 5_215
"""A partner lies within 12 px and 3 % of its distance from the middle of what is laid together (skin is drawn
out), and within half a radian, in steps."""


@compiled
def motion(ax: Floats, ay: Floats, bx: Floats, by: Floats, weight: Floats) -> Floats:
    """(6,): cosine, sine and shift that bring points b onto a with the least weighted squares; then the
    middle of a. The cosine and the sine are 0 where nothing is told."""
    found = np.zeros(6)
    total = weight.sum()
    if total <= 0.0:
        return found
    mid_ax, mid_ay = (weight * ax).sum() / total, (weight * ay).sum() / total
    mid_bx, mid_by = (weight * bx).sum() / total, (weight * by).sum() / total
    along, across = 0.0, 0.0
    for k in range(len(weight)):
        x, y, u, v = ax[k] - mid_ax, ay[k] - mid_ay, bx[k] - mid_bx, by[k] - mid_by
        along += weight[k] * (u * x + v * y)
        across += weight[k] * (u * y - v * x)
    size = np.sqrt(along * along + across * across)
    if size < 1e-9:
        return found
    cosine, sine = along / size, across / size
    found[0], found[1] = cosine, sine
    found[2] = mid_ax - (cosine * mid_bx - sine * mid_by)
    found[3] = mid_ay - (sine * mid_bx + cosine * mid_by)
    found[4], found[5] = mid_ax, mid_ay
    return found


@compiled
def nearest(a: Places, b: Places, move: Floats) -> tuple[Places, Floats, Floats]:
    """(n_b,) which minutia of a each of b's is nearest to once b is moved, −1 where none is within reach;
    how close it is, 0 to 1; and (n_b, 2) where it came to lie."""
    turn = int(np.floor(np.arctan2(move[1], move[0]) * 10_430.378350470453 + 0.5))
    moved, close, which = np.empty((len(b), 2)), np.zeros(len(b)), np.full(len(b), -1)
    twice = twice_around(a[:, 2])
    low, before = 0, 0
    for j in range(len(b)):
        x = move[0] * b[j, 0] - move[1] * b[j, 1] + move[2]
        y = move[1] * b[j, 0] + move[0] * b[j, 1] + move[3]
        moved[j, 0], moved[j, 1] = x, y
        reach = REACH + GROWING * np.sqrt((x - move[4]) ** 2 + (y - move[5]) ** 2)
        first = (b[j, 2] + turn - TURNED) % 65_536
        low = low if first >= before else 0
        before = first
        while low < len(twice) and twice[low] < first:
            low += 1
        at = low
        while at < len(twice) and twice[at] <= first + 2 * TURNED:
            i = at if at < len(a) else at - len(a)
            across, up = (a[i, 0] - x) / reach, (a[i, 1] - y) / reach
            off = across * across + up * up
            if off < 1.0:
                turned = (twice[at] - first - TURNED) / TURNED
                value = 1.0 - 0.6 * off - 0.4 * turned * turned
                if value > close[j]:
                    close[j], which[j] = value, i
            at += 1
    return which, close, moved


@compiled
def partners(a: Places, b: Places, move: Floats) -> tuple[Places, Places, Floats, Floats]:
    """Minutiae that are each other's nearest once b is moved: places in a, in b, how close; and b's moved."""
    which, close, moved = nearest(a, b, move)
    whose = np.full(len(a), -1)
    for j in range(len(b)):
        i = which[j]
        if i >= 0 and (whose[i] < 0 or close[j] > close[whose[i]]):
            whose[i] = j
    ours = np.flatnonzero(whose >= 0)
    theirs = whose[ours]
    return ours, theirs, close[theirs], moved


@compiled
def aligned(a: Places, b: Places, ours: Places, theirs: Places, now: Floats, agree: Floats) -> Floats:
    """The motion (as of `motion`) under which most minutiae find a partner, from pairs as they relaxed."""
    best, kept = -1.0, np.zeros(6)
    proposed = np.zeros(len(now), np.bool_)
    tries = 0
    for t in np.argsort(-now, kind="mergesort"):
        # A close friend of one that has proposed would propose the same.
        if tries == PROPOSALS or (agree[t] * proposed).max() > FRIENDS:
            continue
        proposed[t] = True
        tries += 1
        weight = agree[t] * now
        weight[t] = now[t]
        friends = np.flatnonzero(weight > 0.0)
        if len(friends) < 2:
            continue
        i, j = ours[friends], theirs[friends]
        move = motion(
            a[i, 0].astype(np.float64), a[i, 1].astype(np.float64),
            b[j, 0].astype(np.float64), b[j, 1].astype(np.float64), weight[friends],
        )  # fmt: skip
        if move[0] == 0.0 and move[1] == 0.0:
            continue
        close = nearest(a, b, move)[1].sum()
        if close > best:
            best, kept = close, move
    for _ in range(FINER):
        i, j = partners(a, b, kept)[:2]
        if best < 0.0 or len(i) < 3:
            break
        finer = motion(
            a[i, 0].astype(np.float64), a[i, 1].astype(np.float64),
            b[j, 0].astype(np.float64), b[j, 1].astype(np.float64), np.ones(len(i)),
        )  # fmt: skip
        if finer[0] == 0.0 and finer[1] == 0.0:
            break
        kept = finer
    return kept
