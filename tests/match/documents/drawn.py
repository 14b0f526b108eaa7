"""Specimens of Utopia, drawn: zones with right check digits, cards, and cards as somebody photographs them.

All chance comes from the generator that is handed in. Seeds below 1,000 are for tests, from 1,000 for
benchmarks; the net is trained on other drawings with other seeds (benchmarks/train_reader.py).
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from entente.match.documents import reading
from entente.match.mrz import check_digit

Grey = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
FACE = files(reading) / "data" / "OCRB.otf"
SIZES = {"TD1": (86, 54), "TD2": (105, 74), "TD3": (125, 88), "MRVA": (120, 80), "MRVB": (105, 74)}
"""Width and height in mm (Doc 9303 parts 4 to 7)."""
WIDTHS = {"TD1": 30, "TD2": 36, "TD3": 44, "MRVA": 44, "MRVB": 36}
SURNAMES = "ERIKSSON MARTINEZ OKAFOR LINDQVIST TANAKA DUBOIS KOVALENKO VAN<DER<BERG SOLZBURG QUAX".split()
GIVEN = "ANNA<MARIA JOHN<PAUL ZOE OLUWASEUN INGRID KENJI<O IVO FATIMA<ZAHRA BJORN LI WALTER<KLAUS".split()
LETTERS, DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"


def zone(form: str, chance: np.random.Generator) -> tuple[str, ...]:
    """The lines of an invented person's zone, every check digit right."""

    def some(pool: str, count: int) -> str:
        return "".join(pool[chance.integers(len(pool))] for _ in range(count))

    wide = WIDTHS[form]
    number = some(LETTERS, int(chance.integers(0, 3)))
    number = (number + some(DIGITS if chance.random() < 0.7 else LETTERS + DIGITS, 9))[
        : chance.integers(7, 10)
    ].ljust(9, "<")
    birth = f"{chance.integers(100):02}{chance.integers(1, 13):02}{chance.integers(1, 29):02}"
    expiry = f"{chance.integers(24, 40):02}{chance.integers(1, 13):02}{chance.integers(1, 29):02}"
    sex = "MFX<"[chance.choice(4, p=[0.45, 0.45, 0.05, 0.05])]
    names = f"{SURNAMES[chance.integers(len(SURNAMES))]}<<{GIVEN[chance.integers(len(GIVEN))]}"
    dates = birth + check_digit(birth), expiry + check_digit(expiry)
    if form == "TD1":
        first = "I" + some("<D", 1) + "UTO" + number + check_digit(number)
        first += (some(LETTERS + DIGITS, int(chance.integers(0, 12)))).ljust(15, "<")
        optional = some(DIGITS, int(chance.choice([0, 0, 8]))).ljust(11, "<")
        whole = check_digit(first[5:] + dates[0] + dates[1] + optional)
        return first, f"{dates[0]}{sex}{dates[1]}UTO{optional}{whole}", names.ljust(wide, "<")
    head = {"TD2": "I<", "TD3": "P<", "MRVA": "V<", "MRVB": "V<"}[form]
    second = f"{number}{check_digit(number)}UTO{dates[0]}{sex}{dates[1]}"
    if form == "TD3":
        personal = some(LETTERS + DIGITS, int(chance.choice([0, 6, 10, 14]))).ljust(14, "<")
        second += personal + ("<" if personal == "<" * 14 else check_digit(personal))
        second += check_digit(second[:10] + second[13:20] + second[21:43])
    elif form == "TD2":
        second += some(DIGITS, int(chance.choice([0, 5]))).ljust(7, "<")
        second += check_digit(second[:10] + second[13:20] + second[21:35])
    else:
        second += some(LETTERS + DIGITS, int(chance.choice([0, 6]))).ljust(wide - 28, "<")
    return f"{head}UTO{names}".ljust(wide, "<")[:wide], second


@cache
def font(size: int, *, ocr: bool = True) -> ImageFont.FreeTypeFont:
    face = ImageFont.truetype(str(FACE), size) if ocr else ImageFont.load_default(size)
    assert isinstance(face, ImageFont.FreeTypeFont)
    return face


def plain(lines: tuple[str, ...], pitch: int = 16, spacing: float = 2.4) -> Grey:
    """A zone on white paper and nothing else: black, straight, a margin of two characters."""
    size = round(pitch / 0.723)
    picture = Image.new(
        "L", (round((len(lines[0]) + 4) * pitch), round((len(lines) * spacing + 3) * pitch)), 255
    )
    _write(ImageDraw.Draw(picture), lines, (2 * pitch, 3 * pitch), pitch, spacing * pitch, size, 0)
    return np.asarray(picture)


