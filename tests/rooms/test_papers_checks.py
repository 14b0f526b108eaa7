"""The guided check: a picture or typed lines, what is read, found and compared, and an officer's verdict."""

from functools import cache
from typing import Any

import pytest

from entente.demo import specimens
from rooms.scene import Scene
from rooms.test_papers_library import FORM, out
from rooms.test_papers_lost import reported

OFFICER, COLLEAGUE, WRITER = "XA officer", "XA supervisor", "XB contributor"
LINES = list(specimens.ANNA.zone())
NUMBER = specimens.ANNA.number


@cache
def photograph(forged: bool = False) -> bytes:
    return specimens.photograph(specimens.forged() if forged else specimens.genuine(), 3)


def content(blob: str = "") -> dict[str, Any]:
    """What the library says of the passport of Utopia."""
    picture = {"light": "VIS", "px_per_mm": specimens.PX_PER_MM, "blob": blob}
    return {
        "pages": [{"kind": "data", "printed": "2", "pictures": [picture] if blob else []}],
        "features": [{"page": 0, "term": "kinegram", "risk": 5, "ease": 5, "box": box(specimens.KINEGRAM)}],
        "anchors": [
            {"page": 0, "kind": a.kind, "name": a.name, "box": box(a.box), "tolerance": a.tolerance_mm}
            for a in specimens.ANCHORS
        ],
        "fields": [{"page": 0, "box": box(f)} for f in fields()],
        "patterns": [{"pattern": "AX{8}"}],
        "validity": [{"years": 10}],
    }


def fields() -> list[Any]:
    said: Any = specimens.FIELDS
    return list(said.values()) if hasattr(said, "values") else list(said)


def box(one: Any) -> dict[str, float]:
    return {"x": one.x, "y": one.y, "width": one.width, "height": one.height}


def version(scene: Scene, pictured: bool = False, **said: Any) -> dict[str, Any]:
    form = FORM | {"content": content()} | said
    made = scene(WRITER, "POST", "/papers/versions", json=form)
    assert made.status == 201, made.text
    if pictured:
        path = f"/papers/pictures/{made.json['id']}"
        sent = scene(WRITER, "PUT", path, raw=specimens.jpeg(specimens.genuine(specimens.MARIA)))
        now = scene(WRITER, "GET", f"/papers/versions/{made.json['id']}").json
        edit = form | {"content": content(sent.json["blob"]), "seen": now["seen"]}
        made = scene(WRITER, "PUT", f"/papers/versions/{made.json['id']}", json=edit)
        assert made.status == 200, made.text
    return out(scene, made.json)


def typed(scene: Scene, lines: list[str] = LINES, who: str = OFFICER, **said: Any) -> dict[str, Any]:
    made = scene(who, "POST", "/papers/checks", json={"lines": lines} | said, purpose="border")
    assert made.status == 201, made.text
    kept: dict[str, Any] = made.json
    return kept


def photographed(scene: Scene, forged: bool = False) -> dict[str, Any]:
    made = scene(OFFICER, "POST", "/papers/checks/pictures", raw=photograph(forged), purpose="border")
    assert made.status == 201, made.text
    kept: dict[str, Any] = made.json
    return kept


def step(scene: Scene, check: dict[str, Any], way: str, who: str = OFFICER, **said: Any) -> dict[str, Any]:
    method = "PUT" if way in ("reading", "version", "page", "answers") else "POST"
    answer = scene(
        who,
        method,
        f"/papers/checks/{check['id']}/{way}",
        json={"seen": check["seen"]} | said,
        purpose="border",
    )
    assert answer.status in (200, 201), answer.text
    kept: dict[str, Any] = answer.json
    return kept


def marks(check: dict[str, Any], tone: str) -> set[tuple[str, str]]:
    return {(f["mark"], f["field"]) for f in check["findings"] if f["tone"] == tone}


def test_a_typed_zone_is_judged_looked_up_and_its_version_found(scene: Scene) -> None:
    kept = version(scene)
    lost = reported(scene, number=NUMBER)
    check = typed(scene)
    assert check["number"] == NUMBER and check["lines"] == LINES
    assert ("check_digits_agree", "") in marks(check, "ok") and not marks(check, "wrong")
    assert ("pattern_fits", "number") in marks(check, "ok")
    assert [v["id"] for v in check["versions"]] == [kept["id"]] == [check["content"]["version"]]
    assert [x["record"] for one in check["lost"] for x in one["matches"]] == [lost["id"]]


def test_a_wrong_check_digit_is_told_and_not_repaired(scene: Scene) -> None:
    wrong = [LINES[0], LINES[1].replace("7408122", "7508122")]
    check = typed(scene, wrong)
    assert check["lines"] == wrong
    assert {("check_digit", "birth"), ("check_digit", "composite")} <= marks(check, "wrong")


def test_the_page_is_held_against_the_zone(scene: Scene) -> None:
    check = step(scene, typed(scene), "page", printed={"surname": "Eriksson", "birth": "12 AUG 1976"})
    assert ("page_different", "birth") in marks(check, "wrong")
    assert ("page_same", "surname") in marks(check, "ok")


