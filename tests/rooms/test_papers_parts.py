"""The lists of a version or an alert are edited on forms, an entry at a time."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from PIL import Image

from rooms.scene import Scene
from rooms.test_papers_library import READER, WRITER, drafted, published
from worlds.stage import Answer

Page = Callable[..., Answer]
PLACE = [("x-mm", "80"), ("y-mm", "10.5"), ("width-mm", "30"), ("height-mm", "20")]


def read(scene: Scene, made: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = scene(WRITER, "GET", f"/papers/versions/{made['id']}").json
    return kept


def part(made: dict[str, Any], name: str, place: object = "new") -> str:
    return f"/papers/parts/{made['id']}/{name}/{place}"


def test_a_mark_is_added_changed_and_removed(scene: Scene, page: Page) -> None:
    made = drafted(scene)
    assert "Watermark" in page(WRITER, "GET", part(made, "features", 0)).text
    form = [("as-of", made["seen"]), ("page", "0"), ("term", "latent-image"), ("way", "TILT"), *PLACE]
    added = page(WRITER, "POST", part(made, "features"), form)
    assert added.status == 303, added.text
    now = read(scene, made)
    mark = now["content"]["features"][2]
    assert (mark["term"], mark["way"], mark["box"]["y"]) == ("latent-image", "TILT", 10.5)
    form = [("as-of", now["seen"]), ("page", "0"), ("term", "latent-image"), ("risk", "5")]
    assert page(WRITER, "POST", part(made, "features", 2), form).status == 303
    now = read(scene, made)
    assert (now["content"]["features"][2]["risk"], now["content"]["features"][2]["box"]) == (5, None)
    gone = page(WRITER, "POST", part(made, "features", 2), [("as-of", now["seen"]), ("do", "remove")])
    assert gone.status == 303
    assert len(read(scene, made)["content"]["features"]) == 2


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stands(scene: Scene, page: Page) -> None:
    made = drafted(scene)
    form = [("as-of", made["seen"]), ("pattern", '"U"9{x}'), ("note", "since 2019")]
    wrong = page(WRITER, "POST", part(made, "patterns"), form)
    assert wrong.status == 422
    assert "since 2019" in wrong.text and "cannot be read" in wrong.text
    half = [("as-of", made["seen"]), ("page", "0"), ("term", "watermark"), *PLACE[:3]]
    assert page(WRITER, "POST", part(made, "features"), half).status == 422
    assert read(scene, made)["seen"] == made["seen"]


def test_a_page_on_which_something_stands_stays_and_others_move_up(scene: Scene, page: Page) -> None:
    made = drafted(scene)
    kept = page(WRITER, "POST", part(made, "pages", 0), [("as-of", made["seen"]), ("do", "remove")])
    assert kept.status == 422
    assert "Something stands on this page" in kept.text
    page(WRITER, "POST", part(made, "pages"), [("as-of", made["seen"]), ("kind", "cover")])
    page(WRITER, "POST", part(made, "pages"), [("as-of", read(scene, made)["seen"]), ("kind", "back")])
    anchor = [("page", "2"), ("name", "Seal"), *PLACE]
    page(WRITER, "POST", part(made, "anchors"), [("as-of", read(scene, made)["seen"]), *anchor])
    page(WRITER, "POST", part(made, "pages", 1), [("as-of", read(scene, made)["seen"]), ("do", "remove")])
    now = read(scene, made)["content"]
    assert [one["kind"] for one in now["pages"]] == ["data", "back"]
    assert now["anchors"][0]["page"] == 1


def test_an_edit_of_what_somebody_changed_meanwhile_is_refused(scene: Scene, page: Page) -> None:
    made = drafted(scene)
    form = [("as-of", "0" * 64), ("what", "The issuer")]
    refused = page(WRITER, "POST", part(made, "sources"), form)
    assert refused.status == 409
    assert "The issuer" in refused.text  # what was typed stands
    assert read(scene, made)["content"]["sources"] == []


def test_only_ones_own_draft_has_such_forms(scene: Scene, page: Page) -> None:
    made, there = drafted(scene), published(scene, code="UTO-AO-01002")
    assert page(READER, "GET", part(made, "features")).status == 403  # his role writes nothing
    assert page("XC contributor", "GET", part(made, "features")).status == 404
    assert page("XC contributor", "GET", part(there, "features")).status == 403
    assert page(WRITER, "GET", part(there, "features")).status == 422
    for absent in (part(made, "regions"), part(made, "features", 9), part(made, "features", "-1")):
        assert page(WRITER, "GET", absent).status == 404


def test_an_alert_is_edited_as_a_whole_and_region_by_region(scene: Scene, page: Page) -> None:
    form = [("title", "A"), ("sort", "impostor"), ("country", "UTO"), ("markers", "Another nose")]
    begun = page("XC contributor", "POST", "/papers/alerts/new", form).header("location")
    alert = scene("XC contributor", "GET", begun).json
    assert "Another nose" not in page("XC contributor", "GET", f"{begun}/edit").text
    form = [
        ("seen", alert["seen"]),
        ("title", "B"),
        ("sort", "impostor"),
        ("country", "UTO"),
        ("about", "Eyes"),
    ]
    assert page("XC contributor", "POST", f"{begun}/edit", form).status == 303
    alert = scene("XC contributor", "GET", begun).json
    assert (alert["title"], alert["content"]["regions"][0]["marker"]) == ("B", "Another nose")
    form = [("as-of", alert["seen"]), ("marker", "Another chin"), *PLACE]
    assert page("XC contributor", "POST", part(alert, "regions", 0), form).status == 303
    told = scene("XC contributor", "GET", begun).json["content"]
    assert told["regions"][0]["marker"] == "Another chin"
    assert told["about"] == "Eyes"


def test_a_source_has_its_day_and_a_mark_its_term_on_the_page(scene: Scene, page: Page) -> None:
    made = drafted(scene)
    form = [("as-of", made["seen"]), ("what", "The issuer"), ("seen", "2026-01-31")]
    assert page(WRITER, "POST", part(made, "sources"), form).status == 303
    now = read(scene, made)
    assert now["content"]["sources"][0]["seen"] == "2026-01-31"
    for wrong in ([("term", "")], [("term", "watermark"), ("width-mm", "500"), *PLACE[:2], PLACE[3]]):
        form = [("as-of", now["seen"]), ("page", "0"), *wrong]
        assert page(WRITER, "POST", part(made, "features"), form).status == 422
    assert len(read(scene, made)["content"]["features"]) == 2


def test_the_pixels_a_millimetre_of_a_picture_follow_from_its_page(scene: Scene, page: Page) -> None:
    made = drafted(scene)
    sent = BytesIO()
    Image.new("RGB", (1250, 880), "red").save(sent, "PNG")
    blob = scene(WRITER, "PUT", f"/papers/pictures/{made['id']}", raw=sent.getvalue()).json["blob"]
    form = [("as-of", read(scene, made)["seen"]), ("kind", "data"), ("light-0", "VIS"), ("blob-0", blob)]
    assert page(WRITER, "POST", part(made, "pages", 0), form).status == 303
    assert read(scene, made)["content"]["pages"][0]["pictures"][0]["px_per_mm"] == 10
