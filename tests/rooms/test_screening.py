"""Screenings: lists sent, asked, stopped and read. What changes meanwhile: test_screening_again.py."""

from collections.abc import Callable
from typing import Any

import pytest

from entente.core.journal import open_private
from entente.desk import HOUSE_ASKER, House, sit
from entente.rooms.bureaus import change_officer
from entente.rooms.screening import Screener, parts, service
from rooms.scene import IVO, NOBODY, Scene, only, places
from rooms.screened import found, listed, screen, send, told
from worlds.stage import Crew

Work = Callable[[House], None]
THREE = listed("Nobody Known;;;;1A", "Ivo Marenko;1971-03-05;XA;;2B", "Iwo Marenco;;;;3C")


def searches(house: House, officer: str) -> list[dict[str, Any]]:
    """The searches of an officer in the journal, oldest first: their details."""
    with house.store.reading() as tx:
        entries = [e for e in tx.entries.read(0, 1000, act="search") if e.officer == officer]
    return [dict(open_private(e.leaf, e.private).details) for e in entries]


def enrolled(house: House, officer: str, **changes: Any) -> None:
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        change_officer(desk, officer, **changes)
        desk.note("administer")


# --- asked ---------------------------------------------------------------------------------------


def test_every_row_is_asked_and_rows_with_candidates_come_first_best_first(
    scene: Scene, house: House
) -> None:
    ivo = scene.contribute(IVO)
    made = send(scene, "XB officer", THREE)
    assert (made["state"], made["rows"], made["columns"]["name"]) == ("waiting", 3, "Name")
    screen(house)
    page = told(scene, "XB officer", made["id"])
    assert (page["screening"]["state"], page["screening"]["done"]) == ("done", 3)
    assert [row["row"] for row in page["rows"]] == [3, 4, 2]
    first = page["rows"][0]
    assert first["cells"] == ["Ivo Marenko", "1971-03-05", "XA", "", "2B"]
    assert [c["id"] for c in first["candidates"]] == [ivo["id"]] and first["candidates"][0]["reasons"]


def test_a_row_is_a_search_in_the_journal_like_any_other(scene: Scene, house: House, crew: Crew) -> None:
    ivo = scene.contribute(IVO)
    made = send(scene, "XB officer", THREE, why="flight 7")
    screen(house)
    done = searches(house, crew["XB officer"].id)
    assert [(s["screening"], s["row"]) for s in done] == [(made["id"], row) for row in (2, 3, 4)]
    assert done[1]["shown"] == [ivo["id"]] and done[1]["question"]["names"] == ["Ivo Marenko"]


def test_an_owner_who_watches_is_told_of_a_row_that_means_his_record(
    scene: Scene, house: House, work: Work
) -> None:
    scene.contribute(IVO, only(watch=True))
    send(scene, "XB officer", THREE)
    work(house)
    silent = scene("XA office", "GET", "/hits", purpose="").json["hits"]
    assert [(h["state"], h["asker"]) for h in silent] == [("silent", "XB")]


def test_a_candidate_of_a_row_is_judged_like_that_of_a_search(scene: Scene, house: House) -> None:
    ivo = scene.contribute(IVO)
    made = send(scene, "XB officer", THREE)
    screen(house)
    candidate = told(scene, "XB officer", made["id"])["rows"][0]["candidates"][0]
    said = {"record": ivo["id"], "verdict": "same"}
    answer = scene("XB officer", "POST", f"/search/{candidate['search']}/verdicts", json=said)
    assert answer.status == 201 and answer.json["hit"]


def test_whom_to_contact_is_told_and_nothing_more(scene: Scene, house: House, work: Work) -> None:
    scene.contribute(IVO, only(hint=["XB"]))
    made = send(scene, "XB officer", listed("Nobody Known;;;;", "Ivo Marenko;1971-03-05;XA;;"))
    work(house)
    page = told(scene, "XB officer", made["id"], "?band=contact")
    assert [(row["row"], [c["bureau"] for c in row["contacts"]]) for row in page["rows"]] == [(3, ["XA"])]
    assert page["rows"][0]["candidates"] == []
    token = page["rows"][0]["contacts"][0]["token"]
    hits = scene("XA office", "GET", "/hits", purpose="").json["hits"]
    assert [h["token"] for h in hits] == [token], "the owner's notice shows what the asker quotes"


