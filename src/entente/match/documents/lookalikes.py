"""Other readings of a number: characters that print alike, O and 0, I and 1.

Check digits do not see all of them: two O for two 0 add 24*3 + 24*7 = 240, a multiple of ten. Another reading
is never put in the place of the first; it is a second line for the officer.
"""

from collections.abc import Iterator
from itertools import combinations

PAIRS = ("O0", "I1")
MORE_PAIRS = (*PAIRS, "B8", "G6", "S5", "Z2")
"""With those that a worn print or a poor camera adds. G counts 16 and 6 counts 6: no check digit tells them
apart, wherever they stand."""

MOST_TRIED = 5000
"""Readings looked at; fewest changes come first, so that what is left out is far-fetched."""


def readings(number: str, pairs: tuple[str, ...] = PAIRS) -> Iterator[str]:
    """The number read otherwise, fewest changes first, at most MOST_TRIED; not the number itself."""
    other = {pair[at]: pair[1 - at] for pair in pairs for at in (0, 1)}
    places = [at for at, c in enumerate(number[:64]) if c in other]
    tried = 0
    for count in range(1, len(places) + 1):
        for changed in combinations(places, count):
            if tried == MOST_TRIED:
                return
            tried += 1
            read = list(number)
            for at in changed:
                read[at] = other[read[at]]
            yield "".join(read)


def alike(character: str, pairs: tuple[str, ...] = PAIRS) -> frozenset[str]:
    """A character and those it is taken for."""
    return frozenset(character).union(*(pair for pair in pairs if character in pair))
