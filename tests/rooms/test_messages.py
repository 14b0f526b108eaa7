"""Messages between bureaus: sealed, signed, answered question by question, with receipts and clocks."""

import json
from typing import Any

import pytest

from entente.desk import HOUSE_ASKER, House, sit
from rooms.scene import Scene, places
from worlds.stage import Answer, Clock

QUESTIONS = ["Who owns the van XD 417 KLM?", "Was it stopped since May?"]


def draft(**changes: object) -> dict[str, Any]:
    return {
        "to": ["XB"],
        "kind": "request",
        "subject": "Owner of a white van",
        "text": "Seen at the depot <b>twice</b>.",
        "case": "XA-2026-17",
        "urgency": "urgent",
        "questions": QUESTIONS,
        **changes,
    }


def sent(scene: Scene, who: str = "XA office", **changes: object) -> str:
    answer = scene(who, "POST", "/messages", json=draft(**changes))
    assert answer.status == 201, answer.text
    return str(answer.json["id"])


def opened(scene: Scene, who: str, id: str) -> dict[str, Any]:
    answer = scene(who, "GET", f"/messages/{id}")
    assert answer.status == 200, answer.text
    return dict(answer.json)


def given(scene: Scene, id: str, *answers: dict[str, Any], who: str = "XB office", **more: object) -> Answer:
    return scene(who, "POST", f"/messages/{id}/answers", json={"answers": list(answers), **more})


def content(question: int, text: str = "A company of XD") -> dict[str, Any]:
    return {"question": question, "how": "content", "text": text}


# --- sending and reading -------------------------------------------------------------------------


def test_a_request_arrives_readable_for_its_recipient_and_for_nobody_else(scene: Scene) -> None:
    id = sent(scene)
    message = opened(scene, "XB officer", id)
    assert (message["subject"], message["text"]) == (draft()["subject"], draft()["text"])
    assert (message["sender"], message["to"], message["language"], message["genuine"]) == (
        "XA",
        ["XB"],
        "en",
        True,
    )
    assert [q["text"] for q in message["parties"][0]["questions"]] == QUESTIONS
    for who in ("XC office", "XD officer", "XZ chief"):
        assert scene(who, "GET", f"/messages/{id}").body == scene(who, "GET", f"/messages/{'0' * 32}").body
        assert scene(who, "GET", "/messages").json["messages"] == []


def test_the_store_holds_no_word_of_it(scene: Scene, house: House) -> None:
    sent(scene)
    with sit(house, HOUSE_ASKER) as desk:
        desk.note("see")
        everything = list(desk.inspect_all([f"box:{n}" for n in range(9)] + [f"sent:{n}" for n in range(9)]))
    assert len(everything) == 2
    kept = json.dumps([dict(t.body) for _, t in everything])
    for word in ("van", "depot", "2026-17", "stopped"):
        assert word not in kept


def test_the_journal_holds_no_word_of_it(scene: Scene) -> None:
    sent(scene)
    told = scene("XA supervisor", "GET", "/journal?limit=200").text
    assert "message" in told and "van" not in told and "depot" not in told


def test_what_another_has_no_role_for_he_does_not_read(scene: Scene) -> None:
    id = sent(scene)
    for who in ("XB contributor", "XB administrator"):
        assert scene(who, "GET", f"/messages/{id}").status == 403


def test_a_message_above_an_officers_clearance_is_not_there_for_him(scene: Scene) -> None:
    id = sent(scene, level="confidential")
    assert opened(scene, "XB office", id)["level"] == "confidential"
    assert scene("XB officer", "GET", f"/messages/{id}").status == 404
    assert scene("XB officer", "GET", "/messages").json["messages"] == []
    low = scene("XA officer", "POST", "/messages", json=draft(level="restricted"))
    assert places(low) == ["level"]


