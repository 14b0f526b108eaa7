"""Lost and stolen documents: who says so, who finds it, and what the owner confirms."""

from datetime import date
from typing import Any

import pytest

from entente.core.access import Asker, Handling, Purpose, Role
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, House, sit
from entente.match.mrz import check_digit
from entente.rooms.bureaus import by_code
from rooms.scene import NOBODY, Scene, only, places

NUMBER = "XB7034519"


def reported(scene: Scene, who: str = "XB office", **said: Any) -> dict[str, Any]:
    form = {"number": NUMBER, "status": "stolen", **said}
    answer = scene(who, "POST", "/papers/lost", json=form)
    assert answer.status == 201, answer.text
    return answer.json


def checked(scene: Scene, number: str, who: str = "XA officer", **said: Any) -> dict[str, Any]:
    alike = said.pop("alike", None)
    form = {"documents": [{"number": number, **said}], "alike": alike}
    answer = scene(who, "POST", "/papers/lost/check", json=form, purpose="border")
    assert answer.status == 200, answer.text
    return answer.json["documents"][0]


def test_a_number_that_its_issuer_reported_is_told_with_its_circumstances(scene: Scene) -> None:
    kept = reported(
        scene,
        date="2026-01-03",
        place="Belmar, central station",
        country="xa",
        case="BM 7/26",
        circumstances="Taken from a bag on a train.",
    )
    (match,) = checked(scene, NUMBER)["matches"]
    assert match == {
        "record": kept["id"],
        "state": "potential",
        "line": "exact",
        "form": "written",
        "status": "stolen",
        "issuer": "xb",
        "owner": "XB",
        "type": "passport",
        "number": NUMBER,
        "last": "",
        "date": "2026-01-03",
        "place": "Belmar, central station",
        "country": "xa",
        "case": "BM 7/26",
        "circumstances": "Taken from a bag on a train.",
        "same_holder": "unknown",
    }


def test_what_nobody_reported_is_told_of_in_the_same_words_as_nothing(scene: Scene) -> None:
    answer = checked(scene, NUMBER)
    assert (answer["matches"], answer["alike"], answer["contacts"]) == ([], [], [])


@pytest.mark.parametrize("written", ["XB7034519", "xb 703-4519", "XB70345190", "XB70345190<<<"])
def test_national_form_and_the_form_of_a_zone_find_the_same(scene: Scene, written: str) -> None:
    written = written.replace("XB70345190", f"XB7034519{check_digit(NUMBER)}")
    reported(scene)
    assert [m["line"] for m in checked(scene, written)["matches"]] == ["exact"]


def test_an_owner_who_kept_the_check_digit_is_found_by_the_number_without_it(scene: Scene) -> None:
    reported(scene, number="L898902C36")
    (match,) = checked(scene, "L898902C3")["matches"]
    assert match["form"] == "with-check-digit"


def test_a_number_copied_from_a_zone_is_kept_in_its_national_form(scene: Scene) -> None:
    assert reported(scene, number="L898902C<3")["number"] == "L898902C"


# --- only the issuer ---------------------------------------------------------------------------------


def test_only_the_issuers_bureau_says_that_a_document_is_lost(scene: Scene) -> None:
    answer = scene(
        "XA office", "POST", "/papers/lost", json={"number": NUMBER, "status": "lost", "issuer": "xb"}
    )
    assert (answer.status, places(answer)) == (422, ["issuer"])


def test_the_secretariat_issues_no_documents(scene: Scene) -> None:
    answer = scene("XZ office", "POST", "/papers/lost", json={"number": NUMBER, "status": "lost"})
    assert (answer.status, places(answer)) == (422, ["issuer"])


def test_a_record_in_which_another_bureau_calls_it_stolen_is_no_answer_here(scene: Scene) -> None:
    said = {"number": NUMBER, "country": "xb", "stolenStatus": "stolen"}
    kept = scene.contribute(said, kind="Passport", who="XA office")
    assert checked(scene, NUMBER, who="XC officer")["matches"] == []
    assert scene.found("XC officer", NUMBER) == [kept["id"]]


def test_the_issuers_own_record_of_the_records_room_counts(scene: Scene) -> None:
    said = {"number": NUMBER, "country": "xb", "stolenStatus": "Stolen blank"}
    kept = scene.contribute(said, kind="Passport", who="XB office")
    (match,) = checked(scene, NUMBER)["matches"]
    assert (match["record"], match["status"]) == (kept["id"], "stolen-blank")


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_nobody_else_changes_what_the_issuer_said(scene: Scene, method: str) -> None:
    kept = reported(scene)
    change = {"status": "recovered", "version": 1} if method == "PUT" else None
    assert scene("XA office", method, f"/papers/lost/{kept['id']}", json=change).status == 403
    assert checked(scene, NUMBER)["matches"][0]["status"] == "stolen"


