"""Two tellings of one seizure: what speaks for it, what against; the keys lose no pair that counts."""

import json
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from entente.core.things import Body
from entente.match.goods import alike

DAY = date(2026, 3, 1)


def body(
    day: str = "2026-03-01", goods: str = "tobacco.cigarettes", amount: str = "4000", **said: Any
) -> Body:
    line = {"line": 1, "goods": goods, "std": amount, "std_unit": "C62"}
    whole: dict[str, tuple[str, ...]] = {
        "date": (day,),
        "country": ("xb",),
        "place": ("Norport",),
        "item": (json.dumps(line),),
    }
    return whole | {name: value if isinstance(value, tuple) else (value,) for name, value in said.items()}


def likely(one: Body, other: Body) -> float:
    return alike.compare(alike.facts_of(one), alike.facts_of(other)).value


def test_the_same_day_place_goods_and_quantity_are_put_before_a_person() -> None:
    score = alike.compare(alike.facts_of(body()), alike.facts_of(body(amount="3990")))
    assert score.value >= alike.THRESHOLD
    assert {r.rule for r in score.reasons} == {"prior", "date", "goods", "place", "quantity"}


def test_another_country_week_or_sort_of_goods_is_another_seizure() -> None:
    assert likely(body(), body(country="xc")) < 0.1
    assert likely(body(), body(day="2026-03-08")) < 0.1
    assert likely(body(), body(goods="drugs.cocaine")) < 0.1


def test_a_quantity_that_differs_speaks_against_it() -> None:
    assert likely(body(), body(amount="400000", place="")) < likely(body(), body(place=""))


def test_a_shared_container_outweighs_a_place_that_nobody_wrote() -> None:
    box = "CSQU3054383"
    one, other = (
        body(place="", country="", containerNumber=box),
        body(place="", containerNumber=box, amount=""),
    )
    assert likely(one, other) >= alike.THRESHOLD
    assert likely(one, {**other, "containerNumber": ("MSKU1234565",)}) < alike.THRESHOLD


def test_points_are_near_by_their_distance_on_the_earth() -> None:
    assert round(alike.distance((0.0, 0.0), (0.0, 1.0)), 1) == 111.2
    assert alike.distance((10.0, 20.0), (10.0, 20.0)) == 0


CODES = ["tobacco.cigarettes", "tobacco.cigarettes.counterfeit", "tobacco", "drugs.cocaine", "drugs", ""]
DAYS = st.integers(0, 80).map(lambda n: (DAY + timedelta(n)).isoformat())
DATES = (
    DAYS
    | DAYS.map(lambda d: d[:7])
    | DAYS.map(lambda d: d[:4])
    | st.tuples(DAYS, DAYS).map(lambda two: "/".join(sorted(two)))
)


@st.composite
def bodies(draw: st.DrawFn) -> Body:
    said = body(
        draw(DATES),
        draw(st.sampled_from(CODES)),
        draw(st.sampled_from(["", "4000", "4010", "9000"])),
        country=draw(st.sampled_from(["xb", "xc", ""])),
        place=draw(st.sampled_from(["Norport", "Ruvo", ""])),
        locode=draw(st.sampled_from(["", "XBNOR", "XBRUV"])),
        containerNumber=draw(st.sampled_from(["CSQU3054383", ""])),
        batchNumber=draw(st.sampled_from(["", "L-4417"])),
        dateEnd=draw(st.just("") | DAYS),
    )
    return {name: values for name, values in said.items() if values != ("",)}


@settings(max_examples=1500, deadline=None)
@given(bodies(), bodies())
def test_every_pair_that_reaches_the_threshold_is_found_by_its_keys(one: Body, other: Body) -> None:
    a, b = alike.facts_of(one), alike.facts_of(other)
    assert alike.compare(a, b).value == alike.compare(b, a).value
    if alike.compare(a, b).value >= alike.THRESHOLD:
        assert set(alike.asked_keys(a)) & {*alike.kept_keys(b), *b.numbers}
        assert set(alike.asked_keys(b)) & {*alike.kept_keys(a), *a.numbers}


@settings(max_examples=300, deadline=None)
@given(bodies())
def test_a_seizure_is_found_by_its_own_keys(one: Body) -> None:
    facts = alike.facts_of(one)
    kept = {*alike.kept_keys(facts), *facts.numbers}
    assert not kept or set(alike.asked_keys(facts)) & kept
