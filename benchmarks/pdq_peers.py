"""One peer of `benchmarks.pdq`, in a process of its own (.venv-peers): faiss's binary indexes and the index
of the `threatexchange` package, one thread, on the hashes and questions in a folder. Prints JSON."""

import json
import os
import sys
import time
from pathlib import Path

import faiss
import numpy as np

RADIUS = 31


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def ranged(index, question):
    """Rows within the radius of any of the hashes; faiss leaves out what is exactly at its radius."""
    _, _, rows = index.range_search(np.ascontiguousarray(question), RADIUS + 1)
    return sorted(set(rows.tolist()))


def flat(hashes):
    index = faiss.IndexBinaryFlat(256)
    index.add(hashes)
    return "faiss IndexBinaryFlat", lambda question: ranged(index, question)


def multihash(hashes):
    index = faiss.IndexBinaryMultiHash(256, 16, 16)
    index.add(hashes)
    index.nflip = 1
    return "faiss IndexBinaryMultiHash 16x16", lambda question: ranged(index, question)


def hash(hashes):
    index = faiss.IndexBinaryHash(256, 20)
    index.add(hashes)
    index.nflip = 3
    return "faiss IndexBinaryHash b=20 nflip=3", lambda question: ranged(index, question)


def ivf(hashes):
    lists = 1024
    coarse = faiss.IndexBinaryFlat(256)
    index = faiss.IndexBinaryIVF(coarse, 256, lists)
    index.cp.niter = 5
    index.train(hashes[:: max(len(hashes) // 50_000, 1)])
    index.add(hashes)
    index.nprobe = lists // 8
    index._keep = coarse
    return "faiss IndexBinaryIVF 1024, 128", lambda question: ranged(index, question)


def threatexchange(hashes):
    from threatexchange.signal_type.pdq.pdq_index import PDQIndex  # noqa: PLC0415

    index = PDQIndex()
    index.add_all((hash.tobytes().hex(), row) for row, hash in enumerate(hashes))

    def asked(question):
        return sorted({m.metadata for hash in question for m in index.query(hash.tobytes().hex())})

    return "threatexchange PDQIndex", asked


def main(name: str, folder: Path) -> None:
    faiss.omp_set_num_threads(1)
    hashes = np.load(folder / "hashes.npy").view(np.uint8).reshape(-1, 32)
    questions = np.load(folder / "asked.npy").view(np.uint8).reshape(-1, 8, 32)
    before, start = resident(), time.perf_counter()
    what, ask = globals()[name](hashes)
    built, held = time.perf_counter() - start, resident() - before
    spent, told = [], []
    for question in questions:
        start = time.perf_counter()
        found = ask(question)
        spent.append((time.perf_counter() - start) * 1000)
        told.append([int(row) for row in found])
    figures = {"p50": np.percentile(spent, 50), "p95": np.percentile(spent, 95), "build": built}
    print(json.dumps({"what": what, "told": told, "bytes": held / len(hashes), **figures}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
