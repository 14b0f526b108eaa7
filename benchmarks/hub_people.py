"""A hub's persons, invented: two index fingers each, in a house of eight bureaus, for benchmarks/hub.py.

No finger of them exists. 35 to 45 minutiae of each lie at least 14 pixels apart on a grid of its own that is
turned and moved, their directions follow a flow that turns slowly over the place, and the flow is kept as our
extractor keeps it: without it a record is half as long and the second stage has less to do. Each bureau keeps
its persons under five handlings, drawn by lot, so that the first bureau sees about three in five. The house
is made once, in ENTENTE_BENCH_HUB (default: entente-hub-<persons> in the folder for temporary files), and
found again by its `made.json`.
"""

import json
import math
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.making import BUREAUS
from benchmarks.making import found as found_bureaus
from numpy.typing import NDArray

from entente.app import open_house
from entente.core.access import Asker, Handling, Purpose
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, House, indexer, sit, templating
from entente.desk.bulk import in_bulk
from entente.match import prints
from entente.match.prints.minutiae import CELL, Flow, Print
from entente.rooms.biometrics import calibrating, rereading
from entente.rooms.biometrics.samples import FINGER, SET, Read, body_of
from entente.rooms.bureaus import by_code
from entente.rooms.records import HandlingForm, to_handling
from entente.settings import Settings

SEED = 20_26
WIDTH, HEIGHT = 320, 400
POSITIONS = (2, 7)
PITCH, COLUMNS, ROWS = 28, 10, 13
BATCH = 500
NOW = datetime(2026, 1, 1, tzinfo=UTC)
EXPIRES = date(2031, 1, 1)
HANDLINGS: tuple[tuple[int, dict[str, Any]], ...] = (
    (35, {"mode": "everyone"}),
    (15, {"mode": "but", "bureaus": [1]}),
    (20, {"mode": "named", "bureaus": [1, 3]}),
    (15, {"mode": "named", "hint": [1, 3]}),
    (15, {"mode": "named"}),
)
"""Percent of a bureau's persons, and their handling; bureaus are named by how many places after the owner."""
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Finger:
    """A finger: the print that is enrolled, and what its flow turns by."""

    enrolled: Print
    turns: Numbers


