"""The owner of a record decides who sees it: contribute, correct, change the handling, withdraw."""

import re

from playwright.sync_api import expect

from .served import Demo, Visit
from .steps import ask, fill_in, go, say_why


def test_a_bureau_contributes_corrects_narrows_and_withdraws(visit: Visit, demo: Demo) -> None:
    """ "31.02.1980 is refused with every fault at its field, nothing typed is lost; correct; change the
    handling: the other bureau no longer finds it at the very next question; withdraw." """
    owner = visit()
    demo.sign_in(owner, "analyst@xa.example")
    owner.get_by_role("link", name="Contribute").click()
    owner.get_by_role("link", name="Person", exact=True).click()
    fill_in(owner, name="Jorun Adelsbek", birthDate="31.02.1980", nationality="atlantis")
    owner.locator("#f-grade").fill("Z9")
    owner.get_by_role("button", name="Contribute the record").click()
    expect(owner.locator(".field.wrong")).to_have_count(3)
    expect(owner.locator("#p-birthDate")).to_have_value("31.02.1980")
    expect(owner.locator("#p-name")).to_have_value("Jorun Adelsbek")
    expect(owner.locator("#p-birthDate-errors")).to_contain_text("31.02.1980")
    owner.get_by_role("alert").get_by_role("link", name="Date of birth").click()
    expect(owner.locator("#p-birthDate")).to_be_focused()

    fill_in(owner, birthDate="1980-02-28", nationality="xa")
    owner.locator("#f-grade").fill("b2")
    owner.locator(".another").first.click()
    owner.locator("#p-name-3").fill("Jørun Adelsbæk")
    expect(owner.get_by_label("Only those named (none: your bureau alone)")).to_be_checked()
    owner.get_by_label("Every bureau").check()
    owner.get_by_role("button", name="Contribute the record").click()
    expect(owner.locator("h1")).to_have_text("Jorun Adelsbek")
    record = owner.url

    other = visit()
    demo.sign_in(other, "officer@xb.example")
    say_why(other)
    expect(ask(other, "Jorun Adelsbek").first).to_contain_text("28 Feb 1980")

    owner.get_by_role("link", name="Correct").click()
    fill_in(owner, birthDate="1981-02-28")
    owner.get_by_role("button", name="Save the correction").click()
    expect(owner.locator(".properties")).to_contain_text("28 Feb 1981")
    owner.get_by_role("link", name="Versions").click()
    expect(owner.locator(".changes del")).to_have_text("28 Feb 1980")
    expect(ask(other, "Adelsbek Jorun").first).to_contain_text("28 Feb 1981")

    owner.goto(record)
    owner.get_by_role("link", name="Change the handling").click()
    owner.get_by_text("Only those named").click()
    owner.get_by_role("button", name="Save the handling").click()
    expect(owner.locator("aside")).to_contain_text("Your bureau alone")
    expect(ask(other, "Jorun Adelsbek")).to_have_count(0)
    assert other.goto(re.sub(r"\?.*", "", record)).status == 404

    owner.goto(record)
    owner.get_by_text("Withdraw", exact=True).click()
    owner.locator("#f-reason").fill("The person was another.")
    owner.get_by_role("button", name="Withdraw the record").click()
    owner.wait_for_url("**/records")
    expect(owner.locator("main")).not_to_contain_text("Jorun Adelsbek")
    owner.goto(record)  # gone for its owner too: like any address, it first asks why
    expect(owner.locator("h1")).to_have_text("Say why you ask")


def test_a_supervisor_reads_who_did_what(visit: Visit, demo: Demo) -> None:
    page = visit()
    demo.sign_in(page, "officer@xc.example")
    say_why(page, why="XC-77 for the journal")
    ask(page, "Anton Velkov")
    go(page, "Journal")
    expect(page.get_by_role("row", name="XC-77 for the journal").first).to_contain_text("Searched")
    officer = visit()
    demo.sign_in(officer, "officer@xa.example")
    expect(officer.locator("a[href='/journal']")).to_have_count(0)
