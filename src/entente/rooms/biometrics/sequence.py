"""The sequence check: is each finger where it is said to be, and are they one person's?

What a set can tell of itself: two prints of one position that are of two fingers, and one finger that stands
in two positions. Whether a lone print is another person's finger, nothing in the set tells.
"""

from collections.abc import Sequence
from itertools import combinations

from entente.core.problems import Fault
from entente.match import prints
from entente.rooms.biometrics.codes import fault
from entente.rooms.biometrics.samples import Read
from entente.rooms.biometrics.scoring import SHIPPED
from entente.web.language import N_

SAME, OTHER = 5.0, 1.0
"""Scores (-log10 of the false match rate): from here on one finger; up to here two."""
GOOD = 40
"""Quality from which prints that do not match are of two fingers and not merely poor."""
_TWICE = N_("The same finger stands in two places (503)")
_APART = N_("Two different fingers are said to be one (503)")
_LOOK = N_("Look at which finger is in which place, and take those again that differ.")


def checked(read: Sequence[Read]) -> list[Fault]:
    """The faults of a person's fingers, each pair named by its places in the set."""
    faults = []
    placed = [(n, one, prints.prepare(one.print)) for n, one in enumerate(read) if one.print and one.position]
    for (n, one, ready), (k, other, other_ready) in combinations(placed, 2):
        score = SHIPPED.prints.at(prints.compare(ready, other_ready).score)
        where = f"files/{n},{k}"
        if one.position != other.position and score >= SAME:
            faults.append(fault("503", where, _TWICE, _LOOK))
        elif one.position == other.position and score <= OTHER and min(one.quality, other.quality) >= GOOD:
            faults.append(fault("503", where, _APART, _LOOK))
    return faults
