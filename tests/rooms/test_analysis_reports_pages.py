"""Reports on pages that need no script: written, checked, published, read, answered."""

import re

import pytest

from rooms.filed import BOSS, LEAD
from rooms.reported import Reports, text
from rooms.scene import Scene


@pytest.fixture
def reports(scene: Scene) -> Reports:
    return Reports(scene)


def seen(said: str) -> str:
    return said.split('name="seen" value="')[1].split('"', maxsplit=1)[0]


def test_a_report_goes_its_whole_way_on_pages(reports: Reports, page) -> None:
    at = f"/files/{reports.file}/reports"
    ivo = reports.open_to_all()
    assert "No report yet" in page(LEAD, "GET", at).text
    made = page(LEAD, "POST", at, [("title", "The sellers"), ("level", "official")])
    assert made.status == 303
    edit = made.header("location")
    here = edit.removesuffix("/edit")
    form = [
        ("title", "The sellers"), ("level", "official"), ("template", ""), ("changes", ""),
        ("seen", seen(page(LEAD, "GET", edit).text)),
        ("b0-sort", "text"), ("b0-id", ""), ("b0-text", f"He [[{ivo}]] **sells**."),
        ("b1-sort", "table"), ("b1-id", ""), ("b1-head", "What | How many"), ("b1-caption", "Seized"),
        ("b1-rows", "Papers | 12\nStamps | 3"),
        ("r0-bureau", "XB"), ("r0-unit", "Fraud"), ("r0-officer", ""), ("r0-channel", ""),
    ]  # fmt: skip
    added = page(LEAD, "POST", edit, [*form, ("do", "add-judgement")])
    assert added.status == 200 and 'name="b2-likelihood"' in added.text and "Papers | 12" in added.text
    swapped = page(LEAD, "POST", edit, [*form, ("do", "down-0")]).text
    assert 'name="b0-sort" value="table"' in swapped
    wrong = page(LEAD, "POST", edit, [*form, ("b2-sort", "profile"), ("b2-record", "x"), ("do", "save")])
    assert wrong.status == 422 and "The sellers" in wrong.text
    assert page(LEAD, "POST", edit, [*form, ("do", "save")]).status == 303
    shown = page(LEAD, "GET", here).text
    assert "<strong>sells</strong>" in shown and "Seized" in shown
    asked = [("do", "submit"), ("seen", seen(shown)), ("approver", reports.boss)]
    assert page(LEAD, "POST", f"{here}/do", asked).status == 303
    waiting = page(BOSS, "GET", here).text
    assert "It waits for your approval" in waiting
    assert page(BOSS, "POST", f"{here}/do", [("do", "approve"), ("seen", seen(waiting))]).status == 303
    assert "Nothing stands in the way" in page(BOSS, "GET", f"{here}/check").text
    assert page(BOSS, "POST", f"{here}/do", [("do", "publish"), ("seen", "")]).status == 303
    copy = reports.copies("XB officer")[0]["id"]
    assert "The sellers" in page("XB officer", "GET", "/reports").text
    read = page("XB officer", "GET", f"/reports/{copy}").text
    assert "Copy 1" in read and "<strong>sells</strong>" in read
    assert page("XB officer", "GET", f"/reports/{copy}/pdf").body.startswith(b"%PDF")
    useful = [("verdict", "useful"), ("text", "")]
    assert page("XB officer", "POST", f"/reports/{copy}/feedback", useful).status == 303
    assert "Useful" in page(LEAD, "GET", f"{here}/feedback").text
    there = page(LEAD, "GET", f"/reports/{here.rpartition('/')[2]}")
    assert (there.status, there.header("location")) == (303, here)


