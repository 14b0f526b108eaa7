"""A store of an earlier release is brought up to date when it is opened, and answers as if kept today."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import orjson
import pytest
from sqlalchemy import create_engine, make_url, text
from tests.contracts.stored import ALL, NOW, OPEN, OURS, id_of, only, person

from entente.core.kinds import model
from entente.core.things import Thing
from entente.engines.links import NAMES, Bond, Reference, references
from entente.engines.seams import Store
from entente.engines.store import open_store
from entente.engines.store.rows import marks_from

BYTES = {"sqlite": "BLOB", "postgresql": "BYTEA"}
WORDS = {"sqlite": "TEXT", "postgresql": 'TEXT COLLATE "C"'}

ENDS = {"person": (id_of(1),), "associate": (id_of(2), id_of(3)), "startDate": ("2019-02",)}
THINGS = [
    *(person(i) for i in (1, 2, 3)),
    person(4, OURS, kind="Associate", body=ENDS),
    person(5, kind="Passport", body={"holder": (id_of(1),), "number": ("A1",)}),
    person(6, kind="Hit", body={"query": (id_of(1),)}),
    person(7),
]


def rows(things: list[Thing]) -> list[tuple[Thing, list[str], list[Reference]]]:
    """As the desk keeps them; the last names what its body does not."""
    told = [(t, [f"k{t.id}"], references(model()[t.kind], t.body, t.id)) for t in things]
    return [(t, keys, made or [Reference("other", id_of(1))] * (t.id == id_of(7))) for t, keys, made in told]


def as_it_was(url: str) -> None:
    """Turn the tables back to their first form: who names what, and nothing of where that leads."""
    told = make_url(url)
    name = told.get_backend_name()
    if name == "postgresql":
        told = told.set(drivername="postgresql+psycopg")
    engine = create_engine(told)
    with engine.begin() as connection:
        old = []
        for n, marks in connection.execute(text("SELECT n, marks FROM thing")).all():
            keys, ties = marks_from(marks)
            pairs = sorted({(to, prop) for to, prop, side, *_ in ties if side != NAMES})
            spelled = {"n": n, "marks": orjson.dumps([keys, pairs]).decode() if keys or pairs else ""}
            connection.execute(text("UPDATE thing SET marks = :marks WHERE n = :n"), spelled)
            old += [{"to": bytes.fromhex(to), "prop": prop, "n": n} for to, prop in pairs]
        connection.execute(text("DROP TABLE tie"))
        connection.execute(
            text(
                f"CREATE TABLE tie (to_id {BYTES[name]} NOT NULL, prop {WORDS[name]} NOT NULL,"
                " n BIGINT NOT NULL, PRIMARY KEY (to_id, prop, n))"
            )
        )
        connection.execute(text("INSERT INTO tie (to_id, prop, n) VALUES (:to, :prop, :n)"), old)
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    engine.dispose()


def answers(store: Store) -> list[object]:
    with store.reading() as tx:
        ids = [id_of(i) for i in range(1, 9)]
        return [
            tx.ties.around(ids, ALL),
            tx.ties.around(ids, only(0)),
            tx.ties.counted(ids, ALL),
            *([(prop, t.id) for prop, t in tx.ties.links(id, ALL)] for id in ids),
        ]


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_links_of_an_earlier_release_get_both_their_ends(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    make: Callable[[], str] = lambda: f"sqlite:///{tmp_path}/entente.db"  # noqa: E731
    if database == "postgres":
        make = request.getfixturevalue("fresh_postgres")
    url = make()
    store = open_store(url, unsafe=True)
    with store.writing() as tx:
        tx.things.put_many(rows(THINGS))
        tx.things.put(person(8), [], [Reference("holder", id_of(1))])
        tx.upkeep.erase([id_of(8)], NOW)
    before = answers(store)
    store.close()
    as_it_was(url)
    store = open_store(url, unsafe=True)
    assert answers(store) == before
    with store.reading() as tx:
        [bond, *_] = tx.ties.around([id_of(2)], ALL)
        ends = (id_of(2), id_of(1), "associate", "target")
        assert bond == Bond(*ends, id_of(4), "Associate", date(2019, 2, 1))
    with store.writing() as tx:
        assert tx.things.put_many(rows(THINGS)) == 0
        assert tx.things.put_many(rows([person(4, OPEN, kind="Associate", body=ENDS)])) == 1
        assert len(tx.ties.around([id_of(2)], only(0))) == 1
        tx.upkeep.erase([id_of(4), id_of(5)], NOW)
        assert tx.ties.around([id_of(1)], ALL) == []
    store.close()
