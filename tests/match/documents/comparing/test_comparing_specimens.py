"""The specimens of Utopia, all of them; thresholds were set on halves of them (benchmarks/compare.py)."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from entente.match.documents.comparing import Anchor, Box, Comparison, Reference, compare

SPECIMENS = Path(__file__).parents[5] / "shared" / "data" / "documents" / "specimens"
if not SPECIMENS.exists():
    pytest.skip("shared/data/documents/specimens is not here", allow_module_level=True)

TRUTH = json.loads((SPECIMENS / "truth.json").read_text("utf-8"))
SCALE = TRUTH["px_per_mm"]
TAMPERED = [name for name, item in TRUTH["items"].items() if item["box"]]
WAYS = ("", "_capture")
LABELS = {
    "surname": (398, 194, 520, 214),
    "given": (398, 274, 580, 296),
    "birth": (398, 354, 496, 374),
    "sex": (698, 354, 736, 374),
    "place": (398, 434, 502, 454),
    "expiry": (398, 514, 508, 536),
    "authority": (398, 594, 472, 614),
    "number": (838, 114, 940, 136),
}
HEADINGS = {"kind": (36, 40, 338, 66), "state": (396, 34, 600, 80)}
EMBLEM = Box.from_px(TRUTH["boxes"]["emblem"], SCALE)
ANCHORS = [
    *(Anchor(Box.from_px(px, SCALE), name=name) for name, px in (LABELS | HEADINGS).items()),
    Anchor(EMBLEM, "emblem", 0.3, "emblem"),
]
OTHER_FIELDS = ((698, 380, 760, 420), (398, 460, 800, 500), (398, 620, 830, 660))
FIELDS = [
    *(Box.from_px(px, SCALE) for name, px in TRUTH["boxes"].items() if name != "emblem"),
    *(Box.from_px(px, SCALE) for px in OTHER_FIELDS),
]


def read(name: str) -> np.ndarray:
    return np.asarray(cv2.imread(str(SPECIMENS / f"{name}.jpg"), cv2.IMREAD_GRAYSCALE), np.uint8)


@pytest.fixture(scope="module")
def references() -> dict[str, Reference]:
    return {name: Reference.of(read(f"genuine_{name}"), SCALE) for name in "AB"}


def against_the_other(name: str, way: str, references: dict[str, Reference]) -> Comparison:
    other = "A" if name.endswith("B") else "B"
    return compare(read(name + way), references[other], ANCHORS, FIELDS)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_specimen_is_located_against_its_earlier_capture(
    name: str, way: str, references: dict[str, Reference]
) -> None:
    found = compare(read(name + way), references["A"]).difference
    assert found is not None and found.regions
    box = Box.from_px(TRUTH["items"][name]["box"], SCALE).grown(2.0)
    assert all(region.box.overlaps(box) for region in found.regions)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", "AB")
def test_a_genuine_specimen_is_not_flagged(name: str, way: str, references: dict[str, Reference]) -> None:
    found = compare(read(f"genuine_{name}{way}"), references[name])
    assert found.difference is not None and found.difference.regions == ()
    assert found.clear and not found.background_copied and found.glare == ()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", "AB")
def test_a_genuine_specimen_of_another_holder_is_not_flagged(
    name: str, way: str, references: dict[str, Reference]
) -> None:
    found = against_the_other(f"genuine_{name}", way, references)
    assert found.difference is not None and found.difference.regions == () and not found.background_copied
    for reading in found.readings:
        assert reading.state == "in place" and reading.shift_mm is not None
        assert np.hypot(*reading.shift_mm) < 0.02


@pytest.mark.parametrize("way", WAYS)
def test_labels_moved_by_four_px_are_read_as_four_tenths_of_a_mm(
    way: str, references: dict[str, Reference]
) -> None:
    for reading in against_the_other("labels_shift4px_B", way, references).readings:
        assert reading.state == ("shifted" if reading.anchor.name in LABELS else "in place")
        assert reading.shift_mm is not None
        expected = 0.4 if reading.anchor.name in LABELS else 0.0
        assert np.hypot(reading.shift_mm[0] - expected, reading.shift_mm[1]) < 0.03


@pytest.mark.parametrize("way", WAYS)
def test_an_emblem_missing_on_another_holders_page_is_located(
    way: str, references: dict[str, Reference]
) -> None:
    found = against_the_other("emblem_missing", way, references)
    states = {reading.anchor.name: reading.state for reading in found.readings}
    assert [name for name, state in states.items() if state != "in place"] == ["emblem"]
    assert states["emblem"] == "missing"
    assert found.difference is not None and all(r.box.overlaps(EMBLEM) for r in found.difference.regions)
