"""A lock that lets those who wait through in the order they came."""

from collections import deque
from threading import Lock, get_ident
from types import TracebackType


class Turnstile:
    """A plain lock may be taken again and again by a thread that loads a million records while the
    others starve; this one hands itself to who has waited longest."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._holder: int | None = None
        self._waiting: deque[tuple[int, Lock]] = deque()

    def must_be_free(self) -> None:
        """Raise RuntimeError when this thread is inside: it would wait for itself."""
        if self._holder == get_ident():
            raise RuntimeError("this thread already writes: finish that transaction first")

    def __enter__(self) -> None:
        self.must_be_free()
        me = get_ident()
        with self._guard:
            if self._holder is None:
                self._holder = me
                return
            door = Lock()
            door.acquire()
            self._waiting.append((me, door))
        try:
            door.acquire()
        except BaseException:  # interrupted while waiting: leave the queue, or pass the turn on
            with self._guard:
                waits = (me, door) in self._waiting
                if waits:
                    self._waiting.remove((me, door))
            if not waits:
                self.__exit__(None, None, None)
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._guard:
            if self._waiting:
                self._holder, door = self._waiting.popleft()
                door.release()
            else:
                self._holder = None
