"""What an officer who is new to notices must find at once: the owner, what is missing, what goes on."""

import re
from html import unescape

import pytest

from rooms.noticed import DRAFTER, READER, REVIEWER, Office, form
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


# --- the form ------------------------------------------------------------------------------------


def test_a_red_notices_form_keeps_what_identifies_together_and_begins_with_the_facts(page) -> None:
    shown = unescape(page(DRAFTER, "/notices/new?colour=red").text)
    together = shown.partition("One of these is needed, or a photo")[2].partition("</fieldset>")[0]
    names = set(re.findall(r'name="([\w-]+)"', together))
    assert names == {
        *("p-appearance", "p-distinguishingMarks", "p-passportNumber", "p-idNumber"),
        "field-fingerprints",
    }
    assert re.findall(r'name="(field-\w+)"', shown.partition("What is said")[2])[0] == "field-facts"


def test_a_person_is_not_asked_for_what_companies_have(page) -> None:
    shown = page(DRAFTER, "/notices/new?colour=red").text
    for of_companies in ("vatCode", "legalForm", "dissolutionDate", "leiCode", "indexText"):
        assert f'name="p-{of_companies}"' not in shown
    for of_persons in ("fatherName", "eyeColor", "idNumber", "alias", "socialSecurityNumber"):
        assert f'name="p-{of_persons}"' in shown


def test_what_a_form_does_not_offer_stays_when_it_is_edited(page, office: Office) -> None:
    subject = {"kind": "Person", "properties": {**IVO, "vatCode": ["XA123456"]}}
    notice = office.draft(subject=subject)
    shown = page(DRAFTER, f"/notices/{notice['id']}/edit").text
    assert 'name="p-vatCode" value="XA123456"' in shown


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("maximum", "10", "10"),
        ("maximum", "10 years", "10"),
        ("maximum", "1 Year", "1"),
        ("maximum", "10 ans", "10"),
        ("maximum", "10 años", "10"),
        ("maximum", "10 سنوات", "10"),
        ("maximum", "Life", "life"),
        ("maximum", "perpétuité", "life"),
        ("remaining", "6 months", "6"),
        ("remaining", "6 mois", "6"),
        ("remaining", "6 meses", "6"),
        ("remaining", "6 أشهر", "6"),
    ],
)
def test_a_penalty_may_be_given_with_its_unit(office: Office, field: str, typed: str, kept: str) -> None:
    notice = office.draft(fields={**form()["fields"], field: typed})
    assert notice["fields"][field] == kept


def test_a_penalty_in_the_wrong_unit_is_not_taken_for_the_right_one(office: Office) -> None:
    fields = {**form()["fields"], "maximum": "10 months", "remaining": "6 years"}
    answer = office.scene(DRAFTER, "POST", "/notices", json=form(fields=fields))
    assert answer.status == 422


# --- why one asks --------------------------------------------------------------------------------


def test_who_is_no_reviewer_is_not_offered_oversight_and_may_change_a_wrong_purpose(
    page, office: Office
) -> None:
    path = f"/notices/{office.published()['id']}"
    asked = page(READER, path, purpose="")
    assert 'value="wanted"' in asked.text and 'value="oversight"' not in asked.text
    refused = page(READER, path, purpose="oversight")
    assert refused.status == 403
    assert 'action="/inquiry"' in refused.text and "Change the purpose" in refused.text
    assert f'name="back" value="{path}"' in refused.text


# --- on paper, from right to left ----------------------------------------------------------------


def test_names_in_an_arabic_footer_stand_for_themselves(page, office: Office) -> None:
    address = f"/notices/{office.published()['id']}"
    shown = page(READER, f"{address}/print?lang=ar").text
    assert "\u2068Officer of XB\u2069" in shown and "\u2068XB\u2069" in shown
    assert "\u2068" not in page(READER, f"{address}/print?lang=en").text
    assert page(READER, f"{address}/pdf?lang=ar").body.startswith(b"%PDF-")
