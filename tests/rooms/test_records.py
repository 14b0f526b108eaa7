from datetime import date, timedelta

import pytest

from rooms.scene import EVERYONE, IVO, NOBODY, Scene, only, places
from worlds.stage import NOON, Clock

FIVE_YEARS = timedelta(days=1826)
TODAY = NOON.date()


# --- contribute ----------------------------------------------------------------------------------


def test_a_contributor_gets_the_whole_record_back(scene: Scene) -> None:
    kept = scene.contribute(ref="case-7/1", grade="B2", handling=only("XB", watch=True))
    assert (kept["owner"], kept["caption"], kept["version"]) == ("XA", "Ivo Marenko", 1)
    assert (kept["ref"], kept["grade"]) == ("case-7/1", "B2")
    assert kept["handling"]["bureaus"] == ["XB"]
    assert kept["handling"]["watch"] is True
    assert kept["properties"]["birthDate"] == ["1971-03-05"]


def test_reference_and_handling_are_for_the_owner_alone(scene: Scene) -> None:
    id = scene.contribute(ref="case-7/1")["id"]
    foreign = scene("XB officer", "GET", f"/records/{id}").json
    assert foreign["properties"]["name"] == IVO["name"]
    assert foreign["ref"] is None
    assert foreign["handling"] is None
    assert foreign["because"] == "the owner lets this bureau see it"
    assert scene("XA officer", "GET", f"/records/{id}").json["ref"] == "case-7/1"


def test_a_reference_is_unique_for_its_bureau_only(scene: Scene) -> None:
    first = scene.contribute(ref="1")
    again = scene("XA office", "POST", "/records", json={"kind": "Person", "properties": IVO, "ref": "1"})
    assert (again.status, places(again)) == (422, ["ref"])
    assert scene.contribute(who="XB office", ref="1")["id"] != first["id"]


def test_a_contributor_cannot_replace_by_its_reference_a_record_that_he_may_not_see(scene: Scene) -> None:
    kept = scene.contribute(ref="secret", handling=only(level="confidential", need=["XA/file"]))
    draft = {"kind": "Person", "properties": {"name": "Somebody Else"}, "ref": "secret"}
    assert scene("XA contributor", "POST", "/records", json=draft).status == 422
    assert scene("XA office", "GET", f"/records/{kept['id']}").json["caption"] == "Ivo Marenko"


def test_every_fault_of_a_draft_is_named_at_once_and_nothing_is_kept(scene: Scene) -> None:
    scene.contribute(ref="taken")
    draft = {
        "kind": "Person",
        "properties": {"birthDate": "31.02.1971", "shoeSize": "44", "nationality": ["xa", "qq"]},
        "handling": {"mode": "named", "bureaus": ["XB", "QQ"], "hint": ["ZZ"], "need": ["not/held"]},
        "ref": "taken",
        "expires": "2099-01-01",
    }
    answer = scene("XA office", "POST", "/records", json=draft)
    assert answer.status == 422
    assert sorted(places(answer)) == sorted(
        [
            "properties/birthDate/0",
            "properties/shoeSize",
            "properties/nationality/1",
            "properties/name",
            "expires",
            "ref",
            "handling/bureaus",
            "handling/hint",
            "handling/need",
        ]
    )
    assert all(f["what"] and f["do"] for f in answer.json["faults"])
    assert [r["ref"] for r in scene("XA office", "GET", "/records").json] == ["taken"]


def test_a_level_above_ones_own_clearance_is_refused(scene: Scene) -> None:
    draft = {"kind": "Person", "properties": IVO, "handling": only(level="confidential")}
    assert places(scene("XA contributor", "POST", "/records", json=draft)) == ["handling/level"]


@pytest.mark.parametrize("kind", ["Officer", "Hit", "Thing", "Nonsense", ""])
def test_only_kinds_of_record_are_contributed(scene: Scene, kind: str) -> None:
    answer = scene("XA office", "POST", "/records", json={"kind": kind, "properties": IVO})
    assert (answer.status, places(answer)) == (422, ["kind"])


