"""Signing in by password, one-time link, passkey and key; how sessions end; who may do what."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from argon2 import PasswordHasher

from entente.desk import HOUSE_ASKER, House, sit
from entente.rooms.bureaus import make_link, set_password, signing_in
from rooms.authenticator import Authenticator
from rooms.scene import Scene
from worlds.stage import Answer, Clock, Crew, Person

RIGHT, WRONG = "a sentence is good", "a sentence is bad!"
HOST = {"accept": "application/json"}


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords hashed in microseconds instead of tens of milliseconds."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(signing_in, "_hasher", hasher)
    monkeypatch.setattr(signing_in, "_DUMMY", hasher.hash("nobody's password"))


@contextmanager
def _at_house(house: House):
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        yield desk


@pytest.fixture
def officer(house: House, crew: Crew) -> Person:
    """XA's officer, with a password."""
    with _at_house(house) as desk:
        set_password(desk, crew["XA officer"].id, RIGHT)
    return crew["XA officer"]


@pytest.fixture
def with_password(ask: Callable[..., Answer]) -> Callable[..., Answer]:
    def sign_in(password: str, name: str = "officer@xa.example") -> Answer:
        return ask(None, "POST", "/sign-in", form=[("name", name), ("password", password)], purpose="")

    return sign_in


def _session(answer: Answer, who: Person) -> Person:
    """The same officer with the session that an answer gave him."""
    said = next(v for k, v in answer.headers if k == "set-cookie" and v.startswith("entente="))
    assert "HttpOnly" in said
    assert "SameSite=strict" in said
    return replace(who, session=said.partition("=")[2].partition(";")[0])


def _me(ask: Callable[..., Answer], who: Person | None, **headers: str) -> int:
    return ask(who, "GET", "/api/v1/me", headers=headers).status


# --- passwords -----------------------------------------------------------------------------------


def test_a_password_opens_a_session(ask, officer: Person, with_password) -> None:
    answer = with_password(RIGHT)
    assert (answer.status, answer.header("location")) == (303, "/")
    me = ask(_session(answer, officer), "GET", "/api/v1/me").json
    assert (me["id"], me["bureau"], me["roles"]) == (officer.id, "XA", ["officer"])


def test_an_address_is_known_whatever_its_case(officer: Person, with_password) -> None:
    assert with_password(RIGHT, " Officer@XA.example ").status == 303


def test_unknown_officers_get_the_same_words_as_a_wrong_password(officer: Person, with_password) -> None:
    wrong = with_password(WRONG)
    for name in ("nobody@xa.example", "analyst@xa.example"):  # not enrolled; enrolled without a password
        unknown = with_password(WRONG, name)
        assert (wrong.status, unknown.status) == (401, 401)
        assert unknown.text.replace(name, "") == wrong.text.replace("officer@xa.example", "")


