"""The pages of a message and of lists, as officers use them: opened, answered part by part, cancelled."""

import re
from typing import Any

import pytest

from entente.rooms.messages import reading, standard
from entente.web.language import current, speaking
from rooms.posting import PDF, listed, sent, written
from rooms.scene import Scene
from worlds.stage import Clock

EVIL = '"><script>alert(1)</script>'


def test_what_somebody_wrote_never_becomes_markup(page: Any) -> None:
    said = written(subject=EVIL, text=EVIL, questions=[EVIL], case=EVIL)
    id = sent(page("XA office", "POST", "/messages/new", said))
    form = [("how-1", "content"), ("text-1", EVIL), ("text", EVIL), ("ref", "a"), ("case", EVIL)]
    assert page("XB office", "POST", f"/messages/{id}/answers", form).status == 303
    for who, address in (
        ("XB office", "/inbox"),
        ("XB office", "/messages"),
        ("XB office", f"/messages/{id}"),
        ("XA office", f"/messages/{id}"),
        ("XA office", f"/messages/new?like={id}"),
        ("XB office", f"/messages?words={EVIL.replace(' ', '%20')}"),
    ):
        text = page(who, "GET", address).text
        assert "<script>alert" not in text, address
        assert "&lt;script&gt;" in text, address


def test_a_page_runs_as_its_reader_reads_and_a_text_as_it_was_written(page: Any) -> None:
    id = sent(page("XA office", "POST", "/messages/new", written(language="fr")))
    text = page("XB office", "GET", f"/messages/{id}?lang=ar").text
    assert '<html lang="ar" dir="rtl"' in text
    assert re.search(r'class="letter" lang="fr" dir="ltr">We stopped it', text)


def test_who_is_no_party_reads_the_same_as_for_nothing(page: Any) -> None:
    id = sent(page("XA office", "POST", "/messages/new", written(), files=[("van.pdf", PDF)]))
    nothing = "0" * 32
    for shape in ("/messages/{}", "/messages/{}/attachments/1", "/messages/new?reply_to={}"):
        theirs = page("XC office", "GET", shape.format(id))
        none = page("XC office", "GET", shape.format(nothing))
        assert theirs.status == none.status == 404
        assert theirs.body.replace(id.encode(), b"") == none.body.replace(nothing.encode(), b"")
    for shape in ("/messages/{}/answers", "/messages/{}/cancel"):
        form = [("how-1", "content"), ("text-1", "x"), ("ref", "r"), ("reason", "r")]
        assert page("XC office", "POST", shape.format(id), form).status == 404


def test_a_message_is_opened_once_and_its_sender_sees_who_signed(page: Any, scene: Scene) -> None:
    id = sent(page("XA office", "POST", "/messages/new", written()))
    assert "not yet" in page("XA office", "GET", f"/messages/{id}").text
    page("XB officer", "GET", f"/messages/{id}")
    page("XB office", "GET", f"/messages/{id}")
    (party,) = scene("XA office", "GET", f"/messages/{id}").json["parties"]
    (receipt,) = [r for r in party["receipts"] if r["fact"] == "opened"]
    grouped = " ".join(receipt["by"][i : i + 4] for i in range(0, 16, 4))
    assert grouped in page("XA office", "GET", f"/messages/{id}").text


