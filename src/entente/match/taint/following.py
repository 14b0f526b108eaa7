"""Victims' money followed, payment by payment, in one pass.

Every account is walked from the first row of the file: an account's money before stolen money reaches it is
one clean sum, and only pots with stolen money keep more. What an account pays beyond what it is known to have
is clean money that nobody told of (an opening balance, cash): it comes in when it is needed. An account's
known opening balance is there first.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from entente.match.taint.budget import Budget
from entente.match.taint.lots import CLEAN, Lots, Part
from entente.match.taint.mixing import Lowest, Mixture
from entente.match.taint.order import ordered
from entente.match.taint.poison import mark
from entente.match.taint.rules import RULES
from entente.match.taint.sharing import shared
from entente.match.taint.trace import Trace, Where, Whose
from entente.match.taint.transfers import Column, Transfers
from entente.match.taint.walking import Row, ends, rows

Holding = Lots | Mixture


@dataclass(frozen=True, slots=True)
class Seed:
    """A payment that a victim says was stolen: its row in the transfers, and how much of it, None for the
    whole.

    Several seeds may share a payment. What is stolen is the victim's own: of the payer's account it takes
    clean money.
    """

    row: int
    victim: str
    amount: int | None = None


def follow(
    transfers: Transfers,
    seeds: Iterable[Seed],
    rule: str = "fifo",
    *,
    opening: Mapping[int, int] | None = None,
    dwell: int | None = None,
    least: int = 0,
    stops: frozenset[int] = frozenset(),
    ties: str = "sequence",
    earlier: bool = True,
    budget: Budget | None = None,
) -> Trace:
    """Follow the money of seeds by a rule of `RULES`; see `rules` for what each says and where it comes from.

    `opening`: known balances before the first row, in minor units, by account (by `Transfers.pot` where there
    are several assets). `dwell`: seconds for which money that lies in an account is followed when it leaves.
    `least`: minor units under which haircut and libr let a part go. `stops`: accounts that money is not
    followed out of (an exchange: ask it). `ties`: see `order`. `budget`: what following may cost. Raises
    ValueError for a rule, an order or a seed that cannot be, TooMuch where the budget does not suffice.
    """
    if rule not in RULES:
        raise ValueError(f"rules are {', '.join(RULES)}, not {rule}")
    victims, stolen = _stolen(transfers, seeds)
    order = ordered(transfers, ties)
    if rule == "poison":
        return _poisoned(transfers, victims, stolen, order, dwell, stops, ties, budget)
    walk = _Walk(
        transfers, stolen, opening or {}, _holdings(rule, dwell, least, len(transfers.assets)), stops
    )
    walk.earlier, walk.budget = earlier, budget
    walk.all(rows(transfers, order, stolen))
    return walk.trace(rule, victims, ties, dwell, least)


def _stolen(
    transfers: Transfers, seeds: Iterable[Seed]
) -> tuple[tuple[str, ...], dict[int, list[tuple[int, int]]]]:
    """Victims in the order of their seeds; row to (victim, amount)."""
    names: dict[str, int] = {}
    found: dict[int, list[tuple[int, int]]] = {}
    for seed in seeds:
        if not 0 <= seed.row < len(transfers):
            raise ValueError(f"payment {seed.row} is not among the {len(transfers)}")
        paid = int(transfers.amount[seed.row])
        amount = paid if seed.amount is None else seed.amount
        if amount <= 0:
            raise ValueError(f"a stolen amount of {amount} is not above zero")
        if _moves_nothing(transfers, seed.row):
            raise ValueError(f"payment {seed.row} goes to the account it came from: nothing was taken")
        shares = found.setdefault(seed.row, [])
        shares.append((names.setdefault(seed.victim, len(names)), amount))
        if (total := sum(part for _, part in shares)) > paid:
            raise ValueError(f"{total} stolen of payment {seed.row}, which was {paid}")
    return tuple(names), found


def _moves_nothing(transfers: Transfers, row: int) -> bool:
    source, target = transfers.pots(slice(row, row + 1))
    return bool(source[0] == target[0])


@dataclass(slots=True)
class _Holdings:
    """What opens a pot's holding, and the losses, by asset, that holdings tell."""

    open: Callable[[int], Holding]
    expired: list[dict[int, int]]
    pruned: list[dict[int, int]]


def _holdings(rule: str, dwell: int | None, least: int, assets: int) -> _Holdings:
    expired: list[dict[int, int]] = [{} for _ in range(assets)]
    pruned: list[dict[int, int]] = [{} for _ in range(assets)]

    def lots(asset: int) -> Holding:
        return Lots(rule == "lifo", dwell, expired[asset])

    def mixture(asset: int) -> Holding:
        made = Lowest if rule == "libr" else Mixture
        return made(dwell, least, expired[asset], pruned[asset])

    return _Holdings(lots if rule in ("fifo", "lifo") else mixture, expired, pruned)


