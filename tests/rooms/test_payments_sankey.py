"""The pictures of a trace: they lose no cent of what they draw, fit their frame, and hurt no page."""

import re
from collections import Counter
from collections.abc import Sequence
from math import isclose
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from entente.match.taint import RULES, Payment, Seed, Trace, follow, make
from entente.rooms.payments.traces import sankey, timeline
from entente.rooms.payments.traces.traces_found import Found, found_in, gathered, kept, lines, parts
from entente.rooms.payments.traces.transfers_said import masked

SVG = "{http://www.w3.org/2000/svg}"


def found(payments: Sequence[Payment], seeds: Sequence[Seed], rules: Sequence[str] = RULES) -> Found:
    transfers = make(payments)
    traces: dict[str, Trace] = {rule: follow(transfers, seeds, rule) for rule in rules}
    victims = next(iter(traces.values())).victims
    told = [
        (s.row, victims.index(s.victim), int(transfers.amount[s.row]) if s.amount is None else s.amount)
        for s in seeds
    ]
    return gathered(transfers, traces, told)


@st.composite
def histories(draw: st.DrawFn) -> Found:
    """Payments among a few accounts, some of them stolen, with amounts of any size."""
    pairs = st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda p: p[0] != p[1])
    amounts = st.one_of(st.integers(1, 10_000), st.integers(1, 10**30))
    rows = draw(st.lists(st.tuples(pairs, st.integers(1_700_000_000, 1_700_600_000), amounts), min_size=1))
    made = [Payment(f"A{a}", f"A{b}", at, amount, "EUR") for (a, b), at, amount in rows]
    stolen = draw(st.lists(st.integers(0, len(made) - 1), min_size=1, max_size=4, unique=True))
    return found(made, [Seed(row, f"victim {n}") for n, row in enumerate(stolen)])


CHAIN = [
    Payment("XA-00000001", "XB-00000002", 1_700_000_000, 10_000, "EUR"),
    Payment("XB-00000002", "XC-00000003", 1_700_003_600, 6_000, "EUR"),
    Payment("XB-00000002", "XC-00000004", 1_700_003_600, 1_000, "EUR"),
    Payment("XC-00000003", "XB-00000002", 1_700_007_200, 500, "EUR"),
]
FOUND = found(CHAIN, [Seed(0, "Ada")])


@given(histories())
@settings(max_examples=30)
def test_ribbons_carry_every_cent_that_the_table_tells(told: Found) -> None:
    for rule in RULES:
        for most in (60, 3):
            flow = sankey.flow_of(told, rule, 0, most)
            carried = sum(units for whose in parts(told, rule).values() for _, units in whose)
            assert sum(ribbon.units for ribbon in flow.ribbons) + flow.inside == carried
            assert sum(box.many for box in flow.boxes.values()) == len(lines(told, rule, 0))
            alone = [box for box in flow.boxes.values() if box.key >= 0]
            assert len(alone) <= most
            for box in alone:
                assert sum(r.units for r in box.ins) == box.came
                assert sum(r.units for r in box.outs) == box.went


@given(histories())
@settings(max_examples=20)
def test_what_is_kept_of_a_trace_is_what_was_found(told: Found) -> None:
    again = found_in(kept(told))
    assert kept(again) == kept(told)
    for rule in RULES:
        assert again.traces[rule].balances() == told.traces[rule].balances()
        assert parts(again, rule) == parts(told, rule)
        assert lines(again, rule, 0) == lines(told, rule, 0)


@given(histories())
@settings(max_examples=12)
def test_pictures_are_well_formed_and_stay_in_their_frame(told: Found) -> None:
    for rule in RULES:
        for made in (sankey.drawn(told, rule, 0, "Ada & <Bo>"), timeline.drawn(told, rule, "Ada & <Bo>")):
            root = ElementTree.fromstring(made)
            width, height = float(root.get("width", "0")), float(root.get("height", "0"))
            for rect in root.iter(f"{SVG}rect"):
                assert float(rect.get("x", "0")) + float(rect.get("width", "0")) <= width + 0.2
                assert float(rect.get("y", "0")) + float(rect.get("height", "0")) <= height + 0.2
            for line in root.iter(f"{SVG}text"):
                assert 0 <= float(line.get("y", "0")) <= height


