"""Expansions and paths under the access rule, straight from the store's links.

    python -m benchmarks.expand [links=5000000] [questions=300]

On the house of linked.py: one and two links from a person drawn by lot and from the largest hubs, capped as
a chart caps them (50 of a person, 2,000 in all), how many there are before an expansion, and the shortest way
of at most six links. First at the desk, in one process, each question a sitting of its own; then over HTTP,
one after the other, as the analyst of a file asks, nodes and links with all that a chart shows of them.
"""

import http.client
import json
import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

from benchmarks.driving import serving
from benchmarks.linked import LINKS, build, id_of

from entente.app import open_house
from entente.core.access import Asker, Purpose, Role
from entente.desk import HOUSE_ASKER, Bond, Desk, House, sit
from entente.rooms.bureaus import by_code, enrol
from entente.rooms.bureaus.signing_in import open_session
from entente.settings import Settings

EACH, MOST, SHOWN = 50, 2_000, 500
AT_ONCE = 500
"""Ends that a search for a way looks around at once."""
HOPS = 6
FILE = {
    "title": "Benchmark",
    "purpose": "To measure how fast a network expands",
    "legalBasis": "None: invented persons",
    "area": "organised-crime",
    "criteria": "Nobody",
    "reviewDue": str(date.today() + timedelta(300)),
    "closes": str(date.today() + timedelta(600)),
    "retention": 100,
}
Figures = dict[str, float]
Ask = Callable[[str], int]
"""Asks about a person; returns how many things came back."""


# --- at the desk ---------------------------------------------------------------------------------


def one_hop(desk: Desk, id: str) -> int:
    return _shown(desk, [id], desk.around([id], each=EACH, most=MOST))


def two_hops(desk: Desk, id: str) -> int:
    first = desk.around([id], each=EACH, most=MOST)
    beyond = list(dict.fromkeys(bond.far for bond in first))
    return _shown(desk, [id], [*first, *desk.around(beyond, each=EACH, most=MOST)])


def counted(desk: Desk, id: str) -> int:
    return sum(many for *_, many in desk.counted([id]))


def _shown(desk: Desk, ids: Sequence[str], bonds: Iterable[Bond]) -> int:
    """Load what is drawn: things, and the relations that join them; returns how many."""
    things = list(dict.fromkeys([*ids, *(bond.far for bond in bonds)]))[:SHOWN]
    drawn = set(things)
    links = list(dict.fromkeys(b.link for b in bonds if b.near in drawn and b.far in drawn))[:SHOWN]
    return len(desk.look_all([*things, *links]))


def way(desk: Desk, start: str, goal: str) -> int:
    """Links of the shortest way between two things, from both ends at once; 0 where none is short enough."""
    reached, edges = ({start}, {goal}), [[start], [goal]]
    for hops in range(1, HOPS + 1):
        side = 0 if len(edges[0]) <= len(edges[1]) else 1
        found: list[str] = []
        for first in range(0, len(edges[side]), AT_ONCE):
            for bond in desk.around(edges[side][first : first + AT_ONCE], each=AT_ONCE, most=20_000):
                if bond.far in reached[1 - side]:
                    return hops
                if bond.far not in reached[side]:
                    reached[side].add(bond.far)
                    found.append(bond.far)
        edges[side] = found
    return 0


# --- over HTTP -----------------------------------------------------------------------------------


class Line:
    """A kept connection of one officer."""

    def __init__(self, port: int, session: str) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._head = {"Cookie": f"entente={session}", "Sec-Fetch-Site": "same-origin"}

    def __call__(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """What a path answers. Raises RuntimeError for what is no success."""
        said = None if body is None else json.dumps(body)
        head = self._head | {"Content-Type": "application/json"}
        self._line.request("POST" if said else "GET", f"/api/v1/files{path}", said, head)
        answer = self._line.getresponse()
        text = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f"{path}: {answer.status} {text[:300]!r}")
        return json.loads(text) if text else None


def sessions(house: House, bureau: int) -> list[str]:
    """An analyst and a supervisor of the bureau that asks, signed in."""
    made = []
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        known = next(b for b in by_code(desk).values() if b.number == bureau)
        for role in (Role.ANALYST, Role.SUPERVISOR):
            officer = enrol(desk, known, role.title(), f"{token_hex(8)}@bench.example", (Role.OFFICER, role))
            made.append(open_session(desk, desk.look(officer.id), "link", 100).token)
    return made


def opened(analyst: Line, supervisor: Line) -> str:
    """A file of the analyst's, approved."""
    file = analyst("", FILE)
    supervisor(f"/{file['id']}/approve", {"version": file["version"], "approve": True})
    return str(file["id"])


