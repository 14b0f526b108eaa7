"""Standing queries: what is new or changed and meets one is told, as far as whoever keeps it may see it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.core.access import HOUSE, Handling, Purpose
from entente.desk import HOUSE_ASKER, Desk, House, finding, sit
from entente.desk.finding import CONTACT_FROM
from entente.desk.following import Changes
from entente.match.question import understand
from entente.match.records import compare, facts_of, read, where_of
from entente.match.standing import Waiting
from entente.rooms.bureaus import change_officer
from entente.rooms.search import standing
from rooms.scene import EVERYONE, IVO, NOBODY, Scene, only, places
from worlds.stage import NOON, Clock, memory_house

Work = Callable[[House], None]


@pytest.fixture
def kept(scene: Scene) -> dict[str, Any]:
    """XB's officer keeps a search for Ivo Marenko."""
    return keep(scene, "XB officer", "Ivo Marenko 1971")


def keep(scene: Scene, who: str, text: str, why: str = "case 1", **said: Any) -> dict[str, Any]:
    headers = said.pop("headers", {})
    answer = scene(who, "POST", "/standing", json={"text": text, **said}, why=why, headers=headers)
    assert answer.status == 201, answer.text
    told: dict[str, Any] = answer.json
    return told


def rung(scene: Scene, who: str, query: dict[str, Any]) -> list[dict[str, Any]]:
    answer = scene(who, "GET", f"/standing/{query['id']}/alerts", purpose="")
    assert answer.status == 200, answer.text
    told: list[dict[str, Any]] = answer.json
    return told


def correct(scene: Scene, id: str, version: int, properties: dict[str, Any]) -> None:
    said = {"version": version, "properties": properties}
    answer = scene("XA machine", "PUT", f"/records/{id}", json=said)
    assert answer.status == 200, answer.text


def state(scene: Scene, who: str, query: dict[str, Any]) -> str:
    return str(scene(who, "GET", f"/standing/{query['id']}").json["state"])


# --- keeping -------------------------------------------------------------------------------------


def test_a_search_is_kept_for_ninety_days_with_the_inquiry_it_was_asked_in(
    scene: Scene, kept: dict, clock: Clock
) -> None:
    assert kept["until"] == (clock.now.date() + timedelta(days=90)).isoformat()
    assert (kept["state"], kept["purpose"], kept["justification"]) == ("stands", "wanted", "case 1")
    assert (kept["officer"], kept["rang"]) == ("Officer of XB", 0)
    assert scene("XB analyst", "GET", "/standing").json == [kept]


def test_a_standing_query_is_its_bureaus_alone(scene: Scene, kept: dict) -> None:
    assert scene("XC officer", "GET", "/standing").json == []
    for method, path, body in (
        ("GET", "", None),
        ("GET", "/alerts", None),
        ("PATCH", "", {"until": "2026-02-01"}),
        ("DELETE", "", None),
    ):
        other = scene("XC officer", method, f"/standing/{kept['id']}{path}", json=body)
        nothing = scene("XC officer", method, f"/standing/{'0' * 32}{path}", json=body)
        assert (other.status, other.headers, other.body) == (404, nothing.headers, nothing.body)


def test_every_fault_of_a_query_is_named_at_once(scene: Scene) -> None:
    said = {"text": "1971", "kind": "Nonsense", "born": "yesterday", "until": "2027-06-01"}
    answer = scene("XB officer", "POST", "/standing", json=said)
    assert answer.status == 422
    assert set(places(answer)) == {"kind", "born", "until"}
    alone = scene("XB officer", "POST", "/standing", json={"text": "1971"})
    assert places(alone) == ["text"]


def test_a_query_needs_a_police_purpose_and_a_role_that_searches(scene: Scene) -> None:
    said = {"text": "Ivo Marenko"}
    assert scene("XB officer", "POST", "/standing", json=said, purpose="desk").status == 422
    assert scene("XB contributor", "POST", "/standing", json=said).status == 403


