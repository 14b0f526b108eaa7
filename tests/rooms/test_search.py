"""The one box over the API: what is found, how, why, and what is never told."""

import pytest

from entente.core.access import POLICE_PURPOSES
from entente.core.scoring import probability
from entente.desk.finding import SHOWN_FROM
from entente.match import mrz
from rooms.scene import EVERYONE, IVO, NOBODY, Scene, only, places

MARIAM = {
    "name": ["Mariam Tskhvediani", "მარიამ ცხვედიანი"],
    "birthDate": ["~1984"],
    "nationality": ["xc"],
    "gender": ["female"],
}
SALEH = {"name": ["صالح المنصوري", "Saleh al-Mansouri"], "birthDate": ["1990/1992"]}
UNKNOWN = {"name": ["Ivo Marenko"]}
"""A record that says neither when he was born, nor of which nationality or sex."""


# --- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "text"),
    [
        (IVO, "Ivo Marenko"),
        (IVO, "MARENKO, Ivo"),
        (IVO, "Иво Маренко"),
        (IVO, "Ivo Marenco"),
        (IVO, "Ivo Mareno"),
        (IVO, "Ibo Marenko"),
        (MARIAM, "მარიამ ცხვედიანი"),
        (MARIAM, "Mariam Tsxvediani"),
        (SALEH, "صالح المنصوري"),
        (SALEH, "Salih Al Mansuri"),
        ({"name": "Ελένη Παπαδάκη"}, "Eleni Papadaki"),
        ({"name": "Łukasz Żółtowski"}, "Lukasz Zoltowski"),
        ({"name": "Jürgen Großmann"}, "Juergen Grossmann"),
    ],
)
def test_a_name_is_found_in_several_scripts_and_with_a_slip(scene: Scene, record: dict, text: str) -> None:
    id = scene.contribute(record)["id"]
    scene.contribute({"name": "Dorothea Quist"})
    assert scene.found("XB officer", text) == [id]


def test_a_direction_override_in_a_question_changes_nothing(scene: Scene) -> None:
    id = scene.contribute()["id"]
    assert scene.found("XB officer", "\u202eIvo\u202c \u200bMarenko\x00") == [id]


# --- numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "record", "text", "understood"),
    [
        ("Person", IVO, "P4417093", "document"),
        ("Person", IVO, "Passport no. p4417093", "document"),
        ("Passport", {"number": "P4417093"}, "passport P4417093", "document"),
        ("Vehicle", {"registrationNumber": "XA 417 KLM"}, "XA-417-KLM", "plate"),
        ("Vehicle", {"name": "Truck", "vin": "1M8GDM9AXKP042788"}, "1M8GDM9AXKP042788", "vin"),
        ("BankAccount", {"iban": "GB82 WEST 1234 5698 7654 32"}, "GB82WEST12345698765432", "iban"),
        ("Vehicle", {"registrationNumber": "XB 256 UXC"}, "xb 256uxc", "plate"),
        ("Vehicle", {"name": "Truck", "vin": "9CE1U4YYRXMRSV8AC"}, "9CE1U4YYRXMRSV8AC", "document"),
        ("Passport", {"number": "B70441920"}, "B7044 1920", "number"),
        ("Passport", {"number": "B70441920"}, "B 70441920", "number"),
        ("Passport", {"number": "B70441920"}, "passport B7044 1920", "document"),
        ("PhoneNumber", {"number": "+44 20 7946 0958"}, "+44 (0)20 7946 0958", "phone"),
        ("Person", {**IVO, "email": "ivo@marenko.example"}, "Ivo@Marenko.EXAMPLE", "email"),
    ],
)
def test_a_number_is_found_however_it_is_written(
    scene: Scene, kind: str, record: dict, text: str, understood: str
) -> None:
    id = scene.contribute(record, kind=kind)["id"]
    answer = scene.search("XB officer", text)
    assert understood in {said["what"] for said in answer["understood"]}
    (candidate,) = answer["candidates"]
    assert candidate["id"] == id
    assert any(why["rule"].startswith("same-") for why in candidate["reasons"])


def test_a_pasted_machine_readable_zone_finds_the_person_by_number_and_by_name(scene: Scene) -> None:
    by_number = scene.contribute()["id"]
    by_name = scene.contribute({"name": "Ivo Marenko", "birthDate": "1971"}, who="XC office")["id"]
    zone = _zone("P4417093<", "MARENKO<<IVO", "710305")
    answer = scene.search("XB officer", zone)
    assert {"what": "mrz", "value": "TD3"} in answer["understood"]
    assert [c["id"] for c in answer["candidates"]] == [by_number, by_name]
    assert answer["candidates"][0]["score"] == 1.0


