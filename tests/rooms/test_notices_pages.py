"""Notices on pages: a form of each colour, each step, on paper, and what the public reads."""

import re
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from entente.desk import House
from entente.rooms.notices import printing
from entente.rooms.notices.colours import COLOURS
from rooms.noticed import ATTEST, DRAFTER, FIELDS, READER, REVIEWER, SECOND, Office, form
from rooms.scene import IVO, Scene, places
from worlds.stage import Answer, Crew


@pytest.fixture
def office(scene: Scene) -> Office:
    return Office(scene)


@pytest.fixture
def page(ask, crew: Crew):
    def opened(who: str, path: str, method: str = "GET", **said: Any) -> Answer:
        return ask(crew[who] if who else None, method, path, **said)

    return opened


def typed(colour: str, **more: Any) -> list[tuple[str, str]]:
    """What an officer types into the form of a colour."""
    said = [("version", "0"), ("colour", colour), ("reach", "all"), ("level", "official"), ("kind", "Person")]
    said += [(f"field-{k}", v) for k, v in FIELDS[colour].items()]
    said += [("attest", a) for a in ATTEST.get(colour, ["neutral"])]
    said += [(f"p-{k}", v) for k, values in IVO.items() for v in values]
    return said + list(more.items())


@pytest.mark.parametrize("colour", sorted(COLOURS))
def test_each_colour_has_its_form(page, colour: str) -> None:
    shown = page(DRAFTER, f"/notices/new?colour={colour}")
    assert shown.status == 200
    for name in COLOURS[colour].fields:
        assert f'name="field-{name}"' in shown.text
    for name in COLOURS[colour].attest:
        assert f'name="attest" value="{name}"' in shown.text


def test_a_notice_is_drafted_checked_and_published_on_pages(page, office: Office) -> None:
    assert page(DRAFTER, "/notices/new").status == 200
    kept = page(DRAFTER, "/notices/new", "POST", form=typed("red", until="2027-01-01"))
    assert kept.status == 303
    address = kept.header("location")
    id = address.rpartition("/")[2]

    def version(who: str) -> str:
        return str(office.open(who, id).json["version"])

    def step(who: str, what: str, **said: str) -> Answer:
        return page(who, f"{address}/{what}", "POST", form=[("version", version(who)), *said.items()])

    assert step(DRAFTER, "submit").status == 303
    assert address in page(SECOND, "/notices?which=check").text
    assert "/check" in page(SECOND, address).text and "/check" not in page(DRAFTER, address).text
    assert step(SECOND, "check", approve="yes", why="").status == 303
    assert step(DRAFTER, "send").status == 303
    assert address in page(REVIEWER, "/notices?which=review").text
    assert step(REVIEWER, "review", decision="publish").status == 303
    shown = page(READER, address)
    assert "Ivo Marenko" in shown.text and "Verify with the owner before acting." in shown.text
    assert "Contributor of XA" not in shown.text
    assert address in page(READER, "/notices").text
    assert step("XA supervisor", "suspend", why="A doubt.").status == 303
    assert page(READER, address).status == 404
    assert step(REVIEWER, "resume", why="No doubt any more.").status == 303
    assert step("XA supervisor", "renew", why="Still sought.", until="2028-01-01").status == 303
    assert step("XA supervisor", "cancel", why="Arrested.").status == 303


def test_a_form_with_faults_comes_back_with_what_was_typed(page) -> None:
    said = [(k, "many" if k == "field-maximum" else v) for k, v in typed("red")] + [
        ("p-birthDate", "1980-02-31")
    ]
    shown = page(DRAFTER, "/notices/new", "POST", form=said)
    assert shown.status == 422
    assert 'href="#f-field-maximum"' in shown.text
    assert (
        'value="many"' in shown.text and "1980-02-31" in shown.text and "Forgery of documents" in shown.text
    )


def test_what_is_missing_at_submission_is_told_on_its_page(page, office: Office) -> None:
    notice = office.draft(fields={})
    shown = page(DRAFTER, f"/notices/{notice['id']}/submit", "POST", form=[("version", "1")])
    assert shown.status == 422 and "#f-field-warrant" in shown.text


def test_an_edit_keeps_what_stood_there(page, office: Office) -> None:
    notice = office.draft()
    address = f"/notices/{notice['id']}/edit"
    shown = page(DRAFTER, address)
    assert "P4417093" in shown.text and "He forged 40 passports" in shown.text
    said = [(k, "1" if k == "version" else v) for k, v in typed("red", title="Marenko, forger")]
    assert page(DRAFTER, address, "POST", form=said).status == 303
    assert office.open(DRAFTER, notice["id"]).json["title"] == "Marenko, forger"
    assert page("XB contributor", address).status == 404


