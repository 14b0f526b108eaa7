"""The reconciliation service: lists of other tools held against what their owner may see."""

import json
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest

from rooms.scene import IVO, NOBODY, Scene, only, places
from worlds.stage import Answer

AT = "/reconcile/wanted/XB-2026-17"
MACHINE = "XB machine"
Service = Callable[..., Answer]


@pytest.fixture
def batch(scene: Scene) -> Service:
    """batch(q0={"query": …}) posts a form as OpenRefine does."""

    def posted(who: str = MACHINE, at: str = AT, **queries: Any) -> Answer:
        return scene(who, "POST", at, form=[("queries", json.dumps(queries))], purpose="")

    return posted


def _results(answer: Answer, name: str = "q0") -> list[dict[str, Any]]:
    assert answer.status == 200, answer.text
    found: list[dict[str, Any]] = answer.json[name]["result"]
    return found


def _ids(answer: Answer, name: str = "q0") -> list[str]:
    return [one["id"] for one in _results(answer, name)]


# --- what it is -----------------------------------------------------------------------------------


def test_the_manifest_says_where_everything_is(scene: Scene) -> None:
    said = scene(MACHINE, "GET", AT, purpose="").json
    here = f"http://entente.test/api/v1{AT}"
    assert "0.2" in said["versions"]
    assert said["batchSize"] == 50
    assert said["authentication"] == {"type": "basic"}
    assert "preview" not in said, "a page of this house cannot be framed"
    for what in ("entity", "property", "type"):
        assert said["suggest"][what] == {"service_url": here, "service_path": f"/suggest/{what}"}
    assert "entente_" not in json.dumps(said), "no key is said back"


def test_the_addresses_of_the_manifest_lead_back_to_the_same_reason(scene: Scene) -> None:
    said = scene(MACHINE, "GET", "/reconcile/wanted/XB%2F2026 17", purpose="").json
    here = "http://entente.test/api/v1/reconcile/wanted/XB%252F2026%2017"
    assert said["suggest"]["entity"]["service_url"] == here
    assert said["extend"]["propose_properties"]["service_url"] == here


def test_the_address_of_the_settings_stands_in_the_manifest(doors: Callable[..., Service], crew: Any) -> None:
    ask = doors(address="https://entente.example/")
    said = ask(crew[MACHINE], "GET", f"/api/v1{AT}", purpose="").json
    assert said["view"]["url"] == "https://entente.example/records/{{id}}"


# --- who asks, and why ----------------------------------------------------------------------------


def test_a_key_may_come_as_the_password_of_http_basic(scene: Scene) -> None:
    id = scene.contribute()["id"]
    said = b64encode(f"anybody:{scene.crew[MACHINE].key}".encode()).decode()
    form = [("queries", json.dumps({"q0": {"query": "Ivo Marenko"}}))]
    answer = scene("", "POST", AT, form=form, purpose="", headers={"authorization": f"Basic {said}"})
    assert _ids(answer) == [id]


@pytest.mark.parametrize(
    "said",
    ["", "Basic", "Basic !", "Basic Og==", "Basic /w==", "Bearer x", "Digest x", "Basic " + "Zm9vOmJhcg=="],
)
def test_without_a_key_that_is_good_nobody_is_let_in(scene: Scene, said: str) -> None:
    answer = scene("", "GET", AT, purpose="", headers={"authorization": said} if said else {})
    assert answer.status == 401


def test_a_session_opens_nothing_here_since_any_page_could_use_it(scene: Scene, batch: Service) -> None:
    assert scene("XB officer", "GET", AT, purpose="").status == 401
    assert batch(who="XB officer", q0={"query": "Ivo"}).status == 401


@pytest.mark.parametrize("word", ["key", "api_key", "access_token", "authorization"])
def test_a_key_in_an_address_is_refused(scene: Scene, word: str) -> None:
    answer = scene("", "GET", f"{AT}?{word}={scene.crew[MACHINE].key}", purpose="")
    assert answer.status in (401, 422)
    assert scene.crew[MACHINE].key not in answer.text


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_answer_is_never_a_script(scene: Scene, method: str) -> None:
    form = [("queries", "{}")] if method == "POST" else None
    answer = scene(MACHINE, method, f"{AT}?callback=run", form=form, purpose="")
    assert (answer.status, places(answer)) == (422, ["query/callback"])


@pytest.mark.parametrize(
    ("reason", "slug"),
    [
        ("nonsense/case", "no-purpose"),
        ("wanted/ ", "no-purpose"),
        ("wanted/" + "x" * 501, "no-purpose"),
        ("oversight/case", "not-allowed"),
    ],
)
def test_the_reason_is_that_of_the_address(scene: Scene, batch: Service, reason: str, slug: str) -> None:
    for answer in (
        batch(at=f"/reconcile/{reason}", q0={"query": "Ivo"}),
        scene(MACHINE, "GET", f"/reconcile/{reason}", purpose=""),
    ):
        assert answer.json["type"] == f"/problems#{slug}"


