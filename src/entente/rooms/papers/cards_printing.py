"""The quick check card on paper: exactly one page of A4, made by typst.

The template (templates/papers/card.typ) reads text as data and never as markup; it takes the largest letters
with which all of it fits. The same card printed at the same moment is the same bytes.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

from entente.desk import Desk
from entente.rooms.papers import cards, labels
from entente.rooms.papers.model import FeatureForm
from entente.rooms.papers.smaller import smaller
from entente.rooms.papers.vocabulary import terms
from entente.web import formats, words
from entente.web.language import _, current, direction

_TEMPLATE = Path(__file__).parent / "templates" / "papers" / "card.typ"
PAGE_PX, CLOSE_PX = 1_000, 420
"""Pixels of a page and of a close-up: 200 dots an inch where they stand."""
LONGEST_TEXT = 400
Said = dict[str, Any]


def document(desk: Desk, card: cards.Card, bureau: str) -> Said:
    """What is printed, in the reader's language."""

    def pixels(digest: str, longest: int) -> list[int]:
        try:
            return list(smaller(desk.house.blobs.open(digest), longest)) if digest else []
        except KeyError:
            return []

    sheets = {sheet.n: pixels(sheet.blob, PAGE_PX) for sheet in card.every_sheet}
    return {
        "lang": current(),
        "dir": direction(current()),
        "heading": _("Quick check card"),
        "title": card.version.title,
        "code": card.version.code,
        "banner": _banner(card),
        "facts": facts(card),
        "alerts": [[words.label(labels.SORTS, a.sort), _cut(a.title), _cut(a.sign)] for a in card.alerts],
        "marks": [
            {
                "n": str(mark.n),
                "term": words.label(terms(), mark.feature.term),
                "how": how(mark.feature),
                "verify": _cut(mark.feature.verify or mark.feature.about),
                "sheet": str(mark.sheet.n) if mark.sheet and mark.cut and sheets[mark.sheet.n] else "",
                "cut": _box(mark.cut) if mark.cut else None,
                "box": _box(mark.feature.box) if mark.feature.box else None,
                "genuine": pixels(mark.feature.closeup, CLOSE_PX),
                "fake": pixels(mark.feature.fake, CLOSE_PX),
            }
            for mark in card.marks
        ],
        "sheets": {
            str(sheet.n): {"width": sheet.width, "height": sheet.height, "pixels": sheets[sheet.n]}
            for sheet in card.every_sheet
        },
        "whole": [
            {
                "sheet": str(sheet.n),
                "says": _says(sheet),
                "boxes": [{"n": str(mark.n), **_box(mark.feature.box)} for mark in card.on(sheet)],
            }
            for sheet in card.sheets[:2]
            if sheets[sheet.n]
        ],
        "said": {
            "alerts": _("Alerts of false ones"),
            "genuine": _("Genuine"),
            "fake": _("Typical imitation"),
            "place": _("Its place"),
            "none": _("None described yet."),
        },
        "foot": _foot(bureau, formats.moment(desk.now)),
        "advice": _("A card is a help to look, not a verdict: doubt means the second line."),
        "at": int(desk.now.timestamp()),
    }


def facts(card: cards.Card) -> list[list[str]]:
    """What lies in the hand: (label, value)."""
    version = card.version
    size = f"{version.width:g} × {version.height:g} mm" if version.width and version.height else ""
    issued = " – ".join((formats.day(version.first_issued), formats.day(version.last_issued)))
    validity = [" · ".join(filter(None, (_("%(n)s years", n=v.years), v.note))) for v in card.validity[:4]]
    said = [
        (_("Forms of its number"), "\n".join(p.pattern for p in card.patterns)),
        (_("Size"), size),
        (_("Colour"), ", ".join(words.label(labels.COLOURS, c) for c in version.colours)),
        (_("Machine readable zone"), version.mrz),
        (_("Issued"), issued if issued.strip(" –") else ""),
        (_("Validity"), "\n".join(_cut(one, 100) for one in validity)),
    ]
    return [[label, value] for label, value in said if value]


def how(feature: FeatureForm) -> str:
    """The way, the light and the tool, in words."""
    said = [words.label(labels.WAYS, feature.way), words.label(labels.LIGHTS, feature.light)]
    said += [words.label(labels.TOOLS, feature.tool)] if feature.tool != "none" else []
    said += [_(cards.LINES[feature.level])] if feature.level > 1 else []
    return " · ".join(said)


def pdf(document: Said) -> bytes:
    """The PDF, tagged for screen readers."""
    made: bytes = compiled(document, "pdf")
    return made


def compiled(document: Said, form: Any) -> Any:
    """What typst makes of it: `pdf`; or `png`, of which there is a list where it is more than one page."""
    return typeset(_TEMPLATE, document, form)


def typeset(template: Path, document: Said, form: Any = "pdf") -> Any:
    """What typst makes of a document with `at`; the template reads the rest as data and never as markup."""
    return typst.compile(
        str(template),
        root=str(template.parent),
        font_paths=_fonts(),
        format=form,
        sys_inputs={"data": json.dumps(document, ensure_ascii=False)},
        timestamp=document["at"],
    )


def _box(box: Any) -> Said:
    return {"x": box.x, "y": box.y, "width": box.width, "height": box.height}


def _foot(bureau: str, when: str) -> str:
    """For whom and when; where the words run from the right, each of these stands for itself."""
    if direction(current()) == "rtl":
        bureau, when = f"\u2068{bureau}\u2069", f"\u2068{when}\u2069"
    return _("For %(bureau)s, %(when)s", bureau=bureau, when=when)


def _says(sheet: cards.Sheet) -> str:
    return f"{words.label(labels.PAGES, sheet.kind)} · {words.label(labels.LIGHTS, sheet.light)}"


def _banner(card: cards.Card) -> str:
    """What must not be overlooked: it is no published version, no longer valid, or restricted."""
    said = [] if card.version.state == "published" else [words.label(labels.STATES, card.version.state)]
    said += [] if card.version.valid else [_("No longer valid")]
    said += [] if card.level == "official" else [words.label(words.LEVELS, card.level)]
    return " · ".join(said)


def _cut(text: str, longest: int = LONGEST_TEXT) -> str:
    """A text that leaves room for the others on the page."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


@cache
def _fonts() -> typst.Fonts:
    """Those that come with typst, and those of the system for the scripts that these lack."""
    return typst.Fonts()
