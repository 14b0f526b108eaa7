"""What is searched with is gone after the answer: no file, no row, no journal entry and no log holds it.

On the engines of a real installation, with what an enrolment leaves beside it, so that the looking is seen
to find what is there.
"""

import logging
import re
import tempfile
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import structlog

from entente.app import make_app, open_house, sequencer_of, work_of
from entente.demo import biometrics, biometrics_files
from entente.demo.specimen_camera import jpeg
from entente.desk import House
from entente.desk.work import do_all
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics import reading
from entente.settings import Settings
from rooms.posting import Upload
from rooms.remains import (
    forms_of,
    geometry_kept_by,
    in_folder,
    kept_by,
    left_of,
    nothing_left_of,
    open_files,
    said,
)
from worlds.stage import Answer, Caller, Crew, found

pytest.importorskip("numba")
pytest.importorskip("onnxruntime")
INDEX = biometrics.INDEX


@dataclass(frozen=True, slots=True)
class Installed:
    """A house on a disk of its own, with the folder for what is temporary beside it."""

    house: House
    crew: Crew
    caller: Caller
    data: Path
    temporary: Path
    enrolled: str

    def __call__(self, who: str, method: str, path: str, **more: Any) -> Answer:
        return self.caller.ask(self.crew[who], method, path, **more)

    def work(self) -> None:
        do_all(work_of(self.house, sequencer_of(self.house, Settings(data=self.data))))


def enrolled_files() -> dict[str, bytes]:
    return {
        "finger": biometrics_files.png(biometrics.impression(INDEX, biometrics.ENROLLED)),
        "face": jpeg(biometrics.portrait(biometrics.VELKOV, 0)),
    }


def probe_files() -> dict[str, bytes]:
    """A mark on a large ground, of more than the MiB from which forms are put on the disk; a face."""
    ground = np.random.default_rng(3).normal(170, 6, (1400, 1400)).clip(0, 255).astype(np.uint8)
    mark = biometrics.mark(INDEX, biometrics_files.FOUND)
    ground[500 : 500 + mark.shape[0], 400 : 400 + mark.shape[1]] = mark
    return {
        "finger": biometrics_files.png(ground),
        "face": jpeg(biometrics.portrait(biometrics.VELKOV, biometrics_files.SHOT)),
    }


