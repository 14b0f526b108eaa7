"""What a bureau works in all day: messages with a clock, sealed keys, deconfliction."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from .served import Demo, Visit
from .steps import ask, go, inbox, not_reloaded, reply, say_why, take_note, write

SOON_MS = 10_000


def receipts(page: Page) -> int:
    """How many receipts stand on the sender's page of a message to one bureau."""
    page.reload()
    return page.locator(".receipts time").count()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_an_urgent_request_arrives_is_answered_in_parts_and_burns(
    visit: Visit, demo: Demo, lang: str
) -> None:
    """ "XA sends an urgent request to XB, XB's duty desk sees it arrive, answers one question and commits a
    time for another, the reminder fires under a fixed clock"; XA sees each of it."""
    subject = f"Bus 7 to Belmar, {lang}"
    with demo.stopped() as clock:
        there, here = visit(lang), visit(lang)
        demo.sign_in(there, "officer@xb.example")
        arrives = inbox(there)
        expect(arrives).not_to_contain_text(subject)

        demo.sign_in(here, "officer@xa.example")
        write(here, "XB", subject, "Is he on the bus?", "Who paid for his seat?", urgency="urgent")
        here.locator("#f-send").click()
        here.wait_for_url(re.compile(r"/messages/[0-9a-f]{32}\?sent=yes$"))
        message = here.url.partition("?")[0]
        assert receipts(here) == 2  # stored, delivered

        row = arrives.locator(".burning tr", has_text=subject)
        expect(row).to_have_count(1, timeout=SOON_MS)
        assert not_reloaded(there)
        row.locator("th a").click()
        expect(there.locator("h1")).to_have_text(subject)
        assert receipts(here) == 3  # opened

        reply(there, 1, "content", "Yes: seat 14.")
        until = clock.at + timedelta(minutes=10)
        reply(there, 2, "time", until=f"{until:%Y-%m-%dT%H:%M}")
        waits = visit(lang)
        demo.sign_in(waits, "analyst@xa.example")
        waits.goto("/inbox?sent=yes")
        state = waits.locator(".burning tr", has_text=subject).locator(".badge")
        before = state.last.inner_text()
        there.locator("#f-send").click()
        expect(there.locator(".answer")).to_have_text("Yes: seat 14.")
        expect(state.last).not_to_have_text(before, timeout=SOON_MS)  # without reload
        here.reload()
        expect(here.locator(".answer")).to_have_text("Yes: seat 14.")
        expect(here.locator(".asked > li").nth(1).locator("time")).to_have_count(1)

        told = inbox(there).locator(f".alerts a[href='/messages/{message[-32:]}']")
        mine = inbox(here).locator(f".alerts a[href='/messages/{message[-32:]}']")
        expect(told).to_have_count(0)
        clock.forward(minutes=6)
        expect(told).to_have_count(1, timeout=SOON_MS)  # half of the committed time: the reminder
        expect(mine).to_have_count(0)
        clock.forward(minutes=5)
        expect(mine).to_have_count(1, timeout=SOON_MS)  # all of it: both are told
        expect(told).to_have_count(2)
        assert not_reloaded(there) and not_reloaded(here)

        there.goto(message)
        reply(there, 2, "refusal", "The carrier may not say.")
        there.locator("#f-send").click()
        here.goto(message)
        assert receipts(here) == 4  # answered
        there.goto("/inbox")
        expect(there.locator(".burning tr", has_text=subject)).to_have_count(0)


def test_a_request_is_written_and_answered_without_script(visit: Visit, demo: Demo) -> None:
    here, there = visit(script=False), visit(script=False)
    demo.sign_in(here, "officer@xa.example")
    write(here, "XD", "", "Is the lorry XD 500 ABC registered?", text="It stands at our port.")
    here.locator("#f-subject").evaluate("field => field.removeAttribute('required')")
    here.locator("#f-send").click()
    expect(here.locator(".errors")).to_contain_text("There is no subject")
    expect(here.locator("#f-text")).to_have_value("It stands at our port.")
    expect(here.locator("input[name=to][value=XD]")).to_be_checked()
    here.locator("#f-subject").fill("Lorry without script")
    here.locator("#f-send").click()
    expect(here.locator("h1")).to_have_text("Lorry without script")

    demo.sign_in(there, "officer@xd.example")
    there.goto("/inbox")
    there.get_by_role("link", name="Lorry without script").click()
    reply(there, 1, "refusal")
    there.locator("#f-send").click()
    expect(there.locator(".errors")).to_contain_text("A refusal needs its reason")
    reply(there, 1, "content", "Yes, to a farm near the coast.")
    there.locator("#f-send").click()
    here.reload()
    expect(here.locator(".answer")).to_have_text("Yes, to a farm near the coast.")


