"""Pictures of figures: the same bytes each time, well-formed whatever names say, nothing over anything."""

import json
import math
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.rooms.trends.pictures import charts, maps, world
from entente.rooms.trends.pictures.maps import Arc, Spot
from entente.rooms.trends.pictures.world import World, path_of, shapes
from entente.web.language import speaking

SQUARE = World(
    wide=2000,
    tall=900,
    scale=376.6,
    zero=(1000.0, 491.5),
    land=shapes("M600 300l200 0 0 200-200 0zM1200 300l4 0 0 4z"),
    borders=shapes("M700 300l0 200"),
    middles={"aa": (650.0, 400.0), "bb": (750.0, 400.0), "cc": (1202.0, 302.0)},
)
"""Two countries that share an island, and a small one."""


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def texts(svg: str) -> list[str]:
    return [one.text or "" for one in parsed(svg).iter("{http://www.w3.org/2000/svg}text")]


NAMES = st.text(max_size=20)
VALUES = st.lists(st.none() | st.floats(0, 1e12), min_size=3, max_size=3)


@given(lines=st.lists(st.builds(charts.Line, NAMES, VALUES), max_size=10), mark=NAMES, at=st.integers(-2, 5))
def test_lines_are_well_formed_and_the_same_each_time_whatever_they_are_called(
    lines: list[charts.Line], mark: str, at: int
) -> None:
    asked = ("<A & B>", ["2026-01", "2026-02", "2026-03"], lines, [charts.Mark(at, mark)], "kg", 2)
    made = charts.lines(*asked)
    parsed(made)
    assert made == charts.lines(*asked)
    assert "nan" not in made


@given(st.lists(st.builds(charts.Bar, NAMES, st.floats(0, 1e12), NAMES), max_size=40))
def test_bars_are_well_formed(bars: list[charts.Bar]) -> None:
    made = parsed(charts.bars("Shares", bars))
    assert len(made.findall(".//{http://www.w3.org/2000/svg}g")) == min(len(bars), charts.MOST_BARS)


CODES = st.sampled_from(["aa", "bb", "cc", "xa", "xb", "zz"])
ARCS = st.lists(st.builds(Arc, CODES, CODES, st.floats(0, 1e9), NAMES), max_size=20)
SPOTS = st.lists(
    st.builds(Spot, CODES, st.floats(0, 1e9), NAMES, st.sampled_from(["hot", "cold", ""])), max_size=5
)


@given(arcs=ARCS, spots=SPOTS)
def test_maps_are_well_formed_and_keep_every_country_inside(arcs: list[Arc], spots: list[Spot]) -> None:
    made = parsed(maps.flows("Ways", arcs, spots, on=SQUARE))
    tall = float(made.attrib["height"])
    for dot in made.iter("{http://www.w3.org/2000/svg}circle"):
        if dot.attrib.get("r") == "3.2":
            assert 0 <= float(dot.attrib["cx"]) <= maps.WIDE
            assert 0 <= float(dot.attrib["cy"]) <= tall


def test_a_thicker_line_is_a_heavier_flow_and_arrives_at_its_target() -> None:
    made = maps.flows("Ways", [Arc("aa", "bb", 10), Arc("bb", "aa", 5)], on=SQUARE)
    widths = sorted(float(w) for w in re.findall(r'stroke-opacity="0.55" stroke-width="([\d.]+)"', made))
    assert widths == [maps.THICK / 2, maps.THICK]


def test_a_flow_there_and_the_flow_back_lie_apart() -> None:
    made = maps.flows("Ways", [Arc("aa", "bb", 10), Arc("bb", "aa", 10)], on=SQUARE)
    curves = re.findall(r"M[\d. -]+Q([\d.-]+) ([\d.-]+)", made)
    assert len({y for _, y in curves}) == 2


def test_countries_without_an_outline_stand_below_the_map_or_on_a_ring() -> None:
    both = maps.place([Arc("aa", "xa", 1)], ["aa", "xa"], SQUARE)
    assert both.ring is False
    assert both.points["xa"][1] > both.points["aa"][1]
    assert both.tall - both.points["xa"][1] == pytest.approx(maps.ROW / 2)
    none = maps.place([Arc("xa", "xb", 3), Arc("xb", "xc", 3)], ["xa", "xb", "xc"], SQUARE)
    assert none.ring
    assert none.points["xa"][0] < none.points["xb"][0] < none.points["xc"][0], "from sources to sinks"


def test_without_a_map_the_picture_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(world, "BUILT", tmp_path / "world.json")
    assert world.world() is None
    told = texts(maps.flows("Ways", [Arc("fr", "de", 1)]))
    assert any(said.startswith("No map") for said in told)


def test_names_never_lie_over_one_another() -> None:
    many = {
        f"{a}{b}": (600.0 + 3 * i, 400.0) for i, (a, b) in enumerate((x, y) for x in "abcde" for y in "abcde")
    }
    crowded = World(2000, 900, 376.6, (1000, 491.5), (), (), many)
    arcs = [Arc(a, b, 1) for a, b in zip(list(many), list(many)[1:], strict=False)]
    boxes = []
    for one in parsed(maps.flows("Ways", arcs, on=crowded)).iter("{http://www.w3.org/2000/svg}text"):
        if one.attrib.get("font-weight") == "600":
            x, wide = float(one.attrib["x"]), 7.0 * len(one.text or "")
            left = {"start": x, "end": x - wide, "middle": x - wide / 2}[one.attrib["text-anchor"]]
            boxes.append((left, float(one.attrib["y"]), left + wide))
    assert len(boxes) > 1
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            assert a[2] <= b[0] or b[2] <= a[0] or abs(a[1] - b[1]) >= 12


def test_the_path_keeps_what_touches_the_box_and_leaves_out_specks() -> None:
    whole = path_of(SQUARE.land, (500, 200, 1500, 800), 1.0)
    assert whole.count("M") == 2
    assert path_of(SQUARE.land, (500, 200, 900, 800), 1.0).count("M") == 1
    assert path_of(SQUARE.land, (500, 200, 1500, 800), 0.2).count("M") == 1


def test_a_path_comes_back_as_the_points_it_was_made_of() -> None:
    (shape,) = shapes("M10 20l5 0-3-4z")
    assert shape.points == ((10, 20), (15, 20), (12, 16), (10, 20))
    assert shape.box == (10, 16, 15, 20)


@pytest.mark.skipif(not world.BUILT.exists(), reason="the pages were not built (make pages)")
def test_the_built_map_places_a_point_where_its_country_lies() -> None:
    on = world.world()
    assert on is not None
    if "scale" not in json.loads(world.BUILT.read_text("utf-8")):
        pytest.skip("an older build of the map")
    for code, longitude, latitude in (("fr", 2.5, 46.6), ("br", -53.0, -10.8), ("au", 134.5, -25.5)):
        x, y = on.at(longitude, latitude)
        assert math.dist((x, y), on.middles[code]) < 12


@given(st.floats(0.001, 1e12))
def test_ticks_are_round_and_reach_the_highest_value(most: float) -> None:
    steps = charts.ticks(most)
    assert steps[0] == 0
    assert steps[-1] >= most * 0.999999
    assert 2 <= len(steps) <= 12


def test_pictures_are_said_in_the_readers_language_and_keep_their_shape() -> None:
    english = maps.flows("Ways", [Arc("xa", "xb", 1)], on=SQUARE)
    with speaking("ar"):
        arabic = maps.flows("Ways", [Arc("xa", "xb", 1)], on=SQUARE)
    assert re.findall(r' d="[^"]+"', english) == re.findall(r' d="[^"]+"', arabic)
