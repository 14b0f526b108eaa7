"""The passport of Utopia drawn: genuine, forged, under ultraviolet light, and photographed.

The data page of the version UTO-AO-01001 at 10 px/mm, always the same for the same holder. What never changes
between holders stands in ANCHORS, what does in FIELDS. The holder of the story is the one of ICAO's specimen.
"""

from dataclasses import replace
from functools import lru_cache

import cv2
import numpy as np

from entente.demo import specimen_parts as parts
from entente.demo.specimen_camera import jpeg, photograph
from entente.demo.specimen_faces import Face, drawn
from entente.demo.specimen_layout import (
    ANCHORS,
    ANNA,
    ANOTHER,
    ARMS,
    BLUE,
    FALSE_BIRTH,
    FIELDS,
    GHOST,
    HEIGHT,
    KINEGRAM,
    LABEL,
    LABELS,
    MARIA,
    NEW,
    OLD,
    OLD_MARIA,
    PORTRAIT,
    PX_PER_MM,
    RED,
    SIZE,
    VALUE,
    WIDTH,
    Holder,
    Plates,
    day,
)
from entente.demo.specimen_parts import SCALE, Colour, Pen, Rgb
from entente.match.documents.comparing import Box

__all__ = [
    "ANCHORS",
    "ANNA",
    "FIELDS",
    "HEIGHT",
    "KINEGRAM",
    "MARIA",
    "OLD_MARIA",
    "PX_PER_MM",
    "WIDTH",
    "Holder",
    "false_zone",
    "forged",
    "forged_uv",
    "genuine",
    "jpeg",
    "older",
    "photograph",
    "uv",
]


def genuine(holder: Holder = ANNA) -> Rgb:
    """The page as it left the printer, [880, 1250, 3]."""
    return parts.halved(_page(holder))


def forged() -> Rgb:
    """ANNA's page after the forger: another portrait glued on, the kinegram lost with it, the year of birth
    scraped off and printed anew, and in the zone the year without its check digits."""
    return parts.halved(_false())


def false_zone() -> tuple[str, ...]:
    """The zone of the forged page, of which two check digits are wrong."""
    first, second = ANNA.zone()
    return first, second[:13] + FALSE_BIRTH[2:4] + second[15:]


def _page(holder: Holder) -> Rgb:
    page = _printed(NEW).copy()
    _portrait(page, holder.face)
    _ghost(page, holder.face)
    personal(page, holder, holder.zone())
    parts.kinegram(page, _middle(KINEGRAM), KINEGRAM.width / 2 * SCALE)
    return page


def _false() -> Rgb:
    page = _printed(NEW).copy()
    _scraped(page, FIELDS["birth"])
    glued(page, ANOTHER)
    _ghost(page, ANNA.face)  # small, on the other side: he left it, and it is still hers
    personal(page, replace(ANNA, birth=FALSE_BIRTH), false_zone())
    return page


def older(holder: Holder = OLD_MARIA) -> Rgb:
    """The page of the version before, UTO-AO-00901: a photo glued in, a dry stamp over it, no kinegram."""
    page = _printed(OLD).copy()
    glued(page, holder.face)
    personal(page, holder, holder.zone())
    x, y = (PORTRAIT.x + 28) * SCALE, (PORTRAIT.y + 35) * SCALE
    pressed = np.full(page.shape[:2], 128, np.uint8)
    parts.arms(pressed, (x, y), 7 * SCALE, 168)
    cv2.circle(pressed, (round(x), round(y)), round(7.4 * SCALE), 168, 5, cv2.LINE_AA)
    relief = pressed.astype(np.int16) - np.roll(pressed, (4, 4), (0, 1)).astype(np.int16)
    page[:] = np.clip(page.astype(np.int16) + relief[..., None], 0, 255).astype(np.uint8)
    return parts.halved(page)


