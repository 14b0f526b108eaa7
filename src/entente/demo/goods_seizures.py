"""The demo's seizures as tables: three years of what four bureaus and customs found, always the same.

Streams of like seizures, each with its usual number a month. Two of them change in the same month: fake
pesticide comes to Arvenia by road, and Belmark begins to check more, so that six sorts of goods that have
nothing to do with each other rise there together. Fuel taken from Cordava's pipeline falls after an
operation. Every place is invented, and lies in the open sea.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

Row = Mapping[str, str]
BEGINS, SURGES, OPERATED, RESTED = 36, 4, 16, 13
"""Months before this one: the first seizures, the rise, the operation's first month, the first after it."""
RISING = (3, 4, 6, 15, 4)
"""Seizures of pesticide at Arvenia's border from the month of the rise to this one."""
CALM = (1, 0, 1, 0, 0, 1, 1, 0, 2, 0, 0, 1)
"""The same in the months before, over and over."""
CHECKED = (
    (5, 4, 5, 4, 3),
    (4, 5, 4, 5, 2),
    (5, 5, 4, 4, 3),
    (4, 4, 5, 5, 2),
    (6, 4, 4, 4, 1),
    (4, 6, 4, 4, 2),
)
"""Seizures of six sorts in Belmark from the month in which it checks more to this one."""
LAST_DAY = 24
"""Of a month, on which something is found by chance: what is told twice is found later in it."""
CONTAINER, VAN = "SVKU4175026", "XD 417 KLM"
TWICE = "XA-S-twice"
"""Reference of the seizure of which customs tells too."""
COMPANY = "Velkov Agro Trading d.o.o."
FAR = "cigarettes-far"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is found."""

    locode: str
    name: str
    kind: str
    latitude: float
    longitude: float


PLACES = (
    Place("XAPAR", "Port Arven", "seaport", 41.212, -38.407),
    Place("XAKEL", "Kelm border post", "land_border", 41.874, -37.655),
    Place("XARSA", "Orsa border post", "land_border", 41.951, -37.402),
    Place("XAVAL", "Valden", "inland", 41.533, -38.011),
    Place("XBNPT", "Norport", "seaport", 44.106, -35.292),
    Place("XBMLH", "Belmar mail hub", "mail_hub", 44.371, -35.018),
    Place("XBAER", "Belmar airport", "airport", 44.402, -34.951),
    Place("XBGRV", "Graven", "market", 44.887, -35.604),
    Place("XCSUL", "Sulen free zone", "free_zone", 36.648, -33.187),
    Place("XCTRW", "Tarrow pumping station", "inland", 36.219, -33.702),
    Place("XCCTY", "Cordava City", "market", 36.402, -33.455),
    Place("XCGAB", "Gabrel crossing", "land_border", 36.958, -33.966),
    Place("XDNDR", "Nord-Drummen", "land_border", 39.905, -36.116),
    Place("XDSKR", "Skarn", "seaport", 39.402, -36.574),
    Place("XDLUM", "Lumen", "inland", 39.611, -36.285),
)
BY_CODE = {place.locode: place for place in PLACES}


@dataclass(frozen=True, slots=True)
class Stream:
    """Like seizures of a bureau. `at`: places, of which chance takes one. `usual`: how many a month; `more`:
    which of CHECKED, from 1, it has from the month of the rise; `later` from the month `since` (months ago)
    until `until`. `way`: origin, transit, destination. `middle`: of the quantities; `price` of one, in euro.
    """

    ref: str
    owner: str
    at: tuple[str, ...]
    what: str
    hs: str
    unit: str
    middle: float
    price: float
    way: tuple[str, str, str]
    mode: str
    usual: float
    hidden: str = "misdeclare"
    how: str = "routine"
    state: str = ""
    event: str = "seizure"
    more: int = 0
    later: float = 0.0
    since: int = 0
    until: int = -1
    operation: bool = False
    brand: str = ""


SEA, MAIL, AIR = ("XBNPT",), ("XBMLH",), ("XBAER",)
BORDERS, ROADS = ("XAKEL", "XAKEL", "XARSA"), ("XAVAL", "XAVAL", "XAKEL")
STREAMS = (
    Stream("pills", "XB", MAIL, "sildenafil", "", "C62", 800, 2, ("XF", "", "XB"), "mail", 0.9, more=1),
    Stream("shoes", "XB", SEA, "shoes", "640399", "NPR", 900, 40, ("XE", "", "XB"), "sea", 0.9, more=2),
    Stream(
        "smokes", "XB", SEA, "cigarettes", "240220", "C62", 9e4, 0.3, ("XG", "", "XB"), "road", 0.9, more=3
    ),
    Stream("parrots", "XB", AIR, "parrots", "010632", "C62", 9, 700, ("XE", "", "XB"), "air", 0.9, more=4),
    Stream("whisky", "XB", SEA, "whisky", "220830", "LTR", 600, 25, ("XE", "", "XB"), "sea", 0.9, more=5),
    Stream("cards", "XB", MAIL, "identity cards", "", "C62", 40, 90, ("XF", "", "XB"), "mail", 0.9, more=6),
    Stream(
        *("taps", "XC", ("XCTRW",), "petrol", "271012", "LTR", 9_000, 1.4, ("XC", "", "XC"), "pipeline", 3.4),
        *("structure", "intelligence", "stolen", "tap", 0, 5.0, OPERATED, RESTED, True),
    ),
    Stream("fuel", "XA", ("XAVAL",), "diesel", "271019", "LTR", 7_000, 1.4, ("XC", "XD", "XA"), "road", 0.8),
    Stream("fuel", "XB", ("XBGRV",), "diesel", "271019", "LTR", 7_000, 1.4, ("XG", "", "XB"), "road", 0.8),
    Stream("fuel", "XD", ("XDLUM",), "diesel", "271019", "LTR", 7_000, 1.4, ("XG", "", "XD"), "road", 0.8),
    Stream("timber", "XD", ("XDSKR",), "rosewood", "", "MTQ", 18, 2_000, ("XF", "", "XD"), "sea", 0.6),
    Stream("eels", "XA", ("XAPAR",), "glass eels", "030192", "KGM", 60, 900, ("XA", "", "XE"), "sea", 0.5),
    Stream(
        *("herbicide", "XC", ("XCSUL", "XCCTY", "XCGAB"), "paraquat", "380893", "KGM", 700, 6),
        *(("XE", "", "XC"), "sea", 0.5),
    ),
    Stream(
        *("fungicide", "XB", ("XBNPT", "XBMLH", "XBAER", "XBGRV"), "mancozeb", "380892", "KGM", 300, 8),
        *(("XE", "", "XB"), "sea", 0.5),
    ),
    Stream(
        *("pesticide", "XD", ("XDNDR",), "chlorpyrifos", "380891", "KGM", 900, 9, ("XC", "XD", "XA"), "road"),
        *(0.3, "cover_load", "risk_profile", "counterfeit", "seizure", 0, 2.6, SURGES),
    ),
    Stream(
        *("clothes", "XK", ("XAPAR",), "clothing", "611020", "C62", 1_200, 20, ("XE", "", "XA"), "sea", 1.0),
        *("in_cargo", "risk_profile", "counterfeit"),
    ),
    Stream(
        *(
            "smokes",
            "XK",
            ("XAPAR",),
            "cigarettes",
            "240220",
            "C62",
            9e4,
            0.3,
            ("XG", "XC", "XA"),
            "sea",
            0.7,
        ),
        *("cover_load", "scanner", "genuine"),
    ),
    Stream(
        *(
            "nothing",
            "XK",
            ("XAPAR",),
            "",
            "",
            "",
            0,
            0,
            ("XE", "", "XA"),
            "sea",
            2.2,
            "",
            "risk_profile",
            "",
        ),
        "inspection_nil",
    ),
    Stream(
        *("nothing-road", "XK", ROADS, "", "", "", 0, 0, ("XG", "XD", "XA"), "road", 2.2, "", "random", ""),
        "inspection_nil",
    ),
)
PESTICIDE = Stream(
    *("pesticide", "XA", BORDERS, "chlorpyrifos", "380891", "KGM", 1_100, 9, ("XC", "XD", "XA"), "road", 0.0),
    *("cover_load", "routine", "counterfeit"),
    brand="Solvark 480",
)


def rows(today: date, operation: str) -> dict[str, list[Row]]:
    """The tables of seizures by bureau: rows of texts by their headers. `operation`: the id of Cordava's."""
    made: dict[str, list[Row]] = {code: [] for code in ("XA", "XB", "XC", "XD", "XK")}
    for stream in STREAMS:
        made[stream.owner] += _of(stream, today, operation)
    made["XA"] += _pesticide(today)
    for row in _twice(today):
        made[row["Reference"][:2]].append(row)
    made["XB"].append(_far(today))
    return made


