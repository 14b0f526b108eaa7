"""Loading files: the good lines are kept, every bad one is told with its number and why."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.core.access import EVERYONE, Asker, Handling, Purpose, Role
from entente.core.journal import open_private
from entente.core.problems import NotAllowed, Unavailable, Unreadable
from entente.desk import House
from entente.rooms.records import loading
from entente.rooms.records.formats.repeats import Repeats
from rooms.scene import Scene

XA = 2
OPERATOR = Asker("operator", XA, Purpose.DESK, "load", frozenset({Role.CONTRIBUTOR}))
MAPPING = """
kind = "Person"
ref = "id"

[properties]
name = "Name"
birthDate = { column = "Born", date = "%d/%m/%Y" }
nationality = { column = "Nationality", country = true }
"""


def person(n: int, **more: Any) -> dict[str, Any]:
    return {"id": f"p{n}", "schema": "Person", "properties": {"name": [f"Person Number{n}"], **more}}


def write(path: Path, *lines: object) -> Path:
    """Lines as they are (bytes), or as JSON."""
    said = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    path.write_bytes(b"\n".join(said) + b"\n")
    return path


def load(house: House, path: Path, mapping: Path | None = None, see: int = EVERYONE, **more: Any):
    """(lines read, records kept, {line: reason})."""
    steps = list(loading.load(house, OPERATOR, path, Handling(XA, see), mapping, **more))
    faults = {f.number: f.reason for step in steps for f in step.faults}
    return sum(s.read for s in steps), sum(s.kept for s in steps), faults


def own(scene: Scene) -> set[str]:
    return {r["ref"] for r in scene("XA office", "GET", "/records?limit=200").json}


# --- what is kept --------------------------------------------------------------------------------


def test_a_file_is_loaded_and_found(scene: Scene, house: House, tmp_path: Path) -> None:
    assert load(house, write(tmp_path / "a.jsonl", *map(person, range(5)))) == (5, 5, {})
    (found,) = scene.search("XB officer", "Person Number3")["candidates"][:1]
    assert found["caption"] == "Person Number3"
    assert own(scene) == {f"p{n}" for n in range(5)}


def test_a_loaded_record_has_the_handling_that_was_said(scene: Scene, house: House, tmp_path: Path) -> None:
    load(house, write(tmp_path / "a.jsonl", person(1, passportNumber="P4417093")), see=0)
    assert scene.found("XB officer", "P4417093") == []
    assert len(scene.found("XA officer", "P4417093")) == 1


def test_loading_twice_changes_nothing(scene: Scene, house: House, tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", *map(person, range(5)))
    load(house, path)
    assert load(house, path) == (5, 0, {})
    path.write_bytes(path.read_bytes().replace(b"Number3", b"Number33"))
    assert load(house, path) == (5, 1, {})
    assert {r["version"] for r in scene("XA office", "GET", "/records").json} == {1, 2}


def test_a_load_that_was_cut_goes_on_where_it_stopped(
    scene: Scene, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH", 2)
    path = write(tmp_path / "a.jsonl", *map(person, range(5)))
    first = next(iter(loading.load(house, OPERATOR, path, Handling(XA, EVERYONE))))
    assert (first.read, first.kept) == (2, 2)
    assert load(house, path) == (3, 3, {})
    assert own(scene) == {f"p{n}" for n in range(5)}


def test_a_load_that_goes_on_says_from_which_line_and_knows_the_references_before_it(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH", 2)
    path = write(tmp_path / "a.jsonl", person(0), b"", person(1), b"", person(2), person(0))
    next(iter(loading.load(house, OPERATOR, path, Handling(XA, EVERYONE))))
    (step,) = loading.load(house, OPERATOR, path, Handling(XA, EVERYONE))
    assert (step.resumed_at, step.from_line, step.read, step.kept) == (2, 5, 2, 1)
    assert [(f.number, f.reason) for f in step.faults] == [(6, "has the reference of line 1")]


def test_a_folder_that_was_cut_goes_on_in_the_right_file(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH", 3)
    ship = "{},ENTRY {},individual,X -0-,-0-,-0-,-0-,-0-,-0-,-0-,-0-,Passport A{} (Atlantis).\n"
    (tmp_path / "sdn.csv").write_text("".join(ship.format(n, n, n) for n in range(1, 4)))
    (tmp_path / "cons_prim.csv").write_text("".join(ship.format(n, n, n) for n in range(1, 3)) + "x\n")
    whole = list(loading.load(house, OPERATOR, tmp_path, Handling(XA, 0)))
    cut = list(loading.load(house, OPERATOR, tmp_path, Handling(XA, EVERYONE)))[:1]
    assert cut[0].kept == 3
    next(iter(loading.load(house, OPERATOR, tmp_path, Handling(XA, 1))))
    rest = list(loading.load(house, OPERATOR, tmp_path, Handling(XA, 1)))
    assert sum(s.kept for s in rest) == sum(s.kept for s in whole) - 3 == 7
    assert [f.place for s in rest for f in s.faults] == ["cons_prim.csv line 3"]


def test_a_batch_that_cannot_be_noted_is_not_kept(
    scene: Scene, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH", 2)
    path = write(tmp_path / "a.jsonl", *map(person, range(5)))
    steps = iter(loading.load(house, OPERATOR, path, Handling(XA, EVERYONE)))
    next(steps)
    with monkeypatch.context() as patched:
        patched.setattr("entente.engines.store.memory.MemoryEntries.append", _fail)
        with pytest.raises(Unavailable):
            next(steps)
    assert own(scene) == {"p0", "p1"}
    assert load(house, path) == (3, 3, {})


def _fail(*_: object) -> None:
    raise Unavailable


def test_what_a_file_names_hangs_together_whatever_the_order(
    scene: Scene, house: House, tmp_path: Path
) -> None:
    owns = {"id": "o", "schema": "Ownership", "properties": {"owner": ["p1"], "asset": ["v"]}}
    van = {"id": "v", "schema": "Vehicle", "properties": {"name": ["White van"]}}
    load(house, write(tmp_path / "a.jsonl", owns, person(1), van))
    (id,) = scene.found("XB officer", "Person Number1")
    assert [link["caption"] for link in scene("XB officer", "GET", f"/records/{id}/links").json] == [
        "White van"
    ]


def test_a_load_is_noted_from_its_beginning_to_its_end_with_its_counts(house: House, tmp_path: Path) -> None:
    load(house, write(tmp_path / "a.jsonl", person(1), b"nonsense"))
    with house.store.reading() as tx:
        begun, kept, ended = tx.entries.read(0, 10_000, act="load")
    assert {(e.officer, e.bureau) for e in (begun, kept, ended)} == {("operator", XA)}
    opened = [open_private(e.leaf, e.private) for e in (begun, kept, ended)]
    assert [e.outcome for e in opened] == ["begun", "done", "ended"]
    assert opened[0].details["file"] == opened[2].details["file"] == "a.jsonl"
    assert (opened[1].details["records"], opened[1].details["faults"]) == (1, 1)


def test_a_load_needs_the_role(house: House, tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", person(1))
    reader = Asker("operator", XA, Purpose.DESK, "load", frozenset({Role.OFFICER}))
    with pytest.raises(NotAllowed):
        list(loading.load(house, reader, path, Handling(XA)))
    with pytest.raises(NotAllowed):
        list(loading.load(house, OPERATOR, path, Handling(XA + 1)))


# --- what is not ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{", "no JSON"),
        (b"[]", "no JSON object"),
        (b'"text"', "no JSON object"),
        (b'{"id":"x","schema":"Person"}', "properties"),
        (b'{"schema":"Person","properties":{}}', "id"),
        (b'{"id":"","schema":"Person","properties":{}}', "id"),
        (b'{"id":"x","properties":{}}', "schema"),
        (person(1) | {"schema": "Nonsense"}, "Nonsense"),
        (person(1) | {"schema": "Officer"}, "Officer"),
        (person(1) | {"schema": "Thing"}, "Thing"),
        (person(1) | {"properties": {}}, "Name is missing"),
        (person(1, shoeSize=["44"]), "shoeSize"),
        (person(1, birthDate=["31.02.1971"]), "31.02.1971"),
        (person(1, birthDate=["1971-02-31"]), "1971-02-31"),
        (person(1, name=["a\0b"]), "NUL"),
        (person(1, name=["\u202eb"]), "RIGHT-TO-LEFT OVERRIDE"),
        (person(1, name=["x" * 10_000]), "10000 characters"),
        (person(1, name=[["deep"]]), "neither text nor a number"),
        (person(1, name=[f"Name {n}" for n in range(501)]), "501 values"),
        (person(1) | {"id": "a\0b"}, "NUL"),
        (person(1) | {"id": "\u202eb"}, "RIGHT-TO-LEFT OVERRIDE"),
        (person(1) | {"id": "x" * 201}, "id"),
        (json.dumps(person(1)).encode("utf-16"), "no JSON"),
        ('{"id":"x","schema":"Person","properties":{"name":["Żółć"]}}'.encode("iso-8859-2"), "no JSON"),
        (b'{"id":"x","schema":"Person","properties":{"name":["\\ud800"]}}', ""),
        (b'{"id":"x","schema":"Person","properties":' + b"[" * 10_000 + b"]" * 10_000 + b"}", "deep"),
    ],
)
def test_a_bad_line_is_told_and_the_others_are_kept(
    scene: Scene, house: House, tmp_path: Path, line: Any, why: str
) -> None:
    read, kept, faults = load(house, write(tmp_path / "a.jsonl", person(7), line, person(8)))
    bad = dict.fromkeys(faults)
    assert kept == 2
    assert read == len(bad) + 2
    assert 2 in bad
    assert why in faults[2]
    assert own(scene) == {"p7", "p8"}


def test_every_fault_of_a_line_is_told(house: House, tmp_path: Path) -> None:
    line = person(1, birthDate=["31.02.1971"], nationality=["qq"], colour=["red"])
    _, kept, faults = load(house, write(tmp_path / "a.jsonl", line))
    assert kept == 0
    for name in ("birthDate", "nationality", "colour"):
        assert name in faults[1]


def test_a_line_with_the_reference_of_another_is_told_and_the_first_stands(
    scene: Scene, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH", 2)
    twice = person(1) | {"id": " p1 ", "properties": {"name": ["Somebody Else"]}}
    path = write(tmp_path / "a.jsonl", b"", person(1), person(2), person(3), person(4), twice)
    for kept in (4, 0):  # loading it again does not let the later line through either
        assert load(house, path) == (5, kept, {6: "has the reference of line 2"})
    assert own(scene) == {"p1", "p2", "p3", "p4"}
    assert scene.found("XB officer", "Somebody Else") == []


@given(st.lists(st.integers(0, 300), max_size=2000), st.sampled_from([2, 1 << 12]))
def test_the_first_line_of_a_reference_is_remembered(refs: list[int], smallest: int) -> None:
    known: dict[int, int] = {}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("entente.rooms.records.formats.repeats.SMALLEST", smallest)
        repeats = Repeats()
        for line, ref in enumerate(refs, 1):
            assert repeats.first(f"{ref:016x}" + "0" * 16, line) == known.get(ref, 0)
            known.setdefault(ref, line)


def test_a_line_of_a_hundred_megabytes_is_passed_over_without_being_held(
    scene: Scene, house: House, tmp_path: Path
) -> None:
    import tracemalloc

    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(json.dumps(person(1)).encode() + b'\n{"id":"')
        for _ in range(100):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n' + json.dumps(person(2)).encode())
    tracemalloc.start()
    read, kept, faults = load(house, path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (read, kept) == (3, 2)
    assert "100000" in faults[2]
    assert peak < 30_000_000


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n", b"\xff\xfe{\0"])
def test_a_file_of_no_known_form_is_refused_as_a_whole(house: House, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(content)
    with pytest.raises(Unreadable):
        load(house, path)


# --- CSV -----------------------------------------------------------------------------------------


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "mapping.toml"
    path.write_text(MAPPING)
    return path


def test_a_table_is_loaded_by_its_mapping(scene: Scene, house: House, tmp_path: Path, mapping: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        'id;Name;Born;Nationality\n7;"Marenko; Ivo";05/03/1971;France\n8;Zoran Pelt;31/02/1971;\n'
    )
    read, kept, faults = load(house, path, mapping)
    assert (read, kept) == (2, 1)
    assert list(faults) == [3]
    assert "1971-02-31" in faults[3] and "is no date: February 1971 has 28 days" in faults[3]
    (record,) = scene("XA office", "GET", "/records").json
    assert record["properties"] == {
        "name": ["Marenko; Ivo"],
        "birthDate": ["1971-03-05"],
        "nationality": ["fr"],
    }


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"7;Ivo Marenko;05/03/1971;fr\n", "no header"),
        (b"", "no header"),
        (b"id;Name;Born\n7;x;y\n", "Nationality"),
        (b"id,Name,Born,Nationality,x;id;Name;Born;Nationality\n", "delimiter"),
        (b"id;Name;Born;Nationality;Name\n", "Name twice"),
        ("id;Name;Born;Nationality\n".encode("utf-16"), "UTF-8"),
        (b"x" * 200_000, "200000"),
    ],
)
def test_a_table_without_a_clear_header_says_one_thing_and_keeps_nothing(
    scene: Scene, house: House, tmp_path: Path, mapping: Path, content: bytes, why: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    read, kept, faults = load(house, path, mapping)
    assert (read, kept, list(faults)) == (1, 0, [1])
    assert why in faults[1]
    assert own(scene) == set()


@pytest.mark.parametrize("wrong", ["kind = 5", 'kind = "Person"', MAPPING + 'colour = "x"\nbad = 5', "= ="])
def test_a_mapping_that_is_none_is_refused(house: House, tmp_path: Path, wrong: str) -> None:
    path, mapping = write(tmp_path / "a.csv", b"id;Name;Born;Nationality"), tmp_path / "wrong.toml"
    mapping.write_text(wrong)
    with pytest.raises(Unreadable):
        load(house, path, mapping)


def test_a_mapping_to_a_kind_or_property_that_is_not_known_tells_every_line(
    house: House, tmp_path: Path, mapping: Path
) -> None:
    path = write(tmp_path / "a.csv", b"id;Name;Born;Nationality", b"7;Ivo;;")
    mapping.write_text(MAPPING + 'shoeSize = "Name"\n')
    assert "shoeSize" in load(house, path, mapping)[2][2]
    mapping.write_text(MAPPING.replace('"Person"', '"Ticket"'))
    assert "Ticket" in load(house, path, mapping)[2][2]
