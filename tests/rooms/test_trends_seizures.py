"""Seizures: contributed in the short form and the long, corrected, shared, withdrawn; persons kept apart."""

import pytest

from entente.desk import House
from rooms.scene import Scene, places
from rooms.seized import AUTHOR, BOX, OFFICER, OFFICER_B, OTHER, Customs, item, seizure
from worlds.stage import Crew


@pytest.fixture
def customs(scene: Scene) -> Customs:
    return Customs(scene)


def test_the_short_form_of_eight_fields_is_a_seizure_in_standard_units(customs: Customs) -> None:
    kept = customs.kept()
    assert kept["title"] == "Counterfeit Chlorpyrifos, 1200 kg · XB Norport · 2026-01-10"
    line = kept["items"][0]
    assert (line["goods"], line["std"], line["std_unit"], line["how"]) == (
        "agro.pesticide.insecticide.chlorpyrifos",
        "1200",
        "KGM",
        "same",
    )
    assert (kept["contributor"], kept["form"], kept["state"]) == ("police", "simple", "validated")
    assert [leg["role"] for leg in kept["route"]] == ["origin", "intended_destination"]
    assert kept["doubts"] == []


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_kept(customs: Customs) -> None:
    answer = customs.post(
        date="2030-01-01",
        country="Congo",
        detection="sixth sense",
        items=[item(quantity="-3 kg"), item(what="", hs="3808.91"), item(goods="nonsense")],
        route=[{"role": "origin", "country": "Atlantis"}, {"role": "way", "country": "XC"}],
        conveyances=[{"kind": "container", "number": "12"}],
    )
    assert answer.status == 422
    assert set(places(answer)) == {
        "date",
        "country",
        "detection",
        "items/0/quantity",
        "items/1/edition",
        "items/2/goods",
        "route/0/country",
        "route/1/role",
        "conveyances/0/number",
    }
    assert customs.list(AUTHOR, purpose="") == []


def test_a_check_keeps_nothing_and_says_what_is_doubtful(customs: Customs) -> None:
    told = customs.check(items=[item(quantity="2 containers"), item(quantity="5"), item(what="dream powder")])
    assert told["faults"] == []
    assert {d["where"] for d in told["doubts"]} == {"items/0/quantity", "items/1/unit", "items/2/goods"}
    assert [line["std"] for line in told["items"]] == ["", "", ""]
    assert customs.list(AUTHOR, purpose="") == []


def test_a_seizure_is_its_bureau_s_alone_until_it_is_shared_and_again_after(customs: Customs) -> None:
    kept = customs.kept()
    nothing = customs.open(OFFICER_B, "0" * 32)
    assert customs.open(OFFICER_B, kept["id"]).body == nothing.body
    assert customs.open(OFFICER, kept["id"], purpose="").status == 200
    shared = customs.share(AUTHOR, kept)
    seen = customs.open(OFFICER_B, kept["id"])
    assert (seen.json["state"], seen.json["handling"], seen.json["ref"]) == ("shared", None, None)
    assert [row["id"] for row in customs.list(OFFICER_B)] == [kept["id"]]
    assert customs.list(OFFICER_B, purpose="") == []
    customs.share(AUTHOR, shared, mode="named", bureaus=["XC"])
    assert customs.open(OFFICER_B, kept["id"]).body == nothing.body


def test_a_correction_is_a_version_and_an_old_one_is_refused(customs: Customs, scene: Scene) -> None:
    kept = customs.kept()
    path = f"/trends/seizures/{kept['id']}"
    change = seizure(version=1, items=[item(quantity="1300 kg")], lab="Active substance 2 %, declared 48 %.")
    assert scene(AUTHOR, "PUT", path, json=change).json["version"] == 2
    assert scene(AUTHOR, "PUT", path, json=change).status == 409
    assert scene(OTHER, "PUT", path, json=change).status == 404
    assert customs.open(OFFICER, kept["id"], purpose="").json["items"][0]["std"] == "1300"


def test_what_is_withdrawn_is_gone_with_its_parties(customs: Customs, scene: Scene) -> None:
    kept = customs.share(AUTHOR, customs.kept())
    path = f"/trends/seizures/{kept['id']}"
    parties = {"parties": [{"role": "consignee", "name": "Velda Agro"}]}
    assert scene(AUTHOR, "PUT", f"{path}/parties", json=parties).status == 200
    assert scene(AUTHOR, "DELETE", f"{path}?version=2").status == 204
    for who in (OFFICER, OFFICER_B):
        assert customs.open(who, kept["id"]).status == 404
        assert scene(who, "GET", f"{path}/parties", purpose="analysis").status == 404