def test_subscriptions_are_kept_and_shown(page) -> None:
    said = [("colours", "red"), ("colours", "blue"), ("countries", "xa, fr"), ("words", "forgery\nfraud")]
    assert page("XB officer", "/notices/subscriptions", "POST", form=said).status == 303
    shown = page("XB officer", "/notices/subscriptions").text
    assert 'value="red" checked' in shown and 'value="xa fr"' in shown and "forgery\nfraud" in shown
    wrong = page("XB officer", "/notices/subscriptions", "POST", form=[("countries", "nowhere")])
    assert wrong.status == 422


@pytest.mark.parametrize("lang", ["en", "fr", "es", "ar"])
def test_its_pages_are_there_in_every_language(page, office: Office, lang: str) -> None:
    notice = office.published()
    for path in ("/notices", f"/notices/{notice['id']}", f"/notices/{notice['id']}/print", "/public/notices"):
        shown = page(READER, f"{path}?lang={lang}")
        assert shown.status == 200 and f'lang="{lang}"' in shown.text


# --- on paper ------------------------------------------------------------------------------------

NASTY = (
    '<script>alert(1)</script> #panic("x") *bold* _it_ $x$ `raw` #read("/etc/passwd") [#import "x"] '
    "\\ @a <b> #sys.inputs // end /* "
)


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 80), "teal").save(out, "JPEG")
    return out.getvalue()


def test_a_notice_is_printed_with_who_printed_it(page, office: Office) -> None:
    notice = office.published()
    shown = page(READER, f"/notices/{notice['id']}/print").text
    assert "Verify with the owner before acting." in shown
    assert "Printed by Officer of XB of XB" in unescape(shown) and "15 Jan 2026" in shown
    made = page(READER, f"/notices/{notice['id']}/pdf")
    assert made.status == 200 and made.body.startswith(b"%PDF-")
    assert made.header("content-type") == "application/pdf"


def test_what_somebody_typed_gives_the_printer_no_commands(page, office: Office) -> None:
    notice = office.published(title=NASTY[:190], fields={**FIELDS["red"], "facts": NASTY})
    shown = page(READER, f"/notices/{notice['id']}/print").text
    assert "<script>alert" not in shown
    assert page(READER, f"/notices/{notice['id']}/pdf").body.startswith(b"%PDF-")


def document(**said: Any) -> printing.Document:
    whole: dict[str, Any] = {
        "lang": "en",
        "dir": "ltr",
        "colour": "red",
        "heading": "Red notice",
        "purpose": "Arrest",
        "title": "Ivo Marenko",
        "owner": "XA",
        "head": (("State", "Published"),),
        "contact": (("Owner", "XA"), ("Telephone", "+999 1")),
        "subject": (("Name", "Ivo Marenko"),),
        "fields": (("Facts", "He forged."),),
        "assessment": "",
        "attest": ("Neutral",),
        "history": (("15 Jan 2026", "Published"),),
        "warning": "Verify with the owner before acting.",
        "headings": ("Subject", "What is said", "Attested", "Review"),
        "printed": "Printed by O of XB",
        "photo": b"",
        "at": 1_768_478_400,
    }
    return printing.Document(**{**whole, **said})


def test_the_same_notice_printed_at_the_same_moment_is_the_same_bytes() -> None:
    one, two = printing.pdf(document(photo=picture())), printing.pdf(document(photo=picture()))
    assert one == two
    assert printing.pdf(document(title="Other")) != one


def test_typed_markup_is_printed_as_text_and_not_run() -> None:
    """#panic would stop the printer, #read would put a file on the paper, an import would look for one."""
    nasty = document(
        title=NASTY, fields=((NASTY, NASTY),), attest=(NASTY,), printed=NASTY, head=((NASTY, NASTY),)
    )
    assert printing.pdf(nasty).startswith(b"%PDF-")


def test_an_arabic_notice_is_printed_from_right_to_left() -> None:
    said = document(lang="ar", dir="rtl", title="إيفو مارينكو", fields=(("الوقائع", "زوّر جوازات سفر"),))
    made = printing.pdf(said)
    assert made.startswith(b"%PDF-") and re.search(rb"/Lang ?\(ar\)", made)


def test_a_photo_is_on_the_paper() -> None:
    with_photo = printing.pdf(document(photo=picture()))
    assert b"/Subtype /Image" in with_photo or b"/Subtype/Image" in with_photo
    assert len(with_photo) > len(printing.pdf(document()))


