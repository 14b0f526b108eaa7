"""A locked assessment is published: prepared by one, decided by another, read by those who may read it."""

from collections.abc import Callable
from typing import Any

import pytest

from rooms.assessed import FIRST, LEAD, LOCKS, SECOND, WHY, Assessing, given, place
from rooms.scene import EVERYONE, IVO, Scene, only, places
from worlds.stage import Answer


@pytest.fixture
def them(scene: Scene) -> Assessing:
    return Assessing(scene)


def locked(them: Assessing, *evidence: str, **said: Any) -> None:
    """One place, its first score resting on these records; reviewed and locked."""
    them.opened(places=[place("xb", third="", reviewer="XC", second="XC")], **said)
    them.take(FIRST, "first")
    scores = given(supply=4, demand=6)
    scores[0]["evidence"] = list(evidence)
    answer = them.write(FIRST, "first", scores, done=True)
    assert answer.status == 200, answer.text
    them.handed_in(SECOND, "second", supply=5, demand=8)
    assert them.review("XC supervisor").status == 200
    them.stepped("lock", LOCKS)


def prepared(them: Assessing, *to: str, who: str = LEAD, **said: Any) -> Answer:
    form = {"distribution": [{"bureau": code} for code in to], **said}
    return them.scene(who, "POST", f"/assessments/{them.id}/publications", json=form)


def decided(them: Assessing, id: str, who: str = LOCKS, **said: Any) -> Answer:
    path = f"/assessments/{them.id}/publications/{id}/decide"
    return them.scene(who, "POST", path, json={"approve": True, **said})


def published(them: Assessing, *to: str) -> str:
    """The id of a published edition."""
    id = str(prepared(them, *to).json[-1]["id"])
    answer = decided(them, id)
    assert answer.status == 200, answer.text
    assert answer.json[-1]["state"] == "published"
    return id


def test_an_edition_goes_to_its_recipients_with_values_and_without_a_scorers_words(
    them: Assessing, scene: Scene
) -> None:
    record = scene.contribute(IVO, EVERYONE)["id"]
    locked(them, record)
    published(them, "XB", "XD")
    (copy,) = scene("XD officer", "GET", "/reports").json
    read = scene("XD officer", "GET", f"/reports/{copy['id']}").json
    said = str(read["document"])
    assert read["title"] == "Counterfeit pesticide, 2025"
    assert "What would change our mind" in said and "A year without seizures" in said
    assert "4.50" in said and "6.38" in said
    assert WHY not in said and "analyst" not in said
    assert scene("XZ officer", "GET", "/reports").json == []
    told = scene(LEAD, "GET", f"/assessments/{them.id}/publications").json[-1]
    assert [(r["bureau"], bool(r["read"])) for r in told["receipts"]] == [("XB", False), ("XD", True)]


@pytest.mark.parametrize("form", ["pdf", "docx", "html"])
def test_an_edition_is_printed(them: Assessing, scene: Scene, form: str) -> None:
    locked(them)
    published(them, "XD")
    (copy,) = scene("XD officer", "GET", "/reports").json
    printed = scene("XD officer", "GET", f"/reports/{copy['id']}/{form}")
    assert printed.status == 200 and len(printed.body) > 1_000


def test_whoever_prepared_it_does_not_decide_and_an_analyst_never_does(them: Assessing) -> None:
    locked(them)
    id = prepared(them, "XD", who=LOCKS).json[-1]["id"]
    assert decided(them, id, LOCKS).status == 403
    assert decided(them, id, LEAD).status == 403
    assert decided(them, id, "XB supervisor").status == 403
    assert places(decided(them, id, "XA office", approve=False, why="no")) == ["why"]
    back = decided(them, id, "XA office", approve=False, why="A region is missing.")
    assert back.json[-1]["state"] == "draft" and back.json[-1]["why"] == "A region is missing."
    assert decided(them, id, "XA office").status == 422
    assert prepared(them, "XD").status == 201
    waits = prepared(them, "XD")
    assert waits.status == 422 and places(waits) == ["state"]


