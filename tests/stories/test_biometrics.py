"""A mark from a door and a portrait: Arvenia's two examiners find Belmark's man, and nothing of what they
searched with is left. Ridges are grown and faces drawn: nobody has them."""

import re
import tempfile
from base64 import b64encode
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from entente.demo import biometrics_files
from entente.rooms.biometrics import model, reading
from rooms.remains import forms_of, in_folder, kept_by, left_of, nothing_left_of, open_files

from .served import Demo, Visit
from .steps import say_why
from .test_everyone import AXE, faults
from .test_papers import PHONE, no_sideways, press

pytest.importorskip("numba")
pytest.importorskip("onnxruntime")
WHY = "XA-2026-0902, the back door"
NOTE = "Delta and seven points beside it agree"
PATIENCE_MS = 30_000
"""Files are read in processes of their own."""


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """The two probes, and what must be refused."""
    told = biometrics_files.files()
    kept = {}
    for name in ("prints/mark.png", "portraits/velkov.jpg", "prints/refused/photograph.jpg"):
        kept[name] = tmp_path / name.rpartition("/")[2]
        kept[name].write_bytes(told[name])
    return kept


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the house, which is in this process, and those it starts put what is temporary."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def give(page: Page, files: dict[str, Path]) -> None:
    """Put the mark and the portrait into the open form."""
    page.locator("#f-files").set_input_files(files["prints/mark.png"])
    page.locator("#f-portrait").set_input_files(files["portraits/velkov.jpg"])


def shuts_nobody_out(page: Page) -> None:
    if AXE.exists():
        assert faults(page) == []


def mark_a_point(page: Page) -> None:
    """A click into the first pane; the score is told from then on."""
    pane = page.locator("svg.pane").first
    pane.scroll_into_view_if_needed()
    box = pane.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def searched(page: Page, files: dict[str, Path]) -> None:
    page.goto("/biometrics")
    say_why(page, purpose="identify", why=WHY)
    page.locator("#f-portrait").set_input_files(files["prints/refused/photograph.jpg"])
    press(page, "Search")
    expect(page.locator("main")).to_contain_text("No face was found", timeout=PATIENCE_MS)
    give(page, files)
    press(page, "Search")
    expect(page.locator("h1")).to_contain_text("Candidates", timeout=PATIENCE_MS)


def test_a_mark_and_a_portrait_find_a_man_two_examiners_agree_and_nothing_of_them_is_left(
    visit: Visit, demo: Demo, files: dict[str, Path], temporary: Path
) -> None:
    """Candidates and whom to contact; the score after a point is marked; a second examiner who is told
    neither verdict nor score; the hit at its owner; and no trace of the files."""
    demo.work()
    first = visit()
    demo.sign_in(first, "officer@xa.example")
    searched(first, files)
    card = first.locator("article.candidate").first
    expect(card).to_contain_text("Anton Velkov")
    expect(card.locator(".bureau")).to_have_text("XB")
    expect(first.locator("main")).to_contain_text("Contact it and quote the token.")
    expect(first.locator("main")).to_contain_text("Bureau of Cordava")
    expect(first.locator("main")).not_to_contain_text("Border post 4")
    score = card.locator(".later .num").first
    expect(score).to_be_hidden()
    mark_a_point(first)
    expect(score).to_be_visible()
    assert float(score.inner_text()) > 8
    expect(card.locator(".view .mark")).to_have_count(1)
    shuts_nobody_out(first)
    card.get_by_label("Note").fill(NOTE)
    card.get_by_role("button", name="Hit", exact=True).click()
    expect(first.locator(".judged")).to_contain_text("A second examiner of your bureau")
    comparison = first.locator(".judged a").get_attribute("href")
    assert comparison

    second = visit(lang="ar", viewport=PHONE)
    demo.sign_in(second, "second@xa.example")
    second.goto("/inbox")
    second.locator(f".alerts a[href='{comparison}']").first.click()
    assert second.evaluate("document.documentElement.dir") == "rtl"
    give(second, files)
    second.locator("form[action$='/pictures'] .actions button").click()
    expect(second.locator("svg.pane").first).to_be_visible(timeout=PATIENCE_MS)
    no_sideways(second)
    shuts_nobody_out(second)
    mark_a_point(second)
    expect(second.locator("main")).not_to_contain_text(NOTE)
    expect(second.locator("main")).not_to_contain_text("Nadia Brandt")
    expect(second.locator(".later")).to_have_count(0)
    second.locator("button[data-key=h]").click()
    expect(second.locator("main")).to_contain_text(NOTE)
    expect(second.locator("main")).to_contain_text("Nadia Brandt")
    no_sideways(second)

    owner = visit()
    demo.sign_in(owner, "officer@xb.example")
    owner.goto("/inbox")
    row = owner.get_by_role("row", name=WHY)
    expect(row).to_contain_text("Bureau of Arvenia")
    row.get_by_role("link").click()
    expect(owner.locator("h1")).to_contain_text("Anton Velkov")
    expect(owner.locator("main a[href^='/biometrics/sets/']")).to_have_count(1)
    expect(owner.locator("main a[href^='/records/']")).to_have_count(1)
    press(owner, "Confirm")
    expect(owner.locator(".line")).to_contain_text("Confirmed")

    demo.work()
    for name, what in (("prints/mark.png", "finger"), ("portraits/velkov.jpg", "face")):
        probe = files[name].read_bytes()
        said = model.File.model_validate({"data": b64encode(probe).decode(), "what": what})
        forms = forms_of(probe, reading.read([said]))
        places = (in_folder(demo.settings.data), in_folder(temporary), open_files(), kept_by(demo.house))
        nothing_left_of(forms, *places)
        assert left_of(forms, in_folder(files[name].parent)), "it is found where it is"


def test_without_script_a_mark_is_searched_and_judged(
    visit: Visit, demo: Demo, files: dict[str, Path]
) -> None:
    """The panes stand still, the score is asked for, and the verdict has a page of its own."""
    page = visit(script=False)
    demo.sign_in(page, "analyst@xa.example")
    page.goto("/biometrics")
    say_why(page, purpose="identify", why="XA-2026-0903")
    page.locator("#f-files").set_input_files(files["prints/mark.png"])
    press(page, "Search")
    card = page.locator("article.candidate").first
    expect(card).to_contain_text("Anton Velkov", timeout=PATIENCE_MS)
    expect(card.locator(".later .num").first).to_be_hidden()
    card.get_by_text("Show the score").click()
    expect(card.locator(".later .num").first).to_be_visible()
    with page.context.expect_page() as opened:
        card.get_by_role("button", name="Inconclusive", exact=True).click()
    expect(opened.value.locator("main")).to_contain_text("Your verdict was kept")
    opened.value.get_by_role("link", name="Open the comparison").click()
    expect(opened.value.locator("main")).to_contain_text("Waits for a second examiner")
    assert re.search(r"/biometrics/comparisons/[0-9a-f]{32}$", opened.value.url)
