"""Companies tell, the house finds where two industries tell of the same, the secretariat's desk decides."""

import pytest

from entente.desk import House
from rooms.referred import DESK, PHONE, REPORT, Referred, joined
from rooms.scene import Scene, places


@pytest.fixture
def desk(house: House, scene: Scene) -> Referred:
    return joined(scene, house)


def test_a_report_comes_back_to_its_company_and_to_nobody_else(desk: Referred) -> None:
    told = desk.tell(ref="C-1")
    assert told["goods"] == "agro.pesticide" and told["ref"] == "C-1"
    assert [i["value"] for i in told["identifiers"]] == [PHONE, "https://www.korn.example/x"]
    assert [r["id"] for r in desk("XP analyst", "GET", "/reports").json["reports"]] == [told["id"]]
    for who in ("XQ chief", "XA chief", "XZ chief"):
        assert desk(who, "GET", f"/reports/{told['id']}").status == 404
        assert desk(who, "GET", "/reports").json["reports"] == []


def test_two_industries_that_tell_of_the_same_are_told_after_the_desk_and_no_more_than_that(
    desk: Referred,
) -> None:
    mine, theirs, id = desk.matched()
    assert [(a["what"], a["object"]) for a in desk.alerts("XZ analyst")] == [("referral-waits", id)]
    case = desk.case(id)
    assert (case["state"], case["shared"]) == ("matched", [{"sort": "phone", "value": "+99955010022"}])
    assert [(s["bureau"], s["sectors"]) for s in case["sides"]] == [("XP", ["post"]), ("XQ", ["banking"])]
    assert desk.told("XP analyst", mine["id"]) == [] == desk.told("XQ analyst", theirs["id"])
    assert desk.step(id, "take").json["state"] == "desk-review"
    assert desk.told("XP analyst", mine["id"]) == [] and desk.alerts("XP analyst") == []
    assert desk.step(id, "release").json["state"] == "notified"
    for who, report, other in (("XP", mine, "XQ"), ("XQ", theirs, "XP")):
        (told,) = desk.told(f"{who} analyst", report["id"])
        assert (told["case"], told["state"]) == (case["case"], "notified")
        assert told["contact"]["bureau"] == "XZ" and told["other"] is None
        (alert,) = desk.alerts(f"{who} analyst")
        assert (alert["what"], alert["object"], alert["token"]) == ("referral", report["id"], case["case"])
        everything = desk(f"{who} analyst", "GET", f"/reports/{report['id']}").text
        assert other not in everything.replace(report["id"], "")
    assert desk.alerts("XZ analyst") == []


@pytest.mark.parametrize(
    ("who", "more"),
    [
        ("XR contributor", {}),
        ("XP supervisor", {"sector": "banking"}),
        ("XQ contributor", {"identifiers": [{"sort": "phone", "value": "+999 55 0100 23"}]}),
        ("XQ contributor", {"sector": "post"}),
    ],
    ids=["another company of the industry", "the same company", "another number", "another's industry"],
)
def test_nobody_meets_but_two_companies_of_two_industries_with_the_same_number(
    desk: Referred, who: str, more: dict
) -> None:
    desk.tell()
    desk.tell(who, **more)
    desk.work()
    assert desk.cases() == []


def test_two_that_agree_are_introduced_and_learn_nothing_before_both_did(desk: Referred) -> None:
    mine, theirs, id = desk.matched()
    case = desk.case(id)["case"]
    said = {"case": case, "answer": "yes"}
    assert desk("XP analyst", "POST", f"/reports/{mine['id']}/consent", json=said).status == 404
    desk.step(id, "release")
    assert desk("XP analyst", "POST", f"/reports/{mine['id']}/consent", json=said).status == 422
    assert desk.step(id, "ask").json["state"] == "consent-asked"
    before = desk.told("XQ analyst", theirs["id"])
    (told,) = desk("XP analyst", "POST", f"/reports/{mine['id']}/consent", json=said).json
    assert (told["state"], told["answered"], told["other"]) == ("consent-asked", "yes", None)
    assert desk.told("XQ analyst", theirs["id"]) == before
    assert desk("XP analyst", "POST", f"/reports/{mine['id']}/consent", json=said).status == 422
    (told,) = desk("XQ contributor", "POST", f"/reports/{theirs['id']}/consent", json=said).json
    assert (told["state"], told["other"]["bureau"]) == ("introduced", "XP")
    (told,) = desk.told("XP analyst", mine["id"])
    assert (told["state"], told["other"]["bureau"]) == ("introduced", "XQ")
    assert [e["did"] for e in desk.case(id)["events"]] == [
        "match",
        "propose",
        "release",
        "ask",
        "yes",
        "yes",
        "introduce",
    ]


