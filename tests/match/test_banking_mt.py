"""SWIFT's text messages: how they are put together, what they say, and what is refused."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.match.banking_cases import NOW, PAYER, RECALL, UETR, recalls

from entente.match.banking import codes, mt, mt_reading, reading
from entente.match.banking.grammar import Unfit
from entente.match.banking.payments import Agent, Original

HEAD = (
    "{1:F01XBBKXB2LAXXX0000000000}{2:O1030900261128XABKXA2LAXXX00000000002611280900N}{3:{121:" + UETR + "}}"
)
MT103 = f"""{HEAD}{{4:
:20:REF1
:23B:CRED
:32A:261128EUR41250,00
:33B:USD45000,00
:50K:/{PAYER.iban}
ANA TORRES
1 HIGH STREET
:56A:XCBKXC2L
:57A:XCBKXC2LABC
:59:/123456
MULE LTD
:70:/ROC/E2E-1
INVOICE 7
:71A:SHA
-}}{{5:{{CHK:123456789ABC}}}}
"""


def said(text: str) -> str:
    with pytest.raises(Unfit) as refused:
        reading.read(text.encode(), NOW)
    assert all(f.where.startswith(("line ", "the text")) for f in refused.value.faults)
    return "; ".join(f"{f.where} {f.what}" for f in refused.value.faults)


def test_a_victims_mt103_gives_the_facts_of_a_request():
    (payment,) = reading.read(MT103.encode())
    assert payment.original == Original("REF1", "MT103", "REF1", "E2E-1", "", UETR)
    assert (payment.amount, payment.currency, payment.settled) == (4125000, "EUR", date(2026, 11, 28))
    assert payment.instructed == (4500000, "USD")
    assert (payment.debtor.iban, payment.debtor.name) == (PAYER.iban, "ANA TORRES")
    assert payment.debtor.agent == Agent("XABKXA2L"), "the sender's own customer, as field 52 is not there"
    assert (payment.creditor.account, payment.creditor.name) == ("123456", "MULE LTD")
    assert payment.creditor.agent == Agent("XCBKXC2LABC")
    assert (payment.intermediaries, payment.bearer) == ((Agent("XCBKXC2L"),), "SHA")
    assert payment.remittance == ("/ROC/E2E-1", "INVOICE 7")


def test_an_account_that_only_looks_like_an_iban_stays_an_account():
    """ZZ has no IBANs, and DE's are longer: neither can be one that was mistyped."""
    for account in ("ZZ12345678901234567", "DE8937040044053201", "XB99123456"):
        (payment,) = reading.read(MT103.replace(":59:/123456", f":59:/{account}").encode())
        assert (payment.creditor.iban, payment.creditor.account) == ("", account)


def test_fields_alone_are_read_where_only_they_were_copied():
    body = MT103[MT103.index(":20:") : MT103.index("-}")]
    (payment,) = reading.read(body.encode())
    assert payment.amount == 4125000
    assert reading.kind_of(body.encode()) == "MT103"


def test_parties_in_numbered_lines_and_by_bic_are_read():
    text = MT103.replace("ANA TORRES\n1 HIGH STREET", "1/ANA\n1/TORRES\n2/1 HIGH STREET\n3/XA/CITY")
    text = text.replace(":50K:", ":50F:").replace(":59:/123456\nMULE LTD", ":59A:/123456\nXBBKXB2L")
    (payment,) = reading.read(text.encode())
    assert (payment.debtor.name, payment.debtor.country) == ("ANA TORRES", "XA")
    assert (payment.creditor.name, payment.creditor.account) == ("XBBKXB2L", "123456")


