"""Faces: how many are read and encoded a second, how well persons are told apart, and a million searched.

    make bench-faces     (python -m benchmarks.faces [--rows N] [--alone] [--peers PYTHON])

Pictures are the ORL faces of the shared data, 92 x 112 enlarged three times (skipped where absent), and drawn
persons. CPU time of one thread, but for the search, whose time is that of the clock on two cores. dlib and
faiss answer in the same run, each in a process of its own (.venv-peers).
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from entente.match import faces
from entente.match.faces import comparing, encoders, networks, reading, running, synthetic, weights
from entente.match.rates import Calibration, eer, fnmr_at_fmr

ROOT = Path(__file__).resolve().parents[1]
ORL = ROOT.parent / "shared/data/faces/orl"
BEST, ASKED, DIMENSION = 50, 40, 128
Pictures = list[NDArray[np.uint8]]


def orl() -> tuple[Pictures, NDArray[np.int64]]:
    """Pictures (336, 276) and the number of the person on each."""
    files = sorted(ORL.glob("s*/*.pgm"), key=lambda file: (int(file.parent.name[1:]), int(file.stem)))
    grey = [cv2.imread(str(file), cv2.IMREAD_GRAYSCALE) for file in files]
    large = [cv2.resize(g, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC) for g in grey if g is not None]
    return [np.asarray(g, np.uint8) for g in large], np.array([int(file.parent.name[1:]) for file in files])


def rates(vectors: NDArray[np.float32], who: NDArray[np.int64]) -> tuple[float, float]:
    """Of all pairs: equal error rate, and false non-match rate at a false match rate of 0.1 %; in %."""
    above = np.triu_indices(len(who), 1)
    scores, same = (vectors @ vectors.T)[above], (who[:, None] == who)[above]
    return 100 * eer(scores[same], scores[~same]), 100 * fnmr_at_fmr(scores[same], scores[~same], 0.001)


def spent(work: Callable[[], object], times: int = 3) -> float:
    """Least CPU seconds of one go."""
    told = []
    for _ in range(times):
        start = time.process_time()
        work()
        told.append(time.process_time() - start)
    return min(told)


def speed(figures: dict[str, Any]) -> None:
    drawn = synthetic.portrait(synthetic.person(6), 1, 480)
    encoder, read = faces.default_encoder(), reading.default_reader()
    chips = np.random.default_rng(1).integers(0, 256, (128, 150, 150, 3)).astype(np.uint8)
    figures["encode_per_s"] = len(chips) / spent(lambda: encoder.encode(chips))
    twice = replace(encoder, mirrored=True)
    print(f"faces encoded a second and core       {figures['encode_per_s']:8.0f}   ", end="")
    print(f"(with the mirror image averaged {len(chips) / spent(lambda: twice.encode(chips), 1):.0f})")
    for height in (336, 480, 1200):
        picture = np.asarray(cv2.resize(drawn, (height * 5 // 6, height)), np.uint8)
        seen, whole = spent(lambda p=picture: read.finder(p)), spent(lambda p=picture: faces.read(p))
        size = f"{height * 5 // 6} x {height}"
        print(f"picture of {size}: found in {seen * 1e3:.0f} ms, read in {whole * 1e3:.0f} ms")
    crowd = synthetic.crowd(range(20), 5, 200)
    whole = spent(lambda: faces.read(crowd))
    print(f"twenty faces on {crowd.shape[1]} x {crowd.shape[0]}: read in {whole * 1e3:.0f} ms")


def people(figures: dict[str, Any], pictures: Pictures, who: NDArray[np.int64]) -> None:
    """Tell how many are found and how well they are told apart by the largest face of each picture."""
    found, left = [], []
    for number, picture in enumerate(pictures):
        try:
            found.append(faces.read(picture).faces[0])
        except faces.Unreadable:
            left.append(number)
    kept = np.delete(who, left)
    share = len(found) / len(pictures)
    vectors = np.stack([face.vector for face in found])
    figures["orl_found_percent"] = 100 * share
    figures["orl_eer_percent"], figures["orl_fnmr_percent"] = rates(vectors, kept)
    apart = (vectors @ vectors.T)[np.triu(kept[:, None] != kept)]
    in_bytes = np.stack([comparing.in_bytes(v) for v in vectors]).astype(np.float32)
    half = np.median(np.unique(kept))
    encoder = faces.default_encoder()
    coloured = [np.repeat(picture[:, :, None], 3, 2) for picture in pictures]
    cut = [
        encoder.cut(coloured[n], face.points)
        for n, face in zip(np.setdiff1d(range(len(who)), left), found, strict=True)
    ]
    both = replace(encoder, mirrored=True).encode(np.stack(cut))
    print(f"\nORL, {len(set(who.tolist()))} persons, {len(pictures)} pictures, faces found in {share:.1%}")
    for name, told, some in (
        ("vectors", vectors, kept > 0),
        ("the same, lower half of the persons", vectors, kept <= half),
        ("the same, upper half", vectors, kept > half),
        ("kept in bytes", encoders.of_length_one(in_bytes), kept > 0),
        ("mirror image averaged", both, kept > 0),
    ):
        equal, missed = rates(told[some], kept[some])
        print(f"  {name:<38} EER {equal:5.2f} %   FNMR at FMR 0.1 % {missed:5.2f} %")
    table = Calibration.of(apart)
    print(f"  {len(apart):,} pairs of different persons: rates 10^-0, 10^-0.1, … from cosines of")
    print("   ", *(f"{score:.4f}" for score in table.scores), f"on, then {table.slope:.2f} decades a unit")


def invented(figures: dict[str, Any], persons: int = 60, shots: int = 2) -> None:
    people = [synthetic.person(n) for n in range(persons)]
    drawn = [synthetic.portrait(one, shot, 240) for one in people for shot in range(shots)]
    who = np.repeat(np.arange(persons), shots)
    vectors = np.stack([faces.read(one).faces[0].vector for one in drawn])
    alike = vectors @ vectors.T
    np.fill_diagonal(alike, -1)
    figures["drawn_rank1_percent"] = 100 * float((who[alike.argmax(1)] == who).mean())
    equal, _ = rates(vectors, who)
    figures["drawn_eer_percent"] = equal
    first = figures["drawn_rank1_percent"]
    print(f"drawn persons ({persons} x {shots}): rank 1 {first:.1f} %, EER {equal:.2f} %")


def gallery(rows: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Vectors as near to each other as faces' are (cosine 0.86 in the mean), and questions near to some."""
    dice = np.random.default_rng(1)
    middle = encoders.of_length_one(dice.standard_normal(DIMENSION).astype(np.float32))
    kept = dice.standard_normal((rows, DIMENSION), np.float32)
    kept *= 0.4 / np.sqrt(DIMENSION, dtype=np.float32)
    kept += middle
    kept /= np.linalg.norm(kept, axis=1, keepdims=True)
    near = (
        kept[dice.integers(0, rows, ASKED)]
        + dice.standard_normal((ASKED, DIMENSION)).astype(np.float32) * 0.015
    )
    return kept, encoders.of_length_one(near)


