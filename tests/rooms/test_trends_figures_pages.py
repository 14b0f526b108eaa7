"""Figures over HTTP and on pages: a purpose is needed, faults stand at their fields, every tab tells."""

import io
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from entente.desk import House
from rooms.figured import XB, XC, body, figure, handling, item, left_out, seize, way
from rooms.scene import Scene
from worlds.stage import Answer

TABS = ("flows", "series", "surges", "hotspots", "risk", "trade", "records")
MONTHS = [f"{year}-{month:02}" for year in (2023, 2024, 2025) for month in range(1, 13)]


@pytest.fixture
def seized(house: House) -> None:
    """Cocaine from XC to XB and pesticide from XC to XD, three years of it, and checks that found nothing."""
    drugs = [item("drugs.cocaine", 12.5)]
    seize(house, *(body(f"{m}-05", "xb", drugs, way("xc", "xa", "xb"), placeKind="seaport") for m in MONTHS))
    seize(house, *(body(f"{m}-0{d}", "xd", route=way("xc", "xd")) for m in MONTHS for d in (1, 2)))
    seize(house, *(body(f"{m}-20", "xd", event="inspection_nil", route=way("xa", "xd")) for m in MONTHS))


@pytest.mark.usefixtures("seized")
@pytest.mark.parametrize("what", ["flows", "series", "surges", "hotspots", "risk", "records"])
def test_a_figure_needs_a_purpose_and_a_role(scene: Scene, what: str) -> None:
    assert scene("XA analyst", "GET", f"/trends/figures/{what}", purpose="").status == 422
    assert scene("XA contributor", "GET", f"/trends/figures/{what}", purpose="analysis").status == 403
    assert scene("XA officer", "GET", f"/trends/figures/{what}", purpose="analysis").status == 200


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("goods=nothing", "query/goods"),
        ("since=yesterday", "query/since"),
        ("measure=weight", "query/measure"),
        ("country=xyz", "query/country/0"),
        ("event=party", "query/event/0"),
        ("nationality=xa", "query/nationality"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused_at_its_word(scene: Scene, words: str, where: str) -> None:
    answer = scene("XA analyst", "GET", f"/trends/figures/flows?{words}", purpose="analysis")
    assert answer.status == 422
    assert [fault["where"] for fault in answer.json["faults"]] == [where]


@pytest.mark.usefixtures("seized")
def test_a_figure_says_what_it_is_of_and_leads_to_its_seizures(scene: Scene) -> None:
    told = figure(scene, "flows", goods="drugs", measure="quantity")
    about = told["about"]
    assert (about["seizures"], about["lines"], about["unit"]) == (36, 36, "KGM")
    assert about["records"] == "/trends/figures/records?goods=drugs&measure=quantity"
    assert told["flows"][0]["amount"] == 450.0
    found = figure(scene, "records", goods="drugs", origin="xc", transit="xa", limit=200)
    assert len(found["records"]) == 36


@pytest.mark.usefixtures("seized")
def test_records_of_a_cell_are_those_of_its_period_and_go_on(scene: Scene) -> None:
    first = figure(scene, "records", place="xd", period="2025-03", limit=1)
    assert (first["about"]["seizures"], first["further"]) == (2, True)
    second = figure(scene, "records", place="xd", period="2025-03", limit=1, after=first["after"])
    assert second["further"] is False
    assert {r["date"] for r in first["records"] + second["records"]} == {"2025-03-01", "2025-03-02"}
    answer = scene("XA analyst", "GET", "/trends/figures/records?period=2025-13", purpose="analysis")
    assert answer.status == 422


@pytest.mark.usefixtures("seized")
def test_series_break_into_groups_and_periods(scene: Scene) -> None:
    told = figure(scene, "series", by="place", length="year")
    assert told["periods"] == ["2023", "2024", "2025"]
    assert [(row["key"], row["values"]) for row in told["series"]] == [
        ("xd", [24.0, 24.0, 24.0]),
        ("xb", [12.0, 12.0, 12.0]),
    ]


@pytest.mark.usefixtures("seized")
@pytest.mark.parametrize("table", ["flows", "legs", "shares", "roles", "series", "breaks", "hotspots"])
def test_every_table_is_exported_whole_and_the_export_is_in_the_journal(scene: Scene, table: str) -> None:
    answer = scene("XA analyst", "GET", f"/trends/figures/export/{table}?format=csv", purpose="analysis")
    assert answer.status == 200
    assert answer.header("content-disposition") == f'attachment; filename="{table}.csv"'
    parquet = scene("XA analyst", "GET", f"/trends/figures/export/{table}?format=parquet", purpose="analysis")
    lines = answer.text.lstrip("\ufeff").splitlines()
    assert len(pl.read_parquet(io.BytesIO(parquet.body))) == max(len(lines) - 1, 0)
    assert scene("XA officer", "GET", f"/trends/figures/export/{table}", purpose="analysis").status == 403
    acts = scene("XA supervisor", "GET", "/journal", purpose="desk").json
    assert [entry["act"] for entry in acts].count("export") == 2


def test_shared_tables_hide_small_numbers_and_what_would_tell_them(house: House, scene: Scene) -> None:
    seize(house, *(body(route=way("xc", "xd")) for _ in range(20)))
    seize(house, *(body(route=way("xa", "xd")) for _ in range(2)))
    seize(house, *(body(route=way("xb", "xd")) for _ in range(7)))
    answer = scene("XA analyst", "GET", "/trends/figures/export/flows?shared=true", purpose="analysis")
    shown = dict(line.split(",") for line in answer.text.lstrip("\ufeff").splitlines()[1:])
    assert shown["xc > - > xd"] == "20"
    assert shown["xa > - > xd"] == ""
    assert shown["xb > - > xd"] == "", "with the total it would tell the hidden one"
    assert shown[""] == "29"
    refused = scene("XA analyst", "GET", "/trends/figures/export/series?shared=true", purpose="analysis")
    assert refused.status == 422


@pytest.mark.usefixtures("seized")
def test_a_consignment_gets_points_with_reasons_and_nothing_of_a_person(scene: Scene) -> None:
    told = figure(scene, "risk")
    assert told["why_not"] == ""
    assert {row["drawn"] for row in told["lifts"]} == {False, True}
    said = {"origin": "xc", "mode": "sea"}
    answer = scene("XA analyst", "POST", "/trends/figures/risk/score", json=said, purpose="analysis")
    assert answer.json["points"] > 0
    assert answer.json["reasons"][0]["feature"] == "origin"
    refused = scene(
        "XA analyst",
        "POST",
        "/trends/figures/risk/score",
        json={"nationality": "xa"},
        purpose="analysis",
    )
    assert refused.status == 422


IMPORTS = "reporter,product,partner,value\n" + "\n".join(
    f"xb,{product},{partner},{value}"
    for product, partner, value in [
        ("31", "xa", 100),
        ("38", "xa", 100),
        ("42", "xa", 800),
        ("31", "xc", 100),
        ("38", "xd", 900),
    ]
)


def test_propensities_are_higher_where_seizures_are_many_beside_imports(house: House, scene: Scene) -> None:
    seize(house, *(body(items=[item(hs="310210")], route=way("xc", "xb")) for _ in range(9)))
    seize(house, body(items=[item(hs="420221")], route=way("xa", "xb")))
    seize(house, body(items=[item(hs="380891")], route=way("xd", "xb")))
    answer = scene(
        "XA analyst", "POST", "/trends/figures/propensities", json={"csv": IMPORTS}, purpose="analysis"
    )
    assert answer.status == 200, answer.text
    assert [row["key"] for row in answer.json["products"]] == ["31", "42", "38"]
    assert answer.json["economies"][0]["key"] == "xc"
    assert answer.json["cells"][0] == {"product": "31", "economy": "xc", "index": 1.0}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", ["csv"]),
        ("reporter,product\nxb,31", ["csv"]),
        ("reporter,product,partner,value\nxb,310,zzz,-1", ["csv/2/partner", "csv/2/value", "csv/2/product"]),
        ("reporter,product,partner,value\nxb,31,xa,1", ["csv"]),
    ],
)
def test_every_fault_of_a_table_of_imports_is_told(scene: Scene, text: str, where: list[str]) -> None:
    answer = scene(
        "XA analyst", "POST", "/trends/figures/propensities", json={"csv": text}, purpose="analysis"
    )
    assert answer.status == 422
    assert [fault["where"] for fault in answer.json["faults"]] == where


