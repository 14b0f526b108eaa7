"""Series, their breaks and what is a change of reporting; checks as what they are in proportion to; files."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.core.things import Thing
from entente.desk import House, sit
from entente.match.goods import columns
from entente.match.goods.taxonomy import TAXONOMY
from entente.match.trends import series as times
from entente.rooms.records import Strict
from entente.rooms.trends.figures import common_mode, effort, exports, over_time
from entente.rooms.trends.figures.frame import narrowed
from entente.rooms.trends.figures.model import Question
from entente.rooms.trends.figures.sums import first_of
from rooms.figured import asker, body, handling, item, seize
from worlds.stage import NOON

MONTHS = 60
FIRST = 2021 * 12
"""January 2021, as a period."""


def columned(rows: Sequence[tuple[str, int, int]]) -> dict[str, Any]:
    """(goods, month, how many seizures) in XB as columns, a seizure a line."""
    n = sum(many for _, _, many in rows)
    made = {
        "n": np.arange(1, n + 1),
        **{name: np.zeros(n, columns.LAYOUT[name]) for name in columns.LAYOUT.names or ()},
    }
    at = 0
    for goods, month, many in rows:
        part = slice(at, at + many)
        made["goods"][part] = TAXONOMY.index(goods)
        made["date"][part] = times.starts(FIRST + month)
        at += many
    made["precision"][:], made["event"][:], made["form"][:] = 1, columns.code("event", "seizure"), 1
    made["country"][:] = columns.country("xb")
    return made


def told(rows: Sequence[tuple[str, int, int]], by: Any = "goods", **asked: Any) -> over_time.Series:
    every = columned(rows)
    frame = narrowed(every, Question(**asked), NOON)
    panel = common_mode.panel_of(narrowed(every, Question(), NOON), "month", NOON.date())
    return over_time.series_of(frame, by, "month", NOON.date(), [], panel)


def noisy(seed: int, rises: dict[str, tuple[int, int]]) -> list[tuple[str, int, int]]:
    """Poisson months of each domain; a domain in `rises` from a month on so many times as much."""
    dice = np.random.default_rng(seed)
    rows = []
    for node in (node for node in TAXONOMY if node.depth == 0):
        at, times_ = rises.get(node.code, (MONTHS, 1))
        rows += [(node.code, m, int(dice.poisson(8 * (times_ if m >= at else 1)))) for m in range(MONTHS)]
    return rows


def test_one_series_that_rises_is_a_change_of_its_own() -> None:
    found = told(noisy(1, {"drugs": (40, 3)}))
    drugs = [b for b in found.breaks if b.key == "drugs"]
    assert [(b.period, b.reporting) for b in drugs] == [(times.name(FIRST + 40), False)]
    assert drugs[0].ratio is not None
    assert 2 < drugs[0].ratio < 4


def test_what_rises_in_most_series_at_once_is_a_change_of_reporting() -> None:
    every = {node.code: (30, 2) for node in TAXONOMY if node.depth == 0}
    found = told(noisy(2, every))
    near = [b for b in found.breaks if abs(FIRST + 30 - _month(b.period)) <= 1]
    assert len(near) >= 15
    assert all(b.reporting and b.sharing >= 10 for b in near)
    narrow = told(noisy(2, every), goods="drugs", by="all")
    assert [b.reporting for b in narrow.breaks] == [True], "also where only one of them is asked for"


def test_a_break_against_the_common_direction_is_not_excused_by_it() -> None:
    rises = {node.code: (30, 3) for node in TAXONOMY if node.depth == 0}
    rows = [
        (g, m, 24 if g == "cash" and m < 30 else 4 if g == "cash" else many) for g, m, many in noisy(3, rises)
    ]
    cash = [b for b in told(rows).breaks if b.key == "cash"]
    assert [b.reporting for b in cash] == [False]


def _month(said: str) -> int:
    return int(said[:4]) * 12 + int(said[5:7]) - 1


def test_the_period_that_is_not_over_is_told_and_not_scanned(house: House) -> None:
    seize(house, *(body(f"2025-{m:02}-03") for m in range(1, 13)), *(body("2026-01-05") for _ in range(40)))
    with sit(house, asker(), "trend") as desk:
        found = over_time.series(desk, Question())
    assert (found.periods[-1], found.complete) == ("2026-01", 12)
    assert found.series[0].values[-1] == 40
    assert found.breaks == []


def test_a_date_less_exact_than_the_period_is_in_none_and_counted_apart(house: House) -> None:
    seize(house, body("2025-03-01"), body("2025-04"), body("2025"))
    with sit(house, asker(), "trend") as desk:
        months, years = (over_time.series(desk, Question(), "all", by) for by in ("month", "year"))  # type: ignore[arg-type]
    assert sum(months.series[0].values) == 2
    assert {one.reason: one.count for one in months.about.left_out}["undated"] == 1
    assert years.series[0].values == [3.0]


def test_a_seizure_of_two_goods_counts_once_in_each_and_once_in_all(house: House) -> None:
    seize(house, body("2025-03-01", items=[item("drugs"), item("drugs.cocaine"), item("cash")]))
    with sit(house, asker(), "trend") as desk:
        goods, every = over_time.series(desk, Question(), "goods"), over_time.series(desk, Question())
    assert {row.key: row.total for row in goods.series} == {"drugs": 1.0, "cash": 1.0}
    assert every.series[0].total == 1.0


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4)), max_size=30))
def test_the_first_row_of_each_seizure_in_each_group_is_what_looking_gives(
    rows: list[tuple[int, int]],
) -> None:
    rows = sorted(rows, key=lambda row: row[0])
    n, codes = (np.array([row[at] for row in rows], np.int64) for at in (0, 1))
    seen: set[tuple[int, int]] = set()
    first = [at for at, row in enumerate(rows) if not (row in seen or seen.add(row))]
    assert first_of(codes, n).tolist() == first


# --- checks --------------------------------------------------------------------------------------


def checked(date: str, checks: str, end: str = "", country: str = "xb", goods: str = "") -> Thing:
    said = {"date": date, "dateEnd": end, "checks": checks, "country": country, "goods": goods}
    return Thing("1", "Effort", handling(3), {name: (value,) for name, value in said.items() if value})


def counted(*things: Thing, goods: str = "", many: int = 3) -> list[float]:
    found = effort.checks(list(things), goods, "month", 2025 * 12, many)
    return [round(v, 6) for v in found.get(0, np.zeros(many)).tolist()]


def test_checks_of_a_month_stand_in_that_month() -> None:
    assert counted(checked("2025-02", "500")) == [0, 500, 0]


def test_checks_over_several_periods_are_spread_by_days() -> None:
    assert counted(checked("2025-01-30", "40", "2025-02-02")) == [20, 20, 0]
    assert counted(checked("2025", "365"), many=12)[1] == 28


def test_checks_for_other_goods_are_not_counted() -> None:
    for_drugs = checked("2025-01", "10", goods="drugs")
    assert counted(for_drugs, goods="drugs.cocaine")[0] == 10
    assert counted(for_drugs, goods="cash") == [0, 0, 0]
    assert counted(for_drugs) == [0, 0, 0], "drugs alone say nothing of all goods"


@pytest.mark.parametrize(
    "wrong", [checked("2025-01", "many"), checked("2025-01", "-5"), checked("2025-02", "5", "2025-01")]
)
def test_an_effort_that_says_nothing_counts_nothing(wrong: Thing) -> None:
    assert counted(wrong) == [0, 0, 0]


# --- files ---------------------------------------------------------------------------------------


class Line(Strict):
    name: str
    many: int
    share: float | None = None
    ids: list[str] = []


RISKY = ("=1+1", "+1", "-1", "@x", "\t=1", "|x", "%x", "\uff1d1")


def test_no_text_of_a_file_is_a_formula_and_numbers_stay_numbers() -> None:
    header, rows = exports.flat([Line(name=name, many=-5, share=0.5) for name in RISKY])
    read = list(csv.reader(io.StringIO(exports.as_csv(header, rows).decode("utf-8-sig"))))
    assert read[0] == ["name", "many", "share", "ids"]
    assert [row[0] for row in read[1:]] == [f"'{name}" for name in RISKY]
    assert {row[1] for row in read[1:]} == {"-5"}


@given(
    st.lists(
        st.builds(
            Line, name=st.text(max_size=8), many=st.integers(0, 2**53), share=st.none() | st.floats(0, 1)
        )
    )
)
def test_parquet_gives_back_what_went_in(lines: list[Line]) -> None:
    header, rows = exports.flat(lines)
    made = pl.read_parquet(io.BytesIO(exports.as_parquet(header, rows)))
    assert made.rows() == [(line.name, line.many, line.share, "") for line in lines]
    assert made.columns == header
