"""Invented payments with stolen money planted among them: who was robbed, through whom it went, in which
shape.

The eight shapes of AMLSim (fan-in, fan-out, cycle, bipartite, stack, random, scatter-gather, gather-scatter)
over its three kinds of ordinary traffic (mutual, forward, periodical). The same seed gives the same world.

Mules' accounts are opened for the purpose: nothing lies in them before. Each passes on, within `DWELL` of
what came first, all but a fee of 3 to 5 per cent, in at most `SPLITS` parts over at most `HOPS` payments.
Where clean money is mixed in, it is 2 per cent of what the mule has.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from entente.match.taint.following import Seed
from entente.match.taint.transfers import Payment, Transfers, make

HOPS, SPLITS = 8, 10
DWELL = 72 * 3600
DAY = 86_400
BEGIN = 1_767_225_600
"""1 January 2026, midnight UTC."""
COUNTRIES: Mapping[str, tuple[str, int]] = {"XA": ("EUR", 100), "XB": ("USD", 108), "XC": ("CHF", 95)}
"""Invented countries: currency, and its units for 100 EUR."""

Step = tuple[int, tuple[int, ...]]
"""A mule, and the mules it pays; by place in the plan."""
Plan = tuple[int, tuple[int, ...], tuple[Step, ...]]
"""How many mules, which of them victims pay, and who pays whom then, in order."""


@dataclass(frozen=True, slots=True)
class Account:
    """An invented account."""

    name: str
    bank: str
    country: str
    currency: str
    mule: bool = False


@dataclass(frozen=True, slots=True)
class Planted:
    """A planted scheme. `stolen`: rows that victims paid; `rows`: all of it, ascending; `mules`: account
    numbers."""

    pattern: str
    victims: tuple[str, ...]
    stolen: tuple[int, ...]
    rows: tuple[int, ...]
    mules: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Payments, who has the accounts (by number), and what was planted."""

    transfers: Transfers
    accounts: tuple[Account, ...]
    planted: tuple[Planted, ...]

    @property
    def seeds(self) -> tuple[Seed, ...]:
        """What victims report: every stolen payment, whole."""
        pairs = (
            (row, self.transfers.accounts[self.transfers.source[row]])
            for p in self.planted
            for row in p.stolen
        )
        return tuple(Seed(row, victim) for row, victim in sorted(pairs))


def generate(
    seed: int,
    accounts: int = 500,
    payments: int = 5_000,
    each: int = 2,
    days: int = 60,
    *,
    mixed: float = 0.3,
    one_currency: bool = False,
) -> World:
    """`payments` of ordinary traffic among `accounts` (10 or more), and `each` schemes of every shape among
    mules.

    `mixed`: share of mules that clean money comes to as well, before they pay on. `one_currency`: everybody
    has euros. Amounts are in cents.
    """
    making = _Making(np.random.default_rng(seed), accounts, days, mixed, one_currency)
    return making.world(payments, each)


