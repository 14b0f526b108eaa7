"""The quick check card of a version: what an officer who has seconds looks at, and in which order.

Pure choice: nothing is read here (cards_reading.py), drawn (templates) or printed (cards_printing.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from entente.rooms.papers import drawing
from entente.rooms.papers import model as m
from entente.web.language import N_

MOST_MARKS, MOST_ALERTS, MOST_PATTERNS, MOST_SHEETS = 8, 3, 6, 3
EXPERT = 3
"""A mark of this level needs a laboratory: it stands on no card unless there is nothing else."""
AROUND_MM = 4.0
"""What is shown around a mark, so that one sees where on the page it is."""
LEAST_MM = (32.0, 20.0)
"""A cut-out is no smaller than this: a mark of two millimetres alone shows nothing."""
LINES: Mapping[int, str] = {1: N_("Front line"), 2: N_("Back office"), 3: N_("Expert")}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page under one light, with its picture. Lengths in mm."""

    n: int
    kind: m.PageKind
    light: m.Light
    blob: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a page, in mm, with its mark in the middle as far as the page allows."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class CardMark:
    """A mark with its number on the card. `sheet`, `cut`: where one sees its place, if anywhere."""

    n: int
    feature: m.FeatureForm
    sheet: Sheet | None
    cut: Cut | None


@dataclass(frozen=True, slots=True)
class CardAlert:
    """A published alert of it: its main sign, and a picture of that."""

    id: str
    title: str
    sort: str
    sign: str
    fake: str


@dataclass(frozen=True, slots=True)
class Card:
    """All that stands on a card. `more`: how many alerts there are beside those."""

    version: m.VersionRow
    level: str
    marks: Sequence[CardMark]
    sheets: Sequence[Sheet]
    patterns: Sequence[m.PatternForm]
    validity: Sequence[m.ValidityForm]
    alerts: Sequence[CardAlert]
    more: int

    @property
    def every_sheet(self) -> list[Sheet]:
        """Every sheet that something of the card is drawn on, once."""
        return list(dict.fromkeys([*self.sheets, *(k.sheet for k in self.marks if k.sheet and k.cut)]))

    def on(self, sheet: Sheet) -> list[CardMark]:
        """The marks whose place is seen on a sheet."""
        return [mark for mark in self.marks if mark.sheet == sheet and mark.feature.box]


def card(version: m.VersionRow, level: str, content: m.Content, alerts: Sequence[CardAlert]) -> Card:
    """The card of a version: front line before back office, within that the best marks first."""
    order = sorted(drawing.ranked(content.features), key=lambda mark: mark.feature.level)
    plain = [mark for mark in order if mark.feature.level < EXPERT] or order
    pages = _pages(version, content)
    marks = [_mark(n, mark.feature, pages) for n, mark in enumerate(plain[:MOST_MARKS], 1)]
    seen = [mark.sheet for mark in marks if mark.sheet and mark.cut]
    every = [sheet for page in pages for sheet in page]
    return Card(
        version=version,
        level=level,
        marks=marks,
        sheets=list(dict.fromkeys(seen or every[:1]))[:MOST_SHEETS],
        patterns=content.patterns[:MOST_PATTERNS],
        validity=content.validity,
        alerts=alerts[:MOST_ALERTS],
        more=max(0, len(alerts) - MOST_ALERTS),
    )


def _pages(version: m.Head, content: m.Content) -> list[list[Sheet]]:
    """The sheets of each page that have a picture, normal light first."""
    number = 0
    found: list[list[Sheet]] = []
    for sheet in drawing.sheets(version, content, ()):
        here: list[Sheet] = []
        for picture in sorted(sheet.page.pictures, key=lambda p: p.light != "VIS"):
            if picture.blob:
                number += 1
                size = (sheet.width, sheet.height)
                here.append(Sheet(number, sheet.page.kind, picture.light, picture.blob, *size))
        found.append(here)
    return found


def _mark(n: int, feature: m.FeatureForm, pages: Sequence[Sequence[Sheet]]) -> CardMark:
    """A mark on the picture of its page under its light, or else in normal light."""
    here = pages[feature.page] if feature.page < len(pages) else ()
    sheet = next((s for s in here if s.light == feature.light), here[0] if here else None)
    return CardMark(n, feature, sheet, _cut(feature.box, sheet) if sheet and feature.box else None)


def _cut(box: m.Box, sheet: Sheet) -> Cut | None:
    """The part of a sheet around a box; none for a box that lies off it."""
    if box.x >= sheet.width or box.y >= sheet.height:
        return None
    width = min(sheet.width, max(box.width + 2 * AROUND_MM, LEAST_MM[0]))
    height = min(sheet.height, max(box.height + 2 * AROUND_MM, LEAST_MM[1]))
    x = min(max(0.0, box.x + box.width / 2 - width / 2), sheet.width - width)
    y = min(max(0.0, box.y + box.height / 2 - height / 2), sheet.height - height)
    return Cut(round(x, 2), round(y, 2), round(width, 2), round(height, 2))
