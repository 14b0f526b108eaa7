"""The index of likenesses follows the store, and answers inside the asker's view."""

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from entente.app import open_house
from entente.core.access import Asker, Handling, Purpose, Role
from entente.core.problems import Unavailable
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, House, likening, sit
from entente.desk.alike import alike, hinting_alike, inspect_alike
from entente.desk.work import settle
from entente.engines import text
from entente.engines.vectors import Corrupt, open_vectors
from entente.settings import Settings

ZERO = "00" * 32
XA, XB, XC = 2, 3, 4


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    with capture_logs():
        yield


def near(bits: int) -> str:
    return f"{(1 << bits) - 1:064x}"


def keep(house: House, *pdq: str, handling: Handling | None = None, id: str = "", version: int = 1) -> Thing:
    raw = {"media": "image", "pdq": list(pdq)}
    with sit(house, HOUSE_ASKER, "contribute", writing=True) as desk:
        kept = desk.keep("SeriesImage", raw, handling or Handling(XA, see=1 << XB), id=id, version=version)
        desk.note("contribute")
    return kept


def found(
    house: House, bureau: int = XB, hash: str = ZERO, radius: int = 31, engine=alike
) -> list[tuple[str, int]]:
    asker = HOUSE_ASKER if not bureau else Asker("o", bureau, Purpose.WANTED, "case 1", frozenset(Role))
    with sit(house, asker, "search") as desk:
        (answer,) = engine(desk, "pdq", [bytes.fromhex(hash)], radius)
        desk.note("search")
    return [(thing.id, distance) for thing, distance in answer]


def test_what_is_kept_is_found_by_its_likeness_by_whoever_may_see_it(house: House) -> None:
    shared, own = keep(house, near(3)), keep(house, near(2), handling=Handling(XA, see=0))
    hint = keep(house, near(1), handling=Handling(XA, see=0, hint=1 << XB))
    likening.catch_up(house)
    assert found(house, XA) == [(hint.id, 1), (own.id, 2), (shared.id, 3)]
    assert found(house, XB) == [(shared.id, 3)]
    assert found(house, XC) == []
    assert found(house, XB, engine=hinting_alike) == [(hint.id, 1)]
    assert found(house, 0, engine=inspect_alike) == [(hint.id, 1), (own.id, 2), (shared.id, 3)]
    assert found(house, XA, radius=1) == [(hint.id, 1)]


def test_a_view_that_holds_too_much_shows_no_more_than_the_rule(house: House) -> None:
    keep(house, near(1), handling=Handling(XA, see=0, hint=1 << XB))
    shared = keep(house, near(3))
    likening.catch_up(house)
    with sit(house, HOUSE_ASKER, "search") as desk:
        everything = desk._everything()
        desk.note("search")
    wide = partial(alike, view=everything)
    assert found(house, XB, engine=wide) == [(shared.id, 3)]


def test_equals_come_by_id(house: House) -> None:
    kept = sorted(keep(house, ZERO).id for _ in range(8))
    likening.catch_up(house)
    assert [id for id, _ in found(house)] == kept


@pytest.mark.parametrize("engine", [alike, hinting_alike, inspect_alike])
def test_what_one_owner_floods_hides_nothing_of_another(
    house: House, monkeypatch: pytest.MonkeyPatch, engine
) -> None:
    monkeypatch.setattr("entente.desk.alike.MOST_OF_AN_OWNER", 3)
    shown = engine is not hinting_alike
    told = {"see": 1 << XB} if shown else {"see": 0, "hint": 1 << XB}
    far = keep(house, near(20), handling=Handling(XC, **told))
    flood = [keep(house, near(bits), handling=Handling(XA, **told)) for bits in range(9)]
    likening.catch_up(house)
    answer = found(house, 0 if engine is inspect_alike else XB, engine=engine)
    assert answer == [*((t.id, bits) for bits, t in enumerate(flood[:3])), (far.id, 20)]


def test_a_hash_that_is_asked_many_times_is_looked_for_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = keep(house, near(2))
    likening.catch_up(house)
    real, asked = house.vectors.near, []
    monkeypatch.setattr(house.vectors, "near", lambda *a: (asked.append(len(a[1])), real(*a))[1])
    with sit(house, HOUSE_ASKER, "search") as desk:
        hashes = [bytes.fromhex(h) for h in (ZERO, near(200), ZERO, ZERO)]
        answers = inspect_alike(desk, "pdq", hashes, 31)
        desk.note("search")
    assert [[(t.id, apart) for t, apart in a] for a in answers] == [[(kept.id, 2)], [], *[[(kept.id, 2)]] * 2]
    assert asked == [2]