class _Making:
    def __init__(
        self, dice: np.random.Generator, accounts: int, days: int, mixed: float, one_currency: bool
    ) -> None:
        self.dice, self.days, self.mixed = dice, days, mixed
        self.countries = ("XA",) if one_currency else tuple(COUNTRIES)
        self.accounts: dict[str, Account] = {}
        self.ordinary = [self._opened(f"P{n:06}") for n in range(accounts)]
        self.rows: list[Payment] = []

    def world(self, payments: int, each: int) -> World:
        while len(self.rows) < payments:
            (self._mutual, self._forward, self._periodical)[self.dice.integers(3)]()
        del self.rows[payments:]
        schemes = [self._planted(name, plan) for name, plan in PLANS.items() for _ in range(each)]
        transfers = make(self.rows)
        number = {name: at for at, name in enumerate(transfers.accounts)}
        row_of = {int(line): row for row, line in enumerate(transfers.line)}
        planted = [
            Planted(
                pattern,
                tuple(dict.fromkeys(self.rows[line - 1].source for line in stolen)),
                tuple(sorted(row_of[line] for line in stolen)),
                tuple(sorted(row_of[line] for line in lines)),
                tuple(number[mule] for mule in mules),
            )
            for pattern, stolen, lines, mules in schemes
        ]
        return World(transfers, tuple(self.accounts[name] for name in transfers.accounts), tuple(planted))

    def _opened(self, name: str, mule: bool = False) -> str:
        country = self.countries[self.dice.integers(len(self.countries))]
        bank = f"{country}BANK{self.dice.integers(1, 5)}"
        self.accounts[name] = Account(name, bank, country, COUNTRIES[country][0], mule)
        return name

    def _pay(self, source: str, target: str, at: int, amount: int) -> int:
        """A payment in the payer's currency; what arrives, in the payee's."""
        left, came = self.accounts[source], self.accounts[target]
        received = amount
        if left.currency != came.currency:
            received = max(1, amount * COUNTRIES[came.country][1] // COUNTRIES[left.country][1])
        into = came.currency
        self.rows.append(
            Payment(source, target, at, amount, left.currency, received=received, received_asset=into)
        )
        return received

    def _anyone(self, many: int) -> list[str]:
        """Different people, some of whom are met far more often than others."""
        found: dict[str, None] = {}
        while len(found) < many:
            found[self.ordinary[int(len(self.ordinary) * self.dice.random() ** 3)]] = None
        return list(found)

    def _when(self) -> int:
        return BEGIN + int(self.dice.integers(self.days * DAY))

    def _amount(self) -> int:
        return int(self.dice.integers(500, 300_000))

    def _mutual(self) -> None:
        one, other = self._anyone(2)
        at, amount = self._when(), self._amount()
        self._pay(one, other, at, amount)
        self._pay(other, one, at + int(self.dice.integers(60, 5 * DAY)), amount)

    def _forward(self) -> None:
        one, between, last = self._anyone(3)
        at = self._when()
        came = self._pay(one, between, at, self._amount())
        self._pay(between, last, at + int(self.dice.integers(60, 5 * DAY)), came)

    def _periodical(self) -> None:
        one, other = self._anyone(2)
        at, amount = self._when(), self._amount()
        for month in range(int(self.dice.integers(2, 5))):
            self._pay(one, other, at + month * 7 * DAY, amount)

    def _planted(
        self, pattern: str, plan: Callable[[np.random.Generator], Plan]
    ) -> tuple[str, list[int], list[int], list[str]]:
        """Pattern, lines of stolen payments, lines of all of it, mules."""
        many, paid, steps = plan(self.dice)
        first = sum(account.mule for account in self.accounts.values())
        mules = [self._opened(f"M{first + n:06}", mule=True) for n in range(many)]
        purse, ready = dict.fromkeys(mules, 0), dict.fromkeys(mules, 0)
        paid_how_often = Counter([*paid, *(payee for _, payees in steps for payee in payees)])
        longest = (
            DWELL - 2 * 3600 if max(paid_how_often.values()) == 1 else 12 * 3600
        )  # who is paid often waits for the last
        begun = self._when()
        stolen, lines = [], []

        def pay(source: str, target: str, at: int, amount: int) -> None:
            received = self._pay(source, target, at, amount)
            lines.append(len(self.rows))
            purse[target] += received
            ready[target] = max(ready[target], at)

        victims = self._anyone(int(self.dice.integers(1, 1 + min(3, len(paid)))))
        for n, place in enumerate(paid):
            at = begun + int(self.dice.integers(6 * 3600))
            pay(victims[n % len(victims)], mules[place], at, int(self.dice.integers(100_000, 5_000_000)))
            stolen.append(len(self.rows))
        for place, payees in steps:
            payer = mules[place]
            since = ready[payer]
            if self.dice.random() < self.mixed:
                self._pay(self._anyone(1)[0], payer, since + 30, max(1, purse[payer] // 50))
            out = purse[payer] * int(self.dice.integers(95, 98)) // 100
            purse[payer] = 0
            at = since + int(self.dice.integers(60, longest))
            for part, payee in zip(self._cut(out, len(payees)), payees, strict=True):
                pay(payer, mules[payee], at, part)
                at += int(self.dice.integers(1, 600))
        return pattern, stolen, lines, mules

    def _cut(self, amount: int, parts: int) -> list[int]:
        """An amount in parts of 1 and more."""
        cuts = sorted(int(c) for c in self.dice.choice(amount - 1, parts - 1, replace=False) + 1)
        return [b - a for a, b in zip([0, *cuts], [*cuts, amount], strict=True)]


def _fan_out(dice: np.random.Generator) -> Plan:
    many = int(dice.integers(5, SPLITS + 1))
    return many + 1, (0,), ((0, tuple(range(1, many + 1))),)


def _fan_in(dice: np.random.Generator) -> Plan:
    many = int(dice.integers(5, SPLITS + 1))
    return many + 1, tuple(range(many)), tuple((n, (many,)) for n in range(many))


def _cycle(dice: np.random.Generator) -> Plan:
    many = int(dice.integers(3, HOPS + 1))
    return many, (0,), tuple((n, ((n + 1) % many,)) for n in range(many))


def _layers(*sizes: int) -> Plan:
    """Layers of mules, each of whom pays all of the next layer; victims pay the first."""
    layers: list[tuple[int, ...]] = []
    first = 0
    for size in sizes:
        layers.append(tuple(range(first, first + size)))
        first += size
    return first, layers[0], tuple((payer, payees) for payers, payees in pairwise(layers) for payer in payers)


def _bipartite(dice: np.random.Generator) -> Plan:
    return _layers(int(dice.integers(2, 6)), int(dice.integers(2, 6)))


def _stack(dice: np.random.Generator) -> Plan:
    return _layers(*(int(n) for n in dice.integers(2, 5, int(dice.integers(3, 6)))))


def _random(dice: np.random.Generator) -> Plan:
    """A tree: each mule pays one to three others that were not paid before."""
    steps: list[Step] = []
    depth, many, at = {0: 1}, 1, 0
    while at < many < 20:
        if depth[at] < HOPS:
            payees = tuple(range(many, many + int(dice.integers(1, 4))))
            depth |= dict.fromkeys(payees, depth[at] + 1)
            many += len(payees)
            steps.append((at, payees))
        at += 1
    return many, (0,), tuple(steps)


def _scatter_gather(dice: np.random.Generator) -> Plan:
    many = int(dice.integers(5, SPLITS + 1))
    return many + 2, (0,), _layers(1, many, 1)[2]


def _gather_scatter(dice: np.random.Generator) -> Plan:
    return _layers(int(dice.integers(5, SPLITS + 1)), 1, int(dice.integers(5, SPLITS + 1)))


PLANS: Mapping[str, Callable[[np.random.Generator], Plan]] = {
    "fan-in": _fan_in,
    "fan-out": _fan_out,
    "cycle": _cycle,
    "bipartite": _bipartite,
    "stack": _stack,
    "random": _random,
    "scatter-gather": _scatter_gather,
    "gather-scatter": _gather_scatter,
}
