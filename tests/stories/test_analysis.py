"""The network behind the pesticide: two bureaus contribute, files meet, an analyst finds the broker and names
the leader, and publishes a report once nothing in it is more than its reader may see."""

from datetime import date, timedelta

from playwright.sync_api import Page, expect

from .served import Demo, Visit
from .test_everyone import Looking, looking

__all__ = ["looking"]  # a fixture
TITLE = "Hemlock: counterfeit pesticide"
THEIRS = {"analyst@xa.example": ("Saltpan", "G. Petrosyan"), "officer@xc.example": ("Hemlock", "BEL-2026")}
"""What of the other file neither may learn, by who is told."""
RATIONALE = "All money and every shipment that we know of came together at him; three sources say so."


def open_file(page: Page, title: str = TITLE) -> str:
    """By the list of one's files; returns its address."""
    page.goto("/files")
    page.get_by_role("link", name=title).click()
    page.wait_for_url("**/files/*")
    expect(page.locator("h1")).to_contain_text(title)
    return page.url


def signed_in(visit: Visit, demo: Demo, email: str, **more: bool) -> Page:
    page = visit(**more)
    demo.sign_in(page, email)
    return page


def choose(page: Page, field: str, text: str) -> None:
    """The option of a field that holds a text."""
    option = page.locator(f"{field} option", has_text=text).first
    page.locator(field).select_option(option.get_attribute("value"))


def press(page: Page, *keys: str) -> None:
    page.locator(".c-canvas").focus()
    for key in keys:
        page.keyboard.press(key)


def test_a_contribution_meets_another_file_and_both_are_told_whom_to_ask(visit: Visit, demo: Demo) -> None:
    page = signed_in(visit, demo, "officer@xb.example", script=False)
    file = open_file(page)
    page.goto(f"{file}/contribute")
    page.locator("#f-source").fill("BEL-2026-0501")
    page.locator("#f-scheme").select_option("4x4")
    page.locator("#f-grade").fill("B2")
    page.locator("#f-text").fill("Petrosyants used this passport at the bank.")
    page.locator("#f-a-name").fill("Goran Petrosyants")
    page.locator("#f-a-number").fill("B70155302")
    page.locator("#f-b-name").fill("Mirko Rosenkranz")
    page.locator("#f-l-kind").select_option("Associate")
    page.get_by_role("button", name="Contribute").click()
    expect(page.locator("main")).to_contain_text("BEL-2026-0501")
    demo.work()
    for email, other in (("analyst@xa.example", "XC"), ("officer@xc.example", "XA")):
        told = signed_in(visit, demo, email)
        told.goto("/inbox")
        alert = told.locator(".alerts li", has_text="There is a connection")
        expect(alert.first).to_contain_text(other)
        for theirs in THEIRS[email]:
            expect(alert.first).not_to_contain_text(theirs)


def test_from_a_moniker_to_the_network_the_broker_and_the_leader(visit: Visit, demo: Demo) -> None:
    page = signed_in(visit, demo, "analyst@xa.example")
    file = open_file(page)
    page.goto(f"{file}/charts")
    page.locator("#f-title").fill("From a moniker")
    page.locator("main form button").first.click()
    page.wait_for_url("**/charts/*")
    expect(page.locator(".c-counts")).to_contain_text("0 items")
    press(page, "/")
    page.keyboard.type("the Apothecary")
    expect(page.locator(".c-found [role=option]", has_text="Anton Velkov").first).to_be_visible()
    page.locator(".c-found [role=option]", has_text="Anton Velkov").first.click()
    expect(page.locator(".c-counts")).to_contain_text("1 item")
    for _ in range(3):
        press(page, "Control+a", "e")
        asked = page.locator("dialog[open]")
        expect(asked.locator(".c-choices .c-row").first).to_be_visible()
        asked.locator(".primary").click()
        expect(page.locator("dialog[open]")).to_have_count(0)
        expect(page.locator(".c-said")).to_contain_text("added")
    expect(page.locator(".c-saved")).to_have_text("Saved")
    expect(page.locator(".c-legend")).to_contain_text("Company")
    press(page, "Escape", "5")
    page.locator("select").filter(has_text="Who brokers between countries?").select_option("brokers")
    first = page.locator(".c-tab tbody tr, main tbody tr").first
    expect(first).to_contain_text("Nadir Farouki")
    press(page, "1", "6")
    page.get_by_role("button", name="Simulate").click()
    expect(page.locator(".c-curve")).to_be_visible()
    expect(page.locator("main tbody tr")).not_to_have_count(0)
    page.goto(f"{file}/subjects/new")
    choose(page, "#f-record", "Anton Velkov")
    page.locator("#f-category").select_option("leader")
    page.locator("#f-rationale").fill(RATIONALE)
    page.locator("#f-reviewDue").fill((date.today() + timedelta(days=90)).isoformat())
    page.get_by_role("button", name="Propose").click()
    mine = page.locator("article", has_text="Anton Velkov")
    mine.get_by_role("button", name="Approve", exact=True).click()
    expect(page.locator("main")).to_contain_text("does not approve it")
    second = signed_in(visit, demo, "officer@xb.example")
    second.goto(f"{file}/subjects")
    second.locator("article", has_text="Anton Velkov").get_by_role(
        "button", name="Approve", exact=True
    ).click()
    page.goto(file)
    expect(page.locator("main")).to_contain_text("Leader")


