"""Analytical reports: written block by block, approved as seen, checked against every reader, and sent."""

import pytest

from rooms.filed import BOSS, LEAD
from rooms.reported import Reports, text
from rooms.scene import Scene, only, places


@pytest.fixture
def reports(scene: Scene) -> Reports:
    return Reports(scene)


def test_a_report_is_written_approved_published_and_read(reports: Reports) -> None:
    ivo = reports.open_to_all()
    id = reports.published(
        text(f"# What we know\n\n**Ivo** [[{ivo}]] sells papers."),
        {"sort": "judgement", "text": "He leads.", "likelihood": "likely", "confidence": "moderate"},
        {"sort": "profile", "record": ivo},
        {"sort": "timeline", "ids": [ivo]},
        {"sort": "places", "ids": [ivo]},
        {"sort": "records", "ids": [ivo], "columns": ["birthDate"]},
        {"sort": "table", "head": ["What", "How much"], "rows": [[f"Papers [[{ivo}]]", "12"]]},
    )
    copy = reports.copy("XB officer")
    assert (copy["state"], copy["number"], copy["title"], copy["owner"]) == (
        "published",
        1,
        "The sellers",
        "XA",
    )
    blocks = copy["document"]["blocks"]
    assert [b["sort"] for b in blocks] == [
        "text", "judgement", "profile", "timeline", "places", "records", "table", "citations"
    ]  # fmt: skip
    assert blocks[3]["rows"] == [["5 Mar 1971", "Date of birth", "Ivo Marenko [1]"]]
    assert blocks[6]["rows"] == [["Papers [1]", "12"]]
    assert blocks[7]["rows"] == [["1", "Ivo Marenko", "Person", "XA", "–"]]
    row = reports.call(LEAD, "GET", "").json[0]
    assert (row["id"], row["state"]) == (id, "published")


def test_who_is_no_member_cannot_learn_that_a_report_exists(reports: Reports) -> None:
    id = reports.written(text("Draft"))["id"]
    for path in ("", f"/{id}", f"/{id}/check", f"/{id}/copies", f"/{id}/feedback"):
        there = reports.call("XB analyst", "GET", path)
        nowhere = reports.scene("XB analyst", "GET", f"/files/{'0' * 32}/reports{path}")
        assert (there.status, there.body) == (nowhere.status, nowhere.body)
    assert reports.copies("XB officer") == []


def test_what_one_may_not_see_is_cited_as_what_does_not_exist(reports: Reports) -> None:
    hidden = str(reports.scene.contribute(handling=only("XC"), who="XB office")["id"])
    said = []
    for id in (hidden, "0" * 32):
        form = {"title": "T", "blocks": [text(f"See [[{id}]]"), {"sort": "profile", "record": id}]}
        answer = reports.call(LEAD, "POST", "", json=form)
        assert answer.status == 422
        assert places(answer) == ["blocks/0/text", "blocks/1/record"]
        said.append(answer.text.replace(id, ""))
    assert said[0] == said[1]


def test_a_paper_of_the_house_is_no_record_to_cite(reports: Reports) -> None:
    id = reports.written(text("Draft"))["id"]
    answer = reports.call(LEAD, "POST", "", json={"title": "T", "blocks": [text(f"See [[{id}]]")]})
    assert places(answer) == ["blocks/0/text"]


def test_every_fault_is_told_at_once(reports: Reports) -> None:
    form = {
        "title": "T",
        "level": "confidential",
        "template": "none",
        "blocks": [
            {"sort": "figure", "chart": "0" * 32},
            {"sort": "metrics", "which": ["beauty"]},
            {"sort": "table", "head": ["a"], "rows": [["1", "2"]]},
        ],
        "distribution": [
            {"bureau": "QQ"},
            {"bureau": "XB"},
            {"bureau": "XB"},
            {"bureau": "XB", "officer": "0" * 32},
        ],
    }
    assert set(places(reports.call(LEAD, "POST", "", json=form))) == {
        "blocks/0/chart", "blocks/1/which/0", "blocks/2/rows", "level", "template",
        "distribution/0/bureau", "distribution/2", "distribution/3/officer",
    }  # fmt: skip


@pytest.mark.parametrize(
    "block",
    [
        {"sort": "poem", "text": "x"},
        {"sort": "text", "text": "x" * 20_001},
        {"sort": "text", "text": "x", "colour": "red"},
        {"sort": "table", "head": ["a"], "rows": [["x"]] * 2_001},
        {"sort": "records", "ids": ["a" * 32] * 1_001},
        {"sort": "judgement", "text": "x", "likelihood": "perhaps", "confidence": "high"},
    ],
)
def test_a_block_that_is_none_is_refused(reports: Reports, block) -> None:
    answer = reports.call(LEAD, "POST", "", json={"title": "T", "blocks": [block]})
    assert answer.status == 422