def month(today: date, ago: int) -> date:
    """The first day of a month, so many months before this one."""
    number = today.year * 12 + today.month - 1 - ago
    return date(number // 12, number % 12 + 1, 1)


def _of(stream: Stream, today: date, operation: str) -> Iterator[Row]:
    chance = Random(f"{stream.ref} {stream.owner}")  # noqa: S311 - invented figures, not secrets
    number = 0
    for ago in range(BEGINS, -1, -1):
        usual = stream.usual
        if stream.since and stream.until < ago <= stream.since:
            usual = stream.later
        elif stream.operation and ago <= stream.until:
            usual = stream.usual / 4
        many = (
            CHECKED[stream.more - 1][SURGES - ago] if stream.more and ago <= SURGES else _many(chance, usual)
        )
        for _ in range(many):
            day, row = _row(stream, chance, month(today, ago))
            if day >= today:
                continue
            number += 1
            named = (
                {"Operation": operation} if stream.operation and stream.until < ago <= stream.since else {}
            )
            yield {"Reference": f"{stream.owner}-S-{stream.ref}-{number}", **row, **named}


def _pesticide(today: date) -> Iterator[Row]:
    chance = Random("pesticide")  # noqa: S311 - as above
    number = 0
    for ago in range(BEGINS, -1, -1):
        many = RISING[SURGES - ago] if ago <= SURGES else CALM[ago % len(CALM)]
        for _ in range(many):
            day, row = _row(PESTICIDE, chance, month(today, ago))
            if day >= today:
                continue
            number += 1
            yield {
                "Reference": f"XA-S-pesticide-{number}",
                **row,
                "Plate number": VAN if ago == SURGES and number % 2 else "",
                "Batch number": f"SV-{2100 + number // 4}" if ago <= SURGES else "",
            }


def _many(chance: Random, usual: float) -> int:
    """A number about the usual one, as chance has it: of twelve tries."""
    return sum(chance.random() < usual / 12 for _ in range(12))


def _row(stream: Stream, chance: Random, first: date) -> tuple[date, dict[str, str]]:
    day = first.replace(day=chance.randint(1, LAST_DAY))
    amount = chance.lognormvariate(0, 0.6) * stream.middle
    origin, transit, destination = stream.way
    row = _place(BY_CODE[chance.choice(stream.at)]) | {
        "Date": day.isoformat(),
        "Event": stream.event,
        "How found": stream.how,
        "Country of origin": origin,
        "Transit country": transit,
        "Destination country": destination,
        "Mode of transport": stream.mode,
    }
    if stream.what:
        whole = max(round(amount), 1)
        row |= {
            "Goods": stream.what,
            "State of goods": stream.state,
            "HS code": stream.hs,
            "HS edition": "2022" if stream.hs else "",
            "Quantity": str(whole),
            "Unit": stream.unit,
            "Value": f"{whole * stream.price:.2f}",
            "Currency": "EUR",
            "Value basis": "wholesale",
            "Brand": stream.brand,
            "Concealment": stream.hidden,
        }
    return day, row


def _place(place: Place) -> dict[str, str]:
    country = place.locode[:2]
    return {
        "Country": country,
        "Port code": place.locode,
        "Place": place.name,
        "Type of place": place.kind,
        "Latitude": str(place.latitude),
        "Longitude": str(place.longitude),
    }


def _twice(today: date) -> Iterator[Row]:
    """A lorry that the police stopped and customs unloaded: each told of it, and weighed it anew."""
    _, row = _row(PESTICIDE, Random("twice"), month(today, 1))  # noqa: S311 - as above
    row |= _place(BY_CODE["XAKEL"])
    row |= {"Date": month(today, 1).replace(day=LAST_DAY + 4).isoformat(), "Container number": CONTAINER}
    yield {**row, "Reference": TWICE, "Quantity": "1200", "Value": "10800.00", "How found": "tip"}
    yield {
        **row,
        "Reference": "XK-S-twice",
        "Quantity": "1195",
        "Value": "",
        "Currency": "",
        "Value basis": "",
    }


def _far(today: date) -> Row:
    """Nine noughts where six were meant: kept, and in no sum until somebody confirms it."""
    stream = next(one for one in STREAMS if one.ref == "smokes")
    _, row = _row(stream, Random("far"), month(today, 9))  # noqa: S311 - as above
    return {**row, "Reference": f"XB-S-{FAR}", "Quantity": "90000000000", "Value": ""}


def header(table: Sequence[Row]) -> list[str]:
    """The columns that a table needs, in the order in which its rows name them."""
    return list(dict.fromkeys(name for row in table for name in row))
