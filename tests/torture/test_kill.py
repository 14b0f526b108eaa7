"""kill -9 of server and loader in the middle of their work; then everything acknowledged must stand.

A killed process leaves the machine's page cache whole: that what was acknowledged also survives a loss of
power rests on fsync, which the store's own tests look at. ENTENTE_TORTURE says how many cycles.
"""

import os
import random
import shutil
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tantivy import Index, Query

from entente.app import journal_key, open_house, sequencer_of
from entente.core.access import Handling, Status, View
from entente.core.proof import verify_export
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, House, indexer, sit
from entente.desk.sequencer import public_key, verify_signature
from entente.desk.work import run_job
from entente.engines.seams import NameQuery
from entente.engines.text import open_text
from entente.match.question import understand
from entente.match.records import queries_of
from torture.running import LINES, Running

CYCLES = int(os.environ.get("ENTENTE_TORTURE", "5"))
A_HOUSE = 10
"""Cycles that one house goes through: the exact twin is slow on a large one."""


@dataclass
class Found:
    """What was found to be wrong, by sort, over all cycles."""

    lost: int = 0
    index_faults: list[str] = field(default_factory=list)
    journal_faults: list[str] = field(default_factory=list)


def test_whatever_was_acknowledged_stands_after_kill_9_and_the_index_equals_the_store(tmp_path: Path) -> None:
    began, found, told = time.monotonic(), Found(), Counter[str]()
    for first in range(0, CYCLES, A_HOUSE):
        with closing(Running(tmp_path / f"house-{first}", seed=first)) as running:
            _torment(running, min(A_HOUSE, CYCLES - first), found)
        told["records"] += len(running.told.records)
        told["withdrawn"] += len(running.told.withdrawn)
        told["searches"] += len(running.told.searches)
        told["lines"] += sum(LINES if done < 0 else done for done in running.told.lines.values())
        told["refused"] += running.told.refused
        shutil.rmtree(running.settings.data)
    print(
        f"\ncycles={CYCLES}",
        *(f"{name}={count}" for name, count in told.items()),
        f"lost={found.lost}",
        f"index_faults={len(found.index_faults)}",
        f"journal_faults={len(found.journal_faults)}",
        f"seconds={time.monotonic() - began:.0f}",
    )
    assert found == Found()
    assert told["records"] and told["searches"] and told["lines"] and not told["refused"]


def _torment(running: Running, cycles: int, found: Found) -> None:
    for cycle in range(cycles):
        running.start()
        if cycle:
            _the_server_caught_up(running)
        running.torment()
        with closing(open_house(running.settings)) as house:
            found.lost += lost(house, running)
            found.journal_faults += journal_faults(house, running)
            # Every other time the index is left as it fell, for the next server to mend.
            if cycle % 2 or cycle == cycles - 1:
                indexer.catch_up(house)
                found.index_faults += index_faults(house, running)


def test_the_checks_see_a_lost_record_a_lost_search_and_a_wrong_index(tmp_path: Path) -> None:
    running = Running(tmp_path / "house", seed=1)
    with closing(open_house(running.settings)) as house:
        with sit(house, HOUSE_ASKER, writing=True) as desk:
            kept = [
                desk.keep("Person", {"name": name}, Handling(1)) for name in ("Ivo Marenko", "Mira Dvorsky")
            ]
            desk.note("contribute")
        while run_job(house):
            pass
        indexer.catch_up(house)
        running.told.records = {kept[0].id: (1, "Ivo Marenko")}
        assert (lost(house, running), index_faults(house, running)) == (0, [])
        running.told.records = {kept[0].id: (2, "Ivo Marenko"), "f" * 32: (1, "Nobody")}
        running.told.searches = ["e" * 32]
        assert lost(house, running) == 3
        house.text.apply([], [kept[1].n], house.text.watermark())
        assert index_faults(house, running)


def _the_server_caught_up(running: Running) -> None:
    """The server that was started on what the killed one left brings the index up to date by itself."""
    text = open_text(running.settings.text_url)
    with closing(open_house(running.settings)) as house, house.store.reading() as tx:
        newest = tx.upkeep.newest()
    until = time.monotonic() + 30
    while text.watermark() < newest:
        assert time.monotonic() < until, "the index was not brought up to date"
        time.sleep(0.05)
    text.close()


def lost(house: House, running: Running) -> int:
    """How many acknowledgements the store does not keep."""
    told = running.told
    with house.store.reading() as tx:
        every = View(bytes([1]) * len(house.classes(tx)), (), house.clock().date())
        standing = {t.id: t for t in tx.things.get(list(told.records), every)}
        count = 0
        for id, (version, name) in told.records.items():
            now = standing.get(id)
            kept = now and (now.version > version or (now.version, now.first("name")) == (version, name))
            count += not kept
        withdrawn = tx.things.get(list(told.withdrawn), every)
        count += sum(t.handling.status is not Status.DELETED for t in withdrawn)
        count += sum(tx.entries.get(search) is None for search in told.searches)
        loaded = [
            house.ids.of("ref", 1, f"{file}-{i}")
            for file, done in told.lines.items()
            for i in range(LINES if done < 0 else done)
        ]
        return count + len(loaded) - len(tx.things.get(loaded, every))


def journal_faults(house: House, running: Running) -> list[str]:
    sequencer = sequencer_of(house, running.settings)
    while sequencer.fold():
        pass
    report = verify_export(sequencer.export(public_key(journal_key(running.settings))), verify_signature)
    with house.store.reading() as tx:
        unsigned = tx.entries.read(report.size, 1)
    faults = [f"place {report.place}: {report.fault}"] if report.fault else []
    return faults + (["entries beyond the tree"] if unsigned or report.entries != report.size else [])


def index_faults(house: House, running: Running) -> list[str]:
    """Records that stand in the index not once, or too much, and proposals unlike those of the exact twin."""
    bureaus = indexer.bureau_numbers(house)
    with house.store.reading() as tx:
        changes = tx.upkeep.changes(0, 10**9, house.model.searchable)
    kept = {c.n: c.thing for c in changes if c.thing}
    searcher = Index.open(str(running.settings.data / "names")).searcher()
    hits = searcher.search(Query.all_query(), searcher.num_docs + 1).hits
    indexed = Counter(n for n in searcher.fast_field_values("n", [at for _, at in hits]) if n)
    once = Counter(dict.fromkeys(kept, 1))
    wrong = [_stands(n, indexed[n], kept) for n in (indexed - once + (once - indexed))]
    twin = open_text("memory:")
    twin.apply((indexer.doc_of(house, thing, bureaus) for thing in kept.values()), (), 1)
    seen = View(b"", ("s1",), house.clock().date())
    for n in random.Random(len(kept)).sample(sorted(kept), min(8, len(kept))):
        parts = queries_of(understand(kept[n].first("name")))[0]
        query = NameQuery(parts.tokens, parts.where, parts.favour, parts.every)
        exact, found = twin.propose(query, seen, 75), house.text.propose(query, seen, 75)
        if exact != found:
            wrong.append(f"{kept[n].first('name')}: {exact} is not {found}")
    return wrong


def _stands(n: int, times: int, kept: dict[int, Thing]) -> str:
    thing = kept.get(n)
    what = f"{thing.first('name')}, version {thing.version}, place {thing.place}" if thing else "gone"
    return f"{n} stands {times} times in the index ({what})"
