"""What the twin in memory keeps, and what each of its parts works on."""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime

from entente.core.access import Handling, View
from entente.core.things import Thing
from entente.engines.seams import Checkpoint, Entry, Job
from entente.engines.store.rows import Marks

EARLY = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Kept:
    """A thing with what hangs on it; `thing` is None when it was erased."""

    n: int
    version: int
    place: int
    thing: Thing | None
    marks: Marks = ([], [])
    erased: datetime = EARLY


@dataclass(frozen=True, slots=True)
class Waiting:
    job: Job
    once: str
    state: str
    due: datetime
    why: str = ""


@dataclass(slots=True)
class State:
    """All that is kept. A writer works on a copy, so that a reader's snapshot never moves."""

    things: dict[str, Kept] = field(default_factory=dict)
    before: dict[str, tuple[Thing, ...]] = field(default_factory=dict)
    classes: dict[int, Handling] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    checkpoints: dict[int, Checkpoint] = field(default_factory=dict)
    jobs: dict[int, Waiting] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    newest: int = 0
    last_job: int = 0

    def copy(self) -> "State":
        return State(*(copy(getattr(self, part.name)) for part in fields(self)))


class Part:
    def __init__(self, state: State, writer: bool) -> None:
        self._state = state
        self._writer = writer

    def _must_write(self) -> None:
        if not self._writer:
            raise RuntimeError("this transaction is for reading: open it with store.writing()")

    def _seen(self, view: View, among: Iterable[Kept] | None = None) -> list[tuple[Kept, Thing]]:
        several = self._state.things.values() if among is None else among
        living = [(kept, kept.thing) for kept in several if kept.thing]
        return [(k, t) for k, t in living if view.holds(t.class_id) and t.expires > view.today]

    def _marked(self, keys: Sequence[str]) -> list[Kept]:
        wanted = frozenset(keys)
        return [kept for kept in self._state.things.values() if not wanted.isdisjoint(kept.marks[0])]
