"""Links as their ends see them: what is hidden is not there, and moves nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.contracts.stored import ALL, NONE, OPEN, OURS, TODAY, id_of, only, person, put

from entente.core.access import Handling, View
from entente.core.kinds import model
from entente.core.things import Thing
from entente.engines.links import MOST_PAIRS, Bond, Reference, lasting, references
from entente.engines.seams import Store, Transaction

SEVERAL = [Handling(owner=i) for i in range(1, 5)]
LINK = 1000


def linked(store: Store, *links: tuple[int, int, int], handling: Handling = OPEN, **given: Any) -> None:
    """Keep (number, source, target) as associates."""
    for number, a, b in links:
        keep(store, associate(number, a, b, handling=handling, **given))


def associate(number: int, a: int, b: int, handling: Handling = OPEN, **given: Any) -> Thing:
    body = {"person": (id_of(a),), "associate": (id_of(b),), **given.pop("body", {})}
    return person(number, handling, **{"kind": "Associate", "version": 0, "body": body, **given})


def keep(store: Store, *things: Thing) -> None:
    with store.writing() as tx:
        for thing in things:
            tx.things.put(thing, (), references(model()[thing.kind], thing.body, thing.id))


def persons(store: Store, *numbers: int, handling: Handling = OPEN, **given: Any) -> None:
    put(store, *(person(i, handling, version=0, **given) for i in numbers))


def around(store: Store, *numbers: int, view: View = ALL, **narrowed: Any) -> list[Bond]:
    with store.reading() as tx:
        return tx.ties.around([id_of(i) for i in numbers], view, **narrowed)


def far(bonds: Sequence[Bond]) -> list[int]:
    return [int(bond.far, 16) for bond in bonds]


# --- what a link is ------------------------------------------------------------------------------


def test_a_relation_is_told_from_both_its_ends(store: Store) -> None:
    persons(store, 1, 2)
    linked(store, (LINK, 1, 2), body={"startDate": ("2019",), "endDate": ("2021-02",)})
    days = (date(2019, 1, 1), date(2021, 2, 28))
    one, other, link = id_of(1), id_of(2), id_of(LINK)
    assert around(store, 1) == [Bond(one, other, "person", "source", link, "Associate", *days)]
    assert around(store, 2) == [Bond(other, one, "associate", "target", link, "Associate", *days)]
    assert around(store, LINK) == []


def test_a_plain_property_links_the_thing_itself_with_what_it_names(store: Store) -> None:
    persons(store, 1)
    keep(store, person(2, kind="Passport", body={"holder": (id_of(1),)}))
    one, passport = id_of(1), id_of(2)
    assert around(store, 1) == [Bond(one, passport, "holder", "named", passport, "Passport")]
    assert around(store, 2) == [Bond(passport, one, "holder", "names", passport, "Passport")]
    with store.reading() as tx:
        assert [(prop, t.id) for prop, t in tx.ties.links(one, ALL)] == [("holder", passport)]
        assert tx.ties.links(passport, ALL) == []


def test_what_the_house_notes_of_things_is_no_link(store: Store) -> None:
    persons(store, 1)
    put(store, person(2, kind="Hit"), to=(Reference("record", id_of(1)),))
    assert around(store, 1) == [] and around(store, 2) == []
    with store.reading() as tx:
        assert [prop for prop, _ in tx.ties.links(id_of(1), ALL)] == ["record"]


def test_a_relation_of_several_ends_links_each_with_each_and_is_named_once(store: Store) -> None:
    persons(store, 1, 2, 3, 4)
    ends = {"person": (id_of(1), id_of(2)), "associate": (id_of(3), id_of(4))}
    keep(store, person(LINK, kind="Associate", body=ends))
    assert far(around(store, 1)) == [3, 4] and far(around(store, 4)) == [1, 2]
    with store.reading() as tx:
        assert [(prop, t.id) for prop, t in tx.ties.links(id_of(1), ALL)] == [("person", id_of(LINK))]
        assert tx.ties.counted([id_of(3)], ALL) == [(id_of(3), "Associate", "target", 2)]


def test_a_link_of_a_thing_with_itself_is_told_from_each_side(store: Store) -> None:
    persons(store, 1)
    linked(store, (LINK, 1, 1))
    assert [(b.side, b.far) for b in around(store, 1)] == [("source", id_of(1)), ("target", id_of(1))]


def test_a_relation_with_one_end_leads_nowhere_but_is_found(store: Store) -> None:
    persons(store, 1)
    keep(store, person(LINK, kind="Associate", body={"person": (id_of(1),)}))
    assert around(store, 1) == []
    with store.reading() as tx:
        assert [prop for prop, _ in tx.ties.links(id_of(1), ALL)] == ["person"]


# --- what may be seen ----------------------------------------------------------------------------


def test_a_hidden_near_end_link_or_far_end_is_not_there(store: Store) -> None:
    persons(store, 1, 2)
    persons(store, 3, handling=OURS)
    linked(store, (LINK, 1, 2), (LINK + 1, 1, 3))
    linked(store, (LINK + 2, 1, 2), handling=OURS)
    assert [(b.link, b.far) for b in around(store, 1, view=only(0))] == [(id_of(LINK), id_of(2))]
    assert around(store, 3, view=only(0)) == [] and around(store, 1, view=NONE) == []
    assert len(around(store, 1)) == 3
    with store.reading() as tx:
        assert tx.ties.counted([id_of(1), id_of(3)], only(0)) == [(id_of(1), "Associate", "source", 1)]
        assert tx.ties.counted([id_of(1)], NONE) == []


def test_an_end_that_is_not_kept_yet_is_not_there(store: Store) -> None:
    persons(store, 1)
    linked(store, (LINK, 1, 2))
    assert around(store, 1) == [] and around(store, 2) == []
    persons(store, 2)
    assert far(around(store, 1)) == [2]


def test_what_has_expired_leads_nowhere(store: Store) -> None:
    persons(store, 1, 2)
    persons(store, 3, expires=TODAY)
    linked(store, (LINK, 1, 2), (LINK + 1, 1, 3))
    linked(store, (LINK + 2, 1, 2), expires=TODAY)
    assert [b.link for b in around(store, 1)] == [id_of(LINK)] and around(store, 3) == []
    assert len(around(store, 1, view=replace(ALL, today=TODAY - timedelta(1)))) == 3


def test_hidden_links_of_a_hub_take_no_place_under_the_limit(store: Store) -> None:
    persons(store, *range(1, 40))
    persons(store, *range(40, 60), handling=OURS)
    linked(store, *((LINK + i, 1, i) for i in range(2, 20)), handling=OURS)
    linked(store, *((LINK + i, 1, i) for i in range(20, 60)))
    assert far(around(store, 1, view=only(0), each=5)) == [20, 21, 22, 23, 24]
    assert far(around(store, 1, view=only(0))) == list(range(20, 40))
    with store.reading() as tx:
        assert tx.ties.counted([id_of(1)], only(0)) == [(id_of(1), "Associate", "source", 20)]


def test_limits_hold_for_each_end_and_for_all(store: Store) -> None:
    persons(store, *range(1, 10))
    linked(store, *((LINK + i, 1, i) for i in range(2, 10)))
    keep(store, associate(LINK + 20, 9, 2, kind="Family", body={"relative": (id_of(2),)}))
    assert far(around(store, 1, 9, each=3)) == [2, 3, 4, 1, 2]
    assert far(around(store, 9, 1, each=3, most=4)) == [2, 3, 4, 1]
    assert far(around(store, 9, kinds=["Family", "Associate"])) == [1, 2]
    assert far(around(store, 9, kinds=["Family", "Associate"], each=1)) == [1]
    assert far(around(store, 9, kinds=["Family"])) == [2] and around(store, 9, kinds=["Payment"]) == []
    assert far(around(store, 9, sides=["target"])) == [1] and around(store, 1, sides=["target"]) == []
    for nothing in (0, -1):
        assert around(store, 1, each=nothing) == [] and around(store, 1, most=nothing) == []
    assert around(store) == []
    with store.reading() as tx:
        assert tx.ties.around(["", "zz", id_of(1).upper() + " "], ALL) == []
        assert tx.ties.counted(["zz"], ALL) == []


# --- what changes --------------------------------------------------------------------------------


def test_a_new_label_holds_for_the_links_too(store: Store) -> None:
    persons(store, 1, 2)
    linked(store, (LINK, 1, 2))
    linked(store, (LINK, 1, 2), handling=OURS)
    assert around(store, 1, view=only(0)) == [] and far(around(store, 1)) == [2]
    linked(store, (LINK, 1, 2))
    persons(store, 2, handling=OURS)
    assert around(store, 1, view=only(0)) == [] and around(store, 2, view=only(0)) == []
    persons(store, 2)
    assert far(around(store, 1, view=only(0))) == [2]
    linked(store, (LINK, 1, 2), expires=TODAY)
    assert around(store, 1) == []


def test_what_a_link_was_before_does_not_count(store: Store) -> None:
    persons(store, 1, 2, 3)
    linked(store, (LINK, 1, 2))
    linked(store, (LINK, 1, 3), kind="UnknownLink", body={"subject": (id_of(1),), "object": (id_of(3),)})
    assert far(around(store, 1)) == [3] and around(store, 2) == []
    assert around(store, 1, kinds=["Associate"]) == []


def test_what_is_erased_leads_nowhere_and_may_come_back(store: Store) -> None:
    from tests.contracts.stored import NOW

    persons(store, 1, 2, 3)
    linked(store, (LINK, 1, 2), (LINK + 1, 1, 3))
    with store.writing() as tx:
        tx.upkeep.erase([id_of(LINK), id_of(3)], NOW)
    assert around(store, 1) == [] and around(store, 2) == [] and around(store, 3) == []
    linked(store, (LINK, 1, 2))
    persons(store, 3)
    assert far(around(store, 1)) == [2, 3]


def test_links_kept_in_bulk_are_changed_in_bulk(store: Store) -> None:
    persons(store, *range(1, 10))
    links = [associate(LINK + i, 1, i) for i in range(2, 10)]

    def load(things: list[Thing]) -> int:
        with store.writing() as tx:
            return tx.things.put_many([(t, (), references(model()[t.kind], t.body, t.id)) for t in things])

    assert (load(links), load(links)) == (8, 0)
    dated = replace(links[0], body={**links[0].body, "date": ("2020",)})
    assert load([dated, *links[1:]]) == 1
    assert far(around(store, 1, since=date(2020, 5, 1), until=date(2020, 5, 2))) == [2]
    assert load([replace(t, handling=OURS) for t in links]) == 8
    assert around(store, 1, view=only(0)) == [] and len(around(store, 1)) == 8


# --- days ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "days"),
    [
        ({"startDate": ["2019-02"]}, (date(2019, 2, 1), None)),
        ({"endDate": ["2020-02"]}, (None, date(2020, 2, 29))),
        ({"date": ["2020"]}, (date(2020, 1, 1), date(2020, 12, 31))),
        ({"date": ["2020-01-05", "2019-03"]}, (date(2019, 3, 1), date(2020, 1, 5))),
        ({"startDate": ["2021", "2019-05-06"], "endDate": ["2022"]}, (date(2019, 5, 6), date(2022, 12, 31))),
        ({"startDate": ["2019"], "date": ["2020"]}, (date(2019, 1, 1), None)),
        ({"date": ["../2020"]}, (None, date(2020, 12, 31))),
        ({"startDate": ["2019-05-06T07:08:09"]}, (date(2019, 5, 6), None)),
        ({}, (None, None)),
    ],
)
def test_a_partial_date_is_as_wide_as_it_may_mean(
    body: dict[str, list[str]], days: tuple[date | None, date | None]
) -> None:
    clean = model().clean("Associate", {"person": id_of(1), "associate": id_of(2), **body})
    assert lasting(model()["Associate"], clean) == days


def test_a_window_holds_the_links_that_have_a_day_in_it(store: Store) -> None:
    persons(store, *range(1, 7))
    bodies = (
        {},
        {"startDate": ("2018",)},
        {"endDate": ("2018",)},
        {"date": ("2018",)},
        {"date": ("2020-03",)},
    )
    for i, body in enumerate(bodies, 2):
        linked(store, (LINK + i, 1, i), body=body)
    assert far(around(store, 1)) == [2, 3, 4, 5, 6]
    assert far(around(store, 1, since=date(2020, 3, 31))) == [3, 6]
    assert far(around(store, 1, since=date(2020, 4, 1))) == [3]
    assert far(around(store, 1, until=date(2018, 1, 1))) == [3, 4, 5]
    assert far(around(store, 1, until=date(2017, 12, 31))) == [4]
    assert far(around(store, 1, since=date(2018, 12, 31), until=date(2020, 3, 1))) == [3, 4, 5, 6]
    with store.reading() as tx:
        assert [row[3] for row in tx.ties.counted([id_of(1)], ALL, since=date(2020, 4, 1))] == [1]
        assert [row[3] for row in tx.ties.counted([id_of(1)], ALL, until=date(2018, 1, 1))] == [3]


def test_a_relation_of_very_many_ends_is_cut_but_names_them_all() -> None:
    body = {
        "person": tuple(id_of(i) for i in range(400)),
        "associate": tuple(id_of(i) for i in range(400, 700)),
    }
    made = references(model()["Associate"], body, id_of(LINK))
    assert len(made) <= 4 * MOST_PAIRS
    assert {r.to for r in made} == {*body["person"], *body["associate"]}
    ends = {(r.to, r.far) for r in made}
    assert ends == {(b, a) for a, b in ends}


# --- every question against brute force ----------------------------------------------------------

NUMBERS = range(1, 6)
numbers = st.sampled_from(NUMBERS)
drawn_persons = st.builds(
    person,
    numbers,
    st.sampled_from(SEVERAL),
    version=st.just(0),
    expires=st.sampled_from([TODAY, TODAY + timedelta(1)]),
)
texts = st.sampled_from([(), ("2019",), ("2020-05",), ("2021-03-04",)])
sets = st.lists(numbers.map(id_of), max_size=2, unique=True).map(tuple)


def relation(number: int, kind: str, ends: tuple[Any, Any], start: Any, end: Any, **given: Any) -> Thing:
    edge = model()[kind].edge
    names = (edge.source, edge.target) if edge else ("holder", "")
    body = dict(zip(names, ends, strict=True)) | {"startDate": start, "endDate": end}
    body = {name: values for name, values in body.items() if name and values}
    return person(LINK + number, kind=kind, body=body, version=0, **given)


drawn_links = st.builds(
    relation,
    st.integers(1, 6),
    st.sampled_from(["Associate", "Payment", "Passport"]),
    st.tuples(sets, sets),
    texts,
    texts,
    handling=st.sampled_from(SEVERAL),
    expires=st.sampled_from([TODAY, TODAY + timedelta(1), TODAY + timedelta(9)]),
)
worlds = st.lists(st.one_of(drawn_persons, drawn_links, st.integers(1, 5), drawn_links), max_size=25)
questions = st.fixed_dictionaries(
    {
        "ids": st.lists(st.sampled_from([*NUMBERS, LINK + 1, LINK + 2]).map(id_of), max_size=4),
        "kinds": st.lists(st.sampled_from(["Associate", "Payment", "Passport"]), max_size=2),
        "sides": st.lists(st.sampled_from(["source", "target", "named", "names"]), max_size=3),
        "since": st.sampled_from([None, date(2019, 7, 1), date(2021, 1, 1)]),
        "until": st.sampled_from([None, date(2019, 1, 1), date(2020, 6, 1)]),
        "each": st.sampled_from([1, 2, 50]),
        "most": st.sampled_from([1, 3, 2000]),
    }
)


def by_hand(things: dict[str, Thing], view: View, asked: dict[str, Any]) -> list[Bond]:
    """All links, from the things that are seen alone."""
    seen = {id: t for id, t in things.items() if view.holds(t.class_id) and t.expires > view.today}
    found = set()
    for link in seen.values():
        first, last = lasting(model()[link.kind], link.body)
        if asked["since"] or asked["until"]:
            days = (first or date.min, last or date.max)
            window = (asked["since"] or date.min, asked["until"] or date.max)
            if not (first or last) or days[0] > window[1] or days[1] < window[0]:
                continue
        if edge := model()[link.kind].edge:
            ends = [(a, b) for a in link.body.get(edge.source, ()) for b in link.body.get(edge.target, ())]
            props, sides = (edge.source, edge.target), ("source", "target")
        else:
            ends = [(link.id, to) for to in link.body.get("holder", ())]
            props, sides = ("holder", "holder"), ("names", "named")
        for a, b in ends:
            found.add(Bond(a, b, props[0], sides[0], link.id, link.kind, first, last))
            found.add(Bond(b, a, props[1], sides[1], link.id, link.kind, first, last))
    return sorted(
        (b for b in found if b.near in asked["ids"] and b.near in seen and b.far in seen),
        key=lambda b: (b.near, b.kind, b.side, b.far, things[b.link].n),
    )


def check(tx: Transaction, things: dict[str, Thing], view: View, asked: dict[str, Any]) -> None:
    every = by_hand(things, view, asked)
    many: dict[tuple[str, str, str], int] = {}
    for bond in every:
        many[bond.near, bond.kind, bond.side] = many.get((bond.near, bond.kind, bond.side), 0) + 1
    counted = tx.ties.counted(asked["ids"], view, asked["since"], asked["until"])
    assert counted == [(*of, many[of]) for of in sorted(many)]
    kept: list[Bond] = []
    for bond in every:
        if asked["kinds"] and bond.kind not in asked["kinds"]:
            continue
        if asked["sides"] and bond.side not in asked["sides"]:
            continue
        if sum(b.near == bond.near for b in kept) < asked["each"]:
            kept.append(bond)
    assert tx.ties.around(view=view, **asked) == kept[: asked["most"]]


@settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_every_expansion_is_that_of_the_visible_things(store: Store, data: st.DataObject) -> None:
    from tests.contracts.stored import NOW

    with store.writing() as tx:  # the store is the same for each world drawn
        tx.upkeep.erase([*map(id_of, NUMBERS), *(id_of(LINK + i) for i in range(7))], NOW)
    for step in data.draw(worlds):
        if isinstance(step, int):
            with store.writing() as tx:
                tx.upkeep.erase([id_of(step)], NOW)
        else:
            keep(store, step)
    with store.reading() as tx:
        everything = replace(ALL, today=date.min)
        known = tx.things.get([*map(id_of, NUMBERS), *(id_of(LINK + i) for i in range(7))], everything)
        things = {thing.id: thing for thing in known}
        for _ in range(4):
            byte_map = bytes(data.draw(st.lists(st.integers(0, 1), min_size=4, max_size=8)))
            check(tx, things, View(byte_map, (), TODAY), data.draw(questions))
