"""The door: sessions and keys at every request anew, rates, origins, and which role may do what."""

from collections.abc import Callable
from dataclasses import replace
from itertools import takewhile
from types import SimpleNamespace
from typing import Any

import pytest

from entente.desk import House
from entente.rooms.bureaus.signing_in import open_session
from rooms.scene import IVO, Scene
from rooms.signing import another_session, at_house
from worlds.stage import Answer, Clock, Crew, Person

NOTHING = "0" * 32


def _me(ask: Callable[..., Answer], who: Person | None, **headers: str) -> int:
    return ask(who, "GET", "/api/v1/me", headers=headers).status


# --- sessions ------------------------------------------------------------------------------------


def test_a_session_ends_with_signing_out_and_a_stolen_cookie_opens_nothing(ask, doors, crew: Crew) -> None:
    elsewhere = doors()
    assert _me(ask, crew["XA officer"]) == _me(elsewhere, crew["XA officer"]) == 200
    assert ask(crew["XA officer"], "POST", "/sign-out", form=[]).status == 303
    for at in (ask, elsewhere):
        assert _me(at, crew["XA officer"]) == 401
    assert _me(ask, crew["XA analyst"]) == 200


def test_all_sessions_end_at_once_when_their_officer_says_so(ask, scene: Scene) -> None:
    assert scene("XA officer", "DELETE", "/me/sessions").status == 204
    assert _me(ask, scene.crew["XA officer"]) == 401


def test_ending_all_sessions_ends_them_however_many_there_are(
    ask, scene: Scene, house: House, crew: Crew
) -> None:
    with at_house(house) as desk:
        officer = desk.look(crew["XA officer"].id)
        tokens = [open_session(desk, officer, "link", 12).token for _ in range(230)]
    assert scene("XA officer", "DELETE", "/me/sessions").status == 204
    left = [t for t in tokens if _me(ask, replace(crew["XA officer"], session=t)) != 401]
    assert left == []
    assert _me(ask, crew["XA analyst"]) == 200


def test_ending_no_session_disturbs_nobody(ask, house: House, crew: Crew) -> None:
    def epoch() -> int:
        with house.store.reading() as tx:
            return tx.classes.epoch()

    before = epoch()
    for session in (NOTHING, "x", crew["XB officer"].id):
        assert ask(crew["XA officer"], "POST", f"/me/sessions/{session}/end", form=[]).status == 303
    assert epoch() == before
    ask(crew["XA officer"], "POST", "/sign-out", form=[])
    assert epoch() == before + 1


@pytest.mark.parametrize("token", ["", "x", "' or 1=1", "\x7f", "entente_x", "x" * 5000])
def test_a_made_up_session_or_key_opens_nothing(ask, token: str) -> None:
    assert _me(ask, Person("", "XA", "", session=token)) == 401
    assert _me(ask, Person("", "XA", "", key=token)) == 401


def test_an_idle_session_ends_whatever_happened_meanwhile(ask, scene: Scene, clock: Clock) -> None:
    who = scene.crew["XA officer"]
    assert _me(ask, who) == 200
    for _ in range(4):
        clock.forward(minutes=25)
        assert _me(ask, who) == 200
    clock.forward(minutes=31)
    scene("XA machine", "POST", "/records", json={"kind": "Person", "properties": IVO})  # a new class
    for _ in range(3):
        assert _me(ask, who) == 401


def test_an_idle_session_has_ended_for_every_other_process_too(ask, doors, crew: Crew, clock: Clock) -> None:
    assert _me(ask, crew["XA officer"]) == 200
    clock.forward(minutes=31)
    assert _me(doors(), crew["XA officer"]) == 401


def test_a_session_used_at_one_process_is_not_idle_at_another(ask, doors, crew: Crew, clock: Clock) -> None:
    elsewhere = doors()
    assert _me(elsewhere, crew["XA officer"]) == 200
    for _ in range(8):
        clock.forward(minutes=6)
        assert _me(ask, crew["XA officer"]) == 200
    assert _me(elsewhere, crew["XA officer"]) == 200


def test_a_session_ends_after_its_hours_however_busy_it_is(
    ask, doors, house: House, crew: Crew, clock: Clock
) -> None:
    who = another_session(house, crew["XA officer"], hours=2)
    for _ in range(11):
        clock.forward(minutes=10)
        assert _me(ask, who) == 200
    clock.forward(minutes=10)
    assert _me(ask, who) == 401
    assert _me(doors(), who) == 401


def test_a_session_may_last_for_days_where_the_house_says_so(
    ask, house: House, crew: Crew, clock: Clock
) -> None:
    for _ in range(4 * 24 * 3):
        clock.forward(minutes=20)
        assert _me(ask, crew["XA officer"]) == 200


# --- officers and keys ---------------------------------------------------------------------------


def test_what_an_administrator_changes_holds_at_the_officers_very_next_request(ask, scene: Scene) -> None:
    path = f"/officers/{scene.crew['XA officer'].id}"
    draft = {"json": {"kind": "Person", "properties": IVO}}
    assert scene("XA officer", "POST", "/records", **draft).status == 403
    scene("XA administrator", "PATCH", path, json={"roles": ["contributor"]})
    assert scene("XA officer", "POST", "/records", **draft).status == 201
    said = {"json": {"record": "x", "verdict": "same"}}
    assert scene("XA officer", "POST", f"/search/{NOTHING}/verdicts", **said).status == 403
    scene("XA administrator", "PATCH", path, json={"active": False})
    assert _me(ask, scene.crew["XA officer"]) == 401


