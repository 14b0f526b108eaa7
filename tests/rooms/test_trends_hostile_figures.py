"""What an unfriendly bureau tries with figures, findings and lists of targets, and does not get."""

import json
from dataclasses import replace

from entente.core.access import NOBODY, Level
from entente.desk import HOUSE_ASKER, House, sit
from entente.rooms.trends.figures import finding_making
from rooms import targeted
from rooms.figured import XA, XB, body, figure, handling, item, seize, way
from rooms.scene import Scene
from worlds.stage import partner


def counted(scene: Scene, who: str) -> int:
    return int(figure(scene, "flows", who)["about"]["seizures"])


def test_no_bureau_takes_another_s_seizure_out_of_other_bureaus_figures(scene: Scene, house: House) -> None:
    (mine,) = seize(house, body(items=[item(qty=100)]), how=handling(XA))
    (theirs,) = seize(house, body(items=[item(qty=900_000)]), how=handling(XB))
    said = {"other": theirs.id, "verdict": "same", "why": "I say so"}
    path = f"/trends/seizures/{mine.id}/same"
    assert scene("XA officer", "POST", path, json=said, purpose="analysis").status == 200
    assert (counted(scene, "XC analyst"), counted(scene, "XB analyst"), counted(scene, "XA analyst")) == (
        2,
        2,
        1,
    )
    agreed, path = {**said, "other": mine.id}, f"/trends/seizures/{theirs.id}/same"
    assert scene("XB officer", "POST", path, json=agreed, purpose="analysis").status == 200
    assert (counted(scene, "XC analyst"), counted(scene, "XB analyst"), counted(scene, "XA analyst")) == (
        1,
        1,
        1,
    )


def test_a_company_leads_no_operation(scene: Scene, house: House) -> None:
    company = Scene(scene.ask, {**scene.crew, **partner(house, "XP", "private")})
    form = {
        "name": "Ours",
        "since": "2026-02-01",
        "until": "2026-03-01",
        "countries": ["xb"],
        "members": ["XB"],
    }
    answer = company("XP chief", "POST", "/trends/operations", json=form)
    assert answer.status == 403, answer.text
    assert company("XP chief", "GET", "/trends/operations").json["operations"] == []
    assert scene("XB analyst", "GET", "/trends/operations").json["operations"] == []


def test_a_list_of_targets_rests_on_nothing_that_an_uncleared_officer_may_not_see(
    scene: Scene, house: House
) -> None:
    targeted.traffic(house)
    secret = handling(XA, see=NOBODY, level=Level.CONFIDENTIAL)
    (kept,) = seize(house, body("2025-05-09", country="xc", route=way("xq", "xz")), how=secret)
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        party = json.dumps({"line": 1, "role": "consignee", "name": "Ruvo Secret"})
        desk.keep("SeizureParties", {"seizure": [kept.id], "party": [party]}, secret)
        desk.note("contribute")
    path = f"/trends/seizures/{kept.id}"
    assert scene("XA chief", "GET", path, purpose="analysis").status == 200
    assert scene("XA officer", "GET", path, purpose="analysis").status == 404
    form = {"name": "L", "sorts": ["route", "consignee"], "targets": 100, "control": 1}
    made = scene("XA chief", "POST", "/trends/targets", json=form, purpose="analysis")
    assert made.status == 201, made.text
    sheet = scene("XA officer", "GET", f"/trends/targets/{made.json['id']}/sheet")
    assert sheet.status == 200 and '"xc"' in sheet.text
    assert "Ruvo Secret" not in sheet.text and '"xq"' not in sheet.text and '"xq"' not in made.text


def test_a_shared_list_tells_of_nothing_that_was_withdrawn_since(scene: Scene, house: House) -> None:
    days = [f"2025-05-{n:02}" for n in range(1, 9)]
    kept = seize(
        house, *(body(d, items=targeted.PESTICIDE, route=way("xq", "xr")) for d in days), how=handling(XA)
    )
    form = {"name": "O", "since": "2026-02-01", "until": "2026-03-01", "countries": ["xb"], "members": ["XB"]}
    operation = scene("XA analyst", "POST", "/trends/operations", json=form).json["id"]
    said = {"name": "L", "operation": operation, "shared": True, "sorts": ["route"], "control": 1}
    made = scene("XA analyst", "POST", "/trends/targets", json=said, purpose="analysis")
    assert made.status == 201, made.text
    path = f"/trends/targets/{made.json['id']}"
    approved = {"version": made.json["version"], "to": "approved"}
    moved = scene("XA supervisor", "POST", f"{path}/steps", json=approved)
    assert moved.status == 200, moved.text
    read = scene("XB analyst", "GET", path)
    assert read.json["targets"][0]["what"]["origin"] == "xq" and not read.json["shaken"]
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        desk.erase(kept[0].id)
        desk.note("withdraw")
    for who in ("XB analyst", "XA analyst"):
        for answer in (scene(who, "GET", path), scene(who, "GET", f"{path}/sheet")):
            assert answer.json["shaken"] and '"xq"' not in answer.text, answer.text
    assert scene("XB analyst", "GET", "/trends/targets").json["lists"][0]["targets"] == 0
    begun = {"version": moved.json["version"], "to": "on_site"}
    assert scene("XA supervisor", "POST", f"{path}/steps", json=begun).status == 422


def test_a_finding_tells_of_nothing_that_was_hidden_since(scene: Scene, house: House) -> None:
    seize(house, *(body(f"2024-{1 + n % 12:02}-05", route=way("xd", "xe")) for n in range(30)))
    kept = seize(house, *(body(f"2025-12-{n:02}", route=way("xq", "xr")) for n in range(1, 10)))
    while finding_making.daily(house):
        pass
    before = scene("XA analyst", "GET", "/trends/findings").json["findings"]
    assert [one["shaken"] for one in before] and any(one["series"].get("origin") == "xq" for one in before)
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        for thing in kept:
            desk.change(thing, handling=replace(thing.handling, see=NOBODY))
        desk.note("correct")
    listed = scene("XA analyst", "GET", "/trends/findings")
    assert '"xq"' not in listed.text, listed.text
    id = next(one["id"] for one in before if one["series"].get("origin") == "xq")
    one = scene("XA analyst", "GET", f"/trends/findings/{id}", purpose="analysis").json
    assert one["shaken"] and (one["series"], one["figures"], one["records"]) == ({}, {}, [])
