"""Who gets a record, as its owner says; a bureau says it in a limited number of ways."""

import pytest

from entente.rooms.records import handling as handlings
from rooms.scene import EVERYONE, IVO, NOBODY, Scene, only, places


@pytest.mark.parametrize("text", ["Ivo Marenko", "P4417093"])
def test_a_tightened_handling_holds_for_the_very_next_question(scene: Scene, text: str) -> None:
    id = scene.contribute()["id"]
    assert scene.found("XB officer", text) == [id]
    handling = {"version": 1, "handling": {"mode": "but", "bureaus": ["XB"]}}
    assert scene("XA office", "PUT", f"/records/{id}/handling", json=handling).status == 200
    assert scene.found("XB officer", text) == []
    assert scene.found("XC officer", text) == [id]
    for path in ("", "/versions", "/links"):
        assert scene("XB officer", "GET", f"/records/{id}{path}").status == 404


@pytest.mark.parametrize("text", ["Ivo Marenko", "P4417093"])
def test_a_widened_handling_holds_for_the_very_next_question(scene: Scene, text: str) -> None:
    id = scene.contribute(handling=NOBODY)["id"]
    assert scene.found("XB officer", text) == []
    scene("XA office", "PUT", f"/records/{id}/handling", json={"version": 1, "handling": only("XB")})
    assert scene.found("XB officer", text) == [id]
    assert scene.found("XC officer", text) == []


@pytest.mark.parametrize(
    ("handling", "sees"),
    [
        (EVERYONE, "XA XB XC"),
        (NOBODY, "XA"),
        (only("XC"), "XA XC"),
        ({"mode": "but", "bureaus": ["XC"]}, "XA XB"),
        (only("XB", hint=["XC"]), "XA XB"),
        ({"mode": "everyone", "purposes": ["wanted"]}, "XA XB XC"),
        ({"mode": "everyone", "purposes": ["border"]}, "XA"),
        ({"mode": "everyone", "status": "draft"}, "XA"),
        ({"mode": "everyone", "status": "suspended"}, "XA"),
        ({"mode": "everyone", "level": "confidential"}, "XA XB XC"),
        ({"mode": "everyone", "need": ["joint/file"]}, "XA XB XC"),
        ({"mode": "everyone", "need": ["XA/file"]}, "XA"),
    ],
)
def test_who_sees_a_record_is_what_its_handling_says(scene: Scene, handling: dict, sees: str) -> None:
    kept = scene.contribute(handling=handling)
    for bureau in ("XA", "XB", "XC"):
        status = 200 if bureau in sees else 404
        assert scene(f"{bureau} office", "GET", f"/records/{kept['id']}").status == status
        expected = [kept["id"]] if bureau in sees else []
        assert scene.found(f"{bureau} office", "Ivo Marenko") == expected
    assert kept["handling"] == {
        "bureaus": [],
        "hint": [],
        "watch": False,
        "need": [],
        "purposes": [],
        "level": "official",
        "status": "live",
        **handling,
    }


def test_what_is_confidential_or_in_a_file_is_hidden_from_an_officer_without_clearance(scene: Scene) -> None:
    confidential = scene.contribute(handling={"mode": "everyone", "level": "confidential"})["id"]
    filed = scene.contribute(handling={"mode": "everyone", "need": ["joint/file"]})["id"]
    for id in (confidential, filed):
        for who in ("XA officer", "XB officer"):
            assert scene(who, "GET", f"/records/{id}").status == 404
    assert scene.found("XB officer", "Ivo Marenko") == []


# --- in how many ways ----------------------------------------------------------------------------


def _ways(many: int) -> list[dict]:
    """So many different handlings."""
    purposes = ("wanted", "border", "locate", "warn", "identify")
    sets = [[p for b, p in enumerate(purposes) if n >> b & 1] for n in range(1, 32)]
    return [
        only("XB", purposes=p, watch=w, hint=h) for h in ([], ["XC"]) for w in (False, True) for p in sets
    ][:many]


def _contribute(scene: Scene, handling: dict, who: str = "XA office"):
    draft = {"kind": "Person", "properties": IVO, "handling": handling}
    return scene(who, "POST", "/records", json=draft)


def test_a_bureau_handles_its_records_in_64_ways_and_in_no_65th(scene: Scene) -> None:
    *ways, one_more = _ways(handlings.MOST_HANDLINGS + 1)
    ids = [scene.contribute(handling=way)["id"] for way in ways]
    assert len(ids) == 64
    refused = _contribute(scene, one_more)
    assert (refused.status, places(refused)) == (422, ["handling"])
    change = {"version": 1, "handling": one_more}
    assert places(scene("XA office", "PUT", f"/records/{ids[0]}/handling", json=change)) == ["handling"]
    assert _contribute(scene, ways[0]).status == 201
    change = {"version": 1, "handling": ways[1]}
    assert scene("XA office", "PUT", f"/records/{ids[0]}/handling", json=change).status == 200
    assert _contribute(scene, one_more, "XB office").status == 201  # each bureau has its own


def test_what_the_house_keeps_of_a_bureau_takes_none_of_its_ways(scene: Scene, house, work) -> None:
    ways = _ways(handlings.MOST_HANDLINGS)
    for way in ways[:-1]:
        scene.contribute(handling=way)
    for n in range(3):
        scene("XB officer", "POST", "/search", json={"text": "Ivo Marenko"}, why=f"case {n}")
    scene.judged("XB officer", "Ivo Marenko", scene.found("XB officer", "Ivo Marenko")[0])
    work(house)
    withdrawn = scene.contribute(handling=ways[0])["id"]
    scene("XA office", "DELETE", f"/records/{withdrawn}")
    assert _contribute(scene, ways[-1]).status == 201
