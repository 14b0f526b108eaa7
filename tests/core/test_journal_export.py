"""The offline verifier: a sound export verifies, and whatever is done to a log or an export is found."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from entente.core.journal import Event, Tampered, canonical, seal
from entente.core.proof import Known, verify_export
from entente.desk.sequencer import Sequencer, new_key, public_key, signer, verify_signature
from entente.engines.seams import Entry
from entente.engines.store import open_store

START = datetime(2031, 1, 1, tzinfo=UTC)
KEY = bytes(range(32))
PUBLIC = public_key(KEY)


def entry(number):
    event = Event(
        id=f"{number:032x}",
        at=START + timedelta(seconds=number),
        act="search",
        officer="0f" * 16,
        bureau=number % 5,
        purpose="wanted",
        justification=f"case {number}",
        details={"question": f"question {number}"},
    )
    leaf, private = seal(event, number.to_bytes)
    return Entry(event.id, event.at, event.act, event.bureau, event.officer, leaf, private, event.object)


class House:
    """A store in memory and its sequencer, folded after each batch of entries."""

    def __init__(self, *batches, key=KEY):
        self.store = open_store("memory:")
        self.sequencer = Sequencer(self.store, signer(key), lambda: START, "xa.example")
        for batch in batches:
            self.append(batch)
            self.sequencer.fold()
        self.export, self.extract = self.sequencer.export, self.sequencer.extract

    def append(self, entries):
        with self.store.writing() as at:
            at.entries.append(entries)

    @property
    def signed(self):
        with self.store.reading() as at:
            return at.entries.checkpoints()

    def with_rows(self, rows):
        """The same checkpoints over other rows: what a hand in the database leaves behind."""
        other = House()
        other.append(rows)
        with other.store.writing() as at:
            for made in self.signed:
                at.entries.checkpoint(made)
        return other


def house(*counts):
    """Entries 1, 2, 3 … in batches of these sizes."""
    numbers = iter(range(1, sum(counts) + 1))
    return House(*([entry(next(numbers)) for _ in range(count)] for count in counts))


def check(lines, known=None):
    return verify_export(lines, verify_signature, known)


def test_a_whole_export_verifies_and_says_what_it_holds():
    sequencer = house(300, 5, 1)
    sequencer.append([entry(n) for n in range(400, 404)])  # not signed yet: not exported
    report = check(sequencer.export(PUBLIC))
    last = sequencer.signed[-1]
    assert report.sound and report.whole and report.origin == "xa.example" and report.key == PUBLIC
    assert (report.size, report.root, report.entries, report.checkpoints) == (306, last.root, 306, 3)
    assert (report.opened, report.forgotten) == (306, 0)
    assert check(sequencer.export(PUBLIC, private=False)).forgotten == 306


def test_a_journal_without_entries_verifies():
    report = check(house().export(PUBLIC))
    assert report.sound and report.size == 0


def test_an_extract_verifies_and_goes_on_from_a_known_checkpoint():
    sequencer = house(100, 200, 33)
    own = [f"{n:032x}" for n in range(1, 334) if n % 5 == 2]
    known = Known(PUBLIC, sequencer.signed[0].size, sequencer.signed[0].root)
    report = check(sequencer.extract(PUBLIC, reversed(own), known=100), known)
    assert report.sound and not report.whole and report.entries == len(own) == 67
    assert check(sequencer.extract(PUBLIC, own), Known(PUBLIC, 333, sequencer.signed[-1].root)).sound
    assert not check(sequencer.extract(PUBLIC, own), known).sound, "no proof that it goes on from there"
    assert check(house().extract(PUBLIC, own)).sound


def test_an_extract_shows_nothing_of_other_entries():
    text = b"".join(house(60).extract(PUBLIC, [entry(8).id]))
    assert base64.b64encode(entry(8).leaf) in text
    assert b"question 9" not in text and base64.b64encode(entry(9).leaf) not in text


def test_the_first_place_that_fails_is_named():
    sequencer = house(10, 10, 10)
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
    sequencer = house(20, 20)
    known = Known(PUBLIC, 40, sequencer.signed[-1].root)
    assert check(sequencer.export(PUBLIC), known).sound
    cutter = house(20)
    assert check(cutter.export(PUBLIC)).sound and not check(cutter.export(PUBLIC), known).sound
    forged = [*(entry(n) for n in range(1, 31)), entry(77), *(entry(n) for n in range(32, 51))]
    forger = House(forged)
    ids = [e.id for e in forged]
    assert check(forger.export(PUBLIC)).sound, "by itself it agrees with itself"
    report = check(forger.export(PUBLIC), known)
    assert not report.sound and report.place == 40 and "rewritten" in report.fault
    assert "forked" in check(forger.extract(PUBLIC, ids, known=40), known).fault


def test_another_key_is_found():
    other = new_key()
    forger = House([entry(1), entry(2)], key=other)
    assert not check(forger.export(PUBLIC)).sound
    assert check(forger.export(public_key(other))).sound
    assert not check(forger.export(public_key(other)), Known(PUBLIC)).sound


ROWS = [entry(n) for n in range(1, 21)]
WHOLE = house(7, 1, 12)
LINES = list(WHOLE.export(PUBLIC))
EXTRACT = list(house(40).extract(PUBLIC, [f"{n:032x}" for n in (3, 4, 17)], known=20))
KNOWN = Known(PUBLIC, 20, WHOLE.signed[-1].root)


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
    assert check(LINES, KNOWN).sound
    early = [line for line in LINES[:-1] if b'"checkpoint"' in line]
    assert check(lines, KNOWN).sound == (
        lines in (LINES, *([e for e in LINES if e != gone] for gone in early))
    )


@settings(max_examples=500, deadline=None)
@given(bent_export(EXTRACT))
def test_whatever_is_done_to_an_extract_but_leaving_entries_out_is_found(lines):
    assert check(EXTRACT, KNOWN).sound
    fewer = lines[:3] == EXTRACT[:3] and [e for e in EXTRACT if e in lines] == lines
    assert check(lines, KNOWN).sound == fewer


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
    return rows


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_is_done_to_the_rows_with_places_made_good_is_found(data):
    rows = data.draw(bent_log(ROWS))
    try:
        sound = check(WHOLE.with_rows(rows).export(PUBLIC)).sound
    except Tampered:
        sound = False
    assert sound == (rows[:20] == ROWS)
