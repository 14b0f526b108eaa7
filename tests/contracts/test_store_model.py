"""The same operations, the same answers: each database against the twin in memory, over random worlds."""

import itertools
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, make_url, text

from entente.core.access import Handling, View
from entente.core.problems import OutOfDate
from entente.core.things import Thing
from entente.engines.seams import Entry, Reference, Store, Transaction
from entente.engines.store import open_store
from entente.engines.store.tables import metadata

TODAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, tzinfo=UTC)
IDS = [f"{i:032x}" for i in (7, 2, 9, 4, 1)]
KEYS = ["a", "B", "é", "b"]
KINDS = ["Person", "Note"]
HANDLINGS = [Handling(owner=i, need=frozenset("x" * i)) for i in range(4)]

words = st.sampled_from(["", "x", "Ω", "a\\'\"%s"])
marks = st.lists(st.sampled_from(KEYS), max_size=3)
days = st.sampled_from([None, date(1969, 7, 20), TODAY])
ties = st.lists(
    st.builds(
        Reference,
        st.sampled_from(["p", "Q"]),
        to=st.sampled_from(IDS),
        far=st.sampled_from(["", *IDS]),
        side=st.sampled_from(["", "source", "target", "named", "names"]),
        since=days,
        until=days,
    ),
    max_size=3,
)
things = st.builds(
    Thing,
    id=st.sampled_from(IDS),
    kind=st.sampled_from(KINDS),
    handling=st.sampled_from(HANDLINGS),
    body=st.dictionaries(st.sampled_from(["n", "m"]), st.lists(words, max_size=2).map(tuple), max_size=2),
    expires=st.sampled_from([TODAY + timedelta(d) for d in (-1, 0, 1, 400)]),
    ref=words,
    version=st.sampled_from([0, 0, 1, 2, 3]),
    created=st.sampled_from([NOW, NOW + timedelta(1)]),
    changed=st.sampled_from([NOW, NOW + timedelta(microseconds=1)]),
)
rows = st.tuples(things, marks, ties)
steps = st.one_of(
    st.tuples(st.just("put"), rows),
    st.tuples(st.just("put_many"), st.lists(rows, max_size=5, unique_by=lambda row: row[0].id)),
    st.tuples(st.just("erase"), st.tuples(st.lists(st.sampled_from(IDS), max_size=3), st.just(NOW))),
    st.tuples(st.just("intern"), st.sampled_from(HANDLINGS)),
    st.tuples(st.just("append"), st.sampled_from(["see", "search"])),
    st.tuples(st.just("forget"), st.just("see")),
    st.tuples(st.just("add"), st.tuples(st.sampled_from(["j", "k"]), st.sampled_from(["", "once"]))),
    st.tuples(st.just("take"), st.integers(0, 3)),
    st.tuples(st.just("note"), words),
)
sittings = st.lists(st.tuples(st.lists(steps, max_size=4), st.booleans()), max_size=6)
views = st.builds(
    View,
    st.binary(max_size=5).map(lambda b: bytes(x % 3 for x in b)),
    st.just(()),
    st.sampled_from([TODAY, NOW.date()]),
)


class Undo(Exception):
    """Makes a sitting fail at its end."""


def do(tx: Transaction, step: tuple[str, Any], number: int) -> object:
    match step:
        case "put", (thing, keys, references):
            try:
                return tx.things.put(thing, keys, references)
            except OutOfDate:
                return "out of date"
        case "put_many", rows:
            return tx.things.put_many(rows)
        case "erase", (ids, at):
            return tx.upkeep.erase(ids, at)
        case "intern", handling:
            return tx.classes.intern(handling)
        case "append", act:
            return tx.entries.append([Entry(f"{number}", NOW + timedelta(number), act, 1, "o", b"l", "p")])
        case "forget", act:
            return tx.entries.forget(NOW + timedelta(number - 2), act)
        case "add", (name, once):
            return tx.jobs.add(name, {"number": number}, NOW + timedelta(number % 3), once)
        case "take", days:
            job = tx.jobs.take(NOW + timedelta(days), lease_s=86400)
            if job and number % 4 == 0:
                tx.jobs.fail(job.id, "why", None if number % 8 else NOW)
            elif job and number % 4 == 1:
                tx.jobs.done(job.id)
            return job and (job.name, job.payload, job.tries)  # its number may leave gaps in PostgreSQL
        case "note", word:
            return tx.notes.write("note", word)
    raise AssertionError(step)


