"""Finding: the index may lag or lie, what is found is what the store and the rule say now."""

import pytest

from entente.desk import House, indexer
from entente.engines.seams import Proposal
from rooms.scene import NOBODY, Scene, only


class Lagging:
    """Signals that nobody hears: the index stays behind."""

    def tell(self, topic: str, text: str = "") -> None: ...

    def hear(self, topic: str, timeout_s: float) -> None: ...


@pytest.fixture
def lagging(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on nothing is indexed by itself, and nobody waits for it."""
    monkeypatch.setattr(house, "signals", Lagging())
    monkeypatch.setattr("entente.rooms.records.api.settle", lambda _house: None)


def test_a_tightened_record_is_gone_although_the_index_lags(
    scene: Scene, house: House, request: pytest.FixtureRequest
) -> None:
    id = scene.contribute()["id"]
    request.getfixturevalue("lagging")
    before = house.text.watermark()
    handling = {"version": 1, "handling": only("XC", hint=["XB"])}
    assert scene("XA office", "PUT", f"/records/{id}/handling", json=handling).status == 200
    assert scene.found("XB officer", "Ivo Marenko") == []
    assert scene.found("XB officer", "P4417093") == []
    assert house.text.watermark() == before
    indexer.catch_up(house)
    assert scene.found("XB officer", "Ivo Marenko") == []
    assert scene.found("XC officer", "Ivo Marenko") == [id]


@pytest.mark.parametrize("text", ["Ivo Marenko", "P4417093"])
def test_a_withdrawn_record_is_gone_although_the_index_lags(
    scene: Scene, house: House, request: pytest.FixtureRequest, text: str
) -> None:
    id = scene.contribute(handling=only("XB", watch=True))["id"]
    request.getfixturevalue("lagging")
    scene("XA office", "DELETE", f"/records/{id}")
    assert scene.found("XB officer", text) == []


def test_a_correction_is_scored_as_the_store_has_it(
    scene: Scene, house: House, request: pytest.FixtureRequest
) -> None:
    id = scene.contribute({"name": "Ivo Marenko"})["id"]
    request.getfixturevalue("lagging")
    change = {"version": 1, "properties": {"name": "Dorothea Quist"}}
    assert scene("XA office", "PUT", f"/records/{id}", json=change).status == 200
    assert scene.found("XB officer", "Ivo Marenko") == []  # proposed by its old name, and unlike it now


def test_an_index_that_proposes_everything_leaks_nothing(
    scene: Scene, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from entente.core.scoring import Candidate

    seen = scene.contribute()["id"]
    scene.contribute(handling=NOBODY)
    scene.contribute(handling=only(hint=["XC"]))
    scene.contribute(handling=only("XB", status="suspended"))
    everything = Proposal(tuple(Candidate(n, 1.0) for n in range(1000)))
    monkeypatch.setattr(house.text, "propose", lambda *_: everything)
    answer = scene.search("XB officer", "Ivo Marenko")
    assert [c["id"] for c in answer["candidates"]] == [seen]
    assert answer["contacts"] == []


def test_what_may_not_be_seen_changes_nothing_in_an_answer(scene: Scene) -> None:
    def asked() -> dict:
        return {k: v for k, v in scene.search("XB officer", "Ivo Marenko").items() if k != "search"}

    for n in range(3):
        scene.contribute({"name": f"Ivo Marenk{'aoi'[n]}"})
    before = asked()
    for _ in range(80):  # more than are ever scored for one question
        scene.contribute(handling=NOBODY)
    assert asked() == before


def test_of_equal_records_the_order_is_the_same_at_every_question(scene: Scene) -> None:
    ids = {scene.contribute()["id"] for _ in range(6)}
    first = scene.found("XB officer", "Ivo Marenko")
    assert set(first) == ids
    assert scene.found("XC officer", "Ivo Marenko") == first == sorted(first)


def test_more_equal_records_than_are_shown_or_ranked_are_told_of(scene: Scene) -> None:
    for _ in range(10):
        scene.contribute({"name": "Ivo Marenko"})
    cut = scene.search("XB officer", "Ivo Marenko", limit=5)
    assert (cut["narrow"], len(cut["candidates"])) == (True, 5)
    assert scene.search("XB officer", "Ivo Marenko", limit=10)["narrow"] is False
    for _ in range(80):
        scene.contribute({"name": "Ivo Marenko"})
    assert scene.search("XB officer", "Ivo Marenko", limit=100)["narrow"] is True
    assert scene.search("XB officer", "Dorothea Quist")["narrow"] is False
