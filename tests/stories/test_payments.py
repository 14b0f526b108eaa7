"""Payments in a browser: an open board rings by itself, no script is needed, nobody is shut out."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from rooms.intercepted import XA_IBAN, XB_IBAN, form

from .served import MUST, Demo, Visit
from .test_everyone import AXE, LOOKS, Looking

SOON_MS = 3_000
POST = """async ([path, body]) => {
  const headers = {"content-type": "application/json"};
  const answer = await fetch(path, {method: "POST", headers, body: JSON.stringify(body)});
  return [answer.status, await answer.json()];
}"""


def post(page: Page, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """Over the API, from an officer's own page."""
    status, said = page.evaluate(POST, [f"/api/v1/payments/requests{path}", body])
    assert status in (200, 201), said
    kept: dict[str, Any] = said
    return kept


def step(page: Page, it: dict[str, Any], name: str, **said: Any) -> dict[str, Any]:
    return post(page, f"/{it['id']}/steps", {"do": {"step": name, **said}})


def sent(author: Page, second: Page, **said: Any) -> dict[str, Any]:
    """A request of an hour ago, drafted, approved and sent."""
    now = datetime.now(UTC)
    moments = {
        "executed_at": (now - timedelta(hours=1)).isoformat(timespec="seconds"),
        "reported_at": (now - timedelta(minutes=30)).isoformat(timespec="seconds"),
        "recall": {},
        "uetr": "",
    }
    draft = post(author, "", form(**{**moments, **said}))
    checked = step(second, draft, "approve", version=draft["version"])
    return step(author, draft, "send", version=checked["version"])


@pytest.fixture
def pair(visit: Visit, demo: Demo) -> tuple[Page, Page]:
    """Arvenia's officer and its second."""
    pages = visit(), visit()
    for page, email in zip(pages, ("officer@xa.example", "second@xa.example"), strict=True):
        demo.sign_in(page, email)
    return pages


def test_an_open_board_shows_what_arrives_rings_and_counts_in_its_title(
    visit: Visit, demo: Demo, pair: tuple[Page, Page]
) -> None:
    page = visit()
    demo.sign_in(page, "officer@xb.example")
    with page.expect_response("**/payments/part*"):  # what came while it was being loaded
        page.goto("/payments")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.evaluate("window.same = true")
    it = sent(*pair, amount="1234.56")
    expect(page.get_by_role("alert")).to_contain_text("Act now", timeout=SOON_MS)
    expect(page.locator(f"a[href='/payments/requests/{it['id']}']")).to_be_visible()
    assert "‼" in page.title()
    assert page.evaluate("window.same") is True, "without reload"
    page.get_by_role("link", name="I have seen it").click()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_who_asked_sees_on_the_open_request_that_it_was_acknowledged(
    visit: Visit, demo: Demo, pair: tuple[Page, Page]
) -> None:
    it = sent(*pair, amount="77.10")
    author = pair[0]
    with author.expect_response("**/part?seen=*"):
        author.goto(f"/payments/requests/{it['id']}")
    other = visit()
    demo.sign_in(other, "officer@xb.example")
    step(other, it, "acknowledge")
    expect(author.get_by_role("alert")).to_contain_text("Acknowledged", timeout=SOON_MS)


def test_from_report_to_hold_without_script(visit: Visit, demo: Demo) -> None:
    page = visit(script=False)
    demo.sign_in(page, "officer@xa.example")
    page.goto("/payments/new")
    page.locator("[name=summary]").fill(f"She paid to {XB_IBAN} an hour ago.")
    page.locator("[name=amount]").fill("9,5")
    page.locator("[name=currency]").fill("EUR")
    page.get_by_role("button", name="Check", exact=True).last.click()
    expect(page.locator("[id='f-amount-errors']")).to_be_visible()
    expect(page.locator("[name=amount]")).to_have_value("9,5")
    page.locator("[name=amount]").fill("9.50")
    page.locator("[name='debtor/name']").fill("Ansa Kell")
    page.locator("[name='debtor/account']").fill(XA_IBAN)
    page.get_by_role("button", name="Check", exact=True).last.click()
    page.locator("button[value^='lift:creditor:']").click()
    expect(page.locator("[name='creditor/account']")).to_have_value(XB_IBAN)
    page.get_by_role("button", name="Keep as draft").click()
    page.wait_for_url("**/payments/requests/*")
    expect(page.locator("main")).to_contain_text("Missing to send")
    expect(page.locator("h1")).to_contain_text("9.50 EUR")


@pytest.mark.parametrize(("lang", "theme"), LOOKS)
def test_no_page_of_payments_shuts_anybody_out(
    visit: Visit, demo: Demo, pair: tuple[Page, Page], lang: str, theme: str
) -> None:
    if not AXE.exists():
        (pytest.fail if MUST else pytest.skip)("axe-core is not installed: make pages")
    it = sent(*pair, amount=f"310.{len(lang + theme):02d}")  # another payment each time
    look = Looking(visit(lang, color_scheme=theme, reduced_motion="reduce"))
    page = look.page
    demo.sign_in(page, "second@xb.example")
    own = f"/payments/requests/{it['id']}"
    look("/payments")
    look(own)
    for name, said in (
        ("acknowledge", {}),
        ("hold", {"amount": "100.00", "kind": "court-order", "legal": "Order 7", "no_limit": "Act, 30"}),
        ("move", {"amount": "50.00", "to": {"country": "XC"}}),
    ):
        step(page, it, name, **said)
    look(own)
    page.locator("#step-hold [name=amount]").fill("100000.00")
    page.locator("#step-hold [name=legal]").fill("Order 8")
    page.locator("#step-hold [name=kind]").select_option("court-order")
    page.locator("#step-hold button").click()
    look()  # with faults
    look("/payments/new")
    page.locator("[name=amount]").fill("x")
    page.locator(".sticky .primary").click()
    look()  # with faults, and what the check says
    addresses = ("/payments", own, "/payments/new", "/payments/rules", "/payments/statistics")
    look("/payments/rules")
    look("/payments/statistics")
    look.narrow(*addresses)
    assert sorted(set(look.wrong)) == []
