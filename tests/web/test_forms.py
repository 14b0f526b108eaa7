"""Every form of every page, filled with anything: it is answered, never with an error of the server."""

import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from entente.core.scoring import probability
from entente.desk import House
from worlds.stage import Crew

Ask = Callable[..., Any]
WORST = [
    "",
    " ",
    "zzz",
    "-1",
    "2026-02-31",
    "9" * 400,
    "\0",
    "\u202e",
    "XA",
    "💣" * 50,
    "None",
    "[]",
    "{",
    "../../",
]
FIELDS = """
    q kind born nationality sex purpose justification back record verdict urgent outcome note name email roles
    clearance held active bureau code label desk phone expires reason version see_mode see hint watch level
    status purposes need grade ref p-name p-birthDate p-nationality p-nothing password next lang theme
    to group subject text case their_case urgency language questions template reply_to draft attachments do
    standard how-1 text-1 until-1
""".split()
NOT_PAGES = {"/health", "/preferences", "/static"}


def routes(app: FastAPI, method: str) -> list[str]:
    found: list[str] = []

    def walk(all_routes: Any) -> None:
        for route in all_routes:
            inside = getattr(getattr(route, "original_router", route), "routes", None)
            if isinstance(route, APIRoute):
                if method in route.methods and not route.path.startswith("/api/"):
                    found.append(route.path)
            elif inside:
                walk(inside)

    walk(app.routes)
    return sorted(set(found))


def person(ask: Ask, crew: Crew, **form: str) -> str:
    """Contribute a person by the form and return the address of the record."""
    said = {"p-name": "Ilka Vandermoor", "see_mode": "everyone", "level": "official", "status": "live"} | form
    answer = ask(crew["XA office"], "POST", "/contribute/Person", form=list(said.items()))
    assert answer.status == 303, answer.text
    return str(answer.header("location"))


def test_pages_have_routes(app: FastAPI) -> None:
    assert len(routes(app, "GET")) >= 18
    assert len(routes(app, "POST")) >= 24


@pytest.mark.parametrize("who", ["XA chief", "XZ chief"])
def test_no_form_filled_with_anything_is_an_error_of_the_server(
    app: FastAPI, ask: Ask, crew: Crew, who: str
) -> None:
    chance = random.Random(who)
    record = person(ask, crew).rpartition("/")[2]
    for path in routes(app, "POST"):
        for ids in (record, crew[who].id, "zzz", "0" * 32):
            if "sign-out" in path or (path == "/officers/{id}" and ids == crew[who].id):
                continue  # he would lock himself out
            address = re.sub(r"\{\w+\}", ids, path).replace("/contribute/" + ids, "/contribute/Person")
            for _ in range(3):
                form = [(f, chance.choice(WORST)) for f in chance.sample(FIELDS, 35)]
                for headers in ({}, {"hx-request": "true"}):
                    answer = ask(crew[who], "POST", address, form=form, headers=headers)
                    assert answer.status < 500, (address, form, answer.text)
                    assert answer.status != 401 or "sign-in" in path
    assert ask(crew[who], "GET", "/me").status == 200


def test_no_page_asked_for_with_anything_is_an_error_of_the_server(
    app: FastAPI, ask: Ask, crew: Crew
) -> None:
    record = person(ask, crew).rpartition("/")[2]
    for path in routes(app, "GET"):
        for ids in (record, crew["XA chief"].id, "zzz", "Person"):
            for query in (
                "",
                "?kind=zzz&after=zzz&expires=zzz&bureau=zzz&object=zzz&sent=zzz&next=//x",
                "?after=%00",
            ):
                for who in ("XA chief", "XB officer", None):
                    address = re.sub(r"\{\w+\}", ids, path) + query
                    answer = ask(crew[who] if who else None, "GET", address)
                    assert answer.status < 500, (address, who, answer.text)


