"""Finding: the index may lag or lie, what is found is what the store and the rule say now."""

import pytest

from entente.core.access import EVERYONE, Asker, Handling, Purpose, Role
from entente.desk import HOUSE_ASKER, House, finding, indexer, sit
from entente.engines.seams import Proposal
from rooms.scene import NOBODY, Scene, only

XA = 2


class Lagging:
    """Signals that nobody hears: the index stays behind."""

    def tell(self, topic: str, text: str = "") -> None: ...

    def hear(self, topic: str, timeout_s: float) -> None: ...


def _plant(house: House, things: list[tuple[str, dict]], owner: int = XA, see: int = EVERYONE) -> list[str]:
    """Keep many things of one bureau at once; their ids."""
    asker = Asker("planter", owner, Purpose.DESK, "test", frozenset(Role))
    with sit(house, asker, writing=True) as desk:
        desk.note("contribute")
        return [desk.keep(kind, body, Handling(owner, see=see)).id for kind, body in things]


@pytest.fixture
def lagging(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on nothing is indexed by itself, and nobody waits for it."""
    monkeypatch.setattr(house, "signals", Lagging())
    monkeypatch.setattr("entente.rooms.records.api.settle", lambda _house: None)


@pytest.mark.parametrize("kind", ["BankAccount", "Passport"])
def test_however_many_things_are_planted_under_a_number_the_document_is_found(
    scene: Scene, house: House, kind: str
) -> None:
    prop = {"BankAccount": "accountNumber", "Passport": "passportNumber"}[kind]
    id = scene.contribute()["id"]
    _plant(house, [(kind, {prop: ("P4417093",)})] * finding.MOST_OF_A_KEY, owner=4)
    answer = scene.search("XB officer", "P4417093", limit=100)
    assert answer["narrow"] is True
    if kind == "BankAccount":  # another sort of number: it crowds nothing out
        assert id in [c["id"] for c in answer["candidates"]]


def test_planted_things_that_may_not_be_seen_make_no_answer_narrow(scene: Scene, house: House) -> None:
    id = scene.contribute()["id"]
    planted = [("BankAccount", {"accountNumber": ("P4417093",)})] * finding.MOST_OF_A_KEY
    _plant(house, planted, owner=4, see=0)
    answer = scene.search("XB officer", "P4417093")
    assert ([c["id"] for c in answer["candidates"]], answer["narrow"]) == ([id], False)


def test_while_the_index_lags_behind_a_tightening_the_answer_is_that_of_a_world_without_the_hidden(
    scene: Scene, house: House, request: pytest.FixtureRequest
) -> None:
    def asked() -> list[dict]:
        texts = ("Ivo Marenko", "Ivo Marenko 1971", "Marenko")
        answers = [scene.search("XB officer", text, limit=100) for text in texts]
        return [{k: v for k, v in a.items() if k != "search"} for a in answers]

    for n in range(40):  # weaker than what is hidden, so that they come after it
        scene.contribute({"name": f"Ivo Marenk{'aoiuey'[n % 6]}{'bcdfgklm'[n % 8]}"})
    without = asked()
    hidden = _plant(house, [("Person", {"name": ("Ivo Marenko",), "birthDate": ("1971",)})] * 90)
    house.signals.tell("changed")
    assert asked() != without
    request.getfixturevalue("lagging")
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        for id in hidden:
            thing = desk.inspect(id)
            assert thing
            desk.change(thing, handling=Handling(XA, see=0))
        desk.note("handle")
    lagging = asked()
    assert lagging == without
    indexer.catch_up(house)
    assert asked() == without


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


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("Anton Velkov 1971-03-05", {"name": ["Velkov"], "birthDate": ["1971-03-05"]}),
        ("Martin Koumtvamadju", {"name": ["Martin Koumtamadji"]}),
    ],
    ids=["half the name and the very day", "a slip too many for the index"],
)
def test_a_contact_needs_a_good_score_and_not_every_word(
    scene: Scene, work, house: House, asked: str, kept: dict
) -> None:
    scene.contribute(kept, only(hint=["XB"]))
    assert [c["bureau"] for c in scene.search("XB officer", asked)["contacts"]] == ["XA"]
    work(house)
    assert [h["state"] for h in scene("XA officer", "GET", "/hits").json["hits"]] == ["contact"]
