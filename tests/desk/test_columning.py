"""Columns follow the store, and are exact inside the asker's view although the engine lags."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from entente.app import open_house, put_back
from entente.core.access import Asker, Decision, Handling, Purpose, Role, decide
from entente.core.problems import Problem, Unavailable
from entente.core.things import Body, Thing
from entente.desk import HOUSE_ASKER, House, columning, sit
from entente.desk.columning import Shape
from entente.desk.columns import columns
from entente.desk.sitting import Desk
from entente.engines.columns import Corrupt, Lines, open_columns
from entente.engines.columns.folder import FolderColumns
from entente.settings import Settings
from worlds import stage

XA, XB, XC = 2, 3, 4
SPACE = "lengths@1"
LAYOUT = np.dtype([("length", "<u2"), ("first", "u1")])
SHARED = Handling(XA, see=1 << XB)
OF_THE_HOUSE = columning.SHAPED


def lines_of(kind: str, body: Body) -> Lines:
    """A line for each number that stands among the notes."""
    assert kind == "Note"
    told = [(int(v), place == 0) for place, v in enumerate(body.get("description", ())) if v.isdigit()]
    return np.array(told, LAYOUT)


def layouts(space: str) -> np.dtype[Any]:
    if space not in {SPACE, "lengths@2"}:
        raise ValueError(f"no {space}")
    return LAYOUT


@pytest.fixture(autouse=True)
def shaped(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Notes stand for the house's seizures."""
    monkeypatch.setattr(columning, "SHAPED", {"Note": Shape(SPACE, lines_of)})
    monkeypatch.setattr("entente.desk.columns.SHAPED", {"Note": Shape(SPACE, lines_of)})
    with capture_logs():
        yield


@pytest.fixture
def house(founded: tuple[House, stage.Crew], tmp_path: Path) -> House:
    house = founded[0]
    house.columns = FolderColumns(tmp_path / "columns", layouts, 0)
    return house


def put(
    desk: Desk,
    *lengths: int,
    handling: Handling = SHARED,
    id: str = "",
    version: int = 1,
    expires: date | None = None,
) -> Thing:
    raw = {"description": [str(n) for n in lengths] or ["nothing"]}
    return desk.keep("Note", raw, handling, id=id, version=version, expires=expires)


def keep(house: House, *lengths: int, **how: Any) -> Thing:
    with sit(house, HOUSE_ASKER, "contribute", writing=True) as desk:
        kept = put(desk, *lengths, **how)
        desk.note("contribute")
    return kept


def asker(bureau: int) -> Asker:
    return Asker("o", bureau, Purpose.WANTED, "case 1", frozenset(Role))


def read(desk: Desk, *names: str) -> Mapping[str, list[Any]]:
    return {n: c.tolist() for n, c in columns(desk, SPACE, names or ("n", "length")).items()}


def lengths(house: House, bureau: int = XB) -> list[int]:
    with sit(house, asker(bureau), "search") as desk:
        desk.note("search")
        return read(desk, "length")["length"]


@pytest.mark.parametrize("lags", [False, True])
def test_what_is_kept_is_in_the_columns_of_whoever_may_see_it_fed_or_not(house: House, lags: bool) -> None:
    keep(house, 5, 7)
    keep(house, 3, handling=Handling(XA, see=0))
    keep(house, 9, handling=Handling(XA, see=0, hint=1 << XB))
    keep(house)
    if not lags:
        columning.catch_up(house)
    assert lengths(house, XA) == [5, 7, 3, 9]
    assert lengths(house, XB) == [5, 7]
    assert lengths(house, XC) == []


def test_a_withdrawal_a_correction_and_another_label_hold_at_once_although_the_engine_lags(
    house: House,
) -> None:
    corrected, hidden, gone, stays = (keep(house, n, 10 * n) for n in (1, 2, 3, 4))
    shown = keep(house, 6, handling=Handling(XA, see=0))
    columning.catch_up(house)
    keep(house, 8, id=corrected.id, version=2)
    keep(house, 2, handling=Handling(XA, see=0), id=hidden.id, version=2)
    keep(house, 6, id=shown.id, version=2)
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        desk.erase(gone.id)
        desk.note("erase")
    assert lengths(house) == [8, 4, 40, 6]
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        desk.withdraw(desk.inspect_many([stays.id])[stays.id])
        desk.note("withdraw")
    assert lengths(house) == [8, 6]


def test_a_sitting_sees_what_it_has_written_itself(house: House) -> None:
    before = keep(house, 1)
    columning.catch_up(house)
    with sit(house, asker(XA), "contribute", writing=True) as desk:
        put(desk, 5)
        put(desk, 2, id=before.id, version=2)
        assert read(desk, "length") == {"length": [2, 5]}
        desk.note("contribute")


