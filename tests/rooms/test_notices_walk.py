"""Every way through the states of a notice, with everybody at every step: nobody gets one out alone, nor two.

The whole small world is walked (breadth first): five persons and a machine, every act in every state that
can be reached within the steps a publication needs, and some more.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.core.access import Asker, Level, Purpose
from entente.core.problems import Problem
from entente.core.things import Thing
from entente.desk import House, sit
from entente.rooms.bureaus.model import officer_of
from entente.rooms.notices import reviewing, service, states
from entente.rooms.notices.model import Check, NoticeEdit, NoticeForm, Reason, Renewal, ReviewForm
from rooms.noticed import form
from worlds.stage import Crew, memory_house

PEOPLE = ("XA office", "XA supervisor", "XA chief", "XA machine", "XB chief", "XZ chief", "XZ office")
ACTS = (
    "edit",
    "submit",
    "check",
    "uncheck",
    "send",
    "publish",
    "return",
    "refuse",
    "suspend",
    "resume",
    "renew",
)
ROLE_ACT = {
    **dict.fromkeys(("edit", "submit", "send"), "contribute"),
    **dict.fromkeys(("check", "uncheck"), "approve"),
    **dict.fromkeys(("publish", "return", "refuse", "resume"), "review"),
    **dict.fromkeys(("suspend", "renew"), "publish"),
}
WHY = "Because the test says so."


def askers(house: House, crew: Crew) -> dict[str, Asker]:
    from entente.desk import HOUSE_ASKER

    found = {}
    with sit(house, HOUSE_ASKER) as desk:
        desk.note("see", what="officers")
        for name in PEOPLE:
            thing = desk.inspect(crew[name].id)
            assert thing is not None
            known = officer_of(thing)
            found[name] = Asker(
                officer=known.id,
                bureau=known.bureau,
                purpose=Purpose.DESK,
                justification="own desk",
                roles=known.roles,
                clearance=Level.CONFIDENTIAL,
                held=known.held,
                reviewer=known.reviewer,
            )
    return found


class World:
    """One notice, and everybody who may try something with it."""

    def __init__(self) -> None:
        self.house, self.crew = memory_house()
        self.who = askers(self.house, self.crew)
        self.id = ""

    def draft(self, name: str) -> None:
        said = form("blue", until="2026-12-31")
        with sit(self.house, self.who[name], "contribute", writing=True) as desk:
            self.id = service.draft(desk, NoticeForm.model_validate(said)).id

    def notice(self) -> Thing:
        from entente.desk import HOUSE_ASKER

        with sit(self.house, HOUSE_ASKER) as desk:
            desk.note("see", what="notices")
            found = desk.inspect(self.id)
            assert found is not None
            return found

    def act(self, name: str, act: str) -> bool:
        """Try; tells whether it was done."""
        seen = self.notice().version
        try:
            with sit(self.house, self.who[name], ROLE_ACT[act], writing=True) as desk:
                self._do(desk, act, seen)
        except Problem:
            return False
        return True

    def _do(self, desk: Any, act: str, seen: int) -> None:
        if act == "edit":
            said = form("blue", version=seen, title="Ivo M.", until="2026-12-31")
            service.edit(desk, self.id, NoticeEdit.model_validate(said))
        elif act in ("submit", "send"):
            getattr(reviewing, act)(desk, self.id, seen)
        elif act in ("check", "uncheck"):
            reviewing.check(desk, self.id, Check(version=seen, approve=act == "check", why=WHY))
        elif act in ("publish", "return", "refuse"):
            reviewing.review(desk, self.id, ReviewForm(version=seen, decision=act, why=WHY))  # type: ignore[arg-type]
        elif act == "renew":
            said = {"version": seen, "until": "2030-12-31", "why": WHY}
            reviewing.renew(desk, self.id, Renewal.model_validate(said))
        else:
            getattr(reviewing, act)(desk, self.id, Reason(version=seen, why=WHY))

    def snapshot(self) -> Any:
        return self.house.store._state.copy()

    def back(self, state: Any) -> None:
        self.house.store._state = state.copy()
        self.house._views.epoch = -1


def parts(notice: Thing) -> tuple[Any, ...]:
    """What the walk tells states apart by: where it stands, and who had which hand in it."""
    body = notice.body
    return (
        notice.first("state"),
        notice.first("pending"),
        frozenset(body.get("authors", ())),
        notice.first("checker"),
        notice.first("renewer"),
    )


def walked(world: World, first: str) -> Iterator[tuple[str, str, tuple[Any, ...], Thing]]:
    """(who, did what, from where, what it is now) for every act that is done, wherever one can get to."""
    world.draft(first)
    frontier, known = [world.snapshot()], {parts(world.notice())}
    while frontier:
        here = frontier.pop(0)
        for name in PEOPLE:
            for act in ACTS:
                world.back(here)
                before = parts(world.notice())
                if not world.act(name, act):
                    continue
                now = world.notice()
                yield name, act, before, now
                if parts(now) not in known and len(now.body["authors"]) <= 2:
                    known.add(parts(now))
                    frontier.append(world.snapshot())


@pytest.mark.parametrize("first", ["XA office", "XA machine", "XZ chief"])
def test_whatever_is_done_by_whomever_nothing_gets_out_without_three_persons(first: str) -> None:
    world = World()
    reviewers = {world.who["XZ chief"].officer}
    machine = world.who["XA machine"].officer
    reached, out = set(), 0
    for name, act, before, now in walked(world, first):
        reached.add((now.first("state"), now.first("pending")))
        officer = world.who[name].officer
        if act in ("publish", "resume"):
            out += 1
            authors, checker = set(now.body["authors"]), now.first("checker")
            assert officer in reviewers
            assert checker and checker not in authors, "who wrote it checked it"
            assert officer not in authors and officer != checker, "who wrote or checked it reviewed it"
            assert before[4] not in (checker, officer), "who asked for the renewal checked or reviewed it"
            assert not now.first("renewer"), "a renewal is over"
            assert checker != machine and officer != machine
            if first != "XA machine":
                assert len(authors | {checker, officer}) >= 3
        if now.first("state") == "published" and before[0] not in ("published", "suspended"):
            assert act == "publish" and before[0] == "review"
        if before[0] == "suspended" and now.first("state") == "published":
            assert act == "resume"
        if act == "edit":
            assert (now.first("state"), now.first("checker")) == ("draft", "")
    if first != "XZ chief":
        assert {("review", ""), ("checked", ""), ("refused", "")} <= reached
        assert out > 0, "it can be published at all"
        assert ("published", "review") in reached and ("suspended", "") in reached
    else:
        assert out == 0, "the only reviewer wrote it"


def test_the_table_of_moves_is_what_is_done() -> None:
    world = World()
    moves = {"check": "approve", "uncheck": "disapprove"}
    for _name, act, (state, pending, *_), now in walked(world, "XA office"):
        starts, to = states.MOVES[moves.get(act, act)]
        assert (pending or state) in starts or state in starts
        if act == "renew":
            assert now.first("pending") == to
        elif not pending:
            assert now.first("state") == to


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(ACTS), max_size=25), st.sampled_from(PEOPLE[:4]))
def test_one_person_alone_never_gets_it_further_than_submitted(acts: list[str], alone: str) -> None:
    world = World()
    world.draft(alone)
    for act in acts:
        world.act(alone, act)
        assert world.notice().first("state") in ("draft", "submitted")
