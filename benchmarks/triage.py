"""Triage of photographs as a telephone takes them: files a second and core, with all that triage does.

    python -m benchmarks.triage [files=120]

Makes JPEGs of 12 megapixels and about 2 MB in a temporary folder (the Kodak pictures of shared/data/images
where they are, or drawn ones, enlarged, with noise, EXIF and other crops each), runs the workers over them
with one and with two jobs, and removes them. CPU is that of the workers; their start is taken off both times.
Then the steps one by one, in this process, over the same files. Target: 24 files a second and core.
The last line is `key=value`.
"""

# ruff: noqa: E402, PTH118 - threads are counted before numpy is loaded; paths are bytes
import os
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import cv2
import numpy as np
from PIL import Image

from entente.triage.decoding import decoded
from entente.triage.describing import hashes
from entente.triage.reading import read
from entente.triage.walking import Found, walk
from entente.triage.workers import Worker, work

KODAK = Path(__file__).parents[2] / "shared" / "data" / "images" / "kodak"
WIDTH, HEIGHT = 4000, 3000
TARGET = 24.0
EDGE = 12


def make(folder: Path, count: int) -> float:
    """Write the photographs; returns their mean size in MB."""
    chance = np.random.default_rng(7)
    sources = sorted(KODAK.glob("*.*")) if KODAK.is_dir() else []
    noise = chance.normal(0, 5, (HEIGHT, WIDTH)).astype(np.float32)
    sizes = []
    for number in range(count):
        if sources:
            picture = cv2.imread(str(sources[number % len(sources)]))
        else:
            picture = cv2.GaussianBlur(chance.integers(0, 256, (512, 768, 3), np.uint8), (0, 0), 6)
        height, width = picture.shape[:2]
        # Kodak's scans have dark edges of a few pixels, which a telephone's photographs have not.
        top, left = (int(chance.integers(EDGE, side // 8)) for side in (height, width))
        grown = cv2.resize(picture[top:-EDGE, left:-EDGE], (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
        rolled = np.roll(noise, int(chance.integers(0, HEIGHT)), axis=0)
        noisy = np.clip(grown + rolled[..., None], 0, 255).astype(np.uint8)
        exif = Image.Exif()
        exif[271], exif[272] = "Utopia Optics", "U-1"
        exif.get_ifd(0x8769).update({0xA431: f"SN{number % 3}", 0x9003: "2026:01:15 12:00:00"})
        path = folder / f"IMG_{number:04}.jpg"
        Image.fromarray(noisy[..., ::-1]).save(path, quality=84, exif=exif)
        sizes.append(path.stat().st_size)
    return float(np.mean(sizes)) / 1e6


def through(folder: Path, paths: list[bytes], jobs: int) -> tuple[float, float]:
    """(wall seconds, CPU seconds of the workers) of all files, without the start of the workers."""
    where = os.fsencode(folder)
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    assert all(len(one.fields["pdq"]) == 18 for one in work(where, paths, jobs))
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    idle_before, began = after, time.perf_counter()
    for _ in range(jobs):
        worker = Worker()
        worker.ask(os.path.join(where, b"no such file"))
        worker.end()
    start = (time.perf_counter() - began) / jobs
    idle = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = _cpu(after) - _cpu(before) - (_cpu(idle) - _cpu(idle_before))
    return wall - start, spent


def _cpu(used: Any) -> float:
    return float(used.ru_utime + used.ru_stime)


def steps(folder: Path, paths: list[bytes]) -> dict[str, float]:
    """Milliseconds of CPU a file for each step."""
    spent: defaultdict[str, float] = defaultdict(float)

    def timed(name: str, does: Callable[[], Any]) -> Any:
        began = time.process_time()
        made = does()
        spent[name] += time.process_time() - began
        return made

    cv2.setNumThreads(1)
    for path in paths:
        whole = os.path.join(os.fsencode(folder), path)
        content = timed("read, 3 digests", lambda whole=whole: read(whole, lambda: None))
        picture = timed("decode, EXIF", lambda content=content: decoded(content.content, content.form.mime))[
            1
        ]
        timed("all hashes", lambda picture=picture: hashes(picture))
    return {name: 1000 * seconds / len(paths) for name, seconds in spent.items()}


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 120
    with tempfile.TemporaryDirectory(prefix="entente-triage-") as name:
        folder = Path(name)
        megabytes = make(folder, count)
        paths = [one.path for one in walk(os.fsencode(folder)) if isinstance(one, Found)]
        print(f"{count} JPEGs of {WIDTH} x {HEIGHT}, {megabytes:.2f} MB each on average\n")
        print(f"{'jobs':>4} {'wall s':>8} {'CPU s':>8} {'files/s':>8} {'files/s of CPU':>15}")
        told: dict[str, float] = {"files": count, "megabytes": round(megabytes, 2)}
        for jobs in (1, 2):
            wall, cpu = through(folder, paths, jobs)
            print(f"{jobs:>4} {wall:8.2f} {cpu:8.2f} {count / wall:8.1f} {count / cpu:15.1f}")
            told[f"per_s_{jobs}"] = round(count / wall, 1)
            told[f"per_cpu_s_{jobs}"] = round(count / cpu, 1)
        each = steps(folder, paths)
    whole = sum(each.values())
    print(f"\n{'step':18} {'ms a file':>9} {'share':>6}")
    for step, ms in each.items():
        print(f"{step:18} {ms:9.2f} {ms / whole:6.0%}")
    print(f"{'all':18} {whole:9.2f}")
    print(f"\ntarget: {TARGET:g} files a second and core")
    print(*(f"{key}={value}" for key, value in told.items()), f"target={TARGET:g}")


if __name__ == "__main__":
    main()
