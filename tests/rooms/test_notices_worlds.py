"""Two worlds for notices: what one may not see changes nothing that he can observe, but for ids."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from entente.app import make_app
from entente.settings import Settings
from rooms.noticed import DRAFTER, READER, Office
from rooms.scene import NOBODY, Scene, only
from worlds import stage
from worlds.stage import Caller

Differs = Callable[[Scene], object]
Worlds = Callable[[Differs], Office]
SUFFIXES = ("", "/photo", "/export", "/pdf")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Worlds]:
    """Makes houses in which other bureaus have done something first."""
    callers: list[Caller] = []

    def made(differs: Differs) -> Office:
        dice = stage.Dice("two worlds")
        house, crew = stage.memory_house(stage.Clock(), dice)
        said = {"answer_grid_ms": 0, "officer_rate": 1e6, "key_rate": 1e6}
        callers.append(Caller(make_app(Settings(data=tmp_path, **said), house, work=False)))  # type: ignore[arg-type]
        office = Office(Scene(callers[-1].ask, crew))
        differs(office.scene)
        dice.seed("from here on")
        return office

    yield made
    for caller in callers:
        caller.close()


def nothing(_scene: Scene) -> None:
    """The bare world."""


HIDDEN: dict[str, Differs] = {
    "a record that matches": lambda s: s.contribute(who="XB office", handling=NOBODY),
    "thirty of them": lambda s: [s.contribute(who="XC office", handling=NOBODY) for _ in range(30)],
    "a subscription": lambda s: s("XB officer", "PUT", "/notices/subscriptions", json={"colours": ["red"]}),
    "a notice of others": lambda s: Office(s).draft("XB contributor"),
    "a diffusion among others": lambda s: Office(s).draft("XC contributor", reach="named", bureaus=["XB"]),
    "a watch and a hint to others": lambda s: s.contribute(
        who="XD office", handling={**only("XB"), "hint": ["XC"], "watch": True}
    ),
}


def observed(office: Office) -> list[tuple[int, bytes]]:
    """All that XA can observe of publishing a notice, from the draft to its end."""
    house = office.scene.ask.__self__.app.state.house  # type: ignore[attr-defined]
    notice = office.published()
    stage.work(house)
    seen = office.open(DRAFTER, notice["id"]).json
    asked = [
        office.scene("XA supervisor", "GET", f"/notices/{notice['id']}", purpose="wanted"),
        office.scene("XA officer", "GET", "/notices"),
        office.scene("XA officer", "GET", "/notices?which=mine"),
        office.scene("XA officer", "GET", "/notices?which=check"),
        office.scene("XA officer", "GET", "/notices?which=review"),
        office.scene("XA analyst", "GET", f"/notices/{notice['id']}/export"),
        office.scene("XA officer", "GET", f"/notices/{notice['id']}/pdf"),
        office.scene("XA officer", "GET", "/notices/subscriptions"),
        office.scene("XA supervisor", "GET", "/journal?limit=100"),
        office.scene("XA supervisor", "GET", f"/records/{notice['subject']['record']}/versions"),
        office.act("XA supervisor", seen, "suspend", why="A doubt."),
        office.scene("XA officer", "POST", "/search", json={"text": "Ivo Marenko"}),
    ]
    told = [repr(a).encode() for a in office.alerts("XA")]
    return [(a.status, a.body) for a in asked] + [(0, t) for t in told]


@pytest.mark.parametrize("what", sorted(HIDDEN))
def test_what_others_have_changes_nothing_that_the_owner_of_a_notice_observes(
    world: Worlds, what: str
) -> None:
    bare, fuller = world(nothing), world(HIDDEN[what])
    assert ids_apart(observed(bare)) == ids_apart(observed(fuller))


def ids_apart(seen: list[tuple[int, bytes]]) -> list[tuple[int, bytes]]:
    """Random ids by the order in which they come: the worlds draw other numbers, and that tells nothing."""
    known: dict[bytes, bytes] = {}
    return [
        (status, re.sub(rb"[0-9a-f]{32}", lambda m: known.setdefault(m[0], b"id%d" % len(known)), body))
        for status, body in seen
        if not body.startswith(b"%PDF")
    ]


def test_what_readers_outside_a_diffusion_observe_is_the_same_without_it(world: Worlds) -> None:
    def asked(office: Office, id: str) -> list[tuple[int, bytes]]:
        paths = [
            "/notices",
            "/notices?colour=red",
            "/notices?which=mine",
            *(f"/notices/{id}{p}" for p in SUFFIXES),
        ]
        got = [office.scene("XC chief", "GET", p) for p in paths]
        got.append(office.scene("XC officer", "POST", "/search", json={"text": "Ivo Marenko"}))
        got += [
            office.act("XC chief", {"id": id, "version": 1}, what, why="Because.")
            for what in ("suspend", "cancel")
        ]
        return ids_apart([(a.status, a.body) for a in got])

    bare, fuller = world(nothing), world(nothing)
    notice = fuller.published(reach="named", bureaus=["XB"])
    stage.work(fuller.scene.ask.__self__.app.state.house)  # type: ignore[attr-defined]
    assert fuller.open(READER, notice["id"]).status == 200
    assert asked(bare, "0" * 32) == asked(fuller, notice["id"])
    assert fuller.alerts("XC") == []
