"""Stolen payments followed through a million payments and ten, by all rules, beside graph libraries' builds.

    python -m benchmarks.trace [payments=1000000] [accounts=200000] [more=10000000] [least=100]

Drawn payments, uniform and skewed (an account's share falls as rank to the power of 0.9), over 90 days,
amounts of 1 to 10,000 EUR; stolen are payments among the first tenth. Each run is a process of its own: CPU
seconds of following alone, and the most memory of the whole process, payments and interpreter included. The
haircut is told exact, and with parts under `least` cents let go and counted. Peers build a graph of the same
payments with time and amount on each, and follow nothing; they live in .venv-peers. `more` 0 leaves the large
run out.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from entente.match.taint import RULES, Seed, Transfers, columns, follow, reach

PEERS = Path(".venv-peers/bin/python")
EXACT_LIMIT_S = 600
SEED = 1


def drawn(payments: int, accounts: int, skewed: bool) -> Transfers:
    """Payments between different accounts, sorted by time."""
    dice = np.random.default_rng(SEED)
    if skewed:
        share = np.cumsum(1 / np.arange(1, accounts + 1) ** 0.9)
        ends = [np.searchsorted(share / share[-1], dice.random(payments)).astype(np.int32) for _ in "ab"]
    else:
        ends = [dice.integers(0, accounts, payments, np.int32) for _ in "ab"]
    source, target = ends
    target[source == target] = (target[source == target] + 1) % accounts
    return columns(
        accounts=tuple(map(str, range(accounts))),
        source=source,
        target=target,
        at=np.sort(dice.integers(0, 90 * 86_400, payments)),
        amount=dice.integers(100, 1_000_000, payments),
    )


def one(rule: str, skewed: bool, payments: int, accounts: int, seeds: int, least: int) -> dict[str, float]:
    """Follow once, in this process."""
    transfers = drawn(payments, accounts, skewed)
    rows = np.random.default_rng(SEED).choice(payments // 10, seeds, replace=False).tolist()
    begun = time.process_time()
    if rule == "reach":
        found = reach(transfers, payments=rows)
        took, many = time.process_time() - begun, len(found.payments)
        touched, pruned, stolen = len(found.arrived), 0, 1
    else:
        trace = follow(transfers, [Seed(row, f"victim {row}") for row in rows], rule, least=least)
        took, many = time.process_time() - begun, len(trace.payments)
        touched = len(trace.accounts)
        pruned, stolen = sum(trace.pruned.values()), sum(trace.seeded.values())
        assert all(balance.missing == 0 for balance in trace.balances())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"s": took, "mb": peak, "accounts": touched, "payments": many, "pruned": pruned / stolen}
    return {key: round(value, 3) for key, value in told.items()}


def fresh(
    rule: str, skewed: bool, payments: int, accounts: int, seeds: int, least: int = 0
) -> dict[str, float]:
    """The same in a process of its own."""
    words = (rule, "skewed" if skewed else "uniform", payments, accounts, seeds, least)
    command = [sys.executable, "-m", "benchmarks.trace", "one", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=EXACT_LIMIT_S)
    told: dict[str, float] = json.loads(done.stdout)
    print(
        f"{payments:>10,} {words[1]:8} {seeds:>4} seeds  {rule:8} {f'least {least}' if least else '':10}"
        f"{told['s']:8.2f} s {told['mb']:7.0f} MB {told['accounts']:>9,.0f} accounts "
        f"{told['payments']:>9,.0f} payments  {told['pruned']:.0%} let go",
        flush=True,
    )
    return told


def peer(name: str, payments: int, accounts: int) -> dict[str, float] | None:
    """A graph library's build of the uniform payments; None where it is not installed."""
    if not PEERS.exists():
        return None
    transfers = drawn(payments, accounts, skewed=False)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "payments.npy"
        np.save(path, np.stack([transfers.source, transfers.target, transfers.at, transfers.amount]))
        command = [str(PEERS), "-m", "benchmarks.trace_peers", name, str(accounts), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout)
    print(f"{payments:>10,} uniform  {name} build {told['s']:8.2f} s, {told['mb']:.0f} MB", flush=True)
    return told


def main() -> None:
    if sys.argv[1:2] == ["one"]:
        rule, shape, *numbers = sys.argv[2:]
        print(json.dumps(one(rule, shape == "skewed", *map(int, numbers))))
        return
    given = [int(word) for word in sys.argv[1:]]
    payments, accounts, more, least = [*given, *(1_000_000, 200_000, 10_000_000, 100)[len(given) :]]
    figures: dict[str, float] = {"payments": payments, "accounts": accounts, "least": least}
    for skewed in (False, True):
        for seeds in (10, 100):
            total = 0.0
            for rule in (*RULES, "reach"):
                cut = least if rule == "haircut" and skewed else 0
                told = fresh(rule, skewed, payments, accounts, seeds, cut)
                shape = f"{'skewed' if skewed else 'uniform'}_{seeds}"
                if rule == "fifo":
                    figures[f"fifo_{shape}_s"], figures[f"fifo_{shape}_mb"] = told["s"], told["mb"]
                total += told["s"] if rule in RULES else 0
            figures[f"all_{shape}_s"] = round(total, 2)
            print(f"{'':11}all five rules{'':31}{total:8.2f} s", flush=True)
    exact = fresh("haircut", True, payments, accounts, 10)
    figures["haircut_exact_skewed_10_s"], figures["haircut_exact_skewed_10_mb"] = exact["s"], exact["mb"]
    for name in ("networkx", "igraph"):
        if built := peer(name, payments, accounts):
            figures[f"{name}_build_s"], figures[f"{name}_build_mb"] = built["s"], built["mb"]
            figures[f"{name}_ratio"] = round(built["s"] / figures["fifo_uniform_10_s"], 1)
            figures[f"{name}_ratio_skewed"] = round(built["s"] / figures["fifo_skewed_10_s"], 1)
    for skewed in (False, True) if more else ():
        large = fresh("fifo", skewed, more, accounts * more // payments, 100)
        shape = "skewed" if skewed else "uniform"
        figures[f"fifo_{shape}_more_s"], figures[f"fifo_{shape}_more_mb"] = large["s"], large["mb"]
        figures[f"fifo_{shape}_growth"] = round(large["s"] / figures[f"fifo_{shape}_100_s"], 1)
    print(*(f"{key}={value}" for key, value in figures.items()))


if __name__ == "__main__":
    main()
