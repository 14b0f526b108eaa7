"""What the folder of templates does beside the contract: erased, crashed, broken, written by one, in turn."""

import os
import signal
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from tests.contracts.test_galleries import LATER, SPACE, VIEW, asked, forms, numbers, row

from entente.engines.galleries import Busy, Corrupt, Form, Proposed, Template, form_of
from entente.engines.galleries.folder import FolderGalleries
from entente.engines.galleries.turns import Turns

SECRET = np.array([[0x5EC8E7_5EC8E7, 0xF1F2F3F4F5F6F7F8], [0xABCDEF_0123456789, 7]], np.uint64)


def opened(folder: Path, small: int = 0) -> FolderGalleries:
    return FolderGalleries(folder / "kept", forms, small)


def secret(n: int) -> Template:
    return Template(n, 1, LATER, SPACE, 2, SECRET + np.uint64(n))


def lies(folder: Path, n: int) -> bool:
    """Whether a part of the thing's template is anywhere on the disk."""
    every = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return any(item.tobytes() in every for item in SECRET + np.uint64(n))


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Segments stay apart, as large ones do: no new one takes in an old one."""
    monkeypatch.setattr("entente.engines.segments.writer.RATIO", 0)


@pytest.mark.parametrize("small", [0, 100_000])
def test_an_erased_template_is_nowhere_on_the_disk(tmp_path: Path, apart: None, small: int) -> None:
    with closing(opened(tmp_path, small)) as galleries:
        galleries.apply([secret(n) for n in range(1, 50)], [], 1)
        assert lies(tmp_path, 7)
        galleries.apply([row(9)], [7], 2)
        assert not lies(tmp_path, 7) and not lies(tmp_path, 9) and lies(tmp_path, 8)
        assert len(galleries.propose(SPACE, [asked()], 99, VIEW)) == 48


def test_a_segment_is_made_again_when_much_of_it_is_blank_and_not_for_a_single_template(
    tmp_path: Path, apart: None
) -> None:
    with closing(opened(tmp_path)) as galleries:
        galleries.apply([secret(n) for n in range(1, 17)], [], 1)

        def rows_after(*gone: int) -> int:
            galleries.apply([], gone, 1)
            galleries.apply([], [], 1)
            return sum(entry.rows for entry in galleries._reader.manifest().entries)

        assert rows_after(1) == rows_after(2) == 16
        assert rows_after(3) == 13
        assert sorted(numbers(galleries.propose(SPACE, [asked()], 99, VIEW))) == list(range(4, 17))


def test_a_writer_that_was_killed_before_it_blanked_leaves_a_right_index(
    tmp_path: Path, apart: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from entente.engines.galleries import segment

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    first = opened(tmp_path)
    first.apply([secret(1), secret(2), row(3, 1)], [], 1)
    with monkeypatch.context() as breaking:
        breaking.setattr(segment, "blank", killed)
        with pytest.raises(KeyboardInterrupt):
            first.apply([row(2, 15)], [1], 2)
    first.close()
    with closing(opened(tmp_path)) as second:
        assert numbers(second.propose(SPACE, [asked(15)], 9, VIEW)) == [2, 3]
        assert lies(tmp_path, 1) and lies(tmp_path, 2)
        second.apply([], [], 2)
        assert not lies(tmp_path, 1) and not lies(tmp_path, 2)
        assert numbers(second.propose(SPACE, [asked(15)], 9, VIEW)) == [2, 3]


WRITES_FOR_EVER = """
import sys
from tests.contracts.test_galleries_folder import opened, secret
from pathlib import Path
galleries = opened(Path(sys.argv[1]))
mark = galleries.watermark()
while True:
    mark += 1
    galleries.apply([secret(mark), secret(1000 + mark)], [mark - 3], mark)
    print(mark, flush=True)
