"""Case studies: written, proven by what is written, reviewed abroad, admitted, and taken out when a proof falls."""

import pytest

from rooms.cased import AUTHOR, REVIEWER, SECOND, Desk, claim, evidence, level, outcome, proceeding, reasons
from rooms.scene import Scene, places


@pytest.fixture
def cases(scene: Scene) -> Desk:
    return Desk(scene)


def test_a_case_is_proposed_proven_reviewed_abroad_and_admitted(cases: Desk) -> None:
    case = cases.drafted()
    assert level(case) == "P3" and case["group_proven"] and case["transnational"]
    assert reasons(case) == {"no-review"}
    case = cases.accepted()
    assert case["state"] == "accepted" and case["admitted"] and case["reasons"] == []
    assert cases.step(SECOND, case, "clear")["state"] == "legal_clearance"
