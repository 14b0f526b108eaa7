"""How sure a rank is: networks are drawn of which some links are missing, and ranks are taken in each.

Nobody knows all links of a criminal network; a rank that a few missing links would move is worth little. The
draw is from a fixed seed and over links in their order, so that the same network always says the same.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from entente.match.graph.measures import MEASURES, RISING, ranks
from entente.match.graph.network import Network

SEED = 1
MISSING = (0.05, 0.10, 0.20)
"""Shares of linked pairs that are left out, in turn."""
MOST_WORK = 30_000_000
"""Things times linked pairs times repeats: about two seconds of a core for all measures."""
MOST, FEWEST = 60, 9
SLOW = frozenset({"betweenness", "closeness"})
"""Measures that look at every way: they get no band where a network is too large for the fewest repeats."""
LOW, HIGH = 0.05, 0.95


@dataclass(frozen=True, slots=True)
class Band:
    """Between which ranks a thing stands in 90 % of the drawn networks, its rank in the whole one included:
    things without any value share a rank, which moves as a body when more of them lose theirs."""

    low: int
    high: int


def repeats_of(network: Network) -> int:
    """How often a network of this size is drawn."""
    return max(FEWEST, min(MOST, _affordable(network)))


def _affordable(network: Network) -> int:
    return MOST_WORK // max(1, len(network.nodes) * len(network.pairs))


def bands(network: Network, which: Collection[str], seed: int = SEED) -> dict[str, Mapping[str, Band]]:
    """By measure and thing, the band of its rank; without those that would take too long."""
    if _affordable(network) < FEWEST:
        which = [slug for slug in which if slug not in SLOW]
    dice = np.random.default_rng(seed)
    drawn: dict[str, dict[str, list[int]]] = {slug: {n: [] for n in network.nodes} for slug in which}
    pairs = list(network.pairs)
    for turn in range(repeats_of(network)):
        missing = round(MISSING[turn % len(MISSING)] * len(pairs))
        thinner = network.lacking({pairs[i] for i in dice.permutation(len(pairs))[:missing]})
        for slug, kept in drawn.items():
            for node, rank in ranks(MEASURES[slug](thinner), slug in RISING).items():
                kept[node].append(rank)
    return {
        slug: _within(ranks(MEASURES[slug](network), slug in RISING), kept) for slug, kept in drawn.items()
    }


def _within(placed: Mapping[str, int], drawn: Mapping[str, list[int]]) -> dict[str, Band]:
    found = {}
    for node, rank in placed.items():
        ordered = sorted(drawn[node])
        last = len(ordered) - 1
        low, high = ordered[round(LOW * last)], ordered[round(HIGH * last)]
        found[node] = Band(min(low, rank), max(high, rank))
    return found
