"""Everyone can use it: axe-core finds nothing serious or critical, in either direction, light and dark."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .served import MUST, Demo, Visit
from .steps import ask, fill_in, say_why

AXE = Path(__file__).parents[2] / "ui" / "node_modules" / "axe-core" / "axe.min.js"
LOOKS = [("en", "light"), ("ar", "dark")]
RUN = "async (rules) => (await axe.run(document, {resultTypes: ['violations'], ...rules})).violations"
NARROW = ("scrollable-region-focusable", "aria-hidden-focus", "link-name", "button-name", "label")
"""What can differ on a telephone; all else was looked at on the wide page."""


def faults(page: Page, *rules: str) -> list[str]:
    """Serious and critical faults of the page as it stands, with where they are."""
    page.evaluate(AXE.read_text())
    found: list[dict[str, Any]] = page.evaluate(RUN, {"runOnly": list(rules)} if rules else {})
    return [
        f"{page.url} {v['id']}: {node['html'][:200]}"
        for v in found
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"][:3]
    ]


@dataclass(frozen=True, slots=True)
class Looking:
    """A page that is looked at wherever it goes, with all that folds open."""

    page: Page
    wrong: list[str] = field(default_factory=list)

    def __call__(self, address: str = "", *rules: str) -> None:
        if address:
            self.page.goto(address)
        self.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        self.wrong.extend(faults(self.page, *rules))

    def narrow(self, *addresses: str) -> None:
        """The same on a telephone, where nothing may be wider than it."""
        self.page.set_viewport_size({"width": 375, "height": 800})
        for address in addresses:
            self(address, *NARROW)
            assert self.page.evaluate("document.documentElement.scrollWidth") == 375, address


@pytest.fixture(params=LOOKS, ids=" ".join)
def looking(visit: Visit, request: pytest.FixtureRequest) -> Iterator[tuple[Looking, str]]:
    if not AXE.exists():
        (pytest.fail if MUST else pytest.skip)("axe-core is not installed: make pages")
    lang, theme = request.param
    look = Looking(visit(lang, color_scheme=theme, reduced_motion="reduce"))
    yield look, f"{lang} {theme}"
    assert sorted(set(look.wrong)) == []


def test_no_page_shuts_anybody_out(looking: tuple[Looking, str], demo: Demo) -> None:
    look, looks = looking
    page = look.page
    look("/sign-in")
    page.goto(demo.link("desk@xz.example"))
    look()
    page.locator("main button").click()
    look("/")
    say_why(page, why=f"axe {looks}")
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
    page.locator("#f-name").fill(f"A gate at the northern border, {looks}")
    page.locator("main form.panel button.primary").click()
    look()
    page.goto("/officers")
    page.locator("tbody a").first.click()
    look()
    look.narrow("/", "/keys", "/bureaus/XZ", "/contribute/Person")


def test_no_page_of_the_channels_shuts_anybody_out(looking: tuple[Looking, str], demo: Demo) -> None:
    look, _looks = looking
    page = look.page
    demo.sign_in(page, "second@xa.example")
    look("/inbox")
    asked = page.locator("a", has_text="White van XD 417 KLM").first.get_attribute("href") or ""
    published = page.locator("a[href^='/notices/']").first.get_attribute("href") or ""
    look(asked)
    page.locator("#f-send").click()
    look()  # with faults
    look("/messages/new")
    page.locator("#f-subject").fill("To nobody, about nothing")
    page.locator("#f-send").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    look()
    for address in ("/inbox?sent=yes", "/messages", "/messages?box=out", "/messages/drafts", "/notices"):
        look(address)
    for address in ("/notices/new", "/notices/new?colour=red", "/notices/subscriptions", "/standing"):
        look(address)
    for address in ("/standing/new", "/deconfliction", "/experts", "/groups", "/hits/statistics"):
        look(address)
    for address in ("/bureaus/XB", "/bureaus/XA", "/webhooks", "/public/notices"):
        look(address)
    look(published)
    say_why(page)
    page.locator("main form button.primary").click()
    look()
    look(f"{published}/print")
    page.goto("/standing")
    page.locator("tbody a").first.click()
    look()
    narrow = ("/inbox", asked, "/messages/new", "/notices", published, "/notices/new?colour=red")
    look.narrow(
        *narrow, "/standing", "/deconfliction", "/experts", "/groups", "/hits/statistics", "/webhooks"
    )
