"""Networks brought in: previewed, mended by line, kept as one contribution, and nothing trusted."""

import io
import json
import zipfile
from typing import Any
from urllib.parse import urlencode

import pytest

from entente.rooms.analysis.charts.importing.given import Given
from entente.rooms.analysis.charts.importing.xml import elements
from rooms.charted import Charts, at, close, person
from rooms.filed import LEAD
from rooms.scene import Scene
from worlds.stage import Answer

EDGES = """from,to,type,since,until,weight,certainty
Ana Kovar,Bela Ruza,Associate,2024-01-01,,1,confirmed
Bela Ruza,Tern Ltd,runs,2023,2024,3,tentative
"""


@pytest.fixture
def charts(scene: Scene) -> Charts:
    return Charts(scene)


def bring(charts: Charts, data: str | bytes, name: str = "x.csv", who: str = LEAD, **said: Any) -> Answer:
    query = urlencode({"name": name, **{k: str(v) for k, v in said.items()}})
    content = data.encode() if isinstance(data, str) else data
    return charts.scene(who, "POST", f"/files/imports/{charts.file}?{query}", raw=content)


def previewed(charts: Charts, data: str | bytes, name: str = "x.csv", **said: Any) -> dict[str, Any]:
    answer = bring(charts, data, name, **said)
    assert answer.status == 200, answer.text
    told: dict[str, Any] = answer.json["preview"]
    return told


def network(charts: Charts, chart: str, grades: bool = True) -> tuple[set[Any], list[Any]]:
    """Nodes and links of a chart by what they say, whatever their ids."""
    told = charts.one(LEAD, chart)
    name = {n["id"]: n["caption"] for n in told["nodes"]}
    keep = ("kind", "directed", "since", "until", "certainty", *(["grade"] if grades else []))
    links = [
        (*((name[x["from"]], name[x["to"]]) if x["directed"] else sorted((name[x["from"]], name[x["to"]]))),
         *(x[k] for k in keep))
        for x in told["links"]
    ]  # fmt: skip
    return {(n["kind"], n["caption"]) for n in told["nodes"]}, sorted(links)


def test_an_edge_list_is_previewed_and_nothing_is_kept(charts):
    told = previewed(charts, EDGES, kind="Person")
    assert (told["format"], told["new"], told["links"], told["faults"]) == ("csv", 3, 2, [])
    assert told["mapping"]["since"] == "since"
    assert told["unfit"] == {"runs": 1}
    assert told["sample"][0]["from"] == "Ana Kovar"
    assert charts.scene(LEAD, "GET", f"/files/{charts.file}/contributions").json == []


def test_an_edge_list_becomes_one_contribution_and_stands_on_the_chart(charts):
    chart = charts.made()
    answer = bring(charts, EDGES, keep=True, kind="Person", chart=chart, source="XB 12/24")
    assert answer.status == 200, answer.text
    [kept] = charts.scene(LEAD, "GET", f"/files/{charts.file}/contributions").json
    assert (kept["id"], kept["source"], len(kept["things"])) == (answer.json["contribution"], "XB 12/24", 5)
    nodes, links = network(charts, chart)
    assert nodes == {("Person", name) for name in ("Ana Kovar", "Bela Ruza", "Tern Ltd")}
    assert [link[2] for link in links] == ["Associate", "UnknownLink"]
    told = charts.one(LEAD, chart)
    assert told["last"] == answer.json["last"]
    [unknown] = [x for x in told["links"] if x["kind"] == "UnknownLink"]
    assert (unknown["since"], unknown["until"]) == ("2023-01-01", "2024-12-31")
    kept_link = charts.scene(LEAD, "GET", f"/records/{unknown['id']}", purpose="analysis").json
    assert kept_link["properties"]["role"] == ["runs"]
    assert kept_link["properties"]["summary"] == ["Weight 3"]


def test_what_the_file_knows_is_taken_for_it_by_its_very_name(charts):
    a, *_ = charts.known()
    told = previewed(charts, EDGES, kind="Person")
    assert (told["known"], told["new"]) == (2, 1)
    told = previewed(charts, EDGES, kind="Person", match="id")
    assert (told["known"], told["new"]) == (0, 3)
    told = previewed(charts, EDGES, kind="Person", unknown="fault")
    assert [f["where"] for f in told["faults"]] == ["line 3"]
    charts.known(names=["Ana Kovar"])
    told = previewed(charts, EDGES, kind="Person")
    assert "called" in told["faults"][0]["what"]
    assert previewed(charts, EDGES.replace("Ana Kovar", a))["known"] == 2


def test_loops_duplicates_and_contradictory_dates_are_told_by_line(charts):
    said = EDGES + (
        "Ana Kovar,Ana Kovar,Associate,,,,\n"
        "Bela Ruza,Ana Kovar,Associate,2024-01-01,,1,confirmed\n"
        "Ana Kovar,Ciro Danes,Associate,2024-05,2023-01,,\n"
        "Ana Kovar,,Associate,,,,\n"
        "Ana Kovar,Ciro Danes,Associate,31/31/31,,,perhaps\n"
    )
    told = previewed(charts, said, kind="Person")
    assert [f["where"] for f in told["faults"]] == ["line 7"]
    told = previewed(charts, said.replace("Ana Kovar,,Associate,,,,\n", ""), kind="Person")
    assert (told["loops"], told["duplicates"]) == ([4], 1)
    assert [f["where"] for f in told["faults"]] == ["line 6", "line 7", "line 7"]
    assert "before" in told["faults"][0]["what"]
    answer = bring(charts, said, keep=True)
    assert answer.status == 422


