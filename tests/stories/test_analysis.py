"""The network behind the pesticide: two bureaus contribute, files meet, an analyst finds the broker and names
the leader, and publishes a report once nothing in it is more than its reader may see."""

from datetime import date, timedelta

from playwright.sync_api import Locator, Page, expect

from .served import Demo, Visit
from .test_everyone import Looking, looking

__all__ = ["looking"]  # a fixture
TITLE, OTHER = "Hemlock: counterfeit pesticide", "Saltpan: precursors by sea"
PASSPORT = "B88120417"
THEIRS = {
    "analyst@xa.example": ("Saltpan", "Rosenkrantz", "COR-2026"),
    "officer@xc.example": ("Hemlock", "Rosenkranz", "BEL-2026"),
}
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


def push(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def choose(page: Page, field: str, text: str) -> None:
    """The option of a field that holds a text."""
    option = page.locator(f"{field} option", has_text=text).first
    page.locator(field).select_option(option.get_attribute("value"))


def press(page: Page, *keys: str) -> None:
    page.locator(".c-canvas").focus()
    for key in keys:
        page.keyboard.press(key)


def contribute(page: Page, source: str, text: str, name: str) -> None:
    """A person with one passport, to the file that is open."""
    page.get_by_role("link", name="Contribute").last.click()
    page.locator("#f-source").fill(source)
    page.locator("#f-scheme").select_option("4x4")
    page.locator("#f-grade").fill("B2")
    page.locator("#f-text").fill(text)
    page.locator("#f-a-name").fill(name)
    page.locator("#f-a-number").fill(PASSPORT)
    page.locator("main").get_by_role("button", name="Contribute").click()
    expect(page.locator("main")).to_contain_text(source)
    expect(page.locator("main")).to_contain_text(name)


def connections(page: Page) -> Locator:
    """The alerts of the inbox that tell of another bureau's file, newest first."""
    page.goto("/inbox")
    return page.locator(".alerts li", has_text="There is a connection")


def test_what_two_bureaus_contribute_meets_and_both_are_told_whom_to_ask(visit: Visit, demo: Demo) -> None:
    demo.work()
    told = {email: signed_in(visit, demo, email) for email in THEIRS}
    before = {email: connections(page).count() for email, page in told.items()}

    page = signed_in(visit, demo, "officer@xb.example", script=False)
    open_file(page)
    contribute(page, "BEL-2026-0501", "Rented the van that was seen at the mill.", "Mirko Rosenkranz")
    demo.work()
    for email, page in told.items():
        expect(connections(page)).to_have_count(before[email])

    page = told["officer@xc.example"]
    open_file(page, OTHER)
    contribute(page, "COR-2026-0077", "Collected two drums from the quay.", "M. Rosenkrantz")
    demo.work()
    for email, other in (("analyst@xa.example", "XC"), ("officer@xc.example", "XA")):
        rung = connections(told[email])
        expect(rung).to_have_count(before[email] + 1)
        expect(rung.first).to_contain_text(other)
        for theirs in THEIRS[email]:
            expect(rung.first).not_to_contain_text(theirs)


def test_from_a_moniker_to_the_network_the_broker_and_the_leader(visit: Visit, demo: Demo) -> None:
    page = signed_in(visit, demo, "analyst@xa.example")
    file = open_file(page)
    page.goto(f"{file}/charts")
    page.locator("#f-title").fill("From a moniker")
    push(page, "Make it")
    page.wait_for_url("**/charts/*")
    counts, said = page.locator(".c-counts"), page.locator(".c-said")
    expect(counts).to_contain_text("0 items")
    press(page, "/")
    page.keyboard.type("the Apothecary")
    page.get_by_role("option", name="Anton Velkov").click()
    expect(counts).to_contain_text("1 items")

    press(page, "Control+a", "e")  # what it would bring is counted first, by kind
    asked = page.get_by_role("dialog")
    expect(asked.get_by_text("Up to 5 links.")).to_be_visible()
    asked.get_by_label("Directorship").uncheck()
    expect(asked.get_by_text("Up to 4 links.")).to_be_visible()
    asked.get_by_label("At most").fill("2")
    push(asked, "Expand")
    expect(said).to_contain_text("Showing 2 of 4")
    expect(counts).to_contain_text("3 items")
    press(page, "Control+z")
    expect(counts).to_contain_text("1 items, 0 links")
    press(page, "Control+Shift+z")
    expect(counts).to_contain_text("3 items")

    for _ in range(9):
        press(page, "Control+a", "e")
        push(asked, "Expand")
        expect(asked).to_have_count(0)
        if "Nothing new" in said.inner_text():
            break
    expect(page.get_by_label("Legend and filters")).to_contain_text("Company")

    press(page, "Escape", "5")  # asked at once: what is not saved yet is saved first
    page.get_by_label("Question").select_option("brokers")
    first = page.get_by_label("Measures", exact=True).locator("tbody tr").first
    expect(first).to_contain_text("Nadir Farouki")
    expect(first).to_contain_text("XB – XC")

    press(page, "1", "6")
    push(page, "Simulate")
    steps = page.get_by_label("Removal", exact=True).locator("tbody tr")
    expect(steps.nth(0)).to_contain_text("as it stands")
    expect(steps.nth(1).locator("th")).to_have_text("Nadir Farouki")
    expect(steps.nth(1)).not_to_contain_text("100 %")
    expect(steps.nth(1).locator("td").last).to_contain_text("Goran Petrosyants")  # who is central next

    page.goto(f"{file}/subjects/new")
    choose(page, "#f-record", "Anton Velkov")
    page.locator("#f-category").select_option("leader")
    page.locator("#f-rationale").fill(RATIONALE)
    page.locator("#f-reviewDue").fill((date.today() + timedelta(days=90)).isoformat())
    push(page, "Propose")
    proposal = page.locator("article", has_text="Anton Velkov")
    expect(proposal).to_contain_text("Whoever proposed it does not approve it")
    expect(proposal.get_by_role("button", name="Approve", exact=True)).to_have_count(0)
    page.goto(file)
    leaders = page.locator("main dl > div", has=page.get_by_text("Leader", exact=True))
    expect(leaders).to_have_count(0)
    second = signed_in(visit, demo, "officer@xb.example")
    second.goto(f"{file}/subjects")
    push(second.locator("article", has_text="Anton Velkov"), "Approve")
    page.goto(file)
    expect(leaders).to_contain_text("Anton Velkov")


def address(page: Page, name: str) -> str:
    """The last part of where a link leads: the number of a record or a chart."""
    href = page.get_by_role("link", name=name, exact=True).first.get_attribute("href")
    assert href is not None
    return href.rpartition("/")[2]


def test_a_report_goes_out_only_when_its_reader_may_see_what_it_is_made_of(visit: Visit, demo: Demo) -> None:
    page = signed_in(visit, demo, "analyst@xa.example", script=False)
    file = open_file(page)
    cited = {}
    for source, name in (("XB-2026-0391", "Luca Morandell"), ("XC-2026-0391", "Rania Tarabishi")):
        page.goto(file)
        page.get_by_role("link", name=source).click()
        cited[name] = address(page, name)
    page.goto(f"{file}/charts")
    chart = address(page, "Around the Apothecary")

    page.goto(f"{file}/reports")
    page.locator("#f-title").fill("Who joins Belmar and Cordava")
    push(page, "Begin")
    report = page.url.removesuffix("/edit")
    for block in ("Text", "Text", "Chart", "Measures"):
        push(page, block)
    page.locator("#f-b0-text").fill("One man drives for all of them: [[Luca Morandell]].")
    page.locator("#f-b1-text").fill(f"Beyond the border stands [[{cited['Rania Tarabishi']}]].")
    page.locator("#f-b2-chart").select_option(chart)
    page.locator("#f-b3-chart").select_option(chart)
    page.locator("#f-b3-caption").fill("Who matters around the Apothecary")
    page.locator("#f-r0-bureau").select_option("XD")
    push(page, "Save")

    page.goto(f"{report}/check")
    expect(page.locator(".notice.bad")).to_contain_text("cannot be published")
    blocked = page.locator("main tbody tr")
    for name in ("Luca Morandell", "Rania Tarabishi", "Nadir Farouki"):
        expect(blocked.filter(has_text=name).first).to_contain_text("XD")
    page.goto(f"{report}/edit")  # a sentence of one's own, without the source
    page.locator("#f-b1-text").fill("Beyond the border stands one whom we do not name here.")
    push(page, "Save")
    page.goto(f"{report}/check")
    expect(blocked.filter(has_text="Rania Tarabishi")).to_have_count(0)
    expect(blocked.filter(has_text="Luca Morandell").first).to_contain_text("XD")

    owner = signed_in(visit, demo, "officer@xb.example")
    owner.goto(f"{report}/check")  # what is left is of his bureau: he releases it, for this report
    owner.get_by_label("XD").check()
    push(owner, "Release")
    expect(owner.locator(".notice.good")).to_contain_text("Nothing stands in the way")

    page.goto(report)
    choose(page, "#f-approver", "Amina Rask")
    push(page, "Ask for the approval")
    expect(page.get_by_role("button", name="Approve", exact=True)).to_have_count(0)  # not by its author
    owner.goto(report)
    push(owner, "Approve")
    page.goto(report)
    push(page, "Publish and send the copies")
    expect(page.locator("main .badge").first).to_have_text("Published")

    reader = signed_in(visit, demo, "officer@xd.example")
    reader.goto("/reports")
    reader.get_by_role("link", name="Who joins Belmar and Cordava").click()
    copy = reader.locator("article.report")
    expect(copy.locator(".marking").first).to_contain_text("Copy 1")
    expect(copy).to_contain_text("One man drives for all of them")
    expect(copy).to_contain_text("Luca Morandell")
    expect(copy.get_by_role("img")).to_have_count(1)
    expect(copy.get_by_role("row", name="Nadir Farouki")).to_have_count(1)
    expect(reader.locator("main")).not_to_contain_text("Rania")
    with reader.expect_download() as got:
        reader.get_by_role("link", name="PDF").click()
    assert got.value.path().read_bytes().startswith(b"%PDF")
    reader.locator("#f-verdict").select_option("useful")
    reader.locator("#f-text").fill("We hold the driver.")
    push(reader, "Tell the bureau that wrote it")
    expect(reader.locator("main")).to_contain_text("You said")
    page.goto(f"{report}/feedback")
    expect(page.locator("main")).to_contain_text("We hold the driver.")

    owner.goto(f"/records/{cited['Luca Morandell']}/handling")  # restricted after publication
    owner.locator("input[name=see_mode][value=named]").check()
    push(owner, "Save the handling")
    demo.work()
    page.goto(report)
    expect(page.locator("main .badge").first).to_have_text("Suspended")
    reader.reload()
    expect(reader.locator(".notice.bad")).to_contain_text("Do not act on it")
    expect(reader.locator("main")).not_to_contain_text("Luca")
    reader.goto("/inbox")
    expect(reader.locator(".alerts li", has_text="An analytical report is suspended")).to_have_count(1)


def test_no_page_of_analysis_files_shuts_anybody_out(looking: tuple[Looking, str], demo: Demo) -> None:
    look, looks = looking
    page = look.page
    demo.sign_in(page, "analyst@xa.example")
    look("/files")
    page.locator("main a", has_text="Hemlock").click()
    page.wait_for_url("**/files/*")
    look()
    file = page.url.removeprefix(demo.address)
    page.locator("main a[href*='/contributions/']").first.click()
    page.wait_for_url("**/contributions/*")
    look()
    for part in ("contribute", "subjects", "subjects/new", "charts", "reports"):
        look(f"{file}/{part}")
    page.locator("#f-title").fill(f"Report {looks}")
    page.locator("main form button").first.click()
    page.wait_for_url("**/edit")
    page.locator("button[value=add-text]").click()
    page.locator("#f-b0-text").fill("Nothing yet.")
    look()
    page.locator("button[value=save]").click()
    page.wait_for_url("**/reports/*")
    report = page.url.removeprefix(demo.address)
    look()
    look(f"{report}/check")
    imports = f"/files/imports/{file.rpartition('/')[2]}"
    look(imports)
    look("/reports")
    page.goto(f"{file}/charts")
    page.locator("main tbody a").first.click()
    expect(page.locator(".c-counts")).not_to_be_empty()
    look()
    for key in ("t", "5", "6"):
        press(page, "1", key)
        look()
    look.narrow(file, f"{file}/contribute", f"{file}/subjects", f"{file}/charts", f"{report}/edit", imports)
