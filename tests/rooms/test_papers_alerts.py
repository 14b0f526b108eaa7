"""Alerts of false documents: reviewed, published, told to who subscribed and may see them."""

from typing import Any

from rooms.scene import Scene, only

WRITER, SECOND, READER = "XC contributor", "XC supervisor", "XA officer"
FORM: dict[str, Any] = {
    "title": "Counterfeit passport of Utopia without watermark",
    "sort": "counterfeit",
    "code": "UTO-AO-01001",
    "country": "UTO",
    "route": "Norport to Southby, by ferry",
    "first_seen": "2025-11-02",
    "content": {"regions": [{"marker": "No watermark"}], "serials": ["U1234567"]},
}


def drafted(scene: Scene, **said: Any) -> dict[str, Any]:
    made = scene(WRITER, "POST", "/papers/alerts", json=FORM | said)
    assert made.status == 201, made.text
    kept: dict[str, Any] = made.json
    return kept


def published(scene: Scene, **said: Any) -> dict[str, Any]:
    made = drafted(scene, **said)
    path = f"/papers/alerts/{made['id']}"
    assert scene(WRITER, "POST", f"{path}/submit", json={"seen": made["seen"]}).status == 200
    done = scene(SECOND, "POST", f"{path}/review", json={"seen": made["seen"], "approve": True})
    assert done.status == 200, done.text
    kept: dict[str, Any] = done.json
    return kept


def told(scene: Scene, who: str = READER) -> list[str]:
    answer = scene(who, "GET", "/alerts")
    return [a["object"] for a in answer.json if a["what"] == "paper-alert"]


def test_an_alert_is_its_bureaus_alone_until_it_is_published(scene: Scene) -> None:
    made = drafted(scene)
    assert scene(READER, "GET", f"/papers/alerts/{made['id']}").status == 404
    assert scene(READER, "GET", "/papers/alerts").json == []
    out = published(scene)
    assert scene(READER, "GET", f"/papers/alerts/{out['id']}").json["content"]["serials"] == ["U1234567"]
    assert [a["id"] for a in scene(READER, "GET", "/papers/alerts?code=UTO-AO-01001").json] == [out["id"]]


def test_who_subscribed_is_told_when_it_is_published(scene: Scene) -> None:
    for said, is_told in (
        ({"every": True}, True),
        ({"countries": ["UTO"]}, True),
        ({"types": ["AO"], "routes": ["southby"]}, True),
        ({"types": ["BO"]}, False),
        ({"countries": ["DEU"], "routes": ["southby"]}, False),
        ({}, False),
    ):
        assert scene("XA officer", "PUT", "/papers/subscription", json=said).status == 200
        made = published(scene)
        assert (made["id"] in told(scene)) == is_told, said


def test_nobody_is_told_of_what_he_may_not_see(scene: Scene) -> None:
    scene("XA officer", "PUT", "/papers/subscription", json={"every": True})
    scene("XB officer", "PUT", "/papers/subscription", json={"every": True})
    made = published(scene, handling=only("XB"))
    assert told(scene) == []
    assert told(scene, "XB officer") == [made["id"]]


def test_a_fantasy_document_is_of_no_state_and_others_are_of_one(scene: Scene) -> None:
    assert drafted(scene, sort="fantasy", country="WSA", code="")
    refused = scene(WRITER, "POST", "/papers/alerts", json=FORM | {"country": "QQQ", "code": ""})
    assert [f["where"] for f in refused.json["faults"]] == ["country"]


def test_what_is_withdrawn_is_gone_for_others(scene: Scene) -> None:
    made = published(scene)
    path = f"/papers/alerts/{made['id']}"
    assert scene(SECOND, "POST", f"{path}/withdraw", json={"why": "It was a genuine one."}).status == 200
    assert scene(READER, "GET", path).status == 404


def test_an_alert_is_of_the_state_of_its_document(scene: Scene) -> None:
    form = {"title": "A", "sort": "counterfeit", "country": "FRA", "code": "UTO-AO-01001"}
    refused = scene("XC contributor", "POST", "/papers/alerts", json=form)
    assert [fault["where"] for fault in refused.json["faults"]] == ["country"]