def test_mirror_gaps_stand_beside_the_seizures_of_their_corridor(house: House, scene: Scene) -> None:
    seize(house, body(route=way("xa", "xd")), body(route=way("xa", "xd")))
    text = "exporter;importer;imported;exported\nxa;xd;100;10\nxb;xd;5;5\nxc;xd;;7"
    answer = scene("XA analyst", "POST", "/trends/figures/gaps", json={"csv": text}, purpose="analysis")
    told = {(row["exporter"], row["importer"]): row for row in answer.json["corridors"]}
    assert told["xa", "xd"]["score"] == 0.9
    assert told["xa", "xd"]["seizures"] == 2
    assert told["xb", "xd"]["equal"] == 1
    assert told["xc", "xd"]["exporter_only"] == 1


def test_effort_turns_counts_into_rates(house: House, scene: Scene) -> None:
    from entente.desk import HOUSE_ASKER, sit

    seize(house, *(body(f"2025-0{month}-05") for month in (1, 2, 2, 3) for _ in range(5)))
    with sit(house, HOUSE_ASKER, "contribute", writing=True) as desk:
        for month, checks in (("2025-01", "1000"), ("2025-02", "2000")):
            said = {"authority": ["Port"], "country": ["xb"], "date": [month], "checks": [checks]}
            desk.keep("Effort", said, handling(XB))
        desk.note("contribute")
    told = figure(scene, "series", by="place")
    assert told["series"][0]["rates"][:3] == [5.0, 5.0, None]


