"""The record a notice is about: whose it is, what readers see of it, and what publication may not widen."""

import pytest

from entente.desk import House
from rooms.noticed import DRAFTER, READER, REVIEWER, Office, form
from rooms.scene import IVO, NOBODY, Scene, only, places


@pytest.fixture
def office(scene: Scene) -> Office:
    return Office(scene)


def test_what_readers_see_is_the_record_as_it_was_reviewed(office: Office, scene: Scene) -> None:
    notice = office.published()
    record = scene("XA office", "GET", f"/records/{notice['subject']['record']}").json
    changed = {**IVO, "name": ["Ivan Marenko"]}
    scene(
        "XA office",
        "PUT",
        f"/records/{record['id']}",
        json={"version": record["version"], "properties": changed},
    )
    told = office.open(READER, notice["id"]).json["subject"]
    assert (told["caption"], told["changed_since"]) == ("Ivo Marenko", True)


def test_who_may_not_see_the_record_any_more_does_not_get_the_notice(office: Office, scene: Scene) -> None:
    record = scene.contribute()
    notice = office.published(subject={"record": record["id"]})
    assert office.open(READER, notice["id"]).status == 200
    version = scene("XA office", "GET", f"/records/{record['id']}").json["version"]
    scene(
        "XA office",
        "PUT",
        f"/records/{record['id']}/handling",
        json={"version": version, "handling": only("XC")},
    )
    assert office.open(READER, notice["id"]).status == 404
    assert office.listed(READER) == []
    assert office.open("XC officer", notice["id"]).status == 200


def test_a_record_that_stood_before_is_widened_only_if_its_owner_says_so(
    office: Office, scene: Scene
) -> None:
    record = scene.contribute(handling=NOBODY)
    notice = office.draft("XA office", subject={"record": record["id"]})
    refused = office.act("XA office", notice, "submit")
    assert (refused.status, places(refused)) == (422, ["subject/widen"])
    lent = office.published(subject={"record": record["id"], "widen": True})
    assert scene.found(READER, "Ivo Marenko") == [record["id"]]
    office.done("XA supervisor", lent, "suspend", why="A doubt.")
    assert scene.found(READER, "Ivo Marenko") == []
    assert scene("XA office", "GET", f"/records/{record['id']}").json["handling"]["mode"] == "named"


def test_a_notice_names_no_record_of_another_bureau(office: Office, scene: Scene) -> None:
    theirs = scene.contribute(who="XB office")["id"]
    asked = [
        scene(DRAFTER, "POST", "/notices", json=form(subject={"record": id})) for id in (theirs, "0" * 32)
    ]
    assert [a.status for a in asked] == [422, 422]
    assert asked[0].body == asked[1].body


def test_a_draft_that_is_thrown_away_takes_its_record_with_it(
    office: Office, scene: Scene, house: House, work
) -> None:
    notice = office.draft()
    assert scene("XA supervisor", "DELETE", f"/notices/{notice['id']}?version=1").status == 204
    work(house)
    assert office.open(DRAFTER, notice["id"]).status == 404
    assert scene.found("XA office", "Ivo Marenko") == []
    out = office.published()
    refused = scene("XA supervisor", "DELETE", f"/notices/{out['id']}?version={out['version']}")
    assert refused.status == 422


def test_another_bureaus_notice_asks_for_a_purpose(office: Office) -> None:
    notice = office.published()
    assert office.open(READER, notice["id"], purpose="desk").json["type"] == "/problems#no-purpose"
    assert office.open(DRAFTER, notice["id"], purpose="desk").status == 200
    assert office.open(REVIEWER, notice["id"], purpose="desk").status == 200
