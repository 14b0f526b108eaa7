"""Who takes part: bureaus join, administrators enrol officers and issue keys, each for his own bureau."""

from dataclasses import replace

import pytest

from entente.core.access import Asker, Purpose
from entente.desk import House, sit
from entente.rooms.bureaus import directory
from rooms.scene import NOBODY, Scene, places
from rooms.signing import session_in
from worlds.stage import Person


def test_the_directory_is_open_to_everybody_who_takes_part(scene: Scene) -> None:
    codes = [b["code"] for b in scene("XD officer", "GET", "/bureaus").json]
    assert codes == ["XZ", "XA", "XB", "XC", "XD"]


def test_the_secretariat_alone_lets_a_bureau_join(scene: Scene) -> None:
    form = {"code": "XE", "label": "Bureau of Elmara", "desk": "Duty desk"}
    assert scene("XA administrator", "POST", "/bureaus", json=form).status == 403
    assert scene("XZ officer", "POST", "/bureaus", json=form).status == 403
    assert scene("XZ administrator", "POST", "/bureaus", json=form).status == 201
    again = scene("XZ administrator", "POST", "/bureaus", json=form)
    assert (again.status, places(again)) == (422, ["code"])
    assert [b["code"] for b in scene("XA officer", "GET", "/bureaus").json][-1] == "XE"


def test_a_new_bureau_sees_what_is_for_everyone_and_nothing_that_names_others(
    scene: Scene, ask, house, work
) -> None:
    everyone = scene.contribute()["id"]
    scene.contribute(handling=NOBODY)
    scene.contribute(handling={"mode": "named", "bureaus": ["XB"]})
    scene("XZ administrator", "POST", "/bureaus", json={"code": "XE", "label": "Bureau of Elmara"})
    form = {"name": "First", "email": "first@xe.example", "bureau": "XE", "roles": ["officer"]}
    link = scene("XZ administrator", "POST", "/officers", json=form).json["link"]
    work(house)
    said = ask(None, "POST", link, form=[])
    newcomer = session_in(said, Person("", "XD", ""))
    for text in ("Ivo Marenko", "P4417093"):
        answer = ask(newcomer, "POST", "/api/v1/search", json={"text": text})
        assert [c["id"] for c in answer.json["candidates"]] == [everyone]


@pytest.mark.parametrize(("sort", "last"), [("police", 223), ("customs", 254)])
def test_the_last_number_is_no_bureaus(scene: Scene, house: House, sort: str, last: int) -> None:
    form = {"code": "XE", "label": "Bureau of Elmara", "sort": sort}
    with house.bookkeeping() as tx:  # so many joined and left
        tx.notes.write("bureaus", f"{tx.notes.read('bureaus')} {last - 1}")
    assert scene("XZ administrator", "POST", "/bureaus", json=form).status == 201
    with house.store.reading() as tx:
        assert (tx.notes.read("bureaus") or "").split()[-1] == str(last)
    full = scene("XZ administrator", "POST", "/bureaus", json={**form, "code": "XF"})
    assert (full.status, places(full)) == (422, ["code"])


@pytest.mark.parametrize("code", ["xe", "X", "TOOLONGCODE", "X-E", "ÄÖ", ""])
def test_a_code_is_two_to_eight_capitals_and_digits(scene: Scene, code: str) -> None:
    answer = scene("XZ administrator", "POST", "/bureaus", json={"code": code, "label": "x"})
    assert (answer.status, places(answer)) == (422, ["/code"])


def test_an_administrator_enrols_officers_of_his_own_bureau(scene: Scene, ask) -> None:
    form = {"name": "New Officer", "email": "new@xa.example", "roles": ["officer", "analyst"]}
    made = scene("XA administrator", "POST", "/officers", json=form).json
    assert (made["officer"]["bureau"], made["officer"]["roles"]) == ("XA", ["analyst", "officer"])
    assert ask(None, "POST", made["link"], form=[]).status == 303
    listed = scene("XA administrator", "GET", "/officers").json
    assert made["officer"] in listed
    assert {o["bureau"] for o in listed} == {"XA"}
    form |= {"email": "b@x.example", "bureau": "XB"}
    assert scene("XA administrator", "POST", "/officers", json=form).status == 403


