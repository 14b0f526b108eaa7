"""Figures count what the asker sees, narrowed by one question, and say what they leave out."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.desk import House, sit
from entente.match.goods import columns
from entente.match.goods.taxonomy import TAXONOMY
from entente.rooms.trends.figures import flows
from entente.rooms.trends.figures.frame import Frame, framed, narrowed
from entente.rooms.trends.figures.model import Question
from entente.rooms.trends.figures.sums import grouped
from rooms.figured import XA, XB, XC, asker, body, handling, item, judge, seize, way
from worlds.stage import NOON

ONLY_XB = handling(XB, see=1 << XB)


def frame(house: House, bureau: int = XA, more: tuple[str, ...] = (), **asked: Any) -> Frame:
    with sit(house, asker(bureau), "trend") as desk:
        desk.note("trend")
        return framed(desk, Question(**asked), more)


def told(house: House, bureau: int = XA, **asked: Any) -> flows.Flows:
    with sit(house, asker(bureau), "trend") as desk:
        return flows.flows(desk, Question(**asked))


def test_a_seizure_with_two_lines_is_one_seizure_and_two_lines(house: House) -> None:
    seize(house, body(items=[item(qty=5), item("drugs.cocaine", 7)]))
    found = frame(house)
    assert (found.seizures, len(found)) == (1, 2)
    assert found.weight.tolist() == [1.0, 0.0]


def test_only_what_the_asker_sees_is_counted(house: House) -> None:
    seize(house, body(), body())
    seize(house, body(), how=ONLY_XB)
    assert frame(house, XB).seizures == 3
    assert frame(house, XA).seizures == 2


def test_goods_are_counted_with_all_below_them(house: House) -> None:
    seize(house, *(body(items=[item(code)]) for code in ("drugs.cocaine.salts", "drugs.cannabis", "agro")))
    assert frame(house, goods="drugs").seizures == 2
    assert frame(house, goods="drugs.cocaine").seizures == 1
    assert frame(house, goods="drugs.cocaine.salts").seizures == 1


def test_inspections_without_a_find_are_counted_only_when_asked_for(house: House) -> None:
    seize(house, body(), body(event="inspection_nil"))
    assert frame(house).seizures == 1
    assert frame(house, event=["inspection_nil"]).seizures == 1


@pytest.mark.parametrize(
    ("side", "country", "many"),
    [("any", "xc", 2), ("origin", "xc", 1), ("transit", "xc", 1), ("place", "xc", 0), ("place", "xb", 2)],
)
def test_a_country_narrows_by_a_side_of_the_way(house: House, side: Any, country: str, many: int) -> None:
    seize(house, body(route=way("xc", "xd")), body(route=way("xa", "xc", "xd")))
    assert frame(house, country=[country], side=side).seizures == many


def test_a_period_leaves_out_what_has_no_date_and_counts_it(house: House) -> None:
    seize(house, body("2025-03-01"), body("2025-04"), body("2026"), body(""))
    found = frame(house, since="2025-03", until="2025-04")
    assert found.seizures == 2
    assert found.left_out["undated"] == 1


def test_totals_of_tables_are_never_added_to_single_seizures(house: House) -> None:
    seize(house, body(), body(form="total"), body(form="total"))
    single, totals = frame(house), frame(house, form="total")
    assert (single.seizures, single.left_out["other_form"]) == (1, 2)
    assert (totals.seizures, totals.left_out["other_form"]) == (2, 1)


def test_a_sum_is_in_one_unit_and_says_what_it_leaves_out(house: House) -> None:
    lines = [
        item(qty=5),
        item(qty=2.5),
        item(qty=100, unit="LTR"),
        item(),
        item(qty=10**9, held=True),
    ]
    seize(house, body(items=lines))
    found = frame(house, measure="quantity")
    assert (found.unit, float(np.nansum(found.weight))) == ("KGM", 7.5)
    assert {why: found.left_out[why] for why in ("held", "no_quantity", "other_unit")} == {
        "held": 1,
        "no_quantity": 1,
        "other_unit": 1,
    }
    assert float(np.nansum(frame(house, measure="quantity", unit="LTR").weight)) == 100


def test_currencies_are_never_added(house: House) -> None:
    worth = [("10", "EUR"), ("20", "EUR"), ("7", "USD"), ("", "")]
    seize(house, body(items=[item(value=v, currency=c) for v, c in worth]))
    found = frame(house, measure="value")
    assert (found.currency, float(np.nansum(found.weight))) == ("EUR", 30)
    assert (found.left_out["other_currency"], found.left_out["no_value"]) == (1, 1)


def test_two_seizures_that_are_one_are_counted_once_by_who_sees_both_and_the_verdict(house: House) -> None:
    one, other, third = seize(house, body(), body(), body())
    judge(house, one, other)
    judge(house, other, third, "not-same")
    found = frame(house)
    assert (found.seizures, found.left_out["duplicate"]) == (2, 1)
    assert other.n not in found["n"]


def test_a_verdict_that_the_asker_does_not_see_moves_nothing(house: House) -> None:
    one, other = seize(house, body(), body())
    judge(house, one, other, how=ONLY_XB)
    assert frame(house, XA).seizures == 2
    assert frame(house, XB).seizures == 1


def test_one_of_two_that_are_one_is_counted_where_the_other_is_hidden(house: House) -> None:
    (hidden,) = seize(house, body(), how=ONLY_XB)
    (seen,) = seize(house, body())
    judge(house, hidden, seen)
    assert frame(house, XA).seizures == 1
    assert frame(house, XB).seizures == 1


def test_where_owners_disagree_each_counts_by_its_own_word_and_others_count_two(house: House) -> None:
    (one,), (other,) = seize(house, body()), seize(house, body(), how=handling(XC))
    judge(house, one, other)
    judge(house, other, one, "not-same", handling(XC), at="2026-01-12T12:00:00+00:00")
    assert frame(house, XA).seizures == 2, "the owners do not agree"
    assert frame(house, XB).seizures == 1, "by its own"
    assert frame(house, XC).seizures == 2


def test_three_that_are_one_in_a_chain_are_counted_once(house: House) -> None:
    a, b, c = seize(house, body(), body(), body())
    judge(house, b, c)
    judge(house, c, a)
    assert frame(house)["n"].tolist() == [a.n]


def test_flows_are_counted_and_added_with_shares_and_ranks(house: House) -> None:
    seize(
        house,
        body(items=[item(qty=60)], route=way("xc", "xa", "xd")),
        body(items=[item(qty=30)], route=way("xc", "xa", "xd")),
        body(items=[item(qty=10)], route=way("xa", "", "xd")),
    )
    found = told(house, measure="quantity")
    assert [(f.origin, f.transit, f.destination, f.seizures, f.amount, f.share) for f in found.flows] == [
        ("xc", "xa", "xd", 2, 90.0, 0.9),
        ("xa", "", "xd", 1, 10.0, 0.1),
    ]
    origins = [(s.rank, s.country, s.share) for s in found.shares if s.side == "origin"]
    assert origins == [(1, "xc", 0.9), (2, "xa", 0.1)]


def test_equal_shares_have_one_rank(house: House) -> None:
    seize(house, *(body(country=c) for c in ("xa", "xb", "xb", "xc")))
    places = [(s.country, s.rank) for s in told(house).shares if s.side == "place"]
    assert places == [("xb", 1), ("xa", 2), ("xc", 2)]


def test_legs_follow_the_way_and_the_place_of_the_seizure_stands_before_the_destination(house: House) -> None:
    seize(house, body(country="xb", route=way("xc", "xa", "xd")))
    legs = {(leg.source, leg.target) for leg in told(house).arcs}
    assert legs == {("xc", "xa"), ("xa", "xb"), ("xb", "xd")}


def test_a_way_that_says_only_an_origin_leads_to_where_it_was_seized(house: House) -> None:
    seize(house, body(country="xb", route=[{"role": "origin", "country": "xc"}]))
    assert [(leg.source, leg.target) for leg in told(house).arcs] == [("xc", "xb")]


def test_where_the_departure_is_all_that_is_said_it_stands_for_the_origin(house: House) -> None:
    seize(house, body(route=[{"role": "departure", "country": "xc"}]))
    assert told(house).flows[0].origin == "xc"


# --- sums against counting by hand ---------------------------------------------------------------

ROWS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 3), st.integers(0, 2), st.integers(0, 50)), max_size=40
)


@given(rows=ROWS)
def test_groups_are_what_counting_by_hand_gives(rows: list[tuple[int, int, int, int]]) -> None:
    rows = sorted(rows, key=lambda row: row[0])
    n, a, b, w = (np.array([row[at] for row in rows], np.int64) for at in range(4))
    found = grouped((a, b), n, w.astype(np.float64))
    ids: dict[tuple[int, int], set[int]] = {}
    sums: Counter[tuple[int, int]] = Counter()
    lines: Counter[tuple[int, int]] = Counter()
    for one, x, y, weight in rows:
        ids.setdefault((x, y), set()).add(one)
        sums[x, y] += weight
        lines[x, y] += 1
    keys = [tuple(key) for key in found.keys.tolist()]
    assert keys == sorted(ids)
    assert found.seizures.tolist() == [len(ids[key]) for key in keys]
    assert found.lines.tolist() == [lines[key] for key in keys]
    assert found.weight.tolist() == [float(sums[key]) for key in keys]


GOODS = ("", "drugs", "drugs.cocaine", "drugs.cocaine.salts", "agro.pesticide")
SEIZED = st.builds(
    lambda date, country, form, event, goods, qty, held: body(
        date,
        country,
        [item(code, amount, held=held) for code, amount in zip(goods, qty, strict=False)] or [item("")],
        form=form,
        event=event,
    ),
    st.sampled_from(["", "2024", "2025-02", "2025-02-03", "2025-12-31"]),
    st.sampled_from(["", "xa", "xb"]),
    st.sampled_from(["simple", "long", "total"]),
    st.sampled_from(["seizure", "theft", "inspection_nil"]),
    st.lists(st.sampled_from(GOODS), min_size=1, max_size=3),
    st.lists(st.sampled_from(["", 1, 20]), min_size=3, max_size=3),
    st.booleans(),
)
ASKED = st.builds(
    Question,
    goods=st.sampled_from(GOODS),
    country=st.sampled_from([[], ["xa"]]),
    side=st.sampled_from(["any", "place"]),
    since=st.sampled_from(["", "2025"]),
    form=st.sampled_from(["single", "total"]),
    measure=st.sampled_from(["count", "quantity"]),
)


def by_hand(bodies: list[Mapping[str, list[str]]], asked: Question) -> tuple[int, float]:
    """(seizures, weight) of a question, read from the papers one by one."""
    many, total = 0, 0.0
    for said in bodies:
        if said["eventKind"] == ["inspection_nil"] or (said["form"] == ["total"]) != (asked.form == "total"):
            continue
        if asked.since and not (said.get("date", [""])[0] >= "2025"):
            continue
        if asked.country and said.get("country", [""])[0] not in asked.country:
            continue
        lines = [json.loads(line) for line in said["item"]]
        mine = [x for x in lines if not asked.goods or f"{x['goods']}.".startswith(f"{asked.goods}.")]
        many += bool(mine)
        total += sum(float(x["std"]) for x in mine if x["std"] and not x.get("held"))
    return many, total


@given(bodies=st.lists(SEIZED, max_size=8), asked=ASKED)
def test_a_frame_is_what_reading_the_papers_gives(
    bodies: list[Mapping[str, list[str]]], asked: Question
) -> None:
    read = [columns.rows_of("Seizure", {k: tuple(v) for k, v in one.items()}) for one in bodies]
    n = np.repeat(np.arange(len(read), dtype=np.int64), [len(rows) for rows in read])
    every = np.concatenate(read) if read else np.zeros(0, columns.LAYOUT)
    rows = {"n": n, **{name: every[name] for name in columns.LAYOUT.names or ()}}
    found = narrowed(rows, asked, NOON)
    many, total = by_hand(bodies, asked)
    assert found.seizures == many
    if asked.measure == "quantity":
        assert float(np.nansum(found.weight)) == pytest.approx(total)


def test_no_goods_of_the_tree_lie_outside_the_groups_of_their_level() -> None:
    from entente.rooms.trends.figures.dimensions import below

    for code in ("", "drugs", "drugs.cocaine"):
        nodes = [node for node in TAXONOMY if not code or f"{node.code}.".startswith(f"{code}.")]
        places, keys = below(np.array([node.index for node in nodes], np.uint16), code)
        for node, place in zip(nodes, places.tolist(), strict=True):
            assert f"{node.code}.".startswith(f"{keys[place]}.")
            assert keys[place].count(".") == min(node.depth, code.count(".") + 1 if code else 0)
