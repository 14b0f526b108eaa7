"""Passkeys and the bureau's key: with a secret of their own (PRF) they open it, without they only sign in."""

from collections.abc import Callable
from typing import Any

import pytest

from entente.desk import House
from rooms.authenticator import Authenticator
from rooms.opening import alerts_of, opens, ring_of
from rooms.scene import Scene
from rooms.signing import JSON, at_house, session_in
from worlds.stage import Answer, Crew, Person

XA, XB = 2, 3


@pytest.fixture
def with_passkey(ask: Callable[..., Answer]) -> Callable[[Authenticator, Person], Person]:
    def sign_in(device: Authenticator, who: Person) -> Person:
        answer = device.sign(ask(None, "POST", "/sign-in/passkey/options").json)
        return session_in(ask(None, "POST", "/sign-in/passkey/verify", json=answer, headers=JSON), who)

    return sign_in


@pytest.fixture
def register(ask: Callable[..., Answer]) -> Callable[[Authenticator, Person], None]:
    def register(device: Authenticator, who: Person) -> None:
        made = device.make(ask(who, "POST", "/me/passkeys/options").json)
        assert ask(who, "POST", "/me/passkeys/verify", json=made, headers=JSON).status == 200

    return register


def test_a_passkey_with_prf_opens_the_key(house: House, crew: Crew, register, with_passkey) -> None:
    device, me = Authenticator(prf=True), crew["XA officer"]
    register(device, me)
    assert ring_of(house, with_passkey(device, me)).fingerprint == ring_of(house, me).fingerprint


def test_a_passkey_without_prf_signs_in_and_opens_no_key_and_the_page_says_so(
    ask: Callable[..., Answer], house: House, crew: Crew, register, with_passkey
) -> None:
    device, me = Authenticator(), crew["XA officer"]
    register(device, me)
    again = with_passkey(device, me)
    assert not opens(house, again)
    assert "does not open" in ask(again, "GET", "/me").text
    assert "does not open" not in ask(me, "GET", "/me").text


def test_a_passkey_that_gives_its_secret_at_sign_in_only_waits_to_be_given_the_key(
    house: House, scene: Scene, crew: Crew, register, with_passkey
) -> None:
    device, me = Authenticator(), crew["XA officer"]
    register(device, me)
    device.prf = True
    again = with_passkey(device, me)
    assert not opens(house, again)
    assert alerts_of(house, XA, "key-waits") == [me.id]
    assert scene("XA administrator", "POST", f"/officers/{me.id}/grant").status == 200
    assert opens(house, again)
    assert opens(house, with_passkey(device, me))


def test_a_passkey_with_another_secret_opens_nothing(
    house: House, crew: Crew, register, with_passkey
) -> None:
    device, me = Authenticator(prf=True), crew["XA officer"]
    register(device, me)
    device.secret = bytes(32)
    assert not opens(house, with_passkey(device, me))


@pytest.mark.parametrize(
    "said",
    [{}, "no", {"prf": []}, *({"prf": {"results": {"first": f}}} for f in (7, "AAAA", "é" * 40, None))],
)
def test_a_mangled_secret_is_as_none(
    house: House, crew: Crew, ask, register, with_passkey, said: Any
) -> None:
    device, me = Authenticator(prf=True), crew["XA officer"]
    register(device, me)
    answer = device.sign(ask(None, "POST", "/sign-in/passkey/options").json) | {
        "clientExtensionResults": said
    }
    told = ask(None, "POST", "/sign-in/passkey/verify", json=answer, headers=JSON)
    assert told.status == 200
    assert not opens(house, session_in(told, me))


def test_a_removed_passkey_takes_its_grants_with_it_and_the_acting_session_goes_on(
    ask: Callable[..., Answer], house: House, crew: Crew, register, with_passkey
) -> None:
    device, me = Authenticator(prf=True), crew["XA officer"]
    register(device, me)
    acting, other = with_passkey(device, me), with_passkey(device, me)
    with at_house(house) as desk:
        desk.note("see", what="passkeys")
        (kept,) = [t for _, t in desk.find([f"passkeys-of:{me.id}"])]
    assert ask(acting, "POST", f"/me/passkeys/{kept.id}/remove", form=[]).status == 303
    assert (opens(house, acting), opens(house, other), opens(house, me)) == (True, False, True)
