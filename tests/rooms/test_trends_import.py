"""Files of seizures: headers in four languages, a report row by row, all kept or none, mappings."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from entente.desk import Desk
from entente.rooms.trends.seizures import importing
from rooms.scene import Scene
from rooms.seized import AUTHOR, OFFICER, OFFICER_B, OTHER, Customs
from rooms.spreadsheets import workbook
from worlds.stage import Answer

GOOD = """Reference,Date,Country,Place,Goods,State of goods,Quantity,Unit,Origin,Destination,Mode
N-1,2026-01-03,XB,Norport,chlorpyrifos,counterfeit,1200,kg,XC,XB,sea
N-2,2026-01-04,XB,Ruvo,cigarettes,,4000,pieces,XD,XB,road
"""
BAD = GOOD + "N-3,2031-01-01,Congo,Ruvo,cigarettes,,-5,pieces,XD,XB,road\nN-1,2026-01-05,XB,,ivory,,3,kg,,,\n"


@pytest.fixture
def customs(scene: Scene) -> Customs:
    return Customs(scene)


def sent(scene: Scene, data: str | bytes, who: str = AUTHOR, what: str = "", **said: Any) -> Answer:
    words = {
        n: json.dumps(v) if isinstance(v, dict) else str(v).lower() if v is True else v
        for n, v in said.items()
    }
    raw = data.encode() if isinstance(data, str) else data
    query = f"?{urlencode(words)}" if words else ""
    return scene(who, "POST", f"/trends/seizures/import{what}{query}", raw=raw)


def report(scene: Scene, data: str | bytes, **said: Any) -> dict[str, Any]:
    answer = sent(scene, data, what="/check", **said)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def test_a_file_is_understood_by_its_headers_and_kept(customs: Customs, scene: Scene) -> None:
    told = report(scene, GOOD, name="january.csv")
    assert (told["rows"], told["seizures"], told["good"], told["fault_count"]) == (2, 2, 2, 0)
    assert [c["field"] for c in told["columns"]][:4] == ["ref", "date", "country", "place"]
    assert customs.list(OFFICER, purpose="") == []
    kept = sent(scene, GOOD)
    assert (kept.status, kept.json["kept"]) == (201, 2)
    assert {row["quantity"] for row in customs.list(OFFICER, purpose="")} == {"1200", "4000"}
    assert customs.list(OFFICER_B) == []
    assert customs.list(OFFICER, "?goods=agro", purpose="")[0]["title"].startswith("Counterfeit Chlorpyrifos")


def test_a_file_is_read_before_the_one_writers_turn_is_taken(
    customs: Customs, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns: list[bool] = []

    def watched(desk: Desk, one: importing.Prepared, data: bytes) -> importing.Read:
        turns.append(desk.writing)
        return rows_of(desk, one, data)

    rows_of = importing.rows_of
    monkeypatch.setattr(importing, "rows_of", watched)
    assert sent(scene, GOOD).json["kept"] == 2
    assert turns == [False]


def test_every_fault_names_its_row_and_column_and_nothing_is_kept(customs: Customs, scene: Scene) -> None:
    told = report(scene, BAD)
    places = {(f["row"], f["column"]) for f in told["faults"]}
    assert places == {(4, "Date"), (4, "Country"), (4, "Quantity"), (5, "Reference")}
    answer = sent(scene, BAD)
    assert answer.status == 422 and "row 4/Country" in answer.text
    assert customs.list(OFFICER, purpose="") == []
    good = sent(scene, BAD, good_rows=True)
    assert (good.status, good.json["kept"], good.json["fault_count"]) == (201, 2, 4)
    assert len(customs.list(OFFICER, purpose="")) == 2


def test_a_file_that_is_sent_twice_is_kept_once(customs: Customs, scene: Scene) -> None:
    without = "\n".join(line.partition(",")[2] for line in GOOD.splitlines())
    for data in (GOOD, without):
        assert sent(scene, data).json["kept"] == 2
        assert sent(scene, data).json["kept"] == 0
    assert len(customs.list(OFFICER, purpose="")) == 4
    assert sent(scene, GOOD, OTHER).json["kept"] == 2


def test_what_was_shared_stays_shared_when_its_file_comes_again(customs: Customs, scene: Scene) -> None:
    sent(scene, GOOD)
    row = customs.list(OFFICER, "?goods=agro", purpose="")[0]
    customs.share(AUTHOR, {**row, "version": 1})
    sent(scene, GOOD.replace("1200", "1250"))
    assert [one["quantity"] for one in customs.list(OFFICER_B)] == ["1250"]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (
            "Fecha;País;Producto;Cantidad;Unidad;País de origen;Modo de transporte",
            "04/01/2026;XB;cigarrillos;4000;piezas;XD;terrestre",
        ),
        (
            "Date;Pays;Produit;Quantité;Unité;Pays d'origine;Mode de transport",
            "04/01/2026;XB;cigarettes;4000;pièces;XD;route",
        ),
        (
            "التاريخ;الدولة;البضاعة;الكمية;الوحدة;بلد المنشأ;وسيلة النقل",
            "04/01/2026;XB;سجائر;4000;قطعة;XD;برا",
        ),
    ],
    ids=["spanish", "french", "arabic"],
)
def test_headers_of_other_languages_are_understood(scene: Scene, header: str, row: str) -> None:
    told = report(scene, f"{header}\n{row}\n", order="dmy")
    assert told["fault_count"] == 0, told["faults"]
    assert told["titles"] == ["Cigarettes, 4000 pieces · XB · 2026-01-04"]


def test_a_date_of_two_readings_and_a_comma_of_two_are_asked_once_for_the_file(scene: Scene) -> None:
    data = 'Date,Country,Goods,KG Equivalent\n03/04/2025,XB,cocaine,"1,200"\n'
    assert {f["column"] for f in report(scene, data)["faults"]} == {"Date", "KG Equivalent"}
    told = report(scene, data, order="dmy", decimal=".")
    assert told["fault_count"] == 0 and told["titles"][0].endswith("1200 kg · XB · 2025-04-03")


def test_a_mapping_is_remembered_by_the_header_and_is_the_bureau_s_own(scene: Scene) -> None:
    data = "A,B,C,D\n2026-01-04,XB,cigarettes,4000 pieces\n"
    refused = sent(scene, data)
    assert refused.status == 422 and "goods" in refused.text
    mapping = {"A": "date", "B": "country", "C": "what", "D": "quantity"}
    assert sent(scene, data, mapping=mapping).status == 201
    again = report(scene, data.replace("01-04", "01-05"))
    assert {c["by"] for c in again["columns"]} == {"remembered"} and again["good"] == 1
    assert sent(scene, data, OTHER).status == 422


def test_a_column_that_names_persons_is_never_read(customs: Customs, scene: Scene) -> None:
    data = "Date,Country,Goods,Quantity,Suspect\n2026-01-04,XB,cigarettes,4000 pieces,Ivo Marenko\n"
    assert "persons" in sent(scene, data, what="/check").text
    assert sent(scene, data, mapping={"Suspect": ""}).status == 201
    assert "Marenko" not in str(customs.list(OFFICER, purpose=""))
    hidden = "Date,Country,Goods,Quantity,Remarks\n2026-01-04,XB,cigarettes,4000 pieces,mail a@example.org\n"
    assert report(scene, hidden)["faults"][0]["column"] == "Remarks"


def test_what_holds_for_every_row_is_said_once_and_totals_are_totals(customs: Customs, scene: Scene) -> None:
    data = 'Year,Drug name,KG Equivalent\n2018,Cocaine,"435,000.5"\n2018,Heroin,90.9\n'
    said = {"constants": {"country": "XB", "form": "total", "contributor": "open_source"}, "decimal": "."}
    assert sent(scene, data, **said).json["kept"] == 2
    rows = customs.list(OFFICER, purpose="")
    assert {(row["form"], row["date"]) for row in rows} == {("total", "2018")}


def test_rows_of_one_reference_are_lines_of_one_seizure(customs: Customs, scene: Scene) -> None:
    data = (
        "Case no,Date,Country,Goods,Quantity\n"
        "7,2026-01-04,XB,cigarettes,4000 pieces\n7,2026-01-04,XB,cocaine,2 kg\n8,2026-01-05,XB,cocaine,1 kg\n"
    )
    assert report(scene, data)["seizures"] == 2
    sent(scene, data)
    assert {tuple(row["goods"]) for row in customs.list(OFFICER, purpose="")} == {
        ("tobacco.cigarettes", "drugs.cocaine"),
        ("drugs.cocaine",),
    }


def test_days_that_a_spreadsheet_counts_are_read_where_that_is_said(scene: Scene) -> None:
    data = "Date,Country,Goods,Quantity\n46026,XB,cocaine,2 kg\n"
    assert report(scene, data)["faults"][0]["column"] == "Date"
    assert report(scene, data, epoch="1900")["titles"][0].endswith("2026-01-04")


def test_a_figure_far_from_the_file_s_others_is_held(scene: Scene, customs: Customs) -> None:
    rows = "".join(f"2026-01-{n + 1:02},XB,cocaine,{20 + n} kg\n" for n in range(12))
    data = f"Date,Country,Goods,Quantity\n{rows}2026-01-13,XB,cocaine,25000 kg\n"
    told = report(scene, data)
    assert [(d["row"], d["column"]) for d in told["doubts"]] == [(14, "Quantity")]
    sent(scene, data)
    held = [r["id"] for r in customs.list(OFFICER, purpose="") if r["quantity"] == "25000"]
    assert customs.open(OFFICER, held[0], purpose="").json["items"][0]["held"]


# --- spreadsheets --------------------------------------------------------------------------------

HEAD = ("Date", "Country", "Goods", "Quantity", "Unit")


def test_a_spreadsheet_s_own_days_and_numbers_are_read(customs: Customs, scene: Scene) -> None:
    data = workbook(HEAD, (46026, "XB", "cocaine", 2.5, "kg"), (46027, "XB", "cigarettes", 4000, "pieces"))
    told = report(scene, data)
    assert told["fault_count"] == 0, told["faults"]
    assert told["sheets"] == ["January"]
    assert told["titles"] == [
        "Cocaine, 2.5 kg · XB · 2026-01-04",
        "Cigarettes, 4000 pieces · XB · 2026-01-05",
    ]
    assert sent(scene, data).json["kept"] == 2


@pytest.mark.parametrize(
    "data",
    [
        workbook(HEAD, (46026, "XB", "cocaine", 2.5, "kg"), big=40 << 20),
        b"PK\x03\x04 this is no archive",
        b"\xd0\xcf\x11\xe0 an old spreadsheet",
        b"\x00\x01\x02\x03",
        b"",
        b"Date,Country\n",
        b'Date,Goods\n"2026-01-01,cocaine\n',
    ],
    ids=["bomb", "broken", "old", "bytes", "empty", "header", "quote"],
)
def test_what_is_no_table_is_refused_in_words(scene: Scene, data: bytes) -> None:
    answer = sent(scene, data, what="/check")
    assert answer.status == 422 and answer.json["faults"][0]["where"] == "file"


def test_more_rows_than_a_file_may_have_are_refused(scene: Scene) -> None:
    data = "Date,Country,Goods,Quantity\n" + "2026-01-01,XB,cocaine,1 kg\n" * 20_001
    assert "too many rows" in sent(scene, data, what="/check").text


def test_a_file_of_windows_letters_is_read_with_a_doubt(scene: Scene) -> None:
    data = "Date,Country,Place,Goods,Quantity\n2026-01-01,XB,Côte,cocaine,1 kg\n".encode("cp1252")
    told = report(scene, data)
    assert told["fault_count"] == 0 and "Windows-1252" in told["doubts"][0]["what"]


def test_the_template_is_a_file_that_can_be_sent(customs: Customs, scene: Scene) -> None:
    template = scene(AUTHOR, "GET", "/trends/seizures/template.csv").body
    assert report(scene, template)["good"] == 1


@pytest.mark.parametrize("who", ["XA officer", "XA analyst"])
def test_only_who_contributes_sends_files(scene: Scene, who: str) -> None:
    assert sent(scene, GOOD, who).status == 403
