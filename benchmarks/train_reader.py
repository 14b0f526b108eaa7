"""Train the glyph net of match/documents/reading and write its data/glyphs.npz.

    make reader            (python -m benchmarks.train_reader [strips=40000] [seed=1])

Lines of OCR-B are drawn with the face that is shipped, spoiled as printers, papers, cameras and JPEG spoil
them, made straight with the errors that the finder makes, and cut into windows. Nothing is read but the
face, so that a seed gives the same weights on the same machine. Held-out lines come from other seeds. Last
line: `key=value`.
"""

import sys
import time
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from entente.match.documents import reading
from entente.match.documents.reading.glyphs import (
    CHARACTERS,
    NONE,
    PITCH,
    ROWS,
    TALL,
    WIDE,
    Net,
    flat,
    normal,
)

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]
FACE = files(reading) / "data" / "OCRB.otf"
LAYERS = (TALL * WIDE, 160, 88, NONE + 1)
FINE = 48
"""Px from character to character where lines are drawn, before they are spoiled."""
CELLS = 16
LOOKALIKES = "O0OD0QO0I1I1TITLB8B8S5S5Z2Z2G6C<K<L<E<UVVYMWMNH<<<<<<<<"
OTHER = "abdefghijklmnpqrtuy.,:;-/()+=!?&%$#*>>>"
"""What a zone never has; those that look like a capital when small are not shown."""
ASTRAY = "12345679ABCEFGJKLPQRTUVWY<<<<<<<<<<<<"
"""Characters that are something else, or nothing, upside down."""


@cache
def glyph(character: str) -> Floats:
    """One character, 0 paper to 1 ink, two cells wide and 96 px tall, the middle of letters in its middle."""
    font = ImageFont.truetype(str(FACE), 66)  # advance 47.7 px, letters 47 px high
    image = Image.new("L", (2 * FINE, 96), 0)
    ImageDraw.Draw(image).text((FINE, 48 + 23), character, font=font, fill=255, anchor="ms")
    return np.asarray(image, np.float32) / 255


def text(chance: np.random.Generator) -> str:
    """Characters of a line: any, those that look like others, runs of filler."""
    pool = CHARACTERS if chance.random() < 0.5 else LOOKALIKES
    line = [pool[chance.integers(len(pool))] for _ in range(CELLS)]
    if chance.random() < 0.3:
        start = chance.integers(CELLS)
        line[start : start + chance.integers(2, 9)] = "<" * len(line[start : start + 8])
    return "".join(line[:CELLS]).ljust(CELLS, "<")


def drawn(characters: str, chance: np.random.Generator) -> Floats:
    """Ink of a line with two empty cells at each side, glyphs a little off their place."""
    width = (len(characters) + 4) * FINE
    ink = np.zeros((160, width), np.float32)
    wide, tall = chance.normal(1.03, 0.08), chance.normal(1, 0.006)
    for n, character in enumerate(characters):
        cell = cv2.resize(glyph(character), None, fx=wide, fy=tall, interpolation=cv2.INTER_AREA)
        x = round((n + 2.5) * FINE - cell.shape[1] / 2 + chance.normal(0, 1.2))
        y = round(80 - cell.shape[0] / 2 + chance.normal(0, 0.45))
        place = ink[y : y + cell.shape[0], x : x + cell.shape[1]]
        np.maximum(place, cell[: place.shape[0], : place.shape[1]], out=place)
    return ink


