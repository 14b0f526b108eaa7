"""Fit what `match.prints.comparing` holds: weights of the evidence, and the table that is shipped.

    python -m benchmarks.prints_weights

Logistic regression, both sorts of pairs counting alike, on pairs of fingers 101 to 105 of the four FVC sets:
our prints for the weights with flow, the same without their flow and the other extractor's for those without.
The table of false match rates is of all pairs of different fingers, and of synthetic ones beside them.
"""

from dataclasses import replace

import numpy as np
from benchmarks.prints_sets import NOTHING, PAIRS, SAME, TUNED, others, ours, present
from numpy.typing import NDArray

from entente.match.prints import Print, Unreadable, compare, prepare, read
from entente.match.prints.comparing import measured
from entente.match.prints.synthetic import finger, impression
from entente.match.rates import Calibration

RIDGE, STEPS, PERSONS = 10.0, 60, 60
Floats = NDArray[np.float64]


def told(prints: list[Print]) -> Floats:
    """(pairs, 6): the evidence of each pair."""
    ready = [prepare(print) for print in prints]
    return np.array([measured(ready[a], ready[b])[0] for a, b in PAIRS])


def fitted(sets: list[Floats], columns: int) -> tuple[Floats, float]:
    """Weights of the first columns and what is added: ridge-penalised logistic regression by Newton's
    steps."""
    values = np.concatenate([found[TUNED, :columns] for found in sets])
    same = np.tile(SAME[TUNED], len(sets)).astype(float)
    middle, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    rows = np.column_stack([(values - middle) / spread, np.ones(len(values))])
    counts = np.where(same > 0, 1.0, same.mean() / (1 - same.mean()))
    penalty = np.diag([RIDGE] * columns + [1e-6])
    weights = np.zeros(columns + 1)
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (counts * (chance - same)) + penalty @ weights
        bend = (rows * (counts * chance * (1 - chance))[:, None]).T @ rows + penalty
        weights -= np.linalg.solve(bend, slope)
    return weights[:-1] / spread, float(weights[-1] - (weights[:-1] * middle / spread).sum())


def table(name: str, scores: Floats) -> None:
    found = Calibration.of(scores)
    print(f"strangers, {name}: highest {scores.max():.2f}")
    print("  scores", tuple(round(score, 2) for score in found.scores))
    print("  told", tuple(round(value, 3) for value in found.told))
    print(f"  slope {found.slope:.3f}, pairs {found.pairs}")


def synthetic() -> Floats:
    """Scores of different synthetic fingers, an impression each."""
    prints = []
    for seed in range(PERSONS):
        try:
            prints.append(prepare(read(impression(finger(seed), seed)).print))
        except Unreadable:
            prints.append(prepare(NOTHING))
    return np.array([compare(a, b).score for at, a in enumerate(prints) for b in prints[:at]])


def main() -> None:
    own = [ours(name)[0] for name in present()]
    bare = [[replace(print, flow=None) for print in prints] for prints in own]
    foreign = [others(name) for name in present()]
    for name, sets, columns in (("FLOWING", own, 6), ("PLAIN", bare + foreign, 5)):
        weights, begin = fitted([told(prints) for prints in sets], columns)
        print(name, [round(float(value), 2) for value in weights], "begin", round(begin, 2))
    every = []
    for name, sets in (("real, with flow", own), ("real, without", bare + foreign)):
        ready = [[prepare(print) for print in prints] for prints in sets]
        scores = [compare(prints[a], prints[b]).score for prints in ready for a, b in PAIRS[~SAME]]
        every.append(np.array(scores))
        table(name, every[-1])
    every.append(synthetic())
    table("synthetic", every[-1])
    # Nobody knows whose prints a house holds: as many of each sort.
    least = min(map(len, every))
    dice = np.random.default_rng(0)
    table("shipped", np.concatenate([dice.permutation(scores)[:least] for scores in every]))


if __name__ == "__main__":
    main()
