"""The galleries follow the store, and propose inside the asker's view."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from structlog.testing import capture_logs

from entente.app import open_house
from entente.core.access import Asker, Handling, Purpose, Role
from entente.core.problems import Unavailable
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, House, sit, templating
from entente.desk.galleries import Asked, hinting_proposed, proposed, watched_proposed
from entente.desk.templating import face_items, face_space, print_items, print_space
from entente.engines.galleries import Corrupt, open_galleries
from entente.match.prints import Print, iso19794
from entente.settings import Settings

XA, XB, XC = 2, 3, 4
SHARED = Handling(XA, see=1 << XB)


@pytest.fixture(autouse=True)
def logged() -> Iterator[list]:
    with capture_logs() as lines:
        yield lines


def finger(seed: int, position: int = 2, jitter: float = 0.0) -> Print:
    """Minutiae strewn at random; the same seed is the same finger, pressed `jitter` pixels otherwise."""
    dice = np.random.default_rng(seed)
    places, turned = dice.uniform(30, 300, (30, 2)), dice.uniform(0, 360, 30)
    points = np.column_stack((places, turned, np.full(30, 70), np.ones(30)))
    points[:, :2] += np.random.default_rng(seed + 1).uniform(-jitter, jitter, (30, 2))
    return Print(points.astype(np.float32), 340, 340, quality=70, position=position)


def record(*prints: Print) -> str:
    return b64encode(iso19794.encode(prints)).decode()


def face(*numbers: int, encoder: str = "dlib-128@1") -> str:
    return f"{encoder}:{b64encode(np.array(numbers, np.int8).tobytes()).decode()}"


def keep(house: House, handling: Handling = SHARED, id: str = "", version: int = 1, **said: object) -> Thing:
    raw = {"sort": "person", "samples": "[]", **said}
    with sit(house, HOUSE_ASKER, "contribute", writing=True) as desk:
        kept = desk.keep("BiometricSet", raw, handling, id=id, version=version)
        desk.note("contribute")
    return kept


def asked_finger(one: Print) -> tuple[str, list[Asked]]:
    return print_space("prints"), [Asked(one.position, print_items(one))]


def asked_face(value: str) -> tuple[str, list[Asked]]:
    return face_space("faces", value), [Asked(0, face_items(value))]


def found(
    house: House, asked: tuple[str, list[Asked]], bureau: int = XB, engine: Callable = proposed, most: int = 9
) -> list[str]:
    asker = HOUSE_ASKER if not bureau else Asker("o", bureau, Purpose.WANTED, "case 1", frozenset(Role))
    with sit(house, asker, "search") as desk:
        answer = engine(desk, *asked, most)
        desk.note("search")
    assert [score for _, score in answer] == sorted((score for _, score in answer), reverse=True)
    return [thing.id for thing, _ in answer]


def test_a_finger_is_proposed_to_whoever_may_see_it_the_nearest_first(house: House) -> None:
    mate, other = keep(house, prints=[record(finger(1))]), keep(house, prints=[record(finger(2))])
    own = keep(house, Handling(XA, see=0), prints=[record(finger(1, jitter=2))])
    hint = keep(house, Handling(XA, see=0, hint=1 << XB), prints=[record(finger(3))])
    templating.catch_up(house)
    asked = asked_finger(finger(1, jitter=1))
    assert found(house, asked) == [mate.id, other.id]
    assert found(house, asked, most=1) == [mate.id]
    assert set(found(house, asked, XA)) == {mate.id, other.id, own.id, hint.id}
    assert found(house, asked, XC) == []
    assert found(house, asked, engine=hinting_proposed) == [hint.id]


def test_what_its_owner_watches_is_proposed_to_the_house_whether_or_not_the_asker_may_see_it(
    house: House,
) -> None:
    print = [record(finger(1))]
    keep(house, prints=print)
    seen = keep(house, replace(SHARED, watch=True), prints=print)
    hidden = keep(house, Handling(XA, see=0, watch=True), prints=print)
    templating.catch_up(house)
    asked = asked_finger(finger(1, jitter=1))
    assert set(found(house, asked, engine=watched_proposed)) == {seen.id, hidden.id}
    assert found(house, asked, XA, watched_proposed) == [], "an owner watches others"


def test_each_finger_of_a_set_is_at_its_position(house: House) -> None:
    hands = keep(house, prints=[record(finger(1, 2), finger(2, 7)), record(finger(3, 3))])
    templating.catch_up(house)
    for seed, position in ((1, 2), (2, 7), (3, 3), (9, 0)):
        assert found(house, asked_finger(finger(seed, position))) == [hands.id]
    assert found(house, asked_finger(finger(1, 4))) == []


def test_marks_and_prints_lie_apart_and_so_do_the_faces_of_two_encoders(house: House) -> None:
    mark = keep(house, marks=[record(finger(1, 0))])
    portrait = keep(house, faces=[face(90, -90, 3), face(1, 1, 1, encoder="mine-8@2")])
    stranger = keep(house, faces=[face(-90, 90, 3)])
    templating.catch_up(house)
    one = finger(1)
    assert found(house, asked_finger(one)) == []
    assert found(house, (print_space("marks"), [Asked(2, print_items(one))])) == [mark.id]
    assert found(house, asked_face(face(80, -80, 5))) == [portrait.id, stranger.id]
    assert found(house, asked_face(face(1, 1, 1, encoder="mine-8@2"))) == [portrait.id]
    assert found(house, asked_face(face(1, encoder="mine-8@3"))) == []


def test_equals_come_by_id_and_a_print_without_minutiae_finds_nobody(house: House) -> None:
    kept = sorted(keep(house, prints=[record(finger(5))]).id for _ in range(5))
    empty = Print(np.zeros((0, 5), np.float32), 340, 340, position=2)
    keep(house, prints=[record(empty)])
    templating.catch_up(house)
    assert found(house, asked_finger(finger(5))) == kept
    assert found(house, asked_finger(empty)) == []


def test_a_withdrawal_and_a_correction_hold_at_once_although_the_index_lags(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    emptied, hidden, gone = (keep(house, prints=[record(finger(1))]) for _ in "123")
    templating.catch_up(house)
    monkeypatch.setattr(templating, "step", lambda _house: 0)
    keep(house, id=emptied.id, version=2)
    keep(house, Handling(XA, see=0), id=hidden.id, version=2, prints=[record(finger(1))])
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        desk.erase(gone.id)
        desk.note("erase")
    assert found(house, asked_finger(finger(1))) == []


def test_what_is_erased_or_left_without_a_template_leaves_the_index(house: House) -> None:
    first, second = (keep(house, prints=[record(finger(1))]) for _ in "12")
    templating.catch_up(house)
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        desk.erase(first.id)
        desk.note("erase")
    keep(house, id=second.id, version=2)
    templating.catch_up(house)
    assert house.galleries.spaces() == frozenset()


def test_a_record_that_cannot_be_read_holds_nothing_else_up(house: House, logged: list) -> None:
    broken = iso19794.encode([finger(1)])[:40]
    broken = broken[:8] + len(broken).to_bytes(4) + broken[12:]
    kept = keep(house, prints=[b64encode(broken).decode(), record(finger(2))])
    templating.catch_up(house)
    assert found(house, asked_finger(finger(2))) == [kept.id]
    assert [line["n"] for line in logged if line["event"].startswith("a record of minutiae")] == [kept.n]


@pytest.mark.parametrize("batch", [1, 7])
def test_whatever_the_batch_the_index_made_anew_answers_as_before(
    house: House, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    for seed in range(4):
        keep(house, prints=[record(finger(seed))])
    templating.catch_up(house)
    before = found(house, asked_finger(finger(2)))
    assert len(before) == 4
    monkeypatch.setattr(templating, "BATCH", batch)
    templating.rebuild(house)
    assert found(house, asked_finger(finger(2))) == before
    with house.store.reading() as tx:
        assert house.galleries.watermark() == tx.upkeep.newest()
    assert templating.step(house) == 0


def test_a_broken_index_is_made_again_and_meanwhile_nothing_is_answered_in_part(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = keep(house, prints=[record(finger(1))])
    templating.catch_up(house)

    def broken(*_: object) -> None:
        raise Corrupt("broken")

    asked = asked_finger(finger(1))
    for method in ("propose", "spaces"):
        with monkeypatch.context() as breaking:
            breaking.setattr(house.galleries, method, broken)
            with pytest.raises(Unavailable):
                found(house, asked)
    with monkeypatch.context() as breaking:
        breaking.setattr(house.galleries, "spaces", broken)
        breaking.setattr(house.galleries, "watermark", broken)
        assert templating.step(house) == 1
    with pytest.raises(Unavailable):
        found(house, asked)
    templating.catch_up(house)
    assert found(house, asked) == [kept.id]


def test_templates_of_another_matcher_are_refused_and_packed_anew(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = keep(house, prints=[record(finger(1))], faces=[face(1, 2)])
    templating.catch_up(house)
    monkeypatch.setattr("entente.match.prints.TEMPLATE", "other@2")
    with pytest.raises(Unavailable):
        found(house, asked_finger(finger(1)))
    templating.catch_up(house)
    assert house.galleries.spaces() == {"prints other@2", "faces dlib-128@1"}
    assert found(house, asked_finger(finger(1))) == [kept.id]


def test_an_installed_house_keeps_templates_in_its_folder_and_misses_them_when_they_are_removed(
    tmp_path: Path,
) -> None:
    settings = Settings(data=tmp_path / "data")
    with closing(open_house(settings)) as house:
        kept = keep(house, prints=[record(finger(1))], faces=[face(1, 2)])
        templating.catch_up(house)
        with closing(open_galleries(f"folder:{tmp_path / 'data/galleries'}")) as again:
            assert again.watermark() == house.galleries.watermark() > 0
        assert found(house, asked_finger(finger(1))) == found(house, asked_face(face(1, 2))) == [kept.id]
        house.galleries.wipe()
    with closing(open_house(settings)) as house:
        with house.store.reading() as tx:
            assert templating.is_remade(house, tx)
        templating.catch_up(house)
        assert found(house, asked_finger(finger(1))) == [kept.id]


def test_what_is_asked_is_in_no_file_of_the_house(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    with closing(open_house(settings)) as house:
        keep(house, prints=[record(finger(1))])
        templating.catch_up(house)
        probe = finger(77)
        found(house, asked_finger(probe))
        every = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for word in print_items(probe)[:, -1]:
        assert word.tobytes() not in every
    assert record(probe).encode()[40:80] not in every
