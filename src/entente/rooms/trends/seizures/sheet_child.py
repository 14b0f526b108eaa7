"""The other side of sheets.py, alone in a process: one sheet of an .xlsx or .ods file, under hard limits.

It runs as a script and knows nothing of the house. Arguments: most rows, most columns, number of the sheet,
most signs of a cell. In: the file. Out: one line of JSON for each row: its cells as text, a date as
year-month-day; and last, when all rows were told, {"sheets": [names], "sheet": name, "columns": how many}, or
{"fault": word} (words of sheets.FAULTS) where something went wrong, whatever was told before it. A whole
number that a spreadsheet keeps as 12.0 is written 12. Of a cell with more signs one more than the most is
told, so that its reader knows it was longer.
"""

import codecs
import io
import json
import resource
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine

MEMORY_BYTES = 1 << 30
CPU_S = 60
MOST_UNPACKED = 160 << 20
"""Bytes that all parts of the file may unpack to: 20,000 rows of 200 cells of 40; reading takes once that."""
MOST_SHARED = 64 << 20
"""Bytes of the texts that its cells share, which take three times that."""
MOST_PARTS = 2_000
MOST_RATIO = 200
"""Times that a part may unpack to more than it is in the file, where it is larger than a megabyte."""


class Refused(Exception):
    """What is wrong, as one word."""


def limit() -> None:
    """No more memory and time than a table needs; no file is opened from here on."""
    codecs.lookup("cp437")  # the codec of names in archives is a file of its own
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 3),
    ):
        resource.setrlimit(what, (most, most))


def weigh(data: bytes) -> None:
    """Refuse what unpacks to too much, by what the file says of itself and by what the parts really give."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED:
                raise Refused("large")
            for part in parts:
                if part.flag_bits & 1:
                    raise Refused("locked")
                if part.file_size > 1 << 20 and part.file_size > MOST_RATIO * max(part.compress_size, 1):
                    raise Refused("large")
                if part.file_size > MOST_SHARED and part.filename.lower().endswith("sharedstrings.xml"):
                    raise Refused("large")
                _really(packed, part)
    except (zipfile.BadZipFile, EOFError, RuntimeError, ValueError):  # a way of packing unknown to it, too
        raise Refused("kind") from None


def _really(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """A part that unpacks to more than it says is refused before anything is made of it."""
    found = 0
    with packed.open(part) as opened:
        while piece := opened.read(1 << 20):
            found += len(piece)
            if found > part.file_size:
                raise Refused("large")


def text(cell: Any) -> str:
    """A cell as text."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(timespec="minutes")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell).strip()


def tell(line: Any) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=True) + "\n")


def main(rows: int, columns: int, number: int, signs: int) -> None:
    data = sys.stdin.buffer.read()
    try:
        weigh(data)
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        if not 0 <= number < len(book.sheet_names):
            raise Refused("sheet")
        sheet = book.get_sheet_by_index(number)
        if sheet.width > columns:
            raise Refused("columns")
        if sheet.total_height > rows + 1:
            raise Refused("rows")
        for row in sheet.to_python(skip_empty_area=False):
            tell([text(cell)[: signs + 1] for cell in row])
        tell({"sheets": book.sheet_names, "sheet": sheet.name, "columns": sheet.width})
    except Refused as why:
        tell({"fault": str(why)})
    except MemoryError:
        tell({"fault": "large"})
    except (python_calamine.CalamineError, ValueError, OverflowError):
        tell({"fault": "kind"})


if __name__ == "__main__":
    limit()
    main(*(int(argument) for argument in sys.argv[1:5]))