def personal(page: Rgb, holder: Holder, zone: tuple[str, ...]) -> None:
    """What the bureau of passports prints of a holder."""
    parts.signature(page, (84, 59.6, 30, 5.6), sum(map(ord, holder.surname)))
    pen = Pen(page)
    values = {
        "surname": holder.surname,
        "given": holder.given,
        "birth": day(holder.birth),
        "sex": holder.sex,
        "place": holder.place,
        "issued": day(holder.issued),
        "expires": day(holder.expires),
    }
    for name, said in values.items():
        x, y, _ = LABELS[name]
        pen.text((x, y + 3.4), said, VALUE, bold=1)
    pen.text((90, 20.1), holder.number, 4.3, RED, bold=0.6, ocr=True)
    for line, y in zip(zone, (74.4, 80.75), strict=True):
        pen.spaced((6.4, y), line, 4.1, 2.54, (22, 22, 24))
    pen.done()


@lru_cache(maxsize=1)
def _printed(plates: Plates) -> Rgb:
    """What the printer's plates leave on every page, at the scale of drawing."""
    width, height = round(WIDTH * SCALE), round(HEIGHT * SCALE)
    page = parts.paper(width, height, plates.palette, plates.seed)
    below = page[round(66 * SCALE) :]
    below[:] = (below * 0.35 + np.array([243, 243, 238]) * 0.65).astype(np.uint8)
    parts.arms(page, _middle(ARMS), ARMS.width / 2 * SCALE, BLUE)
    pen = Pen(page)
    pen.text((20, 7.6), "COMMONWEALTH OF UTOPIA", 1.8, BLUE, 0.5)
    pen.text((46.4, 10.4), "UTOPIA", 7.4, BLUE, 1)
    pen.text((20, 10.4), "RES PUBLICA UTOPIENSIUM", 1.8, BLUE, 0.5)
    pen.text((90, 7.6), "PASSPORT", 3.6, BLUE, 1)
    pen.text((90, 10.4), "LITTERAE COMMEATUS", 2.1, BLUE, 0.4)
    for x, y, said in LABELS.values():
        pen.text((x, y), said, SIZE, LABEL)
    for name, said in (("type", "P"), ("code", "UTO"), ("nationality", "UTOPIAN"), ("authority", "AMAUROT")):
        x, y, _ = LABELS[name]
        pen.text((x, y + 3.4), said, VALUE, bold=1)
    pen.text((48, 12.9), "UTOPIA" * 24, 0.8, LABEL)
    pen.text((-1, 65.6), "UTOPIA" * 42, 0.8, LABEL)
    pen.done()
    return page


def _portrait(page: Rgb, face: Face) -> None:
    """Printed into the paper, guilloches and all."""
    x, y = _corner(PORTRAIT)
    tone = drawn(face, round(PORTRAIT.width * SCALE))
    here = page[y : y + tone.shape[0], x : x + tone.shape[1]]
    here[:] = (here * 0.5 + 120).astype(np.uint8)  # the plates are lighter where a portrait will be
    parts.inked(page, parts.faded(tone, SCALE), (x, y), (38, 36, 40))