def test_a_ribbon_is_as_wide_as_its_money() -> None:
    flow = sankey.flow_of(FOUND, "fifo", 0)
    sankey.placed(flow)
    scales = [ribbon.wide / ribbon.units for ribbon in flow.ribbons]
    assert all(isclose(scale, scales[0]) for scale in scales)
    (bar,) = [box for box in flow.boxes.values() if box.layer == 0]
    assert isclose(bar.high, scales[0] * 10_000)
    fullest = max(sum(box.high for box in flow.boxes.values() if box.layer == n) for n in range(3))
    assert isclose(fullest, sankey.TALLEST)


def test_accounts_stand_in_columns_by_their_distance_and_what_goes_back_is_dashed() -> None:
    flow = sankey.flow_of(FOUND, "fifo", 0)
    assert sorted(((box.label, box.layer) for box in flow.boxes.values()), key=lambda b: (b[1], b[0])) == [
        (masked("XA-00000001"), 0),
        (masked("XB-00000002"), 1),
        (masked("XC-00000003"), 2),
        (masked("XC-00000004"), 2),
    ]
    assert [ribbon.back for ribbon in flow.ribbons].count(True) == 1
    made = sankey.drawn(FOUND, "fifo", 0, "x")
    assert made.count('stroke-dasharray="7 4"') == 1
    (back,) = re.findall(
        r'd="([^"]+)" fill="none"[^>]* stroke-width="([0-9.]+)"[^>]* stroke-dasharray="7 4"', made
    )
    assert float(back[1]) <= sankey.THIN, "a line and no band"
    _, boxes = sankey.placed(flow)
    (below,) = re.findall(r"V([0-9.]+)Q[^V]*H", back[0])
    assert float(below) >= boxes - 0.1, "below all boxes, and so over none of their names"


def test_the_accounts_with_the_least_money_are_gathered_and_it_is_said() -> None:
    fan = [Payment("victim", "mule", 1_700_000_000, 100_000, "EUR")]
    fan += [Payment("mule", f"end {n}", 1_700_000_060 + n, 100 + n, "EUR") for n in range(100)]
    told = found(fan, [Seed(0, "Ada")], ["fifo"])
    flow = sankey.flow_of(told, "fifo", 0)
    assert (len([b for b in flow.boxes.values() if b.key >= 0]), flow.gathered) == (60, 42)
    (rest,) = [box for box in flow.boxes.values() if box.key < 0]
    assert rest.came == sum(100 + n for n in range(42))
    made = sankey.drawn(told, "fifo", 0, "x")
    assert "42 others" in made and "42 accounts with the least money are gathered" in made
    assert "not drawn" in timeline.drawn(told, "fifo", "x")


def test_pictures_mask_accounts_and_take_no_markup_from_them() -> None:
    nasty = [Payment("XA96ENTA00000000000005", "</text><script>\x00\x1b", 1_700_000_000, 5, "EUR")]
    told = found(nasty, [Seed(0, "<img src=x>")], ["fifo"])
    for made in (sankey.drawn(told, "fifo", 0, "<t>"), timeline.drawn(told, "fifo", "<t>")):
        ElementTree.fromstring(made)
        assert "<script" not in made and "<img" not in made
        assert "XA96ENTA00000000000005" not in made and "0005" in made


def test_poison_says_that_it_tells_of_no_ownership() -> None:
    assert "nothing of whose money it is" in sankey.drawn(FOUND, "poison", 0, "x")
    assert "nothing of whose money it is" not in sankey.drawn(FOUND, "fifo", 0, "x")


def test_an_arrow_for_each_payment_goes_from_payer_to_payee_in_time() -> None:
    chart = timeline.chart_of(FOUND, "fifo")
    assert len(chart.arrows) == len(FOUND.traces["fifo"].payments) == 4
    ends = Counter((arrow.source, arrow.target) for arrow in chart.arrows)
    assert ends == {(0, 1): 1, (1, 2): 1, (1, 3): 1, (2, 1): 1}
    places = [arrow.x for arrow in chart.arrows]
    assert places == sorted(places) and places[1] < places[2]


def test_the_same_trace_is_the_same_picture_and_a_page_lends_it_its_colours() -> None:
    assert sankey.drawn(FOUND, "fifo", 0, "x") == sankey.drawn(FOUND, "fifo", 0, "x")
    outside, inside = (sankey.drawn(FOUND, "fifo", 0, "x", inside=page) for page in (False, True))
    assert 'fill="#ffffff"/>' in outside and "currentColor" in inside
    assert not re.search(r"\sstyle=|<style|\son\w+=", inside)
