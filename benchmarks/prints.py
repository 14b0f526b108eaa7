"""Fingerprints: extraction, both stages of a search, errors of pairs and of searches.

    make bench-prints     (python -m benchmarks.prints)

On four FVC sets of real prints (10 fingers, 8 impressions each) where they lie beside the project; all
pairs, 280 of one finger and 2,880 of two, ours and another extractor's templates. Speeds are CPU time of one
thread. SourceAFIS runs in the same run where it can (benchmarks/prints_peers.py). The last line is
`key=value` pairs.
"""

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.det_picture import picture
from benchmarks.prints_peers import NBIS, SPECIFIED, sourceafis
from benchmarks.prints_search import Person, errors, persons, synthetic
from benchmarks.prints_sets import (
    SAME,
    SHOWN,
    TUNED,
    larger,
    others,
    ours,
    packed,
    present,
    speed,
)  # fmt: skip
from numpy.typing import NDArray

from entente.match.prints import Print, compare_many, pack, prepare, scan, slow
from entente.match.rates import eer, fnmr_at_fmr

DET = Path(__file__).resolve().parents[1] / "docs/pictures/prints-det.svg"
LINE = "{:15} {:10} {:>7} {:>8} {:>8} {:>6} | {:>6} {:>6} {:>6} | {:>6} {:>6} {:>6} | {:>6} {:>6}"
HEAD = (
    "extract", "scan", "compare", "min.", "EER", "tuned", "shown", "FNMR", "tuned", "shown", "EER 1", ">1 %",
)  # fmt: skip
Scores = NDArray[np.float64]


def rates(scores: Scores, among: Any = slice(None)) -> tuple[float, float]:
    """EER and FNMR at FMR 0.1 %, in percent."""
    genuine, strangers = scores[among][SAME[among]], scores[among][~SAME[among]]
    return 100 * eer(genuine, strangers), 100 * fnmr_at_fmr(genuine, strangers, 0.001)


def scanned(prints: list[Print]) -> tuple[Scores, float, float]:
    """Scores (pairs,), comparisons a second, and the percentage of mates that are not in the best 1 %."""
    rows = [pack(print) for print in prints]
    items, start = packed(rows)
    every = np.arange(len(rows))
    matrix = np.array([scan(asked, items, start, every) for asked in rows], float)
    many = np.tile(every, 20)
    rate = speed(lambda: [scan(asked, items, start, many) for asked in rows[::8]], 10 * len(many))
    fingers = every // 8
    behind = []
    for at, row in enumerate(matrix):
        strangers = row[fingers != fingers[at]]
        mates = row[(fingers == fingers[at]) & (every != at)]
        behind += [(strangers >= mate).mean() > 0.01 for mate in mates]
    return larger(matrix), rate, 100 * float(np.mean(behind))


