"""Whoever shows no credential that holds is told so, and nothing else, whatever he asks for."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from entente.rooms.bureaus.door import Door
from entente.web.strangers import FRONT_PAGE, OPEN, OPEN_BELOW, open_to_all
from worlds.stage import Answer

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
SHOWN: dict[str, dict[str, str]] = {
    "nothing": {},
    "a session that never was": {"cookie": "entente=" + "a" * 43},
    "a key that never was": {"authorization": "Bearer " + "b" * 43},
    "no key at all": {"authorization": "Basic eHg6eXk="},
}
NOT_THERE = ("/api", "/api/v1/nothing/of/the/sort", "/nothing/of/the/sort", "/")
BODIES: tuple[dict[str, Any], ...] = (
    {},
    {"json": {"no such word": [1]}},
    {"headers": {"content-type": "application/json", "content-length": "999999999999"}},
    {"headers": {"content-type": "multipart/form-data"}},
)


def addresses(app: FastAPI) -> set[str]:
    """Every address of the API and of the pages, with made-up words in its gaps."""
    return {re.sub(r"\{[^}]*\}", "x", path) for path, _methods in routes(app)}


def routes(app: FastAPI) -> Iterator[tuple[str, frozenset[str]]]:
    def walk(found: Any) -> Iterator[tuple[str, frozenset[str]]]:
        for route in found:
            if hasattr(route, "effective_candidates"):
                yield from walk(route.effective_candidates())
            elif isinstance(getattr(route, "original_route", route), APIRoute):
                yield route.path, frozenset(route.methods or ())

    return walk(app.routes)


def _ask(ask: Any, method: str, path: str, shown: str, body: dict[str, Any]) -> Answer:
    headers = SHOWN[shown] | body.get("headers", {})
    return ask(None, method, path, purpose="", why="", json=body.get("json"), headers=headers)


def _told(answer: Answer) -> tuple[Any, ...]:
    """All of the answer but the address that was asked for, where a page leads back to it."""
    body = re.sub(rb'name="back" value="[^"]*"|href="/sign-in[^"]*"', b"", answer.body)
    return answer.status, [h for h in answer.headers if h[0] != "content-length"], body


def test_the_walk_finds_pages_and_operations(app: FastAPI) -> None:
    found = addresses(app)
    described = {re.sub(r"\{[^}]*\}", "x", path) for path in app.openapi()["paths"]}
    assert described <= found
    assert {"/inbox", "/records/x", "/me", "/journal"} <= found
    assert len(found - described) > 100


@pytest.mark.parametrize("shown", SHOWN)
def test_a_stranger_is_told_the_same_whatever_he_asks_for(ask: Any, app: FastAPI, shown: str) -> None:
    closed = [path for path in (*sorted(addresses(app)), *NOT_THERE) if not open_to_all(path)]
    first = {api: _told(_ask(ask, "GET", f"{api}/x", shown, {})) for api in ("/api", "")}
    for number, path in enumerate(closed):
        for method in METHODS:
            if (method, path) == FRONT_PAGE:
                continue
            body = BODIES[number % len(BODIES)] if method in ("POST", "PUT", "PATCH") else BODIES[0]
            answer = _ask(ask, method, f"{path}?no=word", shown, body)
            api = "/api" if path == "/api" or path.startswith("/api/") else ""
            assert answer.status == 401, (method, path, answer.status)
            assert _told(answer) == first[api], (method, path)


def test_what_is_open_to_all_is_these_addresses_alone() -> None:
    assert sorted(OPEN) == [
        "/api/v1/openapi.json",
        "/health",
        "/preferences",
        "/problems",
        "/sign-in",
        "/sign-in/passkey/options",
        "/sign-in/passkey/verify",
    ]
    assert OPEN_BELOW == ("/static/", "/sign-in/link/", "/public/")
    assert not open_to_all("/sign-in/linked")
    assert not open_to_all("/sign-in/../records")
    assert not open_to_all("/healthy")


def test_who_is_known_is_told_what_is_wrong(ask: Any, crew: Any) -> None:
    who = crew["XA officer"]
    assert ask(who, "GET", "/api/v1/nothing").status == 404
    assert ask(who, "PUT", "/api/v1/me").status == 405
    assert ask(who, "POST", "/api/v1/search", json={}).status == 422


def test_a_key_beside_a_session_is_the_key(ask: Any, crew: Any) -> None:
    said = {"authorization": "Bearer nobody"}
    assert ask(crew["XA officer"], "GET", "/api/v1/me", headers=said).status == 401


def test_a_credential_that_held_a_second_ago_is_not_looked_up_before_the_handler(
    ask: Any, crew: Any, still: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    check = Door.check

    def counted(door: Door, session: str = "", key: str = "") -> Any:
        looked.append(session or key)
        return check(door, session, key)

    monkeypatch.setattr(Door, "check", counted)
    for who in (crew["XA officer"], crew["XA machine"]):
        for _ in range(3):
            assert ask(who, "GET", "/api/v1/me").status == 200
        assert ask(who, "GET", "/api/v1/nothing").status == 404
    assert looked == [crew["XA officer"].session, crew["XA machine"].key]
    still.now += 1.5
    assert ask(crew["XA officer"], "GET", "/api/v1/nothing").status == 404
    assert len(looked) == 3


def test_who_signed_out_elsewhere_opens_nothing_and_is_a_stranger_a_second_later(
    ask: Any, doors: Any, crew: Any, still: Any
) -> None:
    here, who = doors(), crew["XA officer"]
    assert here(who, "GET", "/api/v1/me").status == 200
    assert ask(who, "POST", "/sign-out", form=[]).status == 303
    assert here(who, "GET", "/api/v1/nothing").status == 404
    assert here(who, "GET", "/api/v1/me").status == 401
    assert here(who, "GET", "/api/v1/nothing").status == 401, "forgotten once it did not hold"
    other = crew["XA analyst"]
    assert here(other, "GET", "/api/v1/me").status == 200
    assert ask(other, "POST", "/sign-out", form=[]).status == 303
    still.now += 1.5
    assert here(other, "GET", "/api/v1/nothing").status == 401


def test_a_session_that_was_left_is_a_strangers(ask: Any, crew: Any, still: Any, clock: Any) -> None:
    who = crew["XA officer"]
    assert ask(who, "GET", "/api/v1/me").status == 200
    clock.forward(minutes=31)
    assert ask(who, "GET", "/api/v1/nothing").status == 401