def pressed(ink: Floats, chance: np.random.Generator) -> Floats:
    """Strokes spread or eroded, uneven ink, specks."""
    spread = chance.uniform(1.0, 3.6)
    level = chance.uniform(0.2, 0.72)
    ink = np.clip((cv2.GaussianBlur(ink, (0, 0), spread) - level) * chance.uniform(2, 8) + 0.5, 0, 1)
    if chance.random() < 0.35:
        uneven = cv2.resize(
            chance.uniform(0.3, 1.1, (10, ink.shape[1] // 12)).astype(np.float32), ink.shape[::-1]
        )
        ink = ink * np.clip(uneven, 0, 1)
    if chance.random() < 0.15:  # dots of a printer
        y, x = np.mgrid[0 : ink.shape[0], 0 : ink.shape[1]]
        step = chance.uniform(4, 7)
        dots = 0.65 + 0.35 * np.sin(x * 6.28 / step) * np.sin(y * 6.28 / step)
        ink = ink * dots.astype(np.float32)
    return np.asarray(ink, np.float32)


def paper(shape: tuple[int, int], chance: np.random.Generator) -> Floats:
    """Light falling off, guilloche, blotches, and now and then a rule or an edge close to the line."""
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    light = chance.uniform(120, 250)
    ground = light * (
        1 + chance.normal(0, 0.12) * (x / shape[1] - 0.5) + chance.normal(0, 0.05) * (y / 160 - 0.5)
    )
    for _ in range(chance.integers(0, 4)):
        bend = chance.uniform(0, 14) * np.sin(x / chance.uniform(20, 160) + chance.uniform(0, 6))
        across, along = chance.normal(0, 1, 2)
        wave = np.sin((y * across + x * along + bend) * chance.uniform(0.15, 0.9))
        line = wave if chance.random() < 0.5 else np.clip(wave * 3 - 2, 0, 1)
        ground -= light * chance.uniform(0.0, 0.16) * line
    if chance.random() < 0.3:
        blotch = chance.normal(0, 1, (shape[0] // 16, shape[1] // 16)).astype(np.float32)
        ground += chance.uniform(0, 14) * cv2.resize(blotch, shape[::-1], interpolation=cv2.INTER_CUBIC)
    if chance.random() < 0.12:
        edge = int(chance.choice([chance.integers(0, 24), chance.integers(136, 160)]))
        part = ground[:edge] if edge < 80 else ground[edge:]
        part *= chance.uniform(0.15, 0.8)
    return ground


def photographed(picture: Floats, pitch: float, chance: np.random.Generator) -> Bytes:
    """The line at `pitch` px a character, out of focus, noisy, through JPEG."""
    size = (round(picture.shape[1] * pitch / FINE), round(picture.shape[0] * pitch / FINE))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    blur = chance.uniform(0, 0.075) * pitch if chance.random() < 0.7 else chance.uniform(0, 0.14) * pitch
    if blur > 0.15:
        small = cv2.GaussianBlur(small, (0, 0), blur)
    if chance.random() < 0.2:
        length = max(2, round(chance.uniform(0.05, 0.25) * pitch))
        kernel = np.zeros((length, length), np.float32)
        cv2.line(kernel, (0, int(chance.integers(length))), (length - 1, int(chance.integers(length))), 1.0)
        small = cv2.filter2D(small, -1, kernel / max(kernel.sum(), 1))
    if chance.random() < 0.25:  # sharpened by a camera
        small = small + chance.uniform(0.3, 1.2) * (small - cv2.GaussianBlur(small, (0, 0), 1.2))
    if chance.random() < 0.12:  # light thrown back
        y, x = np.mgrid[0 : size[1], 0 : size[0]] / pitch
        far = ((x - chance.uniform(0, CELLS)) / chance.uniform(1, 6)) ** 2 + (
            (y - 1.6) / chance.uniform(0.5, 3)
        ) ** 2
        small = small + chance.uniform(30, 150) * np.exp(-far).astype(np.float32)
    small = small + chance.normal(0, chance.uniform(0, 11), small.shape)
    grey = np.clip(small, 0, 255).astype(np.uint8)
    if chance.random() < 0.7:
        _, packed = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, int(chance.integers(30, 95))])
        grey = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
    return grey


def straightened(
    grey: Bytes, pitch: float, chance: np.random.Generator
) -> tuple[Floats, npt.NDArray[np.float64]]:
    """The strip as a finder would cut it, with its errors, and the 2 x 3 matrix from the picture to it."""
    turn, lean = chance.normal(0, 0.011), chance.normal(0, 0.07)
    # The last look at a line is on its track almost to the pixel, the first one only nearly.
    last = chance.random() < 0.72
    across = PITCH / pitch * chance.normal(1, 0.015)
    down = PITCH / pitch * chance.normal(1, 0.013 if last else 0.06)
    middle = grey.shape[0] / 2
    matrix = np.array([[across, lean, 0.0], [turn * across, down, 0.0]])
    start = matrix[:, :2] @ np.array([grey.shape[1] / 2, middle])
    matrix[0, 2] = grey.shape[1] / 2 * PITCH / pitch - start[0] + chance.uniform(-0.5, 0.5)
    matrix[1, 2] = ROWS / 2 - start[1] + chance.normal(0, 0.35 if last else 1.0)
    width = round(grey.shape[1] * PITCH / pitch)
    if pitch > 1.6 * PITCH:
        grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), 0.35 * pitch / PITCH), np.uint8)
    how = cv2.INTER_CUBIC if chance.random() < 0.7 else cv2.INTER_LINEAR
    # Pixels are points in OpenCV: half a pixel is taken off on one side and put back on the other.
    shifted = matrix.copy()
    shifted[:, 2] += matrix[:, :2] @ np.array([0.5, 0.5]) - 0.5
    strip = cv2.warpAffine(grey, shifted, (width, ROWS), flags=how, borderMode=cv2.BORDER_REPLICATE)
    return flat(strip), matrix


