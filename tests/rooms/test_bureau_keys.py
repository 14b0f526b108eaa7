"""A bureau's key is opened by the credentials that were granted it, and by nothing that is kept."""

from collections.abc import Callable

import pytest

from entente.core.problems import Locked, Problem
from entente.desk import House
from entente.rooms.bureaus import (
    current_key,
    holding,
    public_keys,
    unlock_with_key,
)
from entente.rooms.bureaus.bureau_keys import SIGNED_AS, is_signed
from rooms.opening import alerts_of, fingerprint, opens, ring_of
from rooms.scene import Scene
from rooms.signing import RIGHT, at_house, link_for, session_in
from worlds.stage import Answer, Clock, Crew, Person

XA, XB = 2, 3


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
    with at_house(house) as desk:
        desk.note("see", what="grants")
        (holder,) = holding.of_owner(desk, who.id)
        assert desk.find([f"grants:{holder.id}"]) == []  # neither his bureau's key nor the secretariat's


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
    assert (told.status, told.json["title"]) == (403, "Sign in again to do this")


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
