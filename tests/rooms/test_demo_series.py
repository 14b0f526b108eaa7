"""The image series that the demo loads, and the disk that is triaged beside them."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import combinations
from pathlib import Path

import cv2
import numpy as np
import pytest
from typer.testing import CliRunner

from entente.app import open_house, sequencer_of, work_of
from entente.cli import app
from entente.core.problems import NotAllowed
from entente.demo import series, series_disk
from entente.demo import series_scenes as scenes
from entente.demo.bureaus import join
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.desk.work import do_all
from entente.match.images import LEAST_QUALITY, compare, distance
from entente.rooms.bureaus import asker_for
from entente.rooms.series import asking, listing, service, shown
from entente.rooms.series.media import signals_asked, signals_of
from entente.rooms.series.media_model import Media
from entente.settings import Settings

DIFFERENT = 100


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    settings = Settings(
        data=tmp_path_factory.mktemp("series"), store="memory:", text="memory:", blobs="memory:"
    )
    with closing(open_house(settings)) as house:
        with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
            join(desk)
        series.load(house)
        do_all(work_of(house, sequencer_of(house, settings)))
        yield house


def seated(house: House, who: str) -> Iterator[Desk]:
    with sit(house, HOUSE_ASKER) as desk:
        asker = asker_for(desk, who, "identify", "XA-2026-7")
        desk.note("see", what="an officer")
    with sit(house, asker, "search") as desk:
        yield desk


@pytest.fixture
def officer(house: House) -> Iterator[Desk]:
    yield from seated(house, "officer@xa.example")


@pytest.fixture(scope="module")
def drawn() -> dict[str, Media]:
    """Every picture that the house knows, and those of the disk that nobody knows."""
    makers = {"boat": (scenes.boat, series.BOATS), "mill": (scenes.mill, series.MILLS)}
    makers |= {"pier": (scenes.pier, series.PIERS), "lighthouse": (scenes.lighthouse, 1)}
    makers["house"] = (scenes.house, 3)
    return {
        f"{name} {n}": series.media_of(scenes.jpeg(make(n)))
        for name, (make, count) in makers.items()
        for n in range(count)
    }


def test_the_same_number_is_the_same_picture_and_no_two_are_alike(drawn: dict[str, Media]) -> None:
    assert np.array_equal(scenes.boat(2), scenes.boat(2))
    assert min(media.quality for media in drawn.values()) >= LEAST_QUALITY
    whole = {name: bytes.fromhex(media.pdq[0]) for name, media in drawn.items()}
    near = {(a, b) for a, b in combinations(whole, 2) if distance(whole[a], whole[b]) <= DIFFERENT}
    assert not near
    files = [signals_asked(media) for media in drawn.values()]
    tied = [t for a, b in combinations(files, 2) for t in compare(a, b) if t.line != "tables"]
    assert not tied, "not even turned or in part"


def test_three_series_stand_as_their_bureaus_left_them(officer: Desk) -> None:
    told = {t.first("name"): shown.whole(officer, t) for t in service.listed(officer)}
    assert {name: (s.lead, s.state, s.images) for name, s in told.items()} == {
        "Blue boat": ("XB", "in-progress", series.BOATS),
        "Old mill": ("XC", "identified", series.MILLS),
        "Pier": ("XA", "unidentified", series.PIERS + 1),
    }
    assert [step.did for step in told["Old mill"].history] == ["begun", "in-progress", "identified"]


def test_both_bureaus_are_told_of_the_picture_cut_out_of_another(house: House, officer: Desk) -> None:
    (mine,) = shown.meetings(officer, listing.meetings(officer))
    assert (mine.bureau, mine.line, mine.how) == ("XB", "same", "shown")
    for desk in seated(house, "officer@xb.example"):
        (theirs,) = shown.meetings(desk, listing.meetings(desk))
        assert (theirs.bureau, theirs.series and theirs.series.name) == ("XA", "Pier")


def test_who_is_not_cleared_learns_nothing(house: House) -> None:
    for desk in seated(house, "officer@xd.example"):
        with pytest.raises(NotAllowed):
            service.listed(desk)
        desk.note("see", what="nothing")


def test_of_the_disk_three_groups_are_known_one_is_near_and_one_names_its_owner(officer: Desk) -> None:
    asked, names = [], []
    for path, content in series_disk.files().items():
        if cv2.imdecode(np.frombuffer(content or b"0", np.uint8), cv2.IMREAD_GRAYSCALE) is not None:
            names.append(path.rpartition("/")[2])
            asked.append(series.media_of(content))
    looked = dict(zip(names, asking.look(officer, asked), strict=True))
    officer.note("see", what="images")
    says = Counter(one.says for one in looked.values())
    assert says == {"in-progress": 4, "identified": 1, "near": 1, "contact": 1, "new": 5}
    assert looked["IMG_0401.jpg"].found[0].line == "identical" and looked["flyer.jpg"].says == "near"
    assert [name for name, one in looked.items() if one.hinting] == ["lighthouse.jpg"]
    assert not looked["lighthouse.jpg"].found


def test_the_specimens_have_a_disk_and_nothing_is_written_over(tmp_path: Path) -> None:
    run = CliRunner()
    assert run.invoke(app, ["specimens", str(tmp_path / "x")]).exit_code == 0
    written = {
        str(p.relative_to(tmp_path / "x" / "disk")): p.read_bytes()
        for p in (tmp_path / "x" / "disk").rglob("*")
        if p.is_file()
    }
    assert written == series_disk.files() and (tmp_path / "x" / "forged.jpg").stat().st_size
    assert run.invoke(app, ["specimens", str(tmp_path / "x")]).exit_code == 2


def test_the_house_keeps_hashes_as_triage_makes_them(officer: Desk, drawn: dict[str, Media]) -> None:
    kept = [f.thing for f in asking.look(officer, [drawn["boat 1"]])[0].found]
    officer.note("see", what="images")
    assert signals_of(kept[0]) == signals_asked(drawn["boat 1"])
