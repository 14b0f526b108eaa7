"""After publication: sources change, readers answer, editions follow, and the same copy is the same bytes."""

import io
import json
import zipfile
from hashlib import sha256

import pytest
from docx import Document

from entente.core.journal import canonical
from entente.desk import HOUSE_ASKER, sit
from entente.rooms.publications.copies import copies_of
from rooms.filed import BOSS, LEAD
from rooms.reported import Reports, text
from rooms.scene import EVERYONE, Scene, only, places

WORDS = "The one name that must not leak: Zefirin Okapi"


@pytest.fixture
def reports(scene: Scene) -> Reports:
    return Reports(scene)


def handle(scene: Scene, id: str, handling: dict, version: int = 1) -> None:
    said = {"version": version, "handling": handling}
    answer = scene("XA office", "PUT", f"/records/{id}/handling", json=said)
    assert answer.status == 200, answer.text


def alerts(scene: Scene, who: str) -> list[str]:
    return [a["what"] for a in scene(who, "GET", "/alerts").json]


# --- sources that change -------------------------------------------------------------------------


def test_a_source_restricted_after_publication_suspends_the_report_and_tells_its_readers(
    reports: Reports, scene: Scene, house, work
) -> None:
    ivo = str(scene.contribute(handling=only("XB", "XC"))["id"])
    id = reports.published(text(f"He [[{ivo}]]"), to=("XB", "XC"))
    handle(scene, ivo, only("XD"))
    work(house)
    assert reports.call(LEAD, "GET", f"/{id}").json["state"] == "suspended"
    for who in ("XB officer", "XC officer"):
        copy = reports.copy(who)
        assert (copy["state"], copy["document"], copy["title"], copy["sha256"]) == ("suspended", None, "", "")
        for form in ("pdf", "html", "docx"):
            assert scene(who, "GET", f"/reports/{copy['id']}/{form}").status == 404
        assert "report-suspended" in alerts(scene, who)
    assert "report-suspended" in alerts(scene, LEAD)


def test_only_the_copies_of_those_who_may_read_no_more_are_suspended(
    reports: Reports, scene: Scene, house, work
) -> None:
    ivo = str(scene.contribute(handling=only("XB", "XC"))["id"])
    id = reports.published(text(f"He [[{ivo}]]"), to=("XB", "XC"))
    before = reports.copy("XC officer")
    handle(scene, ivo, only("XC"))
    work(house)
    assert reports.copy("XB officer")["state"] == "suspended"
    assert reports.copy("XC officer") == {**before, "read": True}
    assert "report-suspended" not in alerts(scene, "XC officer")
    assert reports.call(LEAD, "GET", f"/{id}").json["state"] == "published"


@pytest.mark.parametrize("change", ["corrected", "suspended", "withdrawn", "expired"])
def test_a_report_of_what_is_corrected_suspended_deleted_or_expired_is_wrong_for_all(
    reports: Reports, scene: Scene, house, work, clock, change: str
) -> None:
    ivo = str(scene.contribute(handling=EVERYONE, expires="2026-03-01")["id"])
    id = reports.published(text(f"He [[{ivo}]]"), to=("XB", "XC"))
    if change == "corrected":
        said = {"version": 1, "properties": {"name": ["Somebody Else"]}}
        assert scene("XA office", "PUT", f"/records/{ivo}", json=said).status == 200
    elif change == "suspended":
        handle(scene, ivo, {**EVERYONE, "status": "suspended"})
    elif change == "withdrawn":
        assert scene("XA office", "DELETE", f"/records/{ivo}").status == 204
    else:
        clock.forward(days=60)
    work(house)
    if change == "expired":  # and its copies with it
        with sit(house, HOUSE_ASKER) as desk:
            desk.note("see")
            assert copies_of(desk, id) == []
        return
    for who in ("XB officer", "XC officer"):
        assert reports.copy(who)["state"] == "suspended"
    assert reports.call(LEAD, "GET", f"/{id}").json["state"] == "suspended"


def test_a_copy_is_relabelled_when_a_source_may_still_be_read_but_by_fewer(
    reports: Reports, scene: Scene, house, work
) -> None:
    ivo = str(scene.contribute(handling=EVERYONE)["id"])
    reports.published(text(f"He [[{ivo}]]"))
    handle(scene, ivo, {**EVERYONE, "level": "restricted"})
    work(house)
    assert reports.copies("XB officer") == []  # not cleared for what it is now
    assert reports.copy("XB office")["state"] == "published"


