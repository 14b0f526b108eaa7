"""Machine readable zones read from pictures: exact, wrong though every check digit agrees, and CPU a picture.

    python -m benchmarks.mrz [pictures=200]

(a) the drawn specimens of shared/data/documents, where they are, (b) pages of Utopia in all five forms, drawn
and photographed with seeds from 5,000 on (tests use those below 1,000, the net others): 6.4 to 34 px a
character, slanted, from the side, on their head, out of focus, noisy, light thrown back. Tesseract, where
it is installed, reads the same zones cut out and made straight for it, which spares it the search. The target
are the figures of specs/images_documents.md on public specimens: 22 of 39 exact, 3 wrong though valid, 1.1 s.
The last line is `key=value`.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from PIL import Image
from tests.match.documents.drawn import WIDTHS, Grey, specimen

from entente.match.documents.reading import Reading, read

SPECIMENS = Path(__file__).parents[2] / "shared" / "data" / "documents" / "specimens"
FIRST_SEED = 5_000
FORMS = tuple(WIDTHS)


@dataclass
class Tally:
    """What came of a set of pictures."""

    pictures: int = 0
    found: int = 0
    raw: int = 0
    likely: int = 0
    data: int = 0
    wrong_but_valid: int = 0
    silently_likely: int = 0
    seconds: list[float] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)

    def add(self, form: str, printed: tuple[str, ...], found: Reading | None, seconds: float) -> None:
        self.pictures += 1
        self.seconds.append(seconds)
        if found is None:
            return
        self.found += 1
        data = slice(0, 2) if form == "TD1" else slice(1, 2)
        self.raw += found.lines == printed
        self.likely += found.likely == printed
        self.data += found.likely[data] == printed[data]
        self.forms[form] += found.likely == printed
        # A zone that conforms as it was read, and was not printed so: nothing on the page would say it.
        self.wrong_but_valid += found.lines != printed and found.cost == 0
        self.silently_likely += found.likely != printed and found.cost < 1

    def row(self, name: str) -> str:
        return (
            f"{name:22} {self.pictures:4} {self.found:6} {self.raw:5} {self.likely:7} {self.data:6} "
            f"{self.wrong_but_valid:12} {self.silently_likely:12} "
            f"{np.mean(self.seconds):8.2f} {np.percentile(self.seconds, 95):6.2f}"
        )


def asked(tally: Tally, form: str, grey: Grey, printed: tuple[str, ...]) -> None:
    start = time.process_time()
    found = read(grey)
    tally.add(form, printed, found[0] if found else None, time.process_time() - start)


def specimens() -> Tally:
    """The shared ones; the forged zone counts as it is printed: 1976 for 1974, its digits unchanged."""
    tally = Tally()
    for name, item in json.loads((SPECIMENS / "truth.json").read_text("utf-8"))["items"].items():
        printed = tuple(item["mrz"])
        if item["tampered"] == "mrz":
            printed = (printed[0], printed[1].replace("7408122", "7608122"))
        for file in (f"{name}.jpg", f"{name}_capture.jpg"):
            grey = np.asarray(Image.open(SPECIMENS / file).convert("L"))
            asked(tally, "TD3", grey, printed)
    return tally


def tesseract(grey: Grey, corners: np.ndarray, form: str) -> tuple[str, ...]:
    """What Tesseract reads in the zone, cut out at 30 px a character."""
    rows = 3 if form == "TD1" else 2
    wide, tall = 30 * (WIDTHS[form] + 4), 80 * rows
    inside = np.array([(60, 20), (wide - 60, 20), (wide - 60, tall - 20), (60, tall - 20)], np.float32)
    cut = cv2.warpPerspective(
        grey, cv2.getPerspectiveTransform(corners, inside), (wide, tall), borderValue=255
    )
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "zone.png"
        Image.fromarray(cut).save(picture)
        allowed = "tessedit_char_whitelist=ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
        command = ["tesseract", str(picture), "-", "--psm", "6", "-c", allowed]
        told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return tuple([line.replace(" ", "") for line in told.splitlines() if line.strip()])


def main() -> None:
    pictures = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    cv2.setNumThreads(1)
    read(np.full((64, 64), 255, np.uint8))
    peer = shutil.which("tesseract") is not None
    heads = ("n", 4), ("found", 6), ("raw", 5), ("likely", 7), ("data", 6)
    heads += ("raw wrong+ok", 12), ("likely<1 nat", 12), ("CPU s", 8), ("p95", 6)
    print(" " * 22, *[f"{name:>{wide}}" for name, wide in heads])
    shared = specimens() if SPECIMENS.exists() else None
    if shared is not None:
        print(shared.row("shared specimens"))
    ours, theirs = Tally(), 0
    missed = []
    for n in range(pictures):
        form = FORMS[n % len(FORMS)]
        grey, printed, corners = specimen(form, FIRST_SEED + n)
        before = ours.likely
        asked(ours, form, grey, printed)
        if ours.likely == before:
            missed.append(FIRST_SEED + n)
        theirs += peer and tesseract(grey, corners, form) == printed
    print(ours.row("photographed, drawn"))
    print("  of each form:", ", ".join(f"{form} {ours.forms[form]}" for form in FORMS), f"; missed {missed}")
    print(f"tesseract, zone given: {theirs} of {pictures}" if peer else "tesseract is not installed")
    told = {
        "pictures": pictures,
        "exact": f"{ours.likely / pictures:.3f}",
        "raw_exact": f"{ours.raw / pictures:.3f}",
        "data_exact": f"{ours.data / pictures:.3f}",
        "wrong_but_valid": ours.wrong_but_valid,
        "cpu_s": f"{np.mean(ours.seconds):.2f}",
        "cpu_p95_s": f"{np.percentile(ours.seconds, 95):.2f}",
    }
    if shared is not None:
        told |= {
            "specimens": shared.pictures,
            "specimens_exact": shared.likely,
            "specimens_raw_exact": shared.raw,
        }
    if peer:
        told["tesseract_exact"] = f"{theirs / pictures:.3f}"
    print(" ".join(f"{name}={value}" for name, value in told.items()))


if __name__ == "__main__":
    main()
