"""Owners who watch a set, or let it be known whom to ask, are told of a search that came near to it."""

from dataclasses import replace

import pytest

from entente.core.access import Purpose
from entente.desk import House
from entente.desk.watching import contact_token
from entente.desk.work import run_job
from entente.match.rates import Calibration
from entente.rooms.biometrics import gallery, tables, telling
from entente.rooms.biometrics.samples import asked
from entente.rooms.biometrics.scoring import SHIPPED
from entente.rooms.records import HandlingForm
from rooms.biometric_scene import EVERYONE, again, finger, hinting, read, seated, set_of
from rooms.biometric_scene import searched as searching
from rooms.scene import Scene
from worlds.stage import Crew

HANDS = [finger(seed, position=p) for seed, p in ((11, 1), (12, 2))]


def searched(house: House, crew: Crew) -> str:
    """XA's officer searches, and what it came near to is left for the house; the token he is given for XB."""
    samples = asked([read(again(one, 1)) for one in HANDS])
    with seated(house, crew["XA officer"], "search", writing=True, purpose=Purpose.IDENTIFY) as desk:
        found = [one for of in (gallery.hinting, gallery.watched) for one in of(desk, samples, "persons")]
        telling.leave(desk, "f" * 32, found, "(fingers)")
        return contact_token(desk, desk.asker, 3, desk.today)


@pytest.mark.parametrize(
    ("handling", "state"),
    [
        (hinting("XA"), "contact"),
        (HandlingForm(mode="everyone", watch=True), "silent"),
        (HandlingForm(mode="named", watch=True), "silent"),
        (HandlingForm(mode="named", hint=["XA"], watch=True), "silent"),
        (EVERYONE, ""),
        (hinting("XC"), ""),
    ],
)
def test_the_owner_is_told_what_his_handling_says(
    scene: Scene, house: House, crew: Crew, handling: HandlingForm, state: str
) -> None:
    kept = set_of(house, crew["XB office"], HANDS, handling)
    set_of(house, crew["XB office"], [finger(5), finger(6, position=1)], hinting("XA"))
    token = searched(house, crew)
    while run_job(house, telling.JOBS):
        pass
    told = [(h["state"], h["record"], h["asked"], h["token"]) for h in hits_of(scene, "XB officer")]
    assert told == ([(state, kept.id, "(fingers)", token)] if state else [])
    assert hits_of(scene, "XA officer") == []


def test_one_inquiry_tells_an_owner_once_a_day(scene: Scene, house: House, crew: Crew) -> None:
    set_of(house, crew["XB office"], HANDS, hinting("XA"))
    for _ in range(2):
        searched(house, crew)
    while run_job(house, telling.JOBS):
        pass
    assert len(hits_of(scene, "XB officer")) == 1


def test_an_owner_who_watches_is_told_whatever_the_askers_own_table_says(
    scene: Scene, house: House, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small gallery's own table says little of what is rare."""
    coarse = replace(SHIPPED, prints=Calibration.of([float(n) for n in range(1000)]), own=True)
    monkeypatch.setattr(tables, "of", lambda _: coarse)
    kept = set_of(house, crew["XB office"], HANDS, HandlingForm(mode="everyone", watch=True))
    answer = searching(scene, "XA officer", *(again(one, 1) for one in HANDS))
    assert answer["calibrated"] == "own"
    assert [one["score"] < gallery.CERTAIN for one in answer["candidates"]] in ([], [True])
    while run_job(house, telling.JOBS):
        pass
    assert [one["record"] for one in hits_of(scene, "XB officer")] == [kept.id]


def hits_of(scene: Scene, who: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = scene(who, "GET", "/hits").json["hits"]
    return found