def test_a_release_taken_back_takes_the_copies_that_rested_on_it(
    reports: Reports, scene: Scene, house, work
) -> None:
    source = reports.in_file()
    id = reports.approved(text(f"He [[{source}]]"), to=("XC",))
    given = reports.call(LEAD, "POST", f"/{id}/releases", json={"bureaus": ["XC"]}).json[0]
    assert reports.publish(id).status == 200
    work(house)
    assert reports.copy("XC officer")["state"] == "published"
    assert reports.call(LEAD, "DELETE", f"/{id}/releases/{given['id']}").status == 204
    work(house)
    assert reports.copy("XC officer")["state"] == "suspended"


def test_what_is_not_in_a_report_changes_nothing_of_it(reports: Reports, scene: Scene, house, work) -> None:
    ivo, other = (str(scene.contribute(handling=EVERYONE)["id"]) for _ in range(2))
    reports.published(text(f"He [[{ivo}]]"))
    handle(scene, other, only("XD"))
    work(house)
    assert reports.copy("XB officer")["state"] == "published"


@pytest.mark.parametrize("how", ["withdrawn", "expired"])
def test_what_is_deleted_is_deleted_from_the_frozen_data_too(
    reports: Reports, scene: Scene, house, work, clock, how: str
) -> None:
    canary = str(scene.contribute({"name": ["Zefirin Okapi"]}, expires="2026-03-01")["id"])
    reports.published(text(f"He [[{canary}]]"), to=("XB", "XC"))
    assert any(b"Okapi" in kept for kept in house.blobs._kept.values())
    if how == "withdrawn":
        assert scene("XA office", "DELETE", f"/records/{canary}").status == 204
    else:
        clock.forward(days=60)
    work(house)
    clock.forward(minutes=15)
    work(house)
    assert not any(b"Okapi" in kept or canary.encode() in kept for kept in house.blobs._kept.values())


# --- readers -------------------------------------------------------------------------------------


def test_a_copy_holds_nothing_of_what_its_reader_may_not_see(reports: Reports, scene: Scene) -> None:
    secret = reports.in_file(name=WORDS)
    open_one = reports.open_to_all("Ivo Marenko")
    scene.contribute(
        {"person": [open_one], "relative": [secret], "relationship": ["brother"]},
        only("XC"), kind="Family",
    )  # fmt: skip
    reports.published(
        text(f"He [[{open_one}]]"),
        {"sort": "profile", "record": open_one},
        {"sort": "records", "ids": [open_one]},
    )
    copy = reports.copy("XB officer")
    everything = [json.dumps(copy), scene("XB officer", "GET", f"/reports/{copy['id']}/html").text]
    packed = scene("XB officer", "GET", f"/reports/{copy['id']}/docx").body
    with zipfile.ZipFile(io.BytesIO(packed)) as parts:
        everything += [parts.read(name).decode("utf-8", "replace") for name in parts.namelist()]
    for said in everything:
        assert secret not in said and "Okapi" not in said and "brother" not in said
        assert reports.file not in said and "Kestrel" not in said  # nor which file it comes from


def test_the_same_copy_is_the_same_bytes_and_each_bears_its_number(reports: Reports, scene: Scene) -> None:
    ivo = reports.open_to_all()
    reports.published(text(f"He [[{ivo}]]"), to=("XB", "XC"), level="official")
    made = {}
    for who in ("XB officer", "XC officer"):
        copy = reports.copy(who)
        for form in ("pdf", "html", "docx"):
            first, second = (scene(who, "GET", f"/reports/{copy['id']}/{form}") for _ in range(2))
            assert first.status == 200 and first.body == second.body
            made[who, form] = first.body
        page = made[who, "html"].decode()
        assert f"Copy {copy['number']}" in page and "Official" in page and copy["sha256"] in page
        word = Document(io.BytesIO(made[who, "docx"])).sections[0].header.paragraphs[0].text
        assert f"Copy {copy['number']}" in word and "OFFICIAL" in word
        assert made[who, "pdf"].startswith(b"%PDF-") and b"pdfaid" in made[who, "pdf"]
        assert sha256(canonical(copy["document"])).hexdigest() == copy["sha256"]
    assert made["XB officer", "pdf"] != made["XC officer", "pdf"]


