"""The address of the house is said by its settings: a Host header is anybody's to write."""

import pytest

from entente.desk import House
from rooms.authenticator import Authenticator
from rooms.signing import JSON, link_for, session_in
from worlds.stage import Answer, Crew

EVIL = {"host": "evil.test", **JSON}
OPTIONS = ("/sign-in/passkey/options", "/me/passkeys/options")


def _enrolled(ask, crew: Crew, host: str) -> Answer:
    form = [("name", "New"), ("email", "new@xa.example"), ("roles", "officer")]
    return ask(crew["XA administrator"], "POST", "/officers", form=form, headers={"host": host})


def test_a_foreign_host_gets_no_link_and_no_passkey_options(doors, house: House, crew: Crew) -> None:
    ask, me = doors(), crew["XA officer"]
    link = link_for(house, me)
    assert _enrolled(ask, crew, "evil.test").status == 405
    path = f"/officers/{me.id}/link"
    assert ask(crew["XA administrator"], "POST", path, form=[], headers=EVIL).status == 405
    for path in OPTIONS:
        assert ask(me, "POST", path, headers=EVIL).status == 405
    for path in ("/sign-in/passkey/verify", "/me/passkeys/verify"):
        assert ask(me, "POST", path, json={}, headers=EVIL).status == 405
    listed = ask(crew["XA administrator"], "GET", "/api/v1/officers").text
    assert "new@xa.example" not in listed  # what is refused is not done
    assert ask(None, "POST", link, form=[]).status == 303


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000"])
def test_without_an_address_this_machine_alone_gets_links(doors, crew: Crew, host: str) -> None:
    assert f"http://{host}/sign-in/link/" in _enrolled(doors(), crew, host).text


def test_whatever_the_host_the_house_speaks_of_its_own_address(doors, crew: Crew) -> None:
    ask = doors(address="https://entente.example/")
    page = ask(
        crew["XA administrator"], "POST", f"/officers/{crew['XA officer'].id}/link", form=[], headers=EVIL
    )
    assert "https://entente.example/sign-in/link/" in page.text
    assert "evil" not in page.text
    for path, at in zip(OPTIONS, (("rpId",), ("rp", "id")), strict=True):
        said = ask(crew["XA officer"], "POST", path, headers=EVIL).json
        for name in at:
            said = said[name]
        assert said == "entente.example"


def test_a_passkey_is_good_for_the_houses_own_address_alone(doors, crew: Crew) -> None:
    ask, me = doors(address="https://entente.example"), crew["XA officer"]
    lured, device = Authenticator("https://evil.test"), Authenticator("https://entente.example")
    for made, status in ((lured, 422), (device, 200)):
        answer = made.make(ask(me, "POST", "/me/passkeys/options", headers=EVIL).json)
        assert ask(me, "POST", "/me/passkeys/verify", json=answer, headers=EVIL).status == status
    signed = device.sign(ask(None, "POST", "/sign-in/passkey/options").json)
    entered = ask(None, "POST", "/sign-in/passkey/verify", json=signed)
    assert ask(session_in(entered, me), "GET", "/api/v1/me").status == 200
