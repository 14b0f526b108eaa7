"""Passkeys: made by a signed-in officer, good for this house alone; a mangled answer breaks nothing."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from entente.desk import House
from rooms.authenticator import Authenticator
from rooms.signing import JSON, at_house, session_in
from worlds.stage import Answer, Clock, Crew

VERIFY = "/sign-in/passkey/verify"


@pytest.fixture
def register(ask, crew: Crew) -> Callable[..., Answer]:
    def register(device: Authenticator) -> Answer:
        who = crew["XA officer"]
        made = device.make(ask(who, "POST", "/me/passkeys/options").json)
        return ask(who, "POST", "/me/passkeys/verify", json=made, headers=JSON)

    return register


@pytest.fixture
def signed(ask) -> Callable[[Authenticator], dict[str, Any]]:
    """What a device answers to fresh options."""
    return lambda device: device.sign(ask(None, "POST", "/sign-in/passkey/options").json)


@pytest.fixture
def verify(ask) -> Callable[[Any], Answer]:
    return lambda answer: ask(None, "POST", VERIFY, json=answer, headers=JSON)


@pytest.fixture
def with_passkey(signed, verify) -> Callable[[Authenticator], Answer]:
    return lambda device: verify(signed(device))


def test_a_passkey_is_registered_and_signs_in(ask, crew: Crew, register, with_passkey) -> None:
    device = Authenticator()
    assert register(device).status == 200
    for _ in range(2):
        answer = with_passkey(device)
        assert answer.status == 200
        assert ask(session_in(answer, crew["XA officer"]), "GET", "/api/v1/me").status == 200


def test_a_passkey_is_registered_once(ask, crew: Crew, register, with_passkey) -> None:
    device = Authenticator()
    assert register(device).status == 200
    assert register(device).status == 422
    made = device.make(ask(crew["XB officer"], "POST", "/me/passkeys/options").json)
    assert ask(crew["XB officer"], "POST", "/me/passkeys/verify", json=made, headers=JSON).status == 422
    who = session_in(with_passkey(device), crew["XA officer"])
    assert ask(who, "GET", "/api/v1/me").json["bureau"] == "XA"


def test_a_replayed_passkey_answer_is_refused(register, signed, verify) -> None:
    device = Authenticator()
    register(device)
    answer = signed(device)
    assert verify(answer).status == 200
    assert verify(answer).status == 401


def test_a_challenge_is_good_for_five_minutes_and_for_one_use(
    ask, crew: Crew, register, signed, verify, clock: Clock
) -> None:
    device = Authenticator()
    register(device)
    slow = signed(device)
    clock.forward(minutes=5)
    assert verify(slow).status == 401
    challenge = ask(crew["XA officer"], "POST", "/me/passkeys/options").json["challenge"]
    assert verify(device.sign({"rpId": "entente.test", "challenge": challenge})).status == 401


@pytest.mark.parametrize(
    "device",
    [Authenticator(verifies=False), Authenticator(origin="http://evil.test")],
    ids=["without user verification", "for another site"],
)
def test_a_passkey_that_proves_too_little_is_not_kept(register, with_passkey, device: Authenticator) -> None:
    assert register(device).status == 422
    assert with_passkey(device).status == 401


def test_a_passkey_whose_counter_went_back_was_copied_and_is_refused(register, with_passkey) -> None:
    device = Authenticator()
    register(device)
    assert with_passkey(device).status == 200
    device.count = 0
    assert with_passkey(device).status == 401


def test_an_unknown_passkey_or_another_ones_key_is_refused(register, with_passkey) -> None:
    device, forged = Authenticator(), Authenticator()
    register(device)
    assert with_passkey(forged).status == 401
    forged.credential = device.credential
    assert with_passkey(forged).status == 401
    assert with_passkey(device).status == 200


def test_a_removed_passkey_opens_nothing(ask, house: House, crew: Crew, register, with_passkey) -> None:
    device = Authenticator()
    register(device)
    with at_house(house) as desk:
        desk.note("see", what="passkeys")
        (kept,) = [t for _, t in desk.find([f"passkeys-of:{crew['XA officer'].id}"])]
    assert ask(crew["XA analyst"], "POST", f"/me/passkeys/{kept.id}/remove", form=[]).status == 404
    assert ask(crew["XA officer"], "POST", f"/me/passkeys/{kept.id}/remove", form=[]).status == 303
    assert with_passkey(device).status == 401


def test_answers_to_a_passkeys_challenge_from_one_address_are_slowed_down(
    verify, still: SimpleNamespace
) -> None:
    statuses = [verify({}).status for _ in range(100)]
    assert set(statuses[:10]) == {401}
    assert statuses[-1] == 429
    still.now += 1
    assert verify({}).status == 401


# --- mangled answers -----------------------------------------------------------------------------


def _client(text: str) -> str:
    return urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def _broken(answer: dict[str, Any]) -> list[Any]:
    """Answers that are none: wrong types, halves of characters, nesting, length, at every place."""
    response = answer["response"]
    challenge = json.loads(urlsafe_b64decoded(response["clientDataJSON"]))["challenge"]
    wrong: list[Any] = [{}, {"id": 5}, {"response": "x"}]
    wrong += [{**answer, name: junk} for name, junk in [("response", []), ("id", None), ("rawId", "!")]]
    wrong += [{**answer, name: junk} for name in ("id", "rawId") for junk in ("\ud800", "ä", "x" * 5000)]
    wrong += [
        {**answer, "response": {**response, name: junk}}
        for name in response
        for junk in (5, "", "AA", "!!", None, "\ud800", "x" * 9000)
    ]
    clients = (
        "[" * 3000,
        '{"a":' * 1500,
        json.dumps({"challenge": "\ud800"}),
        json.dumps({"challenge": [[]]}),
        json.dumps({"type": "\ud800", "challenge": challenge, "origin": "\ud800"}),
        "[]",
        "5",
    )
    return wrong + [{**answer, "response": {**response, "clientDataJSON": _client(c)}} for c in clients]


def urlsafe_b64decoded(text: str) -> bytes:
    from webauthn import base64url_to_bytes

    return base64url_to_bytes(text)


@pytest.mark.usefixtures("still")
def test_a_mangled_passkey_answer_is_refused_and_nothing_breaks(
    ask, crew: Crew, register, signed, verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entente.rooms.bureaus.pages.SIGN_INS_A_SECOND", 1e6)
    device, me = Authenticator(), crew["XA officer"]
    register(device)
    for number in range(len(_broken(signed(device)))):
        answer = _broken(signed(device))[number]
        assert verify(answer).status in (401, 422), answer
    fresh = Authenticator()
    for number in range(len(_broken(fresh.make(ask(me, "POST", "/me/passkeys/options").json)))):
        answer = _broken(fresh.make(ask(me, "POST", "/me/passkeys/options").json))[number]
        assert ask(me, "POST", "/me/passkeys/verify", json=answer, headers=JSON).status == 422, answer
