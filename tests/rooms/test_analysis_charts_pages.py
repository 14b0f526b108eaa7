"""Pages of charts: usable without a script, the workspace's host, imports looked at before they are kept."""

import re
from html import unescape
from typing import Any

import pytest

from rooms.charted import NAMES, Charts, at
from rooms.filed import LEAD
from rooms.posting import Upload
from rooms.scene import Scene, only
from rooms.test_analysis_imports import EDGES
from worlds.stage import Answer


@pytest.fixture
def charts(scene: Scene) -> Charts:
    return Charts(scene)


def upload(ask: Any, charts: Charts, form: list[tuple[str, str]], data: str = "", who: str = LEAD) -> Answer:
    """The import form as a browser sends it."""
    files = [("edges.csv", data.encode())] if data else []
    made = Sent("POST", f"/files/imports/{charts.file}", form=form, files=files)
    answer: Answer = ask.__self__(charts.scene.crew[who], made)
    return answer


class Sent(Upload):
    """An upload whose file field is called `network`."""

    def spelled(self, who):
        headers, body = super().spelled(who)
        body = body.replace(b'name="files"', b'name="network"')
        return headers | {"content-length": str(len(body))}, body


def test_a_chart_is_drawn_and_told_without_a_script_and_hosts_the_workspace(charts, page):
    a, b, *_ = charts.known()
    chart = charts.made(title="Kestrel & <b>", cells=at(a, b))
    answer = page(LEAD, "GET", f"/files/{charts.file}/charts/{chart}")
    assert answer.status == 200
    text = answer.text
    [host] = re.findall(r"<entente-chart [^>]*>", text)
    assert f'file="{charts.file}"' in host and f'chart="{chart}"' in host
    assert '"cmd-undo"' in unescape(host)
    inside = text.partition(host)[2].partition("</entente-chart>")[0]
    assert "<svg " in inside and inside.count(">Ana Kovar<") >= 2 and "is close to" in inside
    assert "Kestrel &amp; &lt;b&gt;" in text and "style=" not in inside


def test_the_page_shows_nothing_of_what_its_reader_may_not_see(charts, page):
    charts.files.joined(charts.file, "XB analyst", "analyst")
    a, *_ = charts.known()
    chart = charts.made(cells=at(a))
    before = page("XB analyst", "GET", f"/files/{charts.file}/charts/{chart}").text
    [hidden] = charts.known(names=["Dario Fels"], handling=only("XA"))
    charts.did(LEAD, chart, at(hidden))
    assert page("XB analyst", "GET", f"/files/{charts.file}/charts/{chart}").text == before
    assert "Dario Fels" in page(LEAD, "GET", f"/files/{charts.file}/charts/{chart}").text


def test_charts_are_made_renamed_frozen_and_deleted_on_pages(charts, page):
    root = f"/files/{charts.file}/charts"
    assert "No chart yet" in page(LEAD, "GET", root).text
    assert page(LEAD, "POST", root, [("title", "")]).status == 422
    made = page(LEAD, "POST", root, [("title", "Kestrel")]).header("location")
    frozen = page(LEAD, "POST", f"{made}/snapshots", [("title", "May")]).header("location")
    assert page(LEAD, "POST", f"{made}/rename", [("title", "Kestrel two")]).status == 303
    told = page(LEAD, "GET", root).text
    assert "Kestrel two" in told and "Snapshot" in told
    assert page(LEAD, "POST", f"{frozen}/delete").header("location") == root
    assert page(LEAD, "GET", frozen).status == 404


def test_charts_are_compared_older_to_newer_from_either_page(charts, page, clock):
    a, b, c, *_ = charts.known()
    chart = charts.made(cells=at(a, b))
    may = charts.ask(LEAD, "POST", f"/{chart}/snapshots", json={"title": "May"}).json["id"]
    clock.forward(minutes=1)
    charts.did(LEAD, chart, {f"item/{a}": None, **at(c, x=500)})
    june = charts.ask(LEAD, "POST", f"/{chart}/snapshots", json={"title": "June"}).json["id"]
    for one, other in ((chart, may), (may, chart), (june, may), (may, june)):
        told = page(LEAD, "GET", f"/files/{charts.file}/charts/{one}/compare?with={other}").text
        came, went = told.partition("Items that came")[2].split("Items that went")
        assert (NAMES[2] in came.partition("<h2>")[0], NAMES[0] in went.partition("<h2>")[0]) == (True, True)
        before, after = told.partition("Before")[2].split("After")
        assert may in before and may not in after


def test_an_import_is_looked_at_and_then_kept_without_choosing_the_file_again(charts, page, ask):
    chart = charts.made()
    assert page(LEAD, "GET", f"/files/imports/{charts.file}").status == 200
    looked = upload(ask, charts, [("kind", "Person"), ("chart", chart), ("do", "look")], EDGES)
    assert looked.status == 200 and "What would be kept" in looked.text
    [carried] = re.findall(r'name="kept" value="([^"]+)"', looked.text)
    said = [("kind", "Person"), ("chart", chart), ("kept", carried), ("name", "edges.csv"), ("do", "keep")]
    kept = upload(ask, charts, said)
    assert kept.header("location") == f"/files/{charts.file}/charts/{chart}"
    assert len(charts.one(LEAD, chart)["nodes"]) == 3


def test_faults_of_an_import_are_shown_by_line_and_it_cannot_be_kept(charts, ask):
    looked = upload(ask, charts, [("do", "look")], EDGES + "Ana Kovar,Ciro,Associate,2024,2023,,\n")
    assert "line 4" in looked.text and 'value="keep"' not in looked.text
    assert upload(ask, charts, [("do", "look")]).status == 422
