"""One payment from a bank's confirmation to its return, as officers of two bureaus see it: pasted, checked,
sent, held, followed; then the same in Arabic on a phone."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Locator, Page, expect

from entente.demo import payments_files as given
from entente.demo.payments_statement import MULE, NEXT
from entente.match.banking.payments import Original
from rooms.bank_files import answered, returned

from .served import Demo, Visit
from .test_everyone import AXE, faults
from .test_papers import PHONE, no_sideways, press

SOON_MS = 5_000
LAW = "Act on financial intelligence of Belmark, section 24"
DOORS = tuple(
    f"/payments/{door}"
    for door in ("messages", "import", "tags", "transfers", "traces", "rules", "statistics")
)


def looked_at(page: Page) -> None:
    """Nobody is shut out of the page as it stands, with all that folds open."""
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    if AXE.exists():
        assert faults(page) == []


def choose(page: Page | Locator, **values: str) -> None:
    """Fill fields by their names, with "__" for "/"."""
    for name, value in values.items():
        field = page.locator(f"[name='{name.replace('__', '/')}']")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def step(page: Page, what: str, /, ends: datetime | None = None, **values: str) -> None:
    """Open the small form of a step, fill it, and do it."""
    box = page.locator(f"#step-{what}")
    if not box.evaluate("box => box.open"):
        box.locator("summary").first.click()
    if box.locator("details").count():
        box.locator("details summary").click()
    choose(box, **values)
    if ends:
        box.locator("[name='ends.date']").fill(f"{ends:%Y-%m-%d}")
        box.locator("[name='ends.time']").fill(f"{ends:%H:%M}")
    box.locator("button").last.click()


def state(page: Page, said: str) -> None:
    expect(page.locator("p.line").first).to_contain_text(said)


def send(page: Page, where: str, name: str, data: bytes) -> None:
    """A file into the one form of a page that takes one, and on to what became of it."""
    page.goto(where)
    page.locator("#f-file").set_input_files({"name": name, "mimeType": "text/plain", "buffer": data})
    page.locator("form[enctype] .actions button").first.click()
    page.wait_for_url(f"**{where}/*")


def pasted(page: Page, text: str) -> str:
    """Paste a confirmation into the one screen, complete it, check it, keep it; the request's address."""
    page.goto("/payments/new")
    looked_at(page)
    page.locator("[name=message]").fill(text)
    press(page, "Put it into the fields")
    expect(page.locator("[name='creditor/account']")).to_have_value(MULE)
    expect(page.locator("[name=amount]")).to_have_value("7300.00")
    choose(page, scam="business-email", measure="freeze", victim_consents="yes", grade="B2")
    choose(page, legal_basis="Code of Criminal Procedure of Arvenia, section 111")
    choose(page, police_report="PA-2026-0061")
    page.locator(".sticky .primary").click()
    says = page.locator(".verdicts")
    expect(says).to_contain_text("Complete")
    expect(says).to_contain_text("Bureau of Belmark")
    expect(says).to_contain_text("by the country of the IBAN")
    expect(says).to_contain_text("Seen before")
    assert says.locator("a[href^='/payments/requests/']").count() >= 2, "the account of the demo's requests"
    looked_at(page)
    press(page, "Keep as draft")
    page.wait_for_url("**/payments/requests/*")
    return page.url


def followed(page: Page, demo: Demo, request: str) -> str:
    """Load the statement, find the payment of the request in it, follow it; the trace's address."""
    send(page, "/payments/transfers", "statement.csv", given.statement(datetime.now(UTC)))
    page.locator("[name=intercept]").fill(request.rpartition("/")[2])
    press(page, "Search")
    row = page.get_by_role("row", name=given.THIRD.text)
    expect(row.locator(".badge")).to_have_count(4)
    row.get_by_role("checkbox").check()
    page.locator("[name=victim]").fill("Growers")
    press(page, "Add the chosen")
    expect(page.locator("[name=seeds]")).to_have_value("57; Growers")
    page.locator("[name=show]").check()
    looked_at(page)
    press(page, "Follow it")
    page.wait_for_url("**/payments/traces/*")
    return page.url.partition("?")[0]


