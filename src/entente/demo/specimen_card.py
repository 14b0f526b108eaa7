"""The front of Utopia's identity card (size TD1, 86 x 54 mm), drawn like the passport, more simply."""

import numpy as np

from entente.demo import specimen_parts as parts
from entente.demo.specimen_faces import drawn
from entente.demo.specimen_layout import BLUE, LABEL, RED, Holder, day
from entente.demo.specimen_parts import SCALE, Pen, Rgb
from entente.match.documents.comparing import Box

CARD = (86.0, 54.0)
CARD_SEED = 1535
CARD_PORTRAIT = Box(4, 13, 24, 31.7)
CARD_NUMBER = Box(56, 46.2, 27, 4.4)
CARD_WINDOW = Box(69, 13.5, 12, 16)
_COLUMN, _SECOND = 31.0, 54.0


def card(holder: Holder) -> Rgb:
    """The front as it left the printer, [540, 860, 3]."""
    width, height = (round(side * SCALE) for side in CARD)
    page = parts.paper(width, height, parts.SKY, CARD_SEED)
    tone = parts.faded(drawn(holder.face, round(CARD_PORTRAIT.width * SCALE)), SCALE)
    x, y = round(CARD_PORTRAIT.x * SCALE), round(CARD_PORTRAIT.y * SCALE)
    here = page[y : y + tone.shape[0], x : x + tone.shape[1]]
    here[:] = (here * 0.5 + 120).astype(np.uint8)
    parts.inked(page, tone, (x, y), (38, 36, 40))
    _window(page, holder)
    parts.arms(page, (8.4 * SCALE, 6.6 * SCALE), 4.6 * SCALE, BLUE)
    parts.signature(page, (31, 45.6, 20, 5), sum(map(ord, holder.given)))
    pen = Pen(page)
    pen.text((15, 6.4), "UTOPIA", 4.2, BLUE, 1)
    pen.text((15, 10), "RES PUBLICA UTOPIENSIUM", 1.7, BLUE, 0.4)
    pen.text((82, 6.4), "IDENTITY CARD", 3, BLUE, 0.8, "rs")
    pen.text((82, 10), "TESSERA CIVIS", 1.7, BLUE, 0.4, "rs")
    for at, label, said in (
        ((_COLUMN, 15), "Surname / Cognomen", holder.surname),
        ((_COLUMN, 22), "Given names / Praenomina", holder.given),
        ((_COLUMN, 29), "Date of birth / Natus", day(holder.birth)),
        ((_SECOND, 29), "Sex", holder.sex),
        ((_COLUMN, 36), "Nationality / Natio", "UTO"),
        ((_SECOND, 36), "Valid until / Valet ad", day(holder.expires)),
        ((_COLUMN, 44.4), "Signature / Signum", ""),
        ((56.4, 45.6), "Number / Numerus", ""),
    ):
        pen.text(at, label, 1.55, LABEL)
        pen.text((at[0], at[1] + 3), said, 2.7, bold=0.8)
    pen.text((56.4, 50), holder.number, 3.9, RED, 0.5, ocr=True)
    pen.done()
    return parts.halved(page)


def _window(page: Rgb, holder: Holder) -> None:
    """A clear window with the holder once more in it, small."""
    x, y, width, height = (
        round(v * SCALE) for v in (CARD_WINDOW.x, CARD_WINDOW.y, CARD_WINDOW.width, CARD_WINDOW.height)
    )
    turn = np.linspace(0, 2 * np.pi, 90)
    middle = np.array([x + width / 2, y + height / 2])
    oval = middle + np.stack([width / 2 * np.cos(turn), height / 2 * np.sin(turn)], 1)
    here = page[y : y + height, x : x + width]
    clear = here.copy()
    parts.filled(clear, (oval - (x, y)).astype(np.float32), (226, 232, 236))
    here[:] = (here * 0.25 + clear * 0.75).astype(np.uint8)
    tone = parts.faded(drawn(holder.face, round(width * 0.8)), SCALE)
    left, top = x + round(width * 0.1), y + round((height - tone.shape[0]) / 2)
    parts.inked(page, 1 - (1 - tone) * 0.55, (left, top), (52, 70, 96))
    parts.curve(page, oval.astype(np.float32), (120, 136, 150), 3)