def as_files(files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    position = {"finger": INDEX, "face": 0}
    return [
        {"data": b64encode(data).decode(), "what": what, "position": position[what]}
        for what, data in files.items()
    ]


def forms(files: Mapping[str, bytes]) -> dict[str, bytes]:
    every: dict[str, bytes] = {}
    for file in as_files(files):
        samples = reading.read([m.File.model_validate(file)])
        told = forms_of(files[file["what"]], samples)
        every |= {f"{file['what']}: {name}": data for name, data in told.items()}
    return every


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    data, temporary = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("temporary")
    settings = Settings(data=data, answer_grid_ms=0, officer_rate=1e6)
    with pytest.MonkeyPatch.context() as patch, closing(open_house(settings)) as house:
        patch.setenv("TMPDIR", str(temporary))
        patch.setattr(tempfile, "tempdir", str(temporary))
        patch.setattr(tempfile.SpooledTemporaryFile, "rollover", never)
        crew = found(house)
        with closing(Caller(make_app(settings, house, work=False))) as caller:
            form = {"files": as_files(enrolled_files()), "handling": {"mode": "everyone"}}
            made = caller.ask(crew["XB office"], "POST", "/api/v1/biometrics/sets", json=form)
            assert made.status == 201, made.text
            told = Installed(house, crew, caller, data, temporary, made.json["id"])
            told.work()
            yield told


@pytest.fixture(scope="module")
def probe() -> dict[str, bytes]:
    return probe_files()


@pytest.fixture(scope="module")
def forms_of_probe(probe: dict[str, bytes]) -> dict[str, bytes]:
    return forms(probe)


def never(file: Any) -> None:
    raise AssertionError("what was sent went to the disk")


@pytest.fixture
def logged(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> Iterator[Callable[[], list[str]]]:
    """Everything that was logged, from the least level on, or printed so far."""
    with caplog.at_level(logging.DEBUG), structlog.testing.capture_logs() as kept:
        yield lambda: [caplog.text, repr(kept), *capfd.readouterr()]


def search(installed: Installed, files: Mapping[str, bytes]) -> Answer:
    form = {"files": as_files(files), "reference": "XA-9"}
    return installed("XA officer", "POST", "/api/v1/biometrics/search", json=form)


def places(installed: Installed, logged: Callable[[], list[str]]) -> list[Any]:
    installed.work()
    return [
        in_folder(installed.data),
        in_folder(installed.temporary),
        open_files(),
        kept_by(installed.house),
        said(*logged()),
    ]


def test_what_is_enrolled_is_found_so_the_looking_can_fail(installed: Installed) -> None:
    files = enrolled_files()
    left = left_of(forms(files), in_folder(installed.data))
    where = {line.partition(" in ")[0]: line.partition(" in ")[2] for line in left}
    assert {
        "finger: 0 record of minutiae",
        "finger: 0 rows of the record",
        "finger: 0 picture made anew",
    } <= where.keys()
    assert {"face: 0 vector", "face: 0 picture made anew"} <= where.keys()
    assert "finger: 0 record of minutiae" in {
        line.partition(" in ")[0] for line in left_of(forms(files), kept_by(installed.house))
    }
    with pytest.raises(AssertionError):
        nothing_left_of(forms(files), in_folder(installed.data))


def test_a_piece_is_known_in_every_spelling() -> None:
    data = np.random.default_rng(5).bytes(4000)
    spelled = [
        data,
        b64encode(b"x" + data),
        data.hex().encode(),
        repr(data).encode(),
        repr(list(data)).encode(),
    ]
    for n, text in enumerate(spelled):
        assert left_of({"file": data}, [("here", b"before" + text)]) == ["file in here"], n
    assert left_of({"file": data}, [("here", np.random.default_rng(6).bytes(9000))]) == []


def test_nothing_is_left_of_a_search_over_the_api(
    installed: Installed,
    logged: Callable[[], list[str]],
    probe: dict[str, bytes],
    forms_of_probe: dict[str, bytes],
) -> None:
    answer = search(installed, probe)
    assert answer.status == 200, answer.text
    assert [one["set"] for one in answer.json["candidates"]] == [installed.enrolled]
    assert all(part["pairs"] for part in answer.json["candidates"][0]["parts"] if part["what"] == "finger")
    assert geometry_kept_by(installed.house) == []
    nothing_left_of(forms_of_probe, *places(installed, logged))


def test_nothing_is_left_of_a_search_on_the_pages_and_of_the_second_examiner(
    installed: Installed,
    logged: Callable[[], list[str]],
    probe: dict[str, bytes],
    forms_of_probe: dict[str, bytes],
) -> None:
    sent = [("mark.png", probe["finger"])]
    asked = Upload("POST", "/biometrics/search", form=[], files=sent)
    answer = installed.caller(installed.crew["XA officer"], asked)
    assert answer.status == 200, answer.text
    path = re.search(r'action="(/biometrics/searches/[^"]+)"', answer.text)
    assert path
    first = installed("XA officer", "POST", path[1], form=[("verdict", "hit"), ("marked", "3")])
    comparison = re.search(r"/biometrics/comparisons/[0-9a-f]{32}", first.text)
    assert comparison
    laying = Upload("POST", f"{comparison[0]}/pictures", form=[], files=sent)
    laid = installed.caller(installed.crew["XA analyst"], laying)
    assert laid.status == 200, laid.text
    token = re.search(r'name="token" value="([^"]+)"', laid.text)
    assert token
    form = [("verdict", "hit"), ("token", token[1])]
    assert installed("XA analyst", "POST", f"{comparison[0]}/verdict", form=form).status == 303
    nothing_left_of(forms_of_probe, *places(installed, logged))
    assert geometry_kept_by(installed.house) == []


def test_nothing_is_left_of_a_transaction(installed: Installed, logged: Callable[[], list[str]]) -> None:
    data = biometrics_files.files()["prints/search of a mark.xml"]
    answer = installed("XA machine", "POST", "/api/v1/biometrics/transactions", raw=data)
    assert answer.status == 200, answer.text
    sent = forms_of(data, reading.read([m.File(data=b64encode(data).decode())]))
    nothing_left_of(sent, *places(installed, logged))


def test_nothing_is_left_of_what_is_refused(
    installed: Installed,
    logged: Callable[[], list[str]],
    probe: dict[str, bytes],
    forms_of_probe: dict[str, bytes],
) -> None:
    for cut in (len(probe["finger"]) // 2, len(probe["finger"]) - 40):
        answer = search(installed, {"finger": probe["finger"][:cut], "face": probe["face"]})
        assert answer.status == 422, answer.text
    faulty = {"files": as_files(probe), "against": "everybody"}
    asked = installed("XA officer", "POST", "/api/v1/biometrics/search", json=faulty)
    assert asked.status == 422, asked.text
    nothing_left_of(forms_of_probe, *places(installed, logged))


def test_the_page_that_shows_a_probe_is_kept_by_no_cache(
    installed: Installed, probe: dict[str, bytes]
) -> None:
    files = [("portrait.jpg", probe["face"])]
    asked = Upload("POST", "/biometrics/search", form=[], files=files, under={"portrait.jpg": "portrait"})
    answer = installed.caller(installed.crew["XA officer"], asked)
    assert "data:image/jpeg;base64," in answer.text
    assert answer.header("cache-control") == "no-store"
