"""Standing queries ring: what is new or changed and meets one is told, as far as its keeper may see it."""

from collections.abc import Callable
from typing import Any

import pytest

from entente.desk import House
from entente.desk.following import Changes
from entente.rooms.search import Ringing, standing
from rooms.scene import EVERYONE, IVO, NOBODY, Scene, only
from rooms.standing_scene import correct, keep, rung
from worlds.stage import NOON, Clock

Work = Callable[[House], None]


@pytest.fixture
def kept(scene: Scene) -> dict[str, Any]:
    """XB's officer keeps a search for Ivo Marenko."""
    return keep(scene, "XB officer", "Ivo Marenko 1971")


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


def test_a_query_does_not_ring_for_what_another_still_waits_for(
    scene: Scene, house: House, work: Work
) -> None:
    before = keep(scene, "XC officer", "Ivo Marenko 1971")
    scene.contribute()
    after = keep(scene, "XB officer", "Ivo Marenko 1971")
    work(house)
    assert len(rung(scene, "XC officer", before)) == 1
    assert rung(scene, "XB officer", after) == []


def test_what_changes_while_it_is_looked_at_is_judged_as_it_is_then(
    scene: Scene, kept: dict, house: House, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = scene.contribute()["id"]
    real = Ringing._look
    changed: list[str] = []

    def look(self: Ringing, *said: Any) -> bool:
        found = real(self, *said)
        if not changed:
            changed.append(record)
            correct(scene, record, 1, {"name": "Dorothea Quist"})
        return found

    monkeypatch.setattr(Ringing, "_look", look)
    work(house)
    assert changed and rung(scene, "XB officer", kept) == []


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


def test_owners_of_other_records_are_not_told_when_it_rings(scene: Scene, house: House, work: Work) -> None:
    scene.contribute(who="XC office", handling=only(watch=True))
    scene.contribute(who="XC office", handling=only(hint=["XB"]))
    keep(scene, "XB officer", "Ivo Marenko")
    scene.contribute()
    work(house)
    assert scene("XC officer", "GET", "/hits").json["hits"] == []


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


# --- the walk ------------------------------------------------------------------------------------


def test_where_nothing_stands_the_feed_is_not_walked(
    scene: Scene, house: House, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    def walked(changes: Changes, *_: object) -> int:
        assert changes._name != standing.WALKED, "nobody waits for anything"
        return 0

    with monkeypatch.context() as patched:
        patched.setattr(Changes, "step", walked)
        for _ in range(3):
            scene.contribute()
            work(house)
    keep(scene, "XB officer", "Ivo Marenko")
    with house.store.reading() as tx:
        assert int(tx.notes.read(standing.WALKED) or 0) >= tx.upkeep.newest() - 1


def test_a_thousand_changes_are_walked_in_batches_and_each_rings_once(
    scene: Scene, kept: dict, house: House, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entente.desk.following.BATCH", 3)
    ids = [scene.contribute()["id"] for _ in range(7)]
    work(house)
    work(house)
    assert sorted(r["record"] for r in rung(scene, "XB officer", kept)) == sorted(ids)
    assert {r["at"] for r in rung(scene, "XB officer", kept)} == {NOON.isoformat(timespec="seconds")}
