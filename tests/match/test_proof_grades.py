"""Grades as they came, and on one scale."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.match.proofs import paper

from entente.match.proof import SCHEMES, evidence_faults, read_grade, suspected_false
from entente.match.proof.claims import pages_of


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_every_code_of_a_scheme_is_read_and_written_as_it_came(scheme: str) -> None:
    known = SCHEMES[scheme]
    for source in known.source:
        for information in known.information:
            for handling in ("", *known.handling):
                text = source + information + handling
                assert read_grade(scheme, text).text == text
                assert read_grade(scheme, f" {source.lower()}/{information} {handling}").text == text


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        ("3x5x2", "4A"),
        ("3x5x2", "A1"),
        ("5x5x5", "F1"),
        ("4x4", "D1"),
        ("4x4", "A5"),
        ("6x6", "G1"),
        ("", "A1"),
    ],
)
def test_a_code_of_another_scheme_is_refused(scheme: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"^is "):
        read_grade(scheme, text)


def test_suspected_false_is_of_the_information_never_of_the_source() -> None:
    assert suspected_false("3x5x2", "1E") and suspected_false("5x5x5", "A5") and suspected_false("6x6", "b5")
    assert not suspected_false("5x5x5", "E1")
    assert not suspected_false("6x6", "E1")
    assert not suspected_false("4x4", "X4")
    assert not suspected_false("3x5x2", "")


@given(st.text(max_size=8), st.text(max_size=5))
def test_any_text_is_read_or_refused(scheme: str, text: str) -> None:
    assert suspected_false(scheme, text) in (True, False)


def test_the_same_mapping_is_lossy_and_the_original_stays() -> None:
    two = read_grade("6x6", "C3"), read_grade("6x6", "D3")
    assert two[0].common_source == two[1].common_source
    assert two[0].text != two[1].text


def test_pages_of_a_pinpoint_are_held_against_the_document() -> None:
    assert pages_of("p. 12") == (12,)
    assert pages_of("pages 3-5, para 9") == (3, 5)
    assert pages_of("para 34") == ()
    assert [f.where for f in evidence_faults(paper(pinpoint="p. 13", pages=12), "/evidence/0")] == [
        "/evidence/0/pinpoint"
    ]
    wrong = paper(kind="rumour", hash="abc", quote="word " * 51)
    assert [f.where for f in evidence_faults(wrong)] == ["/kind", "/hash", "/quote"]
    assert evidence_faults(paper()) == []
