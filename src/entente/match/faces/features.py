"""What a drawn head consists of, from the back to the front."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from entente.match.faces.sketch import Floats, Shot, rounded


def drawn(s: Shot) -> NDArray[np.uint8]:
    """(height, width, 3) RGB."""
    _behind(s)
    _head(s)
    _eyes(s)
    _nose_and_mouth(s)
    _in_front(s)
    return s.finished()


def _mixed(a: Sequence[float], b: Sequence[float], share: float) -> list[float]:
    return [x + (y - x) * share for x, y in zip(a, b, strict=True)]


_BLACK, _WHITE = (0.04, 0.03, 0.03), (0.95, 0.94, 0.93)


def _behind(s: Shot) -> None:
    w, coat = s.who, s.dice.uniform(0.1, 0.6, 3).tolist()
    if w.long_hair:
        half = [(0.0, -1.5), (0.7, -1.4), (1.15, -0.7), (1.25, 0.2), (1.3, 1.2), (1.0, 1.9), (0.5, 1.9)]
        s.shape([*half, *((-x, y) for x, y in reversed(half))], _mixed(w.hair, _BLACK, 0.3), 0.03)
    neck = [(0.5, 0.6), (0.52, 1.5), (0.75, 1.9), (0.0, 2.4)]
    s.shape([*neck, *((-x, y) for x, y in reversed(neck))], _mixed(w.skin, _BLACK, 0.2), 0.02)
    body = [(0.55, 1.75), (1.2, 1.95), (1.9, 2.3), (2.2, 3.6), (0, 4.2)]
    s.shape([*body, *((-x, y) for x, y in reversed(body))], coat, 0.01)
    s.shape([(-0.5, 1.6), (0.5, 1.6), (0.0, 2.35)], _mixed(w.skin, _BLACK, 0.15), 0.01)


def _head(s: Shot) -> None:
    w = s.who
    s.both(
        [(w.wide - 0.05, -0.15), (w.wide + 0.12, -0.2), (w.wide + 0.12, 0.15), (w.wide - 0.02, 0.32)],
        _mixed(w.skin, _BLACK, 0.12),
        0.01,
    )
    half = [
        (0.0, -1.3),
        (0.6, -1.25),
        (w.wide, -0.7),
        (w.wide, 0.0),
        (w.wide * 0.97, 0.5),
        (w.jaw, 1.0),
        (w.jaw * 0.45, w.chin),
        (0.0, w.chin + 0.03),
    ]
    outline = [*half, *((-x, y) for x, y in reversed(half))]
    flat = np.asarray([(x, y) for x, y in outline]) @ s.turn[:2, :2].T * s.half + s.middle
    s.laid(rounded(np.asarray(flat, np.float32)), w.skin, 0.012, 1.0)
    mask = np.zeros(s.sheet.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.rint(rounded(np.asarray(flat, np.float32))).astype(np.int32)], 255)
    s.sheet *= np.where(mask[:, :, None] > 0, _tone(s)[:, :, None], 1).astype(np.float32)


def _tone(s: Shot) -> Floats:
    """How light the skin is at each pixel: the head's round form in the light, and its own blotches."""
    rows, columns = s.height // 4, s.width // 4
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32) * 4
    x, y = (x - s.middle[0]) / (1.2 * s.half), (y - s.middle[1]) / (1.75 * s.half)
    deep = np.sqrt(np.clip(1 - x * x - y * y, 0.02, 1))
    lit = (x * s.light[0] + y * s.light[1] + deep * s.light[2]) / np.linalg.norm(s.light)
    lit = np.clip(lit / np.sqrt(x * x + y * y + deep * deep), 0, 1)
    blotches = np.random.default_rng([s.who.seed, 3]).normal(0, 0.025, (24, 20)).astype(np.float32)
    own = cv2.resize(blotches, (columns, rows), interpolation=cv2.INTER_CUBIC)
    tone = (0.62 + 0.52 * lit) * (1 + own)
    return np.asarray(cv2.resize(tone.astype(np.float32), (s.width, s.height)), np.float32)


def _eyes(s: Shot) -> None:
    w = s.who
    dark = _mixed(w.skin, _BLACK, 0.55)
    for side in (-1, 1):
        x, y, size, slant = side * w.eyes * w.wide, w.eye_height, 0.17 * w.eye_size, side * w.eye_slant

        def corner(
            across: float, down: float, x: float = x, y: float = y, slant: float = slant
        ) -> tuple[float, float]:
            return x + across, y + down - slant * across * 4

        s.shape(
            [corner(-1.6 * size, 0), corner(0, -1.5 * size), corner(1.6 * size, 0), corner(0, 1.4 * size)],
            dark,
            0.07,
            0.45,
        )
        almond = [
            corner(-1.25 * size, 0.02),
            corner(-0.3 * size, -0.58 * size),
            corner(0.5 * size, -0.55 * size),
            corner(1.25 * size, 0.0),
            corner(0.3 * size, 0.48 * size),
            corner(-0.5 * size, 0.46 * size),
        ]
        s.shape(almond, _WHITE, 0.008)
        for radius, colour in ((0.52, w.iris), (0.24, _BLACK)):
            ring = np.linspace(0, 2 * np.pi, 12, endpoint=False)
            s.shape(
                [corner(radius * size * np.cos(t), radius * size * np.sin(t) - 0.02) for t in ring],
                colour,
                0.006,
            )
        s.shape(
            [
                corner(0.1 * size + 0.02 * np.cos(t), -0.2 * size + 0.02 * np.sin(t))
                for t in (0, 1.6, 3.1, 4.7)
            ],
            _WHITE,
            0.002,
        )
        s.line(
            [almond[0], corner(-0.3 * size, -0.62 * size), corner(0.5 * size, -0.58 * size), almond[3]],
            _BLACK,
            0.045,
        )
        s.line(
            [corner(-1.3 * size, -0.35 * size), corner(0, -1.0 * size), corner(1.35 * size, -0.3 * size)],
            dark,
            0.02,
        )
        s.line(
            [corner(-1.0 * size, 0.6 * size), corner(0, 0.85 * size), corner(1.0 * size, 0.55 * size)],
            dark,
            0.02,
            0.7,
        )
        lift, tilt = -w.brow_lift, -side * w.brow_slant
        brow = [(-1.7, 0.05), (-0.5, -0.03), (0.6, -0.05), (1.8, 0.05)]
        s.line([corner(a * size, lift + b + tilt * a) for a, b in brow], _mixed(w.hair, _BLACK, 0.2), w.brow)