def test_a_bank_transfer_is_read():
    text = f"""{HEAD.replace("O103", "O202")}{{4:
:20:REF2
:21:REF1
:32A:261128JPY1050,
:52A:XABKXA2L
:58A:/99
XCBKXC2L
-}}"""
    (payment,) = reading.read(text.encode())
    assert (payment.amount, payment.currency) == (1050, "JPY")
    assert (payment.original.kind, payment.creditor.name) == ("MT202", "XCBKXC2L")


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (
            "EUR41250,00",
            "EUR41250,001",
            "line 4: 32A field 32A .date, currency and amount.: .* has 3 decimals, and EUR has 2",
        ),
        ("EUR41250,00", "JPY10,50", "line 4: 32A .* has 2 decimals, and JPY has 0"),
        ("EUR41250,00", "ZZZ10,50", "line 4: 32A .* no currency"),
        ("EUR41250,00", "EUR41250.00", "line 4: 32A .* is no amount"),
        ("261128EUR", "261328EUR", "line 4: 32A .* begins with no date"),
        (":71A:SHA\n", "", "line 1: 71A field 71A .who bears the charges. is missing"),
        (
            ":71A:SHA",
            ":71A:SHA\n:32A:261128EUR1,00",
            "line 16: 32A field 32A .date, currency and amount. stands here twice",
        ),
        ("XCBKXC2LABC", "XCBKZZ2L", "line 10: 57A .* no country is called ZZ"),
        ("MULE LTD", "MULE_LTD", "line 11: 59 field 59 .payee. has “_”, which character set x has not"),
        ("MULE LTD", "M" * 38, "line 11: 59 field 59 .payee. has a line of 38 characters"),
        (":20:REF1", ":20:/REF1", "line 2: 20 .* stroke"),
        (
            ":20:REF1",
            ":20:REFERENCE-1234567",
            "line 2: 20 field 20 .own reference. has a line of 17 characters",
        ),
        (UETR, "not-a-uuid", "121 .* no UUID of version 4"),
        (":20:REF1\n", "stray\n:20:REF1\n", "line 2: block 4 the line “stray” is of no field"),
        ("-}", "", "line 1: block 4 block 4 has no end"),
        (":59:/123456\nMULE LTD\n", "", "line 1: 59 field 59 .payee. is missing"),
        (
            ":59:/123456",
            ":59:/XB991234567890123",
            "line 11: 59 the account in field 59 .payee.: “XB991234567890123” has wrong check digits",
        ),
        (
            PAYER.iban,
            "DE89370400440532013001",
            "line 6: 50K the account in field 50K .payer.: .* wrong check",
        ),
        ("O103", "O950", "the message is MT950; read are 103, 192"),
    ],
)
def test_every_fault_of_a_text_message_names_its_line_and_field(right, wrong, told):
    assert right in MT103
    assert re.search(told, said(MT103.replace(right, wrong, 1)))


# --- recalls and answers -------------------------------------------------------------------------

short = replace(RECALL, original=Original("REF1", "MT103", "REF1", uetr=UETR))


def test_a_recall_is_written_as_fin_has_it():
    text = mt_reading.write_mt192(short)
    assert text.split("\r\n") == [
        f"{{1:F01XABKXA2LAXXX0000000000}}{{2:I192XBBKXB2LXXXXN}}{{3:{{121:{UETR}}}}}{{4:",
        ":20:ENT-2026-000001",
        ":21:REF1",
        ":11S:103",
        "261128",
        ":79:/FRAD/",
        "32A 261128EUR41250,00",
        f"PAYER {PAYER.iban} Ana Torres XABKXA2L",
        f"PAYEE {short.creditor.iban} Mule Ltd XBBKXB2L",
        "business e-mail compromise",
        "-}",
        "",
    ]


@settings(max_examples=300, deadline=None)
@given(recalls(), st.from_regex(r"[A-Z0-9]([A-Z0-9-]{0,14}[A-Z0-9])?", fullmatch=True))
def test_whatever_is_recalled_keeps_to_fins_lines_and_characters(recall, reference):
    """The names are awkward, the reference is such as we give."""
    recall = replace(
        recall,
        assignment=reference,
        settled=recall.settled or date(2026, 1, 2),
        original=replace(recall.original, message=reference),
        assignee=Agent("XBBKXB2L"),
        information=recall.information[:1],
    )
    text = mt_reading.write_mt192(recall)
    body = text.split("{4:\r\n")[1].removesuffix("-}\r\n")
    assert re.fullmatch(r"[a-zA-Z0-9/\-?:().,'+ \r\n]*", body)
    assert all(len(line.removeprefix(":79:")) <= 50 for line in body.split("\r\n"))
    (read,) = reading.read(text.encode(), NOW)
    assert (read.reason, read.assignment, read.original.message) == (recall.reason, reference, reference)
    assert read.original.uetr == recall.original.uetr
    assert (read.assigner.bic, read.assignee.bic) == (
        recall.assigner.bic.removesuffix("XXX") if len(recall.assigner.bic) == 11 else recall.assigner.bic,
        "XBBKXB2L",
    )