def test_a_bureau_keeps_so_many_and_no_more(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "MOST", 1)
    first = keep(scene, "XB officer", "Ivo Marenko")
    assert scene("XB officer", "POST", "/standing", json={"text": "Another Name"}).status == 422
    assert scene("XB officer", "DELETE", f"/standing/{first['id']}").status == 204
    keep(scene, "XB officer", "Another Name")


# --- ringing -------------------------------------------------------------------------------------


def test_a_new_record_that_meets_it_is_told_to_the_bureau(
    scene: Scene, kept: dict, house: House, work: Work
) -> None:
    scene.contribute({"name": "Dorothea Quist"})
    id = scene.contribute()["id"]
    work(house)
    (told,) = rung(scene, "XB analyst", kept)
    assert (told["record"], told["caption"], told["contact"]) == (id, "Ivo Marenko", None)
    assert scene("XB officer", "GET", f"/standing/{kept['id']}").json["rang"] == 1


def test_what_was_there_before_it_was_kept_does_not_ring(scene: Scene, house: House, work: Work) -> None:
    scene.contribute()
    query = keep(scene, "XB officer", "Ivo Marenko 1971")
    another = keep(scene, "XC officer", "Ivo Marenko 1971")
    work(house)
    assert rung(scene, "XB officer", query) == rung(scene, "XC officer", another) == []


def test_ones_own_bureaus_records_do_not_ring(scene: Scene, kept: dict, house: House, work: Work) -> None:
    scene.contribute(who="XB office")
    work(house)
    assert rung(scene, "XB officer", kept) == []


def test_it_rings_once_for_a_record_until_what_matched_changes(
    scene: Scene, kept: dict, house: House, work: Work
) -> None:
    record = scene.contribute({**IVO, "birthDate": ["1972"]})
    work(house)
    correct(scene, record["id"], 1, {**IVO, "birthDate": ["1972"], "notes": ["Seen in a harbour"]})
    work(house)
    assert len(rung(scene, "XB officer", kept)) == 1
    correct(scene, record["id"], 2, IVO)
    work(house)
    assert len(rung(scene, "XB officer", kept)) == 2


def test_a_record_that_becomes_visible_rings_then(scene: Scene, kept: dict, house: House, work: Work) -> None:
    record = scene.contribute(handling=NOBODY)
    work(house)
    assert rung(scene, "XB officer", kept) == []
    said = {"version": 1, "handling": only("XB")}
    scene("XA office", "PUT", f"/records/{record['id']}/handling", json=said)
    work(house)
    assert [r["record"] for r in rung(scene, "XB officer", kept)] == [record["id"]]


@pytest.mark.parametrize("status", ["draft", "suspended"])
def test_what_is_not_live_does_not_ring(
    scene: Scene, kept: dict, house: House, work: Work, status: str
) -> None:
    scene.contribute(handling={**EVERYONE, "status": status})
    work(house)
    assert rung(scene, "XB officer", kept) == []


def test_what_was_withdrawn_before_anybody_looked_does_not_ring(
    scene: Scene, kept: dict, house: House, work: Work
) -> None:
    record = scene.contribute()
    scene("XA office", "DELETE", f"/records/{record['id']}")
    work(house)
    assert rung(scene, "XB officer", kept) == []


def test_what_it_rang_for_goes_with_the_record(scene: Scene, kept: dict, house: House, work: Work) -> None:
    record = scene.contribute()
    work(house)
    scene("XA office", "DELETE", f"/records/{record['id']}")
    work(house)
    assert rung(scene, "XB officer", kept) == []
    assert scene("XB officer", "GET", f"/standing/{kept['id']}").json["rang"] == 0


def test_what_it_rang_for_is_shown_as_the_reader_may_see_it_now(
    scene: Scene, kept: dict, house: House, work: Work
) -> None:
    record = scene.contribute()
    work(house)
    said = {"version": 1, "handling": NOBODY}
    scene("XA office", "PUT", f"/records/{record['id']}/handling", json=said)
    (told,) = rung(scene, "XB officer", kept)
    assert (told["record"], told["caption"], told["kind"]) == ("", "", "")