def test_a_copy_for_one_bureau_is_no_copy_for_another(reports: Reports, scene: Scene) -> None:
    reports.published(text("Words"), to=("XB",))
    id = reports.copies("XB officer")[0]["id"]
    absent = scene("XC officer", "GET", f"/reports/{'0' * 32}").body
    for who in ("XC officer", "XC office", "XA officer"):
        for path in ("", "/pdf", "/html", "/docx"):
            answer = scene(who, "GET", f"/reports/{id}{path}")
            assert (answer.status, answer.body) == (404, absent)
        said = scene(who, "POST", f"/reports/{id}/feedback", json={"verdict": "used"})
        assert (said.status, said.body) == (404, absent)


def test_who_wrote_it_learns_that_it_was_read_and_what_became_of_it(reports: Reports, scene: Scene) -> None:
    id = reports.published(text("Words"), to=("XB", "XC"))
    copy = reports.copy("XB officer")["id"]
    reports.copy("XB officer")
    told = reports.call(LEAD, "GET", f"/{id}/copies").json
    assert [(r["number"], r["bureau"], len(r["read"])) for r in told] == [(1, "XB", 1), (2, "XC", 0)]
    said = {"verdict": "wrong", "text": "He lives in XC."}
    assert scene("XB officer", "POST", f"/reports/{copy}/feedback", json=said).status == 204
    found = reports.call(LEAD, "GET", f"/{id}/feedback").json
    assert [(f["bureau"], f["verdict"], f["text"]) for f in found] == [("XB", "wrong", "He lives in XC.")]
    assert "report-feedback" in alerts(scene, LEAD)
    assert "report-feedback" not in alerts(scene, "XA officer")  # no member of the file


# --- editions ------------------------------------------------------------------------------------


def test_a_new_edition_goes_to_the_same_list_and_says_what_changed(reports: Reports, scene: Scene) -> None:
    first = reports.published(text("Old words"), text("Kept"), to=("XB", "XC"))
    begun = reports.call(LEAD, "POST", f"/{first}/revise")
    assert begun.status == 201, begun.text
    second = begun.json
    assert second["edition"] == 2 and [r["bureau"] for r in second["distribution"]] == ["XB", "XC"]
    assert places(reports.call(LEAD, "POST", f"/{first}/revise")) == ["state"]
    kept = second["blocks"][1]["block"]
    form = {
        "title": second["title"], "seen": second["seen"], "changes": "He was arrested.",
        "blocks": [text("New words"), kept], "distribution": second["distribution"],
    }  # fmt: skip
    edited = reports.call(LEAD, "PUT", f"/{second['id']}", json=form).json
    reports.approve(edited)
    assert reports.publish(second["id"]).status == 200
    states = {c["edition"]: c["state"] for c in reports.copies("XC officer")}
    assert states == {1: "withdrawn", 2: "published"}
    new = next(c["id"] for c in reports.copies("XC officer") if c["edition"] == 2)
    document = scene("XC officer", "GET", f"/reports/{new}").json["document"]
    assert document["changes"] == "He was arrested."
    assert document["compared"] == "Blocks: 1 new, 0 changed, 1 left out."
    assert alerts(scene, "XC officer").count("report-withdrawn") == 1


def test_who_had_a_withdrawn_report_is_told_why(reports: Reports, scene: Scene) -> None:
    id = reports.published(text("Words"), to=("XB",))
    why = {"why": "It names the wrong man."}
    assert reports.call(LEAD, "POST", f"/{id}/withdraw", json=why).status == 403
    assert reports.call(BOSS, "POST", f"/{id}/withdraw", json=why).status == 200
    copy = reports.copy("XB officer")
    assert (copy["state"], copy["why"], copy["document"]) == ("withdrawn", why["why"], None)
    assert "report-withdrawn" in alerts(scene, "XB officer")


