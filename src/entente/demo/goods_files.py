"""Files of seizures to bring in beside the demo's house: one whose columns must be said, a spreadsheet that
is understood by itself, and one with a row of every sort of fault. Nothing in them ever happened.
"""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from xml.sax.saxutils import escape

from entente.demo.goods_seizures import BEGINS, Row, header, month

REGISTER = (
    "N° PV",
    "Jour",
    "Poste",
    "Pays",
    "Nature",
    "Poids net",
    "Venant de",
    "Allant vers",
    "Par",
    "Agent",
)
MAPPING = """# How they are read: entente load register.csv --seizures --bureau XB --mapping register.toml
decimal = ","
order = "dmy"

[columns]
"N° PV" = "ref"
"Jour" = "date"
"Poste" = "place"
"Pays" = "country"
"Nature" = "what"
"Poids net" = "quantity KGM"
"Venant de" = "origin"
"Allant vers" = "destination"
"Par" = "mode"
"Agent" = ""
"""
GOODS = (
    ("chlorpyrifos", "XC", "road"),
    ("mancozeb", "XE", "sea"),
    ("paraquat", "XE", "sea"),
    ("urea", "XG", "sea"),
)
AGENTS = ("Velmo Tastrik", "Orna Quellisch")
NORMAL = 12
"""Rows without a fault in the file of faults: of a few, none is far from the others."""
FAULTS: Mapping[str, Row] = {
    "HS with dots": {"HS code": "3808.91"},
    "HS without its nought": {"HS code": "30192", "Goods": "glass eels"},
    "HS without an edition": {"HS edition": ""},
    "no unit": {"Unit": ""},
    "two containers": {"Quantity": "2 containers", "Unit": ""},
    "a range": {"Quantity": "2-3 kg", "Unit": ""},
    "negative": {"Quantity": "-40"},
    "a comma of two readings": {"Quantity": "1,200"},
    "kilograms of parrots": {"Goods": "parrots", "HS code": "", "HS edition": "", "Quantity": "3"},
    "three noughts too many": {"Quantity": "900000000"},
    "a name of two countries": {"Country of origin": "Congo"},
    "back to where it came from": {"Country of origin": "XB", "Destination country": "XB"},
    "a day to come": {"Date": "{next year}-02-01"},
    "a day of two readings": {"Date": "3/4/{year}"},
    "a year of the Buddhist calendar": {"Date": "{buddhist}"},
    "the year alone": {"Date": "{last year}"},
    "a point in the sea": {"Latitude": "0", "Longitude": "0"},
    "half a point": {"Latitude": "44.1"},
    "beyond the globe": {"Latitude": "144.1", "Longitude": "-35.2"},
    "a wrong check digit": {"Container number": "SVKU4175021"},
    "an e-mail address": {"Summary": "The driver wrote to someone@post.example from the ramp"},
    "goods of no list": {"Goods": "flumbrigated snorgs", "HS code": "", "HS edition": ""},
    "another state": {"State of goods": "shiny"},
    "twice the same reference": {},
}
"""What a row is about, which is its reference, to what is written in it."""


def files(today: date) -> dict[str, bytes]:
    """What there is to try, by path with slashes; its dates lie shortly before `today`."""
    return {
        "goods/register.csv": _register(today),
        "goods/register.toml": MAPPING.encode(),
        "goods/seizures.xlsx": workbook(_sheet(today)),
        "goods/seizures with faults.csv": _faulty(today),
    }


def _register(today: date) -> bytes:
    """As a customs post might keep it: French, semicolons, decimal commas, and who was on duty."""
    rows = []
    for n in range(24):
        what, origin, way = GOODS[n % len(GOODS)]
        day = today - timedelta(days=10 + 9 * n)
        weight = f"{(240 + 37 * (n % 11)):d},{n % 10}"
        agent = AGENTS[n % 2]
        rows.append(
            (f"PV {311 + n}", f"{day:%d/%m/%Y}", "Norport", "XB", what, weight, origin, "XB", way, agent)
        )
    return _csv(REGISTER, rows, ";")


def _sheet(today: date) -> list[Sequence[str | int]]:
    """Rows of a spreadsheet: a day is the number of days that spreadsheets count."""
    made: list[Sequence[str | int]] = [
        (
            "Date",
            "Reference",
            "Country",
            "Place",
            "Goods",
            "Quantity",
            "Unit",
            "Country of origin",
            "Destination",
        )
    ]
    for n in range(12):
        what, origin, _ = GOODS[n % len(GOODS)]
        day = (today - timedelta(days=12 + 11 * n) - date(1899, 12, 30)).days
        made.append((day, f"N-{n + 1}", "XB", "Graven", what, 90 + 55 * (n % 5), "kg", origin, "XB"))
    return made


def _faulty(today: date) -> bytes:
    plain = {
        "Country": "XB",
        "Place": "Norport",
        "Goods": "chlorpyrifos",
        "State of goods": "counterfeit",
        "HS code": "380891",
        "HS edition": "2022",
        "Unit": "kg",
        "Country of origin": "XC",
        "Destination country": "XB",
        "Mode of transport": "sea",
    }
    years = {
        "{year}": today.year - 1,
        "{next year}": today.year + 1,
        "{last year}": today.year - 1,
        "{buddhist}": today.year - 1 + 543,
    }
    table: list[Row] = []
    for n in range(NORMAL):
        day = month(today, 1 + n % BEGINS)
        said = {"Reference": f"good {n + 1}", "Date": day.isoformat(), "Quantity": str(800 + 70 * n)}
        table.append(said | plain)
    for n, (ref, changed) in enumerate(FAULTS.items()):
        day = month(today, 1 + n % BEGINS).replace(day=9)
        said = {"Reference": ref, "Date": day.isoformat(), "Quantity": str(610 + 30 * n)}
        table.append(said | plain | {name: _dated(text, years) for name, text in changed.items()})
    again = {"Date": month(today, 2).replace(day=5).isoformat(), "Quantity": "77"}
    table.insert(NORMAL, {**table[-1], **again})  # not beside the other: those two would be one seizure
    names = header(table)
    return _csv(names, [[row.get(name, "") for name in names] for row in table], ",")


def _dated(text: str, years: Mapping[str, int]) -> str:
    for word, year in years.items():
        text = text.replace(word, str(year))
    return text


def _csv(names: Sequence[str], rows: Sequence[Sequence[str]], sign: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=sign, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


# --- a spreadsheet -------------------------------------------------------------------------------

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="Graven" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">'
    '<xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
}


def workbook(rows: Sequence[Sequence[str | int]]) -> bytes:
    """An .xlsx file of one sheet (ECMA-376), always the same bytes; numbers in its first column are days."""
    spelled = []
    for r, cells in enumerate(rows, 1):
        made = [
            f'<c r="{chr(65 + c)}{r}" s="{int(c == 0)}"><v>{value}</v></c>'
            if isinstance(value, int)
            else f'<c r="{chr(65 + c)}{r}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
            for c, value in enumerate(cells)
        ]
        spelled.append(f'<row r="{r}">{"".join(made)}</row>')
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(spelled)}</sheetData></worksheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, text in {**_PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, f'<?xml version="1.0"?>{text}')
    return out.getvalue()