def test_an_address_is_unique_for_a_bureau_and_says_nothing_of_others(scene: Scene) -> None:
    form = {"name": "Again", "email": "Officer@XA.example"}
    answer = scene("XA administrator", "POST", "/officers", json=form)
    assert (answer.status, places(answer)) == (422, ["email"])
    assert scene("XB administrator", "POST", "/officers", json=form).status == 201


def test_every_fault_of_an_officer_is_named_and_nobody_is_enrolled(scene: Scene) -> None:
    before = scene("XA administrator", "GET", "/officers").json
    form = {"name": "a\u202eb", "email": "x@xa.example\0", "held": ["x\0y", "XB/file"], "reviewer": True}
    answer = scene("XA administrator", "POST", "/officers", json=form)
    assert answer.status == 422
    assert set(places(answer)) == {"held", "reviewer"}
    form = {"name": "a\u202eb", "email": "no address", "held": ["XA/x\0y"]}
    answer = scene("XA administrator", "POST", "/officers", json=form)
    assert set(places(answer)) == {"properties/name/0", "properties/email/0", "properties/held/0"}
    assert scene("XA administrator", "GET", "/officers").json == before


def test_a_compartment_is_granted_by_its_own_bureau_or_the_secretariat(scene: Scene) -> None:
    path = f"/officers/{scene.crew['XA officer'].id}"
    assert scene("XA administrator", "PATCH", path, json={"held": ["XA/gold"]}).json["held"] == ["XA/gold"]
    for held in (["XB/gold"], ["joint/file"], ["house"]):
        assert places(scene("XA administrator", "PATCH", path, json={"held": held})) == ["held"]
    assert scene("XZ administrator", "PATCH", path, json={"held": ["joint/file"]}).status == 200
    assert scene("XZ administrator", "PATCH", path, json={"held": ["house"]}).status == 403
    assert scene("XA administrator", "PATCH", path, json={"reviewer": True}).status == 422


def test_an_officer_of_another_bureau_is_absent_for_an_administrator(scene: Scene) -> None:
    foreign, nothing = scene.crew["XB officer"].id, "0" * 32
    for method, path, said in [
        ("PATCH", "/officers/{}", {"active": False}),
        ("POST", "/officers/{}/link", None),
        ("PATCH", "/officers/{}", {"active": False, "roles": []}),
    ]:
        a, b = (scene("XA administrator", method, path.format(id), json=said) for id in (foreign, nothing))
        assert (a.status, a.headers, a.body) == (404, b.headers, b.body)
    assert scene("XA administrator", "POST", f"/officers/{scene.crew['XA machine'].id}/link").status == 404


def test_a_key_is_shown_once_and_cannot_administer(scene: Scene) -> None:
    made = scene("XA administrator", "POST", "/keys", json={"name": "crawler", "roles": ["contributor"]}).json
    assert made["key"].startswith("entente_")
    listed = scene("XA administrator", "GET", "/keys")
    assert made["issued"] in listed.json
    assert made["key"] not in listed.text
    answer = scene("XA administrator", "POST", "/keys", json={"name": "root", "roles": ["administrator"]})
    assert (answer.status, places(answer)) == (422, ["/roles/0"])


def test_me_says_who_i_am(scene: Scene) -> None:
    me = scene("XA chief", "GET", "/me").json
    assert (me["bureau"], me["clearance"]) == ("XA", "confidential")
    assert me["held"] == ["XA/file", "joint/file", "series"]
    assert scene("XA machine", "GET", "/me").json["id"] == scene.crew["XA machine"].id


def test_the_directory_is_whole_whoever_reads_it_first(house: House, scene: Scene) -> None:
    sees_nothing = Asker("nobody", 2, Purpose.OVERSIGHT, "by mistake", reviewer=False)
    for asker in (sees_nothing, replace(sees_nothing, purpose=Purpose.DESK)):
        with sit(house, asker) as desk:
            assert {b.code for b in directory(desk).values()} == {"XZ", "XA", "XB", "XC", "XD"}
            desk.note("see")
    assert len(scene("XA officer", "GET", "/bureaus").json) == 5