def test_a_thing_is_told_by_the_nearest_of_its_views(house: House) -> None:
    kept = keep(house, near(20), near(4), near(200))
    likening.catch_up(house)
    assert found(house) == [(kept.id, 4)]


def test_a_withdrawal_and_a_correction_hold_at_once_although_the_index_lags(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved, hidden, gone = (keep(house, ZERO) for _ in "123")
    likening.catch_up(house)
    monkeypatch.setattr(likening, "step", lambda _house: 0)
    keep(house, near(100), id=moved.id, version=2)
    keep(house, ZERO, handling=Handling(XA, see=0), id=hidden.id, version=2)
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        desk.erase(gone.id)
        desk.note("erase")
    assert found(house) == []


def test_what_is_erased_or_left_without_a_hash_leaves_the_index(house: House) -> None:
    first, second = keep(house, ZERO), keep(house, ZERO)
    likening.catch_up(house)
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        desk.erase(first.id)
        desk.note("erase")
    keep(house, id=second.id, version=2)
    likening.catch_up(house)
    with sit(house, HOUSE_ASKER, "administer") as desk:
        desk.note("administer")
        assert house.vectors.near("pdq", [bytes(32)], 256, desk._everything()) == []


@pytest.mark.parametrize("batch", [1, 2, 7])
def test_whatever_the_batch_the_index_made_anew_answers_as_before(
    house: House, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    for bits in range(7):
        keep(house, near(bits))
    likening.catch_up(house)
    before = found(house)
    assert len(before) == 7
    monkeypatch.setattr(likening, "BATCH", batch)
    likening.rebuild(house)
    assert found(house) == before
    with house.store.reading() as tx:
        assert house.vectors.watermark() == tx.upkeep.newest()
    assert likening.step(house) == 0


def test_an_index_ahead_of_a_restored_store_is_made_anew(house: House) -> None:
    kept = keep(house, ZERO)
    likening.catch_up(house)
    house.vectors.apply([], [], 10_000_000)
    assert likening.step(house) == 1
    likening.catch_up(house)
    assert found(house) == [(kept.id, 0)]


def test_a_broken_index_is_made_again_and_meanwhile_nothing_is_answered_in_part(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = [keep(house, near(bits)).id for bits in range(3)]
    likening.catch_up(house)

    def broken(*_: object) -> None:
        raise Corrupt("broken")

    with monkeypatch.context() as breaking:
        breaking.setattr(house.vectors, "near", broken)
        with pytest.raises(Unavailable):
            found(house)
        breaking.setattr(house.vectors, "watermark", broken)
        assert likening.step(house) == 1
    monkeypatch.setattr(likening, "BATCH", 1)
    with house.store.reading() as tx:
        assert likening.is_remade(house, tx)
    with pytest.raises(Unavailable):
        found(house)
    likening.catch_up(house)
    assert [id for id, _ in found(house)] == kept


def test_settling_waits_for_likenesses_too(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("entente.desk.work.time.sleep", lambda s: (waited.append(s), likening.step(house)))
    house.vectors.wipe()
    settle(house)
    with house.store.reading() as tx:
        assert waited and house.vectors.watermark() == tx.upkeep.newest()


@pytest.mark.parametrize("engine", ["text", "vectors"])
def test_settling_fails_nobody_while_an_index_is_broken(
    house: House, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    def broken() -> int:
        raise {"text": text.Corrupt, "vectors": Corrupt}[engine]("broken")

    monkeypatch.setattr(getattr(house, engine), "watermark", broken)
    settle(house, timeout_s=0.02)


def test_an_installed_house_keeps_likenesses_in_its_folder_and_misses_them_when_they_are_removed(
    tmp_path: Path,
) -> None:
    settings = Settings(data=tmp_path / "data")
    with closing(open_house(settings)) as house:
        keep(house, ZERO)
        likening.catch_up(house)
        with closing(open_vectors(f"folder:{tmp_path / 'data/likenesses'}")) as again:
            assert again.watermark() == house.vectors.watermark() > 0
        house.vectors.wipe()
    with closing(open_house(settings)) as house:
        with house.store.reading() as tx:
            assert likening.is_remade(house, tx)
        likening.catch_up(house)
        assert [distance for _, distance in found(house)] == [0]
