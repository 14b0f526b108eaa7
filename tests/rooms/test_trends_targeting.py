"""Lists of targets: ranked with reasons, mixed with a sample by chance, approved, checked blindly, scored."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from entente.core.access import EVERYONE, NOBODY, Asker
from entente.core.problems import Absent, Faulty, NotAllowed
from entente.desk import HOUSE_ASKER, House, sit
from entente.rooms.bureaus import alerts_here
from entente.rooms.trends.figures import finding
from entente.rooms.trends.operations import lists, service
from entente.rooms.trends.operations import model as m
from rooms.figured import XA, XB, XC, asker, body, handling, item, seize, way
from rooms.targeted import PESTICIDE, traffic
from worlds.stage import Crew

OWN = handling(XA, see=NOBODY)


@pytest.fixture
def maker(crew: Crew) -> Asker:
    return replace(asker(XA), officer=crew["XA officer"].id)


def made(house: House, who: Asker, **said: Any) -> m.TargetList:
    form = m.ListForm.model_validate({"name": "Autumn", **said})
    with sit(house, who, "target", writing=True) as desk:
        return lists.shown(desk, lists.propose(desk, form))


def opened(house: House, who: Asker, id: str) -> m.TargetList:
    with sit(house, who, "target") as desk:
        return lists.opened(desk, id)


def step(house: House, who: Asker, id: str, to: str, why: str = "so") -> None:
    with sit(house, who, "target", writing=True) as desk:
        desk.note("target")
        version = desk.look(id).version
        lists.step(desk, id, m.ListStep.model_validate({"version": version, "to": to, "why": why}))


def report(house: House, who: Asker, id: str, target: int, result: str, **more: str) -> None:
    form = m.ResultForm.model_validate({"target": target, "result": result, **more})
    with sit(house, who, "trend", writing=True) as desk:
        desk.note("trend")
        lists.report(desk, id, form)


def test_the_way_that_is_hit_most_stands_first_with_its_reasons(house: House, maker: Asker) -> None:
    traffic(house)
    found = made(house, maker, sorts=["route"], targets=3, control=4)
    first = found.targets[0]
    assert first.what == {"origin": "xc", "destination": "xb", "mode": "sea", "goods": "agro"}
    assert first.seizures == 12 and first.points == sum(r.points for r in first.reasons)
    often = next(r for r in first.reasons if r.what == "often")
    assert (often.points, often.n) == (37, 12)
    assert [t.control for t in found.targets] == [False] * 3 + [True] * 4
    assert found.state == "proposed"


def test_checks_teach_which_ways_are_worth_it(house: House, maker: Asker) -> None:
    dice = np.random.default_rng(2)
    bodies = []
    for n in range(600):
        risky = n % 4 == 0
        hit = dice.random() < (0.5 if risky else 0.05)
        route = way("xc" if risky else "xd", "xb")
        event = "seizure" if hit else "inspection_nil"
        bodies.append(
            body(f"2025-{1 + n // 60:02}-{1 + n % 28:02}", event=event, route=route, items=PESTICIDE)
        )
    seize(house, *bodies)
    found = made(house, maker, sorts=["route"], targets=1)
    reason = next(r for r in found.targets[0].reasons if r.what == "origin")
    assert (reason.value, found.targets[0].what["origin"]) == ("xc", "xc")
    assert reason.points > 10 and 0 < reason.hits < reason.n and found.learnt == ""


def test_where_no_check_was_in_vain_nothing_is_learnt_and_that_is_said(house: House, maker: Asker) -> None:
    seize(house, body(items=PESTICIDE, route=way("xc", "xb")))
    found = made(house, maker, sorts=["route"])
    assert "too few checks" in found.learnt
    assert {r.what for r in found.targets[0].reasons} == {"often"}


def test_a_finding_adds_points_and_one_judged_an_artefact_does_not(house: House, maker: Asker) -> None:
    traffic(house)

    def keep(state: str, reporting: str = "", ratio: float = 3.0) -> None:
        said = {
            "sort": ["break"],
            "state": [state],
            "series": [json.dumps({"goods": "agro.pesticide", "place": "xb"})],
            "period": ["2025-04"],
            "figures": [json.dumps({"ratio": ratio})],
            "reporting": [reporting] if reporting else [],
        }
        with sit(house, HOUSE_ASKER, "trend", writing=True) as desk:
            keys = finding.keys(XA, state, "x")
            desk.keep("TrendFinding", {k: v for k, v in said.items() if v}, OWN, keys=keys)
            desk.note("trend")

    for state, reporting, ratio in (("artefact", "", 3), ("new", "yes", 3), ("new", "", 0.4)):
        keep(state, reporting, ratio)
    plain = made(house, maker, sorts=["route"]).targets[0]
    assert all(r.what != "break" for r in plain.reasons)
    keep("confirmed")
    found = made(house, maker, sorts=["route"]).targets[0]
    assert found.points == plain.points + 20
    assert any(r.what == "break" and r.value == "agro.pesticide" for r in found.reasons)


def test_places_are_ranked_and_consignees_come_from_papers_that_one_sees(house: House, maker: Asker) -> None:
    things = seize(
        house,
        *(
            body(items=PESTICIDE, locode="XBAAA", placeKind="seaport", route=way("xc", "xb"))
            for _ in range(3)
        ),
    )
    with sit(house, HOUSE_ASKER, "contribute", writing=True) as desk:
        for thing, name, owner in (
            (things[0], "Acme Ltd", XA),
            (things[1], "ACME LTD", XA),
            (things[2], "Zed", XB),
        ):
            line = json.dumps({"line": 1, "role": "consignee", "name": name})
            raw = {"seizure": [thing.id], "party": [line]}
            desk.keep("SeizureParties", raw, handling(owner, see=NOBODY))
        desk.note("contribute")
    found = made(house, maker).targets
    place = next(t for t in found if t.sort == "place")
    assert place.what == {"country": "xb", "locode": "XBAAA", "place_kind": "seaport"} and place.seizures == 3
    assert [(t.what["name"].upper(), t.seizures) for t in found if t.sort == "consignee"] == [("ACME LTD", 2)]


def test_nothing_to_look_at_is_told(house: House, maker: Asker) -> None:
    with pytest.raises(Faulty) as problem:
        made(house, maker)
    assert [fault.where for fault in problem.value.faults] == ["question"]


def test_a_machine_proposes_no_list(house: House) -> None:
    traffic(house)
    with pytest.raises(NotAllowed):
        made(house, asker(XA))


# --- its way ---------------------------------------------------------------------------------------


def test_another_officer_approves_and_the_alert_is_settled(house: House, crew: Crew, maker: Asker) -> None:
    traffic(house)
    found = made(house, maker)
    assert found.next == ["withdrawn"]
    with sit(house, maker, "see") as desk:
        desk.note("see")
        assert [a.first("object") for a in alerts_here(desk)] == [found.id]
    with pytest.raises(NotAllowed, match="Another officer"):
        step(house, maker, found.id, "approved")
    other = replace(maker, officer=crew["XA chief"].id)
    step(house, other, found.id, "approved")
    assert opened(house, maker, found.id).state == "approved"
    with sit(house, maker, "see") as desk:
        desk.note("see")
        assert alerts_here(desk) == []
    with pytest.raises(Faulty):
        step(house, maker, found.id, "fed_back")


@pytest.fixture
def checking(house: House, crew: Crew, maker: Asker) -> m.TargetList:
    traffic(house)
    found = made(house, maker, sorts=["route"], targets=6, control=6)
    step(house, replace(maker, officer=crew["XA chief"].id), found.id, "approved")
    with pytest.raises(Faulty):
        report(house, maker, found.id, 1, "hit")
    step(house, maker, found.id, "on_site")
    return found


def test_results_come_back_and_are_scored_against_the_sample(
    house: House, maker: Asker, checking: m.TargetList
) -> None:
    for n, target in enumerate(checking.targets):
        result = "hit" if (not target.control and n < 4) or n == 6 else "nil" if n % 2 else "not_checked"
        report(house, maker, checking.id, target.n, result, note="seen" if n == 0 else "")
    step(house, maker, checking.id, "fed_back")
    found = opened(house, maker, checking.id)
    score = found.score
    assert (score.checked, score.hits, score.control_checked, score.control_hits) == (5, 4, 4, 1)
    assert score.lift == pytest.approx((4.5 / 6) / (1.5 / 5)) and score.low is not None and score.low < 1
    assert found.targets[0].note == "seen"
    with pytest.raises(Faulty) as problem:
        report(house, maker, checking.id, 99, "hit", seizure="ab" * 16)
    assert {fault.where for fault in problem.value.faults} == {"state", "target", "seizure"}


def test_a_later_word_on_a_target_replaces_the_earlier(
    house: House, maker: Asker, checking: m.TargetList
) -> None:
    report(house, maker, checking.id, 2, "hit")
    report(house, maker, checking.id, 2, "nil")
    with sit(house, maker, "trend") as desk:
        assert [check.result for check in lists.sheet(desk, checking.id).checks][:3] == ["", "nil", ""]


def test_those_who_check_cannot_tell_what_was_drawn_by_chance(house: House, maker: Asker) -> None:
    traffic(house)
    mixes = []
    for _ in range(6):
        found = made(house, maker, sorts=["route"], targets=6, control=6)
        with sit(house, maker, "trend") as desk:
            sheet = lists.sheet(desk, found.id)
        assert set(m.Check.model_fields) == {"n", "sort", "what", "result", "note"}
        assert [check.n for check in sheet.checks] == list(range(1, 13))
        mixes.append([t.control for t in sorted(found.targets, key=lambda t: t.n)])
    assert len({tuple(mix) for mix in mixes}) > 1 and not all(mix[0] is False for mix in mixes)


# --- who sees it -----------------------------------------------------------------------------------


def shared(house: House, crew: Crew, maker: Asker) -> m.TargetList:
    with sit(house, maker, "target", writing=True) as desk:
        form = {
            "name": "O",
            "since": "2025-07-01",
            "until": "2025-09-30",
            "countries": ["xb"],
            "members": ["XB"],
        }
        operation = service.plan(desk, m.OperationForm.model_validate(form))
    found = made(house, maker, operation=operation.id, shared=True, targets=50)
    step(house, replace(maker, officer=crew["XA chief"].id), found.id, "approved")
    step(house, maker, found.id, "on_site")
    return found


def test_a_list_for_members_rests_only_on_own_seizures_that_all_of_them_see(
    house: House, crew: Crew, maker: Asker
) -> None:
    for country, how in (
        ("xc", handling(XA)),
        ("xd", handling(XA, see=1 << XB)),
        ("xe", handling(XA, see=NOBODY)),
        ("xf", handling(XA, see=1 << XC)),
        ("xg", handling(XB)),
        ("xh", handling(XC, see=EVERYONE)),
    ):
        seize(house, body(items=PESTICIDE, route=way(country, "xb")), how=how)
    found = shared(house, crew, maker)
    assert sorted(t.what["origin"] for t in found.targets if t.sort == "route") == ["xc", "xd"]
    theirs = opened(house, asker(XB), found.id)
    assert (theirs.mine, theirs.next, theirs.targets) == (False, [], found.targets)
    with pytest.raises(Absent):
        opened(house, asker(XC), found.id)


def test_a_members_result_is_its_own_and_the_lists_owners(house: House, crew: Crew, maker: Asker) -> None:
    seize(house, body(items=PESTICIDE, route=way("xc", "xb")), how=handling(XA))
    found = shared(house, crew, maker)
    report(house, asker(XB), found.id, 1, "hit", note="two tonnes")
    report(house, maker, found.id, 1, "nil")
    assert opened(house, maker, found.id).targets[0].result == "hit"
    assert opened(house, asker(XB), found.id).targets[0].note == "two tonnes"
    assert opened(house, maker, found.id).score.hits == 1


def test_nobody_sees_a_list_before_it_is_approved_or_when_it_was_withdrawn(
    house: House, crew: Crew, maker: Asker
) -> None:
    seize(house, body(items=PESTICIDE, route=way("xc", "xb")), how=handling(XA))
    found = shared(house, crew, maker)
    assert opened(house, asker(XB), found.id).state == "on_site"
    step(house, maker, found.id, "withdrawn")
    with pytest.raises(Absent):
        opened(house, asker(XB), found.id)


def test_an_operation_narrows_its_list_to_its_countries_and_goods(house: House, maker: Asker) -> None:
    traffic(house)
    seize(house, body("2025-05-02", items=[item("drugs.cocaine", 3)], route=way("xc", "xb")))
    with sit(house, maker, "target", writing=True) as desk:
        form = {
            "name": "O",
            "since": "2025-07-01",
            "until": "2025-09-30",
            "countries": ["xc"],
            "goods": ["agro"],
        }
        operation = service.plan(desk, m.OperationForm.model_validate(form))
    found = made(house, maker, operation=operation.id, sorts=["route"], targets=50)
    assert [t.what["origin"] for t in found.targets] == ["xc"]
    assert found.seizures == 12 and (found.question["country"], found.question["goods"]) == (["xc"], "agro")


def test_a_list_for_nobody_is_refused(house: House, maker: Asker) -> None:
    traffic(house)
    with pytest.raises(Faulty) as problem:
        made(house, maker, shared=True)
    assert [fault.where for fault in problem.value.faults] == ["shared"]


@pytest.mark.parametrize("how", [NOBODY, EVERYONE], ids=["hidden", "shown"])
def test_what_the_maker_may_not_see_moves_no_target(house: House, maker: Asker, how: int) -> None:
    traffic(house)
    before = made(house, maker, targets=10, control=1)
    hidden = [body(items=PESTICIDE, route=way("xz", "xa"), locode="XBQQQ") for _ in range(60)]
    seize(house, *hidden, how=handling(XB, see=how))
    after = made(house, maker, targets=10, control=1)
    ranked = [
        sorted((str(t.what), t.points) for t in one.targets if not t.control) for one in (before, after)
    ]
    assert (ranked[0] == ranked[1]) == (how == NOBODY)
