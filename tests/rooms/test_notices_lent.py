"""A record that stood before and is lent to notices: its owner's handling comes back, in whatever order."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.core.access import Handling
from entente.core.problems import Problem
from entente.desk import HOUSE_ASKER, House, sit
from entente.rooms.notices import reviewing, service, subject
from entente.rooms.notices.model import Check, NoticeForm, Reason, Renewal, ReviewForm
from entente.rooms.records import HandlingForm, contribute, to_handling
from entente.rooms.records.model import Draft
from rooms.noticed import DRAFTER, SECOND, Office, form
from rooms.scene import IVO, NOBODY, Scene, only, places
from rooms.test_notices_walk import askers
from worlds.stage import memory_house

WHY = "Because the test says so."
HIDDEN = {**NOBODY, "level": "restricted", "need": ["joint/file"]}
CHANGED = ({"mode": "everyone"}, only("XD"), only("XB", "XC", level="restricted"), HIDDEN)
STEPS = ("publish", "suspend", "resume", "renew", "cancel", "expire")


@pytest.fixture
def office(scene: Scene) -> Office:
    return Office(scene)


def handling_of(house: House, record: str) -> Handling:
    with sit(house, HOUSE_ASKER) as desk:
        desk.note("see", what="handling")
        found = desk.inspect(record)
        assert found is not None
        return found.handling


def to_review(office: Office, record: str, bureau: str) -> dict[str, Any]:
    said = {"reach": "named", "bureaus": [bureau], "subject": {"record": record, "widen": True}}
    notice = office.done("XA office", office.draft("XA office", **said), "submit")
    return office.done("XA office", office.done("XA chief", notice, "check", approve=True), "send")


@pytest.mark.parametrize("stopped", ["published", "suspended"])
def test_a_record_that_a_notice_has_widened_is_not_widened_by_another(
    office: Office, scene: Scene, house: House, stopped: str
) -> None:
    record = scene.contribute(handling=HIDDEN)["id"]
    was = handling_of(house, record)
    first, second = (to_review(office, record, bureau) for bureau in ("XB", "XC"))
    first = office.let_out(first)
    if stopped == "suspended":
        first = office.done(SECOND, first, "suspend", why=WHY)
    answers = {
        f["id"]: "Looked at; it is no obstacle." for f in office.open("XZ chief", second["id"]).json["flags"]
    }
    refused = office.act("XZ chief", second, "review", decision="publish", answers=answers)
    assert (refused.status, places(refused)) == (422, ["subject/widen"])
    assert "one notice at a time" in refused.text
    office.done(SECOND, first, "cancel", why=WHY)
    assert handling_of(house, record) == was
    office.done(SECOND, office.let_out(second), "cancel", why=WHY)
    assert handling_of(house, record) == was
    assert scene.found("XB officer", "Ivo Marenko") == scene.found("XC officer", "Ivo Marenko") == []


def test_a_record_that_is_kept_for_one_notice_is_not_widened_by_another(office: Office) -> None:
    made = office.draft()["subject"]["record"]
    named = office.draft("XA office", subject={"record": made, "widen": True})
    refused = office.act("XA office", named, "submit")
    assert (refused.status, places(refused)) == (422, ["subject/widen"])


def test_a_second_notice_that_needs_no_widening_takes_nothing_with_it(
    office: Office, scene: Scene, house: House
) -> None:
    record = scene.contribute(handling=only("XC"))["id"]
    was = handling_of(house, record)
    wide, narrow = (
        office.let_out(to_review(office, record, "XB")),
        office.let_out(to_review(office, record, "XC")),
    )
    office.done(SECOND, wide, "cancel", why=WHY)
    assert handling_of(house, record) == was
    assert office.open("XC officer", narrow["id"]).status == 200


def test_what_its_owner_made_of_it_meanwhile_stays_his(office: Office, scene: Scene, house: House) -> None:
    record = scene.contribute(handling=NOBODY)["id"]
    notice = office.let_out(to_review(office, record, "XB"))
    path = f"/records/{record}"
    said = {"version": scene(DRAFTER, "GET", path).json["version"], "handling": NOBODY}
    assert scene(DRAFTER, "PUT", f"{path}/handling", json=said).status == 200
    mine = handling_of(house, record)
    notice = office.done(SECOND, notice, "suspend", why=WHY)
    notice = office.done("XZ chief", notice, "resume", why=WHY)
    assert handling_of(house, record) == mine, "it is not widened again"
    office.done(SECOND, notice, "cancel", why=WHY)
    assert handling_of(house, record) == mine


class Lending:
    """One hidden record of XA, two notices that would widen it, and whoever moves them."""

    def __init__(self) -> None:
        self.house, crew = memory_house()
        self.who = askers(self.house, crew)
        with sit(self.house, self.who["XA chief"], "contribute", writing=True) as desk:
            draft = Draft(kind="Person", properties=IVO, handling=HandlingForm.model_validate(HIDDEN))
            self.record = contribute(desk, draft).id
        self.ids = [self.begun(bureau) for bureau in ("XB", "XC")]

    def begun(self, bureau: str) -> str:
        """A notice that waits for the review."""
        about = {"record": self.record, "widen": True}
        said = form("blue", reach="named", bureaus=[bureau], subject=about, until="2026-12-31")
        with sit(self.house, self.who["XA office"], writing=True) as desk:
            notice = service.draft(desk, NoticeForm.model_validate(said))
            reviewing.submit(desk, notice.id, notice.version)
        with sit(self.house, self.who["XA supervisor"], writing=True) as desk:
            version = service.look(desk, notice.id).version
            kept = reviewing.check(desk, notice.id, Check(version=version, approve=True))
            reviewing.send(desk, notice.id, kept.version)
        return notice.id

    def reach(self, which: int) -> int:
        with sit(self.house, HOUSE_ASKER) as desk:
            desk.note("see", what="notices")
            notice = desk.inspect(self.ids[which])
            assert notice is not None
            return subject.states.reach(notice.body) if notice.first("state") == "published" else 0

    def step(self, which: int, step: str) -> None:
        """Try; what is refused changes nothing."""
        who = {"publish": "XZ chief", "resume": "XZ chief"}.get(step, "XA supervisor")
        try:
            with sit(self.house, HOUSE_ASKER if step == "expire" else self.who[who], writing=True) as desk:
                self._do(desk, self.ids[which], step)
        except Problem:
            pass

    def _do(self, desk: Any, id: str, step: str) -> None:
        notice = desk.as_house().inspect(id)
        seen = notice.version
        if step == "expire":
            reviewing.expire(desk, notice)
        elif step == "publish":
            answers = {f.id: WHY for f in reviewing.flags(desk, notice)}
            said = ReviewForm(version=seen, decision="publish", answers=answers)
            reviewing.review(desk, id, said)
        elif step == "renew":
            said = {"version": seen, "until": "2027-06-30", "why": WHY}
            reviewing.renew(desk, id, Renewal.model_validate(said))
        else:
            getattr(reviewing, step)(desk, id, Reason(version=seen, why=WHY))

    def handled(self, said: dict[str, Any]) -> Handling:
        """The owner's own change of the handling."""
        with sit(self.house, self.who["XA chief"], writing=True) as desk:
            record = desk.as_house().inspect(self.record)
            assert record is not None
            form = HandlingForm.model_validate(said)
            desk.note("handle", object=self.record)
            return desk.change(record, handling=to_handling(desk, form)).handling