def cut(chance: np.random.Generator) -> tuple[list[Floats], list[int]]:
    """Windows of one line that is drawn anew, and what stands in them."""
    characters, astray = text(chance), ""
    sort = chance.random()
    if sort < 0.06:
        astray = characters = "".join(OTHER[chance.integers(len(OTHER))] for _ in range(CELLS))
    elif sort < 0.13:
        astray = characters = "".join(ASTRAY[chance.integers(len(ASTRAY))] for _ in range(CELLS))
    ink = drawn(characters, chance)
    if astray and sort >= 0.06:
        ink = np.ascontiguousarray(ink[::-1, ::-1])
    if chance.random() < 0.5:  # the line above or below comes near
        other = drawn(text(chance), chance)
        gap = int(chance.integers(72, 120)) * (1 if chance.random() < 0.5 else -1)
        ink = np.maximum(
            ink, np.asarray(cv2.warpAffine(other, np.array([[1, 0, 0], [0, 1.0, gap]]), ink.shape[::-1]))
        )
    ink = pressed(ink, chance)
    ground = paper((ink.shape[0], ink.shape[1]), chance)
    black = ground.mean() * chance.uniform(0.05, 0.62)
    picture = ground * (1 - ink) + np.minimum(black, ground) * ink
    pitch = float(np.exp(chance.uniform(np.log(5.2), np.log(30))))
    grey = photographed(picture.astype(np.float32), pitch, chance)
    strip, matrix = straightened(grey, pitch, chance)
    taken: list[Floats] = []
    answers: list[int] = []

    def take(cell: float, answer: int, rise: int = 0) -> None:
        at = matrix @ np.array([(cell + 2.5) * pitch, grey.shape[0] / 2, 1.0])
        x, y = round(at[0]) - WIDE // 2, ROWS // 2 - TALL // 2 + rise
        if x >= 0 and x + WIDE <= strip.shape[1] and 0 <= y <= ROWS - TALL:
            taken.append(strip[y : y + TALL, x : x + WIDE])
            answers.append(answer)

    for n, character in enumerate(characters):
        answer = NONE if astray else CHARACTERS.index(character)
        take(n + chance.normal(0, 0.05), answer)
    for n in chance.permutation(CELLS)[:4]:
        take(n + chance.uniform(0.33, 0.67), NONE)
    take(int(chance.integers(CELLS)), NONE, int(chance.choice([-8, -7, 7, 8])))
    take(chance.choice([-1.6, CELLS + 0.6]) + chance.uniform(-0.4, 0.4), NONE)
    take(chance.choice([-1.0, CELLS]) + chance.uniform(-0.2, 0.2), NONE)
    return taken, answers


def windows_of(strips: int, seed: int) -> tuple[npt.NDArray[np.float16], npt.NDArray[np.int64]]:
    """(n, TALL * WIDE) and (n,)."""
    chance = np.random.default_rng(seed)
    taken: list[npt.NDArray[np.float16]] = []
    answers: list[int] = []
    for _ in range(strips):
        some, said = cut(chance)
        taken += [window.ravel().astype(np.float16) for window in some]
        answers += said
    return np.stack(taken), np.asarray(answers)


class Adam:
    """Adam (Kingma and Ba 2015) over a list of arrays."""

    def __init__(self, values: list[Floats]) -> None:
        self.values, self.steps = values, 0
        self.first, self.second = [np.zeros_like(v) for v in values], [np.zeros_like(v) for v in values]

    def step(self, slopes: list[Floats], rate: float) -> None:
        self.steps += 1
        bias1, bias2 = 1 - 0.9**self.steps, 1 - 0.999**self.steps
        for n, slope in enumerate(slopes):
            self.first[n] += 0.1 * (slope - self.first[n])
            self.second[n] += 0.001 * (slope * slope - self.second[n])
            self.values[n] -= rate * (self.first[n] / bias1 / (np.sqrt(self.second[n] / bias2) + 1e-8))


