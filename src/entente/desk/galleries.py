"""Things worth a closer look by their fingers or faces: the engine proposes inside a view, the rule decides
again. Nothing of what is asked is kept: it goes to the engine as arrays and is gone with the answer."""

from collections.abc import Callable, Sequence

from entente.core.access import Decision, Handling, View, decide, notifies
from entente.core.problems import Unavailable
from entente.core.things import Thing
from entente.desk.sitting import Desk
from entente.desk.templating import is_remade
from entente.engines.galleries import Asked, Corrupt

__all__ = ["AGAIN", "Answer", "Asked", "hinting_proposed", "proposed", "watched_proposed"]

Answer = list[tuple[Thing, float]]
"""(thing, score of the first stage), best first, equals by id."""
MOST_OF_AN_OWNER = 50
"""Things of one owner who only hints that are looked at closer: he is named for what is surely near alone."""
AGAIN = "The index of fingerprints and faces is being made again."


def proposed(desk: Desk, space: str, asked: Sequence[Asked], most: int) -> Answer:
    """The `most` best of what the asker may see.

    `space`: as `templating.print_space` and `face_space` name it. Raises Unavailable while the index is
    made again, ValueError for items that another version packed.
    """
    return _proposed(desk, space, asked, most, desk.view, Decision.FULL)


def hinting_proposed(desk: Desk, space: str, asked: Sequence[Asked], most: int) -> Answer:
    """The same of what only hints at its owner, the `most` best of each: what one owner floods hides nothing
    of another's. The house's to know: the asker learns the owners alone."""
    found = [
        pair
        for view in _by_owner(desk, lambda number, _: desk.hinted.holds(number))
        for pair in _proposed(desk, space, asked, most, view, Decision.CONTACT)
    ]
    return sorted(found, key=lambda pair: (-pair[1], pair[0].id))


def watched_proposed(desk: Desk, space: str, asked: Sequence[Asked], most: int) -> Answer:
    """The same of what its owner watches, whether or not the asker may know of it: the house's to know, who
    tells the owners alone, after the answer."""
    found = [
        pair
        for view in _by_owner(desk, lambda _, handling: notifies(desk.asker, handling))
        for pair in _proposed(desk, space, asked, most, view)
    ]
    return sorted(found, key=lambda pair: (-pair[1], pair[0].id))


def _by_owner(desk: Desk, chosen: Callable[[int, Handling], bool]) -> list[View]:
    """A view of each owner's part of the classes chosen."""
    classes = desk.house.classes(desk.tx, not desk.writing)
    parts: dict[int, bytearray] = {}
    for number, handling in classes.items():
        if chosen(number, handling):
            parts.setdefault(handling.owner, bytearray(max(classes) + 1))[number] = 1
    return [View(bytes(part), (), desk.today) for _, part in sorted(parts.items())]


def _proposed(
    desk: Desk, space: str, asked: Sequence[Asked], most: int, view: View, wanted: Decision | None = None
) -> Answer:
    try:
        if is_remade(desk.house, desk.tx):
            raise Unavailable(AGAIN)
        found = desk.house.galleries.propose(space, asked, most, view)
    except Corrupt:
        raise Unavailable(AGAIN) from None
    rows = desk.tx.things.rows([one.n for one in found], view)
    things = {t.n: t for t in rows if wanted is None or decide(desk.asker, t.handling) is wanted}
    # The index may lag a moment behind the store: what holds nothing of this sort any more is no candidate.
    form = space.partition(" ")[0]
    answer = [(things[p.n], p.score) for p in found if p.n in things and things[p.n].body.get(form)]
    return sorted(answer, key=lambda pair: (-pair[1], pair[0].id))
