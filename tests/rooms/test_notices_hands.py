"""Whoever wrote the record that a notice is about had a hand in the notice."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.desk import sit
from entente.rooms.records.model import Correction
from entente.rooms.records.service import correct
from rooms.noticed import DRAFTER, REVIEWER, SECOND, Office
from rooms.scene import EVERYONE, IVO, Scene
from rooms.test_notices_walk import World
from worlds.stage import Answer, Clock

OTHER = {**IVO, "name": ["Pavel Innocent"], "birthDate": ["1990-01-01"]}
WHY = "Because the test says so."


@pytest.fixture
def office(scene: Scene) -> Office:
    return Office(scene)


def rewrite(scene: Scene, who: str, record: str, **said: Any) -> Answer:
    version = scene(who, "GET", f"/records/{record}").json["version"]
    path = f"/records/{record}/handling" if "handling" in said else f"/records/{record}"
    answer = scene(who, "PUT", path, json={"version": version, **(said or {"properties": OTHER})})
    assert answer.status == 200, answer.text
    return answer


def test_the_second_officer_does_not_check_a_record_that_he_wrote(office: Office, scene: Scene) -> None:
    notice = office.done(DRAFTER, office.draft(DRAFTER), "submit")
    rewrite(scene, SECOND, notice["subject"]["record"])
    assert office.act(SECOND, notice, "check", approve=True).status == 403
    again = office.done("XA chief", notice, "check", approve=True)
    assert again["state"] == "checked", "a third one does"


def test_nor_after_it_was_edited_and_submitted_anew(office: Office, scene: Scene) -> None:
    notice = office.done(DRAFTER, office.draft(DRAFTER), "submit")
    rewrite(scene, SECOND, notice["subject"]["record"])
    notice = office.done("XA chief", notice, "check", approve=False, why=WHY)
    notice = office.done(DRAFTER, notice, "submit")
    assert office.act(SECOND, notice, "check", approve=True).status == 403


def test_who_changed_its_handling_does_not_check_it(office: Office, scene: Scene) -> None:
    record = scene.contribute()["id"]
    notice = office.done(DRAFTER, office.draft(DRAFTER, subject={"record": record}), "submit")
    rewrite(scene, SECOND, record, handling=EVERYONE)
    assert office.act(SECOND, notice, "check", approve=True).status == 403


def test_who_wrote_the_record_before_the_notice_was_begun_may_check_it(
    office: Office, scene: Scene, clock: Clock
) -> None:
    record = scene.contribute(who=SECOND)["id"]
    clock.forward(seconds=1)
    notice = office.done(DRAFTER, office.draft(DRAFTER, subject={"record": record}), "submit")
    assert office.done(SECOND, notice, "check", approve=True)["state"] == "checked"


def test_a_renewal_is_not_checked_by_who_rewrote_its_record(office: Office, scene: Scene) -> None:
    notice = office.published(until="2026-12-31")
    rewrite(scene, SECOND, notice["subject"]["record"])
    notice = office.done(
        "XA chief", office.open("XA chief", notice["id"]).json, "renew", until="2027-06-30", why=WHY
    )
    notice = office.done(DRAFTER, notice, "submit") if notice.get("pending") == "draft" else notice
    assert office.act(SECOND, notice, "check", approve=True).status == 403


def test_a_reviewer_does_not_judge_a_record_that_he_wrote(office: Office, scene: Scene) -> None:
    notice = office.done("XZ office", office.draft("XZ office"), "submit")
    notice = office.done("XZ supervisor", notice, "check", approve=True)
    rewrite(scene, REVIEWER, notice["subject"]["record"])
    notice = office.open("XZ supervisor", notice["id"]).json
    notice = office.done("XZ supervisor", notice, "check", approve=True)
    notice = office.done("XZ office", notice, "send")
    for decision in ("publish", "return", "refuse"):
        assert office.act(REVIEWER, notice, "review", decision=decision, why=WHY).status == 403


PEOPLE = ("XA office", "XA supervisor", "XA chief", "XZ chief")
WAY = ("submit", "check", "send", "publish", "suspend", "resume", "renew", "check", "send", "publish")
JUDGING = ("check", "publish", "resume")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.sampled_from((*PEOPLE[:3], "", "", "")), st.permutations(PEOPLE)),
        min_size=len(WAY),
        max_size=len(WAY),
    )
)
def test_on_its_whole_way_nobody_judges_a_record_that_he_wrote(taken: list[tuple[str, list[str]]]) -> None:
    world = World()
    world.draft("XA office")
    record = world.notice().first("subject")
    wrote = {"XA office"}
    for place, (act, (writer, order)) in enumerate(zip(WAY, taken, strict=True)):
        if writer:
            with sit(world.house, world.who[writer], "contribute", writing=True) as desk:
                standing = desk.as_house().inspect(record)
                assert standing is not None
                named = {**IVO, "name": [f"Ivo {'abcdefghij'[place]}"]}
                correct(desk, record, Correction(version=standing.version, properties=named))
            wrote.add(writer)
        for name in order:
            if world.act(name, act) and act in JUDGING:
                assert name not in wrote
