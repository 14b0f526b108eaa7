"""The same seizure from two bureaus: proposed to who sees both, judged by a person, merged by nobody."""

import pytest

from entente.desk import House
from entente.rooms.trends.seizures import same
from rooms.scene import Scene
from rooms.seized import OFFICER, OFFICER_B, OTHER, Customs, item

ONE = [item()]
NEAR = [item(quantity="1195 kg")]


@pytest.fixture
def customs(scene: Scene) -> Customs:
    return Customs(scene)


def told(scene: Scene, who: str) -> list[str]:
    answer = scene(who, "GET", "/alerts")
    assert answer.status == 200, answer.text
    return [a["what"] for a in answer.json]


def near(scene: Scene, who: str, id: str, purpose: str = "analysis") -> list[dict[str, object]]:
    answer = scene(who, "GET", f"/trends/seizures/{id}/same", purpose=purpose)
    assert answer.status == 200, answer.text
    return list(answer.json)


def test_both_are_told_where_both_see_both(customs: Customs, scene: Scene, house: House) -> None:
    one = customs.kept(handling={"mode": "everyone"}, items=ONE)
    other = customs.kept(OTHER, handling={"mode": "everyone"}, items=NEAR)
    same.follow(house)
    assert told(scene, OFFICER) == told(scene, OFFICER_B) == ["seizure-same"]
    (found,) = near(scene, OFFICER, one["id"])
    assert found["seizure"]["id"] == other["id"]  # type: ignore[index]
    same.follow(house)
    assert told(scene, OFFICER) == ["seizure-same"]


def test_who_does_not_see_the_other_is_not_told_and_learns_nothing(
    customs: Customs, scene: Scene, house: House
) -> None:
    hidden = customs.kept(items=ONE)
    before = scene(OFFICER_B, "GET", "/alerts").body
    other = customs.kept(OTHER, handling={"mode": "named", "bureaus": ["XA"]}, items=NEAR)
    same.follow(house)
    assert told(scene, OFFICER) == ["seizure-same"]
    assert scene(OFFICER_B, "GET", "/alerts").body == before
    assert near(scene, OFFICER_B, other["id"]) == []
    assert [f["seizure"]["id"] for f in near(scene, OFFICER, hidden["id"])] == [other["id"]]  # type: ignore[index]


def test_nearer_ones_that_are_confidential_take_no_place_from_what_an_officer_may_see(
    customs: Customs, scene: Scene, house: House
) -> None:
    followed = same.feed(house)
    for _ in range(same.MOST_SHOWN):
        kept = customs.kept("XB chief", items=ONE)
        customs.share("XB chief", kept, mode="everyone", level="confidential")
    customs.kept(OTHER, handling={"mode": "everyone"}, items=[item(quantity="1100 kg")])
    same.follow(house, followed)
    customs.kept(items=ONE)
    same.follow(house, followed)
    assert told(scene, OFFICER) == ["seizure-same"]


def test_what_is_for_another_purpose_alone_is_not_proposed(
    customs: Customs, scene: Scene, house: House
) -> None:
    customs.kept(items=ONE)
    for_borders = {"mode": "named", "bureaus": ["XA"], "purposes": ["border"]}
    customs.kept(OTHER, handling=for_borders, items=NEAR)
    same.follow(house)
    assert told(scene, OFFICER) == []


def test_a_seizure_that_is_shared_later_is_compared_then(
    customs: Customs, scene: Scene, house: House
) -> None:
    one, other = customs.kept(items=ONE), customs.kept(OTHER, items=NEAR)
    same.follow(house)
    assert told(scene, OFFICER) == told(scene, OFFICER_B) == []
    customs.share(OTHER, other)
    same.follow(house)
    assert told(scene, OFFICER) == ["seizure-same"] and told(scene, OFFICER_B) == []
    assert one


def test_a_verdict_is_kept_shown_and_changes_neither_seizure(
    customs: Customs, scene: Scene, house: House
) -> None:
    one = customs.kept(handling={"mode": "everyone"}, items=ONE)
    other = customs.kept(OTHER, handling={"mode": "everyone"}, items=NEAR)
    same.follow(house)
    path = f"/trends/seizures/{one['id']}/same"
    verdict = {"other": other["id"], "verdict": "same", "why": "One joint check."}
    answer = scene(OFFICER, "POST", path, json=verdict, purpose="analysis")
    assert answer.status == 200 and answer.json[0]["verdict"] == "same", answer.text
    assert (
        near(scene, OFFICER_B, other["id"])[0]["verdict"],
        near(scene, OFFICER_B, other["id"])[0]["judged_by"],
    ) == (
        "same",
        "XA",
    )
    assert told(scene, OFFICER) == [] and told(scene, OFFICER_B) == ["seizure-same"]
    assert {row["id"] for row in customs.list(OFFICER)} == {one["id"], other["id"]}
    again = {**verdict, "verdict": "cannot-tell"}
    assert scene(OFFICER, "POST", path, json=again, purpose="analysis").json[0]["verdict"] == "cannot-tell"


def test_nobody_judges_of_seizures_of_others_or_that_he_does_not_see(customs: Customs, scene: Scene) -> None:
    one = customs.kept(handling={"mode": "everyone"}, items=ONE)
    other = customs.kept(OTHER, items=NEAR)
    path = f"/trends/seizures/{one['id']}/same"
    verdict = {"other": other["id"], "verdict": "same"}
    assert scene(OFFICER, "POST", path, json=verdict, purpose="analysis").status == 404
    customs.share(OTHER, other)
    assert scene("XC officer", "POST", path, json=verdict, purpose="analysis").status == 403
    assert scene(OFFICER, "POST", path, json=verdict, purpose="analysis").status == 200
    itself = {"other": one["id"], "verdict": "same"}
    assert scene(OFFICER, "POST", path, json=itself, purpose="analysis").status == 422


def test_a_verdict_follows_the_handling_of_what_it_is_about(customs: Customs, scene: Scene) -> None:
    one = customs.kept(handling={"mode": "everyone"}, items=ONE)
    other = customs.kept(OTHER, handling={"mode": "everyone"}, items=NEAR)
    verdict = {"other": other["id"], "verdict": "same"}
    scene(OFFICER, "POST", f"/trends/seizures/{one['id']}/same", json=verdict, purpose="analysis")
    assert near(scene, "XC officer", one["id"])[0]["verdict"] == "same"
    hidden = customs.share(OTHER, other, mode="named", bureaus=["XA"])
    assert near(scene, "XC officer", one["id"]) == []
    customs.share(OTHER, hidden)
    assert near(scene, "XC officer", one["id"])[0]["verdict"] == "same"


def test_one_s_own_seizure_that_is_written_again_is_found_before_it_is_kept(customs: Customs) -> None:
    kept = customs.kept(items=ONE)
    assert [one["seizure"]["id"] for one in customs.check(items=NEAR)["same"]] == [kept["id"]]
    shared = customs.kept(OTHER, handling={"mode": "everyone"}, items=NEAR)
    found = customs.check(items=NEAR, purpose="analysis")["same"]
    assert {one["seizure"]["id"] for one in found} == {kept["id"], shared["id"]}


def test_totals_of_published_tables_are_nobody_s_seizure(customs: Customs) -> None:
    customs.kept(form="total", date="2026-01")
    assert customs.check(items=NEAR)["same"] == []