def test_each_query_is_a_search_in_the_journal_with_the_reason_of_the_address(
    scene: Scene, batch: Service
) -> None:
    # As it arrives: the server has decoded %252F in the address to %2F.
    batch(at="/reconcile/border/XB%2F2026 17", q0={"query": "Ivo"}, q1={"query": "Oksana"})
    acts = [a for a in scene("XB chief", "GET", "/journal?limit=20").json if a["act"] == "search"]
    assert len(acts) == 2
    assert {(a["purpose"], a["justification"]) for a in acts} == {("border", "XB/2026 17")}


# --- what is found --------------------------------------------------------------------------------


def test_a_row_finds_what_the_box_finds_and_never_a_match(scene: Scene, batch: Service) -> None:
    id = scene.contribute()["id"]
    (box,) = scene.search("XB officer", "Ivo Marenko 1971")["candidates"]
    (one,) = _results(batch(q0={"query": "Ivo Marenko 1971"}))
    assert (one["id"], one["name"], one["match"]) == (id, "Ivo Marenko", False)
    assert one["score"] == pytest.approx(100 * box["score"], abs=0.01)
    assert one["type"][0] == {"id": "Person", "name": "Person"}
    features = {f["id"]: f["value"] for f in one["features"]}
    assert set(features) == {"same-name", "same-person"}
    assert features["same-person"] == pytest.approx(one["score"] / 100, abs=0.001)


def test_even_two_identifiers_make_no_match(scene: Scene, batch: Service) -> None:
    scene.contribute()
    (one,) = _results(batch(q0={"query": "Ivo Marenko P4417093 1971-03-05"}))
    assert one["score"] > 99
    assert one["match"] is False


def test_a_verdict_follows_a_search_of_a_batch(scene: Scene, batch: Service) -> None:
    id = scene.contribute()["id"]
    search = batch(q0={"query": "Ivo Marenko"}).json["q0"]["search"]
    said = {"record": id, "verdict": "same"}
    assert scene(MACHINE, "POST", f"/search/{search}/verdicts", json=said).status == 201


@pytest.mark.parametrize(
    ("pid", "value"),
    [
        ("birthDate", "1971-03-05"),
        ("birthDate", "05.03.1971"),
        ("birthDate", 1971),
        ("nationality", "xa"),
        ("gender", "male"),
        ("passportNumber", "P 4417093"),
        ("idNumber", "4417093"),
        ("alias", "Иво Маренко"),
        ("lastName", "Marenko"),
        ("birthDate", {"id": "x", "name": "1971"}),
        ("nationality", ["xb", "xa"]),
    ],
)
def test_a_property_that_agrees_never_lowers_a_score(
    scene: Scene, batch: Service, pid: str, value: object
) -> None:
    scene.contribute({**IVO, "idNumber": ["4417093"]})
    (bare,) = _results(batch(q0={"query": "Ivo Marenco"}))
    (more,) = _results(batch(q0={"query": "Ivo Marenco", "properties": [{"pid": pid, "v": value}]}))
    assert more["score"] >= bare["score"]
    if pid not in ("lastName",):
        assert more["score"] > bare["score"]


def test_a_property_that_contradicts_lowers_a_score_and_filters_nothing(scene: Scene, batch: Service) -> None:
    id = scene.contribute()["id"]
    (bare,) = _results(batch(q0={"query": "Ivo Marenko P4417093"}))
    for pid, value in (("birthDate", "1950-01-30"), ("nationality", "xc"), ("gender", "female")):
        given = [{"pid": pid, "v": value}]
        (less,) = _results(batch(q0={"query": "Ivo Marenko P4417093", "properties": given}))
        assert less["id"] == id
        assert less["score"] < bare["score"]


def test_a_number_alone_finds_its_record(scene: Scene, batch: Service) -> None:
    id = scene.contribute()["id"]
    (one,) = _results(batch(q0={"properties": [{"pid": "passportNumber", "v": "p4417093"}]}))
    assert one["id"] == id
    assert [f["id"] for f in one["features"]] == ["same-person"], "no name was asked"


def test_a_cell_that_cannot_be_read_is_told_and_stops_nothing(scene: Scene, batch: Service) -> None:
    id = scene.contribute()["id"]
    given = [{"pid": "birthDate", "v": "in spring"}, {"pid": "nationality", "v": "Atlantis"}]
    answer = batch(q0={"query": "Ivo Marenko", "properties": given})
    assert _ids(answer) == [id]
    said = answer.json["q0"]["understood"]
    assert {"what": "not-understood", "value": "birthDate in spring"} in said
    assert {"what": "not-understood", "value": "nationality Atlantis"} in said


