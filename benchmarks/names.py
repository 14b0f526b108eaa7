"""How well names are told apart, ours beside OpenSanctions' LogicV2, in one run on the same pairs.

    make bench-names     (python -m benchmarks.names [--seed N] [--losses] [--untimed] [--alone])

Prints the targets T1 to T15 of name search: what is counted on both halves of the persons says so, everything
else is of the held half, on which nobody tunes. One threshold a method is fixed on the tune halves. LogicV2 is
as it comes; WRatio and token sort are the floor. `--losses` lists our wrong pairs, of the tune halves only;
`--untimed` leaves out what takes a quiet machine, `--alone` the peer.
"""

import argparse
import os
import random
from collections.abc import Callable, Iterable

from benchmarks.birth_grid import GRID
from benchmarks.measures import (
    Scored,
    area,
    balanced,
    best_threshold,
    calibration_error,
    f1,
    recall_at,
    right,
)
from benchmarks.name_sets import HELD, LISTS, TUNE, Pair, every
from benchmarks.names_timing import cold, questions, timed
from benchmarks.sides import FLOORS, scores

OURS, PEER = "ours", "peer_logicv2"
PEER_THRESHOLD = 0.7
"""LogicV2's own."""
OF_PERSONS = ("lists_with_birth",)
"""Sets that are asked of a person; all others of a name."""
FIXED_ON = ("name_bench", "aliases", "native")


class Method:
    """A side with its scores of every set."""

    def __init__(self, name: str, sets: dict[str, list[Pair]]) -> None:
        self.name, self.sets = name, sets
        told = iter(scores(name, [pair for pairs in sets.values() for pair in pairs]))
        self.told = {name: [next(told) for _ in pairs] for name, pairs in sets.items()}
        tune = [self.of(name, lambda pair: pair.half == TUNE) for name in FIXED_ON]
        self.threshold = max(
            (step / 200 for step in range(1, 200)), key=lambda t: sum(balanced(scored, t) for scored in tune)
        )

    def of(self, name: str, keep: Callable[[Pair], bool] = lambda _: True) -> Scored:
        """(score, same) of the pairs of a set."""
        at = int(name in OF_PERSONS)
        return [
            (told[at], pair.same)
            for pair, told in zip(self.sets[name], self.told[name], strict=True)
            if keep(pair)
        ]

    def held(self, name: str) -> Scored:
        return self.of(name, lambda pair: pair.half == HELD)


Row = tuple[str, str, str, Callable[[Method], float | None]]
"""(key, what is measured, target, the figure)."""


def _sample(scored: Scored, seed: int) -> Scored:
    """500 of the same and 338 others, as specs/search.md 3.6 drew them."""
    chance = random.Random(seed)
    same, other = ([pair for pair in scored if pair[1] == told] for told in (True, False))
    return chance.sample(same, 500) + chance.sample(other, 338)


def _strong_errors(method: Method, threshold: float | None = None) -> float:
    threshold = best_threshold(method.of("name_bench")) if threshold is None else threshold
    strong = method.of("name_bench", lambda pair: pair.group.startswith("STRONG"))
    return len(strong) - right(strong, threshold)


def _share_right(scored: Scored, threshold: float) -> float | None:
    return right(scored, threshold) / len(scored) if scored else None


def _part(name: str, group: Callable[[str], bool], same: bool) -> Callable[[Method], float | None]:
    def figure(method: Method) -> float | None:
        scored = method.of(name, lambda pair: pair.same == same and group(pair.group))
        return _share_right(scored, method.threshold)

    return figure


def rows(sets: dict[str, list[Pair]], seed: int) -> list[Row]:
    """The accuracy rows of the table."""
    table: list[Row] = [
        ("threshold", "the threshold fixed on the tune halves", "", lambda m: m.threshold),
        ("t1_f1", "T1 name_bench, all 826: best F1", ">= .84",
         lambda m: f1(m.of("name_bench"), best_threshold(m.of("name_bench")))),
        ("t1_auc", "T1 name_bench, all 826: AUC", ">= .90", lambda m: area(m.of("name_bench"))),
        ("t1_auc_person", "T1 its persons: AUC", ">= .90",
         lambda m: area(m.of("name_bench", lambda pair: pair.kind == "Person"))),
        ("t1_strong", "T1 its STRONG pairs wrong at the best F1", "0", _strong_errors),
        ("t1_strong_07", "T1 its STRONG pairs wrong at .7", "",
         lambda m: _strong_errors(m, PEER_THRESHOLD) if m.name == PEER else None),
        ("t1_held_f1", "T1 held half: F1 at the fixed threshold", "",
         lambda m: f1(m.held("name_bench"), m.threshold)),
        ("t1_held_auc", "T1 held half: AUC", "", lambda m: area(m.held("name_bench"))),
        ("entity_right", "entity_bench, all 228: share right at the fixed threshold", ">= .93",
         lambda m: _share_right(m.of("entity_bench"), m.threshold)),
        ("entity_right_07", "entity_bench, all 228: share right at .7", "",
         lambda m: _share_right(m.of("entity_bench"), PEER_THRESHOLD) if m.name == PEER else None),
        ("entity_held", "entity_bench, held half: share right at the fixed threshold", "",
         lambda m: _share_right(m.held("entity_bench"), m.threshold)),
    ]  # fmt: skip
    for key, what, name, targets in (
        ("t2", "T2 two lists, one name a side", "lists", (">= .985", ">= .90", "")),
        ("t3", "T3 OFAC name and a.k.a.", "aliases", (">= .95", ">= .80", "")),
        ("weak", "OFAC name and weak a.k.a.", "weak_aliases", ("", "", "")),
        ("native", "UN name in its own script and in Latin", "native", ("", "", "")),
    ):
        table += [
            (f"{key}_auc", f"{what}: AUC", targets[0], lambda m, name=name: area(m.held(name))),
            (f"{key}_r5", f"{what}: recall at FPR 5 %", targets[1],
             lambda m, name=name: recall_at(m.held(name), 0.05)),
            (f"{key}_r1", f"{what}: recall at FPR 1 %", targets[2],
             lambda m, name=name: recall_at(m.held(name), 0.01)),
        ]  # fmt: skip
    table += [
        ("t3_sample_auc", "T3 500 and 338 drawn by the seed: AUC", ">= .95",
         lambda m: area(_sample(m.held("aliases"), seed))),
        ("t3_sample_r5", "T3 500 and 338 drawn by the seed: recall at FPR 5 %", ">= .80",
         lambda m: recall_at(_sample(m.held("aliases"), seed), 0.05)),
        ("t4_r1", "T4 two lists, all names and birth, all: recall at FPR 1 %", ">= .99",
         lambda m: recall_at(m.of("lists_with_birth"), 0.01)),
        ("t4_held_r1", "T4 the same, held half: recall at FPR 1 %", "",
         lambda m: recall_at(m.held("lists_with_birth"), 0.01)),
    ]  # fmt: skip
    for name in LISTS:
        for group in ["", *sorted({pair.group for pair in sets[name]})]:
            what = f"{name}{f', {group}' if group else ', all'}"
            part = f"{name}_{group or 'all'}".replace(" ", "_").replace("-", "_")
            belongs = lambda g, group=group: not group or g == group  # noqa: E731
            table += [
                (f"{part}_same", f"{what}: same ones found", "", _part(name, belongs, True)),
                (f"{part}_other", f"{what}: others refused", "", _part(name, belongs, False)),
            ]
    return table + _calibration()