def test_sharing_a_seizure_never_shares_its_persons(customs: Customs, scene: Scene) -> None:
    kept = customs.kept()
    path = f"/trends/seizures/{kept['id']}/parties"
    form = {"parties": [{"role": "arrestee", "name": "Ivo Marenko", "sort": "person"}], "remarks": "Driver"}
    named = scene(AUTHOR, "PUT", path, json=form).json
    shared = customs.share(AUTHOR, kept)
    assert "Marenko" not in customs.open(OFFICER_B, kept["id"]).text
    assert scene(OFFICER_B, "GET", path, purpose="analysis").status == 404
    assert scene(OFFICER, "GET", path).json["parties"][0]["name"] == "Ivo Marenko"
    by_hand = {"version": named["version"], "handling": {"mode": "named", "bureaus": ["XB"]}}
    assert scene(AUTHOR, "PUT", f"{path}/handling", json=by_hand).status == 200
    assert scene(OFFICER_B, "GET", path, purpose="analysis").json["parties"][0]["name"] == "Ivo Marenko"
    assert shared["version"] == 2


def test_a_party_is_a_role_and_a_name_or_a_record_that_one_sees(customs: Customs, scene: Scene) -> None:
    path = f"/trends/seizures/{customs.kept()['id']}/parties"
    wrong = {
        "parties": [{"role": "boss", "name": "X"}, {"role": "owner"}, {"role": "owner", "record": "0" * 32}]
    }
    answer = scene(AUTHOR, "PUT", path, json=wrong)
    assert set(places(answer)) == {"parties/0/role", "parties/1/name", "parties/2/record"}
    hidden = scene.contribute({"name": ["Boris Halm"]}, {"mode": "named", "bureaus": []}, "XB office")["id"]
    named = {"parties": [{"role": "owner", "name": "Boris", "record": hidden}]}
    assert set(places(scene(AUTHOR, "PUT", path, json=named))) == {"parties/0/record"}


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("summary", "Write to driver@example.org", "an e-mail address"),
        ("lab", "Call +41 44 668 18 00 for the result", "a telephone number"),
        ("place", "Shed, paid from DE89 3704 0044 0532 0130 00", "an account"),
    ],
)
def test_obvious_data_of_persons_has_no_place_in_a_seizure(
    customs: Customs, field: str, text: str, says: str
) -> None:
    answer = customs.post(**{field: text})
    assert set(places(answer)) == {field} and says in answer.text


def test_it_is_found_by_its_container_however_that_is_written(customs: Customs) -> None:
    kept = customs.kept(conveyances=[{"kind": "container", "number": "csqu 305438 3"}])
    customs.kept()
    assert [row["id"] for row in customs.list(OFFICER, f"?number={BOX}", purpose="")] == [kept["id"]]


def test_the_list_is_narrowed_by_goods_country_and_period(customs: Customs) -> None:
    wanted = customs.kept()
    customs.kept(items=[item(what="cigarettes", quantity="4000 pieces", state="")])
    customs.kept(country="XC")
    customs.kept(date="2025")
    found = customs.list(OFFICER, "?goods=agro&country=xb&since=2026-01-01&until=2026-01-31", purpose="")
    assert [row["id"] for row in found] == [wanted["id"]]
    year = customs.list(OFFICER, "?until=2025-12-31", purpose="")
    assert [row["date"] for row in year] == ["2025"]


def test_a_list_goes_on_where_it_stopped(customs: Customs) -> None:
    ids = [customs.kept()["id"] for _ in range(5)]
    for query in ("?limit=2", "?limit=2&goods=agro"):
        seen, after = [], ""
        while True:
            answer = customs.scene(OFFICER, "GET", f"/trends/seizures{query}&after={after}").json
            seen += [row["id"] for row in answer["seizures"]]
            after = answer["after"]
            if not after:
                break
        assert sorted(seen) == sorted(ids) and len(seen) == 5
    assert customs.scene(OFFICER_B, "GET", f"/trends/seizures?after={ids[0]}").status == 404


