"""Money that comes back to where it set out: cycles of payments in which each is later than the one before.

Amounts need not agree: in IBM's AMLSim samples those of planted cycles stand in no fixed ratio, so that a
search by ratio alone finds none of them. A tolerance is an option that narrows.
"""

from bisect import bisect_right

from entente.match.taint.patterns import ByAccount, Finding, Sought, by_account
from entente.match.taint.transfers import Transfers


def cycles(
    transfers: Transfers,
    within: int,
    *,
    hops: int = 8,
    tolerance: int | None = None,
    most: int = 1_000,
    steps: int = 5_000_000,
) -> Sought:
    """Cycles of 2 to `hops` payments over accounts that are each met once, begun and ended in `within`
    seconds.

    `tolerance`: per cent by which what is paid on may differ from what came, in the same asset; None for any.
    Each cycle is found once, from its first payment. At most `most` are told and `steps` payments looked at.
    """
    search = _Search(transfers, within, hops, tolerance, most, steps)
    for row in range(len(transfers)):
        if search.spent:
            break
        search.start(row)
    return Sought(tuple(search.found), not search.spent)


class _Search:
    def __init__(
        self, transfers: Transfers, within: int, hops: int, tolerance: int | None, most: int, steps: int
    ) -> None:
        self.source, self.target = transfers.source.tolist(), transfers.target.tolist()
        self.at, self.amount = transfers.at.tolist(), transfers.amount.tolist()
        self.received = self.amount if transfers.received is None else transfers.received.tolist()
        leaves, reaches = transfers.pots(slice(None))
        self.leaves, self.reaches = leaves.tolist(), reaches.tolist()
        leaving: ByAccount = by_account(transfers, transfers.source)
        self.next = leaving.order.tolist()
        self.starts = leaving.starts.tolist()
        self.latest_in = dict(zip(self.target, self.at, strict=True))
        """Of each account the last time it was paid: none comes back after it."""
        self.within, self.hops, self.tolerance, self.most, self.steps = within, hops, tolerance, most, steps
        self.found: list[Finding] = []
        self.path: list[int] = []

    @property
    def spent(self) -> bool:
        return self.steps <= 0 or len(self.found) >= self.most

    def start(self, row: int) -> None:
        """Every cycle that begins with a payment."""
        origin = self.source[row]
        if origin == self.target[row] or self.latest_in.get(origin, self.at[row]) <= self.at[row]:
            return
        self.path = [row]
        self._on(row, origin, {origin, self.target[row]}, self.at[row] + self.within)

    def _on(self, row: int, origin: int, met: set[int], until: int) -> None:
        account = self.target[row]
        for place in range(self._after(account, row), self.starts[account + 1]):
            after = self.next[place]
            self.steps -= 1
            if self.at[after] > until or self.spent:
                return
            if self.at[after] <= self.at[row] or not self._near(row, after):
                continue
            then = self.target[after]
            if then == origin:
                rows = (*self.path, after)
                facts = {"hops": len(rows), "seconds": self.at[after] - self.at[rows[0]]}
                self.found.append(Finding("cycle", origin, rows, facts))
            elif then not in met and len(self.path) + 1 < self.hops:
                self.path.append(after)
                self._on(after, origin, met | {then}, until)
                self.path.pop()

    def _after(self, account: int, row: int) -> int:
        """The place of the first payment of an account that stands after a row."""
        low, high = self.starts[account], self.starts[account + 1]
        return bisect_right(self.next, row, low, high)

    def _near(self, row: int, after: int) -> bool:
        if self.tolerance is None:
            return True
        if self.reaches[row] != self.leaves[after]:  # another asset: nothing to compare
            return False
        came = self.received[row]
        return bool(100 * abs(self.amount[after] - came) <= self.tolerance * came)
