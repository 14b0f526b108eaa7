"""The walk over a disk: everything is met or passed over, and nothing stops it."""

import os
import socket
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.triage.walking import Found, Passed, shown, walk


def met(folder: Path) -> tuple[dict[bytes, int], dict[bytes, str]]:
    files, passed = {}, {}
    for one in walk(os.fsencode(folder)):
        if isinstance(one, Found):
            assert one.path not in files
            files[one.path] = one.size
        else:
            assert isinstance(one, Passed)
            passed[one.path] = one.why
    return files, passed


def test_links_and_their_loops_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "file").write_bytes(b"12")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "to a file").symlink_to(tmp_path / "a" / "file")
    files, passed = met(tmp_path)
    assert files == {b"a/file": 2}
    assert passed == dict.fromkeys((b"a/loop", b"self", b"to a file"), "link: not followed")


def test_what_is_no_file_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)  # a socket's path may not be long
    with socket.socket(socket.AF_UNIX) as held:
        held.bind("socket")
        files, passed = met(tmp_path)
    assert files == {}
    assert passed == {b"pipe": "pipe: not a file", b"socket": "socket: not a file"}


def test_an_empty_file_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "nothing.jpg").touch()
    assert met(tmp_path) == ({b"nothing.jpg": 0}, {})


def test_names_in_broken_encodings_are_kept_byte_by_byte(tmp_path: Path) -> None:
    name = b"f\xfcnf\xff\n.jpg"
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"1")
    files, _ = met(tmp_path)
    assert files == {name: 1}
    assert shown(name) == "f\\xfcnf\\xff\\n.jpg"


def test_a_folder_that_cannot_be_read_is_told_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
    scandir = os.scandir

    def closed(path: bytes) -> object:  # root may read all: the refusal is played
        if path.endswith(b"/b"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    files, passed = met(tmp_path)
    assert set(files) == {b"a/file", b"c/file"}
    assert passed == {b"b": "folder cannot be read: Permission denied"}


def test_what_vanishes_on_the_way_is_told(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
    walking = walk(os.fsencode(tmp_path))
    assert next(walking).path == b"a/file"
    (tmp_path / "b" / "file").unlink()
    (tmp_path / "b").rmdir()
    assert list(walking) == [Passed(b"b", "folder cannot be read: No such file or directory")]


def test_a_folder_that_is_met_twice_is_walked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "file").touch()
    (tmp_path / "b").mkdir()
    look = os.stat

    def mounted(path: bytes, *, follow_symlinks: bool = True) -> os.stat_result:
        same = isinstance(path, bytes) and path.endswith(b"/b")
        return look(path[:-1] + b"a" if same else path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(os, "stat", mounted)
    files, passed = met(tmp_path)
    assert files == {b"a/file": 0} and passed == {b"b": "folder was walked already"}


@given(path=st.binary(min_size=1, max_size=30))
def test_a_path_is_shown_as_one_line_that_any_terminal_can_print(path: bytes) -> None:
    text = shown(path)
    assert text.isprintable() and text.encode("utf-8")


def test_a_device_is_no_file() -> None:
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    passed = {p.path: p.why for p in walk(b"/dev") if isinstance(p, Passed)}
    assert passed[b"null"] == "device: not a file"
