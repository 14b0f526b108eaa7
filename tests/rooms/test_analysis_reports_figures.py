"""Charts and measures in reports: drawn as their author sees them, and made of everything that is drawn."""

import io

import pytest
from docx import Document
from lxml import etree

from entente.rooms.analysis.reports.blocks import MOST_METRICS
from entente.rooms.publications.docx import HIGHEST, WIDEST
from rooms.charted import Charts, at
from rooms.filed import LEAD
from rooms.reported import Reports, text
from rooms.scene import Scene, only, places


@pytest.fixture
def reports(scene: Scene) -> Reports:
    return Reports(scene)


@pytest.fixture
def charted(reports: Reports, scene: Scene) -> tuple[str, list[str], list[str]]:
    """A chart of three persons and the two links between them."""
    charts = Charts(scene, reports.file)
    ids = charts.known()
    people, links = ids[:3], ids[3:]
    return charts.made(cells=at(*people)), people, links


def drawn(reports: Reports, id: str, who: str = LEAD) -> list[dict]:
    return [b["drawn"] for b in reports.call(who, "GET", f"/{id}").json["blocks"]]


def test_a_chart_is_drawn_and_each_thing_and_link_on_it_is_a_source(reports: Reports, charted) -> None:
    chart, people, links = charted
    id = reports.approved({"sort": "figure", "chart": chart, "caption": "Who knows whom"}, to=("XC",))
    figure = drawn(reports, id)[0]
    assert "Ana Kovar" in figure["svg"] and figure["says"] == "3 things, 2 links"
    blocked = reports.call(LEAD, "GET", f"/{id}/check").json["blocked"]
    assert {b["source"] for b in blocked} == {*people, *links}
    some = {"bureaus": ["XC"], "sources": people}
    assert reports.call(LEAD, "POST", f"/{id}/releases", json=some).status == 201
    assert reports.publish(id).status == 422  # the links are assertions of their own
    assert reports.call(LEAD, "POST", f"/{id}/releases", json={"bureaus": ["XC"]}).status == 201
    assert reports.publish(id).status == 200
    copy = reports.copy("XC officer")
    assert "Ana Kovar" in copy["document"]["blocks"][0]["svg"]
    for form in ("pdf", "html", "docx"):
        assert reports.scene("XC officer", "GET", f"/reports/{copy['id']}/{form}").status == 200


def test_measures_are_counted_over_what_the_author_sees_and_all_that_was_counted_is_a_source(
    reports: Reports, charted
) -> None:
    _chart, people, links = charted
    id = reports.approved({"sort": "metrics", "which": ["degree"]}, to=("XC",))
    table = drawn(reports, id)[0]
    assert table["rows"][0][0] == "Bela Ruza" and "3 things and 2 links" in table["stamp"]
    blocked = reports.call(LEAD, "GET", f"/{id}/check").json["blocked"]
    assert {b["source"] for b in blocked} == {*people, *links}


def test_a_figure_is_not_there_for_who_does_not_see_all_of_it(reports: Reports, scene: Scene) -> None:
    reports.files.joined(reports.file, "XB analyst", "reader")
    charts = Charts(scene, reports.file)
    hidden = str(scene.contribute(handling=only("XC"))["id"])
    ids = charts.known()[:3]
    chart = charts.made(cells=at(*ids, hidden))
    id = reports.written(text("Words"), {"sort": "figure", "chart": chart})["id"]
    assert [b["sort"] for b in drawn(reports, id)] == ["text", "figure"]
    assert [b["sort"] for b in drawn(reports, id, "XB analyst")] == ["text"]


def test_names_that_look_like_markup_stay_names_in_a_drawing(reports: Reports, scene: Scene) -> None:
    charts = Charts(scene, reports.file)
    ids = charts.known(names=["<script>alert(1)</script>", 'A" onload="x'])[:2]
    chart = charts.made(cells=at(*ids))
    id = reports.written({"sort": "figure", "chart": chart})["id"]
    svg = drawn(reports, id)[0]["svg"]
    every = list(etree.fromstring(svg).iter())
    assert not any("script" in str(e.tag) or "onload" in e.attrib for e in every)


def test_a_figure_of_things_very_far_apart_is_a_picture_that_fits_a_page(
    reports: Reports, scene: Scene
) -> None:
    far = {f"note/{n * 32}": {"on": "", "text": "Far", "x": 0, "y": y} for n, y in (("a", 0), ("b", 1e7))}
    chart = Charts(scene, reports.file).made(cells=far)
    reports.published({"sort": "figure", "chart": chart}, to=("XC",))
    made = reports.scene("XC officer", "GET", f"/reports/{reports.copies('XC officer')[0]['id']}/docx")
    [picture] = Document(io.BytesIO(made.body)).inline_shapes
    assert picture.width <= WIDEST and picture.height <= HIGHEST


def test_a_report_has_few_tables_of_measures(reports: Reports) -> None:
    blocks = [{"sort": "metrics", "which": ["degree"]} for _ in range(MOST_METRICS + 1)]
    form = {"title": "Too many", "blocks": blocks, "distribution": [{"bureau": "XB"}]}
    assert places(reports.call(LEAD, "POST", "", json=form)) == [f"blocks/{MOST_METRICS}"]
    reports.written(*blocks[:-1])
