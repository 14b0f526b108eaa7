"""The chart workspace in a real browser; the house is only a dictionary (benchmarks/chart_page.py)."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from benchmarks.chart_page import Pretended, served
from playwright.sync_api import Browser, Locator, Page, expect

AXE = Path(__file__).parent.parent.parent / "ui" / "node_modules" / "axe-core" / "axe.min.js"
Opened = Callable[..., Page]


@pytest.fixture
def house() -> Pretended:
    return Pretended(placed=12, size=60)


@pytest.fixture
def opened(browser: Browser, house: Pretended) -> Iterator[Opened]:
    """opened(lang="ar", theme="dark") -> a page with the workspace; a script that fails fails the test."""
    wrong: list[str] = []
    with ExitStack() as stack:
        address = stack.enter_context(served(house))

        def opened(lang: str = "en", theme: str = "light", width: int = 1400) -> Page:
            context = stack.enter_context(browser.new_context(viewport={"width": width, "height": 900}))
            page = context.new_page()
            page.set_default_timeout(8_000)
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("console", lambda m: wrong.append(m.text) if "Content Security" in m.text else None)
            page.goto(f"{address}?lang={lang}&theme={theme}")
            expect(page.locator(".c-counts")).not_to_be_empty()
            return page

        yield opened
    assert wrong == []


def press(page: Page, *keys: str) -> None:
    """With the focus on the canvas."""
    page.locator(".c-canvas").focus()
    for key in keys:
        page.keyboard.press(key)


def dialog(page: Page) -> Locator:
    return page.locator("dialog[open]")


def saved(page: Page) -> None:
    expect(page.locator(".c-saved")).to_have_text("Saved")


def test_an_expansion_counts_first_and_moves_nothing_that_stands(opened: Opened, house: Pretended) -> None:
    page, before = opened(), dict(house.cells)
    press(page, "Control+a", "e")
    expect(dialog(page).locator(".c-choices .c-row")).not_to_have_count(0)
    dialog(page).locator("[name=limit]").fill("20")
    page.keyboard.press("Enter")
    expect(page.locator(".c-said")).to_contain_text("Showing 20 of ")
    saved(page)
    assert len(house.cells) > len(before)
    assert {key: house.cells[key] for key in before} == before
    press(page, "Control+z")
    expect(page.locator(".c-said")).to_contain_text("Undone: Expand")
    saved(page)
    assert house.cells == before
    press(page, "Control+Shift+z")
    saved(page)
    assert len(house.cells) > len(before)


def test_everything_is_done_by_keyboard(opened: Opened, house: Pretended) -> None:
    page = opened()
    press(page, "ArrowDown")
    expect(page.locator(".c-said")).to_contain_text("links:")
    press(page, "Enter")
    expect(page.locator(".c-panel h2")).to_be_focused()
    press(page, "Shift+ArrowRight")
    expect(page.locator(".c-counts")).to_contain_text("12 items")
    press(page, "n")
    page.keyboard.type("Seen twice in the port")
    dialog(page).locator(".primary").press("Enter")
    expect(page.locator(".c-note")).to_contain_text("Seen twice")
    press(page, "Escape", "Control+a", "g")
    page.keyboard.type("Crew")
    page.keyboard.press("Enter")
    expect(page.locator(".c-said")).to_contain_text("Crew")
    press(page, "o")
    expect(page.locator(".c-said")).to_contain_text("collapsed")
    expect(page.locator(".c-panel")).to_contain_text("Crew")
    press(page, "Shift+g", "Escape", "ArrowDown", "h")
    expect(page.locator(".c-counts")).to_contain_text("11 items")
    press(page, "Shift+h")
    expect(page.locator(".c-counts")).to_contain_text("12 items")
    saved(page)
    assert {key.partition("/")[0] for key in house.cells} == {"item", "note"}


def test_the_table_is_the_charts_twin(opened: Opened) -> None:
    page = opened()
    press(page, "t")
    rows = page.locator(".c-table tbody tr")
    expect(rows).to_have_count(12)
    expect(rows.first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".c-table .c-sub")).not_to_have_count(0)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.locator(".c-table [aria-selected=true]")).to_have_count(2)
    page.keyboard.press("m")
    dialog(page).locator(".primary").click()
    expect(rows).to_have_count(11)
    expect(page.locator(".c-panel")).to_contain_text("2 identities")
    rows.first.focus()
    page.keyboard.press("Shift+M")
    expect(rows).to_have_count(12)


def test_filters_and_dates_hide_and_say_how_many_are_shown(opened: Opened) -> None:
    page = opened()
    press(page, "f")
    persons = page.locator(".c-legend label", has_text="Person").locator("input")
    persons.press("Space")
    expect(page.locator(".c-said")).to_contain_text("of 12 items")
    expect(page.locator(".c-legend label", has_text="Person").locator("input")).to_be_focused()
    page.get_by_role("button", name="Take all filters off").click()
    expect(page.locator(".c-counts")).to_contain_text("12 items")
    page.locator(".c-timeline input").first.fill("2026-06-01")
    page.locator(".c-timeline input").first.press("Tab")
    expect(page.locator(".c-said")).to_contain_text("of 12 items")
    page.get_by_role("button", name="All dates").click()
    expect(page.locator(".c-counts")).to_contain_text("12 items")


def test_two_analysts_at_once_lose_nothing(opened: Opened, house: Pretended) -> None:
    page = opened()
    theirs = f"item/{list(house.items)[40]}"
    house.apply([{"label": "Place", "set": {theirs: {"x": 5, "y": 5}}, "was": {}}], "B. of XB")
    press(page, "ArrowDown", "Shift+ArrowRight")
    expect(page.locator(".c-said")).to_contain_text("B. of XB")
    saved(page)
    assert theirs in house.cells
    assert len(house.steps) == 2


def test_without_a_line_work_waits_and_is_saved_later(opened: Opened, house: Pretended) -> None:
    page = opened()
    house.down = True
    press(page, "ArrowDown", "Shift+ArrowRight", "Shift+ArrowRight")
    expect(page.locator(".c-saved")).to_contain_text("no connection")
    house.down = False
    page.evaluate("window.dispatchEvent(new Event('online'))")
    saved(page)
    assert house.steps


def test_who_is_no_member_any_more_sees_nothing_of_it(opened: Opened, house: Pretended) -> None:
    page = opened()
    name = next(iter(house.items.values()))["caption"]
    house.closed = True
    press(page, "ArrowDown", "Shift+ArrowRight")
    expect(page.get_by_role("alert")).to_contain_text("not open to you")
    expect(page.locator("canvas, .c-panel, .c-table, dialog")).to_have_count(0)
    expect(page.locator("entente-chart")).not_to_contain_text(name)


def test_more_than_a_chart_holds_is_told_before_anything_happens(opened: Opened, house: Pretended) -> None:
    first = next(iter(house.items))
    for i in range(1500):
        id = f"{i:030x}ff"
        house.items[id] = {**house.items[first], "id": id}
        house.cells[f"item/{id}"] = {"x": 100 * (i % 40), "y": 100 * (i // 40)}
    house.items[list(house.items)[50]]["caption"] = "Zoran Zuev"
    page = opened()
    press(page, "/")
    page.keyboard.type("zuev")
    expect(page.locator(".c-found [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(".c-said")).to_contain_text("A chart holds 1,500 items")
    assert house.steps == []


@pytest.mark.parametrize(("lang", "theme"), [("en", "light"), ("en", "dark"), ("ar", "dark")])
def test_it_is_accessible_in_every_view(opened: Opened, lang: str, theme: str) -> None:
    page = opened(lang=lang, theme=theme)
    for key in ("1", "t", "3", "4", "5", "6", "?"):
        press(page, "1", key)
        page.wait_for_timeout(150)
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)")
        told = [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in found]
        told = [one for one in told if one[0] not in ("page-has-heading-one", "region", "landmark-one-main")]
        assert told == [], (key, json.dumps(told, indent=1))
        page.keyboard.press("Escape")