def test_a_recall_that_repeats_the_original_gives_its_facts():
    copy = MT103[MT103.index(":20:REF1") : MT103.index("-}")]
    text = mt_reading.write_mt192(short).replace("\r\n", "\n").replace("-}", copy + "-}")
    (read,) = reading.read(text.encode(), NOW)
    assert (read.amount, read.currency, read.settled) == (4125000, "EUR", date(2026, 11, 28))
    assert (read.debtor.iban, read.creditor.account) == (PAYER.iban, "123456")
    assert read.assignment == "ENT-2026-000001"


def test_a_recall_for_a_reason_of_no_list_is_refused():
    text = mt_reading.write_mt192(short).replace("/FRAD/", "/XXXX/")
    assert re.search("79 .* no cancellation reason", said(text))


@pytest.mark.parametrize(
    ("reference", "told"),
    [("X" * 17, "20: field 20 .own reference. has a line of 17"), ("A//B", "20: .* stroke")],
)
def test_a_reference_that_fin_cannot_carry_is_not_written(reference, told):
    with pytest.raises(Unfit, match=told):
        mt_reading.write_mt192(replace(short, assignment=reference))


@pytest.mark.parametrize("reasons", [(), ("AM04",), ("AM04", "NARR")])
def test_an_answer_is_read_with_its_reasons_and_words(reasons):
    states = [f"/RJCR/{reason}" for reason in reasons] or ["/RJCR/"]
    text = mt.write(
        "196",
        "XBBKXB2L",
        "XABKXA2L",
        [("20", ["ANS-1"]), ("21", ["CASE-1"]), ("76", states), ("77A", ["drawn in cash"])],
        UETR,
    )
    (read,) = reading.read(text.encode(), NOW)
    assert (read.case, read.confirmation, read.reasons) == ("CASE-1", "RJCR", reasons)
    assert (read.assigner, read.assignee) == (Agent("XBBKXB2L"), Agent("XABKXA2L"))
    assert (read.information, read.original.uetr) == (("drawn in cash",), UETR)
    assert codes.follows(read.confirmation, read.reasons) == ("moved-on" if reasons else "refused")


@pytest.mark.parametrize(
    ("told", "state", "reasons"),
    [
        ("/CNCL/", "CNCL", ()),
        ("/RJCR/AM04", "RJCR", ("AM04",)),
        ("/RJCR//AM04/GONE", "RJCR", ("AM04", "GONE")),
        ("/PDCR/\n/RQDA/", "PDCR", ("RQDA",)),
    ],
)
def test_the_codes_of_an_answer_are_found_as_banks_write_them(told, state, reasons):
    text = f":20:A1\n:21:C1\n:76:{told}\n"
    if "GONE" in reasons:
        assert re.search("76 .* neither a state", said(text))
        return
    (read,) = reading.read(text.encode(), NOW)
    assert (read.confirmation, read.reasons) == (state, reasons)


def test_an_answer_without_a_code_is_refused():
    assert re.search("76 .* says no state", said(":20:A1\n:21:C1\n:76:WE WILL SEE\n"))


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=1500).filter(lambda text: bool(mt.wrapped(text, 50))))
def test_free_text_is_wrapped_into_lines_that_fin_takes(text):
    wrapped = mt.wrapped(text, 50)
    if len(wrapped) > 35:
        with pytest.raises(Unfit, match="at most 35 fit"):
            mt_reading.write_mt199("XABKXA2L", "XBBKXB2L", "REF1", text)
        return
    sent = mt_reading.write_mt199("XABKXA2L", "XBBKXB2L", "REF1", text, related="REF0")
    (read,) = reading.read(sent.encode())
    assert read.get("79").lines == tuple(wrapped)
    assert (read.kind, read.text("21")) == ("199", "REF0")


@pytest.mark.parametrize("mark", [":", "-"])
def test_no_line_of_a_text_begins_with_a_mark_that_fin_reads_as_a_field_or_an_end(mark):
    words = f"{'x' * 49} {mark}20{mark}not a field"
    assert mt.wrapped(words, 50)[1].startswith(f".{mark}20")
    sent = mt_reading.write_mt199("XABKXA2L", "XBBKXB2L", "REF1", words)
    (read,) = reading.read(sent.encode())
    assert [f.tag for f in read.fields] == ["20", "79"]
