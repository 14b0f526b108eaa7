"""Charts taken out: deterministic, only what the taker sees, readable by the tools they are for."""

import csv
import io
import json
import zipfile
from xml.etree import ElementTree

import networkx
import pytest

from entente.rooms.analysis.charts.exporting.tables import _disarmed, _is_formula
from rooms.charted import Charts, at, close, rid
from rooms.filed import LEAD
from rooms.scene import Scene, only

OTHER = "XB analyst"
FORMATS = ("svg", "pdf", "png", "csv", "json", "graphml", "gexf", "anx", "ftm")


@pytest.fixture
def charts(scene: Scene) -> Charts:
    made = Charts(scene)
    made.files.joined(made.file, OTHER, "analyst")
    return made


@pytest.fixture
def chart(charts: Charts) -> str:
    a, b, c, *_ = charts.known()
    said = {"startDate": ["2024-02-01"], "certainty": ["tentative"]}
    charts.files.contributed(LEAD, charts.file, things=[close(a, c, **said)], scheme="4x4", grade="B2")
    return charts.made(cells={**at(a, b, c), f"drawn/{rid()}": {"from": b, "to": c, "label": "Drawn so"}})


def taken(charts: Charts, chart: str, format: str, who: str = LEAD):
    answer = charts.ask(who, "GET", f"/{chart}/export?format={format}")
    assert answer.status == 200, answer.text
    return answer.body


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_is_the_same_bytes_each_time(charts, chart, format):
    first = taken(charts, chart, format)
    assert len(first) > 500
    assert first == taken(charts, chart, format)


@pytest.mark.parametrize("format", [f for f in FORMATS if f not in ("pdf", "png")])
def test_an_export_holds_nothing_of_what_its_taker_may_not_see(charts, chart, format):
    before = taken(charts, chart, format, OTHER)
    [hidden] = charts.known(names=["Dario Fels"], handling=only("XA"))
    a = charts.one(LEAD, chart)["nodes"][0]["id"]
    charts.files.contributed(LEAD, charts.file, things=[close(a, hidden)], handling=only("XA"))
    charts.did(LEAD, chart, at(hidden, y=500), {f"note/{rid()}": {"on": hidden, "text": "Fels"}})
    assert taken(charts, chart, format, OTHER) == before
    assert taken(charts, chart, format, LEAD) != before


def test_networkx_reads_the_graphml_and_gexf_says_which_links_go_both_ways(charts, chart):
    told = charts.one(LEAD, chart)
    graph = networkx.read_graphml(io.BytesIO(taken(charts, chart, "graphml")))
    assert {n["id"]: n["caption"] for n in told["nodes"]} == dict(graph.nodes(data="caption"))
    assert graph.number_of_edges() == len(told["links"]) + 1
    edges = ElementTree.fromstring(taken(charts, chart, "gexf")).iter("{http://gexf.net/1.3}edge")
    assert sorted(e.get("type", "directed") for e in edges) == ["directed", *["undirected"] * 3]
    kinds = {attr["attr.name"] for attr in (k.attrib for k in ElementTree.fromstring(
        taken(charts, chart, "graphml")).iter("{http://graphml.graphdrawing.org/xmlns}key"))}  # fmt: skip
    assert {"x", "y", "grade", "certainty", "since", "weight"} <= kinds


def test_the_tables_say_each_thing_and_each_line(charts, chart):
    archive = zipfile.ZipFile(io.BytesIO(taken(charts, chart, "csv")))
    nodes, links = (
        list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
        for name in ("nodes.csv", "links.csv")
    )
    assert [n["caption"] for n in nodes] and len(nodes) == 3
    assert {(r["type"], r["since"], r["certainty"], r["drawn"]) for r in links} == {
        ("Associate", "", "", ""),
        ("Associate", "2024-02-01", "tentative", ""),
        ("", "", "tentative", "yes"),
    }


def test_formulas_are_disarmed_and_numbers_left_as_they_are():
    assert all(map(_is_formula, ["=1+1", "+cmd", "-2+3", "@x", "\t=1", " =1", "＝1"]))
    assert not any(map(_is_formula, ["-12.5", "Ana", "1=1", ""]))


def test_a_formula_is_disarmed_where_another_list_would_part_the_cell():
    assert _disarmed("x;=cmd") == "x;'=cmd" and _disarmed("a\t @b") == "a\t '@b"
    assert _disarmed("a; b - c") == "a; b - c"


def test_ftm_lines_name_only_what_leaves(charts, chart):
    lines = [json.loads(line) for line in taken(charts, chart, "ftm").splitlines()]
    ids = {line["id"] for line in lines}
    assert sorted(line["schema"] for line in lines) == ["Associate"] * 3 + ["Person"] * 3
    assert all(
        set(line["properties"][p]) <= ids
        for line in lines
        for p in ("person", "associate")
        if p in line["properties"]
    )


def test_a_name_that_is_markup_stays_a_name_everywhere(charts):
    [evil] = charts.known(names=['<script>alert("1")</script> & ]]> #panic()'])
    chart = charts.made(title="<b>", cells=at(evil))
    for format in ("svg", "graphml", "gexf", "anx"):
        root = ElementTree.fromstring(taken(charts, chart, format))
        assert not [e for e in root.iter() if "script" in e.tag.lower()]
    assert taken(charts, chart, "pdf").startswith(b"%PDF")


def test_who_may_not_export_gets_nothing_and_it_is_journaled(charts, chart):
    charts.files.joined(charts.file, "XC officer", "reader")
    assert charts.ask("XC officer", "GET", f"/{chart}/export?format=csv").status == 403
    assert charts.ask(OTHER, "GET", f"/{chart}/export?format=exe").status == 422


def test_an_empty_chart_leaves_in_every_format(charts):
    chart = charts.made()
    for format in FORMATS:
        assert taken(charts, chart, format) or format == "ftm"


def test_a_thing_that_is_linked_to_itself_leaves_in_every_format(charts):
    a, *_ = charts.known()
    charts.files.contributed(LEAD, charts.file, things=[close(a, a)])
    chart = charts.made(cells=at(a))
    for format in FORMATS:
        assert taken(charts, chart, format)
