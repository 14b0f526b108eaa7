"""A bureau whose rights are suspended (RPD 131): at once, for every act, and told to all who take part."""

import pytest

from entente.core.access import Decision, Purpose, decide, may
from entente.desk import HOUSE_ASKER, House, sit
from entente.rooms.bureaus import asker_for, asker_now, machine_of
from entente.rooms.bureaus.model import OPEN_TO_ALL
from rooms.scene import IVO, Scene, only, places

WHY = {"suspended": True, "reason": "Searches without a purpose, 12 January"}
RESTORED = {"suspended": False, "reason": "Explained on 14 January"}


@pytest.fixture
def suspended(scene: Scene) -> Scene:
    answer = scene("XZ supervisor", "POST", "/bureaus/XA/suspension", json=WHY)
    assert answer.status == 200, answer.text
    return scene


@pytest.mark.parametrize("who", ["XA chief", "XA machine", "XA administrator", "XA officer"])
@pytest.mark.parametrize(
    ("method", "path", "said"),
    [
        ("POST", "/search", {"text": "Ivo Marenko"}),
        ("GET", "/me", None),
        ("GET", "/bureaus", None),
        ("GET", "/hits", None),
        ("GET", "/records", None),
        ("POST", "/records", {"kind": "Person", "properties": IVO}),
        ("GET", "/officers", None),
        ("PATCH", "/bureaus/XA", {"phone": "+999 2"}),
    ],
)
def test_everybody_of_a_suspended_bureau_is_refused_every_act_with_the_rule(
    suspended: Scene, who: str, method: str, path: str, said: object
) -> None:
    answer = suspended(who, method, path, json=said)
    assert answer.status == 403
    assert "RPD 131" in answer.text and "Searches without a purpose, 12 January" in answer.text


def test_it_holds_for_the_very_next_request_and_so_does_its_end(scene: Scene) -> None:
    assert scene("XA machine", "GET", "/me").status == 200
    for who in ("XZ administrator", "XZ supervisor"):
        scene(who, "POST", "/bureaus/XA/suspension", json=WHY)
        assert scene("XA machine", "GET", "/me").status == 403
        assert scene("XA chief", "GET", "/me").status == 403
        assert scene("XB chief", "GET", "/me").status == 200
        scene(who, "POST", "/bureaus/XA/suspension", json=RESTORED)
        assert scene("XA machine", "GET", "/me").status == 200
        assert scene("XA chief", "GET", "/me").status == 200


def test_a_page_says_why_too(suspended: Scene) -> None:
    page = suspended.ask(suspended.crew["XA officer"], "GET", "/")
    assert page.status == 403 and "Searches without a purpose, 12 January" in page.text


def test_everybody_sees_in_the_directory_that_it_is_suspended_and_not_why(suspended: Scene) -> None:
    answer = suspended("XD officer", "GET", "/bureaus")
    states = {b["code"]: b["status"] for b in answer.json}
    assert states == {"XZ": "active", "XA": "suspended", "XB": "active", "XC": "active", "XD": "active"}
    page = suspended.ask(suspended.crew["XD officer"], "GET", "/bureaus")
    assert "Suspended" in page.text
    assert "Searches without" not in answer.text + page.text


def test_its_records_stay_with_their_owners_handling(scene: Scene) -> None:
    kept = scene.contribute(handling=only("XB"))["id"]
    scene("XZ supervisor", "POST", "/bureaus/XA/suspension", json=WHY)
    assert scene.found("XB officer", "Ivo Marenko") == [kept]
    assert scene.found("XC officer", "Ivo Marenko") == []


def test_an_officer_of_a_suspended_bureau_gets_nothing_in_the_background_either(
    suspended: Scene, house: House
) -> None:
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        desk.note("see")
        for asker in (
            asker_now(desk, suspended.crew["XA chief"].id, Purpose.WANTED, "case 1"),
            asker_now(desk, suspended.crew["XA machine"].id, Purpose.WANTED, "case 1"),
            asker_for(desk, "XA:chief@xa.example", "wanted", "case 1"),
            machine_of(desk, 2, "a telling"),
        ):
            assert not asker.active and not may(asker, "see")
            assert decide(asker, OPEN_TO_ALL) is Decision.NONE
        other = asker_now(desk, suspended.crew["XB chief"].id, Purpose.WANTED, "case 1")
        assert other.active and "XB/file" in other.held
        assert machine_of(desk, 3, "a telling").active
        assert not asker_now(desk, "0" * 32, Purpose.WANTED, "case 1").active


def test_an_officer_who_was_stopped_is_not_active_in_the_background(scene: Scene, house: House) -> None:
    id = scene.crew["XB officer"].id
    scene("XB administrator", "PATCH", f"/officers/{id}", json={"active": False})
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        desk.note("see")
        assert not asker_now(desk, id, Purpose.WANTED, "case 1").active


@pytest.mark.parametrize(
    ("who", "code", "status"),
    [
        ("XZ officer", "XA", 403),
        ("XZ machine", "XA", 403),  # a key has the role, and is no person
        ("XB chief", "XA", 403),
        ("XA chief", "XA", 403),
        ("XZ chief", "XZ", 403),
        ("XZ chief", "XQ", 404),
    ],
)
def test_the_secretariat_in_person_suspends_another_bureau_never_itself(
    scene: Scene, who: str, code: str, status: int
) -> None:
    assert scene(who, "POST", f"/bureaus/{code}/suspension", json=WHY).status == status
    assert scene("XA chief", "GET", "/me").status == 200


def test_a_reason_is_needed_and_stands_in_the_journal(scene: Scene) -> None:
    answer = scene("XZ supervisor", "POST", "/bureaus/XA/suspension", json={"suspended": True, "reason": " "})
    assert (answer.status, places(answer)) == (422, ["reason"])
    scene("XZ supervisor", "POST", "/bureaus/XA/suspension", json=WHY)
    scene("XA officer", "POST", "/search", json={"text": "Ivo"})
    acts = scene("XZ supervisor", "GET", "/journal").json
    assert [a["act"] for a in acts if a["act"] == "administer"] == ["administer"]
    scene("XZ supervisor", "POST", "/bureaus/XA/suspension", json=RESTORED)
    refused = [a for a in scene("XA supervisor", "GET", "/journal").json if a["act"] == "refuse"]
    assert [a["outcome"] for a in refused] == ["not-allowed"]


def test_the_secretariat_suspends_on_a_page(ask, crew) -> None:
    assert ask(crew["XZ supervisor"], "GET", "/bureaus/XA/suspension").status == 200
    assert ask(crew["XZ supervisor"], "GET", "/bureaus/XZ/suspension").status == 404
    assert ask(crew["XB supervisor"], "GET", "/bureaus/XA/suspension").status == 404
    form = [("suspended", "yes"), ("reason", "")]
    assert ask(crew["XZ supervisor"], "POST", "/bureaus/XA/suspension", form=form).status == 422
    form = [("suspended", "yes"), ("reason", "Doubt")]
    assert ask(crew["XZ supervisor"], "POST", "/bureaus/XA/suspension", form=form).status == 303
    assert "Doubt" in ask(crew["XZ supervisor"], "GET", "/bureaus/XA/suspension").text
    assert ask(crew["XA officer"], "GET", "/bureaus").status == 403
