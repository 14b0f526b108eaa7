"""The bell itself: who shares a look, who is sent away, how many may listen."""

import signal
import time
from dataclasses import replace
from typing import Any

import pytest

from entente.core.problems import TooMany
from entente.desk import HOUSE_ASKER, Desk, House, bell, sit
from entente.rooms.bureaus import About, alert
from entente.rooms.messages.stream import BOXES
from entente.web.live import ends_with_the_server
from worlds import stage


def number(house: House, code: str) -> int:
    return stage.BUREAUS.index(code) + 1


def tell(house: House, code: str) -> None:
    """The house alerts a bureau."""
    with sit(house, HOUSE_ASKER, "see", writing=True) as desk:
        alert(desk, number(house, code), About("reminder"))
        desk.note("see")


def listener(house: House, crew: stage.Crew, who: str, told: list[Any], credential: str) -> bell.Listener:
    with house.store.reading() as tx:
        since = tx.upkeep.newest()
    person = crew[who]
    asker = replace(HOUSE_ASKER, officer=person.id, bureau=number(house, person.bureau), held=frozenset())
    return bell.Listener(credential, lambda: asker, told.append, asker, since)


def test_those_who_see_the_same_share_one_look(
    house: House, crew: stage.Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    table = Desk.table
    monkeypatch.setattr(Desk, "table", lambda d, *a, **k: looks.append(d.asker.bureau) or table(d, *a, **k))
    told: list[Any] = []
    ring = bell.Bell(house, BOXES)
    for i in range(40):
        ring.listen(listener(house, crew, ("XB officer", "XC officer")[i % 2], told, f"page {i}"))
    tell(house, "XB")
    time.sleep(4 * bell.TICK_S)
    ring.stop()
    assert looks == [number(house, "XB")]
    assert [news for news in told if news] == [("alerts",)] * 20


def test_the_bell_sends_everybody_away_when_the_server_is_told_to_stop(
    house: House, crew: stage.Crew
) -> None:
    asked: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, frame: asked.append(number))
    told: list[Any] = []
    ring = bell.Bell(house, BOXES)
    try:
        with ends_with_the_server(ring):
            ring.listen(listener(house, crew, "XB officer", told, "page"))
            signal.raise_signal(signal.SIGTERM)
            by = time.monotonic() + 2
            while told != [None] and time.monotonic() < by:
                time.sleep(0.01)
        assert asked == [signal.SIGTERM] and told == [None]
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_credential_may_not_hold_more_than_its_share(house: House, crew: stage.Crew) -> None:
    ring = bell.Bell(house, BOXES)
    for _ in range(bell.MOST_AT_ONCE):
        ring.listen(listener(house, crew, "XB officer", [], "page"))
    with pytest.raises(TooMany):
        ring.listen(listener(house, crew, "XB officer", [], "page"))
    ring.stop()
