"""What an officer who is new to notices must find at once: the owner, what is missing, what goes on."""

import re
from html import unescape

import pytest

from rooms.noticed import DRAFTER, READER, REVIEWER, SECOND, Office, form
from rooms.scene import IVO, Scene
from worlds.stage import Answer, Crew


@pytest.fixture
def office(scene: Scene) -> Office:
    return Office(scene)


@pytest.fixture
def page(ask, crew: Crew):
    def opened(who: str, path: str, method: str = "GET", **said) -> Answer:
        return ask(crew[who], method, path, **said)

    return opened


# --- the owner -----------------------------------------------------------------------------------


def test_who_must_verify_with_the_owner_finds_him_on_the_page_and_on_paper(
    page, office: Office, scene: Scene
) -> None:
    said = {"phone": "+999 1 23", "duty": "+999 7 77", "email": "desk@xa.example"}
    changed = scene("XA administrator", "PATCH", "/bureaus/XA", json={**said, "hours": "mon-fri 23:00-23:30"})
    assert changed.status == 200, changed.text
    notice = office.published()
    for path in ("", "/print"):
        shown = page(READER, f"/notices/{notice['id']}{path}").text
        assert 'href="/bureaus/XA"' in shown
        for value in said.values():
            assert value in shown, (path, value)
    assert "Desk closed until" in page(READER, f"/notices/{notice['id']}").text


def test_another_bureaus_record_says_where_to_verify_it(page, scene: Scene) -> None:
    record = scene.contribute()["id"]
    scene("XA administrator", "PATCH", "/bureaus/XA", json={"phone": "+999 1 23"})
    shown = page("XB officer", f"/records/{record}", purpose="wanted").text
    verify = shown.partition("Verify with the owner before acting.")[2].partition("</p>")[0]
    assert 'href="/bureaus/XA"' in verify and "+999 1 23" in verify


# --- what is missing -----------------------------------------------------------------------------


def test_what_an_incomplete_notice_lacks_is_named_by_labels_that_lead_to_the_form(
    page, office: Office
) -> None:
    bare = {"properties": {"name": ["Ivo Marenko"]}, "kind": "Person"}
    notice = office.draft(colour="red", fields={}, attest=[], subject=bare)
    address = f"/notices/{notice['id']}"
    shown = page(DRAFTER, f"{address}/submit", "POST", form=[("version", str(notice["version"]))])
    told = unescape(shown.text.partition('role="alert"')[2].partition("</section>")[0])
    assert shown.status == 422
    for machine in ("fields/", "attest/", "subject/", "photo or", "warrantDate is"):
        assert machine not in re.sub(r'href="[^"]*"', "", told), machine
    assert f'href="{address}/edit#f-field-warrantDate">Date of the warrant or judgment</a>' in told
    assert f'href="{address}/edit#p-birthDate">Date of birth</a>' in told
    assert f'href="{address}/edit#attest-neutral"' in told
    assert 'href="#f-photo">Photo</a>' in told
    assert "Photo; Fingerprints reference; Appearance; Scars, marks and tattoos; Passport number" in told
    assert told.count("f-field-maximum") == 1
    form_shown = page(DRAFTER, f"{address}/edit").text
    for id in re.findall(r'/edit#([\w-]+)"', told):
        assert f'id="{id}"' in form_shown, id


def test_a_flag_is_named_by_its_field_and_so_is_what_is_not_answered(page, office: Office) -> None:
    fields = {**form()["fields"], "facts": "He deserted from the army and forged 40 passports."}
    notice = office.sent(fields=fields)
    address = f"/notices/{notice['id']}"
    shown = page(REVIEWER, address)
    assert "<code" not in shown.text.partition("Flags for the reviewer")[2].partition("</ul>")[0]
    assert "Words of the military · Facts" in shown.text
    said = [("version", str(notice["version"])), ("decision", "publish")]
    told = unescape(page(REVIEWER, f"{address}/review", "POST", form=said).text)
    assert "A flag is not answered: Words of the military (Facts)" in told
    assert 'href="#f-answer-1">Facts</a>' in told


def test_faults_of_a_notice_are_told_in_the_readers_language(page, office: Office) -> None:
    notice = office.draft(colour="red", fields={}, attest=[])
    path = f"/notices/{notice['id']}/submit"
    said = [("version", str(notice["version"]))]
    told = page(DRAFTER, f"{path}?lang=fr", "POST", form=said).text.partition('role="alert"')[2]
    assert "One of these is needed" not in told.partition("</section>")[0]
