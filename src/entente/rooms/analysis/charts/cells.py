"""Cells: what a chart is made of. A chart is a flat map of them; a command sets some and says what was there.

The key of a cell is its sort and an id (`item/<thing>`, else `<sort>/<32 random hex digits>`). A cell names
things by their ids and never says what is known of them. Undoing a command is one more command.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints, ValidationError

from entente.core.kinds import TYPES
from entente.core.problems import Fault, Faulty
from entente.rooms.records import Strict

Cell = Mapping[str, Any]
Cells = Mapping[str, Cell]
Change = Mapping[str, Cell | None]

MOST_ITEMS = 1_500
"""Things on a chart: more are neither legible nor drawn in time (networks.md, section 4)."""
MOST_CELLS = 5_000
MOST_NAMED = 1_500
"""Things that one cell names."""
FARTHEST = 1e7
_KEY = re.compile(r"(item|merge|group|drawn|note|format|theme)/([0-9a-f]{32})")


def _plain(clean: Callable[[str], str]) -> Callable[[str], str]:
    """Text without control characters or characters that reorder it; nothing is trimmed."""

    def checked(text: str) -> str:
        clean(text)
        return text

    return checked


ThingId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Named = Annotated[list[ThingId], Field(max_length=MOST_NAMED)]
Label = Annotated[str, StringConstraints(max_length=200), AfterValidator(_plain(TYPES["string"].clean))]
Text = Annotated[str, StringConstraints(max_length=2_000), AfterValidator(_plain(TYPES["text"].clean))]
Slug = Annotated[str, StringConstraints(max_length=64, pattern=r"^[A-Za-z0-9:_-]*$")]
Place = Annotated[float, Field(ge=-FARTHEST, le=FARTHEST, allow_inf_nan=False)]
Sureness = Literal["confirmed", "unconfirmed", "tentative"]


class Item(Strict):
    """Where a thing stands."""

    x: Place
    y: Place
    pinned: bool = False
    hidden: bool = False


class Merge(Strict):
    """Things that are one and the same, in an analyst's judgement."""

    ids: Named = Field(min_length=2)
    label: Label = ""


class Group(Strict):
    label: Label = ""
    ids: Named = Field(min_length=1)
    collapsed: bool = False


class Drawn(Strict):
    """An analyst's own line: no statement of a source."""

    start: ThingId = Field(alias="from")
    to: ThingId
    label: Label = ""
    certainty: Sureness = "tentative"


class Note(Strict):
    """A note on a thing, or on the chart. By whom and when is the server's to say."""

    on: ThingId | Literal[""] = ""
    text: Text
    x: Place = 0
    y: Place = 0
    by: Label = ""
    at: Label = ""


class Format(Strict):
    """What is … gets this colour, or this size."""

    by: Slug
    value: Label = Field(default="", alias="is")
    colour: Slug = ""
    size: Slug = ""


class Theme(Strict):
    """Things whose dated links have a line of their own on the timeline."""

    label: Label = ""
    ids: Named = Field(min_length=1)


SORTS: Mapping[str, type[Strict]] = {
    "item": Item,
    "merge": Merge,
    "group": Group,
    "drawn": Drawn,
    "note": Note,
    "format": Format,
    "theme": Theme,
}


@dataclass(frozen=True, slots=True)
class Command:
    """Some cells set (None: taken off), and what stood there before."""

    label: str
    set: Change
    was: Change


def sort_of(key: str) -> str:
    """The sort of a cell, by its key."""
    return key.partition("/")[0]


def of_sort(cells: Cells, sort: str) -> Iterable[tuple[str, Cell]]:
    """(id, cell) of one sort, by id: the order in which everybody sees them."""
    begin = f"{sort}/"
    return ((key.removeprefix(begin), cells[key]) for key in sorted(cells) if key.startswith(begin))


def named_by(key: str, cell: Cell | None) -> tuple[str, ...]:
    """Ids of the things that a cell names."""
    sort, _, id = key.partition("/")
    if sort == "item":
        return (id,)
    if not cell:
        return ()
    one = (cell.get(name, "") for name in ("from", "to", "on"))
    return (*(i for i in one if i), *cell.get("ids", ()))


def cleaned(said: Mapping[str, Any], where: str) -> tuple[dict[str, dict[str, Any] | None], list[Fault]]:
    """Cells as they are kept, and every fault of them. A cell keeps the fields that were said of it."""
    made: dict[str, dict[str, Any] | None] = {}
    faults: list[Fault] = []
    for key, cell in said.items():
        place = f"{where}/{key[:80].replace('~', '~0').replace('/', '~1')}"
        known = _KEY.fullmatch(key)
        if not known:
            faults.append(Fault(place, "This is no key of a cell", "Use a sort, a slash and an id."))
        elif cell is None:
            made[key] = None
        else:
            try:
                shape = SORTS[known[1]].model_validate(cell)
                made[key] = shape.model_dump(mode="json", by_alias=True, exclude_unset=True)
            except ValidationError as wrong:
                faults += [_fault(place, dict(e)) for e in wrong.errors(include_url=False)]
    return made, faults


def _fault(place: str, wrong: Mapping[str, Any]) -> Fault:
    inside = "/".join(str(part) for part in wrong["loc"])
    return Fault(f"{place}/{inside}" if inside else place, str(wrong["msg"]), "Mend it.")


def apply(cells: Cells, set: Change) -> dict[str, Cell]:
    """The cells after a command; the ones given stay as they are."""
    after = dict(cells)
    for key, cell in set.items():
        if cell is None:
            after.pop(key, None)
        else:
            after[key] = cell
    return after


def laid_over(cells: Cells, commands: Iterable[Command]) -> dict[str, Cell]:
    """The cells after several commands, in their order: of each cell, the last word holds."""
    after = dict(cells)
    for command in commands:
        after = apply(after, command.set)
    return after


def command(label: str, set: Change, cells: Cells) -> Command:
    """A command over cells as they stand: what is there is what it will put back."""
    return Command(label, set, {key: cells.get(key) for key in set})


def seen(cells: Cells, visible: Collection[str]) -> dict[str, Cell]:
    """The cells all of whose things are visible: whoever may not see one thing of a cell has no such cell."""
    return {key: cell for key, cell in cells.items() if all(id in visible for id in named_by(key, cell))}


def things_of(cells: Cells) -> set[str]:
    """Ids of all things that cells name."""
    return {id for key, cell in cells.items() for id in named_by(key, cell)}


def must_fit(cells: Cells) -> None:
    """Raise Faulty where a chart would hold more than can be read on it."""
    faults = []
    items = sum(sort_of(key) == "item" for key in cells)
    if items > MOST_ITEMS:
        what = f"A chart holds {MOST_ITEMS} items; this one would have {items}"
        faults.append(Fault("commands", what, "Narrow the expansion, or take items off first."))
    if len(cells) > MOST_CELLS:
        what = f"A chart holds {MOST_CELLS} cells; this one would have {len(cells)}"
        faults.append(Fault("commands", what, "Take groups, notes or lines off first."))
    if faults:
        raise Faulty(faults=tuple(faults))
