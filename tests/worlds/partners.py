"""Worlds in which a customs service (XK) and companies (XP, XQ) take part: for those who ask from there."""

from functools import lru_cache
from typing import Any

from entente.desk import House, indexer, likening, templating
from entente.engines.store import open_store
from entente.engines.text import open_text
from worlds.stage import Clock, Crew, Dice, Person, memory_house, open_stage, partner

PARTNERS = (("XK", "customs"), ("XP", "private"), ("XQ", "private"))


@lru_cache
def _joined() -> tuple[Any, dict[str, Person]]:
    """Joined once, by the same chance for every world."""
    house, crew = memory_house(dice=Dice("partners"))
    known = dict(crew)
    for code, sort in PARTNERS:
        known |= partner(house, code, sort)
    store: Any = house.store
    return store._state, known


def with_partners(_name: str, clock: Clock, dice: Dice) -> tuple[House, Crew]:
    """A world's house in memory, for `pair.compare`."""
    state, crew = _joined()
    store: Any = open_store("memory:")
    store._state = state.copy()
    house = open_stage(store, open_text("memory:"), clock, dice)
    for work in (indexer, likening, templating):
        work.catch_up(house)
    return house, crew