def test_a_form_names_every_fault_at_its_field_and_keeps_what_was_typed(ask: Ask, crew: Crew) -> None:
    form = [
        ("p-name", "Jorun Adelsbek"),
        ("p-birthDate", "31.02.1980"),
        ("p-nationality", "atlantis"),
        ("grade", "Z9"),
        ("ref", "J-1"),
        ("expires", "1990-01-01"),
        ("see_mode", "named"),
        ("see", "XC"),
        ("level", "official"),
        ("status", "live"),
    ]
    answer = ask(crew["XA contributor"], "POST", "/contribute/Person", form=form)
    assert answer.status == 422
    wrong = re.findall(r'<div class="field wrong"[^>]*>\s*<label for="([^"]+)"', answer.text)
    assert {"p-birthDate", "p-nationality", "f-grade"} <= set(wrong)
    for kept in ("Jorun Adelsbek", "31.02.1980", "atlantis", "Z9", "J-1", "1990-01-01"):
        assert f'value="{kept}"' in answer.text
    assert re.search(r'name="see" value="XC" checked', answer.text)
    assert 'href="#p-birthDate"' in answer.text


def test_a_bad_answer_to_a_hit_is_told_and_the_note_is_kept(ask: Ask, crew: Crew, house: House) -> None:
    person(ask, crew)
    found = ask(crew["XB officer"], "POST", "/search", form=[("q", "Ilka Vandermoor")])
    search, record = re.findall(
        r'action="/search/(\w+)/verdicts".*?name="record" value="(\w+)"', found.text, re.S
    )[0]
    verdict = [("record", record), ("verdict", "same")]
    hit = ask(crew["XB officer"], "POST", f"/search/{search}/verdicts", form=verdict).header("location")
    assert hit.startswith("/hits/")
    bad = ask(
        crew["XA officer"], "POST", f"{hit}/answer", form=[("outcome", "zzz"), ("note", "Seen by desk 4")]
    )
    assert bad.status == 422
    assert "Seen by desk 4" in bad.text
    assert ask(crew["XA officer"], "POST", f"{hit}/answer", form=[("outcome", "confirmed")]).status == 303
    assert ask(crew["XA officer"], "POST", f"{hit}/answer", form=[("outcome", "denied")]).status == 422
    assert "Confirmed" in ask(crew["XB officer"], "GET", hit).text


def test_a_verdict_nobody_knows_is_a_fault(ask: Ask, crew: Crew) -> None:
    answer = ask(
        crew["XB officer"], "POST", "/search/1/verdicts", form=[("record", "1"), ("verdict", "maybe")]
    )
    assert answer.status == 422


def test_parts_add_up_to_the_score_that_is_shown(ask: Ask, crew: Crew) -> None:
    person(ask, crew, **{"p-birthDate": "1971-03-05", "p-nationality": "xb"})
    for q in (
        "Ilka Vandermoor 1971",
        "I. Vandermor 1972",
        "Ilka Vandermoor male",
        "Vandermoor Piet Ilka 1971",
    ):
        text = ask(crew["XB officer"], "POST", "/search", form=[("q", q)]).text
        cards = re.findall(r'<article class="candidate".*?</article>', text, re.S)
        assert cards, q
        for card in cards:
            score = int(re.findall(r'<span class="num">(\d+)</span>', card)[0])
            told = float(re.findall(r"Together ([+-][\d.]+):", card)[0])
            parts = [float(part) for part in re.findall(r'dir="ltr">([+-][\d.]+)<', card)]
            assert sum(parts) == pytest.approx(told)
            assert 100 * probability(told) == pytest.approx(score, abs=2)


def test_without_a_purpose_the_question_is_kept_and_the_purpose_asked_for(ask: Ask, crew: Crew) -> None:
    answer = ask(crew["XB officer"], "POST", "/search", form=[("q", "Ilka Vandermoor")], purpose="")
    assert answer.status == 422
    assert 'value="Ilka Vandermoor"' in answer.text
    assert "Say why you ask" in answer.text


def test_signed_out_the_front_page_leads_to_the_door(ask: Ask) -> None:
    answer = ask(None, "GET", "/")
    assert (answer.status, answer.header("location")) == (303, "/sign-in")


def test_a_new_record_is_for_ones_own_bureau_unless_its_contributor_says_more(ask: Ask, crew: Crew) -> None:
    page = ask(crew["XA contributor"], "GET", "/contribute/Person").text
    assert re.findall(r'name="see_mode" value="(\w+)" checked', page) == ["named"]
    assert 'name="see" value="XB" checked' not in page


