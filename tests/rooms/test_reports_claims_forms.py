"""No form of a page and no import sets how far a claim is proven: without the step in which a person confirms
that a judgment is final, nothing that is sent makes it so."""

import os
import random
from typing import Any

import pytest

from rooms.cased import AUTHOR, BEFORE, DIGEST, Desk
from rooms.scene import EVERYONE, Scene
from rooms.test_reports_claims import FORBIDDEN
from worlds.stage import Answer

CALLS = 1_000 if os.environ.get("ENTENTE_PROOF") else 40
TEMPTING = (
    *FORBIDDEN,
    "level",
    "code",
    "final",
    "final_on",
    "confirmed_by",
    "confirmed_at",
    "state",
    "event",
)
FILLED: dict[str, dict[str, tuple[str, ...]]] = {
    "claims/1": {"text": ("The group laundered.",), "subject_party": ("1",), "evidence": ("1", "")},
    "evidence/1": {"kind": ("judgment", "press"), "title": ("Judgment",), "proceeding": ("1", "")},
    "proceedings/1": {"court": ("Court",), "country": ("xa",), "outcomes/0/verdict": ("guilty", "plea")},
    "checklist/1": {"answer": ("met", "unknown"), "evidence": ("1",), "persons": ("9",)},
    "edit": {"title": ("A case",), "chapter": ("tobacco",), "level": ("official",)},
    "protected": {"names/0/name": ("P3",), "names/0/sort": ("victim",)},
    "parties/1": {"name": ("P3",), "sort": ("group",)},
    "steps": {"step": ("complete", "clear", "send"), "reviewer": ("XB",)},
    "objections": {"text": ("Proven",)},
}
MORE = {
    "link_type": "launders_for", "object_crime": "money_laundering", "pinpoint": "p. 12", "sha256": DIGEST,
    "stage": "first_instance",
    "date": "2025-03-01", "standard": BEFORE, "outcomes/0/defendant": "Ivo Marenko",
}  # fmt: skip


@pytest.fixture
def cases(scene: Scene) -> Desk:
    return Desk(scene)


def _unproven(case: dict[str, Any]) -> bool:
    levels = {one["proof"]["level"] for one in case["claims"]}
    return not levels & {"P3", "PR"} and not case["admitted"]


def _sent(scene: Scene, case: dict[str, Any], rest: str, form: list[tuple[str, str]]) -> Answer:
    return scene.ask(scene.crew[AUTHOR], "POST", f"/cases/{case['id']}/{rest}", form=form)


def test_no_form_of_a_page_sets_a_level(cases: Desk, scene: Scene) -> None:
    dice = random.Random(11)
    case = cases.drafted(final=False)
    assert _unproven(case)
    kept = 0
    for number in range(CALLS):
        rest = dice.choice(sorted(FILLED))
        form = [("version", str(case["version"]))]
        form += [(name, dice.choice(values)) for name, values in FILLED[rest].items()]
        form += MORE.items()
        form += [(name, dice.choice(["P3", "PR", "yes", "2025-04-02"])) for name in dice.sample(TEMPTING, 3)]
        answer = _sent(scene, case, rest, form)
        assert answer.status in (303, 403, 404, 409, 412, 422), (number, rest, answer.status)
        kept += answer.status == 303
        case = cases.opened(AUTHOR, case)
        assert _unproven(case), (number, rest, form)
        assert not any(one["final_on"] for one in case["proceedings"])
    assert kept > CALLS // 10


def test_no_record_and_no_import_is_a_case(cases: Desk, scene: Scene) -> None:
    case = cases.drafted(final=False)
    body = {"title": ["x"], "state": ["published"], "event": ["{}"], "chapter": ["tobacco"]}
    for kind in ("CaseStudy", "CaseProtected", "Casebook", "Assessment", "IndicatorScore"):
        draft = {"kind": kind, "properties": body, "handling": EVERYONE}
        assert scene("XA chief", "POST", "/records", json=draft).status == 422, kind
    change = {"version": case["version"], "properties": body}
    assert scene("XA chief", "PUT", f"/records/{case['id']}", json=change).status in (404, 422)
    assert scene("XA chief", "DELETE", f"/records/{case['id']}").status == 404
    assert cases.opened(AUTHOR, case)["version"] == case["version"]
