"""ISO/IEC 19794-2:2005 finger minutiae records, written and read.

The form in which prints are kept and exchanged. What the standard has no field for (the flow of the ridges, a
size of its own for each view) goes into an extended data area of a vendor's type, which every other reader
skips by its length.
"""

import struct
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from entente.match.prints.minutiae import CELL, DPI, Flow, Print

MAGIC, VERSION = b"FMR\0", b" 20\0"
HEAD = struct.Struct(">4s4sIHHHHHBB")
"""Magic, version, length, capture device, width, height, pixels per cm across and down, views, reserved."""
VIEW = struct.Struct(">BBBB")
"""Finger position, number of the view and impression (4 bits each), quality, minutiae."""
MINUTIA = np.dtype([("x", ">u2"), ("y", ">u2"), ("angle", "u1"), ("quality", "u1")])
AREA = struct.Struct(">HH")
"""Type and length of an extended data area, the length counting itself and the type."""
OWN = struct.Struct(">4sHHBBBB")
"""Ours: mark, width and height of the view, first row and column of the flow kept, rows, columns."""
OWN_TYPE, OWN_MARK = 0x0145, b"ENT1"
MOST_MINUTIAE, MOST_VIEWS, MOST_POSITION = 255, 64, 10
MOST_CELLS = 5_000
"""Of flow: 40 by 40 mm, more than any one finger. A larger one is left out, so that a record stays short."""
MOST_SHEET = 10_000
"""Cells of the whole picture, 80 by 80 mm: a flow is read into as many. That of a larger one is left out, so
that a short record makes no large print."""
LONGEST = 1 << 20
LARGEST = 0x3FFF
USUAL = round(DPI / 2.54)
LEAST_DENSITY, MOST_DENSITY = 39, 1575
"""Pixels per cm: 100 to 4,000 dpi."""
STEPS = 256


