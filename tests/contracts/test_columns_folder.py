"""What the folder of columns does beside the contract: erased, crashed, broken, written by one."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from tests.contracts.test_columns import LAYOUT, SPACE, VIEW, layouts, numbers, row, told

from entente.engines.columns import Busy, Corrupt, Record
from entente.engines.columns.folder import FolderColumns

SECRET = 8_513_294_571_334.25
"""Of so many grams; each thing adds its number."""


def opened(folder: Path, small: int = 0) -> FolderColumns:
    return FolderColumns(folder / "kept", layouts, small)


def secret(n: int) -> Record:
    return row(n, SECRET + n, SECRET + n)


def lies(folder: Path, n: int) -> bool:
    """Whether the thing's quantity is anywhere on the disk."""
    every = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return np.float64(SECRET + n).tobytes() in every


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Segments stay apart, as large ones do: no new one takes in an old one."""
    monkeypatch.setattr("entente.engines.segments.writer.RATIO", 0)


@pytest.mark.parametrize("small", [0, 100_000])
def test_an_erased_figure_is_nowhere_on_the_disk(tmp_path: Path, apart: None, small: int) -> None:
    with closing(opened(tmp_path, small)) as columns:
        columns.apply([secret(n) for n in range(1, 50)], [], 1)
        assert lies(tmp_path, 7)
        columns.apply([row(9)], [7], 2)
        assert not lies(tmp_path, 7) and not lies(tmp_path, 9) and lies(tmp_path, 8)
        assert sorted(set(numbers(columns))) == [n for n in range(1, 50) if n != 7]


def test_a_segment_is_made_again_when_much_of_it_is_blank_and_not_for_a_single_thing(
    tmp_path: Path, apart: None
) -> None:
    with closing(opened(tmp_path)) as columns:
        columns.apply([row(n) for n in range(1, 17)], [], 1)

        def rows_after(*gone: int) -> int:
            columns.apply([], gone, 1)
            columns.apply([], [], 1)
            return sum(entry.rows for entry in columns._reader.manifest().entries)

        assert rows_after(1) == rows_after(2) == 16
        assert rows_after(3) == 13
        assert numbers(columns) == list(range(4, 17))


def test_things_of_many_segments_come_in_one_order(tmp_path: Path, apart: None) -> None:
    with closing(opened(tmp_path)) as columns:
        for mark, start in enumerate((3, 1, 2), start=1):
            columns.apply([row(n, n, -n) for n in range(start, 60, 3)], [], mark)
        assert len(columns._reader.manifest().entries) == 3
        assert told(columns) == [(n, q) for n in range(1, 60) for q in (n, -n)]


def test_a_writer_that_was_killed_before_it_blanked_leaves_a_right_index(
    tmp_path: Path, apart: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from entente.engines.columns import segment

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    first = opened(tmp_path)
    first.apply([secret(1), secret(2), row(3)], [], 1)
    with monkeypatch.context() as breaking:
        breaking.setattr(segment, "blank", killed)
        with pytest.raises(KeyboardInterrupt):
            first.apply([row(2, 15)], [1], 2)
    first.close()
    with closing(opened(tmp_path)) as second:
        assert told(second) == [(2, 15), (3, 3)]
        assert lies(tmp_path, 1) and lies(tmp_path, 2)
        second.apply([], [], 2)
        assert not lies(tmp_path, 1) and not lies(tmp_path, 2)
        assert told(second) == [(2, 15), (3, 3)]


WRITES_FOR_EVER = """
import sys
from tests.contracts.test_columns_folder import opened, secret
from pathlib import Path
columns = opened(Path(sys.argv[1]))
mark = columns.watermark()
while True:
    mark += 1
    columns.apply([secret(mark), secret(1000 + mark)], [mark - 3], mark)
    print(mark, flush=True)