def test_every_fault_of_a_report_is_named_at_once(scene: Scene) -> None:
    form = {"number": "??", "status": "lost", "issuer": "xa", "date": "soon", "country": "Nowhere"}
    answer = scene("XB office", "POST", "/papers/lost", json=form)
    assert (answer.status, sorted(places(answer))) == (422, ["country", "date", "issuer", "number"])


def test_a_number_is_reported_once(scene: Scene) -> None:
    reported(scene)
    again = scene("XB office", "POST", "/papers/lost", json={"number": "xb 7034519", "status": "lost"})
    assert (again.status, places(again)) == (422, ["number"])
    reported(scene, type="identity-card")


def test_a_status_outside_the_vocabulary_is_refused(scene: Scene) -> None:
    form = {"number": NUMBER, "status": "mislaid"}
    assert scene("XB office", "POST", "/papers/lost", json=form).status == 422


# --- its way -------------------------------------------------------------------------------------


def test_what_was_recovered_is_told_as_that_and_what_was_taken_back_not_at_all(scene: Scene) -> None:
    kept = reported(scene)
    path = f"/papers/lost/{kept['id']}"
    changed = scene(
        "XB office", "PUT", path, json={"status": "recovered", "version": 1, "place": "Port Arven"}
    )
    assert (changed.status, changed.json["status"], changed.json["version"]) == (200, "recovered", 2)
    assert checked(scene, NUMBER)["matches"][0]["status"] == "recovered"
    assert scene("XB office", "PUT", path, json={"status": "lost", "version": 1}).status == 409
    assert scene("XB office", "DELETE", path).status == 204
    assert checked(scene, NUMBER)["matches"] == []
    assert scene("XB office", "GET", path).status == 404


def test_ones_bureau_lists_what_it_said_and_no_other_record(scene: Scene) -> None:
    first, second = reported(scene), reported(scene, number="XB1112223", status="lost")
    scene.contribute({"number": "XB9999999", "country": "xb"}, kind="Passport", who="XB office")
    assert [d["id"] for d in scene("XB officer", "GET", "/papers/lost").json] == [second["id"], first["id"]]
    assert scene("XB officer", "GET", f"/papers/lost?after={second['id']}").json == [first]
    assert scene("XA officer", "GET", "/papers/lost").json == []


def test_a_verdict_of_same_asks_the_owner_who_confirms_within_the_clock(scene: Scene) -> None:
    kept = reported(scene)
    search = checked(scene, NUMBER)["search"]
    said = {"record": kept["id"], "verdict": "same", "urgent": True}
    judged = scene("XA officer", "POST", f"/search/{search}/verdicts", json=said, purpose="border")
    hit = scene("XB officer", "GET", f"/hits/{judged.json['hit']}").json
    assert (hit["state"], hit["match"], hit["asked"], hit["purpose"]) == ("open", "direct", NUMBER, "border")
    told = scene("XB officer", "POST", f"/hits/{hit['id']}/confirmation", json={"answer": "confirmed"})
    assert told.json["state"] == "confirmed"
    assert scene("XA officer", "GET", f"/hits/{hit['id']}").json["state"] == "confirmed"


def test_an_owner_who_watches_is_told_silently_of_a_look_up(scene: Scene, house, work) -> None:
    kept = reported(scene, handling=only("XA", watch=True))
    checked(scene, NUMBER)
    work(house)
    (notice,) = scene("XB officer", "GET", "/hits").json["hits"]
    assert (notice["state"], notice["record"], notice["asked"]) == ("silent", kept["id"], NUMBER)


# --- who sees it ---------------------------------------------------------------------------------


def test_the_handling_decides_who_is_told_and_who_learns_whom_to_ask(scene: Scene) -> None:
    reported(scene, handling=only("XA", hint=["XC"]))
    assert len(checked(scene, NUMBER, who="XA officer")["matches"]) == 1
    hinted = checked(scene, NUMBER, who="XC officer")
    assert (hinted["matches"], [c["bureau"] for c in hinted["contacts"]]) == ([], ["XB"])
    nothing = checked(scene, NUMBER, who="XD officer")
    assert (nothing["matches"], nothing["contacts"]) == ([], [])


def test_a_hint_is_for_the_number_itself_not_for_one_that_is_alike(scene: Scene) -> None:
    reported(scene, number="XB1000001", handling=only(hint=["XA"]))
    answer = checked(scene, "XB1OOOOO1", alike=True)
    assert (answer["matches"], answer["alike"], answer["contacts"]) == ([], [], [])


def test_an_issuer_that_is_another_one_is_told_apart(scene: Scene) -> None:
    reported(scene)
    assert [m["line"] for m in checked(scene, NUMBER, issuer="XB")["matches"]] == ["exact"]
    assert [m["line"] for m in checked(scene, NUMBER, issuer="xa")["matches"]] == ["other"]
    assert [m["line"] for m in checked(scene, NUMBER, issuer="UTO")["matches"]] == ["exact"]
    assert [m["line"] for m in checked(scene, NUMBER, type="visa")["matches"]] == ["other"]


