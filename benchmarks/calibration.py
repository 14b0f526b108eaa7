"""Fits the probability of "same name" to labelled pairs: prints KNOTS for entente/match/names/calibration.py.

    python -m benchmarks.calibration

On the tune halves of four sets (name_bench, aliases, lists, native scripts), each weighed by the square root
of its size so that the largest does not speak alone: the share of the same among pairs of about one value,
made to rise (pool adjacent violators, Ayer et al. 1955), read at fixed values. Then the calibration error of
what stands in the product, on both halves. Leaves when ../shared is not there.
"""

import sys
from math import log, sqrt

from benchmarks.listed_people import DATA
from benchmarks.measures import calibration_error
from benchmarks.name_sets import HELD, TUNE, Pair, aliases, lists, name_bench, native

from entente.core.scoring import probability
from entente.match.names.calibration import KNOTS, odds_of
from entente.match.names.compare import align
from entente.match.names.reading import names_of

VALUES = tuple(value for value, _ in KNOTS)
NEAR = 0.06
"""Pairs whose value is at most this far from a knot are counted for it."""
MOST = 3.9
"""Log-odds of the same name to the letter: somebody else may bear it."""


def value(pair: Pair) -> float:
    """The value of the best alignment of the two names of a pair."""
    return max(align(a, b).value for a in names_of(str(pair.asked)) for b in names_of(str(pair.found)))


def main() -> None:
    if not DATA.exists():
        sys.exit("the public test data is not at ../shared/data: nothing fitted")
    sets = {"name_bench": name_bench(), "aliases": aliases(), "lists": lists(), "native": native()}
    told = {name: [(value(p), p.same, p.half) for p in pairs] for name, pairs in sets.items()}
    weighed: list[tuple[float, bool, float]] = []
    for pairs in told.values():
        tune = [(v, same) for v, same, half in pairs if half == TUNE]
        weighed += [(v, same, 1 / sqrt(len(tune))) for v, same in tune]
    shares = rising([near(weighed, at) for at in VALUES])
    knots = [(at, min(MOST, max(-MOST, log(s / (1 - s))))) for at, s in zip(VALUES, shares, strict=True)]
    print("KNOTS = (" + ", ".join(f"({at}, {odds:.2f})" for at, odds in knots) + ")")
    for half in (TUNE, HELD):
        scored = {n: [(probability(odds_of(v)), s) for v, s, h in ps if h == half] for n, ps in told.items()}
        errors = {name: calibration_error(pairs) for name, pairs in scored.items()}
        errors["all"] = calibration_error([pair for pairs in scored.values() for pair in pairs])
        print(half, *(f"ece_{name}={error:.3f}" for name, error in errors.items()))


def near(weighed: list[tuple[float, bool, float]], at: float) -> tuple[float, float]:
    """(share of the same, weight) of the pairs about a value; one imagined pair of either sort is added."""
    inside = [(same, w) for v, same, w in weighed if abs(v - at) <= NEAR]
    unit = 1 / sqrt(2000)
    weight = sum(w for _, w in inside) + 2 * unit
    return (sum(w for same, w in inside if same) + unit) / weight, weight


def rising(shares: list[tuple[float, float]]) -> list[float]:
    """The nearest shares that never fall."""
    blocks: list[tuple[float, float, int]] = []
    for share, weight in shares:
        blocks.append((share, weight, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (low, of_low, many_low), (high, of_high, many_high) = blocks.pop(), blocks.pop()
            both = of_low + of_high
            blocks.append(((low * of_low + high * of_high) / both, both, many_low + many_high))
    return [block[0] for block in blocks for _ in range(block[2])]


if __name__ == "__main__":
    main()