def trained(strips: int, seed: int, epochs: int = 30, fresh: int = 3) -> Net:
    """The net; windows are drawn anew `fresh` times in all."""
    chance = np.random.default_rng(seed)
    sizes = list(pairwise(LAYERS))
    weights = [(chance.normal(0, (2 / a) ** 0.5, (a, b))).astype(np.float32) for a, b in sizes]
    biases = [np.zeros(b, np.float32) for _, b in sizes]
    adam, batch = Adam([*weights, *biases]), 256
    begun = time.perf_counter()
    for epoch in range(epochs):
        if epoch % (epochs // fresh) == 0:
            kept, answers = windows_of(strips // fresh, seed * 1000 + epoch)
            print(f"{time.perf_counter() - begun:6.0f} s  {len(answers)} windows", flush=True)
        order = chance.permutation(len(answers))
        lost = 0.0
        for start in range(0, len(order) - batch + 1, batch):
            done = (epoch + start / len(order)) / epochs
            rate = 1.5e-3 * 0.5 * (1 + np.cos(np.pi * done)) + 1e-6
            picked = order[start : start + batch]
            raw = kept[picked].astype(np.float32)
            raw += chance.normal(0, 0.02, raw.shape).astype(np.float32)
            lost += descend(normal(raw), answers[picked], weights, biases, adam, rate)
        print(
            f"{time.perf_counter() - begun:6.0f} s  epoch {epoch + 1}: {lost / (len(order) // batch):.4f}",
            flush=True,
        )
    return Net(tuple(weights), tuple(biases))


def descend(
    inputs: Floats,
    answers: npt.NDArray[np.int64],
    weights: list[Floats],
    biases: list[Floats],
    adam: Adam,
    rate: float,
) -> float:
    """One step; the mean loss before it."""
    seen = [inputs]
    for n in range(len(weights) - 1):
        seen.append(np.maximum(seen[-1] @ weights[n] + biases[n], 0))
    logits = seen[-1] @ weights[-1] + biases[-1]
    logits -= logits.max(axis=1, keepdims=True)
    shares = np.exp(logits)
    shares /= shares.sum(axis=1, keepdims=True)
    rows = np.arange(len(answers))
    loss = float(-np.log(shares[rows, answers] + 1e-9).mean())
    shares[rows, answers] -= 1
    back = shares / len(answers)
    slopes_w: list[Floats] = []
    slopes_b: list[Floats] = []
    for n in range(len(weights) - 1, -1, -1):
        slopes_w.insert(0, seen[n].T @ back + 1e-5 * weights[n])
        slopes_b.insert(0, back.sum(axis=0))
        if n:
            back = (back @ weights[n].T) * (seen[n] > 0)
    adam.step([*slopes_w, *slopes_b], rate)
    return loss


def main() -> None:
    strips = int(sys.argv[1]) if len(sys.argv) > 1 else 40_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    into = Path(sys.argv[3]) if len(sys.argv) > 3 else Path(str(files(reading) / "data" / "glyphs.npz"))
    cv2.setNumThreads(1)
    start = time.perf_counter()
    net = trained(strips, seed)
    kept = {f"w{n}": w.astype(np.float16) for n, w in enumerate(net.weights)}
    kept |= {f"b{n}": b.astype(np.float16) for n, b in enumerate(net.biases)}
    np.savez(into, **kept)
    seen, answers = windows_of(600, 999_001)
    said = net.logits(normal(seen.astype(np.float32))).argmax(axis=1)
    character = answers != NONE
    for one in "O0I1B8S5Z2<KD":
        which = answers == CHARACTERS.index(one)
        print(one, f"{(said[which] == answers[which]).mean():.3f}", end="  ")
    print()
    print(
        f"right={(said == answers)[character].mean():.4f} none={(said == answers)[~character].mean():.4f} "
        f"weights={sum(w.size for w in kept.values())} bytes={into.stat().st_size} "
        f"seconds={time.perf_counter() - start:.0f}"
    )


if __name__ == "__main__":
    main()
