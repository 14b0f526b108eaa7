"""How a network changes: sliced into windows of time, each weighed by itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from entente.match.graph.network import Network

MOST = 240


@dataclass(frozen=True, slots=True)
class Window:
    """One window, first to last day. `things`: with a link in it; `centralization`: Freeman's, of degrees."""

    start: date
    end: date
    things: int
    links: int
    centralization: float
    values: Mapping[str, float]


def windows(network: Network, months: int, value: Callable[[Network], Mapping[str, float]]) -> list[Window]:
    """Windows of so many months from the first day of a link to the last; links without a day are in none.

    A link that is still going on counts up to the last day that any link names.
    """
    days = [d for link in network.links for d in (link.since, link.until) if d and d != date.max]
    if not days:
        return []
    found: list[Window] = []
    start = min(days).replace(day=1)
    while start <= max(days) and len(found) < MOST:
        after = _later(start, months)
        end = after - timedelta(days=1)
        slice = network.during(start, end)
        linked = [p for p, near in enumerate(slice.neighbours) if near]
        held = slice.within(linked)
        found.append(Window(start, end, len(linked), len(held.pairs), centralization(held), value(held)))
        start = after
    return found


def centralization(network: Network) -> float:
    """Freeman's (1978), of degrees: 1 for a star, 0 where all have the same."""
    degrees = [len(near) for near in network.neighbours]
    n = len(degrees)
    return sum(max(degrees) - d for d in degrees) / ((n - 1) * (n - 2)) if n > 2 else 0.0


def _later(day: date, months: int) -> date:
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, 1)
