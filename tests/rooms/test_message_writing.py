"""The page on which a message is written, by its form; what is wrong, and what of it is kept."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from rooms.posting import PDF, Q1, Q2, listed, sent, values, written
from rooms.scene import Scene
from worlds.stage import Answer

Asking = Callable[..., Answer]


def test_a_message_written_on_the_page_is_sent_and_shown(page: Any) -> None:
    id = sent(page("XA office", "POST", "/messages/new", written()))
    theirs = page("XB office", "GET", f"/messages/{id}")
    for said in (
        "Owner of a van",
        "We stopped it this morning.",
        Q1,
        Q2,
        "Office of XA",
        "Written in English",
    ):
        assert said in theirs.text
    assert "Genuine" in theirs.text
    assert "not genuine" not in theirs.text.lower()


def test_every_fault_of_a_form_is_said_at_once_and_nothing_typed_is_lost(page: Any) -> None:
    said = written(to=[], subject="", text="Typed at three in the morning", questions=["", ""], case="XA-7")
    answer = page("XA office", "POST", "/messages/new", said, files=[("van.pdf", b"no pdf")])
    assert answer.status == 422
    for fault in (
        "A request asks something",
        "There is no subject",
        "Name 1 to 30 bureaus",
        "“van.pdf” says",
    ):
        assert fault in answer.text
    assert "Typed at three in the morning" in answer.text
    assert values(answer.text, "case") == ["XA-7"]
    assert values(answer.text, "ref") == ["form-1"]


def test_what_was_uploaded_with_a_form_that_has_faults_goes_with_it_when_it_is_mended(page: Any) -> None:
    answer = page("XA office", "POST", "/messages/new", written(subject=""), files=[("van.pdf", PDF)])
    (kept,) = values(answer.text, "attachments")
    assert "van.pdf" in answer.text
    id = sent(page("XA office", "POST", "/messages/new", written(attachments=kept)))
    assert "van.pdf" in page("XB office", "GET", f"/messages/{id}").text


def test_no_message_leaves_without_a_file_that_was_chosen_for_it(page: Any, scene: Scene) -> None:
    answer = page(
        "XA office", "POST", "/messages/new", written(), files=[("run.exe", b"MZ"), ("van.pdf", PDF)]
    )
    assert answer.status == 422
    assert listed(scene, "XA office", box="out") == []
    assert len(values(answer.text, "attachments")) == 1


def test_a_file_that_is_too_large_is_a_fault_beside_the_others(page: Any) -> None:
    large = b"%PDF-" + b"0" * (10 * 2**20)
    answer = page("XA office", "POST", "/messages/new", written(subject=""), files=[("large.pdf", large)])
    assert answer.status == 422
    assert "is larger than 10 MiB" in answer.text
    assert "There is no subject" in answer.text


def test_a_form_sent_twice_is_one_message(page: Any, scene: Scene) -> None:
    first = sent(page("XA office", "POST", "/messages/new", written()))
    assert sent(page("XA office", "POST", "/messages/new", written())) == first
    assert len(listed(scene, "XB office")) == 1


def test_a_form_with_a_file_sent_twice_is_one_message(page: Any, scene: Scene) -> None:
    files = [("van.pdf", PDF)]
    first = sent(page("XA office", "POST", "/messages/new", written(), files))
    assert sent(page("XA office", "POST", "/messages/new", written(), files)) == first
    assert len(listed(scene, "XB office")) == 1


def test_a_form_that_was_changed_after_it_was_sent_is_offered_as_a_second_message(page: Any) -> None:
    first = sent(page("XA office", "POST", "/messages/new", written()))
    again = page("XA office", "POST", "/messages/new", written(text="Another text"))
    assert again.status == 422
    assert "was not sent" in again.text
    (ref,) = values(again.text, "ref")
    assert ref != "form-1"
    assert sent(page("XA office", "POST", "/messages/new", written(text="Another text", ref=ref))) != first


def test_a_standard_request_puts_its_questions_in_and_loses_none(page: Any) -> None:
    said = written(do="template", standard="vehicle-owner", questions=["My own question?", ""])
    answer = page("XA office", "POST", "/messages/new", said)
    assert answer.status == 200
    for text in ("My own question?", "To whom is the vehicle registered, and since when?", "Owner of a van"):
        assert text in answer.text
    assert values(answer.text, "template") == ["vehicle-owner"]


def test_more_room_for_questions_keeps_what_stands(page: Any) -> None:
    few = page("XA office", "GET", "/messages/new")
    more = page("XA office", "POST", "/messages/new", written(do="more", questions=["a?", "b?", "c?", "d?"]))
    assert (few.status, more.status) == (200, 200)
    assert few.text.count('name="questions"') == 3
    assert more.text.count('name="questions"') == 6


def test_a_suspended_bureau_is_offered_to_nobody(page: Any, scene: Scene) -> None:
    form = {"suspended": True, "reason": "Misuse of the channel"}
    assert scene("XZ chief", "POST", "/bureaus/XB/suspension", json=form).status < 300
    text = page("XA office", "GET", "/messages/new").text
    assert re.search(r'value="XB" disabled>.*?Suspended', text, re.DOTALL)
    assert "disabled" not in text.partition('value="XC"')[2][:20]


def test_a_draft_is_kept_opened_sent_and_gone(page: Any) -> None:
    kept = page("XA office", "POST", "/messages/new", written(do="draft", subject="", questions=[""]))
    assert (kept.status, kept.header("location")) == (303, "/messages/drafts")
    drafts = page("XA chief", "GET", "/messages/drafts").text
    (id,) = set(re.findall(r"draft=([0-9a-f]{32})", drafts))
    form = page("XA chief", "GET", f"/messages/new?draft={id}").text
    assert "We stopped it this morning." in form
    assert values(form, "draft") == [id]
    first = sent(page("XA chief", "POST", "/messages/new", written(draft=id)))
    assert sent(page("XA chief", "POST", "/messages/new", written(draft=id))) == first
    assert id not in page("XA office", "GET", "/messages/drafts").text


def test_a_draft_is_discarded(page: Any) -> None:
    page("XA office", "POST", "/messages/new", written(do="draft"))
    (id,) = set(re.findall(r"draft=([0-9a-f]{32})", page("XA office", "GET", "/messages/drafts").text))
    assert page("XB office", "POST", f"/messages/drafts/{id}/discard", []).status == 404
    assert page("XA office", "POST", f"/messages/drafts/{id}/discard", []).status == 303
    assert id not in page("XA office", "GET", "/messages/drafts").text


def test_a_reply_goes_back_in_the_same_thread_under_both_references(page: Any) -> None:
    id = sent(page("XA office", "POST", "/messages/new", written(case="XA-7")))
    text = page("XB office", "GET", f"/messages/new?reply_to={id}").text
    assert re.search(r'value="XA" checked', text)
    assert values(text, "their_case") == ["XA-7"]
    assert values(text, "reply_to") == [id]


def test_what_was_typed_survives_a_group_that_is_gone(page: Any) -> None:
    answer = page("XA office", "POST", "/messages/new", written(group="0" * 32, to=[], text="Typed before"))
    assert answer.status == 422
    assert "Typed before" in answer.text


def test_an_uploaded_file_never_waits_in_clear_on_the_disk(
    page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rolled: list[int] = []
    monkeypatch.setattr(
        "tempfile.SpooledTemporaryFile.rollover", lambda file: rolled.append(file.tell()), raising=True
    )
    big = b"%PDF-1.7\n" + bytes(3 * 2**20)
    sent(page("XA office", "POST", "/messages/new", written(), files=[("van.pdf", big)]))
    assert rolled == []


def test_a_colleague_sends_a_draft_with_its_files(page: Any, scene: Scene) -> None:
    file = scene("XA analyst", "POST", "/messages/attachments?name=p.pdf", raw=PDF).json["id"]
    said = {"to": ["XB"], "kind": "information", "subject": "Half", "attachments": [file]}
    kept = scene("XA analyst", "POST", "/messages/drafts", json=said).json["id"]
    form = page("XA officer", "GET", f"/messages/new?draft={kept}")
    assert "p.pdf" in form.text and f'value="{file}"' in form.text
    id = sent(
        page(
            "XA officer",
            "POST",
            "/messages/new",
            written(kind="information", questions=[], draft=kept, attachments=[file]),
        )
    )
    assert [a["name"] for a in scene("XB officer", "GET", f"/messages/{id}").json["attachments"]] == ["p.pdf"]
