"""Categories mean something in their scheme and edition alone; what nobody explained is never guessed."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.core.problems import Faulty
from entente.rooms.series.formats import COMMON, UNMAPPED, Scheme, built_in, common, scheme_from, scheme_of

OWN = {
    "S1": {"label": "Grave", "common": "csam", "baseline": True},
    "7": {"label": "Other", "common": "generated"},
}


@pytest.mark.parametrize(
    ("scheme", "code", "told"),
    [
        ("US", "0", "non-pertinent"),
        ("US", "1", "csam"),
        ("US", "2", "exploitative"),
        ("US", "3", "generated"),
        ("US", "4", "comparison"),
        ("US", "5", "uncategorised"),
        ("UK", "1", "csam"),
        ("UK", "2", "csam"),
        ("UK", "3", "csam"),
        ("us", " 1 ", "csam"),
    ],
)
def test_a_code_has_its_place_in_the_common_scheme(scheme: str, code: str, told: str):
    assert common(scheme, "2.0", code) == told


def test_one_number_means_different_things_in_two_schemes():
    assert common("US", "2.0", "2") != common("UK", "2.0", "2")


@pytest.mark.parametrize(
    ("scheme", "edition", "code"),
    [
        ("US", "2.0", "6"),
        ("US", "2.0", "01"),
        ("US", "2.0", "1.0"),
        ("US", "3.0", "1"),
        ("US", "", "1"),
        ("UK", "2.0", "4"),
        ("Default", "2.0", "1"),
        ("CUSTOM", "2.0", "1"),
        ("", "", "1"),
    ],
)
def test_what_nobody_explained_is_unmapped(scheme: str, edition: str, code: str):
    assert common(scheme, edition, code) == UNMAPPED


def test_no_code_is_nothing():
    assert common("US", "2.0", "") == common("US", "2.0", " ") == ""


def test_every_scheme_of_the_house_has_an_edition_a_source_and_maps_into_the_common_scheme():
    assert {one.name for one in built_in()} == {"common", "US", "UK", "ICSE"}
    for one in built_in():
        assert one.edition and one.source and one.codes
        assert {meaning.common for meaning in one.codes.values()} <= set(COMMON)
    ours = scheme_of("common", "1")
    assert ours and {code: meaning.common for code, meaning in ours.codes.items()} == {c: c for c in COMMON}
    icse = scheme_of("ICSE", "1")
    assert icse and [code for code, meaning in icse.codes.items() if meaning.baseline] == ["baseline"]


def test_a_bureau_has_a_scheme_of_its_own():
    own = scheme_from("Utopia", "2026", json.dumps(OWN))
    assert own == scheme_from(" Utopia ", "2026", OWN)
    assert common("Utopia", "2026", "S1", [own]) == "csam" and own.codes["S1"].baseline
    assert common("Utopia", "2026", "8", [own]) == common("Utopia", "2025", "7", [own]) == UNMAPPED
    assert common("Utopia", "2026", "7") == UNMAPPED


def test_a_bureaus_scheme_never_takes_the_place_of_the_houses():
    other = Scheme("US", "2.0", {})
    assert common("US", "2.0", "1", [other]) == "csam"
    with pytest.raises(Faulty) as told:
        scheme_from("us", "2.0", OWN)
    assert [fault.where for fault in told.value.faults] == ["name"]


def test_every_fault_of_a_scheme_is_told_at_once():
    wrong: dict[str, Any] = {
        "": {"label": "a", "common": "csam"},
        "1": {"label": "", "common": "grave", "baseline": 3, "odd": 1},
        "2": "csam",
        "3": {"label": "data:image/png;base64,iVBORw0KGgo=", "common": ["csam"]},
        "4": {"label": "fine", "common": "csam", "baseline": "true"},
    }
    with pytest.raises(Faulty) as told:
        scheme_from("", "x" * 61, wrong)
    assert [fault.where for fault in told.value.faults] == [
        "name",
        "edition",
        "categories/",
        "categories/1/label",
        "categories/1/common",
        "categories/1/baseline",
        "categories/1",
        "categories/2",
        "categories/3/label",
        "categories/3/common",
    ]


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", "7", "no json", "[" * 100_000, {str(n): {} for n in range(101)}]
)
def test_what_is_no_scheme_is_refused(content: Any):
    with pytest.raises(Faulty) as told:
        scheme_from("Utopia", "1", content)
    assert "categories" in {fault.where for fault in told.value.faults}


@given(
    st.dictionaries(
        st.text(max_size=50),
        st.none() | st.text() | st.dictionaries(st.text(), st.none() | st.text() | st.booleans()),
    )
)
def test_a_scheme_is_taken_whole_or_refused_with_faults(content: dict[str, Any]):
    try:
        own = scheme_from("Utopia", "1", content)
    except Faulty as told:
        assert told.faults
    else:
        assert {common("Utopia", "1", code, [own]) for code in content} <= set(COMMON)
