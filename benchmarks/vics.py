"""VICS lists read and written: entries a second on one core, and memory, for the largest real list there is.

    python -m benchmarks.vics [entries=186000]

A case as triage tools export it (MediaFiles, Exifs, flags as text, backslashes) and a hash set, each made
anew. Every measure is taken in a process of its own: reading, reading and writing in one stream, and as a
yardstick the whole file at once by `json.load`, which checks nothing and keeps everything. Seconds are of
the CPU. Memory is the most that the process ever had (ru_maxrss); what it had before it opened the file,
nearly all of it our own code, stands beside it. The last line is `key=value`.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from entente.rooms.series.formats import Entry, read, write

CONTEXT = "http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/US/$metadata"
MEASURES = ("read", "read and written", "json.load")


def entry(n: int, files: bool) -> dict[str, Any]:
    md5 = f"{n * 0x9E3779B97F4A7C15 % (1 << 128):032X}"
    said: dict[str, Any] = {
        "MediaID": n,
        "Category": (0, 1, 2, 3, 5, None)[n % 6],
        "MD5": md5,
        "SHA1": f"{n * 0xD1B54A32D192ED03 % (1 << 160):040X}",
        "MediaSize": 100_000 + n,
        "DateUpdated": "2025-01-02T03:04:05.000Z",
        "IsPrecategorized": False,
        "VictimIdentified": "false",
        "OffenderIdentified": "false",
        "IsDistributed": "true",
        "Series": f"SERIES-{n % 900}" if n % 3 else "",
        "Tags": "made",
        "Comments": "a row of a list made for measuring",
        "MimeType": "image/jpeg",
    }
    if not files:
        return said
    path = f"DISK01\\Users\\u\\Pictures\\2024\\{n % 300:03}\\IMG_{n:06}.jpg"
    exifs = {"Make": "TestCam", "Model": "Nine", "BodySerialNumber": f"SN-{n % 50}"}
    return said | {
        "RelativeFilePath": path,
        "MediaFiles": [
            {
                "MD5": md5,
                "FileName": path.rpartition("\\")[2],
                "FilePath": path,
                "Created": "2024-12-31T10:00:00.000Z",
                "Written": "2024-12-31T10:00:00.000Z",
                "Accessed": "2024-12-31T10:00:00.000Z",
                "Unallocated": False,
                "SourceID": "DISK01",
                "PhysicalLocation": n * 512,
            }
        ],
        "Exifs": [{"MD5": md5, "PropertyName": key, "PropertyValue": said} for key, said in exifs.items()],
    }


def pieces(entries: int, files: bool) -> Iterator[str]:
    kind = "Cases" if files else "Media"
    yield f'{{"@odata.context": "{CONTEXT}#{kind}", "value": ['
    yield '{"CaseNumber": "BENCH", "Media": [' if files else ""
    for n in range(entries):
        yield ("," if n else "") + "\n" + json.dumps(entry(n, files), indent=1)
    yield "]}]}" if files else "]}"


def measure(what: str, path: Path) -> dict[str, float]:
    """In a process of its own: seconds of CPU, entries, bytes of memory at most and before."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    with path.open("rb") as file:
        if what == "json.load":
            whole = json.load(file)["value"]
            count = len(whole[0].get("Media", whole))
        elif what == "read":
            count = sum(isinstance(row, Entry) for row in read(file))
        else:
            reading = read(file)
            count = 0
            with Path(os.devnull).open("wb") as out:
                for piece in write(reading.head, (row for row in reading if isinstance(row, Entry))):
                    out.write(piece)
                    count += 1
            count -= 2  # what stands before and after the entries
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"seconds": seconds, "entries": count, "peak": peak * 1024, "before": before * 1024}


def in_child(what: str, path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.vics", "--measure", what, str(path)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(told.stdout)
    return found


def main() -> None:
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(sys.argv[2], Path(sys.argv[3]))))
        return
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 186_000
    told: dict[str, str] = {"entries": str(entries)}
    columns = ("MB", 6), ("entries/s", 10), ("seconds", 8), ("memory MB", 10), ("before", 7)
    print(f"{'list':10} {'measure':18} " + " ".join(f"{name:>{wide}}" for name, wide in columns))
    with tempfile.TemporaryDirectory() as folder:
        for name, files in (("case", True), ("hash set", False)):
            path = Path(folder) / "list.json"
            with path.open("w", encoding="utf-8") as out:
                out.writelines(pieces(entries, files))
            size = path.stat().st_size
            for what in MEASURES:
                found = in_child(what, path)
                assert found["entries"] == entries, found
                rate, peak = entries / found["seconds"], found["peak"] / 1e6
                row = f"{name:10} {what:18} {size / 1e6:6.0f} {rate:10.0f} {found['seconds']:8.1f}"
                print(f"{row} {peak:10.1f} {found['before'] / 1e6:7.1f}", flush=True)
                key = f"{name}_{what}".replace(" and ", "_").replace(" ", "_").replace(".", "_")
                told |= {f"{key}_per_s": f"{rate:.0f}", f"{key}_mb": f"{peak:.1f}"}
    print(" ".join(f"{key}={value}" for key, value in told.items()))


if __name__ == "__main__":
    main()
