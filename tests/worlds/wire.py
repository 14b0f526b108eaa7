"""The same questions over a real socket: uvicorn on the loopback, its threads and its HTTP."""

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from worlds.stage import BUREAUS, Answer, Ask, Person

MOMENT = "date"
"""The one header that tells the time of day and so may differ."""


class Wire:
    """Asks as `stage.Caller` does, over HTTP/1.1."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def __call__(self, who: Person | None, ask: Ask) -> Answer:
        headers, body = ask.spelled(who)
        if who:
            headers["x-forwarded-for"] = f"10.0.0.{BUREAUS.index(who.bureau)}"
        self._connection.request(ask.method, ask.path, body or None, headers)
        answer = self._connection.getresponse()
        told = tuple((k.lower(), v) for k, v in answer.getheaders() if k.lower() != MOMENT)
        if "text/event-stream" not in answer.getheader("content-type", ""):
            return Answer(answer.status, told, answer.read())
        begins = answer.readline() + answer.readline()
        self._connection.close()  # it would never end
        return Answer(answer.status, told, begins)

    def close(self) -> None:
        self._connection.close()


@contextmanager
def served(app: FastAPI) -> Iterator[Wire]:
    """The application on a free port of the loopback."""
    config = uvicorn.Config(app, port=0, log_level="critical", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    wire = Wire(server.servers[0].sockets[0].getsockname()[1])
    yield wire
    wire.close()
    server.should_exit = True
    thread.join(10)
