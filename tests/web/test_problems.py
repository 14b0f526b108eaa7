"""Problems as answers, for machines and for people."""

import json

import pytest
import samples
from caller import Caller

from entente.core import problems as known
from entente.core.problems import Problem
from entente.web import problems
from entente.web.language import LANGUAGES
from entente.web.problem_words import PROBLEMS

ALL: list[type[Problem]] = [Problem, *Problem.__subclasses__()]
JSON = {"content-type": "application/json"}


def test_a_problem_names_every_fault_and_what_to_do(caller: Caller) -> None:
    answer = caller.get("/api/raise/faulty")
    assert answer.status == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert json.loads(answer.body) == {
        "type": "/problems#faulty",
        "title": "The input has faults",
        "status": 422,
        "detail": "Two things.",
        "do": known.Faulty.do,
        "faults": [{"where": f.where, "what": f.what, "do": f.do} for f in samples.FAULTS],
    }


def test_a_page_says_the_same_in_the_readers_language(caller: Caller) -> None:
    answer = caller.get("/raise/faulty", {"accept-language": "fr"})
    assert answer.status == 422
    assert "La saisie comporte des défauts" in answer.text
    for fault in samples.FAULTS:
        assert fault.where in answer.text
        assert fault.what in answer.text


def test_htmx_gets_a_fragment(caller: Caller) -> None:
    answer = caller.get("/raise/no-purpose", {"hx-request": "true"})
    assert answer.status == 422
    assert "<html" not in answer.text
    assert "Say why you ask" in answer.text


def test_absent_is_one_constant_for_machines(caller: Caller) -> None:
    hidden, unknown = caller.get("/api/raise/absent"), caller.get("/api/no/such/route")
    assert hidden.status == unknown.status == 404
    assert (hidden.body, hidden.raw_headers) == (unknown.body, unknown.raw_headers)


def test_absent_is_one_constant_page_for_each_language(caller: Caller) -> None:
    for lang in ("en", "ar"):
        told = {"accept-language": lang}
        hidden, unknown = caller.get("/raise/absent", told), caller.get("/no/such?q=1", told)
        assert (hidden.status, hidden.body, hidden.raw_headers) == (404, unknown.body, unknown.raw_headers)
    assert caller.get("/raise/absent").body == caller.get("/static/no.css").body


def test_every_fault_of_a_body_is_named_with_its_place(caller: Caller) -> None:
    answer = caller.post("/api/drafts?limit=many", b'{"born": [1, "x"], "nam": "secret-4711"}', JSON)
    told = json.loads(answer.body)
    assert answer.status == 422
    assert {f["where"] for f in told["faults"]} == {"query/limit", "/name", "/born/1", "/nam"}
    assert all(f["what"] and f["do"] for f in told["faults"])
    assert "secret-4711" not in answer.text


def test_broken_json_is_unreadable(caller: Caller) -> None:
    answer = caller.post("/api/drafts", b'{"name": ', JSON)
    assert (answer.status, json.loads(answer.body)["type"]) == (400, "/problems#unreadable")


def test_a_wrong_method_is_not_supported(caller: Caller) -> None:
    answer = caller.ask("DELETE", "/api/drafts")
    assert (answer.status, json.loads(answer.body)["type"]) == (405, "/problems#not-supported")


def test_an_error_nobody_foresaw_is_logged_under_a_reference_and_tells_nothing(
    caller: Caller, capsys: pytest.CaptureFixture[str]
) -> None:
    for address in ("/api/raise/boom", "/raise/boom"):
        answer = caller.get(address)
        assert answer.status == 500
        assert "secret-4711" not in answer.text
        assert "ValueError" not in answer.text
        logged = capsys.readouterr().out
        assert "ValueError" in logged
        reference = logged.split("reference=")[1].split()[0]
        assert reference in answer.text


def test_who_must_wait_is_told_how_long(caller: Caller) -> None:
    assert caller.get("/api/raise/too-many").headers["retry-after"] == "60"


def test_who_is_not_signed_in_is_shown_the_door(caller: Caller) -> None:
    assert caller.get("/api/raise/not-signed-in").headers["www-authenticate"] == "Bearer"
    assert 'href="/sign-in?next=/raise/not-signed-in"' in caller.get("/raise/not-signed-in").text


def test_pages_that_ask_for_json_get_json(caller: Caller) -> None:
    answer = caller.get("/raise/faulty", {"accept": "application/json"})
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_words_of_every_problem_are_listed_for_translation() -> None:
    assert {p.slug(): (p.title, p.do) for p in ALL} == dict(PROBLEMS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_type_of_every_problem_leads_to_its_place_for_everybody(caller: Caller, lang: str) -> None:
    page = caller.get(f"/problems?lang={lang}")
    assert page.status == 200
    assert f'lang="{lang}"' in page.text
    for problem in ALL:
        type = json.loads(problems.body(problem()))["type"]
        assert type == f"/problems#{problem.slug()}"
        assert f'id="{problem.slug()}"' in page.text


def test_what_belongs_to_another_bureau_is_no_question_of_roles() -> None:
    assert known.NotYours.status == 403
    assert "role" not in known.NotYours.title + known.NotYours.do


def test_advice_of_one_case_stands_in_the_place_of_the_class() -> None:
    told = json.loads(problems.body(known.NotAllowed("A key does not judge.", do="Sign in and judge.")))
    assert told["do"] == "Sign in and judge."
    assert json.loads(problems.body(known.NotAllowed()))["do"] == known.NotAllowed.do
