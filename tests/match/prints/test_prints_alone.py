"""Prints as a library of one's own, without a house: as the documentation says, and what goes wrong first."""

import io
import pydoc
import re
from pathlib import Path
from types import ModuleType

import cv2
import numpy as np
import pytest

from entente.match import faces, prints
from entente.match.faces.synthetic import person, portrait
from entente.match.prints import synthetic

PAGE = Path(__file__).parents[3] / "docs/rooms/biometrics.md"
MASTER = synthetic.finger(31)


def examples() -> list[str]:
    section = PAGE.read_text().partition("## Alone, as a library")[2].partition("\n## ")[0]
    return re.findall(r"```python\n(.*?)```", section, re.DOTALL)


def run(example: str) -> dict[str, object]:
    names: dict[str, object] = {}
    exec(example, names)
    return names


@pytest.fixture(scope="module")
def reading() -> prints.Reading:
    return prints.read(synthetic.impression(MASTER, 1))


def test_the_example_of_prints_runs_as_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for seed, name in enumerate(("one.png", "other.png")):
        cv2.imwrite(name, synthetic.impression(MASTER, seed))
    names = run(examples()[0])
    assert names["found"].score > 10 and names["found"].pairs
    assert names["told"] > 1


def test_the_example_of_faces_runs_as_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if why := faces.missing():
        pytest.skip(why)
    monkeypatch.chdir(tmp_path)
    for shot, name in enumerate(("one.jpg", "other.jpg")):
        cv2.imwrite(name, portrait(person(3), shot)[..., ::-1])
    names = run(examples()[1])
    assert 0.5 < names["score"] <= 1
    assert names["told"] >= 0


@pytest.mark.parametrize("given", ["one.png", b"\x89PNG", None, Path("one.png")])
def test_what_was_not_decoded_is_refused_in_words(given: object) -> None:
    for read in (prints.read, faces.read):
        with pytest.raises(TypeError, match=f"not from {type(given).__name__}: decode the file first"):
            read(given)  # type: ignore[operator]


def test_a_coloured_picture_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match=r"\(height, width\) array .* not of shape \(90, 80, 3\) and uint8"):
        prints.read(np.zeros((90, 80, 3), np.uint8))


def test_a_reading_is_compared_packed_and_prepared_as_its_print_is(reading: prints.Reading) -> None:
    own = prints.compare(reading.print, reading.print)
    assert prints.compare(reading, reading) == own
    assert prints.compare(prints.prepare(reading), reading.print) == own
    assert prints.compare_many(reading, [reading, reading.print]) == [own, own]
    assert np.array_equal(prints.pack(reading), prints.pack(reading.print))


def test_what_is_no_print_is_not_compared(reading: prints.Reading) -> None:
    for given in (np.zeros((90, 80), np.uint8), [reading.print], None):
        with pytest.raises(TypeError, match="a Print, or a Reading of one, is due"):
            prints.compare(reading, given)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="`read` makes it of a picture"):
            prints.pack(given)  # type: ignore[arg-type]


@pytest.mark.parametrize("module", [prints, faces])
def test_help_tells_what_there_is_to_call(module: ModuleType) -> None:
    assert {"read", "compare", "pack", "scan", "CALIBRATION"} <= set(dir(module))
    told = io.StringIO()
    pydoc.Helper(output=told).help(module)
    for name in ("read", "compare", "pack", "scan"):
        assert re.search(rf"^    \S*{name}\(", told.getvalue(), re.MULTILINE), name


def test_a_refusal_has_one_stop_after_each_sentence() -> None:
    with pytest.raises(prints.Unreadable) as told:
        prints.read(np.full((300, 300), 255, np.uint8))
    assert str(told.value) == f"{told.value.what}. {told.value.do}"
    assert not told.value.what.endswith(".") and told.value.do.endswith(".")
