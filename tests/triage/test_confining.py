"""What a worker can still do once it is confined, as root or as another: read files and tell of them."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import disks
import pytest
from test_triage_films import made

from entente.triage import confining, workers
from entente.triage.workers import Outcome, Worker, work

NOBODY = 65534
AS = """
import os
if {user}:
    os.setgroups([])
    os.setgid({user})
    os.setuid({user})
"""
START = """
import json, os, socket, sys
from contextlib import suppress
from entente.triage.confining import confine
"""
TRIES = """
folder, port, beside = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
done = []

def attempt(name, how):
    with suppress(OSError):
        how()
        done.append(name)

def start(program):
    child = os.fork()
    if not child:
        try:
            program and os.execv(program, [program])
            os._exit(0)
        finally:
            os._exit(1)
    if os.waitpid(child, 0)[1]:
        raise OSError

inet = socket.AF_INET, socket.SOCK_STREAM, socket.SOCK_DGRAM
attempt("read", lambda: open(folder + "/evidence").read())
attempt("write", lambda: open(folder + "/evidence", "r+"))
attempt("cut", lambda: os.truncate(folder + "/evidence", 0))
attempt("make", lambda: open(folder + "/new", "x"))
attempt("link", lambda: os.symlink("evidence", folder + "/link"))
attempt("move", lambda: os.rename(folder + "/evidence", folder + "/moved"))
attempt("move back", lambda: os.rename(folder + "/moved", folder + "/evidence"))
attempt("remove", lambda: os.unlink(folder + "/evidence"))
attempt("tcp", lambda: socket.socket(inet[0], inet[1]).connect(("127.0.0.1", port)))
attempt("udp", lambda: socket.socket(inet[0], inet[2]).sendto(b"x", ("127.0.0.1", port)))
attempt("fork", lambda: start(""))
attempt("run", lambda: start("/bin/true"))
attempt("signal", lambda: os.kill(beside, 0))
print(json.dumps(done))
"""
REFUSED = """
from entente.triage import confining
confining._NEW_NETWORK = 1 << 31
confine()
"""
WORKER = """
import av, cv2
from PIL import Image
from entente.triage import describing, reading, worker
Image.init()
{as_user}
worker.main()
"""


@pytest.fixture(params=["as one is", "as nobody"])
def user(request: pytest.FixtureRequest) -> int | None:
    """None: as the tests run, which may be root."""
    if request.param == "as one is":
        return None
    if os.geteuid():
        pytest.skip("only root can be another")
    return NOBODY


@pytest.fixture
def folder(user: int | None) -> Iterator[Path]:
    """One that the user may write to."""
    made = Path(tempfile.mkdtemp())
    if user is not None:
        os.chown(made, user, user)
    yield made
    shutil.rmtree(made)


def test_a_confined_process_reads_and_does_nothing_else(user: int | None, folder: Path) -> None:
    """Root's may start processes, of itself alone. Unconfined it does all, so that each attempt is one."""
    if confining.landlock() < 6:
        pytest.skip("the kernel has not all of it")
    told = []
    for how in ("confine()", REFUSED, ""):
        (folder / "evidence").write_text("as it was")
        (folder / "evidence").chmod(0o666)
        code = START + AS.format(user=user) + how + TRIES
        with (
            socket.create_server(("127.0.0.1", 0)) as house,
            subprocess.Popen(["sleep", "9"], user=user) as beside,
        ):
            arguments = (str(folder), str(house.getsockname()[1]), str(beside.pid))
            done = subprocess.run([sys.executable, "-c", code, *arguments], check=False, capture_output=True)
            beside.kill()
        assert done.returncode == 0, done.stderr.decode()
        told.append(json.loads(done.stdout))
        if how == "confine()":
            assert [path.name for path in folder.iterdir()] == ["evidence"]
            assert (folder / "evidence").read_text() == "as it was"
    forks = ["fork"] if user is None and not os.geteuid() else []
    assert told == [["read", *forks], ["read", "udp", *forks], told[2]]
    assert len(told[2]) == 13, told[2]


def through(folder: Path, user: int | None, monkeypatch: pytest.MonkeyPatch) -> dict[str, Outcome]:
    code = WORKER.format(as_user=AS.format(user=user))
    popen = subprocess.Popen

    def dropped(command: list[str], **how: Any) -> object:
        return popen([command[0], "-c", code], **how)

    monkeypatch.setattr(workers.subprocess, "Popen", dropped)
    names = sorted(os.fsencode(path.name) for path in folder.iterdir())
    return {os.fsdecode(one.path): one for one in work(os.fsencode(folder), names, 1, 60)}


def test_every_sort_of_picture_and_film_is_decoded_in_there(
    user: int | None, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some decoders would have threads, or files of their own."""
    one, *_ = disks.photographs(3)
    forms = ("JPEG", "PNG", "BMP", "TIFF", "WEBP", "GIF", "JPEG2000", "AVIF")
    for form in forms:
        (folder / form).write_bytes(disks.encoded(one, form))
    made(folder / "film.mp4", [one])
    (folder / "CMYK").write_bytes(disks.encoded(one.convert("CMYK")))
    told = through(folder, user, monkeypatch)
    assert {name: one.why for name, one in told.items() if one.why} == {}
    frames = told.pop("film.mp4").fields["frames"]
    assert len(frames) == 1 and {len(one.fields["pdq"]) for one in told.values()} == {18}
    assert set(told) == {*forms, "CMYK"}


def test_root_reads_what_others_keep_to_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A seized disk holds the files of people whom this machine does not know."""
    if os.geteuid():
        pytest.skip("root alone can")
    (tmp_path / "theirs").write_text("theirs")
    (tmp_path / "theirs").chmod(0o600)
    os.chown(tmp_path / "theirs", 4711, 4711)
    assert through(tmp_path, None, monkeypatch)["theirs"].why == ""


def test_a_worker_is_told_nothing_of_what_its_caller_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ENTENTE_KEY", "SSH_AUTH_SOCK", "HOME", "PATH", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "secret")
    worker = Worker()
    try:
        worker.ask(b"/none")
        told = Path(f"/proc/{worker._process.pid}/environ").read_bytes()
    finally:
        worker.end()
    assert b"secret" not in told and b"OMP_NUM_THREADS=1" in told
    names = {entry.partition(b"=")[0].decode() for entry in told.split(b"\0") if entry}
    assert names <= set(confining.bare(dict.fromkeys(os.environ | dict.fromkeys(confining._PASSED), "")))
