"""Customs codes as people and spreadsheets write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.goods.hs import EDITIONS, edition_on, exists, read_hs, same_in
from entente.match.goods.readings import TwoReadings
from entente.match.goods.taxonomy import TAXONOMY

known = st.sampled_from(sorted({h.code for node in TAXONOMY for h in node.headings}))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("380891", "380891"),
        ("3808.91", "380891"),
        ("3808 91", "380891"),
        ("HS 3808.91", "380891"),
        ("3808", "3808"),
        ("38", "38"),
        ("2709.00", "270900"),
        ("101", "0101"),
        ("101.0", "0101"),
        ("9", "09"),
        ("10121", "010121"),
        ("3808.9", "3808"),
        ("38089", "3808"),
        ("3808919000", "380891"),
        ("380891900", "380891"),
        ("30111000", "301110"),
        ("٣٨٠٨٩١", "380891"),
        ("9801", "9801"),
    ],
)
def test_a_code_is_read_in_any_writing(text: str, code: str) -> None:
    if text == "30111000":  # eight digits are national ones of 301110, which no edition has
        with pytest.raises(ValueError, match="names no heading: chapter 30 ends at 3006"):
            read_hs(text)
        return
    assert read_hs(text, "2022").code == code


def test_what_was_done_to_read_a_code_is_told() -> None:
    assert "zero" in read_hs("101").note
    assert read_hs("380891").note == ""
    assert read_hs("3808919000").national and not read_hs("380891").national
    assert read_hs("980100").national


@pytest.mark.parametrize(
    ("text", "choices"), [("71011", ("071011", "7101")), ("7101110", ("071011", "710111"))]
)
def test_where_a_zero_may_or_may_not_be_lost_both_readings_are_told(
    text: str, choices: tuple[str, str]
) -> None:
    with pytest.raises(TwoReadings, match="can be read as") as two:
        read_hs(text)
    assert two.value.choices == choices


@pytest.mark.parametrize(
    "text", ["", "77", "7701", "00", "000000", "abc", "38-xx", "1" * 13, "101210", "3808,91x"]
)
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^(is no customs code|names no |has too many)"):
        read_hs(text)


def test_an_edition_that_never_was_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown edition"):
        read_hs("3808", "2005")


@given(known)
def test_a_code_of_ours_is_read_as_itself_and_dots_change_nothing(code: str) -> None:
    assert read_hs(code).code == code
    assert read_hs(".".join([code[:4], code[4:]]) if len(code) == 6 else code).code == code


@given(known)
def test_a_lost_zero_is_restored_or_asked(code: str) -> None:
    if not code.startswith("0"):
        return
    try:
        assert read_hs(code[1:]).code == code
    except TwoReadings as two:
        assert code in two.choices


@given(st.text(max_size=14))
def test_any_text_is_a_code_that_exists_or_a_reason(text: str) -> None:
    try:
        code = read_hs(text).code
    except ValueError as why:
        assert str(why)
    else:
        assert len(code) in (2, 4, 6) and exists(code)


def test_the_edition_of_a_year_is_the_last_before_it() -> None:
    assert [edition_on(year) for year in (1987, 1988, 1995, 2016, 2017, 2026)] == [
        "",
        "1988",
        "1992",
        "2012",
        "2017",
        "2022",
    ]


def test_goods_that_moved_are_found_in_the_other_edition_and_others_are_not_guessed() -> None:
    assert same_in("380810", "1996", "2012") == ("380891",)
    assert "380861" in same_in("380891", "2012", "2022")
    assert same_in("293972", "2022", "2012") == ("293991",)
    assert same_in("380891", "2022", "2022") == ("380891",)
    assert same_in("240220", "1996", "2022") == ()
    assert same_in("380810", "2012", "2022") == ()


@given(known, st.sampled_from(EDITIONS), st.sampled_from(EDITIONS))
def test_what_a_code_is_in_another_edition_leads_back(code: str, edition: str, to: str) -> None:
    for moved in same_in(code, edition, to):
        assert code in same_in(moved, to, edition)
