"""How things hang together and the house's own upkeep: the store's contract."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.contracts.stored import ALL, NOW, OPEN, OURS, TODAY, id_of, only, person, put

from entente.core.access import Status, View
from entente.core.problems import OutOfDate
from entente.engines.seams import Reference, Store


def test_links_are_ordered_by_property_then_id(store: Store) -> None:
    to = (Reference("owner", id_of(9)), Reference("Holder", id_of(9)), Reference("owner", id_of(8)))
    put(store, person(2), person(1), to=to)
    with store.reading() as tx:
        found = [(prop, t.id) for prop, t in tx.ties.links(id_of(9), ALL)]
        assert found == [(prop, id_of(i)) for prop in ("Holder", "owner") for i in (1, 2)]
        assert [(p, t.id) for p, t in tx.ties.links(id_of(9), ALL, limit=3)] == found[:3]
        assert tx.ties.links("not an id", ALL) == []


def test_the_history_stands_under_the_newest_handling(store: Store) -> None:
    put(store, person(1, OPEN, ref="one"))
    put(store, person(1, OPEN, ref="two", version=2, changed=NOW + timedelta(1)))
    (newest,) = put(store, person(1, OURS, ref="three", version=3, kind="Company"))
    with store.reading() as tx:
        assert tx.ties.history(id_of(1), only(0)) == []
        told = tx.ties.history(id_of(1), only(newest.class_id))
        assert [(t.version, t.ref, t.kind) for t in told] == [
            (3, "three", "Company"),
            (2, "two", "Person"),
            (1, "one", "Person"),
        ]
        assert {(t.handling, t.class_id, t.n, t.created) for t in told} == {
            (OURS, newest.class_id, newest.n, NOW)
        }
        assert told[0] == newest and told[1].changed == NOW + timedelta(1)


def test_changes_tell_the_newest_state_once_in_order_of_place(store: Store) -> None:
    with store.reading() as tx:
        assert tx.upkeep.newest() == 0 and tx.upkeep.changes(0, 10) == []
    put(store, person(1), person(2, kind="Note"), person(3))
    (again,) = put(store, person(1, version=2))
    with store.reading() as tx:
        told = tx.upkeep.changes(0, 10)
        assert [c.id for c in told] == [id_of(2), id_of(3), id_of(1)]
        assert told[-1].thing == again and told[-1].n == again.n
        assert [c.place for c in told] == [2, 3, 4] and tx.upkeep.newest() == 4
        assert tx.upkeep.changes(2, 1) == told[1:2]
        assert tx.upkeep.changes(4, 10) == []
        assert [c.id for c in tx.upkeep.changes(0, 10, ["Note", "Other"])] == [id_of(2)]


def test_what_is_deleted_by_status_or_expired_is_still_told_to_engines(store: Store) -> None:
    gone = replace(OPEN, status=Status.DELETED)
    put(store, person(1, gone), person(2, expires=date(1999, 1, 1)))
    with store.reading() as tx:
        assert [c.thing is not None for c in tx.upkeep.changes(0, 10)] == [True, True]


def test_an_erased_thing_is_gone_from_every_view_and_told_as_gone(store: Store) -> None:
    at = NOW + timedelta(hours=1)
    put(store, person(1), person(2), keys=("k",), to=(Reference("holder", id_of(9)),))
    put(store, person(1, version=2, ref="secret"), keys=("k",), to=(Reference("holder", id_of(9)),))
    with store.writing() as tx:
        tx.upkeep.erase([id_of(1), id_of(44), "no id"], at)
        tx.upkeep.erase([id_of(1)], at + timedelta(1))
    with store.reading() as tx:
        for view in (ALL, replace(ALL, today=date(1900, 1, 1)), View(b"\x01" * 300, (), date.min)):
            assert tx.things.get([id_of(1)], view) == [] and tx.things.rows([1], view) == []
            assert [t.id for _, t in tx.things.find(["k"], view)] == [id_of(2)]
            assert [t.id for _, t in tx.things.listing(view, [])] == [id_of(2)]
            assert [t.id for _, t in tx.ties.links(id_of(9), view)] == [id_of(2)]
            assert tx.ties.history(id_of(1), view) == []
        assert [(c.id, c.n, c.thing) for c in tx.upkeep.changes(3, 10, ["Other"])] == [(id_of(1), 1, None)]
        assert tx.upkeep.expiring(date.max, 10, []) == tx.things.get([id_of(2)], ALL)
        assert tx.upkeep.erased(NOW) == [(id_of(1), at)]
        assert tx.upkeep.erased(at) == []


def test_a_put_makes_an_erased_id_live_again_without_its_past(store: Store) -> None:
    put(store, person(1), person(1, version=2))
    with store.writing() as tx:
        tx.upkeep.erase([id_of(1)], NOW)
    with pytest.raises(OutOfDate):
        put(store, person(1))
    new = NOW + timedelta(days=9)
    (kept,) = put(store, person(1, version=3, created=new))
    assert (kept.n, kept.version, kept.created) == (1, 3, new)
    with store.reading() as tx:
        assert tx.ties.history(id_of(1), ALL) == [kept]
        assert tx.upkeep.erased(NOW - timedelta(1)) == []
    with store.writing() as tx:
        tx.upkeep.erase([id_of(1)], NOW)
        assert tx.things.put_many([(person(1), [], [])]) == 1
    with store.reading() as tx:
        assert [t.version for t in tx.ties.history(id_of(1), ALL)] == [4]


def test_what_ends_is_counted_by_class_and_day(store: Store) -> None:
    days = {1: 5, 2: 3, 3: 9, 4: 3, 5: 3}
    handled = {1: OPEN, 2: OPEN, 3: OPEN, 4: OURS, 5: OPEN}
    for i, d in days.items():
        put(store, person(i, handled[i], expires=TODAY + timedelta(d)))
    with store.reading() as tx:
        open_class = tx.things.get([id_of(1)], ALL)[0].class_id
        ours = tx.things.get([id_of(4)], ALL)[0].class_id
        told = tx.upkeep.ending(TODAY + timedelta(2), TODAY + timedelta(5), ["Person"])
        assert told == [
            *sorted([(open_class, TODAY + timedelta(3), 2), (ours, TODAY + timedelta(3), 1)]),
            (open_class, TODAY + timedelta(5), 1),
        ]
        assert tx.upkeep.ending(TODAY + timedelta(5), TODAY + timedelta(8)) == []
        assert tx.upkeep.ending(TODAY, TODAY + timedelta(8), ["Note"]) == []


def test_a_listing_may_be_of_one_day_of_expiry(store: Store) -> None:
    put(store, *(person(i, expires=TODAY + timedelta(i % 3 + 1)) for i in range(1, 10)))
    with store.reading() as tx:
        listed = tx.things.listing(ALL, ["Person"], expires=TODAY + timedelta(2))
        assert [t.id for _, t in listed] == [id_of(i) for i in (7, 4, 1)]


def test_what_expires_is_told_soonest_first(store: Store) -> None:
    days = {1: 5, 2: 3, 3: 9, 4: 3}
    put(
        store,
        *(
            person(i, expires=TODAY + timedelta(d), kind="Note" if i == 4 else "Person")
            for i, d in days.items()
        ),
    )
    with store.reading() as tx:
        until = TODAY + timedelta(5)
        assert [int(t.id, 16) for t in tx.upkeep.expiring(until, 10)] == [2, 4, 1]
        assert [int(t.id, 16) for t in tx.upkeep.expiring(until, 2)] == [2, 4]
        assert [int(t.id, 16) for t in tx.upkeep.expiring(until, 10, ["Person"])] == [2, 1]
        assert tx.upkeep.expiring(TODAY, 10) == []
