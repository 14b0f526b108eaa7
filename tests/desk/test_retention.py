"""Retention: owners are asked before, what expires is out of sight at once, and erased for good after."""

from collections.abc import Callable

import pytest

from entente.core.access import View
from entente.core.journal import open_private
from entente.core.proof import Known, verify_export
from entente.desk import House, retention
from entente.desk.sequencer import Sequencer, new_key, public_key, signer, verify_signature
from entente.engines.seams import NameQuery
from entente.match.records import query_tokens
from rooms.scene import EVERYONE, IVO, Scene
from worlds.stage import Clock

Work = Callable[[House], None]


def _everywhere(house: House, id: str) -> dict[str, int]:
    """In how many places something of a record is left."""
    with house.store.reading() as tx:
        every = tx.classes.table()
        view = View(
            b"\1" * (max(every) + 1), tuple(f"c{c}" for c in every), house.clock().date().replace(year=2000)
        )
        query = NameQuery(query_tokens("Ivo Marenko")[0])
        proposed = [c.n for c in house.text.propose(query, view, 100).candidates]
        return {
            "store": len(tx.things.get([id], view)),
            "keys": len([t for _, t in tx.things.find(["doc:P4417093"], view) if t.id == id]),
            "history": len(tx.ties.history(id, view)),
            "index": len([c for c in tx.upkeep.changes(0, 10_000) if c.id == id and c.n in proposed]),
            "body": sum(c.thing is not None for c in tx.upkeep.changes(0, 10_000) if c.id == id),
        }


GONE = {"store": 0, "keys": 0, "history": 0, "index": 0, "body": 0}


def _acts(house: House, id: str) -> list[str]:
    with house.store.reading() as tx:
        return [e.act for e in tx.entries.read(0, 10_000, object=id)]


# --- asking --------------------------------------------------------------------------------------


def _reviews(scene: Scene, who: str = "XA machine") -> list[tuple[str, int]]:
    return [(r["until"], r["records"]) for r in scene(who, "GET", "/hits").json["reviews"]]


def test_an_owner_is_asked_thirty_days_before_about_what_will_be_deleted(
    scene: Scene, house: House, work: Work, clock: Clock
) -> None:
    for expires in ("2026-03-01", "2026-03-01", "2026-03-03"):
        scene.contribute(expires=expires)
    scene.contribute(expires="2026-03-01", who="XB office")
    work(house)
    assert _reviews(scene) == []
    clock.forward(days=15)  # 30 January
    work(house)
    assert _reviews(scene) == [("2026-03-01", 2)]
    assert _reviews(scene, "XB machine") == [("2026-03-01", 1)]
    clock.forward(days=2)
    work(house)
    assert _reviews(scene) == [("2026-03-01", 2), ("2026-03-03", 1)]


def test_a_record_kept_longer_or_withdrawn_is_asked_about_no_more(
    scene: Scene, house: House, work: Work, clock: Clock
) -> None:
    one, two = (scene.contribute(expires="2026-02-10")["id"] for _ in "12")
    work(house)
    assert _reviews(scene) == [("2026-02-10", 2)]
    longer = {"version": 1, "expires": "2027-02-10"}
    assert scene("XA office", "PUT", f"/records/{one}/expiry", json=longer).status == 200
    assert _reviews(scene) == [("2026-02-10", 1)]
    scene("XA office", "DELETE", f"/records/{two}")
    assert _reviews(scene) == []
    clock.forward(days=40)
    work(house)
    assert scene("XB machine", "GET", f"/records/{one}").status == 200


def test_a_review_of_filed_records_is_for_those_who_hold_the_file(
    scene: Scene, house: House, work: Work
) -> None:
    scene.contribute(expires="2026-02-10", handling={"mode": "named", "need": ["XA/file"]})
    work(house)
    assert _reviews(scene, "XA officer") == []
    assert _reviews(scene, "XA office") == [("2026-02-10", 1)]