def asked(tx: Transaction, view: View) -> list[object]:
    """Every question once."""
    n = list(range(8))
    told: list[object] = [
        tx.things.get(IDS, view),
        sorted(tx.things.rows(n, view), key=lambda t: t.n),
        tx.things.find(KEYS, view),
        tx.things.find(["b", "é"], view, limit=2),
        tx.things.listing(view, KINDS),
        tx.things.listing(view, [], limit=2),
        tx.things.listing(view, ["Note"], key="b", after=9),
        *(tx.ties.links(id, view) for id in IDS),
        *(tx.ties.links(id, view, limit=1) for id in IDS),
        *(tx.ties.history(id, view) for id in IDS),
        tx.ties.around(IDS, view),
        tx.ties.around(IDS, view, ["Person"], ["source", "names"], until=TODAY - timedelta(1), each=2),
        tx.ties.around(IDS[:2], view, ["Note", "Person"], since=TODAY, most=2),
        tx.ties.counted(IDS, view),
        tx.ties.counted(IDS, view, since=TODAY),
    ]
    return told


def known(tx: Transaction) -> list[object]:
    return [
        tx.upkeep.changes(0, 50),
        tx.upkeep.changes(2, 3, ["Note"]),
        tx.upkeep.newest(),
        tx.upkeep.expiring(TODAY, 9),
        tx.upkeep.erased(NOW - timedelta(1)),
        dict(tx.classes.table()),
        tx.classes.epoch(),
        tx.entries.read(0, 99),
        tx.entries.read(1, 2, act="see"),
        [(job.name, job.payload, job.tries, why) for job, why in tx.jobs.failed()],
        tx.notes.read("note"),
    ]


def sit(store: Store, sitting: tuple[list[tuple[str, Any]], bool], numbers: list[int]) -> list[object]:
    told: list[object] = []
    try:
        with store.writing() as tx:
            told = [do(tx, step, number) for step, number in zip(sitting[0], numbers, strict=True)]
            if sitting[1]:
                raise Undo
    except Undo:
        pass
    return told


def compare(store: Store, world: list[tuple[list[tuple[str, Any]], bool]], seen: list[View]) -> None:
    twin = open_store("memory:")
    numbers = itertools.count(1)
    for sitting in world:
        own = [next(numbers) for _ in sitting[0]]
        assert sit(store, sitting, own) == sit(twin, sitting, own)
    with store.reading() as here, twin.reading() as there:
        assert known(here) == known(there)
        for view in seen:
            assert asked(here, view) == asked(there, view)
            assert asked(here, replace(view, today=TODAY - timedelta(9))) == asked(
                there, replace(view, today=TODAY - timedelta(9))
            )


quick = settings(
    phases=[Phase.explicit, Phase.generate],  # making a failure smaller takes minutes on a database
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def test_sqlite_answers_as_the_twin_does(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/empty.db", unsafe=True).close()

    @settings(quick, max_examples=60)
    @given(sittings, st.lists(views, min_size=1, max_size=3))
    def run(world: Any, seen: list[View]) -> None:
        shutil.copy(tmp_path / "empty.db", tmp_path / "store.db")
        store = open_store(f"sqlite:///{tmp_path}/store.db", unsafe=True)
        try:
            compare(store, world, seen)
        finally:
            store.close()

    run()


@pytest.mark.postgres
def test_postgresql_answers_as_the_twin_does(fresh_postgres: Callable[[], str]) -> None:
    url = fresh_postgres()
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    tables = ", ".join(f'"{name}"' for name in metadata.tables)

    @settings(quick, max_examples=25)
    @given(sittings, st.lists(views, min_size=1, max_size=3))
    def run(world: Any, seen: list[View]) -> None:
        with engine.connect() as connection:
            connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY"))
        store = open_store(url, unsafe=True)
        try:
            compare(store, world, seen)
        finally:
            store.close()

    run()
    engine.dispose()