@pytest.mark.usefixtures("seized")
def test_surges_name_seizures_and_totals_stay_apart(house: House, scene: Scene) -> None:
    seize(house, *(body(f"2025-12-{day:02}", "xd", route=way("xc", "xd")) for day in range(3, 20)))
    seize(house, body("2025", form="total", items=[item("drugs.cocaine", 5000)]))
    told = figure(scene, "surges")
    assert (told["period"], told["past"]) == ("2025-12", 24)
    assert [len(row["records"]) for row in told["surges"]] == [19]
    assert left_out(told)["other_form"] == 1


# --- two worlds ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("seized")
def test_what_the_asker_may_not_see_moves_no_figure_by_a_byte(house: House, scene: Scene) -> None:
    asked = [
        *(f"/trends/figures/{what}" for what in ("flows", "series?by=goods", "surges", "hotspots", "risk")),
        "/trends/figures/flows?measure=quantity",
        "/trends/figures/series?by=place&length=quarter&measure=value",
        "/trends/figures/export/flows",
    ]

    def answers() -> list[bytes]:
        return [scene("XA analyst", "GET", path, purpose="analysis").body for path in asked]

    before = answers()
    hidden = handling(XB, see=1 << XC)
    many = [
        body(
            f"2025-12-{d:02}", "xb", [item(qty=10**6, unit="LTR", value="9", currency="USD")], way("xd", "xb")
        )
        for d in range(1, 29)
    ]
    seize(house, *many, how=hidden)
    assert answers() == before
    assert scene("XB analyst", "GET", asked[0], purpose="analysis").body != before[0]


# --- pages ---------------------------------------------------------------------------------------


def inquiring(page: Callable[..., Answer], who: str, path: str, **more: Any) -> Answer:
    return page(who, "GET", path, **more)


@pytest.mark.usefixtures("seized")
@pytest.mark.parametrize("tab", TABS)
def test_every_tab_is_shown_with_its_figures(scene: Scene, tab: str) -> None:
    answer = look(scene, f"/trends/figures/{tab}")
    assert answer.status == 200
    assert "<h1>" in answer.text
    if tab in ("flows", "series", "hotspots"):
        assert "<svg" in answer.text


@pytest.mark.usefixtures("seized")
def test_a_faulty_question_is_shown_with_its_fault_and_what_was_typed(scene: Scene) -> None:
    answer = look(scene, "/trends/figures/flows?since=yesterday&country=xa+xb")
    assert answer.status == 422
    assert 'value="yesterday"' in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_a_page_without_a_purpose_asks_for_one(scene: Scene) -> None:
    answer = look(scene, "/trends/figures/flows", purpose="")
    assert answer.status == 422
    assert 'action="/inquiry"' in answer.text


@pytest.mark.usefixtures("seized")
@pytest.mark.parametrize("lang", ["fr", "es", "ar"])
def test_pages_speak_the_readers_language(scene: Scene, lang: str) -> None:
    answer = look(scene, "/trends/figures/flows", headers={"Accept-Language": lang})
    assert answer.status == 200
    assert f'lang="{lang}"' in answer.text


def look(scene: Scene, path: str, who: str = "XA analyst", purpose: str = "analysis", **more: Any) -> Answer:
    return scene.ask(scene.crew[who], "GET", path, purpose=purpose, **more)
