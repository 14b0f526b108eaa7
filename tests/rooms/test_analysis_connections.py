"""Connections: both owners learn "there is a connection, ask XB", once, and neither learns anything more."""

from typing import Any

import pytest

from entente.desk import House
from rooms.filed import LEAD, Files
from rooms.scene import EVERYONE, IVO, Scene, only
from worlds.stage import work

IVO_HERE = {"kind": "Person", "properties": IVO}
BY_NAME = {
    "kind": "Person",
    "properties": {"name": "Ivo Marenko", "birthDate": "1971-03-05", "nationality": "xa"},
}
BY_NUMBER = {"kind": "Person", "properties": {"name": "Quite Another", "passportNumber": "P4417093"}}
STRANGER = {"kind": "Person", "properties": {"name": "Mira Dolen", "birthDate": "1990-01-01"}}


@pytest.fixture
def files(scene: Scene) -> Files:
    return Files(scene)


class Told:
    """Two files, XA's and XB's, and what their owners are told."""

    def __init__(self, files: Files, house: House, first: bool = True, second: bool = True) -> None:
        self.files, self.house, self.scene = files, house, files.scene
        self.xa = files.opened("XA office", boss="XA chief", connect=first, title="Kestrel")
        self.xb = files.opened("XB office", boss="XB chief", connect=second, title="Heron")

    def brings(self, file: str, who: str, *things: dict[str, Any], **said: Any) -> list[str]:
        kept = self.files.contributed(who, file, things=list(things), **said)
        return [t["id"] for t in kept["things"]]

    def alerts(self, who: str) -> list[tuple[str, str, str]]:
        """(record, file, other bureau) of what an officer is told."""
        work(self.house)
        found = self.scene(who, "GET", "/alerts").json
        return [(a["object"], a["second"], a["other"]) for a in found if a["what"] == "connection"]


@pytest.fixture
def told(files: Files, house: House) -> Told:
    return Told(files, house)


@pytest.mark.parametrize("theirs", [BY_NAME, BY_NUMBER])
def test_both_owners_are_told_once_of_their_own_record_and_the_other_bureau(
    told: Told, theirs: dict[str, Any]
) -> None:
    [mine] = told.brings(told.xa, "XA office", IVO_HERE)
    assert told.alerts("XA office") == []
    [other] = told.brings(told.xb, "XB office", theirs, STRANGER)[:1]
    assert told.alerts("XA office") == [(mine, told.xa, "XB")]
    assert told.alerts("XB office") == [(other, told.xb, "XA")]
    told.brings(told.xb, "XB office", theirs)
    assert told.alerts("XA office") == [(mine, told.xa, "XB")]


def test_nothing_of_the_other_file_is_in_what_is_told(told: Told) -> None:
    told.brings(told.xa, "XA office", IVO_HERE)
    [other] = told.brings(told.xb, "XB office", BY_NUMBER)
    work(told.house)
    said = told.scene("XA office", "GET", "/alerts").text
    for hidden in (told.xb, other, "Heron", "Quite Another"):
        assert hidden not in said


@pytest.mark.parametrize("who", ["XA officer", "XA chief", "XB chief", "XC chief", "XZ chief"])
def test_who_is_in_neither_file_is_told_nothing(told: Told, who: str) -> None:
    told.brings(told.xa, "XA office", IVO_HERE)
    told.brings(told.xb, "XB office", BY_NAME)
    assert told.alerts(who) == []


def test_strangers_ring_nothing(told: Told) -> None:
    told.brings(told.xa, "XA office", IVO_HERE)
    told.brings(told.xb, "XB office", STRANGER)
    assert told.alerts("XA office") == told.alerts("XB office") == []


@pytest.mark.parametrize(("first", "second"), [(False, True), (True, False), (False, False)])
def test_a_file_whose_owner_said_no_is_silent_both_ways(
    files: Files, house: House, first: bool, second: bool
) -> None:
    told = Told(files, house, first, second)
    told.brings(told.xa, "XA office", IVO_HERE)
    told.brings(told.xb, "XB office", BY_NAME)
    assert told.alerts("XA office") == told.alerts("XB office") == []


def test_a_closed_file_is_silent(told: Told) -> None:
    told.brings(told.xa, "XA office", IVO_HERE)
    told.scene("XA office", "POST", f"/files/{told.xa}/close", json={"why": "Done"})
    told.brings(told.xb, "XB office", BY_NAME)
    assert told.alerts("XA office") == told.alerts("XB office") == []


