"""Transactions and files of sets over HTTP: the same doors, journal and silence as the JSON API has."""

from typing import Any

import pytest

from entente.core.problems import Faulty
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, House, sit
from entente.match.prints import Print, iso19794
from entente.rooms.biometrics import decoding, inti, nist_writing, transactions
from entente.rooms.biometrics.inti_minutiae import minutiae_of
from entente.rooms.biometrics.inti_records import Transaction
from rooms.biometric_files import header
from rooms.biometric_scene import (
    EVERYONE,
    NOBODY,
    again,
    finger,
    hinting,
    mark,
    mark_of,
    searched,
    seated,
    set_of,
)
from rooms.scene import Scene
from worlds.stage import Answer, Crew

INDEX, THUMB, STRANGER = finger(1), finger(2, position=1), finger(3)
PATH = "/biometrics/transactions"


def file_of(*prints: Print, tot: str = "CPS", nist: bool = False, **said: str) -> bytes:
    """A transaction of minutiae alone, which costs nobody a decoder."""
    minutiae = tuple(minutiae_of(one, n) for n, one in enumerate(prints, start=1))
    told = Transaction(header(tot, **said), minutiae=minutiae)
    return nist_writing.written(told) if nist else inti.written(told)


def sent(scene: Scene, who: str, data: bytes, query: str = "", **said: Any) -> Answer:
    return scene(who, "POST", PATH + query, raw=data, purpose=said.pop("purpose", "identify"), **said)


def told(answer: Answer) -> Transaction:
    return inti.read(answer.body)


def acts(house: House) -> list[str]:
    """What the journal holds, in its order."""
    with sit(house, HOUSE_ASKER) as desk:
        desk.note("see")
        return [entry.act for entry in reversed(desk.entries(0, 1000))]


def test_a_search_finds_what_the_asker_may_see_and_keeps_its_control_number(
    scene: Scene, house: House, crew: Crew
) -> None:
    kept = set_of(house, crew["XB office"], [INDEX, THUMB])
    answer = sent(scene, "XA officer", file_of(again(INDEX, 1), again(THUMB, 2)))
    assert (answer.status, answer.header("content-type")) == (200, transactions.XML)
    one = told(answer).descriptive
    assert (one.numbers.other1.number, one.numbers.other2.number) == (kept.id, "XB")
    assert (one.respondent.result, one.respondent.verified, one.mode) == ("I", "false", "UC")
    assert [t.first("reference") for t in searches(house, crew)] == [header().tcn]


def searches(house: House, crew: Crew, who: str = "XA officer") -> list[Thing]:
    with seated(house, crew[who], "see") as desk:
        return [t for _, t in desk.table(["BiometricSearch"], key=f"biometric-searches:{desk.asker.bureau}")]


def test_several_candidates_come_as_parts_best_first(scene: Scene, house: House, crew: Crew) -> None:
    set_of(house, crew["XB office"], [INDEX])
    set_of(house, crew["XC office"], [again(INDEX, 7)])
    answer = sent(scene, "XA officer", file_of(again(INDEX, 1)))
    assert answer.status == 200
    assert answer.header("content-type").startswith("multipart/mixed")
    assert answer.body.count(b"NISTBiometricInformationExchangePackage ") == 2


def test_who_may_only_be_contacted_is_named_and_nothing_of_his(
    scene: Scene, house: House, crew: Crew
) -> None:
    kept = set_of(house, crew["XB office"], [INDEX, THUMB], hinting("XA"))
    answer = sent(scene, "XA officer", file_of(INDEX, THUMB))
    one = told(answer).descriptive
    assert one.respondent.result == "N"
    assert one.contacts[0].text.startswith("Contact XB, quoting ")
    assert kept.id.encode() not in answer.body


def test_a_hidden_set_changes_nothing_of_the_answer(scene: Scene, house: House, crew: Crew) -> None:
    asked = file_of(STRANGER)
    before = sent(scene, "XA officer", asked)
    set_of(house, crew["XB office"], [again(STRANGER, 1)], NOBODY)
    after = sent(scene, "XA officer", asked)
    assert told(after).descriptive == told(before).descriptive


def test_a_latent_finds_a_person_and_a_persons_prints_find_a_mark(
    scene: Scene, house: House, crew: Crew
) -> None:
    person = set_of(house, crew["XB office"], [INDEX])
    unsolved = mark_of(house, crew["XB office"], mark(INDEX, 1))
    found = told(sent(scene, "XA officer", file_of(mark(INDEX, 2), tot="MPS")))
    assert found.descriptive.numbers.other1.number == person.id
    found = told(sent(scene, "XA officer", file_of(again(INDEX, 3)), "?against=marks"))
    assert found.descriptive.numbers.other1.number == unsolved.id


def test_the_journal_holds_what_it_holds_of_the_same_search_in_json(
    scene: Scene, house: House, crew: Crew
) -> None:
    set_of(house, crew["XB office"], [INDEX])
    start = len(acts(house))
    searched(scene, "XA officer", again(INDEX, 1))
    middle = len(acts(house))
    assert sent(scene, "XA officer", file_of(again(INDEX, 1))).status == 200
    done = acts(house)
    # the first is the look at the journal itself, the second that a file came, before it is read
    assert done[middle + 1 :] == ["see", *done[start + 1 : middle]]