moves = st.lists(st.tuples(st.sampled_from((0, 1)), st.sampled_from(STEPS)), max_size=12)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(moves, st.permutations((0, 1)))
def test_in_whatever_order_two_notices_come_and_go_the_owners_handling_comes_back(
    taken: list[tuple[int, str]], last: list[int]
) -> None:
    lending = Lending()
    was = handling_of(lending.house, lending.record)
    for which, step in taken:
        lending.step(which, step)
        now = handling_of(lending.house, lending.record)
        wide = lending.reach(0) | lending.reach(1)
        assert now.see & ~(was.see | wide) == 0, "no wider than those that are out"
        assert wide or now == was
    for which in last:
        lending.step(which, "cancel")
    assert handling_of(lending.house, lending.record) == was


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(moves, st.sampled_from(CHANGED), moves, st.permutations((0, 1)))
def test_the_owners_own_change_outlives_every_notice(
    first: list[tuple[int, str]], said: dict[str, Any], then: list[tuple[int, str]], last: list[int]
) -> None:
    lending = Lending()
    for which, step in first:
        lending.step(which, step)
    mine = lending.handled(said)
    for which, step in [*then, *((which, "cancel") for which in last)]:
        lending.step(which, step)
    assert handling_of(lending.house, lending.record) == mine
