"""A seizure as people write it, read to what is kept: every fault and every doubt at once, nothing guessed.

A fault keeps it from being kept; a doubt is told and kept with. A quantity that cannot be brought to the
standard unit of its goods is kept as it was written and left out of sums (docs/rooms/trends.md).
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from entente.core.problems import Fault
from entente.match.goods import (
    codes,
    columns,
    countries,
    dating,
    places,
    seizures_items,
    seizures_private,
    seizures_words,
)
from entente.match.goods.conversions import Conversion
from entente.match.goods.conveyances import read_number
from entente.match.goods.readings import TwoReadings
from entente.match.goods.seizures_items import About, Judge, judged_by_nobody

CHOOSE = "Choose one."
_REGION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
MOST_TRANSITS = 12
"""Countries on the way above which a route is doubted."""
TEXTS = ("authority", "place", "source_kind", "summary", "lab")
PLAIN: Mapping[str, str] = {
    "authority": "authority",
    "source_kind": "sourceKind",
    "place": "place",
    "operation": "operation",
    "summary": "summary",
    "lab": "lab",
    "photo": "photo",
}
"""Fields that are kept as they are written, and their properties."""
LISTS: Mapping[str, tuple[str, str]] = {
    "event_kind": ("eventKind", "events"),
    "form": ("form", "forms"),
    "contributor": ("contributor", "contributors"),
    "place_kind": ("placeKind", "place_kinds"),
    "detection": ("detection", "detections"),
}
"""Fields of a closed list: property, list of codes.toml."""
NUMBERED: Mapping[str, str] = {
    "container": "containerNumber",
    "vessel": "imoNumber",
    "plate": "plateNumber",
    "parcel": "parcelNumber",
    "seal": "sealNumber",
}
"""What carried the goods, and the property by whose key it is found."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. `raw`: property to texts, for the kind's own cleaning; `items`: the lines of goods as
    they are kept; `faults` and `doubts` are placed as the API's fields are."""

    raw: Mapping[str, list[str]]
    items: tuple[Mapping[str, Any], ...]
    faults: tuple[Fault, ...]
    doubts: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """How a whole file writes: `excel` ("1900", "1904") and `order` of days as in dating.read_day, `decimal`
    as in units.read_quantity; "" where each value must be clear by itself."""

    excel: str = ""
    order: str = ""
    decimal: str = ""


PLAINLY = Ways()


@dataclass(slots=True)
class Told:
    """Faults and doubts while they are gathered."""

    faults: list[Fault] = field(default_factory=list)
    doubts: list[Fault] = field(default_factory=list)

    def wrong(self, where: str, what: str, do: str = "") -> None:
        self.faults.append(Fault(where, what, do))

    def doubt(self, where: str, what: str, do: str = "") -> None:
        self.doubts.append(Fault(where, what, do))

    def tried(self, where: str, text: str, read: Callable[[str], Any], do: str = "Mend it.") -> Any:
        """What `read` gives of a text; None with a fault where it refuses it."""
        try:
            return read(text)
        except TwoReadings as several:
            self.wrong(where, f"“{text}” {several}", f"Choose one: {', '.join(several.choices)}.")
        except ValueError as wrong:
            self.wrong(where, f"“{text}” {wrong}", do)
        return None


