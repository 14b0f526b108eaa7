"""Classes, the journal's rows, jobs and notes: the store's contract."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.contracts.stored import ALL, NOW, OPEN, OURS, entry, id_of, person, put

from entente.core.access import Handling
from entente.engines.seams import Checkpoint, Store


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


def test_entries_are_read_backwards_from_the_newest(store: Store) -> None:
    with store.writing() as tx:
        tx.entries.append([entry(i, bureau=i % 2) for i in range(1, 8)])
    with store.reading() as tx:
        assert [e.place for e in tx.entries.read(0, 3, backwards=True)] == [7, 6, 5]
        assert [e.place for e in tx.entries.read(5, 10, bureau=0, backwards=True)] == [4, 2]


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
        assert tx.jobs.take(NOW + timedelta(hours=2), but="later") is None
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
