"""Exact search for hashes of pictures within 31 bits, beside faiss's and the `threatexchange` indexes.

    make bench-pdq     (python -m benchmarks.pdq [--rows N] [--peer-rows N] [--large N] [--alone])

Half of the hashes are random, the other half copies of the reference's haystack with bits flipped, so that
questions have answers. A question is the 8 dihedral hashes of one picture, as `match.images` asks: one
needle near a kept hash and 7 far from everything. One thread on one core. Every peer answers the same
questions on the same rows; what it lacks of the exact answer is its recall.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entente.core.access import View
from entente.engines.vectors.folder import FolderVectors
from entente.engines.vectors.layout import masks, thresholds, widths_of
from entente.engines.vectors.rows import Rows, distances

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / ".venv-peers/bin/python"
REFERENCE = ROOT.parent / "shared/data/images/pdq/pdq/data/reg-test-input/haystack.txt"
RADIUS, TURNS, QUESTIONS, CHECKED = 31, 8, 100, 4
VIEW = View(b"\0\1\1\1\1", (), date(2026, 3, 1))
FIGURES = ("p50", "p95", "bytes", "build")
PEERS_ASKED = ("flat", "multihash", "hash", "ivf", "threatexchange")


def made(rows: int, seed: int = 1) -> NDArray[np.uint64]:
    """(rows, 4): random hashes, and haystack's with up to 40 bits flipped, mixed."""
    dice = np.random.default_rng(seed)
    hashes = dice.integers(0, 2**64, (rows, 4), np.uint64)
    if REFERENCE.exists():
        lines = [line.split(",")[0].strip() for line in REFERENCE.read_text().split()]
        known = np.frombuffer(bytes.fromhex("".join(lines)), np.uint64).reshape(-1, 4)
        for start in range(0, rows // 2, 100_000):
            some = min(100_000, rows // 2 - start)
            bits = np.packbits(dice.random((some, 256), np.float32) < dice.random((some, 1)) * 0.4, axis=1)
            hashes[2 * start : 2 * (start + some) : 2] = known[
                dice.integers(0, len(known), some)
            ] ^ bits.view(np.uint64)
    return hashes


def questions(hashes: NDArray[np.uint64], seed: int = 2) -> NDArray[np.uint64]:
    """(questions, 8, 4): the first of each is 0 to 31 bits from a kept hash."""
    dice = np.random.default_rng(seed)
    asked = dice.integers(0, 2**64, (QUESTIONS, TURNS, 4), np.uint64)
    for question in asked:
        flips = np.zeros(256, np.uint8)
        flips[dice.choice(256, dice.integers(0, RADIUS + 1), replace=False)] = 1
        question[0] = hashes[dice.integers(len(hashes))] ^ np.packbits(flips).view(np.uint64)
    return asked


def exact(hashes: NDArray[np.uint64], asked: NDArray[np.uint64], radius: int) -> set[tuple[int, int]]:
    """(row, distance) by comparing every row: the definition."""
    found = set()
    for hash in asked:
        for start in range(0, len(hashes), 1 << 16):
            apart = distances(hashes[start : start + (1 << 16)], hash[None, :])
            near = np.flatnonzero(apart <= radius)
            found |= {(int(r) + start, int(apart[r])) for r in near}
    return found


def ours(hashes: NDArray[np.uint64], folder: Path, radius: int) -> dict[str, Any]:
    """Build the index of the house and ask it."""
    n = np.arange(1, len(hashes) + 1)
    start = time.perf_counter()
    with_rows = Rows(n, n % 4 + 1, np.full(len(n), 30_000) + n % 365, hashes)
    engine = FolderVectors(folder)
    engine.take({"pdq": with_rows}, [], 1)
    built = time.perf_counter() - start
    size = sum(path.stat().st_size for path in folder.rglob("*.npy"))
    asked = questions(hashes)
    texts = [[hash.tobytes() for hash in question] for question in asked]
    for text in texts:  # what is read for the first time comes from the disk
        engine.near("pdq", text, radius, VIEW)
    told, spent = [], []
    for text in texts:
        start = time.perf_counter()
        found = engine.near("pdq", text, radius, VIEW)
        spent.append((time.perf_counter() - start) * 1000)
        told.append({(f.n - 1, f.distance) for f in found})
    right = sum(told[at] == exact(hashes, asked[at], radius) for at in range(CHECKED))
    engine.close()
    return {
        "rows": len(hashes),
        "p50": float(np.percentile(spent, 50)),
        "p95": float(np.percentile(spent, 95)),
        "bytes": size / len(hashes),
        "build": built,
        "exact": f"{right}/{CHECKED}",
        "answers": [len(t) for t in told],
        "told": [sorted(row for row, _ in t) for t in told],
    }


def work(rows: int, radius: int = RADIUS) -> tuple[float, float]:
    """(looked-up values, candidates of random hashes) of one question in a segment of so many rows."""
    widths = widths_of(rows)
    tried = thresholds(widths, rows, radius)
    if tried is None:
        return 0, TURNS * rows
    probes = [(len(masks(w, t)), w) for w, t in zip(widths, tried, strict=True) if t >= 0]
    return TURNS * sum(p for p, _ in probes), TURNS * sum(p * rows / 2**w for p, w in probes)


def index_bytes(rows: int) -> float:
    """Bytes a hash by the formula: hash 32, number 4, label 2, a list of each band but the first, tables."""
    widths = widths_of(rows)
    return 38 + 4 * (len(widths) - 1) + sum(4 * (2**w + 1) for w in widths) / rows


def peer(name: str, hashes: NDArray[np.uint64], folder: Path) -> dict[str, Any]:
    """What a peer tells of the same rows and questions, from a process of its own."""
    np.save(folder / "hashes.npy", hashes)
    np.save(folder / "asked.npy", questions(hashes))
    command = [str(PEERS), "-m", "benchmarks.pdq_peers", name, str(folder)]
    if not PEERS.exists():
        sys.exit("the peers are not installed: run `make bench-pdq`")
    one = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False, cwd=ROOT, env=one)
    return json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else {"failed": done.returncode}


def recall(told: list[list[int]], right: list[list[int]]) -> float:
    found = sum(len(set(t) & set(r)) for t, r in zip(told, right, strict=True))
    return found / max(sum(map(len, right)), 1)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--peer-rows", type=int, default=1_000_000)
    parser.add_argument("--large", type=int, default=0, help="also measure so many rows")
    parser.add_argument("--alone", action="store_true")
    said = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    folder = Path(tempfile.mkdtemp(prefix="pdq"))
    try:
        _all(said, folder)
    finally:
        shutil.rmtree(folder)


def _line(*cells: object) -> None:
    shown = [f"{c:.3f}" if isinstance(c, float) else str(c) for c in cells]
    print(f"{shown[0]:<34}" + " ".join(f"{c:>11}" for c in shown[1:]), flush=True)


def _all(said: argparse.Namespace, folder: Path) -> None:
    head = ("", "rows", "recall@31", "p50 ms", "p95 ms", "B a hash", "build s")
    print(f"{QUESTIONS} questions of {TURNS} hashes each, radius {RADIUS}, one core")
    _line(*head)
    sizes = sorted({said.rows, said.peer_rows, *([said.large] if said.large else [])})
    figures: dict[int, dict[str, Any]] = {}
    for rows in sizes:
        hashes = made(rows)
        own = figures[rows] = ours(hashes, folder / "ours", RADIUS)
        shutil.rmtree(folder / "ours")
        _line(f"ours (exact {own['exact']})", rows, 1.0, *(own[k] for k in FIGURES))
        for name in PEERS_ASKED:
            if said.alone or rows > said.rows or (rows > said.peer_rows and name in SLOW):
                continue
            told = peer(name, hashes, folder)
            if "failed" in told:
                _line(f"{name}: ended with {told['failed']}", rows)
                continue
            found = recall(told["told"], own["told"])
            _line(told["what"], rows, found, *(told[k] for k in FIGURES))
    wide = ours(made(said.rows), folder / "ours", 48)
    _line(f"ours, radius 48 (exact {wide['exact']})", said.rows, 1.0, *(wide[k] for k in FIGURES))
    own = figures[said.rows]
    probes, candidates = work(said.rows)
    many = 122_000_000
    later = work(many)
    unit = float(own["p50"]) / (probes * 60 + candidates * 90)
    at_122 = unit * (later[0] * 60 + later[1] * 90)
    print(
        f"\none question looks up v={probes:,.0f} values, compares c={candidates:,.0f} rows at {said.rows:,}"
    )
    print(f"at {many:,} v={later[0]:,.0f}, c={later[1]:,.0f}: p50 there = p50 * (60 v + 90 c) there / here")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"rows={said.rows} p50_ms={own['p50']:.2f} p95_ms={own['p95']:.2f} bytes_per_hash={own['bytes']:.1f} "
        f"build_s={own['build']:.1f} exact={own['exact']} radius48_p50_ms={wide['p50']:.1f} "
        f"at_122m_ms={at_122:.1f} at_122m_bytes={index_bytes(many):.1f} peak_gb={peak:.1f}"
    )


SLOW = {"threatexchange", "multihash"}
"""Peers that are run at `--peer-rows` alone: too slow to build, or too big, at ten million."""

if __name__ == "__main__":
    main()
