"""A published table read column by column into rows of numbers: every distinct value is read once.

What cannot be read leaves its rows out, and is told with how many they are and the first of them; nothing is
guessed. The rows have the layout of `columns`, so that the same figures are made of them as of seizures.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from entente.match.goods import codes, columns, countries, dating
from entente.match.goods.hs import EDITIONS, read_hs
from entente.match.goods.meanings import Meaning, fiscal, unit_behind
from entente.match.goods.outliers import far
from entente.match.goods.published_amounts import decimal_of, domains, events, part, values
from entente.match.goods.published_cells import EMPTY, Cells, Ints, Told, Ways, repeated
from entente.match.goods.taxonomy import TAXONOMY

SUMS = frozenset(
    "total totals sum world global all africa asia europe americas america oceania caribbean totaux monde "
    "mundo مجموع المجموع العالم".split()
) | {"grand total", "all countries", "north america", "south america", "latin america", "middle east"}
"""Names of rows that sum others up: they are left out, or what is in them would be counted twice."""
OTHERS = frozenset("other others unknown unspecified autres otros أخرى".split()) | {
    "not specified",
    "rest of world",
}
_TOGETHER = "says the seizures of several goods together: each figure of the row counts as one"
_FOOTNOTE = re.compile(r"(?:\s*(?:[*†‡§¹²³⁴⁵]+|\[\d+\]))+$")
_NAMED = re.compile(r"(?:FY|CY|fiscal year|financial year)?\s*((?:19|20)\d\d)(?:\.0)?", re.IGNORECASE)
_SPAN = re.compile(r"(?:FY)?\s*((?:19|20)\d\d)\s*[/–-]\s*((?:19|20)?\d\d)", re.IGNORECASE)
_WHICH_MONTH = (
    "has months of years that need not begin in January: say in which month they begin, such as fiscal=10 "
    "(October), as a constant; fiscal=1 for calendar years"
)
TRUE = frozenset("true 1 yes y t oui si sí x نعم".split())


@dataclass(frozen=True, slots=True)
class Published:
    """N rows. `rows` in columns.LAYOUT; `line` (N,): where each stands in the table; `names`: of region,
    place and what, each row's number in `labels` (EMPTY where none is said). `events` (N,): how many seizures
    each stands for (1 where the table does not say it, NaN where a row does not). `repeated`: (keys, rows,
    rows equal in quantity too) that say the same time, place and goods more than once; `summed`: rows that
    sum others up; `read`: rows of the table; `totals`: its rows are totals of years, not single events;
    `fiscal`: some of its years lie in two calendar years, and stand at the first."""

    rows: columns.Rows
    line: Ints
    names: Mapping[str, Ints]
    labels: Mapping[str, tuple[str, ...]]
    events: NDArray[np.float64]
    told: tuple[Told, ...]
    repeated: tuple[int, int, int]
    summed: int
    read: int
    totals: bool
    fiscal: bool
    decimal: str
    order: str


def read(
    header: Sequence[str],
    rows: Iterable[tuple[int, Sequence[str]]],
    meanings: Sequence[Meaning],
    today: date,
    ways: Ways = Ways(),
) -> Published:
    """The rows of a table (number, cells), whose columns mean what `meanings` say. Raises ValueError where
    neither a date nor a year, or no goods, are said by any column."""
    cells = Cells(header, meanings, ways)
    said = {one.role for one in meanings} | set(ways.constants)
    wide = any(one.year for one in meanings)
    if not wide and not said & {"date", "year"}:
        raise ValueError("has no column that says when: name it, such as year=HEADING")
    if not said & {"what", "goods", "hs"} and not any(one.goods for one in meanings):
        raise ValueError(
            "has no column that says which goods: name it, such as what=HEADING, or goods=CODE as a constant"
        )
    cells.fill(rows)
    order = ways.order or _order(cells)
    day, until, precision = _days(cells, today, order, wide)
    totals = wide or (len(precision) > 0 and float((precision == dating.YEAR).mean()) > 0.5)
    summed = _sums(cells)
    country = _countries(cells, until)
    names, labels = _names(cells)
    goods = _goods(cells)
    made = [part(cells, at, goods, country) for at in cells.places("quantity") or [EMPTY]]
    kept = [~cells.left & keep for keep, *_ in made]
    several = len(made) > 1
    picked = [np.flatnonzero(keep) for keep in kept]
    total = np.concatenate(picked) if picked else np.zeros(0, np.int64)
    out = np.zeros(len(total), columns.LAYOUT)
    out["first"], out["event"] = 1, codes.number_of(codes.EVENTS, "seizure")
    out["form"] = codes.number_of(codes.FORMS, "total" if totals else "simple")
    out["date"], out["until"], out["precision"] = day[total], until[total], precision[total]
    if wide:
        sizes = [len(rows_) for rows_ in picked]
        years = [columns.days_of(cells.meanings[at].year) for at in cells.places("quantity")]
        for n, name in enumerate(("date", "until", "precision")):
            out[name] = np.repeat([year[n] for year in years], sizes)
    out["country"] = country[total]
    for name in ("origin", "departure", "destination"):
        out[name] = _on_the_way(cells, name)[total]
    for n, at in enumerate(cells.places("transit")[: columns.TRANSITS], 1):
        out[f"transit{n}"] = _on_the_way(cells, "transit", at)[total]
    at_goods, at_qty, at_unit = (
        np.concatenate([one[n][rows_] for one, rows_ in zip(made, picked, strict=True)]) for n in (1, 2, 3)
    )
    out["goods"], out["qty"], out["unit"] = at_goods, at_qty, np.where(np.isnan(at_qty), 0, at_unit)
    out["domain"] = domains(at_goods)
    worth, money = values(cells)
    out["value"] = np.full(len(total), np.nan) if several else worth[total]
    out["currency"] = 0 if several else money[total]
    many = events(cells)
    if several and cells.places("events"):
        cells.tell(cells.places("events")[0], "", _TOGETHER, ~cells.left, False)
    if not totals:
        out["held"] = far(out["qty"], at_goods * 256 + out["unit"])
    found = {name: column[total] for name, column in names.items()}
    return Published(
        out,
        cells.line[total],
        found,
        labels,
        np.ones(len(total)) if several else many[total],
        tuple(sorted(cells.told, key=lambda one: (not one.left_out, -one.rows))),
        repeated(cells),
        summed,
        len(cells.line),
        totals,
        any(_SPAN.fullmatch(text) for at in cells.places("year") for text in cells.texts(at)),
        decimal_of(cells),
        order,
    )


def _on_the_way(cells: Cells, role: str, at: int = EMPTY) -> Ints:
    """(N,): the packed country of a column on the route; a row whose country cannot be read stays without."""

    def one(text: str) -> int:
        if text.casefold() in SUMS | OTHERS:
            return 0
        return countries.pack(countries.read_country(text))

    return cells.read(role, one, 0, False, at)


def _order(cells: Cells) -> str:
    """Whether the day or the month comes first, where one of the column's dates can only be one of them."""
    firsts, seconds = list[int](), list[int]()
    for at in cells.places("date"):
        for text in cells.texts(at):
            parts = text.replace("-", "/").replace(".", "/").split(" ")[0].split("/")
            if len(parts) == 3 and all(part.isdigit() for part in parts) and len(parts[0]) <= 2:
                firsts.append(int(parts[0]))
                seconds.append(int(parts[1]))
    if not firsts or (max(firsts) > 12) == (max(seconds) > 12):
        return ""
    return dating.ORDERS[0] if max(firsts) > 12 else dating.ORDERS[1]