def best(scores: NDArray[np.float32]) -> list[int]:
    """The `BEST` highest, ties by row."""
    limit = np.partition(scores, len(scores) - BEST)[len(scores) - BEST]
    some = np.flatnonzero(scores >= limit)
    return [int(row) for row in some[np.lexsort((some, -scores[some]))][:BEST]]


def clock(
    ask: Callable[[NDArray[np.float32]], list[int]], asked: Sequence[NDArray[np.float32]]
) -> dict[str, Any]:
    took, told, before = [], [], time.process_time()
    for question in asked:
        start = time.perf_counter()
        told.append(ask(question))
        took.append((time.perf_counter() - start) * 1000)
    spent = (time.process_time() - before) / len(asked) * 1000
    p50, p95 = np.percentile(took, (50, 95))
    return {"p50": p50, "p95": p95, "cpu": spent, "told": told}


def million(figures: dict[str, Any], rows: int, python: Path | None, folder: Path) -> None:
    kept, asked = gallery(rows)
    items = np.concatenate([faces.pack(vector) for vector in kept])
    start, named = np.arange(rows + 1), np.arange(rows)
    faces.scan(faces.pack(asked[0]), items[:9], start[:10], named[:9])  # compiled before the clock runs
    load = os.getloadavg()[0]
    print(f"\n1 : {rows:,}, the best {BEST}, one question at a time; load of the machine {load:.1f}")
    print(f"{'':<48} {'CPU ms':>8} {'p50 ms':>8} {'p95 ms':>8} {'first':>8} {'best ' + str(BEST):>8}")
    truth = [best(np.asarray(kept @ question, np.float32)) for question in asked]
    for threads in (1, 2):
        told = clock(lambda q, t=threads: best(faces.scan(faces.pack(q), items, start, named, t)), asked)
        _row(f"ours, bytes, exact, {threads} threads", told, truth)
        figures["search_cpu_ms"], figures["search_p95_ms"] = told["cpu"], told["p95"]
    if python is None:
        return
    np.save(folder / "kept.npy", kept)
    np.save(folder / "asked.npy", asked)
    for name in ("flat", "byte", "half"):
        told = peer(python, "search", name, str(folder), str(BEST))
        if "failed" not in told:
            _row(told["what"], told, truth)
            figures.setdefault("faiss_flat_p95_ms", told["p95"])


