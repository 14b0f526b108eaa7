"""What a zone and a page say against a version: in the right tone, the gravest first."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match import mrz
from entente.match.documents.deviations import Deviation
from entente.match.documents.findings import MARKS, findings
from entente.match.documents.mrz_writing import Entries, write
from entente.match.documents.patterns import Pattern
from entente.match.documents.printed import Printed
from entente.match.documents.rules import Rules
from entente.match.documents.zone import fields

TODAY = date(2026, 1, 15)
ANNA = Entries(
    "P", "UTO", "Eriksson", "Anna Maria", "L898902C3", "UTO", "1974-08-12", "F", "2032-04-15", "ZE184226B"
)
RULES = Rules(
    issuer="UTO",
    category="A",
    mrz_form="TD3",
    patterns=(Pattern('"L"9{6}"C"9'),),
    validity_years=10,
    first_issued=date(2020, 1, 1),
    last_issued=date(2025, 12, 31),
)
PAGE = Printed(
    "Eriksson",
    "Anna Maria",
    "L898902C3",
    "12 AUG 1974",
    "15 APR 2032",
    "F",
    "Utopia",
    "",
    "UTO",
    "15 APR 2022",
)


def judged(entries=ANNA, rules=RULES, page=PAGE, form="TD3", change=()):
    lines = list(write(form, entries))
    for line, at, to in change:
        lines[line] = lines[line][:at] + to + lines[line][at + len(to) :]
    return findings(fields(lines, TODAY), rules, page, TODAY)


def marks(found, tone=None):
    return {(f.mark, f.field) for f in found if tone in (None, f.tone)}


def test_a_genuine_paper_has_nothing_wrong_and_all_that_was_looked_at_is_told():
    found = judged()
    assert marks(found, "wrong") == set()
    assert marks(found, "doubt") == {("code_specimen", "issuer")}
    assert {m for m, _ in marks(found, "ok")} == {
        "check_digits_agree", "pattern_fits", "valid", "page_same", "page_allowed",
    }  # fmt: skip


CHANGES = [
    ((1, 0, "L898902C4"), ("check_digit", "number"), "wrong"),
    ((1, 43, "9"), ("check_digit", "composite"), "wrong"),
    ((1, 10, "132"), ("code_digits", "nationality"), "wrong"),
    ((1, 10, "132"), ("page_different", "nationality"), "wrong"),
    ((1, 10, "QQQ"), ("code_unknown", "nationality"), "wrong"),
    ((0, 2, "FRA"), ("other_issuer", "issuer"), "wrong"),
    ((0, 0, "I<"), ("other_category", "document"), "wrong"),
    ((0, 5, "ERIKSS0N"), ("name_digits", "names"), "wrong"),
    ((0, 5, "ERIKSSEN"), ("page_different", "surname"), "wrong"),
    ((1, 13, "740230"), ("date_day", "birth"), "wrong"),
    ((1, 13, "750229"), ("date_leap", "birth"), "wrong"),
    ((1, 20, "X"), ("sex", "sex"), "doubt"),
    ((1, 0, "L89890"), ("pattern_fits", "number"), "ok"),
    ((1, 0, "A"), ("pattern_misfit", "number"), "wrong"),
    ((1, 4, "Q"), ("pattern_misfit", "number"), "wrong"),
    ((1, 4, "O"), ("pattern_other_reading", "number"), "doubt"),
    ((1, 5, "O"), ("pattern_other_reading", "number"), "doubt"),
    ((1, 4, "é"), ("character", "number"), "doubt"),
]


@pytest.mark.parametrize(("change", "mark", "tone"), CHANGES)
def test_what_was_changed_is_told_in_its_tone(change, mark, tone):
    assert mark in marks(judged(change=[change]), tone)


@pytest.mark.parametrize(
    ("page", "mark", "tone"),
    [
        ({"surname": "Erikson"}, ("page_different", "surname"), "wrong"),
        ({"surname": "Eriksson Anna"}, ("page_doubtful", "surname"), "doubt"),
        ({"given": "Annamaria"}, ("page_spaced", "given"), "doubt"),
        ({"given": "安娜"}, ("page_unread", "given"), "doubt"),
        ({"number": "L8989O2C3"}, ("page_doubtful", "number"), "doubt"),
        ({"expiry": "15 APR 2033"}, ("page_different", "expiry"), "wrong"),
        ({"issued": "yesterday"}, ("issue_unread", "issued"), "doubt"),
        ({"issued": "15 APR 2027"}, ("not_yet_valid", "issued"), "wrong"),
        ({"issued": "15 APR 2033"}, ("expiry_before_issue", "expiry"), "wrong"),
        ({"issued": "15 APR 2019"}, ("issued_before_version", "issued"), "wrong"),
        ({"issued": "15 APR 2019"}, ("validity_too_long", "expiry"), "wrong"),
        ({"issued": "15 JAN 2022"}, ("validity_long", "expiry"), "doubt"),
        ({"issued": "14 APR 2022"}, ("valid", "expiry"), "ok"),
        ({"issued": "02 JAN 2026"}, ("issued_after_version", "issued"), "doubt"),
        ({"issued": "15 APR 1970"}, ("born_after_issue", "birth"), "wrong"),
    ],
)
def test_what_the_page_says_otherwise_is_told_in_its_tone(page, mark, tone):
    assert mark in marks(judged(page=replace(PAGE, **page)), tone)


@pytest.mark.parametrize(
    ("expiry", "mark", "tone"),
    [
        ("2026-01-15", ("valid", "expiry"), "ok"),
        ("2026-01-14", ("expired", "expiry"), "wrong"),
        ("2019-12-31", ("expired_before_version", "expiry"), "wrong"),
        ("2036-01-16", ("valid", "expiry"), "ok"),
        ("2036-05-01", ("validity_long", "expiry"), "doubt"),
        ("2038-05-01", ("validity_too_long", "expiry"), "wrong"),
        ("2038-05-01", ("expiry_after_version", "expiry"), "doubt"),
    ],
)
def test_an_expiry_is_judged_where_no_day_of_issue_is_printed(expiry, mark, tone):
    assert mark in marks(judged(replace(ANNA, expiry=expiry), page=Printed()), tone)


def test_a_month_first_page_is_no_paper_of_the_future():
    found = judged(replace(ANNA, expiry="2032-04-03"), page=Printed(issued="04/03/2022"))
    assert marks(found, "wrong") == set()


def test_a_known_deviation_turns_what_is_wrong_into_doubt():
    wrong = [(1, 9, "7")]
    assert ("check_digit", "number") in marks(judged(change=wrong), "wrong")
    batch = Deviation(
        "wrong_check_digit", "number", issued_from=date(2022, 4, 1), issued_until=date(2022, 4, 30)
    )
    found = judged(change=wrong, rules=replace(RULES, deviations=(batch,)))
    (known,) = [f for f in found if f.mark == "known_deviation"]
    assert (known.tone, known.field, known.values["instead"], known.values["sure"]) == (
        "doubt",
        "number",
        "check_digit",
        1,
    )
    assert ("check_digit", "number") not in marks(found)
    other = replace(batch, issued_until=date(2022, 4, 2))
    assert ("check_digit", "number") in marks(
        judged(change=wrong, rules=replace(RULES, deviations=(other,))), "wrong"
    )
    unknown_day = judged(
        change=wrong, rules=replace(RULES, deviations=(batch,)), page=replace(PAGE, issued="")
    )
    assert [f.values["sure"] for f in unknown_day if f.mark == "known_deviation"] == [0]


def test_a_deviation_of_data_excuses_the_code_and_the_page():
    batch = Deviation("wrong_data", "nationality", "132", numbers=frozenset({"L898902C3"}))
    found = judged(change=[(1, 10, "132")], rules=replace(RULES, deviations=(batch,)))
    assert marks(found, "wrong") == set()
    assert ("known_deviation", "nationality") in marks(found, "doubt")


def test_a_line_read_too_short_is_doubt_and_not_forgery():
    lines = list(write("TD3", ANNA))
    lines[1] = lines[1][:3] + lines[1][4:]
    found = findings(fields(lines, TODAY), RULES, PAGE, TODAY)
    assert ("length", "") in marks(found, "doubt")
    assert not {f for m, f in marks(found, "wrong")} & {"number", "birth", "expiry", "nationality"}


@pytest.mark.parametrize(("at", "agrees"), [(5, 1), (4, 0)])
def test_of_another_reading_is_told_whether_the_check_digit_is_its_own(at, agrees):
    found = judged(change=[(1, at, "O")])
    assert [f.values["agrees"] for f in found if f.mark == "pattern_other_reading"] == [agrees]


def test_two_readings_that_zone_and_pattern_allow_are_both_for_looking_up():
    found = judged(replace(ANNA, number="A00051376"), replace(RULES, patterns=(Pattern("X{9}"),)), Printed())
    (told,) = [f for f in found if f.mark == "number_two_readings"]
    assert mrz.check_digit(str(told.values["reading"])) == mrz.check_digit("A00051376")


def test_a_pattern_of_other_days_of_issue_is_a_doubt():
    old = Pattern('"L"9{6}"C"9', issued_until=date(2021, 1, 1))
    assert ("pattern_time", "number") in marks(judged(rules=replace(RULES, patterns=(old,))), "doubt")
    new = Pattern("X{9}", issued_from=date(2021, 1, 2))
    assert ("pattern_fits", "number") in marks(judged(rules=replace(RULES, patterns=(old, new))), "ok")


def test_a_pattern_with_a_check_rule_is_held_to_it():
    rules = replace(RULES, patterns=(Pattern("9{9}", check="luhn"),))
    good, bad = "123456782", "123456783"
    assert ("pattern_fits", "number") in marks(judged(replace(ANNA, number=good), rules, Printed()))
    assert ("pattern_check", "number") in marks(judged(replace(ANNA, number=bad), rules, Printed()), "wrong")


def test_the_other_form_and_an_issuer_by_another_code_of_the_same_state():
    assert ("other_form", "") in marks(judged(replace(ANNA, document="I", personal=""), form="TD2"), "wrong")
    german = replace(ANNA, issuer="DEU")
    assert ("other_issuer", "issuer") not in marks(judged(german, replace(RULES, issuer="D"), Printed()))


def test_without_a_version_only_the_paper_itself_is_judged():
    assert marks(judged(rules=None), "wrong") == set()
    assert {m for m, _ in marks(judged(rules=None, page=Printed()))} == {
        "check_digits_agree",
        "code_specimen",
        "valid",
    }


def test_no_zone_is_one_finding():
    assert [f.mark for f in findings(fields([], TODAY), RULES, PAGE, TODAY)] == ["no_zone"]


PIECES = st.tuples(st.integers(0, 1), st.integers(0, 43), st.text(alphabet="<A0O1é", min_size=1, max_size=3))
AS_TYPED = "Eriksson|Anna|L898902C3|12.08.74|15.04.32|F|UTO|ZE184226B|UTO|15.04.9999".split("|")
PAGES = st.builds(Printed, *[st.sampled_from([text, "", "X", "١", "29.02.9996"]) for text in AS_TYPED])


@given(st.lists(PIECES, max_size=4), PAGES, st.booleans())
def test_the_gravest_comes_first_and_every_mark_is_known(change, page, known):
    found = judged(change=change, page=page, rules=RULES if known else None)
    assert [f.tone for f in found] == sorted((f.tone for f in found), key=("wrong", "doubt", "ok").index)
    assert {f.mark for f in found} <= set(MARKS)
    assert all(MARKS[f.mark] == f.tone or (MARKS[f.mark], f.tone) == ("wrong", "doubt") for f in found)
    for tone in ("wrong", "doubt", "ok"):
        places = [list(MARKS).index(f.mark) for f in found if f.tone == tone]
        assert places == sorted(places)


@given(st.lists(st.text(max_size=50), max_size=3), st.lists(st.text(max_size=30), min_size=10, max_size=10))
def test_nothing_that_comes_in_makes_it_fail(lines, typed):
    findings(fields(lines, TODAY), RULES, Printed(*typed), TODAY)


@pytest.mark.parametrize("text", ["<" * 10**7, "\u202e" * 10**6, "1" * 10**6, "\x00", ""])
def test_hostile_input_is_bounded(text):
    found = findings(fields([text, text], TODAY), RULES, Printed(*[text] * 10), TODAY)
    assert all(len(str(v)) <= 80 for f in found for v in f.values.values())
