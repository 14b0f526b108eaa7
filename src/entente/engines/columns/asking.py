"""Columns of the segments of one moment, as far as a view holds their lines."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entente.core.access import View
from entente.engines.columns.layouts import NUMBER, Layout
from entente.engines.columns.segment import Segment
from entente.engines.segments.errors import Corrupt
from entente.engines.segments.labels import allowed
from entente.engines.segments.numbers import listed
from entente.engines.segments.reader import Snapshot

Kept = NDArray[np.bool_] | None
"""Which lines are in; None where all are."""


def read(
    snapshot: Snapshot[Segment],
    space: str,
    layout: Layout,
    types: Mapping[str, np.dtype[Any]],
    view: View,
) -> dict[str, NDArray[Any]]:
    """As the seam says it. Always copies: what is mapped may be blanked under whoever holds it."""
    inside: list[tuple[Segment, Kept]] = []
    for entry in snapshot.manifest.entries:
        if entry.space == space:
            segment = snapshot.segments[entry.name]
            if segment.layout != layout:
                raise Corrupt(f"lines of {space} have another layout")
            inside.append((segment, _kept(segment, snapshot.dead(entry), view)))
    ns = _joined([(segment.n, kept) for segment, kept in inside], np.dtype(np.int64))
    order = None if (ns[1:] >= ns[:-1]).all() else np.argsort(ns, kind="stable")
    found: dict[str, NDArray[Any]] = {}
    for name, type in types.items():
        column = (
            ns if name == NUMBER else _joined([(part.columns[name], kept) for part, kept in inside], type)
        )
        found[name] = column if order is None else column[order]
    return found


def _kept(segment: Segment, dead: NDArray[np.int64] | None, view: View) -> Kept:
    kept = allowed(segment.labels, view)[segment.label]
    if dead is not None:
        kept &= ~listed(segment.n, dead)
    return None if kept.all() else kept


def _joined(parts: list[tuple[NDArray[Any], Kept]], type: np.dtype[Any]) -> NDArray[Any]:
    told = [column if kept is None else column[kept] for column, kept in parts]
    return np.concatenate([np.zeros(0, type), *told], dtype=type)
