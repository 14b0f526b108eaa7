"""Everyone can use it: axe-core finds nothing serious or critical, in either direction, light and dark."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from .served import MUST, Demo, Visit
from .steps import ask, fill_in, say_why

AXE = Path(__file__).parents[2] / "ui" / "node_modules" / "axe-core" / "axe.min.js"
LOOKS = [("en", "light"), ("ar", "dark")]
RUN = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"


def faults(page: Page) -> list[str]:
    """Serious and critical faults of the page as it stands, with where they are."""
    page.evaluate(AXE.read_text())
    found: list[dict[str, Any]] = page.evaluate(RUN)
    return [
        f"{page.url} {v['id']}: {node['html'][:200]}"
        for v in found
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"][:3]
    ]


@pytest.mark.parametrize(("lang", "theme"), LOOKS)
def test_no_page_shuts_anybody_out(visit: Visit, demo: Demo, lang: str, theme: str) -> None:
    if not AXE.exists():
        (pytest.fail if MUST else pytest.skip)("axe-core is not installed: make pages")
    page = visit(lang, color_scheme=theme, reduced_motion="reduce")
    wrong: list[str] = []

    def look(address: str = "") -> None:
        if address:
            page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        wrong.extend(faults(page))

    look("/sign-in")
    page.goto(demo.link("desk@xz.example"))
    look()
    page.locator("main button").click()
    look("/")
    say_why(page, why=f"axe {lang} {theme}")
    ask(page, "Salma Okray 1984")
    look()
    ask(page, "Anton Velkov 1971")
    look()
    card = page.locator(".candidate").first
    record = card.locator("h3 a").get_attribute("href") or ""
    card.locator(".v-same").click()
    hit = page.locator(".judged a").first.get_attribute("href") or ""
    look()
    for address in (record, f"{record.partition('?')[0]}/versions", hit, "/inbox", "/inbox?sent=yes"):
        look(address)
    look("/contribute")
    look("/contribute/Person")
    fill_in(page, birthDate="31.02.1980")
    page.locator("#p-name").fill("Axel Tornby")
    page.locator(".sticky button").click()
    look()
    fill_in(page, birthDate="1980")
    page.locator(".sticky button").click()
    page.wait_for_url("**/records/*")
    own = page.url
    look()
    for address in (
        f"{own}/correct",
        f"{own}/handling",
        f"{own}/versions",
        "/records",
        "/journal",
        "/bureaus",
        "/bureaus/XZ",
    ):
        look(address)
    for address in ("/officers", "/keys", "/me", "/records/nothing", "/problems"):
        look(address)
    page.goto("/keys")
    page.locator("#f-name").fill(f"A gate at the northern border, {lang}")
    page.locator("main form.panel button.primary").click()
    look()
    page.goto("/officers")
    page.locator("tbody a").first.click()
    look()
    page.set_viewport_size({"width": 375, "height": 800})
    for address in ("/", "/keys", "/bureaus/XZ", "/contribute/Person"):
        look(address)
        assert page.evaluate("document.documentElement.scrollWidth") == 375, address
    assert sorted(set(wrong)) == []
