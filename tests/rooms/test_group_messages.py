"""Messages to a working group: its members read them, and their colleagues do not learn that they exist."""

import re
from dataclasses import replace
from typing import Any

import pytest

from entente.rooms.bureaus import working_groups
from rooms.scene import Scene, places
from worlds.stage import Clock


@pytest.fixture
def group(scene: Scene) -> str:
    """XA's analyst convenes; XB's expert (its analyst) is invited and comes."""
    ends = "2026-12-31"
    made = scene(
        "XA analyst",
        "POST",
        "/groups",
        json={"name": "Velvet", "area": "wildlife", "purpose": "Ivory", "ends": ends},
    )
    assert made.status == 201, made.text
    id = str(made.json["id"])
    expert = {
        "name": "Analyst of XB",
        "unit": "Wildlife",
        "areas": ["wildlife"],
        "languages": ["en"],
        "officer": scene.crew["XB analyst"].id,
    }
    known = scene("XB analyst", "POST", "/experts", json=expert)
    assert known.status == 201, known.text
    asked = scene("XA analyst", "POST", f"/groups/{id}/invite", json={"expert": known.json["id"]})
    assert asked.status == 204, asked.text
    (invited,) = scene("XB analyst", "GET", "/invitations").json
    assert scene("XB analyst", "POST", f"/invitations/{invited['id']}/accept").status in (200, 204)
    return id


def to(group: str, **more: Any) -> dict[str, Any]:
    return {
        "group": group,
        "kind": "request",
        "subject": "Tusks",
        "text": "Seen",
        "questions": ["Where?"],
        **more,
    }


def test_a_group_is_written_to_from_its_page_until_it_ends(
    page: Any, group: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = f'href="/messages/new?group={group}"'
    assert link in page("XB analyst", "GET", f"/groups/{group}").text
    written = page("XB analyst", "GET", f"/messages/new?group={group}").text
    assert re.search(rf'value="{group}" (selected|checked)', written)
    known = working_groups.group_of
    monkeypatch.setattr(working_groups, "group_of", lambda *said: replace(known(*said), ended=True))
    answer = page("XB analyst", "GET", f"/groups/{group}")
    assert answer.status == 200
    assert link not in answer.text


def test_a_message_to_a_group_is_read_by_its_members_alone(scene: Scene, group: str) -> None:
    sent = scene("XA analyst", "POST", "/messages", json=to(group))
    assert sent.status == 201, sent.text
    id = sent.json["id"]
    message = scene("XB analyst", "GET", f"/messages/{id}").json
    assert (message["subject"], message["group"], message["to"]) == ("Tusks", group, ["XB"])
    for who in ("XB officer", "XB supervisor", "XA officer", "XC analyst"):
        assert scene(who, "GET", f"/messages/{id}").status == 404
        assert scene(who, "GET", "/messages").json["messages"] == []
        assert scene(who, "GET", "/messages/burning").json == []


def test_its_members_answer_in_the_group(scene: Scene, group: str) -> None:
    id = scene("XA analyst", "POST", "/messages", json=to(group)).json["id"]
    said = {"answers": [{"question": 1, "how": "content", "text": "At the port"}]}
    assert scene("XB officer", "POST", f"/messages/{id}/answers", json=said).status == 404
    assert scene("XB analyst", "POST", f"/messages/{id}/answers", json=said).status == 201
    (party,) = scene("XA analyst", "GET", f"/messages/{id}").json["parties"]
    assert (party["state"], party["questions"][0]["answer_text"]) == ("answered", "At the port")


def test_who_is_not_in_a_group_cannot_write_to_it(scene: Scene, group: str) -> None:
    for who in ("XB officer", "XC analyst", "XZ chief"):
        foreign = scene(who, "POST", "/messages", json=to(group))
        nothing = scene(who, "POST", "/messages", json=to("0" * 32))
        assert foreign.status == 404 and foreign.body == nothing.body


def test_a_group_is_not_left_by_a_reply_nor_entered(scene: Scene, group: str) -> None:
    id = scene("XA analyst", "POST", "/messages", json=to(group)).json["id"]
    out = scene("XB analyst", "POST", "/messages", json={**to(""), "to": ["XA"], "reply_to": id})
    assert places(out) == ["group"]
    assert places(scene("XA analyst", "POST", "/messages", json=to(group, to=["XC"]))) == ["to/0"]


def test_who_has_left_a_group_reads_its_messages_no_more(scene: Scene, group: str) -> None:
    id = scene("XA analyst", "POST", "/messages", json=to(group)).json["id"]
    assert scene("XB analyst", "GET", f"/messages/{id}").status == 200
    left = scene("XB analyst", "POST", f"/groups/{group}/leave")
    assert left.status in (200, 204), left.text
    assert scene("XB analyst", "GET", f"/messages/{id}").status == 404


def test_a_draft_to_a_group_is_shared_by_its_members_alone(scene: Scene, group: str) -> None:
    kept = scene("XA analyst", "POST", "/messages/drafts", json=to(group))
    assert kept.status == 201, kept.text
    path = f"/messages/drafts/{kept.json['id']}"
    assert scene("XA analyst", "GET", path).json["draft"]["subject"] == "Tusks"
    for who in ("XA officer", "XA chief"):
        assert scene(who, "GET", path).status == scene(who, "DELETE", path).status == 404
        assert scene(who, "GET", "/messages/drafts").json == []
        assert scene(who, "POST", "/messages/drafts", json=to(group)).status == 404


def test_a_group_that_has_ended_is_written_to_no_more(
    scene: Scene, group: str, clock: Clock, doors: Any
) -> None:
    scene = Scene(doors(idle_minutes=1_000_000), scene.crew)
    assert scene("XA analyst", "PATCH", f"/groups/{group}", json={"ends": "2026-02-01"}).status == 200
    clock.forward(days=17)
    assert places(scene("XA analyst", "POST", "/messages", json=to(group))) == ["group"]


def test_an_upload_is_its_officers_until_a_message_or_a_draft_carries_it(scene: Scene, group: str) -> None:
    said = scene("XA analyst", "POST", "/messages/attachments?name=p.pdf", raw=b"%PDF-1.7 secret").json["id"]
    for who in ("XA supervisor", "XA office", "XB analyst"):
        stolen = {"to": ["XC"], "kind": "information", "subject": "s", "attachments": [said]}
        assert places(scene(who, "POST", "/messages", json=stolen)) == ["attachments/0"]
    kept = scene("XA analyst", "POST", "/messages/drafts", json=to("", to=["XB"], attachments=[said])).json
    sent = to("", to=["XB"], attachments=[said], draft=kept["id"])
    assert scene("XA officer", "POST", "/messages", json=sent).status == 201
