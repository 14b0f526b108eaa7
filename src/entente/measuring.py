"""Error rates and speeds of the installed matchers, on a folder of prints or on the house's own galleries.

Speeds are of processor time, one core. `entente bench bio` tells them (benching.py).
"""

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from entente.app import open_house
from entente.desk import HOUSE_ASKER, sit
from entente.match import prints, rates
from entente.match.prints import Prepared, Print
from entente.rooms.biometrics import calibrating
from entente.rooms.biometrics.decoding import REFUSALS, Picture, pictures
from entente.rooms.bureaus import directory
from entente.settings import Settings
from entente.terminal import bar, err, out

NAME = re.compile(r"(?P<finger>.+)_(?P<impression>[^_]+)\.(?:png|jpe?g|wsq|jp2|pgm)", re.IGNORECASE)
FEW_GENUINE, FEW_STRANGERS = 20, 1_000
"""Pairs of one finger below which no rate is told, and of strangers below which none at 0.1 % is."""
MOST_LISTED = 500_000
"""Pairs up to which all are listed before some are drawn."""
AT_ONCE = 16
"""Pictures decoded in one process."""
AT = 0.001
"""The rate of false matches at which false non-matches are told."""


@dataclass(slots=True)
class Scores:
    """Scores of pairs of one person and of different persons, of one thing that is measured."""

    name: str
    genuine: list[float] = field(default_factory=list)
    strangers: list[float] = field(default_factory=list)

    @property
    def told(self) -> bool:
        """Whether there are enough pairs to tell rates."""
        return len(self.genuine) >= FEW_GENUINE and len(self.strangers) > 0

    @property
    def told_low(self) -> bool:
        """Whether there are enough to tell the rate at 0.1 % of false matches."""
        return self.told and len(self.strangers) >= FEW_STRANGERS


def rows(measured: Sequence[Scores]) -> list[tuple[str, ...]]:
    """A line of the table for each; a dash where there are too few pairs to say."""
    return [
        (
            one.name,
            str(len(one.genuine)),
            str(len(one.strangers)),
            _percent(rates.eer(one.genuine, one.strangers)) if one.told else "–",
            _percent(rates.fnmr_at_fmr(one.genuine, one.strangers, AT)) if one.told_low else "–",
        )
        for one in measured
    ]


def _percent(rate: float) -> str:
    return f"{100 * rate:.2f}"


# --- a folder ------------------------------------------------------------------------------------


def of_folder(folder: Path, dpi: int, most: int) -> list[Scores]:
    """Read every picture of a folder, tell the speeds, and compare within fingers and across."""
    files = sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name))
    fingers: dict[str, list[Print]] = defaultdict(list)
    spent, done = 0.0, 0
    with bar("Reading prints") as advance:
        for path, picture in _pictures(files):
            one, took = _read(path, picture, dpi)
            advance(1, len(files))
            if one is None:
                continue
            if fingers:  # the first one compiles and loads what the others use
                spent, done = spent + took, done + 1
            fingers[_finger(path)].append(one)
    every = [one for finger in fingers.values() for one in finger]
    if len(every) > 1:
        out.print(f"{len(every)} of {len(files)} pictures read.", highlight=False)
        _tell_speeds(every, done / spent if spent else 0.0)
    scores = Scores("prints")
    ready = [[prints.prepare(one) for one in finger] for _, finger in sorted(fingers.items())]
    scores.genuine = [prints.compare(a, b).score for same in ready for a, b in combinations(same, 2)]
    scores.strangers = [prints.compare(a, b).score for a, b in _strangers(ready, most)]
    return [scores]


