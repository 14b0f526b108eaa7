"""Local features from one holder of a file to another: whether two pictures show the same place or object.

They say more of a picture than its hashes do, and can be partly inverted: whoever gets them treats them as
the picture. Read in a process of its own, like every picture here.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from entente.match.images.features import SCENE_FROM, Corners, Features, same_scene
from entente.match.images.features import read as read_features
from entente.triage.confining import bare, confine
from entente.triage.decoding import Undecoded, decoded
from entente.triage.reading import Unreadable, read

FORM = "entente features 1"
MOST_BYTES = 4_000_000
MOST_CORNERS = 2_000
PATIENCE_S = 120


class NoFeatures(Exception):
    """There are none to be had; the text says why."""


def write(picture: Path, to: Path) -> None:
    """Read a picture's features and write them to a new file, its owner's alone. Raises NoFeatures."""
    command = [sys.executable, "-P", "-m", "entente.triage.featuring", os.fspath(picture)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command, capture_output=True, timeout=PATIENCE_S, check=False, env=bare(os.environ)
        )
    except subprocess.TimeoutExpired:
        raise NoFeatures(f"{picture}: its decoder hung.") from None
    if done.returncode:
        why = done.stderr.decode("utf-8", "replace").strip() if done.returncode == 3 else "its decoder failed"
        raise NoFeatures(f"{picture}: {why}.")
    try:
        file = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as wrong:
        raise NoFeatures(f"{to} cannot be made: {wrong.strerror}.") from None
    with os.fdopen(file, "wb") as out:
        out.write(done.stdout)


def inliers(one: Path, other: Path) -> int:
    """How many corners of two feature files agree. Raises NoFeatures."""
    return same_scene(_features(one), _features(other))


def told(count: int) -> str:
    """The finding in words."""
    if count >= SCENE_FROM:
        return f"{count} corners agree: the same place or object. Not a copy by this alone."
    return f"{count} corners agree: nothing is said ({SCENE_FROM} are needed)."


def _features(path: Path) -> Features:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError("too large")
        said = json.loads(path.read_bytes())
        if said["form"] != FORM:
            raise ValueError("another form")
        return Features(_corners(said["whole"]), tuple(_corners(one) for one in said["asked"]))
    except (OSError, ValueError, KeyError, TypeError):
        raise NoFeatures(f"{path} is no file of entente triage-features.") from None


def _corners(said: Any) -> Corners:
    descriptors = np.frombuffer(bytes.fromhex(said["descriptors"]), np.uint8).reshape(-1, 32)
    places = np.array(said["places"], np.float32).reshape(-1, 2)
    if len(places) != len(descriptors) or len(places) > MOST_CORNERS or not np.isfinite(places).all():
        raise ValueError("places and descriptors")
    return Corners(places, descriptors)


def _spelled(corners: Corners) -> dict[str, Any]:
    places = [[round(float(v), 3) for v in place] for place in corners.places]
    return {"places": places, "descriptors": corners.descriptors.tobytes().hex()}


def main() -> int:
    """The process of its own: features on its output, or 3 and why."""
    confine()
    try:
        content = read(os.fsencode(sys.argv[1]), lambda: None)
        if content.form.media != "image":
            raise Undecoded("no picture")
        found = read_features(decoded(content.content, content.form.mime)[1].grey)
    except (Undecoded, Unreadable) as why:
        sys.stderr.write(str(why))
        return 3
    said = {"form": FORM, "whole": _spelled(found.whole), "asked": [_spelled(one) for one in found.asked]}
    sys.stdout.write(json.dumps(said, separators=(",", ":")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
