"""Sketched faces for the drawn papers: shaded, hatched as an engraver would, plainly nobody's.

A face is drawn on a height of 1.32 widths. Tones run from 1, paper, to 0, ink.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from entente.demo.specimen_parts import Floats, curve, filled, rounded

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Face:
    """What is drawn. `wide`: of the head, 1 usual; tones 1 light to 0 dark."""

    hair: Literal["long", "bob", "short"] = "long"
    hair_tone: float = 0.26
    skin: float = 0.86
    wide: float = 1.0
    jaw: float = 1.0
    brow: float = 1.0
    coat: float = 0.3
    glasses: bool = False


class _Sheet:
    """A canvas on which shapes are laid in shares of its width."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.tone = np.full((round(width * 1.32), width), 0.9, np.float32)

    def px(self, points: Points | Floats) -> Floats:
        return np.asarray(points, np.float32) * np.float32(self.width)

    def shape(self, points: Points, tone: float, soft: float = 0.0, share: float = 1.0) -> None:
        """A smooth shape; `soft`: of its edge, in shares of the width; `share`: how much covers."""
        outline = self.px(rounded(points))
        blur = soft * self.width
        room = np.ceil(3 * blur) + 3
        left, top = np.maximum(outline.min(0) - room, 0).astype(int)
        right, bottom = np.maximum(outline.max(0) + room, 0).astype(int)
        here = self.tone[top:bottom, left:right]
        if not here.size:
            return
        mask = np.zeros(here.shape, np.float32)
        filled(mask, outline - np.array([left, top], np.float32), share)
        if soft:
            mask = np.asarray(cv2.GaussianBlur(mask, (0, 0), blur), np.float32)
        here += (tone - here) * mask

    def line(self, points: Points, tone: float, width: float) -> None:
        """A smooth stroke."""
        thick = max(1, round(width * self.width))
        curve(self.tone, self.px(rounded(points, closed=False)), tone, thick)

    def both(self, points: Points, tone: float, soft: float = 0.0, share: float = 1.0) -> None:
        """A shape on the right and its mirror image."""
        self.shape(points, tone, soft, share)
        self.shape([(1 - x, y) for x, y in points], tone, soft, share)

    def both_lines(self, points: Points, tone: float, width: float) -> None:
        """A stroke on the right and its mirror image."""
        self.line(points, tone, width)
        self.line([(1 - x, y) for x, y in points], tone, width)


def drawn(face: Face, width: int) -> Floats:
    """The face [1.32 width, width]."""
    sheet = _Sheet(width)
    _behind(sheet, face)
    _shoulders(sheet, face)
    _head(sheet, face)
    _features(sheet, face)
    _hair(sheet, face)
    return hatched(np.asarray(cv2.GaussianBlur(sheet.tone, (0, 0), width / 420), np.float32))


def hatched(tone: Floats) -> Floats:
    """Fine bent lines, the thicker the darker the tone."""
    height, width = tone.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    pitch = 7.0
    lines = 0.5 + 0.5 * np.cos(2 * np.pi * (y + 16 * np.sin(x / width * np.pi)) / pitch)
    return np.asarray(np.clip(tone - 0.22 * (lines - 0.5) * (1.05 - tone), 0, 1), np.float32)


def _mirrored(half: Points) -> Points:
    """A whole outline from its right half, given from above to below."""
    return [*half, *((1 - x, y) for x, y in reversed(half))]


def _outline(face: Face) -> Points:
    w, j = face.wide, face.jaw
    half = [(0.0, 0.26), (0.12, 0.29), (0.19, 0.38), (0.207, 0.5), (0.198, 0.64)]
    low = [(0.172, 0.75), (0.118, 0.845), (0.052, 0.896)]
    right = [(0.5 + x * w, y) for x, y in half] + [(0.5 + x * w * j, y) for x, y in low]
    return _mirrored(right)


def _behind(sheet: _Sheet, face: Face) -> None:
    if face.hair == "short":
        return
    end = 1.12 if face.hair == "long" else 0.86
    half = [(0.5, 0.14), (0.66, 0.18), (0.765, 0.34), (0.785, 0.56), (0.80, 0.78), (0.76, end), (0.62, end)]
    sheet.shape(_mirrored(half), face.hair_tone * 0.85, 0.008)


