"""Live arrival over a real socket: what an open page is told, what it never is, when it is sent away."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from entente.app import make_app
from entente.core.access import Handling, Level
from entente.core.things import NEVER, Thing
from entente.desk import HOUSE_ASKER, Desk, House, bell, sit
from entente.engines.store import open_store
from entente.engines.text import open_text
from entente.rooms.bureaus import About, alert, own, service, signing_in
from entente.settings import Settings
from rooms.listening import TICK_S, Open, opening
from worlds import stage

NEWS = b'event: news\ndata: {"boxes": ["%s"]}\n\n'


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bell, "TICK_S", TICK_S)


@pytest.fixture
def listen(app: FastAPI) -> Iterator[Open]:
    with opening(app) as open_line:
        yield open_line


def number(house: House, code: str) -> int:
    return stage.BUREAUS.index(code) + 1


def tell(house: House, code: str, like: Handling | None = None) -> None:
    """The house alerts a bureau."""
    with sit(house, HOUSE_ASKER, "see", writing=True) as desk:
        alert(desk, number(house, code), About("reminder"), like)
        desk.note("see")


def keep(house: House, kind: str, key: str, handling: Handling) -> None:
    """Something of a kind in a list, whatever else is in it."""
    thing = Thing(house.ids.fresh(), kind, handling, {}, NEVER, created=house.clock(), changed=house.clock())
    with house.bookkeeping() as tx:
        tx.things.put(thing, [key])


# --- what is told --------------------------------------------------------------------------------


def test_an_alert_is_told_within_a_second_and_nothing_of_it(
    house: House, crew: stage.Crew, listen: Open
) -> None:
    line = listen(crew["XB officer"])
    assert "text/event-stream" in line.head.lower() and "no-store" in line.head.lower()
    tell(house, "XB")
    line.until(NEWS % b"alerts")
    line.rest()
    assert line.news == NEWS % b"alerts"


@pytest.mark.parametrize(
    ("kind", "key", "box"),
    [
        ("Envelope", "box", b"messages"),
        ("Envelope", "sent", b"receipts"),
        ("Hit", "open", b"hits"),
        ("Hit", "inbox", b"hits"),
        ("Hit", "outbox", b"hits"),
    ],
)
def test_every_list_of_the_inbox_rings_under_its_name(
    house: House, crew: stage.Crew, listen: Open, kind: str, key: str, box: bytes
) -> None:
    line = listen(crew["XB machine"])
    xb = number(house, "XB")
    keep(house, kind, f"{key}:{xb}", own(xb))
    line.until(NEWS % box)


def test_what_is_told_again_is_news_again(house: House, crew: stage.Crew, listen: Open) -> None:
    line = listen(crew["XB officer"])
    tell(house, "XB")
    line.until(NEWS % b"alerts")
    tell(house, "XB")
    line.until(NEWS % b"alerts" * 2)


def test_news_of_another_process_is_told_too(tmp_path: Path, clock: stage.Clock, dice: stage.Dice) -> None:
    url = f"sqlite:///{tmp_path / 'entente.db'}"
    houses = [
        stage.open_stage(open_store(url, unsafe=True), open_text("memory:"), clock, stage.Dice(f"house {i}"))
        for i in range(2)
    ]
    with closing(houses[0]), closing(houses[1]):
        crew = stage.found(houses[0])
        app = make_app(Settings(data=tmp_path, officer_rate=1e6), houses[0], work=False)
        with opening(app) as open_line:
            line = open_line(crew["XB officer"])
            tell(houses[1], "XB")
            line.until(NEWS % b"alerts")


# --- what is not told ----------------------------------------------------------------------------


def test_news_of_another_bureau_are_not_told(house: House, crew: stage.Crew, listen: Open) -> None:
    line = listen(crew["XB officer"])
    tell(house, "XA")
    xa = number(house, "XA")
    keep(house, "Envelope", f"box:{xa}", own(xa))
    keep(house, "Envelope", f"box:{number(house, 'XB')}", own(xa))
    line.rest()
    assert line.news == b""


def test_news_of_a_compartment_or_level_are_told_to_its_holders_alone(
    house: House, crew: stage.Crew, listen: Open
) -> None:
    xb = number(house, "XB")
    outside, inside = listen(crew["XB officer"]), listen(crew["XB office"])
    tell(house, "XB", own(xb, need=frozenset({stage.FILE})))
    inside.until(NEWS % b"alerts")
    tell(house, "XB", own(xb, level=Level.RESTRICTED))
    inside.until(NEWS % b"alerts" * 2)
    outside.rest()
    assert outside.news == b""


def test_what_nobody_shows_him_changes_nothing_of_what_a_page_is_told(
    house: House, crew: stage.Crew, listen: Open
) -> None:
    """Two worlds: in one of them others keep things without pause, and the epoch moves all the time."""
    told = []
    for busy in (False, True):
        line = listen(crew["XB officer"])
        over = threading.Event()

        def others(over: threading.Event = over) -> None:
            xb, level = number(house, "XB"), 0
            while not over.wait(0.02):
                level += 1
                tell(house, "XA", own(number(house, "XA"), need=frozenset({f"file/{level}"})))
                tell(house, "XB", own(xb, need=frozenset({f"file/{level}"})))
                keep(house, "Envelope", f"box:{xb}", own(xb, Level.CONFIDENTIAL))

        noise = threading.Thread(target=others if busy else over.wait)
        noise.start()
        try:
            line.rest()
            for count in (1, 2, 3):
                tell(house, "XB")
                line.until(NEWS % b"alerts" * count)
        finally:
            over.set()
            noise.join()
        line.rest()
        told.append(line.news)
        line.close()
    assert told[0] == told[1] == NEWS % b"alerts" * 3


def test_what_was_there_before_he_came_is_no_news(house: House, crew: stage.Crew, listen: Open) -> None:
    other = listen(crew["XB analyst"])
    tell(house, "XB")
    line = listen(crew["XB officer"])
    other.until(NEWS % b"alerts")
    line.rest()
    assert line.news == b""


def test_an_old_thing_that_he_may_see_from_now_on_is_no_news(
    house: House, crew: stage.Crew, listen: Open
) -> None:
    """It would come at whichever moment something else happens in the house, and tell of that."""
    xb = number(house, "XB")
    tell(house, "XB", own(xb, level=Level.RESTRICTED))
    line = listen(crew["XB officer"])
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        officer = desk.look(crew["XB officer"].id)
        desk.change(officer, body={**officer.body, "clearance": ("1",)})
        desk.new_epoch()
        desk.note("administer")
    tell(house, "XA")
    line.rest()
    assert line.news == b""
    tell(house, "XB", own(xb, level=Level.RESTRICTED))
    line.until(NEWS % b"alerts")


# --- who is sent away ----------------------------------------------------------------------------


def change(house: House, act: Callable[[Desk], object]) -> None:
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        act(desk)
        desk.note("administer")


def test_a_session_that_is_ended_hears_no_more(house: House, crew: stage.Crew, listen: Open) -> None:
    officer = crew["XB officer"]
    line = listen(officer)
    change(house, lambda desk: signing_in.close_sessions(desk, officer.id))
    tell(house, "XB")
    line.end()
    assert line.news == b""
    assert listen(officer).status == 401


def test_an_officer_who_leaves_hears_no_more(house: House, crew: stage.Crew, listen: Open) -> None:
    line = listen(crew["XB officer"])

    def leave(desk: Desk) -> None:
        officer = desk.look(crew["XB officer"].id)
        desk.change(officer, body={**officer.body, "active": ("no",)})
        desk.new_epoch()

    change(house, leave)
    line.end()


def test_a_key_that_is_revoked_hears_no_more(house: House, crew: stage.Crew, listen: Open) -> None:
    machine = crew["XB machine"]
    line, other = listen(machine), listen(crew["XC machine"])
    change(house, lambda desk: service.revoke_key(desk, machine.id, number(house, "XB")))
    line.end()
    tell(house, "XC")
    other.until(NEWS % b"alerts")


def test_a_bureau_that_is_suspended_hears_no_more(crew: stage.Crew, listen: Open, ask: Any) -> None:
    line, other = listen(crew["XB officer"]), listen(crew["XC officer"])
    why = {"suspended": True, "reason": "Searches without a purpose"}
    assert ask(crew["XZ supervisor"], "POST", "/api/v1/bureaus/XB/suspension", json=why).status == 200
    line.end()
    assert listen(crew["XB officer"]).status == 403
    other.rest()
    assert not other.ended


def test_nobody_hears_without_a_session(listen: Open) -> None:
    assert listen(stage.Person("", "XB", "nobody")).status == 401


@pytest.mark.parametrize("path", ["/stream", "/api/v1/stream"])
def test_an_open_page_keeps_no_session_alive(
    clock: stage.Clock, crew: stage.Crew, listen: Open, ask: Any, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(bell, "BEAT_S", 0.1)
    officer = crew["XB officer"]
    assert ask(officer, "GET", "/api/v1/me").status == 200
    line = listen(officer, path)
    clock.forward(minutes=20)
    line.until(b":\n\n")
    again = listen(officer, path)
    assert ask(officer, "GET", "/api/v1/me", headers={"Entente-By-Itself": "yes"}).status == 200
    clock.forward(minutes=11)
    line.end()
    again.end()
    assert listen(officer, path).status == 401
    assert ask(officer, "GET", "/api/v1/me").status == 401


def test_an_officer_who_works_keeps_it_alive_himself(
    clock: stage.Clock, crew: stage.Crew, house: House, listen: Open, ask: Any
) -> None:
    officer = crew["XB officer"]
    line = listen(officer)
    for _ in range(3):
        clock.forward(minutes=20)
        assert ask(officer, "GET", "/api/v1/me").status == 200
    tell(house, "XB")
    line.until(NEWS % b"alerts")


def test_a_line_ends_after_a_while_and_may_be_opened_again(
    crew: stage.Crew, listen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bell, "LASTS_S", 0.3)
    listen(crew["XB officer"]).end()
    assert listen(crew["XB officer"]).status == 200


def test_a_session_has_five_lines_and_those_it_left_are_free(crew: stage.Crew, listen: Open) -> None:
    lines = [listen(crew["XB officer"]) for _ in range(bell.MOST_AT_ONCE)]
    assert listen(crew["XB officer"]).status == 429
    assert listen(crew["XB analyst"]).status == 200
    lines[0].close()
    by = time.monotonic() + 2
    while (status := listen(crew["XB officer"]).status) == 429 and time.monotonic() < by:
        time.sleep(0.05)
    assert status == 200


def test_to_open_a_line_is_one_act_in_the_journal(house: House, crew: stage.Crew, listen: Open) -> None:
    line = listen(crew["XB officer"])
    tell(house, "XB")
    line.until(NEWS % b"alerts")
    with house.store.reading() as tx:
        acts = [e for e in tx.entries.read(0, 10_000, act="see") if e.officer == crew["XB officer"].id]
    assert len(acts) == 1 and '"stream"' in acts[0].private
