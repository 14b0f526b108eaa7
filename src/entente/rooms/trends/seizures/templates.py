"""The table to fill in: the headers that are understood by themselves, and one invented row."""

import csv
import io

from fastapi.responses import Response

ROW = {
    "Reference": "N-2026-0001",
    "Date": "2026-01-10",
    "Country": "XB",
    "Place": "Norport",
    "Type of place": "seaport",
    "Authority": "Customs of XB",
    "How found": "scanner",
    "Goods": "chlorpyrifos",
    "State of goods": "counterfeit",
    "HS code": "380891",
    "HS edition": "2022",
    "Quantity": "1200",
    "Unit": "kg",
    "Value": "",
    "Currency": "",
    "Country of origin": "XC",
    "Transit country": "",
    "Destination country": "XB",
    "Mode of transport": "sea",
    "Concealment": "cover_load",
    "Container number": "CSQU3054383",
    "Batch number": "",
}


def as_file() -> Response:
    """The template as CSV in UTF-8 with a mark, as spreadsheets expect it."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(ROW), lineterminator="\r\n")
    writer.writeheader()
    writer.writerow(ROW)
    return Response(
        out.getvalue().encode("utf-8-sig"),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="seizures.csv"'},
    )
