"""Following the change feed and the journal from a noted place: nothing twice, nothing lost."""

from collections.abc import Callable, Sequence

import pytest

from entente.core.journal import Event
from entente.core.things import Thing
from entente.desk import Desk, House, following
from rooms.scene import EVERYONE, NOBODY, Scene


class Follower:
    """Looks at everything, and remembers what it was shown; tells when it is told to."""

    def __init__(self, house: House, tells: bool = False) -> None:
        self.house, self.tells, self.seen, self.told = house, tells, list[str](), 0
        self.changes = following.Changes(house, "followed")

    def look(self, _desk: Desk, things: Sequence[Thing]) -> bool:
        self.seen += [t.id for t in things]
        return self.tells

    def tell(self, desk: Desk) -> None:
        self.told += 1
        desk.note("ring")

    def all(self) -> list[str]:
        self.seen = []
        while self.changes.step(self.look, self.tell):
            pass
        return self.seen


@pytest.mark.parametrize("tells", [False, True])
@pytest.mark.parametrize("batch", [1, 3, 100])
def test_each_change_is_shown_once_whatever_the_batch(
    scene: Scene, house: House, monkeypatch: pytest.MonkeyPatch, tells: bool, batch: int
) -> None:
    monkeypatch.setattr(following, "BATCH", batch)
    follower = Follower(house, tells)
    ids = [scene.contribute()["id"] for _ in range(7)]
    assert follower.all() == ids
    assert follower.all() == []
    later = scene.contribute()["id"]
    assert follower.all() == [later]
    assert bool(follower.told) is tells


def test_another_process_goes_on_where_something_was_told(scene: Scene, house: House) -> None:
    scene.contribute()
    assert len(Follower(house, tells=True).all()) == 1
    assert Follower(house).all() == []


def test_what_is_withdrawn_suspended_or_expired_is_not_shown(scene: Scene, house: House, clock, work) -> None:
    follower = Follower(house)
    gone = scene.contribute()["id"]
    scene("XA office", "DELETE", f"/records/{gone}")
    scene.contribute(handling={**EVERYONE, "status": "suspended"})
    scene.contribute(expires="2026-01-20")
    hidden = scene.contribute(handling=NOBODY, expires="2026-06-01")["id"]
    clock.forward(days=6)
    assert follower.all() == [hidden]


def test_nothing_is_lost_after_the_store_was_put_back_from_an_older_copy(scene: Scene, house: House) -> None:
    with house.bookkeeping() as tx:
        tx.notes.write("followed", str(tx.upkeep.newest() + 1000))
    follower = Follower(house)
    assert follower.all() == []
    id = scene.contribute()["id"]
    assert follower.all() == [id]


def test_what_was_walked_is_not_walked_again_while_the_index_it_waits_for_is_made_again(
    scene: Scene, house: House
) -> None:
    known = [0]
    follower = Follower(house, tells=True)
    follower.changes = following.Changes(house, "followed", until=lambda: known[0])
    ids = [scene.contribute()["id"] for _ in range(3)]
    known[0] = _newest(house)
    assert follower.all() == ids
    noted = _newest_note(house)
    for known[0] in (0, 1, int(noted) - 1):
        assert follower.all() == []
        assert _newest_note(house) == noted
    ids = [scene.contribute()["id"]]
    known[0] = _newest(house)
    assert follower.all() == ids


def test_a_place_reached_without_anything_to_tell_is_kept_too_while_the_index_is_made_again(
    scene: Scene, house: House
) -> None:
    known = [0]
    follower = Follower(house)
    follower.changes = following.Changes(house, "followed", until=lambda: known[0])
    scene.contribute()
    known[0] = _newest(house)
    assert len(follower.all()) == 1
    for known[0] in (0, _newest(house)):
        assert follower.all() == []


def _newest(house: House) -> int:
    with house.store.reading() as tx:
        return tx.upkeep.newest()


def test_a_quiet_feed_writes_nothing(scene: Scene, house: House) -> None:
    follower = Follower(house)
    scene.contribute()
    before = _newest_note(house)
    follower.all()
    assert _newest_note(house) == before


def _newest_note(house: House) -> str:
    with house.store.reading() as tx:
        return tx.notes.read("followed") or ""


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_each_entry_of_an_act_is_shown_once(
    scene: Scene, house: House, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(following, "BATCH", batch)
    asked = [scene.search("XB officer", f"Ivo {n}")["search"] for n in range(5)]
    seen: list[str] = []

    def look(_desk: Desk, events: Sequence[Event]) -> bool:
        seen.extend(e.id for e in events)
        return False

    def nothing(_desk: Desk) -> None:
        raise AssertionError("there is nothing to tell")

    step: Callable[[], int] = lambda: following.acts(house, "acts", "search", look, nothing)  # noqa: E731
    while step():
        pass
    assert seen == asked and step() == 0
