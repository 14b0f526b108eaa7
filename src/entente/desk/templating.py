"""Feeds the galleries engine from the store: every kind with properties of type `minutiae` or `face`.

The space of a template is the property's name and what packed it: "prints neighbours@1" for minutiae, whose
matcher is the house's, "faces dlib-128@1" for faces, whose encoder the value names. See feeding.py for how it
follows the store. What packs and decodes is imported at the first template: it compiles, and most houses'
processes never need it.
"""

from base64 import b64decode
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import structlog
from numpy.typing import NDArray

from entente.core.kinds import Model
from entente.core.things import Thing
from entente.desk.feeding import Feed, Properties, last_day, properties_of
from entente.desk.house import House
from entente.engines.galleries import Template
from entente.engines.seams import Transaction
from entente.engines.segments import Corrupt

if TYPE_CHECKING:
    from entente.match.prints import Print

log = structlog.get_logger()
BATCH = 200
REMADE = "templates/remade until"
"""Note: the change up to which the index must be made again before a template is looked for."""
MINUTIAE, FACE = "minutiae", "face"
Items = NDArray[np.uint64]


def spaces_of(model: Model) -> Properties:
    """The properties that hold templates, by kind; of kinds that have any."""
    return properties_of(model, MINUTIAE, FACE)


def print_space(form: str) -> str:
    """Where minutiae of this property lie. Another version of the matcher's rows is another space."""
    from entente.match.prints import TEMPLATE  # noqa: PLC0415

    return f"{form} {TEMPLATE}"


def print_items(one: "Print") -> Items:
    """(minutiae, width): a print as the engine keeps it and is asked for it."""
    from entente.match.prints import pack  # noqa: PLC0415

    return pack(one)


def face_space(form: str, value: str) -> str:
    """Where a face lies that is kept as `encoder@version:base64`."""
    return f"{form} {value.partition(':')[0]}"


def face_items(value: str) -> Items:
    """(1, width): the eight-bit numbers of the vector, eight a word; noughts fill the last."""
    vector = b64decode(value.partition(":")[2])
    return np.frombuffer(vector + bytes(-len(vector) % 8), "<u8").astype(np.uint64).reshape(1, -1)


def rows_of(thing: Thing, properties: tuple[str, ...]) -> Iterator[Template]:
    """A thing's templates, each once. What cannot be read, or holds no minutia, is in no gallery."""
    day = last_day(thing)
    for name in properties:
        for value in dict.fromkeys(thing.body.get(name, ())):
            if ":" in value:  # in no base64: an encoder's name stands before it
                items = face_items(value)
                yield Template(thing.n, thing.class_id, day, face_space(name, value), 0, items)
                continue
            for one in _prints(thing, value):
                items = print_items(one)
                if len(items):
                    space = print_space(name)
                    yield Template(thing.n, thing.class_id, day, space, one.position, items)


def _prints(thing: Thing, value: str) -> list["Print"]:
    from entente.match.prints import Malformed, iso19794  # noqa: PLC0415

    try:
        return iso19794.decode(b64decode(value))
    except Malformed as why:
        log.warning("a record of minutiae cannot be read", n=thing.n, faults=why.faults[:3])
        return []


FEED = Feed("templates", REMADE, lambda house: house.galleries, spaces_of, rows_of)


def step(house: House) -> int:
    """Apply the next batch of changes; returns how many there were (0: the index is up to date).

    Templates that another version of the matcher packed are thrown away, all with them.
    """
    try:
        outdated = _is_outdated(house)
    except Corrupt:
        outdated = False  # the step itself throws it away
    if outdated:
        log.info("templates are packed anew for another version of the matcher")
        throw_away(house)
        return 1
    return FEED.step(house, BATCH)


def _is_outdated(house: House) -> bool:
    """Whether the index holds minutiae in a space that this version does not ask."""
    names = {name for found in properties_of(house.model, MINUTIAE).values() for name in found}
    kept = [space for space in house.galleries.spaces() if space.partition(" ")[0] in names]
    return any(space != print_space(space.partition(" ")[0]) for space in kept)


def notice_missing(house: House) -> None:
    """At the start: an index that holds nothing of a store that holds something is being made again."""
    FEED.notice_missing(house)


def is_remade(house: House, tx: Transaction) -> bool:
    """Whether the index was or is to be thrown away and does not yet hold again what it held."""
    return FEED.is_remade(house, tx) or _is_outdated(house)


def throw_away(house: House) -> None:
    """Throw the index away; templates are refused until it holds again what the store holds now."""
    FEED.throw_away(house)


def catch_up(house: House) -> None:
    """Bring the index up to date with everything committed before this call."""
    while step(house):
        pass


def rebuild(house: House) -> None:
    """Throw the index away and make it again from the store."""
    throw_away(house)
    catch_up(house)
