"""Operations: planned, shared with members, counted for each reader anew, compared with countries alike."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from entente.core.access import EVERYONE, NOBODY, Purpose
from entente.core.problems import Absent, Faulty, NotAllowed, OutOfDate
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, House, sit
from entente.rooms.trends.operations import model as m
from entente.rooms.trends.operations import service, tally
from rooms.figured import XA, XB, XC, asker, body, handling, item, seize
from worlds.stage import Crew

MONTHS = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]
PESTICIDE = [item("agro.pesticide", 100)]


def form(**said: Any) -> m.OperationForm:
    made = {"name": "Clean fields", "since": "2025-07-01", "until": "2025-09-30", "countries": ["xb"], **said}
    return m.OperationForm.model_validate(made)


def planned(house: House, bureau: int = XA, **said: Any) -> Thing:
    with sit(house, asker(bureau, Purpose.DESK), "target", writing=True) as desk:
        return service.plan(desk, form(**said))


def told(house: House, id: str, bureau: int = XA) -> m.Tally:
    with sit(house, asker(bureau), "trend") as desk:
        return tally.tally(desk, id)


def reported(house: House, id: str, bureau: int = XA, measure: str = "count") -> m.AfterAction:
    with sit(house, asker(bureau), "trend") as desk:
        return tally.after_action(desk, id, measure)


def listed(house: House, bureau: int) -> list[str]:
    with sit(house, asker(bureau, Purpose.DESK), "trend") as desk:
        return [one.id for one in service.listed(desk, m.Listing()).operations]


def test_members_see_an_operation_and_nobody_else_does(house: House) -> None:
    thing = planned(house, members=["XB"])
    assert listed(house, XA) == listed(house, XB) == [thing.id]
    assert listed(house, XC) == []
    with sit(house, asker(XB, Purpose.DESK), "target", writing=True) as desk:
        desk.note("target")
        with pytest.raises(Absent):
            service.change(desk, thing.id, form(version=1))
        shown = service.opened(desk, thing.id)
    assert (shown.mine, shown.next, shown.owner, shown.members) == (False, [], "XA", ["XB"])
    assert [event.officer for event in shown.events] == [""]


def test_who_is_left_out_later_sees_it_no_more(house: House) -> None:
    thing = planned(house, members=["XB"])
    with sit(house, asker(XA, Purpose.DESK), "target", writing=True) as desk:
        service.change(desk, thing.id, form(version=1, members=["XC"]))
    assert listed(house, XB) == [] and listed(house, XC) == [thing.id]


def test_every_fault_of_a_plan_is_told_at_once(house: House) -> None:
    with pytest.raises(Faulty) as problem:
        planned(house, until="2025-06-01", members=["XB", "QQ"])
    assert {fault.where for fault in problem.value.faults} == {"until", "members/1"}


def test_a_plan_that_somebody_changed_meanwhile_is_not_overwritten(house: House) -> None:
    thing = planned(house)
    with sit(house, asker(XA, Purpose.DESK), "target", writing=True) as desk:
        desk.note("target")
        with pytest.raises(OutOfDate):
            service.change(desk, thing.id, form(version=7))


def test_persons_move_it_along_one_step_after_the_other(house: House, crew: Crew) -> None:
    thing = planned(house)
    person = replace(asker(XA, Purpose.DESK), officer=crew["XA officer"].id)

    def step(to: str, why: str = "", who: Any = person) -> None:
        with sit(house, who, "target", writing=True) as desk:
            desk.note("target")
            version = desk.look(thing.id).version
            service.step(desk, thing.id, m.Step.model_validate({"version": version, "to": to, "why": why}))

    with pytest.raises(NotAllowed):
        step("running", who=asker(XA, Purpose.DESK))
    with pytest.raises(Faulty) as problem:
        step("evaluated")
    assert {fault.where for fault in problem.value.faults} == {"to", "why"}
    step("running")
    step("ended")
    step("evaluated", "pays off")
    with sit(house, asker(XA, Purpose.DESK), "trend") as desk:
        shown = service.opened(desk, thing.id)
    assert [event.to for event in shown.events] == ["planned", "running", "ended", "evaluated"]
    assert shown.next == []


def test_the_tally_counts_what_names_it_and_what_lies_within_it(house: House) -> None:
    thing = planned(house, goods=["agro"])
    seize(
        house,
        body("2025-07-05", items=[item("agro.pesticide", 100, value="50", currency="EUR")]),
        body("2025-08-05", items=[item("agro.pesticide", 20), item("drugs.cocaine", 3)]),
        body("2025-08-09", items=[item("drugs.cocaine", 5)]),
        body("2025-10-05", items=PESTICIDE, operation=thing.id),
        body("2025-08-05", country="xc", items=PESTICIDE),
        body("2025-08-06", event="inspection_nil"),
    )
    found = told(house, thing.id)
    assert (found.within.seizures, found.within.lines) == (2, 2)
    assert [(a.amount, a.unit) for a in found.within.quantities] == [(120.0, "KGM")]
    assert [(a.amount, a.unit) for a in found.within.values] == [(50.0, "EUR")]
    assert (found.named.seizures, found.nothing_found) == (1, 1)


def test_arrests_are_those_of_papers_that_the_reader_sees(house: House) -> None:
    thing = planned(house, members=["XB"])
    (seizure,) = seize(house, body("2025-07-05"), how=handling(XB))
    with sit(house, HOUSE_ASKER, "contribute", writing=True) as desk:
        raw = {
            "seizure": [seizure.id],
            "party": ['{"line":1,"role":"arrestee","name":"A"}', '{"line":2,"role":"carrier","name":"B"}'],
        }
        keys = (f"seizure-parties:{seizure.id}",)
        desk.keep("SeizureParties", raw, handling(XB, see=NOBODY), keys=keys)
        desk.note("contribute")
    assert told(house, thing.id, XB).arrests == 1
    assert told(house, thing.id, XA).arrests == 0


def test_checks_are_counted_by_the_days_that_lie_in_it(house: House) -> None:
    thing = planned(house)
    with sit(house, HOUSE_ASKER, "contribute", writing=True) as desk:
        said = {"authority": ["Customs"], "country": ["xb"], "checks": ["61"]}
        desk.keep("Effort", {**said, "date": ["2025-09-01"], "dateEnd": ["2025-10-31"]}, handling(XB))
        desk.keep("Effort", {**said, "date": ["2025-07"], "goods": ["drugs"]}, handling(XB))
        desk.note("contribute")
    assert told(house, thing.id).checks == pytest.approx(91.0)


def history(house: House, rise: float) -> None:
    """Ten countries with some seizures a month; XB has `rise` times as many from July to September 2025."""
    dice = np.random.default_rng(3)
    made = []
    for n, country in enumerate(["xb", "xc", "xd", "xe", "xf", "xg", "xh", "xi", "xj", "xk"]):
        for month in MONTHS:
            mean = (4 + n % 3) * (rise if country == "xb" and "2025-07" <= month <= "2025-09" else 1)
            made += [
                body(f"{month}-{1 + k:02}", country=country, items=PESTICIDE)
                for k in range(min(int(dice.poisson(mean)), 27))
            ]
    seize(house, *made)


def test_an_effect_that_was_planted_is_measured_and_none_is_not_made_up(house: House) -> None:
    history(house, 3.0)
    found = reported(house, planned(house, goods=["agro"]).id)
    during, after = found.effects
    assert during.low is not None and during.effect is not None
    assert during.low > 0 and 4 < during.effect < 12
    assert during.few and during.placebo == pytest.approx(0.1)
    assert after.effect is not None and abs(after.effect) < 3
    assert [phase.months for phase in found.phases][:2] == [24, 3]
    assert "xb" not in found.compared and len(found.compared) == 9
    assert found.phases[1].a_month > 2 * found.phases[0].a_month
    other = reported(house, planned(house, countries=["xe"], goods=["agro"]).id)
    assert other.effects[0].placebo is not None and other.effects[0].placebo > 0.1


def test_a_report_says_why_it_can_say_nothing(house: House) -> None:
    thing = planned(house)
    assert {row.why_not for row in reported(house, thing.id).effects} == {tally.NO_BEFORE}
    seize(house, *(body(f"{month}-05") for month in MONTHS))
    assert {row.why_not for row in reported(house, thing.id).effects} == {tally.NO_CONTROLS}
    ahead = planned(house, since="2030-01-01", until="2030-02-01")
    assert {row.why_not for row in reported(house, ahead.id).effects} == {tally.NO_MONTHS}


def test_more_checks_explain_more_seizures(house: House) -> None:
    history(house, 3.0)
    thing = planned(house, goods=["agro"])
    assert {row.why_not for row in reported(house, thing.id, measure="rate").effects} == {tally.NO_BEFORE}
    with sit(house, HOUSE_ASKER, "contribute", writing=True) as desk:
        for n, country in enumerate(["xb", "xc", "xd", "xe", "xf", "xg"]):
            for month in MONTHS:
                many = (4 + n % 3) * (30 if country == "xb" and "2025-07" <= month <= "2025-09" else 10)
                said = {"authority": ["C"], "country": [country], "checks": [str(many)], "date": [month]}
                desk.keep("Effort", said, handling(XB))
        desk.note("contribute")
    found = reported(house, thing.id, measure="rate")
    assert found.phases[0].a_month == pytest.approx(10, rel=0.2)
    effect = found.effects[0].effect
    assert effect is not None and abs(effect) < 3
    assert sorted(found.compared) == ["xc", "xd", "xe", "xf", "xg"]


@pytest.mark.parametrize("how", [NOBODY, EVERYONE], ids=["hidden", "shown"])
def test_what_a_reader_may_not_see_moves_nothing(house: House, how: int) -> None:
    thing = planned(house, members=["XC"])
    seize(house, *(body(f"{month}-05", items=PESTICIDE) for month in MONTHS))
    before = told(house, thing.id, XC), reported(house, thing.id, XC)
    seize(
        house,
        *(body(f"{month}-06", items=PESTICIDE, operation=thing.id) for month in MONTHS),
        how=handling(XB, see=how),
    )
    after = told(house, thing.id, XC), reported(house, thing.id, XC)
    same = [
        one.model_copy(update={"moment": ""}) == other.model_copy(update={"moment": ""})
        for one, other in zip(before, after, strict=True)
    ]
    assert same == ([True, True] if how == NOBODY else [False, False])
