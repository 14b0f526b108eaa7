"""Things whose hashes are near an asked one: the engine proposes inside a view, the rule decides again."""

from array import array
from collections.abc import Sequence

from entente.core.access import Decision, View, decide
from entente.core.problems import Unavailable
from entente.core.things import Thing
from entente.desk.likening import is_remade
from entente.desk.sitting import Desk
from entente.engines.vectors import Corrupt

Answer = list[tuple[Thing, int]]
"""(thing, distance in bits) for one asked hash, nearest first, equals by id."""
MOST_OF_AN_OWNER = 200
"""Things of one owner told of one hash, the nearest: what one owner floods hides nothing of another's."""
AGAIN = "The index of likenesses is being made again."


def alike(
    desk: Desk, space: str, asked: Sequence[bytes], radius: int, view: View | None = None
) -> list[Answer]:
    """What the asker may see with a hash at most `radius` bits from an asked one (32 bytes each).

    `space`: the name of a property of type `likeness`. `view`: a narrower one than the asker's own.
    Raises Unavailable while the index is made again.
    """
    return _near(desk, space, asked, radius, desk.view if view is None else view, Decision.FULL)


def hinting_alike(desk: Desk, space: str, asked: Sequence[bytes], radius: int) -> list[Answer]:
    """The same of what only hints at its owner. The house's to know: the asker learns the owners alone."""
    return _near(desk, space, asked, radius, desk.hinted, Decision.CONTACT)


def inspect_alike(desk: Desk, space: str, asked: Sequence[bytes], radius: int) -> list[Answer]:
    """The same of everything, for the house's own work; its answers are never shown to a person."""
    return _near(desk, space, asked, radius, desk._everything())


def _near(
    desk: Desk, space: str, asked: Sequence[bytes], radius: int, view: View, wanted: Decision | None = None
) -> list[Answer]:
    """Each hash is looked for once, however often it is asked: equal ones share their answer."""
    once = list(dict.fromkeys(asked))
    owners = desk.once_an_epoch("owners", lambda: _owners(desk))
    try:
        if is_remade(desk.house, desk.tx):
            raise Unavailable(AGAIN)
        near = desk.house.vectors.near(space, once, radius, view, MOST_OF_AN_OWNER, owners)
    except Corrupt:
        raise Unavailable(AGAIN) from None
    rows = desk.tx.things.rows(sorted({found.n for found in near}), view)
    things = {t.n: t for t in rows if wanted is None or decide(desk.asker, t.handling) is wanted}
    hashes = {n: [int(v, 16) for v in t.body.get(space, ())] for n, t in things.items()}
    answers: dict[bytes, Answer] = {bits: [] for bits in once}
    for found in near:
        # The index may lag a moment behind the store: what the thing holds now is what counts.
        number = int.from_bytes(once[found.asked])
        apart = min(((v ^ number).bit_count() for v in hashes.get(found.n, ())), default=None)
        if apart is not None and apart <= radius:
            answers[once[found.asked]].append((things[found.n], apart))
    for answer in answers.values():
        answer.sort(key=lambda pair: (pair[1], pair[0].id))
    return [answers[bits] for bits in asked]


def _owners(desk: Desk) -> Sequence[int]:
    """The owner of class 0, 1, …; 0 for a number that is no class."""
    classes = desk.house.classes(desk.tx, not desk.writing)
    owners = array("q", bytes(8 * (max(classes, default=-1) + 1)))
    for number, handling in classes.items():
        owners[number] = handling.owner
    return owners
