"""What an unfriendly bureau tries with figures, findings and lists of targets, and does not get."""

from entente.desk import House
from rooms.figured import XA, XB, body, figure, handling, item, seize
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
