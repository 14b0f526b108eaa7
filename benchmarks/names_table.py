"""The rows of `benchmarks.names`: each a figure of a method's scores over the sets."""

import random
from collections.abc import Callable
from functools import partial
from math import nan

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
from benchmarks.name_sets import HELD, LISTS, TUNE, Pair
from benchmarks.sides import scores

OF_PERSONS = ("lists_with_birth",)
"""Sets that ask for a person; all others ask for a name."""
FIXED_ON = ("name_bench", "aliases", "native")
OWN = {"ours": 0.5, "peer_logicv2": 0.7}
"""A method's own threshold: even odds, and what LogicV2's authors recommend."""
ALPHABETS = ("arabic", "armenian", "cyrillic", "georgian", "greek", "hebrew", "persian")
CHARACTERS = ("han", "hangul", "kana", "kanji", "thai")
"""Groups of the held-out scripts by how they begin, in the two rows of T5."""


class Method:
    """A side with its scores of every set, and one threshold: where the tune halves are best balanced."""

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
        both = zip(self.sets[name], self.told[name], strict=True)
        return [(told[at], pair.same) for pair, told in both if keep(pair)]

    def held(self, name: str) -> Scored:
        return self.of(name, lambda pair: pair.half == HELD)


Figures = float | tuple[float, float]
"""One figure, or two: the share of the same that is found, and of the others that is refused."""
Row = tuple[str, str, str, Callable[[Method], Figures]]
"""(key, what is measured, target, the figure of a method)."""


def _strong_errors(method: Method, threshold: float | None = None) -> float:
    threshold = best_threshold(method.of("name_bench")) if threshold is None else threshold
    strong = method.of("name_bench", lambda pair: pair.group.startswith("STRONG"))
    return len(strong) - right(strong, threshold)


def _right(scored: Scored, threshold: float) -> float:
    return right(scored, threshold) / len(scored)


def benches() -> list[Row]:
    """T1, and the entities: what nomenklatura measures itself by."""

    def of_persons(m: Method) -> float:
        return area(m.of("name_bench", lambda pair: pair.kind == "Person"))

    bench, entities = "name_bench", "entity_bench"
    return [
        ("t1_f1", "T1 name_bench, all: best F1", ">= .84",
         lambda m: f1(m.of(bench), best_threshold(m.of(bench)))),
        ("t1_auc", "T1 name_bench, all: AUC", ">= .90", lambda m: area(m.of(bench))),
        ("t1_auc_person", "T1 its persons, all: AUC", ">= .90", of_persons),
        ("t1_strong", "T1 its STRONG pairs wrong at the best F1", "0", _strong_errors),
        ("t1_strong_own", "T1 its STRONG pairs wrong at the method's own threshold", "",
         lambda m: _strong_errors(m, OWN.get(m.name, m.threshold))),
        ("t1_held_f1", "T1 held half: F1 at the fixed threshold", "",
         lambda m: f1(m.held(bench), m.threshold)),
        ("t1_held_auc", "T1 held half: AUC", "", lambda m: area(m.held(bench))),
        ("entity_right", "entity_bench, all: right at the method's own threshold", ">= .93",
         lambda m: _right(m.of(entities), OWN.get(m.name, m.threshold))),
        ("entity_fixed", "entity_bench, all: right at the fixed threshold", "",
         lambda m: _right(m.of(entities), m.threshold)),
        ("entity_held", "entity_bench, held half: right at the method's own threshold", "",
         lambda m: _right(m.held(entities), OWN.get(m.name, m.threshold))),
    ]  # fmt: skip


def listed(seed: int) -> list[Row]:
    """T2 to T4: persons of public lists."""
    table: list[Row] = []
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

    def drawn(m: Method) -> Scored:
        chance = random.Random(seed)
        same, other = ([pair for pair in m.held("aliases") if pair[1] == told] for told in (True, False))
        return chance.sample(same, 500) + chance.sample(other, 338)

    def birth(m: Method) -> Scored:
        return m.of("lists_with_birth")

    return [
        *table,
        ("t3_drawn_auc", "T3 500 and 338 of them: AUC", ">= .95", lambda m: area(drawn(m))),
        ("t3_drawn_r5", "T3 500 and 338 of them: recall at FPR 5 %", ">= .80",
         lambda m: recall_at(drawn(m), 0.05)),
        ("t4_r1", "T4 two lists, all names and birth, all: recall at FPR 1 %", ">= .99",
         lambda m: recall_at(birth(m), 0.01)),
        ("t4_held_r1", "T4 the same, held half: recall at FPR 1 %", "",
         lambda m: recall_at(m.held("lists_with_birth"), 0.01)),
    ]  # fmt: skip


def held_out(sets: dict[str, list[Pair]]) -> list[Row]:
    """T5, T6 and the other lists written for this benchmark, at the fixed threshold."""

    def both(name: str, begins: tuple[str, ...], m: Method) -> tuple[float, float]:
        inside = m.of(name, lambda pair: pair.group.startswith(begins))
        parts = [[pair for pair in inside if pair[1] == same] for same in (True, False)]
        same, other = (_right(part, m.threshold) if part else nan for part in parts)
        return same, other

    table: list[Row] = [
        ("t5_alphabets", "T5 Cyrillic, Arabic, Georgian, Armenian, Greek, Hebrew", ">= .95",
         partial(both, "scripts", ALPHABETS)),
        ("t5_characters", "T5 Han, Kana, Hangul, Thai", ">= .80", partial(both, "scripts", CHARACTERS)),
        ("t6_diminutives", "T6 diminutives", ">= .75", partial(both, "diminutives", ("",))),
        ("t6_short_typos", "T6 short typos, and names a letter apart", ">= .90",
         partial(both, "typos", ("short", "near"))),
    ]  # fmt: skip
    for name in LISTS:
        groups = sorted({pair.group for pair in sets[name]})
        if groups:
            table += [
                (f"{name}_auc", f"{name}: AUC", "", lambda m, name=name: area(m.of(name))),
                (name, f"{name}, the whole list", "", partial(both, name, ("",))),
            ]
        if name != "diminutives":
            table += [
                (f"{name}_{group}".replace("-", "_"), f"    {group}", "", partial(both, name, (group,)))
                for group in groups
            ]
    return table


def calibration() -> list[Row]:
    """T13: whether a score of .8 is right in eight of ten."""
    pooled = ("name_bench", "aliases", "lists", "native")

    def near_certain(which: int, m: Method) -> float:
        return sum(
            told[which] >= 0.99 and not pair.same and "birthDate" not in pair.question
            for name, pairs in m.sets.items()
            for pair, told in zip(pairs, m.told[name], strict=True)
        )

    return [
        ("t13_ece", "T13 calibration error, held halves of four sets together", "<= .03",
         lambda m: calibration_error([pair for name in pooled for pair in m.held(name)])),
        *[(f"t13_ece_{name}", f"    {name}", "", lambda m, name=name: calibration_error(m.held(name)))
          for name in (*pooled, "entity_bench", "lists_with_birth")],
        ("t13_person_099", "T13 others at >= .99 \"same person\", only names known", "0",
         partial(near_certain, 1)),
        ("t13_name_099", "    others at >= .99 \"same name\"", "", partial(near_certain, 0)),
    ]  # fmt: skip