def test_the_bureau_s_own_conversion_wins_and_is_nobody_else_s(customs: Customs, scene: Scene) -> None:
    form = {
        "goods": "tobacco.cigarettes",
        "from_unit": "BX",
        "to_unit": "C62",
        "factor": "9000",
        "source": "Counted",
    }
    made = scene(AUTHOR, "POST", "/trends/conversions", json=form)
    assert made.status == 201, made.text
    boxes = [item(what="cigarettes", quantity="3 boxes", state="")]
    assert customs.kept(items=boxes)["items"][0]["std"] == "27000"
    assert customs.kept(OTHER, items=boxes)["items"][0]["std"] == ""
    assert scene(OTHER, "GET", "/trends/conversions").json == []
    assert scene(OTHER, "DELETE", f"/trends/conversions/{made.json['id']}").status == 404
    assert scene(AUTHOR, "DELETE", f"/trends/conversions/{made.json['id']}").status == 204
    assert customs.kept(items=boxes)["items"][0]["std"] == ""
    wrong = {**form, "goods": "x", "from_unit": "y", "factor": "-1", "source": ""}
    answer = scene(AUTHOR, "POST", "/trends/conversions", json=wrong)
    assert set(places(answer)) == {"goods", "from_unit", "factor", "source"}


def test_effort_is_kept_with_a_figure_and_a_period(scene: Scene) -> None:
    form = {"authority": "Customs of XA", "country": "XA", "date": "2026-01", "checks": 812}
    kept = scene(AUTHOR, "POST", "/trends/efforts", json=form)
    assert kept.status == 201 and kept.json["checks"] == 812, kept.text
    assert [e["id"] for e in scene(OFFICER, "GET", "/trends/efforts").json] == [kept.json["id"]]
    assert scene(OFFICER_B, "GET", "/trends/efforts", purpose="analysis").json == []
    answer = scene(AUTHOR, "POST", "/trends/efforts", json={"authority": "", "date": "2031", "goods": "x"})
    assert set(places(answer)) == {"authority", "date", "goods", "checks"}


@pytest.mark.parametrize("who", ["XA officer", "XA analyst", "XA administrator"])
def test_only_contributors_and_supervisors_contribute(customs: Customs, who: str) -> None:
    assert customs.post(who).status == 403


def test_a_reference_is_its_bureau_s_and_taken_once(customs: Customs) -> None:
    assert customs.kept(ref="N-1")["ref"] == "N-1"
    assert set(places(customs.post(ref="N-1"))) == {"ref"}
    assert customs.kept(OTHER, ref="N-1")["ref"] == "N-1"


def test_a_seizure_is_no_record_of_the_records_room(
    customs: Customs, scene: Scene, house: House, crew: Crew
) -> None:
    kept = customs.kept()
    assert scene(OFFICER, "GET", f"/records/{kept['id']}", purpose="analysis").status == 404


def test_persons_named_after_the_seizure_was_shared_are_the_bureau_s_own(
    customs: Customs, scene: Scene
) -> None:
    kept = customs.kept(handling={"mode": "everyone"})
    path = f"/trends/seizures/{kept['id']}/parties"
    form = {"parties": [{"role": "owner", "name": "Ivo Marenko"}]}
    assert scene(AUTHOR, "PUT", path, json=form).status == 200
    assert scene(OFFICER_B, "GET", path, purpose="analysis").status == 404


def test_whoever_does_not_see_a_seizure_of_his_bureau_does_not_see_whom_it_names(
    customs: Customs, scene: Scene
) -> None:
    kept = customs.kept("XA chief")
    path = f"/trends/seizures/{kept['id']}"
    parties = {"parties": [{"role": "arrestee", "name": "Ivo Marenko", "sort": "person"}]}
    assert scene("XA chief", "PUT", f"{path}/parties", json=parties).status == 200
    assert scene(OFFICER, "GET", f"{path}/parties", purpose="analysis").status == 200
    customs.share("XA chief", kept, level="confidential", need=["XA/file"])
    assert scene(OFFICER, "GET", path, purpose="analysis").status == 404
    assert scene(OFFICER, "GET", f"{path}/parties", purpose="analysis").status == 404
    assert scene("XA chief", "GET", f"{path}/parties", purpose="analysis").status == 200
