"""The other side of sight.py, alone in a process: reads zones in a picture, or compares it with a specimen.

It runs as a script under hard limits and knows only `entente.match.documents`. JSON in, JSON out; pictures
in base64. Pictures come remade (web/pictures.py): no foreign file is decoded here.
"""

import json
import resource
import sys
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[4]))

import cv2
import numpy as np
import numpy.typing as npt

MEMORY_BYTES = 3 << 30
CPU_S = 15
QUALITY = 85
Picture = npt.NDArray[np.uint8]


def limit() -> None:
    """No more memory, time or files than one picture needs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    cv2.setNumThreads(1)


def picture_of(said: str, how: int = cv2.IMREAD_COLOR) -> Picture:
    """A picture from base64. Raises ValueError."""
    made = cv2.imdecode(np.frombuffer(b64decode(said), np.uint8), how)
    if made is None:
        raise ValueError("no picture")
    return np.asarray(made, np.uint8)


def jpeg(picture: Picture) -> str:
    done, made = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return b64encode(made.tobytes()).decode() if done else ""


def read(asked: dict[str, Any]) -> dict[str, Any]:
    """{picture} → {zones, why}: fields as of checks.model.Zone."""
    from entente.match.documents.reading import Nothing  # noqa: PLC0415
    from entente.match.documents.reading import read as read_zones  # noqa: PLC0415

    grey = picture_of(asked["picture"], cv2.IMREAD_GRAYSCALE)
    found = read_zones(grey)
    if isinstance(found, Nothing):
        return {"zones": [], "why": found.why}
    high, wide = grey.shape
    zones = []
    for one in found[:4]:
        left, top, right, bottom = one.box
        zones.append(
            {
                "lines": one.lines,
                "likely": one.likely,
                "cost": round(min(one.cost, 1e6), 3),
                "worth": round(one.worth, 4),
                "form": one.form,
                "turned": one.turned,
                "box": [round(v, 5) for v in (left / wide, top / high, right / wide, bottom / high)],
            }
        )
    return {"zones": zones, "why": ""}


def compare(asked: dict[str, Any]) -> dict[str, Any]:
    """{picture, specimen, px_per_mm, anchors, fields} → as of checks.model.Comparison, and pictures."""
    from entente.match.documents.comparing import Anchor, Box, Reference  # noqa: PLC0415
    from entente.match.documents.comparing import compare as held_against  # noqa: PLC0415
    from entente.match.documents.comparing.view import drawn  # noqa: PLC0415

    colour = picture_of(asked["picture"])
    specimen = picture_of(asked["specimen"], cv2.IMREAD_GRAYSCALE)
    reference = Reference.of(specimen, asked["px_per_mm"])
    anchors = [Anchor(Box(*a["box"]), a["kind"], a["tolerance"], a["name"]) for a in asked["anchors"]]
    fields = [Box(*box) for box in asked["fields"]]
    grey = np.asarray(cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY), np.uint8)
    told = held_against(grey, reference, anchors, fields)
    if told.difference is None or told.alignment.homography is None:
        return {"aligned": False}
    planes = [np.ascontiguousarray(colour[:, :, n]) for n in range(3)]
    planes = [drawn(plane, told.alignment.homography, reference)[0] for plane in planes]
    page = np.asarray(cv2.merge(planes), np.uint8)
    return {
        "aligned": True,
        "clear": bool(told.clear),
        "compared": round(float(told.difference.compared), 3),
        "copied": bool(told.background_copied),
        "regions": [{"score": round(r.score, 3), "box": _box(r.box)} for r in told.difference.regions[:40]],
        "glare": [_box(box) for box in told.glare[:20]],
        "anchors": [
            {
                "name": r.anchor.name,
                "kind": r.anchor.kind,
                "state": r.state,
                "dx": None if r.shift_mm is None else round(r.shift_mm[0], 2),
                "dy": None if r.shift_mm is None else round(r.shift_mm[1], 2),
            }
            for r in told.readings
        ],
        "width": round(reference.width_mm, 1),
        "height": round(reference.height_mm, 1),
        "drawn": jpeg(page),
        "map": jpeg(_tinted(page, told.difference.map, told.difference.threshold)),
    }


def _box(box: Any) -> dict[str, float]:
    return {n: round(float(getattr(box, n)), 2) for n in ("x", "y", "width", "height")}


def _tinted(page: Picture, cells: npt.NDArray[np.float32], threshold: float) -> Picture:
    """The page in grey, red where it differs: from the threshold on; white where nothing was compared."""
    high, wide = page.shape[:2]
    grey = cv2.cvtColor(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR).astype(np.float32)
    said = cv2.resize(np.nan_to_num(cells, nan=-1.0), (wide, high), interpolation=cv2.INTER_NEAREST)
    share = np.clip((said - threshold / 2) / max(1e-6, 3 * threshold), 0, 1)[..., None] * 0.75
    grey = grey * (1 - share) + np.array([30, 30, 220], np.float32) * share
    grey[said < 0] = grey[said < 0] * 0.4 + 150
    return np.asarray(grey.clip(0, 255), np.uint8)


def main() -> int:
    """One question in, one answer out; 3 where the picture cannot be read."""
    limit()
    asked = json.loads(sys.stdin.buffer.read())
    try:
        answer = {"read": read, "compare": compare}[sys.argv[1]](asked)
    except (ValueError, cv2.error, MemoryError):
        return 3
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
