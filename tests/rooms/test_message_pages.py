"""The pages of messages and the one inbox, as officers use them; without script, by their forms."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import pytest

from entente.desk import HOUSE_ASKER, House, sit
from entente.rooms import messages
from entente.rooms.bureaus import make_link, signing_in
from entente.rooms.messages import reading, standard
from entente.web.language import current, speaking
from rooms.scene import IVO, Scene
from worlds.stage import Answer, Ask, Clock, Crew, Person

Asking = Callable[..., Answer]
PDF = b"%PDF-1.7 invented"
Q1, Q2 = "To whom is the van registered?", "Is it reported stolen?"
EVIL = '"><script>alert(1)</script>'


@dataclass(frozen=True, slots=True)
class Upload(Ask):
    """A form with files, as a browser sends it."""

    files: Sequence[tuple[str, bytes]] = field(default=())

    def spelled(self, who: Person | None) -> tuple[dict[str, str], bytes]:
        headers, _ = Ask.spelled(self, who)
        parts = [(f'name="{name}"', value.encode()) for name, value in self.form or ()]
        parts += [
            (f'name="files"; filename="{name}"\r\nContent-Type: application/octet-stream', data)
            for name, data in self.files
        ]
        body = b"".join(
            b"--part\r\nContent-Disposition: form-data; " + named.encode() + b"\r\n\r\n" + data + b"\r\n"
            for named, data in parts
        )
        body += b"--part--\r\n"
        said = {"content-type": "multipart/form-data; boundary=part", "content-length": str(len(body))}
        return headers | said, body


@pytest.fixture
def page(ask: Asking, crew: Crew) -> Callable[..., Answer]:
    """page("XA office", "GET", "/inbox"), page("XA office", "POST", address, form, files=[(name, bytes)])."""
    caller = ask.__self__  # type: ignore[attr-defined]

    def asked(
        who: str,
        method: str,
        path: str,
        form: Sequence[tuple[str, str]] | None = None,
        files: Sequence[tuple[str, bytes]] = (),
    ) -> Answer:
        made = Upload(method, path, form=form, files=files) if files else Ask(method, path, form=form)
        answer: Answer = caller(crew[who], made)
        return answer

    return asked


def written(**said: str | Sequence[str]) -> list[tuple[str, str]]:
    """The form of a request as somebody fills it; a list gives a field several values."""
    usual: Mapping[str, str | Sequence[str]] = {
        "to": ["XB"],
        "kind": "request",
        "subject": "Owner of a van",
        "text": "We stopped it this morning.",
        "urgency": "urgent",
        "language": "en",
        "level": "official",
        "questions": [Q1, Q2],
        "ref": "form-1",
        "do": "send",
    }
    pairs = []
    for name, value in {**usual, **said}.items():
        pairs += [(name, one) for one in ([value] if isinstance(value, str) else value)]
    return pairs


def sent(answer: Answer) -> str:
    """The id of the message that a form sent."""
    assert answer.status == 303, re.findall(r"<li>(.*?)</li>", answer.text.partition('role="alert"')[2])
    found = re.fullmatch(r"/messages/([0-9a-f]{32})", answer.header("location"))
    assert found
    return found[1]


def values(text: str, name: str) -> list[str]:
    """Values of a form's input fields, as they are shown again."""
    return [unescape(v) for v in re.findall(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', text)]


def listed(scene: Scene, who: str, **narrow: str) -> list[dict[str, Any]]:
    query = "&".join(f"{name}={value}" for name, value in narrow.items())
    found: list[dict[str, Any]] = scene(who, "GET", f"/messages?{query}").json["messages"]
    return found


# --- writing -------------------------------------------------------------------------------------


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


# --- reading -------------------------------------------------------------------------------------


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
        ("how-1", ""),
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


# --- the inbox -----------------------------------------------------------------------------------


def test_the_inbox_puts_first_what_is_due_first_be_it_a_message_or_a_hit(page: Any, scene: Scene) -> None:
    page("XA office", "POST", "/messages/new", written(subject="In seven days", urgency="routine", ref="1"))
    page("XA office", "POST", "/messages/new", written(subject="In ten minutes", urgency="flash", ref="2"))
    record = scene.contribute(who="XB office")
    assert scene.judged("XC office", IVO["name"][0], record["id"]).status == 201
    text = page("XB office", "GET", "/inbox").text
    places = [text.index(said) for said in ("In ten minutes", "/hits/", "In seven days")]
    assert places == sorted(places)
    assert "FLASH" in text
    assert "In ten minutes" in page("XA office", "GET", "/inbox?sent=yes").text


def test_what_is_late_is_told_and_taken_note_of(page: Any, house: House, clock: Clock) -> None:
    id = sent(page("XA office", "POST", "/messages/new", written(urgency="flash")))
    clock.forward(minutes=11)
    messages.tick(house)
    text = page("XB office", "GET", "/inbox").text
    assert '<tr class="late">' in text
    assert "The time to answer a request has gone" in text
    assert f'href="/messages/{id}"' in text
    (note,) = set(re.findall(r"/alerts/[0-9a-f]+/note", text))
    assert page("XC office", "POST", note, []).status == 404
    assert page("XB office", "POST", note, []).header("location") == "/inbox"
    assert page("XB office", "POST", note, []).status == 303
    assert "/alerts/" not in page("XB office", "GET", "/inbox").text


def test_the_part_that_is_renewed_is_what_the_page_shows(page: Any) -> None:
    page("XA office", "POST", "/messages/new", written())
    whole, part = page("XB office", "GET", "/inbox").text, page("XB office", "GET", "/inbox/part").text
    assert "<html" not in part
    assert part.strip() in whole


@pytest.fixture
def keyless(house: House, crew: Crew) -> Person:
    """XB's officer, signed in by what does not hold the bureau's key."""
    who = crew["XB officer"]
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        session = signing_in.spend_link(desk, make_link(desk, who.id), 10_000)
    assert session
    return Person(who.id, "XB", "officer", session=session.token)


def test_a_session_that_opens_no_key_sees_that_something_waits_and_what_to_do(
    page: Any, ask: Asking, keyless: Person
) -> None:
    id = sent(page("XA office", "POST", "/messages/new", written(urgency="flash"), files=[("van.pdf", PDF)]))
    for address in ("/inbox", "/messages", f"/messages/{id}"):
        answer = ask(keyless, "GET", address)
        assert answer.status == 200
        assert "Your session does not open your bureau&#39;s key" in answer.text
        assert "Owner of a van" not in answer.text
        assert Q1 not in answer.text
    assert "FLASH" in ask(keyless, "GET", "/inbox").text
    assert 'name="how-1"' not in ask(keyless, "GET", f"/messages/{id}").text
    for address in ("/messages/new", "/messages/drafts", f"/messages/{id}/attachments/1"):
        refused = ask(keyless, "GET", address)
        assert refused.status == 403
        assert "van" not in refused.text
    assert "not yet" in page("XA office", "GET", f"/messages/{id}").text, "it was not opened"


def test_what_was_typed_survives_a_key_that_is_gone(ask: Asking, keyless: Person) -> None:
    answer = ask(keyless, "POST", "/messages/new", form=written(to=["XA"], text="Typed before"))
    assert answer.status == 422
    assert "Typed before" in answer.text


def test_who_may_not_write_messages_has_an_inbox_without_them(page: Any) -> None:
    page("XA office", "POST", "/messages/new", written())
    text = page("XB contributor", "GET", "/inbox").text
    assert "Owner of a van" not in text
    assert "/messages" not in text
    assert page("XB contributor", "GET", "/messages").status == 403


def test_a_large_form_is_read_for_messages_only_and_for_nobody_unknown(ask: Asking, page: Any) -> None:
    caller = ask.__self__  # type: ignore[attr-defined]
    files = [("van.pdf", PDF + b"0" * (2 << 20))]
    sent(page("XA office", "POST", "/messages/new", written(), files))
    assert page("XA office", "POST", "/inquiry", [], files).status == 413
    assert caller(None, Upload("POST", "/messages/new", form=written(), files=files)).status == 401
