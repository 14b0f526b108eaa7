"""Tables of seizures: headers, fingerprints, rows that belong together, and what is wrong with a mapping."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.goods import table, table_fields
from entente.match.goods.table import Column, Mapped

HEADER = ("Case no", "Date", "Country", "Goods", "KG Equivalent", "Origin", "Mode")
ROW = ("7", "2026-01-04", "XB", "cocaine", "2", "XC", "sea")


def test_headers_are_recognised_whatever_their_case_accents_and_marks() -> None:
    assert [c.field for c in table.guessed(HEADER)] == "ref date country what quantity origin mode".split()
    assert table.guessed(("QUANTITÉ_SAISIE", "Pays de saisie"))[0].field == "quantity"
    assert table.guessed(("kg equivalent",))[0] == Column("quantity", "KGM")
    assert table.guessed(("Something",))[0] == Column()


def test_a_field_that_comes_twice_is_read_once_unless_it_may_repeat() -> None:
    assert [c.field for c in table.guessed(("Date", "Fecha", "Transit", "Via"))] == [
        "date",
        "",
        "transit",
        "transit",
    ]


def test_no_header_means_two_things() -> None:
    said = [table_fields.folded(h) for _field, _unit, headers in table_fields._LINES for h in headers]
    meant = {table_fields.folded(h): f for f, _unit, headers in table_fields._LINES for h in headers}
    assert all(table_fields.words()[word][0] == meant[word] for word in said)


def test_a_fingerprint_is_of_the_words_and_their_order() -> None:
    assert table.fingerprint(("Date", "País")) == table.fingerprint(("DATE", "pais"))
    assert table.fingerprint(("Date", "Country")) != table.fingerprint(("Country", "Date"))


def test_a_draft_has_every_cell_at_its_place_and_a_fault_finds_its_column() -> None:
    (draft,) = table.drafts(HEADER, [(5, ROW)], Mapped(table.guessed(HEADER)))
    assert draft.given["items"] == [{"what": "cocaine", "quantity": "2", "unit": "KGM"}]
    assert draft.given["route"] == [{"role": "origin", "country": "XC", "mode": "sea"}]
    assert draft.place("items/0/quantity") == (5, "KG Equivalent")
    assert draft.place("route/0/country") == (5, "Origin")
    assert draft.place("route/0/mode") == (5, "Mode")
    assert draft.place("nowhere") == (5, "")


def test_rows_that_follow_each_other_with_one_reference_are_one_seizure() -> None:
    rows = [(2, ROW), (3, ROW), (4, ("8", *ROW[1:])), (5, ROW), (6, ("", *ROW[1:])), (7, ("", *ROW[1:]))]
    found = list(table.drafts(HEADER, rows, Mapped(table.guessed(HEADER))))
    assert [(d.line, len(d.given["items"])) for d in found] == [(2, 2), (4, 1), (5, 1), (6, 1), (7, 1)]


def test_a_year_and_a_month_make_a_date_and_a_day_is_not_invented() -> None:
    header = ("Year", "Month", "Goods")
    (draft,) = table.drafts(header, [(2, ("2018.0", "3", "cocaine"))], Mapped(table.guessed(header)))
    assert draft.given["date"] == "2018-03"


def test_everything_wrong_with_a_mapping_is_told_at_once() -> None:
    header = ("A", "B", "Suspect")
    wrong = Mapped((Column("place"), Column("nonsense"), Column("person")), {"ref": "1"}, ";", "ymd", "1903")
    assert {f.where for f in table.faults_of(header, wrong)} == {
        "columns/B",
        "columns/Suspect",
        "columns",
        "constants/ref",
        "decimal",
        "order",
        "epoch",
    }


@pytest.mark.parametrize("sign", table.DELIMITERS, ids=["comma", "semicolon", "tab", "bar"])
def test_the_sign_between_cells_is_the_one_the_header_has(sign: str) -> None:
    assert list(table.cells_of([f'a{sign}"b, ;|"{sign}c\n'])) == [["a", "b, ;|", "c"]]


@given(st.binary(max_size=200))
def test_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text, encoding = table.decoded(data)
    except ValueError:
        return
    assert "\0" not in text and encoding in ("utf-16", "utf-8-sig", "cp1252")


CELLS = st.lists(st.text(max_size=12), min_size=1, max_size=9)


@given(st.lists(CELLS, max_size=6))
def test_no_row_is_lost_and_none_is_read_twice(rows: list[list[str]]) -> None:
    numbered = list(enumerate(rows, 2))
    found = list(table.drafts(HEADER, numbered, Mapped(table.guessed(HEADER))))
    filled = [n for n, cells in numbered if any(cells)]
    assert [d.line for d in found] == [n for n in filled if n in {d.line for d in found}]
    lines = {at[0] for d in found for at in d.places.values()} | {n for d in found for n, _ in d.faults}
    assert lines <= set(filled)