def test_a_date_alone_finds_nothing_and_says_so(scene: Scene) -> None:
    for n in range(80):
        scene.contribute({"name": f"Person{n}", "birthDate": "1971-03-05"})
    answer = scene.search("XB officer", "1971-03-05")
    assert {"what": "date-alone", "value": "1971-03-05"} in answer["understood"]
    assert (answer["candidates"], answer["narrow"]) == ([], False)


def _zone(number: str, name: str, born: str) -> str:
    digit = mrz.check_digit
    start = f"{number}{digit(number)}UTO{born}{digit(born)}M300101{digit('300101')}{'<' * 14}0"
    return f"P<UTO{name}".ljust(44, "<") + "\n" + start + digit(start[0:10] + start[13:20] + start[21:43])


# --- filters -------------------------------------------------------------------------------------


def test_a_kind_narrows_to_itself_and_what_is_a_sort_of_it(scene: Scene) -> None:
    person = scene.contribute({"name": "Velkov Agro"})["id"]
    company = scene.contribute({"name": "Velkov Agro"}, kind="Company")["id"]
    vessel = scene.contribute({"name": "Velkov Agro"}, kind="Vessel")["id"]
    for kind, found in [
        ("", {person, company, vessel}),
        ("Person", {person}),
        ("Company", {company}),
        ("LegalEntity", {person, company}),
        ("Vehicle", {vessel}),
    ]:
        assert set(scene.found("XB officer", "Velkov Agro", kind=kind)) == found


@pytest.mark.parametrize(
    ("born", "found"),
    [
        ("", "exact about range unknown wide"),
        ("1971-03-05", "exact about range unknown wide"),
        ("1971", "exact about range unknown wide"),
        ("~1971", "exact about range unknown wide"),
        ("1975", "range unknown wide"),
        ("1974/1979", "range unknown wide"),
        ("1950", "unknown wide"),
    ],
)
def test_a_birth_date_narrows_and_a_record_that_does_not_say_stays_in(
    scene: Scene, born: str, found: str
) -> None:
    for name, written in [
        ("exact", "1971-03-05"),
        ("about", "~1971"),
        ("range", "1970/1975"),
        ("unknown", ""),
        ("wide", "1900/.."),
    ]:
        scene.contribute({"name": ["Ivo Marenko", name], "birthDate": written})
    answer = scene.search("XB officer", "Ivo Marenko", born=born)
    assert sorted(c["featured"]["name"][1] for c in answer["candidates"]) == sorted(found.split())


@pytest.mark.parametrize(
    ("field", "value", "other"), [("nationality", "xa", "xc"), ("sex", "male", "female")]
)
def test_nationality_and_sex_narrow_and_a_record_that_does_not_say_stays_in(
    scene: Scene, field: str, value: str, other: str
) -> None:
    said, unsaid = scene.contribute()["id"], scene.contribute(UNKNOWN)["id"]
    assert scene.found("XB officer", "Ivo Marenko", **{field: value}) == [said, unsaid]
    assert scene.found("XB officer", "Ivo Marenko", **{field: other}) == [unsaid]


def test_filters_hold_for_what_a_number_finds_too(scene: Scene) -> None:
    id = scene.contribute()["id"]
    assert scene.found("XB officer", "P4417093", kind="Person", born="1971", sex="male") == [id]
    for narrow in ({"kind": "Vehicle"}, {"born": "1950"}, {"nationality": "xc"}, {"sex": "female"}):
        assert scene.found("XB officer", "P4417093", **narrow) == []


@pytest.mark.parametrize(
    ("filters", "faults"),
    [
        ({"born": "31.02.1971"}, ["born"]),
        ({"born": "1/2/71", "nationality": "qq", "kind": "Nonsense"}, ["born", "kind", "nationality"]),
        ({"kind": "Officer"}, ["kind"]),
        ({"sex": "m"}, ["/sex"]),
        ({"limit": 0}, ["/limit"]),
        ({"limit": 101, "colour": "red"}, ["/colour", "/limit"]),
    ],
)
def test_every_fault_of_a_filter_is_named(scene: Scene, filters: dict, faults: list[str]) -> None:
    answer = scene("XB officer", "POST", "/search", json={"text": "Ivo", **filters})
    assert (answer.status, sorted(places(answer))) == (422, faults)


def test_a_range_of_birth_dates_is_never_cut_silently(scene: Scene) -> None:
    id = scene.contribute()["id"]
    assert scene.found("XB officer", "Ivo Marenko", born="1935/1974") == [id]
    for born in ("1935/1975", "1000/9999", "../1975"):
        answer = scene("XB officer", "POST", "/search", json={"text": "Ivo Marenko", "born": born})
        assert (answer.status, places(answer)) == (422, ["born"])