def test_questions_of_a_standard_request_are_told_in_the_readers_language(
    page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = written(template="vehicle-owner", questions=["Is the vehicle reported stolen or sought?", "Mine?"])
    id = sent(page("XA office", "POST", "/messages/new", said))

    english = standard.one

    def translated(slug: str) -> standard.StandardRequest:
        lang = current()
        with speaking("en"):
            known = english(slug)
        assert known
        said = [q if lang == "en" else f"{lang}: {q}" for q in known.questions]
        return known.model_copy(update={"questions": said})

    monkeypatch.setattr(standard, "one", translated)
    text = page("XB office", "GET", f"/messages/{id}?lang=fr").text
    assert "fr: Is the vehicle reported stolen or sought?" in text
    assert "fr: To whom" not in text


def test_a_signature_that_is_not_genuine_is_warned_of_loudly(
    page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = sent(page("XA office", "POST", "/messages/new", written()))
    monkeypatch.setattr(reading, "_signer", lambda *_: (False, "unknown"))
    assert 'role="alert"' in page("XB office", "GET", f"/messages/{id}").text
    monkeypatch.setattr(reading, "_signer", lambda *_: (True, "revoked"))
    assert "was revoked since" in page("XB office", "GET", f"/messages/{id}").text


def test_an_attachment_is_offered_as_a_file_and_never_shown_in_the_page(page: Any) -> None:
    id = sent(page("XA office", "POST", "/messages/new", written(), files=[("van é.pdf", PDF)]))
    answer = page("XB office", "GET", f"/messages/{id}/attachments/1")
    assert (answer.status, answer.body) == (200, PDF)
    assert answer.header("content-disposition").startswith("attachment; filename*=UTF-8''van")
    assert answer.header("x-content-type-options") == "nosniff"
    assert answer.header("content-type") == "application/pdf"
    assert page("XB office", "GET", f"/messages/{id}/attachments/2").status == 404


def test_a_list_is_narrowed_by_what_is_asked_for(page: Any) -> None:
    page("XA office", "POST", "/messages/new", written(subject="About a lorry", urgency="flash"))
    page("XC office", "POST", "/messages/new", written(subject="About a boat"))
    both = page("XB office", "GET", "/messages").text
    assert "About a lorry" in both and "About a boat" in both
    for query in ("words=lorry", "urgency=flash", "bureau=XA"):
        text = page("XB office", "GET", f"/messages?{query}").text
        assert "About a lorry" in text and "About a boat" not in text, query
    assert "About a boat" in page("XC office", "GET", "/messages?box=out").text


# --- answering -----------------------------------------------------------------------------------


def test_questions_are_answered_one_by_one(page: Any, clock: Clock) -> None:
    id = sent(page("XA office", "POST", "/messages/new", written()))
    until = clock.now.replace(hour=18).strftime("%Y-%m-%dT%H:%M")
    form = [
        ("how-1", "content"),
        ("text-1", "To nobody"),
        ("how-2", "time"),
        ("until-2", until),
        ("ref", "a"),
    ]
    assert page("XB office", "POST", f"/messages/{id}/answers", form).header("location") == f"/messages/{id}"
    theirs = page("XA office", "GET", f"/messages/{id}").text
    assert "To nobody" in theirs
    assert "15 Jan 2026 18:00 UTC" in theirs
    still = page("XB office", "GET", f"/messages/{id}").text
    assert 'name="how-2"' in still and 'name="how-1"' not in still
    form = [("how-2", "refusal"), ("text-2", "The file is closed"), ("ref", "b")]
    assert page("XB office", "POST", f"/messages/{id}/answers", form).status == 303
    assert 'name="how-2"' not in page("XB office", "GET", f"/messages/{id}").text
    assert "The file is closed" in page("XA office", "GET", f"/messages/{id}").text


def test_a_fault_of_an_answer_stands_at_its_question_and_loses_nothing(page: Any) -> None:
    id = sent(page("XA office", "POST", "/messages/new", written()))
    form = [
        ("how-1", "content"),
        ("text-1", "Half written"),
        ("how-2", "refusal"),
        ("text", "Besides"),
        ("ref", "a"),
    ]
    answer = page("XB office", "POST", f"/messages/{id}/answers", form, files=[("van.pdf", PDF)])
    assert answer.status == 422
    assert 'href="#a-2"' in answer.text and 'href="#a-1"' not in answer.text
    for kept in ("A refusal needs its reason", "Half written", "Besides", "van.pdf"):
        assert kept in answer.text
    assert page("XB office", "POST", f"/messages/{id}/answers", [("ref", "a")]).status == 422


def test_answers_with_a_file_sent_twice_are_given_once(page: Any, scene: Scene) -> None:
    id = sent(page("XA office", "POST", "/messages/new", written()))
    form = [("how-1", "content"), ("text-1", "To nobody"), ("ref", "a")]
    for _ in range(2):
        answer = page("XB office", "POST", f"/messages/{id}/answers", form, files=[("van.pdf", PDF)])
        assert answer.status == 303
    assert len(listed(scene, "XB office", box="out")) == 1


def test_who_reads_an_answer_on_the_requests_page_has_opened_it(page: Any, scene: Scene) -> None:
    id = sent(page("XA office", "POST", "/messages/new", written()))
    form = [("how-1", "content"), ("text-1", "To nobody"), ("ref", "a")]
    page("XB office", "POST", f"/messages/{id}/answers", form)
    assert [m["opened"] for m in listed(scene, "XA office")] == [False]
    assert "To nobody" in page("XA office", "GET", f"/messages/{id}").text
    assert [m["opened"] for m in listed(scene, "XA office")] == [True]


def test_the_text_of_a_message_that_nobody_opened_is_not_in_its_thread(page: Any, scene: Scene) -> None:
    id = sent(page("XA office", "POST", "/messages/new", written()))
    said = written(reply_to=id, kind="information", questions=[], text="More of it", subject="More", ref="2")
    more = sent(page("XA office", "POST", "/messages/new", said))
    assert "More of it" not in page("XB office", "GET", f"/messages/{id}").text
    page("XB office", "GET", f"/messages/{more}")
    assert "More of it" in page("XB office", "GET", f"/messages/{id}").text


def test_a_request_is_cancelled_by_its_own_bureau(page: Any) -> None:
    id = sent(page("XA office", "POST", "/messages/new", written()))
    assert "/cancel" in page("XA office", "GET", f"/messages/{id}").text
    assert "/cancel" not in page("XB office", "GET", f"/messages/{id}").text
    assert page("XA office", "POST", f"/messages/{id}/cancel", [("reason", "Found")]).status == 303
    theirs = page("XB office", "GET", f"/messages/{id}").text
    assert "Cancelled" in theirs and 'name="how-1"' not in theirs
    assert page("XA office", "POST", f"/messages/{id}/cancel", [("reason", "Twice")]).status == 303
    assert page("XB office", "POST", f"/messages/{id}/cancel", [("reason", "Theirs")]).status == 422
