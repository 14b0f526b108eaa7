"""Screenings: lists sent, asked, stopped and read. What changes meanwhile: test_screening_again.py."""

import csv
import io
import tracemalloc
from collections.abc import Callable
from itertools import islice
from typing import Any

import pytest
import structlog.testing

from entente.core.access import Asker, Purpose
from entente.core.journal import open_private
from entente.core.problems import Faulty
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.rooms.bureaus import change_officer
from entente.rooms.screening import Screener, answering, csv_export, parts, service
from entente.rooms.screening.lists import MOST_ROWS, form_of, lines_of
from rooms.scene import IVO, NOBODY, Scene, only, places
from rooms.screened import found, listed, rows, screen, send
from worlds.stage import Crew

Work = Callable[[House], None]
THREE = listed("Nobody Known;;;;1A", "Ivo Marenko;1971-03-05;XA;;2B", "Iwo Marenco;;;;3C")


def told(scene: Scene, who: str, id: str, query: str = "") -> dict[str, Any]:
    answer = scene(who, "GET", f"/screenings/{id}/results{query}", purpose="")
    assert answer.status == 200, answer.text
    said: dict[str, Any] = answer.json
    return said


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


# --- read ----------------------------------------------------------------------------------------


def test_rows_are_chosen_by_band_and_by_their_words(scene: Scene, house: House) -> None:
    scene.contribute(IVO)
    made = send(
        scene, "XB officer", listed("Ivo Marenko;1971-03-05;XA;P4417093;2B", "No Body;31.02.1980;;;3C")
    )
    screen(house)
    chosen = {
        band: told(scene, "XB officer", made["id"], f"?band={band}")["rows"]
        for band in ("strong", "none", "faulty")
    }
    assert {band: [r["row"] for r in found] for band, found in chosen.items()} == {
        "strong": [2],
        "none": [],
        "faulty": [3],
    }
    assert rows(told(scene, "XB officer", made["id"], "?words=body+3c")) == [3]
    assert rows(told(scene, "XB officer", made["id"], "?words=nothing")) == []


def test_rows_come_page_by_page_each_once(scene: Scene, house: House) -> None:
    scene.contribute(IVO)
    made = send(scene, "XB officer", THREE)
    screen(house)
    after, seen = 0, []
    while after is not None:
        page = told(scene, "XB officer", made["id"], f"?limit=1&after={after}")
        seen += rows(page)
        after = page["next"]
    assert seen == [3, 4, 2]


def test_a_faulty_row_is_told_with_its_number_and_the_good_ones_go_on(scene: Scene, house: House) -> None:
    scene.contribute(IVO)
    made = send(
        scene,
        "XB officer",
        listed("x;y", "Ivo Marenko;31.02.1971;ZZZ;;", ";;;;", ";1971;;;", "Ivo Marenko;;;;"),
    )
    screen(house)
    page = told(scene, "XB officer", made["id"], "?band=faulty")
    wrong = {row["row"]: [f["where"] for f in row["faults"]] for row in page["rows"]}
    assert wrong == {2: [""], 3: ["born", "nationality"], 5: ["name"]}
    assert all(f["what"] and f["do"] for row in page["rows"] for f in row["faults"])
    assert found(scene, "XB officer", made["id"]).keys() == {3, 6}, (
        "a row is asked without what is wrong in it"
    )