def test_empty_rows_and_empty_batches_find_nothing(batch: Service) -> None:
    assert _results(batch(q0={"query": ""}, q1={"query": "?!"})) == []
    assert batch().json == {}


@pytest.mark.parametrize(
    ("type_", "strict", "found"),
    [
        ("", "any", "person company"),
        ("Person", "any", "person"),
        ("LegalEntity", "any", "person company"),
        (["Person", "Company"], "any", "person company"),
        (["LegalEntity", "Company"], "all", "company"),
        (["Person", "Company"], "all", ""),
        ("Person", "should", "person"),
    ],
)
def test_a_type_narrows_as_strictly_as_is_said(
    scene: Scene, batch: Service, type_: object, strict: str, found: str
) -> None:
    ids = {k: scene.contribute({"name": "Velkov Agro"}, kind=k.title())["id"] for k in ("person", "company")}
    asked = {"query": "Velkov Agro", "type": type_, "type_strict": strict}
    assert set(_ids(batch(q0=asked))) == {ids[k] for k in found.split()}


def test_no_more_candidates_come_than_were_asked_for(scene: Scene, batch: Service) -> None:
    for _ in range(4):
        scene.contribute()
    assert len(_ids(batch(q0={"query": "Ivo Marenko", "limit": 2}))) == 2


def test_what_the_asker_may_not_see_is_not_there_and_a_hint_names_its_owner(
    scene: Scene, batch: Service
) -> None:
    scene.contribute(handling=NOBODY)
    scene.contribute(handling=only("XC"))
    assert batch(q0={"query": "Ivo Marenko"}).json["q0"]["contacts"] == []
    scene.contribute(handling=only(hint=["XB"]), who="XC office")
    said = batch(q0={"query": "Ivo Marenko"}).json["q0"]
    assert (said["result"], [c["bureau"] for c in said["contacts"]]) == ([], ["XC"])


def test_the_same_with_json_in_the_words_of_the_next_version(scene: Scene) -> None:
    id = scene.contribute()["id"]
    conditions = [
        {"matchType": "name", "propertyValue": "Ivo Marenko"},
        {"matchType": "property", "propertyId": "birthDate", "propertyValue": "1971"},
    ]
    asked = {"queries": [{"type": "Person", "conditions": conditions}]}
    answer = scene(MACHINE, "POST", f"{AT}/match", json=asked, purpose="")
    assert [c["id"] for c in answer.json["results"][0]["candidates"]] == [id]


# --- faults ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ({"query": "Ivo", "type": "Nonsense"}, "/queries/q0/type"),
        ({"query": "Ivo", "type": "Officer"}, "/queries/q0/type"),
        ({"query": "Ivo", "limit": 0}, "/queries/q0/limit"),
        ({"query": "Ivo", "limit": 101}, "/queries/q0/limit"),
        ({"query": "x" * 2001}, "/queries/q0/query"),
        ({"query": "Ivo", "colour": "red"}, "/queries/q0/colour"),
        ({"query": "Ivo", "type_strict": "perhaps"}, "/queries/q0/type_strict"),
        ({"query": "Ivo", "properties": [{"pid": "shoeSize", "v": 5}]}, "/queries/q0/properties/0/pid"),
        ({"query": 5}, "/queries/q0/query"),
        ("Ivo", "/queries/q0"),
    ],
)
def test_a_query_with_a_fault_is_named(batch: Service, query: object, place: str) -> None:
    answer = batch(q0=query)
    assert (answer.status, places(answer)) == (422, [place])


def test_every_fault_of_a_batch_is_named_and_nothing_of_it_is_asked(scene: Scene, batch: Service) -> None:
    answer = batch(q0={"query": "Ivo", "type": "X"}, q1={"query": "Ivo"}, q2={"query": "Ivo", "type": "Y"})
    assert sorted(places(answer)) == ["/queries/q0/type", "/queries/q2/type"]
    assert not [a for a in scene("XB chief", "GET", "/journal?limit=20").json if a["act"] == "search"]


def test_more_than_fifty_queries_are_refused(batch: Service) -> None:
    assert batch(**{f"q{n}": {"query": "Ivo"} for n in range(50)}).status == 200
    answer = batch(**{f"q{n}": {"query": "Ivo"} for n in range(51)})
    assert (answer.status, places(answer)) == (422, ["/queries"])
    assert "at most 50" in answer.json["faults"][0]["what"]