def test_a_payment_is_pasted_checked_sent_held_followed_and_sent_back(visit: Visit, demo: Demo) -> None:
    now = datetime.now(UTC)
    author, second, holder = visit(), visit(), visit()
    demo.sign_in(author, "officer@xa.example")
    request = pasted(author, given.mt103(now).decode())
    looked_at(author)

    demo.sign_in(second, "second@xa.example")
    second.goto(request)
    press(second, "Approve as second officer")
    state(second, "Checked by a second officer")

    demo.sign_in(holder, "officer@xb.example")
    with holder.expect_response("**/payments/part*"):
        holder.goto("/payments")
    looked_at(holder)
    holder.evaluate("window.same = true")
    author.reload()
    press(author, "Send now")
    state(author, "Delivered")
    own = request.removeprefix(demo.address)
    expect(holder.get_by_role("alert")).to_contain_text("Act now", timeout=SOON_MS)
    assert holder.evaluate("window.same") is True and "‼" in holder.title()
    holder.locator(f"a[href='{own}']").click()
    holder.wait_for_url(request)

    press(holder, "Acknowledge")
    state(holder, "Acknowledged")
    step(holder, "pass", to="institution", name="Bank of Belmark")
    state(holder, "With the bank or provider")
    step(holder, "hold", now + timedelta(days=6), amount="3300.00", kind="voluntary-bank", legal=LAW)
    state(holder, "A part is held")
    moved = {"to__account": NEXT, "to__bic": "ENTCXCCC", "name": "Velda Nominee"}
    step(holder, "move", amount="4000.00", knowledge="Statement of the account", **moved)
    expect(holder.locator("main")).to_contain_text("Where it moved on to")
    holder.locator("summary", has_text="Ask the next bureau").click()
    press(holder, "Draft the request")
    holder.wait_for_url(lambda url: "/payments/requests/" in url and url != request)
    expect(holder.locator("h1")).to_contain_text("000.00 EUR")
    expect(holder.locator("main")).to_contain_text("It follows from")

    holder.goto(request)
    reference = holder.locator("p.line code.id").inner_text()
    sums = {"amount": (7300_00, "EUR")}
    named = Original(uetr=given.MT103_UETR)
    told = answered(reference, created=now, original=named, resolved=(3300_00, "EUR"), **sums)
    send(holder, "/payments/messages", "camt.029.xml", told)
    expect(holder.locator("main")).to_contain_text("matched by our reference")
    expect(holder.locator("main")).to_contain_text("Proposed: Agree to the return")
    looked_at(holder)
    press(holder, "Accept and do it")
    expect(holder.locator("main")).to_contain_text("Accepted")

    trace = followed(holder, demo, request)
    expect(holder.locator("figure svg")).to_have_count(2)
    accounts = holder.locator("table", has_text="Lies there")
    expect(accounts).to_contain_text(MULE)
    expect(accounts).not_to_contain_text(NEXT)  # FIFO: older money went out first
    holder.locator("a[href$='?rule=lifo']").first.click()
    expect(accounts).to_contain_text(NEXT)
    looked_at(holder)
    author.goto(f"/payments/traces?intercept={request.rpartition('/')[2]}")
    author.locator(f"a[href='{trace.removeprefix(demo.address)}']").click()
    expect(author.locator("figure svg")).to_have_count(2)
    expect(author.locator("a[href^='/payments/transfers/']")).to_have_count(0)

    back = returned(
        original=Original(uetr=given.MT103_UETR),
        amount=(3300_00, "EUR"),
        original_amount=(7300_00, "EUR"),
        created=datetime.now(UTC),
    )
    send(holder, "/payments/messages", "pacs.004.xml", back)
    expect(holder.locator("main")).to_contain_text("Proposed: Money is returned")
    press(holder, "Accept and do it")
    holder.goto(request)
    state(holder, "A part is returned")
    expect(holder.get_by_role("row", name="Returned")).to_contain_text("300.00")
    expect(holder.get_by_role("row", name="Asked")).to_contain_text("adds up")
    looked_at(holder)
    author.goto(request)
    state(author, "A part is returned")
    for address in DOORS:
        author.goto(address)
        looked_at(author)


def test_in_arabic_on_a_phone_nothing_is_cut_off_and_nobody_shut_out(visit: Visit, demo: Demo) -> None:
    page = visit(lang="ar", viewport=PHONE, color_scheme="dark", reduced_motion="reduce")
    demo.sign_in(page, "officer@xb.example")
    page.goto("/payments")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    requests = [a.get_attribute("href") for a in page.locator("th a[href^='/payments/requests/']").all()]
    send(page, "/payments/messages", "stray.xml", given.stray(datetime.now(UTC)))
    message = page.url.removeprefix(demo.address)
    page.goto("/payments/traces")
    trace = page.locator("a[href^='/payments/traces/']").first.get_attribute("href")
    page.goto("/payments/transfers")
    file = page.locator("th a[href^='/payments/transfers/']").first.get_attribute("href")
    assert requests and trace and file
    for address in (*DOORS, "/payments", "/payments/new", *requests[:2], message, file, trace):
        page.goto(str(address))
        looked_at(page)
        no_sideways(page)
