"""A bureau's key is opened by the credentials that were granted it, and by nothing that is kept."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.core.problems import Locked, Problem
from entente.core.things import Thing
from entente.desk import Desk, House
from entente.rooms.bureaus import (
    administering,
    current_key,
    holding,
    keyring,
    make_link,
    public_keys,
    signing_in,
    unlock_with_key,
)
from entente.rooms.bureaus.bureau_keys import SIGNED_AS, is_signed
from entente.rooms.bureaus.schemas import OfficerChange
from rooms.authenticator import Authenticator
from rooms.opening import at_desk_of, everything_kept, ring_of
from rooms.scene import Scene
from rooms.signing import JSON, RIGHT, at_house, link_for, session_in
from worlds.stage import Answer, Clock, Crew, Person, memory_house

XA, XB = 2, 3


def opens(house: House, who: Person) -> bool:
    try:
        ring_of(house, who)
    except Locked:
        return False
    return True


def alerts_of(house: House, bureau: int, what: str) -> list[str]:
    """What the bureau's alerts of a sort are about."""
    with at_house(house) as desk:
        desk.note("see", what="alerts")
        found = desk.inspect_all([f"alerts-new:{bureau}"])
    return [t.first("object") for _, t in found if t.first("what") == what]


def fingerprint(house: House, bureau: int = XA) -> str:
    with at_house(house) as desk:
        desk.note("see", what="keys")
        known = current_key(desk, bureau)
    return known.fingerprint if known else ""


# --- who opens it --------------------------------------------------------------------------------


def test_every_session_and_machine_of_a_bureau_opens_that_bureaus_key_and_no_others(
    house: House, crew: Crew
) -> None:
    found = {name: ring_of(house, who) for name, who in crew.items()}
    for name, ring in found.items():
        assert ring.fingerprint == found[f"{name[:2]} machine"].fingerprint
        assert ring.current.public.fingerprint == ring.fingerprint
        assert list(ring.all) == [ring.fingerprint]
    assert len({ring.fingerprint for ring in found.values()}) == 5


def test_a_password_opens_the_key_that_the_session_which_set_it_held(
    ask: Callable[..., Answer], house: House, crew: Crew, with_password: Callable[..., Answer]
) -> None:
    me = crew["XA officer"]
    assert ask(me, "POST", "/me/password", form=[("password", RIGHT)]).status == 200
    again = session_in(with_password(RIGHT), me)
    assert ring_of(house, again).fingerprint == ring_of(house, me).fingerprint


def test_a_new_password_ends_what_the_old_one_opened_but_not_the_session_that_set_it(
    ask: Callable[..., Answer], house: House, crew: Crew, with_password: Callable[..., Answer]
) -> None:
    ask(crew["XA officer"], "POST", "/me/password", form=[("password", RIGHT)])
    me = session_in(with_password(RIGHT), crew["XA officer"])
    assert ask(me, "POST", "/me/password", form=[("password", "another good sentence")]).status == 200
    assert opens(house, me)
    assert opens(house, session_in(with_password("another good sentence"), me))
    with at_house(house) as desk:
        desk.note("see", what="holders")
        holders = desk.inspect_all([f"holders-of:{me.id}"])
    assert sorted(t.first("how") for _, t in holders) == ["password", "session"]


def test_a_link_made_by_an_administrator_who_holds_the_key_opens_it(
    ask: Callable[..., Answer], house: House, scene: Scene
) -> None:
    me = scene.crew["XA officer"]
    made = scene("XA administrator", "POST", f"/officers/{me.id}/link").json["link"]
    assert opens(house, session_in(ask(None, "POST", made, form=[]), me))


def test_a_new_officer_of_the_administrators_bureau_opens_the_key(
    ask: Callable[..., Answer], house: House, scene: Scene
) -> None:
    made = scene("XA administrator", "POST", "/officers", json={"name": "N", "email": "n@xa.example"}).json
    who = Person(made["officer"]["id"], "XA", "officer")
    assert opens(house, session_in(ask(None, "POST", made["link"], form=[]), who))
    assert alerts_of(house, XA, "key-waits") == []


def test_a_machines_key_opens_it_until_it_is_revoked(house: House, scene: Scene) -> None:
    made = scene("XA administrator", "POST", "/keys", json={"name": "loader"}).json
    with at_house(house) as desk:
        desk.note("see", what="keys")
        assert unlock_with_key(desk, made["key"]).fingerprint == current_key(desk, XA).fingerprint  # type: ignore[union-attr]
    assert scene("XA administrator", "DELETE", f"/keys/{made['issued']['id']}").status == 204
    with pytest.raises(Problem), at_house(house) as desk:
        unlock_with_key(desk, made["key"])


