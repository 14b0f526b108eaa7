"""Harmless pictures that nobody took: boats, mills, piers and lighthouses under invented skies.

Drawn so that they are hashed like photographs: much in them, and no two alike. The same number gives the same
picture always.
"""

from collections.abc import Callable, Sequence

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

Rgb = NDArray[np.uint8]
Chance = np.random.Generator
WIDTH, HEIGHT = 840, 640
BEST, QUALITIES = 95, 23
"""Of the JPEG files, of 100: each picture has one of its own, as if they came from many cameras."""


def boat(number: int) -> Rgb:
    """A blue boat at sea."""
    return _scene(1, number, _boat, sea=True)


def mill(number: int) -> Rgb:
    """A windmill in the fields."""
    return _scene(2, number, _mill, sea=False)


def pier(number: int) -> Rgb:
    """A pier with posts."""
    return _scene(3, number, _pier, sea=True)


def lighthouse(number: int) -> Rgb:
    """A lighthouse."""
    return _scene(4, number, _lighthouse, sea=True)


def house(number: int) -> Rgb:
    """A house with windows."""
    return _scene(5, number, _house, sea=False)


def jpeg(picture: Rgb, quality: int = 0) -> bytes:
    """As a file."""
    chosen = quality or BEST - int(picture[::7].sum()) % QUALITIES
    done, data = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, chosen])
    assert done
    return data.tobytes()


# --- around the subject --------------------------------------------------------------------------


def _scene(subject: int, number: int, draw: Callable[[Rgb, Chance, int], None], sea: bool) -> Rgb:
    chance = np.random.default_rng((20_26, subject, number))
    horizon = int(HEIGHT * chance.uniform(0.3, 0.72))
    sky = chance.uniform((90, 120, 150), (190, 205, 235))
    picture = _bytes(62 * _cloudy(chance, 5, 8), sky)
    for far in (0.75, 0.5):
        _hills(picture, chance, horizon, far)
    dark, pale = ((20, 60, 90), (60, 110, 150)) if sea else ((70, 90, 30), (170, 150, 80))
    ground = chance.uniform(dark, pale)
    rough = 45 * _cloudy(chance, 22, 5)
    rough += 22 * _cloudy(chance, 70, 18) if sea else 16 * _cloudy(chance, 60, 80)
    picture[horizon:] = _bytes(rough[horizon:], ground)
    draw(picture, chance, horizon)
    light = 1 + 0.42 * _cloudy(chance, 4, 5) + 0.16 * _cloudy(chance, 9, 11)
    grain = 4 * chance.standard_normal((HEIGHT, WIDTH), np.float32)
    lit = picture * light.astype(np.float32)[..., None]
    lit += grain[..., None]
    return np.ascontiguousarray(np.clip(lit, 0, 255, out=lit).astype(np.uint8))


def _cloudy(chance: Chance, rows: int, columns: int) -> NDArray[np.float32]:
    """Soft noise between about -1 and 1, so many waves high and wide."""
    rough = chance.uniform(-1, 1, (rows, columns)).astype(np.float32)
    return np.asarray(cv2.resize(rough, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC), np.float32)


def _bytes(soft: NDArray[np.float32], colour: NDArray[np.float64]) -> Rgb:
    """A colour, lighter and darker."""
    lanes = [np.clip(soft + np.float32(part), 0, 255).astype(np.uint8) for part in colour]
    return np.ascontiguousarray(np.stack(lanes, -1))


def _hills(picture: Rgb, chance: Chance, horizon: int, far: float) -> None:
    tops = horizon - chance.uniform(0, 220 * far, int(chance.integers(4, 9)))
    outline = np.stack((np.linspace(-20, WIDTH + 20, len(tops)), tops), 1)
    shade = chance.uniform(40, 90) + 90 * far
    foot = ((WIDTH + 20, horizon + 2), (-20, horizon + 2))
    _fill(picture, [*outline, *foot], (shade * 0.8, shade, shade * 0.9))


def _fill(picture: Rgb, outline: Sequence[ArrayLike], colour: ArrayLike) -> None:
    points = np.rint(np.asarray(outline, np.float32)).astype(np.int32)
    cv2.fillPoly(picture, [points], np.asarray(colour, float).tolist(), cv2.LINE_AA)


# --- subjects ------------------------------------------------------------------------------------


def _place(chance: Chance, horizon: int, least: float, most: float) -> tuple[float, float, float]:
    """Where it stands, and its size."""
    size = chance.uniform(least, most)
    return chance.uniform(0.25, 0.75) * WIDTH, horizon + chance.uniform(10, 60), size


def _boat(picture: Rgb, chance: Chance, horizon: int) -> None:
    x, y, s = _place(chance, horizon, 150, 280)
    y = min(y + s * 0.25, HEIGHT - 20)
    mast = x + chance.uniform(-0.2, 0.2) * s
    top = y - s * chance.uniform(0.9, 1.3)
    white = chance.uniform(200, 255)
    _fill(picture, [(mast, top), (mast, y - 12), (mast + s * chance.uniform(0.4, 0.8), y - 20)], (white,) * 3)
    _fill(picture, [(mast, top + 10), (mast, y - 16), (mast - s * 0.5, y - 24)], (white, white * 0.8, 90))
    cv2.line(picture, (round(mast), round(top) - 8), (round(mast), round(y)), (60, 40, 30), 5, cv2.LINE_AA)
    hull = [(x - s, y - 14), (x + s, y - 14), (x + 0.7 * s, y + 0.28 * s), (x - 0.75 * s, y + 0.28 * s)]
    _fill(picture, hull, (20, 60, chance.uniform(150, 220)))
    for n in range(4):
        spot = round(x + (n - 1.5) * s * 0.32), round(y + 0.08 * s)
        cv2.circle(picture, spot, round(s * 0.05), (235, 235, 200), -1, cv2.LINE_AA)


