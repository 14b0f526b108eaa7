"""Transactions of fingerprint systems: what they are answered with, in the standard's own words."""

from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from lxml import etree

from entente.core.problems import Absent, Fault, Faulty, NotAllowed, Problem, TooLarge, Unavailable
from entente.desk import House
from entente.rooms.biometrics import inti, nist, nist_writing, transactions, transactions_api
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.inti_records import Transaction
from entente.rooms.biometrics.transactions import Answered, Said
from entente.rooms.search import Contact
from entente.web.callers import Caller
from rooms.biometric_files import header, picture, transaction

XSD = Path(__file__).parents[3] / "shared/data/prints/int-i/xsd/XMLschemas/int-i/1.0/int-i.xsd"
SET, SEARCH = "5" * 32, "6" * 32
OWNER = Contact(bureau="XC", label="Bureau of XC", desk="Desk C", phone="+999 3", email="", token="77c0")


def candidate(number: int = 1, score: float = 6.0) -> m.Candidate:
    part = m.Part(asked=0, found=0, what="finger", position=2, score=score, pairs=[], turn=0)
    return m.Candidate(
        set=f"{number:032x}",
        sort="person",
        title="",
        person="",
        caption="Ivo\x01 Marenko",
        owner="XB",
        score=score,
        parts=[part],
        samples=[],
    )


def answer(*candidates: m.Candidate, contacts: list[Contact] = []) -> m.Answer:  # noqa: B006
    return m.Answer(
        search=SEARCH, asked=[], candidates=list(candidates), contacts=contacts, calibrated="shipped"
    )


@pytest.fixture
def answered(house: House) -> Callable[..., Answered]:
    """answered(data, found, enrol, **said): each gives an answer or a problem that is raised."""
    caller = cast(Caller, SimpleNamespace(house=house, officer=SimpleNamespace(code="XA")))

    def ask(data: bytes, found: object = None, enrol: object = None, **said: Any) -> Answered:
        def given(result: object) -> Callable[[Any], Any]:
            def give(form: Any) -> Any:
                ask.forms.append(form)  # type: ignore[attr-defined]
                if isinstance(result, Problem):
                    raise result
                return result

            return give

        ask.forms = []  # type: ignore[attr-defined]
        return transactions.answered(caller, data, Said(**said), given(found), given(enrol))

    return ask


def told(answer: Answered) -> list[Transaction]:
    assert {transactions.XML: inti, transactions.NIST: nist}[answer.kind]
    read = inti.read if answer.kind == transactions.XML else nist.read
    return [read(part) for part in answer.parts]


def test_a_search_is_answered_with_a_result_for_each_candidate_and_none_is_verified(
    answered: Callable[..., Answered],
) -> None:
    asked = transaction("CPS")
    said = answered(inti.written(asked), answer(candidate(1), candidate(2, 4.0), contacts=[OWNER]))
    first, second = told(said)
    assert said.status == 200
    assert first.header.tot == "SRE" and first.header.tcr == asked.header.tcn
    assert (first.header.to, first.header.origin) == (asked.header.origin, asked.header.to)
    assert first.header.tcn != second.header.tcn
    for rank, one in (("1", first), ("2", second)):
        respondent = one.descriptive.respondent
        assert (respondent.rank, respondent.total, respondent.category) == (rank, "2", "CPS")
        assert (respondent.verified, respondent.result) == ("false", "I")
        assert one.descriptive.mode == "UC"
    assert first.descriptive.person.name.extended == ("Ivo Marenko",)
    assert first.descriptive.numbers.other1.number == f"{1:032x}"
    assert first.descriptive.numbers.other2.number == "XB"
    assert [c.text for c in first.descriptive.contacts] == ["Contact XC, quoting 77c0"]
    assert not second.descriptive.contacts


def test_no_candidate_is_a_result_too_and_tells_whom_to_ask(answered: Callable[..., Answered]) -> None:
    (one,) = told(answered(inti.written(transaction("NPS")), answer(contacts=[OWNER])))
    assert (one.descriptive.respondent.result, one.descriptive.respondent.verified) == ("N", "false")
    assert one.descriptive.contacts[0].organization == "Bureau of XC"


def test_a_latent_search_says_which_finger_lies_near(answered: Callable[..., Answered]) -> None:
    (one,) = told(answered(inti.written(transaction("MPS")), answer(candidate())))
    assert one.descriptive.position_found == "2"


def test_the_traditional_encoding_is_answered_in_the_traditional_encoding(
    answered: Callable[..., Answered],
) -> None:
    asked = nist_writing.written(transaction("CPS"))
    said = answered(asked, answer(candidate(), contacts=[OWNER]))
    (one,) = told(said)
    assert said.kind == transactions.NIST
    assert one.texts["2.064"] == (("1", "false", "1", "CPS", "I"),)
    assert ("Contact XC, quoting 77c0",) in one.texts["2.063"]


def test_what_is_asked_reaches_the_search_whole(answered: Callable[..., Answered]) -> None:
    asked = transaction("MPS")
    answered(inti.written(asked), answer(), against="marks")
    (form,) = answered.forms  # type: ignore[attr-defined]
    assert (form.against, form.reference, len(form.files)) == ("marks", asked.header.tcn, 1)