# --- correct -------------------------------------------------------------------------------------


def test_a_correction_is_a_new_version_and_the_old_ones_stay_readable(scene: Scene) -> None:
    id = scene.contribute(grade="B2")["id"]
    change = {"version": 1, "properties": {**IVO, "birthDate": ["~1972"]}}
    corrected = scene("XA office", "PUT", f"/records/{id}", json=change).json
    assert (corrected["version"], corrected["grade"]) == (2, "B2")
    versions = scene("XB officer", "GET", f"/records/{id}/versions").json
    assert [(v["version"], v["properties"]["birthDate"]) for v in versions] == [
        (2, ["~1972"]),
        (1, ["1971-03-05"]),
    ]


def test_of_two_corrections_of_one_version_the_second_is_told_so(scene: Scene) -> None:
    id = scene.contribute()["id"]
    first = {"version": 1, "properties": {"name": "Ivo One"}}
    assert scene("XA office", "PUT", f"/records/{id}", json=first).status == 200
    second = scene(
        "XA supervisor", "PUT", f"/records/{id}", json={**first, "properties": {"name": "Ivo Two"}}
    )
    assert (second.status, second.json["type"]) == (409, "/problems#out-of-date")
    assert scene("XA office", "GET", f"/records/{id}").json["caption"] == "Ivo One"


def test_a_faulty_correction_changes_nothing(scene: Scene) -> None:
    id = scene.contribute()["id"]
    change = {"version": 1, "properties": {"name": "New", "birthDate": "soon", "colour": "red"}}
    answer = scene("XA office", "PUT", f"/records/{id}", json=change)
    assert places(answer) == ["properties/birthDate/0", "properties/colour"]
    assert scene("XA office", "GET", f"/records/{id}").json["version"] == 1


def test_a_correction_is_found_by_the_very_next_question(scene: Scene) -> None:
    id = scene.contribute()["id"]
    scene("XA office", "PUT", f"/records/{id}", json={"version": 1, "properties": {"name": "Zoran Pelt"}})
    assert scene.found("XB officer", "Zoran Pelt") == [id]
    assert scene.found("XB officer", "Ivo Marenko") == []
    assert scene.found("XB officer", "P4417093") == []


# --- withdraw ------------------------------------------------------------------------------------


def test_a_withdrawn_record_is_gone_from_every_view_at_once(scene: Scene) -> None:
    id = scene.contribute()["id"]
    other = scene.contribute({"owner": [id], "asset": [id]}, kind="Ownership")["id"]
    assert scene("XA office", "DELETE", f"/records/{id}").status == 204
    for who in ("XA office", "XB officer", "XA chief"):
        for path in ("", "/versions", "/links"):
            assert scene(who, "GET", f"/records/{id}{path}").status == 404
        assert scene.found(who, "Ivo Marenko") == []
        assert scene.found(who, "P4417093") == []
        assert scene(who, "GET", f"/records/{other}/links").json == []
    assert [r["id"] for r in scene("XA office", "GET", "/records").json] == [other]


def test_what_is_contributed_anew_under_a_withdrawn_reference_stays(scene: Scene, house, work) -> None:
    old = scene.contribute(ref="7")["id"]
    scene("XA office", "DELETE", f"/records/{old}")
    new = scene.contribute({"name": "Zoran Pelt"}, ref="7")
    work(house)
    assert [v["caption"] for v in scene("XA office", "GET", f"/records/{new['id']}/versions").json] == [
        "Zoran Pelt"
    ]
    assert scene.found("XB officer", "Zoran Pelt") == [new["id"]]


# --- of others -----------------------------------------------------------------------------------


def test_nobody_changes_another_bureaus_record(scene: Scene) -> None:
    id = scene.contribute()["id"]
    for method, path, said in _changes(id):
        answer = scene("XB office", method, path, json=said)
        assert (answer.status, answer.json["type"]) == (403, "/problems#not-yours")
    assert scene("XA office", "GET", f"/records/{id}").json["version"] == 1


