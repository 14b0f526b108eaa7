"""Money as a mixture: the haircut, and the rule of the lowest intermediate balance.

A mixture knows no lots. With `dwell`, each victim's money in a pot is as old as the last of it that came.
"""

from collections.abc import Iterable, Iterator

from entente.match.taint.lots import CLEAN, Part
from entente.match.taint.sharing import shared


class Mixture:
    """What lies in one pot that holds stolen money: its total, and how much of it is whose, by number of
    victim. Haircut.

    A part of a payment, or what is left of a victim's money in the pot, under `least` is followed no further
    and told to `pruned`, by victim; what rested longer than `dwell` seconds is told to `expired`. Both go on
    as clean money.
    """

    __slots__ = ("dwell", "expired", "least", "owed", "pruned", "since", "tainted", "total")

    def __init__(
        self, dwell: int | None, least: int, expired: dict[int, int], pruned: dict[int, int]
    ) -> None:
        self.owed: dict[int, int] = {}
        self.since: dict[int, int] = {}
        self.dwell, self.least, self.expired, self.pruned = dwell, least, expired, pruned
        self.total = self.tainted = 0

    def put(self, parts: Iterable[Part], at: int) -> None:
        """Parts that arrive at `at`."""
        owed = self.owed
        for victim, amount in parts:
            self.total += amount
            if victim >= 0 and amount:
                self.tainted += amount
                if victim in owed:
                    owed[victim] += amount
                else:
                    follows = not owed or next(reversed(owed)) < victim
                    owed[victim] = amount
                    if not follows:
                        owed = self.owed = dict(sorted(owed.items()))
                if self.dwell is not None:
                    self.since[victim] = at

    def take(self, amount: int, at: int) -> list[Part]:
        """`amount` as it leaves at `at`: victims by number, clean money last; what the pot has not is
        clean."""
        whole = amount >= self.total
        parts = [list(one) for one in self.owed.items()] if whole else self._leaving(amount)
        self.total = 0 if whole else self.total - amount
        owed, least, dwell = self.owed, self.least, self.dwell
        clean = amount
        kept: list[Part] = []
        for part in parts:
            victim, leaves = part
            left = owed[victim] - leaves
            if left >= least and left:
                owed[victim] = left
                self.tainted -= leaves
            else:
                del owed[victim]
                self.tainted -= leaves + left
                _tell(self.pruned, victim, left)
            if dwell is not None and at - self.since[victim] > dwell:
                _tell(self.expired, victim, leaves)
            elif leaves < least:
                _tell(self.pruned, victim, leaves)
            else:
                clean -= leaves
                kept.append(part)
        if clean:
            kept.append([CLEAN, clean])
        return kept

    def looked(self, _amount: int) -> int:
        """Victims among whom so much is shared out when it leaves."""
        return len(self.owed)

    @property
    def width(self) -> int:
        """What `spend` looks at: sums alone."""
        return 1

    def spend(self, amount: int) -> None:
        """`amount` of clean money leaves; what the pot has not is new."""
        self.total -= min(amount, self.total - self.tainted)

    def lying(self) -> Iterator[tuple[int, int]]:
        """Victim and amount of the stolen money."""
        return iter(self.owed.items())

    def _leaving(self, amount: int) -> list[Part]:
        """What leaves of each victim's money when less than everything leaves; only victims of whom some
        does."""
        if len(self.owed) == 1:
            ((victim, owed),) = self.owed.items()
            part, rest = divmod(amount * owed, self.total)
            part += 2 * rest >= self.total  # of two remainders the larger; the victim's, where they are equal
            return [[victim, part]] if part else []
        parts = shared(amount, [*self.owed.values(), self.total - self.tainted])
        return [[victim, part] for victim, part in zip(self.owed, parts, strict=False) if part]


class Lowest(Mixture):
    """Lowest intermediate balance: the pot's clean money leaves first, then the victims' in proportion."""

    __slots__ = ()

    def looked(self, amount: int) -> int:
        """Victims among whom so much is shared out: none while clean money lasts."""
        return len(self.owed) if amount > self.total - self.tainted else 0

    def _leaving(self, amount: int) -> list[Part]:
        short = amount - (self.total - self.tainted)
        if short <= 0:
            return []
        parts = shared(short, list(self.owed.values()))
        return [[victim, part] for victim, part in zip(self.owed, parts, strict=True) if part]


def _tell(losses: dict[int, int], victim: int, amount: int) -> None:
    if amount:
        losses[victim] = losses.get(victim, 0) + amount
