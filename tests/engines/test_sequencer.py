"""The sequencer: what is folded is signed, proves, and outlives crashes, gaps and rivals."""

import copy
import secrets
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from entente.core.journal import Event, Tampered, checkpoint_bytes, seal
from entente.core.merkle import Frontier, leaf_hash, verify_consistency, verify_inclusion
from entente.core.proof import Known, verify_export
from entente.desk.sequencer import (
    FRONTIER,
    Sequencer,
    new_key,
    public_key,
    signer,
    verify_signature,
)
from entente.engines.seams import Entry
from entente.engines.store import open_store

START = datetime(2031, 1, 1, tzinfo=UTC)
KEY = bytes(range(32))
PUBLIC = public_key(KEY)


class Shelf:
    """As much of the store as the sequencer touches; a writing block is undone by an exception."""

    def __init__(self):
        self.rows, self.signed, self.notes = [], [], {}
        self.fail = None

    @contextmanager
    def reading(self):
        yield SimpleNamespace(
            entries=SimpleNamespace(
                read=lambda after, limit: [e for e in self.rows[max(0, after - 1) :] if e.place > after][
                    :limit
                ],
                get=lambda id: next((e for e in self.rows if e.id == id), None),
                checkpoints=self._checkpoints,
                checkpoint=self.signed.append,
            ),
            notes=SimpleNamespace(read=self.notes.get, write=self._write),
        )

    @contextmanager
    def writing(self):
        before = copy.deepcopy(self.notes), list(self.signed)
        try:
            with self.reading() as at:
                yield at
        except BaseException:
            self.notes.clear()
            self.notes.update(before[0])
            self.signed[:] = before[1]
            raise

    def _write(self, name, value):
        if self.fail is not None:
            self.fail -= 1
            if self.fail < 0:
                raise OSError("the power went")
        self.notes[name] = value

    def _checkpoints(self, after_size=-1, limit=1000, newest=False):
        return self.signed[-1:] if newest else [c for c in self.signed if c.size > after_size][:limit]

    def add(self, count):
        for _ in range(count):
            self.rows.append(entry(len(self.rows) + 1))


def entry(place):
    event = Event(
        id=f"{place:032x}",
        at=START + timedelta(seconds=place),
        act="search",
        officer="0f" * 16,
        bureau=place % 5,
        purpose="wanted",
        justification=f"case {place}",
        outcome="full 1",
        details={"question": f"question {place}"},
    )
    leaf, private = seal(event, place.to_bytes)
    return Entry(
        event.id, event.at, event.act, event.bureau, event.officer, leaf, private, event.object, place
    )


class Clock:
    def __init__(self):
        self.now = START

    def __call__(self):
        self.now += timedelta(seconds=1)
        return self.now


def house(*counts):
    """A shelf, and its sequencer, folded after each of these numbers of entries."""
    shelf = Shelf()
    sequencer = Sequencer(shelf, signer(KEY), Clock(), "xa.example")
    for count in counts:
        shelf.add(count)
        sequencer.fold()
    return shelf, sequencer


def check(lines, known=None):
    return verify_export(lines, verify_signature, known)


# --- folding ---------------------------------------------------------------------------------------


def test_a_fold_signs_the_root_of_all_entries():
    shelf, sequencer = house()
    shelf.add(300)
    made = sequencer.fold()
    assert made.size == 300
    assert made.root == Frontier().extend(leaf_hash(e.leaf) for e in shelf.rows).root()
    message = checkpoint_bytes("xa.example", made.size, made.root, made.at)
    assert verify_signature(PUBLIC, message, made.signature)
    assert not verify_signature(PUBLIC, message + b" ", made.signature)
    assert not verify_signature(b"short", message, made.signature)
    assert shelf.signed == [made]


def test_nothing_new_is_not_signed_again():
    shelf, sequencer = house(3)
    before = dict(shelf.notes)
    assert sequencer.fold() is None
    assert (len(shelf.signed), shelf.notes) == (1, before)
    assert house()[1].fold() is None