def test_a_hidden_record_cannot_be_told_from_none(house: House, scene: Scene, kept: dict, work: Work) -> None:
    before = [scene("XB supervisor", "GET", p).body for p in ("/standing", "/journal", "/hits")]
    scene.contribute(handling=NOBODY)
    scene.contribute(handling={**only(watch=True), "need": ["XA/file"]})
    scene.contribute(handling={**EVERYONE, "level": "confidential"})
    work(house)
    after = [scene("XB supervisor", "GET", p) for p in ("/standing", "/journal", "/hits")]
    assert after[0].body == before[0] and after[2].body == before[2]
    assert not [e for e in after[1].json if e["act"] == "search"]


def test_the_filters_of_a_query_hold(scene: Scene, house: House, work: Work) -> None:
    query = keep(scene, "XB officer", "Ivo Marenko", nationality="xc")
    scene.contribute()
    unsaid = scene.contribute({"name": "Ivo Marenko"})["id"]
    work(house)
    assert [r["record"] for r in rung(scene, "XB officer", query)] == [unsaid]


def test_a_ringing_is_a_search_in_the_journal_that_may_be_judged(
    scene: Scene, kept: dict, house: House, work: Work
) -> None:
    record = scene.contribute()
    work(house)
    (told,) = rung(scene, "XB officer", kept)
    (entry,) = [e for e in scene("XB supervisor", "GET", "/journal").json if e["act"] == "search"]
    assert (entry["id"], entry["purpose"], entry["justification"]) == (told["search"], "wanted", "case 1")
    said = {"record": record["id"], "verdict": "same"}
    verdict = scene("XB officer", "POST", f"/search/{told['search']}/verdicts", json=said)
    assert verdict.status == 201 and verdict.json["hit"]


# --- contacts and owners who watch ---------------------------------------------------------------


def test_an_owner_to_contact_is_told_once_a_day_whatever_he_has(
    scene: Scene, kept: dict, house: House, work: Work, clock: Clock
) -> None:
    for _ in range(3):
        scene.contribute(handling=only(hint=["XB"]))
    work(house)
    scene.contribute(handling=only(hint=["XB"]))
    work(house)
    (told,) = rung(scene, "XB officer", kept)
    assert (told["record"], told["caption"], told["contact"]["bureau"]) == ("", "", "XA")
    searches = [e for e in scene("XB supervisor", "GET", "/journal").json if e["act"] == "search"]
    assert len(searches) == 1
    clock.forward(days=1)
    scene.contribute(handling=only(hint=["XB"]), who="XA machine")
    work(house)
    assert len(rung(scene, "XB machine", kept)) == 2


def test_the_owner_reads_the_token_that_the_bureau_quotes(
    scene: Scene, kept: dict, house: House, work: Work
) -> None:
    scene.contribute(handling=only(hint=["XB"]))
    work(house)
    (told,) = rung(scene, "XB officer", kept)
    (notice,) = scene("XA officer", "GET", "/hits").json["hits"]
    assert notice["token"] == told["contact"]["token"]
    assert (notice["state"], notice["asker"], notice["justification"]) == ("contact", "XB", "case 1")
    searched = scene.search("XB officer", "Ivo Marenko 1971")["contacts"]
    assert [c["token"] for c in searched] == [notice["token"]]


@pytest.mark.parametrize("handling", [only(watch=True), {**EVERYONE, "watch": True}])
def test_an_owner_who_watches_is_told_whether_or_not_it_may_be_seen(
    scene: Scene, kept: dict, house: House, work: Work, handling: dict
) -> None:
    record = scene.contribute(handling=handling)
    work(house)
    (notice,) = scene("XA officer", "GET", "/hits").json["hits"]
    assert (notice["state"], notice["record"], notice["asked"]) == ("silent", record["id"], kept["text"])
    assert len(rung(scene, "XB officer", kept)) == (handling["mode"] == "everyone")


