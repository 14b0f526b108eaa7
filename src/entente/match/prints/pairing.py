"""Which minutiae of two prints are one and the same, by what stands around them and by each other.

Pairs that the bitmaps let through are compared by their neighbours exactly (fixed-radius neighbours: Ratha
2000, Feng 2008); the best are taken one to one, then each is raised by those that agree with it and lowered
by those that do not (relaxation: Rosenfeld, Hummel & Zucker 1976; for minutiae Ranade & Rosenfeld 1980, Feng
et al. 2006). Loops are written for a compiler: distances are pixels, directions steps of 65,536 a turn.
"""

import numpy as np

from entente.match.prints.agreeing import agreement
from entente.match.prints.bits import ones
from entente.match.prints.compiled import compiled
from entente.match.prints.neighbours import Floats, Places, Words, twice_around

KEPT, MOST = 80, 30
"""Pairs that are compared exactly, and pairs that relax: about so many."""
BUCKETS, FINE, FAINT = 512, 16.0, 12
"""Of the weights of pairs; how many to a weight of 1; those below are never compared."""
NEAR, GROWING, TURNED = 9.0, 0.09, 0.6
"""A neighbour is met within 9 px and 9 % of its distance, and within 0.6 rad."""
UNMET = 1.5
"""Neighbours that each minutia is thought to have beyond those seen, so that two of two are not
everything."""
LEAST = 0.02
"""Likeness below which a pair is not worth keeping."""
ROUNDS, HELD = 5, 0.5
"""Rounds of relaxation, and the share of itself that a pair keeps in each."""


@compiled
def candidates(
    a: Places, asking_a: Words, kept_a: Words, b: Places, asking_b: Words, kept_b: Words, weights: Floats
) -> tuple[Places, Places]:
    """The about `KEPT` heaviest pairs by their bitmaps, asked both ways, of directions within 72 degrees."""
    weight = np.zeros((len(a), len(b)))
    held = np.zeros(BUCKETS, np.int64)
    twice = twice_around(b[:, 2])
    low, before = 0, 0
    for i in range(len(a)):
        first = (a[i, 2] - 13_107) % 65_536
        low = low if first >= before else 0
        before = first
        while low < len(twice) and twice[low] < first:
            low += 1
        at = low
        while at < len(twice) and twice[at] <= first + 26_214:
            j = at if at < len(b) else at - len(b)
            met, met_back = np.uint64(0), np.uint64(0)
            for w in range(8):
                met += ones(asking_a[i, w] & kept_b[j, w])
                met_back += ones(asking_b[j, w] & kept_a[i, w])
            # Cells overlap by a rounding, so that a neighbour may have set two bits: it is met once.
            here, there = a[i, 3], b[j, 3]
            value = weights[here, there, min(np.int64(met), there)]
            value += weights[there, here, min(np.int64(met_back), here)]
            weight[i, j] = value
            held[min(int(value * FINE), BUCKETS - 1)] += 1
            at += 1
    least, total = BUCKETS, 0
    while least > FAINT and (total == 0 or total + held[least - 1] <= KEPT):
        least -= 1
        total += held[least]
    ours, theirs = np.empty(total, np.int64), np.empty(total, np.int64)
    at = 0
    for i in range(len(a)):
        for j in range(len(b)):
            if weight[i, j] * FINE >= least:
                ours[at], theirs[at] = i, j
                at += 1
    return ours[:at], theirs[:at]


@compiled
def met(i: int, j: int, around_a: Floats, count_a: int, around_b: Floats, count_b: int) -> float:
    """How many neighbours of minutia i of a stand around j of b too; each counts 1 where it is exact, less
    further away.

    `around`: (4, n, 14): ahead, aside, relative direction in radians, distance; nearest first.
    """
    total = 0.0
    first = 0
    for p in range(count_a):
        ahead, aside = around_a[0, i, p], around_a[1, i, p]
        relative, far = around_a[2, i, p], around_a[3, i, p]
        reach = NEAR + GROWING * far
        # The reach grows more slowly than the distance: whoever was too near stays so.
        while first < count_b and around_b[3, j, first] < far - reach:
            first += 1
        best = 0.0
        for q in range(first, count_b):
            if around_b[3, j, q] > far + reach:
                break
            across, up = ahead - around_b[0, j, q], aside - around_b[1, j, q]
            off = (across * across + up * up) / (reach * reach)
            turned = abs(relative - around_b[2, j, q])
            turned = min(turned, 6.283185307179586 - turned) / TURNED
            if off < 1.0 and turned < 1.0:
                best = max(best, (1.0 - 0.5 * off) * (1.0 - 0.5 * turned))
        total += best
    return total


@compiled
def likeness(
    a: Places, around_a: Floats, b: Places, around_b: Floats, ours: Places, theirs: Places
) -> Floats:
    """(pairs,) 0 to 1: share of the neighbours met, seen from either side."""
    like = np.empty(len(ours))
    for at in range(len(ours)):
        i, j = ours[at], theirs[at]
        there = met(i, j, around_a, a[i, 3], around_b, b[j, 3])
        due = (a[i, 3] + UNMET) * (b[j, 3] + UNMET)
        like[at] = 0.0
        if there * (there + 0.5) > LEAST * due:  # seen from b about as many are met
            like[at] = there * met(j, i, around_b, b[j, 3], around_a, a[i, 3]) / due
    return like


@compiled
def one_to_one(
    ours: Places, theirs: Places, like: Floats, count_a: int, count_b: int
) -> tuple[Places, Places, Floats]:
    """The most alike pairs, each minutia once, most alike first."""
    used_a, used_b = np.zeros(count_a, np.bool_), np.zeros(count_b, np.bool_)
    room = min(count_a, count_b, MOST)
    left, right, kept = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room)
    found = 0
    for at in np.argsort(-like, kind="mergesort"):
        i, j = ours[at], theirs[at]
        if found == room or like[at] <= LEAST:
            break
        if not used_a[i] and not used_b[j]:
            used_a[i], used_b[j] = True, True
            left[found], right[found], kept[found] = i, j, like[at]
            found += 1
    return left[:found], right[:found], kept[:found]


@compiled
def relaxed(
    a: Places, b: Places, ours: Places, theirs: Places, like: Floats, cosines: Floats, sines: Floats
) -> tuple[Floats, Floats]:
    """(pairs,) likeness once each pair heard the others; (pairs, pairs) how well they agree."""
    count = len(ours)
    agree = np.zeros((count, count))
    for t in range(count):
        for k in range(t + 1, count):
            i, u, j, v = ours[t], ours[k], theirs[t], theirs[k]
            agree[t, k] = agreement(
                float(a[u, 0] - a[i, 0]), float(a[u, 1] - a[i, 1]),
                float(b[v, 0] - b[j, 0]), float(b[v, 1] - b[j, 1]),
                (a[i, 2] - b[j, 2]) % 65_536, (a[u, 2] - b[v, 2]) % 65_536, cosines, sines,
            )  # fmt: skip
            agree[k, t] = agree[t, k]
    now, heard = like.copy(), np.empty(count)
    others = max(min(len(a), len(b), MOST) - 1, 1)
    for _ in range(ROUNDS):
        for t in range(count):
            total = 0.0
            for k in range(count):
                total += agree[t, k] * now[k]
            heard[t] = HELD * now[t] + (1.0 - HELD) * total / others
        now[:] = heard
    return now, agree
