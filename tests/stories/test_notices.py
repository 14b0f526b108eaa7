"""A red notice from its draft to the desk that waits for it, by two officers and the neutral review."""

import re

from playwright.sync_api import Page, expect

from .served import Demo, Visit
from .steps import fill_in, inbox, not_reloaded, say_why

SOON_MS = 10_000
FIELDS = {
    "facts": "He sold forged passports in the street behind the parliament.",
    "place": "Cordava City",
    "date": "2025-11-20",
    "charge": "Forgery of documents",
    "law": "Penal Code of Cordava, section 31",
    "maximum": "1",
    "warrant": "CC-2026-44",
    "warrantDate": "2026-01-09",
    "authority": "Court of Cordava City",
}


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_red_notice_passes_two_officers_and_the_review_and_a_standing_query_rings(
    visit: Visit, demo: Demo
) -> None:
    """ "XC publishes a red notice through review and XA's standing query rings." """
    waits = visit()
    demo.sign_in(waits, "officer@xa.example")
    waits.goto("/standing/new")
    say_why(waits, "wanted", "XA-2026-0801")
    waits.locator("#f-text").fill("Emmerich Talvordo 1977")
    press(waits, "Keep this search")
    expect(waits.locator("main")).to_contain_text("It has not rung yet")
    desk = inbox(waits)

    drafter = visit()
    demo.sign_in(drafter, "officer@xc.example")
    drafter.goto("/notices/new?colour=red")
    drafter.locator("input[name=reach][value=all]").check()
    fill_in(drafter, name="Emmerich Talvordo", birthDate="1977-04-02", passportNumber="C60011223")
    drafter.locator("#p-gender").select_option("male")
    for name, value in FIELDS.items():
        drafter.locator(f"#f-field-{name}").fill(value)
    for box in drafter.locator("input[name=attest]").all():
        box.check()
    press(drafter, "Keep the draft")
    drafter.wait_for_url(re.compile(r"/notices/[0-9a-f]{32}$"))
    notice = drafter.url
    press(drafter, "Submit for the check")
    expect(drafter.get_by_role("alert")).to_contain_text("Below the threshold no red notice")
    drafter.get_by_role("link", name="Edit").click()
    drafter.locator("#f-field-maximum").fill("8")
    press(drafter, "Keep the draft")
    press(drafter, "Submit for the check")
    expect(drafter.get_by_role("button", name="Approve")).to_have_count(0)
    assert posted(drafter, "check", approve="yes") == 403  # not offered, and refused

    second = visit()
    demo.sign_in(second, "second@xc.example")
    second.goto("/inbox")
    second.locator(f".alerts a[href='{path(notice)}']").first.click()
    press(second, "Approve")
    drafter.reload()
    press(drafter, "Send to the neutral review")

    reviewer = visit()
    demo.sign_in(reviewer, "desk@xz.example")
    reviewer.goto("/inbox")
    reviewer.locator(f".alerts a[href='{path(notice)}']").first.click()
    answers = reviewer.locator("textarea[name^=answer-]")
    expect(answers).not_to_have_count(0)
    press(reviewer, "Publish")
    expect(reviewer.get_by_role("alert")).to_contain_text("is not answered")
    for answer in answers.all():
        answer.fill("The parliament is where it happened, nothing more.")
    expect(desk).not_to_contain_text("A record meets a standing query")
    press(reviewer, "Publish")
    expect(reviewer.locator("main .line")).to_contain_text("Published")

    expect(desk).to_contain_text("A record meets a standing query", timeout=SOON_MS)
    published = desk.locator(f".alerts a[href='{path(notice)}']")  # XA subscribed to red
    expect(published).to_have_count(1, timeout=SOON_MS)
    assert not_reloaded(waits)
    published.click()
    say_why(waits, "wanted", "XA-2026-0801")  # another bureau's notice is opened for a purpose
    waits.locator("main form button.primary").click()
    expect(waits.locator("h1")).to_contain_text("Emmerich Talvordo")
    expect(waits.locator("main")).not_to_contain_text("The parliament is where it happened")
    printed = waits.context.request.get(waits.get_by_role("link", name="As PDF").get_attribute("href") or "")
    assert printed.headers["content-type"] == "application/pdf"
    assert printed.body().startswith(b"%PDF")
    waits.get_by_role("link", name="To print").click()
    expect(waits.locator(".paper")).to_contain_text("Emmerich Talvordo")


def path(address: str) -> str:
    return f"/{address.split('/', 3)[3]}"


def posted(page: Page, step: str, **said: str) -> int:
    """The answer to a form that the page does not offer."""
    sent: int = page.evaluate(
        """async ([step, said]) => {
            const version = document.querySelector("input[name=version]").value;
            const body = new URLSearchParams({ version, ...said });
            return (await fetch(`${location.pathname}/${step}`, { method: "POST", body })).status; }""",
        [step, said],
    )
    return sent
