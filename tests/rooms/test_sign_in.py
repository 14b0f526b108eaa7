"""Signing in by password and one-time link, in the same words and the same work for whoever tries."""

from collections.abc import Callable

import pytest

from entente.core.problems import NotSignedIn
from entente.desk import House
from entente.rooms.bureaus import signing_in
from rooms.scene import Scene
from rooms.signing import JSON, RIGHT, WRONG, another_session, cookies, give_password, link_for, session_in
from worlds.stage import Answer, Clock, Crew, Person


def _me(ask: Callable[..., Answer], who: Person | None) -> int:
    return ask(who, "GET", "/api/v1/me").status


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch, cheap: None) -> list[str]:
    """What was hashed slowly, one by one."""
    made: list[str] = []
    slow, stretched = signing_in._matches, signing_in._stretched
    monkeypatch.setattr(signing_in, "_matches", lambda h, p: made.append(p) or slow(h, p))
    monkeypatch.setattr(signing_in, "_stretched", lambda p, s: made.append(p) or stretched(p, s))
    return made


# --- passwords -----------------------------------------------------------------------------------


def test_a_password_opens_a_session(ask, officer: Person, with_password) -> None:
    answer = with_password(RIGHT)
    assert (answer.status, answer.header("location")) == (303, "/")
    me = ask(session_in(answer, officer), "GET", "/api/v1/me").json
    assert (me["id"], me["bureau"], me["roles"]) == (officer.id, "XA", ["officer"])


def test_an_address_and_a_code_are_known_whatever_their_case(officer: Person, with_password) -> None:
    assert with_password(RIGHT, " Officer@XA.example ", " xa ").status == 303


def test_unknown_officers_get_the_same_words_as_a_wrong_password(officer: Person, with_password) -> None:
    wrong = with_password(WRONG)
    for name, bureau in (
        ("nobody@xa.example", "XA"),  # not enrolled
        ("analyst@xa.example", "XA"),  # enrolled, without a password
        ("officer@xa.example", "XB"),  # of another bureau
        ("officer@xa.example", "QQ"),  # of none
    ):
        unknown = with_password(RIGHT, name, bureau)
        assert (wrong.status, unknown.status) == (401, 401)
        said = unknown.text.replace(f'value="{name}"', 'value="officer@xa.example"')
        assert said.replace(f'value="{bureau}"', 'value="XA"', 1) == wrong.text


def test_one_slow_hash_is_made_whoever_has_the_address(
    house: House, scene: Scene, officer: Person, with_password, hashes: list[str]
) -> None:
    form = {"name": "Double", "email": "officer@xa.example"}
    for code in ("XB", "XC"):
        double = scene(f"{code} administrator", "POST", "/officers", json=form).json["officer"]["id"]
        give_password(house, double)
    tries = [(n, b) for n in ("officer", "analyst", "nobody") for b in ("XA", "XB", "XD", "QQ", "")]
    hashes.clear()
    for tried, (name, bureau) in enumerate(tries, 1):
        with pytest.raises(NotSignedIn):
            signing_in.with_password(house, bureau, f"{name}@xa.example", WRONG, 1)
        assert len(hashes) == tried, (name, bureau)
    signing_in.with_password(house, "XA", "officer@xa.example", RIGHT, 1)
    assert hashes[len(tries) :] == [RIGHT, RIGHT]  # the second opens the bureau's key


def test_a_locked_password_takes_one_slow_hash_whether_it_is_right_or_not(
    house: House, officer: Person, with_password, hashes: list[str]
) -> None:
    tries = [*[WRONG] * signing_in.MOST_FAILURES, RIGHT, WRONG, RIGHT]
    hashes.clear()
    for tried in tries:
        with pytest.raises(NotSignedIn):
            signing_in.with_password(house, "XA", "officer@xa.example", tried, 1)
    assert hashes == tries


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


def test_an_officer_of_the_same_address_elsewhere_does_not_keep_a_password_from_locking(
    house: House, scene: Scene, officer: Person, with_password
) -> None:
    decoy = scene("XB administrator", "POST", "/officers", json={"name": "D", "email": "officer@xa.example"})
    give_password(house, decoy.json["officer"]["id"], "the decoy's own sentence")
    for _ in range(5):
        assert with_password(WRONG).status == 401
        assert with_password("the decoy's own sentence", bureau="XB").status == 303
    assert with_password(RIGHT).status == 401
    for _ in range(5):
        with_password(WRONG, bureau="XB")
    assert with_password("the decoy's own sentence", bureau="XB").status == 401


def test_a_right_password_forgives_earlier_failures(officer: Person, with_password) -> None:
    for _ in range(2):
        for _ in range(4):
            with_password(WRONG)
        assert with_password(RIGHT).status == 303


@pytest.mark.parametrize("name", ["a\0b", "\u202e", "x" * 5000, "%", "'; drop table thing"])
def test_whatever_is_typed_as_an_address_or_a_code_is_refused(
    officer: Person, with_password, name: str
) -> None:
    assert with_password(RIGHT, name).status == 401
    assert with_password(RIGHT, bureau=name).status == 401


