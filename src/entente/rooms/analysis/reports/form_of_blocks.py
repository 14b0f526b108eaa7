"""The form of a report on a page that needs no script: its fields to blocks, and blocks to fields."""

import re
from collections.abc import Mapping
from typing import Any

Given = Mapping[str, str]
Fields = dict[str, Any]
SORTS = (
    "text", "judgement", "profile", "figure", "timeline", "places", "records", "table", "metrics", "citations"
)  # fmt: skip
EMPTY: Mapping[str, Fields] = {
    "text": {"text": ""},
    "judgement": {"text": "", "likelihood": "realistic", "confidence": "low"},
    "profile": {"record": "", "text": ""},
    "figure": {"chart": "", "caption": ""},
    "timeline": {"ids": [], "since": None, "until": None, "caption": ""},
    "places": {"ids": [], "caption": ""},
    "records": {"ids": [], "columns": [], "caption": ""},
    "table": {"head": [], "rows": [], "caption": ""},
    "metrics": {"chart": "", "which": ["degree"], "most": 20, "caption": ""},
    "citations": {"contributions": False},
}
_IDS = re.compile(r"[0-9a-f]{32}(\s+[0-9a-f]{32})*")
_LISTS = frozenset({"ids", "columns", "which"})


def to_blocks(given: Given) -> list[Fields]:
    """What was typed, as the API's blocks; a number of a block is its place on the page."""
    made: list[Fields] = []
    while (sort := given.get(f"b{len(made)}-sort")) in EMPTY:
        begin = f"b{len(made)}-"
        block: Fields = {"sort": sort, "id": given.get(f"{begin}id", "")}
        for name in EMPTY[str(sort)]:
            said = given.get(f"{begin}{name}", "").replace("\r\n", "\n")
            if name == "ids":
                block[name] = _lines(said)
            elif name in _LISTS:
                block[name] = said.split()
            elif name in ("since", "until"):
                block[name] = said or None
            elif name == "contributions":
                block[name] = said == "yes"
            elif name == "head":
                block[name] = _cells(said)
            elif name == "rows":
                block[name] = [_cells(line) for line in said.split("\n") if line.strip()]
            else:
                block[name] = said
        made.append(block)
    return made


def to_fields(block: Fields) -> dict[str, str]:
    """A block as what stands in its fields."""
    made = {}
    for name, value in block.items():
        if name == "head":
            made[name] = " | ".join(value)
        elif name == "rows":
            made[name] = "\n".join(" | ".join(row) for row in value)
        elif name in _LISTS:
            made[name] = "\n".join(value)
        elif name == "contributions":
            made[name] = "yes" if value else ""
        else:
            made[name] = "" if value is None else str(value)
    return made


def to_distribution(given: Given) -> list[Fields]:
    """Recipients of the form; a line without a bureau is none."""
    made: list[Fields] = []
    n = 0
    while f"r{n}-bureau" in given:
        line = {
            name: given.get(f"r{n}-{name}", "").strip() for name in ("bureau", "unit", "officer", "channel")
        }
        if line["bureau"]:
            made.append({**line, "channel": line["channel"] or "entente"})
        n += 1
    return made


def done(blocks: list[Fields], do: str) -> list[Fields]:
    """The blocks after a button: `add-<sort>`, `up-<n>`, `down-<n>`, `drop-<n>`; else nothing changes."""
    act, _dash, which = do.partition("-")
    if act == "add" and which in EMPTY:
        return [*blocks, {"sort": which, "id": "", **EMPTY[which]}]
    if not which.isdecimal() or int(which) >= len(blocks):
        return blocks
    n, made = int(which), list(blocks)
    if act == "drop":
        del made[n]
    elif act == "up" and n > 0:
        made[n - 1], made[n] = made[n], made[n - 1]
    elif act == "down" and n + 1 < len(made):
        made[n], made[n + 1] = made[n + 1], made[n]
    return made


def _lines(said: str) -> list[str]:
    """One name or id a line; a line of nothing but ids is several."""
    lines = (line.strip() for line in said.split("\n"))
    return [one for line in lines for one in (line.split() if _IDS.fullmatch(line) else [line]) if one]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")] if line.strip() else []
