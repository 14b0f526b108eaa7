"""Recalls (camt.056): what we write is valid and read back; what the schema lets through and we do not."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from tests.match.banking_cases import NOW, PAYEE, RECALL, UETR, iban, recalls, schemas

from entente.match.banking import camt056
from entente.match.banking.documents import against_schema
from entente.match.banking.grammar import Unfit
from entente.match.banking.payments import Agent, End, Original


@pytest.fixture(scope="module")
def published() -> dict[str, bytes]:
    return schemas()


def faults(data: bytes | str, now=NOW) -> dict[str, str]:
    """Field (the last of its path) to what is said of it; each must have a line."""
    with pytest.raises(Unfit) as refused:
        camt056.read(data.encode() if isinstance(data, str) else data, now)
    assert all(f.where.startswith("line ") and ": " in f.where and f.what for f in refused.value.faults)
    return {f.where.rpartition("/")[2]: f.what for f in refused.value.faults}


def written(**changed) -> str:
    return camt056.write(replace(RECALL, **changed)).decode()


@settings(max_examples=300, deadline=None)
@given(recalls())
def test_whatever_is_recalled_is_valid_and_read_back_as_it_was(published, recall):
    data = camt056.write(recall)
    assert against_schema(data, published) == []
    assert camt056.read(data, NOW) == [recall]


@pytest.mark.parametrize("version", ["001.08", "001.09", "001.11"])
def test_all_three_versions_are_valid_and_read(published, version):
    data = camt056.write(RECALL).replace(b"camt.056.001.08", f"camt.056.{version}".encode())
    assert against_schema(data, published) == []
    assert camt056.read(data, NOW) == [RECALL]


@pytest.mark.parametrize(
    ("right", "wrong", "field"),
    [
        (">FRAD<", ">XXXX<", "Cd"),
        ('Ccy="EUR">41250.00', 'Ccy="ZZZ">41250.00', "OrgnlIntrBkSttlmAmt"),
        ('Ccy="EUR">41250.00', 'Ccy="EUR">1.123', "OrgnlIntrBkSttlmAmt"),
        ('Ccy="EUR">41250.00', 'Ccy="JPY">10.50', "OrgnlIntrBkSttlmAmt"),
        ('Ccy="EUR">41250.00', 'Ccy="EUR">0', "OrgnlIntrBkSttlmAmt"),
        (">XABKXA2L<", ">XABKZZ2L<", "BICFI"),
        (PAYEE.iban, "XB00" + PAYEE.iban[4:], "IBAN"),
        (">2026-11-28<", ">2027-11-28<", "OrgnlIntrBkSttlmDt"),
        (">2026-11-28<", ">1969-11-28<", "OrgnlIntrBkSttlmDt"),
        ("<NbOfTxs>1<", "<NbOfTxs>2<", "NbOfTxs"),
        ("<Ctry>XA<", "<Ctry>ZZ<", "Ctry"),
        ("<CxlRsnInf><Rsn><Cd>FRAD</Cd></Rsn>", "<CxlRsnInf>", "Rsn"),
    ],
)
def test_what_the_schema_lets_through_and_no_bank_can_mean_is_refused(published, right, wrong, field):
    data = camt056.write(RECALL).decode().replace(right, wrong)
    assert against_schema(data.encode(), published) == [], "the schema has nothing against it"
    assert list(faults(data)) == [field]


def test_a_reason_longer_than_a_code_is_refused_by_both(published):
    data = written().replace(">FRAD<", ">FRAUD<")
    assert against_schema(data.encode(), published)[0].where == "line 2: Cd"
    assert "Cd" in faults(data)


def test_every_fault_is_told_at_once_with_its_line_and_nothing_is_taken():
    data = written().replace("<", "\n<").replace("\n</", "</").replace("\n<?xml", "<?xml")
    data = data.replace(">FRAD<", ">XXXX<").replace(UETR, "no-uuid").replace('Ccy="EUR"', 'Ccy="ZZZ"')
    with pytest.raises(Unfit) as refused:
        camt056.read(data.encode(), NOW)
    told = {f.where for f in refused.value.faults}
    rows = data.split("\n")
    place = {tag: 1 + next(n for n, row in enumerate(rows) if row.startswith(f"<{tag}")) for tag in TAGS}
    assert {where.partition(":")[0] for where in told} == {f"line {n}" for n in place.values()}
    assert {where.rpartition("/")[2] for where in told} == set(place)


TAGS = ("Cd", "OrgnlUETR", "OrgnlIntrBkSttlmAmt")


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("<OrgnlTxId>T1</OrgnlTxId>", "<OrgnlTxld>T1</OrgnlTxld>", "no element that may stand here"),
        ("<OrgnlTxId>T1</OrgnlTxId>", "<OrgnlTxId>T1</OrgnlTxId><OrgnlTxId>T2</OrgnlTxId>", "twice"),
        ("<OrgnlInstrId>I1</OrgnlInstrId>", "", ""),
        ("<OrgnlEndToEndId>", "lost<OrgnlEndToEndId>", "followed by text"),
        ("<OrgnlTxId>T1<", "<OrgnlTxId><b>T1</b><", "elements where only text"),
        ("<OrgnlTxId>", '<OrgnlTxId lang="en">', "attribute"),
        ("<Id>CASE-1</Id>", "", "missing"),
        ("<Id>CASE-1</Id>", "<Id> </Id>", "empty"),
    ],
)
def test_a_field_that_is_misspelt_misplaced_or_doubled_is_never_dropped_in_silence(right, wrong, said):
    data = written().replace(right, wrong, 1)
    if said:
        assert any(said in what for what in faults(data).values())
    else:
        assert camt056.read(data.encode())[0].original.instruction == ""


def test_a_field_out_of_its_order_is_refused():
    first, second = "<OrgnlInstrId>I1</OrgnlInstrId>", "<OrgnlEndToEndId>E1</OrgnlEndToEndId>"
    assert "stands after" in faults(written().replace(first + second, second + first))["OrgnlInstrId"]


def test_a_comment_inside_a_value_does_not_cut_it():
    data = written().replace(">CASE-1<", ">CASE<!-- hidden -->-1<")
    assert camt056.read(data.encode())[0].case == "CASE-1"


def test_a_message_in_its_envelope_is_read():
    head, body = written().split("\n", 1)
    data = (
        f"{head}<Envelope><AppHdr xmlns='urn:iso:std:iso:20022:tech:xsd:head.001.001.02'/>{body}</Envelope>"
    )
    assert camt056.read(data.encode()) == [RECALL]


def test_two_messages_in_one_file_are_refused_not_read_by_half():
    head, body = written().split("\n", 1)
    assert list(faults(f"{head}<Both>{body}{body}</Both>")) == ["line 1: xmlns"]


def many(count: int) -> list:
    return [replace(RECALL, original=replace(RECALL.original, uetr=str(uuid.uuid4()))) for _ in range(count)]


def test_two_thousand_payments_are_taken_or_none_and_each_has_its_line():
    recalls = many(2_000)
    data = camt056.write(*recalls).replace(b"<TxInf>", b"\n<TxInf>")
    read = camt056.read(data, NOW)
    assert read == recalls
    assert [r.line for r in read] == list(range(3, 2_003))
    broken = data.replace(b">FRAD<", b">XXXX<", 1).replace(
        b"\n<TxInf><Case><Id>CASE-1", b"\n<TxInf><Case><Id>", 1
    )
    assert len(faults(broken)) == 2


def test_one_payment_more_than_two_thousand_is_refused():
    with pytest.raises(Unfit, match="2001 times"):
        camt056.write(*many(2_001))
    data = camt056.write(*many(2_000)).decode()
    start, end = data.index("<TxInf>"), data.index("</TxInf>") + len("</TxInf>")
    more = data[:start] + data[start:end].replace("T1", "T2") + data[start:]
    assert "2001 times" in faults(more.replace("<NbOfTxs>2000<", "<NbOfTxs>2001<"))["TxInf"]


@pytest.mark.parametrize("named", [RECALL.original, Original("M1", "pacs.008", end_to_end="E1")])
def test_a_payment_that_stands_there_twice_is_refused(named):
    twice = replace(RECALL, original=named)
    with pytest.raises(Unfit, match="again"):
        camt056.write(twice, twice)
    data = camt056.write(twice).decode()
    start, end = data.index("<TxInf>"), data.index("</TxInf>") + len("</TxInf>")
    doubled = data[:end] + data[start:end] + data[end:]
    assert "is the payment TxInf[1] of line 2 again" in str(
        faults(doubled.replace("<NbOfTxs>1<", "<NbOfTxs>2<"))
    )


def test_a_recall_of_a_whole_group_names_no_payment_and_is_refused():
    data = written()
    start, end = data.index("<CtrlData>"), data.index("</Undrlyg>")
    group = "<Undrlyg><OrgnlGrpInfAndCxl><OrgnlMsgId>M</OrgnlMsgId><OrgnlMsgNmId>pacs.008</OrgnlMsgNmId>"
    whole = data[:start] + group + "<GrpCxl>true</GrpCxl></OrgnlGrpInfAndCxl>" + data[end:]
    assert "names no payment" in faults(whole)["TxInf"]


def test_a_payment_without_any_name_is_refused_both_ways():
    with pytest.raises(Unfit, match="names no payment"):
        camt056.write(replace(RECALL, original=Original("M1", "pacs.008")))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"case": "x" * 36}, "Id"),
        ({"reason": "XXXX"}, "Cd"),
        ({"reason": ""}, "Rsn"),
        ({"currency": "ZZZ"}, "OrgnlIntrBkSttlmAmt"),
        ({"amount": -1}, "OrgnlIntrBkSttlmAmt"),
        ({"assigner": Agent("NOBIC")}, "BICFI"),
        ({"information": ("x" * 106,)}, "AddtlInf"),
        ({"creditor": End("Null \x00 byte")}, "Nm"),
        ({"creditor": End("Lone \ud800 half")}, "Nm"),
        ({"creditor": End("Mule", iban="DE89370400440532013001")}, "IBAN"),
    ],
)
def test_what_could_not_be_read_back_is_not_written(changed, field):
    with pytest.raises(Unfit) as refused:
        camt056.write(replace(RECALL, **changed))
    assert {f.where.rpartition("/")[2] for f in refused.value.faults} >= {field}


@pytest.mark.parametrize(
    "written_as", [UETR.upper(), str(uuid.UUID(int=7)), UETR.replace("-49de-", "-19de-"), ""]
)
def test_a_reference_that_is_no_uuid_of_version_4_in_small_letters_is_refused(written_as):
    assert "no UUID of version 4" in faults(written().replace(UETR, written_as))["OrgnlUETR"]


def test_payments_of_one_message_share_its_head():
    with pytest.raises(Unfit, match="one and the same"):
        camt056.write(RECALL, replace(RECALL, created=NOW - timedelta(days=1)))


def test_accounts_of_user_assigned_countries_pass_where_their_check_digits_fit():
    for country in ("XA", "XB", "XZ"):
        good = iban(country, "12345678901")
        recall = replace(RECALL, creditor=End("Mule", iban=good))
        assert camt056.read(camt056.write(recall)) == [recall]
        last = "0" if good[-1] != "0" else "1"
        with pytest.raises(Unfit, match="IBAN"):
            camt056.write(replace(RECALL, creditor=End("Mule", iban=good[:-1] + last)))