def test_a_record_that_may_not_be_seen_is_answered_like_one_that_is_not_there(scene: Scene) -> None:
    hidden = scene.contribute(handling=NOBODY)["id"]
    nothing = "0" * 32
    for method, path, said in [
        ("GET", "/records/{}", None),
        ("GET", "/records/{}/versions", None),
        ("GET", "/records/{}/links", None),
        *[(m, p.replace(hidden, "{}"), s) for m, p, s in _changes(hidden)],
    ]:
        a, b = (scene("XB office", method, path.format(id), json=said) for id in (hidden, nothing))
        assert (a.status, a.headers, a.body) == (404, b.headers, b.body)


def _changes(id: str) -> list[tuple[str, str, dict | None]]:
    return [
        ("PUT", f"/records/{id}", {"version": 1, "properties": {"name": "X Y"}}),
        ("PUT", f"/records/{id}/handling", {"version": 1, "handling": EVERYONE}),
        ("PUT", f"/records/{id}/expiry", {"version": 1, "expires": "2027-01-01"}),
        ("DELETE", f"/records/{id}", None),
    ]


# --- how long ------------------------------------------------------------------------------------


def test_a_record_is_kept_five_years_at_most_and_when_nothing_is_said(scene: Scene) -> None:
    latest = TODAY + FIVE_YEARS
    assert scene.contribute()["expires"] == latest.isoformat()
    assert scene.contribute(expires=latest.isoformat())["expires"] == latest.isoformat()
    for wrong in (latest + timedelta(days=1), TODAY, TODAY - timedelta(days=1)):
        draft = {"kind": "Person", "properties": IVO, "expires": wrong.isoformat()}
        answer = scene("XA office", "POST", "/records", json=draft)
        assert (answer.status, places(answer)) == (422, ["expires"])


def test_an_owner_keeps_a_record_longer_but_five_years_at_most_from_now(scene: Scene, clock: Clock) -> None:
    kept = scene.contribute(expires="2026-03-01")
    path = f"/records/{kept['id']}/expiry"
    clock.forward(days=30)
    latest = (clock.now.date() + FIVE_YEARS).isoformat()
    too_late = (clock.now.date() + FIVE_YEARS + timedelta(days=1)).isoformat()
    assert scene("XA machine", "PUT", path, json={"version": 1, "expires": too_late}).status == 422
    longer = scene("XA machine", "PUT", path, json={"version": 1, "expires": latest})
    assert (longer.status, longer.json["expires"], longer.json["version"]) == (200, latest, 2)
    assert scene("XA machine", "PUT", path, json={"version": 1, "expires": latest}).status == 409


def test_an_expired_record_is_invisible_from_its_day_on(scene: Scene, clock: Clock) -> None:
    id = scene.contribute(expires="2026-01-17")["id"]
    clock.forward(days=1)
    assert scene.found("XB machine", "Ivo Marenko") == scene.found("XB machine", "P4417093") == [id]
    clock.forward(days=1)
    for who in ("XA machine", "XB machine"):
        assert scene.found(who, "Ivo Marenko") == scene.found(who, "P4417093") == []
        assert scene(who, "GET", f"/records/{id}").status == 404
    assert scene("XA machine", "GET", "/records").json == []


def test_expiry_does_not_move_when_a_record_is_corrected(scene: Scene, clock: Clock) -> None:
    kept = scene.contribute(expires="2026-03-01")
    clock.forward(days=3)
    change = {"version": 1, "properties": {"name": "Ivo M"}}
    corrected = scene("XA machine", "PUT", f"/records/{kept['id']}", json=change).json
    assert date.fromisoformat(corrected["expires"]) == date(2026, 3, 1)


# --- links ---------------------------------------------------------------------------------------


def _links(scene: Scene, who: str, id: str) -> list[tuple[str, str, str]]:
    answer = scene(who, "GET", f"/records/{id}/links")
    assert answer.status == 200
    return [(link["label"], link["direction"], link["caption"]) for link in answer.json]


