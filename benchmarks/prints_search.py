"""Searching persons by two fingers among others, as a bureau does: scan, then compare the best.

A person is two neighbouring fingers of one set, enrolled with their first impressions and searched with each
of the other seven. Others are mirrored prints (no finger that exists, but a finger's ridges all the same)
and synthetic ones. A search without a mate is one of a person who is left out, or of a mirrored one.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from benchmarks.prints_sets import NOTHING, packed
from numpy.typing import NDArray

from entente.match.prints import (
    CALIBRATION,
    Prepared,
    Print,
    Unreadable,
    compare_many,
    pack,
    prepare,
    read,
    scan,
)
from entente.match.prints.synthetic import finger, impression
from entente.match.rates import fnir_at_fpir

BEST = 50
"""Persons who are compared precisely."""
PERSONS = 50
"""Synthetic ones."""
Two = tuple[Print, Print]


@dataclass(frozen=True, slots=True)
class Person:
    """Who it is, and the two fingers."""

    name: tuple[Any, ...]
    fingers: Two


def persons(set_name: str, prints: list[Print], impressions: range, kind: str) -> list[Person]:
    """Fingers 1 and 2 of a set, 3 and 4, …, with each of these impressions."""
    return [
        Person((kind, set_name, first), (prints[first * 8 + at], prints[(first + 1) * 8 + at]))
        for first in range(0, 10, 2)
        for at in impressions
    ]


def synthetic() -> list[Person]:
    def one(seed: int) -> Print:
        try:
            return read(impression(finger(seed), seed)).print
        except Unreadable:
            return NOTHING

    return [Person(("synthetic", seed), (one(2 * seed), one(2 * seed + 1))) for seed in range(PERSONS)]


class Gallery:
    """Persons, packed and prepared."""

    def __init__(self, enrolled: list[Person]) -> None:
        self.enrolled = enrolled
        self.rows = np.arange(len(enrolled))
        self.packed = [packed([pack(person.fingers[at]) for person in enrolled]) for at in (0, 1)]
        self.ready: list[tuple[Prepared, Prepared]] = [
            (prepare(person.fingers[0]), prepare(person.fingers[1])) for person in enrolled
        ]

    def search(self, asked: Person, *, without: bool) -> tuple[list[int], NDArray[np.float64]]:
        """The best persons and their calibrated scores, summed over both fingers; `without` who it is."""
        first = np.zeros(len(self.enrolled))
        for at in (0, 1):
            first += scan(pack(asked.fingers[at]), *self.packed[at], self.rows)
        if without:
            first[[person.name == asked.name for person in self.enrolled]] = -1
        best = np.argsort(-first, kind="stable")[:BEST].tolist()
        best = [row for row in best if first[row] >= 0]
        scores = np.zeros(len(best))
        for at in (0, 1):
            found = compare_many(asked.fingers[at], [self.ready[row][at] for row in best])
            scores += [CALIBRATION.at(one.score) for one in found]
        return best, scores


def errors(enrolled: list[Person], probes: list[Person], strangers: list[Person]) -> dict[str, float]:
    """Rank-1 and FNIR at FPIR 1 % in percent; how many searches of either sort."""
    gallery = Gallery(enrolled)
    mates, firsts = [], 0
    for asked in probes:
        best, scores = gallery.search(asked, without=False)
        own = [at for at, row in enumerate(best) if gallery.enrolled[row].name == asked.name]
        mates.append(max((scores[at] for at in own), default=-np.inf))
        firsts += bool(own) and int(np.argmax(scores)) in own
    highest = [gallery.search(asked, without=True)[1].max(initial=0.0) for asked in [*probes, *strangers]]
    return {
        "persons": len(enrolled),
        "mated": len(mates),
        "unmated": len(highest),
        "rank1": 100 * firsts / len(mates),
        "fnir": 100 * fnir_at_fpir(mates, highest, 0.01),
    }
