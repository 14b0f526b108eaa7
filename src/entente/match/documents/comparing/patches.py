"""A patch sought in its surroundings: normalised cross-correlation, and its peak to a tenth of a px."""

import cv2
import numpy as np

from entente.match.documents.comparing.page import Floats, Grey

LEAST_SPREAD = 1.0
"""What has less contrast than this (standard deviation in grey levels) resembles nothing; rounding alone
would say that it does."""


def resemblance(patch: Grey | Floats, around: Grey | Floats) -> Floats:
    """NCC, -1 to 1, of a patch [h, w] with each place in its surroundings [H, W]: [H - h + 1, W - w + 1]."""
    if patch.std() < LEAST_SPREAD:
        return np.zeros(tuple(a - p + 1 for a, p in zip(around.shape, patch.shape, strict=True)), np.float32)
    found = np.asarray(cv2.matchTemplate(around, patch, cv2.TM_CCOEFF_NORMED), np.float32)
    rows, columns = (
        slice((p - 1) // 2, (p - 1) // 2 + n) for p, n in zip(patch.shape, found.shape, strict=True)
    )
    size, middle = patch.shape[::-1], tuple((p - 1) // 2 for p in patch.shape[::-1])
    wide = around.astype(np.float64)
    means = cv2.boxFilter(wide, cv2.CV_64F, size, anchor=middle)
    spread = cv2.boxFilter(wide * wide, cv2.CV_64F, size, anchor=middle) - means * means
    found[np.asarray(spread)[rows, columns] < LEAST_SPREAD**2] = 0.0
    return np.clip(np.nan_to_num(found), -1.0, 1.0)


def sought(patch: Grey | Floats, around: Grey | Floats) -> tuple[tuple[float, float], float]:
    """Where in its surroundings a patch is found: shift (x, y) in px from the middle, and how alike (NCC)."""
    scores = resemblance(patch, around)
    y, x = (int(v) for v in np.unravel_index(int(np.argmax(scores)), scores.shape))
    middle_y, middle_x = (scores.shape[0] - 1) / 2, (scores.shape[1] - 1) / 2
    fine_x, fine_y = x + peak(scores[y, :], x), y + peak(scores[:, x], y)
    return (fine_x - middle_x, fine_y - middle_y), float(scores[y, x])


def peak(line: Floats, at: int) -> float:
    """How far beside the highest value the top of the parabola through its neighbours lies, -0.5 to 0.5."""
    if not 0 < at < len(line) - 1:
        return 0.0
    before, top, after = (float(v) for v in line[at - 1 : at + 2])
    bend = before - 2 * top + after
    return 0.0 if bend >= 0 else float(np.clip(0.5 * (before - after) / bend, -0.5, 0.5))
