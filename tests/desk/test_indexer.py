"""The index follows the store, and can be thrown away."""

import pytest

from entente.core.access import View
from entente.desk import House, indexer
from entente.engines.seams import NameQuery
from entente.match.records import query_tokens
from rooms.scene import EVERYONE, IVO, NOBODY, Scene, only
from worlds.stage import Crew


def _proposed(house: House, name: str) -> list[int]:
    with house.store.reading() as tx:
        every = tx.classes.table()
    view = View(b"\1" * (max(every) + 1), tuple(f"c{c}" for c in every), house.clock().date())
    return [c.n for c in house.text.propose(NameQuery(query_tokens(name)), view, 100).candidates]


def _terms(house: House) -> dict[str, frozenset[str]]:
    bureaus = indexer.bureau_numbers(house)
    with house.store.reading() as tx:
        changes = tx.upkeep.changes(0, 10_000, house.model.searchable)
    return {c.id: indexer.doc_of(house, c.thing, bureaus).access for c in changes if c.thing}


def test_the_index_made_anew_proposes_what_it_did_before(scene: Scene, house: House) -> None:
    for handling in (EVERYONE, NOBODY, only("XB"), only(hint=["XC"])):
        scene.contribute(handling=handling)
    gone = scene.contribute()["id"]
    scene("XA office", "DELETE", f"/records/{gone}")
    before = _proposed(house, "Ivo Marenko")
    assert len(before) == 5
    indexer.rebuild(house)
    assert _proposed(house, "Ivo Marenko") == before
    with house.store.reading() as tx:
        assert house.text.watermark() == tx.upkeep.newest()
    assert indexer.step(house) == 0


@pytest.mark.parametrize("batch", [1, 2, 7])
def test_whatever_the_batch_nothing_is_passed_over(
    scene: Scene, house: House, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    ids = [scene.contribute()["id"] for _ in range(7)]
    scene("XA office", "PUT", f"/records/{ids[0]}", json={"version": 1, "properties": {"name": "Zoran Pelt"}})
    monkeypatch.setattr(indexer, "BATCH", batch)
    indexer.rebuild(house)
    assert len(_proposed(house, "Ivo Marenko")) == 6
    assert len(_proposed(house, "Zoran Pelt")) == 1


def test_an_erased_record_leaves_the_index(scene: Scene, house: House, work) -> None:
    id = scene.contribute()["id"]
    scene("XA office", "DELETE", f"/records/{id}")
    work(house)
    assert _proposed(house, "Ivo Marenko") == []


def test_an_index_ahead_of_a_restored_store_is_made_anew(scene: Scene, house: House) -> None:
    scene.contribute()
    house.text.apply([], [], 10_000)
    assert indexer.step(house) == 1
    indexer.catch_up(house)
    assert len(_proposed(house, "Ivo Marenko")) == 1


def test_a_record_carries_one_term_for_each_bureau_that_gets_it(scene: Scene, house: House) -> None:
    ordinary = scene.contribute(handling=only("XB", hint=["XC"]))["id"]
    rare = scene.contribute({**IVO}, handling={**EVERYONE, "level": "confidential"})["id"]
    terms = _terms(house)
    assert {t for t in terms[ordinary] if t[0] != "c"} == {"s2", "s3", "h4"}
    assert {t[0] for t in terms[rare]} == {"c"}


def test_what_officers_and_keys_are_called_is_not_indexed(house: House, crew: Crew) -> None:
    assert _proposed(house, "Office of XA") == []
