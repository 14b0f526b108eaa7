"""Tampered specimens located, genuine ones flagged, and what one comparison costs.

    python -m benchmarks.compare [photographs=4]

Each specimen of ../shared/data/documents/specimens, flat and photographed, is compared with the genuine page
of the same holder. A threshold is set on one half of the kinds of tampering, with one genuine page: the
geometric mean of the highest value of the genuine and the lowest of the tampered. It is shown on the other
half, and the other way round. Then photographs of ours follow that nothing was set on, and pages held against
the specimen of another holder: genuine, labels moved by 0.4 mm, an emblem left out; and backgrounds copied.
Times are CPU of one core with a reference made before.
"""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from benchmarks.photographs import Grey, photographed

from entente.match.documents.comparing import Anchor, Box, Comparison, Reference, compare
from entente.match.documents.comparing.difference import DIFFERENT

SPECIMENS = Path(__file__).resolve().parents[2] / "shared/data/documents/specimens"
SPEC = """The specification's figures (its B2.2; ORB 4000: 1.0 s, SIFT 3000: 2.4 s, threshold 0.25):
  SIFT  genuine 0.20-0.22, portrait 1.54, emblem 0.89-0.91, zone 0.47, expiry 0.28, birth 0.31, font 0.28,
        number by 3 px 0.29: 16/16 located; ORB genuine 0.29-0.39, expiry and number lost, birth 2/3, zone 1/3
  another holder: emblem 0.89, genuine 0.49-0.65; labels by 4 px read as 4, genuine 10/10 labels at 0"""
LABELS = (
    (398, 194, 520, 214),
    (398, 274, 580, 296),
    (398, 354, 496, 374),
    (698, 354, 736, 374),
    (398, 434, 502, 454),
    (398, 514, 508, 536),
    (398, 594, 472, 614),
    (838, 114, 940, 136),
)
"""Of the specimens, px."""
MORE_FIELDS = ((698, 380, 760, 420), (398, 460, 800, 500), (398, 620, 830, 660))


@dataclass(frozen=True)
class Case:
    """A picture compared: its kind, how it was taken, the highest value in the true box and outside."""

    kind: str
    way: str
    box: Box | None
    inside: float
    outside: float
    cpu_s: float
    comparison: Comparison

    @property
    def located(self) -> bool:
        """Whether a region overlaps what was changed."""
        assert self.box is not None and self.comparison.difference is not None
        return any(region.box.overlaps(self.box) for region in self.comparison.difference.regions)

    @property
    def astray(self) -> int:
        """Regions away from what was changed."""
        if self.comparison.difference is None:
            return 0
        near = self.box.grown(2.0) if self.box else None
        return sum(not (near and region.box.overlaps(near)) for region in self.comparison.difference.regions)


def read(name: str) -> Grey:
    """A specimen, grey."""
    return np.asarray(cv2.imread(str(SPECIMENS / f"{name}.jpg"), cv2.IMREAD_GRAYSCALE), np.uint8)


def case(kind: str, way: str, picture: Grey, reference: Reference, box: Box | None) -> Case:
    """One comparison with a reference of the same holder."""
    begun = time.process_time()
    found = compare(picture, reference)
    took = time.process_time() - begun
    if found.difference is None:
        return Case(kind, way, box, 0.0, 0.0, took, found)
    values = np.nan_to_num(found.difference.map)
    inside = 0.0
    if box is not None:
        inside = float(values[box.grown(1.4).slices(values.shape, 2.5)].max())
        values[box.grown(4.0).slices(values.shape, 2.5)] = 0
    return Case(kind, way, box, inside, float(values.max()), took, found)


def pictures(name: str, photographs: int) -> Iterator[tuple[str, Grey]]:
    """The specimen flat, its photograph, and photographs of ours."""
    flat = read(name)
    yield "flat", flat
    yield "capture", read(f"{name}_capture")
    for number in range(photographs):
        yield f"ours {number}", photographed(flat, sum(map(ord, name)) * 100 + number)


def threshold_of(cases: Sequence[Case]) -> tuple[float, float, float]:
    """Threshold, highest genuine value and lowest value of a tampered box."""
    genuine = max(c.outside for c in cases if c.box is None)
    tampered = min(c.inside for c in cases if c.box is not None)
    return float(np.sqrt(genuine * tampered)), genuine, tampered


def copied(page: Grey, portrait: Box, soft: float) -> Grey:
    """The page printed again on its own background, scanned: softer by a Gaussian of `soft` px, and noisy."""
    ink = cv2.dilate((cv2.GaussianBlur(page, (0, 0), 1.5) < 130).astype(np.uint8), np.ones((5, 5))) > 0
    ink[portrait.slices(page.shape)] = True
    noise = np.random.default_rng(1).normal(0, 4, page.shape)
    return np.where(ink, page, (cv2.GaussianBlur(page, (0, 0), soft) + noise).clip(0, 255)).astype(np.uint8)


