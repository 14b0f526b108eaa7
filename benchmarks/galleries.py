"""What the folder of templates costs beside the scan itself: `python -m benchmarks.galleries [persons]`.

Templates are random words of the width that matchers pack: what they say costs the engine nothing, so that
`beside` is the engine alone, with a scan that does nothing (`half`: a view of every second class). `whole`
scans them too, with the house's scan; on random words it is no figure of a matcher. CPU time of this process,
all threads together; the least of three.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from entente.core.access import View
from entente.engines.galleries import Asked, Form, form_of
from entente.engines.galleries.folder import FolderGalleries
from entente.engines.galleries.forms import Scan
from entente.engines.galleries.rows import Part, Rows

Words = NDArray[np.uint64]
SPACE, MINUTIAE, PRINT_WORDS, FACE_WORDS = "prints random@1", 36, 9, 16
VIEW = View(b"\1" * 40, (), date(2026, 3, 1))
HALF = View(b"\1\0" * 20, (), date(2026, 3, 1))
AT_ONCE = 5_000


def nothing(
    _asked: Words, _items: Words, _start: NDArray[np.int64], rows: NDArray[np.int64]
) -> NDArray[np.float32]:
    """A scan that costs nothing and scores by the row's number."""
    return (rows % 9973).astype(np.float32)


def opened(place: Path, scan: Scan) -> FolderGalleries:
    return FolderGalleries(place, lambda _: Form(scan, scan))


def made(first: int, many: int, fingers: int, count: int, words: int) -> Rows:
    """Templates of so many persons, of each finger one, in forty classes."""
    n = np.repeat(np.arange(first, first + many, dtype=np.int64), fingers)
    items = np.random.default_rng(first).integers(0, 1 << 63, (len(n) * count, words), np.uint64)
    counts = np.full(len(n), count, np.int64)
    position = np.tile(np.array([2, 7] if fingers == 2 else [0], np.int64), many)
    part = Part(items, np.arange(len(n), dtype=np.int64) * count, counts)
    return Rows(n, n % 40, np.full(len(n), 30_000, np.int64), position, (part,))


def spent(work: Callable[[], object], times: int = 3) -> float:
    """CPU seconds, the least of some times."""
    told = []
    for _ in range(times):
        start = time.process_time()
        work()
        told.append(time.process_time() - start)
    return min(told)


def filled(engine: FolderGalleries, persons: int, fingers: int, count: int, words: int) -> float:
    start = time.process_time()
    for first in range(1, persons + 1, AT_ONCE):
        many = min(AT_ONCE, persons + 1 - first)
        engine.take({SPACE: made(first, many, fingers, count, words)}, (), first + many)
    return time.process_time() - start


def asking_ms(engine: FolderGalleries, asked: list[Asked], view: View) -> str:
    return f"{1000 * spent(lambda: engine.propose(SPACE, asked, 200, view)):.1f}"


def measured(persons: int, fingers: int, count: int, words: int, real: Scan) -> Iterator[tuple[str, str]]:
    items = np.random.default_rng(0).integers(0, 1 << 63, (count, words), np.uint64)
    asked = [Asked(position, items) for position in ((2, 7) if fingers == 2 else (0,))]
    with TemporaryDirectory() as folder:
        place = Path(folder) / "kept"
        with closing(opened(place, nothing)) as engine:
            yield "build_s", f"{filled(engine, persons, fingers, count, words):.1f}"
            yield "mib", f"{sum(f.stat().st_size for f in place.rglob('*.npy')) / 2**20:.0f}"
            yield "segments", str(len(engine._reader.manifest().entries))
        with closing(opened(place, nothing)) as engine:
            yield "open_ms", f"{1000 * spent(engine.watermark, 1):.1f}"
            yield "beside_ms", asking_ms(engine, asked, VIEW)
            yield "beside_half_ms", asking_ms(engine, asked, HALF)
        with closing(opened(place, real)) as engine:
            yield "whole_ms", asking_ms(engine, asked, VIEW)


def main(persons: int) -> None:
    said = [f"persons={persons}"]
    for name, fingers, count, words in (("prints", 2, MINUTIAE, PRINT_WORDS), ("faces", 1, 1, FACE_WORDS)):
        told = measured(persons, fingers, count, words, form_of(name).scan)
        said += [f"{name}_{word}={value}" for word, value in told]
    print(" ".join(said))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