# --- passkeys ------------------------------------------------------------------------------------


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


# --- waiting, and being given the key ------------------------------------------------------------


def test_whoever_the_operator_signs_in_waits_until_an_administrator_gives_him_the_key(
    ask: Callable[..., Answer], house: House, scene: Scene
) -> None:
    me = scene.crew["XA officer"]
    link = link_for(house, me)
    assert alerts_of(house, XA, "key-waits") == [me.id]
    again = session_in(ask(None, "POST", link, form=[]), me)
    assert not opens(house, again)
    assert scene("XA administrator", "POST", f"/officers/{me.id}/grant").status == 200
    assert opens(house, again)
    assert scene("XA administrator", "POST", f"/officers/{me.id}/grant").status == 422


def test_another_bureaus_key_is_not_the_secretariats_to_give(house: House, scene: Scene) -> None:
    me = scene.crew["XA officer"]
    link_for(house, me)
    told = scene("XZ chief", "POST", f"/officers/{me.id}/grant")
    assert (told.status, told.json["type"].rpartition("/")[2].rpartition("#")[2]) == (403, "not-yours")
    assert scene("XB administrator", "POST", f"/officers/{me.id}/grant").status == 404
    assert scene("XA officer", "POST", f"/officers/{me.id}/grant").status == 403


def test_an_officer_that_the_secretariat_enrols_elsewhere_waits(
    ask: Callable[..., Answer], house: House, scene: Scene
) -> None:
    form = {"name": "N", "email": "n@xa.example", "bureau": "XA"}
    made = scene("XZ chief", "POST", "/officers", json=form).json
    who = Person(made["officer"]["id"], "XA", "officer")
    assert not opens(house, session_in(ask(None, "POST", made["link"], form=[]), who))
    assert who.id in alerts_of(house, XA, "key-waits")


def test_who_does_not_hold_the_key_or_signed_in_long_ago_cannot_give_it(
    ask: Callable[..., Answer], house: House, crew: Crew, clock: Clock
) -> None:
    link_for(house, crew["XA officer"])
    path = f"/api/v1/officers/{crew['XA officer'].id}/grant"
    waits = session_in(ask(None, "POST", link_for(house, crew["XA chief"]), form=[]), crew["XA chief"])
    told = ask(waits, "POST", path)
    assert (told.status, told.json["title"]) == (403, Locked.title)
    clock.forward(minutes=16)
    ask(crew["XA chief"], "GET", "/api/v1/me")
    told = ask(crew["XA chief"], "POST", path)
    assert (told.status, told.json["title"]) == (403, "Your role does not allow this")


# --- rotation, revocation, leaving ---------------------------------------------------------------


def test_a_rotated_key_is_signed_by_the_one_before_and_reaches_whoever_held_that(
    ask: Callable[..., Answer], house: House, scene: Scene
) -> None:
    waits = session_in(
        ask(None, "POST", link_for(house, scene.crew["XA officer"]), form=[]), scene.crew["XA officer"]
    )
    before = fingerprint(house)
    told = scene("XA administrator", "POST", "/bureau-keys", json={"how": "rotate"})
    assert told.status == 201, told.text
    assert told.json["fingerprint"] == fingerprint(house) != before
    for mix in ("officer", "office", "machine", "administrator"):
        assert set(ring_of(house, scene.crew[f"XA {mix}"]).all) == {before, fingerprint(house)}
    assert not opens(house, waits)
    with at_house(house) as desk:
        desk.note("see", what="keys")
        newest, oldest = public_keys(desk, XA)
    assert (newest.state, oldest.state, newest.predecessor) == ("current", "retired", before)
    assert oldest.public.verifies(SIGNED_AS, newest.public.raw, newest.signature)
    assert is_signed(newest, [newest, oldest])
    assert not is_signed(newest, [newest])


def test_all_other_bureaus_are_told_of_a_change_and_none_of_a_founding(house: House, scene: Scene) -> None:
    def told() -> list[int]:
        return [len(alerts_of(house, bureau, "key-changed")) for bureau in range(1, 6)]

    assert told() == [0, 0, 0, 0, 0]
    assert scene("XA administrator", "POST", "/bureau-keys", json={"how": "rotate"}).status == 201
    assert told() == [1, 0, 1, 1, 1]