def _days(cells: Cells, today: date, order: str, wide: bool) -> tuple[Ints, Ints, Ints]:
    """(first day, last day, precision) of each row; what says no day leaves its row out, but where headers do
    (`wide`)."""

    def one(text: str) -> tuple[int, int, int]:
        day, precision = dating.read_day(text, today, cells.ways.excel, order)
        first, last, _ = columns.days_of(day)
        return first, last, precision

    none = (columns.NO_DAY, columns.NO_DAY, 0)
    if wide:
        size = len(cells.line)
        return np.full(size, none[0], np.int64), np.full(size, none[1], np.int64), np.zeros(size, np.int64)
    if cells.places("date") or "date" in cells.ways.constants:
        days = cells.read("date", one, none)
    else:
        year = cells.read("year", lambda text: _whole(text, 1900, today.year), 0)
        month = cells.read("month", _month, 0) if cells.places("month") else np.zeros(len(year), np.int64)
        year = _of_fiscal(cells, year, month)
        pairs, row = np.unique(year * 16 + month, return_inverse=True)
        found = [
            one(f"{pair // 16}-{pair % 16:02}" if pair % 16 else f"{pair // 16}") if pair >= 16 else none
            for pair in pairs.tolist()
        ]
        days = np.array(found or [none])[row]
    days = days.reshape(-1, 3)
    nothing = (days[:, 2] == 0) & ~cells.left
    cells.tell(EMPTY, "", "says no date", nothing, True)
    return days[:, 0], days[:, 1], days[:, 2]


def _whole(text: str, least: int, most: int) -> int:
    """The year that a text names; of two ("2018/19") the first."""
    plain = re.sub(r"\s*\([^()]*\)$", "", _FOOTNOTE.sub("", text))
    found = _NAMED.fullmatch(plain)
    if not found and (found := _SPAN.fullmatch(plain)) and (int(found[1]) + 1) % 100 != int(found[2]) % 100:
        raise ValueError("is no year: its two years do not follow each other")
    if not found or not least <= int(found[1]) <= most:
        raise ValueError(f"is no year of {least} to {most}")
    return int(found[1])