def test_nothing_goes_to_who_may_not_read_a_record_that_is_cited(them: Assessing, scene: Scene) -> None:
    record = scene.contribute(IVO, only("XB", "XC"), who="XA office")["id"]
    locked(them, record)
    id = prepared(them, "XD", "XB").json[-1]["id"]
    path = f"/assessments/{them.id}/publications/{id}"
    checked = scene(LOCKS, "GET", f"{path}/check").json
    assert {(one["bureau"], one["source"]) for one in checked["blocked"]} == {("XD", record)}
    refused = decided(them, id)
    assert refused.status == 422 and "XD may not read" in refused.text
    assert scene("XB officer", "GET", "/reports").json == []


def test_a_draft_or_open_assessment_is_not_published_nor_another_bureaus(them: Assessing) -> None:
    them.opened()
    assert places(prepared(them, "XD")) == ["state"]
    assert prepared(them, "XD", who=FIRST).status == 403
    assert them.scene(FIRST, "GET", f"/assessments/{them.id}/publications").status == 403
    assert them.scene("XD officer", "GET", "/assessments/00/publications").status == 404


def test_every_fault_of_a_preparation_is_told(them: Assessing) -> None:
    locked(them)
    form = {"distribution": [{"bureau": "QQ"}, {"bureau": "XD", "officer": "ab" * 16}], "template": "none"}
    answer = them.scene(LEAD, "POST", f"/assessments/{them.id}/publications", json=form)
    assert set(places(answer)) == {"distribution/0/bureau", "distribution/1/officer", "template"}


def test_withdrawing_the_assessment_takes_its_editions_back(them: Assessing, scene: Scene) -> None:
    locked(them)
    published(them, "XD")
    them.stepped("withdraw", LOCKS, "A source was wrong.")
    (copy,) = scene("XD officer", "GET", "/reports").json
    assert copy["state"] == "withdrawn"
    assert scene("XD officer", "GET", f"/reports/{copy['id']}").json["document"] is None


def test_a_new_edition_ends_the_one_before(them: Assessing, scene: Scene) -> None:
    locked(them)
    first = published(them, "XD")
    second = prepared(them, "XD", changes="A table was added.").json[-1]["id"]
    assert decided(them, second).status == 200
    states = {
        one["id"]: one["state"]
        for one in them.scene(LEAD, "GET", f"/assessments/{them.id}/publications").json
    }
    assert states == {first: "withdrawn", second: "published"}
    assert [
        c["edition"] for c in scene("XD officer", "GET", "/reports").json if c["state"] == "published"
    ] == [2]


def test_it_is_prepared_and_published_on_its_page(
    them: Assessing, scene: Scene, page: Callable[..., Answer]
) -> None:
    locked(them)
    path = f"/assessments/{them.id}/publications"
    assert "Publication" in page(LEAD, "GET", f"/assessments/{them.id}").text
    none = page(LEAD, "POST", path, [("template", ""), ("changes", "")])
    assert none.status == 422
    assert page(LEAD, "POST", path, [("to", "XD"), ("template", ""), ("changes", "")]).status == 303
    shown = page(LOCKS, "GET", path).text
    assert "Every recipient may read all" in shown and "Publish it" in shown
    id = scene(LEAD, "GET", f"{path}").json[-1]["id"]
    assert page(LOCKS, "POST", f"{path}/{id}", [("do", "return"), ("why", "no")]).status == 422
    assert page(LOCKS, "POST", f"{path}/{id}", [("do", "approve"), ("why", "")]).status == 303
    assert scene("XD officer", "GET", "/reports").json != []
    taken = page(LOCKS, "POST", f"{path}/{id}", [("do", "withdraw"), ("why", "A source was wrong.")])
    assert taken.status == 303
    assert page("XB officer", "GET", path).status == 403
