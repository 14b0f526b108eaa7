"""The best records of a question, equals ordered by what they are and not by where they lie.

tantivy breaks equal scores by place in the index, which hidden records shift (leak L8 by the back door).
So whoever ties with the last place is fetched too, and the cut is made here by (tie, n).
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from tantivy import DocAddress, Query, Searcher

from entente.engines.text.points import Ranked
from entente.engines.text.question import between, narrowed

Hit = tuple[float, DocAddress]
_END = 2**64


def column(searcher: Searcher, field: str, hits: list[Hit]) -> list[int]:
    """A number of each of these records."""
    return [int(value or 0) for value in searcher.fast_field_values(field, [at for _, at in hits])]


def best(searcher: Searcher, query: Query, limit: int, most: int) -> tuple[list[Ranked], bool]:
    """At least the best `limit` records, in no order, and whether more than `most` are as good."""
    # Fetching thousands costs no more than fetching a few: the match set is walked either way.
    found = searcher.search(query, most + 1)
    hits: list[Hit] = found.hits
    if len(hits) <= limit:
        return _ranked(searcher, hits), False
    last = hits[limit - 1][0]
    start = bisect_left(hits, -last, key=_minus)
    end = bisect_right(hits, -last, key=_minus)
    better, equal = _ranked(searcher, hits[:start]), hits[start:end]
    if end <= most:
        return better + _lowest(searcher, equal, limit - start), False
    fitting: int = found.count  # type: ignore[attr-defined]  # missing in tantivy's stubs
    return better + _Crowd(searcher, query, last, most).lowest(limit - start, equal, fitting), True


def _minus(hit: Hit) -> float:
    return -hit[0]


def _ranked(searcher: Searcher, hits: list[Hit]) -> list[Ranked]:
    ties, ns = column(searcher, "tie", hits), column(searcher, "n", hits)
    return [(-points, tie, n) for (points, _), tie, n in zip(hits, ties, ns, strict=True)]


def _lowest(searcher: Searcher, equal: list[Hit], need: int) -> list[Ranked]:
    """At least the `need` lowest of equals by (tie, n); numbers are fetched for those alone."""
    ties = column(searcher, "tie", equal)
    bound = sorted(ties)[:need][-1]
    return _ranked(searcher, [hit for hit, tie in zip(equal, ties, strict=True) if tie <= bound])


@dataclass(frozen=True, slots=True)
class _Crowd:
    """Records with exactly these points, among those that fit: more than can be fetched."""

    searcher: Searcher
    query: Query
    points: float
    most: int

    def lowest(self, need: int, some: list[Hit], fitting: int, field: str = "tie") -> list[Ranked]:
        """At least the `need` lowest by (tie, n).

        Looks for a bound on `tie` below which there are enough of them and few enough to fetch. `some`
        of them serve for a first guess, `fitting` being the size of the whole match set; the answer does
        not depend on it. Where one tie holds a crowd, its numbers decide.
        """
        drawn = sorted(column(self.searcher, field, some))
        bound = drawn[min(len(drawn) * self.most * 3 // (fitting * 4), len(drawn) - 1)]
        few, crowded = -1, _END
        below: list[Hit] = []
        while crowded - few > 1:
            within = narrowed(self.query, between(field, 0, bound))
            hits = self.searcher.search(within, self.most + 1, count=False).hits
            if len(hits) > self.most and hits[-1][0] >= self.points:
                crowded = bound
            else:
                few, below = bound, [hit for hit in hits if hit[0] == self.points]
                if len(below) >= need:
                    return _lowest(self.searcher, below, need)
            bound = min(4 * bound + 4, crowded - 1) if crowded == _END else (few + crowded) // 2
        same = replace(self, query=narrowed(self.query, between(field, crowded, crowded)))
        return _ranked(self.searcher, below) + same.lowest(need - len(below), some, fitting, "n")