def read(
    given: Mapping[str, Any],
    today: date,
    own: Sequence[Conversion] = (),
    judge: Judge = judged_by_nobody,
    ways: Ways = PLAINLY,
) -> Reading:
    """Read a seizure. `given`: as the API takes it (texts, lists of such objects); `own`: the bureau's own
    conversions; `judge`: why a quantity is far from all others, or ""; `ways`: of the file it is from."""
    told = Told()
    raw: dict[str, list[str]] = {}
    for name, (prop, listed) in LISTS.items():
        if word := _word(told, name, given.get(name, ""), listed):
            raw[prop] = [word]
    for name, prop in PLAIN.items():
        if text := str(given.get(name, "")).strip():
            raw[prop] = [text]
    hidden = [
        _word(told, f"concealment/{n}", way, "concealments")
        for n, way in enumerate(given.get("concealment", ()))
    ]
    raw["concealment"] = [way for way in hidden if way]
    when = _dates(told, given, raw, today, ways)
    _where(told, given, raw, when)
    seizures_private.told(told, given, TEXTS)
    total = raw.get("form") == ["total"]
    where = raw.get("country", [""])[0]
    about = About(when or today, where, tuple(own), judged_by_nobody if total else judge, ways.decimal)
    items = seizures_items.read(told, given.get("items", ()), about)
    legs = _legs(told, given.get("route", ()), when, today)
    carried = _carried(told, given.get("conveyances", ()), raw, when)
    raw["batchNumber"] = [str(line["batch"]) for line in items if line.get("batch")]
    raw["item"] = item_lines(items)
    raw["leg"] = [_json(leg) for leg in legs]
    raw["conveyance"] = [_json(one) for one in carried]
    if not items and raw.get("eventKind") != ["inspection_nil"]:
        told.wrong("items", "No goods are named", "Say what was seized and how much.")
    raw["name"] = [seizures_words.title(raw, items)]
    kept = {prop: values for prop, values in raw.items() if values}
    return Reading(kept, tuple(items), tuple(told.faults), tuple(told.doubts))


def item_lines(items: Sequence[Mapping[str, Any]]) -> list[str]:
    """Lines of goods as the property `item` holds them."""
    return [_json(line) for line in items]


def _json(line: Mapping[str, Any]) -> str:
    """One line of a property: what says nothing is left out."""
    said = {name: value for name, value in line.items() if value not in ("", None, False)}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _word(told: Told, where: str, text: object, listed: str) -> str:
    written = str(text).strip()
    return told.tried(where, written, lambda t: seizures_words.code_of(listed, t), CHOOSE) or ""


def _dates(
    told: Told, given: Mapping[str, Any], raw: dict[str, list[str]], today: date, ways: Ways
) -> date | None:
    """The seizure's dates; returns its first day."""
    found: dict[str, tuple[int, int]] = {}
    for name, prop in (("date", "date"), ("date_end", "dateEnd")):
        text = str(given.get(name, "")).strip()
        if not text:
            continue
        day = told.tried(
            name,
            text,
            lambda t: dating.read_day(t, today, ways.excel, ways.order),
            "Write 2026-03-01, 2026-03 or 2026.",
        )
        if day:
            raw[prop] = [day[0]]
            first, last, _precision = columns.days_of(day[0])
            found[name] = first, last
    if "date" not in raw and not given.get("date"):
        told.wrong(
            "date", "The date is missing", "Write it as exactly as it is known: the year alone will do."
        )
    if "date" in found and "date_end" in found and found["date_end"][1] < found["date"][0]:
        told.wrong("date_end", "The period ends before it begins", "Mend one of the dates.")
    return date.fromordinal(date(1970, 1, 1).toordinal() + found["date"][0]) if "date" in found else None


def _where(told: Told, given: Mapping[str, Any], raw: dict[str, list[str]], when: date | None) -> None:
    """Country, place and point of the seizure."""
    text, locode, region = (str(given.get(n, "")).strip() for n in ("country", "locode", "region"))
    code = told.tried("country", text, lambda t: countries.read_country(t, when)) if text else ""
    if locode and (found := told.tried("locode", locode, places.read_locode)):
        raw["locode"] = [found]
        of = found[:2].lower()
        if code and code != of:
            told.doubt("locode", f"{found} is not in the country that is named", "Compare them.")
        code = code or of
    if region and (found := told.tried("region", region, _region)):
        raw["region"] = [found]
        if code and found[:2].lower() != code:
            told.doubt("region", f"{found} is not in the country that is named", "Compare them.")
    if not text and not code and given.get("place_kind") not in ("at_sea", "online"):
        told.wrong("country", "The country is missing", "Say in which country it happened.")
    if code and (kept := countries.in_records(code)):
        raw["country"] = [kept]
    latitude, longitude = (str(given.get(n, "")).strip() for n in ("latitude", "longitude"))
    if latitude or longitude:
        point = told.tried(
            "latitude", f"{latitude}, {longitude}", lambda _both: places.read_point(latitude, longitude)
        )
        if point:
            raw["latitude"], raw["longitude"] = [str(point.latitude)], [str(point.longitude)]
            for doubt in point.doubts:
                what = f"The coordinates {doubt}"
                told.doubt("latitude", what, "The name of the place counts; mend the point or leave it out.")