def test_two_files_of_one_bureau_are_told_of_each_other(files: Files, house: House) -> None:
    told = Told(files, house)
    second = files.opened("XA analyst", boss="XA supervisor", connect=True)
    [mine] = told.brings(told.xa, "XA office", IVO_HERE)
    [other] = told.brings(second, "XA analyst", BY_NAME)
    assert told.alerts("XA office") == [(mine, told.xa, "XA")]
    assert told.alerts(LEAD) == [(other, second, "XA")]


def test_a_record_that_both_files_name_is_a_connection(told: Told) -> None:
    shared = told.scene.contribute(STRANGER["properties"], EVERYONE, who="XC office")["id"]
    told.brings(told.xa, "XA office", records=[shared], text="Known")
    told.brings(told.xb, "XB office", records=[shared], text="Known here too")
    assert told.alerts("XA office") == [(shared, told.xa, "XB")]
    assert told.alerts("XB office") == [(shared, told.xb, "XA")]


def test_an_ordinary_record_that_a_file_names_meets_what_another_contributes(told: Told) -> None:
    shared = told.scene.contribute(IVO, EVERYONE, who="XC office")["id"]
    told.brings(told.xa, "XA office", records=[shared], text="Known")
    [other] = told.brings(told.xb, "XB office", BY_NAME)
    assert told.alerts("XA office") == [(shared, told.xa, "XB")]
    assert told.alerts("XB office") == [(other, told.xb, "XA")]


def test_an_ordinary_record_that_no_file_names_rings_nothing(told: Told) -> None:
    told.scene.contribute(IVO, EVERYONE, who="XA office")
    told.brings(told.xb, "XB office", BY_NAME)
    assert told.alerts("XA office") == told.alerts("XB office") == []


def test_what_a_contributor_keeps_from_the_owner_rings_for_nobody(told: Told, files: Files) -> None:
    files.joined(told.xa, "XC office", "contributor", lead="XA office")
    told.brings(told.xa, "XC office", IVO_HERE, handling=only("XD"))
    shared = told.scene.contribute(STRANGER["properties"], EVERYONE, who="XC office")["id"]
    told.brings(told.xa, "XC office", records=[shared], text="Not for XA", handling=only("XD"))
    told.brings(told.xb, "XB office", BY_NAME, STRANGER)
    assert told.alerts("XA office") == told.alerts("XB office") == []


def test_what_another_bureau_contributes_rings_for_the_files_owner(told: Told, files: Files) -> None:
    files.joined(told.xa, "XC office", "contributor", lead="XA office")
    [theirs] = told.brings(told.xa, "XC office", IVO_HERE)
    told.brings(told.xb, "XB office", BY_NAME)
    assert told.alerts("XA office") == [(theirs, told.xa, "XB")]
    assert told.alerts("XC office") == []


def test_a_subject_rings_as_a_contribution_does(told: Told) -> None:
    shared = told.scene.contribute(IVO, EVERYONE, who="XC office")["id"]
    told.brings(told.xb, "XB office", BY_NAME)
    form = {
        "record": shared,
        "category": "suspect",
        "rationale": "Named by three witnesses",
        "reviewDue": "2026-06-01",
    }
    assert told.scene("XA office", "POST", f"/files/{told.xa}/subjects", json=form).status == 201
    assert told.alerts("XA office") == [(shared, told.xa, "XB")]


def test_a_correction_that_makes_a_connection_rings(told: Told) -> None:
    told.brings(told.xa, "XA office", IVO_HERE)
    [other] = told.brings(told.xb, "XB office", STRANGER)
    assert told.alerts("XB office") == []
    said = {"version": 1, "properties": {"name": "Mira Dolen", "passportNumber": "P4417093"}}
    assert told.scene("XB office", "PUT", f"/records/{other}", json=said).status == 200
    assert told.alerts("XB office") == [(other, told.xb, "XA")]


def test_no_webhook_tells_a_bureaus_systems_of_a_connection(told: Told) -> None:
    said = {"url": "https://systems.xa.example/x", "events": ["connection"]}
    answer = told.scene("XA administrator", "POST", "/webhooks", json=said)
    assert answer.status == 422
