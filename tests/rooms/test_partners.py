"""Partners (customs, authorities, companies) see what names them, and nothing that is for everyone."""

import json
from dataclasses import replace

import pytest

from entente.core.access import EVERYONE as BITS
from entente.core.access import FIRST_PARTNER, PARTNERS
from entente.desk import HOUSE_ASKER, House, sit
from entente.engines.store.migrations.versions.v0003_partners import without_partners
from entente.rooms.bureaus import directory
from rooms.scene import EVERYONE, Scene, only, places
from worlds.stage import partner


@pytest.fixture
def joined(house: House, scene: Scene) -> Scene:
    """The scene with the customs of XK and the company XP."""
    return replace(
        scene, crew={**scene.crew, **partner(house, "XK", "customs"), **partner(house, "XP", "private")}
    )


def test_everyone_is_every_bureau_and_no_partner(joined: Scene, house: House) -> None:
    with sit(house, HOUSE_ASKER) as desk:
        known = directory(desk)
        desk.note("see")
    assert {b.code for n, b in known.items() if BITS >> n & 1} == {"XZ", "XA", "XB", "XC", "XD"}
    assert {b.code: n for n, b in known.items() if PARTNERS >> n & 1} == {
        "XK": FIRST_PARTNER,
        "XP": FIRST_PARTNER + 1,
    }


@pytest.mark.parametrize("who", ["XK office", "XP office"])
@pytest.mark.parametrize("mode", [EVERYONE, {"mode": "but", "bureaus": ["XD"]}], ids=["everyone", "but"])
def test_a_partner_sees_nothing_of_what_is_for_everyone(joined: Scene, who: str, mode: dict) -> None:
    kept = joined.contribute(handling=mode)["id"]
    assert joined("XB office", "GET", f"/records/{kept}").status == 200
    assert joined(who, "GET", f"/records/{kept}").status == 404
    assert joined.found(who, "Ivo Marenko") == []


def test_a_partner_that_is_named_sees_the_record_and_its_owner_reads_so(joined: Scene) -> None:
    kept = joined.contribute(handling=only("XK"))["id"]
    assert joined.found("XK office", "Ivo Marenko") == [kept]
    assert joined("XA office", "GET", f"/records/{kept}").json["handling"]["bureaus"] == ["XK"]


def test_all_but_some_says_only_bureaus_that_were_left_out(joined: Scene) -> None:
    kept = joined.contribute(handling={"mode": "but", "bureaus": ["XD"]})["id"]
    said = joined("XA office", "GET", f"/records/{kept}").json["handling"]
    assert (said["mode"], said["bureaus"]) == ("but", ["XD"])


@pytest.mark.parametrize("handling", [only("XB", "XP"), only(hint=["XP"])], ids=["see", "hint"])
def test_no_record_names_a_company(joined: Scene, handling: dict) -> None:
    said = {"kind": "Person", "properties": {"name": ["Ivo"]}, "handling": handling}
    answer = joined("XA office", "POST", "/records", json=said)
    assert (answer.status, len(places(answer))) == (422, 1)
    assert "company" in answer.json["faults"][0]["what"]


def test_a_sort_that_there_is_not_is_refused(scene: Scene) -> None:
    said = {"code": "XK", "label": "Customs", "sort": "navy"}
    assert places(scene("XZ chief", "POST", "/bureaus", json=said)) == ["/sort"]
    assert scene("XZ chief", "POST", "/bureaus", json=said | {"sort": "customs"}).json["sort"] == "customs"


def test_old_labels_for_everyone_and_for_all_but_lose_the_partners_and_named_ones_stay() -> None:
    whole = (1 << 256) - 1
    old = {"hint": f"{1 << 7:x}", "level": 0, "need": [], "owner": 2, "see": f"{whole & ~(1 << 5):x}"}
    new = json.loads(without_partners(json.dumps(old)))
    assert int(new["see"], 16) == BITS & ~(1 << 5)
    assert {k: v for k, v in new.items() if k != "see"} == {k: v for k, v in old.items() if k != "see"}
    named = json.dumps(old | {"see": f"{1 << 230:x}"}, sort_keys=True, separators=(",", ":"))
    assert without_partners(named) == named
