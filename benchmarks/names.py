"""How well names are told apart, ours beside OpenSanctions' LogicV2, in one run on the same pairs.

    make bench-names     (python -m benchmarks.names [--seed N] [--losses] [--untimed] [--alone])

Prints the targets of name search. "All" is of both halves of the persons; all else is of the held half, on
which nobody tunes. One threshold a method is fixed where the tune halves are best balanced. LogicV2 is as it
comes; WRatio and token sort are the floor. `--losses` lists our wrong pairs, of the tune halves only;
`--untimed` leaves out what takes a quiet machine, `--alone` the peer.
"""

import argparse
from collections.abc import Iterable

from benchmarks.birth_grid import GRID
from benchmarks.name_sets import HELD, TUNE, Pair, every
from benchmarks.names_table import OF_PERSONS, Figures, Method, benches, calibration, held_out, listed
from benchmarks.names_timing import cold, questions, timed
from benchmarks.sides import FLOORS, scores

OURS, PEER = "ours", "peer_logicv2"
TIMES = {
    "pairs_per_s": ("T9 pairs a second and core, 75 records sharing words", ">= 7000"),
    "us_per_pair": ("T9 us a pair", "<= 150"),
    "query_p50_ms": ("T9 75 candidates: p50 ms of CPU", ""),
    "query_p95_ms": ("T9 75 candidates: p95 ms of CPU", "<= 25"),
    "timed_load": ("    load of the machine at the start of these", ""),
    "cold_cpu_s": ("T12 new process to its first score: s of CPU", "<= 1"),
    "cold_wall_s": ("T12 the same: s on the clock", ""),
    "cold_mb": ("T12 the same: MB beyond a bare interpreter", "<= 100"),
    "cold_load": ("    load of the machine at the start of these", ""),
}


def birth_grid(side: str) -> list[str]:
    """The cases of the grid in which a side does not tell the nearer date from the farther (T15)."""

    def pair(dates: tuple[str, str]) -> Pair:
        bodies = [{"name": ("Zoran Kovalchuk",)} | ({"birthDate": (day,)} if day else {}) for day in dates]
        return Pair("Person", bodies[0], bodies[1], True, "birth", "grid", HELD)

    told = scores(side, [pair(dates) for _, nearer, farther in GRID for dates in (nearer, farther)])
    return [what for at, (what, _, _) in enumerate(GRID) if told[2 * at][1] <= told[2 * at + 1][1]]


def losses(method: Method, peer: Method | None) -> Iterable[str]:
    """Our wrong pairs of the tune halves, worst first in each set."""
    for name, pairs in method.sets.items():
        at = int(name in OF_PERSONS)
        theirs = peer.told[name] if peer else [(float("nan"),) * 2] * len(pairs)
        wrong = [
            (abs(told[at] - method.threshold), pair, told[at], their[at])
            for pair, told, their in zip(pairs, method.told[name], theirs, strict=True)
            if pair.half == TUNE and (told[at] >= method.threshold) != pair.same
        ]
        for _, pair, score, their in sorted(wrong, key=lambda loss: -loss[0]):
            label = "same" if pair.same else "other"
            asked, found = (
                " + ".join(v for vs in body.values() for v in vs) for body in (pair.question, pair.record)
            )
            yield f"{name}\t{pair.group}\t{label}\t{score:.3f}\t{their:.3f}\t{asked}\t{found}"


def _cell(figure: Figures) -> str:
    if isinstance(figure, tuple):
        return " / ".join("-" if part != part else f"{part:.2f}" for part in figure)
    return f"{figure:.0f}" if figure >= 20 or figure == int(figure) else f"{figure:.3f}"


def _print_line(what: str, target: str, cells: Iterable[str]) -> None:
    print(f"{what:<60} {target:>8} " + " ".join(f"{cell:>13}" for cell in cells), flush=True)


def _print_sets(sets: dict[str, list[Pair]]) -> None:
    print(f"{'set':<20} {'tune same':>10} {'others':>8} {'held same':>10} {'others':>8}")
    for name, pairs in sets.items():
        halves = ((half, same) for half in (TUNE, HELD) for same in (True, False))
        counts = [sum(p.half == half and p.same == same for p in pairs) for half, same in halves]
        print(f"{name:<20} {counts[0]:>10} {counts[1]:>8} {counts[2]:>10} {counts[3]:>8}")
    print()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    for flag in ("losses", "untimed", "alone"):
        parser.add_argument(f"--{flag}", action="store_true")
    told = parser.parse_args()
    sets = every(told.seed)
    sides = [OURS] if told.alone else [OURS, PEER]
    methods = [Method(name, sets) for name in (*sides, *FLOORS)]
    if told.losses:
        print("set\tgroup\tlabel\tours\tLogicV2\tasked\tfound")
        print(*losses(methods[0], None if told.alone else methods[1]), sep="\n")
        return
    _print_sets(sets)
    measured: dict[str, float] = {}

    def row(key: str, what: str, target: str, figures: dict[str, Figures]) -> None:
        _print_line(what, target, map(_cell, figures.values()))
        for name, figure in figures.items():
            parts = (
                zip(("_same", "_other"), figure, strict=True) if isinstance(figure, tuple) else [("", figure)]
            )
            measured.update({f"{name.replace(' ', '_')}_{key}{part}": value for part, value in parts})

    _print_line(f"seed {told.seed}", "target", [m.name.removeprefix("peer_") for m in methods])
    row("threshold", "the threshold fixed on the tune halves", "", {m.name: m.threshold for m in methods})
    for key, what, target, figure in [*benches(), *listed(told.seed), *held_out(sets), *calibration()]:
        row(key, what, target, {m.name: figure(m) for m in methods})
    failing = {side: birth_grid(side) for side in sides}
    in_order = {side: len(GRID) - len(missed) for side, missed in failing.items()}
    row("t15", "T15 pairs of dates of birth in their order, of 12", "12", in_order)
    for side, missed in failing.items():
        for what in missed:
            print(f"    {side} does not tell {what}")
    if not told.untimed:
        lines = questions(100, told.seed)
        for figures in (
            {side: timed(side, lines) for side in sides},
            {side: cold(side) for side in sides},
        ):
            for key in figures[OURS]:
                row(key, *TIMES[key], {side: figures[side][key] for side in sides})
    print(*(f"{key}={value:.4g}" for key, value in measured.items()))


if __name__ == "__main__":
    main()
