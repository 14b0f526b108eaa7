"""Pages of analysis files: opening one, letting others in, contributing, naming subjects, with no program."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from rooms.filed import BOSS, FORM, LEAD, Files
from rooms.scene import Scene
from worlds.stage import Answer

Page = Callable[..., Answer]
NOTHING = "0" * 32


@pytest.fixture
def files(scene: Scene) -> Files:
    return Files(scene)


@pytest.fixture
def file(files: Files) -> str:
    return files.opened()


def form(**said: Any) -> list[tuple[str, str]]:
    return [(name.replace("__", "-"), str(value)) for name, value in said.items()]


def version(page: Answer) -> str:
    found = re.search(r'name="version" value="(\d+)"', page.text)
    assert found
    return found[1]


def test_a_file_is_opened_by_two_persons_on_pages(page: Page, scene: Scene) -> None:
    assert "Open an analysis file" in page(LEAD, "GET", "/files/new").text
    made = page(LEAD, "POST", "/files", form(**{**FORM, "connect": "yes"}))
    assert made.status == 303
    address = made.header("location")
    assert "Waits for a supervisor" in page(LEAD, "GET", address).text
    assert "Kestrel" in page(BOSS, "GET", "/files").text
    seen = page(BOSS, "GET", address)
    assert "It waits for your approval" in seen.text
    done = page(BOSS, "POST", f"{address}/approve", form(version=version(seen), decision="approve"))
    assert (done.status, done.header("location")) == (303, "/files")
    assert "Contribute" in page(LEAD, "GET", address).text
    assert page(BOSS, "GET", address).status == 404


def test_a_form_with_faults_comes_back_with_what_was_typed(page: Page) -> None:
    wrong = form(**{**FORM, "area": "gardening", "reviewDue": "", "title": "Kept as typed"})
    answer = page(LEAD, "POST", "/files", wrong)
    assert answer.status == 422
    assert 'value="Kept as typed"' in answer.text
    assert 'href="#f-reviewDue"' in answer.text
    later = page(LEAD, "POST", "/files", form(**{**FORM, "area": "gardening"}))
    assert 'href="#f-area"' in later.text


def test_an_officer_of_another_bureau_is_invited_and_accepts_on_pages(page: Page, file: str) -> None:
    said = form(address="analyst@xb.example", bureau="XB", role="analyst")
    assert page(LEAD, "POST", f"/files/{file}/members", said).status == 303
    assert "analyst@xb.example" in page(LEAD, "GET", f"/files/{file}").text
    listed = page("XB analyst", "GET", "/files").text
    found = re.search(r'action="(/files/invitations/[0-9a-f]{32})/accept"', listed)
    assert found
    assert page("XB analyst", "POST", f"{found[1]}/accept", []).header("location") == f"/files/{file}"
    assert "Analyst of XA" in page("XB analyst", "GET", f"/files/{file}").text


def test_members_are_changed_and_removed_on_pages(page: Page, scene: Scene, files: Files, file: str) -> None:
    files.joined(file, "XB analyst", "analyst")
    member = f"/files/{file}/members/{scene.crew['XB analyst'].id}"
    assert page(LEAD, "POST", f"{member}/role", form(role="reader")).status == 303
    assert files.one("XB analyst", file)["role"] == "reader"
    assert page(LEAD, "POST", f"{member}/remove", []).status == 303
    assert page("XB analyst", "GET", f"/files/{file}").status == 404
    refused = page(LEAD, "POST", f"/files/{file}/leave", [])
    assert refused.status == 422
    assert "The last lead cannot leave" in refused.text


def test_two_persons_and_what_is_between_them_are_contributed_on_a_form(
    page: Page, scene: Scene, file: str
) -> None:
    assert "Between them" in page(LEAD, "GET", f"/files/{file}/contribute").text
    said = form(
        source="XA-2026/3",
        scheme="4x4",
        grade="B2",
        a__kind="Person",
        a__name="Ivo Marenko",
        a__birth="1971-03-05",
        a__number="P4417093",
        b__kind="Company",
        b__name="Norport Trading",
        l__kind="Directorship",
        l__since="2020",
        l__certainty="tentative",
    )
    made = page(LEAD, "POST", f"/files/{file}/contribute", said)
    assert made.status == 303, made.text
    shown = page(LEAD, "GET", made.header("location")).text
    for word in ("Ivo Marenko", "Norport Trading", "Directorship", "Tentative", "4x4 B2"):
        assert word in shown
    [kept] = scene(LEAD, "GET", f"/files/{file}/contributions").json
    ivo, company, link = (t["id"] for t in kept["things"])
    record = scene(LEAD, "GET", f"/records/{link}", purpose="analysis").json["properties"]
    assert (record["director"], record["organization"]) == ([ivo], [company])
    chosen = form(text="Again", a__id=ivo, b__id=company, l__kind="Ownership")
    assert page(LEAD, "POST", f"/files/{file}/contribute", chosen).status == 303


def test_a_contribution_with_faults_leads_to_each_field(page: Page, file: str) -> None:
    said = form(
        scheme="6x6",
        grade="Z1",
        a__name="Kept as typed",
        a__birth="1971-02-30",
        a__country="Atlantis",
        l__kind="Associate",
        l__since="soon",
    )
    answer = page(LEAD, "POST", f"/files/{file}/contribute", said)
    assert answer.status == 422
    assert 'value="Kept as typed"' in answer.text
    for place in ("f-grade", "f-a-birth", "f-a-country", "f-l-since", "f-l-kind"):
        assert f'href="#{place}"' in answer.text
    assert 'href="#f-a-name"' not in answer.text and 'id="f-a-country-errors"' in answer.text


def test_a_subject_is_proposed_and_approved_on_pages(
    page: Page, scene: Scene, files: Files, file: str
) -> None:
    files.joined(file, "XB analyst", "analyst")
    kept = files.contributed(LEAD, file, things=[{"kind": "Person", "properties": {"name": "Ivo Marenko"}}])
    record = kept["things"][0]["id"]
    assert "Ivo Marenko" in page("XB analyst", "GET", f"/files/{file}/subjects/new").text
    said = {"record": record, "category": "suspect", "rationale": "Named by three of the witnesses"}
    wrong = page("XB analyst", "POST", f"/files/{file}/subjects", form(**{**said, "rationale": "x"}))
    assert wrong.status == 422
    assert 'href="#f-reviewDue"' in wrong.text
    made = page("XB analyst", "POST", f"/files/{file}/subjects", form(**said, reviewDue="2026-06-01"))
    assert made.status == 303
    waits = page(LEAD, "GET", f"/files/{file}/subjects")
    found = re.search(r'action="(/files/[0-9a-f]+/subjects/[0-9a-f]+)/approve"', waits.text)
    assert found
    given = form(version=version(waits), decision="approve")
    assert page("XB analyst", "POST", f"{found[1]}/approve", given).status == 403
    assert page(LEAD, "POST", f"{found[1]}/approve", given).status == 303
    assert "Suspect" in page(LEAD, "GET", f"/files/{file}").text
    assert page(LEAD, "POST", f"{found[1]}/remove", form(why="Another man")).status == 303
    assert "Another man" in page(LEAD, "GET", f"/files/{file}/subjects?which=removed").text


def test_a_file_is_extended_and_closed_on_pages(page: Page, file: str) -> None:
    said = form(reviewDue="2027-01-10", closes="2027-12-31", why="It goes on")
    assert page(LEAD, "POST", f"/files/{file}/extend", said).status == 303
    seen = page(BOSS, "GET", f"/files/{file}")
    assert "It goes on" in seen.text
    page(BOSS, "POST", f"/files/{file}/approve", form(version=version(seen), decision="approve"))
    assert page(LEAD, "POST", f"/files/{file}/close", form(why="Done")).status == 303
    assert "It is closed" in page(LEAD, "GET", f"/files/{file}").text


@pytest.mark.parametrize("who", ["XA officer", "XA chief", "XB chief", "XZ chief"])
def test_who_is_no_member_gets_the_page_of_nothing(page: Page, file: str, who: str) -> None:
    for path in ("", "/contribute", "/subjects", "/subjects/new", f"/contributions/{NOTHING}"):
        real, none = (page(who, "GET", f"/files/{id}{path}") for id in (file, NOTHING))
        assert real.status in (403, 404)
        assert real.text.replace(file, NOTHING) == none.text
