"""The other side of files.py, alone in a process: counts the pages of a PDF and looks for words in it.

It runs as a script and knows nothing of the house, under hard limits on memory, time and files. It prints
one line of JSON: `pages` (0: it cannot tell) and `text` (true, false, or null: it cannot tell). It reads what
courts send (classic and compressed cross-references, Flate streams); what is encrypted or oddly packed is
not guessed at (ISO 32000-1, 7.5 and 7.7.3).
"""

import json
import re
import resource
import sys
import zlib

MEMORY_BYTES = 1 << 30
CPU_S = 10
MOST_STREAM = 32 << 20
MOST_STREAMS = 20_000
OBJECT = re.compile(rb"(?<![0-9])(\d{1,10})\s+(\d{1,5})\s+obj\b")
NUMBER = re.compile(rb"\d+")
SHOWS_TEXT = re.compile(rb"(?:\)|>|\])\s*(?:Tj|TJ|'|\")(?![A-Za-z])")


def limit() -> None:
    """No more memory and time than one document needs; no file is opened from here on."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def objects_of(data: bytes) -> dict[int, bytes]:
    """Object number to its bytes; the last one of a number counts, as in a file that was added to."""
    starts = list(OBJECT.finditer(data))[: MOST_STREAMS * 4]
    found: dict[int, bytes] = {}
    for at, start in enumerate(starts):
        end = starts[at + 1].start() if at + 1 < len(starts) else len(data)
        found[int(start[1])] = data[start.end() : end]
    packed = [one for one in found.values() if b"/ObjStm" in one[:2_000]]
    for one in packed:
        for number, inside in unpacked(one):
            found.setdefault(number, inside)
    return found


def stream_of(body: bytes) -> bytes | None:
    """The bytes of an object's stream; None where there is none, or it is not packed by Flate."""
    begin = body.find(b"stream")
    if begin < 0:
        return None
    head = body[:begin]
    raw = body[begin + 6 :].lstrip(b"\r")[:].lstrip(b"\n")
    if b"/Filter" not in head:
        return raw[: raw.rfind(b"endstream")]
    if b"/FlateDecode" not in head or head.count(b"Decode") > 1 + head.count(b"/DecodeParms"):
        return None
    try:
        return zlib.decompressobj().decompress(raw, MOST_STREAM)
    except zlib.error:
        return None


def unpacked(body: bytes) -> list[tuple[int, bytes]]:
    """The objects of an object stream: its head is pairs of number and place."""
    data = stream_of(body)
    first = re.search(rb"/First\s+(\d+)", body[:2_000])
    if data is None or first is None:
        return []
    start = int(first[1])
    numbers = [int(n) for n in NUMBER.findall(data[:start])]
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    ends = [place for _, place in pairs[1:]] + [len(data)]
    return [
        (number, data[start + place : start + end]) for (number, place), end in zip(pairs, ends, strict=True)
    ]


def pages_of(data: bytes, objects: dict[int, bytes]) -> int:
    """How many pages its page tree says; where no tree can be followed, how many page objects there are."""
    roots = re.findall(rb"/Root\s+(\d+)\s+\d+\s+R", data)
    for root in reversed(roots):
        tree = re.search(rb"/Pages\s+(\d+)\s+\d+\s+R", objects.get(int(root), b""))
        count = re.search(rb"/Count\s+(\d+)", objects.get(int(tree[1]), b"")) if tree else None
        if count:
            return int(count[1])
    return sum(bool(re.search(rb"/Type\s*/Page(?![A-Za-z])", one)) for one in objects.values())


def has_text(objects: dict[int, bytes]) -> bool | None:
    """Whether some page shows words; None where a stream could not be opened and no other shows any."""
    closed = False
    for body in list(objects.values())[:MOST_STREAMS]:
        head = body[: max(0, body.find(b"stream"))]
        if not head or b"/Image" in head or b"/ObjStm" in head or b"/XRef" in head or b"/Length1" in head:
            continue
        data = stream_of(body)
        if data is None:
            closed = True
        elif SHOWS_TEXT.search(data):
            return True
    return None if closed else False


def main() -> int:
    """One document in, one line out."""
    limit()
    data = sys.stdin.buffer.read()
    if b"/Encrypt" in data:
        sys.stdout.write(json.dumps({"pages": 0, "text": None}))
        return 0
    try:
        objects = objects_of(data)
        said = {"pages": pages_of(data, objects), "text": has_text(objects)}
    except (ValueError, RecursionError, MemoryError):
        said = {"pages": 0, "text": None}
    sys.stdout.write(json.dumps(said))
    return 0


if __name__ == "__main__":
    sys.exit(main())
