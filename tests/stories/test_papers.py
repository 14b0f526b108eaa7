"""A forged passport at a border post, on a phone: from the photograph to the alert that others hear of."""

from pathlib import Path

from playwright.sync_api import Page, expect

from entente.demo import specimens

from .served import Demo, Visit
from .steps import say_why

PHONE = {"width": 390, "height": 844}


def no_sideways(page: Page) -> None:
    """Nothing stands beyond the right edge of the phone."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"], page.url


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_forged_passport_is_photographed_judged_and_told_of(
    visit: Visit, demo: Demo, tmp_path: Path
) -> None:
    """Photo of the forged passport: reading, failed marks, lost/stolen hit, card, verdict, report, draft
    alert published by a second person, a subscriber told."""
    photograph = tmp_path / "page.jpg"
    photograph.write_bytes(specimens.photograph(specimens.forged(), 5))
    page = visit(viewport=PHONE)
    demo.sign_in(page, "analyst@xa.example")
    page.goto("/papers/checks")
    no_sideways(page)
    say_why(page, why="night train 17")
    page.locator("#f-picture").set_input_files(photograph)
    press(page, "Check it")
    page.wait_for_url("**/papers/checks/*", timeout=20_000)
    no_sideways(page)
    main = page.locator("main")
    expect(main.locator("pre.zone").first).to_contain_text("P<UTOERIKSSON<<ANNA<MARIA")
    expect(main.locator(".findings li.wrong").first).to_contain_text("The check digit is")
    expect(page.locator("section", has=page.locator("#lost"))).to_contain_text("Stolen")
    expect(page.locator("section", has=page.locator("#lost"))).to_contain_text("Potential")
    expect(page.locator("section", has=page.locator("#version"))).to_contain_text("UTO-AO-01001")
    expect(page.locator("svg rect").first).to_be_visible()
    check = page.url
    page.get_by_role("link", name="Quick check card").click()
    page.wait_for_url("**/card")
    no_sideways(page)
    page.goto(check)
    first = page.locator(".checklist fieldset").first
    first.get_by_label("Not as it should be").check()
    first.get_by_role("textbox").fill("The foil is missing: paper shows")
    press(page, "Keep the answers")
    press(page, "False")
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    page.locator("#f-why-verdict").fill("Portrait glued on, birth year scraped.")
    press(page, "False")
    report = page.request.get(f"{check}/report.pdf")
    assert report.ok and report.body().startswith(b"%PDF")
    press(page, "Draft an alert")
    page.wait_for_url("**/papers/alerts/*")
    expect(page.locator("main")).to_contain_text("The foil is missing")
    press(page, "Send to review")
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)
    alert = page.url

    second = visit(viewport=PHONE)
    demo.sign_in(second, "second@xa.example")
    second.goto(alert)
    press(second, "Publish")
    expect(second.locator("main")).to_contain_text("Published")
    no_sideways(second)

    told = visit(lang="ar", viewport=PHONE)
    demo.sign_in(told, "officer@xb.example")
    told.goto("/inbox")
    told.locator(f".alerts a[href='{alert.removeprefix(demo.address)}']").first.click()
    expect(told.locator("main")).to_contain_text("The foil is missing")
    no_sideways(told)
