"""The exact twin: brute force, and so the definition of the text seam."""

from collections.abc import Iterable, Sequence
from threading import Lock

from entente.core.access import View
from entente.engines.seams import Doc, NameQuery, Proposal
from entente.engines.text.points import MOST, Keys, Ranked, answerable, carried, points_of, proposal, union


class MemoryText:
    """Keeps records in a dictionary and compares the question with every one of them."""

    def __init__(self, most: int = MOST) -> None:
        self._docs: dict[int, tuple[Doc, Keys]] = {}
        self._watermark = 0
        self._most = most
        self._lock = Lock()

    def apply(self, docs: Iterable[Doc], gone: Sequence[int], watermark: int) -> None:
        fresh = {doc.n: (doc, union(doc.tokens)) for doc in docs}
        with self._lock:
            self._docs |= fresh
            for n in gone:
                self._docs.pop(n, None)
            self._watermark = watermark

    def propose(self, query: NameQuery, view: View, limit: int) -> Proposal:
        if not answerable(query, view, limit):
            return Proposal(())
        with self._lock:
            kept = list(self._docs.values())
        ranked: list[Ranked] = []
        for doc, keys in kept:
            if carried(doc, view) and (points := points_of(doc, keys, query)) is not None:
                ranked.append((-points, doc.tie, doc.n))
        ranked.sort()
        most = max(self._most, limit)
        narrow = len(ranked) > most and ranked[most][0] == ranked[limit - 1][0]
        return proposal(ranked, limit, narrow)

    def watermark(self) -> int:
        return self._watermark

    def wipe(self) -> None:
        with self._lock:
            self._docs.clear()
            self._watermark = 0

    def close(self) -> None:
        """Nothing is held."""
