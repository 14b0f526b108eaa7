"""A seizure as rows of numbers: what each column holds, and that nothing unreadable stops it."""

import json
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.match.goods import codes, columns
from entente.match.goods.taxonomy import TAXONOMY

ITEM = {
    "line": 1,
    "goods": "tobacco.cigarettes",
    "hs": "240220",
    "edition": "2022",
    "state": "counterfeit",
    "qty": "12",
    "unit": "CT",
    "std": "2400",
    "std_unit": "C62",
    "value": "100.50",
    "currency": "EUR",
    "held": False,
}
LEGS = [
    {"seq": 1, "role": "origin", "country": "xc", "mode": "sea", "certainty": "document"},
    {"seq": 2, "role": "transit", "country": "xd", "mode": "", "certainty": ""},
    {"seq": 3, "role": "transit", "country": "xd", "mode": "", "certainty": ""},
    {"seq": 4, "role": "transshipment", "country": "xe", "mode": "", "certainty": ""},
    {"seq": 5, "role": "market", "country": "xa", "mode": "", "certainty": ""},
    {"seq": 6, "role": "intended_destination", "country": "xb", "mode": "road", "certainty": ""},
]


def body(items: list[dict[str, Any]] | None = None, **said: Any) -> dict[str, tuple[str, ...]]:
    whole: dict[str, tuple[str, ...]] = {
        "name": ("Cigarettes",),
        "eventKind": ("seizure",),
        "date": ("2026-03-01",),
        "country": ("xb",),
        "authority": ("Customs of XB",),
        "contributor": ("customs",),
        "form": ("long",),
        "placeKind": ("seaport",),
        "locode": ("XBNOR",),
        "detection": ("scanner",),
        "operation": ("0123456789abcdef0123456789abcdef",),
        "concealment": ("cover_load", "mislabel"),
        "item": tuple(json.dumps(i) for i in (items if items is not None else [ITEM])),
        "leg": tuple(json.dumps(leg) for leg in LEGS),
    }
    return whole | said


def test_every_column_holds_what_the_seizure_says() -> None:
    (row,) = columns.rows_of("Seizure", body())
    assert columns.word("event", row["event"]) == "seizure"
    assert columns.word("contributor", row["contributor"]) == "customs"
    assert columns.word("detection", row["detection"]) == "scanner"
    assert columns.word("place_kind", row["place_kind"]) == "seaport"
    assert columns.word("mode", row["mode"]) == "sea" and row["mode"] == 1
    assert columns.word("domain", row["domain"]) == "tobacco"
    assert columns.word("unit", row["unit"]) == "C62"
    assert TAXONOMY.at(int(row["goods"])).code == "tobacco.cigarettes"
    assert np.datetime64(int(row["date"]), "D") == np.datetime64("2026-03-01") and row["precision"] == 1
    assert (row["hs"], row["edition"], row["qty"], row["value"]) == (240220, 2022, 2400.0, 100.5)
    assert columns.currency_of(int(row["currency"])) == "EUR"
    assert columns.locode_of(int(row["locode"])) == "XBNOR"
    assert codes.codes_in(codes.CONCEALMENTS, int(row["concealment"])) == ("cover_load", "mislabel")
    assert row["operation"] == 0x0123456789ABCDEF
    assert row["authority"] == columns.authority("CUSTOMS of xb")


def test_a_route_gives_each_country_its_role_and_names_a_transit_once() -> None:
    (row,) = columns.rows_of("Seizure", body())
    said = {name: columns.country_of(int(row[name])) for name in ("origin", "departure", "destination")}
    assert said == {"origin": "xc", "departure": "", "destination": "xb"}
    assert [columns.country_of(int(row[f"transit{n}"])) for n in (1, 2, 3)] == ["xd", "xe", ""]
    assert row["legs"] == 6


def test_a_year_is_not_made_a_day_and_a_period_has_its_end() -> None:
    (year,) = columns.rows_of("Seizure", body(date=("2026",)))
    assert year["precision"] == 3
    assert [np.datetime64(int(year[n]), "D") for n in ("date", "until")] == [
        np.datetime64("2026-01-01"),
        np.datetime64("2026-12-31"),
    ]
    (period,) = columns.rows_of("Seizure", body(dateEnd=("2026-03-09",)))
    assert int(period["until"] - period["date"]) == 8 and period["precision"] == 1
    (none,) = columns.rows_of("Seizure", body(date=()))
    assert (none["date"], none["precision"]) == (columns.NO_DAY, 0)


def test_a_line_without_a_standard_quantity_is_no_number() -> None:
    first, second = columns.rows_of("Seizure", body([ITEM, {**ITEM, "std": "", "held": True}]))
    assert (first["first"], second["first"], second["held"]) == (1, 0, 1)
    assert np.isnan(second["qty"]) and second["unit"] == 0


def test_a_seizure_without_goods_has_one_row_and_another_kind_none() -> None:
    (row,) = columns.rows_of("Seizure", body([]))
    assert (row["goods"], row["domain"], row["first"]) == (0, 0, 1)
    assert len(columns.rows_of("Person", body())) == 0


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=2))
def test_a_country_s_number_is_read_back(letters: str) -> None:
    assert columns.country_of(columns.country(letters)) == letters
    assert 1 <= columns.country(letters) <= 676


@given(st.from_regex(r"[A-Z]{2}[A-Z2-9]{3}", fullmatch=True), st.from_regex(r"[A-Z]{3}", fullmatch=True))
def test_a_place_s_and_a_currency_s_number_are_read_back(place: str, money: str) -> None:
    assert columns.locode_of(columns.locode(place)) == place
    assert columns.currency_of(columns.currency(money)) == money


JSONS = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from([*body(), "dateEnd", "latitude"])


@settings(max_examples=200)
@given(
    st.dictionaries(
        NAMES,
        st.lists(
            st.text(max_size=30)
            | JSONS.map(json.dumps)
            | st.dictionaries(st.sampled_from(list(ITEM)), JSONS).map(json.dumps),
            max_size=3,
        ).map(tuple),
    )
)
def test_nothing_that_a_body_may_hold_stops_it(hostile: dict[str, tuple[str, ...]]) -> None:
    rows = columns.rows_of("Seizure", hostile)
    assert rows.dtype == columns.LAYOUT and len(rows) >= 1 and rows["first"].sum() == 1
