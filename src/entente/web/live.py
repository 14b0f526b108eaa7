"""Live pages: server-sent events that say in which of an officer's lists something is new, and no more.

Opening a line is a sitting like any other; to keep it open is no sign that its officer is there.
"""

import asyncio
import json
import signal
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from types import FrameType

from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from entente.core.access import Asker
from entente.desk.bell import Bell, Listener, News
from entente.web.callers import Caller

RETRY_MS = 2000


class Line(StreamingResponse):
    """An answer that lasts: `event: news`, `data: {"boxes": [...]}`, a comment while nothing is new."""

    media_type = "text/event-stream"

    def __init__(self, caller: Caller, bell: Bell, asker: Asker, since: int) -> None:
        """Raises TooMany. Made on the event loop, for what the bell tells in its thread ends there."""
        super().__init__(self._said(), headers={"X-Accel-Buffering": "no"})
        self._loop = asyncio.get_running_loop()
        self._told = asyncio.Event()
        self._news: set[str] = set()
        self._over = False
        self._bell = bell
        self._listener = Listener(
            credential=caller.session or caller.key,
            who=caller.still_there,
            tell=self._tell,
            asker=asker,
            since=since,
        )
        bell.listen(self._listener)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._bell.leave(self._listener)

    def _tell(self, news: News | None) -> None:
        self._loop.call_soon_threadsafe(self._hear, news)

    def _hear(self, news: News | None) -> None:
        self._over = self._over or news is None
        self._news.update(news or ())
        self._told.set()

    async def _said(self) -> AsyncIterator[str]:
        yield f"retry: {RETRY_MS}\n\n"
        while await self._told.wait() and not self._over:
            self._told.clear()
            news, self._news = sorted(self._news), set()
            yield f"event: news\ndata: {json.dumps({'boxes': news})}\n\n" if news else ":\n\n"


async def line(caller: Caller, bell: Bell) -> Line:
    """Open a line for a caller: one sitting in the journal. Raises NotSignedIn, NotAllowed, TooMany."""
    caller.by_itself = True

    def sit() -> tuple[Asker, int]:
        with caller.at_own_desk("see") as desk:
            desk.note("see", what="stream")
            return desk.asker, desk.newest()

    return Line(caller, bell, *await run_in_threadpool(sit))


@contextmanager
def ends_with_the_server(bell: Bell) -> Iterator[None]:
    """Let the bell end at the signal that stops the server: it waits for open lines before it tells us."""
    before = {}
    if threading.current_thread() is threading.main_thread():
        before = {s: signal.getsignal(s) for s in (signal.SIGINT, signal.SIGTERM)}

    def stop(number: int, frame: FrameType | None) -> None:
        bell.end()
        then = before[signal.Signals(number)]
        assert callable(then)
        then(number, frame)

    for number, handler in before.items():
        if callable(handler):
            signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        bell.stop()