# --- why -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["Ivo Marenko 1971", "Marenko", "P4417093 Ivo Marenko", "Ivo Marenko female nat: fr"]
)
def test_the_reasons_of_a_score_add_up_to_it(scene: Scene, text: str) -> None:
    scene.contribute()
    scene.contribute(UNKNOWN)
    candidates = scene.search("XB officer", text)["candidates"]
    assert candidates
    for candidate in candidates:
        odds = sum(why["part"] for why in candidate["reasons"])
        assert candidate["score"] == pytest.approx(probability(odds), abs=1e-3)
        assert SHOWN_FROM <= candidate["score"] <= 1
    assert [c["score"] for c in candidates] == sorted((c["score"] for c in candidates), reverse=True)


def test_a_candidate_says_who_owns_it_and_until_when_it_is_kept(scene: Scene) -> None:
    scene.contribute(grade="A1", expires="2027-01-01")
    (candidate,) = scene.search("XB officer", "Ivo Marenko")["candidates"]
    assert (candidate["owner"], candidate["grade"], candidate["expires"]) == ("XA", "A1", "2027-01-01")
    assert "ref" not in candidate
    assert "handling" not in candidate


def test_no_more_candidates_are_shown_than_were_asked_for(scene: Scene) -> None:
    for _ in range(4):
        scene.contribute()
    assert len(scene.found("XB officer", "Ivo Marenko", limit=3)) == 3


# --- who is told what ----------------------------------------------------------------------------


def test_hints_make_one_contact_row_an_owner_and_tell_nothing_else(scene: Scene) -> None:
    hint = only(hint=["XB"])
    empty = scene.search("XB officer", "Ivo Marenko")
    assert (empty["candidates"], empty["contacts"]) == ([], [])
    for _ in range(3):
        scene.contribute(handling=hint)
    scene.contribute(handling=hint, who="XC office")
    answer = scene.search("XB officer", "Ivo Marenko")
    assert answer["candidates"] == []
    assert [c["bureau"] for c in answer["contacts"]] == ["XA", "XC"]
    assert set(answer["contacts"][0]) == {"bureau", "label", "desk", "phone", "email", "token"}
    assert {k: v for k, v in answer.items() if k not in ("search", "contacts")} == {
        k: v for k, v in empty.items() if k not in ("search", "contacts")
    }
    assert scene.search("XD officer", "Ivo Marenko")["contacts"] == []


def test_a_weak_likeness_to_a_hint_tells_nobody_anything(scene: Scene) -> None:
    scene.contribute(handling=only(hint=["XB"]))
    assert scene.search("XB officer", "Ivan Maranto")["contacts"] == []


def test_an_owner_learns_of_a_contact_after_the_answer_and_the_token_agrees(
    scene: Scene, house, work
) -> None:
    kept = scene.contribute(handling=only(hint=["XB"]))
    (contact,) = scene.search("XB officer", "Ivo Marenko")["contacts"]
    assert scene("XA officer", "GET", "/hits").json["hits"] == []
    work(house)
    (told,) = scene("XA officer", "GET", "/hits").json["hits"]
    assert (told["state"], told["record"], told["token"]) == ("contact", kept["id"], contact["token"])


def test_a_watching_owner_is_told_silently_after_the_answer_and_the_asker_never_learns(
    scene: Scene, house, work
) -> None:
    kept = scene.contribute(handling=only(watch=True))
    assert scene.search("XB officer", "Ivo Marenko")["candidates"] == []
    work(house)
    (told,) = scene("XA officer", "GET", "/hits").json["hits"]
    assert (told["state"], told["record"], told["asker"]) == ("silent", kept["id"], "XB")
    assert (told["asked"], told["purpose"], told["justification"]) == ("Ivo Marenko", "wanted", "case 1")
    assert scene("XA officer", "GET", f"/hits/{told['id']}").json["caption"] == "Ivo Marenko"
    for who in ("XB officer", "XB chief", "XC chief"):
        for side in ("", "?sent=true"):
            assert scene(who, "GET", f"/hits{side}").json["hits"] == []
        assert scene(who, "GET", f"/hits/{told['id']}").status == 404


def test_the_same_inquiry_tells_a_watching_owner_once_a_day(scene: Scene, house, work, clock) -> None:
    scene.contribute(handling=only(watch=True))
    for _ in range(3):
        scene.search("XB machine", "Ivo Marenko")
    work(house)
    assert len(scene("XA machine", "GET", "/hits").json["hits"]) == 1
    clock.forward(days=1)
    scene.search("XB machine", "Ivo Marenko")
    work(house)
    assert len(scene("XA machine", "GET", "/hits").json["hits"]) == 2


