"""The reference library: written by one, reviewed by a second, open to others, in editions."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from rooms.scene import Scene, only

WRITER, SECOND, READER = "XB contributor", "XB supervisor", "XC officer"
CONTENT: dict[str, Any] = {
    "pages": [{"kind": "data", "printed": "2"}],
    "features": [
        {"page": 0, "term": "watermark", "light": "TRANSMITTED", "risk": 5, "ease": 4},
        {"page": 0, "term": "uv-overprint", "light": "UV365", "tool": "UV"},
    ],
    "patterns": [{"pattern": '"U"9{7}'}],
}
FORM: dict[str, Any] = {
    "code": "UTO-AO-01001",
    "title": "Passport of Utopia",
    "first_issued": "2019-05-01",
    "width": 125,
    "height": 88,
    "colours": ["red"],
    "mrz": "TD3",
    "content": CONTENT,
}


def drafted(scene: Scene, who: str = WRITER, **said: Any) -> dict[str, Any]:
    made = scene(who, "POST", "/papers/versions", json=FORM | said)
    assert made.status == 201, made.text
    kept: dict[str, Any] = made.json
    return kept


def published(scene: Scene, **said: Any) -> dict[str, Any]:
    return out(scene, drafted(scene, **said))


def out(scene: Scene, version: dict[str, Any]) -> dict[str, Any]:
    path = f"/papers/versions/{version['id']}"
    sent = scene(WRITER, "POST", f"{path}/submit", json={"seen": version["seen"]})
    assert sent.status == 200, sent.text
    done = scene(SECOND, "POST", f"{path}/review", json={"seen": sent.json["seen"], "approve": True})
    assert done.status == 200, done.text
    kept: dict[str, Any] = done.json
    return kept


def found(scene: Scene, query: str = "", who: str = READER) -> list[str]:
    answer = scene(who, "GET", f"/papers/versions{query}")
    assert answer.status == 200, answer.text
    return [row["id"] for row in answer.json]


def test_a_draft_is_its_bureaus_alone_until_a_second_person_publishes_it(scene: Scene) -> None:
    made = drafted(scene)
    path = f"/papers/versions/{made['id']}"
    assert scene(READER, "GET", path).status == 404
    assert found(scene) == []
    assert out(scene, made)["state"] == "published"
    assert scene(READER, "GET", path).json["content"]["features"][0]["term"] == "watermark"
    assert found(scene) == [made["id"]]


def test_whoever_wrote_it_does_not_review_it(scene: Scene) -> None:
    made = drafted(scene, "XB office")
    path = f"/papers/versions/{made['id']}"
    scene("XB office", "POST", f"{path}/submit", json={"seen": made["seen"]})
    refused = scene("XB office", "POST", f"{path}/review", json={"seen": made["seen"], "approve": True})
    assert refused.status == 403
    by_machine = scene("XB machine", "POST", f"{path}/review", json={"seen": made["seen"], "approve": True})
    assert by_machine.status == 403


def test_an_approval_is_of_exactly_what_was_seen(scene: Scene) -> None:
    made = drafted(scene)
    path = f"/papers/versions/{made['id']}"
    edited = scene(WRITER, "PUT", path, json=FORM | {"title": "Another", "seen": made["seen"]}).json
    scene(WRITER, "POST", f"{path}/submit", json={"seen": edited["seen"]})
    stale = scene(SECOND, "POST", f"{path}/review", json={"seen": made["seen"], "approve": True})
    assert stale.status == 409


def test_a_handling_may_keep_it_to_some_bureaus(scene: Scene) -> None:
    made = published(scene, handling=only("XA"))
    assert found(scene, who="XA officer") == [made["id"]]
    assert found(scene) == []
    assert scene(READER, "GET", f"/papers/versions/{made['id']}").status == 404


def test_a_new_edition_takes_the_place_of_the_one_before_which_stays_readable(scene: Scene) -> None:
    first = published(scene)
    second = scene(WRITER, "POST", f"/papers/versions/{first['id']}/revise").json
    assert found(scene) == [first["id"]]
    out(scene, second)
    assert found(scene) == [second["id"]]
    told = scene(READER, "GET", f"/papers/versions/{second['id']}").json["editions"]
    assert [(e["edition"], e["state"]) for e in told] == [(2, "published"), (1, "replaced")]
    assert scene(READER, "GET", f"/papers/versions/{first['id']}").status == 200


def test_what_is_withdrawn_is_gone_for_others(scene: Scene) -> None:
    made = published(scene)
    path = f"/papers/versions/{made['id']}"
    assert (
        scene(SECOND, "POST", f"{path}/withdraw", json={"why": "It was wrong from the start."}).status == 200
    )
    assert scene(READER, "GET", path).status == 404
    assert found(scene) == []


def test_the_library_is_browsed_by_what_is_in_the_hand(scene: Scene) -> None:
    made = published(scene)["id"]
    for fits in (
        "country=UTO",
        "colour=red",
        "year=2020",
        "width=124&height=88",
        "mrz=TD3",
        "number=U1234567",
    ):
        assert found(scene, f"?{fits}") == [made], fits
    for not_it in ("country=DEU", "colour=blue", "year=2018", "width=100", "mrz=TD1", "number=X1234567"):
        assert found(scene, f"?{not_it}") == [], not_it


def test_every_fault_of_a_version_is_told_at_once(scene: Scene) -> None:
    bad = {
        "pages": [],
        "features": [{"page": 3, "term": "no-such-term"}],
        "patterns": [{"pattern": "("}],
    }
    answer = scene(WRITER, "POST", "/papers/versions", json=FORM | {"code": "QQQ-AO-01001", "content": bad})
    assert answer.status == 422
    places = {fault["where"] for fault in answer.json["faults"]}
    assert {"code", "content/features/0/page", "content/features/0/term", "content/patterns/0"} <= places


def test_a_picture_is_reached_through_its_version_alone(scene: Scene) -> None:
    made = drafted(scene)
    out_of = BytesIO()
    Image.new("RGB", (400, 300), "red").save(out_of, "PNG")
    sent = scene(WRITER, "PUT", f"/papers/pictures/{made['id']}", raw=out_of.getvalue())
    assert sent.status == 200, sent.text
    blob = sent.json["blob"]
    path = f"/papers/pictures/{made['id']}/{blob}"
    assert scene(SECOND, "GET", path).body.startswith(b"\xff\xd8\xff")
    assert scene(READER, "GET", path).status == 404
    other = scene("XC contributor", "POST", "/papers/versions", json=FORM).json
    assert scene("XC contributor", "GET", f"/papers/pictures/{other['id']}/{blob}").status == 404
    stolen = CONTENT | {"pages": [{"kind": "data", "pictures": [{"px_per_mm": 10, "blob": blob}]}]}
    named = scene(
        "XC contributor",
        "PUT",
        f"/papers/versions/{other['id']}",
        json=FORM | {"content": stolen, "seen": other["seen"]},
    )
    assert named.status == 422
    kept = scene(
        WRITER, "PUT", f"/papers/versions/{made['id']}", json=FORM | {"content": stolen, "seen": made["seen"]}
    )
    assert kept.status == 200, kept.text
    out(scene, kept.json)
    assert scene(READER, "GET", path).status == 200


def test_what_is_withdrawn_takes_the_editions_that_it_replaced_with_it(scene: Scene) -> None:
    first = published(scene)
    second = out(scene, scene(WRITER, "POST", f"/papers/versions/{first['id']}/revise").json)
    assert scene(READER, "GET", f"/papers/versions/{first['id']}").json["state"] == "replaced"
    gone = scene(
        SECOND, "POST", f"/papers/versions/{second['id']}/withdraw", json={"why": "It tells too much."}
    )
    assert gone.status == 200, gone.text
    for edition in (first, second):
        assert scene(READER, "GET", f"/papers/versions/{edition['id']}").status == 404


def test_an_older_edition_is_read_by_nobody_who_may_not_read_the_newest(scene: Scene) -> None:
    first = newest = published(scene)
    for bureaus in (("XA", "XC"), ("XA",)):
        begun = scene(WRITER, "POST", f"/papers/versions/{newest['id']}/revise").json
        form = FORM | {"seen": begun["seen"], "handling": only(*bureaus)}
        edited = scene(WRITER, "PUT", f"/papers/versions/{begun['id']}", json=form)
        newest = out(scene, edited.json)
    for reader, status in (("XA officer", 200), (READER, 404)):
        assert scene(reader, "GET", f"/papers/versions/{first['id']}").status == status


@pytest.mark.parametrize("title", ["Pass\u202eport", "Pass\aport"])
def test_an_edit_is_as_clean_as_what_was_begun(scene: Scene, title: str) -> None:
    made = drafted(scene)
    edit = FORM | {"title": title, "seen": made["seen"]}
    assert scene(WRITER, "PUT", f"/papers/versions/{made['id']}", json=edit).status == 422
    large = [{"page": 0, "term": "watermark", "about": "x" * 4_000, "verify": "y" * 4_000}] * 100
    edit = FORM | {"content": CONTENT | {"features": large}, "seen": made["seen"]}
    assert scene(WRITER, "PUT", f"/papers/versions/{made['id']}", json=edit).status == 422


def test_whoever_sent_a_picture_is_an_author(scene: Scene) -> None:
    made = drafted(scene)
    out_of = BytesIO()
    Image.new("RGB", (600, 400), "red").save(out_of, "PNG")
    assert scene(SECOND, "PUT", f"/papers/pictures/{made['id']}", raw=out_of.getvalue()).status == 200
    now = scene(WRITER, "GET", f"/papers/versions/{made['id']}").json
    path = f"/papers/versions/{made['id']}"
    sent = scene(WRITER, "POST", f"{path}/submit", json={"seen": now["seen"]})
    refused = scene(SECOND, "POST", f"{path}/review", json={"seen": sent.json["seen"], "approve": True})
    assert refused.status == 403
