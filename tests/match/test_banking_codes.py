"""Our tables of codes beside ISO's lists, where those are."""

import json

import pytest
from tests.match.banking_cases import SHARED

from entente.match.banking import codes

LISTS = {
    "external_cancellation_reason_code": frozenset(codes.CANCELLATION),
    "external_payment_cancellation_rejection_code": frozenset(codes.REJECTION) - {"INDM"},
    "external_investigation_execution_confirmation_code": frozenset(codes.CONFIRMATION),
    "external_return_reason_code": frozenset(codes.RETURN) | codes.OTHER_RETURNS,
}


@pytest.mark.parametrize("name", LISTS)
def test_every_code_of_ours_is_one_of_iso(name):
    path = SHARED / "codes" / f"{name}.json"
    if not path.exists():
        pytest.skip("shared/data/payments/iso20022/codes is not here")
    theirs = json.loads(path.read_text("utf-8"))["codes"]
    assert LISTS[name] <= theirs.keys()


def test_labels_are_our_own_words():
    for table in (codes.CANCELLATION, codes.REJECTION, codes.CONFIRMATION, codes.RETURN, codes.PAYMENT):
        assert all(0 < len(label) <= 50 for label in table.values())


def test_a_return_has_words_or_needs_none():
    assert not codes.OTHER_RETURNS & codes.RETURN.keys()


@pytest.mark.parametrize(
    ("status", "reasons", "means"),
    [
        ("CNCL", (), "cancelled"),
        ("ACCR", (), "cancelled"),
        ("PDCR", (), "waits"),
        ("PDNG", (), "waits"),
        ("PECR", (), "part"),
        ("FTNA", (), "moved-on"),
        ("RJCR", ("AM04",), "moved-on"),
        ("RJCR", ("PTNA",), "moved-on"),
        ("RJCR", ("NOOR",), "not-found"),
        ("RJCR", ("ARDT",), "returned"),
        ("RJCR", ("IDMN",), "waits"),
        ("RJCR", ("INDM",), "waits"),
        ("RJCR", ("RQDA",), "waits"),
        ("RJCR", ("AC04",), "refused"),
        ("RJCR", ("LEGL",), "refused"),
        ("RJCR", ("NARR", "NOOR"), "not-found"),
        ("RJCR", (), "refused"),
        ("SMTC", (), ""),
    ],
)
def test_what_an_answer_means_for_an_intercept(status, reasons, means):
    assert codes.follows(status, reasons) == means


def test_both_spellings_of_an_indemnity_are_taken():
    assert codes.REJECTION["IDMN"] == codes.REJECTION["INDM"]