@pytest.mark.parametrize("text", ["Ivo Marenko\n1971", "\u202eP4417093\x00"])
def test_whatever_was_asked_the_silent_hits_go_on(scene: Scene, house, work, text: str) -> None:
    scene.contribute(handling=only(watch=True))
    scene.search("XB officer", text)
    work(house)
    assert len(scene("XA officer", "GET", "/hits").json["hits"]) == 1


def test_a_discreet_search_tells_no_owner_and_gets_no_contacts(scene: Scene, house, work) -> None:
    discreet = {"entente-discreet": "yes"}
    scene.contribute(handling=only(watch=True))
    scene.contribute(handling=only(hint=["XB"]))
    seen = scene.contribute(who="XC office")["id"]
    answer = scene.search("XB supervisor", "Ivo Marenko", headers=discreet)
    assert [c["id"] for c in answer["candidates"]] == [seen]
    assert answer["contacts"] == []
    work(house)
    assert scene("XA officer", "GET", "/hits").json["hits"] == []


def test_a_discreet_search_is_for_supervisors_and_its_word_is_never_mistaken(scene: Scene) -> None:
    for who, word, status in [
        ("XB officer", "yes", 403),
        ("XB supervisor", "yes", 200),
        ("XB officer", "no", 200),
        ("XB supervisor", "true", 422),
        ("XB supervisor", "Yes", 422),
        ("XB machine", "yes", 403),  # although it has the role: discretion is a person's
        ("XB machine", "no", 200),
    ]:
        answer = scene(who, "POST", "/search", json={"text": "Ivo"}, headers={"entente-discreet": word})
        assert answer.status == status


# --- why one asks --------------------------------------------------------------------------------


@pytest.mark.parametrize("purpose", [p.name.lower() for p in POLICE_PURPOSES])
def test_a_record_is_found_for_the_purposes_that_its_owner_allows(scene: Scene, purpose: str) -> None:
    limited = scene.contribute(handling={**EVERYONE, "purposes": ["border", "locate"]})["id"]
    found = scene.found("XB officer", "Ivo Marenko", purpose=purpose)
    assert found == ([limited] if purpose in ("border", "locate") else [])
    assert scene.found("XA officer", "Ivo Marenko", purpose=purpose) == [limited]


def test_nothing_foreign_is_found_for_ones_own_desk(scene: Scene) -> None:
    scene.contribute()
    assert scene.found("XB officer", "Ivo Marenko", purpose="desk") == []


def test_oversight_is_for_reviewers_who_see_everything(scene: Scene) -> None:
    hidden = scene.contribute(handling=NOBODY)["id"]
    said = {"json": {"text": "Ivo Marenko"}, "purpose": "oversight"}
    assert scene("XB office", "POST", "/search", **said).status == 403
    assert scene.found("XZ chief", "Ivo Marenko", purpose="oversight") == [hidden]
    assert scene.found("XZ chief", "Ivo Marenko") == []


@pytest.mark.parametrize(
    ("purpose", "why"),
    [
        ("", ""),
        ("curiosity", "case 1"),
        ("wanted", ""),
        ("wanted", "   "),
        ("wanted", "x" * 501),
        ("wanted", "a\u202eb"),
    ],
)
def test_whoever_does_not_say_why_gets_no_answer(scene: Scene, purpose: str, why: str) -> None:
    scene.contribute()
    answer = scene("XB officer", "POST", "/search", json={"text": "Ivo Marenko"}, purpose=purpose, why=why)
    assert (answer.status, answer.json["type"]) == (422, "/problems#no-purpose")


# --- what cannot be asked ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({}, "/text"),
        ({"text": ""}, "/text"),
        ({"text": "x" * 2001}, "/text"),
        ({"text": ["Ivo"]}, "/text"),
        ({"text": "Ivo", "txet": "Ivo"}, "/txet"),
    ],
)
def test_a_question_that_is_none_is_told_where(scene: Scene, said: dict, fault: str) -> None:
    answer = scene("XB officer", "POST", "/search", json=said)
    assert (answer.status, places(answer)) == (422, [fault])


def test_unknown_query_words_are_refused_everywhere(scene: Scene) -> None:
    id = scene.contribute()["id"]
    for method, path, said in [
        ("POST", "/search?limit=3", {"text": "Ivo"}),
        ("GET", "/me?x", None),
        ("GET", "/records?limt=3", None),
        ("GET", f"/records/{id}?version=1", None),
        ("DELETE", f"/records/{id}?force=yes", None),
        ("GET", "/hits?sent=true&sort=due", None),
        ("GET", "/kinds?q=1", None),
    ]:
        answer = scene("XA office", method, path, json=said)
        assert answer.status == 422
        assert [place.partition("/")[0] for place in places(answer)] == ["query"]
    assert scene("XA office", "GET", f"/records/{id}").status == 200
