"""The index follows the store, and can be thrown away."""

import pytest

from entente.core.access import Asker, Purpose, Role, View
from entente.desk import HOUSE_ASKER, House, indexer, sit
from entente.desk.finding import within
from entente.engines.seams import NameQuery
from entente.engines.text import Corrupt
from entente.match.question import understand
from entente.match.records import query_tokens
from entente.rooms.bureaus import register
from rooms.scene import EVERYONE, IVO, NOBODY, Scene, only
from worlds.stage import Crew


def _proposed(house: House, name: str) -> list[int]:
    with house.store.reading() as tx:
        every = tx.classes.table()
    view = View(b"\1" * (max(every) + 1), tuple(f"c{c}" for c in every), house.clock().date())
    return [c.n for c in house.text.propose(NameQuery(query_tokens(name)[0]), view, 100).candidates]


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


def test_a_build_that_makes_other_keys_writes_every_record_anew(
    scene: Scene, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(indexer, "tokens_of", lambda _kind, _body: ())
        scene.contribute()
        indexer.catch_up(house)
    indexer.notice_new_keys(house)
    assert _proposed(house, "Ivo Marenko") == []
    indexer.catch_up(house)
    assert len(_proposed(house, "Ivo Marenko")) == 1
    indexer.notice_new_keys(house)
    assert indexer.step(house) == 0, "once is enough"


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


# --- while it is made anew -----------------------------------------------------------------------


class Unheard:
    """Signals that nobody hears: nothing is indexed but by an explicit step."""

    def tell(self, topic: str, text: str = "") -> None: ...

    def hear(self, topic: str, timeout_s: float) -> None: ...


@pytest.fixture
def ten(scene: Scene, house: House, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ten records, indexed; from now on the index moves by steps of two, and only when told to."""
    ids = sorted(scene.contribute()["id"] for _ in range(10))
    monkeypatch.setattr(house, "signals", Unheard())
    monkeypatch.setattr(indexer, "BATCH", 2)
    return ids


def test_while_a_bureau_joins_the_others_find_by_name_as_before(
    scene: Scene, house: House, ten: list[str]
) -> None:
    form = {"code": "XE", "label": "Bureau of Elmara"}
    assert scene("XZ administrator", "POST", "/bureaus", json=form).status == 201
    steps = 0
    while True:
        assert scene.found("XB officer", "Ivo Marenko") == ten
        if not indexer.step(house):
            break
        steps += 1
    assert steps >= 5
    assert all("s6" in access for access in _terms(house).values())
    asker = Asker("newcomer", 6, Purpose.WANTED, "case 1", frozenset(Role))
    with sit(house, asker, "search") as desk:
        found, _ = within(desk, understand("Ivo Marenko"), desk.view)
        desk.note("search")
    assert sorted(f.thing.id for f in found) == ten


def test_a_second_bureau_that_joins_meanwhile_is_not_forgotten(
    scene: Scene, house: House, ten: list[str]
) -> None:
    for code in ("XE", "XF"):
        scene("XZ administrator", "POST", "/bureaus", json={"code": code, "label": f"Bureau {code}"})
        for _ in range(3):
            indexer.step(house)
    indexer.catch_up(house)
    for bureau in (6, 7):
        with house.store.reading() as tx:
            view = house.view(tx, Asker("o", bureau, Purpose.WANTED, "case 1"))
        proposed = house.text.propose(NameQuery(query_tokens("Ivo Marenko")[0]), view, 100)
        assert len(proposed.candidates) == 10


def test_while_a_broken_index_is_made_again_a_name_is_refused_and_never_answered_in_part(
    scene: Scene, house: House, ten: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise Corrupt("broken")

    with monkeypatch.context() as breaking:
        breaking.setattr(house.text, "watermark", broken)
        assert indexer.step(house) == 1
    for _ in range(200):
        answer = scene("XB officer", "POST", "/search", json={"text": "Ivo Marenko"})
        if answer.status == 200:
            break
        assert (answer.status, answer.json["type"]) == (503, "/problems#unavailable")
        assert answer.header("retry-after")
        numbered = scene("XB officer", "POST", "/search", json={"text": "P4417093", "limit": 100})
        assert len(numbered.json["candidates"]) == 10  # by its number the store itself finds
        assert indexer.step(house)
    assert [c["id"] for c in answer.json["candidates"]] == ten
    scene.contribute({"name": "Zoran Pelt"})  # what comes in later is indexed a moment after, as ever
    assert scene("XB officer", "POST", "/search", json={"text": "Zoran Pelt"}).status == 200


def test_an_index_that_somebody_removed_is_noticed_at_the_start(house: House) -> None:
    with house.bookkeeping() as tx:
        before = tx.upkeep.newest()
    house.text.wipe()
    assert before > 0
    indexer.notice_missing(house)
    with house.store.reading() as tx:
        assert house.index_is_remade(tx)
    indexer.catch_up(house)
    with house.store.reading() as tx:
        assert not house.index_is_remade(tx)


def test_what_is_kept_after_a_bureau_joined_is_indexed_once(
    scene: Scene, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexer.catch_up(house)
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        register(desk, "XG", "A bureau that joins")
    kept = scene.contribute()["id"]
    written: list[str] = []
    real = indexer.doc_of

    def noting(house, thing, bureaus):
        written.append(thing.id)
        return real(house, thing, bureaus)

    monkeypatch.setattr(indexer, "doc_of", noting)
    indexer.rebuild(house)
    assert written.count(kept) == 1