def _strangers(fingers: Sequence[Sequence[Prepared]], most: int) -> list[tuple[Prepared, Prepared]]:
    """Pairs of two fingers' prints, all or so many of them, the same ones at every run."""
    whose = [(n, one) for n, finger in enumerate(fingers) for one in finger]
    different = len(whose) * (len(whose) - 1) // 2 - sum(len(f) * (len(f) - 1) // 2 for f in fingers)
    if different <= MOST_LISTED:
        every = [(a, b) for (i, a), (k, b) in combinations(whose, 2) if i != k]
        return Random(different).sample(every, min(most, different))  # noqa: S311
    dice = Random(different)  # noqa: S311
    drawn: dict[tuple[int, int], tuple[Prepared, Prepared]] = {}
    while len(drawn) < min(most, different // 2):
        first, second = sorted(dice.sample(range(len(whose)), 2))
        if whose[first][0] != whose[second][0]:
            drawn[first, second] = (whose[first][1], whose[second][1])
    return list(drawn.values())


def _finger(path: Path) -> str:
    found = NAME.fullmatch(path.name)
    return found["finger"] if found else path.stem


def _pictures(files: Sequence[Path]) -> Iterator[tuple[Path, Picture | str]]:
    """Each decoded, a few in a process of its own at once; the word why not where it cannot be."""
    for start in range(0, len(files), AT_ONCE):
        some = files[start : start + AT_ONCE]
        yield from zip(some, pictures([path.read_bytes() for path in some]), strict=True)


def _read(path: Path, picture: Picture | str, dpi: int) -> tuple[Print | None, float]:
    """A print and the seconds that reading it took; told and passed over where it cannot be read."""
    start = time.process_time()
    try:
        if not isinstance(picture, str):
            return prints.read(picture.grey, round(picture.dpi or dpi)).print, time.process_time() - start
        why = REFUSALS.get(picture, REFUSALS["broken"])[1]
    except prints.Unreadable as problem:
        why = str(problem)
    err.print(f"{path.name}: {why}", highlight=False, soft_wrap=True)
    return None, 0.0


def _tell_speeds(every: Sequence[Print], extraction: float) -> None:
    packed = [prints.pack(one) for one in every]
    items = np.concatenate(packed)
    start = np.cumsum([0, *map(len, packed)]).astype(np.int64)
    order = np.resize(np.arange(len(every)), min(20_000, 250 * len(every)))
    scans = _speed(lambda: prints.scan(packed[0], items, start, order), len(order))
    pairs = list(combinations([prints.prepare(one) for one in every[:40]], 2))
    compared = _speed(lambda: [prints.compare(a, b) for a, b in pairs], len(pairs))
    for said, speed in (
        ("prints read", extraction),
        ("prints scanned (first stage)", scans),
        ("prints compared (second stage)", compared),
    ):
        out.print(f"{speed:,.0f} {said} a second and core", highlight=False)


def _speed(work: Callable[[], Any], many: int) -> float:
    """How many a second of processor time, once whatever is compiled or loaded is."""
    work()
    start = time.process_time()
    work()
    return many / max(time.process_time() - start, 1e-9)


# --- the house -----------------------------------------------------------------------------------


def of_house(most: int) -> list[Scores]:
    """Every bureau's gallery, and all together: fingers, and faces by their encoder.

    What all officers of a bureau may see is compared, within the bureau: two bureaus may have one person.
    Also what has samples and no pairs of them; nothing where there are no sets.
    """

    measured: list[Scores] = []
    together: dict[str, Scores] = {}
    with closing(open_house(Settings())) as house, sit(house, HOUSE_ASKER) as desk:
        desk.note("see", what="biometrics")
        for bureau in directory(desk).values():
            gallery = calibrating.gallery_of(desk.seated_as(calibrating.any_examiner(bureau.number)))
            for what, groups, score in calibrating.compared(gallery):
                one = Scores(f"{what}, {bureau.code}")
                one.genuine = [score(*pair) for pair in calibrating.same_person(groups)]
                one.strangers = [score(*pair) for pair in calibrating.strangers(groups, most)]
                if not groups:
                    continue
                measured.append(one)
                all_of = together.setdefault(what, Scores(f"{what}, all bureaus"))
                all_of.genuine += one.genuine
                all_of.strangers += one.strangers
    return [*together.values(), *sorted(measured, key=lambda one: one.name)]