def over_http(home: Path, tokens: Sequence[str], people: Sequence[str], hubs: Sequence[str]) -> Figures:
    with serving(home) as (port, _process):
        for _ in range(600):
            try:
                Line(port, tokens[0])("")
                break
            except ConnectionError:
                time.sleep(0.1)
        analyst = Line(port, tokens[0])
        network = f"/{opened(analyst, Line(port, tokens[1]))}/network"
        goals = dict(zip(people, [*people[1:], *people[:1]], strict=True))

        def expand(hops: int) -> Ask:
            asked = {"hops": hops, "limit": EACH, "scope": "all"}
            return lambda id: len(analyst(f"{network}/expand", {"ids": [id], **asked})["nodes"])

        def joined(id: str) -> int:
            asked = {"from": id, "to": goals[id], "how": "shortest", "hops": HOPS, "scope": "all"}
            ways = analyst(f"{network}/paths", asked)["paths"]
            return len(ways[0]["links"]) if ways else 0

        def many(id: str) -> int:
            return sum(count["many"] for count in analyst(f"{network}/around", {"ids": [id]})["counts"])

        try:
            expand(1)(people[0])
        except RuntimeError as wrong:
            print(f"not over HTTP: {wrong}")
            return {}
        questions: list[tuple[str, Ask, Sequence[str]]] = [
            ("http_one", expand(1), people),
            ("http_one_of_hubs", expand(1), hubs),
            ("http_two", expand(2), people),
            ("http_two_of_hubs", expand(2), hubs),
            ("http_counted", many, people),
            ("http_counted_of_hubs", many, hubs),
            ("http_way", joined, people),
        ]
        return _timed(questions)


# --- measuring -----------------------------------------------------------------------------------


def at(values: Sequence[float], percent: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * percent / 100))]


def _timed(questions: Sequence[tuple[str, Ask, Sequence[str]]]) -> Figures:
    """Ask each of its persons (each hub three times) and print a row; the first five are not counted."""
    figures: Figures = {}
    for name, ask, ids in questions:
        took: list[float] = []
        found: list[int] = []
        for id in [*ids[:5], *(list(ids) * 3 if "hubs" in name else ids)]:
            start = time.perf_counter()
            found.append(ask(id))
            took.append((time.perf_counter() - start) * 1e3)
        p50, p95, most = (at(took[5:], p) for p in (50, 95, 100))
        figures |= {f"{name}_p50_ms": p50, f"{name}_p95_ms": p95}
        things = f"{at(found, 50):8} {max(found):8}"
        print(f"{name:22} {len(took) - 5:6} {p50:9.1f} {p95:9.1f} {most:9.1f} {things}", flush=True)
    return figures


def at_desk(house: House, asker: Asker, people: Sequence[str], hubs: Sequence[str]) -> Figures:
    goals = dict(zip(people, [*people[1:], *people[:1]], strict=True))

    def seated(question: Callable[[Desk, str], int]) -> Ask:
        def ask(id: str) -> int:
            with sit(house, asker) as desk:
                desk.note("see", what="expansion")
                return question(desk, id)

        return ask

    return _timed(
        [
            ("one", seated(one_hop), people),
            ("one_of_hubs", seated(one_hop), hubs),
            ("two", seated(two_hops), people),
            ("two_of_hubs", seated(two_hops), hubs),
            ("counted", seated(counted), people),
            ("counted_of_hubs", seated(counted), hubs),
            ("way", seated(lambda desk, id: way(desk, id, goals[id])), people),
        ]
    )


def main() -> None:
    links = int(sys.argv[1]) if len(sys.argv) > 1 else LINKS
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    home, made = build(links)
    roles = frozenset({Role.OFFICER, Role.ANALYST})
    asker = Asker("benchmark", made["bureau"], Purpose.ANALYSIS, "benchmark", roles)
    drawn = random.Random(3).sample(range(made["persons"]), min(4 * count, made["persons"]))
    with closing(open_house(Settings(data=home))) as house:
        with sit(house, asker) as desk:
            seen = list(desk.look_all([id_of(i) for i in drawn]))
            hubs = list(desk.look_all([id_of(i) for i in made["hubs"]]))
            desk.note("see", what="expansion")
        share = len(seen) / len(drawn)
        print(f"{made['links']:,} links of {made['persons']:,} persons; the asker sees {share:.0%} of them")
        heads = ("p50 ms", "p95 ms", "max ms", "median", "most")
        print(f"{'':22} {'n':>6} {heads[0]:>9} {heads[1]:>9} {heads[2]:>9} {heads[3]:>8} {heads[4]:>8}")
        people = seen[:count]
        figures = at_desk(house, asker, people, hubs)
        tokens = sessions(house, made["bureau"])
    figures |= over_http(home, tokens, people, hubs)
    figures |= {name: made[name] for name in ("bytes_per_link", "links_per_s", "persons_per_s", "load_s")}
    print(*(f"{name}={value:.1f}" for name, value in figures.items()), f"links={made['links']}")


if __name__ == "__main__":
    main()
