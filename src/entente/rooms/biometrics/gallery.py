"""The gallery as one asker sees it: what is near a question, scored; whom to ask where no more is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from entente.core.things import Thing
from entente.desk import Desk
from entente.desk.galleries import hinting_proposed, proposed, watched_proposed
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics import spaces
from entente.rooms.biometrics.samples import FACE, FINGER, SET, Held, held
from entente.rooms.biometrics.scoring import SHIPPED, Scored, Tables, ready, scored

PROPOSED = {FINGER: 200, FACE: 100}
"""Sets that the first stage proposes, of which the second looks at each."""
LEAST = 1.0
"""A candidate of whom one in ten strangers is as near is none."""
CERTAIN = 5.0
"""An owner who only lets it be known whom to ask is named from here on: one in 100,000 strangers."""
Engine = Callable[[Desk, str, Sequence[spaces.Asked], int], list[tuple[Thing, float]]]
"""One of desk.galleries: in the asker's view, of what hints at its owner, or of everything."""


@dataclass(frozen=True, slots=True)
class Found:
    """A set and how near it is."""

    thing: Thing
    scored: Scored


def near(
    desk: Desk, asked: Sequence[Held], against: m.Against, tables: Tables, engine: Engine = proposed
) -> list[Found]:
    """The sets that are near, nearest first, equals by id; each scored from what it holds now.

    Raises Unavailable while the index is made again.
    """
    things: dict[str, Thing] = {}
    for what, form in ((FINGER, "prints" if against == "persons" else "marks"), (FACE, "faces")):
        if what == FACE and against == "marks":
            continue
        for space, items in spaces.asked(form, [one for one in asked if one.what == what]).items():
            things |= {t.id: t for t, _ in engine(desk, space, items, PROPOSED[what]) if t.kind == SET}
    prepared, positions = ready(asked), {one.position for one in asked if one.what == FINGER}
    found = [Found(t, scored(prepared, held(t, positions), tables)) for t in things.values()]
    return sorted(found, key=lambda f: (-f.scored.score, -f.scored.cosine, f.thing.id))


def candidates(desk: Desk, asked: Sequence[Held], against: m.Against, tables: Tables) -> list[Found]:
    """What the asker may see and an examiner looks at: at most 20 by prints, 50 by a face.

    Of faces that no table makes comparable the nearest, however near they are.
    """
    every = near(desk, asked, against, tables)
    found = [f for f in every if f.scored.score >= LEAST or f.scored.cosine > 0]
    by_prints = [f for f in found if any(p.what == FINGER for p in f.scored.parts)][: m.MOST_PRINTS]
    by_faces = [f for f in found if any(p.what == FACE for p in f.scored.parts)][: m.MOST_FACES]
    kept = {f.thing.id for f in (*by_prints, *by_faces)}
    return [f for f in found if f.thing.id in kept][: m.MOST_FACES]


def hinting(desk: Desk, asked: Sequence[Held], against: m.Against) -> list[Found]:
    """What is surely near and only hints at its owner: the house's to know, who tells the owners alone.

    By the house's table: whom an owner lets be known does not hang on the asker's own gallery. Of faces
    without a table nothing is surely near.
    """
    found = near(desk, asked, against, SHIPPED, hinting_proposed)
    return [f for f in found if f.scored.score >= CERTAIN]


def watched(desk: Desk, asked: Sequence[Held], against: m.Against) -> list[Found]:
    """What is surely near, by the house's table as well, and watched by its owner, who is told whether or not
    the asker may know of it."""
    found = near(desk, asked, against, SHIPPED, watched_proposed)
    return [f for f in found if f.scored.score >= CERTAIN]
