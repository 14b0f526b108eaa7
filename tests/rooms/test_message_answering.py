"""What somebody typed as an answer is never lost: not by a choice forgotten, nor by a request that closes."""

import re
from typing import Any

import pytest

from entente.rooms.messages import reading
from rooms.posting import PDF, Q1, sent, values, written
from rooms.scene import Scene


def _asked(page: Any, **said: Any) -> str:
    return sent(page("XA office", "POST", "/messages/new", written(**said)))


def _answers(page: Any, id: str, *form: tuple[str, str], **more: Any) -> Any:
    return page("XB office", "POST", f"/messages/{id}/answers", [*form, ("ref", "a")], **more)


def test_a_text_for_which_nothing_was_chosen_is_a_fault_and_nothing_is_sent(page: Any, scene: Scene) -> None:
    id = _asked(page)
    answer = _answers(
        page, id, ("how-1", "content"), ("text-1", "To nobody"), ("how-2", ""), ("text-2", "No.")
    )
    assert answer.status == 422
    assert 'href="#a-2"' in answer.text and 'href="#a-1"' not in answer.text
    assert "You wrote something here: choose what it is" in answer.text
    assert "To nobody" in answer.text and ">No.</textarea>" in answer.text
    assert scene("XB office", "GET", "/messages?box=out").json["messages"] == []
    answer = _answers(page, id, ("how-1", ""), ("until-1", "2026-01-16T10:00"))
    assert answer.status == 422
    assert "choose what it is" in answer.text and 'value="2026-01-16T10:00"' in answer.text


def test_an_answer_of_nothing_says_what_to_do(page: Any) -> None:
    answer = _answers(page, _asked(page), ("how-1", ""), ("how-2", ""))
    assert answer.status == 422
    assert "Answer at least one question." in answer.text
    assert "too few" not in answer.text


def test_a_commitment_without_a_time_asks_for_one(page: Any) -> None:
    answer = _answers(page, _asked(page), ("how-1", "time"), ("until-1", ""))
    assert answer.status == 422
    assert "Choose a day and a time" in answer.text
    assert "is no moment" not in answer.text and "2026-01-31" not in answer.text


def test_what_was_typed_for_a_request_that_was_cancelled_goes_as_a_message(page: Any, scene: Scene) -> None:
    id = _asked(page, case="XA-7")
    page("XA office", "POST", f"/messages/{id}/cancel", [("reason", "Found")])
    typed = [
        ("how-1", "content"),
        ("text-1", "To nobody"),
        ("how-2", ""),
        ("text-2", "No."),
        ("text", "Besides"),
    ]
    answer = _answers(page, id, *typed, ("case", "XB-1"), files=[("van.pdf", PDF)])
    assert answer.status == 422
    (left,) = re.findall(r'<textarea id="unsent-text"[^>]*>(.*?)</textarea>', answer.text, re.S)
    for kept in (Q1, "To nobody", "No.", "Besides"):
        assert kept in left
    form = answer.text.partition('id="unsent"')[2].partition("</form>")[0]
    names = ("reply_to", "to", "kind", "subject", "case", "their_case", "urgency", "level", "language", "ref")
    said = [(name, value) for name in (*names, "attachments") for value in values(form, name)]
    assert ("reply_to", id) in said and ("their_case", "XA-7") in said and ("case", "XB-1") in said
    composed = page("XB office", "POST", "/messages/new", [*said, ("text", left), ("do", "fill")])
    assert composed.status == 200
    assert "To nobody" in composed.text and "van.pdf" in composed.text
    sent(page("XB office", "POST", "/messages/new", [*said, ("text", left), ("do", "send")]))
    (came,) = scene("XA office", "GET", "/messages").json["messages"]
    assert came["type"] == "information"
    assert "Besides" in scene("XA office", "GET", f"/messages/{came['id']}").json["text"]


def test_what_a_colleague_answered_meanwhile_is_kept_apart_from_what_is_open_still(page: Any) -> None:
    id = _asked(page)
    form = [("how-1", "content"), ("text-1", "His"), ("ref", "b")]
    assert page("XB officer", "POST", f"/messages/{id}/answers", form).status == 303
    answer = _answers(
        page, id, ("how-1", "content"), ("text-1", "Mine"), ("how-2", "content"), ("text-2", "No.")
    )
    assert answer.status == 422
    (left,) = re.findall(r'<textarea id="unsent-text"[^>]*>(.*?)</textarea>', answer.text, re.S)
    assert "Mine" in left and "No." not in left
    assert re.search(r'<textarea id="text-2"[^>]*>No\.</textarea>', answer.text)
    assert 'href="#unsent"' in answer.text
    assert 'id="unsent"' not in page("XB office", "GET", f"/messages/{id}").text


def test_an_information_waits_for_no_answer(page: Any) -> None:
    for said, shown in (({}, True), ({"kind": "information", "questions": [], "ref": "2"}, False)):
        theirs = page("XA office", "GET", f"/messages/{_asked(page, **said)}").text
        receipts = theirs.partition('<table class="receipts">')[2].partition("</table>")[0]
        assert "Opened" in receipts
        assert ("Answered" in receipts) == shown


def test_a_desk_that_was_closed_is_told_so_only_while_a_clock_runs(
    page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_closed", lambda *_: "2026-01-19T07:00:00+00:00")
    said = "The clock ran all the same."
    id = _asked(page)
    assert said in page("XB office", "GET", f"/messages/{id}").text
    page("XA office", "POST", f"/messages/{id}/cancel", [("reason", "Found")])
    assert said not in page("XB office", "GET", f"/messages/{id}").text
    id = _asked(page, kind="information", questions=[], ref="2")
    assert said not in page("XB office", "GET", f"/messages/{id}").text
