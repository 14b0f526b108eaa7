"""Things, under every view: the store's contract."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.contracts.stored import ALL, NONE, NOW, OPEN, OURS, TODAY, entry, id_of, only, person, put

from entente.core.access import EVERYONE, HOUSE_ONLY, Handling, Level, Purpose, Status, View
from entente.core.problems import OutOfDate
from entente.engines.seams import Reference, Store


def test_a_thing_comes_back_as_it_was_kept(store: Store) -> None:
    given = person(1, grade="B2", ref="A/7", expires=date(2031, 5, 4), version=0)
    (kept,) = put(store, given)
    assert kept == replace(given, n=kept.n, class_id=kept.class_id, version=1, place=kept.place)
    assert kept.n > 0 and kept.class_id >= 0
    with store.reading() as tx:
        assert tx.things.get([given.id], ALL) == [kept]
        assert tx.things.rows([kept.n], ALL) == [kept]


def test_every_part_of_a_handling_comes_back(store: Store) -> None:
    label = Handling(
        3, 5, EVERYONE, True, frozenset({"b", HOUSE_ONLY}), Purpose.WARN, Level.RESTRICTED, Status.DRAFT
    )
    put(store, person(1, label))
    with store.reading() as tx:
        assert tx.things.get([id_of(1)], ALL)[0].handling == label
        assert list(tx.classes.table().values()) == [label]


def test_a_new_version_follows_the_stored_one_or_is_refused(store: Store) -> None:
    (first,) = put(store, person(1))
    later = NOW + timedelta(days=1)
    (second,) = put(store, replace(first, version=2, changed=later, created=later, ref="new"))
    assert (second.n, second.version, second.created, second.changed) == (first.n, 2, NOW, later)
    for stale in (1, 2, 4):
        with pytest.raises(OutOfDate), store.writing() as tx:
            tx.things.put(replace(first, version=stale))
    with pytest.raises(OutOfDate), store.writing() as tx:
        tx.things.put(person(2, version=2))
    assert put(store, replace(first, version=0))[0].version == 3


def test_keys_and_references_are_replaced_with_the_version(store: Store) -> None:
    put(
        store,
        person(1),
        keys=("a", "b", "b"),
        to=(Reference("holder", id_of(8)), Reference("holder", id_of(8))),
    )
    put(store, person(1, version=2), keys=("b", "c"), to=(Reference("holder", id_of(9)),))
    with store.reading() as tx:
        assert [key for key, _ in tx.things.find(["a", "b", "c"], ALL)] == ["b", "c"]
        assert tx.ties.links(id_of(8), ALL) == []
        assert [prop for prop, _ in tx.ties.links(id_of(9), ALL)] == ["holder"]


def test_many_are_kept_and_what_did_not_change_is_left_alone(store: Store) -> None:
    rows = [(person(i, version=7), [f"k{i}"], [Reference("holder", id_of(99))]) for i in range(1, 700)]
    with store.writing() as tx:
        assert tx.things.put_many(rows) == 699
        place = tx.upkeep.newest()
    with store.writing() as tx:
        assert tx.things.put_many(rows) == 0
        assert tx.things.put_many([]) == 0
        assert tx.upkeep.newest() == place
        changed = [
            (replace(rows[0][0], grade="C"), *rows[0][1:]),
            (replace(rows[1][0], expires=date(2040, 1, 1)), *rows[1][1:]),
            (replace(rows[2][0], handling=OURS), *rows[2][1:]),
            (replace(rows[3][0], body={"name": ("Other",)}), *rows[3][1:]),
            (rows[4][0], ["other key"], rows[4][2]),
            (rows[5][0], rows[5][1], []),
            (replace(rows[6][0], changed=NOW + timedelta(1)), *rows[6][1:]),
        ]
        assert tx.things.put_many(changed) == 6
    with store.reading() as tx:
        versions = {t.id: t.version for t in tx.things.get([id_of(i) for i in range(1, 700)], ALL)}
        assert [id for id, version in versions.items() if version == 2] == [id_of(i) for i in range(1, 7)]
        assert len(tx.ties.links(id_of(99), ALL, limit=1000)) == 698
        assert len(tx.ties.history(id_of(1), ALL)) == 2


def test_an_id_stands_once_only_in_a_load(store: Store) -> None:
    with pytest.raises(ValueError, match="twice"), store.writing() as tx:
        tx.things.put_many([(person(1), [], []), (person(1), [], [])])


@pytest.mark.parametrize(
    "wrong",
    [
        lambda tx: tx.things.put(person(1, ref="\0")),
        lambda tx: tx.things.put(person(1), ["a\0b"]),
        lambda tx: tx.things.put(person(1), ["\ud800"]),
        lambda tx: tx.things.put(person(1, body={"name": ("\ud800",)})),
        lambda tx: tx.things.put(replace(person(1), id="not an id")),
        lambda tx: tx.things.put(replace(person(1), id=id_of(1).upper().replace("1", "A"))),
        lambda tx: tx.things.put(person(1), [], [Reference("p", "x")]),
        lambda tx: tx.things.find(["\0"], ALL),
        lambda tx: tx.notes.write("a", "\0"),
        lambda tx: tx.jobs.add("a\0", {}),
        lambda tx: tx.jobs.add("a", {"not": {1, 2}}),
        lambda tx: tx.entries.append([entry(1, object="\0")]),
        lambda tx: tx.things.put(person(1, changed=datetime(2026, 1, 1))),
    ],
)
def test_what_cannot_be_kept_is_a_value_error(store: Store, wrong: object) -> None:
    with pytest.raises(ValueError), store.writing() as tx:
        wrong(tx)  # type: ignore[operator]


def test_what_is_outside_the_view_is_silently_absent_everywhere(store: Store) -> None:
    a, b = put(store, person(1, OPEN), person(2, OURS), keys=("k",), to=(Reference("holder", id_of(9)),))
    with store.reading() as tx:
        for view, seen in (
            (only(a.class_id), [a]),
            (only(b.class_id), [b]),
            (NONE, []),
            (View(b"", (), TODAY), []),
        ):
            assert tx.things.get([a.id, b.id, id_of(77)], view) == seen
            assert tx.things.rows([a.n, b.n, 77], view) == seen
            assert tx.things.find(["k", "other"], view) == [("k", t) for t in seen]
            assert [t for _, t in tx.things.listing(view, ["Person"])] == seen
            assert [t for _, t in tx.things.listing(view, ["Person"], key="k")] == seen
            assert tx.ties.links(id_of(9), view) == [("holder", t) for t in seen]
            assert tx.ties.history(a.id, view) == [t for t in seen if t == a]


def test_only_the_byte_one_opens_a_class(store: Store) -> None:
    (a,) = put(store, person(1))
    with store.reading() as tx:
        for byte in (b"\x00", b"\x02", b"\xff", b"1"):
            assert tx.things.get([a.id], View(byte, (), TODAY)) == []


def test_a_thing_is_out_from_the_day_it_expires(store: Store) -> None:
    (a,) = put(store, person(1, expires=TODAY + timedelta(1)))
    with store.reading() as tx:
        assert tx.things.get([a.id], ALL) == [a]
        for later in (1, 2, 5000):
            assert tx.things.get([a.id], replace(ALL, today=TODAY + timedelta(later))) == []


def test_get_keeps_the_order_asked_and_takes_any_text_for_an_id(store: Store) -> None:
    put(store, *(person(i) for i in range(1, 300)))
    asked = [id_of(i) for i in (200, 3, 299, 3, 1)]
    with store.reading() as tx:
        odd = ["", "zz", id_of(3)[:-1], id_of(10).upper(), " " + id_of(3), "é", "\0"]
        assert [t.id for t in tx.things.get([*asked, *odd], ALL)] == asked
        assert (
            tx.things.get([], ALL) == [] and tx.things.rows([], ALL) == [] and tx.things.find([], ALL) == []
        )
        assert [t.id for t in tx.things.get([id_of(i) for i in range(600)], ALL)] == [
            id_of(i) for i in range(1, 300)
        ]
        assert sorted(t.n for t in tx.things.rows([5, 5, 900, *range(1, 700)], ALL)) == list(range(1, 300))


def test_find_is_ordered_by_key_then_id_and_limited_after_the_filter(store: Store) -> None:
    for i, handling in ((5, OPEN), (4, OURS), (3, OPEN), (2, OURS), (1, OPEN)):
        put(store, person(i, handling), keys=("Zeta", "alpha", "éta", "zeta"))
    with store.reading() as tx:
        found = [(key, t.id) for key, t in tx.things.find(["éta", "zeta", "alpha", "Zeta", "zeta"], only(0))]
        ids = [id_of(i) for i in (1, 3, 5)]
        assert found == [(key, id) for key in ("Zeta", "alpha", "zeta", "éta") for id in ids]
        assert [(k, t.id) for k, t in tx.things.find(["zeta", "alpha"], only(0), limit=4)] == found[3:7]
        many = [f"n{i}" for i in range(1200)] + ["zeta"]
        assert [(k, t.id) for k, t in tx.things.find(many, only(0), limit=2)] == found[6:8]


def test_a_listing_goes_from_the_newest_change_and_on_from_the_last_place(store: Store) -> None:
    for i in range(1, 10):
        put(
            store,
            person(i, OURS if i % 3 == 0 else OPEN, kind="Note" if i % 2 else "Person"),
            keys=(f"k{i % 2}",),
        )
    put(store, person(1, version=2, kind="Note"), keys=("k1",))
    with store.reading() as tx:
        listed = tx.things.listing(only(0), ["Note", "Person"])
        assert [int(t.id, 16) for _, t in listed] == [1, 8, 7, 5, 4, 2]
        assert [place for place, _ in listed] == sorted((p for p, _ in listed), reverse=True)
        assert [place for place, _ in listed] == [t.place for _, t in listed]
        assert tx.things.listing(only(0), ["Note", "Person"], limit=2) == listed[:2]
        assert tx.things.listing(only(0), ["Note", "Person"], after=listed[1][0], limit=2) == listed[2:4]
        assert tx.things.listing(only(0), []) == listed
        assert [int(t.id, 16) for _, t in tx.things.listing(only(0), ["Note"])] == [1, 7, 5]
        assert [int(t.id, 16) for _, t in tx.things.listing(only(0), [], key="k0")] == [8, 4, 2]
        assert tx.things.listing(only(0), ["Person"], key="k1") == []
