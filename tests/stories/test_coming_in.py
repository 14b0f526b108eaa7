"""Who takes part, and how each proves who he is."""

import re

import pytest
from playwright.sync_api import expect

from .served import Demo, Visit
from .steps import go


def test_a_one_time_link_works_once(visit: Visit, demo: Demo) -> None:
    page = visit()
    link = demo.link("officer@xa.example")
    page.goto(link)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()  # a mail scanner spends nothing
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{demo.address}/")
    thief = visit()
    thief.goto(link)
    thief.get_by_role("button", name="Sign in").click()
    expect(thief.locator("main")).to_contain_text("This link was used already, or is too old.")
    thief.goto("/")
    assert thief.url.endswith("/sign-in")


@pytest.mark.parametrize("prf", [True, False], ids=["that opens the bureau's key", "that opens no key"])
def test_an_officer_signs_in_with_a_passkey(visit: Visit, demo: Demo, prf: bool) -> None:
    """Chromium's virtual authenticator stands in for the key in the officer's hand."""
    page = visit()
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "ctap2Version": "ctap2_1",
        "hasPrf": prf,
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    demo.sign_in(page, "officer@xd.example")
    page.goto("/me")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("button", name="Remove")).to_have_count(1)
    page.locator("summary", has_text="Lena Voss").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{demo.address}/")
    page.goto("/me")
    expect(page.locator("main")).to_contain_text("Passkey")
    expect(page.locator(".facts")).to_contain_text(f"{'Open' if prf else 'Closed'} in this session")
    expect(page.get_by_text("opens no key")).to_have_count(0 if prf else 1)
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("main")).to_contain_text("None yet.")


def test_a_password_is_set_and_used(visit: Visit, demo: Demo) -> None:
    page = visit(script=False)
    demo.sign_in(page, "officer@xd.example")
    page.goto("/me")
    page.locator("#f-password").fill("too short")
    page.get_by_role("button", name="Set the password").click()
    expect(page.locator(".errors")).to_contain_text("12 to 1,000")
    page.locator("#f-password").fill("grey heron over the ford")
    page.get_by_role("button", name="Set the password").click()
    expect(page.locator(".notice.good")).to_contain_text("Your password was set.")
    again = visit(script=False)
    again.goto("/sign-in?next=/inbox")
    again.get_by_label("Code of the bureau").fill("XD")
    again.get_by_label("E-mail").fill("officer@xd.example")
    again.get_by_label("Password").fill("grey heron over the fjord")
    again.get_by_role("button", name="Sign in").click()
    expect(again.get_by_role("alert")).to_contain_text("is not right")
    again.get_by_label("Password").fill("grey heron over the ford")
    again.get_by_role("button", name="Sign in").click()
    again.wait_for_url("**/inbox")


def test_the_secretariat_lets_a_bureau_join_and_its_officer_signs_in(visit: Visit, demo: Demo) -> None:
    """ "The secretariat adds a bureau, enrols an officer, he signs in." """
    page = visit()
    demo.sign_in(page, "desk@xz.example")
    go(page, "Bureaus")
    page.get_by_label("Code").fill("xa")
    page.get_by_label("Name").fill("Bureau of Estovar")
    page.get_by_role("button", name="Add a bureau").click()
    expect(page.locator(".field.wrong")).to_contain_text("XA takes part already")
    page.get_by_label("Code").fill("xe")
    page.get_by_role("button", name="Add a bureau").click()
    expect(page.get_by_role("row", name="Bureau of Estovar")).to_contain_text("XE")

    go(page, "Officers")
    page.locator("#f-bureau").select_option("XE")
    page.get_by_role("button", name="Show").click()
    page.get_by_label("Name").fill("Maren Tolvik")
    page.locator("#f-email").fill("officer@xe.example")
    page.get_by_role("button", name="Add an officer").click()
    link = page.locator(".secret").inner_text()
    assert re.fullmatch(re.escape(demo.address) + r"/sign-in/link/[\w-]{40,}", link)

    officer = visit()
    officer.goto(link)
    officer.get_by_role("button", name="Sign in").click()
    expect(officer.locator(".chip")).to_contain_text("XE")
    expect(officer.get_by_role("link", name="Contribute")).to_have_count(0)
    demo.work()  # the index is made again, so that the new bureau sees what is for all


def test_a_key_for_a_machine_is_shown_once(visit: Visit, demo: Demo) -> None:
    page = visit()
    demo.sign_in(page, "desk@xz.example")
    go(page, "Keys")
    page.get_by_label("Name").fill("Gate 4")
    page.get_by_role("button", name="Make a key").click()
    assert page.locator(".secret").inner_text().startswith("entente_")
    page.goto("/keys")
    expect(page.locator(".secret")).to_have_count(0)
    page.get_by_role("row", name="Gate 4").get_by_role("button", name="Revoke").click()
    expect(page.get_by_role("row", name="Gate 4")).to_have_count(0)
