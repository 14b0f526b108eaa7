"""A seizure read from what people write: nothing guessed, nothing lost, whatever is written."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.core.kinds import model
from entente.match.goods import columns, seizures, seizures_words
from entente.match.goods.codes import LABELS

TODAY = date(2026, 1, 15)


def read(**said: Any) -> seizures.Reading:
    whole = {
        "form": "simple",
        "event_kind": "seizure",
        "date": "2026-01-10",
        "country": "XB",
        "items": [{"what": "cocaine", "quantity": "2 kg"}],
    }
    return seizures.read({**whole, **said}, TODAY)


def test_what_is_read_without_faults_is_a_body_of_its_kind_and_a_row_of_columns() -> None:
    reading = read(
        route=[
            {"role": "origin", "country": "Colombia"},
            {"role": "destination", "country": "XB", "mode": "1"},
        ]
    )
    assert reading.faults == ()
    body, faults = model().examine("Seizure", reading.raw)
    assert faults == []
    (row,) = columns.rows_of("Seizure", body)
    assert (row["qty"], columns.country_of(int(row["origin"])), columns.word("mode", row["mode"])) == (
        2.0,
        "co",
        "sea",
    )


def test_a_judge_s_word_holds_a_line_and_a_person_s_frees_it() -> None:
    line = {"what": "cocaine", "quantity": "2 kg"}
    held = seizures.read(
        {"date": "2026", "country": "XB", "items": [line, {**line, "confirmed": True}]},
        TODAY,
        judge=lambda goods, unit, amount: f"{goods} {unit} {amount:g}",
    )
    assert [bool(item.get("held")) for item in held.items] == [True, False]
    assert [d.what for d in held.doubts] == ["drugs.cocaine KGM 2"]


def test_goods_are_what_the_words_name_else_what_the_code_leads_to_and_never_a_likeness() -> None:
    assert read(items=[{"what": "cigarettes", "quantity": "1"}]).items[0]["goods"] == "tobacco.cigarettes"
    assert read(items=[{"hs": "2208", "edition": "2022"}]).items[0]["goods"].startswith("alcohol")
    assert "goods" not in read(items=[{"what": "cigaretes"}]).items[0]


@pytest.mark.parametrize("listed", sorted(LABELS))
def test_every_code_and_label_of_a_closed_list_is_read_as_itself(listed: str) -> None:
    for code, label in LABELS[listed].items():
        assert seizures_words.code_of(listed, code) == code
        assert seizures_words.code_of(listed, label) in LABELS[listed]


TEXTS = st.text(max_size=25) | st.sampled_from(
    ["XB", "2026", "1,2", "-3", "kg", "2-3 kg", "\0", "\u202e", "9" * 40]
)
LINES = st.dictionaries(
    st.sampled_from("what goods hs edition quantity unit value currency term".split()), TEXTS
)
LEGS = st.dictionaries(st.sampled_from("role country locode mode certainty from_date to_date".split()), TEXTS)
NAMES = (
    "form event_kind date date_end country region locode place_kind latitude longitude detection lab".split()
)


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(st.sampled_from(NAMES), TEXTS), st.lists(LINES, max_size=3), st.lists(LEGS, max_size=3)
)
def test_whatever_is_written_is_read_or_told(
    said: dict[str, str], items: list[Any], route: list[Any]
) -> None:
    reading = seizures.read({**said, "items": items, "route": route}, TODAY)
    assert all(fault.where and fault.what for fault in (*reading.faults, *reading.doubts))
    assert len(reading.items) == len(items)
    for item, written in zip(reading.items, items, strict=True):
        assert ("std" in item) <= ("qty" in item)
        assert not item.get("qty", "0").startswith("-")
        assert item["line"] >= 1 and isinstance(written, dict)
    for text in reading.raw.get("item", []):
        assert json.loads(text)