class _Flows:
    """So much of a victim's money in a payment, in the order walked; as columns, because they may be
    millions."""

    def __init__(self, large: bool) -> None:
        self.row, self.victim = array("q"), array("i")
        self.amount: list[int] | array[int] = [] if large else array("q")
        self.received: list[int] | array[int] = [] if large else array("q")

    def column(self, values: "list[int] | array[int]") -> Column:
        """As numpy's: whole numbers of Python where one may not fit."""
        return np.array(values, object) if isinstance(values, list) else np.array(values, np.int64)


class _Walk:
    """One pass over the payments. `state`: of each pot its clean money, or, where stolen money lies, all of
    it."""

    def __init__(
        self,
        transfers: Transfers,
        stolen: Mapping[int, list[tuple[int, int]]],
        opening: Mapping[int, int],
        holdings: _Holdings,
        stops: frozenset[int],
    ) -> None:
        self.transfers, self.stolen, self.holdings, self.stops = transfers, stolen, holdings, stops
        self.assets = len(transfers.assets)
        self.converts = transfers.received is not None
        self.earlier = True
        self.budget: Budget | None = None
        pots = len(transfers.accounts) * self.assets
        self.state: list[int | Holding] = [0] * pots
        for pot, balance in opening.items():
            if not 0 <= pot < pots or balance < 0:
                raise ValueError(f"an opening balance of {balance} in pot {pot} of {pots}")
            self.state[pot] = balance
        large = transfers.amount.dtype == object
        self.flows = _Flows(large or (transfers.received is not None and transfers.received.dtype == object))
        self.stopped: dict[Where, int] = {}
        self.went: dict[Whose, int] = {}
        self.came: dict[Whose, int] = {}

    def all(self, payments: Iterable[Row]) -> None:
        """Every payment; one of clean money into clean money is settled here, and that is most."""
        state, stolen, earlier = self.state, self.stolen, self.earlier
        for row, source, target, amount, received, at in payments:
            if source == target:
                continue
            own = state[source]
            if isinstance(own, int) and row not in stolen:
                state[source] = own - amount if own > amount else 0
                into = state[target]
                if not isinstance(into, int):
                    into.put([[CLEAN, received]], at)
                elif earlier or into:
                    state[target] = into + received
            else:
                self.carry(row, source, target, amount, received, at)

    def carry(self, row: int, source: int, target: int, amount: int, received: int, at: int) -> None:
        """A payment out of a pot that holds stolen money, or one that was stolen."""
        parts = self._leaving(row, source, amount, at)
        arriving = parts
        if self.converts and (received != amount or (source - target) % self.assets):
            units = shared(received, [part for _, part in parts])
            arriving = [[victim, unit] for (victim, _), unit in zip(parts, units, strict=True)]
        tainted = self._told(row, source, target, parts, arriving)
        account = target // self.assets
        into = self.state[target]
        if not tainted or account in self.stops:
            for victim, part in arriving:
                if victim >= 0 and part:
                    whose = (account, target % self.assets, victim)
                    self.stopped[whose] = self.stopped.get(whose, 0) + part
            if isinstance(into, int):
                if self.earlier or into:
                    self.state[target] = into + received
                return
            arriving = [[CLEAN, received]]
        if isinstance(into, int):
            clean = into
            into = self.state[target] = self.holdings.open(target % self.assets)
            if clean:
                into.put([[CLEAN, clean]], at)
        into.put(arriving, at)

    def _leaving(self, row: int, source: int, amount: int, at: int) -> list[Part]:
        """What a payment is made of, in the order of leaving; neighbouring parts are never of one victim."""
        parts: list[Part] = []
        stolen = 0
        for victim, part in self.stolen.get(row, ()):
            stolen += part
            if parts and parts[-1][0] == victim:
                parts[-1][1] += part
            else:
                parts.append([victim, part])
        held = self.state[source]
        rest = amount - stolen
        if isinstance(held, int):
            self.state[source] = held - amount if held > amount else 0
            taken, looked = [[CLEAN, rest]] if rest else [], 0
        else:
            looked = max(held.looked(rest), held.width if stolen else 0)
            if stolen:
                held.spend(stolen)
            taken = held.take(rest, at) if rest else []
            if not held.tainted:
                self.state[source] = held.total
        if self.budget is not None:
            self.budget.spend(max(looked, len(parts) + len(taken)))
        if parts and taken and parts[-1][0] == taken[0][0]:
            parts[-1][1] += taken.pop(0)[1]
        return parts + taken if parts else taken

    def _told(self, row: int, source: int, target: int, parts: list[Part], arriving: list[Part]) -> int:
        """Flows of a payment noted, by victim; the stolen units that arrive."""
        left: dict[int, int] = {}
        for victim, part in parts:
            left[victim] = left[victim] + part if victim in left else part
        left.pop(CLEAN, None)
        flows = self.flows
        for victim in sorted(left) if len(left) > 1 else left:
            flows.row.append(row)
            flows.victim.append(victim)
            flows.amount.append(left[victim])
        if not self.converts:
            return sum(left.values())
        came = dict.fromkeys(sorted(left), 0)
        for victim, part in arriving:
            if victim >= 0:
                came[victim] += part
        flows.received.extend(came.values())
        if arriving is not parts:
            for victim, part in came.items():
                gone, got = (source % self.assets, victim), (target % self.assets, victim)
                self.went[gone] = self.went.get(gone, 0) + left[victim]
                self.came[got] = self.came.get(got, 0) + part
        return sum(came.values())

    def trace(self, rule: str, victims: tuple[str, ...], ties: str, dwell: int | None, least: int) -> Trace:
        """What the pass found."""
        held: dict[Where, int] = {}
        for pot, holding in enumerate(self.state):
            for whose, lies in () if isinstance(holding, int) else holding.lying():
                where = (*divmod(pot, self.assets), whose)
                held[where] = held.get(where, 0) + lies
        flows = self.flows
        row, victim = flows.column(flows.row), np.array(flows.victim, np.int32)
        amount = flows.column(flows.amount)
        received = flows.column(flows.received) if self.converts else amount
        arrived, reached_by = _reached(self.transfers, row[received > 0], victim[received > 0])
        order = np.argsort(row, kind="stable")
        return Trace(
            rule=rule,
            victims=victims,
            flow_row=row[order],
            flow_victim=victim[order],
            flow_amount=amount[order],
            flow_received=received[order],
            seeded=_seeded(self.transfers, self.stolen),
            held=dict(sorted(held.items())),
            stopped=dict(sorted(self.stopped.items())),
            pruned=_by_asset(self.holdings.pruned),
            expired=_by_asset(self.holdings.expired),
            went=self.went,
            came=self.came,
            arrived=arrived,
            reached_by=reached_by,
            ties=ties,
            dwell=dwell,
            least=least,
        )


