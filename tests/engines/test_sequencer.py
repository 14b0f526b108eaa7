"""The sequencer and the offline verifier: what is folded proves, and whatever is done to a log is found."""

import base64
import copy
import json
import secrets
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.core.journal import Event, Tampered, canonical, checkpoint_bytes, seal
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


# --- exporting and verifying -----------------------------------------------------------------------


def test_a_whole_export_verifies_and_says_what_it_holds():
    shelf, sequencer = house(300, 5, 1)
    shelf.add(4)  # not signed yet: not exported
    report = check(sequencer.export(PUBLIC))
    last = shelf.signed[-1]
    assert report.sound and report.whole and report.origin == "xa.example" and report.key == PUBLIC
    assert (report.size, report.root, report.entries, report.checkpoints) == (306, last.root, 306, 3)
    assert (report.opened, report.forgotten) == (306, 0)
    assert check(sequencer.export(PUBLIC, private=False)).forgotten == 306


def test_a_journal_without_entries_verifies():
    report = check(house()[1].export(PUBLIC))
    assert report.sound and report.size == 0


def test_an_extract_verifies_and_goes_on_from_a_known_checkpoint():
    shelf, sequencer = house(100, 200, 33)
    own = [e.id for e in shelf.rows if e.bureau == 2]
    known = Known(PUBLIC, shelf.signed[0].size, shelf.signed[0].root)
    report = check(sequencer.extract(PUBLIC, reversed(own), known=100), known)
    assert report.sound and not report.whole and report.entries == len(own) == 67
    assert check(sequencer.extract(PUBLIC, own), Known(PUBLIC, 333, shelf.signed[-1].root)).sound
    assert not check(sequencer.extract(PUBLIC, own), known).sound, "no proof that it goes on from there"
    assert check(house()[1].extract(PUBLIC, own)).sound


def test_an_extract_shows_nothing_of_other_entries():
    shelf, sequencer = house(60)
    text = b"".join(sequencer.extract(PUBLIC, [shelf.rows[7].id]))
    assert base64.b64encode(shelf.rows[7].leaf) in text
    assert b"question 9" not in text and base64.b64encode(shelf.rows[8].leaf) not in text


def test_the_first_place_that_fails_is_named():
    _, sequencer = house(10, 10, 10)
    lines = list(sequencer.export(PUBLIC))
    row = json.loads(lines[15])  # header, ten entries, a checkpoint, then places 11 …
    assert row["place"] == 14
    row["private"] = row["private"].replace("question 14", "question 15")
    lines[15] = canonical(row) + b"\n"
    report = check(lines)
    assert (report.place, report.line) == (14, 16) and "question" in report.fault
    row["private"] = ""
    row["leaf"] = base64.b64encode(entry(99).leaf).decode()
    lines[15] = canonical(row) + b"\n"
    report = check(lines)
    assert (report.place, report.line) == (11, 23) and "from here to 20" in report.fault


def test_a_log_cut_rewritten_or_forked_by_who_holds_the_key_is_found_by_a_known_checkpoint():
    shelf, sequencer = house(20, 20)
    known = Known(PUBLIC, 40, shelf.signed[-1].root)
    assert check(sequencer.export(PUBLIC), known).sound
    _, cutter = house(20)
    assert check(cutter.export(PUBLIC)).sound and not check(cutter.export(PUBLIC), known).sound
    forked = Shelf()
    forger = Sequencer(forked, signer(KEY), Clock(), "xa.example")
    forked.add(50)
    forked.rows[30] = replace(entry(77), place=31)
    forger.fold()
    ids = [e.id for e in forked.rows]
    assert check(forger.export(PUBLIC)).sound, "by itself it agrees with itself"
    report = check(forger.export(PUBLIC), known)
    assert not report.sound and report.place == 40 and "rewritten" in report.fault
    assert "forked" in check(forger.extract(PUBLIC, ids, known=40), known).fault


def test_another_key_is_found():
    other = new_key()
    shelf = Shelf()
    shelf.add(3)
    forger = Sequencer(shelf, signer(other), Clock(), "xa.example")
    forger.fold()
    assert not check(forger.export(PUBLIC)).sound
    assert check(forger.export(public_key(other))).sound
    assert not check(forger.export(public_key(other)), Known(PUBLIC)).sound


