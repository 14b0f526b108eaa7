"""How a camera sees a flat page: its corners in the picture, what is possible, the page drawn anew."""

import cv2
import numpy as np
import numpy.typing as npt

from entente.match.documents.comparing.page import Flags, Grey
from entente.match.documents.comparing.reference import Points, Reference

Matrix = npt.NDArray[np.float64]

LEAST_SCALE, STEEPEST = 1.5, 4.0
"""Under 1.5 px/mm no print is seen; across one page a camera changes scale by less than 4."""


def carried(points: Points, matrix: Matrix) -> Points:
    """Points [n, 2] through a homography."""
    moved = cv2.perspectiveTransform(points.reshape(-1, 1, 2).astype(np.float64), matrix)
    return np.asarray(moved, np.float32).reshape(-1, 2)


def seen_corners(matrix: Matrix, reference: Reference) -> Points | None:
    """The corners of the reference in the picture, or None where the homography has no inverse."""
    height, width = reference.page.shape
    try:
        back = np.linalg.inv(matrix)
    except np.linalg.LinAlgError:
        return None
    ends = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    depth = np.c_[ends, np.ones(4)] @ back[2]
    if not np.isfinite(depth).all() or depth.min() * depth.max() <= 0:
        return None  # part of the page would lie behind the camera
    return carried(ends.astype(np.float32), np.asarray(back, np.float64))


def possible(corners: Points, reference: Reference, shape: tuple[int, ...]) -> bool:
    """Whether a camera can see a page so: convex, not mirrored, no side far more shrunk, half in view."""
    sides = np.roll(corners, -1, axis=0) - corners
    turns = sides[:, 0] * np.roll(sides[:, 1], -1) - sides[:, 1] * np.roll(sides[:, 0], -1)
    if not np.isfinite(corners).all() or (turns <= 0).any():
        return False
    width, height = reference.width_mm, reference.height_mm
    scales = np.linalg.norm(sides, axis=1) / (width, height, width, height)
    if scales.min() < LEAST_SCALE or scales.max() > STEEPEST * scales.min():
        return False
    frame = np.array([[0, 0], [shape[1], 0], [shape[1], shape[0]], [0, shape[0]]], np.float32)
    shared, _ = cv2.intersectConvexConvex(corners.astype(np.float32), frame)
    return bool(shared > 0.5 * cv2.contourArea(corners.astype(np.float32)))


def drawn(picture: Grey, matrix: Matrix, reference: Reference) -> tuple[Grey, Flags]:
    """The picture on the reference's page [h, w] at 10 px/mm, and which px of it the picture shows."""
    height, width = reference.page.shape
    # A picture of more px than the page has is softened first, or fine lines would turn into others.
    corners = seen_corners(matrix, reference)
    detail = 1.0
    if corners is not None:
        detail = float(np.sqrt(cv2.contourArea(corners) / (width * height)))
    if detail > 1.25:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), 0.45 * detail), np.uint8)
    page = cv2.warpPerspective(
        picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    whole = np.ones(picture.shape, np.uint8)
    shown = cv2.warpPerspective(whole, matrix, (width, height), flags=cv2.INTER_NEAREST)
    return np.asarray(page, np.uint8), np.asarray(shown, np.uint8).astype(bool)