@pytest.mark.parametrize("text", ["{", "nonsense", "[" * 100_000, '{"q0":' * 30_000, '"\\ud800"', "\0"])
def test_what_is_no_json_cannot_be_read(scene: Scene, text: str) -> None:
    for field in ("queries", "extend"):
        answer = scene(MACHINE, "POST", AT, form=[(field, text)], purpose="")
        assert answer.status in (400, 422), text[:20]
        assert len(answer.body) < 2000


@pytest.mark.parametrize("text", ["[]", "5", "null", '"x"', '{"q0": null}', '{"q0": []}'])
def test_json_of_another_shape_is_a_fault(scene: Scene, text: str) -> None:
    answer = scene(MACHINE, "POST", AT, form=[("queries", text)], purpose="")
    assert (answer.status, answer.json["type"]) == (422, "/problems#faulty")


def test_a_body_beyond_all_measure_is_refused(scene: Scene) -> None:
    answer = scene(MACHINE, "POST", AT, form=[("queries", "x" * 2_000_000)], purpose="")
    assert answer.status == 413


# --- suggest, extend -----------------------------------------------------------------------------


def test_a_name_that_is_typed_suggests_records_and_is_a_search(scene: Scene) -> None:
    id = scene.contribute()["id"]
    scene.contribute(handling=NOBODY)
    answer = scene(MACHINE, "GET", f"{AT}/suggest/entity?prefix=Ivo%20Marenko", purpose="")
    assert [r["id"] for r in answer.json["result"]] == [id]
    assert [a["act"] for a in scene("XB chief", "GET", "/journal?limit=1").json] == ["search"]
    further = scene(MACHINE, "GET", f"{AT}/suggest/entity?prefix=Ivo%20Marenko&cursor=1", purpose="")
    assert further.json["result"] == []


@pytest.mark.parametrize(
    ("what", "prefix", "id"),
    [("type", "pers", "Person"), ("type", "Comp", "Company"), ("property", "birthD", "birthDate")],
)
def test_types_and_properties_are_suggested(scene: Scene, what: str, prefix: str, id: str) -> None:
    answer = scene(MACHINE, "GET", f"{AT}/suggest/{what}?prefix={prefix}", purpose="")
    assert id in [r["id"] for r in answer.json["result"]]
    assert scene(MACHINE, "GET", f"{AT}/suggest/{what}?prefix=qqq", purpose="").json["result"] == []


def test_every_property_that_is_suggested_can_be_asked(scene: Scene, batch: Service) -> None:
    pids = [
        r["id"]
        for cursor in range(0, 81, 20)
        for r in scene(MACHINE, "GET", f"{AT}/suggest/property?cursor={cursor}", purpose="").json["result"]
    ]
    assert len(pids) > 20
    assert batch(**{p: {"properties": [{"pid": p, "v": "1"}]} for p in pids[:50]}).status == 200


def _extended(scene: Scene, ids: list[str], *pids: str) -> Answer:
    asked = {"ids": ids, "properties": [{"id": p} for p in pids]}
    return scene(MACHINE, "POST", AT, form=[("extend", json.dumps(asked))], purpose="")


def test_records_that_were_chosen_give_their_values(scene: Scene) -> None:
    id = scene.contribute()["id"]
    said = _extended(scene, [id], "birthDate", "nationality", "summary").json
    assert said["meta"][0] == {"id": "birthDate", "name": "Date of birth"}
    assert said["rows"][id] == {
        "birthDate": [{"str": "1971-03-05"}],
        "nationality": [{"str": "xa"}],
        "summary": [],
    }


def test_what_is_hidden_and_what_is_not_there_are_the_same_row(scene: Scene) -> None:
    hidden = scene.contribute(handling=NOBODY)["id"]
    officer, absent = scene.crew["XB office"].id, "0" * 32
    rows = _extended(scene, [hidden, absent, officer, "nonsense"], "name").json["rows"]
    assert list(rows.values()) == [{"name": []}] * 4


@pytest.mark.parametrize("pid", ["shoeSize", "addressEntity", "key"])
def test_a_property_that_is_none_cannot_be_fetched(scene: Scene, pid: str) -> None:
    answer = _extended(scene, ["0" * 32], "name", pid)
    assert (answer.status, places(answer)) == (422, ["/extend/properties/1/id"])


def test_what_can_be_fetched_of_a_kind_is_proposed(scene: Scene) -> None:
    said = scene(MACHINE, "GET", f"{AT}/extend/propose?type=Vehicle&limit=500", purpose="").json
    ids = [p["id"] for p in said["properties"]]
    assert "vin" in ids
    assert "birthDate" not in ids
    assert scene(MACHINE, "GET", f"{AT}/extend/propose?type=Officer", purpose="").status == 422
