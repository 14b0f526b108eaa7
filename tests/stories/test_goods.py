"""A rise of counterfeit whisky by river in a browser: reported, brought in, found, judged, answered by
an operation; then the same pages in Arabic on a phone."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from .served import Demo, Visit
from .steps import say_why
from .test_papers import PHONE, no_sideways, press
from .test_payments_followed import choose, looked_at

HEAD = "Reference,Date,Country,Place,Goods,State of goods,Quantity,Unit,Concealment,Mode,Origin,Destination"
WAY = "counterfeit,{many},litres,misdeclare,inland waterway,XD,XA"
RIVER = "Inland waterway"
PAGES = ("/trends", "/trends/seizures/new", "/trends/import", "/trends/findings", "/trends/operations",
         "/trends/targets", "/trends/figures/flows", "/trends/figures/surges",
         "/trends/figures/series?goods=alcohol.spirits&by=place")  # fmt: skip


def months(many: int) -> list[str]:
    """The last months that are over, the newest last, as 2026-03."""
    day, found = datetime.now(UTC).date(), list[str]()
    for _ in range(many):
        day = day.replace(day=1) - timedelta(days=1)
        found.append(f"{day:%Y-%m}")
    return found[::-1]


def table(last: str = "250") -> str:
    """One seizure a month by river, and nine in the last month; `last` is the last one's quantity."""
    over = months(14)
    said = [(month, 1, "300") for month in over[:-1]]
    said += [(over[-1], n, "250") for n in range(1, 9)] + [(over[-1], 9, last)]
    rows = [
        f"R-{month}-{n},{month}-{n:02},XA,River lock,whisky,{WAY.format(many=much)}"
        for month, n, much in said
    ]
    return "\n".join([HEAD, *rows]) + "\n"


def give(page: Page, said: str) -> None:
    page.locator("#f-file").set_input_files(
        {"name": "river.csv", "mimeType": "text/csv", "buffer": said.encode()}
    )
    page.locator("button[value=check]").click()


def purpose(page: Page) -> None:
    """The first page of figures asks why, once."""
    page.goto("/trends/figures/surges")
    say_why(page, "analysis", "XA-2026-0519, river police")
    press(page, "Continue")
    expect(page.locator("h1")).to_have_text("Rises and new ways")


def test_a_rise_is_reported_found_judged_and_answered(visit: Visit, demo: Demo) -> None:
    officer, second = visit(), visit()
    demo.sign_in(officer, "analyst@xa.example")
    demo.sign_in(second, "second@xa.example")

    # Eight fields, one of them wrong, then kept.
    officer.goto("/trends/seizures/new")
    choose(officer, items__0__what="whisky", items__0__quantity="-3 litres", country="XA, River lock")
    choose(officer, date=f"{datetime.now(UTC):%Y-%m-%d}", to="XA", mode="inland_water", detection="dog")
    officer.locator("#f-from").fill("XD")
    press(officer, "Keep it")
    expect(officer.locator("[id='f-items/0/quantity']")).to_have_attribute("aria-invalid", "true")
    looked_at(officer)
    officer.locator("[id='f-items/0/quantity']").fill("275 litres")
    press(officer, "Keep it")
    officer.wait_for_url("**/trends/seizures/*")
    expect(officer.locator("main")).to_contain_text("275")
    looked_at(officer)

    # A file with a wrong row: nothing is kept, the row is mended, all is kept for everyone.
    officer.goto("/trends/import")
    give(officer, table("-5"))
    faults = officer.get_by_role("region", name="Rows with faults").first
    expect(faults).to_contain_text("23")
    expect(faults).to_contain_text("Quantity")
    looked_at(officer)
    give(officer, table())
    expect(officer.get_by_role("region", name="Rows with faults")).to_have_count(0)
    officer.locator("#f-share").select_option("everyone")
    press(officer, "Keep them")
    expect(officer.get_by_role("status")).to_contain_text("Seizures in the file: 22. New or changed: 22.")

    # Found and explained: the rise, each of its seizures, the series.
    purpose(officer)
    rise = officer.get_by_role("row").filter(has_text=RIVER).filter(has_text="Spirits")
    expect(rise).to_contain_text("9")
    looked_at(officer)
    rise.get_by_role("link").first.click()
    expect(officer.locator("h1")).to_contain_text("Whisky · XA River lock")
    officer.goto("/trends/figures/series?goods=alcohol.spirits&country=xa&side=place&by=mode")
    expect(officer.locator("figure svg").first).to_be_visible()
    expect(officer.locator("main")).to_contain_text(RIVER)
    looked_at(officer)
    officer.goto("/trends/findings")
    press(officer, "Look now")
    finding = officer.get_by_role("row").filter(has_text=RIVER).filter(has_text="Sudden rise")
    finding.get_by_role("link").click()
    expect(officer.locator("main ul").first.get_by_role("link")).to_have_count(9)
    press(officer, "Take it up")
    officer.locator("[name=why]").fill("Declared as vinegar since the lock was rebuilt")
    officer.locator("button[name=to][value=confirmed]").click()
    expect(officer.locator("dl.facts")).to_contain_text("Confirmed")
    looked_at(officer)

    # An operation and its list, which a second officer approves; what the checks brought.
    officer.goto("/trends/operations")
    officer.get_by_text("Plan an operation").click()
    today = datetime.now(UTC).date()
    choose(officer, name="Still waters", countries="xa", since=f"{today}", until=f"{today + timedelta(30)}")
    officer.locator("select[name=goods], input[name=goods][value='alcohol.spirits']").first.evaluate(
        "e => { if (e.options) { for (const o of e.options) o.selected = o.value === 'alcohol.spirits' }"
        " else { e.checked = true } }"
    )
    press(officer, "Plan it")
    officer.wait_for_url("**/trends/operations/*")
    looked_at(officer)
    press(officer, "Begin")
    officer.get_by_role("link", name="Make a list of targets for it").click()
    choose(officer, name="Barges from Drummen", targets="2", control="1")
    officer.locator("form[action='/trends/targets'] button").last.click()
    officer.wait_for_url("**/trends/targets/*")
    expect(officer.locator("tbody").first).to_contain_text(RIVER)
    looked_at(officer)
    second.goto(officer.url)
    press(second, "Approve")
    press(second, "Begin checking")
    officer.goto(f"{officer.url}/sheet")
    expect(officer.locator("main")).not_to_contain_text("Points")
    choose(officer, target="1", result="hit", note="In the ballast tank")
    press(officer, "Keep the result")
    expect(officer.locator("#t1")).to_contain_text("In the ballast tank")
    looked_at(officer)
    second.reload()
    press(second, "Feed back")
    expect(second.locator("main")).to_contain_text("What it was worth")


def test_the_pages_of_goods_in_arabic_on_a_phone(visit: Visit, demo: Demo) -> None:
    page = visit("ar", viewport=PHONE)
    demo.sign_in(page, "second@xa.example")
    page.goto("/trends/figures/flows")
    say_why(page, "analysis", "XA-2026-0520")
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    for address in PAGES:
        page.goto(address)
        no_sideways(page)
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert any("\u0600" <= letter <= "\u06ff" for letter in page.locator("h1").inner_text()), address
        for picture in page.locator("figure.scroll").all():
            left, wide, shown = picture.evaluate("f => [f.scrollLeft, f.scrollWidth, f.clientWidth]")
            assert left == 0 and picture.evaluate("f => getComputedStyle(f).direction") == "rtl"
            edge = picture.locator("svg").evaluate("s => s.getBoundingClientRect().right")
            assert wide <= shown or edge <= PHONE["width"], "its right end is seen first"
