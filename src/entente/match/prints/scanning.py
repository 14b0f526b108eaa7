"""The first look at every print of a gallery: which are worth comparing?

Each minutia's bitmap of neighbours is laid over those of the other print's minutiae of about its direction.
How unlikely the bits in common are by accident is the pair's weight. The twelve heaviest pairs then vote for
each other where one turn and shift explains both (the global step of Jiang & Yau, in small). All of it is
exact to the last bit: the compiled loop, its definition in `scanning_slow` and any number of threads tell
the same score.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from entente.match.prints.agreeing import COSINES, SINES, WEIGHTS, agreement
from entente.match.prints.bits import ones
from entente.match.prints.compiled import COMPILED, compiled
from entente.match.prints.neighbours import Floats, Places, Words
from entente.match.prints.packing import asking
from entente.match.prints.scanning_slow import scan_slow


@compiled
def _partner(
    bits: Words, place: Places, items: Words, begin: int, kept: int, direction: Places, counts: Places,
    weights: Floats,
) -> tuple[float, int]:  # fmt: skip
    """The kept minutia whose neighbours meet most of the asked one's, and the weight of the pair.

    `direction`: (2 * kept,) in order, once around and once more, so that those within 72 degrees are one run.
    """
    least = (place[2] - 13_107) % 65_536
    low, high = 0, 2 * kept
    while low < high:
        middle = (low + high) >> 1
        if direction[middle] < least:
            low = middle + 1
        else:
            high = middle
    best, partner = 0.0, 0
    while low < 2 * kept and direction[low] <= least + 26_214:
        j = low if low < kept else low - kept
        met = np.uint64(0)
        for w in range(8):
            met += ones(bits[w] & items[begin + j, w])
        value = weights[place[3], counts[j], min(np.int64(met), counts[j])]  # no row names more than it has
        if value > best or (value == best and j < partner):
            best, partner = value, j
        low += 1
    return best, partner


@compiled
def _scan(
    bits: Words, places: Places, items: Words, start: Places, rows: Places, weights: Floats, cosines: Floats,
    sines: Floats, out: NDArray[np.float32],
) -> None:  # fmt: skip
    room = 1
    for row in rows:
        room = max(room, start[row + 1] - start[row])
    direction, counts = np.empty(2 * room, np.int64), np.empty(room, np.int64)
    weight, ours, theirs = np.empty(12), np.empty(12, np.int64), np.empty(12, np.int64)
    x, y, turn = np.empty(12), np.empty(12), np.empty(12, np.int64)
    for at in range(len(rows)):
        begin = start[rows[at]]
        kept = start[rows[at] + 1] - begin
        for j in range(kept):
            word = items[begin + j, 8]
            direction[j] = np.int64((word >> np.uint64(32)) & np.uint64(0xFFFF))
            direction[kept + j] = direction[j] + 65_536
            counts[j] = min(int((word >> np.uint64(48)) & np.uint64(0xFF)), 14)
        weight[:] = 0.0
        found = 0
        for i in range(len(bits)):
            best, partner = _partner(bits[i], places[i], items, begin, kept, direction, counts, weights)
            if best <= weight[11]:
                continue
            k = 11
            while k > 0 and weight[k - 1] < best:
                weight[k], ours[k], theirs[k] = weight[k - 1], ours[k - 1], theirs[k - 1]
                k -= 1
            weight[k], ours[k], theirs[k] = best, i, partner
            found = min(found + 1, 12)
        for k in range(found):
            word = items[begin + theirs[k], 8]
            x[k] = np.int16(word & np.uint64(0xFFFF))
            y[k] = np.int16((word >> np.uint64(16)) & np.uint64(0xFFFF))
            turn[k] = (places[ours[k], 2] - direction[theirs[k]]) % 65_536
        total = 0.0
        for t in range(found):
            total += weight[t] * 0.01
            for k in range(t + 1, found):
                if theirs[t] != theirs[k]:
                    across = float(places[ours[k], 0] - places[ours[t], 0])
                    up = float(places[ours[k], 1] - places[ours[t], 1])
                    total += np.sqrt(weight[t] * weight[k]) * agreement(
                        across, up, x[k] - x[t], y[k] - y[t], turn[t], turn[k], cosines, sines
                    )
        out[at] = total


def scan(asked: Words, items: Words, start: Places, rows: Places, threads: int = 1) -> NDArray[np.float32]:
    """First-stage score of the asked print against each named row of a gallery: 0 or more, higher is nearer.

    `asked` (m, WIDTH) and `items` (N, WIDTH) come from `pack`; the print of row r is `items[start[r] :
    start[r + 1]]`. Items may be mapped and read-only. Threads share the rows; the scores are the same for
    any number.
    """
    if not COMPILED:
        return scan_slow(asked, items, start, rows)
    bits, places = asking(asked)
    out = np.zeros(len(rows), np.float32)
    # Read-only always: the loop is then compiled once, for mapped files and arrays alike.
    items = np.asarray(items).view()
    items.flags.writeable = False
    start, rows = np.ascontiguousarray(start, np.int64), np.ascontiguousarray(rows, np.int64)

    def part(begin: int, end: int) -> None:
        _scan(bits, places, items, start, rows[begin:end], WEIGHTS, COSINES, SINES, out[begin:end])

    if threads <= 1:
        part(0, len(rows))
        return out
    cuts = [len(rows) * at // threads for at in range(threads + 1)]
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(part, cuts[:-1], cuts[1:]))
    return out