def test_a_photograph_of_the_genuine_page_shows_nothing_wrong(scene: Scene) -> None:
    version(scene, pictured=True)
    check = photographed(scene)
    assert check["lines"] == LINES, check["content"]["zones"]
    assert not marks(check, "wrong")
    held = check["content"]["comparison"]
    assert held["aligned"] and held["regions"] == []
    for digest in (held["drawn"], held["map"], check["content"]["picture"]):
        assert scene(OFFICER, "GET", f"/papers/pictures/{check['id']}/{digest}").status == 200
        assert scene("XC officer", "GET", f"/papers/pictures/{check['id']}/{digest}").status == 404


def test_a_photograph_of_the_forged_page_shows_where_it_is_wrong(scene: Scene) -> None:
    version(scene, pictured=True)
    check = photographed(scene, forged=True)
    assert ("check_digit", "birth") in marks(check, "wrong")
    held = check["content"]["comparison"]
    assert held["aligned"] and held["regions"]


def test_a_find_is_answered_decided_and_becomes_a_draft_alert(scene: Scene) -> None:
    kept = version(scene)
    check = typed(scene, who=COLLEAGUE)
    check = step(
        scene, check, "answers", COLLEAGUE, answers=[{"feature": 0, "said": "wrong", "note": "A sticker"}]
    )
    early = scene(COLLEAGUE, "POST", f"/papers/checks/{check['id']}/alert")
    assert early.status == 422
    check = step(scene, check, "verdict", COLLEAGUE, verdict="false", why="The kinegram is a sticker.")
    assert check["state"] == "closed" and check["verdict"] == "false"
    alert = step(scene, check, "alert", COLLEAGUE)
    assert alert["state"] == "draft" and alert["code"] == kept["code"]
    assert "A sticker" in alert["content"]["regions"][0]["marker"]
    assert alert["content"]["serials"] == [NUMBER]
    report = scene(COLLEAGUE, "GET", f"/papers/checks/{check['id']}/report.pdf")
    assert report.status == 200 and report.body.startswith(b"%PDF")


def test_a_verdict_but_genuine_needs_a_reason_and_closes_the_check(scene: Scene) -> None:
    check = typed(scene)
    path = f"/papers/checks/{check['id']}/verdict"
    silent = scene(OFFICER, "POST", path, json={"seen": check["seen"], "verdict": "suspicious"})
    assert silent.status == 422
    check = step(scene, check, "verdict", verdict="genuine")
    again = scene(OFFICER, "POST", path, json={"seen": check["seen"], "verdict": "genuine"})
    assert again.status == 422


def test_a_check_passed_on_waits_in_the_bureaus_inbox(scene: Scene) -> None:
    check = typed(scene)
    check = step(scene, check, "escalate", level=2, why="The paper feels thin.")
    assert check["state"] == "waiting" and check["level"] == 2
    assert check["id"] in scene(COLLEAGUE, "GET", "/messages?limit=50").text or check["id"] in str(
        scene(COLLEAGUE, "GET", "/alerts").json
    )
    done = step(
        scene, check, "verdict", COLLEAGUE, verdict="undetermined", why="It must go to the laboratory."
    )
    assert done["history"][-1]["officer"] != check["officer"]


def test_what_an_officer_did_not_see_is_not_changed(scene: Scene) -> None:
    check = typed(scene)
    step(scene, check, "page", printed={"surname": "Eriksson"})
    stale = scene(
        OFFICER, "PUT", f"/papers/checks/{check['id']}/page", json={"seen": check["seen"], "printed": {}}
    )
    assert stale.status == 409


def test_a_check_is_its_bureaus_alone(scene: Scene) -> None:
    check = typed(scene)
    path = f"/papers/checks/{check['id']}"
    assert scene("XC officer", "GET", path).status == 404
    assert scene("XC officer", "DELETE", path).status == 404
    assert scene("XC officer", "GET", "/papers/checks").json == []
    assert scene(COLLEAGUE, "GET", path).status == 200
    assert scene(OFFICER, "DELETE", path).status == 204
    assert scene(OFFICER, "GET", path).status == 404


def test_a_version_that_is_withdrawn_is_as_if_it_had_not_been_chosen(scene: Scene) -> None:
    kept = version(scene)
    check = typed(scene)
    assert check["content"]["version"] == kept["id"]
    gone = scene(
        "XB supervisor",
        "POST",
        f"/papers/versions/{kept['id']}/withdraw",
        json={"why": "It was wrong from the start."},
    )
    assert gone.status == 200, gone.text
    now = scene(OFFICER, "GET", f"/papers/checks/{check['id']}").json
    assert now["content"]["version"] == "" and now["versions"] == []
    assert ("pattern_fits", "number") not in marks(now, "ok")


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", b"\xff\xd8\xff\xe0 no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 100]
)
def test_what_is_no_picture_leaves_nothing_behind(scene: Scene, data: bytes) -> None:
    refused = scene(OFFICER, "POST", "/papers/checks/pictures", raw=data, purpose="border")
    assert refused.status == 422
    assert scene(OFFICER, "GET", "/papers/checks").json == []


def test_a_check_needs_a_purpose(scene: Scene) -> None:
    assert scene(OFFICER, "POST", "/papers/checks", json={"lines": LINES}, purpose="").status == 422
