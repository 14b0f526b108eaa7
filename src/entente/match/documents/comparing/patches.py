"""A patch sought in its surroundings: normalised cross-correlation, and its peak to a tenth of a px."""

import cv2
import numpy as np

from entente.match.documents.comparing.page import Floats, Grey

LEAST_SPREAD = 1.0
"""A place in the surroundings with less contrast (standard deviation in grey levels) resembles nothing;
rounding alone would say so of any."""


def resemblance(patch: Grey | Floats, around: Grey | Floats) -> Floats:
    """NCC, -1 to 1, of a patch [h, w] with each place in its surroundings [H, W]: [H - h + 1, W - w + 1]."""
    found = cv2.matchTemplate(around, patch, cv2.TM_CCOEFF_NORMED)
    return np.clip(np.nan_to_num(np.asarray(found, np.float32)), -1.0, 1.0)


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
