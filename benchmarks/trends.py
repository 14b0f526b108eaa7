"""A million seizures' figures, breaks of ten thousand series, what is planted; beside pandas and ruptures.

    python -m benchmarks.trends [seizures=1000000] [series=10000] [months=120] [seeds=20]

Pure functions of entente.match.trends over columns in memory; what a service adds (reading columns inside a
view) is not here. Peers live in .venv-peers and get the same arrays: pandas for tables, ruptures for breaks
(KernelCPD linear, all series; Pelt on 40 of them, told for all), statsmodels for an operation's effect. CPU
seconds of one process each, the best of three where it takes under five seconds.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from entente.match.trends import artefacts, breaks, effects, flows, generating, risk, series, surges
from entente.match.trends.generating import Planted

PEERS = Path(".venv-peers/bin/python")
NEAR = 3
GROUPS = 10_000


def timed(work: Callable[[], Any]) -> float:
    """CPU seconds, the best of three where that is short."""
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
        if best > 5:
            break
    return best


def drawn(seizures: int) -> dict[str, np.ndarray]:
    """Columns of invented seizures over ten years: skewed countries, groups, half with a quantity."""
    dice = np.random.default_rng(1)
    share = 1 / np.arange(1, 61) ** 0.9
    pick = np.cumsum(share / share.sum())

    def country() -> np.ndarray:
        return (np.searchsorted(pick, dice.random(seizures)) + 1).astype(np.uint16)

    transit = country()
    transit[dice.random(seizures) < 0.6] = 0
    return {
        "origin": country(),
        "transit": transit,
        "destination": country(),
        "group": dice.integers(0, GROUPS, seizures).astype(np.int64),
        "day": dice.integers(16_801, 20_453, seizures).astype(np.int32),
        "quantity": np.where(dice.random(seizures) < 0.5, dice.lognormal(3, 2, seizures), np.nan),
    }


def ours(columns: dict[str, np.ndarray], table: np.ndarray) -> dict[str, float]:
    route = [columns["origin"], columns["transit"], columns["destination"]]
    month = series.periods(columns["day"])
    at = int(month.max())
    return {
        "flows": timed(lambda: flows.table(route, columns["quantity"])),
        "roles": timed(lambda: flows.roles(route[0], [route[1]], route[2])),
        "series": timed(lambda: series.counts(columns["group"], series.periods(columns["day"]))),
        "surges": timed(lambda: surges.surges(columns["group"], month, at)),
        "first_seen": timed(lambda: surges.first_seen(columns["group"], month, at)),
        "scan": timed(lambda: breaks.scan(table)),
        "several": timed(lambda: breaks.several(table)),
    }


def peers(columns: dict[str, np.ndarray], table: np.ndarray, sets: dict[str, Planted]) -> dict[str, float]:
    """The same by the peers; nothing where they are not installed."""
    if not PEERS.exists():
        return {}
    with tempfile.TemporaryDirectory() as folder:
        values = {f"set_{name}": planted.values for name, planted in sets.items()}
        np.savez(Path(folder) / "columns.npz", **columns, table=table, **values)
        command = [str(PEERS), "-m", "benchmarks.trends_peers", str(Path(folder) / "columns.npz")]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        places = np.load(Path(folder) / "places.npz")
        for (name, planted), peer in product(sets.items(), ("kernel", "pelt")):
            place = places[f"{peer}_{name}"]
            near, false = judged(planted, place, place >= 0)
            told[f"{peer}_{name}_found"], told[f"{peer}_{name}_false"] = near, false
    return told


def judged(planted: Planted, place: np.ndarray, said: np.ndarray) -> tuple[int, int]:
    """Breaks found within NEAR months of the planted one, and false alarms."""
    real = planted.place >= 0
    near = said & real & (np.abs(place - planted.place) <= NEAR)
    return int(near.sum()), int((said & ~real).sum())


def found(seeds: int, **how: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(seeds,): breaks found near the planted month, found anywhere, and false alarms."""
    near, anywhere, false = [], [], []
    for seed in range(1000, 1000 + seeds):
        drawn_ = generating.planted(seed, **how)
        told = breaks.scan(drawn_.values)
        hit, wrong = judged(drawn_, told.place, told.found)
        near.append(hit)
        anywhere.append(int((told.found & (drawn_.place >= 0)).sum()))
        false.append(wrong)
    return np.array(near), np.array(anywhere), np.array(false)