def test_one_that_does_not_agree_ends_it_and_neither_learns_who_the_other_is(desk: Referred) -> None:
    mine, theirs, id = desk.matched()
    case = desk.case(id)["case"]
    for step in ("take", "release", "ask"):
        assert desk.step(id, step).status == 200
    for who, report, answer in (("XP", mine, "no"), ("XQ", theirs, "yes")):
        said = {"case": case, "answer": answer}
        assert desk(f"{who} analyst", "POST", f"/reports/{report['id']}/consent", json=said).status == 200
    for who, report in (("XP", mine), ("XQ", theirs)):
        (told,) = desk.told(f"{who} analyst", report["id"])
        assert (told["state"], told["other"]) == ("declined", None)
    assert desk.case(id)["steps"] == []


def test_one_proposes_to_tell_both_sides_and_another_in_person_releases_or_returns_it(desk: Referred) -> None:
    mine, _theirs, id = desk.matched()
    assert places(desk.step(id, "release", "XZ supervisor")) == ["step"], "nobody has proposed it"
    proposed = desk.step(id, "propose").json
    assert (proposed["state"], proposed["steps"]) == ("release-waits", ["return", "decline"])
    assert [a["object"] for a in desk.alerts("XZ supervisor")] == [id]
    alone = {"version": proposed["version"], "step": "release"}
    assert places(desk(DESK, "POST", f"/referrals/{id}/steps", json=alone)) == ["step"]
    machine = desk("XZ machine", "POST", f"/referrals/{id}/steps", json=alone)
    assert machine.status in (403, 422), "a machine releases nothing"
    assert desk.told("XP analyst", mine["id"]) == []
    assert desk.step(id, "return", "XZ supervisor").json["state"] == "desk-review"
    assert desk.step(id, "propose", "XZ supervisor").json["state"] == "release-waits"
    assert places(desk.step(id, "release", "XZ supervisor")) == ["step"]
    said = {"version": desk.case(id)["version"], "step": "release"}
    whole = desk(DESK, "POST", f"/referrals/{id}/steps", json=said)
    assert whole.json["state"] == "notified"
    assert len(desk.told("XP analyst", mine["id"])) == 1


def test_what_the_desk_closes_is_never_told_and_is_not_proposed_again(desk: Referred) -> None:
    mine, theirs, id = desk.matched()
    assert places(desk.step(id, "decline")) == ["why"]
    assert desk.step(id, "decline", why="A shared call centre").json["state"] == "declined"
    later = desk.tell()
    desk.work()
    assert desk.cases() == []
    assert desk.case(id)["later"] == 1
    for who, report in (("XP", mine), ("XP", later), ("XQ", theirs)):
        assert desk.told(f"{who} analyst", report["id"]) == []
    assert desk.alerts("XP analyst") == [] == desk.alerts("XZ analyst")


def test_reports_that_come_after_the_release_tell_their_company_nothing_about_their_numbers(
    desk: Referred,
) -> None:
    _, _, id = desk.matched()
    desk.step(id, "release")
    probe = desk.tell(identifiers=[{"sort": "phone", "value": PHONE}])
    desk.work()
    assert desk.told("XP analyst", probe["id"]) == []
    assert (desk.case(id)["later"], desk.cases()) == (1, [])


def test_a_case_that_waits_takes_in_more_of_the_same(desk: Referred) -> None:
    _, _, id = desk.matched()
    desk.tell(date="2026-01-12")
    desk.work()
    assert [c["id"] for c in desk.cases()] == [id]
    assert sorted(s["date"] for s in desk.case(id)["sides"][0]["sources"]) == ["2026-01-10", "2026-01-12"]
    assert len(desk.alerts("XZ analyst")) == 1


def test_a_report_that_is_corrected_or_taken_back_is_told_no_more(desk: Referred) -> None:
    mine, theirs, id = desk.matched()
    assert desk("XP contributor", "DELETE", f"/reports/{mine['id']}?version=1").status == 204
    desk.work()
    assert desk("XP contributor", "GET", f"/reports/{mine['id']}").status == 404
    sides = {s["bureau"]: (len(s["sources"]), s["gone"]) for s in desk.case(id)["sides"]}
    assert sides == {"XP": (0, 1), "XQ": (1, 0)}
    assert places(desk.step(id, "release")) == ["step"]
    form = {k: v for k, v in theirs.items() if k in ("sector", "date", "what")}
    said = {**form, "version": 1, "identifiers": [{"sort": "phone", "value": "+999 1 234 567"}]}
    assert desk("XQ contributor", "PUT", f"/reports/{theirs['id']}", json=said).status == 200
    assert [len(s["sources"]) for s in desk.case(id)["sides"]] == [0, 0]


