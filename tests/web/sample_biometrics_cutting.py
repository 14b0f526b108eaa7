"""Invented contexts of the page that cuts fingers apart: a black sheet."""

from typing import Any

import numpy as np

from entente.core.problems import Fault
from entente.rooms.biometrics import cutting_pages, labels
from entente.rooms.biometrics.decoding import Picture

BOXES = {
    0: {"x": "20", "y": "30", "width": "280", "height": "400", "position": "10"},
    1: {"x": "", "y": "", "width": "", "height": "", "position": "9"},
}
SHOWN: dict[str, Any] = {
    "given": cutting_pages.Sent(b"not read", "slap.png", "left", 500, 0, BOXES),
    "shown": cutting_pages.Shown(
        Picture(np.zeros((480, 640), np.uint8), None, "PNG"),
        500,
        "left",
        0,
        ("Finger not known", "Left thumb"),
    ),
    "address": "data:image/jpeg;base64,bm90IHJlYWQ=",
    "original": "bm90IHJlYWQ=",
    "boxes": BOXES,
    "faults": [],
    "places": {},
    "labels": labels,
    "may_search": True,
    "may_write": True,
}
PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "biometrics-cut": ("biometrics/cut.html", SHOWN),
    "biometrics-cut-faulty": (
        "biometrics/cut.html",
        SHOWN
        | {
            "faults": [Fault("cuts/0/width", "The box goes beyond the picture", "Draw it again.")],
            "places": {"cuts/0/width": ("f-width-0", "Finger 1")},
            "may_write": False,
        },
    ),
    "biometrics-cut-blank": (
        "biometrics/cut.html",
        SHOWN | {"shown": None, "faults": [Fault("picture", "There is no picture", "Choose one.")]},
    ),
}