# --- erasing -------------------------------------------------------------------------------------


def test_what_expired_is_erased_everywhere_and_the_journal_says_so(
    scene: Scene, house: House, work: Work, clock: Clock
) -> None:
    id = scene.contribute(expires="2026-02-10")["id"]
    scene("XA office", "PUT", f"/records/{id}", json={"version": 1, "properties": IVO})
    stays = scene.contribute()["id"]
    assert all(_everywhere(house, id).values())
    clock.forward(days=26)
    assert scene("XA machine", "GET", f"/records/{id}").status == 404
    work(house)
    assert _everywhere(house, id) == GONE
    assert _acts(house, id)[-1] == "expire"
    assert all(_everywhere(house, stays).values())
    with house.store.reading() as tx:
        assert id in [gone for gone, _ in tx.upkeep.erased(clock.now.replace(year=2000))]


def test_what_was_withdrawn_is_erased_everywhere_and_the_journal_says_so(
    scene: Scene, house: House, work: Work
) -> None:
    id = scene.contribute()["id"]
    scene("XA office", "PUT", f"/records/{id}", json={"version": 1, "properties": IVO})
    scene("XA office", "DELETE", f"/records/{id}")
    work(house)
    assert _everywhere(house, id) == GONE
    assert _acts(house, id) == ["contribute", "correct", "withdraw", "erase"]


def test_erasing_twice_or_what_is_not_there_does_no_harm(scene: Scene, house: House, work: Work) -> None:
    id = scene.contribute()["id"]
    scene("XA office", "DELETE", f"/records/{id}")
    work(house)
    retention.erase_job(house, {"ids": [id, "0" * 32]})
    assert _everywhere(house, id) == GONE


def test_a_job_never_erases_a_record_that_stands(scene: Scene, house: House) -> None:
    id = scene.contribute()["id"]
    retention.erase_job(house, {"ids": [id]})
    assert scene("XB officer", "GET", f"/records/{id}").status == 200


def test_sessions_and_tickets_are_erased_when_they_are_over(
    scene: Scene, house: House, work: Work, clock: Clock
) -> None:
    scene.ask(None, "POST", "/sign-in/passkey/options")
    clock.forward(days=3)
    work(house)
    with house.store.reading() as tx:
        assert [c for c in tx.upkeep.changes(0, 10_000, ["Ticket"]) if c.thing] == []


# --- forgetting ----------------------------------------------------------------------------------


def test_old_questions_are_forgotten_and_every_proof_still_verifies(
    scene: Scene, house: House, work: Work, clock: Clock
) -> None:
    key = new_key()
    sequencer = Sequencer(house.store, signer(key), clock, "stage")
    scene.search("XB machine", "Ivo Marenko")
    while sequencer.fold():
        pass
    clock.forward(days=364)
    scene.search("XB machine", "Dorothea Quist")
    with house.bookkeeping() as tx:
        tx.notes.write("question days", "100")
    for _ in range(2):
        retention.forget_questions(house)
    while sequencer.fold():
        pass
    with house.store.reading() as tx:
        old, young = tx.entries.read(0, 100, act="search")
    assert old.private == ""
    assert open_private(old.leaf).details == {}
    assert open_private(young.leaf, young.private).details["question"]["text"] == "Dorothea Quist"
    public = public_key(key)
    report = verify_export(sequencer.export(public), verify_signature, Known(public))
    assert report.sound, report.fault
    assert report.forgotten > 0


@pytest.mark.parametrize("handling", [EVERYONE, {"mode": "named", "watch": True}])
def test_a_quiet_day_changes_nothing(scene: Scene, house: House, work: Work, handling: dict) -> None:
    id = scene.contribute(handling=handling)["id"]
    for _ in range(2):
        work(house)
    assert retention.daily(house) is False
    assert scene("XA office", "GET", f"/records/{id}").json["version"] == 1
