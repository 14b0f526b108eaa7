"""How near a set is to what was asked: each finger and face compared, made comparable, laid together.

A score is -log10 of the rate at which different persons reach it (specs/biometrics.md, section 6). Of samples
that say nothing of each other the rates multiply: scores add up, less what chance adds (rates.together).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from entente.match import faces, prints
from entente.match.rates import Calibration, together
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.samples import FACE, FINGER, Held


@dataclass(frozen=True, slots=True)
class Tables:
    """What makes raw scores comparable; of faces by their encoder (`name@version`), another's say nothing.

    `own`: made of the bureau's own gallery.
    """

    prints: Calibration
    faces: Mapping[str, Calibration]
    own: bool = False

    def lack(self, asked: Iterable[Held]) -> bool:
        """Whether faces are asked of an encoder of which there is no table."""
        return any(one.what == FACE and _space(one) not in self.faces for one in asked)


SHIPPED = Tables(prints.CALIBRATION, {faces.SPACE: faces.CALIBRATION})


@dataclass(frozen=True, slots=True)
class Scored:
    """A set's parts, by asked sample, and what they say together.

    `cosine`: of a face of whose encoder there is no table; 0 for none. It orders such faces, and no more: how
    rare it is nobody knows, so that it adds nothing to the score.
    """

    parts: tuple[m.Part, ...]
    cosine: float = 0.0

    @property
    def score(self) -> float:
        counted = (part.score for part in self.parts if part.what != FACE or not self.cosine)
        return round(together(counted), 2)


def ready(asked: Sequence[Held]) -> list[Held]:
    """The same, prepared to be compared with many sets: to prepare a print costs more than to compare it."""
    return [replace(one, ready=prints.prepare(one.print)) if one.print else one for one in asked]


def scored(asked: Sequence[Held], found: Sequence[Held], tables: Tables) -> Scored:
    """Every asked sample against the samples of a set that may be of the same finger, the nearest of each.

    A sample of the set counts once: where two asked ones share one, it is the nearer's. So does a finger of
    known position, and the face: two impressions of one finger are no two fingers, whoever it is of.
    """
    every = [told for one in asked for other in found if (told := _part(one, other, tables))]
    every.sort(key=lambda told: (-told[0].score, -told[1], told[0].asked, told[0].found))
    kept: list[m.Part] = []
    cosine = 0.0
    for part, alike in every:
        if not any(_of_one(part, other) for other in kept):
            kept.append(part)
            cosine = max(cosine, alike)
    return Scored(tuple(sorted(kept, key=lambda part: part.asked)), cosine)


def _of_one(part: m.Part, other: m.Part) -> bool:
    if part.asked == other.asked or part.found == other.found:
        return True
    return (
        part.what == other.what
        and part.position == other.position
        and (part.what == FACE or part.position > 0)
    )


def _space(one: Held) -> str:
    return one.face.partition(":")[0]


def _part(asked: Held, found: Held, tables: Tables) -> tuple[m.Part, float] | None:
    """A part, and the cosine that no table makes a score of."""
    if asked.what == FACE == found.what:
        if _space(asked) != _space(found):
            return None  # two encoders' vectors say nothing of each other
        cosine = faces.compare(faces.of_text(asked.face)[1], faces.of_text(found.face)[1])
        table = tables.faces.get(_space(asked))
        if table is None:
            return _told(asked, found, 0.0, [], 0.0), cosine
        return _told(asked, found, table.at(cosine), [], 0.0), 0.0
    if asked.what == FINGER == found.what and asked.print and found.print:
        if asked.position and found.position and asked.position != found.position:
            return None
        compared = prints.compare(asked.ready or asked.print, found.print)
        pairs = [list(pair) for pair in compared.pairs]
        return _told(asked, found, tables.prints.at(compared.score), pairs, compared.turn), 0.0
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
