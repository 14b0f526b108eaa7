"""The forms of a seizure as a browser sends them, and back. Fields are named as faults are.

The short form has eight: what, how much, when, where, from, to, how moved, how found. `where` is a country,
or a country, a comma and a place; `from` and `to` are stages of the route.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from entente.core.problems import Fault
from entente.match.goods import countries
from entente.match.goods.readings import TwoReadings
from entente.match.goods.taxonomy import TAXONOMY, folded
from entente.rooms.trends.seizures import model as m
from entente.web.language import _

Given = Mapping[str, str]
ITEMS, LEGS, CARRIERS = 3, 4, 3
"""Empty lines that the long form offers at first; more are added by a button."""
MOST_ITEMS, MOST_LEGS, MOST_CARRIERS = 100, 40, 60
PLAIN = (
    "event_kind date date_end authority source_kind country region locode place place_kind latitude "
    "longitude detection operation summary lab photo"
).split()
ITEM = [name for name in m.ItemForm.model_fields if name != "confirmed"]
LEG = list(m.LegForm.model_fields)
CARRIER = list(m.ConveyanceForm.model_fields)
SHORT = ("items/0/what", "items/0/quantity", "date", "country", "from", "to", "mode", "detection")
"""The eight fields, in the order in which they are typed."""


def said_of(given: Given, concealment: Sequence[str] = ()) -> tuple[dict[str, Any], dict[str, str]]:
    """(what the API takes, place of a fault in it to the field of the page)."""
    return _long(given, concealment) if given.get("form") == "long" else _short(given)


def _short(given: Given) -> tuple[dict[str, Any], dict[str, str]]:
    country, place = where(given.get("country", "").strip())
    said: dict[str, Any] = {"form": "simple", "country": country, "place": place}
    said |= {name: given.get(name, "").strip() for name in ("date", "detection")}
    said["items"] = [_item({name: given.get(f"items/0/{name}", "").strip() for name in ITEM}, given, 0)]
    said["route"], fields = [], {"items": "items/0/what", "items/0/goods": "items/0/what"}
    fields |= {"items/0/unit": "items/0/quantity", "locode": "country", "place": "country"}
    for name, role in (("from", "origin"), ("to", "intended_destination")):
        if text := given.get(name, "").strip():
            fields[f"route/{len(said['route'])}"] = name
            said["route"].append({"role": role, "country": text})
    if mode := given.get("mode", "").strip():
        if not said["route"]:
            said["route"].append({"role": "seizure_place", "country": country})
        said["route"][-1]["mode"] = mode
        fields[f"route/{len(said['route']) - 1}/mode"] = "mode"
    return said, fields


def where(text: str) -> tuple[str, str]:
    """(country, place) of "XB, Norport"; a comma within a country's own name parts nothing."""
    head, comma, tail = text.partition(",")
    if not comma:
        return text, ""
    try:
        countries.read_country(text)
    except TwoReadings:
        pass
    except ValueError:
        return head.strip(), tail.strip()
    return text, ""


def _long(given: Given, concealment: Sequence[str]) -> tuple[dict[str, Any], dict[str, str]]:
    said: dict[str, Any] = {name: given.get(name, "").strip() for name in PLAIN}
    said |= {"form": "long", "concealment": list(concealment)}
    fields: dict[str, str] = {"items": "items/0/what"}
    for name, parts, most in (
        ("items", ITEM, MOST_ITEMS),
        ("route", LEG, MOST_LEGS),
        ("conveyances", CARRIER, MOST_CARRIERS),
    ):
        said[name] = []
        for n in range(rows(given, name, most)):
            line = {part: given.get(f"{name}/{n}/{part}", "").strip() for part in parts}
            if any(line.values()):
                fields[f"{name}/{len(said[name])}"] = f"{name}/{n}"
                said[name].append(_item(line, given, n) if name == "items" else line)
    return said, fields


def _item(line: dict[str, str], given: Given, n: int) -> dict[str, Any]:
    """A line; goods that are named as the list of the page names them are those."""
    made: dict[str, Any] = dict(line)
    if not line["goods"] and (code := _named().get(folded(line["what"]))):
        made["goods"] = code
    if given.get(f"items/{n}/confirmed") == "yes":
        made["confirmed"] = True
    return made


def rows(given: Given, name: str, most: int) -> int:
    """How many lines of a list a form has."""
    numbers = [
        int(part) for key in given if key.startswith(f"{name}/") and (part := key.split("/")[1]).isdecimal()
    ]
    return min(max(numbers, default=-1) + 1, most)


def at_fields(faults: Sequence[Fault], fields: Mapping[str, str]) -> list[Fault]:
    """Faults at the fields of the page."""
    return [Fault(_field(fault.where, fields), fault.what, fault.do) for fault in faults]


def _field(place: str, fields: Mapping[str, str]) -> str:
    """The field itself, or that of the line it is in with its own last part."""
    if place in fields:
        return fields[place]
    head, _sep, last = place.rpartition("/")
    found = fields.get(head, "")
    if not found:
        return place
    return found if "/" not in found else f"{found}/{last}"


def given_of(form: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a page for a seizure as the API has it."""
    given = {name: str(form.get(name, "")) for name in PLAIN} | {"form": "long"}
    for name in ("items", "route", "conveyances"):
        for n, line in enumerate(form.get(name, ())):
            given |= {
                f"{name}/{n}/{part}": str(value)
                for part, value in line.items()
                if not isinstance(value, bool)
            }
            if line.get("confirmed"):
                given[f"{name}/{n}/confirmed"] = "yes"
    return given


def goods_offered() -> list[str]:
    """What goods are called in the reader's language, for a list to choose from."""
    return [_(node.label) for node in TAXONOMY if not node.gone]


def _named() -> dict[str, str]:
    """Folded label in the reader's language to code; those of two kinds of goods are nobody's."""
    found: dict[str, str] = {}
    for node in TAXONOMY:
        name = folded(_(node.label))
        found[name] = "" if name in found else node.code
    return found
