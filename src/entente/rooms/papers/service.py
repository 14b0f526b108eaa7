"""The reference library: browsed by what one holds in the hand."""

from collections.abc import Sequence

from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.papers import states

A_PAGE = 200
MOST_LOOKED_AT = 4_000


def browse(desk: Desk, after: str = "", limit: int = 50) -> Sequence[Thing]:
    """Published versions in the asker's view, newest change first."""
    desk.note("see", what="documents")
    place = desk.look(after).place if after else 0
    found: list[Thing] = []
    for _ in range(MOST_LOOKED_AT // A_PAGE):
        page = desk.table([states.VERSION], key="papers-live", after=place, limit=A_PAGE)
        found += [t for _, t in page]
        if len(found) >= limit or len(page) < A_PAGE:
            break
        place = page[-1][0]
    return found[:limit]