def _reached(transfers: Transfers, row: Column, victim: Column) -> tuple[dict[int, int], dict[int, int]]:
    """Of accounts that stolen money reached, the first time, and the victims as bits; rows as they were
    walked."""
    account = transfers.target[row]
    first = np.full(len(transfers.accounts), -1, np.int64)
    first[account[::-1]] = row[::-1]  # of several writes the last stays: the first row
    names = np.flatnonzero(first >= 0)
    arrived = dict(zip(names.tolist(), transfers.at[first[names]].tolist(), strict=True))
    reached_by = dict.fromkeys(arrived, 0)
    for one in range(int(victim.max()) + 1 if len(victim) else 0):
        reached = np.zeros(len(transfers.accounts), bool)
        reached[account[victim == one]] = True
        for name in np.flatnonzero(reached).tolist():
            reached_by[name] |= 1 << one
    return arrived, reached_by


def _by_asset(losses: Sequence[Mapping[int, int]]) -> dict[Whose, int]:
    return {(asset, victim): n for asset, each in enumerate(losses) for victim, n in sorted(each.items())}


def _seeded(transfers: Transfers, stolen: Mapping[int, list[tuple[int, int]]]) -> dict[Whose, int]:
    found: dict[Whose, int] = {}
    for row, shares in stolen.items():
        asset = 0 if transfers.asset is None else int(transfers.asset[row])
        for victim, amount in shares:
            found[asset, victim] = found.get((asset, victim), 0) + amount
    return found


def _poisoned(
    transfers: Transfers,
    victims: tuple[str, ...],
    stolen: Mapping[int, list[tuple[int, int]]],
    order: Column | None,
    dwell: int | None,
    stops: frozenset[int],
    ties: str,
    budget: Budget | None,
) -> Trace:
    bits = {row: sum({1 << victim for victim, _ in shares}) for row, shares in stolen.items()}
    marks = mark(ends(transfers, order, stolen), len(transfers.accounts), bits, dwell, stops, budget)
    rows, whose = marks.columns()
    received = transfers.amount if transfers.received is None else transfers.received
    return Trace(
        rule="poison",
        victims=victims,
        flow_row=rows,
        flow_victim=whose,
        flow_amount=transfers.amount[rows],
        flow_received=received[rows],
        seeded=_seeded(transfers, stolen),
        arrived=marks.arrived,
        reached_by=marks.reached_by,
        ties=ties,
        dwell=dwell,
    )