def test_a_discreet_screening_is_for_supervisors_and_tells_nobody(
    scene: Scene, house: House, work: Work
) -> None:
    scene.contribute(IVO, only(hint=["XB"], watch=True))
    discreet = {"entente-discreet": "yes"}
    refused = scene("XB officer", "POST", "/screenings", raw=THREE, headers=discreet)
    assert refused.status == 403
    made = send(scene, "XB supervisor", THREE, headers=discreet)
    work(house)
    assert made["discreet"] and all(
        not row["contacts"] for row in told(scene, "XB supervisor", made["id"])["rows"]
    )
    assert scene("XA office", "GET", "/hits", purpose="").json["hits"] == []


# --- whose it is ---------------------------------------------------------------------------------


def test_a_screening_is_its_officers_alone(scene: Scene, house: House) -> None:
    made = send(scene, "XB officer", THREE)
    screen(house)
    for other in ("XB supervisor", "XB analyst", "XC officer"):
        assert scene(other, "GET", "/screenings", purpose="").json == []
        for method, path in (
            ("GET", ""),
            ("GET", "/results"),
            ("GET", "/results.csv"),
            ("POST", "/stop"),
            ("POST", "/resume"),
            ("POST", "/again"),
            ("DELETE", ""),
        ):
            theirs = scene(other, method, f"/screenings/{made['id']}{path}", purpose="")
            nothing = scene(other, method, f"/screenings/{'0' * 32}{path}", purpose="")
            assert (theirs.status, theirs.headers, theirs.body) == (404, nothing.headers, nothing.body)


def test_it_needs_a_police_purpose_a_reason_and_a_role_that_screens(scene: Scene) -> None:
    assert scene("XB officer", "POST", "/screenings", raw=THREE, purpose="desk").status == 422
    assert scene("XB officer", "POST", "/screenings", raw=THREE, purpose="").status == 422
    assert scene("XB contributor", "POST", "/screenings", raw=THREE).status == 403
    assert scene("", "POST", "/screenings", raw=THREE).status == 401


