"""What the folder of likenesses does beside the contract: erased, crashed, broken, written by one."""

import random
from contextlib import closing
from pathlib import Path

import pytest
from tests.contracts.test_vectors import VIEW, ZERO, flipped, numbers, row

from entente.engines.vectors import Corrupt, Near
from entente.engines.vectors.folder import FolderVectors


def everywhere(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Segments stay apart, as large ones do: no new one takes in an old one."""
    monkeypatch.setattr("entente.engines.segments.writer.RATIO", 0)


@pytest.mark.parametrize("small", [0, 100_000])
def test_an_erased_hash_is_nowhere_on_the_disk(tmp_path: Path, apart: None, small: int) -> None:
    dice = random.Random(1)
    hashes = {n: dice.randbytes(32) for n in range(1, 50)}
    with closing(FolderVectors(tmp_path / "near", small)) as vectors:
        vectors.apply([row(n, hash) for n, hash in hashes.items()], [], 1)
        assert hashes[7] in everywhere(tmp_path)
        vectors.apply([row(9, ZERO)], [7], 2)
        assert hashes[7] not in everywhere(tmp_path)
        assert hashes[9] not in everywhere(tmp_path)
        vectors.apply([], [], 2)
        rows = [entry.rows for entry in vectors._reader.manifest().entries]
        assert sum(rows) == 48, "made again without the blanked rows"
        assert len(vectors.near("pdq", list(hashes.values()), 0, VIEW)) == 47


def test_a_writer_that_was_killed_before_it_blanked_leaves_a_right_index(
    tmp_path: Path, apart: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from entente.engines.vectors import segment

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    first = FolderVectors(tmp_path / "near", small=0)
    hash = random.Random(2).randbytes(32)
    first.apply([row(1, hash), row(2, hash), row(3)], [], 1)
    with monkeypatch.context() as breaking:
        breaking.setattr(segment, "blank", killed)
        with pytest.raises(KeyboardInterrupt):
            first.apply([row(2, flipped(hash, 1))], [1], 2)
    first.close()
    with closing(FolderVectors(tmp_path / "near", small=0)) as second:
        assert second.near("pdq", [hash], 9, VIEW) == [Near(0, 2, 1)]
        assert hash in everywhere(tmp_path)
        second.apply([], [], 2)
        assert hash not in everywhere(tmp_path)
        assert second.near("pdq", [hash], 9, VIEW) == [Near(0, 2, 1)]


def test_a_writer_that_failed_before_the_manifest_leaves_the_index_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from entente.engines.segments import manifest

    with closing(FolderVectors(tmp_path / "near")) as vectors:
        vectors.apply([row(1)], [], 1)
        with monkeypatch.context() as breaking:
            breaking.setattr(manifest, "write", lambda *_: (_ for _ in ()).throw(OSError("full")))
            with pytest.raises(OSError, match="full"):
                vectors.apply([row(2)], [1], 2)
        assert (numbers(vectors.near("pdq", [ZERO], 0, VIEW)), vectors.watermark()) == ([1], 1)
        vectors.apply([row(2)], [1], 2)
        assert numbers(vectors.near("pdq", [ZERO], 0, VIEW)) == [2]
        assert sum(path.is_dir() for path in (tmp_path / "near").iterdir()) == 1


def test_a_question_under_which_the_index_changed_is_asked_again(
    tmp_path: Path, apart: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise a thing whose row is blanked while its new one is not yet seen would be in neither."""
    from entente.engines.vectors.segment import Segment

    writer, reader = FolderVectors(tmp_path / "near", small=0), FolderVectors(tmp_path / "near")
    writer.apply([row(1), row(2)], [], 1)
    reader.near("pdq", [ZERO], 0, VIEW)
    real = Segment.near
    meanwhile = iter([2])

    def interrupted(self: Segment, *asked: object) -> object:
        for mark in meanwhile:
            writer.apply([row(1, flipped(ZERO, 1))], [], mark)
        return real(self, *asked)  # type: ignore[arg-type]

    monkeypatch.setattr(Segment, "near", interrupted)
    assert reader.near("pdq", [ZERO], 9, VIEW) == [Near(0, 2, 0), Near(0, 1, 1)]
    writer.close()


@pytest.mark.parametrize("harm", ["garbage", "form", "missing", "cut"])
def test_a_broken_folder_is_told_and_can_be_wiped(tmp_path: Path, harm: str) -> None:
    folder = tmp_path / "near"
    with closing(FolderVectors(folder)) as vectors:
        vectors.apply([row(1)], [], 1)
    (segment,) = (path for path in folder.iterdir() if path.is_dir())
    match harm:
        case "garbage":
            (folder / "manifest.json").write_bytes(b"{")
        case "form":
            (folder / "manifest.json").write_text('{"form": 99}')
        case "missing":
            (segment / "bits.npy").unlink()
        case "cut":
            (segment / "bits.npy").write_bytes((segment / "bits.npy").read_bytes()[:-8])
    with closing(FolderVectors(folder)) as vectors:
        for ask in (vectors.watermark, lambda: vectors.near("pdq", [ZERO], 0, VIEW)):
            with pytest.raises(Corrupt):
                ask()
        vectors.wipe()
        vectors.apply([row(4)], [], 1)
        assert numbers(vectors.near("pdq", [ZERO], 0, VIEW)) == [4]


def test_one_process_writes_and_another_is_told_so(tmp_path: Path) -> None:
    from entente.engines.vectors import Busy

    with closing(FolderVectors(tmp_path / "near")) as one, closing(FolderVectors(tmp_path / "near")) as other:
        one.apply([row(1)], [], 1)
        with pytest.raises(Busy):
            other.apply([row(2)], [], 2)
        one.close()
        other.apply([row(2)], [], 2)
        assert numbers(one.near("pdq", [ZERO], 0, VIEW)) == [1, 2]


def test_what_is_not_ours_in_the_folder_stays(tmp_path: Path) -> None:
    folder = tmp_path / "near"
    folder.mkdir()
    for name in ("holiday", "00000001"):
        (folder / name).mkdir()
    with closing(FolderVectors(folder)) as vectors:
        vectors.apply([row(1)], [], 1)
        vectors.wipe()
    assert {path.name for path in folder.iterdir()} == {"holiday", "00000001"}
