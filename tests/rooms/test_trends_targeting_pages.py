"""Operations and lists of targets over HTTP and on pages: who gets what, the blind sheet, faults."""

from collections.abc import Callable

from entente.desk import House
from rooms.figured import body, seize
from rooms.scene import Scene
from rooms.targeted import PESTICIDE, traffic
from worlds.stage import Answer


def proposed(scene: Scene) -> str:
    form = {"name": "Autumn", "sorts": ["route"], "targets": 4, "control": 2}
    answer = scene("XA analyst", "POST", "/trends/targets", json=form, purpose="analysis")
    assert answer.status == 201, answer.text
    return str(answer.json["id"])


def test_officers_get_the_sheet_and_analysts_the_list(house: House, scene: Scene) -> None:
    traffic(house)
    id = proposed(scene)
    assert scene("XA analyst", "GET", f"/trends/targets/{id}").status == 200
    assert scene("XA officer", "GET", f"/trends/targets/{id}").status == 403
    sheet = scene("XA officer", "GET", f"/trends/targets/{id}/sheet")
    assert sheet.status == 200 and "points" not in sheet.text and "control" not in sheet.text
    assert scene("XB analyst", "GET", f"/trends/targets/{id}").status == 404
    assert scene("XB officer", "GET", f"/trends/targets/{id}/sheet").status == 404


def test_a_list_goes_its_way_over_http(house: House, scene: Scene) -> None:
    traffic(house)
    id = proposed(scene)
    for who, to, version in (("XA chief", "approved", 1), ("XA analyst", "on_site", 2)):
        answer = scene(who, "POST", f"/trends/targets/{id}/steps", json={"version": version, "to": to})
        assert answer.status == 200, answer.text
    said = {"target": 1, "result": "hit"}
    assert (
        scene("XA officer", "POST", f"/trends/targets/{id}/results", json=said).json["checks"][0]["result"]
        == "hit"
    )
    assert [one["state"] for one in scene("XA officer", "GET", "/trends/targets").json["lists"]] == [
        "on_site"
    ]


def test_exports_keep_the_sheet_blind(house: House, scene: Scene) -> None:
    traffic(house)
    id = proposed(scene)
    sheet = scene("XA analyst", "GET", f"/trends/targets/{id}/export?what=sheet")
    assert sheet.text.splitlines()[0].endswith("n,sort,what,result,note")
    every = scene("XA analyst", "GET", f"/trends/targets/{id}/export?what=list&format=csv")
    assert "control" in every.text.splitlines()[0]
    parquet = scene("XA analyst", "GET", f"/trends/targets/{id}/export?what=sheet&format=parquet")
    assert parquet.body[:4] == b"PAR1"
    assert scene("XA officer", "GET", f"/trends/targets/{id}/export").status == 403


def test_operations_go_their_way_over_http(house: House, scene: Scene) -> None:
    seize(house, body("2025-07-05", items=PESTICIDE))
    form = {"name": "O", "since": "2025-07-01", "until": "2025-09-30", "countries": ["xb"], "members": ["XB"]}
    answer = scene("XA analyst", "POST", "/trends/operations", json=form)
    assert answer.status == 201, answer.text
    id = answer.json["id"]
    assert scene("XA officer", "POST", "/trends/operations", json=form).status == 403
    assert scene("XB officer", "GET", f"/trends/operations/{id}").json["members"] == ["XB"]
    tally = scene("XB officer", "GET", f"/trends/operations/{id}/tally", purpose="analysis")
    assert tally.json["within"]["seizures"] == 1
    assert scene("XB officer", "GET", f"/trends/operations/{id}/tally", purpose="").status == 422
    report = scene("XB officer", "GET", f"/trends/operations/{id}/report", purpose="analysis")
    assert [row["effect"] for row in report.json["effects"]] == [None, None]
    assert scene("XC officer", "GET", f"/trends/operations/{id}/tally", purpose="analysis").status == 404
    changed = scene("XA analyst", "PUT", f"/trends/operations/{id}", json={**form, "version": 1, "name": "P"})
    assert changed.json["name"] == "P"
    assert scene("XA analyst", "PUT", f"/trends/operations/{id}", json={**form, "version": 1}).status == 409
    bad = scene("XA analyst", "POST", "/trends/operations", json={**form, "since": "1 July"})
    assert bad.status == 422 and bad.json["faults"][0]["where"] == "/since"


# --- pages -----------------------------------------------------------------------------------------


def test_pages_lead_from_an_operation_to_the_results_of_its_list(
    house: House, scene: Scene, page: Callable[..., Answer]
) -> None:
    traffic(house)
    form = [("name", "Clean fields"), ("countries", "xb"), ("since", "2025-07-01"), ("until", "2025-09-30")]
    kept = page("XA analyst", "POST", "/trends/operations", [*form, ("members", "XB"), ("goods", "agro")])
    assert kept.status == 303
    address = dict(kept.headers)["location"]
    shown = page("XA analyst", "GET", address).text
    assert "Clean fields" in shown and "Plan" in page("XA analyst", "GET", "/trends/operations").text
    moved = page("XA analyst", "POST", f"{address}/steps", [("version", "1"), ("to", "running"), ("why", "")])
    assert moved.status == 303 and "Running" in page("XB officer", "GET", address).text
    id = proposed(scene)
    listed = page("XA analyst", "GET", "/trends/targets").text
    assert f"/trends/targets/{id}" in listed and "Waits for a second officer" in listed
    assert "Drawn by chance" in page("XA analyst", "GET", f"/trends/targets/{id}").text
    assert dict(page("XA officer", "GET", f"/trends/targets/{id}").headers)["location"].endswith("/sheet")
    steps = f"/trends/targets/{id}/steps"
    assert page("XA chief", "POST", steps, [("version", "1"), ("to", "approved"), ("why", "")]).status == 303
    assert page("XA analyst", "POST", steps, [("version", "2"), ("to", "on_site"), ("why", "")]).status == 303
    result = [("target", "1"), ("result", "hit"), ("seizure", ""), ("note", "two tonnes")]
    assert page("XA officer", "POST", f"/trends/targets/{id}/results", result).status == 303
    sheet = page("XA officer", "GET", f"/trends/targets/{id}/sheet").text
    assert "two tonnes" in sheet and "Points" not in sheet
    assert "What it was worth" in page("XA analyst", "GET", f"/trends/targets/{id}").text


def test_faults_of_a_form_stand_at_its_fields(page: Callable[..., Answer]) -> None:
    form = [("name", ""), ("countries", "nowhere"), ("since", "soon"), ("until", "2025-09-30")]
    answer = page("XA analyst", "POST", "/trends/operations", form)
    assert answer.status == 422 and answer.text.count('class="field wrong"') >= 3
    assert page("XA officer", "POST", "/trends/operations", form).status == 403
    missing = page("XA officer", "GET", f"/trends/targets/{'ab' * 16}")
    assert missing.status == 404