def test_a_bureaus_template_is_on_its_copies(reports: Reports, scene: Scene) -> None:
    form = {"name": "Threats", "header": "Unit 9", "footer": "End", "caveat": "Careful.", "lang": "fr"}
    assert scene(LEAD, "PUT", "/reports/templates/threat", json=form).status == 403
    assert scene(BOSS, "PUT", "/reports/templates/threat", json=form).json == {**form, "code": "threat"}
    assert scene("XB supervisor", "GET", "/reports/templates").json == []
    reports.published(text("Mots"), template="threat")
    document = reports.copy("XB officer")["document"]
    assert [document[n] for n in ("header", "footer", "caveat", "lang")] == [
        "Unit 9",
        "End",
        "Careful.",
        "fr",
    ]
    assert scene(BOSS, "DELETE", "/reports/templates/threat").status == 204


def test_the_list_of_sources_names_the_contribution_if_its_owner_agrees(
    reports: Reports, scene: Scene
) -> None:
    source = reports.in_file()
    blocks = (text(f"He [[{source}]]"), {"sort": "citations", "contributions": True})
    id = reports.approved(*blocks, to=("XC",))
    rows = reports.call(LEAD, "GET", f"/{id}").json["blocks"][1]["drawn"]["rows"]
    assert rows[0][:4] == ["1", "Sealed Source", "Person", "XA"] and rows[0][4] == "B2 (4x4)"
    reports.call(LEAD, "POST", f"/{id}/releases", json={"bureaus": ["XC"], "sources": [source]})
    checked = reports.call(LEAD, "GET", f"/{id}/check").json
    assert {b["number"] for b in checked["blocked"]} == {1}  # the contribution itself is not released
    reports.call(LEAD, "POST", f"/{id}/releases", json={"bureaus": ["XC"]})
    assert reports.publish(id).status == 200


@pytest.mark.parametrize("name", ["მარენკო", "张伟", "محمد علي", "\ue000 private", "😀", "𓀀"])
def test_a_copy_is_printed_in_whatever_letters_a_name_has(reports: Reports, scene: Scene, name: str) -> None:
    reports.published(text(f"# {name}\n\n{name}"))
    copy = reports.copy("XB officer")
    for form in ("pdf", "html", "docx"):
        assert scene("XB officer", "GET", f"/reports/{copy['id']}/{form}").status == 200


def test_a_template_changed_after_the_approval_lets_nothing_out(reports: Reports, scene: Scene) -> None:
    form = {"name": "Threats", "header": "", "footer": "", "caveat": "Careful.", "lang": "en"}
    scene(BOSS, "PUT", "/reports/templates/threat", json=form)
    id = reports.approved(text("Words"), template="threat")
    scene(BOSS, "PUT", "/reports/templates/threat", json={**form, "caveat": "Pass on freely."})
    assert places(reports.publish(id)) == ["approved"]
    scene(BOSS, "PUT", "/reports/templates/threat", json=form)
    assert reports.publish(id).status == 200


def test_what_changed_is_counted_over_what_the_new_editions_author_sees(
    reports: Reports, scene: Scene
) -> None:
    for who, role in (("XB analyst", "analyst"), ("XB supervisor", "analyst")):
        reports.files.joined(reports.file, who, role)
    hidden = scene.contribute(handling=only("XC"))["id"]
    first = reports.published(text("Open"), text(f"He [[{hidden}]]"), text(f"Again [[{hidden}]]"), to=("XC",))
    second = reports.call("XB analyst", "POST", f"/{first}/revise").json
    assert second["sha256"] == "" and reports.call("XB analyst", "GET", f"/{first}").json["sha256"] == ""
    assert reports.call(LEAD, "GET", f"/{first}").json["sha256"]
    said = {"seen": second["seen"], "approver": scene.crew["XB supervisor"].id}
    assert reports.call("XB analyst", "POST", f"/{second['id']}/submit", json=said).status == 200
    seen = reports.call("XB supervisor", "GET", f"/{second['id']}").json["seen"]
    decided = {"seen": seen, "approve": True}
    assert reports.call("XB supervisor", "POST", f"/{second['id']}/decide", json=decided).status == 200
    assert reports.publish(second["id"], "XB supervisor").status == 200
    new = next(c["id"] for c in reports.copies("XC officer") if c["edition"] == 2)
    document = scene("XC officer", "GET", f"/reports/{new}").json["document"]
    assert document["compared"] == "Blocks: 0 new, 0 changed, 0 left out."
