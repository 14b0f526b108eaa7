"""The pages of bureaus' keys: fingerprints for the telephone, and an administrator's buttons."""

from collections.abc import Callable

import pytest

from entente.desk import House
from rooms.opening import alerts_of, fingerprint, opens, ring_of
from rooms.scene import Scene
from rooms.signing import at_house, give_password, link_for, session_in
from worlds.stage import Answer, Clock, Crew

Ask = Callable[..., Answer]


def test_everybody_sees_a_bureaus_fingerprint_in_groups_of_four_and_how_to_compare_it(
    ask: Ask, house: House, crew: Crew
) -> None:
    page = ask(crew["XB officer"], "GET", "/bureaus/XA").text
    known = fingerprint(house)
    assert " ".join(known[i : i + 4] for i in range(0, 64, 4)) in page
    assert "call it by a number that you know already" in page.replace("\n", " ")
    assert "first key" in page
    assert '<a href="/bureaus/XA">' in ask(crew["XB officer"], "GET", "/bureaus").text


def test_a_bureau_that_does_not_take_part_has_no_page(ask: Ask, crew: Crew) -> None:
    assert ask(crew["XB officer"], "GET", "/bureaus/QQ").status == 404
    assert ask(crew["XB officer"], "GET", "/api/v1/bureaus/QQ/keys").status == 404


@pytest.mark.parametrize(
    ("who", "buttons"),
    [("XA administrator", True), ("XA officer", False), ("XB administrator", False), ("XZ chief", False)],
)
def test_only_the_bureaus_own_administrator_has_buttons(
    ask: Ask, crew: Crew, who: str, buttons: bool
) -> None:
    page = ask(crew[who], "GET", "/bureaus/XA").text
    assert ("Rotate the key" in page, "Found the key anew" in page, "/revoke" in page) == (buttons,) * 3


def test_an_administrator_rotates_and_revokes_and_founds_anew_on_the_page(
    ask: Ask, house: House, crew: Crew
) -> None:
    me, first = crew["XA administrator"], fingerprint(house)
    assert ask(me, "POST", "/bureaus/XA/keys", form=[("how", "rotate")]).status == 303
    second = fingerprint(house)
    page = ask(crew["XB officer"], "GET", "/bureaus/XA").text
    assert first != second
    assert "Signed by its predecessor" in page
    assert ask(me, "POST", f"/bureaus/XA/keys/{second}/revoke", form=[]).status == 303
    assert "Rotate the key" not in ask(me, "GET", "/bureaus/XA").text
    assert ask(me, "POST", "/bureaus/XA/keys", form=[("how", "anew")]).status == 303
    assert "Founded anew" in ask(crew["XB officer"], "GET", "/bureaus/XA").text
    assert fingerprint(house) not in ("", first, second)


@pytest.mark.parametrize("who", ["XB administrator", "XZ chief", "XA officer"])
def test_nobody_else_changes_a_bureaus_key_by_its_address(
    ask: Ask, house: House, crew: Crew, who: str
) -> None:
    known = fingerprint(house)
    for path, form in ((f"/{known}/revoke", []), ("", [("how", "rotate")]), ("", [("how", "anew")])):
        assert ask(crew[who], "POST", f"/bureaus/XA/keys{path}", form=form).status in (403, 404)
    assert fingerprint(house) == known


def test_a_change_of_the_key_needs_a_session_made_a_moment_ago(
    ask: Ask, house: House, crew: Crew, clock: Clock
) -> None:
    known = fingerprint(house)
    clock.forward(minutes=16)
    for path, form in ((f"/{known}/revoke", []), ("", [("how", "rotate")]), ("", [("how", "anew")])):
        assert ask(crew["XA administrator"], "POST", f"/bureaus/XA/keys{path}", form=form).status == 403
    assert fingerprint(house) == known


def test_an_administrator_gives_the_key_on_the_officers_page(ask: Ask, house: House, crew: Crew) -> None:
    officer = crew["XA officer"]
    waits = session_in(ask(None, "POST", link_for(house, officer), form=[]), officer)
    page = f"/officers/{officer.id}"
    assert "Give the bureau's key" in ask(crew["XA administrator"], "GET", page).text.replace("&#39;", "'")
    seen = ask(crew["XZ chief"], "GET", page).text.replace("&#39;", "'")
    assert "Waits for the bureau's key" in seen
    assert "Give the bureau's key" not in seen
    assert ask(crew["XA administrator"], "POST", f"{page}/grant", form=[]).status == 303
    assert opens(house, waits)
    assert "Waits for" not in ask(crew["XA administrator"], "GET", page).text