def test_a_report_goes_out_only_when_its_reader_may_see_what_it_is_made_of(visit: Visit, demo: Demo) -> None:
    page = signed_in(visit, demo, "analyst@xa.example", script=False)
    file = open_file(page)
    page.goto(f"{file}/subjects")
    broker = page.get_by_role("link", name="Nadir Farouki").get_attribute("href")
    assert broker is not None
    page.goto(f"{file}/reports")
    page.locator("#f-title").fill("Who joins Belmar and Cordava")
    page.get_by_role("button", name="Begin").click()
    report = page.url.removesuffix("/edit")
    page.goto(f"{report}/edit")
    page.get_by_role("button", name="Text", exact=True).click()
    page.locator("#f-b0-text").fill(f"One man books and pays for both: [[{broker.rpartition('/')[2]}]].")
    page.locator("#f-r0-bureau").select_option("XD")
    page.get_by_role("button", name="Save").click()
    page.goto(f"{report}/check")
    expect(page.locator(".notice.bad")).to_contain_text("cannot be published")
    expect(page.locator("tbody tr").first).to_contain_text("Nadir Farouki")
    page.goto(f"{report}/edit")
    page.locator("#f-b0-text").fill(
        "One facilitator, whom we do not name here, books and pays for both circles."
    )
    page.get_by_role("button", name="Save").click()
    page.goto(f"{report}/check")
    expect(page.locator(".notice.good")).to_contain_text("Nothing stands in the way")
    page.goto(report)
    choose(page, "#f-approver", "Amina Rask")
    page.get_by_role("button", name="Ask for the approval").click()
    second = signed_in(visit, demo, "officer@xb.example")
    second.goto(report)
    second.get_by_role("button", name="Approve", exact=True).click()
    page.goto(report)
    page.get_by_role("button", name="Publish and send the copies").click()
    expect(page.locator("main")).to_contain_text("Published")
    reader = signed_in(visit, demo, "officer@xd.example")
    reader.goto("/reports")
    reader.get_by_role("link", name="Who joins Belmar and Cordava").click()
    expect(reader.locator("article.report")).to_contain_text("One facilitator")
    expect(reader.locator("main")).not_to_contain_text("Nadir")
    with reader.expect_download() as got:
        reader.get_by_role("link", name="PDF").click()
    assert got.value.path().read_bytes().startswith(b"%PDF")
    reader.locator("#f-verdict").select_option(index=1)
    reader.get_by_role("button", name="Tell the bureau that wrote it").click()
    expect(reader.locator("main")).to_contain_text("You said")
    page.goto(f"{report}/feedback")
    expect(page.locator("main")).to_contain_text("XD")


def test_no_page_of_analysis_files_shuts_anybody_out(looking: tuple[Looking, str], demo: Demo) -> None:
    look, _looks = looking
    page = look.page
    demo.sign_in(page, "analyst@xa.example")
    look("/files")
    page.locator("main a", has_text="Hemlock").click()
    page.wait_for_url("**/files/*")
    look()
    file = page.url.removeprefix(demo.address)
    for part in ("contribute", "subjects", "subjects/new", "charts", "reports"):
        look(f"{file}/{part}")
    look(f"/files/imports/{file.rpartition('/')[2]}")
    look("/reports")
    look.narrow(file, f"{file}/contribute", f"{file}/subjects", f"{file}/charts")
