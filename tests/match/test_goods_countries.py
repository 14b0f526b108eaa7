"""Countries as tables of seizures write them."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.core.kinds import countries as kept
from entente.match.goods.countries import (
    CITES,
    FORMER,
    english,
    in_records,
    pack,
    read_country,
    settled,
    unpack,
)
from entente.match.goods.readings import TwoReadings

SHARED = Path(__file__).parents[3] / "shared" / "data" / "goods"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("DE", "de"),
        ("deu", "de"),
        ("276", "de"),
        ("4", "af"),
        ("004", "af"),
        ("Allemagne", "de"),
        ("Alemania", "de"),
        ("ألمانيا", "de"),
        ("CÔTE D'IVOIRE", "ci"),
        ("Cote d’Ivoire", "ci"),
        ("Iran (Islamic Republic of)", "ir"),
        ("Bolivia (Plurinational State of)", "bo"),
        ("Korea, Republic of", "kr"),
        ("Korea (Democratic People's Republic of)", "kp"),
        ("Congo, Democratic Republic of the", "cd"),
        ("Netherlands (the)", "nl"),
        ("Gambia, The", "gm"),
        ("St. Vincent and the Grenadines", "vc"),
        ("Trinidad & Tobago", "tt"),
        ("UK", "gb"),
        ("USA", "us"),
        ("EE.UU.", "us"),
        ("Turkey", "tr"),
        ("Kosovo under UNSCR 1244", "xk"),
        ("KV", "xk"),
        ("XF", "xf"),
        ("XX", "xx"),
        ("zz", "zz"),
        ("xc", "xc"),
        ("USSR", "su"),
        ("Czechoslovakia", "zc"),
        ("ZC", "zc"),
        ("Burma", "mm"),
    ],
)
def test_a_country_is_read_by_name_and_code(text: str, code: str) -> None:
    assert read_country(text) == code


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("Congo", {"cg", "cd"}),
        ("the Congo", {"cg", "cd"}),
        ("Korea", {"kr", "kp"}),
        ("Corée", {"kr", "kp"}),
        ("كوريا", {"kr", "kp"}),
        ("Guinea", {"gn", "gw", "gq", "pg"}),
        ("Virgin Islands", {"vg", "vi"}),
        ("CS", {"zc", "cs"}),
    ],
)
def test_a_name_of_several_countries_is_asked(text: str, choices: set[str]) -> None:
    with pytest.raises(TwoReadings, match=r"^may be ") as two:
        read_country(text.removeprefix("the "))
    assert set(two.value.choices) == choices


def test_where_the_others_stand_in_the_same_column_the_name_that_is_left_is_settled() -> None:
    names = ["Guinea", "Guinea-Bissau", "Equatorial Guinea", "Papua New Guinea", "Congo", "DRC", "Korea"]
    assert settled(names) == {"Guinea": "gn", "Congo": "cg"}


@pytest.mark.parametrize(
    ("text", "year", "code"),
    [
        ("SU", 1985, "su"),
        ("Yugoslavia", 1999, "yu"),
        ("CS", 1990, "zc"),
        ("CS", 2005, "cs"),
        ("891", 2001, "yu"),
        ("DD", 1988, "dd"),
        ("DD", 1995, "de"),
        ("ZR", 1990, "zr"),
        ("Zaire", 2005, "cd"),
        ("YD", 2000, "ye"),
        ("AN", 2010, "an"),
    ],
)
def test_a_country_that_ended_is_itself_in_its_time_and_its_one_successor_later(
    text: str, year: int, code: str
) -> None:
    assert read_country(text, date(year, 6, 1)) == code


@pytest.mark.parametrize("text", ["SU", "YU", "CS", "AN", "Czechoslovakia", "Serbia and Montenegro"])
def test_a_country_that_was_divided_is_asked_for_a_later_day(text: str) -> None:
    with pytest.raises(TwoReadings, match="ended in") as two:
        read_country(text, date(2020, 1, 1))
    assert len(two.value.choices) > 1


@pytest.mark.parametrize("text", ["", "Atlantis", "Q1", "000", "999", "n/a", "Europe and Asia", "---"])
def test_what_is_no_country_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^is (no country|empty)"):
        read_country(text)


def test_a_mistyped_name_is_told_what_it_is_like_and_not_taken() -> None:
    with pytest.raises(ValueError, match="it is like Germany"):
        read_country("Germnay")


@given(st.sampled_from(sorted(code for code in kept.names() if len(code) == 2)))
def test_every_code_reads_as_itself_and_comes_back_from_its_number(code: str) -> None:
    if code in {one.code for one in FORMER} | {"cs"}:
        return
    assert read_country(code) == code
    assert unpack(pack(code)) == code
    assert in_records(code) == code


def test_numbers_are_those_of_two_letters_from_one() -> None:
    assert [pack("aa"), pack("az"), pack("ba"), pack("zz"), pack("")] == [1, 26, 27, 676, 0]
    assert unpack(0) == ""
    assert pack("suhh") == pack("su") and pack("cshh") == pack("zc")
    assert pack("gb-sct") == 0
    with pytest.raises(ValueError, match="is no number"):
        unpack(677)


def test_a_record_holds_codes_that_its_kind_knows() -> None:
    for former in FORMER:
        assert in_records(former.code) in kept.codes() | {""}
    assert in_records("su") == "suhh"
    assert in_records("bu") == "mm"


def test_codes_of_cites_are_countries_of_its_tables() -> None:
    assert {read_country(code) for code in CITES} == set(CITES)


@given(st.text(max_size=30))
def test_any_text_is_a_country_or_a_reason(text: str) -> None:
    try:
        code = read_country(text)
    except ValueError as why:
        assert str(why)
    else:
        assert len(code) == 2 and english(code)


def test_names_of_public_lists_are_read_in_four_languages() -> None:
    path = SHARED / "country-codes.csv"
    if not path.exists():
        pytest.skip("shared/data/goods is not here")
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    wrong, asked = [], 0
    for row in rows:
        for language in ("English", "French", "Spanish", "Arabic"):
            if name := row[f"UNTERM {language} Short"]:
                try:
                    code = read_country(name)
                except TwoReadings as two:
                    asked += 1
                    code = next(one for one in two.choices if one == row["ISO3166-1-Alpha-2"].lower())
                if code != row["ISO3166-1-Alpha-2"].lower():
                    wrong.append(name)
    assert wrong == []
    assert asked == 8  # Congo and Guinea


def test_codes_of_the_cites_parties_are_read() -> None:
    path = SHARED / "cites_codes" / "cites_parties.tsv"
    if not path.exists():
        pytest.skip("shared/data/goods is not here")
    with path.open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["code"] != "KV"]
    assert len(rows) > 200
    for row in rows:
        said = date(1989, 1, 1) if row["code"] == "CS" else None
        assert read_country(row["code"], said) in (row["code"].lower(), "zc")