def compared(prints: list[Print]) -> tuple[Scores, float]:
    """Scores (pairs,) and comparisons of different fingers a second, of prepared prints."""
    ready = [prepare(print) for print in prints]
    scores = np.concatenate(
        [[found.score for found in compare_many(one, ready[at + 1 :])] for at, one in enumerate(ready)]
    )
    apart = [
        (ready[at], [other for k, other in enumerate(ready) if k // 8 != at // 8]) for at in range(0, 80, 8)
    ]
    rate = speed(lambda: [compare_many(one, other) for one, other in apart], sum(len(o) for _, o in apart))
    return scores, rate


def told(name: str, which: str, prints: list[Print], extraction: float) -> tuple[Scores, dict[str, float]]:
    first, scans, behind = scanned(prints)
    scores, comparisons = compared(prints)
    figures = [rates(scores, among) for among in (slice(None), TUNED, SHOWN)]
    minutiae = np.mean([len(print) for print in prints])
    print(
        LINE.format(
            name, which, f"{extraction:.1f}" if extraction else "", f"{scans:,.0f}", f"{comparisons:,.0f}",
            f"{minutiae:.0f}", *(f"{e:.2f}" for e, _ in figures), *(f"{m:.1f}" for _, m in figures),
            f"{rates(first)[0]:.2f}", f"{behind:.1f}",
        ),
        flush=True,
    )  # fmt: skip
    return scores, {
        "eer": figures[0][0], "fnmr": figures[0][1], "eer_shown": figures[2][0], "fnmr_shown": figures[2][1],
        "scan": scans, "compare": comparisons, "extract": extraction,
    }  # fmt: skip


def peers(name: str) -> dict[str, Scores]:
    """A line of SourceAFIS, run or told; scores where it ran."""
    found = {}
    for which, templates in (("SourceAFIS", False), ("S.A. other", True)):
        peer = sourceafis(name, templates=templates)
        if peer is None:
            continue
        figures = [rates(peer.scores, among) for among in (slice(None), TUNED, SHOWN)]
        found[which] = peer.scores
        print(
            LINE.format(
                name, which, "" if templates else f"{peer.extraction:.1f}", "", f"{peer.comparison:,.0f}", "",
                *(f"{e:.2f}" for e, _ in figures), *(f"{m:.1f}" for _, m in figures), "", "",
            ),
            flush=True,
        )  # fmt: skip
    if not found:
        print(f"{name:15} SourceAFIS EER {SPECIFIED[name]:.2f} (from the specification, not run)")
    print(f"{name:15} NBIS       EER {NBIS[name]:.2f} (from the specification, not run)", flush=True)
    return found


def searches(own: dict[str, list[Print]]) -> dict[str, float]:
    """Two fingers among real, mirrored and synthetic persons."""
    enrolled, probes, strangers = [], [], []
    for name, prints in own.items():
        enrolled += persons(name, prints, range(1), "real")
        probes += persons(name, prints, range(1, 8), "real")
        mirrored: list[Person] = persons(name, ours(name, mirrored=True)[0], range(8), "mirrored")
        enrolled += mirrored
        strangers += mirrored
    found = errors(enrolled + synthetic(), probes, strangers)
    print(
        "two fingers, {persons:.0f} persons, {mated:.0f} searches with a mate, {unmated:.0f} without: "
        "rank-1 {rank1:.1f} %, FNIR at FPIR 1 % {fnir:.1f} %".format(**found),
        flush=True,
    )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--picture", action="store_true", help=f"write {DET.name}")
    options = parser.parse_args()
    if not present():
        print("No real prints lie beside the project: nothing to measure.")
        return
    print(slow() or "Loops are compiled.")
    print("EER and FNMR at FMR 0.1 % in percent: all | fingers 101-105, tuned on | 106-110; then the first")
    print("stage: EER, mates not in the best 1 %. Extraction, scan, comparison: a second of one core.")
    print(LINE.format("set", "", *HEAD))
    own, figures, foreign, lines = {}, {}, {}, {}
    for name in present():
        own[name], extraction = ours(name)
        scores, figures[name] = told(name, "ours", own[name], extraction)
        lines[name] = (scores[SAME], scores[~SAME])
        foreign[name] = told(name, "other iso", others(name), 0.0)[1]
        beside_us = peers(name).get("SourceAFIS")
        if beside_us is not None:
            lines[f"{name}, SourceAFIS"] = (beside_us[SAME], beside_us[~SAME])
    found = searches(own)
    if options.picture:
        DET.write_text(picture(lines))
    mean = {key: float(np.mean([one[key] for one in figures.values()])) for key in figures[present()[0]]}
    beside = {key: float(np.mean([one[key] for one in foreign.values()])) for key in ("eer", "fnmr")}
    print(
        f"eer_percent={figures[present()[0]]['eer']:.2f} mean_eer_percent={mean['eer']:.2f} "
        f"mean_eer_shown={mean['eer_shown']:.2f} fnmr_at_fmr1000={mean['fnmr']:.1f} "
        f"fnmr_shown={mean['fnmr_shown']:.1f} other_mean_eer={beside['eer']:.2f} "
        f"other_fnmr={beside['fnmr']:.1f} fnir_two_fingers={found['fnir']:.1f} "
        f"rank1_two_fingers={found['rank1']:.1f} extract_per_second={mean['extract']:.1f} "
        f"scan_per_second={mean['scan']:.0f} compare_per_second={mean['compare']:.0f}"
    )


if __name__ == "__main__":
    main()
