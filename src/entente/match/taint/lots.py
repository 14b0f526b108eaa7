"""Money as lots in the order they came: FIFO and LIFO."""

from collections import deque
from collections.abc import Iterable, Iterator

CLEAN = -1
"""Whose a lot is that no victim's report speaks of."""

Part = list[int]
"""[victim's number or CLEAN, minor units]"""


class Lots:
    """What lies in one pot that holds stolen money: lots of (victim, amount, arrival), the oldest first.

    Neighbouring lots of one victim are one lot (with `dwell`, where they came at one time). `expired` is
    told, by victim, what leaves after resting for longer than `dwell` seconds; it goes on as clean money.
    """

    __slots__ = ("dwell", "expired", "newest_first", "queue", "tainted", "total")

    def __init__(self, newest_first: bool, dwell: int | None, expired: dict[int, int]) -> None:
        self.queue: deque[Part] = deque()
        self.newest_first, self.dwell, self.expired = newest_first, dwell, expired
        self.total = self.tainted = 0

    def put(self, parts: Iterable[Part], at: int) -> None:
        """Parts that arrive at `at`, the first of them to lie deepest."""
        queue = self.queue
        for victim, amount in parts:
            self.total += amount
            if victim >= 0:
                self.tainted += amount
            if queue and queue[-1][0] == victim and (victim < 0 or self.dwell is None or queue[-1][2] == at):
                queue[-1][1] += amount
            elif amount:
                queue.append([victim, amount, at])

    def take(self, amount: int, at: int) -> list[Part]:
        """`amount` as it leaves at `at`, in the order of leaving; what the pot has not is clean."""
        queue, end = self.queue, -1 if self.newest_first else 0
        parts: list[Part] = []
        self.total = self.total - amount if self.total > amount else 0
        while amount:
            if queue:
                lot = queue[end]
                victim, lies, since = lot
                if lies <= amount:
                    part = lies
                    if end:
                        queue.pop()
                    else:
                        queue.popleft()
                else:
                    part = amount
                    lot[1] -= part
                if victim >= 0:
                    self.tainted -= part
                    if self.dwell is not None and at - since > self.dwell:
                        self.expired[victim] = self.expired.get(victim, 0) + part
                        victim = CLEAN
            else:
                victim, part = CLEAN, amount
            amount -= part
            if parts and parts[-1][0] == victim:
                parts[-1][1] += part
            else:
                parts.append([victim, part])
        return parts

    def looked(self, _amount: int) -> int:
        """Lots looked at beyond those that leave, when so much does."""
        return 0

    @property
    def width(self) -> int:
        """Lots that `spend` looks at."""
        return len(self.queue)

    def spend(self, amount: int) -> None:
        """`amount` of clean money leaves, from the lots that the rule takes first; what the pot has not is
        new."""
        left: list[Part] = []
        for lot in reversed(self.queue) if self.newest_first else self.queue:
            if lot[0] < 0:
                part = min(amount, lot[1])
                amount -= part
                self.total -= part
                lot[1] -= part
            if lot[1]:
                left.append(lot)
        if self.newest_first:
            left.reverse()
        self.queue = deque()
        for victim, lies, since in left:
            last = self.queue[-1] if self.queue else None
            if last and last[0] == victim and (victim < 0 or self.dwell is None or last[2] == since):
                last[1] += lies
            else:
                self.queue.append([victim, lies, since])

    def lying(self) -> Iterator[tuple[int, int]]:
        """Victim and amount of each stolen lot."""
        return ((victim, amount) for victim, amount, _ in self.queue if victim >= 0)
