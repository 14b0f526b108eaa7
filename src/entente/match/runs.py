"""Numbers that people write in groups: "XB 256 UXC", "B7044 1920", "12 34 567890".

How a number is broken up says nothing of it, so that groups which stand side by side are also read as one
number. Which groups remain to be read by themselves (a year, a name) is told with it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from entente.match.days import is_year

LONGEST = 24
"""Characters of a number that was written in groups."""
_GROUP = r"(?:[0-9]{1,12}|(?=[0-9A-Z]{0,11}[0-9])[0-9A-Z]{1,12}|[A-Z]{1,3})"
_RUN = re.compile(rf"(?<![\w+./-]){_GROUP}(?:[ -]{_GROUP})+(?![\w/]|[.-]\w)", re.IGNORECASE)
_PLATE = re.compile(
    r"[A-Z]{1,3}\d{1,4}[A-Z]{1,3}|\d{1,4}[A-Z]{1,3}\d{1,4}|[A-Z]{1,3}\d{2,5}|[A-Z]{4,5}\d{1,4}|"
    r"\d{2,4}[A-Z]{2,3}",
    re.ASCII,
)
_FRAMED = re.compile(r"[A-Z]{1,3}\d{1,4}[A-Z]{1,3}", re.ASCII)


def plate_shaped(number: str) -> bool:
    """Whether capitals and digits have the look of a number plate: 4 to 9 of them, one change or two."""
    return 4 <= len(number) <= 9 and _PLATE.fullmatch(number) is not None


@dataclass(frozen=True, slots=True)
class Run:
    """Groups that may be one number. `joined`: in capitals without gaps; `spent`: (start, end) of those that
    are nothing by themselves; `alone`: no group is left to be read otherwise."""

    shown: str
    joined: str
    spent: tuple[tuple[int, int], ...]
    alone: bool


def runs_in(text: str) -> Iterator[Run]:
    """Every run of groups in a text that may be one number, from left to right."""
    for found in _RUN.finditer(text):
        groups = [
            (g[0], found.start() + g.start(), found.start() + g.end()) for g in _PIECE.finditer(found[0])
        ]
        run = _run(text, _trimmed(groups))
        if run is not None:
            yield run


_PIECE = re.compile(r"[0-9A-Za-z]+", re.ASCII)
_Group = tuple[str, int, int]


def _trimmed(groups: list[_Group]) -> list[_Group]:
    """Without words at either end that belong to a name, unless the whole has the look of a plate. Digits
    alone keep the letters right before them, which may be the number's series ("B 70441920")."""
    if plate_shaped("".join(g[0] for g in groups).upper()):
        return groups
    while groups and groups[-1][0].isalpha():
        groups = groups[:-1]
    first = next((n for n, g in enumerate(groups) if not g[0].isalpha()), len(groups))
    mixed = any(_mixed(g[0]) for g in groups)
    return groups[first:] if mixed else groups[max(0, first - 1) :]


def _run(text: str, groups: list[_Group]) -> Run | None:
    if len(groups) < 2:
        return None
    shown = text[groups[0][1] : groups[-1][2]]
    joined = "".join(g[0] for g in groups).upper()
    digits = sum(c.isdigit() for c in joined)
    if not 4 <= len(joined) <= LONGEST or not (digits >= 4 or plate_shaped(joined)):
        return None
    mixed, letters = any(_mixed(g[0]) for g in groups), any(g[0].isalpha() for g in groups)
    big = [g for g in groups if sum(c.isdigit() for c in g[0]) >= 4]
    years = [g for g in groups if is_year(g[0])]
    plain = sum(g[0].isdigit() for g in groups)
    if not mixed and years and (len(years) == plain or not [g for g in big if g not in years]):
        return None  # "Li 1971" is a name and a year
    if not mixed and not letters and not years:
        return None  # digits in groups, which are read as one number anyhow
    if letters and not mixed and not years and shown.isupper() and plate_shaped(joined):
        return Run(shown, joined, tuple((g[1], g[2]) for g in groups), True)
    framed = _FRAMED.fullmatch(joined) is not None
    if not big:
        whole = shown == text.strip(" \x00")
        spend = mixed or (framed and whole and shown.islower() and digits >= 3)
        if not spend and not framed and plain == 1 and len(groups) == 2 and not (shown.islower() or mixed):
            return None  # "Ali 25"
        return Run(shown, joined, tuple((g[1], g[2]) for g in groups) if spend else (), spend)
    if len(big) == len(years):
        return Run(shown, joined, (), False)
    spent = [g for g in groups if g not in big and (len(g[0]) == 1 or not g[0].isalpha())]
    return Run(shown, joined, tuple((g[1], g[2]) for g in spent), False)


def _mixed(group: str) -> bool:
    return not group.isalpha() and not group.isdigit()
