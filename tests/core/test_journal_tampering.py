"""Ten thousand hands in an exported journal with ENTENTE_PROOF=1, hundreds otherwise: each one is found.

The reader holds the house's key and one checkpoint, as docs/operate.md tells him to. A hand may be that of
the house itself, with its key: a fork is signed like any other journal.
"""

import json
import os
import random
from collections import Counter
from collections.abc import Callable

from core.test_journal_export import KNOWN, LINES, PUBLIC, House, check, entry, house
from entente.core.journal import canonical

HANDS = 10_000 if os.environ.get("ENTENTE_PROOF") else 700
SORTS = ("edit", "field", "delete", "swap", "insert", "truncate", "fork")
EARLY = [line for line in LINES[:-1] if b'"checkpoint"' in line]
"""A checkpoint before the last may be left out unseen: it changes no log, and the report counts them."""


def edit(lines: list[bytes], chance: random.Random) -> list[bytes]:
    at = chance.randrange(len(lines))
    line = bytearray(lines[at])
    line[chance.randrange(len(line))] ^= chance.randrange(1, 256)
    return [*lines[:at], bytes(line), *lines[at + 1 :]]


def field(lines: list[bytes], chance: random.Random) -> list[bytes]:
    """One field made another, and the line spelled as the house would."""
    at = chance.randrange(len(lines))
    row = json.loads(lines[at])
    name = chance.choice(sorted(row))
    donor = chance.choice([json.loads(line) for line in lines if name in json.loads(line)])
    row[name] = row[name] + 1 if isinstance(row[name], int) else donor[name]
    return [*lines[:at], canonical(row) + b"\n", *lines[at + 1 :]]


def delete(lines: list[bytes], chance: random.Random) -> list[bytes]:
    first = chance.randrange(len(lines))
    return lines[:first] + lines[first + chance.randrange(1, 4) :]


def swap(lines: list[bytes], chance: random.Random) -> list[bytes]:
    one, other = chance.sample(range(len(lines)), 2)
    lines[one], lines[other] = lines[other], lines[one]
    return lines


def insert(lines: list[bytes], chance: random.Random) -> list[bytes]:
    foreign = list(house(20, 3).export(PUBLIC)) if chance.random() < 0.05 else lines
    lines.insert(chance.randrange(len(lines) + 1), chance.choice(foreign))
    return lines


def truncate(lines: list[bytes], chance: random.Random) -> list[bytes]:
    return lines[: chance.randrange(len(lines))]


def fork(_: list[bytes], chance: random.Random) -> list[bytes]:
    """A whole journal of the same length, signed with the house's own key, with one entry another."""
    rows = [entry(n) for n in range(1, 21)]
    rows[chance.randrange(20)] = entry(chance.randrange(1000, 10**6))
    return list(House(rows[:7], rows[7:8], rows[8:]).export(PUBLIC))


HAND: dict[str, Callable[[list[bytes], random.Random], list[bytes]]] = {
    "edit": edit,
    "field": field,
    "delete": delete,
    "swap": swap,
    "insert": insert,
    "truncate": truncate,
    "fork": fork,
}


def test_every_hand_in_an_exported_journal_is_found() -> None:
    assert check(LINES, KNOWN).sound
    chance, found, missed = random.Random(11), Counter[str](), []
    harmless = [LINES, *([line for line in LINES if line != gone] for gone in EARLY)]
    harmless.append([line for line in LINES if line not in EARLY])
    while found.total() < HANDS:
        sort = SORTS[found.total() % len(SORTS)]
        lines = HAND[sort](list(LINES), chance)
        if lines in harmless:
            continue
        found[sort] += 1
        report = check(lines, KNOWN)
        if report.sound:
            missed.append((sort, lines))
    print(f"\nhands={found.total()} found={found.total() - len(missed)}", dict(found))
    assert not missed