def test_links_are_read_from_both_ends(scene: Scene) -> None:
    scene.contribute(ref="ivo")
    van = scene.contribute(
        {"name": "White van", "registrationNumber": "XA 417 KLM"}, kind="Vehicle", ref="van"
    )
    owns = scene.contribute(
        {"owner": "ivo", "asset": "van", "startDate": "2019"}, kind="Ownership", grade="B2"
    )
    ivo = scene.found("XB officer", "Ivo Marenko")[0]
    assert _links(scene, "XB officer", ivo) == [("owns", "from", "White van")]
    assert _links(scene, "XB officer", van["id"]) == [("owns", "to", "Ivo Marenko")]
    link = scene("XB officer", "GET", f"/records/{ivo}/links").json[0]
    assert (link["relation"], link["grade"], link["dates"]) == (owns["id"], "B2", "2019 – …")


def test_a_property_that_names_a_record_is_a_link_of_both(scene: Scene) -> None:
    ivo = scene.contribute(ref="ivo")["id"]
    phone = scene.contribute({"number": "+999 1234567", "holder": "ivo"}, kind="PhoneNumber")["id"]
    assert _links(scene, "XB officer", phone) == [("Holder", "from", "Ivo Marenko")]
    assert _links(scene, "XB officer", ivo) == [("Telephone number: Holder", "to", "+999 1234567")]


@pytest.mark.parametrize("hidden", ["ivo", "van", "owns"])
def test_a_link_whose_end_or_relation_may_not_be_seen_is_left_out(scene: Scene, hidden: str) -> None:
    how = {name: NOBODY if name == hidden else EVERYONE for name in ("ivo", "van", "owns")}
    ids = {
        "ivo": scene.contribute(ref="ivo", handling=how["ivo"])["id"],
        "van": scene.contribute({"name": "White van"}, kind="Vehicle", ref="van", handling=how["van"])["id"],
    }
    scene.contribute({"owner": "ivo", "asset": "van"}, kind="Ownership", handling=how["owns"])
    assert all(_links(scene, "XA officer", id) for id in ids.values())
    for name in {"ivo", "van"} - {hidden}:
        assert _links(scene, "XB officer", ids[name]) == []


# --- own records ---------------------------------------------------------------------------------


def test_ones_own_records_are_listed_page_by_page_newest_change_first(scene: Scene) -> None:
    made = [scene.contribute({"name": f"Person Number{n}"})["id"] for n in range(7)]
    scene.contribute(who="XB office")
    listed: list[str] = []
    after = ""
    for _ in range(4):
        page = [r["id"] for r in scene("XA office", "GET", f"/records?limit=3&after={after}").json]
        listed += page
        if not page:
            break
        after = page[-1]
        scene.contribute({"name": "Newcomer"})  # what comes in meanwhile moves no page
    assert listed == made[::-1]


def test_the_list_of_own_records_narrows_to_a_kind_and_never_shows_the_houses_own_things(
    scene: Scene,
) -> None:
    scene.contribute()
    van = scene.contribute({"name": "White van"}, kind="Vehicle")["id"]
    assert [r["id"] for r in scene("XA office", "GET", "/records?kind=Vehicle").json] == [van]
    for kind in ("Officer", "Verdict", "Hit", "Key", "Nonsense"):
        answer = scene("XA office", "GET", f"/records?kind={kind}")
        assert (answer.status, places(answer)) == (422, ["kind"])


def test_paging_after_a_record_that_is_not_ones_own_is_absent(scene: Scene) -> None:
    foreign = scene.contribute(who="XB office")["id"]
    assert scene("XA office", "GET", f"/records?after={foreign}").status == 404


def test_the_kinds_that_a_draft_may_have_are_told(scene: Scene) -> None:
    kinds = {k["name"]: k for k in scene("XA officer", "GET", "/kinds").json}
    assert kinds["Person"]["required"] == ["name"]
    assert kinds["Person"]["keep_days_most"] == FIVE_YEARS.days
    assert "Officer" not in kinds
