"""The scan of faces compiled by numba; `comparing.scan_slow` is its definition."""

import numba
import numpy as np
from numpy.typing import NDArray


@numba.njit(cache=True, nogil=True)  # type: ignore[misc, unused-ignore]
def best_of_rows(
    asked: NDArray[np.int8], items: NDArray[np.int8], start: NDArray[np.int64], rows: NDArray[np.int64]
) -> NDArray[np.int32]:
    """Best sum of products of the items of each named row with any of `asked`; 0 for none."""
    best = np.zeros(len(rows), np.int32)
    width = asked.shape[1]
    for n in range(len(rows)):
        row = rows[n]
        for item in range(start[row], start[row + 1]):
            for question in range(len(asked)):
                total = np.int32(0)
                for at in range(width):
                    total += np.int32(np.int16(asked[question, at]) * np.int16(items[item, at]))
                best[n] = max(best[n], total)
    return best
