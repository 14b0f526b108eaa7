"""Persons nobody asks for, as many as wanted, the same ones for the same seed."""

import csv
import random
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, islice, zip_longest
from pathlib import Path

from benchmarks.listed_people import DATA
from benchmarks.making import Crowd

SCREENING = DATA / "matching/screening"
Body = dict[str, tuple[str, ...]]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def distractors(count: int, seed: int = 1) -> Iterator[Body]:
    """The 100,000 invented persons of yente's benchmark; beyond them, in turn, their names recombined and the
    crowd of `benchmarks.making`."""
    written = chain.from_iterable(rows(SCREENING / f"negatives_{part}.csv") for part in ("global", "us"))
    first = [_body(row["full_name"], row["date_of_birth"], row["gender"]) for row in written]
    yield from islice(first, count)
    crowd = Crowd(seed)
    made = ({name: tuple(values) for name, values in crowd.person().items()} for _ in iter(int, 1))
    more = chain.from_iterable(zip_longest(recombined(seed), made))
    yield from islice(more, max(0, count - len(first)))


def recombined(seed: int) -> Iterator[Body]:
    """Endless persons: a given name, and the family name of somebody else who has the same given name as
    somebody of the first one's family. Two steps along what is shared keep to one language."""
    chance = random.Random(seed)
    people = [row for part in ("global", "us") for row in rows(SCREENING / f"negatives_{part}.csv")]
    by_first, by_last = defaultdict(list), defaultdict(list)
    for row in people:
        by_first[row["first_name"]].append(row)
        by_last[row["last_name"]].append(row)
    while True:
        begun = chance.choice(people)
        kin = chance.choice(by_last[begun["last_name"]])
        namesake = chance.choice(by_first[kin["first_name"]])
        middle = namesake["middle_name"] if chance.random() < 0.5 else begun["middle_name"]
        name = " ".join(filter(None, (begun["first_name"], middle, namesake["last_name"])))
        yield _body(name, chance.choice(people)["date_of_birth"], begun["gender"])


def _body(name: str, birth: str, sex: str) -> Body:
    return {"name": (name,), "birthDate": (birth,), "gender": (sex,)}
