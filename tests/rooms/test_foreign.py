"""What other bureaus than the owner's are told of a record: what it says, and nothing of its audience."""

from rooms.scene import EVERYONE, NOBODY, Scene, only


def _versions(scene: Scene, who: str, id: str) -> list[tuple[int, str]]:
    told = scene(who, "GET", f"/records/{id}/versions").json
    return [(v["version"], v["caption"]) for v in told]


def _handled(scene: Scene, id: str, version: int, handling: dict) -> None:
    said = {"version": version, "handling": handling}
    assert scene("XA office", "PUT", f"/records/{id}/handling", json=said).status == 200


def test_a_change_of_handling_alone_is_no_version_for_others(scene: Scene) -> None:
    id = scene.contribute({"name": "First"}, handling=NOBODY)["id"]
    _handled(scene, id, 1, only("XC"))
    _handled(scene, id, 2, EVERYONE)
    scene("XA office", "PUT", f"/records/{id}", json={"version": 3, "properties": {"name": "Second"}})
    _handled(scene, id, 4, {**EVERYONE, "watch": True})
    assert _versions(scene, "XB officer", id) == [(2, "Second"), (1, "First")]
    assert [n for n, _ in _versions(scene, "XA officer", id)] == [5, 4, 3, 2, 1]
    assert scene("XB officer", "GET", f"/records/{id}").json["version"] == 2
    assert scene("XA officer", "GET", f"/records/{id}").json["version"] == 5


def test_two_records_that_differ_in_their_past_audience_alone_are_told_alike(scene: Scene) -> None:
    moved, still = (scene.contribute({"name": "Alike"})["id"] for _ in "12")
    for version, handling in enumerate((NOBODY, only("XD", hint=["XC"]), EVERYONE), 1):
        _handled(scene, moved, version, handling)
    for path in ("", "/versions"):
        a, b = (scene("XB officer", "GET", f"/records/{id}{path}").text for id in (moved, still))
        assert a.replace(moved, still) == b


def test_a_record_names_for_others_what_they_may_see_too(scene: Scene) -> None:
    hidden = scene.contribute(handling=NOBODY)["id"]
    shown = scene.contribute({"name": "White van"}, kind="Vehicle")["id"]
    owns = scene.contribute({"owner": hidden, "asset": shown}, kind="Ownership")["id"]
    phone = scene.contribute({"number": "+999 1234567", "holder": hidden}, kind="PhoneNumber")["id"]
    for id in (owns, phone):
        for path in ("", "/versions"):
            assert hidden in scene("XA officer", "GET", f"/records/{id}{path}").text
            assert hidden not in scene("XB officer", "GET", f"/records/{id}{path}").text
    told = scene("XB officer", "GET", f"/records/{owns}").json["properties"]
    assert (told.get("owner", []), told["asset"]) == ([], [shown])
    assert hidden not in str(scene.search("XB officer", "+999 1234567"))


def test_a_page_shows_others_no_purposes_and_no_hidden_names(ask, scene: Scene) -> None:
    hidden = scene.contribute(handling=NOBODY)["id"]
    limited = {**EVERYONE, "purposes": ["wanted", "border"]}
    phone = scene.contribute(
        {"number": "+999 1234567", "holder": hidden}, kind="PhoneNumber", handling=limited
    )["id"]
    own, foreign = (ask(scene.crew[w], "GET", f"/records/{phone}") for w in ("XA officer", "XB officer"))
    assert (own.status, foreign.status) == (200, 200)
    assert "Purposes allowed" in own.text
    assert "Purposes allowed" not in foreign.text
    assert hidden not in foreign.text


def test_an_answer_is_the_same_however_long_it_took(ask, scene: Scene) -> None:
    scene.contribute()
    said = [("q", "Ivo Marenko"), ("purpose", "wanted"), ("justification", "case 1")]
    page = ask(scene.crew["XB officer"], "POST", "/search", form=said)
    assert "Ivo Marenko" in page.text
    assert " ms" not in page.text
    assert "took" not in str(scene.search("XB officer", "Ivo Marenko"))
