"""Lists as they are read and sent: rows by band and words, faulty rows, CSV out, what a list may be."""

import csv
import io
import tracemalloc
from collections.abc import Callable
from itertools import islice
from typing import Any

import pytest
import structlog.testing

from entente.core.access import Asker, Purpose
from entente.core.problems import Faulty
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.rooms.screening import answering, csv_export
from entente.rooms.screening.lists import MOST_ROWS, form_of, lines_of
from rooms.scene import IVO, Scene, places
from rooms.screened import found, listed, rows, screen, send, told
from worlds.stage import Crew

Work = Callable[[House], None]
THREE = listed("Nobody Known;;;;1A", "Ivo Marenko;1971-03-05;XA;;2B", "Iwo Marenco;;;;3C")


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


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n", b'"\n"'])
def test_ends_of_lines_are_counted_before_a_row_is_read(end: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entente.rooms.screening.lists.MOST_LINES", 4)
    with pytest.raises(Faulty) as problem:
        form_of(io.BytesIO(b"name" + end * 5))
    assert problem.value.faults[0].what == "The list has more than 1,000,000 rows"
    assert form_of(io.BytesIO(b"name\r\nIvo\r\nIda\r\n")).header == ("name",)


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
