"""All measures of a network of 2,000 things, beside networkx and igraph in the same run.

    python -m benchmarks.metrics [things=2000] [links of each newcomer=5]

A drawn network in which newcomers prefer whom many are linked with already (Barabási and Albert 1999). Times
are CPU seconds, and wall seconds for ours; ratios are how many times as long a peer takes for the measures it
has. Values are compared: the largest difference to a peer, after each is scaled to a highest of 1.
"""

import json
import random
import subprocess
import sys
import time
from pathlib import Path

from entente.match.graph import Link, Network
from entente.match.graph.bands import bands
from entente.match.graph.communities import communities
from entente.match.graph.keyplayers import key_players
from entente.match.graph.measures import MEASURES
from entente.match.graph.removal import sequence

PEERS = Path(".venv-peers/bin/python")
SEED = 1
Told = dict[str, tuple[float, list[float]]]


def drawn(things: int, each: int) -> Network:
    """A network of so many things; its nodes are numbers with leading zeros."""
    chance = random.Random(SEED)
    ends = list(range(each))
    pairs = set()
    for new in range(each, things):
        for old in {chance.choice(ends) for _ in range(each)}:
            pairs.add((old, new))
            ends += [old, new]
    names = [f"{n:06}" for n in range(things)]
    return Network.of(names, (Link(names[a], names[b]) for a, b in sorted(pairs)))


def peer(name: str, network: Network) -> Told:
    said = json.dumps({"nodes": len(network.nodes), "pairs": list(network.pairs)})
    command = [str(PEERS), "-m", "benchmarks.peer_graphs", name]
    done = subprocess.run(command, input=said, capture_output=True, text=True, check=True)
    return {slug: (took, values) for slug, (took, values) in json.loads(done.stdout).items()}


def apart(ours: list[float], theirs: list[float]) -> float:
    """The largest difference once both are scaled to a highest of 1."""
    most = max(map(abs, ours)) or 1.0, max(map(abs, theirs)) or 1.0
    return max(abs(abs(a) / most[0] - abs(b) / most[1]) for a, b in zip(ours, theirs, strict=True))


def main() -> None:
    things = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    each = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    network = drawn(things, each)
    peers = {name: peer(name, network) for name in ("networkx", "igraph")} if PEERS.exists() else {}
    print(f"{things:,} things, {len(network.pairs):,} linked pairs")
    print(f"{'':16}{'ours':>9}{'wall':>9}{'networkx':>10}{'igraph':>9}{'apart nx':>12}{'apart ig':>12}")
    cpu = wall = 0.0
    took_of: dict[str, float] = {}
    furthest = dict.fromkeys(peers, 0.0)
    for slug, measure in MEASURES.items():
        network.graph, network.digraph, network.neighbours  # noqa: B018  (made once for all)
        begun = time.process_time(), time.perf_counter()
        values = list(measure(network).values())
        took = time.process_time() - begun[0], time.perf_counter() - begun[1]
        took_of[slug] = took[0]
        cpu, wall = cpu + took[0], wall + took[1]
        row = f"{slug:16}{took[0]:9.3f}{took[1]:9.3f}"
        for name, width in (("networkx", 10), ("igraph", 9)):
            theirs = peers.get(name, {}).get(slug)
            row += f"{theirs[0]:{width}.3f}" if theirs else f"{'–':>{width}}"
        for name in ("networkx", "igraph"):
            theirs = peers.get(name, {}).get(slug)
            row += f"{apart(values, theirs[1]):12.1e}" if theirs else f"{'–':>12}"
            if theirs:
                furthest[name] = max(furthest[name], apart(values, theirs[1]))
        print(row)
    more = {
        "bands": lambda: bands(network, list(MEASURES)),
        "communities": lambda: communities(network),
        "key players": lambda: key_players(network, 2),
        "removal of 10": lambda: sequence(network, steps=10),
    }
    for name, work in more.items():
        begun_at = time.perf_counter()
        work()
        print(f"{name:16}{'':9}{time.perf_counter() - begun_at:9.3f}")
    figures: dict[str, float] = {
        "things": things,
        "pairs": len(network.pairs),
        "all_cpu_s": round(cpu, 3),
        "all_wall_s": round(wall, 3),
    }
    for name, told in peers.items():
        shared = [slug for slug in told if slug in MEASURES]
        theirs_s, ours_s = (
            sum(took) for took in zip(*((told[s][0], took_of[s]) for s in shared), strict=True)
        )
        figures[f"{name}_cpu_s"] = round(theirs_s, 3)
        figures[f"{name}_ratio"] = round(theirs_s / ours_s, 2)
        figures[f"{name}_apart"] = float(f"{furthest[name]:.1e}")
    print(*(f"{key}={value}" for key, value in figures.items()))


if __name__ == "__main__":
    main()