def test_an_export_says_what_its_page_of_the_documents_says(office: Office, scene: Scene) -> None:
    notice = office.published()
    told = scene("XB analyst", "GET", f"/notices/{notice['id']}/export")
    assert told.status == 200
    assert (told.json["format"], told.json["instrument"], told.json["formatVersion"]) == (
        "entente-notice",
        "notice",
        1,
    )
    paper = (Path(__file__).parents[2] / "docs" / "notice-export.md").read_text("utf-8")
    for name in [*told.json, *told.json["subject"], *told.json["history"][0]]:
        assert f"`{name}`" in paper, f"docs/notice-export.md does not tell of {name}"
    for colour in COLOURS.values():
        for name in colour.fields:
            assert f"`{name}`" in paper, f"docs/notice-export.md does not tell of the field {name}"
    assert scene("XB officer", "GET", f"/notices/{notice['id']}/export").status == 403
    assert scene("XB analyst", "GET", f"/notices/{'0' * 32}/export").status == 404


# --- what the public reads -----------------------------------------------------------------------

EXTRACT = {"name": "Ivo M.", "charge": "Forgery", "text": "Tell the police.", "contact": "112"}


def public(page) -> list[str]:
    shown = page("", "/public/notices")
    assert shown.status == 200
    return re.findall(r"/public/notices/([0-9a-f]{32})", shown.text)


def test_the_public_reads_an_extract_after_two_bureaus_agreed(page, office: Office, scene: Scene) -> None:
    notice = office.published()
    assert public(page) == []
    asked = scene("XA supervisor", "POST", f"/notices/{notice['id']}/extract", json=EXTRACT)
    assert (asked.status, asked.json["state"]) == (201, "asked")
    assert public(page) == []
    assert page("", f"/public/notices/{asked.json['id']}").status == 404
    assert scene("XA chief", "POST", f"/notices/{notice['id']}/extract/consent").status == 403
    assert scene(REVIEWER, "POST", f"/notices/{notice['id']}/extract/consent").status == 200
    (id,) = public(page)
    shown = page("", f"/public/notices/{id}").text
    assert "Ivo M." in shown and "P4417093" not in shown and "Marenko" not in shown


def test_without_signing_in_nothing_else_is_reached(page, office: Office, scene: Scene) -> None:
    notice = office.published()
    for id in (notice["id"], notice["subject"]["record"], "0" * 32, "x"):
        assert page("", f"/public/notices/{id}").status == 404
        assert page("", f"/notices/{id}").status == 401
        assert page("", f"/notices/{id}/photo").status == 401


@pytest.mark.parametrize("how", ["suspend", "cancel", "end"])
def test_an_extract_goes_with_its_notice_or_alone(page, office: Office, scene: Scene, how: str) -> None:
    notice = office.published()
    scene("XA supervisor", "POST", f"/notices/{notice['id']}/extract", json=EXTRACT)
    scene(REVIEWER, "POST", f"/notices/{notice['id']}/extract/consent")
    assert len(public(page)) == 1
    if how == "end":
        assert scene("XA supervisor", "DELETE", f"/notices/{notice['id']}/extract").status == 204
    else:
        office.done("XA supervisor", office.open(DRAFTER, notice["id"]).json, how, why="A doubt.")
    assert public(page) == []


def test_an_edited_notice_needs_the_consent_again(page, office: Office, scene: Scene) -> None:
    notice = office.published()
    scene("XA supervisor", "POST", f"/notices/{notice['id']}/extract", json=EXTRACT)
    scene(REVIEWER, "POST", f"/notices/{notice['id']}/extract/consent")
    now = office.open(DRAFTER, notice["id"]).json
    stopped = office.done("XA supervisor", now, "suspend", why="A doubt.")
    edit = form(version=stopped["version"], title="Ivo M.")
    edited = scene(DRAFTER, "PUT", f"/notices/{notice['id']}", json=edit).json
    checked = office.done(SECOND, office.done(DRAFTER, edited, "submit"), "check", approve=True)
    office.let_out(office.done(DRAFTER, checked, "send"))
    assert public(page) == []


def test_a_silver_notice_is_never_public(office: Office, scene: Scene) -> None:
    notice = office.published(colour="silver")
    asked = scene("XA supervisor", "POST", f"/notices/{notice['id']}/extract", json=EXTRACT)
    assert (asked.status, places(asked)) == (422, ["colour"])


def test_what_the_public_read_is_journaled_by_the_house(
    page, office: Office, scene: Scene, house: House
) -> None:
    notice = office.published()
    scene("XA supervisor", "POST", f"/notices/{notice['id']}/extract", json=EXTRACT)
    scene(REVIEWER, "POST", f"/notices/{notice['id']}/extract/consent")
    (id,) = public(page)
    page("", f"/public/notices/{id}")
    with house.store.reading() as tx:
        entries = tx.entries.read(0, 100, object=id, backwards=True)
    assert [(e.act, e.officer) for e in entries] == [("see", "house")]
