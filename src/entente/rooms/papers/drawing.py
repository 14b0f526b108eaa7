"""A version as its page shows it: marks in the order in which one checks them, boxes over pictures."""

from collections.abc import Sequence
from dataclasses import dataclass

from entente.rooms.papers import model as m


@dataclass(frozen=True, slots=True)
class Mark:
    """A feature with its number on the page, from 1, best first."""

    n: int
    feature: m.FeatureForm


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its size in mm, its pictures, and the marks on it."""

    n: int
    page: m.PageForm
    width: float
    height: float
    marks: Sequence[Mark]


def ranked(features: Sequence[m.FeatureForm]) -> list[Mark]:
    """Those to check first: often forged and easily checked (risk x ease), then the lower level."""
    order = sorted(features, key=lambda f: (-f.risk * f.ease, f.level, f.page, f.term))
    return [Mark(n, feature) for n, feature in enumerate(order, 1)]


def sheets(version: m.Head, content: m.Content, marks: Sequence[Mark]) -> list[Sheet]:
    """Every page with its marks; a page without a size of its own has the document's."""
    return [
        Sheet(
            n,
            page,
            page.width or version.width or 125,
            page.height or version.height or 88,
            [mark for mark in marks if mark.feature.page == n],
        )
        for n, page in enumerate(content.pages)
    ]
