"""Nothing that is kept opens a bureau's key, and nobody whom it was not granted to does."""

from contextlib import suppress
from dataclasses import replace

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
)
from entente.rooms.bureaus.schemas import OfficerChange
from rooms.authenticator import Authenticator
from rooms.opening import at_desk_of, everything_kept, opens, ring_of
from rooms.scene import Scene
from rooms.signing import JSON, RIGHT, at_house, link_for, session_in
from worlds.stage import Crew, Person, memory_house

XA, XB = 2, 3


# --- at rest -------------------------------------------------------------------------------------


def test_a_copy_of_the_store_opens_nothing(house: House, crew: Crew, ask, with_password) -> None:
    me = crew["XA officer"]
    device = Authenticator(prf=True)
    ask(me, "POST", "/me/password", form=[("password", RIGHT)])
    made = device.make(ask(me, "POST", "/me/passkeys/options").json)
    assert ask(me, "POST", "/me/passkeys/verify", json=made, headers=JSON).status == 200
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