def test_columns_are_mapped_by_name_and_the_header_says_what_else_there_is(charts):
    said = "Wer;Wen;Seit\nAna;Bela;2024\n"
    told = previewed(charts, said)
    assert told["header"] == ["Wer", "Wen", "Seit"]
    assert {f["where"] for f in told["faults"]} == {"line 1"}
    mapping = json.dumps({"from": "Wer", "to": "Wen", "since": "Seit"})
    told = previewed(charts, said, mapping=mapping)
    assert (told["links"], told["faults"], told["sample"][0]["since"]) == (1, [], "2024")
    told = previewed(charts, said, mapping=json.dumps({"from": "Woher", "planet": "Wen"}))
    assert len(told["faults"]) == 2


def test_more_rows_than_are_kept_are_refused_when_they_are_seen(charts, monkeypatch):
    monkeypatch.setattr("entente.rooms.analysis.charts.importing.given.MOST_ROWS", 10)
    told = previewed(charts, "from,to\n" + "".join(f"a{n},b{n}\n" for n in range(100_000)))
    assert [f["where"] for f in told["faults"]] == ["network"]
    assert told["links"] == 0


def test_ten_million_lines_are_refused_at_the_door(charts):
    assert bring(charts, b"a,b\n" * 10_000_000).status == 413


BOMB = """<?xml version="1.0"?><!DOCTYPE Chart [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><Chart><ChartItem Label="&c;"/></Chart>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", ["x.anx", "x.graphml"])
def test_entities_are_refused_before_anything_is_parsed(charts, name, encoding):
    told = previewed(
        charts, BOMB.replace(' version="1.0"', f' version="1.0" encoding="{encoding}"').encode(encoding), name
    )
    assert "entities" in told["faults"][0]["what"]


@pytest.mark.parametrize(
    "said",
    [
        b"<Chart>" * 100 + b"</Chart>" * 100,
        b"<Chart><ChartItem></Chart>",
        b"",
        b"\x00\xff" * 50,
        b'<?xml version="1.0" encoding="utf-7"?><Chart/>',
    ],
    ids=["deep", "broken", "empty", "noise", "encoding"],
)
@pytest.mark.parametrize("name", ["x.anx", "x.graphml", "x.json", "x.csv"])
def test_what_is_no_network_is_a_fault_never_an_error(charts, name, said):
    answer = bring(charts, said, name, keep=True)
    assert answer.status == 422


def test_a_list_within_lists_and_a_line_without_an_end_are_faults(charts):
    deep = b'{"id": "a", "schema": "Person", "properties": {"name": ' + b"[" * 900 + b"]" * 900 + b"}}"
    assert bring(charts, deep, "x.json", keep=True).status == 422
    long = bring(charts, "from,to" + ",x" * 200_000 + "\na,b\n", keep=True)
    assert long.status == 422 and "characters" in long.json["faults"][0]["what"]


def test_elements_that_no_network_has_are_not_kept_in_memory():
    data = b"<Chart>" + b"<Nothing><x/></Nothing>" * 200_000 + b"<ChartItem/></Chart>"
    [left] = [
        sum(1 for _ in found.getroottree().iter()) for found in elements(data, Given("anx"), "ChartItem")
    ]
    assert left < 10


@pytest.fixture
def drawn(charts: Charts) -> str:
    """A chart with persons, a company and links of several kinds, dates and certainties."""
    directs = {"director": "#1", "organization": "#3", "startDate": "2023-02-01", "endDate": "2024-03-01"}
    directs["certainty"] = "confirmed"
    things = [
        person("Ana Kovar", nationality=["xa"]),
        person("=Bela & <Ruza>"),
        {"kind": "Company", "properties": {"name": ["Tern Ltd"]}},
        close("#1", "#2", startDate=["2024-01-05"], certainty=["unconfirmed"]),
        {"kind": "Directorship", "properties": directs},
        {"kind": "UnknownLink", "properties": {"subject": "#2", "object": "#3", "certainty": "tentative"}},
    ]
    kept = charts.files.contributed(LEAD, charts.file, things=things, scheme="4x4", grade="B2")
    ids = [t["id"] for t in kept["things"]][:3]
    line = {"from": ids[0], "to": ids[2], "label": "owns?"}
    return charts.made(cells={**at(*ids), f"drawn/{'d' * 32}": line})


@pytest.mark.parametrize("format", ["csv", "graphml", "anx", "ftm"])
def test_what_goes_out_comes_in_as_the_same_network(charts, drawn, format):
    data = charts.ask(LEAD, "GET", f"/{drawn}/export?format={format}").body
    if format == "csv":
        data = zipfile.ZipFile(io.BytesIO(data)).read("links.csv")
    grades = format != "ftm"
    before = network(charts, drawn, grades)
    again = Charts(charts.scene, charts.files.opened(title="Another file"))
    chart = again.made()
    answer = bring(again, data, format=format, keep=True, chart=chart)
    assert answer.status == 200, answer.text
    assert answer.json["preview"]["drawn"] == (0 if format == "ftm" else 1)
    assert network(again, chart, grades) == before


def test_a_reader_brings_nothing_in_and_an_outsider_finds_nothing(charts):
    charts.files.joined(charts.file, "XB analyst", "reader")
    assert bring(charts, EDGES, who="XB analyst", keep=True).status == 403
    assert bring(charts, EDGES, who="XC analyst", keep=True).status == 404
