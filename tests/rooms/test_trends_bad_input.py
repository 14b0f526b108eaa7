"""What comes in badly (specification, B1.5): every row of its table, told and never guessed."""

import pytest

from rooms.scene import Scene
from rooms.seized import AUTHOR, Customs, item, seizure


@pytest.fixture
def customs(scene: Scene) -> Customs:
    return Customs(scene)


def doubted(told: dict[str, object]) -> set[str]:
    return {d["where"] for d in told["doubts"]}  # type: ignore[attr-defined,index,union-attr]


def faulted(told: dict[str, object]) -> set[str]:
    return {d["where"] for d in told["faults"]}  # type: ignore[attr-defined,index,union-attr]


@pytest.mark.parametrize(
    ("hs", "becomes"),
    [("3808.91", "380891"), ("3808 91", "380891"), ("101", "0101"), ("38089190", "380891")],
    ids=["dots", "spaces", "lost-zero", "national-digits"],
)
def test_hs_codes_are_normalised(customs: Customs, hs: str, becomes: str) -> None:
    told = customs.check(items=[item(hs=hs, edition="2022")])
    assert told["items"][0]["hs"] == becomes and not told["faults"]


def test_an_hs_code_of_two_readings_is_asked_and_its_edition_is_needed(customs: Customs) -> None:
    told = customs.check(items=[item(hs="40110", edition="2022"), item(hs="380891")])
    assert faulted(told) == {"items/0/hs", "items/1/edition"}
    asked = next(f for f in told["faults"] if f["where"] == "items/0/hs")
    assert asked["do"] == "Choose one: 040110, 4011."
    assert faulted(customs.check(items=[item(hs="380891", edition="2021")])) == {"items/0/hs"}


@pytest.mark.parametrize(
    ("quantity", "where"),
    [("12", "unit"), ("2 containers", "quantity"), ("2-3 kg", "quantity"), ("", "quantity")],
    ids=["no-unit", "containers", "range", "nothing"],
)
def test_a_quantity_that_cannot_be_added_up_is_kept_and_in_no_sum(
    customs: Customs, quantity: str, where: str
) -> None:
    told = customs.check(items=[item(quantity=quantity)])
    assert f"items/0/{where}" in doubted(told) and not told["faults"]
    kept = customs.kept(items=[item(quantity=quantity)])["items"][0]
    assert kept["std"] == ""


def test_a_negative_quantity_is_refused(customs: Customs) -> None:
    assert faulted(customs.check(items=[item(quantity="-12 kg"), item(value="-5", currency="EUR")])) == {
        "items/0/quantity",
        "items/1/value",
    }


def test_kilograms_of_living_animals_are_no_count(customs: Customs) -> None:
    parrots = item(what="parrots", goods="fauna.birds", term="LIV", quantity="40 kg", state="")
    told = customs.check(items=[parrots])
    assert doubted(told) and not told["faults"] and told["items"][0]["std"] == ""


def test_a_thousand_times_too_much_is_held_until_a_person_confirms_it(customs: Customs, scene: Scene) -> None:
    for n in range(12):
        customs.kept(items=[item(quantity=f"{1000 + 37 * n} kg")])
    kept = customs.kept(items=[item(quantity="1200000 kg")])
    assert kept["items"][0]["held"] and "items/0/quantity" in {d["where"] for d in kept["doubts"]}
    assert not customs.kept(items=[item(quantity="1400 kg")])["items"][0]["held"]
    customs.share(AUTHOR, customs.kept(items=[item(quantity="1100000 kg")]))
    assert len(customs.list(AUTHOR, "?which=held", purpose="")) == 2, "its bureau finds what waits for it"
    assert customs.list("XB officer", "?which=held") == [], "that of others waits for others"
    path = f"/trends/seizures/{kept['id']}/confirmation"
    confirmed = scene(AUTHOR, "POST", path, json={"version": kept["version"]}).json
    assert (confirmed["items"][0]["held"], confirmed["items"][0]["confirmed"]) == (False, True)
    assert kept["id"] not in [row["id"] for row in customs.list(AUTHOR, "?which=held", purpose="")]
    again = scene(
        AUTHOR,
        "PUT",
        f"/trends/seizures/{kept['id']}",
        json=seizure(version=confirmed["version"], items=[item(quantity="1200000 kg", confirmed=True)]),
    )
    assert not again.json["items"][0]["held"]


def test_what_others_keep_holds_no_figure_of_one_s_own(customs: Customs) -> None:
    for n in range(12):
        customs.kept("XB contributor", handling={"mode": "everyone"}, items=[item(quantity=f"{1000 + n} kg")])
    assert not customs.kept(items=[item(quantity="1200000 kg")])["items"][0]["held"]