def test_an_officer_who_leaves_holds_nothing_and_the_key_is_rotated_in_the_same_act(
    house: House, scene: Scene
) -> None:
    before = fingerprint(house)
    leaver = scene.crew["XA officer"]
    assert scene("XA administrator", "PATCH", f"/officers/{leaver.id}", json={"active": False}).status == 200
    assert fingerprint(house) != before
    assert opens(house, scene.crew["XA analyst"])
    with at_house(house) as desk:
        desk.note("see", what="holders")
        assert desk.inspect_all([f"holders-of:{leaver.id}"]) == []
    assert scene("XA administrator", "PATCH", f"/officers/{leaver.id}", json={"active": True}).status == 200
    with pytest.raises(Problem):
        ring_of(house, leaver)


def test_a_bureau_is_told_to_rotate_when_the_administrator_who_lets_an_officer_go_cannot(
    house: House, scene: Scene
) -> None:
    before, leaver = fingerprint(house), scene.crew["XA officer"]
    assert scene("XZ chief", "PATCH", f"/officers/{leaver.id}", json={"active": False}).status == 200
    assert fingerprint(house) == before
    assert alerts_of(house, XA, "key-rotate") == [leaver.id]


def test_a_revoked_key_is_in_force_for_nobody_until_one_is_founded_anew_and_flagged_so(
    house: House, scene: Scene
) -> None:
    before = fingerprint(house)
    told = scene("XA administrator", "POST", f"/bureau-keys/{before}/revoke")
    assert (told.status, told.json["state"]) == (200, "revoked")
    assert fingerprint(house) == ""
    assert not opens(house, scene.crew["XA officer"])
    assert scene("XA administrator", "POST", "/bureau-keys", json={"how": "rotate"}).status == 403
    assert scene("XA administrator", "POST", "/bureau-keys", json={"how": "anew"}).status == 201
    shown = scene("XB officer", "GET", "/bureaus/XA/keys").json
    assert [(k["state"], k["founded"], k["signed"]) for k in shown] == [
        ("current", "anew", False),
        ("revoked", "first", False),
    ]
    assert set(ring_of(house, scene.crew["XA officer"]).all) == {before, fingerprint(house)}
    assert len(alerts_of(house, XB, "key-changed")) == 2


def test_after_a_loss_an_administrator_founds_the_key_anew(
    ask: Callable[..., Answer], house: House, scene: Scene
) -> None:
    chief = scene.crew["XA chief"]
    again = session_in(ask(None, "POST", link_for(house, chief), form=[]), chief)
    assert not opens(house, again)
    assert ask(again, "POST", "/api/v1/bureau-keys", json={"how": "rotate"}).status == 403
    assert ask(again, "POST", "/api/v1/bureau-keys", json={"how": "anew"}).status == 201
    assert list(ring_of(house, again).all) == [fingerprint(house)]


@pytest.mark.parametrize("who", ["XB administrator", "XZ chief"])
def test_another_bureaus_key_cannot_be_revoked(house: House, scene: Scene, who: str) -> None:
    assert scene(who, "POST", f"/bureau-keys/{fingerprint(house)}/revoke").status == 404
    assert scene(who, "POST", f"/bureau-keys/{'0' * 64}/revoke").status == 404
    assert fingerprint(house)


# --- founding ------------------------------------------------------------------------------------


def test_the_first_officer_of_a_bureau_to_sign_in_founds_its_key_and_the_next_one_waits(
    ask: Callable[..., Answer], house: House, scene: Scene
) -> None:
    joined = scene("XZ chief", "POST", "/bureaus", json={"code": "XE", "label": "Bureau XE"})
    assert joined.status == 201
    people = []
    for name in ("first", "second"):
        form = {"name": name, "email": f"{name}@xe.example", "bureau": "XE", "roles": ["administrator"]}
        made = scene("XZ chief", "POST", "/officers", json=form).json
        people.append((Person(made["officer"]["id"], "XA", "of XE"), made["link"]))
    assert scene("XB officer", "GET", "/bureaus/XE/keys").json == []
    first, second = [session_in(ask(None, "POST", link, form=[]), who) for who, link in people]
    assert (opens(house, first), opens(house, second)) == (True, False)
    (known,) = scene("XB officer", "GET", "/bureaus/XE/keys").json
    assert (known["state"], known["founded"]) == ("current", "first")
    assert ask(first, "POST", f"/api/v1/officers/{second.id}/grant").status == 200
    assert opens(house, second)


# --- at rest -------------------------------------------------------------------------------------


