"""Things whose hashes are near an asked one: the engine proposes inside a view, the rule decides again."""

from collections.abc import Sequence

from entente.core.access import Decision, View, decide
from entente.core.problems import Unavailable
from entente.core.things import Thing
from entente.desk.likening import is_remade
from entente.desk.sitting import Desk
from entente.engines.vectors import Corrupt

Answer = list[tuple[Thing, int]]
"""(thing, distance in bits) for one asked hash, nearest first, equals by id."""
AGAIN = "The index of likenesses is being made again."


def alike(
    desk: Desk, space: str, asked: Sequence[bytes], radius: int, view: View | None = None
) -> list[Answer]:
    """What the asker may see with a hash at most `radius` bits from an asked one (32 bytes each).

    `space`: the name of a property of type `likeness`. `view`: a narrower one than the asker's own.
    Raises Unavailable while the index is made again.
    """
    inside = desk.view if view is None else view
    return _decided(desk, _near(desk, space, asked, radius, inside), Decision.FULL)


def hinting_alike(desk: Desk, space: str, asked: Sequence[bytes], radius: int) -> list[Answer]:
    """The same of what only hints at its owner. The house's to know: the asker learns the owners alone."""
    return _decided(desk, _near(desk, space, asked, radius, desk.hinted), Decision.CONTACT)


def inspect_alike(desk: Desk, space: str, asked: Sequence[bytes], radius: int) -> list[Answer]:
    """The same of everything, for the house's own work; its answers are never shown to a person."""
    return _near(desk, space, asked, radius, desk._everything())


def _decided(desk: Desk, answers: list[Answer], wanted: Decision) -> list[Answer]:
    return [[(t, apart) for t, apart in a if decide(desk.asker, t.handling) is wanted] for a in answers]


def _near(desk: Desk, space: str, asked: Sequence[bytes], radius: int, view: View) -> list[Answer]:
    try:
        if is_remade(desk.house, desk.tx):
            raise Unavailable(AGAIN)
        near = desk.house.vectors.near(space, asked, radius, view)
    except Corrupt:
        raise Unavailable(AGAIN) from None
    things = {t.n: t for t in desk.tx.things.rows(sorted({found.n for found in near}), view)}
    answers: list[Answer] = [[] for _ in asked]
    for found in near:
        thing = things.get(found.n)
        # The index may lag a moment behind the store: what the thing holds now is what counts.
        apart = _distance(thing, space, asked[found.asked]) if thing else None
        if thing and apart is not None and apart <= radius:
            answers[found.asked].append((thing, apart))
    for answer in answers:
        answer.sort(key=lambda pair: (pair[1], pair[0].id))
    return answers


def _distance(thing: Thing, space: str, asked: bytes) -> int | None:
    """Bits between an asked hash and the nearest of a thing's; None when it has none."""
    number = int.from_bytes(asked)
    return min(((int(v, 16) ^ number).bit_count() for v in thing.body.get(space, ())), default=None)
