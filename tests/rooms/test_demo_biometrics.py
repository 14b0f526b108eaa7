"""The sets that the demo loads, and the files that are tried beside them: nobody's fingers and faces."""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from entente import measuring
from entente.app import open_house
from entente.cli import app
from entente.core.problems import Faulty
from entente.demo import biometrics, biometrics_files, story
from entente.demo.bureaus import join
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.rooms.biometrics import comparisons, examining_model, examining_shown, reading, service
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.samples import Read
from entente.rooms.bureaus import asker_for, by_code
from entente.settings import Settings

pytest.importorskip("numba")
pytest.importorskip("onnxruntime")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("biometrics")
    settings = Settings(data=folder, store="memory:", text="memory:", blobs="memory:", galleries="memory:")
    with closing(open_house(settings)) as house:
        with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
            join(desk)
            numbers = {code: bureau.number for code, bureau in by_code(desk).items()}
        kingpin = story.STORY[0]
        handling = story._handling(kingpin, numbers)
        story._keep(house, numbers["XB"], [(kingpin.drawn, handling, kingpin.grade)])
        biometrics.load(house)
        yield house


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return biometrics_files.files()


@contextmanager
def seated(house: House, who: str, act: str = "see", writing: bool = False) -> Iterator[Desk]:
    with sit(house, HOUSE_ASKER) as desk:
        asker = asker_for(desk, who, "identify", "XA-2026-8")
        desk.note("see", what="an officer")
    with sit(house, asker, act, writing) as desk:
        yield desk
        desk.note("see", what="the demo")


def told(house: House, who: str) -> list[examining_model.Comparison]:
    with seated(house, who) as desk:
        return examining_shown.many(desk, comparisons.listed(desk, "all"))


def read(files: dict[str, bytes], *names: str) -> list[Read]:
    what = {name: "face" if name.startswith("portraits") else "finger" for name in names}
    return reading.read(
        [m.File.model_validate({"data": b64encode(files[n]).decode(), "what": what[n]}) for n in names]
    )


def found(house: House, samples: list[Read], against: m.Against = "persons") -> m.Answer:
    """What XA's officer gets."""
    form = m.SearchForm.model_construct(files=[], against=against, reference="")
    with seated(house, "officer@xa.example", "search", writing=True) as desk:
        looked = service.look(desk, samples, against)
        return service.answer(desk, service.kept(desk, samples, form, looked), samples, looked)


def test_the_same_seed_is_the_same_finger_and_the_same_face() -> None:
    assert np.array_equal(biometrics.mark(biometrics.INDEX, 4), biometrics.mark(biometrics.INDEX, 4))
    assert not np.array_equal(biometrics.mark(biometrics.INDEX, 4), biometrics.mark(biometrics.INDEX, 5))
    assert np.array_equal(biometrics.portrait(5, 1), biometrics.portrait(5, 1))


def test_arvenias_mark_met_belmarks_set_and_waits_for_a_second_examiner(house: House) -> None:
    (mine,) = told(house, "officer@xa.example")
    assert (mine.sort, mine.how, mine.state, mine.owner) == ("mark", "shown", "waiting", "XB")
    assert (mine.yours, mine.caption, mine.score) == ("second", "Anton Velkov", None)
    (own,) = told(house, "analyst@xa.example")
    assert own.yours == "", "the analyst was the first"


def test_belmark_is_told_of_the_mark_and_whom_to_ask_and_cordava_of_belmarks_set(house: House) -> None:
    belmark = {(one.sort, one.how, one.owner) for one in told(house, "officer@xb.example")}
    assert belmark == {("mark", "shown", "XA"), ("duplicate", "contact", "XC")}
    (cordava,) = told(house, "officer@xc.example")
    assert (cordava.sort, cordava.how, cordava.owner) == ("duplicate", "shown", "XB")
    assert told(house, "officer@xd.example") == []