def test_a_slow_hash_is_made_once_for_known_and_unknown_alike(
    officer: Person, with_password, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    slow = signing_in._matches
    monkeypatch.setattr(signing_in, "_matches", lambda h, p: made.append(p) or slow(h, p))
    for name in ("officer@xa.example", "analyst@xa.example", "nobody@xa.example"):
        with_password(WRONG, name)
    assert made == [WRONG] * 3


def test_a_slow_hash_never_holds_the_writer(
    house: House, officer: Person, with_password, monkeypatch: pytest.MonkeyPatch
) -> None:
    def matches(hashed: str, password: str) -> bool:
        with house.bookkeeping() as tx:  # would wait for ever inside of another writing
            tx.notes.write("meanwhile", "yes")
        return True

    monkeypatch.setattr(signing_in, "_matches", matches)
    assert with_password(RIGHT).status == 303


def test_five_failures_lock_a_password_for_half_an_hour(officer: Person, with_password, clock: Clock) -> None:
    for _ in range(5):
        assert with_password(WRONG).status == 401
    clock.forward(minutes=29)
    assert with_password(RIGHT).status == 401
    clock.forward(minutes=1)
    assert with_password(RIGHT).status == 303


def test_a_right_password_forgives_earlier_failures(officer: Person, with_password) -> None:
    for _ in range(2):
        for _ in range(4):
            with_password(WRONG)
        assert with_password(RIGHT).status == 303


@pytest.mark.parametrize("name", ["a\0b", "\u202e", "x" * 5000, "%", "'; drop table thing"])
def test_whatever_is_typed_as_an_address_is_refused(officer: Person, with_password, name: str) -> None:
    assert with_password(RIGHT, name).status == 401


def test_an_officer_sets_a_password_of_twelve_characters_or_more(ask, crew: Crew, with_password) -> None:
    me = crew["XA analyst"]
    assert ask(me, "POST", "/me/password", form=[("password", "short")]).status == 422
    assert ask(me, "POST", "/me/password", form=[("password", RIGHT)]).status in (200, 303)
    assert with_password(RIGHT, "analyst@xa.example").status == 303


def test_officers_of_two_bureaus_may_have_one_address(house: House, scene: Scene, with_password, ask) -> None:
    form = {"name": "Double", "email": "officer@xa.example"}
    made = scene("XB administrator", "POST", "/officers", json=form)
    assert made.status == 201
    with _at_house(house) as desk:
        set_password(desk, scene.crew["XA officer"].id, RIGHT)
        set_password(desk, made.json["officer"]["id"], "another sentence")
    for password, bureau in ((RIGHT, "XA"), ("another sentence", "XB")):
        who = _session(with_password(password), scene.crew["XA officer"])
        assert ask(who, "GET", "/api/v1/me").json["bureau"] == bureau


# --- one-time links ------------------------------------------------------------------------------


def _link(house: House, officer: Person) -> str:
    with _at_house(house) as desk:
        return f"/sign-in/link/{make_link(desk, officer.id)}"


def test_a_link_opens_a_session_once(ask, house: House, crew: Crew) -> None:
    link = _link(house, crew["XA officer"])
    assert ask(None, "GET", link).status == 200  # a mail scanner that follows it does not spend it
    first = ask(None, "POST", link, form=[])
    assert first.status == 303
    assert _me(ask, _session(first, crew["XA officer"])) == 200
    assert ask(None, "POST", link, form=[], headers=HOST).status == 401


def test_a_link_is_good_for_a_day(ask, house: House, crew: Crew, clock: Clock) -> None:
    old, young = _link(house, crew["XA officer"]), _link(house, crew["XA officer"])
    clock.forward(hours=23, minutes=59)
    assert ask(None, "POST", young, form=[]).status == 303
    clock.forward(minutes=1)
    assert ask(None, "POST", old, form=[]).status == 401


def test_a_link_of_an_officer_who_left_opens_nothing(ask, house: House, scene: Scene) -> None:
    link = _link(house, scene.crew["XA officer"])
    path = f"/officers/{scene.crew['XA officer'].id}"
    assert scene("XA administrator", "PATCH", path, json={"active": False}).status == 200
    assert ask(None, "POST", link, form=[]).status == 401


# --- passkeys ------------------------------------------------------------------------------------


@pytest.fixture
def register(ask, crew: Crew) -> Callable[..., Answer]:
    def register(device: Authenticator) -> Answer:
        who = crew["XA officer"]
        made = device.make(ask(who, "POST", "/me/passkeys/options").json)
        return ask(who, "POST", "/me/passkeys/verify", json=made, headers=HOST)

    return register


@pytest.fixture
def with_passkey(ask) -> Callable[..., Answer]:
    def sign_in(device: Authenticator) -> Answer:
        signed = device.sign(ask(None, "POST", "/sign-in/passkey/options").json)
        return ask(None, "POST", "/sign-in/passkey/verify", json=signed, headers=HOST)

    return sign_in


def test_a_passkey_is_registered_and_signs_in(ask, crew: Crew, register, with_passkey) -> None:
    device = Authenticator()
    assert register(device).status == 200
    for _ in range(2):
        answer = with_passkey(device)
        assert answer.status == 200
        assert _me(ask, _session(answer, crew["XA officer"])) == 200


def test_a_replayed_passkey_answer_is_refused(ask, register, with_passkey) -> None:
    device = Authenticator()
    register(device)
    answer = device.sign(ask(None, "POST", "/sign-in/passkey/options").json)
    assert ask(None, "POST", "/sign-in/passkey/verify", json=answer, headers=HOST).status == 200
    assert ask(None, "POST", "/sign-in/passkey/verify", json=answer, headers=HOST).status == 401


def test_a_challenge_is_good_for_five_minutes_and_for_one_use(
    ask, crew: Crew, register, clock: Clock
) -> None:
    device = Authenticator()
    register(device)
    slow = device.sign(ask(None, "POST", "/sign-in/passkey/options").json)
    clock.forward(minutes=5)
    assert ask(None, "POST", "/sign-in/passkey/verify", json=slow, headers=HOST).status == 401
    challenge = ask(crew["XA officer"], "POST", "/me/passkeys/options").json["challenge"]
    crossed = device.sign({"rpId": "entente.test", "challenge": challenge})
    assert ask(None, "POST", "/sign-in/passkey/verify", json=crossed, headers=HOST).status == 401


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
    with _at_house(house) as desk:
        desk.note("see", what="passkeys")
        (kept,) = [t for _, t in desk.find([f"passkeys-of:{crew['XA officer'].id}"])]
    assert ask(crew["XA analyst"], "POST", f"/me/passkeys/{kept.id}/remove", form=[]).status == 404
    assert ask(crew["XA officer"], "POST", f"/me/passkeys/{kept.id}/remove", form=[]).status == 303
    assert with_passkey(device).status == 401


def _broken(answer: dict[str, Any]) -> list[Any]:
    response = answer["response"]
    wrong: list[Any] = [{}, {"id": 5}, {"response": "x"}]
    wrong += [{**answer, name: junk} for name, junk in [("response", []), ("id", None), ("rawId", "!")]]
    junk = (5, "", "AA", "!!", None)
    return wrong + [{**answer, "response": {**response, name: j}} for name in response for j in junk]


@pytest.mark.parametrize("number", range(21))
def test_a_mangled_passkey_answer_is_refused_and_nothing_breaks(
    ask, crew: Crew, register, number: int
) -> None:
    device = Authenticator()
    register(device)
    answers = _broken(device.sign(ask(None, "POST", "/sign-in/passkey/options").json))
    answer = answers[number % len(answers)]
    assert ask(None, "POST", "/sign-in/passkey/verify", json=answer, headers=HOST).status in (401, 422)
    made = Authenticator().make(ask(crew["XA officer"], "POST", "/me/passkeys/options").json)
    answers = _broken(made)
    answer = answers[number % len(answers)]
    assert ask(crew["XA officer"], "POST", "/me/passkeys/verify", json=answer, headers=HOST).status == 422
