"""Pages of threat assessments: begun, scored, reviewed and read without a script."""

from collections.abc import Callable

import pytest

from rooms.assessed import FIRST, LEAD, REVIEWS, SECOND, WHY, Assessing
from rooms.scene import Scene
from worlds.stage import Answer

Page = Callable[..., Answer]
DRAFT = [
    ("title", "Counterfeit pesticide"),
    ("period", "2025"),
    ("scheme", ""),
    ("formula", "mean"),
    ("level", "official"),
    ("indicators", "supply; Supply\ndemand; Demand; ; 3"),
    ("places", "xb; North; XB; XC; XD; XZ\nxc-02; South; XB; XC; ; XZ; The coast"),
]


@pytest.fixture
def them(scene: Scene) -> Assessing:
    return Assessing(scene)


def typed(value: str = "5", done: bool = True, seat: str = "first", **more: str) -> list[tuple[str, str]]:
    fields = {"value": value, "confidence": "high", "why": WHY, "on": "", "evidence": ""}
    rows = [(f"{name}-{code}", said) for code in ("supply", "demand") for name, said in fields.items()]
    said = {**dict(rows), "seat": seat, "version": "0", "do": "done" if done else "keep", **more}
    return list(said.items())


def test_a_draft_is_begun_and_edited_on_its_form(page: Page, them: Assessing) -> None:
    assert page(LEAD, "GET", "/assessments/new").status == 200
    kept = page(LEAD, "POST", "/assessments/new", DRAFT)
    assert kept.status == 303
    them.id = dict(kept.headers)["location"].rpartition("/")[2]
    seen = them.seen()
    assert [(p["code"], p["region"], p["name"]) for p in seen["places"]] == [
        ("xb", "North", ""),
        ("xc-02", "South", "The coast"),
    ]
    assert [(i["code"], i["weight"]) for i in seen["indicators"]] == [("supply", 1), ("demand", 3)]
    form = page(LEAD, "GET", f"/assessments/{them.id}/edit").text
    assert "xc-02; South; XB; XC; ; XZ; The coast" in form and "demand; Demand; ; 3" in form
    edited = [("title", "Pesticide"), *DRAFT[1:], ("version", str(seen["version"]))]
    assert page(LEAD, "POST", f"/assessments/{them.id}/edit", edited).status == 303
    assert them.seen()["title"] == "Pesticide"
    stale = page(LEAD, "POST", f"/assessments/{them.id}/edit", edited)
    assert stale.status == 409 and "Somebody changed it before you" in stale.text


def test_what_was_typed_comes_back_with_the_line_that_is_wrong(page: Page) -> None:
    wrong = [*DRAFT[:-1], ("places", "xb; North; XB; XC; XD; XZ\nzz9; ; XB; QQ; ; XZ")]
    answer = page(LEAD, "POST", "/assessments/new", wrong)
    assert answer.status == 422
    assert "zz9; ; XB; QQ; ; XZ" in answer.text
    assert "Line 2: This is no country" in answer.text


def test_an_assessment_is_scored_and_reviewed_on_pages_alone(page: Page, them: Assessing) -> None:
    them.opened()
    listed = page(FIRST, "GET", "/assessments").text
    assert "Counterfeit pesticide" in listed
    for who, seat, value in ((FIRST, "first", "5"), (SECOND, "second", "6.5")):
        here = page(who, "GET", f"/assessments/{them.id}").text
        assert "Waits for your bureau" in here
        to = page(who, "POST", f"/assessments/{them.id}/places/xb/seats", [("seat", seat)])
        path = f"/assessments/{them.id}/places/xb/scores"
        assert (to.status, dict(to.headers)["location"]) == (303, f"{path}?seat={seat}")
        assert page(who, "GET", f"{path}?seat={seat}").status == 200
        assert WHY not in page(who, "GET", f"/assessments/{them.id}/places/xb").text
        assert page(who, "POST", path, typed(value, seat=seat)).status == 303
    shown = page(LEAD, "GET", f"/assessments/{them.id}").text
    assert "<svg" in shown and "5.75" in shown and "ICC(2,1)" in shown
    there = f"/assessments/{them.id}/places/xb"
    assert WHY in page(LEAD, "GET", there).text
    assert 'id="review"' not in page(LEAD, "GET", there).text
    assert 'id="review"' in page(REVIEWS, "GET", there).text
    said = {
        "summary": "The route carries most of it.",
        "mind": "A year without seizures.",
        "likelihood": "likely",
        "trend": "rising",
        "value-supply": "8",
        "why-supply": "The region's seizures say more.",
        "value-demand": "",
        "why-demand": "",
        "version": str(them.seen()["version"]),
    }
    wrong = page(REVIEWS, "POST", f"{there}/review", list({**said, "mind": "no"}.items()))
    assert wrong.status == 422 and "mind" in wrong.text
    assert page(REVIEWS, "POST", f"{there}/review", list(said.items())).status == 303
    told = page(LEAD, "GET", there).text
    assert "A year without seizures." in told and "8.00" in told and "Likely (55 to 75 %)" in told