def _row(name: str, told: dict[str, Any], truth: list[list[int]]) -> None:
    both = list(zip(told["told"], truth, strict=True))
    first, same = (
        np.mean([a[0] == b[0] for a, b in both]),
        np.mean([len({*a} & {*b}) / BEST for a, b in both]),
    )
    spent, p50, p95 = told["cpu"], told["p50"], told["p95"]
    print(f"  {name:<46} {spent:8.1f} {p50:8.1f} {p95:8.1f} {first:8.1%} {same:8.1%}", flush=True)


def peer(python: Path, *asked: str) -> dict[str, Any]:
    """What a peer tells, from a process of its own."""
    command = [str(python), "-m", "benchmarks.faces_peers", *asked]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False, cwd=ROOT)
    if done.returncode:
        print(f"  {asked}: ended with {done.returncode}")
        return {"failed": done.returncode}
    return json.loads(done.stdout.splitlines()[-1])


def beside_dlib(
    figures: dict[str, Any], python: Path, folder: Path, pictures: Pictures, who: NDArray[np.int64]
) -> None:
    """The same pictures by dlib itself: its own boxes, points, cut-outs and vectors."""
    np.save(folder / "pictures.npy", np.stack(pictures))
    place = running.weights_folder()
    files = [str(place / name) for name in (weights.POINTS_FILE, weights.ENCODER_FILE)]
    told = peer(python, "dlib", str(folder), *files)
    if "failed" in told:
        return
    vectors = encoders.of_length_one(np.asarray(told["vectors"], np.float32))
    kept = np.array([who[n] for n in told["found"]])
    equal, missed = rates(vectors, kept)
    chips = np.load(folder / "chips.npy")
    ours = np.concatenate([faces.default_encoder().network(networks.prepared(c[None])) for c in chips[:10]])
    apart = float(np.abs(ours - np.asarray(told["vectors"], np.float32)[:10]).max())
    figures["dlib_apart"], figures["dlib_encode_per_s"] = apart, told["encode_per_s"]
    print(f"  {'dlib-bin (HOG detector)':<38} EER {equal:5.2f} %   FNMR at FMR 0.1 % {missed:5.2f} %")
    print(f"  dlib-bin finds {len(kept) / len(who):.1%}, encodes {told['encode_per_s']:.1f} faces a second")
    print(f"  our network and dlib's on dlib's cut-outs differ by {apart:.1e} at most")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--alone", action="store_true", help="without peers")
    parser.add_argument("--peers", type=Path, default=ROOT / ".venv-peers/bin/python")
    said = parser.parse_args()
    python = None if said.alone else said.peers
    if python is not None and not python.exists():
        sys.exit("the peers are not installed: run `make bench-faces`, or give --alone")
    figures: dict[str, Any] = {}
    folder = Path(tempfile.mkdtemp(prefix="faces"))
    try:
        speed(figures)
        invented(figures)
        if ORL.exists():
            pictures, who = orl()
            people(figures, pictures, who)
            if python is not None:
                beside_dlib(figures, python, folder, pictures, who)
        else:
            print("\nthe ORL faces are not at ../shared/data: not measured")
        million(figures, said.rows, python, folder)
    finally:
        shutil.rmtree(folder)
    print(
        f"\ncores={os.cpu_count()} rows={said.rows} " + " ".join(f"{k}={v:.4g}" for k, v in figures.items())
    )


if __name__ == "__main__":
    main()
