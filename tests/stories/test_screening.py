"""An officer has a list: he sends it, says what its columns are, and judges what it found."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .served import Demo, Visit
from .steps import go, say_why
from .test_everyone import Looking, looking

__all__ = ["looking"]  # a fixture
LIST = "Passager;Né le;Siège\nAnton Velkov;1971;12A\nNobody Whatever;31.02.1980;12B\nНикто Неизвестный;;12C\n"


def send(page: Page, folder: Path, why: str, title: str) -> None:
    path = folder / "passengers.csv"
    path.write_text(LIST, "utf-8")
    page.goto("/screenings/new")
    page.locator("#f-list").set_input_files(path)
    page.locator("#f-title").fill(title)
    say_why(page, why=why)
    page.locator("main form button").click()
    page.wait_for_url("**/screenings/*")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_an_officer_screens_a_list_and_judges_what_it_found(
    visit: Visit, demo: Demo, tmp_path: Path, script: bool
) -> None:
    page = visit(script=script)
    demo.sign_in(page, "officer@xa.example")
    send(page, tmp_path, "flight 7", f"Flight {script}")
    expect(page.locator("h1")).to_have_text(f"Flight {script}")
    expect(page.locator("#f-name")).to_have_value("Passager")
    expect(page.locator("#f-born")).to_have_value("Né le")
    expect(page.locator("table")).to_contain_text("Никто Неизвестный")
    page.get_by_role("button", name="Screen it").click()
    page.wait_for_url("**/screenings/*")
    until = time.monotonic() + 20
    while not script and page.get_by_role("button", name="Stop").count() and time.monotonic() < until:
        page.wait_for_timeout(200)  # the served house asks the rows itself, before or after the page came
        page.goto(page.url)
    expect(page.locator("#progress")).to_contain_text("3 of 3 rows", timeout=20_000)
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    first = page.locator("section.panel", has_text="Row 2")
    expect(first.locator(".candidate").first).to_contain_text("Anton Velkov")
    expect(page.locator("section.panel", has_text="Row 3")).to_contain_text("February 1980")
    page.locator("#f-band").select_option("faulty")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("section h2[id^=row]")).to_have_text(["Row 3"])
    page.locator("#f-band").select_option("")
    page.get_by_role("button", name="Show").click()
    say_same = page.locator(".candidate", has_text="Anton Velkov").first.locator(".v-same")
    say_same.click()
    if script:
        expect(page.locator(".judged")).to_contain_text("Same")
    else:
        page.wait_for_url("**/hits/*")
        page.go_back()
    page.get_by_role("link", name="Anton Velkov").first.click()
    page.wait_for_url("**/records/*")
    expect(page.locator("h1")).to_have_text("Anton Velkov")
    go(page, "Screenings")
    expect(page.get_by_role("row", name=f"Flight {script}")).to_contain_text("Done")


def test_no_page_of_screenings_shuts_anybody_out(
    looking: tuple[Looking, str], demo: Demo, tmp_path: Path
) -> None:
    look, looks = looking
    page = look.page
    demo.sign_in(page, "second@xa.example")
    look("/screenings")
    send(page, tmp_path, "flight 8", f"Flight 8 {looks}")
    look()
    draft = page.url.removeprefix(demo.address)
    look.narrow(draft)
    page.locator("form[action$='/columns'] button").click()
    look()
    demo.work()
    look(draft)
    look.narrow(draft, "/screenings", "/screenings/new")