def test_what_expires_today_is_in_no_column(house: House, clock: stage.Clock) -> None:
    keep(house, 1, expires=clock().date() + timedelta(days=1))
    keep(house, 2, expires=clock().date() + timedelta(days=2))
    assert lengths(house) == [1, 2]
    clock.forward(days=1)
    assert lengths(house) == [2]
    columning.catch_up(house)
    assert lengths(house) == [2]


def test_another_view_is_cut_to_what_the_asker_may_see_himself(house: House) -> None:
    keep(house, 1)
    keep(house, 2, handling=Handling(XA, see=0))
    keep(house, 3, handling=Handling(XB, see=0))
    for fed in (False, True):
        if fed:
            columning.catch_up(house)
        with sit(house, asker(XA), "search") as desk:
            desk.note("search")
            other = house.view(desk.tx, asker(XB))
            assert columns(desk, SPACE, ["length"], other)["length"].tolist() == [1]
            everything = desk.as_house()._everything()
            assert columns(desk, SPACE, ["length"], everything)["length"].tolist() == [1, 2]


def test_unknown_columns_are_refused(house: House) -> None:
    with sit(house, asker(XA), "search") as desk:
        desk.note("search")
        for space, name in ((SPACE, "colour"), ("voices@1", "length")):
            with pytest.raises(ValueError, match=r"colour|voices"):
                columns(desk, space, [name])


