"""How often strangers reach a score of `compare`, for a house that has too few prints to count it itself.

Counted by `python -m benchmarks.prints_weights` with `entente-prints@1` and `entente-neighbours@1`: of as
many pairs each of four FVC sets with flow, of the same and another extractor's templates without, and of
synthetic fingers, which resemble each other more than real ones: the table is cautious with real prints.
"""

from entente.match.rates import Calibration

CALIBRATION = Calibration(
    scores=(
        0.0, 4.13, 5.91, 6.58, 7.09, 7.48, 7.8, 8.14, 8.49, 8.95, 9.52, 10.53, 11.15, 11.46, 11.75, 11.96,
        12.13,
    ),
    told=(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.401, 1.5, 1.601),
    slope=0.737,
    pairs=5310,
)  # fmt: skip
"""Table of false match rates of the scores of `compare`."""
