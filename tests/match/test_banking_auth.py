"""Inquiries of an authority at a bank (auth.001), its answers (auth.002) and changes (auth.003)."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.match.banking_cases import NOW, PAYEE, countries, ids, schemas, times, with_iban, words

from entente.match.banking import auth
from entente.match.banking.auth import Change, Finding, Inquiry, Response, Search
from entente.match.banking.documents import against_schema
from entente.match.banking.grammar import Unfit
from entente.match.banking.payments import Agent, End


@pytest.fixture(scope="module")
def published() -> dict[str, bytes]:
    return schemas()


old_bics = st.from_regex(r"[A-Z]{4}(DE|FR|XA|XB)[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?", fullmatch=True)
asked = st.lists(ids, min_size=1, max_size=3).map(tuple)
parties = st.sampled_from(["OWNE", "ALLP"])
notes = st.one_of(st.just(""), words(500))
accounts = st.builds(lambda end, bic: replace(end, agent=Agent(bic)), with_iban, old_bics)
searches = st.one_of(
    st.builds(
        Search, account=accounts, currency=st.sampled_from(["", "EUR", "JPY"]), asked=asked, parties=parties
    ),
    st.builds(
        Search,
        customer=st.builds(End, name=words(140), country=countries),
        asked=asked,
        parties=parties,
        information=notes,
    ),
    st.builds(Search, card=st.from_regex(r"[0-9]{8,28}", fullmatch=True), asked=asked, information=notes),
    st.builds(
        Search,
        payments=asked,
        asked=st.sampled_from([("DTTX",), ("OREC",), ("DTTX", "OREC")]),
        information=notes,
    ),
)
far_days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
periods = st.one_of(st.tuples(far_days, far_days), st.tuples(times, times)).map(sorted)


@st.composite
def inquiries(draw) -> Inquiry:
    since, until = draw(periods)
    return Inquiry(
        investigation=draw(ids),
        basis=draw(ids),
        confidential=draw(st.booleans()),
        since=since,
        until=until,
        search=draw(searches),
        disclaimer=draw(st.one_of(st.just(""), words(350))),
        due=draw(st.one_of(st.none(), far_days)),
        due_note=draw(st.one_of(st.just(""), words(140))),
    )


@settings(max_examples=250, deadline=None)
@given(inquiries())
def test_whatever_is_asked_is_valid_and_read_back_as_it_was(published, inquiry):
    data = auth.write(inquiry)
    assert against_schema(data, published) == []
    assert auth.read(data, NOW) == inquiry


@st.composite
def findings(draw) -> Finding:
    since, until = draw(st.one_of(st.just((None, None)), periods))
    return Finding(draw(ids), draw(st.sampled_from(["FOUN", "NFOU", "NOAP"])), since, until, draw(notes))


responses = st.builds(
    Response,
    id=ids,
    investigation=ids,
    status=st.sampled_from(["NRES", "PART", "COMP"]),
    search=searches,
    findings=st.lists(findings(), min_size=1, max_size=3).map(tuple),
)


@settings(max_examples=250, deadline=None)
@given(responses)
def test_whatever_is_answered_to_an_authority_is_valid_and_read_back(published, response):
    data = auth.write(response)
    assert against_schema(data, published) == []
    assert auth.read(data, NOW) == response


@given(ids, st.booleans())
def test_a_change_of_silence_is_valid_and_read_back(published, investigation, confidential):
    data = auth.write(Change(investigation, confidential))
    assert against_schema(data, published) == []
    assert auth.read(data) == Change(investigation, confidential)


ACCOUNT = Search(account=PAYEE, currency="EUR", asked=("balance and owner",))
INQUIRY = Inquiry(
    "INV-1", "Code of procedure, section 94", True, date(2026, 11, 1), date(2026, 11, 29), ACCOUNT
)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"basis": ""}, "LglMndtBsis: is missing"),
        ({"basis": "x" * 36}, "Prgrph: .* is longer than 35"),
        ({"since": date(2026, 12, 1)}, "ends before it begins"),
        ({"since": datetime(2026, 11, 1)}, "from a day to a time"),
        ({"search": Search()}, "SchCrit: is missing"),
        ({"search": replace(ACCOUNT, card="1234567890123456")}, "exactly one of"),
        ({"search": replace(ACCOUNT, asked=())}, "AuthrtyReqTp: is missing"),
        ({"search": replace(ACCOUNT, currency="ZZZ")}, "Ccy: “ZZZ” is no currency"),
        ({"search": replace(ACCOUNT, account=replace(PAYEE, agent=Agent("X2BKXB2L")))}, "letters alone"),
    ],
)
def test_an_inquiry_without_law_period_or_one_subject_is_not_written(changed, said):
    with pytest.raises(Unfit, match=said):
        auth.write(replace(INQUIRY, **changed))


def test_an_inquiry_that_ends_before_it_begins_is_refused_though_its_schema_is_content(published):
    data = auth.write(INQUIRY).replace(b"<FrDt>2026-11-01", b"<FrDt>2026-12-01")
    assert against_schema(data, published) == []
    with pytest.raises(Unfit, match="line 2: InfReqOpng/InvstgtnPrd: ends before it begins"):
        auth.read(data)


def test_an_attached_result_is_told_as_one_without_a_code():
    data = auth.write(Response("R", "INV-1", "COMP", ACCOUNT, (Finding("balance", "FOUN"),)))
    attached = data.replace(b"<InvstgtnSts>FOUN</InvstgtnSts>", b"<Rslt><x xmlns='urn:own'>1</x></Rslt>")
    response = auth.read(attached)
    assert isinstance(response, Response)
    assert response.findings[0].outcome == ""