def test_sent_a_hundred_times_under_one_reference_it_is_one_message(scene: Scene) -> None:
    ids = {sent(scene, ref="click-1") for _ in range(100)}
    assert len(ids) == 1
    assert len(scene("XB officer", "GET", "/messages").json["messages"]) == 1
    assert places(scene("XA office", "POST", "/messages", json=draft(ref="click-1", text="other"))) == ["ref"]
    assert sent(scene, "XC office", ref="click-1") not in ids


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"to": ["QQ"]}, ["to/0"]),
        ({"to": ["XA"]}, ["to/0"]),
        ({"to": []}, ["to"]),
        ({"to": ["XB", "XB"]}, ["to"]),
        (
            {"to": ["XB", "QQ", "XA"], "subject": " ", "questions": []},
            ["questions", "subject", "to/1", "to/2"],
        ),
        ({"kind": "information"}, ["questions"]),
        ({"text": "turn\u202ethis"}, ["text"]),
        ({"questions": ["good", "bad\x00"]}, ["questions/1"]),
        ({"attachments": ["0" * 32]}, ["attachments/0"]),
    ],
)
def test_every_fault_of_a_message_is_named_at_once(
    scene: Scene, change: dict[str, Any], where: list[str]
) -> None:
    answer = scene("XA office", "POST", "/messages", json=draft(**change))
    assert answer.status == 422 and sorted(places(answer)) == where
    assert scene("XB officer", "GET", "/messages").json["messages"] == []


def test_a_thread_that_is_not_ones_own_is_absent(scene: Scene) -> None:
    foreign = sent(scene, "XC office")
    for id in (foreign, "0" * 32, "nonsense"):
        answer = scene("XD office", "POST", "/messages", json=draft(reply_to=id))
        assert answer.status == 404


# --- answering -----------------------------------------------------------------------------------


def test_each_question_is_answered_on_its_own(scene: Scene, clock: Clock) -> None:
    id = sent(scene)
    until = "2026-01-15T17:00:00+01:00"
    answer = given(scene, id, content(1), {"question": 2, "how": "time", "until": until})
    assert answer.status == 201, answer.text
    for who in ("XA officer", "XB officer"):
        party = opened(scene, who, id)["parties"][0]
        assert [q["state"] for q in party["questions"]] == ["content", "time"]
        assert [q["answer_text"] for q in party["questions"]] == ["A company of XD", ""]
        assert (party["state"], party["due"]) == ("committed", "2026-01-15T16:00:00+00:00")
    assert given(scene, id, {"question": 2, "how": "refusal", "text": "No legal basis"}).status == 201
    party = opened(scene, "XA officer", id)["parties"][0]
    assert (party["state"], party["due"]) == ("answered", "")
    assert [r["fact"] for r in party["receipts"]] == ["stored", "delivered", "opened", "answered"]


def test_a_closed_request_takes_no_answer(scene: Scene) -> None:
    id = sent(scene)
    assert given(scene, id, content(1), content(2)).status == 201
    late = given(scene, id, content(1))
    assert late.status == 422 and "closed" in late.json["faults"][0]["what"]
    assert places(given(scene, sent(scene), {"question": 1, "how": "refusal"})) == ["answers/0/text"]


def test_nobody_answers_for_another(scene: Scene) -> None:
    id = sent(scene)
    assert given(scene, id, content(1), who="XC office").status == 404
    own = given(scene, id, content(1), who="XA office")
    assert own.status == 422 and "parent" in places(own)


def test_a_cancelled_request_burns_no_more(scene: Scene) -> None:
    id = sent(scene, to=["XB", "XC"])
    given(scene, id, content(1))
    assert scene("XA office", "POST", f"/messages/{id}/cancellation", json={"reason": "found"}).status == 201
    for who in ("XB officer", "XC officer"):
        assert scene(who, "GET", "/messages/burning").json == []
    states = {p["bureau"]: p["state"] for p in opened(scene, "XA officer", id)["parties"]}
    assert states == {"XB": "answered", "XC": "cancelled"}
    again = scene("XB office", "POST", f"/messages/{id}/cancellation", json={"reason": "no"})
    assert again.status == 422


def test_recipients_learn_nothing_of_each_other_but_their_names(scene: Scene) -> None:
    id = sent(scene, to=["XB", "XC"])
    before = opened(scene, "XC officer", id)
    given(scene, id, content(1))
    assert opened(scene, "XC officer", id) == before
    assert [p["bureau"] for p in before["parties"]] == ["XC"]


# --- receipts ------------------------------------------------------------------------------------


def test_opened_is_signed_by_the_addressed_desk_alone(scene: Scene) -> None:
    id = sent(scene)
    assert [r["fact"] for r in opened(scene, "XA officer", id)["parties"][0]["receipts"]] == [
        "stored",
        "delivered",
    ]
    opened(scene, "XB machine", id)
    opened(scene, "XB officer", id)
    receipts = opened(scene, "XA officer", id)["parties"][0]["receipts"]
    assert [r["fact"] for r in receipts] == ["stored", "delivered", "opened"]
    keys = {k["fingerprint"] for k in scene("XA officer", "GET", "/bureaus/XB/keys").json}
    assert receipts[2]["by"] in keys and receipts[0]["by"] == "house"