def _mill(picture: Rgb, chance: Chance, horizon: int) -> None:
    x, y, s = _place(chance, horizon, 160, 300)
    wall = chance.uniform(120, 230)
    body = [(x - 0.3 * s, y), (x - 0.18 * s, y - s), (x + 0.18 * s, y - s), (x + 0.3 * s, y)]
    _fill(picture, body, (wall, wall * 0.92, wall * 0.8))
    _fill(picture, [(x - 0.22 * s, y - s), (x, y - 1.25 * s), (x + 0.22 * s, y - s)], (110, 40, 30))
    _fill(
        picture,
        [(x - 0.07 * s, y), (x - 0.07 * s, y - 0.25 * s), (x + 0.07 * s, y - 0.25 * s), (x + 0.07 * s, y)],
        (50, 30, 20),
    )
    turn = chance.uniform(0, np.pi / 2)
    for n in range(4):
        way = np.array((np.cos(turn + n * np.pi / 2), np.sin(turn + n * np.pi / 2)))
        across = np.array((-way[1], way[0])) * s * 0.13
        hub = np.array((x, y - s))
        sail = [
            hub + way * s * 0.15,
            hub + way * s * 0.85,
            hub + way * s * 0.85 + across,
            hub + way * s * 0.15 + across,
        ]
        _fill(picture, sail, (235, 225, 200))
        end = hub + way * s * 0.88
        cv2.line(
            picture, (round(x), round(y - s)), (round(end[0]), round(end[1])), (40, 30, 25), 5, cv2.LINE_AA
        )


def _pier(picture: Rgb, chance: Chance, horizon: int) -> None:
    x, y, s = _place(chance, horizon, 260, 420)
    lean = chance.uniform(-0.9, 0.9)
    near, far = (x + lean * s, HEIGHT + 10.0), (x, y)
    deck = [
        (far[0] - 18, far[1]),
        (far[0] + 18, far[1]),
        (near[0] + 0.42 * s, near[1]),
        (near[0] - 0.42 * s, near[1]),
    ]
    _fill(picture, deck, chance.uniform((110, 80, 50), (190, 150, 110)))
    for n in range(1, 14):
        part = (n / 14) ** 2
        middle = far[0] + (near[0] - far[0]) * part
        level = far[1] + (near[1] - far[1]) * part
        half = 18 + (0.42 * s - 18) * part
        left, right = (round(middle - half), round(level)), (round(middle + half), round(level))
        cv2.line(picture, left, right, (60, 40, 25), 2 + round(5 * part), cv2.LINE_AA)
        for post in (left, right):
            tall = round(20 + 130 * part)
            cv2.line(
                picture, post, (post[0], post[1] - tall), (70, 45, 30), 4 + round(14 * part), cv2.LINE_AA
            )


def _lighthouse(picture: Rgb, chance: Chance, horizon: int) -> None:
    x, y, s = _place(chance, horizon, 240, 340)
    for n in range(6):
        low, high = y - s * n / 6, y - s * (n + 1) / 6
        wide, narrow = 0.2 * s * (1 - n / 10), 0.2 * s * (1 - (n + 1) / 10)
        colour = (200, 40, 40) if n % 2 else (240, 240, 235)
        _fill(picture, [(x - wide, low), (x + wide, low), (x + narrow, high), (x - narrow, high)], colour)
    _fill(picture, [(x - 0.09 * s, y - s), (x + 0.09 * s, y - s), (x, y - 1.2 * s)], (60, 20, 20))
    rocks = [(x + w * s, y + 30 - abs(chance.normal(0, 28))) for w in np.linspace(-0.8, 0.8, 9)]
    _fill(picture, [*rocks, (x + s, y + 90), (x - s, y + 90)], (70, 65, 60))


def _house(picture: Rgb, chance: Chance, horizon: int) -> None:
    x, y, s = _place(chance, horizon, 160, 260)
    wall = chance.uniform((120, 90, 70), (240, 220, 190))
    high = chance.uniform(0.6, 1.0) * s
    _fill(picture, [(x - s, y + 60), (x - s, y - high), (x + s, y - high), (x + s, y + 60)], wall)
    _fill(picture, [(x - 1.1 * s, y - high), (x, y - high - 0.6 * s), (x + 1.1 * s, y - high)], (120, 45, 35))
    for n in range(4):
        left, low = x + (n - 1.8) * 0.5 * s, y - 0.3 * high
        lit = (250, 220, 120) if chance.random() < 0.5 else (40, 50, 70)
        _fill(
            picture,
            [(left, low), (left, low - 0.4 * s), (left + 0.28 * s, low - 0.4 * s), (left + 0.28 * s, low)],
            lit,
        )
