"""A candidate as pages draw it, wherever it was found: its score, its reasons, what would change it."""

from collections.abc import Mapping, Sequence
from math import floor
from typing import Any

from entente.core.kinds import Model
from entente.rooms.search import model
from entente.web import formats, words
from entente.web.papers import PAPERS, page_of

TYPES = {"born": "date", "nationality": "country", "sex": "gender"}
"""What is understood, and what a rule compares, as a property type."""


def card(kinds: Model, c: model.Candidate, search: str, labels: Mapping[str, str]) -> dict[str, Any]:
    """A candidate for the macro `candidate`. `labels`: what each bureau is called, by its code."""
    kind, parts = kinds[c.kind], tenths([r.part for r in c.reasons])
    return {
        "id": c.id,
        "kind_label": kind.label,
        "caption": c.caption,
        "owner": c.owner,
        "owner_label": labels.get(c.owner, ""),
        "featured": [
            (kind.properties[p].label, ", ".join(formats.value(v, kind.properties[p].type) for v in values))
            for p, values in c.featured.items()
            if p not in kind.entities
        ],
        "grade": c.grade,
        "expires": c.expires,
        "points": points(c.score),
        "same_name": None if c.same_name is None else points(c.same_name),
        "reasons": [_reason(r, part) for r, part in zip(c.reasons, parts, strict=True)],
        "sum": sum(parts),
        "changes": [_change(change) for change in c.changes],
        "url": page_of(c.kind, c.id) + ("" if c.kind in PAPERS else f"?search={search}"),
    }


def tenths(parts: Sequence[float]) -> list[float]:
    """Parts in whole tenths, so rounded that what an officer reads adds up to the sum he reads."""
    exact = [part * 10 for part in parts]
    whole = [floor(part) for part in exact]
    missing = round(sum(exact)) - sum(whole)
    by_rest = sorted(range(len(exact)), key=lambda i: whole[i] - exact[i])
    return [(part + (i in by_rest[:missing])) / 10 for i, part in enumerate(whole)]


def points(probability: float) -> int:
    """Of a hundred, in whole points; a hundred is nobody's: that a person decides."""
    return min(99, round(probability * 100))


def _said(rule: str, value: str) -> str:
    type = TYPES.get("born" if rule.startswith("born-") else rule.partition("-")[2], "")
    return formats.value(value, type)


def _reason(why: model.Why, part: float) -> dict[str, Any]:
    return {
        "label": words.rule(why.rule),
        "asked": _said(why.rule, why.asked),
        "found": _said(why.rule, why.found),
        "part": part,
        "begins": why.rule == "prior",
    }


def _change(change: model.WhatIf) -> dict[str, Any]:
    return {
        "label": words.condition(
            change.rule, ", ".join(_said(change.rule, f) for f in change.found.split(", "))
        ),
        "points": points(change.score),
    }
