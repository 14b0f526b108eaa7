"""What is kept of a search says how near its candidates are, and nothing of how what was asked looks."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from entente.core.access import Level, Purpose
from entente.core.problems import Absent
from entente.desk import HOUSE_ASKER, House, sit, templating
from entente.rooms.biometrics import meeting, pages, service
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.gallery import Found
from entente.rooms.biometrics.meeting import Meetings
from entente.rooms.biometrics.samples import Held, held
from entente.rooms.biometrics.scoring import SHIPPED, Scored, scored
from entente.rooms.records import HandlingForm
from rooms.biometric_scene import (
    EVERYONE,
    again,
    comparisons,
    finger,
    judged,
    laid,
    read,
    searched,
    seated,
    seconded,
    set_of,
)
from rooms.remains import geometry_kept_by
from rooms.scene import Scene
from worlds.stage import Answer, Crew

HANDS = [finger(100 + position, position) for position in range(1, 11)]
PROBE = again(HANDS[1], 1)


def test_pairs_are_in_the_answer_and_nowhere_else(scene: Scene, house: House, crew: Crew) -> None:
    set = set_of(house, crew["XB office"], [HANDS[1]]).id
    answer = searched(scene, "XA officer", PROBE)
    (part,) = answer["candidates"][0]["parts"]
    assert len(part["pairs"]) > 10
    first = judged(scene, "XA officer", answer["search"], set).json
    both = laid(scene, "XA analyst", first["id"], PROBE).json
    assert len(both["overlays"][0]["pairs"]) > 10, "they are found anew"
    done = seconded(scene, "XA analyst", first["id"], "hit", both["token"]).json
    assert [(one["position"], one["score"]) for one in done["parts"]] == [(2, part["score"])]
    assert geometry_kept_by(house) == []


def test_the_looking_for_geometry_can_fail(house: House, crew: Crew) -> None:
    set = set_of(house, crew["XB office"], [HANDS[1]])
    parts = scored([Held(0, "finger", 2, PROBE)], held(set), SHIPPED).parts
    told = json.dumps([part.model_dump() for part in parts])
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        body = {"sort": "search", "how": "shown", "state": "new", "content": told}
        desk.keep("Comparison", body, set.handling, expires=desk.today)
        desk.note("see", what="the scene")
    assert len(geometry_kept_by(house)) == 1


def test_what_an_enrolment_met_is_kept_without_pairs_too(scene: Scene, house: House, crew: Crew) -> None:
    set_of(house, crew["XA office"], HANDS[:3])
    set_of(house, crew["XB office"], [again(one, 2) for one in HANDS[:3]])
    templating.catch_up(house)
    duty = Meetings(house)
    while duty.step():
        pass
    assert comparisons(scene, "XA officer")
    assert geometry_kept_by(house) == []


def test_the_most_that_can_be_found_can_be_kept(house: House, crew: Crew) -> None:
    set = set_of(house, crew["XB office"], HANDS, EVERYONE)
    parts = tuple(
        m.Part(
            asked=n,
            found=n,
            what="finger",
            position=10,
            score=10.123,
            pairs=[[one, one] for one in range(80)],
            turn=10.5,
        )
        for n in range(m.MOST_SAMPLES)
    )
    found = Found(set, Scored(parts))
    looked = service.Looked((found,) * m.MOST_FACES, (), "shipped")
    form = m.SearchForm.model_construct(files=[], against="persons", reference="")
    with seated(house, crew["XA officer"], "search", True, Purpose.IDENTIFY) as desk:
        kept = service.kept(desk, [read(one) for one in HANDS], form, looked)
    assert len(json.loads(kept.first("candidates"))) == m.MOST_FACES


def test_a_search_is_known_to_those_who_may_know_of_all_that_it_found(
    scene: Scene, house: House, crew: Crew
) -> None:
    secret = HandlingForm(mode="everyone", level="confidential")
    set = set_of(house, crew["XB office"], [HANDS[1]], secret).id
    assert searched(scene, "XA officer", PROBE)["candidates"] == []
    answer = searched(scene, "XA chief", PROBE)
    assert [one["set"] for one in answer["candidates"]] == [set]
    with seated(house, crew["XA chief"]) as desk:
        assert desk.look(answer["search"]).handling.level == Level.CONFIDENTIAL
    with seated(house, crew["XA officer"]) as desk, pytest.raises(Absent):
        desk.look(answer["search"])


def test_recent_searches_are_the_officers_own_however_many_others_made(
    scene: Scene, house: House, crew: Crew, page: Callable[..., Answer]
) -> None:
    searched(scene, "XA officer", PROBE, reference="MINE-1")
    for n in range(pages.MOST_RECENT):
        searched(scene, "XA analyst", PROBE, reference=f"OTHER-{n}")
    shown = page("XA officer", "GET", "/biometrics").text
    assert "MINE-1" in shown and "OTHER-" not in shown


def test_nothing_is_decoded_or_compared_in_the_writers_turn(
    scene: Scene, house: House, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns, seen = [False], []
    store = type(house.store)
    writing = store.writing

    @contextmanager
    def taking(self: Any) -> Iterator[Any]:
        with writing(self) as tx:
            turns.append(True)
            yield tx
            turns.pop()

    def noting(module: Any, name: str) -> None:
        does = getattr(module, name)

        def note(*args: Any) -> Any:
            seen.append((name, turns[-1]))
            return does(*args)

        monkeypatch.setattr(module, name, note)

    set_of(house, crew["XA office"], HANDS[:3])
    set_of(house, crew["XB office"], [again(one, 2) for one in HANDS[:3]])
    templating.catch_up(house)
    monkeypatch.setattr(store, "writing", taking)
    noting(service, "shown")
    noting(meeting, "scored")
    searched(scene, "XC officer", PROBE)
    duty = Meetings(house)
    while duty.step():
        pass
    assert {("shown", False), ("scored", False)} == set(seen)
