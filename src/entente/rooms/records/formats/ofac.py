"""The sanctions lists of the US Treasury (OFAC) as published: a folder with sdn.csv, alt.csv, add.csv.

The consolidated list (cons_prim.csv, cons_alt.csv, cons_add.csv) is read too where it lies beside them.
Layout: OFAC, "Data Specifications, SDN", delimited files; `-0-` stands for nothing. Most of what is known
of a person stands in the remarks, which `ofac_remarks` reads.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from entente.core.kinds.countries import code_of
from entente.rooms.records.formats.ofac_remarks import Document, read_remarks
from entente.rooms.records.formats.rows import Bad, Line, Row, Told, decoded, lines_of

LISTS = (
    ("ofac", "sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"),
    ("ofac-cons", "cons_prim.csv", "cons_alt.csv", "cons_add.csv", "cons_comments.csv"),
)
KINDS = {"individual": "Person", "vessel": "Vessel", "aircraft": "Airplane", "": "Organization"}
ALIASES = {"aka": "alias", "nka": "alias", "fka": "previousName"}
COLUMNS = {"main": 12, "alt": 5, "add": 6, "comments": 2}


def read_ofac(folder: Path) -> Iterator[Row | Bad]:
    """Every entry as a Row, each of its passports as a Row of its own that names it, and every Bad line.

    The aliases and addresses of a list are held in memory (about 5 MB of the SDN list), its entries are not.
    """
    for prefix, main, alt, add, comments in LISTS:
        if not (folder / main).is_file():
            continue
        bad: list[Bad] = []
        aliases = _beside(folder / alt, "alt", bad)
        addresses = _beside(folder / add, "add", bad)
        remarks = _beside(folder / comments, "comments", bad)
        yield from bad
        for one in _cells(folder / main, "main"):
            if isinstance(one, Bad):
                yield replace(one, file=main)
            else:
                number, cells = one
                ref, entry = f"{prefix}-{cells[0]}", cells[0]
                beside = _Beside(aliases[entry], addresses[entry], remarks[entry])
                for told in _entry(number, ref, cells, beside):
                    yield replace(told, file=main)


def _beside(path: Path, file: str, bad: list[Bad]) -> Mapping[str, list[list[str]]]:
    """The lines of a file that adds to the main one, by the number of the entry."""
    found: dict[str, list[list[str]]] = defaultdict(list)
    for one in _cells(path, file) if path.is_file() else ():
        if isinstance(one, Bad):
            bad.append(replace(one, file=path.name))
        else:
            found[one[1][0]].append(one[1])
    return found


def _cells(path: Path, file: str) -> Iterator[tuple[int, list[str]] | Bad]:
    for line in lines_of(path):
        if isinstance(line, Bad):
            yield line
        elif line.data.strip(b" \x1a"):  # the files end with the DOS end-of-file sign
            yield _line(line, COLUMNS[file])


def _line(line: Line, columns: int) -> tuple[int, list[str]] | Bad:
    try:
        cells = next(csv.reader([decoded(line)], strict=True))
    except (ValueError, csv.Error) as wrong:
        return Bad(line.number, str(wrong))
    if len(cells) != columns:
        return Bad(line.number, f"has {len(cells)} cells; {columns} are expected")
    # not trimmed: long remarks are cut anywhere and go on in the comments file
    cells = ["" if cell.strip() == "-0-" else cell for cell in cells]
    return (line.number, cells) if cells[0].isdecimal() else Bad(line.number, "has no entry number")


@dataclass(frozen=True, slots=True)
class _Beside:
    """What the other files of a list add to one entry."""

    aliases: list[list[str]]
    addresses: list[list[str]]
    remarks: list[list[str]]


def _entry(number: int, ref: str, cells: list[str], beside: _Beside) -> Iterator[Row | Bad]:
    _, name, sort, programs, title, call_sign, vessel_type, tonnage, gross, flag, owner, remarks = cells
    kind = KINDS.get(sort)
    if kind is None:
        yield Bad(number, f"is of an unknown sort: {sort[:40]}")
        return
    told = Told()
    told.add("name", name)
    for _, _, quality, alias, _ in beside.aliases:
        told.add(ALIASES.get(quality, "alias"), alias)
    for program in programs.split("] ["):
        told.add("programId", program)
    for _, _, street, city, country, _ in beside.addresses:
        told.add(
            "address", ", ".join(part for part in (street, city, country) if part and part != "undetermined")
        )
        told.add("country", code_of(country) or "")
    if kind == "Person":
        told.add("position", title)
    elif title:
        told.add("notes", title)
    if kind == "Vessel":
        told.add("callSign", call_sign)
        told.add("type", vessel_type)
        told.add("tonnage", tonnage)
        told.add("grossRegisteredTonnage", gross)
        told.add("flag", code_of(flag) or "")
        told.add("notes", f"Owner: {owner}" if owner else "")
    documents = read_remarks(kind, "".join([remarks, *(cells[1] for cells in beside.remarks)]), told)
    yield Row(number, kind, ref, told.raw)
    for place, document in enumerate(documents, 1):
        yield _passport(number, f"{ref}-passport-{place}", ref, document)


def _passport(number: int, ref: str, holder: str, document: Document) -> Row:
    said = {
        "holder": holder,
        "number": document.number,
        "country": document.country,
        "startDate": document.issued,
        "endDate": document.expires,
    }
    return Row(number, "Passport", ref, {name: [value] for name, value in said.items() if value})
