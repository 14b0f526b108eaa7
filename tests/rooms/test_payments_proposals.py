"""What follows from a bank's answer, code by code."""

from dataclasses import replace

import pytest

from entente.core.access import Handling
from entente.core.things import Thing
from entente.match.banking import codes
from entente.rooms.payments.bank import items, proposals, references
from entente.rooms.payments.bank.items import Item
from entente.rooms.payments.history import fold
from entente.rooms.payments.intercept import Intercept
from entente.rooms.payments.model import InterceptForm

FORM = InterceptForm(amount="100.00", currency="EUR")


@pytest.fixture
def asked() -> Intercept:
    thing = Thing("0" * 32, "Intercept", Handling(owner=2), {"asset": ("EUR",), "receiver": ("3",)})
    return Intercept(thing, FORM, (), fold(10000, ()))


@pytest.mark.parametrize(
    ("status", "reason", "step"),
    [
        ("CNCL", "", "hold"),
        ("ACCR", "", "hold"),
        ("PECR", "", "hold"),
        ("PDCR", "", "pass"),
        ("PDNG", "", "pass"),
        ("FTNA", "", "move"),
        ("RJCR", "AM04", "move"),
        ("RJCR", "PTNA", "move"),
        ("RJCR", "NOOR", "not-found"),
        ("RJCR", "AC04", "not-found"),
        ("RJCR", "ARDT", "return"),
        ("RJCR", "NOAS", "refuse customer"),
        ("RJCR", "CUST", "refuse customer"),
        ("RJCR", "LEGL", "refuse legal"),
        ("RJCR", "RR04", "refuse legal"),
        ("RJCR", "AGNT", "refuse bank"),
        ("RJCR", "IDMN", "refuse indemnity"),
        ("RJCR", "INDM", "refuse indemnity"),
        ("RJCR", "RQDA", "refuse no-authority"),
        ("RJCR", "ADAC", "refuse no-authority"),
        ("RJCR", "NARR", "refuse other"),
        ("RJCR", "", "refuse other"),
        ("INFO", "", ""),
    ],
)
def test_each_answer_of_a_bank_means_a_step(asked: Intercept, status: str, reason: str, step: str) -> None:
    said = Item(1, "camt.029.001.09", "answer", status=status, reasons=(reason,) if reason else ())
    made = proposals.propose(said, asked, "receiver", set())
    do = made.do or {}
    told = [do.get("step", ""), do.get("reason", "") if do.get("step") == "refuse" else ""]
    assert " ".join(told).strip() == step
    assert made.waits == ("state" if step else "nothing")


def test_every_code_of_our_lists_is_understood_or_left_to_a_person(asked: Intercept) -> None:
    for status in (*codes.CONFIRMATION, *codes.GROUP):
        for reason in ("", *codes.REJECTION):
            said = Item(1, "camt.029", "answer", status=status, reasons=(reason,) if reason else ())
            made = proposals.propose(said, asked, "receiver", {"hold", "pass", "move", "refuse", "return"})
            assert made.waits in ("", "nothing", "state")
            assert items.read(items.Decided(said).text()) == items.Decided(said)


def test_the_references_of_two_sorts_are_each_other_s_reverse() -> None:
    assert references.short("XA-2026-0123456789") == "XA260123456789"
    assert references.short("EUROPOL-2026-0123456789") == ""
    assert references.long(" xa260123456789 ") == "XA-2026-0123456789"
    assert references.long("RCL-1") == "RCL-1"


@pytest.mark.parametrize(
    ("what", "status", "findings", "step"),
    [
        ("standing", "ACCC", (), "pass"),
        ("standing", "BLCK", (), "hold"),
        ("standing", "RJCT", (), "return"),
        ("standing", "ACSP", (), ""),
        ("response", "NRES", (), "not-found"),
        ("response", "COMP", ("AccountHolder NFOU", "AccountBalance NFOU"), "not-found"),
        ("response", "COMP", ("AccountHolder FOUN", "AccountBalance NFOU"), ""),
        ("text", "", (), ""),
    ],
)
def test_reports_answers_to_authorities_and_texts_mean_a_step_where_they_say_one(
    asked: Intercept, what: str, status: str, findings: tuple[str, ...], step: str
) -> None:
    said = Item(1, "a message", what, status=status, findings=findings)
    made = proposals.propose(said, asked, "receiver", set())
    assert (made.do or {}).get("step", "") == step


def test_the_bureau_that_asked_answers_where_it_owes_an_answer_and_else_asks(asked: Intercept) -> None:
    said = Item(1, "camt.029.001.09", "answer", status="RJCR", reasons=("LEGL",))
    owes = replace(asked, standing=replace(asked.standing, asked="requester"))
    for intercept, step in ((asked, "ask"), (owes, "inform")):
        made = proposals.propose(said, intercept, "requester", {"ask", "inform"})
        assert made.do and made.do["step"] == step and made.waits == ""
        assert "RJCR LEGL: Cancellation refused: The law forbids it" in made.do["why"]
