"""The one inbox: what burns first, what is told, and what a session without the bureau's key sees of it."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from entente.desk import HOUSE_ASKER, House, sit
from entente.rooms import messages
from entente.rooms.bureaus import make_link, signing_in
from rooms.posting import PDF, Q1, Upload, sent, written
from rooms.scene import IVO, Scene
from worlds.stage import Answer, Clock, Crew, Person

Asking = Callable[..., Answer]


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


def test_the_title_of_the_inbox_names_what_burns(page: Any) -> None:
    def title(address: str = "/inbox") -> str:
        return page("XB office", "GET", address).text.partition("<title>")[2].partition("<")[0]

    for ref, urgency in enumerate(("urgent", "immediate", "flash")):
        page("XA office", "POST", "/messages/new", written(urgency=urgency, ref=str(ref)))
        burns = {"urgent": "", "immediate": "IMMEDIATE · ", "flash": "FLASH · "}[urgency]
        assert title() == f"{burns}Inbox · Entente"
        assert f'data-title="{title()}"' in page("XB office", "GET", "/inbox/part").text
    assert title("/inbox?sent=yes") == "Waiting for others · Entente"


def test_what_is_urgent_has_a_sign_and_what_is_routine_has_none(page: Any) -> None:
    page("XA office", "POST", "/messages/new", written(urgency="urgent", ref="1"))
    page("XA office", "POST", "/messages/new", written(urgency="routine", ref="2"))
    badges = re.findall(
        r'<span class="badge (urgency[^"]*)">(.*?)\n', page("XB office", "GET", "/inbox").text
    )
    said = {slug: "△" in text for slug, text in badges}
    assert said == {"urgency urgent": True, "urgency": False}


def test_an_invitation_stands_in_the_inbox_of_the_officer_invited_alone(page: Any, scene: Scene) -> None:
    form = {"name": "Harbour", "area": "documents", "purpose": "", "ends": "2026-12-31"}
    group = scene("XA analyst", "POST", "/groups", json=form).json["id"]
    said = {"colleague": scene.crew["XA officer"].id}
    assert scene("XA analyst", "POST", f"/groups/{group}/invite", json=said).status == 204
    assert "Harbour" in page("XA officer", "GET", "/inbox").text
    for other in ("XA analyst", "XA office", "XB officer"):
        assert "Harbour" not in page(other, "GET", "/inbox").text
    [invitation] = scene("XA officer", "GET", "/invitations").json
    page("XA officer", "POST", f"/invitations/{invitation['id']}/accept", [])
    assert "Harbour" not in page("XA officer", "GET", "/inbox").text


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
