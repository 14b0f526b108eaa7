"""Companies tell, the house finds where two industries tell of the same, the secretariat's desk decides."""

import pytest

from entente.desk import House
from rooms.referred import PHONE, Referred, joined
from rooms.scene import Scene


@pytest.fixture
def desk(house: House, scene: Scene) -> Referred:
    return joined(scene, house)


def test_a_report_comes_back_to_its_company_and_to_nobody_else(desk: Referred) -> None:
    told = desk.tell(ref="C-1")
    assert told["goods"] == "agro.pesticide" and told["ref"] == "C-1"
    assert [i["value"] for i in told["identifiers"]] == [PHONE, "https://www.korn.example/x"]
    assert [r["id"] for r in desk("XP analyst", "GET", "/reports").json["reports"]] == [told["id"]]
    for who in ("XQ chief", "XA chief", "XZ chief"):
        assert desk(who, "GET", f"/reports/{told['id']}").status == 404
        assert desk(who, "GET", "/reports").json["reports"] == []


def test_two_industries_that_tell_of_the_same_are_told_after_the_desk_and_no_more_than_that(
    desk: Referred,
) -> None:
    mine, theirs, id = desk.matched()
    assert [(a["what"], a["object"]) for a in desk.alerts("XZ analyst")] == [("referral-waits", id)]
    case = desk.case(id)
    assert (case["state"], case["shared"]) == ("matched", [{"sort": "phone", "value": "+99955010022"}])
    assert [(s["bureau"], s["sectors"]) for s in case["sides"]] == [("XP", ["post"]), ("XQ", ["banking"])]
    assert desk.told("XP analyst", mine["id"]) == [] == desk.told("XQ analyst", theirs["id"])
    assert desk.step(id, "take").json["state"] == "desk-review"
    assert desk.told("XP analyst", mine["id"]) == [] and desk.alerts("XP analyst") == []
    assert desk.step(id, "release").json["state"] == "notified"
    for who, report, other in (("XP", mine, "XQ"), ("XQ", theirs, "XP")):
        (told,) = desk.told(f"{who} analyst", report["id"])
        assert (told["case"], told["state"]) == (case["case"], "notified")
        assert told["contact"]["bureau"] == "XZ" and told["other"] is None
        (alert,) = desk.alerts(f"{who} analyst")
        assert (alert["what"], alert["object"], alert["token"]) == ("referral", report["id"], case["case"])
        everything = desk(f"{who} analyst", "GET", f"/reports/{report['id']}").text
        assert other not in everything.replace(report["id"], "")
    assert desk.alerts("XZ analyst") == []
