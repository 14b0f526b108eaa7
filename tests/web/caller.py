"""A caller without a browser: speaks ASGI to the application in this process, byte for byte."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Headers
    raw_headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    read: int
    """How many parts of the request's body the application asked for."""

    @property
    def text(self) -> str:
        return self.body.decode()


class Caller:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    def get(self, address: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.ask("GET", address, headers)

    def post(
        self, address: str, body: bytes | Iterable[bytes] = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        return self.ask("POST", address, headers, body)

    def ask(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | Iterable[bytes] = b"",
        scheme: str = "http",
    ) -> Answer:
        return asyncio.run(self._ask(method, address, dict(headers or {}), body, scheme))

    async def _ask(
        self, method: str, address: str, headers: dict[str, str], body: bytes | Iterable[bytes], scheme: str
    ) -> Answer:
        path, _, query = address.partition("?")
        sent = {"host": "entente.test"} | {k.lower(): v for k, v in headers.items()}
        if isinstance(body, bytes):
            if body:
                sent.setdefault("content-length", str(len(body)))
            parts = iter([body])
        else:
            sent["transfer-encoding"] = "chunked"
            parts = iter(body)
        scope: dict[str, Any] = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": scheme,
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": [(k.encode(), v.encode("latin-1")) for k, v in sent.items()],
            "client": ("127.0.0.1", 1),
            "server": ("entente.test", 80),
        }
        told: list[Message] = []
        read = 0
        ended = False

        async def receive() -> Message:
            nonlocal read, ended
            if ended:  # a client that waits for its answer
                await asyncio.Event().wait()
            part = next(parts, None)
            read += part is not None
            ended = part is None or isinstance(body, bytes)
            return {"type": "http.request", "body": part or b"", "more_body": not ended}

        async def send(message: Message) -> None:
            told.append(message)

        await self.app(scope, receive, send)
        start = next(m for m in told if m["type"] == "http.response.start")
        raw = tuple((bytes(k), bytes(v)) for k, v in start["headers"])
        whole = b"".join(m.get("body", b"") for m in told if m["type"] == "http.response.body")
        return Answer(start["status"], Headers(raw=list(raw)), raw, whole, read)
