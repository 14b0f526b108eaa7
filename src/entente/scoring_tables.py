"""Behind `entente scores`: a table of scores, its columns told by their headers."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entente.match import threat
from entente.match.names.fold import fold
from entente.rooms.reports.assessments.schemes import Scheme, built_in
from entente.rooms.trends.figures.exports import Cell
from entente.seizing_files import Row

Scores = NDArray[np.float64]
GROUPS = {"market": "markets", "actor": "actors", "resilience": "resilience"}
WHERE = {
    "place": ("country", "place", "territory", "entity"),
    "region": ("region",),
    "year": ("year", "edition"),
}
TOTALS = {
    "markets": ("criminal markets", "criminal markets avg", "markets", "criminal market score"),
    "actors": ("criminal actors", "criminal actors avg", "actors", "criminal actor score"),
    "criminality": ("criminality", "criminality avg", "criminality score"),
    "resilience": ("resilience", "resilience avg", "resilience score"),
}
"""Headers of published totals."""


ROUNDING = 0.005
"""How far a total of two decimals may lie from the one made again."""


@dataclass(frozen=True, slots=True)
class Table:
    """N places. `cells` (N, indicators): scores of 1 to 10, NaN where none is said; `said`: published totals
    by name; `told`: (line, header, cell, what is wrong with it)."""

    scheme: Scheme
    places: tuple[str, ...]
    regions: tuple[str, ...]
    cells: Scores
    said: dict[str, Scores]
    told: tuple[tuple[int, str, str, str], ...]


def table_of(
    header: Sequence[str],
    rows: Iterable[Row],
    slug: str = "",
    columns: Sequence[str] = (),
    year: str = "",
) -> Table:
    """The table that rows make, by a scheme of indicators or the one whose indicators the headers name; of
    several years the one that is wanted.

    Raises ValueError, told as after the file's name.
    """
    named = _said(header, columns)
    scheme = _scheme(named, slug)
    places, regions, cells, told = (
        list[str](),
        list[str](),
        list[list[float]](),
        list[tuple[int, str, str, str]](),
    )
    said: dict[str, list[float]] = {name: [] for name in TOTALS if name in named}
    wanted = [one.code for one in scheme.indicators]
    for line, row in rows:
        cell = {name: row[at].strip() if at < len(row) else "" for name, at in named.items()}
        if not cell["place"] or (year and cell.get("year", "").removesuffix(".0") != year):
            continue
        places.append(cell["place"])
        regions.append(cell.get("region", ""))
        read = {}
        for name in (*wanted, *said):
            read[name], why = _score(cell.get(name, ""))
            if why:
                told.append((line, header[named[name]], cell[name], why))
        cells.append([read[code] for code in wanted])
        for name, values in said.items():
            values.append(read[name])
    if twice := sorted({place for place in places if places.count(place) > 1}):
        raise ValueError(f"has several rows of {twice[0]}: of several years choose one by --year")
    if not places:
        raise ValueError("has no row with a place")
    known = {name: np.array(values) for name, values in said.items()}
    return Table(scheme, tuple(places), tuple(regions), np.array(cells), known, tuple(told))


def _said(header: Sequence[str], columns: Sequence[str]) -> dict[str, int]:
    """The place in the header of each indicator, total, place, region and year."""
    words = {said: name for name, several in (WHERE | TOTALS).items() for said in several}
    known = set(WHERE) | set(TOTALS)
    for scheme in built_in().values():
        for one in scheme.indicators:
            words |= {folded(one.name): one.code, one.code: one.code}
            known.add(one.code)
    found = dict[str, int]()
    for at, name in enumerate(header):
        if (what := words.get(folded(name))) and what not in found:
            found[what] = at
    for text in columns:
        what, sign, heading = text.partition("=")
        if not sign or what not in known or list(header).count(heading) != 1:
            raise ValueError(f"has no one column for --column {text} (of: {', '.join(sorted(known))})")
        found[what] = list(header).index(heading)
    if "place" not in found:
        raise ValueError("has no column of places: name it, such as --column place=HEADING")
    return found


def _scheme(named: dict[str, int], slug: str) -> Scheme:
    several = [one for one in built_in().values() if one.formula == "index"]
    if slug:
        several = [one for one in several if one.slug == slug]
        if not several:
            raise ValueError(f"cannot be read by the scheme {slug}: there is none of that name")
    for one in sorted(several, key=lambda scheme: -len(scheme.indicators)):
        missing = [i.name for i in one.indicators if i.code not in named and i.group != "resilience"]
        if not missing:
            return one
    raise ValueError(f"lacks columns of indicators: {', '.join(missing)}; name them by --column arms=HEADING")


def _score(text: str) -> tuple[float, str]:
    """(the number, what is wrong with it)."""
    if not text or text.casefold() in ("-", "n/a", "na", "..", "nan"):
        return np.nan, ""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return np.nan, "is no number"
    if not threat.LEAST <= number <= threat.MOST:
        return np.nan, "is no score of 1 to 10"
    return number, ""


def folded(header: str) -> str:
    """A header as headers are compared: words alone, without the number of its part ("I. Criminality")."""
    plain = fold(re.sub(r"[^\w]+|_", " ", header.replace("&", " and ")))
    return re.sub(r"^[ivx]+ (?=criminal|resilience)", "", plain)


def made(table: Table) -> dict[str, Scores]:
    """(N,) of each of TOTALS; NaN for a place without any score of the group."""
    groups = np.array([one.group for one in table.scheme.indicators])
    found = {
        name: threat.totals(
            table.cells[:, groups == group], threat.formula([1.0] * int((groups == group).sum()))
        )
        if (groups == group).any()
        else np.full(len(table.places), np.nan)
        for group, name in GROUPS.items()
    }
    return found | {"criminality": (found["markets"] + found["actors"]) / 2}


def differing(table: Table, totals: dict[str, Scores]) -> tuple[list[list[str]], int]:
    """(place, total, as the table says it, as it is made) of those that differ by more than rounding; how
    many were compared."""
    found = [
        [table.places[n], name, f"{said[n]:.2f}", f"{totals[name][n]:.2f}"]
        for name, said in table.said.items()
        for n in np.flatnonzero(~(np.abs(said - totals[name]) <= ROUNDING + 1e-9) & ~np.isnan(said)).tolist()
    ]
    return found, sum(int((~np.isnan(one)).sum()) for one in table.said.values())


def ranked(table: Table, totals: dict[str, Scores]) -> tuple[tuple[str, ...], list[list[Cell]]]:
    """Places by criminality, the highest first; equal ones share a rank."""
    place = threat.ranks(totals["criminality"])
    order = sorted(range(len(place)), key=lambda n: (place[n], table.places[n]))
    heads = ("rank", "place", "region", *TOTALS, "scores")
    return heads, [
        [
            int(place[n]),
            table.places[n],
            table.regions[n],
            *(_number(totals[name][n]) for name in TOTALS),
            int((~np.isnan(table.cells[n])).sum()),
        ]
        for n in order
    ]


def means(table: Table, totals: dict[str, Scores]) -> tuple[tuple[str, ...], list[list[Cell]]]:
    """Means of the regions and of all places."""
    regions = np.array(table.regions, object)
    rows: list[list[Cell]] = []
    for name in [*sorted(set(table.regions) - {""}), ""]:
        inside = regions == name if name else np.ones(len(regions), np.bool_)
        parts = [totals[total][inside] for total in TOTALS]
        rows.append([name or "all", int(inside.sum()), *(_number(_mean(part)) for part in parts)])
    return ("region", "places", *TOTALS), rows


def changed(
    table: Table, totals: dict[str, Scores], earlier: Table
) -> tuple[tuple[str, ...], list[list[Cell]]]:
    """Criminality and resilience of places in both tables that changed by threat.CHANGE or more."""
    then, at = made(earlier), {fold(name): n for n, name in enumerate(earlier.places)}
    rows: list[list[Cell]] = []
    for n, place in enumerate(table.places):
        old = at.get(fold(place))
        for name in ("criminality", "resilience"):
            if old is None or np.isnan(then[name][old]) or np.isnan(totals[name][n]):
                continue
            what = threat.changed(float(then[name][old]), float(totals[name][n]))
            if what != "same":
                rows.append([place, name, _number(then[name][old]), _number(totals[name][n]), what])
    rows.sort(key=lambda row: -abs(float(str(row[3])) - float(str(row[2]))))
    return ("place", "total", "before", "now", "what"), rows


def _mean(values: Scores) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else np.nan


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)
