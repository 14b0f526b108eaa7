"""Lost and stolen documents: bulk load, and look-up of one number over HTTP.

    python -m benchmarks.stolen [records=1000000] [questions=3000]

A CSV file of one bureau's documents is written and loaded by the functions of `entente lost load` into a new
house (with a thousand ranges of blanks beside it); then a server process with the default settings (answers
leave on a 5 ms grid) is asked for numbers of which every tenth is known, at 50 a second in an open loop, and
once more with the grid off. The house stays in ENTENTE_BENCH_STOLEN (default: entente-stolen-<records> in the
folder for temporary files) and is found again by its `made.json`. Records per second are of the store alone:
a look-up by number needs no index.
"""

import json
import os
import random
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.driving import Measured, drive, request_bytes, serving, table, until_answered
from benchmarks.making import found as found_bureaus

from entente.app import open_house
from entente.core.access import Asker, Handling, Purpose, Role
from entente.desk import HOUSE_ASKER, House, indexer, sit
from entente.rooms.bureaus import by_code
from entente.rooms.papers.lost import blanks, loading, model
from entente.settings import Settings

SEED = 20_26
RANGES = 1_000
STATUSES = ("stolen", "lost", "lost", "lost", "revoked", "invalid")


def folder(records: int) -> Path:
    told = os.environ.get("ENTENTE_BENCH_STOLEN")
    return Path(told) if told else Path(tempfile.gettempdir()) / f"entente-stolen-{records}"


def number(place: int) -> str:
    """The number of a document: neighbours in the file are none in the space of numbers."""
    return f"{chr(65 + place % 23)}{chr(65 + place // 23 % 23)}{place * 7_919 % 10_000_000:07}"


def write(path: Path, records: int) -> None:
    chance = random.Random(SEED)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("reference,document number,type,status,date,place,case\n")
        for place in range(records):
            day = f"20{chance.randrange(16, 26)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
            status = STATUSES[chance.randrange(len(STATUSES))]
            sort = "passport" if place % 3 else "identity card"
            file.write(f"L{place},{number(place)},{sort},{status},{day},Belmar,BM {place}/25\n")


def asker_of(house: House, code: str) -> Asker:
    with sit(house, HOUSE_ASKER) as desk:
        owner = by_code(desk)[code].number
        desk.note("see", what="directory")
    roles = frozenset({Role.CONTRIBUTOR, Role.SUPERVISOR})
    return Asker("operator", owner, Purpose.DESK, "benchmark", roles)


def build(records: int) -> tuple[Path, dict[str, Any]]:
    """The house and what is known of it; made where it is not there."""
    home = folder(records)
    mark = home / "made.json"
    if mark.exists():
        return home / "house", json.loads(mark.read_text())
    home.mkdir(parents=True, exist_ok=True)
    write(home / "lost.csv", records)
    with closing(open_house(Settings(data=home / "house"))) as house:
        keys = found_bureaus(house)
        asker = asker_of(house, "XB")
        start, busy, kept = time.perf_counter(), time.process_time(), 0
        lost = loading.table_of(house, asker, home / "lost.csv")
        for step in loading.load(house, asker, home / "lost.csv", lost, Handling(asker.bureau)):
            kept += step.kept
        end, busy = time.perf_counter(), time.process_time() - busy
        indexer.catch_up(house)  # else the server would make the index while it is measured
        with sit(house, asker, "contribute", writing=True) as desk:
            for place in range(RANGES):
                first = place * 9_973
                form = model.RangeForm(first=f"ZZ{first:07}", last=f"ZZ{first + 1 + place % 9_000:07}")
                blanks.report(desk, form)
    size = sum(f.stat().st_size for f in (home / "house").rglob("*") if f.is_file())
    made = {
        "records": kept,
        "keys": keys,
        "load_per_s": kept / (end - start),
        "load_per_cpu_s": kept / busy,
        "bytes_per_record": size / kept,
    }
    mark.write_text(json.dumps(made))
    (home / "lost.csv").unlink()
    return home / "house", made


def main() -> None:
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 3_000
    home, made = build(records)
    chance = random.Random(7)
    asked = []
    for _ in range(count + 300):
        known = chance.random() < 0.1
        place = chance.randrange(records) if known else records + chance.randrange(10**9)
        body = json.dumps({"documents": [{"number": number(place), "issuer": "XB"}]}).encode()
        asked.append(
            (request_bytes("POST", "/api/v1/papers/lost/check", made["keys"]["XA"], body, "border"), 0)
        )
    found: dict[str, Measured] = {}
    for grid in ("5", "0"):
        with serving(home, answer_grid_ms=grid) as (port, _):
            until_answered(port, asked[0][0])
            drive(port, asked[:300], 50)
            found[grid] = drive(port, asked[300:], 50)
    print(f"{made['records']:,} lost documents and {RANGES:,} ranges, {count} look-ups, 50 a second")
    table([("number, 5 ms grid (default)", found["5"], None), ("number, grid off", found["0"], None)])
    figures = {f"p{p}_ms": found["5"].at(p) for p in (50, 95, 99)}
    figures |= {f"no_grid_p{p}_ms": found["0"].at(p) for p in (50, 95, 99)}
    rates = {name: made[name] for name in ("load_per_s", "load_per_cpu_s", "bytes_per_record")}
    failed = found["5"].failed + found["0"].failed
    print(
        *(f"{k}={v:.1f}" for k, v in figures.items()),
        *(f"{k}={v:.0f}" for k, v in rates.items()),
        f"failed={failed} records={made['records']}",
    )


if __name__ == "__main__":
    main()