def fingers(batch: int) -> list[tuple[Finger, ...]]:
    """The two fingers of each of `BATCH` persons; always the same."""
    dice = np.random.default_rng((SEED, batch))
    many = BATCH * len(POSITIONS)
    cells = np.argsort(dice.random((many, COLUMNS * ROWS)), axis=1)
    shift = dice.uniform(-PITCH / 4, PITCH / 4, (many, COLUMNS * ROWS, 2))
    at = np.stack([cells % COLUMNS - (COLUMNS - 1) / 2, cells // COLUMNS - (ROWS - 1) / 2], axis=2) * PITCH
    turn, moved = dice.uniform(-0.4, 0.4, many), dice.uniform(-14, 14, (many, 1, 2))
    place = _turned(at + shift, turn[:, None]) + moved + (WIDTH / 2, HEIGHT / 2)
    inside = ((place > 8) & (place < (WIDTH - 8, HEIGHT - 8))).all(axis=2)
    turns = dice.uniform(-math.pi, math.pi, (many, 3))
    other, quality, kind = dice.random((3, many, COLUMNS * ROWS))
    count = dice.integers(35, 46, many)
    made = []
    for n in range(many):
        here = np.flatnonzero(inside[n])[: count[n]]
        x, y = place[n, here, 0], place[n, here, 1]
        direction = (flow_at(turns[n], x, y) + 180 * (other[n, here] < 0.5)) % 360
        rows = np.stack([x, y, direction, 60 + 35 * quality[n, here], 1 + (kind[n, here] > 0.6)], axis=1)
        print = Print(rows.astype(np.float32), WIDTH, HEIGHT, 80, POSITIONS[n % 2], flow=_flow(turns[n]))
        made.append(Finger(print, turns[n]))
    return [tuple(made[n : n + 2]) for n in range(0, many, 2)]


def _turned(points: Numbers, by: Numbers | float) -> Numbers:
    x, y = points[..., 0], points[..., 1]
    return np.stack([x * np.cos(by) - y * np.sin(by), x * np.sin(by) + y * np.cos(by)], axis=-1)


def flow_at(turns: Numbers, x: Numbers, y: Numbers) -> Numbers:
    """Degrees of the ridges at places of a finger."""
    return np.asarray(90 * (np.sin(x / 70 + turns[0]) + np.cos(y / 80 + turns[1])) + np.degrees(turns[2]))


def _flow(turns: Numbers, by: float = 0.0, moved: tuple[float, float] = (0.0, 0.0)) -> Flow:
    """The flow of a finger that is turned and moved: certain inside an oval."""
    y, x = np.mgrid[: -(-HEIGHT // CELL), : -(-WIDTH // CELL)] * CELL + CELL / 2
    middle = np.array([WIDTH / 2, HEIGHT / 2])
    at = _turned(np.stack([x, y], axis=2) - middle - moved, -by)
    degrees = flow_at(turns, at[..., 0] + middle[0], at[..., 1] + middle[1]) - math.degrees(by)
    oval = ((at / (WIDTH / 2, HEIGHT / 2)) ** 2).sum(axis=2) < 1.1
    return Flow(
        np.rint(degrees % 180 * (256 / 180)).astype(np.uint8), np.where(oval, 200, 0).astype(np.uint8)
    )


def again(one: Finger, dice: np.random.Generator) -> Print:
    """Another impression: turned, moved, about one in six minutiae lost and three to five new ones."""
    rows = one.enrolled.minutiae.astype(np.float64)
    rows = rows[dice.random(len(rows)) > 0.16]
    by, moved = float(dice.uniform(-0.17, 0.17)), dice.uniform(-10, 10, 2)
    middle = np.array([WIDTH / 2, HEIGHT / 2])
    rows[:, :2] = _turned(rows[:, :2] - middle, by) + middle + moved + dice.normal(0, 1.4, (len(rows), 2))
    rows[:, 2] = (rows[:, 2] - math.degrees(by) + dice.normal(0, 4, len(rows))) % 360
    new = dice.random((int(dice.integers(3, 6)), 5)) * (WIDTH, HEIGHT, 360, 60, 1) + (0, 0, 0, 20, 1)
    rows = np.concatenate([rows, new])
    rows[:, :2] = rows[:, :2].clip(0, (WIDTH - 1, HEIGHT - 1))
    flow = _flow(one.turns, by, (float(moved[0]), float(moved[1])))
    return Print(rows.astype(np.float32), WIDTH, HEIGHT, 70, one.enrolled.position, flow=flow)


# --- the house -----------------------------------------------------------------------------------


def folder(persons: int) -> Path:
    told = os.environ.get("ENTENTE_BENCH_HUB")
    return Path(told) if told else Path(tempfile.gettempdir()) / f"entente-hub-{persons}"


def id_of(i: int) -> str:
    """Random to an index, known to us."""
    return f"{(i + 1) * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128:032x}"


def handlings(house: House) -> list[list[Handling]]:
    """By bureau: the handlings it keeps its persons under."""
    made = []
    for at, code in enumerate(BUREAUS):
        with sit(house, HOUSE_ASKER) as desk:
            number = by_code(desk)[code].number
            desk.note("see", what="directory")
        with sit(house, Asker("operator", number, Purpose.DESK, "benchmark")) as desk:
            made.append([to_handling(desk, _form(at, form)) for _, form in HANDLINGS])
            desk.note("see", what="directory")
    return made


def _form(at: int, form: dict[str, Any]) -> HandlingForm:
    def named(values: list[int]) -> list[str]:
        return [BUREAUS[(at + after) % len(BUREAUS)] for after in values]

    told = {name: named(value) if isinstance(value, list) else value for name, value in form.items()}
    return HandlingForm.model_validate(told)


def drawn(persons: int) -> list[tuple[int, int]]:
    """Of each person: whose it is, and which handling, as places."""
    dice = np.random.default_rng(SEED)
    owner = dice.integers(0, len(BUREAUS), persons)
    which = dice.choice(len(HANDLINGS), persons, p=[share / 100 for share, _ in HANDLINGS])
    return list(zip(owner.tolist(), which.tolist(), strict=True))


def things(house: House, persons: int) -> Iterator[Thing]:
    known, lots = handlings(house), drawn(persons)
    for batch in range(-(-persons // BATCH)):
        for at, two in enumerate(fingers(batch)):
            i = batch * BATCH + at
            if i >= persons:
                return
            body = {"sort": "person", "title": f"Person {i}", "extractor": prints.EXTRACTOR}
            body |= body_of([_read(one.enrolled) for one in two], False, ["", ""])
            clean = house.model.clean(SET, body)
            owner, which = lots[i]
            yield Thing(id_of(i), SET, known[owner][which], clean, EXPIRES, created=NOW, changed=NOW)


def _read(one: Print) -> Read:
    return Read(FINGER, one.position, "plain", one.quality, (), one.width, one.height, print=one)


def build(persons: int) -> tuple[Path, dict[str, Any]]:
    """The folder of a house with so many persons, and what is known of it; made where it is not there.

    Sets are noted as brought together: else the server would look for each of them in all bureaus' views
    while it is measured.
    """
    home = folder(persons)
    mark = home / "made.json"
    if mark.exists():
        return home / "house", json.loads(mark.read_text())
    with closing(open_house(Settings(data=home / "house"))) as house:
        keys = found_bureaus(house)
        begun, busy = time.perf_counter(), time.process_time()
        coming = things(house, persons)
        while batch := [thing for _, thing in zip(range(2_000), coming, strict=False)]:
            with in_bulk(), sit(house, HOUSE_ASKER, "contribute", writing=True) as desk:
                desk.tx.things.put_many([(t, (f"biometrics:{t.handling.owner}",), ()) for t in batch])
                desk.note("load", records=len(batch))
        kept, kept_busy = time.perf_counter(), time.process_time()
        templating.catch_up(house)
        packed, packed_busy = time.perf_counter(), time.process_time()
        indexer.catch_up(house)
        with house.bookkeeping() as tx:
            tx.notes.write("biometrics/met", str(tx.upkeep.newest()))
            tx.notes.write(rereading.READ, rereading.readers())
        tables = calibrating.Tables(house)
        while tables.step():
            pass
    made = {
        "persons": persons,
        "keys": keys,
        "kept_s": kept - begun,
        "kept_cpu_s": kept_busy - busy,
        "packed_s": packed - kept,
        "packed_cpu_s": packed_busy - kept_busy,
        "index_mb": _size(home / "house/galleries") / 1e6,
        "house_mb": _size(home) / 1e6,
    }
    mark.write_text(json.dumps(made))
    return home / "house", made


def _size(home: Path) -> int:
    return sum(f.stat().st_size for f in home.rglob("*") if f.is_file())
