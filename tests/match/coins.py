"""The slow twin of `entente.match.taint.follow`: every unit is a coin with its victim's name on it.

Every account is walked from the first payment on, whether it holds stolen money or not. Nothing is shared
with the code it judges but the words of `rules`.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from math import floor

from entente.match.taint import Payment

CLEAN = -1
Coin = tuple[int, int]
"""Whose (CLEAN: nobody's), arrived at."""


def hamilton(total: int, weights: Sequence[int]) -> list[int]:
    """Largest remainder, by its definition; of equal remainders the first."""
    quotas = [Fraction(total * weight, sum(weights)) for weight in weights]
    parts = [floor(quota) for quota in quotas]
    for _ in range(total - sum(parts)):
        best = max(
            range(len(parts)), key=lambda i: (quotas[i] - parts[i] if parts[i] <= quotas[i] else -1, -i)
        )
        parts[best] += 1
    return parts


class Told:
    """What the twin says; the same words as `Trace`."""

    def __init__(self) -> None:
        self.flows: dict[tuple[int, int], tuple[int, int]] = {}
        self.held: Counter[tuple[int, int, int]] = Counter()
        self.stopped: Counter[tuple[int, int, int]] = Counter()
        self.pruned: Counter[tuple[int, int]] = Counter()
        self.expired: Counter[tuple[int, int]] = Counter()
        self.arrived: dict[int, int] = {}
        self.whose: dict[int, set[int]] = defaultdict(set)


def follow_coins(
    payments: Sequence[tuple[int, Payment]],
    accounts: Mapping[str, int],
    assets: Mapping[str, int],
    stolen: Mapping[int, Sequence[tuple[int, int]]],
    rule: str,
    *,
    opening: Mapping[tuple[int, int], int],
    dwell: int | None,
    least: int,
    stops: frozenset[int],
    earlier: bool,
) -> Told:
    """`payments`: (row, payment) in the order to walk them; `stolen`: row to (victim, amount)."""
    told = Told()
    purses: dict[tuple[int, int], list[Coin]] = defaultdict(list)
    for pot, balance in opening.items():
        purses[pot] = [(CLEAN, 0)] * balance
    for row, p in payments:
        arrives_as = p.asset if p.received_asset is None else p.received_asset
        source, target = (accounts[p.source], assets[p.asset]), (accounts[p.target], assets[arrives_as])
        if source == target:
            continue
        own = [victim for victim, amount in stolen.get(row, ()) for _ in range(amount)]
        purse = purses[source]
        for _ in own:
            clean = [at for at, (whose, _) in enumerate(purse) if whose == CLEAN]
            if clean:
                purse.pop(clean[-1] if rule == "lifo" else clean[0])
        leaving = _take(rule, purse, p.amount - len(own), p.at, dwell, least, source[1], told)
        left = [*own, *leaving]
        got = left
        received = p.amount if p.received is None else p.received
        if (received, arrives_as) != (p.amount, p.asset):
            runs = [(whose, len(list(run))) for whose, run in groupby(left)]
            units = hamilton(received, [n for _, n in runs])
            got = [whose for (whose, _), n in zip(runs, units, strict=True) for _ in range(n)]
        for victim in {*left} - {CLEAN}:
            told.flows[row, victim] = left.count(victim), got.count(victim)
        tainted = {*got} - {CLEAN}
        if tainted:
            told.arrived.setdefault(target[0], p.at)
            told.whose[target[0]] |= tainted
        if target[0] in stops:
            told.stopped.update((*target, victim) for victim in got if victim != CLEAN)
            got = [CLEAN] * len(got)
            tainted = set()
        if not earlier and not tainted and not purses[target]:
            continue
        if not earlier and tainted and not purses[target]:
            purses[target] = []
        if (
            rule in ("haircut", "libr") and dwell is not None
        ):  # a victim's money is as old as the last that came
            purses[target] = [(w, p.at if w in tainted else since) for w, since in purses[target]]
        purses[target] += [(whose, p.at) for whose in got]
    for pot, purse in purses.items():
        told.held.update((*pot, whose) for whose, _ in purse if whose != CLEAN)
    return told


def _take(
    rule: str, purse: list[Coin], amount: int, at: int, dwell: int | None, least: int, asset: int, told: Told
) -> list[int]:
    """Whose the coins are that leave, in the order of leaving."""
    if rule in ("fifo", "lifo"):
        out = []
        for _ in range(amount):
            whose, since = purse.pop(-1 if rule == "lifo" else 0) if purse else (CLEAN, at)
            if whose != CLEAN and dwell is not None and at - since > dwell:
                told.expired[asset, whose] += 1
                whose = CLEAN
            out.append(whose)
        return out
    return _mixed(rule, purse, amount, at, dwell, least, asset, told)


def _mixed(
    rule: str, purse: list[Coin], amount: int, at: int, dwell: int | None, least: int, asset: int, told: Told
) -> list[int]:
    held = Counter(whose for whose, _ in purse)
    victims = sorted({*held} - {CLEAN})
    if amount >= len(purse):
        parts = {victim: held[victim] for victim in victims}
    elif not victims:
        parts = {}
    elif rule == "haircut":
        shares = hamilton(amount, [*(held[v] for v in victims), held[CLEAN]])
        parts = dict(zip(victims, shares, strict=False))
    else:
        short = max(0, amount - held[CLEAN])
        parts = dict(zip(victims, hamilton(short, [held[v] for v in victims]), strict=True))
    since = dict(purse)
    out = []
    for victim, part in parts.items():
        if not part:
            continue
        _drop(purse, victim, part)
        rest = held[victim] - part
        if rest < least:
            told.pruned[asset, victim] += rest
            purse[:] = [(CLEAN if whose == victim else whose, when) for whose, when in purse]
        if dwell is not None and at - since[victim] > dwell:
            told.expired[asset, victim] += part
        elif part < least:
            told.pruned[asset, victim] += part
        else:
            out += [victim] * part
    clean = min(amount - sum(parts.values()), held[CLEAN])
    _drop(purse, CLEAN, clean)
    return out + [CLEAN] * (amount - len(out))


def _drop(purse: list[Coin], whose: int, many: int) -> None:
    for _ in range(many):
        purse.pop(next(at for at, coin in enumerate(purse) if coin[0] == whose))


def poison_scanned(
    payments: Sequence[tuple[int, Payment]],
    stolen: Mapping[int, set[int]],
    dwell: int | None,
    stops: set[str],
) -> dict[int, set[int]]:
    """Row to the victims whose money may have been in it: whole scans, until one finds nothing new."""
    found: dict[int, set[int]] = {row: set(victims) for row, victims in stolen.items()}
    while True:
        before = sum(map(len, found.values()))
        for place, (row, p) in enumerate(payments):
            for came, earlier in payments[:place]:
                reaches = (
                    earlier.target == p.source and p.source not in stops and earlier.source != earlier.target
                )
                if reaches and p.source != p.target and (dwell is None or p.at - earlier.at <= dwell):
                    found.setdefault(row, set()).update(found.get(came, ()))
        if sum(map(len, found.values())) == before:
            return {row: victims for row, victims in found.items() if victims}