"""


def test_a_writer_that_is_killed_at_any_moment_leaves_what_it_said_was_written(tmp_path: Path) -> None:
    mark = 0
    for seen in (4, 11):
        command = [sys.executable, "-c", WRITES_FOR_EVER, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as child:
            assert child.stdout
            for line in child.stdout:
                if int(line) >= mark + seen:
                    os.kill(child.pid, signal.SIGKILL)
                    break
            said = [int(line) for line in child.stdout]
        with closing(opened(tmp_path)) as columns:
            mark, least = columns.watermark(), max([*said, mark + seen])
            assert least <= mark <= least + 1
            stays = [*range(mark - 2, mark + 1), *range(1001, 1001 + mark)]
            assert numbers(columns) == [n for n in stays for _ in "12"]
            columns.apply([], [], mark)
            assert not any(lies(tmp_path, n) for n in range(1, mark - 2))


def test_a_writer_that_failed_before_the_manifest_leaves_the_index_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from entente.engines.segments import manifest

    with closing(opened(tmp_path)) as columns:
        columns.apply([row(1)], [], 1)
        with monkeypatch.context() as breaking:
            breaking.setattr(manifest, "write", lambda *_: (_ for _ in ()).throw(OSError("full")))
            with pytest.raises(OSError, match="full"):
                columns.apply([row(2)], [1], 2)
        assert (numbers(columns), columns.watermark()) == ([1], 1)
        columns.apply([row(2)], [1], 2)
        assert numbers(columns) == [2]
        assert sum(path.is_dir() for path in (tmp_path / "kept").iterdir()) == 1


def test_columns_under_which_the_index_changed_are_read_again(
    tmp_path: Path, apart: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise a thing whose lines are blanked while its new ones are not yet seen would be in neither."""
    from entente.engines.columns import folder

    writer, reader = opened(tmp_path), opened(tmp_path)
    writer.apply([row(1, 5), row(2, 6)], [], 1)
    numbers(reader)
    real = folder.read
    meanwhile = iter([2])

    def interrupted(*asked: object) -> object:
        for mark in meanwhile:
            writer.apply([row(1, 7)], [], mark)
        return real(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(folder, "read", interrupted)
    assert told(reader) == [(1, 7), (2, 6)]
    writer.close()


def test_what_was_read_stays_as_it_was_when_its_lines_are_blanked(tmp_path: Path, apart: None) -> None:
    with closing(opened(tmp_path)) as columns:
        columns.apply([row(1, 5), row(2, 6)], [], 1)
        read = columns.read(SPACE, ["n", "qty"], VIEW)
        columns.apply([], [1, 2], 2)
        assert (read["n"].tolist(), read["qty"].tolist()) == ([1, 2], [5, 6])


@pytest.mark.parametrize("harm", ["garbage", "missing", "cut", "layout", "plain", "label"])
def test_a_broken_folder_is_told_and_can_be_wiped(tmp_path: Path, harm: str) -> None:
    folder = tmp_path / "kept"
    with closing(opened(tmp_path)) as columns:
        columns.apply([row(n) for n in range(1, 99)], [], 1)
    (segment,) = (path for path in folder.iterdir() if path.is_dir())
    match harm:
        case "garbage":
            (folder / "manifest.json").write_bytes(b"{")
        case "missing":
            (segment / "columns.npy").unlink()
        case "cut":
            (segment / "columns.npy").write_bytes((segment / "columns.npy").read_bytes()[:-8])
        case "layout":
            np.save(segment / "layout.npy", np.zeros(0, LAYOUT.descr[:2]))
        case "plain":
            np.save(segment / "layout.npy", np.zeros(0))
        case "label":
            np.save(segment / "label.npy", np.full(98, 9, np.uint16))
    with closing(opened(tmp_path)) as columns:
        with pytest.raises(Corrupt):
            numbers(columns)
        columns.wipe()
        columns.apply([row(4)], [], 1)
        assert numbers(columns) == [4]


def test_one_process_writes_and_another_is_told_so(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as one, closing(opened(tmp_path)) as other:
        one.apply([row(1)], [], 1)
        with pytest.raises(Busy, match="figures"):
            other.apply([row(2)], [], 2)
        one.close()
        other.apply([row(2)], [], 2)
        assert numbers(one) == [1, 2]


def test_a_folder_of_many_segments_holds_few_files_open(tmp_path: Path, apart: None) -> None:
    with closing(opened(tmp_path)) as columns:
        for n in range(1, 31):
            columns.apply([row(n)], [], n)
        numbers(columns)
        held = [str(fd.readlink()) for fd in Path("/proc/self/fd").iterdir() if fd.is_symlink()]
        assert sum(str(tmp_path) in name for name in held) <= 4 * 30 + 2
