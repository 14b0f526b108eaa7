"""How rare a cosine of two persons' faces is, for a house that has not yet measured its own.

Counted by `python -m benchmarks.faces` on the 19,000 pairs of different persons of the ORL faces, by the
encoder dlib-128@1. They are 20 persons only, most of them men, so that no more is claimed than ten pairs of
each two persons allow. Brothers, and people of groups that the encoder knows badly, are more alike; so are
the drawn persons of `synthetic`. A bureau's own gallery makes a better table.
"""

from entente.match.rates import Calibration

MATCHER = "cosine@1"
"""Name and version of how two faces are compared: a table of another one says nothing of these scores."""
SPACE = "dlib-128@1"
"""Of whose vectors the table is: it says nothing of another encoder's."""
CALIBRATION = Calibration(
    scores=(
        *(0.7416, 0.8292, 0.8469, 0.858, 0.8657, 0.8718, 0.8773, 0.882, 0.8863),
        *(0.8903, 0.8938, 0.8967, 0.8995, 0.9023, 0.9046, 0.907, 0.9091),
    ),
    told=tuple(step / 10 for step in range(17)),
    slope=57.84,
    pairs=1_900,
)