def main() -> None:
    photographs = int(sys.argv[1]) if len(sys.argv) > 1 else 4
    cv2.setNumThreads(1)
    truth = json.loads((SPECIMENS / "truth.json").read_text("utf-8"))
    scale = truth["px_per_mm"]
    kinds = sorted(name for name, item in truth["items"].items() if item["box"])
    begun = time.process_time()
    references = {name: Reference.of(read(f"genuine_{name}"), scale) for name in "AB"}
    made_s = (time.process_time() - begun) / 2
    begun = time.process_time()
    Reference.from_bytes(references["A"].to_bytes())
    cases = []
    for name, holder in [*((f"genuine_{n}", n) for n in "AB"), *((kind, "A") for kind in kinds)]:
        px = truth["items"][name]["box"]
        box = Box.from_px(px, scale) if px else None
        for way, picture in pictures(name, photographs):
            cases.append(case(name, way, picture, references[holder], box))
    print(f"{'':20}{'':9}{'in box':>8}{'outside':>9}{'regions':>9}{'astray':>8}{'CPU s':>8}")
    for c in cases:
        regions = len(c.comparison.difference.regions) if c.comparison.difference else -1
        print(f"{c.kind:20}{c.way:9}{c.inside:8.3f}{c.outside:9.3f}{regions:9}{c.astray:8}{c.cpu_s:8.2f}")
    print(SPEC)
    given = [c for c in cases if not c.way.startswith("ours")]
    halves = [{*kinds[0::2], "genuine_A"}, {*kinds[1::2], "genuine_B"}]
    shown = dict.fromkeys(("located", "of", "flagged", "genuine"), 0)
    for ours, theirs in (halves, halves[::-1]):
        threshold, genuine, tampered = threshold_of([c for c in given if c.kind in ours])
        held = [c for c in given if c.kind in theirs]
        located = sum(c.inside >= threshold for c in held if c.box)
        of = sum(c.box is not None for c in held)
        flagged = sum(c.outside >= threshold for c in held)
        print(
            f"set on {', '.join(sorted(ours))}: genuine to {genuine:.3f}, tampered from {tampered:.3f}, "
            f"threshold {threshold:.3f}; of the others {located}/{of} located, {flagged} flagged elsewhere"
        )
        shown["located"] += located
        shown["of"] += of
        shown["flagged"] += flagged
    unseen = [c for c in cases if c.way.startswith("ours")]
    figures: dict[str, float] = {"threshold": DIFFERENT}
    for label, some in (("given", given), ("unseen", unseen)):
        figures[f"{label}_located"] = sum(c.located for c in some if c.box)
        figures[f"{label}_tampered"] = sum(c.box is not None for c in some)
        figures[f"{label}_genuine_flagged"] = sum(c.astray > 0 for c in some if c.box is None)
        figures[f"{label}_genuine"] = sum(c.box is None for c in some)
        figures[f"{label}_astray"] = sum(c.astray for c in some if c.box)
    figures |= {
        "held_out_located": shown["located"],
        "held_out_of": shown["of"],
        "held_out_flagged": shown["flagged"],
    }
    figures |= other_holders(truth, references, photographs)
    took = [c.cpu_s for c in cases]
    figures["cpu_s_median"], figures["cpu_s_max"] = round(float(np.median(took)), 3), round(max(took), 3)
    figures["reference_s"] = round(made_s, 3)
    print(*(f"{key}={value}" for key, value in figures.items()))


def other_holders(
    truth: dict[str, Any], references: dict[str, Reference], photographs: int
) -> dict[str, float]:
    """Figures of pages held against the specimen of another holder."""
    scale = truth["px_per_mm"]
    boxes = {name: Box.from_px(px, scale) for name, px in truth["boxes"].items()}
    fields = [*(b for n, b in boxes.items() if n != "emblem"), *(Box.from_px(p, scale) for p in MORE_FIELDS)]
    anchors = [*(Anchor(Box.from_px(px, scale)) for px in LABELS), Anchor(boxes["emblem"], "emblem", 0.3)]
    figures: dict[str, float] = dict.fromkeys(
        ("other_genuine", "other_flagged", "shifts", "shifts_read", "emblems", "emblems_missing", "copies"), 0
    )
    figures["copies_told"] = 0
    furthest = 0.0
    for name, against in (
        ("genuine_A", "B"),
        ("genuine_B", "A"),
        ("labels_shift4px_B", "A"),
        ("emblem_missing", "B"),
    ):
        for way, picture in pictures(name, photographs):
            found = compare(picture, references[against], anchors, fields)
            states = [reading.state for reading in found.readings]
            print(
                f"{name:20}{way:9}against {against}: {', '.join(sorted(set(states))) or found.alignment.why}"
            )
            shifts = [r.shift_mm for r in found.readings[:-1] if r.shift_mm is not None]
            if name.startswith("genuine"):
                figures["other_genuine"] += 1
                flagged = found.difference is None or found.difference.regions or {*states} != {"in place"}
                figures["other_flagged"] += bool(flagged or found.background_copied)
                furthest = max([furthest, *(float(np.hypot(*s)) for s in shifts)])
            elif name.startswith("labels"):
                figures["shifts"] += len(LABELS)
                figures["shifts_read"] += sum(np.hypot(x - 0.4, y) < 0.05 for x, y in shifts)
            else:
                figures["emblems"] += 1
                figures["emblems_missing"] += states[-1:] == ["missing"]
    for soft in (1.0, 1.5):
        page = copied(read("genuine_A"), boxes["photo"], soft)
        for picture in (page, *(photographed(page, seed) for seed in range(photographs))):
            figures["copies"] += 1
            figures["copies_told"] += compare(picture, references["A"]).background_copied
    return figures | {"genuine_shift_mm_max": round(furthest, 3)}


if __name__ == "__main__":
    main()