def test_a_copy_of_the_store_opens_nothing(house: House, crew: Crew, ask, with_password, register) -> None:
    me = crew["XA officer"]
    device = Authenticator(prf=True)
    ask(me, "POST", "/me/password", form=[("password", RIGHT)])
    register(device, me)
    link_for(house, me)
    again = session_in(with_password(RIGHT), me)
    ring = ring_of(house, again)
    secrets = [ring.current.raw, ring.current.raw[:64], ring.current.raw[64:96], ring.current.raw[96:]]
    secrets += [s.encode() for s in (me.session, again.session, RIGHT)] + [device.secret]
    kept = everything_kept(house)
    assert any(ring.current.public.raw in one for one in kept)
    for secret in secrets:
        assert not any(secret in one for one in kept)


def test_a_session_is_opened_by_its_own_token_alone(house: House, crew: Crew) -> None:
    mine, others = crew["XA officer"], crew["XA analyst"]
    with at_house(house) as desk:
        desk.note("see", what="sessions")
        (session,) = [t for _, t in desk.find([f"sessions-of:{mine.id}"])]
        assert holding.by_token(desk, session, mine.session).bureau == XA
        for token in (others.session, mine.session[:-1], "", session.id):
            with pytest.raises(Locked):
                holding.by_token(desk, session, token)


def test_grants_moved_to_another_holder_or_generation_open_nothing(house: House, scene: Scene) -> None:
    """What somebody who can write the store could try."""
    mine = scene.crew["XA officer"]
    scene("XA administrator", "POST", "/bureau-keys", json={"how": "rotate"})
    before, stranger = ring_of(house, mine), ring_of(house, scene.crew["XB officer"])
    with at_house(house) as desk:
        desk.note("see", what="grants")
        (holder,) = holding.of_owner(desk, mine.id)
        (other,) = holding.of_owner(desk, scene.crew["XB officer"].id)
        grants = {t.first("key"): t for _, t in desk.find([f"grants:{holder.id}"])}
        now = grants[before.fingerprint]
        (foreign,) = [t for _, t in desk.find([f"grants:{other.id}"])]
        for planted in (foreign, *(t for t in grants.values() if t.id != now.id)):
            body = {**now.body, "sealed": planted.body["sealed"]}
            keys = (f"grants:{holder.id}", f"granted:{before.fingerprint}")
            changed = desk.change(desk.look(now.id), body=body, keys=keys)
            with pytest.raises(Locked):
                holding.ring_of(desk, holding.by_token(desk, _session(desk, mine), mine.session))
            desk.change(changed, body=now.body, keys=keys)
    assert ring_of(house, mine).fingerprint == before.fingerprint != stranger.fingerprint


def _session(desk: Desk, who: Person) -> Thing:
    (session,) = [t for _, t in desk.find([f"sessions-of:{who.id}"])]
    return session


# --- whatever happens ----------------------------------------------------------------------------

ACTS = st.lists(
    st.sampled_from(["link", "operator", "give", "rotate", "anew", "leave", "revoke"]), max_size=8
)


@settings(max_examples=40, deadline=None)
@given(acts=ACTS)
def test_whoever_was_never_granted_the_key_cannot_unlock_it(acts: list[str]) -> None:
    """Whatever the administrators of XA do, nobody opens a key that was not granted to a credential of his:
    strangers never, and what the operator makes only after somebody pressed the button."""
    house, crew = memory_house()
    chief = crew["XA chief"]
    granted: set[str] = {chief.session}
    made: dict[str, str] = {}
    for act in acts:
        with suppress(Problem), at_desk_of(house, chief) as (desk, caller):
            target = crew["XA officer"].id
            if act in ("link", "operator"):
                ring = keyring.held(desk, caller) if act == "link" else None
                session = signing_in.spend_link(desk.as_house(), make_link(desk.as_house(), target, ring), 9)
                assert session
                made[session.token] = act
                if ring:
                    granted.add(session.token)
            elif act == "give":
                keyring.give(desk, caller, target)
                granted |= set(made)
            elif act in ("rotate", "anew"):
                keyring.next_key(desk, caller, act)
            elif act == "revoke":
                known = current_key(desk, XA)
                keyring.revoke(desk, caller, known.fingerprint if known else "")
            else:
                change = OfficerChange(active=False)
                administering.change(desk, crew["XA analyst"].id, change, keyring.held(desk, caller))
    for token, how in made.items():
        who = replace(crew["XA officer"], session=token)
        if token not in granted:
            assert not opens(house, who), how
    for name in ("XB officer", "XB machine", "XZ chief"):
        ring = ring_of(house, crew[name])
        with at_house(house) as desk:
            desk.note("see", what="keys")
            assert not {k.fingerprint for k in public_keys(desk, XA)} & set(ring.all)
    house.close()
