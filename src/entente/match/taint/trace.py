"""What was found when money was followed: which payments carried whose money, where it lies, and that none is
missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from entente.match.taint.transfers import Column

SEVERAL = -1
"""In `flow_victim` under poison: the money of more than one victim may have been in it."""

Where = tuple[int, int, int]
"""Account, asset, victim, by number."""
Whose = tuple[int, int]
"""Asset, victim, by number."""


@dataclass(frozen=True, slots=True)
class Balance:
    """One victim's money in one asset, in minor units: what came in equals what can be shown."""

    asset: int
    victim: int
    seeded: int
    came: int
    went: int
    held: int
    stopped: int
    pruned: int
    expired: int

    @property
    def missing(self) -> int:
        """0, always: stolen, and come from another asset, less gone into another, less all that is accounted
        for."""
        shown = self.held + self.stopped + self.pruned + self.expired
        return self.seeded + self.came - self.went - shown


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """Victims' money followed by one rule.

    `flow_row`, `flow_victim`, `flow_amount`, `flow_received` (all m long, by row, then victim): so much of a
    victim's money left in that payment, and so much arrived. Under poison one entry a payment, its whole
    amount, `SEVERAL` for several victims, and no sums: `held` and the others are empty there. `held`: where
    money lies in the end. `stopped`: what reached an account at which following ends. `pruned`: parts under
    `least`, not followed. `expired`: left an account after resting longer than `dwell`, not followed. `went`,
    `came`: by payments of which another amount or asset arrived. `arrived`: of each account that stolen money
    reached, the first time. `reached_by`: of each, the victims whose money did, as bits. `ties`: how payments
    of one time were ordered.
    """

    rule: str
    victims: tuple[str, ...]
    flow_row: Column
    flow_victim: Column
    flow_amount: Column
    flow_received: Column
    seeded: Mapping[Whose, int] = field(default_factory=dict)
    held: Mapping[Where, int] = field(default_factory=dict)
    stopped: Mapping[Where, int] = field(default_factory=dict)
    pruned: Mapping[Whose, int] = field(default_factory=dict)
    expired: Mapping[Whose, int] = field(default_factory=dict)
    went: Mapping[Whose, int] = field(default_factory=dict)
    came: Mapping[Whose, int] = field(default_factory=dict)
    arrived: Mapping[int, int] = field(default_factory=dict)
    reached_by: Mapping[int, int] = field(default_factory=dict)
    ties: str = "sequence"
    dwell: int | None = None
    least: int = 0

    @property
    def accounts(self) -> frozenset[int]:
        """Accounts that stolen money reached."""
        return frozenset(self.arrived)

    @property
    def payments(self) -> Column:
        """Rows of payments that carried stolen money, ascending, each once."""
        return np.unique(self.flow_row)

    def victims_at(self, account: int) -> tuple[int, ...]:
        """Victims whose money reached an account, by number, ascending."""
        bits = self.reached_by.get(account, 0)
        return tuple(n for n in range(len(self.victims)) if bits >> n & 1)

    def balances(self) -> tuple[Balance, ...]:
        """The sums of each asset and victim, in that order. Empty under poison, which owns nothing."""
        if self.rule == "poison":
            return ()
        held, stopped = _summed(self.held), _summed(self.stopped)
        sums = (self.seeded, self.came, self.went, held, stopped, self.pruned, self.expired)
        whose = sorted({key for each in sums for key in each})
        return tuple(Balance(*key, *(each.get(key, 0) for each in sums)) for key in whose)


def _summed(parts: Mapping[Where, int]) -> dict[Whose, int]:
    found: dict[Whose, int] = {}
    for (_, asset, victim), amount in parts.items():
        found[asset, victim] = found.get((asset, victim), 0) + amount
    return found