def _write(
    draw: ImageDraw.ImageDraw,
    lines: tuple[str, ...],
    at: tuple[float, float],
    pitch: float,
    drop: float,
    size: int,
    ink: int,
) -> None:
    for row, line in enumerate(lines):
        for n, character in enumerate(line):
            draw.text(
                (at[0] + (n + 0.5) * pitch, at[1] + row * drop),
                character,
                font=font(size),
                fill=ink,
                anchor="ms",
            )


@dataclass(frozen=True, slots=True)
class Card:
    """A drawn page: grey, and its zone's corners in px (first line's start, end, last line's end, start)."""

    grey: Grey
    corners: Floats


def card(form: str, lines: tuple[str, ...], chance: np.random.Generator, scale: int = 12) -> Card:
    """A whole page of Utopia at `scale` px a millimetre: guilloche, a portrait of sorts, fields, the zone."""
    wide, tall = (side * scale for side in SIZES[form])
    y, x = np.mgrid[0:tall, 0:wide].astype(np.float32)
    ground = np.full((tall, wide), chance.uniform(190, 250), np.float32)
    for _ in range(chance.integers(1, 4)):
        bend = chance.uniform(5, 40) * np.sin(x / chance.uniform(30, 200)) + chance.uniform(0, 30) * np.sin(
            y / 60
        )
        wave = np.sin((y + bend + x * chance.normal(0, 0.5)) * chance.uniform(0.12, 0.6))
        ground -= chance.uniform(4, 26) * np.clip(wave * chance.uniform(1, 3) - chance.uniform(0, 1), 0, 1)
    picture = Image.fromarray(np.clip(ground, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    top = tall - {"TD1": 26, "TD2": 24, "TD3": 26, "MRVA": 24, "MRVB": 24}[form] * scale
    face = (3 * scale, 14 * scale, 28 * scale, max(top - 2 * scale, 20 * scale))
    if form != "TD1" or chance.random() < 0.3:
        blobs = cv2.resize(
            chance.uniform(20, 240, (9, 7)).astype(np.float32),
            (face[2] - face[0], face[3] - face[1]),
            interpolation=cv2.INTER_CUBIC,
        )
        picture.paste(Image.fromarray(np.clip(blobs, 0, 255).astype(np.uint8)), face[:2])
    left = 34 * scale if form != "TD1" else 6 * scale
    draw.text((left, 3 * scale), "UTOPIA  PASSPORT / PASSEPORT", font=font(4 * scale, ocr=False), fill=40)
    for n, label in enumerate(
        "Surname/Nom;Given names/Prenoms;Date of birth;Date of expiry;Authority".split(";")
    ):
        at = (9 + n * 9) * scale
        if at + 7 * scale < top:
            draw.text((left, at), label, font=font(2 * scale, ocr=False), fill=90)
            draw.text(
                (left, at + 2.4 * scale),
                lines[n % len(lines)].replace("<", " ").strip()[:24],
                font=font(round(3.4 * scale), ocr=chance.random() < 0.3),
                fill=25,
            )
    if chance.random() < 0.3:
        draw.line((0, top, wide, top), fill=90, width=max(1, scale // 5))
    pitch, size = 2.54 * scale, round(2.54 * scale / 0.723 * chance.normal(1, 0.03))
    drop = (chance.uniform(4.2, 6.35) if form == "TD1" else 6.35 * chance.uniform(0.8, 1.05)) * scale
    start = (wide - WIDTHS[form] * pitch) / 2 + chance.uniform(-0.8, 0.8) * scale
    first = tall - 7 * scale - drop * (len(lines) - 1)
    ink = Image.new("L", picture.size, 0)
    _write(ImageDraw.Draw(ink), lines, (start, first), pitch, drop, size, 255)
    spread = cv2.GaussianBlur(
        np.asarray(ink, np.float32) / 255, (0, 0), chance.uniform(0.5, 1.6) * scale / 12
    )
    spread = np.clip((spread - chance.uniform(0.3, 0.65)) * 4 + 0.5, 0, 1) * chance.uniform(0.75, 1)
    grey = np.asarray(picture, np.float32) * (1 - spread) + chance.uniform(10, 70) * spread
    end, height = start + WIDTHS[form] * pitch, 2.54 * scale
    last = first + drop * (len(lines) - 1)
    corners = np.array(
        [(start, first - height), (end, first - height), (end, last), (start, last)], np.float32
    )
    return Card(grey.clip(0, 255).astype(np.uint8), corners)


@dataclass(frozen=True, slots=True)
class Taking:
    """How a picture is taken. `across`: width of the zone, px; `turned`: clockwise, quarters of a circle."""

    across: float = 700
    skew: float = 3.0
    lean: float = 0.04
    blur: float = 0.5
    noise: float = 4.0
    quality: int = 80
    turned: int = 0
    room: float = 1.4
    glare: float = 0.0


def taking(chance: np.random.Generator, wide: int) -> Taking:
    """A picture as people take them, from 6.4 px a character up."""
    pitch = float(np.exp(chance.uniform(np.log(6.4), np.log(34))))
    return Taking(
        across=pitch * wide,
        skew=chance.normal(0, 5) if chance.random() < 0.7 else 0.0,
        lean=abs(chance.normal(0, 0.05)),
        blur=chance.uniform(0.2, 0.09 * pitch),
        noise=chance.uniform(0, 8),
        quality=int(chance.integers(50, 95)),
        turned=int(chance.choice([0, 1, 2, 3], p=[0.7, 0.1, 0.1, 0.1])),
        room=chance.uniform(1.02, 2.2),
        glare=chance.uniform(0.3, 1.0) if chance.random() < 0.2 else 0.0,
    )


def photographed(page: Card, how: Taking, chance: np.random.Generator) -> tuple[Grey, Floats]:
    """The page lying on something, from a hand not quite above it; and the zone's corners in the picture."""
    tall, wide = page.grey.shape
    scale = how.across / float(np.linalg.norm(page.corners[1] - page.corners[0]))
    out_w, out_h = round(wide * scale * how.room), round(tall * scale * how.room)
    turn = np.deg2rad(how.skew)
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    corners = np.array([(0, 0), (wide, 0), (wide, tall), (0, tall)], np.float32)
    away = (corners - (wide / 2, tall / 2)) * scale
    away = away * (1 + chance.uniform(-how.lean, how.lean, (4, 1)))
    slack = np.array([out_w, out_h]) * max(0.0, how.room - 1.15) / how.room * 0.35
    target = away @ spin.T + (out_w / 2, out_h / 2) + chance.uniform(-1, 1, 2) * slack
    matrix = cv2.getPerspectiveTransform(corners, target.astype(np.float32))
    y, x = np.mgrid[0:out_h, 0:out_w].astype(np.float32)
    table = chance.uniform(20, 200) + chance.uniform(0, 25) * np.sin(
        x / chance.uniform(5, 60) + y / chance.uniform(20, 200)
    )
    table += chance.normal(0, chance.uniform(1, 10), table.shape)
    soft = page.grey if scale > 0.7 else cv2.GaussianBlur(page.grey, (0, 0), 0.42 / scale)
    lying = cv2.warpPerspective(soft, matrix, (out_w, out_h), flags=cv2.INTER_LINEAR).astype(np.float32)
    inside = (
        cv2.warpPerspective(np.full_like(page.grey, 255), matrix, (out_w, out_h)).astype(np.float32) / 255
    )
    grey = lying * inside + table * (1 - inside)
    grey *= 1 + chance.normal(0, 0.15) * (x / out_w - 0.5) + chance.normal(0, 0.15) * (y / out_h - 0.5)
    placed = cv2.perspectiveTransform(page.corners[None], matrix)[0]
    if how.glare:
        spot = placed[0] + (placed[2] - placed[0]) * chance.uniform(0, 1, 2)
        far = ((x - spot[0]) / (0.12 * how.across)) ** 2 + ((y - spot[1]) / (0.05 * how.across)) ** 2
        grey += how.glare * 130 * np.exp(-far)
    grey = cv2.GaussianBlur(grey, (0, 0), how.blur) + chance.normal(0, how.noise + 1e-6, grey.shape)
    taken = np.clip(grey, 0, 255).astype(np.uint8)
    _, packed = cv2.imencode(".jpg", taken, [cv2.IMWRITE_JPEG_QUALITY, how.quality])
    taken = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
    for _ in range(how.turned):
        placed = np.stack([taken.shape[0] - placed[:, 1], placed[:, 0]], axis=1)
        taken = np.ascontiguousarray(np.rot90(taken, -1))
    return taken, placed.astype(np.float32)


def specimen(form: str, seed: int) -> tuple[Grey, tuple[str, ...], Floats]:
    """A photographed page of Utopia, its lines, and the corners of its zone."""
    chance = np.random.default_rng(seed)
    lines = zone(form, chance)
    grey, corners = photographed(card(form, lines, chance), taking(chance, WIDTHS[form]), chance)
    return grey, lines, corners