def test_an_officer_has_so_many_screenings_and_no_more(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST", 1)
    made = send(scene, "XB officer", THREE)
    assert scene("XB officer", "POST", "/screenings", raw=THREE).status == 422
    send(scene, "XB analyst", THREE)
    assert scene("XB officer", "DELETE", f"/screenings/{made['id']}", purpose="").status == 204
    send(scene, "XB officer", THREE)


def test_whether_there_is_room_is_asked_again_when_a_list_has_been_read(
    scene: Scene, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = service.sheets.lay

    def meanwhile(*said: Any) -> Any:
        monkeypatch.setattr(service, "MOST", 0)
        return real(*said)

    monkeypatch.setattr(service.sheets, "lay", meanwhile)
    assert scene("XB officer", "POST", "/screenings", raw=THREE).status == 422
    blobs: Any = house.blobs
    assert not blobs._kept


def test_what_he_may_no_longer_see_is_gone_from_rows_counts_and_bands(scene: Scene, house: House) -> None:
    ivo = scene.contribute(IVO)
    made = send(scene, "XB officer", THREE)
    screen(house)
    assert found(scene, "XB officer", made["id"]).keys() == {3, 4}
    said = {"version": 1, "handling": NOBODY}
    assert scene("XA office", "PUT", f"/records/{ivo['id']}/handling", json=said).status == 200
    page = told(scene, "XB officer", made["id"])
    assert [row["row"] for row in page["rows"]] == [2, 3, 4]
    assert all(not row["candidates"] for row in page["rows"])
    assert page["tally"] == {"strong": 0, "possible": 0, "contact": 0, "faulty": 0}
    assert (
        ivo["id"] not in scene("XB officer", "GET", f"/screenings/{made['id']}/results.csv", purpose="").text
    )


def test_an_owner_who_hints_no_more_is_told_no_more(scene: Scene, house: House) -> None:
    ivo = scene.contribute(IVO, only(hint=["XB"]))
    made = send(scene, "XB officer", THREE)
    screen(house)
    said = {"version": 1, "handling": NOBODY}
    assert scene("XA office", "PUT", f"/records/{ivo['id']}/handling", json=said).status == 200
    assert told(scene, "XB officer", made["id"])["tally"]["contact"] == 0


def test_a_score_is_of_the_record_as_it_is_now(scene: Scene, house: House) -> None:
    ivo = scene.contribute(IVO)
    made = send(scene, "XB officer", listed("Ivo Marenko;1971-03-05;;;"))
    screen(house)
    before = told(scene, "XB officer", made["id"])["rows"][0]["candidates"][0]["score"]
    said = {"version": 1, "properties": {**IVO, "birthDate": ["1988-11-23"]}}
    assert scene("XA office", "PUT", f"/records/{ivo['id']}", json=said).status == 200
    after = [c["score"] for r in told(scene, "XB officer", made["id"])["rows"] for c in r["candidates"]]
    assert all(score < before for score in after)


# --- stopped, gone on with, ended ----------------------------------------------------------------


def test_it_stops_where_its_officer_may_search_no_more_and_goes_on_when_he_may_again(
    scene: Scene, house: House, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "LEAST_ROWS", 1)
    ivo = scene.contribute(IVO)
    made = send(scene, "XB officer", THREE)
    screener = Screener(house)
    screener.step()
    enrolled(house, crew["XB officer"].id, roles=["contributor"])
    screen(house)
    assert len(searches(house, crew["XB officer"].id)) == 1
    enrolled(house, crew["XB officer"].id, roles=["officer"])
    stopped = scene("XB officer", "GET", f"/screenings/{made['id']}", purpose="").json
    assert (stopped["state"], stopped["why"], stopped["done"]) == ("stopped", "not-allowed", 1)
    assert scene("XB officer", "POST", f"/screenings/{made['id']}/resume", purpose="").status == 200
    screen(house)
    assert found(scene, "XB officer", made["id"]) == {3: [ivo["id"]], 4: [ivo["id"]]}


def test_it_is_stopped_and_gone_on_with_and_no_row_is_asked_twice(
    scene: Scene, house: House, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "LEAST_ROWS", 1)
    made = send(scene, "XB officer", THREE)
    Screener(house).step()
    for step, state in (("stop", "stopped"), ("resume", "running")):
        assert (
            scene("XB officer", "POST", f"/screenings/{made['id']}/{step}", purpose="").json["state"] == state
        )
    wrong = scene("XB officer", "POST", f"/screenings/{made['id']}/resume", purpose="")
    assert (wrong.status, places(wrong)) == (422, ["state"])
    screen(house)
    assert [s["row"] for s in searches(house, crew["XB officer"].id)] == [2, 3, 4]


def test_two_that_work_on_one_list_ask_no_row_twice(
    scene: Scene, house: House, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "LEAST_ROWS", 1)
    send(scene, "XB officer", THREE)
    one, other = Screener(house), Screener(house)
    asked = []
    keep = service.parts.keep

    def slowly(*said: Any, **how: Any) -> None:
        if not asked:
            asked.append(1)
        keep(*said, **how)

    monkeypatch.setattr("entente.rooms.screening.answering.parts.keep", slowly)
    while one.step() or other.step():
        pass
    assert [s["row"] for s in searches(house, crew["XB officer"].id)] == [2, 3, 4]


def test_lists_take_turns(scene: Scene, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LEAST_ROWS", 1)
    made = [send(scene, who, THREE)["id"] for who in ("XB officer", "XC officer")]
    screener = Screener(house)
    screener.step()
    screener.step()
    done = [
        scene(who, "GET", f"/screenings/{id}", purpose="").json["done"]
        for who, id in zip(("XB officer", "XC officer"), made, strict=True)
    ]
    assert done == [1, 1]


def test_what_is_deleted_is_deleted_with_its_list_and_all_that_it_found(
    scene: Scene, house: House, work: Work, clock: Any
) -> None:
    made = send(scene, "XB officer", THREE)
    work(house)
    blobs: Any = house.blobs
    assert blobs._kept
    assert scene("XB officer", "DELETE", f"/screenings/{made['id']}", purpose="").status == 204
    assert scene("XB officer", "GET", f"/screenings/{made['id']}", purpose="").status == 404
    work(house)
    clock.forward(minutes=11)
    work(house)
    assert not blobs._kept
    with house.store.reading() as tx:
        kinds = {c.thing.kind for c in tx.upkeep.changes(0, 10_000) if c.thing}
    assert not kinds & {"Screening", "ScreeningPart"}


def test_a_list_is_gone_after_a_month(scene: Scene, house: House, work: Work, clock: Any) -> None:
    made = send(scene, "XB officer", THREE)
    work(house)
    clock.forward(days=31)
    work(house)
    clock.forward(minutes=11)
    work(house)
    assert scene("XB officer", "GET", f"/screenings/{made['id']}", purpose="").status in (401, 404)
    blobs: Any = house.blobs
    assert not blobs._kept
