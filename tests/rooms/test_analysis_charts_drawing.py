"""Charts as SVG: the same bytes each time, nothing but attributes, every direction of writing."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.rooms.analysis.charts.drawing import drawn, hull
from entente.rooms.analysis.charts.printing import pdf
from entente.rooms.analysis.charts.scene import scene
from entente.rooms.analysis.showing import Link, Node
from entente.rooms.publications import png

GOLDEN = Path(__file__).with_name("chart.svg")
A, B, C, D, E, F = (f"{n:032x}" for n in range(1, 7))
R = [f"{n:032x}" for n in range(100, 110)]


def node(id: str, caption: str, kind: str = "Person", label: str = "Person", **more: Any) -> Node:
    said = dict.fromkeys(("owner", "grade", "certainty", "place", "since", "until", "category"), "")
    return Node(**{**said, "id": id, "kind": kind, "label": label, "caption": caption, "countries": [],
                   "photo": False, "facts": [], **more})  # fmt: skip


def link(id: str, start: str, end: str, label: str = "is close to", **more: Any) -> Link:
    said = dict.fromkeys(("since", "until", "grade", "certainty", "owner"), "")
    return Link.model_validate({**said, "id": id, "kind": "Associate", "label": label, "from": start,
                                "to": end, "directed": False, "more": 0, **more})  # fmt: skip


NODES = [
    node(A, "Ana Kovar", countries=["xa", "xb"], category="suspect"),
    node(B, "رامي حدّاد", certainty="tentative"),
    node(C, "Tern & Sons <Trading> Ltd", kind="Company", label="Company"),
    node(D, "XA 44 1233", kind="Vehicle", label="Vehicle"),
    node(E, "A. Kovar", certainty="unconfirmed"),
    node(F, "Hidden on the chart"),
]
LINKS = [
    link(R[0], A, B, certainty="unconfirmed"),
    link(R[1], A, B, certainty="confirmed"),
    link(R[2], A, C, "owns", directed=True, certainty="tentative"),
    link(R[3], E, C, "owns", directed=True),
    link(R[4], C, D, "has", directed=True, certainty="confirmed"),
    link(R[5], F, D),
]
CELLS = {
    f"item/{A}": {"x": 0, "y": 0},
    f"item/{B}": {"x": 220, "y": 0},
    f"item/{C}": {"x": 0, "y": 200},
    f"item/{D}": {"x": 240, "y": 220},
    f"item/{E}": {"x": 30, "y": 10},
    f"item/{F}": {"x": 900, "y": 900, "hidden": True},
    f"merge/{R[6]}": {"ids": [A, E], "label": "Ana Kovar (2)"},
    f"group/{R[7]}": {"ids": [C, D], "label": "The fleet", "collapsed": False},
    f"drawn/{R[8]}": {"from": B, "to": D, "label": "drives?", "certainty": "tentative"},
    f"note/{R[9]}": {"on": B, "text": "Ask XB:\nwhose car is it?", "x": 380, "y": -60},
    f"format/{R[0]}": {"by": "kind", "is": "Vehicle", "colour": "red", "size": "56"},
}


def test_a_chart_is_drawn_as_it_was_the_last_time():
    made = drawn("Kestrel <1>", CELLS, NODES, LINKS, "Made for XA")
    if not GOLDEN.exists():
        GOLDEN.write_text(made)
    assert made == GOLDEN.read_text()


def test_the_order_in_which_things_come_changes_nothing():
    one = drawn("Kestrel", CELLS, NODES, LINKS)
    other = drawn("Kestrel", dict(reversed(CELLS.items())), NODES[::-1], LINKS[::-1])
    assert one == other


def test_a_drawing_is_well_formed_and_has_no_script_style_or_address():
    root = ElementTree.fromstring(drawn("</svg><script>", CELLS, NODES, LINKS))
    tags = {e.tag.split("}")[1] for e in root.iter()}
    assert tags <= {"svg", "title", "desc", "g", "path", "rect", "text"}
    names = {name for e in root.iter() for name in e.attrib}
    assert not any(name == "style" or name.startswith("on") or "href" in name for name in names)


def test_merged_identities_are_one_spot_and_statements_of_the_same_one_line():
    made = scene(CELLS, NODES, LINKS)
    merge = f"merge/{R[6]}"
    assert set(made.spots) == {merge, B, C, D, f"note/{R[9]}"}
    close = next(line for line in made.lines if line.label == "is close to")
    assert ({close.start, close.end}, close.many, close.certainty) == ({merge, B}, 2, "confirmed")
    owns = next(line for line in made.lines if line.label == "owns")
    assert (owns.start, owns.end, owns.many) == (merge, C, 2)


def test_a_collapsed_group_is_one_spot_with_the_links_of_all_in_it():
    cells = {**CELLS, f"group/{R[7]}": {"ids": [C, D], "label": "The fleet", "collapsed": True}}
    made = scene(cells, NODES, LINKS)
    group = made.spots[f"group/{R[7]}"]
    assert (group.caption, group.x, group.y) == ("The fleet", 120, 210)
    assert {line.end for line in made.lines if line.label in ("owns", "drives?")} == {group.id}


@pytest.mark.parametrize("cells", [{}, {f"item/{A}": {"x": 1e7, "y": -1e7}}])
def test_little_is_drawn_too(cells):
    assert ElementTree.fromstring(drawn("", cells, NODES, LINKS)).tag.endswith("svg")


@given(
    st.dictionaries(st.sampled_from([A, B, C, D, E]), st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)))
)
def test_wherever_things_stand_the_drawing_holds_them(places):
    cells = {f"item/{id}": {"x": x, "y": y} for id, (x, y) in places.items()}
    root = ElementTree.fromstring(drawn("Kestrel", cells, NODES, LINKS))
    x, y, width, height = map(float, root.attrib["viewBox"].split())
    assert all(x <= px <= x + width + 1 and y <= py <= y + height + 1 for px, py in places.values())


@given(st.lists(st.tuples(st.integers(-20, 20), st.integers(-20, 20)), min_size=3))
def test_a_hull_holds_every_point(points):
    around = hull([(float(x), float(y)) for x, y in points])
    for p in points:
        turns = [
            (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])
            for a, b in zip(around, [*around[1:], around[0]], strict=True)
        ]
        assert len(around) < 3 or min(turns) >= 0


def test_typst_makes_the_same_pdf_and_png_of_it_each_time():
    svg = drawn("Kestrel", CELLS, NODES, LINKS)
    said = {"title": "#panic()", "marking": "OFFICIAL", "stamp": "Made for XA", "says": "A chart"}
    made = pdf(svg, wide=True, lang="en", rtl=False, **said)
    assert made.startswith(b"%PDF") and made == pdf(svg, wide=True, lang="en", rtl=False, **said)
    assert png(svg).startswith(b"\x89PNG\r\n") and png(svg) == png(svg)


def test_things_very_far_apart_make_no_huge_picture():
    cells = {f"item/{A}": {"x": -1e7, "y": 0}, f"item/{B}": {"x": 1e7, "y": 1e7}}
    made = png(drawn("Kestrel", cells, NODES, LINKS))
    assert max(int.from_bytes(made[k : k + 4]) for k in (16, 20)) < 5_000
