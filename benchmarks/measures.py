"""What is measured of scores that should tell same from other. `Scored`: (score, whether they are same)."""

from collections.abc import Sequence
from itertools import groupby

Scored = Sequence[tuple[float, bool]]


def area(scored: Scored) -> float:
    """Area under the receiver operating characteristic; ties count half."""
    ranked, rank, total = sorted(scored), 1, 0.0
    for _, group in groupby(ranked, key=lambda pair: pair[0]):
        tied = list(group)
        total += sum(right for _, right in tied) * (2 * rank + len(tied) - 1) / 2
        rank += len(tied)
    right = sum(right for _, right in ranked)
    return (total - right * (right + 1) / 2) / (right * (len(ranked) - right))


def f1(scored: Scored, threshold: float) -> float:
    """Harmonic mean of precision and recall where "same" is said from the threshold on."""
    said = sum(score >= threshold for score, _ in scored)
    hits = sum(same for score, same in scored if score >= threshold)
    meant = sum(same for _, same in scored)
    return 2 * hits / (said + meant) if said + meant else 0.0


def best_threshold(scored: Scored) -> float:
    """The score from which on "same" is said for the best F1."""
    meant, said, hits, best, at = sum(same for _, same in scored), 0, 0, -1.0, 1.0
    for score, group in groupby(sorted(scored, reverse=True), key=lambda pair: pair[0]):
        tied = list(group)
        said += len(tied)
        hits += sum(same for _, same in tied)
        if (value := 2 * hits / (said + meant)) > best:
            best, at = value, score
    return at


def balanced(scored: Scored, threshold: float) -> float:
    """Mean of the share of the same and the share of the others on their side of a threshold: unlike F1 it is
    not won by saying "same" to all."""
    sides = [[pair for pair in scored if pair[1] == same] for same in (True, False)]
    return sum(right(side, threshold) / len(side) for side in sides) / 2


def recall_at(scored: Scored, false_positives: float) -> float:
    """Share of the same that is found at the threshold that lets through at most that share of the others."""
    same = sorted((score for score, right in scored if right), reverse=True)
    other = sorted((score for score, right in scored if not right), reverse=True)
    let_through = other[int(false_positives * len(other))]
    return sum(score > let_through for score in same) / len(same)


def right(scored: Scored, threshold: float) -> int:
    """Pairs on the right side of a threshold."""
    return sum((score >= threshold) == same for score, same in scored)


def calibration_error(scored: Scored, bins: int = 10) -> float:
    """Expected calibration error: how far the mean score of a bin of equal width is from the share of the
    same in it, weighed by what is in the bin (Naeini et al., AAAI 2015)."""
    total = 0.0
    for number in range(bins):
        inside = [pair for pair in scored if min(int(pair[0] * bins), bins - 1) == number]
        total += abs(sum(score - same for score, same in inside))
    return total / len(scored)


def percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))]
