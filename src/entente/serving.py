"""The web server, which says when it answers."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socket import socket
from typing import Any

import uvicorn

from entente.terminal import out

APP = "entente.app:from_environment"
AFTER_THE_START_S = 3.0
FAILED = 3
"""Exit status of a server that did not start, as uvicorn's own."""


class _Telling(uvicorn.Server):
    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            tell(self.config.host, self.config.port)


def run(host: str, port: int, workers: int) -> None:
    """Serve until Ctrl+C. Several processes say so when they are started, one when it answers."""
    words: dict[str, Any] = {
        "factory": True,
        "host": host,
        "port": port,
        "log_level": "warning",
        "server_header": False,
        "access_log": False,
    }
    if workers > 1:
        tell(host, port)
        uvicorn.run(APP, workers=workers, **words)
        return
    server = _Telling(uvicorn.Config(APP, workers=1, **words))
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        sys.exit(FAILED)


def tell(host: str, port: int) -> None:
    """Say where the house answers."""
    out.print(f"Serving on http://{host}:{port}; stop with Ctrl+C.", soft_wrap=True, highlight=False)


@contextmanager
def silent_pass() -> Iterator[None]:
    """Run the silent pass in a process of its own, less urgent than answers; it ends with this one."""
    command = [sys.executable, "-m", "entente.cli", "work", "--beside", str(os.getpid())]
    beside: list[subprocess.Popen[bytes]] = []

    def begin() -> None:
        beside.append(subprocess.Popen(command, preexec_fn=lambda: os.nice(10)))  # noqa: S603, PLW1509

    starting = threading.Timer(AFTER_THE_START_S, begin)
    starting.daemon = True
    starting.start()
    try:
        yield
    finally:
        starting.cancel()
        for process in beside:
            process.terminate()
            process.wait()
