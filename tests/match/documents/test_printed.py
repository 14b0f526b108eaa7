"""The page against the zone: every spelling of the standard is allowed, and nothing else passes for it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.documents import transliteration
from entente.match.documents.mrz_writing import Entries, write
from entente.match.documents.page_dates import days, sixes
from entente.match.documents.printed import Printed, compare
from entente.match.documents.zone import fields

TODAY = date(2026, 1, 15)
ANNA = Entries(
    "P", "UTO", "Eriksson", "Anna Maria", "L898902C3", "UTO", "1974-08-12", "F", "2032-04-15", "ZE184226B"
)


def told(entries: Entries = ANNA, form: str = "TD3", *, names: str = ""):
    lines = list(write(form, entries))
    if names:
        lines[0] = (lines[0][:5] + names).ljust(44, "<")
    return fields(lines, TODAY)


def answer(page: Printed, entries: Entries = ANNA, form: str = "TD3", names: str = "") -> tuple[str, str]:
    (one,) = compare(told(entries, form, names=names), page)
    return one.answer, one.why


def test_a_page_that_says_what_the_zone_says_is_the_same_in_every_field():
    page = Printed(
        "ERIKSSON", "Anna Maria", "L898902C3", "12 AUG/AOU 74", "15.04.2032", "F", "UTO", "ZE 184226 B", "UTO"
    )
    assert [c.answer for c in compare(told(), page)] == ["same"] * 9


def test_what_was_not_read_is_not_compared():
    assert compare(told(), Printed()) == ()
    assert compare(told(), Printed(issued="15.04.2022")) == ()
    assert compare(fields(["no zone"], TODAY), Printed(surname="Eriksson")) == ()


@pytest.mark.parametrize(
    ("page", "names", "expected"),
    [
        ("Müller", "MUELLER<<ANNA", ("allowed", "spelling")),
        ("Müller", "MULLER<<ANNA", ("allowed", "spelling")),
        ("Müller", "MUXXLLER<<ANNA", ("allowed", "spelling")),
        ("Müller", "MILLER<<ANNA", ("different", "letters")),
        ("Cañon", "CANXXON<<TERESA", ("allowed", "spelling")),
        ("D'Artagnan", "DARTAGNAN<<ANNA", ("allowed", "spelling")),
        ("D'Artagnan", "D<ARTAGNAN<<ANNA", ("spaced", "gaps")),
        ("Marie-Elise", "MARIE<ELISE<<ANNA", ("same", "")),
        ("Marie-Elise", "MARIEELISE<<ANNA", ("spaced", "gaps")),
        ("Щеглова", "SHCHEGLOVA<<ANNA", ("allowed", "spelling")),
        ("محمّد", "MXHMMD<<ANNA", ("allowed", "spelling")),
        ("李", "LI<<ANNA", ("unread", "script")),
        ("ERIKSSON", "ERIKSS<<ANNA", ("different", "cut_with_room")),
        ("Nilavadhanananda Chayapa", "NILAVADHANANANDA<CHAYAP<<DEJTHAMRONGKRA", ("truncated", "no_room")),
        ("Nilavadhanananda Chayapa", "NILAVADHANANANDO<CHAYAP<<DEJTHAMRONGKRA", ("different", "letters")),
    ],
)
def test_a_surname_is_compared_by_the_spellings_of_the_standard(page, names, expected):
    assert answer(Printed(surname=page), names=names) == expected


def test_given_names_for_which_there_was_no_room_are_no_difference():
    full = "A" * 39
    assert answer(Printed(given="Anna"), names=full) == ("truncated", "no_room")
    assert answer(Printed(given="Anna"), names="ERIKSSON") == ("different", "missing")
    assert answer(Printed(given="Anna Maria Luise"), names="ERIKSSON<<ANNA<MARIA") == (
        "different",
        "cut_with_room",
    )


def test_surname_and_given_names_that_changed_places_are_told():
    found = compare(told(), Printed(surname="Anna Maria", given="Eriksson"))
    assert [(c.answer, c.why) for c in found] == [("different", "swapped")] * 2


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("L898902C3", ("same", "")),
        ("l 898902-c3", ("same", "")),
        ("L898902C36", ("allowed", "with_check_digit")),
        ("L8989O2C3", ("different", "lookalike")),
        ("L898902C4", ("different", "one_character")),
        ("L898902C344", ("truncated", "no_room")),
        ("X111111X1", ("different", "characters")),
        ("№", ("unread", "characters")),
    ],
)
def test_a_number_is_compared_character_by_character(number, expected):
    assert answer(Printed(number=number)) == expected


def test_a_long_number_of_a_card_is_compared_whole():
    card = replace(ANNA, document="I", number="D23145890XYZ", personal="")
    assert answer(Printed(number="D23145890XYZ"), card, "TD1") == ("same", "")
    assert answer(Printed(number="D23145890"), card, "TD1") == ("different", "characters")


def test_a_personal_number_may_be_left_out_of_a_zone_or_stand_beside_more():
    card = replace(ANNA, document="I", personal="")
    assert answer(Printed(personal="800101"), card, "TD1") == ("unread", "not_in_zone")
    assert answer(Printed(personal="800101"), replace(card, more="800101A"), "TD1") == (
        "allowed",
        "with_more",
    )


@pytest.mark.parametrize(
    ("birth", "expected"),
    [
        ("12.08.1974", ("same", "")),
        ("08/12/1974", ("same", "")),
        ("12 août 1974", ("same", "")),
        ("12 AGO 74", ("same", "")),
        ("1974-08-12", ("same", "")),
        ("12081974", ("same", "")),
        ("12.08.1874", ("same", "other_century")),
        ("13.08.1974", ("different", "date")),
        ("1974", ("different", "date")),
        ("yesterday", ("unread", "date")),
        ("31.02.1974", ("unread", "date")),
    ],
)
def test_a_day_is_compared_by_the_six_characters_that_a_zone_has_for_it(birth, expected):
    assert answer(Printed(birth=birth)) == expected


@pytest.mark.parametrize("page", ["AUG 1974", "08.1974", "XX.08.1974", "00 08 1974", "1974-08"])
def test_a_day_that_nobody_knows_is_filler_in_the_zone(page):
    assert answer(Printed(birth=page), replace(ANNA, birth="1974-08")) == ("same", "")


@given(
    st.dates(date(1900, 1, 1), date(2090, 1, 1)),
    st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%d %b %Y", "%d %b %y"]),
)
def test_every_day_is_read_in_every_form(day, form):
    six = day.strftime("%y%m%d")
    assert six in sixes(day.strftime(form))
    if "%Y" in form:
        assert day in days(day.strftime(form), TODAY)


@pytest.mark.parametrize(
    ("sex", "expected"),
    [
        ("F", ("same", "")),
        ("F/F", ("same", "")),
        ("K/F", ("same", "")),
        ("female", ("same", "")),
        ("M", ("different", "sex")),
        ("X", ("different", "sex")),
        ("M/F", ("unread", "word")),
        ("?", ("unread", "word")),
    ],
)
def test_a_sex_is_read_in_one_language_or_two(sex, expected):
    assert answer(Printed(sex=sex)) == expected


def test_an_unspecified_sex_is_filler_in_the_zone():
    assert answer(Printed(sex="X"), replace(ANNA, sex="X")) == ("same", "")


@pytest.mark.parametrize(
    ("nationality", "zone", "expected"),
    [
        ("Utopia", "UTO", ("allowed", "name")),
        ("UTOPIAN", "UTO", ("allowed", "name")),
        ("Germany", "D", ("allowed", "name")),
        ("DEU", "D", ("allowed", "name")),
        ("D", "D", ("same", "")),
        ("Nigerian", "NER", ("unread", "word")),
        ("Nigerian", "NGA", ("allowed", "name")),
        ("France", "D", ("different", "state")),
        ("DEUTSCH", "D", ("unread", "word")),
        ("ROU", "132", ("different", "state")),
    ],
)
def test_a_nationality_is_compared_by_its_code_or_name(nationality, zone, expected):
    assert answer(Printed(nationality=nationality), replace(ANNA, nationality=zone)) == expected


NAMES = st.text(alphabet="ABXNÄÖÜÑÅØ' -ЖЩя", min_size=1, max_size=20).filter(
    lambda s: bool((transliteration.default(s) or "").strip("<"))
)


@given(NAMES, NAMES, st.data())
def test_whatever_spelling_an_issuer_chose_the_page_agrees(surname, given, data):
    primary = data.draw(st.sampled_from(list(transliteration.spellings(surname, 20))))
    names = primary + "<<" + (transliteration.default(given) or "")
    if names[38:39] == "<":
        return  # an issuer cuts at a letter
    found = compare(told(names=names[:39]), Printed(surname=surname, given=given))
    assert {c.answer for c in found} <= {"same", "allowed", "truncated"}


@given(NAMES, st.sampled_from(["TD1", "TD2", "TD3", "MRVA", "MRVB"]))
def test_a_zone_of_our_own_writing_never_differs_from_its_page(name, form):
    code = {"TD3": "P", "MRVA": "V", "MRVB": "V"}.get(form, "I")
    entries = replace(ANNA, document=code, surname=name, personal="")
    page = Printed(name, "Anna Maria", "L898902C3", "12.08.1974", "15.04.2032", "F", "UTO", "", "UTO")
    assert {c.answer for c in compare(told(entries, form), page)} <= {"same", "allowed", "truncated"}


@given(st.lists(st.text(max_size=50), min_size=10, max_size=10), st.text(max_size=44))
def test_nothing_typed_makes_it_fail(typed, line):
    compare(fields([line.ljust(44, "<"), "<" * 44], TODAY), Printed(*typed))


@pytest.mark.parametrize(
    "text", ["<" * 10**7, "\u202e" * 10**6, "1" * 10**6, "Ä" * 10**6, "a/" * 10**6, "\x00"]
)
def test_hostile_pages_are_bounded(text):
    for one in compare(told(), Printed(*[text] * 10)):
        assert one.answer in ("unread", "different", "truncated")
        assert len(one.printed) <= 80
