"""What every columns engine must do; the exact twin in memory says what is right."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.core.access import View
from entente.engines.columns import Corrupt, Record, layout_of, open_columns
from entente.engines.columns.folder import FolderColumns
from entente.engines.columns.memory import MemoryColumns
from entente.engines.seams import Columns

TODAY = date(2026, 3, 1)
DAY = (TODAY - date(1970, 1, 1)).days
LATER = 30_000
VIEW = View(b"\0\1\0\1", (), TODAY)
"""Classes 1 and 3 are seen."""
LAYOUT = np.dtype([("goods", "<u2"), ("qty", "<f8"), ("first", "u1")])
OTHER = np.dtype([("many", "<i4")])
SPACE, ANOTHER = "weights@1", "counts@1"

Open = Callable[[], Columns]


def layouts(space: str) -> np.dtype[Any]:
    known = {SPACE: LAYOUT, ANOTHER: OTHER}
    if space not in known:
        raise ValueError(f"no {space}")
    return known[space]


def row(n: int, *qty: float, class_id: int = 1, day: int = LATER) -> Record:
    lines = np.zeros(max(len(qty), 1), LAYOUT)
    lines["qty"] = qty or n
    lines["goods"] = n % 1000
    lines["first"][0] = 1
    return Record(n, class_id, day, SPACE, lines)


def count(n: int, *many: int) -> Record:
    return Record(n, 1, LATER, ANOTHER, np.array([(m,) for m in many], OTHER))


def told(columns: Columns, view: View = VIEW) -> list[tuple[int, float]]:
    """(thing, quantity) of every line."""
    read = columns.read(SPACE, ["n", "qty"], view)
    return list(zip(read["n"].tolist(), read["qty"].tolist(), strict=True))


def numbers(columns: Columns, view: View = VIEW) -> list[int]:
    return [n for n, _ in told(columns, view)]


@pytest.fixture(params=["memory", "folder"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens the same place again and again, and closes what it opened."""
    opened: list[Columns] = []

    def again() -> Columns:
        if request.param == "memory" and opened:
            return opened[0]
        url = "memory:" if request.param == "memory" else f"folder:{tmp_path / 'kept'}"
        opened.append(open_columns(url, layouts))
        return opened[-1]

    yield again
    for columns in opened:
        columns.close()


@pytest.fixture
def columns(engine: Open) -> Columns:
    return engine()


def test_an_empty_engine_gives_empty_columns_of_their_types_and_starts_at_zero(columns: Columns) -> None:
    read = columns.read(SPACE, ["n", "goods", "qty"], VIEW)
    assert {name: (len(c), c.dtype.str) for name, c in read.items()} == {
        "n": (0, "<i8"),
        "goods": (0, "<u2"),
        "qty": (0, "<f8"),
    }
    assert columns.watermark() == 0


def test_lines_come_by_thing_and_in_their_order_whichever_came_first(columns: Columns) -> None:
    columns.apply([row(9, 3, 1, 2), row(4, 7)], [], 1)
    columns.apply([row(6, 5, 4), row(1, 8)], [], 2)
    assert told(columns) == [(1, 8), (4, 7), (6, 5), (6, 4), (9, 3), (9, 1), (9, 2)]
    assert columns.read(SPACE, ["first"], VIEW)["first"].tolist() == [1, 1, 1, 0, 1, 0, 0]


def test_only_what_is_asked_is_given_and_each_column_has_its_type(columns: Columns) -> None:
    columns.apply([row(2**33, 0.5)], [], 7)
    read = columns.read(SPACE, ["qty", "n"], VIEW)
    assert list(read) == ["qty", "n"]
    assert (read["n"].dtype, read["n"].tolist()) == (np.dtype(np.int64), [2**33])
    assert columns.read(SPACE, [], VIEW) == {}
    assert columns.watermark() == 7


def test_a_thing_is_in_by_its_class_and_out_on_the_day_it_expires(columns: Columns) -> None:
    rows = [row(n, class_id=class_id) for n, class_id in enumerate((0, 1, 2, 3, 4, -1, 300), start=1)]
    columns.apply([*rows, row(11, day=DAY), row(12, day=DAY + 1), row(13, day=-5)], [], 1)
    assert numbers(columns) == [2, 4, 12]
    assert numbers(columns, replace(VIEW, classes=b"")) == []
    assert numbers(columns, replace(VIEW, today=date(9999, 12, 31))) == []


