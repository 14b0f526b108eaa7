"""Load of FtM lines into store and index: `python -m benchmarks.load [records=100000]`.

The files of making.py (eight bureaus, five handlings) and the OFAC and UN lists through the very functions
of `entente load`, into a new house; then the same index made again by the FTS5 engine as the peer.
"""

import shutil
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from benchmarks.making import found, listed, load_all, write_lines

from entente.app import open_house
from entente.desk import indexer
from entente.settings import Settings


def main() -> None:
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    home = Path(tempfile.mkdtemp(prefix="entente-load-"))
    try:
        files = write_lines(home / "lines", records) + listed()
        with closing(open_house(Settings(data=home / "house"))) as house:
            found(house)
            start, busy = time.perf_counter(), time.process_time()
            kept = load_all(house, files)
            loaded = time.perf_counter()
            indexer.catch_up(house)
            end, busy = time.perf_counter(), time.process_time() - busy
            start_again = time.perf_counter()
            again = load_all(house, files)
            again_s = time.perf_counter() - start_again
        size = sum(f.stat().st_size for f in (home / "house").rglob("*") if f.is_file())
        fts5 = peer(home)
    finally:
        shutil.rmtree(home)
    assert again == 0, f"{again} records changed by loading them a second time"
    figures = {
        "load_per_s": kept / (end - start),
        "store_per_s": kept / (loaded - start),
        "index_per_s": kept / (end - loaded),
        "per_cpu_s": kept / busy,
        "again_per_s": kept / again_s,
        "fts5_index_per_s": kept / fts5,
        "bytes_per_record": size / kept,
    }
    for name, value in figures.items():
        print(f"{name:24} {value:12,.0f}")
    print(*(f"{name}={value:.0f}" for name, value in figures.items()), f"records={kept}")


def peer(home: Path) -> float:
    """Seconds to make the same index with FTS5."""
    settings = Settings(data=home / "house", text=f"fts5:{home / 'peer' / 'names.db'}")
    with closing(open_house(settings)) as house:
        start = time.perf_counter()
        indexer.catch_up(house)
        return time.perf_counter() - start


if __name__ == "__main__":
    main()
