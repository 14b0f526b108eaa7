"""Published tables read column by column into rows of numbers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.goods import columns, countries, meanings, seizures, table
from entente.match.goods.columns import rows_of
from entente.match.goods.published import Published, read
from entente.match.goods.published_cells import EMPTY, Ways
from entente.match.goods.taxonomy import TAXONOMY

TODAY = date(2026, 3, 15)
HEADER = ("Date", "Country", "Goods", "Quantity", "Unit", "Origin", "Destination")


def made(
    rows: Sequence[Sequence[str]],
    header: Sequence[str] = HEADER,
    say: Sequence[str] = (),
    ways: Ways = Ways(),
) -> Published:
    return read(header, list(enumerate(rows, 2)), meanings.said(header, say), TODAY, ways)


def test_a_row_is_a_figure_in_the_standard_unit_of_its_goods() -> None:
    found = made([["2025-03-01", "Kenya", "Cocaine", "250", "g", "Brazil", "France"]])
    row = found.rows[0]
    assert row["qty"] == 0.25
    assert TAXONOMY.at(int(row["goods"])).code == "drugs.cocaine"
    assert [countries.unpack(int(row[n])) for n in ("country", "origin", "destination")] == ["ke", "br", "fr"]
    assert str(np.datetime64("1970-01-01") + int(row["date"])) == "2025-03-01"
    assert found.line.tolist() == [2]
    assert not found.told and not found.totals


@pytest.mark.parametrize(
    ("at", "text", "why"),
    [
        (0, "2027-01-01", "is in the future"),
        (0, "soon", "is no date"),
        (1, "Atlantis", "is no country"),
        (1, "Korea", "may be "),
        (3, "-5", "is negative"),
        (3, "2-3", "is a range"),
        (3, "many", "has no figure"),
    ],
)
def test_a_value_that_cannot_be_read_leaves_its_rows_out_and_is_told(at: int, text: str, why: str) -> None:
    good = ["2025-03-01", "Kenya", "Cocaine", "250", "g", "", ""]
    bad = [text if n == at else cell for n, cell in enumerate(good)]
    found = made([good, bad, good, bad])
    (told,) = found.told
    assert len(found.rows) == 2
    assert (told.column, told.text, told.rows, told.first, told.left_out) == (HEADER[at], text, 2, 3, True)
    assert why in told.why


@pytest.mark.parametrize(
    ("at", "text", "why"),
    [
        (2, "sugar cubes", "not among the names"),
        (4, "bundles", "is no unit"),
        (4, "containers", "has no known size in KGM"),
        (5, "Atlantis", "is no country"),
    ],
)
def test_a_value_that_says_only_less_keeps_its_row_and_is_told(at: int, text: str, why: str) -> None:
    row = ["2025-03-01", "Kenya", "Cocaine", "250", "g", "", ""]
    row[at] = text
    found = made([row])
    assert len(found.rows) == 1
    assert any(why in told.why and not told.left_out for told in found.told)
    if at == 4:
        assert np.isnan(found.rows["qty"][0]) and found.rows["unit"][0] == 0


@pytest.mark.parametrize("nothing", ["", "NULL", "n/a", "-", "..", "None"])
def test_what_says_nothing_is_no_fault(nothing: str) -> None:
    found = made([["2025-03-01", nothing, nothing, nothing, nothing, nothing, nothing]])
    assert found.told == ()
    assert np.isnan(found.rows["qty"][0]) and found.rows["country"][0] == 0


def test_rows_that_sum_others_up_are_left_out_and_others_are_of_no_country() -> None:
    rows = [
        ["2025", name, "Cocaine", "5", "kg", "", ""]
        for name in ("Kenya", "World", "Total", "Africa", "Other")
    ]
    found = made(rows)
    assert found.summed == 3
    assert [countries.unpack(int(n)) for n in found.rows["country"]] == ["ke", ""]
    assert found.totals
    drugs = [
        ["2025", "Kenya", name, "5", "kg", "", ""] for name in ("Cocaine", "Total", "All", "Grand total")
    ]
    assert (made(drugs).summed, made(drugs).read) == (2, 4)


def test_the_rest_of_a_column_settles_its_decimals_days_and_countries() -> None:
    rows = [
        ["13/02/2025", "Guinea", "Cocaine", "1,200", "kg", "", ""],
        ["05/06/2025", "Guinea-Bissau", "Cocaine", "1,5", "kg", "", ""],
        ["05/06/2025", "Equatorial Guinea", "Cocaine", "2,25", "kg", "", ""],
        ["05/06/2025", "Papua New Guinea", "Cocaine", "3", "kg", "", ""],
    ]
    found = made(rows)
    assert found.told == ()
    assert (found.decimal, found.order) == (",", "day first")
    assert found.rows["qty"].tolist() == [1.2, 1.5, 2.25, 3.0]
    assert countries.unpack(int(found.rows["country"][0])) == "gn"
    assert made(rows[:1]).told and made(rows[:1], ways=Ways(decimal=".")).told  # Guinea alone is not settled


def test_a_figure_that_nothing_settles_is_asked_for() -> None:
    found = made([["2025-03-01", "Kenya", "Cocaine", "1,200", "kg", "", ""]])
    assert "may be 1200 or 1.200" in found.told[0].why
    settled = made([["2025-03-01", "Kenya", "Cocaine", "1,200", "kg", "", ""]], ways=Ways(decimal="."))
    assert settled.rows["qty"].tolist() == [1200.0]


def test_a_country_that_is_no_more_is_itself_in_its_years_only() -> None:
    rows = [[year, "USSR", "Cocaine", "5", "kg", "", ""] for year in ("1985", "1991", "2001")]
    found = made(rows)
    assert [countries.unpack(int(n)) for n in found.rows["country"]] == ["su", "su"]
    assert "ended in 1991" in found.told[0].why and found.told[0].first == 4


def test_wide_tables_are_read_by_goods_and_unit_in_their_headers() -> None:
    header = ("Year", "State", "Heroin_Kg", "Cannabis herb (kg)", "LSD_Blots", "Total_Kg")
    found = made([["2020", "North", "1.5", "0", "100", "99"], ["2021", "South", "x", "7", "", "99"]], header)
    kept = sorted(
        (int(line), TAXONOMY.at(int(row["goods"])).code, float(row["qty"]))
        for line, row in zip(found.line, found.rows, strict=True)
    )
    assert kept == [
        (2, "drugs.hallucinogens.lsd", pytest.approx(5e-6)),
        (2, "drugs.opioids.heroin", 1.5),
        (3, "drugs.cannabis.herb", 7.0),
    ]
    assert found.labels["region"] == ("North", "South")
    assert [told.text for told in found.told] == ["x"]


def test_years_in_the_header_are_read_as_columns_of_quantities() -> None:
    header = ("Country", "Drug", "Unit", "2019", "2020", "2021")
    found = made(
        [["Kenya", "Heroin", "kg", "5", "", "7"], ["France", "Heroin", "g", "0", "200", "x"]], header
    )
    kept = sorted(
        (countries.unpack(int(row["country"])), 1970 + int(row["date"]) // 365, float(row["qty"]))
        for row in found.rows
    )
    assert kept == [("fr", 2020, 0.2), ("ke", 2019, 5.0), ("ke", 2021, 7.0)]
    assert found.totals and [told.text for told in found.told] == ["x"]


def test_goods_that_are_not_recognised_are_added_in_the_first_unit_of_their_dimension() -> None:
    rows = [["2025-03-01", "Kenya", "Moon dust", "250", unit, "", ""] for unit in ("g", "t", "ml", "boxes")]
    found = made(rows)
    assert found.rows["goods"].tolist() == [0] * 4
    assert found.rows["qty"].tolist()[:3] == [0.25, 250_000.0, 0.25]
    assert np.isnan(found.rows["qty"][3])


def test_a_constant_fills_what_no_cell_says() -> None:
    rows = [["2025-03-01", "", "Cocaine", "5", "", "", ""], ["2025-03-01", "fr", "Cocaine", "5", "g", "", ""]]
    found = made(rows, ways=Ways({"country": "ke", "unit": "kg"}))
    assert found.rows["qty"].tolist() == [5.0, 0.005]
    assert [countries.unpack(int(n)) for n in found.rows["country"]] == ["ke", "fr"]


def test_a_row_that_says_it_is_a_total_is_left_out() -> None:
    header = ("Year", "State", "Heroin_Kg", "Is_Total")
    found = made([["2020", "North", "1", "False"], ["2020", "All states", "1", "True"]], header)
    assert found.summed == 1 and len(found.rows) == 1


def test_keys_that_repeat_are_counted_and_every_row_is_kept() -> None:
    row = ["2020", "Kenya", "Cocaine", "5", "kg", "", ""]
    found = made([row, row, [*row[:3], "6", *row[4:]], ["2021", *row[1:]]])
    assert found.repeated == (1, 3, 1)
    assert len(found.rows) == 4
    assert made([row, [*row[:3], "6", *row[4:]]]).repeated == (1, 2, 0)


def test_single_events_far_from_all_others_wait_and_totals_do_not() -> None:
    events = [["2025-03-01", "Kenya", "Cocaine", str(n), "kg", "", ""] for n in (*range(10, 25), 900_000)]
    assert made(events).rows["held"].tolist() == [0] * 15 + [1]
    assert not made([["2025", *row[1:]] for row in events]).rows["held"].any()


def test_a_row_longer_than_the_header_is_left_out_and_told() -> None:
    found = made([["2025", "Kenya", "Cocaine", "5", "kg", "", "", "more"], ["2025", "Kenya"]])
    assert [told.why for told in found.told] == ["has more cells than the header"]
    assert len(found.rows) == 1


def test_a_table_without_time_or_goods_is_refused() -> None:
    with pytest.raises(ValueError, match="no column that says when"):
        made([["Cocaine"]], ("Goods",))
    with pytest.raises(ValueError, match="no column that says which goods"):
        made([["2020"]], ("Year",))


def test_columns_can_be_said_left_out_and_made_constant() -> None:
    header = ("When", "Seized", "Remark")
    say = ["date=When", "quantity:fuel.diesel:LTR=#2", "=Remark"]
    found = made([["2025-03-01", "500", "x"]], header, say, Ways({"country": "Kenya"}))
    assert found.rows["qty"].tolist() == [500.0]
    assert countries.unpack(int(found.rows["country"][0])) == "ke"
    for wrong in (
        "When",
        "when=When",
        "date=Whenever",
        "date=#9",
        "quantity:sugar=Seized",
        "quantity::stones=Seized",
    ):
        with pytest.raises(ValueError, match=r"."):
            meanings.said(header, [wrong])


def test_a_header_that_holds_the_name_of_goods_among_others_is_offered_and_not_taken() -> None:
    header = ("Year", "Weight of seized rhino horns (2019)", "Number of seized rhino horns")
    assert not any(one.role == "quantity" for one in meanings.guessed(header))
    assert [say.split("=")[0] for _, say in meanings.offered(header, meanings.guessed(header))] == [
        "quantity:fauna.mammals.rhino:KGM",
        "quantity:fauna.mammals.rhino:C62",
    ]


cell_texts = st.tuples(
    st.sampled_from(["2025-03-01", "2024-02", "2023", "NULL", "soon", "2030-01-01", "31.12.2020"]),
    st.sampled_from(["Kenya", "fr", "Congo", "", "Atlantis", "SUN", "Deutschland"]),
    st.sampled_from(["Cocaine", "Ivory", "Cigarettes", "sugar", "", "Glyphosate"]),
    st.sampled_from(["5", "2.5", "1000", "0", "2-3", "-1", "", "x", "7.25"]),
    st.sampled_from(["kg", "g", "pieces", "cartons", "", "stones", "litres"]),
    st.sampled_from(["", "Brazil", "Nowhere"]),
    st.sampled_from(["", "FR", "Korea"]),
)


@given(st.lists(cell_texts, min_size=1, max_size=12))
def test_columns_say_of_each_row_what_reading_it_alone_says(rows: list[tuple[str, ...]]) -> None:
    """The exact twin: each row read by itself as a seizure, then laid in columns."""
    found = made(rows, ways=Ways(decimal=".", order="day first"))
    by_line = {int(line): row for line, row in zip(found.line, found.rows, strict=True)}
    for number, cells in enumerate(rows, 2):
        given_: dict[str, Any] = {
            **dict(zip(("date", "country"), ("" if c == "NULL" else c for c in cells[:2]), strict=True)),
            "items": [dict(zip(("what", "quantity", "unit"), cells[2:5], strict=True))],
        }
        alone = seizures.read(given_, TODAY, ways=table.Mapped((), decimal=".", order="dmy").ways)
        asked = {"date", "country", "items/0/quantity"}
        faults = [one for one in alone.faults if one.where in asked and (one.where != "country" or cells[1])]
        ranged = cells[3] == "2-3"
        assert (number in by_line) == (not faults and not ranged), (cells, alone.faults)
        if number in by_line:
            (slow,) = rows_of("Seizure", {name: tuple(texts) for name, texts in alone.raw.items()})
            row = by_line[number]
            assert [int(row[n]) for n in ("date", "until", "precision", "goods", "domain")] == [
                int(slow[n]) for n in ("date", "until", "precision", "goods", "domain")
            ]
            if row["goods"]:
                assert row["qty"] == pytest.approx(slow["qty"], nan_ok=True)
            assert int(row["country"]) == countries.pack(alone.raw.get("country", [""])[0])


def test_what_is_not_said_has_no_name() -> None:
    found = made([["2025-03-01", "Kenya", "", "5", "kg", "", ""]])
    assert found.names["what"].tolist() == [EMPTY]
    assert found.rows.dtype == columns.LAYOUT
