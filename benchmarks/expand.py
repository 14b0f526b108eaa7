"""Expansions and paths under the access rule, straight from the store's links.

    python -m benchmarks.expand [links=5000000] [questions=300]

On the house of linked.py: one and two links from a person drawn by lot and from the largest hubs, capped as
the chart caps them (50 of a person, 2,000 in all, 500 things shown), how many there are before an expansion,
and the shortest way of at most six links. In one process, each question a sitting of its own.
"""

import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing

from benchmarks.linked import build, id_of
from entente.app import open_house
from entente.core.access import Asker, Purpose, Role
from entente.desk import Bond, Desk, sit
from entente.settings import Settings

EACH, MOST, SHOWN = 50, 2_000, 500
AT_ONCE = 500
"""Ends that a search for a way looks around at once."""
HOPS = 6


def one_hop(desk: Desk, id: str) -> int:
    bonds = desk.around([id], each=EACH, most=MOST)
    return _shown(desk, [id], bonds)


def two_hops(desk: Desk, id: str) -> int:
    first = desk.around([id], each=EACH, most=MOST)
    beyond = list(dict.fromkeys(bond.far for bond in first))
    return _shown(desk, [id], [*first, *desk.around(beyond, each=EACH, most=MOST)])


def _shown(desk: Desk, ids: Sequence[str], bonds: Iterable[Bond]) -> int:
    """Load what is drawn: things, and the relations that join them; returns how many."""
    things = list(dict.fromkeys([*ids, *(bond.far for bond in bonds)]))[:SHOWN]
    drawn = set(things)
    links = list(dict.fromkeys(b.link for b in bonds if b.near in drawn and b.far in drawn))[:SHOWN]
    return len(desk.look_all([*things, *links]))


def way(desk: Desk, start: str, goal: str) -> int:
    """Links of the shortest way between two things, from both ends at once; 0 where none is short enough."""
    reached = ({start: 0}, {goal: 0})
    edges = [[start], [goal]]
    for hops in range(1, HOPS + 1):
        side = 0 if len(edges[0]) <= len(edges[1]) else 1
        found: list[str] = []
        for at in range(0, len(edges[side]), AT_ONCE):
            part = edges[side][at : at + AT_ONCE]
            for bond in desk.around(part, each=AT_ONCE, most=20_000):
                if bond.far in reached[1 - side]:
                    return hops
                if bond.far not in reached[side]:
                    reached[side][bond.far] = hops
                    found.append(bond.far)
        if not found:
            return 0
        edges[side] = found
    return 0


class Measuring:
    """Times questions of one asker and prints a row for each sort."""

    def __init__(self, desk: Callable[[], "object"]) -> None:
        self.desk = desk


def at(values: Sequence[float], percent: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * percent / 100))]


def main() -> None:
    links = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000_000
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    home, made = build(links)
    asker = Asker(
        "benchmark", made["bureau"], Purpose.ANALYSIS, "benchmark", frozenset({Role.OFFICER, Role.ANALYST})
    )
    chance = random.Random(3)
    figures: dict[str, float] = {}
    with closing(open_house(Settings(data=home))) as house:

        def timed(name: str, ask: Callable[[Desk, str], int], ids: Sequence[str]) -> None:
            took, found = [], []
            for id in ids:
                start = time.perf_counter()
                with sit(house, asker) as desk:
                    found.append(ask(desk, id))
                    desk.note("see", what="expansion")
                took.append((time.perf_counter() - start) * 1e3)
            p50, p95, most = (at(took, p) for p in (50, 95, 100))
            figures[f"{name}_p50_ms"], figures[f"{name}_p95_ms"] = p50, p95
            print(f"{name:16} {len(ids):6} {p50:9.1f} {p95:9.1f} {most:9.1f} {at(found, 50):8} {max(found):8}")

        with sit(house, asker) as desk:
            drawn = [id_of(i) for i in chance.sample(range(made["persons"]), min(4 * count, made["persons"]))]
            seen = list(desk.look_all(drawn))[:count]
            hubs = list(desk.look_all([id_of(i) for i in made["hubs"]]))
            shares = len(desk.look_all(drawn)) / len(drawn)
            desk.note("see", what="expansion")
        print(f"{made['links']:,} links of {made['persons']:,} persons; the asker sees {shares:.0%} of them")
        print(f"{'':16} {'n':>6} {'p50 ms':>9} {'p95 ms':>9} {'max ms':>9} {'things':>8} {'most':>8}")
        goals = dict(zip(seen, [*seen[1:], *seen[:1]], strict=True))
        for name, ask, ids in (
            ("one", one_hop, seen),
            ("one_of_hubs", one_hop, hubs),
            ("two", two_hops, seen),
            ("two_of_hubs", two_hops, hubs),
            ("counted", lambda desk, id: sum(row[3] for row in desk.counted([id])), seen),
            ("counted_of_hubs", lambda desk, id: sum(row[3] for row in desk.counted([id])), hubs),
            ("way", lambda desk, id: way(desk, id, goals[id]), seen),
        ):
            timed(name, ask, ids)
    figures |= {name: made[name] for name in ("bytes_per_link", "links_per_s", "persons_per_s", "load_s")}
    print(*(f"{name}={value:.1f}" for name, value in figures.items()), f"links={made['links']}")


if __name__ == "__main__":
    main()