def _shoulders(sheet: _Sheet, face: Face) -> None:
    neck = [(0.595, 0.78), (0.602, 0.93), (0.64, 1.03), (0.7, 1.1), (0.5, 1.2)]
    sheet.shape(_mirrored(neck), face.skin * 0.9, 0.005)
    sheet.shape([(0.4, 0.87), (0.5, 0.93), (0.6, 0.87), (0.6, 0.93), (0.5, 1.0), (0.4, 0.93)], 0.5, 0.02, 0.5)
    coat = [(0.63, 1.02), (0.75, 1.07), (0.9, 1.13), (0.99, 1.24), (1.05, 1.45), (0.54, 1.45), (0.52, 1.3)]
    sheet.both(coat, face.coat, 0.004)
    sheet.both([(0.62, 1.0), (0.66, 1.05), (0.6, 1.2), (0.53, 1.32), (0.55, 1.18)], face.coat + 0.3, 0.003)
    sheet.both_lines([(0.65, 1.05), (0.62, 1.16), (0.55, 1.33)], face.coat * 0.4, 0.005)


def _head(sheet: _Sheet, face: Face) -> None:
    edge = 0.5 + 0.205 * face.wide
    if face.hair == "short":
        ear = [(edge - 0.01, 0.53), (edge + 0.03, 0.52), (edge + 0.035, 0.6), (edge + 0.005, 0.67)]
        sheet.both(ear, face.skin * 0.88, 0.003)
        sheet.both_lines([(edge + 0.022, 0.55), (edge + 0.012, 0.6), (edge + 0.01, 0.63)], 0.45, 0.005)
    outline = _outline(face)
    sheet.shape(outline, face.skin, 0.003)
    mask = np.zeros(sheet.tone.shape, np.float32)
    filled(mask, sheet.px(rounded(outline)), 1.0)
    y, x = np.mgrid[0 : mask.shape[0], 0 : mask.shape[1]].astype(np.float32) / sheet.width
    round_ = np.clip((np.hypot((x - 0.53) / 0.22, (y - 0.55) / 0.36) - 0.55) / 0.55, 0, 1)
    left = np.clip((0.47 - x) / 0.2, 0, 1)
    sheet.tone *= 1 - mask * (0.26 * round_ + 0.2 * left)
    sheet.both([(0.58, 0.66), (0.64, 0.63), (0.66, 0.69), (0.6, 0.72)], face.skin * 1.08, 0.03, 0.6)
    sheet.shape([(0.44, 0.32), (0.56, 0.32), (0.58, 0.42), (0.43, 0.42)], face.skin * 1.08, 0.04, 0.6)
    sheet.both([(0.62, 0.74), (0.66, 0.68), (0.64, 0.8), (0.58, 0.86)], face.skin * 0.74, 0.02, 0.55)