def test_an_owner_who_watches_is_not_flooded(
    scene: Scene, kept: dict, house: House, work: Work, clock: Clock
) -> None:
    record = scene.contribute(handling=only(watch=True))
    for version in range(1, 5):
        work(house)
        clock.forward(days=1)
        correct(scene, record["id"], version, {**IVO, "notes": [f"{version}"]})
    work(house)
    assert len(scene("XA machine", "GET", "/hits").json["hits"]) == 1


def test_a_discreet_query_tells_no_owner_and_gets_no_contact(scene: Scene, house: House, work: Work) -> None:
    query = keep(scene, "XB supervisor", "Ivo Marenko", headers={"entente-discreet": "yes"})
    scene.contribute(handling=only(hint=["XB"]))
    scene.contribute(handling={**EVERYONE, "watch": True})
    work(house)
    assert [r["contact"] for r in rung(scene, "XB supervisor", query)] == [None]
    assert scene("XA officer", "GET", "/hits").json["hits"] == []


# --- who keeps it, and how long ------------------------------------------------------------------


def _officer(house: House, id: str, **changes: Any) -> None:
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        change_officer(desk, id, **changes)


@pytest.mark.parametrize("change", [{"active": "no"}, {"roles": ["contributor"]}])
def test_a_query_rests_when_its_officer_may_search_no_more(
    scene: Scene, kept: dict, house: House, work: Work, change: dict
) -> None:
    _officer(house, scene.crew["XB officer"].id, **change)
    scene.contribute()
    work(house)
    assert rung(scene, "XB analyst", kept) == []
    assert state(scene, "XB analyst", kept) == "rests"


def test_rights_are_those_of_the_day_it_rings(scene: Scene, house: House, work: Work) -> None:
    query = keep(scene, "XB office", "Ivo Marenko")
    secret = {**EVERYONE, "need": ["joint/file"], "level": "confidential"}
    scene.contribute(handling=secret)
    work(house)
    assert len(rung(scene, "XB office", query)) == 1
    _officer(house, scene.crew["XB office"].id, held=[])
    scene.contribute(handling=secret)
    work(house)
    assert len(rung(scene, "XB chief", query)) == 1


def test_a_colleague_who_is_not_cleared_learns_nothing_of_it(scene: Scene, house: House, work: Work) -> None:
    query = keep(scene, "XB office", "Ivo Marenko")
    scene.contribute(handling={**EVERYONE, "level": "confidential"})
    scene.contribute(handling=only(hint=["XB"], need=["joint/file"], level="confidential"))
    work(house)
    assert len(rung(scene, "XB office", query)) == 2
    assert rung(scene, "XB officer", query) == []
    assert scene("XB officer", "GET", "/standing").json[0]["rang"] == 0


def test_a_query_ends_on_its_day_and_may_stand_again(
    scene: Scene, house: House, work: Work, clock: Clock
) -> None:
    query = keep(scene, "XB machine", "Ivo Marenko", until="2026-01-20")
    clock.forward(days=6)
    scene.contribute(who="XA machine")
    work(house)
    assert (state(scene, "XB machine", query), rung(scene, "XB machine", query)) == ("ended", [])
    path = f"/standing/{query['id']}"
    assert scene("XB machine", "PATCH", path, json={"until": "2030-01-01"}).status == 422
    assert scene("XB machine", "PATCH", path, json={"until": "2026-03-01"}).json["state"] == "stands"
    work(house)
    assert rung(scene, "XB machine", query) == []
    id = scene.contribute(who="XA machine")["id"]
    work(house)
    assert [r["record"] for r in rung(scene, "XB machine", query)] == [id]


def test_an_ended_query_rings_no_more_and_keeps_what_it_rang(
    scene: Scene, kept: dict, house: House, work: Work
) -> None:
    scene.contribute()
    work(house)
    assert scene("XB analyst", "DELETE", f"/standing/{kept['id']}").status == 204
    scene.contribute()
    work(house)
    assert (state(scene, "XB officer", kept), len(rung(scene, "XB officer", kept))) == ("ended", 1)