def test_officers_of_two_bureaus_may_have_one_address(house: House, scene: Scene, with_password, ask) -> None:
    form = {"name": "Double", "email": "officer@xa.example"}
    made = scene("XB administrator", "POST", "/officers", json=form)
    assert made.status == 201
    give_password(house, scene.crew["XA officer"].id)
    give_password(house, made.json["officer"]["id"])  # even with one password
    for bureau in ("XA", "XB"):
        who = session_in(with_password(RIGHT, bureau=bureau), scene.crew["XA officer"])
        assert ask(who, "GET", "/api/v1/me").json["bureau"] == bureau


def test_a_new_sign_in_forgets_why_the_last_officer_at_this_browser_asked(
    house: House, officer: Person, with_password, ask
) -> None:
    last = {"purpose": "wanted", "why": "the last officer's case"}
    link = link_for(house, officer)
    for answer in (with_password(RIGHT, **last), ask(None, "POST", link, form=[], **last)):
        assert answer.status == 303
        for name in ("inquiry_purpose", "inquiry_justification"):
            assert "Max-Age=0" in cookies(answer)[name]
            assert "case" not in cookies(answer)[name]


# --- setting a password --------------------------------------------------------------------------


@pytest.mark.usefixtures("cheap")
def test_an_officer_sets_a_password_of_twelve_characters_or_more(ask, crew: Crew, with_password) -> None:
    me = crew["XA analyst"]
    assert ask(me, "POST", "/me/password", form=[("password", "short")]).status == 422
    assert ask(me, "POST", "/me/password", form=[("password", RIGHT)]).status == 200
    assert with_password(RIGHT, "analyst@xa.example").status == 303


@pytest.mark.usefixtures("cheap")
def test_only_a_session_made_a_moment_ago_sets_a_password_or_asks_for_a_passkey(
    ask, house: House, crew: Crew, clock: Clock, with_password
) -> None:
    me = crew["XA analyst"]
    clock.forward(minutes=14)
    assert _me(ask, me) == 200  # in use, which makes it no fresher
    clock.forward(minutes=1)
    assert ask(me, "POST", "/me/passkeys/options").status == 200
    assert ask(me, "POST", "/me/password", form=[("password", RIGHT)]).status == 200
    clock.forward(seconds=1)
    assert ask(me, "POST", "/me/password", form=[("password", WRONG)]).status == 403
    assert ask(me, "POST", "/me/passkeys/options", headers=JSON).status == 403
    assert with_password(WRONG, "analyst@xa.example").status == 401
    again = session_in(with_password(RIGHT, "analyst@xa.example"), me)
    assert ask(again, "POST", "/me/passkeys/options").status == 200


@pytest.mark.usefixtures("cheap")
def test_setting_a_password_ends_the_other_sessions_and_nobody_elses(ask, house: House, crew: Crew) -> None:
    thief, me = crew["XA officer"], another_session(house, crew["XA officer"])
    assert _me(ask, thief) == _me(ask, me) == 200
    assert ask(me, "POST", "/me/password", form=[("password", RIGHT)]).status == 200
    assert [_me(ask, who) for who in (thief, me, crew["XA analyst"])] == [401, 200, 200]


@pytest.mark.usefixtures("cheap")
def test_a_new_password_is_hashed_before_the_writers_turn_is_taken(
    ask, house: House, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = signing_in.hash_password

    def hashed(password: str) -> str:
        with house.bookkeeping() as tx:  # would wait for ever inside of another writing
            tx.notes.write("meanwhile", "yes")
        return slow(password)

    monkeypatch.setattr(signing_in, "hash_password", hashed)
    assert ask(crew["XA officer"], "POST", "/me/password", form=[("password", RIGHT)]).status == 200


# --- one-time links ------------------------------------------------------------------------------


def test_a_link_opens_a_session_once(ask, house: House, crew: Crew) -> None:
    link = link_for(house, crew["XA officer"])
    assert ask(None, "GET", link).status == 200  # a mail scanner that follows it does not spend it
    first = ask(None, "POST", link, form=[])
    assert first.status == 303
    assert _me(ask, session_in(first, crew["XA officer"])) == 200
    assert ask(None, "POST", link, form=[], headers=JSON).status == 401


@pytest.mark.parametrize(("seconds", "status"), [(-1, 303), (0, 401)])
def test_a_link_is_good_for_a_day(
    ask, house: House, crew: Crew, clock: Clock, seconds: int, status: int
) -> None:
    link = link_for(house, crew["XA officer"])
    clock.forward(days=1, seconds=seconds)
    assert ask(None, "POST", link, form=[]).status == status


def test_making_a_link_voids_the_older_ones_of_this_officer_alone(ask, house: House, crew: Crew) -> None:
    lost, others = link_for(house, crew["XA officer"]), link_for(house, crew["XA analyst"])
    newest = link_for(house, crew["XA officer"])
    assert ask(None, "POST", lost, form=[]).status == 401
    assert ask(None, "POST", newest, form=[]).status == 303
    assert ask(None, "POST", others, form=[]).status == 303


def test_a_link_of_an_officer_who_left_opens_nothing(ask, house: House, scene: Scene) -> None:
    link = link_for(house, scene.crew["XA officer"])
    path = f"/officers/{scene.crew['XA officer'].id}"
    assert scene("XA administrator", "PATCH", path, json={"active": False}).status == 200
    assert ask(None, "POST", link, form=[]).status == 401
