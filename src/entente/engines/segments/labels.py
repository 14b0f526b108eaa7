"""Labels of rows: the few different (class, day) that an index holds, and which of them a view holds."""

import numpy as np
from numpy.typing import NDArray

from entente.core.access import View
from entente.engines.segments.numbers import distinct

_EPOCH = np.datetime64("1970-01-01")
Column = NDArray[np.int64]


def labelled(class_id: Column, day: Column) -> tuple[NDArray[np.int64], NDArray[np.integer]]:
    """The labels, (labels, 2) with class and day, and the label of each row: (rows,), as narrow as will do.

    The first label is of nothing: blanked rows get it.
    """
    pair = (class_id << 32) + day + (1 << 31)
    pairs = distinct(pair)
    labels = np.empty((len(pairs) + 1, 2), np.int64)
    labels[0], labels[1:, 0] = (-1, 0), pairs >> 32
    labels[1:, 1] = (pairs & 0xFFFFFFFF) - (1 << 31)
    narrow = np.uint16 if len(pairs) < 1 << 16 else np.uint32
    return labels, (np.searchsorted(pairs, pair) + 1).astype(narrow)


def allowed(labels: NDArray[np.int64], view: View) -> NDArray[np.bool_]:
    """Which labels, (class, day) each, are in the view."""
    today = int((np.datetime64(view.today) - _EPOCH).astype(int))
    spelled = np.frombuffer(view.classes, np.uint8)
    known = (labels[:, 0] >= 0) & (labels[:, 0] < len(spelled)) & (labels[:, 1] > today)
    known[known] = spelled[labels[known, 0]] == 1
    return known