def _features(sheet: _Sheet, face: Face) -> None:
    w, dark = face.wide, 0.1
    eye = 0.5 + 0.098 * w
    sheet.both([(eye - 0.06, 0.53), (eye, 0.49), (eye + 0.065, 0.53), (eye, 0.585)], 0.56, 0.018, 0.55)
    almond = [(eye - 0.045, 0.545), (eye - 0.01, 0.526), (eye + 0.05, 0.54), (eye + 0.004, 0.562)]
    sheet.both(almond, 0.97, 0.002)
    for side in (-1, 1):
        middle = 0.5 + side * 0.1 * w + 0.002
        turn = np.linspace(0, 2 * np.pi, 12, endpoint=False)
        iris = [(middle + 0.0195 * np.cos(t), 0.543 + 0.0195 * np.sin(t)) for t in turn]
        sheet.shape(iris, 0.3)
        sheet.shape([(middle + 0.009 * np.cos(t), 0.543 + 0.009 * np.sin(t)) for t in turn], 0.04)
        sheet.shape([(middle + 0.008 + 0.004 * np.cos(t), 0.536 + 0.004 * np.sin(t)) for t in turn], 1.0)
    lid = [(eye - 0.048, 0.547), (eye - 0.012, 0.524), (eye + 0.03, 0.527), (eye + 0.057, 0.543)]
    sheet.both_lines(lid, dark, 0.011)
    sheet.both_lines([(x, y - 0.017) for x, y in lid], 0.5, 0.004)
    sheet.both_lines([(eye - 0.03, 0.562), (eye + 0.005, 0.567), (eye + 0.042, 0.556)], 0.5, 0.004)
    brow = [(eye - 0.062, 0.478), (eye - 0.01, 0.456), (eye + 0.035, 0.457), (eye + 0.078, 0.482)]
    inner = [(x, y + 0.018 * face.brow) for x, y in reversed(brow[:3])]
    sheet.both([*brow, *inner], face.hair_tone * 0.8, 0.004, 0.9)
    sheet.shape([(0.468, 0.53), (0.485, 0.62), (0.462, 0.675), (0.45, 0.66), (0.47, 0.6)], 0.52, 0.012, 0.65)
    sheet.shape([(0.5, 0.56), (0.512, 0.63), (0.505, 0.66), (0.495, 0.63)], 0.99, 0.008, 0.6)
    sheet.both_lines([(0.548, 0.655), (0.553, 0.675), (0.535, 0.686)], 0.4, 0.006)
    sheet.both([(0.513, 0.686), (0.528, 0.68), (0.535, 0.688), (0.52, 0.693)], 0.2, 0.003, 0.9)
    sheet.shape([(0.47, 0.693), (0.5, 0.7), (0.53, 0.693), (0.515, 0.72), (0.485, 0.72)], 0.6, 0.012, 0.5)
    upper = [(0.418, 0.769), (0.47, 0.745), (0.5, 0.752), (0.53, 0.745), (0.582, 0.769), (0.5, 0.773)]
    lower = [(0.425, 0.77), (0.5, 0.774), (0.575, 0.77), (0.54, 0.8), (0.5, 0.808), (0.46, 0.8)]
    sheet.shape(lower, 0.6, 0.004, 0.85)
    sheet.shape(upper, 0.46, 0.003, 0.9)
    sheet.line([(0.414, 0.769), (0.46, 0.767), (0.5, 0.772), (0.54, 0.767), (0.586, 0.769)], 0.16, 0.006)
    sheet.shape([(0.46, 0.825), (0.5, 0.818), (0.54, 0.825), (0.5, 0.838)], 0.55, 0.012, 0.5)
    if face.glasses:
        glass = [(eye - 0.075, 0.5), (eye + 0.085, 0.495), (eye + 0.08, 0.59), (eye - 0.062, 0.6)]
        sheet.both_lines([*glass, *glass[:2]], 0.14, 0.01)
        sheet.line([(1 - eye + 0.075, 0.515), (0.5, 0.505), (eye - 0.075, 0.515)], 0.14, 0.01)


def _hair(sheet: _Sheet, face: Face) -> None:
    w, tone = face.wide, face.hair_tone
    e = 0.5 + 0.215 * w
    if face.hair == "short":
        cap = [(0.5, 0.17), (0.64, 0.2), (e, 0.32), (e + 0.012, 0.52), (e - 0.022, 0.52), (e - 0.035, 0.4)]
        front = [(0.6, 0.33), (0.5, 0.31), (0.42, 0.33), (1 - e + 0.035, 0.4)]
        left = [(1 - e + 0.022, 0.52), (1 - e - 0.012, 0.52), (1 - e, 0.32), (0.36, 0.2)]
        sheet.shape([*cap, *front, *left], tone, 0.004)
    else:
        end = 1.0 if face.hair == "long" else 0.8
        right = [(0.43, 0.15), (0.6, 0.16), (0.73, 0.3), (0.765, 0.55), (0.775, end), (0.7, end + 0.02)]
        right += [(0.695, 0.62), (0.675, 0.47), (0.6, 0.36), (0.5, 0.3), (0.43, 0.24)]
        left = [(0.46, 0.15), (0.36, 0.18), (0.265, 0.32), (0.235, 0.55), (0.222, end), (0.3, end + 0.02)]
        left += [(0.303, 0.62), (0.32, 0.47), (0.37, 0.34), (0.43, 0.26)]
        sheet.shape(right, tone, 0.005)
        sheet.shape(left, tone * 0.85, 0.005)
    strands = np.random.default_rng(7)
    for n in range(26):
        side = 1 if n % 2 else -1
        reach = strands.uniform(0.05, 0.95)
        if face.hair == "short":
            x = 0.5 + side * 0.2 * w * reach
            points = [(0.47 + 0.1 * side * reach, 0.19), (x, 0.24), (x + side * 0.02, 0.3 + 0.04 * reach)]
        else:
            x, end = 0.5 + side * (0.205 + 0.06 * reach), 0.98 if face.hair == "long" else 0.8
            points = [(0.44, 0.165), (0.5 + side * 0.12, 0.2 + 0.06 * (1 - reach)), (x, 0.45)]
            points += [(x + side * 0.006, 0.7), (x - side * 0.006, end)]
        sheet.line(points, tone + strands.uniform(-0.14, 0.24), 0.004)