"""


def test_a_writer_that_is_killed_at_any_moment_leaves_what_it_said_was_written(tmp_path: Path) -> None:
    mark = 0
    for seen in (4, 11):
        told = [sys.executable, "-c", WRITES_FOR_EVER, str(tmp_path)]
        with subprocess.Popen(told, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as child:
            assert child.stdout
            for line in child.stdout:
                if int(line) >= mark + seen:
                    os.kill(child.pid, signal.SIGKILL)
                    break
            said = [int(line) for line in child.stdout]
        with closing(opened(tmp_path)) as galleries:
            mark, least = galleries.watermark(), max([*said, mark + seen])
            assert least <= mark <= least + 1
            found = numbers(galleries.propose(SPACE, [asked(1)], 9999, VIEW))
            assert sorted(found) == [*range(mark - 2, mark + 1), *range(1001, 1001 + mark)]
            galleries.apply([], [], mark)
            assert not any(lies(tmp_path, n) for n in range(1, mark - 2))


def test_a_writer_that_failed_before_the_manifest_leaves_the_index_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from entente.engines.segments import manifest

    with closing(opened(tmp_path)) as galleries:
        galleries.apply([row(1)], [], 1)
        with monkeypatch.context() as breaking:
            breaking.setattr(manifest, "write", lambda *_: (_ for _ in ()).throw(OSError("full")))
            with pytest.raises(OSError, match="full"):
                galleries.apply([row(2)], [1], 2)
        assert (numbers(galleries.propose(SPACE, [asked()], 9, VIEW)), galleries.watermark()) == ([1], 1)
        galleries.apply([row(2)], [1], 2)
        assert numbers(galleries.propose(SPACE, [asked()], 9, VIEW)) == [2]
        assert sum(path.is_dir() for path in (tmp_path / "kept").iterdir()) == 1


@pytest.mark.parametrize(("small", "scans"), [(0, 2), (100_000, 1)])
def test_a_question_is_asked_again_when_something_was_blanked_under_it_and_only_then(
    tmp_path: Path, apart: None, small: int, scans: int
) -> None:
    writer = opened(tmp_path, small)
    meanwhile = iter([2])
    scanned: list[int] = []

    def interrupted(asked, items, start, rows):
        for mark in meanwhile:
            writer.apply([row(1, 7)], [], mark)
        scanned.append(len(rows))
        return forms("prints").scan(asked, items, start, rows)

    reader = FolderGalleries(tmp_path / "kept", lambda _: Form(interrupted, interrupted))
    writer.apply([row(1, 15), row(2, 15)], [], 1)
    if small:  # taken from a segment that was made again, and still whole for who reads it
        assert reader.propose(SPACE, [asked(15)], 9, VIEW) == [Proposed(1, 4.0), Proposed(2, 4.0)]
    assert len(scanned) == (1 if small else 0)
    found = reader.propose(SPACE, [asked(15)], 9, VIEW)
    assert found == [Proposed(2, 4.0), Proposed(1, 3.5)]
    writer.close()


@pytest.mark.parametrize("harm", ["garbage", "missing", "cut", "start", "thing", "position", "width"])
def test_a_broken_folder_is_told_and_can_be_wiped(tmp_path: Path, harm: str) -> None:
    folder = tmp_path / "kept"
    with closing(opened(tmp_path)) as galleries:
        galleries.apply([row(1), row(2, 1, 2, position=3)], [], 1)
    (segment,) = (path for path in folder.iterdir() if path.is_dir())
    match harm:
        case "garbage":
            (folder / "manifest.json").write_bytes(b"{")
        case "missing":
            (segment / "items.npy").unlink()
        case "cut":
            (segment / "items.npy").write_bytes((segment / "items.npy").read_bytes()[:-8])
        case "start":
            np.save(segment / "start.npy", np.array([0, 9, 3]))
        case "thing":
            np.save(segment / "thing.npy", np.array([0, 2], np.uint32))
        case "position":
            np.save(segment / "position.npy", np.array([3, 0], np.uint8))
    with closing(opened(tmp_path)) as galleries:
        if harm == "width":
            with pytest.raises(Corrupt):
                galleries.apply([Template(3, 1, LATER, SPACE, 0, np.zeros((1, 3), np.uint64))], [], 2)
        else:
            for ask in (galleries.watermark, lambda: galleries.propose(SPACE, [asked()], 9, VIEW)):
                with pytest.raises(Corrupt):
                    ask()
        galleries.wipe()
        galleries.apply([row(4)], [], 1)
        assert numbers(galleries.propose(SPACE, [asked()], 9, VIEW)) == [4]


def test_one_process_writes_and_another_is_told_so(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as one, closing(opened(tmp_path)) as other:
        one.apply([row(1)], [], 1)
        with pytest.raises(Busy, match="templates"):
            other.apply([row(2)], [], 2)
        one.close()
        other.apply([row(2)], [], 2)
        assert numbers(one.propose(SPACE, [asked()], 9, VIEW)) == [1, 2]


def test_a_scan_is_shared_by_threads_and_answers_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: set[str] = set()

    def seen(asked, items, start, rows):
        threads.add(threading.current_thread().name)
        return forms("prints").scan(asked, items, start, rows)

    with closing(FolderGalleries(tmp_path / "kept", lambda _: Form(seen, seen))) as galleries:
        galleries.apply([row(n, *range(n % 7 + 1), position=n % 3) for n in range(1, 200)], [], 1)
        alone = galleries.propose(SPACE, [asked(3, 5), asked(9, position=2)], 50, VIEW)
        assert threads == {"MainThread"}
        monkeypatch.setattr("entente.engines.galleries.asking.LEAST", 1)
        assert galleries.propose(SPACE, [asked(3, 5), asked(9, position=2)], 50, VIEW) == alone
        assert len(threads) > 1


def test_turns_are_taken_in_the_order_of_coming() -> None:
    turns, order, began = Turns(), [], threading.Event()
    threads = []
    with turns.turn():
        for name in range(8):

            def wait(name: int = name) -> None:
                began.set()
                with turns.turn():
                    order.append(name)

            began.clear()
            thread = threading.Thread(target=wait)
            thread.start()
            began.wait()
            while len(turns._waiting) <= name:
                pass
            threads.append(thread)
    for thread in threads:
        thread.join()
    assert order == list(range(8))
    with turns.turn():
        assert not turns._waiting


def test_a_turn_given_up_goes_to_the_next() -> None:
    turns = Turns()
    with pytest.raises(KeyError), turns.turn():
        raise KeyError
    with turns.turn():
        pass
    with turns.turn():
        thread = threading.Thread(target=lambda: turns.turn().__enter__(), daemon=True)
        thread.start()
        while not turns._waiting:
            pass
        turns._give_up(turns._waiting[0])
        assert not turns._waiting
    with turns.turn():
        pass


def test_the_forms_of_the_house_scan_as_their_slow_twins() -> None:
    with pytest.raises(ValueError, match="voices"):
        form_of("voices")
    assert form_of("prints") == form_of("marks") == form_of("solved")
