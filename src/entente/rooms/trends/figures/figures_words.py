"""What pages of figures say: fields, measures, why something is left out."""

from collections.abc import Mapping
from typing import Any, Literal

from entente.match.goods import codes
from entente.rooms.records import Strict
from entente.rooms.trends.figures import dimensions
from entente.rooms.trends.figures.model import About
from entente.rooms.trends.figures.over_time import BreakRow
from entente.web.formats import number
from entente.web.language import N_, _

TEMPLATES: Mapping[str, str] = {
    "flows": "flows.html",
    "series": "series.html",
    "surges": "surges.html",
    "hotspots": "figures_spots.html",
    "risk": "risk.html",
    "trade": "figures_trade.html",
    "records": "figures_records.html",
}
FIELDS: Mapping[str, str] = {
    "goods": N_("Goods"),
    "country": N_("Countries"),
    "side": N_("As"),
    "since": N_("From"),
    "until": N_("Until"),
    "measure": N_("Counted by"),
    "unit": N_("Unit"),
    "currency": N_("Currency"),
    "event": N_("What happened"),
    "contributor": N_("Reported by"),
    "form": N_("Single seizures or published totals"),
    "by": N_("Told apart"),
    "length": N_("Periods"),
    "period": N_("Period"),
    "csv": N_("Table"),
    "query/period": N_("Period"),
    "seed": N_("Seed of the sample"),
}
MEASURES: Mapping[str, str] = {
    "count": N_("Seizures"),
    "quantity": N_("Quantity"),
    "value": N_("Value"),
}
SIDES: Mapping[str, str] = {
    "any": N_("Anywhere on the way"),
    "place": N_("Place of the seizure"),
    "origin": N_("Origin"),
    "departure": N_("Departure"),
    "transit": N_("Transit"),
    "destination": N_("Destination"),
}
FORMS: Mapping[str, str] = {"single": N_("Single seizures"), "total": N_("Published totals")}
LENGTHS: Mapping[str, str] = {"month": N_("Months"), "quarter": N_("Quarters"), "year": N_("Years")}
REASONS: Mapping[str, str] = {
    "undated": N_("without a date that is exact enough"),
    "other_form": N_("totals of published tables, or single seizures beside them"),
    "duplicate": N_("seizures that are another one again"),
    "held": N_("unlikely figures that wait for a person"),
    "no_quantity": N_("without a quantity that can be added"),
    "other_unit": N_("in another unit"),
    "no_value": N_("without a value"),
    "other_currency": N_("in another currency"),
}
ROLES: Mapping[str, str] = {
    "": N_("Too little is known"),
    "source": N_("Source"),
    "transit": N_("Transit"),
    "hub": N_("Hub"),
    "sink": N_("Sink"),
}
FEATURES: Mapping[str, str] = {
    "origin": N_("Origin"),
    "departure": N_("Departure"),
    "transit": N_("Transit"),
    "destination": N_("Destination"),
    "mode": N_("Way of transport"),
    "place_kind": N_("Sort of place"),
    "locode": N_("Place"),
    "legs": N_("Number of legs"),
}


class Exported(Strict):
    """A table that can be exported."""

    table: Literal["flows", "legs", "shares", "roles", "series", "breaks", "hotspots"]


def measured(about: About) -> str:
    """What the amounts of a figure are in: "Seizures", "kg", "EUR"."""
    if about.question.measure == "quantity":
        return dimensions.unit(about.unit) if about.unit else _("Quantity")
    if about.question.measure == "value":
        return about.currency or _("Value")
    return _("Seizures")


def amount(value: float, about: About) -> str:
    """An amount with what it is in."""
    said = number(round(value, 3))
    return said if about.question.measure == "count" else f"{said} {measured(about)}"


def share(part: float) -> str:
    """A part of one as a percentage with one digit."""
    return f"{number(round(part * 100, 1))} %"


def broken(found: BreakRow, name: str) -> str:
    """A break in one sentence."""
    if found.reporting:
        text = _(
            "%(name)s changed in %(period)s, as %(many)s other series did: likely a change of reporting",
            name=name,
            period=found.period,
            many=found.sharing,
        )
        return str(text)
    return _(
        "%(name)s changed in %(period)s: from %(before)s to %(after)s a period",
        name=name,
        period=found.period,
        before=number(round(found.before, 2)),
        after=number(round(found.after, 2)),
    )


def feature(name: str, value: str) -> str:
    """A value of a risk profile in words."""
    if name in ("mode", "place_kind"):
        return dimensions.word({"mode": "modes", "place_kind": "place_kinds"}[name], value)
    return (
        dimensions.label("place", value)
        if name in ("origin", "departure", "transit", "destination")
        else value
    )


def combined(what: Mapping[str, Any]) -> str:
    """A combination's way, transport and hiding places in words; what is not said is left out."""
    way = " → ".join(dimensions.label("place", code) for code in (what["origin"], what["departure"]) if code)
    mode = dimensions.label("mode", what["mode"]) if what["mode"] else ""
    hidden = ", ".join(_(codes.LABELS["concealments"][one]) for one in what["concealment"])
    return " · ".join(said for said in (way, mode, hidden) if said) or _("Not said")


def listed(name: str) -> list[tuple[str, str]]:
    """(code, label) of a closed list, for choices."""
    return [(code, _(label)) for code, label in codes.LABELS[name].items()]