def test_what_the_view_excludes_changes_no_byte_of_what_it_holds(engine: Open, tmp_path: Path) -> None:
    columns = engine()
    columns.apply([row(n) for n in range(2, 90, 2)], [], 1)
    before = columns.read(SPACE, ["n", "goods", "qty", "first"], VIEW)
    columns.apply([row(n, 9, 9, class_id=2) for n in range(1, 91, 2)], [], 2)
    after = columns.read(SPACE, ["n", "goods", "qty", "first"], VIEW)
    assert {k: v.tobytes() for k, v in before.items()} == {k: v.tobytes() for k, v in after.items()}


def test_lines_of_two_spaces_do_not_mix(columns: Columns) -> None:
    columns.apply([row(1), count(1, 5, 6), count(2, 7)], [], 1)
    assert numbers(columns) == [1]
    assert columns.read(ANOTHER, ["many"], VIEW)["many"].tolist() == [5, 6, 7]


def test_what_comes_anew_replaces_all_that_a_thing_had_in_every_space(columns: Columns) -> None:
    columns.apply([row(1, 1, 2, 3), count(1, 5), row(2)], [], 1)
    columns.apply([row(1, 9, class_id=3)], [], 2)
    assert told(columns) == [(1, 9), (2, 2)]
    assert len(columns.read(ANOTHER, ["many"], VIEW)["many"]) == 0


def test_the_gone_are_gone_and_what_comes_in_the_same_breath_stays(columns: Columns) -> None:
    columns.apply([row(1), row(2), row(3)], [], 1)
    columns.apply([row(2)], [1, 2, 77], 2)
    assert numbers(columns) == [2, 3]


def test_what_is_kept_outlives_the_process_and_what_is_wiped_does_not(engine: Open) -> None:
    first = engine()
    first.apply([row(1)], [], 5)
    first.close()
    second = engine()
    assert (numbers(second), second.watermark()) == ([1], 5)
    second.wipe()
    assert (numbers(second), second.watermark()) == ([], 0)
    second.apply([row(8)], [], 3)
    assert numbers(second) == [8]


def test_who_reads_sees_what_another_wrote_without_being_told(engine: Open) -> None:
    writer, reader = engine(), engine()
    for n in range(1, 30):
        writer.apply([row(n)], [n - 1], n)
        assert (numbers(reader), reader.watermark()) == ([n], n)
    writer.wipe()
    writer.apply([row(1, 5)], [], 1)
    assert told(reader) == [(1, 5)]


def test_columns_are_the_callers_own(columns: Columns) -> None:
    columns.apply([row(1, 5)], [], 1)
    columns.read(SPACE, ["qty"], VIEW)["qty"][:] = 0
    assert told(columns) == [(1, 5)]


def test_unknown_spaces_and_columns_are_refused(columns: Columns) -> None:
    with pytest.raises(ValueError, match="voices"):
        columns.read("voices@1", ["n"], VIEW)
    with pytest.raises(ValueError, match="colour"):
        columns.read(SPACE, ["n", "colour"], VIEW)
    with pytest.raises(ValueError, match="voices"):
        columns.apply([replace(row(1), space="voices@1")], [], 1)


def test_lines_of_another_layout_are_refused_and_leave_all_as_it_was(columns: Columns) -> None:
    columns.apply([row(1)], [], 1)
    with pytest.raises(ValueError, match="another layout"):
        columns.apply([row(2), replace(count(3, 5), space=SPACE)], [1], 2)
    assert (numbers(columns), columns.watermark()) == ([1], 1)


@pytest.mark.parametrize("lines", [np.zeros(0, LAYOUT), np.zeros((1, 1), LAYOUT), np.zeros(3)], ids=str)
def test_what_are_no_lines_is_refused(lines: Any) -> None:
    with pytest.raises(ValueError, match="are no lines"):
        Record(1, 1, LATER, SPACE, lines)


