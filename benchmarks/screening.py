"""A list screened against a million records: rows a second, and what changed looked at again.

    python -m benchmarks.screening [records=1000000] [rows=10000] [changed=1000]

The crowd of making.py on SQLite and tantivy. The list holds names of the crowd, half of them with a slip,
half with a date of birth, and is asked by one screener in this process, as the process beside a server does
it; the silent pass does not run. Then `changed` records are loaded and the list is asked again of them alone.
The target (specs/search.md, T14) is 10,000 rows in 5 minutes on two cores.
"""

import csv
import io
import random
import resource
import sys
import time
from contextlib import closing
from itertools import islice

from benchmarks.making import BUREAUS, Crowd, build, questions

from entente.app import open_house
from entente.core.access import EVERYONE, Handling, Purpose
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, indexer, sit
from entente.rooms.bureaus import asker_now, by_code, enrol
from entente.rooms.screening import Screener, Sent, again, progress, send
from entente.settings import Settings

SIZES = ["1000000", "10000", "1000"]


def listed(rows: int, seed: int = 11) -> io.BytesIO:
    """The list: name, date of birth or none, seat."""
    chance, text = random.Random(seed), io.StringIO()
    out = csv.writer(text)
    out.writerow(("Name", "Date of birth", "Seat"))
    for i, (name, _) in enumerate(islice(questions(seed), rows)):
        born = f"{chance.randrange(1940, 2008)}-0{chance.randrange(1, 10)}-1{chance.randrange(10)}"
        out.writerow((name, born if chance.random() < 0.5 else "", i))
    return io.BytesIO(text.getvalue().encode())


def changed(house: House, number: int, many: int) -> None:
    """New records of a bureau, open to all."""
    crowd, today = Crowd(seed=99), house.clock()
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        desk.keep_many(
            [
                Thing(
                    id=house.ids.fresh(),
                    kind="Person",
                    handling=Handling(number, see=EVERYONE),
                    body=house.model.clean("Person", crowd.person()),
                    expires=today.date().replace(year=today.year + 1),
                    version=0,
                    created=today,
                    changed=today,
                )
                for _ in range(many)
            ]
        )
        desk.note("load")
    indexer.catch_up(house)


def run(house: House, id: str) -> float:
    """Ask until it is done; seconds."""
    start, screener = time.perf_counter(), Screener(house)
    while screener.advance(id):
        pass
    assert progress(house, id).state == "done"
    return time.perf_counter() - start


def main() -> None:
    records, rows, many = (
        int(v) for v in [*sys.argv[1:4], *("1000000", "10000", "1000")[len(sys.argv) - 1 :]]
    )
    home, made = build(records)
    with closing(open_house(Settings(data=home))) as house:
        with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
            bureau = by_code(desk)[BUREAUS[0]]
            officer = enrol(desk, bureau, "Benchmark", f"{house.ids.fresh()}@example.org", ["officer"])
        with house.store.reading() as tx:
            desk = Desk(house, HOUSE_ASKER, tx, writing=False)
            asker = asker_now(desk, officer.id, Purpose.BORDER, "benchmark")

        def sitting(writing: bool):  # type: ignore[no-untyped-def]
            return sit(house, asker, "screen", writing)

        start = time.perf_counter()
        id = send(sitting, listed(rows), Sent(title="crowd")).id
        sent = time.perf_counter() - start
        asked = run(house, id)
        changed(house, bureau.number, many)
        again(sitting, id, None, Sent())
        looked = run(house, id)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{made['records']:,} records, a list of {rows:,} rows, one screener")
    print(f"sent in {sent:.2f} s; asked in {asked:.0f} s: {rows / asked:.1f} rows/s")
    print(f"asked again of {many:,} changed records in {looked:.1f} s: {rows / looked:,.0f} rows/s")
    print(f"rows_per_s={rows / asked:.1f} seconds={asked:.0f} again_s={looked:.1f} peak_mib={peak:.0f}")


if __name__ == "__main__":
    main()
