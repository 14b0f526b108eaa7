"""What every store must do: the sentences of engines/seams.py, one after the other."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from entente.core.access import EVERYONE, HOUSE_ONLY, Handling, Level, Purpose, Status, View
from entente.core.problems import OutOfDate, Unavailable
from entente.core.things import Thing
from entente.engines.seams import Checkpoint, Entry, Reference, Store
from entente.engines.store import open_store

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


# --- keeping ---------------------------------------------------------------------------------------


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


# --- asking ----------------------------------------------------------------------------------------


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


# --- upkeep ----------------------------------------------------------------------------------------


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


# --- classes ---------------------------------------------------------------------------------------


def test_equal_handlings_share_a_class_and_a_new_one_starts_an_epoch(store: Store) -> None:
    with store.writing() as tx:
        assert tx.classes.epoch() == 0 and tx.classes.table() == {}
        a = tx.classes.intern(Handling(1, need=frozenset({"x", "y"})))
        epoch = tx.classes.epoch()
        assert epoch > 0
        assert tx.classes.intern(Handling(1, need=frozenset({"y", "x"}))) == a
        assert tx.classes.epoch() == epoch
        b = tx.classes.intern(OURS)
        assert b != a and tx.classes.epoch() > epoch
        assert dict(tx.classes.table()) == {a: Handling(1, need=frozenset({"x", "y"})), b: OURS}
        assert tx.classes.bump() == tx.classes.epoch()
    with store.reading() as tx:
        assert tx.classes.epoch() == 3 and tx.classes.intern(OURS) == b


def test_a_class_of_a_transaction_that_failed_is_forgotten(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing() as tx:
        tx.classes.intern(OPEN)
        tx.things.put(person(1, OURS))
        raise ZeroDivisionError
    with store.reading() as tx:
        assert tx.classes.table() == {} and tx.classes.epoch() == 0
    (kept,) = put(store, person(1, OURS))
    assert kept.class_id == 0
    with store.reading() as tx:
        assert tx.classes.table() == {0: OURS}
        assert tx.things.get([id_of(1)], ALL)[0].handling == OURS


def test_a_snapshot_does_not_learn_of_later_classes(store: Store) -> None:
    put(store, person(1, OPEN))
    with store.reading() as early:
        assert list(early.classes.table()) == [0]
        put(store, person(2, OURS))
        with store.reading() as late:
            assert list(late.classes.table()) == [0, 1]
        assert list(early.classes.table()) == [0]


# --- journal, jobs, notes --------------------------------------------------------------------------


def test_entries_have_places_without_gaps_and_come_back_as_they_were(store: Store) -> None:
    with store.writing() as tx:
        tx.entries.append([entry(1, place=9), entry(2, object=id_of(5)), entry(3, bureau=2, act="see")])
    with pytest.raises(ZeroDivisionError), store.writing() as tx:
        tx.entries.append([entry(4)])
        raise ZeroDivisionError
    store.append(entry(5))
    with store.reading() as tx:
        kept = tx.entries.read(0, 10)
        assert [e.place for e in kept] == [1, 2, 3, 4]
        assert kept[1] == entry(2, object=id_of(5), place=2) and tx.entries.get("e2") == kept[1]
        assert tx.entries.get("e4") is None
        assert tx.entries.read(1, 2) == kept[1:3]
        assert tx.entries.read(0, 10, act="see") == tx.entries.read(0, 10, bureau=2) == [kept[2]]
        assert tx.entries.read(0, 10, act="search", bureau=1, object=id_of(5)) == [kept[1]]
        assert tx.entries.read(0, 10, bureau=0) == []


def test_what_is_private_in_old_entries_can_be_forgotten_and_the_leaf_stays(store: Store) -> None:
    for i in range(1, 5):
        store.append(entry(i, act="see" if i == 2 else "search"))
    with store.writing() as tx:
        assert tx.entries.forget(NOW + timedelta(seconds=4), "search") == 2
        assert tx.entries.forget(NOW + timedelta(seconds=4), "search") == 0
    with store.reading() as tx:
        assert [e.private != "" for e in tx.entries.read(0, 10)] == [False, True, False, True]
        assert {e.leaf for e in tx.entries.read(0, 10)} == {b"\x00leaf"}


def test_checkpoints_come_in_order_of_size(store: Store) -> None:
    made = [Checkpoint(size, bytes([size]) * 32, NOW, b"signed") for size in (0, 4, 9)]
    with store.writing() as tx:
        assert tx.entries.checkpoints(newest=True) == []
        for one in (made[1], made[2], made[0]):
            tx.entries.checkpoint(one)
    with store.reading() as tx:
        assert tx.entries.checkpoints() == made
        assert tx.entries.checkpoints(after_size=0, limit=1) == made[1:2]
        assert tx.entries.checkpoints(newest=True) == made[2:]


def test_a_job_is_taken_when_due_and_comes_back_when_its_lease_ends(store: Store) -> None:
    with store.writing() as tx:
        tx.jobs.add("later", {"n": 2}, not_before=NOW + timedelta(hours=1))
        tx.jobs.add("now", {"n": [1, "é"]})
    with store.writing() as tx:
        first = tx.jobs.take(NOW, lease_s=60)
        assert first and (first.name, first.payload, first.tries) == ("now", {"n": [1, "é"]}, 1)
        assert tx.jobs.take(NOW + timedelta(seconds=59)) is None
        again = tx.jobs.take(NOW + timedelta(seconds=60))
        assert again == replace(first, tries=2)
        tx.jobs.done(first.id)
        assert tx.jobs.take(NOW + timedelta(hours=2), names=["other"]) is None
        later = tx.jobs.take(NOW + timedelta(hours=2), names=["other", "later"])
        assert later and later.name == "later" and later.id != first.id


def test_a_failed_job_waits_again_or_is_put_aside(store: Store) -> None:
    with store.writing() as tx:
        tx.jobs.add("a", {})
        job = tx.jobs.take(NOW)
        assert job
        tx.jobs.fail(job.id, "no answer", NOW + timedelta(minutes=5))
        assert tx.jobs.take(NOW) is None and tx.jobs.failed() == []
        job = tx.jobs.take(NOW + timedelta(minutes=5))
        assert job and job.tries == 2
        tx.jobs.fail(job.id, "still none", None)
        assert tx.jobs.take(NOW + timedelta(days=900)) is None
        assert tx.jobs.failed() == [(job, "still none")]


def test_a_mark_lets_one_job_wait_at_a_time(store: Store) -> None:
    with store.writing() as tx:
        for _ in range(3):
            tx.jobs.add("a", {}, once="index")
        tx.jobs.add("a", {}, once="other")
        taken = tx.jobs.take(NOW)
        assert taken
        tx.jobs.add("a", {}, once="index")  # the one taken may have read too early: one more
        tx.jobs.add("a", {}, once="index")
        assert tx.jobs.take(NOW) and tx.jobs.take(NOW) and tx.jobs.take(NOW) is None


def test_a_jobs_number_is_never_given_to_another(store: Store) -> None:
    with store.writing() as tx:
        tx.jobs.add("a", {})
        first = tx.jobs.take(NOW)
        assert first
        tx.jobs.done(first.id)
        tx.jobs.add("b", {})
        tx.jobs.done(first.id)
        second = tx.jobs.take(NOW)
        assert second and second.id != first.id


def test_a_note_is_read_as_it_was_last_written(store: Store) -> None:
    with store.writing() as tx:
        assert tx.notes.read("secret") is None
        tx.notes.write("secret", "a")
        tx.notes.write("secret", "b é")
    with store.reading() as tx:
        assert tx.notes.read("secret") == "b é"


# --- transactions ----------------------------------------------------------------------------------


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing() as tx:
        tx.things.put(person(1), ["k"], [Reference("holder", id_of(9))])
        tx.jobs.add("a", {})
        tx.notes.write("a", "b")
        tx.entries.append([entry(1)])
        raise ZeroDivisionError
    with store.writing() as tx:
        assert tx.things.get([id_of(1)], ALL) == [] and tx.things.find(["k"], ALL) == []
        assert tx.ties.links(id_of(9), ALL) == [] and tx.upkeep.newest() == 0
        assert tx.jobs.take(NOW) is None and tx.notes.read("a") is None and tx.entries.read(0, 9) == []
    assert put(store, person(1))[0].place == 1


def test_a_writer_sees_what_it_wrote(store: Store) -> None:
    with store.writing() as tx:
        kept = tx.things.put(person(1), ["k"])
        assert tx.things.find(["k"], ALL) == [("k", kept)]
        assert tx.things.put(replace(kept, version=2)).place == kept.place + 1


def test_a_reader_keeps_its_snapshot_and_is_not_blocked_by_the_writer(store: Store) -> None:
    (kept,) = put(store, person(1))
    with store.reading() as early:
        assert early.things.get([kept.id], ALL) == [kept]
        with store.writing() as tx:
            (changed,) = [tx.things.put(replace(kept, version=2))]
            with ThreadPoolExecutor(1) as pool:

                def read() -> list[Thing]:
                    with store.reading() as other:
                        return other.things.get([kept.id], ALL)

                assert pool.submit(read).result(timeout=20) == [kept]
        assert early.things.get([kept.id], ALL) == [kept]
        with store.reading() as late:
            assert late.things.get([kept.id], ALL) == [changed]


def test_a_reader_cannot_write(store: Store) -> None:
    with store.reading() as tx:
        for write in (
            lambda: tx.things.put(person(1)),
            lambda: tx.upkeep.erase([id_of(1)], NOW),
            lambda: tx.notes.write("a", "b"),
            lambda: tx.jobs.take(NOW),
            tx.classes.bump,
            lambda: tx.classes.intern(OURS),
            lambda: tx.entries.append([entry(1)]),
        ):
            with pytest.raises(RuntimeError, match="reading"):
                write()


def test_a_thread_that_writes_cannot_start_writing_again(store: Store) -> None:
    with store.writing() as tx:
        with pytest.raises(RuntimeError), store.writing():
            pass
        with pytest.raises(RuntimeError):
            store.append(entry(1))
        tx.notes.write("a", "b")
    with store.reading() as tx:
        assert tx.notes.read("a") == "b"


def test_writers_and_appenders_take_turns_and_lose_nothing(store: Store) -> None:
    def work(i: int) -> None:
        if i % 4:
            store.append(entry(i))
        else:
            put(store, person(i), keys=("k",))

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(1, 201)))
    with store.reading() as tx:
        kept = tx.entries.read(0, 1000)
        assert [e.place for e in kept] == list(range(1, 151))
        assert {e.id for e in kept} == {f"e{i}" for i in range(1, 201) if i % 4}
        assert sorted(place for place, _ in tx.things.listing(ALL, [], limit=100)) == list(range(1, 51))


def test_an_entry_that_cannot_be_kept_hurts_nobody_else(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        done = [pool.submit(store.append, entry(i, object="\0" if i == 5 else "")) for i in range(20)]
        assert [i for i, one in enumerate(done) if one.exception()] == [5]
    with store.reading() as tx:
        assert len(tx.entries.read(0, 100)) == 19


# --- opening ---------------------------------------------------------------------------------------


def test_a_store_opened_again_holds_what_it_held(store_url: str, tmp_path: Path) -> None:
    if store_url == "memory:":
        pytest.skip("a store in memory is gone with its process")
    first = open_store(store_url, unsafe=True)
    (kept,) = put(first, person(1, OURS), keys=("k",))
    first.append(entry(1))
    first.close()
    again = open_store(store_url, unsafe=True)
    with again.reading() as tx:
        assert tx.things.find(["k"], ALL) == [("k", kept)] and len(tx.entries.read(0, 9)) == 1
        assert tx.classes.table() == {kept.class_id: OURS}
    again.close()


def test_two_processes_see_each_others_classes_and_places(store_url: str) -> None:
    if store_url == "memory:":
        pytest.skip("a store in memory belongs to one process")
    one, two = open_store(store_url, unsafe=True), open_store(store_url, unsafe=True)
    put(one, person(1, OPEN))
    put(two, person(2, OURS))
    put(one, person(3, OURS), person(4, replace(OURS, owner=7)))
    put(two, person(5, replace(OURS, owner=7)), person(6, OPEN))
    for store in (one, two):
        with store.reading() as tx:
            assert tx.classes.table() == {0: OPEN, 1: OURS, 2: replace(OURS, owner=7)}
            told = tx.upkeep.changes(0, 10)
            assert [(c.place, c.n, c.thing and c.thing.class_id) for c in told] == [
                (1, 1, 0), (2, 2, 1), (3, 3, 1), (4, 4, 2), (5, 5, 2), (6, 6, 0),
            ]  # fmt: skip
    one.close()
    two.close()


def test_an_unknown_url_is_refused() -> None:
    for url in ("mysql://x/y", "nonsense", "sqlite://"):
        with pytest.raises(ValueError):
            open_store(url)


def test_a_backup_of_nothing_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        open_store("memory:").backup(tmp_path / "copy")
