"""A zone field by field, against the vectors and the worked facts of ICAO Doc 9303."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match import mrz
from entente.match.documents import codes, lookalikes
from entente.match.documents.centuries import born, expires
from entente.match.documents.layouts import LAYOUTS
from entente.match.documents.zone import Told, fields

VECTORS = Path(__file__).parents[4] / "shared/data/documents/mrz_vectors.json"
TODAY = date(2026, 1, 15)
UTOPIAN = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
LONG = ("I<UTOD23145890<XYZ5<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<0", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")


@pytest.fixture(scope="module")
def vectors():
    if not VECTORS.exists():
        pytest.skip("shared/data/documents/mrz_vectors.json is not here")
    return json.loads(VECTORS.read_text("utf-8"))


def marks(told: Told) -> set[tuple[str, str]]:
    return {(r.mark, r.field) for r in told.remarks}


def changed(line: str, at: int, to: str) -> str:
    return line[:at] + to + line[at + len(to) :]


# --- vectors ---------------------------------------------------------------------------------------


def test_every_zone_of_the_vectors_agrees_with_itself(vectors):
    for form, zones in vectors["zones_ok"].items():
        for lines in zones:
            told = fields(lines, TODAY)
            assert (told.form, told.wrong) == (form, ())
            assert {mark for mark, _ in marks(told)} <= {"code_specimen"}
            assert all(f.agrees for f in told.fields if f.check_place)


def test_composites_are_those_of_the_vectors(vectors):
    for _, text, _, digit in vectors["composite"]:
        assert mrz.check_digit(text) == digit


def test_a_long_number_stands_in_two_places_with_its_check_digit_behind(vectors):
    assert LONG[0].startswith(vectors["td1_long_number"]["line1_prefix"])
    told = fields(LONG, TODAY)
    number = told["number"]
    assert number.printed == told.number == vectors["td1_long_number"]["number"] == "D23145890XYZ"
    assert [tuple(p) for p in number.places] == [(0, 5, 14), (0, 15, 18)]
    assert (number.check, number.due, number.check_place) == ("5", "5", (0, 18, 19))
    assert (told["composite"].check, told.wrong) == ("0", ())
    assert told.text("optional") == ""
    assert mrz.parse(list(LONG)).wrong == ()


def test_a_long_number_of_size_td2_is_read_alike():
    start = "D23145890<UTO7408122F1204159XYZ5<<<"
    last = mrz.check_digit(start[0:10] + start[13:20] + start[21:35])
    told = fields(["I<UTOERIKSSON<<ANNA<MARIA".ljust(36, "<"), start + last], TODAY)
    assert (told.form, told.number, told.wrong) == ("TD2", "D23145890XYZ", ())


def test_two_letters_o_for_two_zeros_are_invisible_to_the_check_digit_and_told(vectors):
    printed, digit = vectors["ambiguous_O0"]["printed"].split()
    misread, _ = vectors["ambiguous_O0"]["misread_still_valid"].split()
    second = f"{printed}{digit}UTO7408122F1204159{'<' * 14}0"
    last = mrz.check_digit(second[0:10] + second[13:20] + second[21:43])
    told = fields([UTOPIAN[0], second + last], TODAY)
    assert misread in told.also
    assert told.number == printed
    assert all(mrz.check_digit(other) == digit for other in told.also)


# --- what is printed is told as it stands ---------------------------------------------------------


def test_each_field_has_its_place_and_its_print():
    told = fields(UTOPIAN, TODAY)
    for field in told.fields:
        assert field.printed == "".join(UTOPIAN[p.line][p.start : p.end] for p in field.places)
    assert (told.surname, told.given, told.number) == ("ERIKSSON", "ANNA MARIA", "L898902C3")
    assert (told.birth.iso, told.expiry.iso) == ("1974-08-12", "2012-04-15")
    assert (told["personal"].check, told["composite"].check) == ("1", "0")


def test_digits_in_a_nationality_are_told_and_not_made_letters():
    told = fields([UTOPIAN[0], changed(UTOPIAN[1], 10, "132")], TODAY)
    assert told["nationality"].printed == "132"
    assert ("code_digits", "nationality") in marks(told)
    assert told.wrong == (), "no check digit covers a nationality"


@pytest.mark.parametrize(
    ("printed", "sort"),
    [
        ("D<<", "extra"),
        ("GBD", "extra"),
        ("XPO", "extra"),
        ("RKS", "extra"),
        ("EUE", "extra"),
        ("FRA", "iso"),
        ("UTO", "specimen"),
        ("ANT", "withdrawn"),
        ("QQQ", "unknown"),
        ("UAE", "unknown"),
        ("<<<", "unknown"),
        ("FR<", "unknown"),
        ("fra", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_code_is_known_by_the_lists_of_the_standard(printed, sort):
    assert codes.code(printed).sort == sort


def test_all_249_states_of_iso_3166_are_known_and_those_that_the_standard_adds():
    sorts = [c.sort for c in codes.known().values()]
    assert (sorts.count("iso"), sorts.count("extra")) == (249, 27)


@pytest.mark.parametrize(("personal", "agrees"), [("<", True), ("0", True), ("5", False)])
def test_an_empty_personal_number_may_have_a_filler_for_check_digit(personal, agrees):
    start = f"L898902C36UTO7408122F1204159{'<' * 14}{personal}"
    last = mrz.check_digit(start[0:10] + start[13:20] + start[21:43])
    assert fields([UTOPIAN[0], start + last], TODAY)["personal"].agrees is agrees


@pytest.mark.parametrize(
    ("at", "to", "mark"),
    [
        ((1, 13), "750229", ("date_leap", "birth")),
        ((1, 13), "741312", ("date_month", "birth")),
        ((1, 13), "740431", ("date_day", "birth")),
        ((1, 13), "7408<<", ("date_unknown", "birth")),
        ((1, 13), "<<<<<<", ("date_unknown", "birth")),
        ((1, 13), "74O812", ("date_unreadable", "birth")),
        ((1, 13), "7<0812", ("date_unreadable", "birth")),
        ((1, 21), "130229", ("date_leap", "expiry")),
        ((1, 21), "1204<<", ("date_unreadable", "expiry")),
        ((1, 20), "X", ("sex", "sex")),
        ((1, 0), "L898902C4", ("check_digit", "number")),
        ((0, 0), "XX", ("document_code", "document")),
        ((0, 2), "QQQ", ("code_unknown", "issuer")),
        ((0, 9), "5", ("name_digits", "names")),
        ((0, 5), "<", ("name_fillers", "names")),
        ((0, 5), "<" * 39, ("name_empty", "names")),
        ((0, 20), "<<A", ("name_fillers", "names")),
        ((0, 7), "é", ("character", "names")),
        ((1, 9), "o", ("character", "number")),
    ],
)
def test_what_is_odd_is_told_with_its_field(at, to, mark):
    lines = list(UTOPIAN)
    lines[at[0]] = changed(lines[at[0]], at[1], to)
    assert mark in marks(fields(lines, TODAY))


def test_a_line_of_wrong_length_is_told_and_not_filled_up():
    told = fields([UTOPIAN[0][:-2], UTOPIAN[1]], TODAY)
    assert told.lines[0] == UTOPIAN[0][:-2]
    assert [r.values for r in told.remarks if r.mark == "length"] == [{"line": 1, "found": 42, "due": 44}]
    short = fields([UTOPIAN[0], UTOPIAN[1][:40]], TODAY)
    assert short["personal"].agrees is short["composite"].agrees is None
    assert short["number"].agrees


def test_names_that_fill_their_field_may_have_been_cut():
    full = "P<UTO" + "BENNELONG<WOOLOOMOOLOO<WARRANDYTE<W<<D<P"[:39]
    assert not fields(UTOPIAN, TODAY).cut
    assert fields([full, UTOPIAN[1]], TODAY).cut is full[-1].isalpha()
    assert fields(["P<UTO" + "A" * 39, UTOPIAN[1]], TODAY).cut


# --- centuries -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "iso", "other"),
    [
        ("260115", "2026-01-15", "1926"),
        ("260116", "1926-01-16", ""),
        ("740812", "1974-08-12", ""),
        ("000229", "2000-02-29", ""),
        ("10<<<<", "2010", "1910"),
        ("2601<<", "2026-01", "1926"),
    ],
)
def test_nobody_is_born_in_the_future(printed, iso, other):
    read = born(printed, TODAY)
    assert (read.iso, read.other) == (iso, other)


@given(st.dates(date(1930, 1, 1), date(2026, 1, 14)))
def test_a_birth_is_never_after_today_and_keeps_its_digits(day):
    read = born(day.strftime("%y%m%d"), TODAY)
    assert read.first <= TODAY
    assert read.iso == day.isoformat() or read.other == str(day.year)


@given(st.dates(date(1986, 1, 1), date(2085, 12, 31)))
def test_an_expiry_lies_within_the_hundred_years_around_today(day):
    assert expires(day.strftime("%y%m%d"), TODAY).iso == day.isoformat()


def test_a_date_in_parts_spans_what_it_may_mean():
    read = born("7402<<", TODAY)
    assert (read.first, read.last) == (date(1974, 2, 1), date(1974, 2, 28))
    assert born("74<<<<", TODAY).last == date(1974, 12, 31)
    assert born("<<<<<<", TODAY).first is None


# --- whatever comes in -----------------------------------------------------------------------------

ZONES = st.sampled_from([UTOPIAN, LONG])
ALPHABET = "ABCIMOPVXZ0123456789<"


@given(st.sampled_from(sorted(LAYOUTS)), st.data())
def test_it_finds_the_same_check_digits_wrong_as_the_reader_of_the_one_box(form, data):
    layout = LAYOUTS[form]
    lines = [
        data.draw(st.text(ALPHABET, min_size=layout.width, max_size=layout.width))
        for _ in range(layout.lines)
    ]
    lines[0] = layout.documents[0] + lines[0][1:]
    day = data.draw(st.sampled_from(["740812", "991231", "7408<<"]))
    for name in ("birth", "expiry", "sex"):
        place = layout.fields[name]
        lines[place.line] = changed(lines[place.line], place.start, "F" if name == "sex" else day)
        check = layout.checks.get(name)
        if check:
            lines[check.line] = changed(
                lines[check.line], check.start, data.draw(st.sampled_from("0123456789"))
            )
    told, read = fields(lines, TODAY), mrz.parse(lines)
    number = layout.checks["number"]
    if number.of(lines) == "<" and len(told["number"].places) == 1:
        return  # a number without a check digit: neither a short one nor a long one
    assert read is not None
    assert {"whole" if n == "composite" else n for n in told.wrong} == set(read.wrong)


@given(ZONES, st.data())
def test_one_changed_character_under_a_check_digit_is_seen_unless_it_counts_the_same(lines, data):
    told = fields(lines, TODAY)
    field = data.draw(st.sampled_from([f for f in told.fields if f.check_place and f.name != "composite"]))
    at = data.draw(st.integers(0, len(field.printed) - 1))
    place = field.places[0]
    if at >= place.end - place.start:
        return  # the rest of a long number
    to = data.draw(st.sampled_from("0123456789"))
    other = list(lines)
    other[place.line] = changed(other[place.line], place.start + at, to)
    again = fields(other, TODAY)
    same = mrz.check_digit(field.printed) == mrz.check_digit(changed(field.printed, at, to))
    assert (field.name in again.wrong) is not same


@given(st.lists(st.text(max_size=60), max_size=4))
def test_no_lines_make_it_fail_and_all_are_kept(lines):
    assert fields(lines, TODAY).lines == tuple(lines)


@pytest.mark.parametrize(
    "lines",
    [
        ["<" * 10**7],
        ["<" * 10**7, "<" * 10**7],
        ["\x00" * 44, "\u202e" * 44],
        ["V" + "é" * 10**6, "1" * 10**6],
        [],
        ["", ""],
        ["", "", ""],
        ["٣" * 44, "٣" * 44],
        ["O0" * 22] * 2,
        ["O0I1" * 11] * 2,
    ],
)
def test_hostile_lines_are_told_and_bounded(lines):
    told = fields(lines, TODAY)
    assert told.lines == tuple(lines)
    assert all(len(str(v)) <= 44 for r in told.remarks for v in r.values.values())
    assert told.remarks


def test_other_readings_come_with_fewest_changes_first_and_end():
    assert list(lookalikes.readings("O1")) == ["01", "OI", "0I"]
    assert len(list(lookalikes.readings("O" * 64))) == lookalikes.MOST_TRIED