def test_a_draft_is_kept_and_sent_by_a_colleague(visit: Visit, demo: Demo) -> None:
    first, second = visit(), visit()
    demo.sign_in(first, "officer@xc.example")
    write(first, "XD", "Stamps from Cordava", "Were they seen?")
    first.get_by_role("button", name="Keep as draft").click()
    demo.sign_in(second, "second@xc.example")
    second.goto("/messages/drafts")
    second.get_by_role("link", name="Stamps from Cordava").click()
    expect(second.locator("#q-1")).to_have_value("Were they seen?")
    second.locator("#f-send").click()
    expect(second.locator("h1")).to_have_text("Stamps from Cordava")
    first.goto("/messages/drafts")
    expect(first.get_by_role("link", name="Stamps from Cordava")).to_have_count(0)


def test_a_new_officer_waits_for_the_bureaus_key_and_its_administrator_gives_it(
    visit: Visit, demo: Demo
) -> None:
    """The secretariat can enrol for a bureau, but has no key of it to give."""
    page, leads, officer = visit(), visit(), visit()
    demo.sign_in(page, "desk@xz.example")
    go(page, "Officers")
    page.locator("#f-bureau").select_option("XB")
    page.get_by_role("button", name="Show").click()
    page.locator("#f-name").fill("Ottilie Marchand-Ruys")
    page.locator("#f-email").fill("new@xb.example")
    page.get_by_role("button", name="Add an officer").click()
    officer.goto(page.locator(".secret").inner_text())
    officer.get_by_role("button", name="Sign in").click()
    officer.goto("/me")
    expect(officer.locator(".facts")).to_contain_text("Closed in this session")
    officer.goto("/messages/new")
    expect(officer.locator("h1")).to_have_text("Your bureau's key is not open in this session")

    demo.sign_in(leads, "second@xb.example")
    leads.goto("/inbox")
    leads.get_by_role("link", name="An officer waits for the bureau's key").first.click()
    expect(leads.locator("h1")).to_contain_text("Ottilie Marchand-Ruys")
    leads.get_by_role("button", name="Give the bureau's key").click()
    officer.goto("/me")
    expect(officer.locator(".facts")).to_contain_text("Open in this session")
    officer.get_by_role("link", name="Fingerprints").click()
    print_ = officer.locator("code.secret").first.inner_text()
    assert re.fullmatch(r"([0-9a-f]{4} ){15}[0-9a-f]{4}", print_)

    other = visit("ar")
    demo.sign_in(other, "officer@xa.example")
    other.goto("/bureaus/XB")
    assert other.locator("code.secret").first.inner_text() == print_


def test_two_bureaus_on_the_same_subject_are_told_of_each_other(visit: Visit, demo: Demo) -> None:
    pages = {code: visit() for code in ("XA", "XB")}
    for code, page in pages.items():
        demo.sign_in(page, f"second@{code.lower()}.example")
        page.goto("/deconfliction")
        page.get_by_label("Open").check()
        page.get_by_role("button", name="Set it").click()
    for code, page in pages.items():
        page.goto("/")
        say_why(page, "identify", f"{code}-2026-0700")
        ask(page, "Casimir Ostrowen 1966")
    demo.work()
    for code, page in pages.items():
        page.goto("/inbox")
        expect(page.locator(".alerts")).to_contain_text("Another bureau works on the same subject")
        page.goto("/deconfliction")
        row = page.get_by_role("row", name=f"{code}-2026-0700")
        expect(row).to_contain_text("Bureau of Belmark" if code == "XA" else "Bureau of Arvenia")
        expect(row.locator("time")).to_have_count(1)  # when; nobody took note yet
    pages["XA"].goto("/inbox")
    take_note(pages["XA"], "Another bureau works on the same subject")
    pages["XB"].goto("/deconfliction")
    row = pages["XB"].get_by_role("row", name="XB-2026-0700")
    expect(row.locator("td").last.locator("time")).to_have_count(1)  # they took note
    for page in pages.values():
        page.goto("/deconfliction")
        page.get_by_label("Off").check()
        page.get_by_role("button", name="Set it").click()
