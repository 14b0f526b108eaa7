"""The pictures of the README and the tutorial, from the demo story: `python -m tests.stories.pictures`."""

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page

from .served import chromium, serving
from .steps import ask, say_why

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
MOST_BYTES = 300_000
SIZE = {"width": 1280, "height": 800}


def take(page: Page, name: str) -> None:
    """One picture of a page in full, without the cursor and the focus ring."""
    page.evaluate("document.activeElement?.blur()")
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path, full_page=True, caret="hide", animations="disabled")
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
        owner = visit("officer@xb.example")
        owner.goto("/inbox")
        take(owner, "inbox")

        reader = visit("officer@xa.example", "ar")
        say_why(reader, why="XA-2026-0417")
        ask(reader, "Антон Велков 1971")
        take(reader, "one-box-ar")


if __name__ == "__main__":
    main()
