"""The one box finds a seizure by its numbers, and its bureau by its reference, never by words alone."""

from collections.abc import Callable
from typing import Any

import pytest

from entente.desk import House
from rooms.scene import Scene, only
from rooms.seized import AUTHOR, BOX, OFFICER, OFFICER_B, OTHER, Customs, item
from worlds.stage import Answer, Clock

Work = Callable[[House], None]
SHARED: dict[str, Any] = {"mode": "everyone"}


@pytest.fixture
def customs(scene: Scene) -> Customs:
    return Customs(scene)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ({"conveyances": [{"kind": "container", "number": BOX}]}, "lorry with csqu 305438-3"),
        ({"conveyances": [{"kind": "vessel", "number": "9074729"}]}, "IMO 9074729"),
        ({"conveyances": [{"kind": "plate", "number": "XC-441-KR"}]}, "XC 441 KR"),
        ({"conveyances": [{"kind": "parcel", "number": "RR473124829DE"}]}, "RR473124829DE"),
        ({"conveyances": [{"kind": "seal", "number": "ML-DE 4471902"}]}, "MLDE4471902"),
        ({"items": [item(batch="LX-88213")]}, "LX-88213"),
    ],
    ids=["container", "vessel", "plate", "parcel", "seal", "batch"],
)
def test_a_seizure_is_found_by_each_of_its_numbers_with_the_reason(
    scene: Scene, customs: Customs, said: dict[str, Any], asked: str
) -> None:
    kept = customs.kept(handling=SHARED, **said)
    customs.kept(handling=SHARED)
    [found] = scene.search(OFFICER_B, asked)["candidates"]
    assert (found["id"], found["kind"], found["owner"]) == (kept["id"], "Seizure", "XA")
    assert any(why["rule"].startswith("same-") and why["part"] > 5 for why in found["reasons"])
    assert scene.found(OFFICER_B, asked, kind="Seizure") == [kept["id"]]
    assert scene.found(OFFICER_B, asked, kind="Vehicle") == []


def test_it_is_not_found_by_the_words_of_its_title(scene: Scene, customs: Customs) -> None:
    customs.kept(handling=SHARED)
    assert scene.found(OFFICER_B, "Chlorpyrifos Norport") == []


def test_who_may_not_see_it_finds_what_he_would_find_without_it(scene: Scene, customs: Customs) -> None:
    nothing = scene.search(OFFICER_B, BOX)
    customs.kept(conveyances=[{"kind": "container", "number": BOX}], ref="XA-2026-0001")
    customs.kept(handling=only("XC"), conveyances=[{"kind": "container", "number": BOX}])
    assert _told(scene.search(OFFICER_B, BOX)) == _told(nothing)
    assert len(scene.found(OFFICER, BOX)) == 2


def test_a_bureau_that_only_hints_at_it_is_named_and_told(
    scene: Scene, customs: Customs, house: House, work: Work
) -> None:
    hinted = only(hint=["XB"])
    kept = customs.kept(handling=hinted, conveyances=[{"kind": "container", "number": BOX}])
    answer = scene.search(OFFICER_B, BOX)
    assert answer["candidates"] == [] and [c["bureau"] for c in answer["contacts"]] == ["XA"]
    work(house)
    [hit] = scene(OFFICER, "GET", "/hits").json["hits"]
    page = scene.ask(scene.crew[OFFICER], "GET", f"/hits/{hit['id']}")
    assert f"/trends/seizures/{kept['id']}" in page.text


def test_a_reference_finds_one_s_own_bureau_s_seizure_alone(scene: Scene, customs: Customs) -> None:
    kept = customs.kept(handling=SHARED, ref="Dossier green/7")
    other = customs.kept(OTHER, handling=SHARED, ref="XB-2026-0001")
    [found] = scene.search(OFFICER, "Dossier green/7")["candidates"]
    assert found["id"] == kept["id"]
    assert [why["rule"] for why in found["reasons"] if why["part"] > 5] == ["same-reference"]
    assert scene.found(OFFICER_B, "Dossier green/7") == []
    assert scene.found(OFFICER_B, "lorry XB-2026-0001") == [other["id"]]
    assert scene.found(OFFICER, "lorry XB-2026-0001") == []


def test_the_card_and_every_address_of_a_record_lead_to_its_own_page(scene: Scene, customs: Customs) -> None:
    kept = customs.kept(handling=SHARED, conveyances=[{"kind": "container", "number": BOX}])
    path = f"/trends/seizures/{kept['id']}"
    asked = [("q", BOX), ("purpose", "wanted"), ("justification", "case 1")]
    card = _page(scene, "POST", "/search", form=asked)
    assert f'href="{path}"' in card.text and "The same serial number" in card.text
    assert _page(scene, "GET", f"/records/{kept['id']}").header("location") == path
    customs.share(AUTHOR, kept, **only())
    assert _page(scene, "GET", f"/records/{kept['id']}").status == 404


def test_a_verdict_on_it_is_a_hit_that_its_owner_answers(
    scene: Scene, customs: Customs, clock: Clock
) -> None:
    kept = customs.kept(handling=SHARED, conveyances=[{"kind": "container", "number": BOX}])
    answer = scene.judged(OFFICER_B, BOX, kept["id"])
    assert answer.status == 201, answer.text
    hit = answer.json["hit"]
    said = scene(OFFICER, "POST", f"/hits/{hit}/confirmation", json={"answer": "confirmed"})
    assert said.status == 200, said.text


def test_a_seizure_that_is_corrected_or_withdrawn_is_found_as_it_is_now(
    scene: Scene, customs: Customs
) -> None:
    kept = customs.kept(handling=SHARED, conveyances=[{"kind": "container", "number": BOX}])
    assert scene.found(OFFICER_B, BOX) == [kept["id"]]
    scene(AUTHOR, "DELETE", f"/trends/seizures/{kept['id']}?version={kept['version']}")
    assert scene.found(OFFICER_B, BOX) == []


def _told(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "search"}


def _page(scene: Scene, method: str, path: str, **said: Any) -> Answer:
    inquiry = {"purpose": "wanted", **said} if method == "GET" else said
    return scene.ask(scene.crew[OFFICER_B], method, path, **inquiry)