LINES = list(house(7, 1, 12)[1].export(PUBLIC))
EXTRACT = list(house(40)[1].extract(PUBLIC, [f"{n:032x}" for n in (3, 4, 17)], known=20))
HELD = house(7, 1, 12)[0].signed[-1], house(20)[0].signed[-1]


@st.composite
def bent_export(draw, lines):
    lines = list(lines)
    at, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    how = draw(
        st.sampled_from(["byte", "cut byte", "add byte", "delete", "repeat", "insert", "swap", "truncate"])
    )
    spot = draw(st.integers(0, len(lines[at]) - 1))
    if how == "byte":
        edited = bytearray(lines[at])
        edited[spot] ^= draw(st.integers(1, 255))
        lines[at] = bytes(edited)
    elif how == "cut byte":
        lines[at] = lines[at][:spot] + lines[at][spot + 1 :]
    elif how == "add byte":
        lines[at] = lines[at][:spot] + bytes([draw(st.integers(0, 255))]) + lines[at][spot:]
    elif how == "delete":
        del lines[at]
    elif how == "repeat":
        lines.insert(other, lines[at])
    elif how == "insert":
        lines.insert(at, canonical(json.loads(lines[at]) | {"place": at}) + b"\n")
    elif how == "swap":
        lines[at], lines[other] = lines[other], lines[at]
    else:
        lines = lines[:at]
    return lines


@settings(max_examples=1000, deadline=None)
@given(bent_export(LINES))
def test_whatever_is_done_to_a_whole_export_but_leaving_an_early_checkpoint_out_is_found(lines):
    known = Known(PUBLIC, HELD[0].size, HELD[0].root)
    assert check(LINES, known).sound
    early = [line for line in LINES[:-1] if b'"checkpoint"' in line]
    assert check(lines, known).sound == (
        lines in (LINES, *([e for e in LINES if e != gone] for gone in early))
    )


@settings(max_examples=500, deadline=None)
@given(bent_export(EXTRACT))
def test_whatever_is_done_to_an_extract_but_leaving_entries_out_is_found(lines):
    known = Known(PUBLIC, HELD[1].size, HELD[1].root)
    assert check(EXTRACT, known).sound
    fewer = lines[:3] == EXTRACT[:3] and [e for e in EXTRACT if e in lines] == lines
    assert check(lines, known).sound == fewer


@given(st.lists(st.binary(max_size=60) | st.sampled_from(LINES), max_size=8))
def test_no_input_makes_the_verifier_raise(lines):
    check(lines)
    check([b"[" * 100_000 + b"\n", *lines])
    check([LINES[0], b'{"type":"entry","place":' + b"9" * 5000 + b"}\n"])


@st.composite
def bent_log(draw, rows):
    rows = list(rows)
    at, other = (draw(st.integers(0, len(rows) - 1)) for _ in range(2))
    how = draw(st.sampled_from(["edit", "delete", "insert", "swap", "truncate"]))
    if how == "edit":
        leaf = bytearray(rows[at].leaf)
        leaf[draw(st.integers(0, len(leaf) - 1))] ^= draw(st.integers(1, 255))
        rows[at] = replace(rows[at], leaf=bytes(leaf))
    elif how == "delete":
        del rows[at]
    elif how == "insert":
        rows.insert(at, entry(1000 + at))
    elif how == "swap":
        rows[at], rows[other] = rows[other], rows[at]
    else:
        rows = rows[:at]
    return [replace(e, place=n) for n, e in enumerate(rows, 1)]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_is_done_to_the_rows_with_places_made_good_is_found(data):
    shelf, sequencer = house(15, 1, 14)
    before = shelf.rows
    shelf.rows = data.draw(bent_log(before))
    try:
        sound = check(list(sequencer.export(PUBLIC))).sound
    except Tampered:
        sound = False
    assert sound == (shelf.rows[:30] == before)


def test_a_new_key_signs_and_an_unfit_one_is_refused():
    private = new_key()
    assert len(private) == 32 and private != new_key()
    message = secrets.token_bytes(50)
    assert verify_signature(public_key(private), message, signer(private)(message))
    with pytest.raises(ValueError):
        signer(b"short")
