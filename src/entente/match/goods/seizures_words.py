"""Words of the closed lists as people and tables write them, and what a seizure is called."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from entente.match.goods import codes
from entente.match.goods.taxonomy import TAXONOMY, folded

MOST_TITLE = 300


def code_of(listed: str, text: str) -> str:
    """The code of a list that a text stands for: the code, its label or another word for it (folded), or the
    digit of a mode; "" for nothing. Raises ValueError ("is none of: ...")."""
    if not text:
        return ""
    found = _words(listed).get(folded(text)) or _words(listed).get(text)
    if found is None:
        raise ValueError(f"is none of: {', '.join(codes.LABELS[listed])}")
    return found


@cache
def _also() -> Mapping[str, Sequence[tuple[str, Sequence[str]]]]:
    """List to (code, other words for it), from the file beside this one."""
    found: dict[str, list[tuple[str, Sequence[str]]]] = {}
    for line in (files(__package__) / "seizures_words.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            head, *words = line.split("|")
            listed, _space, code = head.partition(" ")
            found.setdefault(listed, []).append((code, words))
    return found


@cache
def _words(listed: str) -> Mapping[str, str]:
    known: dict[str, str] = {}
    for number, (code, label) in enumerate(codes.LABELS[listed].items(), 1):
        known |= {code: code, folded(code): code}
        known.setdefault(folded(label), code)
        if listed == "modes":
            known[str(number)] = code
    for code, words in _also().get(listed, ()):
        for word in words:
            known.setdefault(folded(word), code)
    known.pop("", None)
    return known


_CARRIERS: Mapping[str, str] = {
    "imo": "vessel",
    "ship": "vessel",
    "vehicle": "plate",
    "registration": "plate",
    "plane": "aircraft",
    "tail": "aircraft",
}


def carrier(text: str) -> str:
    """The sort of number (conveyances.KINDS) that a word stands for; the word itself where it is none."""
    word = text.strip().casefold()
    return _CARRIERS.get(word, word)


def title(raw: Mapping[str, Sequence[str]], items: Sequence[Mapping[str, Any]]) -> str:
    """What a seizure is called: goods and quantity, place, date; in English, as codes are."""
    said = [goods_said(items[0])] if items else [codes.LABELS["events"].get(_first(raw, "eventKind"), "")]
    if len(items) > 1:
        said[0] += f" and {len(items) - 1} more"
    place = " ".join(part for part in (_first(raw, "country").upper(), _first(raw, "place")) if part)
    said += [place, _first(raw, "date")]
    return " · ".join(part for part in said if part)[:MOST_TITLE] or "Seizure"


def goods_said(line: Mapping[str, Any]) -> str:
    """A line of goods in words: state, goods, quantity."""
    goods, state = str(line.get("goods", "")), str(line.get("state", ""))
    what = TAXONOMY.node(goods).label if goods else str(line.get("what", "")) or f"HS {line.get('hs', '')}"
    state = codes.LABELS["states"][state] + " " if state in ("counterfeit", "stolen", "diverted") else ""
    amount = str(line.get("std") or line.get("qty") or "")
    unit = str(line.get("std_unit") if line.get("std") else line.get("unit", ""))
    shown = codes.LABELS["units"].get(unit, unit)
    return f"{state}{what}" + (f", {amount} {shown}".rstrip() if amount else "")


def _first(raw: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(raw.get(name, ())), "")
