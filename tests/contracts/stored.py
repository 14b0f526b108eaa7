"""What the store's contracts keep: invented persons, views, entries."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from entente.core.access import Handling, View
from entente.core.things import Thing
from entente.engines.seams import Entry, Reference, Store

NOW = datetime(2026, 3, 1, 12, 30, 15, 123456, tzinfo=UTC)
TODAY = NOW.date()
OPEN = Handling(owner=1)
OURS = Handling(owner=2, see=0)
ALL = View(b"\x01" * 50, (), TODAY)
NONE = View(b"\x00" * 50, (), TODAY)


def id_of(i: int) -> str:
    return f"{i:032x}"


def person(i: int, handling: Handling = OPEN, **given: object) -> Thing:
    made = Thing(id_of(i), "Person", handling, {"name": (f"Ana {i}", "Анна\0\\")}, created=NOW, changed=NOW)
    return replace(made, **given)  # type: ignore[arg-type]


def put(
    store: Store, *things: Thing, keys: tuple[str, ...] = (), to: tuple[Reference, ...] = ()
) -> list[Thing]:
    with store.writing() as tx:
        return [tx.things.put(thing, keys, to) for thing in things]


def only(*class_ids: int) -> View:
    return View(bytes(c in class_ids for c in range(max(class_ids) + 1)), (), TODAY)


def entry(i: int, **given: object) -> Entry:
    made = Entry(f"e{i}", NOW + timedelta(seconds=i), "search", 1, "officer", b"\x00leaf", '{"salt":1}')
    return replace(made, **given)  # type: ignore[arg-type]
