"""A seized disk at Arvenia's bureau: what of it is known, who works on it, and how two bureaus' series become
one. All pictures are drawn."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from typer.testing import CliRunner

from entente.cli import app
from entente.demo import series_disk
from entente.rooms.series import formats, media_model

from .served import Demo, Visit
from .steps import go, say_why
from .test_papers import PHONE, no_sideways, press

WHY = "XA-2026-0733, seized telephone"


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    folder = tmp_path / "disk"
    for path, content in series_disk.files().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def triage(disk: Path, out: Path, *more: str) -> str:
    """The command itself; what it says at the end."""
    done = CliRunner().invoke(app, ["triage", str(disk), "--to", str(out), "--jobs", "1", *more])
    assert done.exit_code == 0, done.output
    return done.output


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def open_series(page: Page, name: str) -> None:
    page.goto("/series")
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()
    expect(page.locator("h1")).to_have_text(name)


def panel(page: Page, heading: str) -> Locator:
    return page.locator("section.panel", has=page.get_by_role("heading", name=heading, exact=True))


def taken_out(page: Page, to: Path) -> list[media_model.Media]:
    """The series that is open as VICS 2.0, and its entries as they are read back."""
    with page.expect_download() as download:
        page.get_by_role("link", name="VICS 2.0").click()
    download.value.save_as(to)
    with to.open("rb") as file:
        return [row.media for row in formats.read(file) if isinstance(row, formats.Entry)]


def test_a_disk_is_triaged_both_sides_are_told_and_two_series_become_one(
    visit: Visit, demo: Demo, disk: Path, tmp_path: Path
) -> None:
    """Known, near and unknown; told on both sides; merged; identified by two persons; out and in as VICS."""
    demo.work()
    out = tmp_path / "out"
    assert "0 known, 0 near" in triage(disk, out)
    before = len(rows(out / "review.csv"))

    page = visit()
    demo.sign_in(page, "analyst@xa.example")
    go(page, "Image series")
    say_why(page, purpose="identify", why=WHY)
    page.locator("#f-file").set_input_files(disk / "Downloads" / "another house.jpg")
    press(page, "Ask")
    expect(page.locator("main")).to_contain_text("only hashes are taken here")
    page.locator("#f-file").set_input_files(out / "ask.json")
    with page.expect_download() as download:
        press(page, "Ask, and save the answer for triage")
    download.value.save_as(tmp_path / "answer.json")
    page.goto("/series")
    page.locator("#f-file").set_input_files(out / "ask.json")
    press(page, "Ask")
    expect(page.locator("main")).to_contain_text("the victim is identified")
    expect(page.locator("main")).to_contain_text("Something resembles it")

    triage(disk, out, "--answer", str(tmp_path / "answer.json"))
    groups = {row["group"]: row["split"] for row in rows(out / "files.csv") if row["split"] == "known"}
    assert len(groups) == 3
    review = rows(out / "review.csv")
    assert [row["split"] for row in review] == ["near", "near", "unknown", "unknown", "unknown"]
    assert Counter(row["why"].partition(":")[0] for row in review[:2]) == {
        "probably the same": 1,
        "a bureau has it and shows nothing of it": 1,
    }
    assert len(review) < before
    demo.work()

    theirs = visit(lang="ar", viewport=PHONE)
    demo.sign_in(theirs, "officer@xb.example")
    theirs.goto("/inbox")
    assert theirs.evaluate("document.documentElement.dir") == "rtl"
    theirs.locator(".alerts a[href='/series/meetings']").first.click()
    asked = theirs.locator("article.panel", has_text=WHY)
    expect(asked.first).to_contain_text("XA")
    no_sideways(theirs)
    count = theirs.locator("article.panel").count()
    asked.first.get_by_role("button").click()
    expect(theirs.locator("article.panel")).to_have_count(count - 1)

    page.goto("/inbox")
    expect(page.locator(".alerts a[href='/series/meetings']").first).to_be_visible()
    page.goto("/series/meetings?which=all")
    met = page.locator("article.panel", has_text="Blue boat").first
    expect(met).to_contain_text("The very same file")
    open_series(page, "Pier")
    merge = panel(page, "Merge")
    merge.locator("#f-into").select_option(label="Blue boat · XB")
    merge.locator("#f-merge-why").fill("The pier's third picture is cut out of yours")
    merge.get_by_role("button").click()
    expect(page.locator("main")).to_contain_text("Waits for an answer")

    lead = visit(viewport=PHONE)
    told_of(lead, demo, "officer@xb.example", "A bureau asks to merge its image series into one of ours")
    no_sideways(lead)
    panel(lead, "Asks to be merged into this one").get_by_role("button", name="Merge it").click()
    expect(lead.locator("main")).to_contain_text("Merged into it")
    expect(lead.locator("main")).to_contain_text("Images 9")
    state = panel(lead, "State")
    state.locator("#f-state").select_option("identified")
    state.locator("#f-state-why").fill("The harbour office knows the boy in the boat")
    state.get_by_role("button").click()
    expect(lead.locator("main")).to_contain_text("Waits for a second person")
    expect(panel(lead, "Second person")).to_have_count(0)

    second = visit(lang="ar", viewport=PHONE)
    told_of(second, demo, "second@xb.example", "")
    no_sideways(second)
    second.locator("button[name=approve][value=yes]").click()
    expect(second.locator("form[action$='/decision']")).to_have_count(0)

    page.goto("/series?which=identified")
    expect(page.locator("main table")).to_contain_text("Blue boat")
    open_series(page, "Blue boat")
    expect(page.locator("main")).to_contain_text("Stop: the work is done")
    entries = taken_out(page, tmp_path / "boat.vics.json")
    assert len(entries) == 9
    brought_in_again(visit, demo, tmp_path / "boat.vics.json", entries)


def told_of(page: Page, demo: Demo, who: str, what: str) -> None:
    """From the inbox to the series Blue boat, and why he opens it."""
    demo.sign_in(page, who)
    page.goto("/inbox")
    page.locator(".alerts a[href^='/series/']:not([href$=meetings])", has_text=what).first.click()
    say_why(page, purpose="identify", why="BM 12/26")
    page.locator("form[action='/inquiry'] button").click()
    expect(page.locator("h1")).to_have_text("Blue boat")


def brought_in_again(visit: Visit, demo: Demo, file: Path, entries: list[media_model.Media]) -> None:
    """Another bureau reads the file, and what it takes out of it is the same, entry by entry."""
    page = visit()
    demo.sign_in(page, "officer@xc.example")
    page.goto("/series/images")
    page.locator("#f-file").set_input_files(file)
    press(page, "Bring it in")
    told = page.get_by_role("status")
    expect(told).to_contain_text("Read: 9")
    told.get_by_role("link", name="Blue boat", exact=True).click()
    say_why(page, purpose="identify", why="CC-9")
    page.locator("form[action='/inquiry'] button").click()
    again = taken_out(page, file.with_name("again.json"))
    assert by_digest(again) == by_digest(entries)


def by_digest(entries: list[media_model.Media]) -> dict[str, media_model.Media]:
    """The numbers that a file gives its entries are its own."""
    return {one.md5: one.model_copy(update={"media_id": ""}) for one in entries}
