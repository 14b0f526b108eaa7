"""Group commit: entries that arrive while a commit is under way share the next one."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any

from entente.core.problems import Unavailable
from entente.engines.store.turnstile import Turnstile


class _Ticket:
    __slots__ = ("columns", "done", "error")

    def __init__(self, columns: dict[str, Any]) -> None:
        self.columns = columns
        self.error: BaseException | None = None
        self.done = Lock()
        self.done.acquire()


class Grouping:
    """`write(rows)` commits many at once. The first to come leads: it waits for the writer's turn, and
    takes along everybody who came meanwhile."""

    def __init__(self, write: Callable[[Sequence[dict[str, Any]]], None], turn: Turnstile) -> None:
        self._write = write
        self._turn = turn
        self._guard = Lock()
        self._waiting: list[_Ticket] = []

    def append(self, columns: dict[str, Any]) -> None:
        """Return when the row is durable; Unavailable when the commit it shared failed."""
        self._turn.must_be_free()
        mine = _Ticket(columns)
        with self._guard:
            self._waiting.append(mine)
            leads = len(self._waiting) == 1
        if leads:
            self._lead()
        mine.done.acquire()
        if mine.error is not None:
            raise Unavailable("the journal could not be written") from mine.error

    def _lead(self) -> None:
        group: list[_Ticket] = []
        error: BaseException | None = None
        try:
            with self._turn:
                group = self._take()
                self._write([ticket.columns for ticket in group])
        except BaseException as wrong:
            error = wrong
            group = group or self._take()
            if not isinstance(wrong, Exception):
                raise
        finally:
            for ticket in group:
                ticket.error = error
                ticket.done.release()

    def _take(self) -> list[_Ticket]:
        with self._guard:
            group, self._waiting = self._waiting, []
        return group
