"""A reference page made ready once: its picture at 10 px/mm, its key points and what they look like.

Kept as bytes, so that a check at a border computes only what is new. Scale-invariant features (SIFT, Lowe
2004; free of patents since 2020) are taken of a passport's page at 5 px/mm: at 10 the corners of a page come
out within 0.02 mm of the same place for four times the time.
"""

import io
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from entente.match.documents.comparing.page import PX_PER_MM, Grey, to_scale

FORM = 1
"""Of the bytes; other forms are refused."""
FEATURES = 1500
LOOK_PX = 0.28e6
"""Size at which they are looked for: a passport's page at 5 px/mm, an identity card at 8."""

Points = npt.NDArray[np.float32]
Descriptors = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Reference:
    """A page to compare with: an earlier capture of the same document, or the specimen of its version.

    `page` [h, w] at 10 px/mm; `points` [n, 2] in its px (x, y); `descriptors` [n, 128].
    """

    page: Grey
    points: Points
    descriptors: Descriptors

    @classmethod
    def of(cls, image: Grey, px_per_mm: float) -> "Reference":
        """Make a flat, upright picture of one page ready. Raises ValueError where it cannot be one."""
        page = to_scale(image, px_per_mm)
        points, descriptors = features(page, min(1.0, float(np.sqrt(LOOK_PX / page.size))))
        return cls(page, points, descriptors)

    @property
    def width_mm(self) -> float:
        """Of the page."""
        return float(self.page.shape[1] / PX_PER_MM)

    @property
    def height_mm(self) -> float:
        """Of the page."""
        return float(self.page.shape[0] / PX_PER_MM)

    def to_bytes(self) -> bytes:
        """All of it, for keeping beside the version."""
        out = io.BytesIO()
        drawn = cv2.imencode(".png", self.page)[1]
        np.savez(out, form=np.int32(FORM), page=drawn, points=self.points, descriptors=self.descriptors)
        return out.getvalue()

    @classmethod
    def from_bytes(cls, kept: bytes) -> "Reference":
        """What `to_bytes` gave. For bytes that we wrote, not for those of a stranger.

        Raises ValueError where they are of another form or do not fit together.
        """
        try:
            with np.load(io.BytesIO(kept), allow_pickle=False) as parts:
                form, drawn, points, descriptors = (
                    parts[name] for name in ("form", "page", "points", "descriptors")
                )
            page = cv2.imdecode(drawn, cv2.IMREAD_GRAYSCALE)
        except Exception as fault:  # zip, numpy and OpenCV each have faults of their own
            raise ValueError("not a kept reference") from fault
        fits = points.shape == (len(descriptors), 2) and descriptors.shape == (len(points), 128)
        if int(form) != FORM or page is None or not fits or descriptors.dtype != np.uint8:
            raise ValueError("not a kept reference of this form")
        return cls(np.asarray(page, np.uint8), points.astype(np.float32), descriptors)


def features(picture: Grey, shrink: float, most: int = FEATURES) -> tuple[Points, Descriptors]:
    """Key points of a grey picture, looked for at a smaller scale and told in px of the picture itself."""
    small = picture
    if shrink < 1:
        small = np.asarray(
            cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA), np.uint8
        )
    across, down = small.shape[1] / picture.shape[1], small.shape[0] / picture.shape[0]
    found, descriptors = cv2.SIFT.create(most).detectAndCompute(small, np.empty(0, np.uint8))
    if descriptors is None or not len(found):
        return np.empty((0, 2), np.float32), np.empty((0, 128), np.uint8)
    points = (np.array([k.pt for k in found]) + 0.5) / (across, down) - 0.5
    return points.astype(np.float32), np.asarray(descriptors, np.float32).astype(np.uint8)
