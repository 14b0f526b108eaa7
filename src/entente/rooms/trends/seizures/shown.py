"""A seizure as its reader gets it."""

from collections.abc import Mapping
from typing import Any

from entente.core.access import Status
from entente.core.things import Body, Thing
from entente.desk import Desk
from entente.match.goods.columns import json_lines
from entente.match.goods.conveyances import read_number
from entente.match.goods.taxonomy import TAXONOMY
from entente.rooms.records import code_of, to_form
from entente.rooms.trends.seizures import model as m

_ITEM = frozenset(m.Item.model_fields)
_PLAIN = {
    "event_kind": "eventKind",
    "form": "form",
    "date": "date",
    "date_end": "dateEnd",
    "country": "country",
    "place": "place",
    "contributor": "contributor",
    "authority": "authority",
    "source_kind": "sourceKind",
    "region": "region",
    "locode": "locode",
    "place_kind": "placeKind",
    "latitude": "latitude",
    "longitude": "longitude",
    "detection": "detection",
    "operation": "operation",
    "summary": "summary",
    "lab": "lab",
    "photo": "photo",
}
_IN_ROWS = ("event_kind", "form", "date", "country", "place")
HELD = "A quantity is far from all others: it is left out of sums until its bureau confirms it"


def state(thing: Thing) -> str:
    """Where it is on its way: draft (its bureau keeps it back), validated (kept, its bureau's alone), shared,
    enriched (shared, with a result of the laboratory). It is read off the paper, never typed."""
    if thing.handling.status is Status.DRAFT:
        return "draft"
    beyond = thing.handling.see & ~(1 << thing.handling.owner)
    if not beyond:
        return "validated"
    return "enriched" if thing.body.get("lab") else "shared"


def row(desk: Desk, thing: Thing) -> m.Row:
    """A seizure in a list."""
    return m.Row.model_validate(_row(desk, thing))


def whole(desk: Desk, thing: Thing) -> m.Seizure:
    """A seizure with all that it says."""
    body = thing.body
    mine = thing.handling.owner == desk.asker.bureau
    lines = items(body)
    said = {name: thing.first(prop) for name, prop in _PLAIN.items()}
    return m.Seizure(
        **{**said, **_row(desk, thing)},
        version=thing.version,
        expires=thing.expires,
        because=desk.because(thing),
        concealment=list(body.get("concealment", ())),
        items=lines,
        route=route(body),
        conveyances=[_carrier(one) for one in json_lines(body.get("conveyance", ()))],
        doubts=[m.Said(where=f"items/{n}/quantity", what=HELD) for n, line in enumerate(lines) if line.held],
        ref=thing.ref if mine else None,
        handling=to_form(desk, thing.handling) if mine else None,
    )


def _row(desk: Desk, thing: Thing) -> dict[str, Any]:
    lines = items(thing.body)
    first = next((line for line in lines if line.std), lines[0] if lines else None)
    return {
        **{name: thing.first(_PLAIN[name]) for name in _IN_ROWS},
        "id": thing.id,
        "title": thing.first("name"),
        "owner": code_of(desk, thing.handling.owner),
        "state": state(thing),
        "goods": list(dict.fromkeys(line.goods or line.what for line in lines if line.goods or line.what)),
        "quantity": (first.std or first.qty) if first else "",
        "unit": (first.std_unit if first.std else first.unit) if first else "",
        "changed": thing.changed.isoformat(timespec="seconds"),
    }


def items(body: Body) -> list[m.Item]:
    """The lines of goods, in the order they were given."""
    return [item(line) for line in json_lines(body.get("item", ()))]


def item(line: Mapping[str, Any]) -> m.Item:
    """A line as it is shown, with what its goods are called in English."""
    said: dict[str, Any] = {name: str(value) for name, value in line.items() if name in _ITEM}
    said |= {name: line.get(name) is True for name in ("held", "confirmed")}
    goods = said.get("goods", "")
    said["label"] = TAXONOMY.node(goods).label if goods in TAXONOMY else ""
    return m.Item.model_validate({**said, "line": int(line.get("line", 1))})


def route(body: Body) -> list[m.Leg]:
    """The stages, in order."""
    return [
        m.Leg(
            seq=n,
            role=str(leg.get("role", "")),
            country=str(leg.get("country", "")),
            locode=str(leg.get("locode", "")),
            mode=str(leg.get("mode", "")),
            certainty=str(leg.get("certainty", "")),
            from_date=str(leg.get("from", "")),
            to_date=str(leg.get("to", "")),
        )
        for n, leg in enumerate(json_lines(body.get("leg", ())), 1)
    ]


def form_of(thing: Thing) -> dict[str, Any]:
    """A kept seizure as the form that would make it again, for a correction."""
    said: dict[str, Any] = {name: thing.first(prop) for name, prop in _PLAIN.items()}
    said["concealment"] = list(thing.body.get("concealment", ()))
    said["items"] = [_item_form(line) for line in items(thing.body)]
    said["route"] = [leg.model_dump(exclude={"seq"}) for leg in route(thing.body)]
    said["conveyances"] = [
        {name: str(one.get(name, "")) for name in ("kind", "number", "flag")}
        for one in json_lines(thing.body.get("conveyance", ()))
    ]
    return said


def _item_form(line: m.Item) -> dict[str, Any]:
    said = {name: getattr(line, name) for name in m.ItemForm.model_fields if hasattr(line, name)}
    said["quantity"] = line.qty or (
        f"{line.low}-{line.high}" if line.low and line.high else line.low or line.high
    )
    return said


def _carrier(one: Mapping[str, Any]) -> m.Conveyance:
    kind, number, flag = (str(one.get(name, "")) for name in ("kind", "number", "flag"))
    try:
        doubt = read_number(kind, number).doubt
    except ValueError as wrong:
        doubt = str(wrong)
    return m.Conveyance(kind=kind, number=number, flag=flag, doubt=doubt)