def test_no_seizure_is_larger_than_a_million_million(customs: Customs) -> None:
    assert customs.kept(items=[item(quantity="9000000000000 kg")])["items"][0]["held"]


@pytest.mark.parametrize("country", ["Congo", "Korea", "Guinea"])
def test_a_name_of_several_countries_is_asked(customs: Customs, country: str) -> None:
    told = customs.check(country=country)
    assert faulted(told) == {"country"} and told["faults"][0]["do"].startswith("Choose one: ")


def test_a_country_of_the_past_is_one_of_its_time(customs: Customs) -> None:
    legs = [{"role": "origin", "country": "SU"}]
    assert not customs.check(date="1990-05-01", route=legs)["faults"]
    assert faulted(customs.check(route=legs)) == {"route/0/country"}
    assert not customs.check(route=[{"role": "origin", "country": "XX"}])["faults"]


def test_odd_routes_are_kept_with_their_doubts(customs: Customs) -> None:
    around = [{"role": "origin", "country": "XC"}, {"role": "intended_destination", "country": "XC"}]
    twice = [{"role": "transit", "country": c} for c in ("XD", "XE", "XD")]
    many = [{"role": "transit", "country": f"X{c}"} for c in "ABCDEFGHIJKLMN"]
    for route, says in ((around, "went back"), (twice, "twice"), (many, "14 countries"), (twice, "gap")):
        told = customs.check(route=route)
        assert not told["faults"] and any(says in d["what"] for d in told["doubts"]), says
        assert customs.kept(route=route)["route"][0]["certainty"] == "unknown"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("31/12/99", "1999-12-31"),
        ("2025", "2025"),
        ("2568-03-01", "2025-03-01"),
        ("12.01.2026", "2026-01-12"),
    ],
    ids=["two-digits", "year", "buddhist", "dotted"],
)
def test_dates_are_kept_as_exactly_as_they_are_written(customs: Customs, text: str, kept: str) -> None:
    assert customs.kept(date=text)["date"] == kept


@pytest.mark.parametrize("text", ["", "yesterday", "2026-01-16", "31/02/2025", "03/04/2025"])
def test_a_date_that_is_none_or_two_or_to_come_is_refused(customs: Customs, text: str) -> None:
    assert faulted(customs.check(date=text)) == {"date"}


@pytest.mark.parametrize(
    ("latitude", "longitude", "where"),
    [("0", "0", "doubts"), ("95", "10", "faults"), ("10", "190", "faults"), ("10", "", "faults")],
    ids=["nought", "latitude", "longitude", "half"],
)
def test_coordinates_that_cannot_be_are_told_and_the_place_s_name_counts(
    customs: Customs, latitude: str, longitude: str, where: str
) -> None:
    told = customs.check(latitude=latitude, longitude=longitude)
    assert {d["where"] for d in told[where]} == {"latitude"}


def test_a_place_without_coordinates_is_fine(customs: Customs) -> None:
    told = customs.check()
    assert told["faults"] == told["doubts"] == []


def test_a_wrong_check_digit_is_kept_with_a_doubt(customs: Customs) -> None:
    kept = customs.kept(conveyances=[{"kind": "container", "number": "CSQU3054384"}])
    assert "check digit" in kept["conveyances"][0]["doubt"]


def test_a_thousands_comma_of_two_readings_is_asked(customs: Customs) -> None:
    told = customs.check(items=[item(quantity="1,200 kg"), item(quantity="1,200.50 kg")])
    assert faulted(told) == {"items/0/quantity"} and told["items"][1]["std"] == "1200.5"


def test_no_photo_is_kept_but_its_hash(customs: Customs) -> None:
    assert customs.kept(photo="ab" * 32)["photo"] == "ab" * 32
    assert customs.post(photo="data:image/jpeg;base64,AAAA").status == 422


def test_a_seizure_of_nothing_is_an_inspection_without_finding(customs: Customs) -> None:
    assert faulted(customs.check(items=[])) == {"items"}
    assert not customs.check(items=[], event_kind="inspection_nil")["faults"]


def test_a_check_with_a_purpose_holds_a_figure_against_one_s_own_alone_too(customs: Customs) -> None:
    for n in range(12):
        customs.kept("XB contributor", handling={"mode": "everyone"}, items=[item(quantity=f"{1000 + n} kg")])
    told = customs.check(purpose="analysis", items=[item(quantity="1200000 kg")])
    assert not told["items"][0]["held"] and told["doubts"] == []