def test_an_addition_says_which_set_it_became(answered: Callable[..., Answered]) -> None:
    asked = inti.written(transaction("ATP"))
    said = answered(asked, enrol=SimpleNamespace(id=SET), see="XB, xc", hint="xd")
    (form,) = answered.forms  # type: ignore[attr-defined]
    assert (form.handling.mode, form.handling.bureaus, form.handling.hint) == ("named", ["XB", "XC"], ["XD"])
    (one,) = told(said)
    assert (said.status, said.added) == (201, SET)
    assert (one.descriptive.respondent.category, one.descriptive.respondent.result) == ("ATP", "N")
    assert one.descriptive.numbers.other4.number == SET


def test_an_addition_is_searched_first_where_that_is_asked(answered: Callable[..., Answered]) -> None:
    asked = inti.written(transaction("ATP"))
    said = answered(asked, answer(candidate()), SimpleNamespace(id=SET), search=True)
    assert [type(form) for form in answered.forms] == [m.SearchForm, m.Enrolment]  # type: ignore[attr-defined]
    assert told(said)[0].descriptive.respondent.result == "I"


def test_what_was_not_read_is_named(answered: Callable[..., Answered]) -> None:
    slaps = replace(transaction("CPS"), images=(picture(14, 3), picture(14, 4, position="13")))
    (one,) = told(answered(inti.written(slaps), answer()))
    assert one.descriptive.numbers.other5.number == "14/4"
    assert transactions.left_out(replace(slaps, left=((15, 9),))) == "14/4 15/9"
    (one,) = told(answered(inti.written(transaction("CPS")), answer()))
    assert not one.descriptive.numbers.other5.number


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (Absent(), "001"),
        (NotAllowed("no"), "003"),
        (TooLarge(), "107"),
        (Faulty(faults=(Fault("files/0/14/1", "It is too poor (501)"),)), "501"),
    ],
)
def test_a_problem_is_an_error_with_its_code_and_its_own_status(
    answered: Callable[..., Answered], problem: Problem, code: str
) -> None:
    asked = transaction("CPS")
    said = answered(inti.written(asked), problem)
    (one,) = told(said)
    assert said.status == problem.status
    assert (one.header.tot, one.header.tcr) == ("ERR", asked.header.tcn)
    assert [error.code for error in one.descriptive.errors] == [code]


def test_what_is_no_fault_of_the_transaction_is_no_error_of_int_i(answered: Callable[..., Answered]) -> None:
    with pytest.raises(Unavailable):
        answered(inti.written(transaction("CPS")), Unavailable())


def test_results_are_no_questions(answered: Callable[..., Answered]) -> None:
    (one,) = told(answered(inti.written(transaction(header=header("SRE", tcr="19125458357684J")))))
    assert [(e.code, e.field) for e in one.descriptive.errors] == [("116", "TOT")]


def test_a_file_that_cannot_be_read_is_refused_by_the_number_it_has(
    answered: Callable[..., Answered],
) -> None:
    asked = transaction("CPS")
    broken = inti.written(asked).replace(b"<biom:TransactionDate>", b"<biom:Transaction>")
    said = answered(broken)
    (one,) = told(said)
    assert said.status == 422
    assert one.header.tcr == asked.header.tcn and one.header.to.code == "XA"


def test_a_nist_file_that_is_cut_short_is_refused_by_the_number_it_has(
    answered: Callable[..., Answered],
) -> None:
    asked = transaction("CPS")
    (one,) = told(answered(nist_writing.written(asked)[:-40]))
    assert one.header.tcr == asked.header.tcn
    assert one.header.tot == "ERR"


def test_nothing_at_all_is_an_error_too(answered: Callable[..., Answered]) -> None:
    assert told(answered(b""))[0].descriptive.errors[0].code == "117"


def test_several_results_travel_as_parts_that_any_mail_reader_takes_apart() -> None:
    body, kind = transactions_api.mixed(Answered(200, transactions.XML, (b"<a/>", b"<b/>")), "f00d")
    read = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    parts = read.get_payload()
    assert isinstance(parts, list)
    assert [part.get_payload(decode=True) for part in parts] == [b"<a/>", b"<b/>"]


@pytest.mark.skipif(not XSD.exists(), reason="INTERPOL's schema is steering data")
def test_all_answers_are_valid_by_interpols_own_schema(answered: Callable[..., Answered]) -> None:
    schema = etree.XMLSchema(etree.parse(str(XSD)))
    asked = inti.written(transaction("MPS"))
    cases = [
        answered(asked, answer(candidate(1), candidate(2), contacts=[OWNER])),
        answered(asked, answer(contacts=[OWNER])),
        answered(asked, Faulty(faults=(Fault("files/0", "Too large (118)"),))),
        answered(inti.written(transaction("ATP")), enrol=SimpleNamespace(id=SET)),
        answered(b"<"),
    ]
    for part in [part for one in cases for part in one.parts]:
        schema.assertValid(etree.fromstring(part))