def test_several_names_can_be_given_at_once(ask: Ask, crew: Crew) -> None:
    page = ask(crew["XA contributor"], "GET", "/contribute/Person").text
    assert len(re.findall(r'name="p-name"', page)) == 2
    assert len(re.findall(r'name="p-birthDate"', page)) == 1
    form = [("p-name", "Ilka Vandermoor"), ("p-name", "Илка Вандермоор"), ("see_mode", "everyone")]
    record = ask(crew["XA contributor"], "POST", "/contribute/Person", form=form).header("location")
    assert "Илка Вандермоор" in ask(crew["XA contributor"], "GET", record).text


def test_who_was_overtaken_keeps_what_he_typed_and_reads_what_the_newest_version_says(
    ask: Ask, crew: Crew
) -> None:
    record, who = person(ask, crew), crew["XA office"]
    said = [("p-name", "Ilka Vandermoor"), ("p-birthDate", "1971"), ("version", "1"), ("grade", "")]
    assert ask(who, "POST", f"{record}/correct", form=said).status == 303
    late = [("p-name", "Ilka Vandermor"), ("p-birthDate", "1972"), ("version", "1"), ("grade", "b2")]
    answer = ask(who, "POST", f"{record}/correct", form=late)
    assert answer.status == 409
    for kept in ('value="Ilka Vandermor"', 'value="1972"', 'value="B2"', 'name="version" value="2"'):
        assert kept in answer.text
    assert "<bdi>1971</bdi>" in answer.text
    again = [(name, "2" if name == "version" else value) for name, value in late]
    assert ask(who, "POST", f"{record}/correct", form=again).status == 303


def test_who_was_overtaken_at_the_handling_keeps_what_he_chose(ask: Ask, crew: Crew) -> None:
    record, who = person(ask, crew), crew["XA office"]
    form = [("see_mode", "named"), ("see", "XB"), ("level", "official"), ("status", "live"), ("version", "1")]
    assert ask(who, "POST", f"{record}/handling", form=form).status == 303
    late = [("see_mode", "but"), *form[1:]]
    answer = ask(who, "POST", f"{record}/handling", form=late)
    assert answer.status == 409
    assert 'value="but" checked' in answer.text
    assert 'name="version" value="2"' in answer.text
    assert "XB · Official use · Live" in answer.text


def test_versions_tell_the_owner_how_the_handling_moved_and_others_nothing(ask: Ask, crew: Crew) -> None:
    record, who = person(ask, crew), crew["XA office"]
    form = [("see_mode", "named"), ("see", "XB"), ("level", "official"), ("status", "live"), ("version", "1")]
    assert ask(who, "POST", f"{record}/handling", form=form).status == 303
    own = ask(who, "GET", f"{record}/versions").text
    assert "Handling changed" in own
    assert "Every bureau · Official use · Live" in own
    assert own.count("Contributed") == 1
    theirs = ask(crew["XB officer"], "GET", f"{record}/versions").text
    assert "Handling changed" not in theirs
    assert "Every bureau" not in theirs
    assert theirs.count('<section class="panel">') == 1


@pytest.mark.parametrize(
    ("lang", "grade"), [("en", "A grade is a letter"), ("fr", "Une cotation est une lettre")]
)
def test_faults_are_said_in_the_readers_language_and_never_in_a_librarys(
    ask: Ask, crew: Crew, lang: str, grade: str
) -> None:
    form = [("p-name", "Jorun"), ("p-birthDate", "31.02.1980"), ("grade", "Z9"), ("expires", "soon")]
    headers = {"accept-language": lang}
    text = ask(crew["XA contributor"], "POST", "/contribute/Person", form=form, headers=headers).text
    assert grade in text
    for library in ("should match", "Input should", "docs/kinds", "Mend it as said"):
        assert library not in text
    if lang == "fr":
        assert "31.02.1980 n&#39;est pas une date : février 1980 a 29 jours" in text
        assert "Écrivez année-mois-jour" in text