def test_a_revoked_key_is_refused_at_its_very_next_request(ask, doors, scene: Scene) -> None:
    elsewhere = doors()
    machine = scene.crew["XA machine"]
    assert _me(ask, machine) == _me(elsewhere, machine) == 200
    assert scene("XA administrator", "DELETE", f"/keys/{machine.id}").status == 204
    for at in (ask, elsewhere):
        assert _me(at, machine) == 401


def test_a_key_of_another_bureau_is_neither_listed_nor_revoked(ask, scene: Scene) -> None:
    machine = scene.crew["XA machine"]
    assert machine.id not in [k["id"] for k in scene("XB administrator", "GET", "/keys").json]
    foreign = scene("XB administrator", "DELETE", f"/keys/{machine.id}")
    nothing = scene("XB administrator", "DELETE", f"/keys/{NOTHING}")
    assert (foreign.status, foreign.headers, foreign.body) == (404, nothing.headers, nothing.body)
    assert _me(ask, machine) == 200


def test_a_key_acts_for_its_own_bureau_with_its_own_roles(ask, scene: Scene) -> None:
    form = {"name": "reader", "roles": ["officer"], "days": 3}
    made = scene("XB administrator", "POST", "/keys", json=form).json
    reader = Person(made["issued"]["id"], "XB", "machine", key=made["key"])
    assert ask(reader, "GET", "/api/v1/me").json["bureau"] == "XB"
    hidden = scene.contribute(handling={"mode": "named"})["id"]
    said: dict[str, Any] = {"json": {"text": "Ivo Marenko"}}
    assert ask(reader, "POST", "/api/v1/search", **said).json["candidates"] == []
    assert ask(reader, "GET", f"/api/v1/records/{hidden}").status == 404
    assert ask(reader, "POST", "/api/v1/records", json={"kind": "Person", "properties": IVO}).status == 403


def test_a_key_ends_with_its_days(ask, scene: Scene, clock: Clock) -> None:
    made = scene("XA administrator", "POST", "/keys", json={"name": "short", "days": 2}).json
    short = Person(made["issued"]["id"], "XA", "machine", key=made["key"])
    clock.forward(days=1)
    assert _me(ask, short) == 200
    clock.forward(days=1)
    assert _me(ask, short) == 401


def test_a_key_is_never_kept_in_the_clear(house: House, crew: Crew) -> None:
    secret = crew["XA machine"].key.removeprefix("entente_")
    assert secret not in repr(house.store._state)  # type: ignore[attr-defined]  # the twin in memory
    assert crew["XA officer"].session not in repr(house.store._state)  # type: ignore[attr-defined]


def test_whoever_shows_a_key_is_that_key_and_not_whose_browser_it_is(ask, crew: Crew) -> None:
    both = replace(crew["XA officer"], key=crew["XB machine"].key)
    cookie = {"cookie": f"entente={crew['XA officer'].session}"}
    assert ask(both, "GET", "/api/v1/me", headers=cookie).json["bureau"] == "XB"
    for header in ("Bearer ", "Bearer nonsense", "Basic eA==", "nonsense"):
        assert _me(ask, None, authorization=header, **cookie) == 401
    assert _me(ask, None, authorization=f"bearer {crew['XB machine'].key}") == 200


# --- rates ---------------------------------------------------------------------------------------


def test_too_many_requests_are_told_when_to_come_back(doors, crew: Crew, still: SimpleNamespace) -> None:
    ask = doors(officer_rate=0.5, key_rate=0.5)
    for who in (crew["XA officer"], crew["XA machine"]):
        answers = [ask(who, "GET", "/api/v1/kinds") for _ in range(11)]
        assert {a.status for a in answers[:10]} == {200}
        assert (answers[10].status, answers[10].json["type"]) == (429, "/problems#too-many")
        assert answers[10].header("retry-after") == "2"
    assert _me(ask, crew["XA machine"]) == 429
    still.now += 2
    assert _me(ask, crew["XA machine"]) == 200
    assert _me(ask, crew["XA analyst"]) == 200


def test_sign_ins_from_one_address_are_slowed_down(ask, still: SimpleNamespace) -> None:
    said = {"form": [], "headers": {"accept": "application/json"}}
    answers = (ask(None, "POST", "/sign-in/link/x", **said) for _ in range(100))
    refused = list(takewhile(lambda a: a.status == 401, answers))
    answer = ask(None, "POST", "/sign-in/link/x", **said)
    assert len(refused) >= 10
    assert answer.status == 429
    still.now += int(answer.header("retry-after"))
    assert ask(None, "POST", "/sign-in/link/x", **said).status == 401


# --- origins -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 201),
        ({"sec-fetch-site": "none"}, 201),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": "http://entente.test"}, 403),
    ],
)
def test_another_site_cannot_make_an_officers_browser_act(
    scene: Scene, headers: dict[str, str], status: int
) -> None:
    said = {"json": {"kind": "Person", "properties": IVO}, "headers": headers}
    assert scene("XA office", "POST", "/records", **said).status == status
    assert scene("XA machine", "POST", "/records", **said).status == 201  # no site can send a key