def _of_fiscal(cells: Cells, year: Ints, month: Ints) -> Ints:
    """The calendar years of months of fiscal years, which are named by the year in which they end, or by both
    ("2018/19"). Raises ValueError where nobody says in which month they begin."""
    begins = cells.ways.constants.get("fiscal", "")
    if begins and not (begins.isdecimal() and 1 <= int(begins) <= 12):
        raise ValueError(f"is given fiscal={begins}, which is no month of 1 to 12")
    at = next(iter(cells.places("year")), EMPTY)
    both = {n for n, text in enumerate(cells.texts(at)) if _SPAN.fullmatch(text)} if at >= 0 else set[int]()
    if not month.any() or not (begins or both or (at >= 0 and fiscal(cells.header[at]))):
        return year
    if not begins:
        raise ValueError(_WHICH_MONTH)
    first = int(begins)
    if first == 1:
        return year
    of_both = np.isin(cells.at(at), list(both)) if both else np.zeros(len(year), np.bool_)
    said = (year > 0) & (month > 0)
    return year + np.where(said & of_both & (month < first), 1, 0) - (said & ~of_both & (month >= first))


def _month(text: str) -> int:
    number = text.removesuffix(".0")
    if number.isdecimal() and 1 <= int(number) <= 12:
        return int(number)
    day, _ = dating.read_day(f"{text} 2000", date(2001, 1, 1))
    return int(day[5:7])


def _sums(cells: Cells) -> int:
    """Leaves out rows that sum others up; how many they are."""
    sums = np.zeros(len(cells.line), np.bool_)
    for role in ("country", "region", "place", "what", "total"):
        for at in cells.places(role):
            among = TRUE if role == "total" else SUMS
            if role == "region" and cells.places("country"):
                continue  # beside countries, a region says where they lie
            if role == "what":
                among = SUMS - {"all"}
            marked = [n for n, text in enumerate(cells.texts(at)) if text.casefold() in among]
            sums |= np.isin(cells.at(at), marked)
    cells.left |= sums
    return int(sums.sum())


def _countries(cells: Cells, until: Ints) -> Ints:
    """(N,): packed countries; a country that is no more is read for the year that the row speaks of."""
    at = next(iter(cells.places("country")), EMPTY)
    if at < 0:
        return cells.read("country", lambda text: countries.pack(countries.read_country(text)), 0)
    texts = [text or cells.ways.constants.get("country", "") for text in cells.texts(at)]
    settled = countries.settled(text for text in texts if text)
    year = (
        np.where(until == columns.NO_DAY, 0, until)
        .astype("datetime64[D]")
        .astype("datetime64[Y]")
        .astype(np.int64)
    )
    row, found = cells.at(at), np.zeros(len(cells.line), np.int64)
    former = {one.code for one in countries.FORMER}
    for n, text in enumerate(texts):
        if not text or text.casefold() in OTHERS | SUMS:
            continue
        here = row == n
        if text in settled:
            found[here] = countries.pack(settled[text])
            continue
        try:
            code = countries.read_country(text)
        except ValueError as why:
            if text.casefold() not in ("cs", "891", "scg"):
                cells.tell(at, text, str(why), here, True)
                continue
            code = "cs"
        if code not in former:
            found[here] = countries.pack(code)
            continue
        for passed in np.unique(year[here]).tolist():
            then = here & (year == passed)
            try:
                found[then] = countries.pack(countries.read_country(text, date(1970 + passed, 12, 31)))
            except ValueError as why:
                cells.tell(at, text, str(why), then, True)
    return found


def _names(cells: Cells) -> tuple[dict[str, Ints], dict[str, tuple[str, ...]]]:
    names, labels = dict[str, Ints](), dict[str, tuple[str, ...]]()
    for role in ("region", "place", "what"):
        at = next(iter(cells.places(role)), EMPTY)
        texts = cells.texts(at) if at >= 0 else []
        row = cells.at(at) if at >= 0 else np.full(len(cells.line), EMPTY)
        empty = [n for n, text in enumerate(texts) if not text]
        names[role] = np.where(np.isin(row, empty), EMPTY, row)
        labels[role] = tuple(texts)
    return names, labels


def _goods(cells: Cells) -> Ints:
    """(N,): the number of the goods by their code, else their name, else the customs code; 0 where none of
    them leads to one node. What is not recognised is told; its rows stay, of no goods."""

    def named(text: str) -> int:
        nodes = TAXONOMY.find(text) or TAXONOMY.find(unit_behind(_FOOTNOTE.sub("", text))[0])
        if len(nodes) != 1:
            several = f"names several goods: {', '.join(node.code for node in nodes)}"
            raise ValueError(several if nodes else "is not among the names of our goods")
        return nodes[0].index

    def customs(text: str) -> int:
        edition = cells.ways.constants.get("edition", "")
        nodes = TAXONOMY.from_hs(read_hs(text, edition if edition in EDITIONS else "").code, edition)
        if len(nodes) != 1:
            raise ValueError("leads to several goods" if nodes else "leads to none of our goods")
        return nodes[0].index

    found = cells.read("goods", TAXONOMY.index, 0, False)
    found = np.where(found > 0, found, cells.read("what", named, 0, False))
    return np.where(found > 0, found, cells.read("hs", customs, 0, False)).astype(np.int64)
