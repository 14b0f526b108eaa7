"""Mutants of the rule, of what lingers in caches, and of the engines' one predicate. See mutants.py."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from unittest.mock import patch

from entente.core import access
from entente.core.access import Decision, Level, Status, View
from entente.core.problems import Absent
from entente.desk import finding, house, sitting
from entente.desk.sitting import Desk
from entente.engines.store import memory
from entente.engines.text import memory as text
from entente.rooms.bureaus import door
from worlds.mutants import mutant, ruling

# --- what lingers -----------------------------------------------------------------------------------


@mutant("L18 the cache of views forgets whose they are")
def _() -> Iterator[Any]:
    known: dict[Any, View] = {}
    real = house.House.view

    def view(self: Any, tx: Any, asker: Any, want: Decision = Decision.FULL, settled: bool = True) -> View:
        if access.HOUSE_ONLY in asker.held:
            return real(self, tx, asker, want, settled)
        key = (id(self), tx.classes.epoch(), asker.purpose, want)
        return known.setdefault(key, real(self, tx, asker, want, settled))

    yield patch.object(house.House, "view", view)
    yield from _deciding_no_more()


def _deciding_no_more() -> Iterator[Any]:
    """The second net is off: what an engine lets through is shown."""
    yield patch.object(Desk, "_sees", lambda self, thing: True)
    yield patch.object(finding, "_is", lambda desk, thing, wanted: True)

    def look(self: Desk, id: str) -> Any:
        found = self.tx.things.get([id], self.view) if sitting.is_id(id) else []
        if not found:
            raise Absent
        return found[0]

    yield patch.object(Desk, "look", look)


@mutant("L34 a right outlives its end", "chief, demoted")
def _() -> Iterator[Any]:
    known: dict[Any, Any] = {}
    real = door.Door.admit

    def admit(self: Any, session: str = "", key: str = "", by_itself: bool = False) -> Any:
        return known.setdefault((id(self), session, key), real(self, session, key))

    yield patch.object(door.Door, "admit", admit)


# --- the rule ---------------------------------------------------------------------------------------


@mutant("R expiry ignored")
def _() -> Iterator[Any]:
    real = access.view_of
    early = lambda *a, **k: replace(real(*a, **k), today=date(2000, 1, 1))  # noqa: E731
    yield patch.object(house, "view_of", early)


@mutant("R discreet askers get contacts", "supervisor, discreetly")
def _() -> Iterator[Any]:
    yield ruling(lambda asker, handling: (replace(asker, discreet=False), handling))
    real = access.view_of
    open_ = lambda a, *r, **k: real(replace(a, discreet=False), *r, **k)  # noqa: E731
    yield patch.object(house, "view_of", open_)


@mutant("R purposes ignored")
def _() -> Iterator[Any]:
    yield ruling(
        lambda asker, handling: (
            asker,
            replace(handling, purposes=handling.purposes | access.POLICE_PURPOSES),
        )
    )


@mutant("R level ignored", "officer")
def _() -> Iterator[Any]:
    yield ruling(lambda asker, handling: (asker, replace(handling, level=Level.OFFICIAL)))


@mutant("R compartments ignored")
def _() -> Iterator[Any]:
    yield ruling(lambda asker, handling: (asker, replace(handling, need=handling.need & {access.HOUSE_ONLY})))


@mutant("R drafts and suspended records are shown")
def _() -> Iterator[Any]:
    live = lambda h: replace(h, status=Status.LIVE) if h.status is not Status.DELETED else h  # noqa: E731
    yield ruling(lambda asker, handling: (asker, live(handling)))


@mutant("R withdrawn records stay until they are erased")
def _() -> Iterator[Any]:
    gone = lambda h: replace(h, status=Status.LIVE) if h.status is Status.DELETED else h  # noqa: E731
    yield ruling(lambda asker, handling: (asker, gone(handling)))


@mutant("R all but one means all")
def _() -> Iterator[Any]:
    whole = lambda h: replace(h, see=access.EVERYONE) if h.see.bit_count() > 128 else h  # noqa: E731
    yield ruling(lambda asker, handling: (asker, whole(handling)))


def _unseeing(kind: Any, name: str) -> Any:
    """An engine's question without its one predicate."""
    real = getattr(kind, name)
    wide = View(b"\1" * 10_000, (), date(2000, 1, 1))

    def asked(self: Any, what: Any, _view: View, *args: Any, **how: Any) -> Any:
        return real(self, what, wide, *args, **how)

    return patch.object(kind, name, asked)


@mutant("E get without the predicate")
def _() -> Iterator[Any]:
    yield _unseeing(memory.MemoryThings, "get")


@mutant("E rows without the predicate")
def _() -> Iterator[Any]:
    yield _unseeing(memory.MemoryThings, "rows")
    yield _proposing_all()


def _proposing_all() -> Any:
    """The index lags or is wrong: it proposes what the asker may not see."""
    return patch.object(text, "carried", lambda doc, view: True)


@mutant("E find without the predicate")
def _() -> Iterator[Any]:
    yield _unseeing(memory.MemoryThings, "find")


@mutant("E links without the predicate")
def _() -> Iterator[Any]:
    yield _unseeing(memory.MemoryTies, "links")


@mutant("E the text index without the filter, and asked once", "crowd")
def _() -> Iterator[Any]:
    yield _proposing_all()
    yield patch.object(finding, "MOST_PROPOSED", finding.PROPOSED)