class Malformed(ValueError):
    """Not such a record. `faults`: every fault found, with the byte where it stands."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


def encode(prints: Sequence[Print]) -> bytes:
    """One record of these prints, each a finger view, at 500 dpi.

    Coordinates are rounded to pixels, directions to 1.4 degrees, qualities to whole numbers. Raises
    ValueError for what the standard cannot hold: more than 255 minutiae or 64 views, coordinates beyond
    16,383.
    """
    if not 1 <= len(prints) <= MOST_VIEWS:
        raise ValueError(f"a record holds 1 to {MOST_VIEWS} finger views, not {len(prints)}")
    wide, high = max(p.width for p in prints), max(p.height for p in prints)
    seen: Counter[int] = Counter()
    body = bytearray()
    for p in prints:
        body += _view(p, min(seen[p.position], 15), (wide, high))
        seen[p.position] += 1
    head = HEAD.pack(MAGIC, VERSION, HEAD.size + len(body), 0, wide, high, USUAL, USUAL, len(prints), 0)
    return head + bytes(body)


def _view(p: Print, number: int, size: tuple[int, int]) -> bytes:
    rows = np.asarray(p.minutiae, np.float64).reshape(-1, 5)
    if len(rows) > MOST_MINUTIAE:
        raise ValueError(f"a finger view holds {MOST_MINUTIAE} minutiae at most, not {len(rows)}")
    if not 0 <= p.position <= MOST_POSITION or not 0 <= p.impression <= 15:
        raise ValueError(f"no finger position {p.position} with impression {p.impression}")
    if max(p.width, p.height) > LARGEST or min(p.width, p.height) < 0 or not 0 <= p.quality <= 100:
        raise ValueError(f"a picture of {p.width} by {p.height} pixels and quality {p.quality} has no place")
    x, y = np.rint(rows[:, 0]), np.rint(rows[:, 1])
    if not np.isfinite(rows).all() or (np.minimum(x, y) < 0).any() or (np.maximum(x, y) > LARGEST).any():
        raise ValueError(f"minutiae lie between 0 and {LARGEST}")
    kept = np.zeros(len(rows), MINUTIA)
    kept["x"] = x.astype(np.int64) | np.clip(rows[:, 4], 0, 2).astype(np.int64) << 14
    kept["y"] = y.astype(np.int64)
    kept["angle"] = np.rint(rows[:, 2] * STEPS / 360).astype(np.int64) % STEPS
    kept["quality"] = np.clip(np.rint(rows[:, 3]), 0, 100)
    extra = _own(p) if p.flow is not None or (p.width, p.height) != size else b""
    head = VIEW.pack(p.position, number << 4 | p.impression, p.quality, len(rows))
    return head + kept.tobytes() + struct.pack(">H", len(extra)) + extra


def _own(p: Print) -> bytes:
    row = column = rows = columns = 0
    cells = b""
    if p.flow is not None:
        ys, xs = np.nonzero(p.flow.certain)
        if len(ys) and max(ys.max(), xs.max()) < STEPS - 1 and p.flow.certain.size <= MOST_SHEET:
            row, column = int(ys.min()), int(xs.min())
            rows, columns = int(ys.max()) + 1 - row, int(xs.max()) + 1 - column
            box = np.s_[row : row + rows, column : column + columns]
            cells = p.flow.angle[box].tobytes() + p.flow.certain[box].tobytes()
    if len(cells) > 2 * MOST_CELLS:
        row = column = rows = columns = 0
        cells = b""
    own = OWN.pack(OWN_MARK, p.width, p.height, row, column, rows, columns) + cells
    return AREA.pack(OWN_TYPE, AREA.size + len(own)) + own


def decode(data: bytes) -> list[Print]:
    """The prints of a record, at 500 dpi, best minutiae first.

    Qualities that the standard does not know are read as 0, not reported. Raises Malformed for anything else.
    """
    data, faults = _head(data)
    _, _, _, _, wide, high, across, down, views, _ = HEAD.unpack_from(data)
    scale = (_scale(across), _scale(down)) if across and down else (1.0, 1.0)
    prints: list[Print] = []
    at = HEAD.size
    for n in range(min(views, MOST_VIEWS)):
        end = _end(data, at)
        if end is None:
            faults.append(f"byte {at}: finger view {n + 1} of {views} is cut short")
            break
        if data[at] > MOST_POSITION:
            faults.append(f"byte {at}: no finger has position {data[at]}")
        if not faults:
            prints.append(_print(data, at, (wide, high), scale, faults))
        at = end
    else:
        if at != len(data):
            faults.append(f"byte {at}: {len(data) - at} bytes follow the last finger view")
    if faults:
        raise Malformed(faults)
    return prints


def _head(data: bytes) -> tuple[bytes, list[str]]:
    """The record alone, and the faults of its header. Raises Malformed where nothing after it can be read."""
    if not HEAD.size <= len(data) <= LONGEST:
        raise Malformed([f"byte 0: {len(data)} bytes are no record of {HEAD.size} to {LONGEST:,} bytes"])
    magic, version, length, _, _, _, across, down, views, _ = HEAD.unpack_from(data)
    if magic != MAGIC:
        raise Malformed(["byte 0: a finger minutiae record begins with FMR"])
    if version != VERSION:
        raise Malformed([f"byte 4: version {version!r} is not that of 2005, {VERSION!r}"])
    if HEAD.size <= length < len(data) and not any(data[length:]):
        data = data[:length]  # the buffer of fixed size that some kits hand out
    faults = []
    if length != len(data):
        faults.append(f"byte 8: the record says {length} bytes and has {len(data)}")
    for at, density in ((18, across), (20, down)):
        if not LEAST_DENSITY <= density <= MOST_DENSITY:
            faults.append(f"byte {at}: {density} pixels per cm is no resolution of a fingerprint")
    if not 1 <= views <= MOST_VIEWS:
        faults.append(f"byte 22: {views} finger views, not 1 to {MOST_VIEWS}")
    return data, faults


def _scale(density: int) -> float:
    # 500 dpi is 196.85 pixels per cm, which the standard rounds: that rounding is no other resolution.
    return 1.0 if abs(density - USUAL) <= 1 else DPI / 2.54 / density


def _end(data: bytes, at: int) -> int | None:
    """Where the view that begins at this byte ends; None where the data ends first."""
    if at + VIEW.size > len(data):
        return None
    extended = at + VIEW.size + data[at + 3] * MINUTIA.itemsize
    if extended + 2 > len(data):
        return None
    end = extended + 2 + int(struct.unpack_from(">H", data, extended)[0])
    return end if end <= len(data) else None


def _print(
    data: bytes, at: int, size: tuple[int, int], scale: tuple[float, float], faults: list[str]
) -> Print:
    position, seen, quality, count = VIEW.unpack_from(data, at)
    rows = np.frombuffer(data, MINUTIA, count, at + VIEW.size)
    out = np.zeros((count, 5), np.float32)
    out[:, 0] = (rows["x"] & LARGEST) * scale[0]
    out[:, 1] = (rows["y"] & LARGEST) * scale[1]
    out[:, 2] = _turned(rows["angle"].astype(np.float64) * (360 / STEPS), scale)
    out[:, 3] = np.where(rows["quality"] <= 100, rows["quality"], 0)
    kind = rows["x"] >> 14
    out[:, 4] = np.where(kind <= 2, kind, 0)
    out = out[np.argsort(-out[:, 3], kind="stable")]
    wide, high = round(size[0] * scale[0]), round(size[1] * scale[1])
    flow = None
    if scale == (1.0, 1.0):
        found = _extended(data, at + VIEW.size + count * MINUTIA.itemsize, faults)
        if found is not None:
            (wide, high), flow = found
    # Some systems leave the size at 0, or keep minutiae of a margin: the print is as large as they say.
    wide = max(wide, int(np.ceil(out[:, 0].max(initial=0))))
    high = max(high, int(np.ceil(out[:, 1].max(initial=0))))
    if max(wide, high) > LARGEST:
        faults.append(f"byte {at}: {wide} by {high} pixels at {DPI} dpi are no finger's picture")
    return Print(out, wide, high, quality if quality <= 100 else 0, position, seen & 15, flow)


def _turned(angle: NDArray[np.float64], scale: tuple[float, float]) -> NDArray[np.float64]:
    """Directions, where the resolution across is not the one down."""
    if scale[0] == scale[1]:
        return angle
    radians = np.radians(angle)
    return np.degrees(np.arctan2(np.sin(radians) * scale[1], np.cos(radians) * scale[0])) % 360


def _extended(data: bytes, at: int, faults: list[str]) -> tuple[tuple[int, int], Flow | None] | None:
    """Size and flow of our own area; None where there is none of ours. Areas of others are skipped."""
    end = at + 2 + int(struct.unpack_from(">H", data, at)[0])
    at += 2
    while at < end:
        if at + AREA.size > end:
            faults.append(f"byte {at}: an extended data area is cut short")
            return None
        type, length = AREA.unpack_from(data, at)
        if length < AREA.size or at + length > end:
            faults.append(f"byte {at + 2}: an extended data area of {length} bytes where {end - at} are left")
            return None
        own = data[at + AREA.size : at + length]
        if type == OWN_TYPE and own[:4] == OWN_MARK:
            read = _own_read(own)
            if read is None:
                faults.append(f"byte {at + AREA.size}: the flow of the ridges does not fit its own lengths")
            return read
        at += length
    return None


def _own_read(own: bytes) -> tuple[tuple[int, int], Flow | None] | None:
    if len(own) < OWN.size:
        return None
    _, wide, high, row, column, rows, columns = OWN.unpack_from(own)
    cells = rows * columns
    if len(own) != OWN.size + 2 * cells or cells > MOST_CELLS or max(wide, high) > LARGEST:
        return None
    if not cells:
        return (wide, high), None
    shape = (-(-high // CELL), -(-wide // CELL))
    if row + rows > shape[0] or column + columns > shape[1]:
        return None
    if shape[0] * shape[1] > MOST_SHEET:
        return (wide, high), None
    both = np.frombuffer(own, np.uint8, 2 * cells, OWN.size).reshape(2, rows, columns)
    flow = Flow(np.zeros(shape, np.uint8), np.zeros(shape, np.uint8))
    box = np.s_[row : row + rows, column : column + columns]
    flow.angle[box], flow.certain[box] = both
    return (wide, high), flow
