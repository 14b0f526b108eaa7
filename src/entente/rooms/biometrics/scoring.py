"""How near a set is to what was asked: each finger and face compared, made comparable, laid together.

A score is -log10 of the rate at which different persons reach it (specs/biometrics.md, section 6). Of samples
that say nothing of each other the rates multiply: scores add up, less what chance adds (rates.together).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from entente.match import faces, prints
from entente.match.rates import Calibration, together
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.samples import FACE, FINGER, Held


@dataclass(frozen=True, slots=True)
class Tables:
    """What makes raw scores comparable. `own`: made of the bureau's own gallery."""

    prints: Calibration
    faces: Calibration
    own: bool = False


SHIPPED = Tables(prints.CALIBRATION, faces.CALIBRATION)


@dataclass(frozen=True, slots=True)
class Scored:
    """A set's parts, by asked sample, and what they say together."""

    parts: tuple[m.Part, ...]

    @property
    def score(self) -> float:
        return round(together(part.score for part in self.parts), 2)


def ready(asked: Sequence[Held]) -> list[Held]:
    """The same, prepared to be compared with many sets: to prepare a print costs more than to compare it."""
    return [replace(one, ready=prints.prepare(one.print)) if one.print else one for one in asked]


def scored(asked: Sequence[Held], found: Sequence[Held], tables: Tables) -> Scored:
    """Every asked sample against the samples of a set that may be of the same finger, the nearest of each.

    A sample of the set counts once: where two asked ones share one, it is the nearer's. So does a finger of
    known position, and the face: two impressions of one finger are no two fingers, whoever it is of.
    """
    every = [part for one in asked for other in found if (part := _part(one, other, tables))]
    every.sort(key=lambda part: (-part.score, part.asked, part.found))
    kept: list[m.Part] = []
    for part in every:
        if not any(_of_one(part, other) for other in kept):
            kept.append(part)
    return Scored(tuple(sorted(kept, key=lambda part: part.asked)))


def _of_one(part: m.Part, other: m.Part) -> bool:
    if part.asked == other.asked or part.found == other.found:
        return True
    return (
        part.what == other.what
        and part.position == other.position
        and (part.what == FACE or part.position > 0)
    )


def _part(asked: Held, found: Held, tables: Tables) -> m.Part | None:
    if asked.what == FACE == found.what:
        if asked.face.partition(":")[0] != found.face.partition(":")[0]:
            return None  # two encoders' vectors say nothing of each other
        score = tables.faces.at(faces.compare(faces.of_text(asked.face)[1], faces.of_text(found.face)[1]))
        return _told(asked, found, score, [], 0.0)
    if asked.what == FINGER == found.what and asked.print and found.print:
        if asked.position and found.position and asked.position != found.position:
            return None
        compared = prints.compare(asked.ready or asked.print, found.print)
        pairs = [list(pair) for pair in compared.pairs]
        return _told(asked, found, tables.prints.at(compared.score), pairs, compared.turn)
    return None


def _told(asked: Held, found: Held, score: float, pairs: list[list[int]], turn: float) -> m.Part:
    return m.Part(
        asked=asked.number,
        found=found.number,
        what="face" if asked.what == FACE else "finger",
        position=asked.position or found.position,
        score=round(max(score, 0.0), 3),
        pairs=pairs,
        turn=round(turn, 1),
    )
