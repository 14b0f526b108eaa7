"""A chart as two tables, nodes.csv and links.csv, in one zip archive.

A cell that a spreadsheet would take for a formula (OWASP, CSV injection) gets an apostrophe before it.
"""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence

from entente.rooms.analysis.charts.exporting.content import Content

NODES = ("id type label caption owner grade certainty countries place since until category x y").split()
LINKS = (
    "from from_name from_type to to_name to_type type label since until weight grade certainty owner id drawn"
).split()
_FORMULA = ("=", "+", "-", "@")
_PARTED = re.compile(r"([;\t]\s*)(?=[=+\-@＝＋－＠])")
_DAY = (1980, 1, 1, 0, 0, 0)
"""Of every member of the archive, so that the same chart is the same bytes."""


def zipped(found: Content) -> bytes:
    """The archive; UTF-8 with a byte order mark, which spreadsheets ask for."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (("nodes.csv", nodes(found)), ("links.csv", links(found))):
            archive.writestr(zipfile.ZipInfo(name, _DAY), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def nodes(found: Content) -> bytes:
    """The things, a line each."""
    return _spelled(
        NODES,
        (
            [
                n.id,
                n.kind,
                n.label,
                n.caption,
                n.owner,
                n.grade,
                n.certainty,
                " ".join(n.countries),
                n.place,
                n.since,
                n.until,
                n.category,
                *(f"{axis:g}" for axis in found.places[n.id]),
            ]
            for n in found.nodes
        ),
    )


def links(found: Content) -> bytes:
    """The lines, a line each, in the form that an import reads."""
    by_id = {n.id: n for n in found.nodes}
    return _spelled(
        LINKS,
        (
            [
                t.start,
                by_id[t.start].caption,
                by_id[t.start].kind,
                t.end,
                by_id[t.end].caption,
                by_id[t.end].kind,
                t.kind,
                t.label,
                t.since,
                t.until,
                str(t.weight),
                t.grade,
                t.certainty,
                t.owner,
                t.id,
                "yes" if t.drawn else "",
            ]
            for t in found.ties
        ),
    )


def _spelled(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    for row in rows:
        writer.writerow([_disarmed(cell) for cell in row])
    return ("\ufeff" + text.getvalue()).encode("utf-8", "replace")


def _disarmed(cell: str) -> str:
    """A cell with an apostrophe before what would be a formula, there or where other lists part cells."""
    inner = _PARTED.sub(r"\1'", cell)
    return f"'{inner}" if _is_formula(cell) else inner


def _is_formula(cell: str) -> bool:
    """Whether a spreadsheet might: wide signs are the same to some, and blanks before it passed over.

    Numbers stay numbers.
    """
    if cell[:1] in ("\t", "\r", "\n"):
        return True
    plain = unicodedata.normalize("NFKC", cell).lstrip()
    return plain.startswith(_FORMULA) and not plain.removeprefix("-").replace(".", "", 1).isdecimal()