@pytest.mark.parametrize("pieces", [(700,), (1,) * 30 + (670,), (255, 1, 1, 443), (256, 256, 188)])
def test_however_it_is_folded_the_tree_is_the_same(pieces):
    shelf, sequencer = house(*pieces)
    other, _ = house(700)
    assert shelf.notes == other.notes
    assert shelf.signed[-1].root == other.signed[-1].root
    assert len(shelf.signed) == len(pieces)
    assert sequencer.prove(f"{17:032x}").path


def test_a_long_backlog_is_folded_in_steps():
    shelf, sequencer = house()
    shelf.add(1000)
    assert [sequencer.fold(limit=400).size for _ in range(3)] == [400, 800, 1000]
    assert sequencer.fold() is None
    assert check(sequencer.export(PUBLIC)).sound


def test_a_sequencer_started_again_goes_on_where_the_last_one_stood():
    shelf, _ = house(500)
    shelf.add(300)
    again = Sequencer(shelf, signer(KEY), Clock(), "xa.example")
    assert again.fold().size == 800
    assert check(again.export(PUBLIC)).sound


def test_a_fold_that_fails_at_any_write_leaves_nothing_behind_and_is_simply_done_again():
    for fail in range(4):
        shelf, sequencer = house(300)
        before = dict(shelf.notes), list(shelf.signed)
        shelf.add(700)
        shelf.fail = fail
        try:
            sequencer.fold()
        except OSError:
            assert (shelf.notes, shelf.signed) == before
        shelf.fail = None
        sequencer.fold()
        assert (shelf.notes, shelf.signed[-1].root) == (house(1000)[0].notes, house(1000)[0].signed[-1].root)


def test_two_sequencers_at_once_sign_once():
    shelf, slow = house(10)
    shelf.add(10)
    fast = Sequencer(shelf, signer(KEY), Clock(), "xa.example")
    slow._sign = lambda message: (fast.fold(), signer(KEY)(message))[1]
    assert slow.fold() is None
    assert [c.size for c in shelf.signed] == [10, 20]
    assert check(fast.export(PUBLIC)).sound


def test_a_gap_is_waited_for():
    shelf, sequencer = house()
    shelf.add(10)
    missing = shelf.rows.pop(5)
    assert sequencer.fold().size == 5
    assert sequencer.fold() is None
    shelf.rows.insert(5, missing)
    assert sequencer.fold().size == 10


def test_a_clock_set_back_does_not_set_checkpoints_back():
    shelf, sequencer = house(3)
    shelf.add(3)
    sequencer._clock = lambda: START - timedelta(days=1)
    assert sequencer.fold().at == shelf.signed[0].at
    assert check(sequencer.export(PUBLIC)).sound


def test_nothing_is_signed_on_top_of_what_was_not_signed():
    for bend in (
        lambda notes: notes.pop(FRONTIER),
        lambda notes: notes.update({FRONTIER: Frontier().extend([bytes(32)] * 300).to_text()}),
        lambda notes: notes.update({FRONTIER: "nonsense"}),
    ):
        shelf, sequencer = house(300)
        shelf.add(1)
        bend(shelf.notes)
        with pytest.raises(Tampered):
            sequencer.fold()


# --- in a real store ---------------------------------------------------------------------------------


@pytest.fixture(params=["memory:", "sqlite"])
def store(request, tmp_path):
    url = f"sqlite:///{tmp_path}/house.db" if request.param == "sqlite" else request.param
    opened = open_store(url, unsafe=True)
    yield opened
    opened.close()


def test_a_real_store_is_folded_forgotten_proven_and_exported(store):
    sequencer = Sequencer(store, signer(KEY), Clock(), "xa.example")
    sizes = []
    for first, last in ((1, 300), (300, 301), (301, 1000)):
        with store.writing() as at:
            at.entries.append([entry(place) for place in range(first, last)])
        sizes.append(sequencer.fold().size)
    assert sizes == [299, 300, 999] and sequencer.fold() is None
    with store.writing() as at:
        assert at.entries.forget(START + timedelta(seconds=101), "search") == 100
    again = Sequencer(store, signer(KEY), Clock(), "xa.example")
    with store.reading() as at:
        kept, signed = at.entries.read(0, 1000), at.entries.checkpoints()
    for one in kept[::50]:
        path = again.prove(one.id).path
        assert verify_inclusion(leaf_hash(one.leaf), one.place - 1, 999, path, signed[-1].root)
    report = check(again.export(PUBLIC), Known(PUBLIC, 300, signed[1].root))
    assert report.sound and (report.entries, report.checkpoints, report.forgotten) == (999, 3, 100)
    ids = [one.id for one in kept if one.bureau == 1]
    assert check(again.extract(PUBLIC, ids, known=300), Known(PUBLIC, 300, signed[1].root)).sound


