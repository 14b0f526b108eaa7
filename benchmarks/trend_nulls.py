"""What the break statistic reaches where nothing changed: prints the table of entente.match.trends.nulls.

    python -m benchmarks.trend_nulls [series=40000]

For every length, series without any change are drawn with the means and the shapes below (Poisson, and
negative binomial by gamma-mixed Poisson), scanned, and split by the dispersion that the scan itself saw. The
table keeps, for each band, the highest quantile over all mixtures,
of those mixtures of which it gets at least half. Fixed seed; three minutes on one core.
"""

import sys

import numpy as np

from entente.match.trends import breaks
from entente.match.trends.nulls import LEVELS, LONG, QUIET

MEANS = (0.5, 1.0, 5.0, 20.0)
SHAPES = (None, 5.0, 2.0, 1.0)
SEED = 20261129


def main() -> None:
    series = int(sys.argv[1]) if len(sys.argv) > 1 else 40_000
    for long in LONG:
        dice = np.random.default_rng([SEED, long])
        worst = np.zeros((2, len(LEVELS)))
        for mean in MEANS:
            for shape in SHAPES:
                size = (series, long)
                rate = np.full(size, mean) if shape is None else dice.gamma(shape, mean / shape, size)
                told = breaks.scan(dice.poisson(rate))
                told = told.pick(told.place >= 0)
                for band, part in enumerate((told.dispersion <= QUIET, told.dispersion > QUIET)):
                    if part.sum() >= series // 2:
                        reached = np.quantile(told.statistic[part], 1 - np.array(LEVELS))
                        worst[band] = np.maximum(worst[band], reached)
        print(f"{long:4} ", *(f"({', '.join(f'{v:.1f}' for v in row)})," for row in worst), flush=True)


if __name__ == "__main__":
    main()
