"""Persons and the links between them: the house that benchmarks/expand.py measures on.

    python -m benchmarks.linked [links=5000000]

A tenth as many persons as links. Each new person is linked with ten that came before, drawn by how many
links they have (Barabási and Albert 1999), so that a few have thousands. Persons and links have handlings of
their own, drawn from 500 classes of eight bureaus; the first bureau sees about two in five of them. Half of
the links have a start, a quarter an end. The house is made once, in ENTENTE_BENCH_LINKS (default:
entente-bench-links in the folder for temporary files, other sizes beside it), and found again by its
`made.json`. Five million take a quarter of an hour.
"""

import json
import os
import random
import sys
import tempfile
import time
from array import array
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from benchmarks.making import BUREAUS, Crowd, found

from entente.app import open_house
from entente.core.access import Handling
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, House, indexer, sit
from entente.desk.bulk import in_bulk
from entente.rooms.bureaus import by_code
from entente.settings import Settings

SEED = 20_26
LINKS = 5_000_000
EACH = 10
"""Links that a new person brings."""
CLASSES = 500
SEEN = 0.31
"""Chance that another bureau's class is for the first bureau too; with its own, two in five are."""
BATCH = 20_000
KINDS = (
    ("Associate", "person", "associate", 40),
    ("UnknownLink", "subject", "object", 20),
    ("Family", "person", "relative", 15),
    ("Payment", "payer", "beneficiary", 15),
    ("Representation", "agent", "client", 10),
)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
EXPIRES = date(2031, 1, 1)
HUBS = 20


def folder(links: int) -> Path:
    told = os.environ.get("ENTENTE_BENCH_LINKS")
    name = "entente-bench-links" + (f"-{links}" if links != LINKS else "")
    return Path(told) if told else Path(tempfile.gettempdir()) / name


def id_of(i: int) -> str:
    """Random to an index, known to us."""
    return f"{(i + 1) * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128:032x}"


def ends(persons: int, links: int) -> Iterator[tuple[int, int]]:
    """(newer, older) for each link, preferring whom many are linked with already."""
    chance = random.Random(SEED)
    drawn = array("l", range(EACH))  # every end of every link so far: to draw from it is to prefer
    made = 0
    for newer in range(EACH, persons):
        for _ in range(EACH if newer < persons - 1 else links - made):
            older = drawn[int(chance.random() * len(drawn))]
            drawn.append(older)
            made += 1
            yield newer, older
        drawn.extend([newer] * EACH)


def classes(bureaus: list[int]) -> list[Handling]:
    """Handlings of the bureaus in turn, each for others drawn by lot."""
    chance = random.Random(SEED)
    made = []
    for i in range(CLASSES):
        see = chance.getrandbits(256) & ~(1 << bureaus[0])
        if chance.random() < SEEN:
            see |= 1 << bureaus[0]
        made.append(Handling(owner=bureaus[i % len(bureaus)], see=see))
    return made


def persons_of(count: int, handlings: list[Handling]) -> Iterator[Thing]:
    crowd, chance = Crowd(), random.Random(SEED)
    for i in range(count):
        body = {name: tuple(values) for name, values in crowd.person().items()}
        yield Thing(
            id_of(i), "Person", chance.choice(handlings), body, EXPIRES, "B2", created=NOW, changed=NOW
        )


def links_of(count: int, persons: int, handlings: list[Handling]) -> Iterator[Thing]:
    chance = random.Random(SEED)
    shares = [share for *_, share in KINDS]
    drawn = chance.choices(KINDS, shares, k=10_000)
    for i, (newer, older) in enumerate(ends(persons, count)):
        kind, source, target, _ = drawn[i % len(drawn)]
        body = {source: (id_of(newer),), target: (id_of(older),)}
        dated = chance.random()
        if dated < 0.5:
            year = 1995 + int(dated * 50)
            body["startDate"] = (str(year),)
            if dated < 0.25:
                body["endDate"] = (f"{year + 3}-06",)
        yield Thing(
            id_of(persons + i),
            kind,
            chance.choice(handlings),
            body,
            EXPIRES,
            "B2",
            created=NOW,
            changed=NOW,
        )


def load(house: House, things: Iterator[Thing], many: int) -> float:
    """Keep them, a batch a transaction; returns the seconds the keeping took, without the making."""
    took, done, told = 0.0, 0, time.perf_counter()
    while batch := [thing for _, thing in zip(range(BATCH), things, strict=False)]:
        start = time.perf_counter()
        with in_bulk(), sit(house, HOUSE_ASKER, "contribute", writing=True) as desk:
            done += desk.keep_many(batch)
            desk.note("load", records=len(batch))
        took += time.perf_counter() - start
        if time.perf_counter() - told > 30:
            told = time.perf_counter()
            print(f"{done:,} of {many:,}, {done / took:,.0f} /s", flush=True)
    return took


def hubs_of(links: int, persons: int) -> list[int]:
    """The persons with the most links, the largest first."""
    many = Counter(end for pair in ends(persons, links) for end in pair)
    return [i for i, _ in many.most_common(HUBS)]


def build(links: int) -> tuple[Path, dict[str, Any]]:
    """The folder of a house with so many links, and what is known of it; made where it is not there."""
    home = folder(links)
    mark = home / "made.json"
    if mark.exists():
        return home / "house", json.loads(mark.read_text())
    persons = max(links // EACH, EACH + 2)
    with closing(open_house(Settings(data=home / "house"))) as house:
        keys = found(house)
        with sit(house, HOUSE_ASKER) as desk:
            known = by_code(desk)
            desk.note("see", what="directory")
        bureaus = [known[code].number for code in BUREAUS]
        handlings = classes(bureaus)
        persons_s = load(house, persons_of(persons, handlings), persons)
        before = _size(home)
        links_s = load(house, links_of(links, persons, handlings), links)
        after = _size(home)
        indexer.catch_up(house)
    made = {
        "links": links,
        "persons": persons,
        "bureau": bureaus[0],
        "keys": keys,
        "hubs": hubs_of(links, persons),
        "persons_per_s": persons / persons_s,
        "links_per_s": links / links_s,
        "load_s": persons_s + links_s,
        "bytes_per_link": (after - before) / links,
    }
    mark.write_text(json.dumps(made))
    return home / "house", made


def _size(home: Path) -> int:
    return sum(f.stat().st_size for f in home.rglob("*") if f.is_file())


def main() -> None:
    _, made = build(int(sys.argv[1]) if len(sys.argv) > 1 else LINKS)
    print(*(f"{name}={value:.0f}" for name, value in made.items() if name not in ("keys", "hubs")))


if __name__ == "__main__":
    main()