def _region(text: str) -> str:
    code = text.upper()
    if not _REGION.fullmatch(code):
        raise ValueError("is no code of a region (ISO 3166-2): write it as XC-02")
    return code


def _legs(
    told: Told, given: Sequence[Mapping[str, Any]], when: date | None, today: date
) -> list[dict[str, Any]]:
    """The stages of the route, in the order given."""
    legs: list[dict[str, Any]] = []
    for n, leg in enumerate(given):
        at = f"route/{n}"
        text, locode = str(leg.get("country", "")).strip(), str(leg.get("locode", "")).strip()
        code = told.tried(f"{at}/country", text, lambda t: countries.read_country(t, when)) if text else ""
        port = told.tried(f"{at}/locode", locode, places.read_locode) if locode else ""
        code = code or (port or "")[:2].lower()
        if not text and not locode:
            told.wrong(f"{at}/country", "The country is missing", "Say where, or take the stage out.")
        made: dict[str, Any] = {"seq": n + 1, "role": _word(told, f"{at}/role", leg.get("role", ""), "roles")}
        if not leg.get("role"):
            told.wrong(f"{at}/role", "It is not said what the place is to the goods", CHOOSE)
        made |= {"country": code or "", "locode": port or ""}
        made["mode"] = _word(told, f"{at}/mode", leg.get("mode", ""), "modes")
        made["certainty"] = (
            _word(told, f"{at}/certainty", leg.get("certainty", ""), "certainties") or "unknown"
        )
        for name, key in (("from_date", "from"), ("to_date", "to")):
            day = str(leg.get(name, "")).strip()
            read = (
                told.tried(
                    f"{at}/{name}",
                    day,
                    lambda t: dating.read_day(t, date(today.year + 1, today.month, 1)),
                )
                if day
                else None
            )
            made[key] = read[0] if read else ""
        legs.append(made)
    for doubt in _route_doubts(legs):
        told.doubt("route", doubt, "It is kept as it is said; compare the papers.")
    return legs


def _route_doubts(legs: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    by_role = {role: [leg["country"] for leg in legs if leg["role"] == role] for role in codes.ROLES}
    began = by_role["production"] + by_role["origin"]
    ended = by_role["intended_destination"] + by_role["market"]
    if began and ended and began[0] and began[0] == ended[0]:
        yield "The goods went back to where they came from"
    ways = [c for c in by_role["transit"] + by_role["transshipment"] if c]
    if len(set(ways)) < len(ways):
        yield "The route passes a country twice"
    if len(ways) > MOST_TRANSITS:
        yield f"The route passes {len(ways)} countries"
    if ways and not (began or by_role["departure"]):
        yield "The route has a gap: countries on the way, and none where it began"


def _carried(
    told: Told, given: Sequence[Mapping[str, Any]], raw: dict[str, list[str]], when: date | None
) -> list[dict[str, Any]]:
    carried: list[dict[str, Any]] = []
    for n, one in enumerate(given):
        at, kind = f"conveyances/{n}", seizures_words.carrier(str(one.get("kind", "")))
        number, flag = str(one.get("number", "")).strip(), str(one.get("flag", "")).strip()
        if not number:
            told.wrong(f"{at}/number", "The number is missing", "Write it, or take the line out.")
            continue
        read = told.tried(f"{at}/number", number, partial(read_number, kind))
        if not read:
            continue
        country = told.tried(f"{at}/flag", flag, lambda t: countries.read_country(t, when)) if flag else ""
        if read.doubt:
            told.doubt(
                f"{at}/number", f"“{number}” {read.doubt}", "Compare it with the papers; it is kept as it is."
            )
        carried.append({"line": n + 1, "kind": kind, "number": read.number, "flag": country or ""})
        if kind in NUMBERED:
            raw.setdefault(NUMBERED[kind], []).append(read.number)
    return carried