def _ghost(page: Rgb, face: Face) -> None:
    tone = parts.faded(drawn(face, round(GHOST.width * SCALE)), SCALE // 2)
    parts.inked(page, 1 - (1 - tone) * 0.62, _corner(GHOST), (40, 96, 108))


def glued(page: Rgb, face: Face) -> None:
    """A photo on paper of its own over the guilloches, with the shade of its edge."""
    tone = drawn(face, round(PORTRAIT.width * SCALE))
    x, y = _corner(PORTRAIT)
    over = round(0.5 * SCALE)
    tall, wide = tone.shape
    shade = page[y - over : y + tall + 2 * over, x - over : x + wide + 2 * over]
    shade[:] = (shade * 0.72).astype(np.uint8)
    photo = np.full((tall + 2 * over, wide + 2 * over, 3), (236, 236, 240), np.uint8)
    parts.inked(photo, tone, (over, over), (46, 40, 40))
    page[y - over : y + tall + over, x - over : x + wide + over] = photo


def _scraped(page: Rgb, box: Box) -> None:
    """Guilloches rubbed off where the year stood, and a little more than was needed."""
    wide, tall = 8.6, 3.1
    x, y = box.x + box.width - 2.5, box.y + box.height / 2 + 0.2
    here = page[Box(x - wide, y - tall, 2 * wide, 2 * tall).slices(page.shape, SCALE)]
    down, across = np.mgrid[-1 : 1 : here.shape[0] * 1j, -1 : 1 : here.shape[1] * 1j]
    share = np.clip((1 - np.hypot(across, down)) / 0.26, 0, 1)[..., None] * 0.86
    here[:] = (here * (1 - share) + np.array([240, 236, 226]) * share).astype(np.uint8)


# --- other light, and a camera -------------------------------------------------------------------


def uv(holder: Holder = ANNA, page: Rgb | None = None) -> Rgb:
    """The page under 365 nm: dull paper, fibres and arms that glow. `page`: as drawn before."""
    glow = np.zeros((round(HEIGHT * SCALE), round(WIDTH * SCALE), 3), np.uint8)
    _glowing(glow, holder.number)
    small = parts.halved(glow).astype(np.float32)
    halo = cv2.GaussianBlur(small, (0, 0), PX_PER_MM / 3)
    lit = _dull(genuine(holder) if page is None else page) + 0.8 * small + 0.8 * np.asarray(halo, np.float32)
    return np.asarray(lit.clip(0, 255), np.uint8)


def forged_uv(page: Rgb | None = None) -> Rgb:
    """The forged page under 365 nm: his own paper was bleached and glows, his laminate hides the rest."""
    page = forged() if page is None else page
    lit = _dull(page)
    here = PORTRAIT.slices(page.shape, PX_PER_MM)
    lit[here] += page[here].astype(np.float32) / 255 * np.array([96, 120, 190], np.float32)
    return lit.clip(0, 255).astype(np.uint8)


def _dull(page: Rgb) -> parts.Floats:
    dark = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY).astype(np.float32)[..., None] / 255
    return np.asarray(dark * np.array([26, 24, 74], np.float32) + np.array([4, 4, 18], np.float32))


def _glowing(glow: Rgb, number: str) -> None:
    """Fibres, the large arms and the name of the state, in inks that daylight does not show."""
    chance = np.random.default_rng(NEW.seed)
    green: Colour = (120, 214, 84)
    parts.arms(glow, (72 * SCALE, 40 * SCALE), 21 * SCALE, green)
    pen = Pen(glow)
    for n, y in enumerate((20, 63.4)):
        pen.text((5 + 3 * n, y), "UTOPIA  " * 7, 2.6, (214, 96, 70), 0.5)
    pen.text((90, 20.1), number, 4.3, (236, 150, 60), 0.6, ocr=True)
    pen.done()
    inks: tuple[Colour, ...] = ((230, 70, 70), (80, 170, 255), (220, 214, 90), (90, 230, 140))
    for n in range(64):
        start = np.array([chance.uniform(2, WIDTH - 6), chance.uniform(2, HEIGHT - 4)])
        steps = np.cumsum(chance.uniform(-0.7, 0.7, (4, 2)) + chance.uniform(-0.9, 0.9, 2), axis=0)
        fibre = [tuple(p) for p in (start + steps) * SCALE]
        parts.curve(glow, parts.rounded(fibre, closed=False), inks[n % 4], 3)


def _corner(box: Box) -> tuple[int, int]:
    return round(box.x * SCALE), round(box.y * SCALE)


def _middle(box: Box) -> tuple[float, float]:
    return (box.x + box.width / 2) * SCALE, (box.y + box.height / 2) * SCALE