def test_a_mark_and_a_portrait_find_belmarks_set_and_name_cordava(
    house: House, files: dict[str, bytes]
) -> None:
    answer = found(house, read(files, "prints/mark.png", "portraits/velkov.jpg"))
    assert answer.candidates[0].caption == "Anton Velkov"
    assert {part.what for part in answer.candidates[0].parts} == {"finger", "face"}
    assert [contact.bureau for contact in answer.contacts] == ["XC"]


def test_the_fingers_to_bench_are_named_as_bench_wants_them_and_enough_for_a_rate(
    files: dict[str, bytes],
) -> None:
    names = [name.removeprefix("prints/bench/") for name in files if name.startswith("prints/bench/")]
    fingers = Counter(found["finger"] for name in names if (found := measuring.NAME.fullmatch(name)))
    assert sum(fingers.values()) == len(names) == len({files[f"prints/bench/{name}"] for name in names})
    assert sum(n * (n - 1) // 2 for n in fingers.values()) >= measuring.FEW_GENUINE


def test_every_form_of_his_index_finger_finds_him(house: House, files: dict[str, bytes]) -> None:
    forms = [name for name in files if name.startswith("prints/") and name.count("/") == 1]
    assert len(forms) == 9
    for name in sorted(set(forms) - {"prints/stranger.png"}):
        (first, *_) = found(house, read(files, name)).candidates
        assert first.caption == "Anton Velkov" and first.score > 4, name


def test_strangers_find_nobody(house: House, files: dict[str, bytes]) -> None:
    for names in (["prints/stranger.png"], ["portraits/stranger.jpg"]):
        answer = found(house, read(files, *names))
        assert not answer.candidates and not answer.contacts


def test_his_middle_finger_is_of_the_unsolved_mark(house: House, files: dict[str, bytes]) -> None:
    (first, *_) = found(house, read(files, "prints/right middle.png"), "marks").candidates
    assert (first.title, first.owner) == ("Pane of the back door", "XA")


REFUSED = {
    "photograph.jpg": "(501)",
    "empty sensor.png": "(502)",
    "72 dpi.png": "(118)",
    "one pixel.png": "(118)",
    "cut short.fmr": "(117)",
    "no face.jpg": "(502)",
}


def test_what_must_be_refused_is_refused_with_its_code(files: dict[str, bytes]) -> None:
    names = [name for name in files if "/refused/" in name]
    assert sorted(name.rpartition("/")[2] for name in names) == sorted(REFUSED)
    for name in names:
        with pytest.raises(Faulty) as why:
            read(files, name)
        assert REFUSED[name.rpartition("/")[2]] in why.value.faults[0].what, name


def test_a_crowd_is_of_nobody_who_could_be_meant(files: dict[str, bytes]) -> None:
    with pytest.raises(Faulty) as why:
        read(files, "portraits/crowd.jpg")
    (fault,) = why.value.faults
    assert "crowd" in fault.what and "(501)" in fault.what


def test_the_specimens_have_prints_and_portraits(
    tmp_path: Path, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("specimens.genuine", "specimens.forged", "series_disk.files"):  # drawn in other tests
        monkeypatch.setattr(f"entente.demo.{name}", dict)
    monkeypatch.setattr("entente.demo.specimens.photograph", lambda page, seed: b"")
    monkeypatch.setattr(biometrics_files, "files", lambda: files)
    assert CliRunner().invoke(app, ["specimens", str(tmp_path)]).exit_code == 0
    for name, content in files.items():
        assert (tmp_path / name).read_bytes() == content


def test_without_what_compiles_and_reads_faces_the_demo_has_none(
    monkeypatch: pytest.MonkeyPatch, house: House
) -> None:
    monkeypatch.setattr("entente.match.faces.missing", lambda: "onnxruntime is not installed")
    assert biometrics._portrait(0) == []
    monkeypatch.setattr("entente.match.prints.slow", lambda: "numba is not installed")
    before = len(told(house, "officer@xb.example"))
    biometrics.load(house)
    assert len(told(house, "officer@xb.example")) == before
