"""Answers (camt.029), returns (pacs.004), states (pacs.002), questions (pacs.028) and orders (pacs.008)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.match.banking_cases import (
    ANSWER,
    NOW,
    ORIGINAL,
    PAYEE,
    PAYER,
    UETR,
    agents,
    amounts,
    banks,
    days,
    ids,
    lines,
    originals,
    schemas,
    times,
    words,
)

from entente.match.banking import camt029, codes, pacs002, pacs004, pacs008
from entente.match.banking.camt029 import Answer
from entente.match.banking.documents import against_schema
from entente.match.banking.grammar import Unfit
from entente.match.banking.pacs004 import Returned
from entente.match.banking.payments import Agent

NOTHING = (0, "")
maybe_amounts = st.one_of(st.just(NOTHING), amounts)
maybe_days = st.one_of(st.none(), days)


@pytest.fixture(scope="module")
def published() -> dict[str, bytes]:
    return schemas()


charges = st.lists(st.tuples(amounts, banks).map(lambda t: (*t[0], t[1])), max_size=2).map(tuple)
rejections = st.lists(st.sampled_from(sorted(codes.REJECTION)), max_size=3).map(tuple)
answers = st.builds(
    Answer,
    assignment=ids,
    case=ids,
    assigner=banks,
    assignee=agents,
    created=times,
    confirmation=st.sampled_from(sorted(codes.CONFIRMATION)),
    status=st.sampled_from(["", "ACCR", "PDCR", "RJCR"]),
    reasons=rejections,
    own_reasons=st.lists(words(35), max_size=1).map(tuple),
    information=lines,
    original=originals,
    amount=maybe_amounts,
    settled=maybe_days,
    resolved=maybe_amounts,
    resolved_on=maybe_days,
    charges=charges,
)


@settings(max_examples=250, deadline=None)
@given(answers)
def test_whatever_is_answered_is_valid_and_read_back_as_it_was(published, answer):
    data = camt029.write(answer)
    assert against_schema(data, published) == []
    assert camt029.read(data, NOW) == [answer]


@pytest.mark.parametrize("version", ["001.09", "001.10", "001.13"])
def test_all_three_versions_of_an_answer_are_valid_and_read(published, version):
    data = camt029.write(ANSWER).replace(b"camt.029.001.09", f"camt.029.{version}".encode())
    assert against_schema(data, published) == []
    assert camt029.read(data) == [ANSWER]


def test_one_answer_tells_each_payment_of_its_case(published):
    other = replace(
        ANSWER, status="ACCR", reasons=(), resolved=(900, "EUR"), original=replace(ORIGINAL, uetr="")
    )
    data = camt029.write(ANSWER, other)
    assert against_schema(data, published) == []
    assert camt029.read(data) == [ANSWER, other]


def test_an_answer_that_names_no_payment_answers_the_case():
    data = camt029.write(ANSWER).decode()
    start, end = data.index("<CxlDtls>"), data.index("</CxlDtls>") + len("</CxlDtls>")
    (answer,) = camt029.read((data[:start] + data[end:]).encode())
    assert (answer.case, answer.confirmation, answer.status) == ("CASE-1", "RJCR", "")
    assert answer.original.uetr == ""


def test_an_answer_to_a_whole_group_is_told_with_its_own_state():
    data = camt029.write(ANSWER).decode()
    start, end = data.index("<TxInfAndSts>"), data.index("</CxlDtls>")
    group = "<OrgnlGrpInfAndSts><OrgnlMsgId>M1</OrgnlMsgId><OrgnlMsgNmId>pacs.008</OrgnlMsgNmId>"
    group += (
        "<GrpCxlSts>PACR</GrpCxlSts><CxlStsRsnInf><Rsn><Cd>NARR</Cd></Rsn></CxlStsRsnInf></OrgnlGrpInfAndSts>"
    )
    (answer,) = camt029.read((data[:start] + group + data[end:]).encode())
    assert (answer.status, answer.reasons, answer.original.message) == ("PACR", ("NARR",), "M1")


def test_an_answer_to_nothing_is_refused():
    data = camt029.write(ANSWER).decode()
    for name in ("RslvdCase", "CxlDtls"):
        start, end = data.index(f"<{name}>"), data.index(f"</{name}>") + len(f"</{name}>")
        data = data[:start] + data[end:]
    with pytest.raises(Unfit, match="RslvdCase: is missing, and no payment"):
        camt029.read(data.encode())


def test_a_refusal_for_a_reason_of_no_list_is_refused(published):
    data = camt029.write(ANSWER).replace(b">AM04<", b">XXXX<")
    assert against_schema(data, published) == []
    with pytest.raises(Unfit, match="Cd: “XXXX” is no reason of a refused cancellation"):
        camt029.read(data)


@pytest.mark.parametrize("spelt", ["IDMN", "INDM"])
def test_an_indemnity_is_understood_in_both_spellings(spelt):
    (answer,) = camt029.read(camt029.write(replace(ANSWER, reasons=(spelt,))))
    assert codes.follows(answer.status, answer.reasons) == "waits"


# --- returns -------------------------------------------------------------------------------------

RETURNED = Returned(
    message="RET-1",
    created=NOW,
    id="RET-1-1",
    original=ORIGINAL,
    amount=(1500000, "EUR"),
    original_amount=(4125000, "EUR"),
    settled=date(2026, 11, 29),
    reasons=("FOCR",),
    sender=Agent("XBBKXB2L"),
    receiver=Agent("XABKXA2L"),
)
returned = st.builds(
    Returned,
    message=ids,
    created=times,
    id=ids,
    original=originals,
    amount=amounts,
    original_amount=maybe_amounts,
    original_settled=maybe_days,
    settled=maybe_days,
    instructed=maybe_amounts,
    rate=st.one_of(
        st.none(), st.decimals(Decimal("0.0001"), Decimal(9999), places=4, allow_nan=False).filter(bool)
    ),
    charges=charges,
    reasons=st.lists(st.sampled_from(sorted(codes.RETURN)), max_size=2).map(tuple),
    information=lines,
    sender=banks,
    receiver=agents,
)


@settings(max_examples=250, deadline=None)
@given(returned)
def test_whatever_is_returned_is_valid_and_read_back_as_it_was(published, back):
    data = pacs004.write(back)
    assert against_schema(data, published) == []
    assert pacs004.read(data, NOW) == [back]


def test_both_versions_of_a_return_are_valid_and_read(published):
    data = pacs004.write(RETURNED).replace(b"pacs.004.001.09", b"pacs.004.001.10")
    assert against_schema(data, published) == []
    assert pacs004.read(data) == [RETURNED]


def test_a_total_that_is_not_the_sum_is_refused():
    second = replace(RETURNED, id="RET-1-2", amount=(100, "EUR"))
    data = pacs004.write(RETURNED, second).decode()
    total = '<TtlRtrdIntrBkSttlmAmt Ccy="EUR">{}</TtlRtrdIntrBkSttlmAmt><SttlmInf>'
    assert len(pacs004.read(data.replace("<SttlmInf>", total.format("15001.00")).encode())) == 2
    with pytest.raises(Unfit, match="not the sum"):
        pacs004.read(data.replace("<SttlmInf>", total.format("15001.01")).encode())


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (b"<NbOfTxs>1<", b"<NbOfTxs>3<", "says 3, and 1 stand there"),
        (b">FOCR<", b">FRAD<", "“FRAD” is no reason of a return"),
        (b'Ccy="EUR">15000.00', b'Ccy="EUR">15000.001', "has 3 decimals, and EUR has 2"),
        (
            b'<RtrdIntrBkSttlmAmt Ccy="EUR">15000.00</RtrdIntrBkSttlmAmt>',
            b"",
            "RtrdIntrBkSttlmAmt: is missing",
        ),
    ],
)
def test_a_return_that_does_not_add_up_is_refused(right, wrong, said):
    data = pacs004.write(RETURNED)
    assert right in data
    with pytest.raises(Unfit, match=said):
        pacs004.read(data.replace(right, wrong))


# --- states, questions, orders -------------------------------------------------------------------


def document(name: str, inside: str) -> bytes:
    return f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{name}">{inside}</Document>'.encode()


def report(status: str, reason: str = "") -> bytes:
    why = f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>" if reason else ""
    head = "<GrpHdr><MsgId>S1</MsgId><CreDtTm>2026-11-29T09:00:00Z</CreDtTm></GrpHdr>"
    row = f"<OrgnlEndToEndId>E1</OrgnlEndToEndId><OrgnlUETR>{UETR}</OrgnlUETR><TxSts>{status}</TxSts>{why}"
    return document(
        "pacs.002.001.10", f"<FIToFIPmtStsRpt>{head}<TxInfAndSts>{row}</TxInfAndSts></FIToFIPmtStsRpt>"
    )


def test_the_state_of_a_payment_is_read_with_its_reason(published):
    assert against_schema(report("RJCT", "AC06"), published) == []
    (standing,) = pacs002.read(report("RJCT", "AC06"), NOW)
    assert (standing.status, standing.reasons, standing.original.uetr) == ("RJCT", ("AC06",), UETR)
    assert pacs002.read(report("ACSC"))[0].reasons == ()


def test_a_state_of_no_list_is_refused(published):
    assert against_schema(report("GONE"), published) == []
    with pytest.raises(Unfit, match="TxSts: “GONE” is no state of a payment"):
        pacs002.read(report("GONE"))


@settings(max_examples=200, deadline=None)
@given(ids, times, originals, banks, agents)
def test_whatever_is_asked_of_a_payment_is_valid(published, message, created, original, sender, receiver):
    assert against_schema(pacs002.ask(message, created, original, sender, receiver), published) == []


ORDER = f"""<FIToFICstmrCdtTrf><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-28T17:05:00+01:00</CreDtTm>
<NbOfTxs>1</NbOfTxs><SttlmInf><SttlmMtd>CLRG</SttlmMtd></SttlmInf></GrpHdr>
<CdtTrfTxInf><PmtId><InstrId>I1</InstrId><EndToEndId>E1</EndToEndId><TxId>T1</TxId><UETR>{UETR}</UETR></PmtId>
<IntrBkSttlmAmt Ccy="EUR">41250.00</IntrBkSttlmAmt><IntrBkSttlmDt>2026-11-28</IntrBkSttlmDt>
<InstdAmt Ccy="USD">45000.00</InstdAmt><XchgRate>1.0909</XchgRate><ChrgBr>SHAR</ChrgBr>
<IntrmyAgt1><FinInstnId><BICFI>XCBKXC2L</BICFI></FinInstnId></IntrmyAgt1>
<Dbtr><Nm>Ana Torres</Nm></Dbtr><DbtrAcct><Id><IBAN>{PAYER.iban}</IBAN></Id></DbtrAcct>
<DbtrAgt><FinInstnId><BICFI>XABKXA2L</BICFI></FinInstnId></DbtrAgt>
<CdtrAgt><FinInstnId><BICFI>XBBKXB2L</BICFI></FinInstnId></CdtrAgt>
<Cdtr><Nm>Mule Ltd</Nm></Cdtr><CdtrAcct><Id><IBAN>{PAYEE.iban}</IBAN></Id></CdtrAcct>
<RmtInf><Ustrd>invoice 7</Ustrd></RmtInf></CdtTrfTxInf></FIToFICstmrCdtTrf>"""


def test_a_victims_order_gives_the_facts_of_a_request(published):
    data = document("pacs.008.001.08", ORDER)
    assert against_schema(data, published) == []
    (payment,) = pacs008.read(data, NOW)
    assert payment.original == replace(ORIGINAL, kind="pacs.008.001.08")
    assert (payment.amount, payment.currency, payment.instructed) == (4125000, "EUR", (4500000, "USD"))
    assert (payment.debtor.iban, payment.creditor.iban) == (PAYER.iban, PAYEE.iban)
    assert (payment.debtor.agent, payment.creditor.agent) == (PAYER.agent, PAYEE.agent)
    assert payment.ordered == datetime(2026, 11, 28, 16, 5, tzinfo=UTC)
    assert (payment.intermediaries, payment.remittance) == ((Agent("XCBKXC2L"),), ("invoice 7",))
    assert payment.line == 3


def test_an_order_of_yen_has_no_decimals():
    data = document("pacs.008.001.08", ORDER.replace('Ccy="EUR">41250.00', 'Ccy="JPY">41250.00'))
    with pytest.raises(
        Unfit, match=r"line 4: .*IntrBkSttlmAmt: “41250.00” JPY has 2 decimals, and JPY has 0"
    ):
        pacs008.read(data)
