"""What the break statistic reaches where nothing changed: made once by `python -m benchmarks.trend_nulls`.

For each length (periods) and level (share of unchanged series that reach it): the highest over Poisson and
negative binomial series of means 0.5 to 20 and shapes 1 to 5, 40,000 of each; the first band for series that
the scan saw to be hardly dispersed, the second for the others. With short series of heavy dispersion the last
two levels are high: there is little that eight periods can tell.
"""

LEVELS = (0.05, 0.01, 0.003, 0.001)
LONG = (8, 12, 18, 24, 36, 48, 60, 84, 120, 180, 240, 360, 480)
QUIET = 1.25
"""Dispersion up to which the first band is used."""
TABLE = (
    (
        (5.2, 8.2, 10.6, 12.5),
        (8.1, 11.9, 14.2, 16.6),
        (10.1, 14.6, 17.4, 20.6),
        (10.3, 14.8, 18.1, 20.8),
        (10.9, 15.3, 18.9, 22.0),
        (11.2, 15.8, 19.5, 22.8),
        (10.0, 14.2, 17.2, 19.3),
        (10.3, 14.2, 17.1, 19.5),
        (10.5, 14.5, 17.7, 21.2),
        (10.6, 14.3, 17.1, 19.7),
        (10.6, 14.4, 16.9, 20.0),
        (10.7, 14.6, 17.1, 19.1),
        (10.7, 14.4, 17.7, 19.8),
    ),
    (
        (10.6, 22.3, 34.0, 46.3),
        (10.9, 19.7, 28.2, 37.2),
        (10.6, 17.7, 24.6, 30.6),
        (10.5, 16.7, 22.6, 29.2),
        (10.2, 16.0, 21.2, 28.7),
        (10.1, 15.2, 19.7, 24.3),
        (10.2, 15.2, 19.4, 23.9),
        (10.1, 14.8, 18.9, 22.4),
        (10.3, 14.9, 19.2, 23.6),
        (10.2, 14.6, 18.0, 21.4),
        (10.3, 14.5, 17.7, 21.4),
        (10.4, 14.7, 18.3, 21.8),
        (10.5, 14.7, 17.9, 20.4),
    ),
)