def test_a_correction_is_compared_anew(desk: Referred) -> None:
    mine = desk.tell(identifiers=[])
    desk.tell("XQ contributor")
    desk.work()
    assert desk.cases() == []
    form = {k: mine[k] for k in ("sector", "date", "goods", "what", "version")}
    said = {**form, "identifiers": [{"sort": "phone", "value": PHONE}]}
    assert desk("XP contributor", "PUT", f"/reports/{mine['id']}", json=said).json["version"] == 2
    desk.work()
    assert len(desk.cases()) == 1
    assert desk("XP contributor", "PUT", f"/reports/{mine['id']}", json=said).status == 409


@pytest.mark.parametrize(
    ("sort", "one", "other"),
    [
        ("email", "Orders@Korn.example", "mailto:orders@korn.example"),
        ("account", "DE89 3704 0044 0532 0130 00", "de89370400440532013000"),
        ("address", "Hafen-Straße 12, 99001 Xatown", "HAFEN STRASSE 12 99001 XATOWN"),
        ("domain", "https://www.korn.example/shop", "KORN.example."),
        ("container", "CSQU 305438-3", "csqu305438"),
        ("seal", "SL 00 4417", "sl-004417"),
        ("batch", "LOT-4417/B", "lot 4417 b"),
        ("plate", "XA 12-345", "xa12345"),
    ],
)
def test_identifiers_meet_however_they_are_written(desk: Referred, sort: str, one: str, other: str) -> None:
    desk.tell(identifiers=[{"sort": sort, "value": one}])
    desk.tell("XQ contributor", identifiers=[{"sort": sort, "value": other}])
    desk.work()
    assert [c["sorts"] for c in desk.cases()] == [[sort]]


@pytest.mark.parametrize(
    ("sort", "value"),
    [
        ("phone", "0550 100 22"),
        ("phone", "Ivo"),
        ("email", "korn.example"),
        ("account", "DE88 3704 0044 0532 0130 00"),
        ("account", "Ivo Marenko"),
        ("address", "Xatown"),
        ("domain", "10.0.0.1"),
        ("container", "ABC 1"),
        ("batch", "L1"),
        ("plate", "X"),
        ("passport", "P4417093"),
    ],
)
def test_what_is_no_identifier_is_told_and_never_repeated(desk: Referred, sort: str, value: str) -> None:
    said = {**REPORT, "identifiers": [{"sort": sort, "value": value}]}
    answer = desk("XP contributor", "POST", "/reports", json=said)
    assert places(answer) == [f"identifiers/0/{'sort' if sort == 'passport' else 'value'}"]
    assert value not in answer.text
    assert desk("XP contributor", "GET", "/reports").json["reports"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Write to ivo.marenko@korn.example for more",
        "He calls from +999 55 0100 22",
        "Paid to DE89 3704 0044 0532 0130 00",
        "Card 4111 1111 1111 1111 was used",
        "Sold by Mr Marenko at the door",
        "Vendido por la Señora Marenko",
    ],
)
def test_a_text_that_holds_a_person_is_refused_and_nothing_is_kept(desk: Referred, text: str) -> None:
    for field in ("what", "ref"):
        answer = desk("XP contributor", "POST", "/reports", json={**REPORT, field: text})
        assert set(places(answer)) == {field}
        assert text not in answer.text
    assert desk("XP contributor", "GET", "/reports").json["reports"] == []


@pytest.mark.parametrize(
    "text",
    [
        "On 2026-01-12 and 12.01.2026, 1,200,000 sachets of 2.5 g; 40 parcels at 1 200 kg",
        "A batch that misses its labels; the third in 2025",
    ],
)
def test_dates_and_quantities_are_no_persons(desk: Referred, text: str) -> None:
    assert desk.tell(what=text)["what"] == text


def test_every_fault_is_told_at_once_and_a_field_of_a_person_is_not_known(desk: Referred) -> None:
    said = {
        "sector": "piracy",
        "date": "2027-01-01",
        "goods": "unobtainium",
        "what": "",
        "identifiers": [{"sort": "phone", "value": "1"}],
    }
    answer = desk("XP contributor", "POST", "/reports", json=said)
    assert places(answer) == ["sector", "date", "goods", "what", "identifiers/0/value"]
    answer = desk("XP contributor", "POST", "/reports", json={**REPORT, "name": "Ivo Marenko"})
    assert answer.status == 422 and "Marenko" not in answer.text