def test_scripts_and_links_in_markdown_stay_letters(reports: Reports) -> None:
    evil = "<script>alert(1)</script> [x](javascript:alert(1)) ![p](http://evil/p.png) <b>no</b>"
    reports.published(text(evil))
    copy = reports.copy("XB officer")
    assert "".join(run["s"] for run in copy["document"]["blocks"][0]["text"][0]["in"]) == evil
    page = reports.scene("XB officer", "GET", f"/reports/{copy['id']}/html").text
    assert "<script" not in page and "<a " not in page and 'src="http' not in page


def test_a_block_is_not_there_for_a_member_who_may_not_see_all_it_is_made_of(reports: Reports) -> None:
    reports.files.joined(reports.file, "XB analyst", "reader")
    mine = str(reports.scene.contribute(handling=only("XC"), who="XA office")["id"])
    ivo = reports.open_to_all("Petr Ilin")
    id = reports.written(text(f"Secret [[{mine}]]"), text(f"Known [[{ivo}]]"))["id"]
    seen = reports.call("XB analyst", "GET", f"/{id}").json
    assert [b["block"]["sort"] for b in seen["blocks"]] == ["text", "citations"]
    assert seen["blocks"][0]["drawn"]["text"][0]["in"][1] == {"s": "[1]", "n": 1}
    assert mine not in reports.call("XB analyst", "GET", f"/{id}").text
    assert mine not in reports.call("XB analyst", "GET", f"/{id}/check").text
    assert [b["block"]["sort"] for b in reports.call(LEAD, "GET", f"/{id}").json["blocks"]] == [
        "text", "text", "citations"
    ]  # fmt: skip


def test_nobody_but_its_author_writes_it_and_nobody_approves_his_own(reports: Reports) -> None:
    report = reports.written(text("Draft"))
    form = {"title": "Mine now", "seen": report["seen"], "blocks": [text("x")]}
    assert reports.call(BOSS, "PUT", f"/{report['id']}", json=form).status == 403
    own = reports.written(text("The supervisor's"), who=BOSS)
    said = {"seen": own["seen"], "approver": reports.boss}
    assert "approver" in places(reports.call(BOSS, "POST", f"/{own['id']}/submit", json=said))


def test_who_may_not_see_a_block_is_not_asked_to_approve_it(reports: Reports) -> None:
    reports.files.joined(reports.file, "XB supervisor", "reader")
    mine = str(reports.scene.contribute(handling=only("XC"), who="XA office")["id"])
    report = reports.written(text("Open"), text(f"Secret [[{mine}]]"))
    said = {"seen": report["seen"], "approver": reports.scene.crew["XB supervisor"].id}
    answer = reports.call(LEAD, "POST", f"/{report['id']}/submit", json=said)
    assert places(answer) == ["blocks/1", "blocks/2"]


def test_only_what_was_seen_is_approved_and_only_what_was_approved_is_published(reports: Reports) -> None:
    ivo = reports.scene.contribute(who="XA office")
    report = reports.written(text(f"He [[{ivo['id']}]]"))
    old = report["seen"]
    edited = reports.call(
        LEAD, "PUT", f"/{report['id']}",
        json={
            "title": "Anew", "seen": old, "distribution": [{"bureau": "XB"}],
            "blocks": [text(f"She [[{ivo['id']}]]")],
        },
    ).json  # fmt: skip
    again = {"title": "Late", "seen": old, "blocks": []}
    assert reports.call(LEAD, "PUT", f"/{report['id']}", json=again).status == 409
    said = {"seen": edited["seen"], "approver": reports.boss}
    assert reports.call(LEAD, "POST", f"/{report['id']}/submit", json=said).status == 200
    given = {"seen": old, "approve": True}
    assert reports.call(BOSS, "POST", f"/{report['id']}/decide", json=given).status == 409
    given["seen"] = reports.call(BOSS, "GET", f"/{report['id']}").json["seen"]
    assert reports.call(BOSS, "POST", f"/{report['id']}/decide", json=given).status == 200
    correction = {"version": 1, "properties": {"name": ["Somebody Else"]}}
    assert reports.scene("XA office", "PUT", f"/records/{ivo['id']}", json=correction).status == 200
    answer = reports.publish(report["id"])
    assert places(answer) == ["approved"]


def test_a_report_goes_nowhere_without_recipients_or_words(reports: Reports) -> None:
    report = reports.written(to=())
    said = {"seen": report["seen"], "approver": reports.boss}
    answer = reports.call(LEAD, "POST", f"/{report['id']}/submit", json=said)
    assert places(answer) == ["blocks", "distribution"]