def test_scores_that_are_wrong_come_back_at_their_indicator(page: Page, them: Assessing) -> None:
    them.opened()
    them.take(FIRST, "first")
    path = f"/assessments/{them.id}/places/xb/scores"
    wrong = {"why-demand": "because", "value-supply": "", "why-supply": "", "evidence-demand": "ab" * 16}
    answer = page(FIRST, "POST", path, typed(**wrong))
    assert answer.status == 422 and "because" in answer.text
    assert 'href="#s-demand"' in answer.text and 'href="#s-supply"' not in answer.text
    kept = page(FIRST, "POST", path, typed(done=False, **{"value-supply": "", "why-supply": ""}))
    assert (kept.status, dict(kept.headers)["location"]) == (303, f"{path}?seat=first")
    stale = page(FIRST, "POST", path, typed())
    assert stale.status == 409 and "Somebody changed it before you" in stale.text
    early = page(FIRST, "POST", path, typed(**{"version": "1", "value-supply": "", "why-supply": ""}))
    assert early.status == 422 and "Supply has no score" in early.text


def test_the_other_scorers_sheet_is_nobody_elses(page: Page, them: Assessing) -> None:
    them.opened()
    them.handed_in(FIRST, "first", supply=5, demand=5)
    path = f"/assessments/{them.id}/places/xb/scores?seat=first"
    for who in (LEAD, SECOND, REVIEWS, "XB supervisor"):
        assert page(who, "GET", path).status == 403
    assert page(FIRST, "GET", path).status == 200
    assert page(FIRST, "GET", path.replace("first", "fourth")).status == 422
    assert page(FIRST, "GET", f"/assessments/{them.id}/places/zz").status == 404
    assert page("XD officer", "GET", f"/assessments/{them.id}").status == 200


def test_what_was_refused_is_said_on_the_page(page: Page, them: Assessing) -> None:
    them.opened()
    version = str(them.seen()["version"])
    path = f"/assessments/{them.id}/steps"
    short = page(LEAD, "POST", path, [("step", "withdraw"), ("text", "no"), ("version", version)])
    assert short.status == 422 and "Say why" in short.text
    third = page(LEAD, "POST", f"/assessments/{them.id}/places/xb/third", [("third", "QQ"), ("version", "1")])
    assert third.status == 409
    them.begun()
    gone = page(LEAD, "POST", f"/assessments/{them.id}/steps", [("step", "discard"), ("version", "1")])
    assert (gone.status, dict(gone.headers)["location"]) == (303, "/assessments")


def test_names_are_shown_as_text(page: Page, them: Assessing) -> None:
    them.opened(title="<b>x</b>", places=[{"code": "xb", "name": "<i>&", "region": "<u>",
                "first": "XB", "second": "XC", "reviewer": "XZ"}])  # fmt: skip
    them.scored()
    for path in ("", "/places/xb"):
        shown = page(LEAD, "GET", f"/assessments/{them.id}{path}").text
        assert "<b>x" not in shown and "<i>&" not in shown and "<u>" not in shown