def _calibration() -> list[Row]:
    pooled = ("name_bench", "aliases", "lists", "native")

    def at_099(method: Method, which: int) -> float:
        return sum(
            told[which] >= 0.99 and not pair.same and "birthDate" not in pair.question
            for name, pairs in method.sets.items()
            for pair, told in zip(pairs, method.told[name], strict=True)
        )

    return [
        ("t13_ece", "T13 calibration error, held halves of four sets together", "<= .03",
         lambda m: calibration_error([pair for name in pooled for pair in m.held(name)])),
        *[(f"t13_ece_{name}", f"T13 calibration error, {name}, held half", "",
           lambda m, name=name: calibration_error(m.held(name))) for name in pooled],
        ("t13_person_099", "T13 others at >= .99 \"same person\", only names known", "0",
         lambda m: at_099(m, 1)),
        ("t13_name_099", "T13 others at >= .99 \"same name\"", "", lambda m: at_099(m, 0)),
    ]  # fmt: skip


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
            asked, found = (" + ".join(v for vs in body.values() for v in vs) for body in (pair.question, pair.record))
            yield f"{name}\t{pair.group}\t{label}\t{score:.3f}\t{their:.3f}\t{asked}\t{found}"


def _line(what: str, target: str, figures: list[float | None]) -> str:
    shown = ["" if f is None else f"{f:.0f}" if f >= 20 or f == int(f) > 1 else f"{f:.3f}" for f in figures]
    return f"{what:<72} {target:>8} " + " ".join(f"{text:>11}" for text in shown)


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
    measured: dict[str, float] = {}
    for name, pairs in sets.items():
        counts = [sum(p.half == half and p.same == same for p in pairs) for half in (TUNE, HELD) for same in (True, False)]
        print(f"{name:<18} tune {counts[0]:>5} same {counts[1]:>5} others, held {counts[2]:>5} same {counts[3]:>5} others")
    print(f"\n{'seed ' + str(told.seed):<72} {'target':>8} " + " ".join(f"{m.name.removeprefix('peer_'):>11}" for m in methods))
    for key, what, target, figure in rows(sets, told.seed):
        figures = [figure(method) for method in methods]
        print(_line(what, target, figures))
        measured |= {f"{m.name.replace(' ', '_')}_{key}": f for m, f in zip(methods, figures, strict=True) if f is not None}
    failing = {side: birth_grid(side) for side in sides}
    print(_line("T15 dates of birth, cases of 12 in their order", "12", [12.0 - len(f) for f in failing.values()]))
    print(*(f"    {side} does not tell {what}" for side, missed in failing.items() for what in missed), sep="\n")
    measured |= {f"{side}_t15": 12.0 - len(missed) for side, missed in failing.items()}
    if not told.untimed:
        measured |= timing(sides, told.seed)
    print(*(f"{key}={value:.4g}" for key, value in measured.items()))


def timing(sides: list[str], seed: int) -> dict[str, float]:
    """The timing rows, one side after the other."""
    lines, measured = questions(100, seed), {}
    for what, measure in (("", lambda side: timed(side, lines)), ("", cold)):
        told = {side: measure(side) for side in sides}
        for key in told[OURS]:
            print(_line(f"{what}{key}", TARGETS.get(key, ""), [told[side][key] for side in sides]))
            measured |= {f"{side}_{key}": told[side][key] for side in sides}
    return measured


TARGETS = {
    "pairs_per_s": ">= 7000", "us_per_pair": "<= 150", "query_p95_ms": "<= 25", "cold_cpu_s": "<= 1",
    "cold_mb": "<= 100",
}  # fmt: skip


if __name__ == "__main__":
    main()