def test_figures_are_refused_while_too_much_waits_and_never_given_in_part(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    columning.catch_up(house)
    monkeypatch.setattr("entente.desk.columns.MOST_WAITING", 2)
    for n in (1, 2):
        keep(house, n)
    assert lengths(house) == [1, 2]
    keep(house, 3)
    with pytest.raises(Unavailable):
        lengths(house)
    columning.catch_up(house)
    assert lengths(house) == [1, 2, 3]


def test_a_broken_engine_is_made_again_and_meanwhile_the_store_answers_or_nobody(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in (1, 2, 3):
        keep(house, n)
    columning.catch_up(house)

    def broken(*_: object) -> None:
        raise Corrupt("broken")

    with monkeypatch.context() as breaking:
        breaking.setattr(house.columns, "read", broken)
        with pytest.raises(Unavailable):
            lengths(house)
        breaking.setattr(house.columns, "watermark", broken)
        with pytest.raises(Unavailable):
            lengths(house)
        assert columning.step(house) == 1
    assert house.columns.watermark() == 0
    assert lengths(house) == [1, 2, 3]
    columning.catch_up(house)
    assert house.columns.watermark() > 0 and lengths(house) == [1, 2, 3]


def test_an_engine_of_other_layouts_is_not_read_and_made_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(house, 1)
    columning.catch_up(house)
    fresh = {"Note": Shape("lengths@2", lines_of)}
    monkeypatch.setattr(columning, "SHAPED", fresh)
    with sit(house, asker(XB), "search") as desk:
        desk.note("search")
        with pytest.raises(Unavailable):
            columns(desk, "lengths@2", ["length"])
    columning.catch_up(house)
    with sit(house, asker(XB), "search") as desk:
        desk.note("search")
        assert columns(desk, "lengths@2", ["length"])["length"].tolist() == [1]
        assert len(house.columns.read(SPACE, ["length"], desk.view)["length"]) == 0


def test_an_engine_ahead_of_the_store_is_of_a_later_one_and_is_not_read(house: House) -> None:
    keep(house, 1)
    columning.catch_up(house)
    house.columns.apply([], [], 10_000_000)
    with pytest.raises(Unavailable):
        lengths(house)
    assert columning.step(house) == 1
    columning.catch_up(house)
    assert lengths(house) == [1]


def test_an_engine_that_was_fed_while_a_sitting_reads_is_read(house: House) -> None:
    keep(house, 1)
    columning.catch_up(house)
    with sit(house, asker(XB), "search") as desk:
        desk.note("search")
        assert desk.newest() > 0
        keep(house, 2)
        columning.catch_up(house)
        assert read(desk, "length")["length"] in ([1], [1, 2])


@pytest.mark.parametrize("batch", [1, 2, 7])
def test_whatever_the_batch_the_index_made_anew_gives_the_same(
    house: House, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    for n in range(7):
        keep(house, n, n + 1)
    columning.catch_up(house)
    before = lengths(house)
    assert len(before) == 14
    monkeypatch.setattr(columning, "BATCH", batch)
    columning.rebuild(house)
    assert lengths(house) == before
    with house.store.reading() as tx:
        assert house.columns.watermark() == tx.upkeep.newest()
    assert columning.step(house) == 0


def test_an_installed_house_keeps_figures_in_its_folder_and_makes_them_again_after_a_copy_came_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(data=tmp_path / "data")
    monkeypatch.setattr("entente.app.open_columns", partial(open_columns, layouts=layouts))
    with closing(open_house(settings)) as house:
        assert isinstance(house.columns, FolderColumns)
        keep(house, 4)
        columning.catch_up(house)
        house.store.backup(tmp_path / "copy.db")
        keep(house, 5)
        columning.catch_up(house)
        assert lengths(house) == [4, 5]
    put_back(settings, tmp_path / "copy.db")
    with closing(open_house(settings)) as house:
        assert house.columns.watermark() == 0
        assert lengths(house) == [4]


# --- columns are brute force over the store, whatever happens, for every asker ------------------------

BUREAUS = (XA, XB, XC)
LABELS = st.builds(
    lambda see, hint: Handling(XA, see=see & ~hint, hint=hint),
    st.sampled_from([0, 1 << XB, 1 << XC, 1 << XB | 1 << XC]),
    st.sampled_from([0, 0, 1 << XC]),
)
VALUES = st.lists(st.integers(0, 9), max_size=3)
DAYS = st.integers(1, 4)
ACTS = st.one_of(
    st.tuples(st.just("keep"), VALUES, LABELS, DAYS),
    st.tuples(st.just("change"), st.integers(0, 9), VALUES, LABELS),
    st.tuples(st.sampled_from(["erase", "withdraw"]), st.integers(0, 9)),
    st.tuples(st.just("later")),
    st.tuples(st.just("feed"), st.integers(1, 3)),
    st.tuples(st.just("remake")),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(st.lists(ACTS, max_size=14))
def test_whatever_happens_columns_are_what_the_store_says(acts: list[tuple[Any, ...]]) -> None:
    clock = stage.Clock()
    house, _ = stage.memory_house(clock)
    kept: list[str] = []
    with TemporaryDirectory() as folder, closing(house):
        house.columns = FolderColumns(Path(folder) / "columns", layouts, 0)
        for act in acts:
            happens(house, clock, kept, act)
            for bureau in BUREAUS:
                with sit(house, asker(bureau), "search") as desk:
                    desk.note("search")
                    assert read(desk, "n", "length", "first") == brute_force(desk, kept)


def happens(house: House, clock: stage.Clock, kept: list[str], act: tuple[Any, ...]) -> None:
    match act:
        case "keep", values, label, days:
            until = clock().date() + timedelta(days=days)
            kept.append(keep(house, *values, handling=label, expires=until).id)
        case ("later",):
            clock.forward(days=1)
        case "feed", batch:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(columning, "BATCH", batch)
                columning.step(house)
        case ("remake",):
            columning.throw_away(house)
        case verb, which, *rest if kept:
            id = kept[which % len(kept)]
            with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
                desk.note("administer")
                standing = desk.inspect_many([id]).get(id)
                if verb == "erase":
                    desk.erase(id)
                elif standing and verb == "withdraw":
                    desk.withdraw(standing)
                elif standing:
                    body = {"description": tuple(map(str, dict.fromkeys(rest[0]))) or ("nothing",)}
                    desk.change(standing, body=body, handling=rest[1])


def brute_force(desk: Desk, kept: list[str]) -> Mapping[str, list[Any]]:
    every = sorted(desk.as_house().inspect_many(kept).values(), key=lambda thing: thing.n)
    found: dict[str, list[Any]] = {"n": [], "length": [], "first": []}
    for thing in every:
        if decide(desk.asker, thing.handling) is Decision.FULL and thing.expires > desk.today:
            for place, value in enumerate(thing.body["description"]):
                if not value.isdigit():
                    continue
                for name, said in (("n", thing.n), ("length", int(value)), ("first", int(place == 0))):
                    found[name].append(said)
    return found


def test_a_problem_is_said_in_words(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entente.desk.columns.MOST_WAITING", 0)
    keep(house, 1)
    with pytest.raises(Problem, match="made again"):
        lengths(house)


def test_a_seizure_is_in_the_figures_of_the_house_line_by_line(
    founded: tuple[House, stage.Crew], monkeypatch: pytest.MonkeyPatch
) -> None:
    house = founded[0]
    monkeypatch.setattr(columning, "SHAPED", OF_THE_HOUSE)
    monkeypatch.setattr("entente.desk.columns.SHAPED", OF_THE_HOUSE)
    lines = [f'{{"line":{n},"std":"{n}.5","std_unit":"KGM"}}' for n in (1, 2)]
    with sit(house, HOUSE_ASKER, "contribute", writing=True) as desk:
        body = {"name": ("s",), "date": ("2026-03",), "country": ("xa",), "item": tuple(lines)}
        desk.keep_many([Thing("0" * 32, "Seizure", SHARED, body)])
        desk.note("contribute")
    for fed in (False, True):
        if fed:
            columning.catch_up(house)
            assert house.columns.watermark() > 0
        with sit(house, asker(XB), "search") as desk:
            desk.note("search")
            read = columns(desk, "seizures@1", ["qty", "precision", "first"])
        assert {n: c.tolist() for n, c in read.items()} == {
            "qty": [1.5, 2.5],
            "precision": [2, 2],
            "first": [1, 0],
        }
