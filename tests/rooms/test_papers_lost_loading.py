"""Files of lost documents: loaded in millions, changed by the next file, every faulty row told."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.core.access import Asker, Handling, Purpose, Role
from entente.core.kinds import model as kinds
from entente.core.problems import Faulty, Unreadable
from entente.desk import HOUSE_ASKER, House, sit
from entente.rooms.bureaus import by_code
from entente.rooms.papers.lost import loading
from entente.rooms.papers.lost.table import Row, Table
from entente.rooms.records import Bad
from rooms.scene import Scene

HEADER = "Reference,Document No.,Type,Status,Date,Place,Case,Surname"
Load = Callable[..., list[loading.Step]]


@pytest.fixture
def load(house: House, tmp_path: Path, crew) -> Load:
    """load("line", "line", bureau="XB"): a file of these rows below HEADER, loaded."""

    def loaded(
        *rows: str, bureau: str = "XB", header: str = HEADER, check: bool = False
    ) -> list[loading.Step]:
        with sit(house, HOUSE_ASKER) as desk:
            owner = by_code(desk)[bureau].number
            desk.note("see", what="directory")
        asker = Asker("operator", owner, Purpose.DESK, "a load", frozenset({Role.CONTRIBUTOR}))
        path = tmp_path / "lost.csv"
        path.write_text("\n".join((header, *rows, "")), encoding="utf-8", errors="surrogateescape")
        table = loading.table_of(house, asker, path)
        if check:
            return list(loading.check(house, asker, table))
        return list(loading.load(house, asker, path, table, Handling(owner)))

    return loaded


def told(scene: Scene, number: str) -> list[tuple[str, str]]:
    form = {"documents": [{"number": number}]}
    answer = scene("XA officer", "POST", "/papers/lost/check", json=form)
    return [(m["status"], m["place"]) for m in answer.json["documents"][0]["matches"]]


def test_a_file_is_loaded_and_its_numbers_are_found(scene: Scene, load: Load) -> None:
    (step,) = load("1,XB1234567,P,Stolen,2026-01-02,Belmar,BM 1,Marenko", "2,xb 765-4321,ID card,lost,,,,")
    assert (step.read, step.kept, step.gone, step.faults) == (2, 2, 0, ())
    assert told(scene, "XB1234567") == [("stolen", "Belmar")]
    assert told(scene, "XB7654321") == [("lost", "")]


def test_the_next_file_changes_what_moved_and_takes_back_what_is_deleted(scene: Scene, load: Load) -> None:
    load("1,XB1234567,P,stolen,,Belmar,,", "2,XB7654321,P,lost,,,,", "3,XB1111111,P,lost,,,,")
    (step,) = load("1,XB1234567,P,recovered,,Belmar,,", "2,XB7654321,P,deleted,,,,", "3,XB1111111,P,lost,,,,")
    assert (step.kept, step.gone) == (1, 1)
    assert told(scene, "XB1234567") == [("recovered", "Belmar")]
    assert told(scene, "XB7654321") == []
    assert told(scene, "XB1111111") == [("lost", "")]


def test_a_row_without_a_reference_is_named_by_its_number(scene: Scene, load: Load) -> None:
    header = "number,status,place"
    load("XB1234567,stolen,Belmar", header=header)
    (step,) = load("XB1234567,stolen,Port Arven", header=header)
    assert (step.kept, told(scene, "XB1234567")) == (1, [("stolen", "Port Arven")])


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("1,?,P,stolen,,,,", "number"),
        ("1,XB1234567,boat,stolen,,,,", "type"),
        ("1,XB1234567,P,mislaid,,,,", "status"),
        ("1,XB1234567,P,stolen,31.02.2026,,,", "date"),
        ("1,XB1234567,P,stolen", "4 cells"),
        ("1,XB1234567,P,stolen,,Belm\udcffar,,", "UTF-8"),
        (f"1,XB1234567,P,stolen,,{'x' * 3000},,", "too many"),
        (f"{'r' * 201},XB1234567,P,stolen,,,,", "201 characters"),
    ],
)
def test_a_faulty_row_is_told_by_its_number_and_the_others_are_kept(
    scene: Scene, load: Load, row: str, why: str
) -> None:
    (step,) = load("0,XB0000001,P,lost,,,,", row, "2,XB0000002,P,lost,,,,")
    (fault,) = step.faults
    assert (step.read, step.kept, fault.number) == (3, 2, 3)
    assert why in fault.reason
    assert told(scene, "XB0000002") == [("lost", "")]


def test_a_number_named_twice_is_a_fault_and_the_first_holds(scene: Scene, load: Load) -> None:
    (step,) = load("1,XB1234567,P,stolen,,Belmar,,", "1,XB1234567,P,lost,,,,")
    assert [(f.number, "row 2" in f.reason) for f in step.faults] == [(3, True)]
    assert told(scene, "XB1234567") == [("stolen", "Belmar")]


def test_another_states_documents_are_faults(scene: Scene, load: Load) -> None:
    (step,) = load("XB1234567,stolen,xa", "XB7654321,stolen,XB", header="number,status,issuing country")
    assert ([f.number for f in step.faults], step.kept) == ([2], 1)
    assert told(scene, "XB1234567") == []


def test_a_file_is_checked_without_keeping_anything(scene: Scene, load: Load) -> None:
    (step,) = load("1,XB1234567,P,stolen,,,,", "2,?,P,lost,,,,", check=True)
    assert (step.kept, [f.number for f in step.faults]) == (1, [3])
    assert told(scene, "XB1234567") == []


def test_a_bureau_of_no_country_loads_nothing(load: Load) -> None:
    with pytest.raises(Faulty):
        load("1,XB1234567,P,stolen,,,,", bureau="XZ")


def test_a_header_that_names_no_number_is_no_table(load: Load) -> None:
    with pytest.raises(Unreadable, match="number"):
        load("1,lost", header="seat,status")


def test_a_header_with_a_cell_longer_than_any_is_told(load: Load) -> None:
    with pytest.raises(Unreadable, match="no CSV"):
        load("1", header=f"{HEADER},{'x' * 200_000}")


CELLS = st.text(st.characters(exclude_characters="\0\r\n", exclude_categories=["Cs"]), max_size=30)
WORDS = {
    "number": st.one_of(CELLS, st.from_regex(r"[A-Z]{2}[0-9]{6,7}", fullmatch=True)),
    "status": st.sampled_from(["stolen", "Lost", "blank", "?", ""]),
    "date": st.one_of(CELLS, st.dates().map(str)),
    "place": CELLS,
    "case": CELLS,
    "surname": CELLS,
    "circumstances": CELLS,
}


@given(st.fixed_dictionaries(WORDS))
def test_what_is_read_is_what_cleaning_would_have_kept(cells: dict[str, str]) -> None:
    """The reader makes clean bodies by itself, because there are millions: the model is the definition."""
    table = object.__new__(Table)
    table._country, table._cells = "xb", len(cells)
    table._places = {field: place for place, field in enumerate(cells)}
    found = table._row(2, list(cells.values()))
    if isinstance(found, Bad):
        return
    assert isinstance(found, Row)
    clean = kinds().clean(found.kind, {name: list(values) for name, values in found.body.items()})
    assert dict(found.body) == dict(clean)
    said = {
        "place": "stolenPlace",
        "case": "caseReference",
        "surname": "surname",
        "circumstances": "circumstances",
    }
    raw = {name: cells[field] for field, name in said.items()}
    kept = kinds().clean(found.kind, raw, lenient=True)
    assert {n: found.body[n] for n in raw if n in found.body} == {n: kept[n] for n in raw if n in kept}


def test_a_quote_that_is_never_closed_is_the_fault_of_its_row_alone(load: Load) -> None:
    rows = [f"{i},XB{1_000_000 + i},P,stolen,,{BELMAR if i != 5 else QUOTED},," for i in range(1, 3_001)]
    (step,) = load(*rows)
    assert (step.read, step.kept, [f.number for f in step.faults]) == (3_000, 2_999, [6])


def test_a_row_does_not_write_over_a_record_of_another_sort(scene: Scene, load: Load) -> None:
    kept = [scene.contribute({"name": ["Ana Bell"]}, who="XB office", ref=ref)["id"] for ref in ("1", "2")]
    (step,) = load("1,XB1234567,P,deleted,,,,", "2,XB7654321,P,stolen,,,,")
    assert (step.kept, step.gone, len(step.faults)) == (0, 0, 2)
    assert [scene("XB office", "GET", f"/records/{id}").json["kind"] for id in kept] == ["Person", "Person"]


BELMAR, QUOTED = "Belmar", '"Belmar'
