"""Files of seizures that somebody made to do harm: what they would cost is never paid."""

import io
import json
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest

from entente.core.problems import Faulty
from entente.match.goods.table import MOST_CELL
from entente.rooms.trends.seizures import sheet_child, sheets
from rooms.spreadsheets import workbook


def refused(data: bytes, rows: int = 20_000) -> str:
    with pytest.raises(Faulty) as problem:
        sheets.read(data, rows)
    return problem.value.faults[0].what


# --- spreadsheets --------------------------------------------------------------------------------


def test_a_long_cell_of_a_spreadsheet_is_told_only_so_far_that_one_knows_it_was_too_long() -> None:
    long = workbook(("Goods", "Quantity"), ("中" * 32_000, "1 kg"))
    table = sheets.read(long, 20_000)
    assert [len(cell) for cell in table.rows[0][1]] == [MOST_CELL + 1, 4]


def test_a_sheet_that_says_more_than_its_rows_may_is_not_read_to_its_end() -> None:
    wide = [tuple("x" * MOST_CELL for _ in range(20)) for _ in range(10)]
    what = refused(workbook(tuple("abcdefghijklmnopqrst"), *wide), rows=11)
    assert what == sheets.FAULTS["large"][0]


def test_no_more_of_what_a_child_says_is_held_than_is_allowed() -> None:
    row = json.dumps(["x" * 100]).encode() + b"\n"
    said = io.BytesIO(row * 1_000)
    with pytest.raises(Faulty):
        sheets._told(said, 10 * len(row))
    assert said.tell() <= 11 * len(row)


def test_one_line_without_end_is_not_held_either() -> None:
    said = io.BytesIO(b"[" + b'"a",' * 100_000)
    with pytest.raises(Faulty):
        sheets._told(said, 1_000)
    assert said.tell() <= 1_001


def test_texts_that_cells_share_are_weighed_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def weighed(name: str) -> str:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as made:  # stored: no ratio gives it away
            made.writestr(name, "x" * 101)
        try:
            sheet_child.weigh(packed.getvalue())
        except sheet_child.Refused as why:
            return str(why)
        return "taken"

    monkeypatch.setattr(sheet_child, "MOST_SHARED", 100)
    assert [weighed("xl/SharedStrings.xml"), weighed("xl/worksheets/sheet1.xml")] == ["large", "taken"]


def test_a_child_that_fails_after_its_first_rows_makes_no_row_of_its_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[Any] = []

    def text(cell: Any) -> str:
        told.append(cell)
        if len(told) > 4:
            raise MemoryError
        return str(cell)

    data = workbook(("Goods", "Quantity"), ("cocaine", "1 kg"), ("cocaine", "2 kg"))
    monkeypatch.setattr(sheet_child, "text", text)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    sheet_child.main(100, 200, 0, MOST_CELL)
    head, rows = sheets._told(io.BytesIO(capsys.readouterr().out.encode()), 1 << 20)
    assert head == {"fault": "large"} and [cells for _n, cells in rows] == [
        ["Goods", "Quantity"],
        ["cocaine", "1 kg"],
    ]


def test_a_child_that_dies_leaves_no_table_behind() -> None:
    assert sheets._told(io.BytesIO(b'["Goods"]\n["coc'), 1 << 20)[0] is None
    assert sheets._told(io.BytesIO(b'["Goods"]\n'), 1 << 20)[0] is None


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slow = tmp_path / "slow.py"
    slow.write_text(
        "import sys, time\nsys.stdin.buffer.read()\nprint('[\"a\"]', flush=True)\ntime.sleep(600)\n"
    )
    monkeypatch.setattr(sheets, "_CHILD", slow)
    monkeypatch.setattr(sheets, "WAIT_S", 0.5)
    assert refused(workbook(("Goods",), ("cocaine",))) == sheets.FAULTS["late"][0]


def test_a_child_that_does_not_listen_is_no_fault_of_the_house(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    deaf = tmp_path / "deaf.py"
    deaf.write_text("raise SystemExit(1)\n")
    monkeypatch.setattr(sheets, "_CHILD", deaf)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("large", b"x" * (1 << 20))
    assert refused(packed.getvalue()) == sheets.FAULTS["large"][0]


# --- CSV -----------------------------------------------------------------------------------------

COMMAS = {
    "header": b"," * (4 << 20),
    "row": b"Goods,Quantity\n" + b"," * (4 << 20),
    "quotes": b"Goods,Quantity\n" + b'",\n",' * (1 << 20),
    "tail": b"Goods,Quantity\n" + b"a" + b"," * (4 << 20) + b"b\n",
}


@pytest.mark.parametrize("data", COMMAS.values(), ids=COMMAS.keys())
def test_a_row_of_a_million_cells_is_refused_before_it_is_made(data: bytes) -> None:
    tracemalloc.start()
    try:
        what = refused(data)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert what == sheets.FAULTS["columns"][0]
    assert most < 4 * len(data)


def test_rows_wider_than_any_table_are_refused_and_empty_cells_at_their_end_are_not_held() -> None:
    assert refused(b"Goods,Quantity\n" + b"a," * 300 + b"\n") == sheets.FAULTS["columns"][0]
    (row,) = sheets.read(b"Goods,Quantity\ncocaine,1 kg" + b"," * 300 + b"\n", 10).rows
    assert row == (2, ["cocaine", "1 kg"])


def test_commas_in_quotes_are_no_cells() -> None:
    words = "one, two, " * 150
    (row,) = sheets.read(f'Goods,Remarks\ncocaine,"{words}"\n'.encode(), 10).rows
    assert row == (2, ["cocaine", words.strip()])


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"], ids=ascii)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_row_ends_where_a_line_of_csv_ends_and_nowhere_else(sign: str, encoding: str) -> None:
    text = f"Goods,Quantity\nchlor{sign}pyrifos,5 kg\ndiazinon,5 kg\n"
    table = sheets.read(text.encode(encoding), 10)
    assert [list(cells) for _n, cells in table.rows] == [
        [f"chlor{sign}pyrifos", "5 kg"],
        ["diazinon", "5 kg"],
    ]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"], ids=ascii)
def test_every_end_of_a_line_is_one(end: str) -> None:
    table = sheets.read(end.join(["Goods,Remarks", f'cocaine,"two{end}lines"', "heroin,"]).encode(), 10)
    assert [list(cells) for _n, cells in table.rows] == [["cocaine", f"two{end}lines"], ["heroin", ""]]


def test_the_child_is_a_script_that_knows_nothing_of_the_house() -> None:
    command = [sys.executable, "-I", str(sheets._CHILD), "100", "200", "0", "4000"]
    made = subprocess.run(
        command, input=workbook(("Goods",), ("cocaine",)), stdout=subprocess.PIPE, check=True, env={}
    )
    assert [json.loads(line) for line in made.stdout.splitlines()][-1]["sheets"] == ["January"]
