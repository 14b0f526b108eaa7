"""Schemes of indicators: those built in (schemes.toml), and a bureau's own; each assessment takes a copy."""

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import own
from entente.rooms.reports.assessments import model as m
from entente.rooms.reports.cases.checks import refuse, unreadable
from entente.web.language import N_

KIND = "IndicatorScheme"
MOST = 100
"""Schemes of a bureau."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """Indicators under a name. `slug`: of a built-in one; the id of a bureau's own."""

    slug: str
    name: str
    formula: m.Formula
    indicators: tuple[m.Indicator, ...]
    note: str = ""


@cache
def built_in() -> dict[str, Scheme]:
    """The schemes that come with the house, by slug."""
    read = tomllib.loads((files(__package__) / "schemes.toml").read_text("utf-8"))
    found: dict[str, Scheme] = {}
    for one in read["schemes"]:
        if "like" in one:
            indicators = [i for i in found[one["like"]].indicators if i.code not in one["without"]]
        else:
            anchors = {group: m.Anchors(**said) for group, said in read["anchors"].items()}
            indicators = [m.Indicator(**said, anchors=anchors[said["group"]]) for said in one["indicators"]]
        found[one["slug"]] = Scheme(
            one["slug"], one["name"], one["formula"], tuple(indicators), one.get("note", "")
        )
    return found


def schemes(desk: Desk) -> list[Scheme]:
    """The built-in schemes, then one's bureau's own by name."""
    found = [scheme_of(t) for _, t in desk.find([f"schemes:{desk.asker.bureau}"], limit=MOST)]
    return [*built_in().values(), *sorted(found, key=lambda s: (s.name.casefold(), s.slug))]


def chosen(desk: Desk, slug: str) -> Scheme | None:
    """A scheme by its slug or id, as far as the asker may use it."""
    if slug in built_in():
        return built_in()[slug]
    thing = desk.look_all([slug]).get(slug)
    mine = thing is not None and thing.kind == KIND and thing.handling.owner == desk.asker.bureau
    return scheme_of(thing) if thing is not None and mine else None


def keep(desk: Desk, form: m.SchemeForm) -> Scheme:
    """Keep a scheme of one's own bureau. Raises Faulty with every fault."""
    faults = [*unreadable(form.model_dump()), *indicator_faults(form.formula, form.indicators)]
    if len(schemes(desk)) >= MOST:
        faults.append(Fault("name", N_("Your bureau has too many schemes"), N_("Throw one away.")))
    refuse(faults)
    raw = {
        "name": form.name,
        "form": json.dumps({"formula": form.formula}),
        "indicator": lines_of(form.indicators),
    }
    keys = (f"schemes:{desk.asker.bureau}",)
    kept = desk.keep(KIND, raw, own(desk.asker.bureau), keys=keys)
    desk.note("assess", object=kept.id, outcome="scheme kept")
    return scheme_of(kept)


def discard(desk: Desk, id: str) -> None:
    """Throw away a scheme of one's own bureau; assessments have their copies. Raises Faulty."""
    if id in built_in() or chosen(desk, id) is None:
        raise Faulty(faults=(Fault("scheme", NO_SCHEME, N_("Choose one of your bureau's.")),))
    desk.erase(id)
    desk.note("assess", object=id, outcome="scheme discarded")


NO_SCHEME = N_("There is no such scheme")


def scheme_of(thing: Thing) -> Scheme:
    """The scheme that is kept in a thing."""
    formula = json.loads(thing.first("form"))["formula"]
    return Scheme(thing.id, thing.first("name"), formula, indicators_of(thing.body.get("indicator", ())))


def lines_of(indicators: tuple[m.Indicator, ...] | list[m.Indicator]) -> tuple[str, ...]:
    """Indicators as they are kept."""
    return tuple([one.model_dump_json() for one in indicators])


def indicators_of(lines: tuple[str, ...]) -> tuple[m.Indicator, ...]:
    """Indicators as they were kept."""
    return tuple([m.Indicator.model_validate_json(line) for line in lines])


def indicator_faults(formula: str, indicators: list[m.Indicator]) -> list[Fault]:
    """What is wrong with indicators for a formula."""
    faults, codes = [], [one.code for one in indicators]
    for n, one in enumerate(indicators):
        if codes.count(one.code) > 1:
            what = N_("Two indicators have this code")
            faults.append(Fault(f"indicators/{n}/code", what, N_("Give each its own.")))
        if one.group not in m.GROUPS[formula]:
            what = N_("The formula has no such group")
            do = f"Take one of: {', '.join(m.GROUPS[formula])}." if any(m.GROUPS[formula]) else ""
            faults.append(Fault(f"indicators/{n}/group", what, do or N_("Leave it empty.")))
    for group in m.NEEDED[formula]:
        if group and indicators and all(one.group != group for one in indicators):
            what = f"The formula needs an indicator of the group {group}"
            faults.append(Fault("indicators", what, N_("Add one.")))
    return faults
