"""Pictures drawn from a seed, and where the shared ones lie."""

from pathlib import Path

import cv2
import numpy as np
import pytest

IMAGES = Path(__file__).parents[4] / "shared" / "data" / "images"
KODAK = sorted((IMAGES / "kodak").glob("*.jpg"))
REFERENCE = IMAGES / "pdq" / "pdq" / "data"
needs_shared = pytest.mark.skipif(not KODAK, reason="shared/data/images is not here")


def grey(path):
    return cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)


def drawn(seed, height=300, width=400):
    """A picture with large and small shapes, edge to edge: no two seeds look alike."""
    random = np.random.default_rng(seed)
    coarse = random.integers(20, 236, (7, 9)).astype(np.float32)
    picture = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    for _ in range(40):
        at = (int(random.integers(0, width)), int(random.integers(0, height)))
        cv2.circle(picture, at, int(random.integers(4, 40)), float(random.integers(0, 256)), -1)
    picture += random.normal(0, 4, picture.shape)
    return np.clip(picture, 0, 255).astype(np.uint8)


def jpeg(picture, quality):
    return cv2.imdecode(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], 0)
