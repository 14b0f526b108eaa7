"""The pictures of the README and the tutorial, from the demo story: `python -m tests.stories.pictures`."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import BrowserContext, Page

from entente.demo import specimens

from .served import Demo, chromium, serving
from .steps import ask, reply, say_why, write

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
MOST_BYTES = 300_000
SIZE = {"width": 1280, "height": 800}


def take(page: Page, name: str, whole: bool = True) -> None:
    """One picture of a page, in full or of its window, without the cursor and the focus ring."""
    page.evaluate("document.activeElement?.blur()")
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path, full_page=whole, caret="hide", animations="disabled")
    size = path.stat().st_size
    assert size < MOST_BYTES, f"{path.name} has {size} bytes"
    print(f"{path.name} {size:,} bytes")


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, chromium() as browser, serving(Path(folder)) as demo:

        def visit(email: str, lang: str = "en") -> Page:
            context = browser.new_context(base_url=demo.address, locale=lang, viewport=SIZE)
            page = context.new_page()
            demo.sign_in(page, email)
            return page

        asker = visit("officer@xa.example")
        say_why(asker, why="XA-2026-0417, night train 3")
        ask(asker, "Levan Tskitishvar")
        asker.locator(".candidate .v-same").first.click()
        asker.locator(".judged").wait_for()
        ask(asker, "Антон Велков 1971")
        take(asker, "one-box")
        record = asker.locator(".candidate h3 a").first.get_attribute("href") or ""
        asker.locator(".candidate").first.get_by_label("Urgent").check()
        asker.locator(".candidate .v-same").first.click()
        asker.locator(".judged").wait_for()
        asker.goto(record)
        take(asker, "record")

        analyst = visit("analyst@xa.example")
        say_why(analyst, "identify", "XA-2026-0419, pesticide seized")
        ask(analyst, "Velkow 1971")
        analyst.locator(".candidate .v-same").first.click()
        analyst.locator(".judged").wait_for()
        demo.work()
        messages(demo, asker, visit("officer@xb.example"))
        under_review(visit("officer@xc.example"), visit("second@xc.example"), visit("desk@xz.example"))

        screened(demo, visit("second@xa.example"), Path(folder))
        charted(visit("analyst@xa.example"), visit("analyst@xa.example", "ar"))
        checked(browser.new_context, demo, Path(folder))
        reader = visit("officer@xa.example", "ar")
        say_why(reader, why="XA-2026-0417")
        ask(reader, "Антон Велков 1971")
        take(reader, "one-box-ar")


def charted(analyst: Page, reader: Page) -> None:
    """An analysis file, its chart expanded once, who brokers in it; the chart in Arabic."""
    analyst.goto("/files")
    analyst.get_by_role("link", name="Hemlock: counterfeit pesticide").click()
    take(analyst, "analysis-file")
    analyst.goto(f"{analyst.url}/charts")
    analyst.get_by_role("link", name="Around the Apothecary").click()
    analyst.locator(".c-canvas canvas").first.wait_for()
    for _ in range(2):
        analyst.keyboard.press("Control+a")
        analyst.keyboard.press("e")
        analyst.get_by_role("dialog").get_by_role("button", name="Expand", exact=True).click()
        analyst.get_by_role("dialog").wait_for(state="detached")
    analyst.keyboard.press("l")
    analyst.get_by_role("dialog").get_by_role("button").filter(has_text="Force").click()
    analyst.get_by_role("dialog").wait_for(state="detached")
    analyst.keyboard.press("Escape")
    analyst.keyboard.press("5")
    analyst.get_by_label("Question").select_option("brokers")
    analyst.get_by_label("Measures", exact=True).locator("tbody tr").first.wait_for()
    take(analyst, "analysis-brokers")
    analyst.keyboard.press("1")
    analyst.keyboard.press("0")
    analyst.get_by_text("Saved", exact=True).wait_for()
    take(analyst, "analysis-chart")
    reader.goto(analyst.url)
    reader.locator(".c-canvas canvas").first.wait_for()
    take(reader, "analysis-chart-ar")


def checked(opened: Callable[..., BrowserContext], demo: Demo, folder: Path) -> None:
    """A forged passport checked on a phone, and the quick check card of the genuine one."""
    photograph = folder / "forged.jpg"
    photograph.write_bytes(specimens.photograph(specimens.forged(), 5))
    page = opened(base_url=demo.address, locale="en", viewport={"width": 390, "height": 844}).new_page()
    demo.sign_in(page, "analyst@xa.example")
    page.goto("/papers/checks")
    say_why(page, "border", "XA-2026-0433, night train")
    page.locator("#f-picture").set_input_files(photograph)
    page.get_by_role("button", name="Check it").click()
    page.wait_for_url("**/papers/checks/*")
    take(page, "document-check", whole=False)
    page.locator("#version").scroll_into_view_if_needed()
    page.get_by_role("link", name="Quick check card").click()
    page.wait_for_url("**/card", wait_until="load")
    take(page, "document-card", whole=False)


def screened(demo: Demo, officer: Page, folder: Path) -> None:
    """A passenger list in the order in which it is worth looking at."""
    path = folder / "passengers.csv"
    path.write_text(
        "Passenger;Born;Seat\nToni Velkow;1971;12A\nNobody Whatever;1980-03-09;12B\nЛеван Цкитишвили;;14C\n",
        "utf-8",
    )
    officer.goto("/screenings/new")
    officer.locator("#f-list").set_input_files(path)
    officer.locator("#f-title").fill("Night ferry, 28 November")
    say_why(officer, why="XA-2026-0430, ferry")
    officer.locator("main form button").click()
    officer.get_by_role("button", name="Screen it").click()
    demo.work()
    officer.goto(officer.url)
    officer.locator(".candidate").first.wait_for()
    take(officer, "screening")


def messages(demo: Demo, asker: Page, owner: Page) -> None:
    """A request that burns in the inbox of its recipient, and being answered."""
    subject = "Two men with four canisters, held at gate 4"
    with demo.stopped() as clock:
        clock.forward(minutes=-6)
        questions = ("Is one of them Anton Velkov?", "Will you ask for his extradition, and by when?")
        text = "They leave with the ferry unless we hear from you."
        write(asker, "XB", subject, *questions, urgency="flash", text=text, case="XA-2026-0421")
        asker.locator("#f-send").click()
        asker.locator(".receipts").wait_for()
    owner.goto("/inbox")
    owner.locator(".alerts li", has_text="Half of the time").wait_for()
    take(owner, "inbox")
    owner.get_by_role("link", name=subject).click()
    reply(owner, 1, "content", "Yes: the burn scar on the left hand is his. Hold him.")
    reply(owner, 2, "time", until=f"{clock.at + timedelta(hours=3):%Y-%m-%dT%H:00}")
    take(owner, "answering")


def under_review(drafter: Page, second: Page, reviewer: Page) -> None:
    """The story's red notice, on the table of the neutral review."""
    for page, press in ((second, "Approve"), (drafter, "Send to the neutral review")):
        page.goto("/notices?which=mine")
        page.get_by_role("link", name="Salma Okray").click()
        page.get_by_role("button", name=press).click()
        page.locator("main .line").wait_for()
    reviewer.goto("/notices?which=review")
    reviewer.get_by_role("link", name="Salma Okray").click()
    reviewer.locator(".trail").wait_for()
    take(reviewer, "review")


if __name__ == "__main__":
    main()