@pytest.mark.parametrize("where", ["asked", "seen"])
def test_a_row_that_breaks_the_asking_is_faulty_and_the_others_are_asked(
    scene: Scene, house: House, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    ivo = scene.contribute(IVO)
    real = getattr(answering, where)

    def breaks(*said: Any) -> Any:
        if "Nobody Known" in str(said[1]):
            raise RuntimeError(str(said[1]))
        return real(*said)

    monkeypatch.setattr(answering, where, breaks)
    made = send(scene, "XB officer", THREE)
    with structlog.testing.capture_logs() as logs:
        screen(house)
    page = told(scene, "XB officer", made["id"])
    assert page["screening"]["state"] == "done"
    assert found(scene, "XB officer", made["id"]) == {3: [ivo["id"]], 4: [ivo["id"]]}
    assert [row["row"] for row in page["rows"] if row["faults"]] == [2]
    assert "RuntimeError" in str(logs) and "Nobody" not in str(logs), "its type is logged, never its text"


def test_the_csv_gives_the_list_back_with_a_line_for_each_candidate(scene: Scene, house: House) -> None:
    ivo = scene.contribute(IVO)
    made = send(scene, "XB officer", listed("=1+1;;;;-2A", "Ivo Marenko;1971-03-05;XA;P4417093;2B"))
    screen(house)
    answer = scene("XB officer", "GET", f"/screenings/{made['id']}/results.csv", purpose="")
    assert answer.header("content-type") == "text/csv; charset=utf-8"
    lines = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [line["Name"] for line in lines] == ["'=1+1", "Ivo Marenko"], "no cell is a formula"
    assert (lines[0]["Seat"], lines[0]["entente candidate"]) == ("'-2A", "")
    assert (lines[1]["Seat"], lines[1]["entente row"]) == ("2B", "3")
    assert (lines[1]["entente candidate"], lines[1]["entente owner"]) == (ivo["id"], "XA")
    assert float(lines[1]["entente same person"]) > 0.9 and lines[1]["entente reasons"]


@pytest.mark.parametrize("cell", ["=1+1", " =1+1", "\u00a0=1+1", "\uff1d1+1", "@x", "+1", "-1", "\ufe631"])
def test_no_cell_is_a_formula_and_every_cell_is_quoted(cell: str) -> None:
    assert csv_export._spelled([cell, "a;b"]).decode() == f'"\'{cell}","a;b"\r\n'


def test_a_csv_made_while_a_newer_list_is_sent_breaks_off_instead_of_losing_rows(
    scene: Scene, house: House, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_export, "_ROWS", 1)
    made = send(scene, "XB officer", THREE)
    screen(house)
    with house.store.reading() as tx:
        kept = Desk(house, HOUSE_ASKER, tx, writing=False).inspect(made["id"])
    officer = Asker(crew["XB officer"].id, kept.handling.owner if kept else 0, Purpose.DESK, "desk")
    lines = csv_export.exported(lambda writing: sit(house, officer, "screen", writing), made["id"])
    next(lines), next(lines)
    answer = scene("XB officer", "POST", f"/screenings/{made['id']}/again", raw=THREE, purpose="")
    assert answer.status == 200
    with pytest.raises(Faulty):
        next(lines)


# --- sent ----------------------------------------------------------------------------------------


def test_every_fault_of_a_list_is_named_at_once(scene: Scene) -> None:
    wrong = scene("XB officer", "POST", "/screenings?name=Nom&born=Jour", raw=THREE)
    assert (wrong.status, places(wrong)) == (422, ["name", "born"])
    for list, place in (
        (b"", "list"),
        (b"Name;Born\n", "list"),
        (b"Name\0;Born\nx;1\n", "list"),
        (b"A;B\n1;2\n", "name"),
    ):
        answer = scene("XB officer", "POST", "/screenings", raw=list)
        assert (answer.status, places(answer)) == (422, [place])


@pytest.mark.parametrize("long", [b";" * 5_000_000, b'"ab\n";' * 800_000 + b"x"])
def test_a_row_without_end_takes_little_memory_and_those_after_it_are_read(long: bytes) -> None:
    file = io.BytesIO(b"Name;Born\n" + long + b"\nIvo Marenko;1971\n")
    form = form_of(file)
    tracemalloc.start()
    try:
        lines = list(islice(lines_of(file, form), 2)) if long[0] == ord(";") else [next(lines_of(file, form))]
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "characters" in lines[0].wrong and most < 40_000_000
    assert len(lines) == 1 or lines[1].cells == ("Ivo Marenko", "1971")


def test_what_does_not_come_to_be_kept_leaves_no_blob(scene: Scene, house: House, monkeypatch: Any) -> None:
    monkeypatch.setattr("entente.rooms.screening.lists.MOST_ROWS", 2)
    answer = scene("XB officer", "POST", "/screenings", raw=THREE)
    assert answer.status == 422 and MOST_ROWS == 1_000_000
    blobs: Any = house.blobs
    assert not blobs._kept


def test_a_draft_waits_for_its_columns(scene: Scene, house: House) -> None:
    scene.contribute(IVO)
    made = send(scene, "XB officer", listed("Ivo Marenko;x", header="Who;What"), start="false")
    screen(house)
    assert (made["state"], made["columns"]) == ("draft", {})
    path = f"/screenings/{made['id']}"
    assert places(scene("XB officer", "POST", f"{path}/resume", purpose="")) == ["name"]
    assert places(scene("XB officer", "POST", f"{path}/resume", json={"name": "Whom"}, purpose="")) == [
        "name"
    ]
    assert scene("XB officer", "POST", f"{path}/resume", json={"name": "Who"}, purpose="").status == 200
    screen(house)
    assert found(scene, "XB officer", made["id"]).keys() == {2}
