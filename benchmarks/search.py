"""Search by name, the whole answer over HTTP.

    python -m benchmarks.search [records=1000000] [questions=1000]

A server process with the default settings (SQLite, tantivy, answers on a 5 ms grid) on the crowd of
making.py; names of it, half with a slip, at 10 a second in an open loop. The peer is the FTS5 engine over
the same keys, asked directly for 200 of the questions (built only with `fts5` as the third word: minutes).
"""

import sys
from contextlib import closing
from itertools import islice

from benchmarks.driving import PURPOSES, drive, search_bytes, serving, table, until_answered
from benchmarks.making import BUREAUS, build, questions


def main() -> None:
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    home, made = build(records)
    keys = made["keys"]
    asked = [
        (search_bytes(keys[BUREAUS[i % 8]], name, PURPOSES[i % 4]), 0)
        for i, (name, _) in enumerate(islice(questions(), count + 200))
    ]
    with serving(home) as (port, _):
        until_answered(port, asked[0][0])
        drive(port, asked[:200], 20)  # caches as they are on a day of work
        measured = drive(port, asked[200:], 10)
    print(f"{made['records']:,} records, {count} questions by name, 10 a second, one server process")
    table([("search by name, tantivy", measured, None)])
    figures = {f"p{p}_ms": measured.at(p) for p in (50, 95, 99)}
    if "fts5" in sys.argv:
        figures |= peers(records)
    print(
        *(f"{k}={v:.1f}" for k, v in figures.items()), f"failed={measured.failed} records={made['records']}"
    )


def peers(records: int) -> dict[str, float]:
    """Proposals alone, tantivy beside FTS5, in milliseconds."""
    import time  # noqa: PLC0415

    from entente.app import open_house  # noqa: PLC0415
    from entente.core.access import Asker, Purpose  # noqa: PLC0415
    from entente.desk import indexer  # noqa: PLC0415
    from entente.engines.seams import NameQuery  # noqa: PLC0415
    from entente.match.question import understand  # noqa: PLC0415
    from entente.match.records import queries_of  # noqa: PLC0415
    from entente.settings import Settings  # noqa: PLC0415

    home, _ = build(records)
    asked = [understand(name) for name, _ in islice(questions(8), 220)]
    figures: dict[str, float] = {}
    for engine, url in (
        ("tantivy", f"tantivy:{home / 'names'}"),
        ("fts5", f"fts5:{home.parent / 'names.db'}"),
    ):
        with closing(open_house(Settings(data=home, text=url))) as house:
            indexer.catch_up(house)
            with house.store.reading() as tx:
                view = house.view(tx, Asker("o", 1, Purpose.IDENTIFY, "benchmark"))
            took = []
            for question in asked:
                parts = queries_of(question)[0]
                start = time.perf_counter()
                house.text.propose(NameQuery(parts.tokens, parts.where, parts.favour, parts.every), view, 75)
                took.append((time.perf_counter() - start) * 1e3)
        took = sorted(took[20:])
        figures |= {f"{engine}_propose_p50_ms": took[100], f"{engine}_propose_p95_ms": took[190]}
        print(f"{engine:8} proposals alone: p50 {took[100]:.1f} ms, p95 {took[190]:.1f} ms")
    return figures


if __name__ == "__main__":
    main()
