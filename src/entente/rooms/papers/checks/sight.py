"""Looking at a picture: zones read in it, or held against a specimen, in a process of its own with limits.

Both cost most of a core's second; a house has only so many at a time, and the others wait for their turn.
"""

import json
import subprocess
import sys
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

from entente.core.problems import Fault, Faulty
from entente.rooms.papers import model as papers
from entente.rooms.papers.checks import model as m
from entente.web.language import N_
from entente.web.pictures import turn

WAIT_S = 30.0
MOST_TOLERANCE = 1.4
"""mm; an anchor is sought within 1.5 (match.documents.comparing.anchors)."""
_CHILD = Path(__file__).with_name("sight_child.py")


def read(picture: bytes) -> tuple[list[m.Zone], str]:
    """The zones in a remade picture, the surest first, or why there is none. Raises Faulty."""
    told = _asked("read", {"picture": b64encode(picture).decode()})
    return [m.Zone.model_validate(zone) for zone in told["zones"]], told["why"]


def compare(
    picture: bytes, specimen: bytes, version: str, page: int, px_per_mm: float, content: papers.Content
) -> tuple[m.Comparison, dict[str, bytes]]:
    """A picture against page number `page` of a version; and the pictures made, by their field (JPEG).

    Never raises for what the picture shows: a page that is not found is not aligned.
    """
    try:
        told = _asked(
            "compare",
            {
                "picture": b64encode(picture).decode(),
                "specimen": b64encode(specimen).decode(),
                "px_per_mm": px_per_mm,
                "anchors": [
                    {
                        "box": _corners(a.box),
                        "kind": a.kind,
                        "tolerance": min(a.tolerance, MOST_TOLERANCE),
                        "name": a.name,
                    }
                    for a in content.anchors
                    if a.page == page
                ],
                "fields": [_corners(f.box) for f in content.fields if f.page == page],
            },
        )
    except Faulty:
        return m.Comparison(version=version, page=page, aligned=False), {}
    made = {name: b64decode(told.pop(name)) for name in ("drawn", "map") if told.get(name)}
    return m.Comparison.model_validate({"version": version, "page": page, **told}), made


def _corners(box: papers.Box) -> tuple[float, float, float, float]:
    return box.x, box.y, box.width, box.height


def _asked(what: str, asked: dict[str, Any]) -> dict[str, Any]:
    try:
        with turn():
            made = subprocess.run(  # noqa: S603
                [sys.executable, "-I", str(_CHILD), what],
                input=json.dumps(asked).encode(),  # our own script; what is asked goes to its input alone
                capture_output=True,
                timeout=WAIT_S,
                check=False,
                env={},
            )
    except subprocess.TimeoutExpired:
        made = None
    if made is None or made.returncode != 0:
        what_is = N_("The picture cannot be read")
        raise Faulty(faults=(Fault("picture", what_is, N_("Photograph it again, or type the lines.")),))
    told: dict[str, Any] = json.loads(made.stdout)
    return told