def test_a_fold_that_fails_in_a_real_store_leaves_nothing_behind(store):
    sequencer = Sequencer(store, signer(KEY), Clock(), "xa.example")
    with store.writing() as at:
        at.entries.append([entry(place) for place in range(1, 601)])
    sequencer._clock = lambda: START.replace(tzinfo=None)  # refused on the way
    with pytest.raises(ValueError):
        sequencer.fold()
    with store.reading() as at:
        assert at.notes.read(FRONTIER) is None and at.entries.checkpoints() == []
    sequencer._clock = Clock()
    assert sequencer.fold().size == 600
    assert check(sequencer.export(PUBLIC)).sound


# --- proving ---------------------------------------------------------------------------------------


def test_every_entry_proves_under_the_newest_checkpoint():
    shelf, sequencer = house(200, 400, 77)
    for kept in shelf.rows[::7]:
        proof = sequencer.prove(kept.id)
        assert proof.checkpoint == shelf.signed[-1]
        assert verify_inclusion(leaf_hash(kept.leaf), kept.place - 1, 677, proof.path, proof.checkpoint.root)


def test_an_entry_that_is_absent_or_not_yet_folded_has_no_proof():
    shelf, sequencer = house(5)
    shelf.add(1)
    assert sequencer.prove(shelf.rows[-1].id) is None
    assert sequencer.prove("f" * 32) is None
    assert house()[1].prove("f" * 32) is None


def test_a_forgotten_entry_still_proves():
    shelf, sequencer = house(40)
    shelf.rows = [replace(e, private="") for e in shelf.rows]
    assert sequencer.prove(shelf.rows[3].id).entry.private == ""
    report = check(sequencer.export(PUBLIC))
    assert report.sound and (report.opened, report.forgotten) == (0, 40)


@pytest.mark.parametrize(
    "changes",
    [
        {"officer": "aa" * 16},
        {"act": "see"},
        {"bureau": 200},
        {"at": START},
        {"object": "x"},
        {"leaf": entry(9).leaf},
        {"private": entry(9).private},
    ],
)
def test_a_changed_row_is_not_proven(changes):
    shelf, sequencer = house(40)
    shelf.rows[3] = replace(shelf.rows[3], **changes)
    with pytest.raises(Tampered):
        sequencer.prove(shelf.rows[3].id)


def test_lost_or_changed_tiles_are_found():
    for value in ("", "00" * 32 * 2):
        shelf, sequencer = house(600)
        shelf.notes["journal/tile/8/0"] = value
        with pytest.raises(Tampered):
            sequencer.prove(shelf.rows[599].id)


def test_any_two_sizes_are_consistent():
    shelf, sequencer = house(130)
    root = lambda n: Frontier().extend(leaf_hash(e.leaf) for e in shelf.rows[:n]).root()  # noqa: E731
    for old in range(0, 131, 9):
        for new in range(old, 131, 11):
            assert verify_consistency(old, new, root(old), root(new), sequencer.consistency(old, new))
    for old, new in ((5, 131), (6, 5), (-1, 5)):
        with pytest.raises(ValueError):
            sequencer.consistency(old, new)


# --- keys -------------------------------------------------------------------------------------------


def test_a_new_key_signs_and_an_unfit_one_is_refused():
    private = new_key()
    assert len(private) == 32 and private != new_key()
    message = secrets.token_bytes(50)
    assert verify_signature(public_key(private), message, signer(private)(message))
    with pytest.raises(ValueError):
        signer(b"short")