def test_an_address_of_no_engine_is_refused() -> None:
    for url in ("", "memory", "memory:x", "folder:", "duckdb:/tmp/x"):
        with pytest.raises(ValueError, match="no columns engine"):
            open_columns(url)


def test_the_house_knows_the_layout_of_seizures_and_no_other() -> None:
    names = layout_of("seizures@1").names or ()
    assert {"date", "goods", "qty", "country"} <= set(names) and "n" not in names
    with pytest.raises(ValueError, match="seizures@0"):
        layout_of("seizures@0")


# --- every byte of the folder's answer is the twin's ---------------------------------------------------

LINES = st.lists(st.tuples(st.integers(0, 9), st.floats(), st.integers(0, 1)), min_size=1, max_size=4)
KEPT = {
    "n": st.integers(1, 12) | st.sampled_from([2**31, 2**33]),
    "class_id": st.integers(0, 5),
    "day": st.sampled_from([DAY - 1, DAY, DAY + 1, LATER, 2_932_896]),
}
WEIGHTS = st.builds(Record, **KEPT, space=st.just(SPACE), lines=LINES.map(lambda r: np.array(r, LAYOUT)))
COUNTS = st.builds(
    Record,
    **KEPT,
    space=st.just(ANOTHER),
    lines=st.lists(st.integers(-9, 9), min_size=1, max_size=3).map(
        lambda many: np.array([(m,) for m in many], OTHER)
    ),
)
WRITES = st.lists(
    st.tuples(st.lists(WEIGHTS | COUNTS, max_size=12), st.lists(st.integers(1, 12), max_size=3)), max_size=6
)
CLASSES = st.binary(max_size=6).map(lambda b: bytes(c & 1 for c in b))


def spelled(read: Mapping[str, Any]) -> Sequence[tuple[str, str, bytes]]:
    return [(name, column.dtype.str, column.tobytes()) for name, column in read.items()]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(WRITES, CLASSES, st.permutations(["n", "goods", "qty", "first"]), st.data())
def test_whatever_is_written_the_folder_answers_as_the_twin(
    writes: list[tuple[list[Record], list[int]]], classes: bytes, names: list[str], data: st.DataObject
) -> None:
    small = data.draw(st.sampled_from([0, 3, 100_000]), "small")
    names = names[: data.draw(st.integers(0, 4), "asked")]
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setattr("entente.engines.segments.writer.RATIO", data.draw(st.sampled_from([0, 1, 4]), "ratio"))
        twin, ours = MemoryColumns(layouts), FolderColumns(Path(folder) / "kept", layouts, small)
        with closing(ours):
            reader = FolderColumns(Path(folder) / "kept", layouts)
            for mark, (rows, gone) in enumerate(writes, start=1):
                for engine in (twin, ours):
                    engine.apply(rows, gone, mark)
                if data.draw(st.booleans(), "idle"):
                    ours.apply([], [], mark)
                for asked in ((SPACE, names), (ANOTHER, ["many", "n"])):
                    for day in (TODAY, TODAY + timedelta(days=1)):
                        right = spelled(twin.read(*asked, View(classes, (), day)))
                        assert spelled(ours.read(*asked, View(classes, (), day))) == right
                        assert spelled(reader.read(*asked, View(classes, (), day))) == right
            assert reader.watermark() == ours.watermark() == twin.watermark()


def test_lines_that_lie_under_another_layout_are_never_read_as_this_one(tmp_path: Path) -> None:
    with closing(open_columns(f"folder:{tmp_path / 'kept'}", layouts)) as before:
        before.apply([row(1)], [], 1)
    wider = np.dtype([*LAYOUT.descr, ("value", "<f8")])
    with closing(FolderColumns(tmp_path / "kept", lambda _: wider)) as columns:
        with pytest.raises(Corrupt):
            columns.read(SPACE, ["qty"], VIEW)
        with pytest.raises(Corrupt):
            columns.apply([Record(2, 1, LATER, SPACE, np.zeros(1, wider))], [], 2)
        columns.wipe()
        columns.apply([Record(2, 1, LATER, SPACE, np.zeros(1, wider))], [], 1)
        assert columns.read(SPACE, ["n"], VIEW)["n"].tolist() == [2]