def test_records_and_charts_are_named_and_faults_stand_at_their_fields(reports: Reports, page) -> None:
    ivo, sealed = reports.in_file(name="Ivo Marenko"), reports.in_file()
    at = f"/files/{reports.file}"
    drawn = page(LEAD, "POST", f"{at}/charts", [("title", "Around Ivo")]).header("location")
    chart = drawn.rpartition("/")[2]
    made = page(LEAD, "POST", f"{at}/reports", [("title", "The sellers"), ("level", "official")])
    edit = made.header("location")
    blank = page(LEAD, "GET", edit).text
    name = re.findall(rf"<bdi>([^<]+)</bdi> <code[^>]*>\[\[{ivo}\]\]", blank)[0]
    assert f'<option value="{name}">' in blank
    form = [
        ("title", "The sellers"), ("level", "official"), ("seen", seen(blank)), ("do", "save"),
        ("b0-sort", "text"), ("b0-text", f"He [[{name.rpartition(' (')[0]}]] sells."),
        ("b1-sort", "figure"), ("b1-chart", "around ivo"),
        ("b2-sort", "timeline"), ("b2-ids", name), ("b2-ids", sealed), ("b2-ids", ""),
    ]  # fmt: skip
    wrong = [("b3-sort", "profile"), ("b3-record", "Nobody"), ("b4-sort", "records"), ("b4-ids", "Nobody")]
    told = page(LEAD, "POST", edit, [*form, *wrong])
    assert told.status == 422 and 'data-unsaved="changed"' in told.text
    alert = told.text.partition('role="alert"')[2].partition("</section>")[0]
    assert "blocks/" not in alert
    fields = {"b3-record": "4 · Subject profile: Record", "b4-ids-0": "5 · Table of records: Record 1"}
    for place, label in fields.items():
        assert f'<a href="#f-{place}">{label}</a>' in alert and f'id="f-{place}-errors"' in told.text
    assert page(LEAD, "POST", edit, form).status == 303
    text_, figure, timeline = reports.call(LEAD, "GET", f"/{edit.split('/')[-2]}").json["blocks"][:3]
    assert f"[[{ivo}]]" in text_["block"]["text"]
    assert figure["block"]["chart"] == chart
    assert timeline["block"]["ids"] == [ivo, sealed]
    again = page(LEAD, "GET", edit).text
    assert f'<option value="{chart}" selected>Around Ivo</option>' in again
    assert f'list="records" value="{name}"' in again


def test_the_check_on_a_page_says_what_blocks_and_lets_the_owner_release_it(reports: Reports, page) -> None:
    source = reports.in_file()
    id = reports.approved(text(f"He [[{source}]]"), to=("XC",))
    here = f"/files/{reports.file}/reports/{id}"
    said = page(BOSS, "POST", f"{here}/do", [("do", "publish")])
    assert said.status == 422 and "Sealed Source" in said.text
    assert "It cannot be published" in page(LEAD, "GET", f"{here}/check").text
    assert page(LEAD, "POST", f"{here}/releases", [("bureaus", "XC")]).status == 303
    assert "Nothing stands in the way" in page(LEAD, "GET", f"{here}/check").text
    assert page(LEAD, "POST", f"{here}/releases", []).status == 422


def test_a_suspended_copy_says_only_that(reports: Reports, scene: Scene, page, house, work) -> None:
    ivo = reports.open_to_all()
    reports.published(text(f"Okapi [[{ivo}]]"))
    assert scene("XA office", "DELETE", f"/records/{ivo}").status == 204
    work(house)
    copy = reports.copies("XB officer")[0]["id"]
    said = page("XB officer", "GET", f"/reports/{copy}").text
    assert "This report is suspended" in said and "Okapi" not in said and "The sellers" not in said


def test_templates_are_set_by_supervisors_on_their_page(page) -> None:
    form = [("code", "threat"), ("name", "Threats"), ("lang", "fr"), ("do", "keep")]
    assert page(LEAD, "POST", "/reports/templates", form).status == 403
    assert page(BOSS, "POST", "/reports/templates", form).status == 303
    assert "Threats" in page(BOSS, "GET", "/reports/templates").text
    assert page(BOSS, "POST", "/reports/templates", [("code", "Bad Code"), ("name", "x")]).status == 422
