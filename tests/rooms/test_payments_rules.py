"""Which deadline rule holds, and who may write one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.core.access import Purpose
from entente.core.problems import Absent, Faulty, NotAllowed, NotYours
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.rooms.bureaus import asker_now
from entente.rooms.payments.rules import (
    MOST_RULES,
    end_rule,
    in_eu,
    keep_rule,
    rule_for,
    rule_of,
    rules,
    shipped,
    shown,
)
from entente.rooms.payments.rules_model import EVENTS, RAILS, ROLLING, UNITS, Rule, RuleForm
from worlds.stage import Clock, Crew

TODAY = date(2026, 1, 15)


@contextmanager
def sitting(house: House, crew: Crew, who: str, writing: bool = True) -> Iterator[Desk]:
    with sit(house, HOUSE_ASKER) as desk:
        asker = asker_now(desk, crew[who].id, Purpose.WANTED, "case 1")
        desk.note("see")
    with sit(house, asker, writing=writing) as desk:
        yield desk
        desk.note("see", what="deadline rules")


def form(**said: object) -> RuleForm:
    usual = {
        "event": "hold-account",
        "jurisdiction": "XA",
        "limit": 7,
        "unit": "wd",
        "valid_from": date(2026, 1, 1),
        "source": "Code of criminal procedure of XA, article 12",
    }
    return RuleForm.model_validate({**usual, **said})


def places(raised: pytest.ExceptionInfo[Faulty]) -> set[str]:
    return {fault.where for fault in raised.value.faults}


# --- which one holds -----------------------------------------------------------------------------


def rule(
    id: str, rail: str = "", jurisdiction: str = "", since: date = date(2020, 1, 1), **said: object
) -> Rule:
    return Rule(id, "hold-account", 1, "wd", since, "Law 1", rail, jurisdiction, **said)  # type: ignore[arg-type]


RANKED = [
    rule("rail and country", "ach", "FR"),
    rule("country, written", "", "FR", bureau=2, written="2026-01-02"),
    rule("country", "", "FR", date(2025, 1, 1)),
    rule("rail and EU", "ach", "EU"),
    rule("EU, newer", "", "EU", date(2024, 1, 1)),
    rule("EU", "", "EU"),
    rule("rail", "ach", "", date(2025, 1, 1)),
    rule("any, written last", bureau=2, written="2026-01-03"),
    rule("any, written", bureau=3, written="2026-01-02"),
    rule("any"),
]
"""The most particular first."""


def test_the_most_particular_rule_wins_then_the_written_then_the_newest() -> None:
    for n in range(len(RANKED)):
        for few in permutations(RANKED[n:], 2):
            wins = min(few, key=RANKED.index)
            assert rule_for(few, "hold-account", "ach", "FR", TODAY) is wins
        assert rule_for(RANKED[n:], "hold-account", "ach", "fr", TODAY) is RANKED[n]
        assert rule_for(RANKED[n:][::-1], "hold-account", "ach", "FR", TODAY) is RANKED[n]


@given(
    st.lists(
        st.builds(
            Rule,
            id=st.sampled_from("abcdef"),
            event=st.sampled_from(("hold-account", "acknowledge")),
            limit=st.just(1),
            unit=st.just("wd"),
            valid_from=st.dates(date(2025, 1, 1), date(2025, 1, 9)),
            source=st.just("Law 1"),
            rail=st.sampled_from(("", "ach", "card")),
            jurisdiction=st.sampled_from(("", "EU", "FR", "US")),
            valid_to=st.none() | st.dates(date(2025, 1, 1), date(2025, 1, 9)),
            bureau=st.sampled_from((-1, 2, 3)),
        ),
        max_size=8,
    ),
    st.sampled_from(("", "FR", "US", "XA", "EU")),
    st.dates(date(2025, 1, 1), date(2025, 1, 9)),
)
def test_the_rule_that_holds_applies_and_none_is_missed_and_order_is_nothing(
    every: list[Rule], country: str, on: date
) -> None:
    found = rule_for(every, "hold-account", "ach", country, on)
    fitting = [
        r
        for r in every
        if r.event == "hold-account"
        and r.rail in ("", "ach")
        and (r.jurisdiction in ("", country) or (r.jurisdiction == "EU" and country == "FR"))
        and r.valid_from <= on <= (r.valid_to or on)
    ]
    assert (found is None) == (not fitting)
    assert found is None or found in fitting
    again = rule_for(every[::-1], "hold-account", "ach", country, on)
    names = ("rail", "jurisdiction", "valid_from", "shipped", "id")
    assert found == again or all(getattr(found, n) == getattr(again, n) for n in names)


def test_a_rule_holds_from_its_first_day_to_its_last() -> None:
    dated = [rule("dated", since=date(2026, 1, 10), valid_to=date(2026, 1, 12))]
    days = [n for n in range(8, 15) if rule_for(dated, "hold-account", "", "XA", date(2026, 1, n))]
    assert days == [10, 11, 12]


def test_the_union_has_its_members_of_the_day() -> None:
    assert in_eu("HR", date(2013, 7, 1)) and not in_eu("HR", date(2013, 6, 30))
    assert in_eu("GB", date(2020, 12, 31)) and not in_eu("GB", date(2021, 1, 1))
    assert not any(in_eu(code, TODAY) for code in ("CH", "NO", "XA", "EU", ""))
    assert sum(in_eu(f"{a}{b}", TODAY) for a in LETTERS for b in LETTERS) == 27


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


# --- what comes with the house ---------------------------------------------------------------------


def held(event: str, rail: str, country: str, on: date = TODAY) -> tuple[int, str] | None:
    found = rule_for(shipped(), event, rail, country, on)
    return (found.limit, found.unit) if found else None


def test_the_rules_that_come_with_the_house_are_those_of_the_field() -> None:
    assert held("hold-transaction", "swift-mx", "FR") == (10, "wd")
    assert held("hold-account", "swift-mx", "DE") == (5, "wd")
    assert held("hold-account", "swift-mx", "XA") is None
    assert held("recall-window", "sepa-sct", "FR") == (13, "mo")
    assert held("recall-answer", "sepa-inst", "FR") == (15, "wd")
    assert held("recall-window", "sepa-sct", "FR", date(2019, 11, 16)) == (10, "wd")
    assert held("recall-answer", "sepa-sct", "FR", date(2019, 11, 16)) == (10, "wd")
    assert held("late-after", "crypto", "XB") == (72, "h")
    assert held("amber-after", "crypto", "XB") == (24, "h")
    assert held("kill-chain", "swift-mt", "US") == (72, "h") and held("kill-chain", "swift-mt", "FR") is None
    assert (held("escalate-1", "", "XB"), held("escalate-2", "", "XB")) == ((30, "min"), (120, "min"))
    assert held("acknowledge", "", "XB") == (30, "min")


def test_each_of_them_is_well_formed_and_says_its_source_and_whether_it_was_checked() -> None:
    assert len({r.id for r in shipped()}) == len(shipped())
    assert {r.event for r in shipped()} == set(EVENTS)
    for r in shipped():
        assert r.shipped and r.rail in ("", *RAILS) and r.unit in UNITS and r.limit > 0
        assert r.source and bool(r.verified_by) == r.verified
        assert not r.rolls or r.unit in ROLLING
    assert not [r.id for r in shipped() if r.verified and r.id.startswith("sepa-recall")]


# --- writing -----------------------------------------------------------------------------------------


def test_a_supervisor_writes_a_rule_for_his_country_and_everybody_goes_by_it(
    house: House, crew: Crew
) -> None:
    with sitting(house, crew, "XA supervisor") as desk:
        kept = keep_rule(desk, form(verified_by="Legal office", verified_on=TODAY))
        assert rule_for(rules(desk), "hold-account", "ach", "XA", TODAY) == rule_of(kept)
    for who in ("XA officer", "XB officer", "XZ analyst"):
        with sitting(house, crew, who, writing=False) as desk:
            found = rule_for(rules(desk), "hold-account", "ach", "XA", TODAY)
            assert found and (found.id, found.limit, found.unit, found.bureau) == (kept.id, 7, "wd", 2)
            told = shown(desk, found)
            assert (told.bureau, told.verified_by, told.source) == (
                "XA",
                "Legal office",
                "Code of criminal procedure of XA, article 12",
            )


def test_a_written_rule_goes_before_one_that_came_with_the_house(house: House, crew: Crew) -> None:
    said = form(event="hold-transaction", jurisdiction="EU", limit=3, valid_from=date(2020, 1, 1))
    with sitting(house, crew, "XZ supervisor") as desk:
        keep_rule(desk, said)
        found = rule_for(rules(desk), "hold-transaction", "ach", "FR", TODAY)
    assert found and (found.limit, found.shipped) == (3, False)


@pytest.mark.parametrize("who", ["XA officer", "XA analyst", "XA contributor", "XA administrator"])
def test_nobody_but_a_supervisor_writes_or_ends_one(house: House, crew: Crew, who: str) -> None:
    with sitting(house, crew, "XA supervisor") as desk:
        kept = keep_rule(desk, form())
    with pytest.raises(NotAllowed), sitting(house, crew, who) as desk:
        keep_rule(desk, form(event="acknowledge"))
    with pytest.raises(NotAllowed), sitting(house, crew, who) as desk:
        end_rule(desk, kept.id)


@pytest.mark.parametrize("place", ["XB", "EU", "", "FR"])
def test_only_the_secretariat_writes_for_another_place(house: House, crew: Crew, place: str) -> None:
    with pytest.raises(Faulty) as raised, sitting(house, crew, "XA supervisor") as desk:
        keep_rule(desk, form(jurisdiction=place))
    assert places(raised) == {"jurisdiction"}
    with sitting(house, crew, "XZ supervisor") as desk:
        assert keep_rule(desk, form(jurisdiction=place)).first("jurisdiction") == place


def test_every_fault_of_a_rule_is_told_at_once(house: House, crew: Crew) -> None:
    wrong = form(
        event="lunch",
        rail="donkey",
        jurisdiction="QQ",
        limit=0,
        unit="fortnight",
        valid_from=date(2026, 2, 1),
        valid_to=date(2026, 1, 31),
        source="me",
        verified_on=date(2026, 1, 16),
    )
    with pytest.raises(Faulty) as raised, sitting(house, crew, "XZ supervisor") as desk:
        keep_rule(desk, wrong)
    every = {
        "event",
        "rail",
        "jurisdiction",
        "limit",
        "unit",
        "valid_to",
        "source",
        "verified_by",
        "verified_on",
    }
    assert places(raised) == every
    with sitting(house, crew, "XZ supervisor") as desk:
        assert rules(desk) == list(shipped())


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"source": ""}, "source"),
        ({"unit": "h", "limit": 8785}, "limit"),
        ({"limit": -1}, "limit"),
        ({"rolls": True}, "rolls"),
        ({"verified_by": "me"}, "verified_on"),
        ({"verified_by": "me", "verified_on": date(2026, 1, 16)}, "verified_on"),
        ({"jurisdiction": "xa"}, "jurisdiction"),
        ({"jurisdiction": "ZZ"}, "jurisdiction"),
    ],
)
def test_a_single_fault_is_told_where_it_is(
    house: House, crew: Crew, said: dict[str, object], where: str
) -> None:
    with pytest.raises(Faulty) as raised, sitting(house, crew, "XA supervisor") as desk:
        keep_rule(desk, form(**said))
    assert places(raised) == {where}


def test_the_same_rule_from_the_same_day_is_not_written_twice(house: House, crew: Crew) -> None:
    with sitting(house, crew, "XA supervisor") as desk:
        keep_rule(desk, form())
        keep_rule(desk, form(rail="ach"))
        keep_rule(desk, form(valid_from=date(2026, 1, 2)))
    with pytest.raises(Faulty) as raised, sitting(house, crew, "XA supervisor") as desk:
        keep_rule(desk, form(limit=9))
    assert places(raised) == {"valid_from"}


def test_a_bureau_has_so_many_rules_and_no_more(
    house: House, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_RULES >= 100
    monkeypatch.setattr("entente.rooms.payments.rules.MOST_RULES", 2)
    with sitting(house, crew, "XB supervisor") as desk:
        keep_rule(desk, form(jurisdiction="XB"))
    with sitting(house, crew, "XA supervisor") as desk:
        keep_rule(desk, form())
        keep_rule(desk, form(rail="ach"))
    with pytest.raises(Faulty) as raised, sitting(house, crew, "XA supervisor") as desk:
        keep_rule(desk, form(rail="card"))
    assert places(raised) == {"event"}


# --- ending ----------------------------------------------------------------------------------------


def test_an_ended_rule_held_until_yesterday(house: House, crew: Crew) -> None:
    with sitting(house, crew, "XA supervisor") as desk:
        kept = keep_rule(desk, form())
    with sitting(house, crew, "XA supervisor") as desk:
        end_rule(desk, kept.id)
    with sitting(house, crew, "XB officer", writing=False) as desk:
        on = [rule_for(rules(desk), "hold-account", "", "XA", date(2026, 1, day)) for day in (14, 15)]
    assert on[0] and on[0].id == kept.id and on[1] is None


def test_a_rule_that_was_over_before_keeps_its_last_day(house: House, crew: Crew, clock: Clock) -> None:
    with sitting(house, crew, "XA supervisor") as desk:
        kept = keep_rule(desk, form(valid_to=date(2026, 1, 16)))
    clock.forward(days=10)
    with sitting(house, crew, "XA supervisor") as desk:
        end_rule(desk, kept.id)
        assert next(r for r in rules(desk) if r.id == kept.id).valid_to == date(2026, 1, 16)


def test_a_rule_that_was_not_in_force_before_today_is_gone(house: House, crew: Crew) -> None:
    with sitting(house, crew, "XA supervisor") as desk:
        kept = keep_rule(desk, form(valid_from=TODAY))
    with sitting(house, crew, "XA supervisor") as desk:
        end_rule(desk, kept.id)
    with sitting(house, crew, "XB officer", writing=False) as desk:
        assert rules(desk) == list(shipped())


def test_another_bureau_ends_no_rule_but_the_secretariat_does(house: House, crew: Crew) -> None:
    with sitting(house, crew, "XA supervisor") as desk:
        kept = keep_rule(desk, form())
    with pytest.raises(NotYours), sitting(house, crew, "XB supervisor") as desk:
        end_rule(desk, kept.id)
    with sitting(house, crew, "XZ supervisor") as desk:
        end_rule(desk, kept.id)
        assert rule_for(rules(desk), "hold-account", "", "XA", TODAY) is None


def test_what_is_no_rule_is_not_there(house: House, crew: Crew) -> None:
    with sitting(house, crew, "XA supervisor") as desk:
        [(_, bureau)] = desk.table(["Bureau"], limit=1)
    for id in (bureau.id, "0" * 32, "eu-hold-account"):
        with pytest.raises(Absent), sitting(house, crew, "XA supervisor") as desk:
            end_rule(desk, id)
