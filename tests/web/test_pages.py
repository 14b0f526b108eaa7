"""Templates: complete, strict, without script or style in the line, and safe with any text."""

import copy
import re
from pathlib import Path

import pytest
import sample_pages
import samples
from caller import Caller
from jinja2 import UndefinedError
from starlette.requests import Request

import entente
from entente.web import formats, statics
from entente.web.language import LANGUAGES, speaking
from entente.web.pages import render, templates
from entente.web.preferences import here

SOURCE = Path(entente.__file__).parent
TEMPLATES = sorted([*SOURCE.glob("web/templates/*.html"), *SOURCE.glob("rooms/*/templates/*/*.html")])
FORM = {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin", "cookie": "s=1"}
WITH_SAMPLES = (
    "search",
    "records",
    "bureaus",
    "messages",
    "publications",
    "analysis",
    "biometrics",
    "papers",
    "series",
)
MACROS = {
    "messages/parts.html",
    "publications/parts.html",
    "analysis/chart_table.html",
    "papers/paper_parts.html",
    "papers/lost_parts.html",
    "papers/card_parts.html",
    "series/parts.html",
    "biometrics/parts.html",
}


@pytest.mark.parametrize("name", sample_pages.PAGES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_renders_in_every_language(caller: Caller, name: str, lang: str) -> None:
    for who in ("", "&fresh=1", "&anonymous=1"):
        answer = caller.get(f"/sample/{name}?lang={lang}{who}")
        assert answer.status == 200
        assert "{{" not in answer.text
        ids = re.findall(r'\sid="([^"]+)"', answer.text)
        assert len(ids) == len(set(ids)), "an id stands once on a page"
        for label in re.findall(r'<label for="([^"]+)"', answer.text):
            assert label in ids
        for described in re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', answer.text):
            assert set(described.split()) <= set(ids)


def test_every_template_of_these_rooms_has_a_sample() -> None:
    ours = {f"{t.parent.name}/{t.name}" for t in TEMPLATES if t.parent.name in WITH_SAMPLES}
    assert ours - MACROS <= {template for template, _context in sample_pages.PAGES.values()}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: t.name)
def test_no_template_has_script_or_style_in_the_line(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<style", text)
    assert not re.search(r"\son\w+\s*=|\shx-on|javascript:", text, re.IGNORECASE)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", text), "no request leaves the server"
    assert "| safe" not in text
    assert "|safe" not in text


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: t.name)
def test_what_scrolls_is_reached_with_the_keyboard_and_has_a_name(template: Path) -> None:
    """A wide table without a link in it is otherwise out of the reach of whoever has no mouse."""
    for tag in re.findall(r'<\w+ class="(?:[\w-]+ )*scroll\b(?:\{\{.*?\}\}|[^>])*>', template.read_text()):
        assert 'tabindex="0" role="region" aria-label="{{ ' in tag


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: t.name)
def test_every_template_says_what_it_needs(template: Path) -> None:
    assert template.read_text().startswith("{#")


def test_what_a_record_says_never_becomes_markup(caller: Caller) -> None:
    evil = '"><script>alert(1)</script>'
    template, context = sample_pages.PAGES["found"]
    context = copy.deepcopy(context) | {"q": evil}
    card = context["answer"].candidates[0]
    card.caption, card.reasons[0].found, card.featured = evil, evil, [(evil, evil)]
    request = Request(
        {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [], "state": {}}
    )
    text = bytes(render(request, template, **context).body).decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


def test_a_name_missing_from_the_context_raises() -> None:
    request = Request(
        {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [], "state": {}}
    )
    with pytest.raises(UndefinedError):
        render(request, "messages/inbox.html", state="")


def test_the_box_asks_why_once_per_inquiry(caller: Caller) -> None:
    assert "First, why do you ask?" in caller.get("/sample/box?fresh=1").text
    again = caller.get("/sample/box").text
    assert "First, why do you ask?" not in again
    assert samples.INQUIRY.justification in again


def test_every_candidate_says_verify_with_the_owner(caller: Caller) -> None:
    text = caller.get("/sample/found").text
    assert text.count("Verify with the owner before acting.") == len(samples.CARDS)
    assert text.count('name="verdict"') == 3 * len(samples.CARDS)


def test_an_officer_sees_only_the_doors_that_open_to_him(caller: Caller) -> None:
    text = caller.get("/sample/sign-in?anonymous=1").text
    assert 'href="/inbox"' not in text
    assert 'href="/officers"' in caller.get("/sample/box").text


def test_a_theme_is_chosen_without_script(caller: Caller) -> None:
    answer = caller.post("/preferences", b"theme=dark&back=%2Frecords%3Fkind%3DPerson", FORM)
    assert (answer.status, answer.headers["location"]) == (303, "/records?kind=Person")
    assert "theme=dark" in answer.headers["set-cookie"]
    assert 'data-theme="dark"' in caller.get("/sample/box", {"cookie": "theme=dark"}).text
    assert 'data-theme="auto"' in caller.get("/sample/box", {"cookie": 'theme=x"><b'}).text
    assert "set-cookie" not in caller.post("/preferences", b"theme=pink&lang=xx", FORM).headers


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", ""]
)
def test_going_back_never_leaves_the_site(back: str) -> None:
    assert here(back) == "/"


def test_static_files_are_named_by_their_content(caller: Caller) -> None:
    address = statics.asset("style.css")
    assert re.fullmatch(r"/static/style\.css\?v=[0-9a-f]{16}", address)
    assert caller.get(address).headers["cache-control"] == "public, max-age=31536000, immutable"
    assert caller.get("/static/style.css?v=0000").headers["cache-control"] == "no-cache"
    assert statics.asset("dist/none.js") == ""


def test_pages_stand_without_the_built_scripts(
    caller: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statics, "FOLDER", tmp_path)
    answer = caller.get("/sample/sign-in")
    assert answer.status == 200
    assert "<script" not in answer.text


def test_dates_are_written_as_the_reader_writes_them() -> None:
    assert formats.day("1971-03-05") == "5 Mar 1971"
    assert formats.day("1971-03") == "1971-03"
    assert formats.day("") == ""
    assert formats.moment(samples.AT) == "14 Mar 2026 03:07 UTC"
    with speaking("fr"):
        assert formats.day("1971-03-05") == "5 mars 1971"
        assert formats.until(samples.AT.replace(hour=6), samples.AT) == "dans 3 heures"


def test_templates_are_found_in_every_room() -> None:
    names = templates().list_templates()
    assert {"base.html", "search/box.html", "records/record.html", "bureaus/sign_in.html"} <= set(names)
