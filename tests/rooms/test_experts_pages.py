"""The directory of experts on its pages: what is typed is entered, and shown again when it is wrong."""

from rooms.scene import Scene

TYPED = [("name", "Ines Calloway"), ("unit", "Wildlife desk"), ("areas", "wildlife"), ("languages", "en, fr")]


def test_an_expert_is_entered_and_changed_by_the_form(scene: Scene) -> None:
    who = scene.crew["XA analyst"]
    assert scene.ask(who, "POST", "/experts", form=TYPED).status == 303
    (kept,) = scene("XB officer", "GET", "/experts").json
    assert (kept["name"], kept["areas"], kept["languages"]) == ("Ines Calloway", ["wildlife"], ["en", "fr"])
    changed = [("name", "Ines Calloway-Roy"), *TYPED[1:]]
    assert scene.ask(who, "POST", f"/experts/{kept['id']}", form=changed).status == 303
    assert [e["name"] for e in scene("XB officer", "GET", "/experts").json] == ["Ines Calloway-Roy"]


def test_what_was_typed_is_shown_again_with_its_fault(scene: Scene) -> None:
    answer = scene.ask(scene.crew["XA analyst"], "POST", "/experts", form=[TYPED[0], ("areas", "gardening")])
    assert answer.status == 422 and "Ines Calloway" in answer.text
    assert scene("XA officer", "GET", "/experts").json == []