def reporting(seeds: int) -> dict[str, int]:
    """Changes of reporting and real changes, and what became of their breaks."""
    total = dict.fromkeys(("changes", "changes_missed", "artefacts", "flagged", "real", "kept"), 0)
    for seed in range(1000, 1000 + seeds):
        set_ = generating.reporting(seed)
        told = breaks.several(set_.values)
        shared = artefacts.common(told, set_.family, set_.scope)
        left = artefacts.beyond(set_.values, told, shared)
        artefact, crime = set_.artefact[told.series], set_.crime[told.series]
        false = (artefact >= 0) & (np.abs(told.place - artefact) <= NEAR)
        real = (crime >= 0) & (np.abs(told.place - crime) <= NEAR)
        scopes = np.unique(set_.scope[set_.artefact >= 0])
        hit = [bool(shared.flagged[false & (set_.scope[told.series] == one)].any()) for one in scopes]
        total["changes"] += len(hit)
        total["changes_missed"] += len(hit) - sum(hit)
        total["artefacts"] += int((false & ~real).sum())
        total["flagged"] += int(shared.flagged[false & ~real].sum())
        total["real"] += int((real & ~false).sum())
        total["kept"] += int((~shared.flagged | left.found)[real & ~false].sum())
    return total


def effect_s() -> float:
    """An effect of 200 units over 120 periods."""
    unit, period = np.indices((200, 120)).reshape(2, -1)
    treated = ((unit < 50) & (period >= 60)).astype(float)
    y = np.random.default_rng(1).normal(size=len(unit)) + treated
    return timed(lambda: effects.difference(y, unit, period, treated))


def main() -> None:
    given = [int(word) for word in sys.argv[1:]]
    seizures, many, months, seeds = [*given, *(1_000_000, 10_000, 120, 20)[len(given) :]]
    columns = drawn(seizures)
    table = np.random.default_rng(2).poisson(20, (many, months)).astype(np.float64)
    sets = {"poisson": generating.planted(1000), "shape20": generating.planted(1000, shape=20)}
    figures: dict[str, float] = {"seizures": seizures, "series": many, "months": months}
    told = ours(columns, table)
    for name, seconds in told.items():
        print(f"{name:12} {seconds:8.3f} s")
        figures[f"{name}_s"] = round(seconds, 3)
    figures["effect_s"] = round(effect_s(), 3)
    other = peers(columns, table, sets)
    for name, planted in sets.items():
        told_ = breaks.scan(planted.values)
        figures[f"{name}_found"], figures[f"{name}_false"] = judged(planted, told_.place, told_.found)
    pairs = {"flows": "pandas_flows", "series": "pandas_series", "scan": "kernel", "several": "kernel"}
    for name, peer in pairs.items():
        if f"{peer}_s" in other:
            ratio = other[f"{peer}_s"] / told[name]
            print(f"{name:12} {peer} {other[f'{peer}_s']:8.3f} s, {ratio:.1f} x")
            figures[f"{name}_ratio"] = round(ratio, 1)
    figures |= {f"peer_{name}": round(value, 3) for name, value in other.items()}
    for means, shape in (
        ((20, 60), None),
        ((10, 60), None),
        ((5, 60), None),
        ((20, 60), 20),
        ((10, 60), 20),
    ):
        near, anywhere, false = found(seeds, means=means, shape=shape)
        name = f"means {means[0]} to {means[1]}, {'Poisson' if shape is None else f'shape {shape}'}"
        print(
            f"{name:32} of 133 within {NEAR} months: median {np.median(near):.0f}, least {near.min()}; "
            f"anywhere {np.median(anywhere):.0f}, {anywhere.min()}; false of 67: {false.mean():.2f}, "
            f"most {false.max()}; seeds with >= 131 and <= 1: {int(((near >= 131) & (false <= 1)).sum())}"
        )
    common = reporting(seeds)
    print(", ".join(f"{name} {value}" for name, value in common.items()))
    figures |= common
    for odds in (12.0, 1.0):
        lifts = [risk.learn(*generating.consignments(s, odds=odds), split=600).lifts for s in range(seeds)]
        five = [one[1].lift for one in lifts]
        name = "planted" if odds > 1 else "noise"
        figures[f"lift5_{name}"] = round(float(np.median(five)), 2)
        print(f"lift at 5 %, {name}: median {np.median(five):.2f}, {min(five):.2f} to {max(five):.2f}")
    print(*(f"{key}={value}" for key, value in figures.items()))


if __name__ == "__main__":
    main()