def _nose_and_mouth(s: Shot) -> None:
    w = s.who
    shade, end = _mixed(w.skin, _BLACK, 0.4), w.nose
    side = 1 if s.light[0] < 0 else -1
    s.shape(
        [(side * 0.07, -0.1), (side * 0.1, end * 0.5), (side * w.nose_width, end), (side * 0.05, end)],
        shade,
        0.05,
        0.45,
    )
    s.shape(
        [(-0.03, 0.0), (0.03, 0.0), (0.05, end - 0.08), (-0.05, end - 0.08)], _WHITE, 0.05, 0.25, out=0.12
    )
    s.both(
        [
            (w.nose_width * 0.25, end - 0.01),
            (w.nose_width * 0.6, end - 0.05),
            (w.nose_width * 0.75, end),
            (w.nose_width * 0.4, end + 0.02),
        ],
        _BLACK,
        0.012,
        0.7,
        out=0.1,
    )
    s.both(
        [
            (w.nose_width * 0.85, end - 0.14),
            (w.nose_width * 1.1, end - 0.05),
            (w.nose_width * 0.8, end + 0.03),
        ],
        shade,
        0.015,
        0.7,
        out=0.06,
    )
    at, wide = end + w.mouth_height, w.mouth
    lip = _mixed(w.skin, (0.6, 0.2, 0.2), 0.5)
    s.shape(
        [
            (-wide, at - s.smile),
            (-0.12, at - w.lips),
            (0, at - w.lips * 0.8),
            (0.12, at - w.lips),
            (wide, at - s.smile),
            (0, at + 0.01),
        ],
        _mixed(lip, _BLACK, 0.2),
        0.01,
    )
    s.shape(
        [
            (-wide, at - s.smile),
            (0, at + s.open),
            (wide, at - s.smile),
            (0.2, at + w.lips * 1.3),
            (-0.2, at + w.lips * 1.3),
        ],
        lip,
        0.012,
    )
    s.line(
        [(-wide * 1.05, at - s.smile), (-0.2, at), (0, at + 0.012), (0.2, at), (wide * 1.05, at - s.smile)],
        _BLACK,
        0.03 + s.open,
    )
    s.shape(
        [(-0.25, at + w.lips * 1.5), (0.25, at + w.lips * 1.5), (0, at + w.lips * 1.5 + 0.09)],
        shade,
        0.04,
        0.4,
    )
    s.both(
        [(w.nose_width + 0.05, end - 0.05), (w.mouth + 0.12, at - 0.1), (w.mouth + 0.1, at - 0.12)],
        shade,
        0.02,
        0.5,
    )


def _in_front(s: Shot) -> None:
    w = s.who
    if w.beard:
        half = [
            (0.1, w.nose + 0.06),
            (w.mouth + 0.1, w.nose + w.mouth_height),
            (w.jaw, 0.55),
            (w.jaw * 1.02, 0.95),
            (w.jaw * 0.45, w.chin),
            (0, w.chin + 0.05),
        ]
        s.both(
            [*half, (0, w.nose + w.mouth_height + 0.2), (w.mouth, w.nose + w.mouth_height + 0.1)],
            w.hair,
            0.05,
            w.beard,
        )
    for mole in w.moles:
        s.shape(
            [(mole[0] + 0.025 * np.cos(t), mole[1] + 0.025 * np.sin(t)) for t in (0, 1.2, 2.5, 3.8, 5)],
            _mixed(w.skin, _BLACK, 0.6),
            0.006,
        )
    edge = w.wide + 0.06
    cap = [(0.0, -1.58), (0.65, -1.5), (edge, -0.95), (edge + 0.04, -0.2)]
    low = [(edge - 0.1, -0.35), (edge - 0.16, -w.fringe), (0.5, -w.fringe - 0.18), (0.0, -w.fringe - 0.1)]
    if w.long_hair:
        cap += [(edge + 0.12, 0.6), (edge + 0.1, 1.3)]
        low = [(edge - 0.1, 1.2), (edge - 0.12, 0.3), *low[1:]]
    half = [*cap, *low]
    flat = [
        np.asarray([(side * x, y) for x, y in half]) @ s.turn[:2, :2].T * s.half + s.middle
        for side in (1, -1)
    ]
    for outline in flat:
        s.laid(rounded(np.asarray(outline, np.float32)), w.hair, 0.02, 1.0)
    if w.glasses:
        for side in (-1, 1):
            x = side * w.eyes * w.wide
            ring = np.linspace(0, 2 * np.pi, 17)
            s.line([(x + 0.3 * np.cos(t), w.eye_height + 0.24 * np.sin(t)) for t in ring], _BLACK, 0.035)
        inner = w.eyes * w.wide - 0.3
        s.line(
            [(-inner, w.eye_height - 0.04), (0, w.eye_height - 0.09), (inner, w.eye_height - 0.04)],
            _BLACK,
            0.035,
        )