def test_a_machine_whose_key_was_issued_without_the_bureaus_key_is_given_it_on_the_page_of_keys(
    ask: Ask, house: House, crew: Crew
) -> None:
    chief = crew["XA chief"]
    closed = session_in(ask(None, "POST", link_for(house, chief), form=[]), chief)
    made = ask(closed, "POST", "/api/v1/keys", json={"name": "loader"}).json
    assert made["issued"]["id"] in alerts_of(house, crew_number("XA"), "key-waits")
    path = f"/keys/{made['issued']['id']}/grant"
    assert path in ask(chief, "GET", "/keys").text
    assert ask(crew["XB chief"], "POST", path, form=[]).status == 404
    assert ask(closed, "POST", path, form=[]).status == 403
    assert ask(chief, "POST", path, form=[]).status == 303
    assert path not in ask(chief, "GET", "/keys").text


def crew_number(code: str) -> int:
    return ("XZ", "XA", "XB", "XC", "XD").index(code) + 1


def test_my_account_says_when_only_this_session_opens_the_key(
    ask: Ask, house: House, crew: Crew, cheap: None
) -> None:
    me = crew["XA officer"]
    assert "Nothing of yours but this session" in ask(me, "GET", "/me").text
    ask(me, "POST", "/me/password", form=[("password", "a sentence is good")])
    assert "Nothing of yours but this session" not in ask(me, "GET", "/me").text


def test_a_change_of_the_key_stands_in_the_journal(house: House, scene: Scene) -> None:
    known = scene("XA chief", "POST", "/bureau-keys", json={"how": "rotate"}).json["fingerprint"]
    acts = scene("XA supervisor", "GET", "/journal").json
    with at_house(house) as desk:
        desk.note("see", what="keys")
        ((_, kept),) = desk.find([f"bureau-key:{known}"])
    assert ("administer", kept.id) in [(a["act"], a["object"]) for a in acts]
    assert ring_of(house, scene.crew["XA office"]).fingerprint == known


def test_a_session_that_is_not_fresh_is_told_so_beforehand_and_never_to_ask_for_a_role(
    ask: Ask, house: House, crew: Crew, clock: Clock
) -> None:
    me, again = crew["XA administrator"], "Sign out and in again"
    assert again not in ask(me, "GET", "/bureaus/XA").text
    assert "Set a password or add a passkey first." in ask(me, "GET", "/me").text
    clock.forward(minutes=16)
    assert again in ask(me, "GET", "/bureaus/XA").text
    assert again not in ask(me, "GET", "/bureaus/XB").text
    mine = ask(me, "GET", "/me").text
    assert again in mine
    assert "a new one-time link" in mine
    refused = ask(me, "POST", "/bureaus/XA/keys", form=[("how", "rotate")])
    assert (refused.status, "Sign in again to do this" in refused.text) == (403, True)
    assert "Your role does not allow this" not in refused.text
    assert again in refused.text
    give_password(house, me.id)
    assert "a new one-time link" not in ask(me, "GET", "/me").text


def test_signing_out_to_sign_in_again_comes_back_and_to_this_site_alone(ask: Ask, crew: Crew) -> None:
    me = crew["XA administrator"]
    left = ask(me, "POST", "/sign-out", form=[("next", "/bureaus/XA")])
    assert left.header("location") == "/sign-in?next=/bureaus/XA"
    other = crew["XB administrator"]
    assert ask(other, "POST", "/sign-out", form=[("next", "//elsewhere")]).header("location") == "/sign-in"


def test_my_account_speaks_of_my_own_sign_in_alone_and_leads_to_a_password(ask: Ask, crew: Crew) -> None:
    page = ask(crew["XA administrator"], "GET", "/me").text.replace("&#39;", "'")
    assert "Nothing of yours but this session opens your bureau's key." in page
    assert '<a href="#f-password">' in page
    assert 'id="f-password"' in page


def test_what_cannot_be_undone_to_a_key_is_asked_twice(ask: Ask, crew: Crew) -> None:
    page = ask(crew["XA administrator"], "GET", "/bureaus/XA").text
    for button in ("/revoke", 'value="anew"'):
        before = page.partition(button)[0]
        assert before.count("<details") > before.count("</details>")
