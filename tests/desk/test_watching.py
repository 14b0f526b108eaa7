"""The silent pass: what owners are told of, how the journal's questions are read back."""

import json
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.core.access import Asker, Level, Purpose, Role
from entente.desk import House, watching
from entente.match.question import Question, understand
from rooms.scene import Scene, only
from worlds.stage import Clock


def _told(scene: Scene, who: str = "XA officer") -> list[dict]:
    return scene(who, "GET", "/hits").json["hits"]


def _through_json(value: object) -> object:
    return json.loads(json.dumps(value))


@given(
    st.builds(
        Asker,
        officer=st.just("o"),
        bureau=st.integers(1, 255),
        purpose=st.sampled_from(Purpose),
        justification=st.text(),
        roles=st.frozensets(st.sampled_from(Role)),
        clearance=st.sampled_from(Level),
        held=st.frozensets(st.text(max_size=5), max_size=3),
        discreet=st.booleans(),
        reviewer=st.booleans(),
    )
)
def test_an_asker_is_read_back_from_the_journal_as_he_was(asker: Asker) -> None:
    kept = _through_json(watching.asker_details(asker))
    assert watching.asker_of(kept, "o", asker.bureau, asker.justification) == asker


@given(
    st.text(max_size=60)
    | st.sampled_from(["Ivo Marenko ~1971 nat: fr", "P4417093, XA 417 KLM", "+44 20 7946 0958"])
)
def test_a_question_is_read_back_from_the_journal_as_it_was(text: str) -> None:
    question = understand(text)
    kept = _through_json(asdict(question))
    assert watching.question_of(kept) == question
    assert isinstance(watching.question_of(kept), Question)


def test_every_search_is_looked_at_once_however_many_there_are(
    scene: Scene, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "BATCH", 3)
    scene.contribute(handling=only(watch=True))
    for n in range(8):
        scene("XB officer", "POST", "/search", json={"text": "Ivo Marenko"}, why=f"case {n}")
    assert watching.catch_up(house) == 8
    assert len(_told(scene)) == 8
    assert watching.catch_up(house) == 0


def test_nothing_is_searched_when_nobody_watches(
    scene: Scene, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.contribute()
    scene.search("XB officer", "Ivo Marenko")
    monkeypatch.setattr(watching, "owner_by_owner", lambda *_: pytest.fail("searched"))
    assert watching.catch_up(house) == 1


def test_the_looking_is_done_beside_the_writer(
    scene: Scene, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.contribute(handling=only(watch=True))
    scene.search("XB officer", "Ivo Marenko")
    by_owner = watching.owner_by_owner

    def looked(desk, *said):
        with house.bookkeeping() as tx:  # would wait for ever inside of another writing
            tx.notes.write("meanwhile", "yes")
        assert not desk.writing
        return by_owner(desk, *said)

    monkeypatch.setattr(watching, "owner_by_owner", looked)
    watching.catch_up(house)
    assert len(_told(scene)) == 1


def test_a_question_forgotten_before_it_was_looked_at_stops_nothing(scene: Scene, house: House) -> None:
    scene.contribute(handling=only(watch=True))
    scene.search("XB officer", "Ivo Marenko")
    with house.bookkeeping() as tx:
        assert tx.entries.forget(house.clock().replace(year=2027), "search") == 1
    scene.search("XC officer", "Ivo Marenko")
    watching.catch_up(house)
    assert [h["asker"] for h in _told(scene)] == ["XC"]


def test_a_record_withdrawn_before_the_pass_tells_nobody(scene: Scene, house: House) -> None:
    id = scene.contribute(handling=only(watch=True))["id"]
    scene.search("XB officer", "Ivo Marenko")
    scene("XA office", "DELETE", f"/records/{id}")
    watching.catch_up(house)
    assert _told(scene) == []


def test_a_weak_likeness_tells_no_owner(scene: Scene, house: House) -> None:
    scene.contribute(handling=only(watch=True))
    scene.search("XB officer", "Ivan Maranto")
    watching.catch_up(house)
    assert _told(scene) == []


def test_ones_own_search_is_no_silent_hit(scene: Scene, house: House) -> None:
    scene.contribute(handling=only(watch=True))
    scene.search("XA officer", "Ivo Marenko")
    watching.catch_up(house)
    assert _told(scene) == []


def test_a_reviewers_search_for_oversight_tells_no_owner(scene: Scene, house: House) -> None:
    id = scene.contribute(handling=only(watch=True))["id"]
    assert [c["id"] for c in scene.search("XZ chief", "Ivo Marenko", "oversight")["candidates"]] == [id]
    watching.catch_up(house)
    assert _told(scene) == []


def test_the_owners_notice_shows_what_the_asker_quotes_whichever_of_his_searches_found_it(
    scene: Scene, house: House
) -> None:
    scene.contribute(handling=only(hint=["XB", "XC"]))
    scene.contribute({"name": "Dorothea Quist"}, handling=only(hint=["XB"]))
    quoted = [
        scene.search(who, text)["contacts"][0]["token"]
        for who, text in (
            ("XB officer", "Ivo Marenko"),
            ("XB analyst", "P4417093"),
            ("XB officer", "Dorothea Quist"),
        )
    ]
    assert len(set(quoted)) == 1
    other = scene("XB officer", "POST", "/search", json={"text": "Ivo Marenko"}, why="case 2").json
    others = [
        other["contacts"][0]["token"],
        scene.search("XC officer", "Ivo Marenko")["contacts"][0]["token"],
    ]
    watching.catch_up(house)
    assert {h["token"] for h in _told(scene)} == {quoted[0], *others}
    assert len({quoted[0], *others}) == 3


def test_a_contact_is_quoted_for_a_day(scene: Scene, house: House, clock: Clock) -> None:
    scene.contribute(handling=only(hint=["XB"]))
    quoted = []
    for _ in range(2):
        quoted.append(scene.search("XB machine", "Ivo Marenko")["contacts"][0]["token"])
        clock.forward(days=1)
    watching.catch_up(house)
    assert {h["token"] for h in scene("XA machine", "GET", "/hits").json["hits"]} == set(quoted)
    assert len(set(quoted)) == 2


def test_a_watched_record_that_was_shown_tells_its_owner_all_the_same(scene: Scene, house: House) -> None:
    id = scene.contribute(handling={"mode": "everyone", "watch": True})["id"]
    assert scene.found("XB officer", "Ivo Marenko") == [id]
    watching.catch_up(house)
    assert [(h["state"], h["record"]) for h in _told(scene)] == [("silent", id)]


def test_a_notice_of_a_filed_record_is_for_those_who_hold_the_file(scene: Scene, house: House) -> None:
    scene.contribute(handling=only(watch=True, need=["XA/file"], level="confidential"))
    scene.search("XB officer", "Ivo Marenko")
    watching.catch_up(house)
    assert _told(scene) == []
    assert len(_told(scene, "XA office")) == 1
