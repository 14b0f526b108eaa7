"""Deconfliction: who asks for the same subject is told of the other when both want it, and only then."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.core.access import Asker, Purpose
from entente.desk import HOUSE_ASKER, House, sit
from entente.match.question import understand
from entente.match.subjects import subjects_of
from entente.rooms.bureaus import take_note
from rooms.scene import EVERYONE, Scene, only, places
from worlds.stage import Clock

Work = Callable[[House], None]
BOTH = ("XA", "XB")


def allow(scene: Scene, mode: str = "open", *bureaus: str) -> None:
    for bureau in bureaus or BOTH:
        answer = scene(f"{bureau} machine", "PUT", "/deconfliction", json={"mode": mode})
        assert answer.status == 200, answer.text


def ask(scene: Scene, who: str, text: str, why: str = "case 1", **said: Any) -> str:
    answer = scene(who, "POST", "/search", json={"text": text}, why=why, **said)
    assert answer.status == 200, answer.text
    return str(answer.json["search"])


def met(scene: Scene, bureau: str) -> list[dict[str, Any]]:
    answer = scene(f"{bureau} machine", "GET", "/deconfliction/meetings", purpose="")
    assert answer.status == 200, answer.text
    told: list[dict[str, Any]] = answer.json
    return told


# --- what is a subject ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("P4417093", "passport no. P 4417093"),
        ("Ivo Marenko 1971", "MARENKO, Ivo 5.3.1971"),
        ("Иво Маренко 1971-03-05", "Ivo Marenko 1971-08-01"),
        ("+999 612 345 678", "00999612345678"),
    ],
)
def test_two_who_ask_for_one_subject_spell_it_alike(one: str, other: str) -> None:
    first, second = (subjects_of(understand(text)) for text in (one, other))
    assert any(a & b for a in first for b in second)


@pytest.mark.parametrize("text", ["Ivo Marenko", "Marenko 1971", "Ivo Marenko ~1971", "1971", "Quist"])
def test_a_name_alone_or_a_vague_date_is_no_subject(text: str) -> None:
    assert subjects_of(understand(text)) == ()


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_subject_is_read_the_same_every_time_and_never_fails(one: str, other: str) -> None:
    assert subjects_of(understand(one)) == subjects_of(understand(one))
    joined = subjects_of(understand(f"{one} {other}"))
    assert all(subject for subject in joined)


# --- the mode ------------------------------------------------------------------------------------


def test_the_mode_is_off_until_a_supervisor_sets_it(scene: Scene) -> None:
    assert scene("XA officer", "GET", "/deconfliction").json == {"mode": "off", "since": "", "days": 30}
    said = {"mode": "blind"}
    assert scene("XA officer", "PUT", "/deconfliction", json=said).status == 403
    assert scene("XA supervisor", "PUT", "/deconfliction", json=said).json["mode"] == "blind"
    assert scene("XA officer", "GET", "/deconfliction").json["mode"] == "blind"
    assert scene("XB officer", "GET", "/deconfliction").json["mode"] == "off"
    assert places(scene("XA supervisor", "PUT", "/deconfliction", json={"mode": "half"})) == ["/mode"]


# --- meeting -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["P4417093", "Ivo Marenko 5.3.1971"])
def test_two_who_ask_for_the_same_are_both_told_whom_to_talk_to(
    scene: Scene, house: House, work: Work, text: str
) -> None:
    allow(scene)
    ask(scene, "XA officer", text, "our case")
    work(house)
    assert met(scene, "XA") == []
    ask(scene, "XB officer", text, "their case")
    work(house)
    (ours,), (theirs,) = met(scene, "XA"), met(scene, "XB")
    assert (ours["bureau"], ours["desk"], ours["justification"]) == ("XB", "Desk XB", "our case")
    assert (theirs["bureau"], theirs["desk"], theirs["justification"]) == ("XA", "Desk XA", "their case")
    assert ours["token"] == theirs["token"] != ""
    assert met(scene, "XC") == met(scene, "XZ") == []


def test_it_is_told_once_for_a_pair_and_a_subject_in_the_time_set(
    scene: Scene, house: House, work: Work, clock: Clock
) -> None:
    allow(scene)
    for n in range(4):
        ask(scene, "XA machine", "P4417093", f"case {n}")
        ask(scene, "XB machine", "passport P4417093", f"case {n}")
        work(house)
        clock.forward(days=1)
    assert len(met(scene, "XA")) == len(met(scene, "XB")) == 1
    clock.forward(days=31)
    ask(scene, "XA machine", "P4417093")
    work(house)
    assert len(met(scene, "XA")) == 1
    ask(scene, "XB machine", "P4417093")
    work(house)
    assert len(met(scene, "XA")) == len(met(scene, "XB")) == 2


@pytest.mark.parametrize(("days", "many"), [(29, 1), (31, 0)])
def test_inquiries_meet_within_the_time_set(
    scene: Scene, house: House, work: Work, clock: Clock, days: int, many: int
) -> None:
    allow(scene)
    ask(scene, "XA machine", "P4417093")
    work(house)
    clock.forward(days=days)
    ask(scene, "XB machine", "P4417093")
    work(house)
    assert len(met(scene, "XA")) == len(met(scene, "XB")) == many


def test_a_record_that_two_judge_to_be_meant_is_a_subject(scene: Scene, house: House, work: Work) -> None:
    allow(scene)
    id = scene.contribute(who="XC office")["id"]
    scene.judged("XA officer", "Ivo Marenko", id)
    scene.judged("XB officer", "Marenko", id, "not-same")
    work(house)
    assert met(scene, "XA") == []
    scene.judged("XB officer", "Marenko", id)
    work(house)
    assert [m["bureau"] for m in met(scene, "XA")] == ["XB"]


def test_a_meeting_over_a_filed_record_is_for_those_who_hold_the_file(
    scene: Scene, house: House, work: Work
) -> None:
    allow(scene)
    filed = {**EVERYONE, "need": ["joint/file"], "level": "confidential"}
    id = scene.contribute(who="XC office", handling=filed)["id"]
    for who in ("XA office", "XB office"):
        scene.judged(who, "Ivo Marenko", id)
    work(house)
    for bureau in BOTH:
        assert len(scene(f"{bureau} office", "GET", "/deconfliction/meetings").json) == 1
        assert scene(f"{bureau} officer", "GET", "/deconfliction/meetings").json == []


def test_a_standing_query_is_an_inquiry_as_long_as_it_stands(
    scene: Scene, house: House, work: Work, clock: Clock
) -> None:
    allow(scene)
    said = {"text": "Ivo Marenko 1971", "until": "2026-06-01"}
    kept = scene("XA machine", "POST", "/standing", json=said, why="a long case").json
    work(house)
    clock.forward(days=60)
    ask(scene, "XB machine", "Ivo Marenko 1971")
    work(house)
    assert [(m["bureau"], m["justification"]) for m in met(scene, "XA")] == [("XB", "a long case")]
    scene("XA machine", "DELETE", f"/standing/{kept['id']}")
    allow(scene, "open", "XC")
    ask(scene, "XC machine", "Ivo Marenko 1971")
    work(house)
    assert [m["bureau"] for m in met(scene, "XC")] == ["XB"]


def test_a_third_who_asks_meets_each_of_the_others(scene: Scene, house: House, work: Work) -> None:
    allow(scene, "open", "XA", "XB", "XC")
    for who in ("XA officer", "XB officer", "XC officer"):
        ask(scene, who, "P4417093")
    work(house)
    for one in ("XA", "XB", "XC"):
        assert {m["bureau"] for m in met(scene, one)} == {"XA", "XB", "XC"} - {one}


# --- acknowledgement -----------------------------------------------------------------------------


def test_who_takes_note_acknowledges_to_the_other(
    scene: Scene, house: House, work: Work, clock: Clock
) -> None:
    allow(scene)
    for who in ("XA officer", "XB officer"):
        ask(scene, who, "P4417093")
    work(house)
    (ours,) = met(scene, "XA")
    assert (ours["seen"], ours["acknowledged"]) == ("", "")
    clock.forward(minutes=5)
    (theirs,) = met(scene, "XB")
    asker = Asker(scene.crew["XB officer"].id, 3, Purpose.DESK, "own desk")
    with sit(house, asker, "see", writing=True) as desk:
        take_note(desk, theirs["alert"])
    (ours,), (theirs,) = met(scene, "XA"), met(scene, "XB")
    assert (ours["seen"], ours["acknowledged"]) == ("", clock.now.isoformat())
    assert (theirs["seen"], theirs["acknowledged"]) == (clock.now.isoformat(), "")


# --- blind ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("modes", [("blind", "open"), ("open", "blind"), ("blind", "blind")])
def test_where_one_is_blind_the_secretariat_alone_knows_both(
    scene: Scene, house: House, work: Work, modes: tuple[str, str]
) -> None:
    for bureau, mode in zip(BOTH, modes, strict=True):
        allow(scene, mode, bureau)
    for who in ("XA officer", "XB officer"):
        ask(scene, who, "P4417093")
    work(house)
    told = [met(scene, bureau)[0] for bureau in BOTH]
    for one in told:
        assert [one[field] for field in ("bureau", "label", "desk", "phone", "email")] == [""] * 5
    (centre,) = met(scene, "XZ")
    assert (centre["justification"], centre["token"]) == ("XA · XB", told[0]["token"])
    assert told[0]["token"] == told[1]["token"]


# --- off is as if one were not there -------------------------------------------------------------


SEEN_BY = ("/deconfliction/meetings", "/deconfliction", "/hits", "/journal", "/standing", "/bureaus")


def _all(scene: Scene, bureau: str) -> list[bytes]:
    return [scene(f"{bureau} supervisor", "GET", path, purpose="").body for path in SEEN_BY]


def test_who_is_off_learns_nothing_and_causes_nothing(scene: Scene, house: House, work: Work) -> None:
    allow(scene, "open", "XA", "XC")
    ask(scene, "XB officer", "P4417093")
    ask(scene, "XA officer", "P4417093")
    work(house)
    assert met(scene, "XA") == met(scene, "XB") == met(scene, "XZ") == []
    allow(scene, "open", "XB")
    work(house)
    assert met(scene, "XA") == met(scene, "XB") == []


def test_who_is_off_cannot_tell_that_others_met(scene: Scene, house: House, work: Work) -> None:
    """Two worlds: in one XA and XC ask for what XB asks for too and meet, in the other they are off."""
    ask(scene, "XB supervisor", "P4417093")
    work(house)
    told = []
    for mode in ("off", "open"):
        allow(scene, mode, "XA", "XC")
        for who in ("XA officer", "XC officer"):
            ask(scene, who, "P4417093")
        work(house)
        answer = scene("XB supervisor", "POST", "/search", json={"text": "P4417093"}).json
        told.append([{**answer, "search": ""}, *_all(scene, "XB")[:3]])
    assert len(met(scene, "XA")) == len(met(scene, "XC")) == 1
    assert told[0] == told[1]


def test_those_who_take_part_cannot_tell_an_off_bureau_that_asks_from_one_that_does_not(
    scene: Scene, house: House, work: Work
) -> None:
    allow(scene, "open", "XA")
    ask(scene, "XA supervisor", "P4417093")
    work(house)
    before = _all(scene, "XA")
    ask(scene, "XB officer", "P4417093")
    scene("XC machine", "POST", "/standing", json={"text": "P4417093"})
    work(house)
    now = _all(scene, "XA")
    assert before[:3] == now[:3] and before[4:] == now[4:]


def test_off_forgets_what_was_asked_before(scene: Scene, house: House, work: Work) -> None:
    allow(scene)
    ask(scene, "XA officer", "P4417093")
    work(house)
    allow(scene, "off", "XA")
    allow(scene, "open", "XA")
    ask(scene, "XB officer", "P4417093")
    work(house)
    assert met(scene, "XA") == met(scene, "XB") == []
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        assert desk.inspect_all(["asked-by:2"]) == []
        desk.note("see")


def test_a_discreet_search_takes_no_part(scene: Scene, house: House, work: Work) -> None:
    allow(scene)
    ask(scene, "XA supervisor", "P4417093", headers={"entente-discreet": "yes"})
    ask(scene, "XB officer", "P4417093")
    work(house)
    assert met(scene, "XA") == met(scene, "XB") == []


def test_oversight_and_desk_work_take_no_part(scene: Scene, house: House, work: Work) -> None:
    allow(scene, "open", "XZ", "XB")
    for purpose in ("oversight", "desk"):
        ask(scene, "XZ chief", "P4417093", purpose=purpose)
    ask(scene, "XB officer", "P4417093")
    work(house)
    assert met(scene, "XZ") == met(scene, "XB") == []


def test_hidden_records_change_nothing_of_who_meets(scene: Scene, house: House, work: Work) -> None:
    allow(scene)
    scene.contribute(handling=only(hint=["XB"]), who="XC office")
    for who in ("XA officer", "XB officer"):
        ask(scene, who, "Ivo Marenko 1971")
    work(house)
    assert len(met(scene, "XA")) == len(met(scene, "XB")) == 1
