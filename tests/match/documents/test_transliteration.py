"""Spellings of names in a zone: Doc 9303-3's tables, and a walk that agrees with trying them all."""

import json
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.documents import transliteration as t

TABLES = Path(__file__).parents[4] / "shared/data/documents/icao9303_translit.json"
NAMES = st.text(alphabet="ABNXOEÄÖÜÑÅ' -,ЖЇГХЩЯةشّ", max_size=8)


def every(text: str) -> set[str]:
    """The exact slow twin: all spellings, by trying all."""
    return {"".join(way) for reading in t.readings(text) for way in product(*reading)}


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("D'ARTAGNAN", {"DARTAGNAN"}),
        ("D’Artagnan", {"DARTAGNAN"}),
        ("MARIE-ELISE", {"MARIE<ELISE"}),
        ("ERIKSSON, ANNA MARIA", {"ERIKSSON<<ANNA<MARIA"}),
        ("CAÑON, Térèsa", {"CANON<<TERESA", "CANXXON<<TERESA"}),
        ("Müller", {"MULLER", "MUELLER", "MUXXLLER"}),
        ("Åse", {"AASE", "ASE"}),
        ("Ærø", {"AEROE"}),
        ("Straße", {"STRASSE"}),
        ("Nguyễn", {"NGUYEN"}),
        ("Łódź", {"LODZ"}),
        ("İnönü", {"INOENUE", "INOENUXX", "INOENU", "INONUE", "INONUXX", "INONU"}),
        ("Щеглова", {"SHCHEGLOVA", "SHTEGLOVA", "SHCHEHLOVA"}),
        ("Їжак", {"IZHAK", "YIZHAK", "IZAK"}),
        ("محمد", {"MXHMD"}),
        ("محمّد", {"MXHMMD"}),
        ("فاطمة", {"FAXTTMXAH"}),
        ("O’Neill Jr.", {"ONEILL<JR"}),
        ("  Anna\u200f   -  Maria ", {"ANNA<MARIA"}),
    ],
)
def test_a_name_may_be_spelled_as_the_standard_says_and_no_other_way(printed, written):
    assert set(t.spellings(printed)) == written == every(printed)
    assert all(t.allowed(printed, spelled) for spelled in written)
    assert not t.allowed(printed, next(iter(written)) + "Q")


def test_every_letter_of_the_stored_tables_is_spelled_as_they_say():
    if not TABLES.exists():
        pytest.skip("shared/data/documents/icao9303_translit.json is not here")
    tables = json.loads(TABLES.read_text("utf-8"))
    for letter, ways in tables["latin"].items():
        assert list(t.spellings(letter)) == ways
    for letter, way in tables["cyrillic"].items():
        assert t.default(f"А{letter}А") == f"A{way}A"
    for letter, own in tables["cyrillic_exceptions"].items():
        for language, way in own.items():
            name, _, first = language.partition("_")
            found = t.letters(letter if first else f"А{letter}", name)
            assert found is not None
            assert way in found[-1]
    for letter, way in tables["arabic"].items():
        if "DOUBLE" not in way and "XAH" not in way:
            assert t.default(f"ا{letter}ا") == f"A{way}A"


def test_one_name_follows_one_alphabet():
    assert t.allowed("Гриць", "HRYTS")  # Ukrainian throughout
    assert t.allowed("Гриць", "GRITS")
    assert t.allowed("Гриць", "HRITS")  # Belarusian
    assert not t.allowed("Гриць", "GRYTS")  # half of one, half of the other


@given(NAMES)
def test_the_walk_knows_exactly_the_spellings_that_trying_all_finds(name):
    spelled = every(name)
    assert all(t.allowed(name, s) for s in spelled)
    assert set(t.spellings(name, 256)) <= spelled
    assert set(t.spellings(name, 10**6)) == spelled or len(spelled) > 10**5


@given(NAMES, st.text(alphabet="ABNXOEUH<ZY", max_size=8))
def test_nothing_else_is_allowed(name, written):
    assert t.allowed(name, written) == (written.rstrip("<") in {s.rstrip("<") for s in every(name)})


@given(NAMES, st.data())
def test_a_spelling_cut_short_still_begins_the_name(name, data):
    full = data.draw(st.sampled_from(sorted(every(name))))
    cut = full[: data.draw(st.integers(1, max(1, len(full))))].rstrip("<")
    if cut.replace("<", ""):
        assert t.begins(name, cut)


@pytest.mark.parametrize(
    ("printed", "written", "fits"),
    [
        ("Nilavadhanananda Chayapa", "NILAVADHANANANDA<CHAY", True),
        ("Papandropoulous Jonathon Warren", "PAPANDROPOULOUS<J<W", True),
        ("Papandropoulous Jonathon", "PAPANDROPOULOUS<W", False),
        ("Müller", "MUE", True),
        ("Müller", "MUX", True),
        ("Müller", "MIL", False),
        ("Müller", "", False),
        ("Anna", "ANNA<MARIA", False),
    ],
)
def test_words_may_be_shortened_and_the_last_left_out(printed, written, fits):
    assert t.begins(printed, written) is fits


def test_another_script_and_digits_are_told_and_never_guessed():
    assert t.unspelled("李 Anna 2") == "李2"
    assert list(t.spellings("李")) == []
    assert not t.allowed("李", "LI")


@pytest.mark.parametrize("text", ["Ä" * 10**6, "\u202e" * 10**7, "Ь" * 499, "Ü" * 499, "\x00\x1b", "", ",,,"])
def test_hostile_text_is_bounded(text):
    assert len(list(t.spellings(text))) <= 256
    assert not t.allowed(text, "Q" * 44)
    assert not t.begins(text, "Q")
    t.unspelled(text)


@given(st.text(max_size=60), st.text(max_size=44))
def test_nothing_typed_makes_it_fail(text, written):
    t.allowed(text, written)
    t.begins(text, written)
    t.unspelled(text)
    assert len(list(t.spellings(text, 5))) <= 5