# --- the walk, and its slow twin -----------------------------------------------------------------


def test_where_nothing_stands_the_feed_is_not_walked(
    scene: Scene, house: House, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    def walked(*_: object) -> int:
        raise AssertionError("nobody waits for anything")

    with monkeypatch.context() as patched:
        patched.setattr(Changes, "step", walked)
        for _ in range(3):
            scene.contribute()
            work(house)
    keep(scene, "XB officer", "Ivo Marenko")
    with house.store.reading() as tx:
        assert int(tx.notes.read(standing.WALKED) or 0) >= tx.upkeep.newest() - 1


NAMES = st.sampled_from(
    [
        "Ivo Marenko",
        "Ivan Marenko",
        "Marenko, Ivo",
        "Иво Маренко",
        "Abd al Rahman Qasim",
        "Abdulrahman Kassem",
        "Dorothea Quist",
        "Quist",
        "D. Quist",
        "Jose Maria Delgado Ruiz",
        "Delgado Ruiz",
        "Northwind Trading",
    ]
)
PERSONS = st.fixed_dictionaries(
    {"name": st.lists(NAMES, min_size=1, max_size=2)},
    optional={
        "birthDate": st.lists(st.sampled_from(["1971-03-05", "1971", "1980"]), min_size=1, max_size=1),
        "nationality": st.lists(st.sampled_from(["xa", "xb"]), min_size=1, max_size=1),
        "passportNumber": st.lists(st.sampled_from(["P4417093", "no. P4417093", "XA998877"]), min_size=1),
        "phone": st.lists(st.sampled_from(["+999612345678", "0612345678"]), min_size=1, max_size=1),
    },
)
ASKED = st.builds(
    lambda *parts: " ".join(filter(None, parts)),
    NAMES | st.just(""),
    st.sampled_from(["", "1971", "5.3.1971", "P4417093", "XA998877", "+999 612 345 678", "nat: xa"]),
).filter(lambda text: bool(text.strip()))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(ASKED, min_size=1, max_size=4, unique=True), records=st.lists(PERSONS, max_size=5))
def test_nothing_is_lost_that_a_search_would_find_and_nothing_rings_that_is_not_near(
    texts: list[str], records: list[dict[str, list[str]]]
) -> None:
    house, _ = memory_house()
    questions = {text: understand(text) for text in texts}
    rang: set[tuple[str, str]] = set()
    waiting = Waiting(questions)
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        kept = [desk.keep("Person", r, Handling(owner=HOUSE)) for r in records]
        desk.note("load", records=len(kept))
    for thing in kept:
        rang |= {(text, thing.id) for text in waiting.answered("Person", thing.body, CONTACT_FROM)}
    with house.store.reading() as tx:
        desk = Desk(house, replace(HOUSE_ASKER, purpose=Purpose.WANTED), tx, writing=False)
        found = {
            (text, f.thing.id)
            for text, question in questions.items()
            for f in finding.within(desk, question, desk.view)[0]
            if f.score.value >= CONTACT_FROM
        }
    slow = {
        (text, thing.id)
        for text, question in questions.items()
        for thing in kept
        if compare(question, read("Person", thing.body)).value >= CONTACT_FROM
        and all(
            facts_of("Person", thing.body, house.model["Person"].lineage) & any_of
            for any_of in where_of(question)
        )
    }
    house.close()
    assert found <= rang <= slow


def test_a_thousand_changes_are_walked_in_batches_and_each_rings_once(
    scene: Scene, kept: dict, house: House, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entente.desk.following.BATCH", 3)
    ids = [scene.contribute()["id"] for _ in range(7)]
    work(house)
    work(house)
    assert sorted(r["record"] for r in rung(scene, "XB officer", kept)) == sorted(ids)
    assert {r["at"] for r in rung(scene, "XB officer", kept)} == {NOON.isoformat(timespec="seconds")}
