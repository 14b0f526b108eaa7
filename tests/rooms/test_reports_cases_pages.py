"""Pages of case studies: written, proven and reviewed by forms alone; faults stand at their fields."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from rooms.cased import AUTHOR, REVIEWER, SECOND, Desk, evidence, level
from rooms.scene import Scene
from worlds.stage import Answer

Page = Callable[..., Answer]
ROLES = ["producer", "broker"]


@pytest.fixture
def cases(scene: Scene) -> Desk:
    return Desk(scene)


def at(case: dict[str, Any], rest: str = "") -> str:
    return f"/cases/{case['id']}{rest}"


def test_every_page_opens(page: Page, cases: Desk) -> None:
    case = cases.drafted()
    for rest in (
        "",
        "/edit",
        "/parties/new",
        "/parties/1",
        "/claims/new",
        "/claims/1",
        "/evidence/new",
        "/evidence/1",
        "/proceedings/new",
        "/proceedings/1",
        "/checklist/1",
        "/protected",
    ):
        answer = page(AUTHOR, "GET", at(case, rest))
        assert answer.status == 200, (rest, answer.text[:300])
    for address in ("/cases", "/cases/new", "/cases/matrix", "/cases?which=admitted&chapter=tobacco"):
        assert page(AUTHOR, "GET", address).status == 200, address


def sent(page: Page, who: str, address: str, *form: tuple[str, str], version: int = 1) -> Answer:
    return page(who, "POST", address, [("version", str(version)), *form])


def test_a_case_is_written_by_forms_alone(page: Page, cases: Desk) -> None:
    answer = page(AUTHOR, "POST", "/cases/new", [("title", "The Harvest"), ("chapter", "medicine")])
    assert answer.status == 303
    address = answer.header("location")
    case = {"id": address.rpartition("/")[2]}

    def version() -> int:
        found: int = cases.opened(AUTHOR, case)["version"]
        return found

    steps = [
        ("/steps", [("step", "take_up")]),
        ("/parties/new", [("name", "A group"), ("sort", "group"), *[("roles", r) for r in ROLES]]),
        (
            "/proceedings/new",
            [
                ("court", "Court of Norport"),
                ("country", "xa"),
                ("stage", "first_instance"),
                ("date", "2025-03-01"),
                ("standard", "beyond_reasonable_doubt"),
                ("outcomes/0/defendant", "Ivo Marenko"),
                ("outcomes/0/verdict", "guilty"),
                ("outcomes/0/max_penalty_months", "120"),
            ],
        ),
        (
            "/evidence/new",
            [
                ("kind", "judgment"),
                ("title", "Judgment"),
                ("proceeding", "1"),
                ("pinpoint", "p. 3"),
            ],
        ),
        (
            "/claims/new",
            [
                ("text", "It laundered."),
                ("subject_party", "1"),
                ("link_type", "launders_for"),
                ("object_crime", "money_laundering"),
                ("evidence", "1"),
            ],
        ),
        ("/checklist/3", [("answer", "met"), ("evidence", "1"), ("note", "Two years.")]),
        ("/proceedings/1/final", [("final_on", "2025-04-02"), ("why", "Both sides waived their appeal.")]),
    ]
    for rest, form in steps:
        done = sent(page, AUTHOR, f"{address}{rest}", *form, version=version())
        assert done.status == 303, (rest, done.text)
    cases.attached(AUTHOR, cases.opened(AUTHOR, case))
    found = cases.opened(AUTHOR, case)
    assert level(found) == "P3" and found["parties"][0]["party"]["roles"] == ROLES
    shown = page(AUTHOR, "GET", address).text
    assert "Both sides waived their appeal." in shown
    assert "P3 · Final" in shown and "It laundered." in shown and "Why it is not in the casebook" in shown


def test_faults_stand_at_their_fields_and_what_was_typed_comes_back(page: Page, cases: Desk) -> None:
    case = cases.drafted()
    form = [("text", "A sentence that stays."), ("link_type", "launders_for"), ("evidence", "9")]
    answer = sent(page, AUTHOR, at(case, "/claims/new"), *form, version=case["version"])
    assert answer.status == 422 and "A sentence that stays." in answer.text
    assert 'href="#f-subject_party"' in answer.text and 'href="#f-object_crime"' in answer.text
    rows = [("court", "C"), ("country", "xa"), ("stage", "trial"), ("outcomes/0/charge", "fraud")]
    answer = sent(page, AUTHOR, at(case, "/proceedings/new"), *rows, version=case["version"])
    assert answer.status == 422 and "outcomes/0/defendant" in answer.text


def test_who_comes_late_is_told_and_keeps_what_he_typed(page: Page, cases: Desk) -> None:
    case = cases.drafted()
    form = [("name", "Typed by hand"), ("sort", "person")]
    late = sent(page, SECOND, at(case, "/parties/new"), *form, version=case["version"] - 1)
    assert late.status == 409 and "Typed by hand" in late.text
    assert "Somebody changed it before you" in late.text
    newest = re.search(r'name="version" value="(\d+)"', late.text)
    assert newest and int(newest[1]) == case["version"]
    assert sent(page, SECOND, at(case, "/parties/new"), *form, version=int(newest[1])).status == 303


def test_a_reviewer_reviews_on_one_page(page: Page, cases: Desk) -> None:
    case = cases.sent()
    assert page(AUTHOR, "GET", at(case, "/review")).status == 404
    assert page(REVIEWER, "GET", at(case, "/review")).status == 200
    bare = sent(page, REVIEWER, at(case, "/review"), ("decision/1", "reject"), version=case["version"])
    assert bare.status == 422 and 'href="#d-1"' in bare.text
    done = sent(page, REVIEWER, at(case, "/review"), ("decision/1", "accept"), version=case["version"])
    assert done.status == 303 and cases.opened(AUTHOR, case)["admitted"]


def test_a_refused_step_says_why_on_the_page_of_the_case(page: Page, cases: Desk) -> None:
    case = cases.step(AUTHOR, cases.drafted(), "complete")
    form = [("step", "send"), ("reviewer", "XA")]
    refused = sent(page, AUTHOR, at(case, "/steps"), *form, version=case["version"])
    assert refused.status == 422 and "another country" in refused.text
    removed = sent(page, AUTHOR, at(case, "/evidence/1/remove"), version=case["version"])
    assert removed.status == 422 and "It is named by: C1" in removed.text


def test_a_file_is_kept_and_given_back_by_the_page(page: Page, cases: Desk) -> None:
    blank = cases.drafted()
    case = cases.done(AUTHOR, "PUT", blank, "/evidence/1", evidence=evidence(sha256="", pages=0))
    form = [("version", str(case["version"]))]
    done = page(AUTHOR, "POST", at(case, "/evidence/1/file"), form, files=[("file", b"The court finds.")])
    assert done.status == 303, done.text
    assert page(AUTHOR, "GET", at(case, "/evidence/1/file")).body == b"The court finds."
