"""CSV files of any shape, by a mapping; a file that does not fit says what to mend."""

from pathlib import Path
from typing import Any

import pytest

from entente.core.kinds import model
from entente.core.problems import Unreadable
from entente.rooms.records.formats import Bad, Row, read

MAPPING = """
kind = "Person"
ref = ["id"]

[properties]
name = "Name"
alias = { columns = ["Alias 1", "Alias 2"], split = "/" }
birthDate = { column = "Born", date = "%d/%m/%Y" }
nationality = { column = "Country", country = true }
gender = { column = "Sex", words = { H = "male", F = "female" } }
topics = { constant = "wanted" }
"""
HEADER = "id;Name;Alias 1;Alias 2;Born;Country;Sex\n"
SMALL: dict[str, Any] = {"kind": "Person", "ref": "id", "properties": {"name": "Name"}}


def rows(folder: Path, text: str | bytes, mapping: Any = SMALL) -> list[Row | Bad]:
    path = folder / "a.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return list(read(path, mapping))


def reasons(found: list[Row | Bad]) -> list[tuple[int, str]]:
    return [(one.number, one.reason) for one in found if isinstance(one, Bad)]


def test_a_line_becomes_a_row_that_cleans(tmp_path: Path):
    mapping = tmp_path / "m.toml"
    mapping.write_text(MAPPING, "utf-8")
    line = '7;"Example; Ada";Addy/Lady A;The Lady;05/03/1971;Utopia;F\n'
    (row,) = rows(tmp_path, HEADER + line.replace("Utopia", "Côte d’Ivoire"), mapping)
    assert isinstance(row, Row)
    assert (row.number, row.kind, row.ref) == (2, "Person", "7")
    assert model().clean(row.kind, row.raw) == {
        "name": ("Example; Ada",),
        "alias": ("Addy", "Lady A", "The Lady"),
        "birthDate": ("1971-03-05",),
        "nationality": ("ci",),
        "gender": ("female",),
        "topics": ("wanted",),
    }


def test_what_does_not_fit_the_mapping_is_left_for_cleaning_to_tell(tmp_path: Path):
    mapping = tmp_path / "m.toml"
    mapping.write_text(MAPPING, "utf-8")
    (row,) = rows(tmp_path, HEADER + "7;Ada;;;1971-31-31;Atlantis;F\n", mapping)
    assert isinstance(row, Row)
    _, faults = model().examine(row.kind, row.raw)
    assert {f.where for f in faults} == {"properties/birthDate/0", "properties/nationality/0"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_by_the_header(tmp_path: Path, delimiter: str):
    (row,) = rows(tmp_path, f"id{delimiter}Name\n1{delimiter}Ada\n")
    assert isinstance(row, Row) and row.raw == {"name": ["Ada"]}


def test_a_missing_header_names_the_columns_that_are_missing(tmp_path: Path):
    found = rows(tmp_path, "1,Ada\n2,Bob\n")
    assert reasons(found) == [(1, "the first line is no header with: Name, id")]


def test_a_header_that_is_no_csv_is_told(tmp_path: Path):
    ((line, why),) = reasons(rows(tmp_path, "id,Na\rme\n1,Ada\n"))
    assert line == 1 and why.startswith("the header is no CSV")


def test_two_delimiters_that_both_fit_must_be_told_apart_in_the_mapping(tmp_path: Path):
    mapping = SMALL | {"ref": "id", "properties": {"name": "id"}}
    text = "a;b,id,c;d\n1;1,2,3;3\n"
    assert "is no header" in reasons(rows(tmp_path, text, mapping | {"delimiter": ";"}))[0][1]
    both = "x,id,y\n1,2,3\n".replace("x", "id;id|id")
    assert "twice" in reasons(rows(tmp_path, "id,id\n1,2\n", mapping))[0][1]
    assert reasons(rows(tmp_path, both, mapping))
    ambiguous = "p,id,q;id;r\n"
    assert "two delimiters fit" in reasons(rows(tmp_path, ambiguous, mapping))[0][1]
    (row,) = rows(tmp_path, ambiguous + "1;2;3\n", mapping | {"delimiter": ";"})
    assert isinstance(row, Row) and row.ref == "2"


def test_a_wrong_encoding_names_the_byte(tmp_path: Path):
    found = rows(tmp_path, b"id,Name\n1,Ren\xe9e\n2,Ada\n")
    assert reasons(found) == [
        (2, "byte 13 of the file (0xE9) is not UTF-8; save the file as UTF-8"),
    ]
    assert isinstance(found[1], Row) and found[1].ref == "2"
    assert "byte 0 " in reasons(rows(tmp_path, "id,Name\n1,Ada\n".encode("utf-16")))[0][1]


def test_a_byte_order_mark_is_no_part_of_the_header(tmp_path: Path):
    (row,) = rows(tmp_path, b"\xef\xbb\xbfid,Name\n1,Ada\n")
    assert isinstance(row, Row)


def test_ragged_and_broken_lines_are_told_and_passed_over(tmp_path: Path):
    found = rows(tmp_path, 'id,Name\n1,Ada,x\n2\n\n3,"Bob\nMoe"\n4,"x"y\n,Eve\n5,Zed\n')
    assert reasons(found) == [
        (2, "has 3 cells; the header has 2"),
        (3, "has 1 cells; the header has 2"),
        (7, "is no CSV: ',' expected after '\"'"),
        (8, "has no reference of 1 to 200 characters in id"),
    ]
    good = [one for one in found if isinstance(one, Row)]
    assert [(row.number, row.ref, row.raw["name"]) for row in good] == [
        (5, "3", ["Bob\nMoe"]),
        (9, "5", ["Zed"]),
    ]


def test_a_quote_that_never_ends_does_not_swallow_the_file_into_memory(tmp_path: Path):
    found = rows(tmp_path, 'id,Name\n1,"' + "x" * 70 + "\n" + ("y" * 70 + "\n") * 5_000)
    assert "field larger than field limit" in reasons(found)[0][1]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"kind": "Person", "ref": "id", "properties": {}},
        SMALL | {"colour": "red"},
        SMALL | {"delimiter": ";;"},
        SMALL | {"properties": {"name": {"colum": "Name"}}},
        SMALL | {"properties": {"name": {"split": ";"}}},
        SMALL | {"properties": {"name": 7}},
    ],
)
def test_a_faulty_mapping_is_refused(tmp_path: Path, wrong: Any):
    with pytest.raises(Unreadable):
        rows(tmp_path, "id,Name\n", wrong)
