"""Reads the stream as a browser or a machine does, over a real socket."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from worlds import stage

SOON_S = 1.0
TICK_S = 0.05
"""The bell looks more often in tests, so that its silence is soon heard."""
QUIET_S = 6 * TICK_S


class Line:
    """An open stream as a browser or a machine reads it."""

    def __init__(self, port: int, who: stage.Person, path: str = "") -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), 5)
        proof = f"Authorization: Bearer {who.key}" if who.key else f"Cookie: entente={who.session}"
        path = path or ("/api/v1/stream" if who.key else "/stream")
        self._socket.sendall(f"GET {path} HTTP/1.1\r\nHost: entente.test\r\n{proof}\r\n\r\n".encode())
        self._data = b""
        self.head = self._until(lambda: b"\r\n\r\n" in self._data, 5).partition(b"\r\n\r\n")[0].decode()
        self.status = int(self.head[9:12])
        if self.status == 200:
            self.until(b"retry: 2000\n\n")

    @property
    def said(self) -> bytes:
        """What was said, without the chunks it came in."""
        parts, left = [], self._data.partition(b"\r\n\r\n")[2]
        while b"\r\n" in left:
            size, _, left = left.partition(b"\r\n")
            parts.append(left[: int(size, 16)])
            left = left[int(size, 16) + 2 :]
        return b"".join(parts)

    @property
    def news(self) -> bytes:
        return self.said.replace(b"retry: 2000\n\n", b"").replace(b":\n\n", b"")

    def until(self, text: bytes, within_s: float = SOON_S) -> None:
        self._until(lambda: text in self.said, within_s)
        assert text in self.said, self.said

    @property
    def ended(self) -> bool:
        return self._data.endswith(b"\r\n0\r\n\r\n")

    def end(self, within_s: float = 3.0) -> None:
        """Read on until the server ends it."""
        self._until(lambda: self.ended, within_s)
        assert self.ended, self.said

    def rest(self, for_s: float = QUIET_S) -> None:
        """Listen for a while."""
        self._until(lambda: False, for_s)

    def _until(self, met: Callable[[], bool], within_s: float) -> bytes:
        by = time.monotonic() + within_s
        while not met() and (left := by - time.monotonic()) > 0:
            self._socket.settimeout(left)
            try:
                more = self._socket.recv(1 << 16)
            except TimeoutError:
                break
            if not more:
                break
            self._data += more
        return self._data

    def close(self) -> None:
        self._socket.close()


Open = Callable[..., Line]


@contextmanager
def opening(app: FastAPI) -> Iterator[Open]:
    """The application on a real socket; opens lines."""
    config = uvicorn.Config(app, port=0, log_level="critical", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    lines: list[Line] = []

    def open_line(who: stage.Person, path: str = "") -> Line:
        lines.append(Line(port, who, path))
        return lines[-1]

    yield open_line
    app.state.bell.stop()
    server.should_exit = True
    for line in lines:
        line.close()
    thread.join(10)
    assert not thread.is_alive()