# --- clocks --------------------------------------------------------------------------------------


def test_reminder_escalation_and_silence_are_told_once_each(
    scene: Scene, house: House, clock: Clock, work: Any
) -> None:
    id = sent(scene, urgency="flash")
    seen: list[tuple[list[str], list[str], str]] = []
    for minutes in (4, 1, 0, 5, 5, 5, 30):
        clock.forward(minutes=minutes)
        work(house)
        seen.append(
            (alerts(house, 3), alerts(house, 2), opened(scene, "XA machine", id)["parties"][0]["state"])
        )
    told = ["reminder", "escalation", "no-response"]
    assert [len(here) for here, _, _ in seen] == [0, 1, 1, 2, 2, 3, 3]
    assert seen[-1] == (told, told[1:], "no-response")
    assert alerts(house, 1) == ["centre"]
    assert given(scene, id, content(1), content(2), who="XB machine").status == 201
    assert opened(scene, "XA machine", id)["parties"][0]["state"] == "answered"


def alerts(house: House, bureau: int) -> list[str]:
    with sit(house, HOUSE_ASKER) as desk:
        desk.note("see")
        found = [t for _, t in desk.inspect_all([f"alerts-new:{bureau}"])]
    order = ["reminder", "escalation", "no-response", "centre"]
    return sorted((t.first("what") for t in found), key=order.index)


def test_what_burns_first_stands_first(scene: Scene) -> None:
    slow, fast, late = sent(scene), sent(scene, urgency="flash"), sent(scene, urgency="routine")
    assert [m["id"] for m in scene("XB officer", "GET", "/messages/burning").json] == [fast, slow, late]


# --- lists and words -----------------------------------------------------------------------------


def test_messages_are_listed_page_by_page_and_sought_by_words(scene: Scene) -> None:
    ids = [sent(scene, subject=f"Message {i}", text="needle" if i % 3 == 0 else "hay") for i in range(7)]
    first = scene("XB officer", "GET", "/messages?limit=4").json
    assert [m["id"] for m in first["messages"]] == ids[:2:-1] and first["further"]
    rest = scene("XB officer", "GET", f"/messages?limit=4&after={first['after']}").json
    assert [m["id"] for m in rest["messages"]] == ids[2::-1] and not rest["further"]
    found = scene("XB officer", "GET", "/messages?words=NEEDLE%20message").json
    assert [m["id"] for m in found["messages"]] == [ids[6], ids[3], ids[0]]
    assert scene("XC officer", "GET", f"/messages?after={ids[0]}").status == 404


# --- drafts and attachments ----------------------------------------------------------------------

PDF = b"%PDF-1.7\nharmless"


def upload(scene: Scene, who: str, name: str, data: bytes) -> Answer:
    return scene(who, "POST", f"/messages/attachments?name={name}", raw=data)


def test_a_draft_is_shared_in_the_bureau_and_gone_when_sent(scene: Scene) -> None:
    kept = scene("XA officer", "POST", "/messages/drafts", json=draft(subject="half")).json
    assert scene("XA analyst", "GET", f"/messages/drafts/{kept['id']}").json["draft"]["subject"] == "half"
    assert scene("XB officer", "GET", f"/messages/drafts/{kept['id']}").status == 404
    assert scene("XB officer", "PUT", f"/messages/drafts/{kept['id']}", json=draft()).status == 404
    assert scene("XB officer", "DELETE", f"/messages/drafts/{kept['id']}").status == 404
    sent(scene, draft=kept["id"])
    assert scene("XA officer", "GET", "/messages/drafts").json == []


def test_a_draft_above_ones_level_is_neither_kept_nor_read(scene: Scene) -> None:
    kept = scene("XA office", "POST", "/messages/drafts", json=draft(level="confidential"))
    assert kept.status == 201
    assert scene("XA officer", "GET", f"/messages/drafts/{kept.json['id']}").status == 404
    assert scene("XA officer", "GET", "/messages/drafts").json == []
    answer = scene("XA officer", "POST", "/messages/drafts", json=draft(level="confidential"))
    assert places(answer) == ["level"]


