"""Who is compared in `benchmarks.names`: each side a process of its own, never two at once."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.name_sets import Pair
from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = {"ours": sys.executable, "peer_logicv2": str(ROOT / ".venv-peers/bin/python")}
FLOORS = {"WRatio": fuzz.WRatio, "token sort": fuzz.token_sort_ratio}
"""What anybody has for nothing: ratios of letters (rapidfuzz)."""
Line = tuple[str, dict[str, Any], list[dict[str, Any]]]


def ask(side: str, action: str, lines: Sequence[Line]) -> Any:
    """What `benchmarks.side` tells. Raises CalledProcessError where the side fails, and says how to install
    a peer that is not there."""
    if not Path(PYTHONS[side]).exists():
        sys.exit("the peer is not installed: run `make bench-names`")
    text = "\n".join(json.dumps(line) for line in lines)
    command = [PYTHONS[side], "-m", "benchmarks.side", side, action]
    told = subprocess.run(command, input=text, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    return json.loads(told.stdout)


def scores(side: str, pairs: Sequence[Pair]) -> list[tuple[float, float]]:
    """(same name, same person) of every pair; a floor knows one number and the first name of each side."""
    if side in FLOORS:
        ratio = FLOORS[side]
        told = [ratio(_first(p.question), _first(p.record), processor=default_process) / 100 for p in pairs]
        return [(score, score) for score in told]
    lines: list[Line] = [(pair.kind, dict(pair.question), [dict(pair.record)]) for pair in pairs]
    return [(found[0][0], found[0][1]) for found in ask(side, "score", lines)]


def _first(body: dict[str, tuple[str, ...]]) -> str:
    return body["name"][0] if "name" in body else " ".join(values[0] for values in body.values())