@pytest.mark.parametrize(
    ("who", "purpose", "status"),
    [("XA administrator", "identify", 403), ("XA officer", "", 422), ("XA officer", "desk", 422)],
)
def test_who_may_not_search_gets_an_error_that_says_unauthorised(
    scene: Scene, who: str, purpose: str, status: int
) -> None:
    answer = sent(scene, who, file_of(INDEX), purpose=purpose)
    assert answer.status == status
    error = told(answer)
    assert (error.header.tot, error.header.tcr) == ("ERR", header().tcn)
    assert [one.code for one in error.descriptive.errors] == ["003"]


@pytest.mark.parametrize(
    ("who", "purpose", "status", "acts_of_it"),
    [
        ("XA administrator", "identify", 403, ["refuse"]),
        ("XA officer", "", 422, ["refuse"]),
        ("XA officer", "identify", 422, ["see"]),
    ],
)
def test_the_right_is_asked_for_and_noted_before_a_file_is_read(
    scene: Scene,
    house: House,
    monkeypatch: pytest.MonkeyPatch,
    who: str,
    purpose: str,
    status: int,
    acts_of_it: list[str],
) -> None:
    read: list[bytes] = []

    def reading(data: bytes) -> Transaction:
        read.append(data)
        raise Faulty(faults=())

    monkeypatch.setattr(inti, "read", reading)
    before = len(acts(house))
    answer = sent(scene, who, b"<x", purpose=purpose)
    assert answer.status == status
    assert acts(house)[before + 1 :] == acts_of_it
    assert read == ([b"<x"] if acts_of_it == ["see"] else [])


def test_who_is_not_known_is_told_so_as_everywhere(scene: Scene) -> None:
    answer = sent(scene, "", file_of(INDEX))
    assert (answer.status, answer.header("content-type")) == (401, "application/problem+json")


def test_an_addition_is_a_set_of_the_bureau_with_the_handling_that_is_said(
    scene: Scene, house: House, crew: Crew
) -> None:
    answer = sent(scene, "XB office", file_of(INDEX, THUMB, tot="ATP"), "?see=XA", purpose="")
    assert answer.status == 201, answer.text
    id = told(answer).descriptive.numbers.other4.number
    assert answer.header("location") == f"/api/v1/biometrics/sets/{id}"
    kept = scene("XB office", "GET", f"/biometrics/sets/{id}").json
    assert (kept["sort"], kept["reference"], kept["fingers"]) == ("person", header().tcn, [1, 2])
    assert (kept["handling"]["mode"], kept["handling"]["bureaus"]) == ("named", ["XA"])


def test_an_addition_that_is_searched_first_does_not_find_itself(scene: Scene) -> None:
    answer = sent(scene, "XB office", file_of(INDEX, tot="ATP"), "?search=true")
    assert answer.status == 201
    assert told(answer).descriptive.respondent.result == "N"


def test_only_contributors_add(scene: Scene) -> None:
    answer = sent(scene, "XA officer", file_of(INDEX, tot="ATP"))
    assert answer.status == 403
    assert told(answer).descriptive.errors[0].code == "003"


def test_a_bureau_that_does_not_take_part_is_a_fault(scene: Scene) -> None:
    answer = sent(scene, "XB office", file_of(INDEX, tot="ATP"), "?see=XQ")
    assert answer.status == 422
    assert told(answer).header.tot == "ERR"


def test_what_is_not_known_of_the_query_is_refused(scene: Scene) -> None:
    assert sent(scene, "XA officer", file_of(INDEX), "?againts=marks").status == 422


# --- sets as files -------------------------------------------------------------------------------


def test_a_set_goes_out_as_a_nist_file_and_is_searched_by_it(scene: Scene, house: House, crew: Crew) -> None:
    kept = set_of(house, crew["XB office"], [INDEX, THUMB], EVERYONE, "Ivo")
    answer = scene("XA office", "GET", f"/biometrics/sets/{kept.id}/nist")
    assert answer.status == 200
    read = decoding.decoded(answer.body)
    assert sorted(one.position for one in read.prints) == [1, 2]
    assert read.transaction is not None and read.transaction.header.tot == "ATP"
    asked = answer.body.replace(b"1.004:ATP", b"1.004:CPS")
    found = sent(scene, "XC officer", asked)
    assert found.status == 200
    assert kept.id.encode() in found.body


def test_a_set_goes_out_as_an_iso_record(scene: Scene, house: House, crew: Crew) -> None:
    kept = set_of(house, crew["XB office"], [INDEX, THUMB])
    answer = scene("XA office", "GET", f"/biometrics/sets/{kept.id}/iso")
    assert sorted(one.position for one in iso19794.decode(answer.body)) == [1, 2]


def test_a_set_that_is_not_for_him_is_no_file(scene: Scene, house: House, crew: Crew) -> None:
    kept = set_of(house, crew["XB office"], [INDEX], NOBODY)
    for form in ("nist", "iso"):
        hidden = scene("XA office", "GET", f"/biometrics/sets/{kept.id}/{form}")
        nothing = scene("XA office", "GET", f"/biometrics/sets/{'0' * 32}/{form}")
        assert hidden.status == 404
        assert hidden.text.replace(kept.id, "0" * 32) == nothing.text