def test_an_attachment_travels_encrypted_and_comes_out_whole(scene: Scene, house: House) -> None:
    id = upload(scene, "XA office", "plan.pdf", PDF).json["id"]
    message = sent(scene, attachments=[id])
    (named,) = opened(scene, "XB officer", message)["attachments"]
    assert (named["name"], named["type"], named["size"]) == ("plan.pdf", "application/pdf", len(PDF))
    got = scene("XB officer", "GET", f"/messages/{message}/attachments/1")
    assert got.body == PDF and got.header("content-disposition").startswith("attachment")
    assert scene("XB officer", "GET", f"/messages/{message}/attachments/2").status == 404
    assert scene("XC officer", "GET", f"/messages/{message}/attachments/1").status == 404
    assert all(b"harmless" not in data for data in house.blobs._kept.values())  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("plan.pdf", b"MZ\x90\x00 a program"),
        ("plan.exe", b"MZ\x90\x00"),
        ("plan", PDF),
        ("photo.png", b"\xff\xd8\xff a jpeg"),
        ("page.txt", b"<html><script>alert(1)</script></html>"),
        ("note.txt", b"\xff\xfe\x00"),
        ("sheet.xlsx", b"PK\x03\x04 broken"),
        ("empty.pdf", b""),
    ],
)
def test_a_disguised_attachment_is_refused(scene: Scene, name: str, data: bytes) -> None:
    assert upload(scene, "XA office", name, data).status == 422


def test_another_bureaus_upload_cannot_be_sent(scene: Scene) -> None:
    id = upload(scene, "XC office", "plan.pdf", PDF).json["id"]
    answer = scene("XA office", "POST", "/messages", json=draft(attachments=[id]))
    assert places(answer) == ["attachments/0"]


# --- desks that are closed -----------------------------------------------------------------------


def test_a_closed_desk_says_when_it_opens_and_the_clock_runs(scene: Scene) -> None:
    hours = {"zone": "Europe/Paris", "hours": "mon-fri 08:00-12:00", "holidays": ["2026-01-16"]}
    changed = scene("XB chief", "PATCH", "/bureaus/XB", json=hours)
    assert changed.status == 200, changed.text
    (party,) = opened(scene, "XA officer", sent(scene))["parties"]
    assert party["closed_until"] == "2026-01-19T07:00:00+00:00"
    assert party["due"] == "2026-01-15T20:00:00+00:00"


# --- what would flood ----------------------------------------------------------------------------


def test_the_first_message_of_a_long_thread_still_opens(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entente.rooms.messages.reading.LONGEST_THREAD", 5)
    first = sent(scene)
    for i in range(8):
        sent(scene, reply_to=first, subject=f"More {i}")
    for who in ("XA officer", "XB officer"):
        assert first in opened(scene, who, first)["thread_ids"]
        assert scene.ask(scene.crew[who], "GET", f"/messages/{first}").status == 200


def test_a_bureau_uploads_and_drafts_no_more_than_it_may(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entente.rooms.messages.attachments.MOST_BYTES_WAITING", 3 * len(PDF))
    monkeypatch.setattr("entente.rooms.messages.drafts.MOST_LISTED", 2)
    answers = [upload(scene, "XA office", "plan.pdf", PDF).status for _ in range(4)]
    assert answers[:2] == [201, 201] and answers[-1] == 422
    assert upload(scene, "XB office", "plan.pdf", PDF).status == 201
    kept = [scene("XA officer", "POST", "/messages/drafts", json=draft()).status for _ in range(3)]
    assert kept == [201, 201, 422]


def test_nobody_unknown_has_a_file_looked_at(scene: Scene) -> None:
    assert scene("", "POST", "/messages/attachments?name=x.docx", raw=b"PK" + bytes(10_000)).status == 401


@pytest.mark.parametrize("way", ["export", "attachments/1"])
def test_whatever_way_it_is_first_read_it_is_opened(scene: Scene, way: str) -> None:
    file = upload(scene, "XA office", "plan.pdf", PDF).json["id"]
    id = sent(scene, attachments=[file])
    assert scene("XB analyst", "GET", f"/messages/{id}/{way}").status == 200
    facts = [r["fact"] for r in opened(scene, "XA officer", id)["parties"][0]["receipts"]]
    assert facts == ["stored", "delivered", "opened"]