@pytest.mark.parametrize(
    ("written", "asked"), [("XB1000001", "XB1O00001"), ("XB1000001", "XBI00000I"), ("XB8055521", "XBB0S5521")]
)
def test_characters_that_print_alike_are_a_second_line(scene: Scene, written: str, asked: str) -> None:
    reported(scene, number=written)
    answer = checked(scene, asked)
    assert (answer["matches"], [m["number"] for m in answer["alike"]]) == ([], [written])


def test_three_characters_misread_are_another_number(scene: Scene) -> None:
    reported(scene, number="XB1000001")
    assert checked(scene, "XB1OOO001")["alike"] == []


@pytest.mark.parametrize(
    ("name", "birth", "same"),
    [
        ("Ivo Marenko", "1971-03-05", "yes"),
        ("MARENKO IVO", "", "yes"),
        ("Ivo Marenko", "1990-01-01", "no"),
        ("Olga Petrescu", "", "no"),
        ("", "", "unknown"),
    ],
)
def test_who_reported_it_himself_is_probably_the_rightful_owner(
    scene: Scene, name: str, birth: str, same: str
) -> None:
    reported(scene, surname="Marenko", given="Ivo", birth="1971-03-05")
    assert checked(scene, NUMBER, name=name, birth=birth)["matches"][0]["same_holder"] == same


# --- many ----------------------------------------------------------------------------------------


def test_a_thousand_numbers_are_looked_up_at_once_each_a_search_of_its_own(scene: Scene) -> None:
    kept = reported(scene)
    numbers = [NUMBER, *(f"XB{n:07}" for n in range(999))]
    form = {"documents": [{"number": n} for n in numbers]}
    answer = scene("XA officer", "POST", "/papers/lost/check", json=form)
    documents = answer.json["documents"]
    assert [d["number"] for d in documents] == numbers
    assert [len(d["matches"]) for d in documents] == [1] + [0] * 999
    assert len({d["search"] for d in documents}) == 1000
    said = {"record": kept["id"], "verdict": "same"}
    judged = scene("XA officer", "POST", f"/search/{documents[0]['search']}/verdicts", json=said)
    assert judged.status == 201
    form["documents"].append({"number": NUMBER})
    assert scene("XA officer", "POST", "/papers/lost/check", json=form).status == 422


def test_every_faulty_document_of_several_is_named(scene: Scene) -> None:
    form = {"documents": [{"number": NUMBER}, {"number": "?"}, {"number": NUMBER, "issuer": "Nowhere"}]}
    answer = scene("XA officer", "POST", "/papers/lost/check", json=form)
    assert (answer.status, places(answer)) == (422, ["documents/1/number", "documents/2/issuer"])


def test_a_look_up_needs_a_purpose(scene: Scene) -> None:
    form = {"documents": [{"number": NUMBER}]}
    assert scene("XA officer", "POST", "/papers/lost/check", json=form, purpose="").status == 422


def test_nobodys_report_is_for_its_own_bureau(scene: Scene) -> None:
    reported(scene, handling=NOBODY)
    assert checked(scene, NUMBER)["matches"] == []
    assert len(checked(scene, NUMBER, who="XB officer")["matches"]) == 1


def test_what_others_keep_of_a_number_hides_no_lost_document(scene: Scene, house: House) -> None:
    reported(scene)
    with sit(house, HOUSE_ASKER) as desk:
        owner = by_code(desk)["XC"].number
        desk.note("see", what="directory")
    asker = Asker("operator", owner, Purpose.DESK, "a load", frozenset({Role.CONTRIBUTOR}))
    with sit(house, asker, "contribute", writing=True) as desk:
        body = {"name": ("N N",), "passportNumber": (NUMBER,)}
        several = [
            Thing(
                id=house.ids.fresh(),
                kind="Person",
                handling=Handling(owner),
                body=body,
                expires=date(2030, 1, 1),
                ref="",
                version=0,
                created=desk.now,
                changed=desk.now,
            )
            for _ in range(5_000)
        ]
        desk.note("load", records=desk.keep_many(several))
    assert [m["status"] for m in checked(scene, NUMBER)["matches"]] == ["stolen"]


def test_of_a_document_of_two_countries_nobody_says_that_it_is_stolen(scene: Scene) -> None:
    said = {
        "number": ["FR1234567"],
        "country": ["xb", "fr"],
        "stolenStatus": ["stolen"],
        "type": ["passport"],
    }
    scene.contribute(said, who="XB office", kind="Passport")
    assert checked(scene, "FR1234567", issuer="FRA")["matches"] == []
