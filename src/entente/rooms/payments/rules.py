"""Deadline rules: those that come with the house, those that bureaus write, and which of them holds.

What a bureau writes is open to all who take part: a clock that two bureaus look at must be one clock.
"""

import tomllib
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, cast

from babel import Locale

from entente.core.access import EVERYONE, POLICE_PURPOSES, Handling, Purpose
from entente.core.problems import Absent, Fault, Faulty, NotYours
from entente.core.things import NEVER, Thing
from entente.desk import Desk
from entente.rooms.bureaus import Bureau, directory
from entente.rooms.payments.deadlines import Unit
from entente.rooms.payments.rules_model import EVENTS, MOST, RAILS, ROLLING, UNITS, Rule, RuleForm, RuleShown

KIND = "DeadlineRule"
KEY = "deadline-rules"
MOST_RULES = 200
"""Of one bureau."""
EU = "EU"
_SHORTEST_SOURCE = 5
_NO_COUNTRIES = frozenset({EU, "EZ", "UN", "QO", "ZZ"})


# --- which one holds -----------------------------------------------------------------------------


def rule_for(rules: Iterable[Rule], event: str, rail: str, jurisdiction: str, on: date) -> Rule | None:
    """The rule that holds for an event on a rail in a country (ISO 3166-1) on a day, or None.

    The most particular wins: rail and country, country, rail and EU, EU, rail, any. Of those alike a written
    one wins over one that came with the house, then the one in force most newly, then the one written last.
    """
    places = {jurisdiction.upper(): 4, "": 0} | ({EU: 2} if in_eu(jurisdiction, on) else {})
    found = [
        (places[r.jurisdiction] + bool(r.rail), not r.shipped, r.valid_from, r.written, r.id, r)
        for r in rules
        if r.event == event and r.rail in ("", rail) and r.jurisdiction in places and r.holds(on)
    ]
    return max(found, key=lambda ranked: ranked[:-1])[-1] if found else None


def in_eu(country: str, on: date) -> bool:
    """Whether a country is bound by the law of the European Union on a day."""
    eu = _written()["eu"]
    since, until = eu["since"].get(country.upper()), eu["until"].get(country.upper(), date.max)
    return since is not None and since <= on <= until


# --- all there are -------------------------------------------------------------------------------


@cache
def _written() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "rules.toml").read_text("utf-8"))


@cache
def shipped() -> tuple[Rule, ...]:
    """The rules that come with the house."""
    return tuple(
        Rule(valid_from=said.pop("from"), valid_to=said.pop("to", None), **said)
        for said in (dict(rule) for rule in _written()["rule"])
    )


def rules(desk: Desk) -> list[Rule]:
    """Those that come with the house, and those that bureaus wrote: the same for every asker."""
    if not desk.asker.active:
        return [*shipped(), *_kept(desk)]
    return [*shipped(), *desk.once_an_epoch(KEY, lambda: _kept(desk.as_house()))]


def _kept(desk: Desk) -> list[Rule]:
    found = [rule_of(thing) for _, thing in desk.find([KEY], limit=MOST_RULES * 256)]
    return sorted(found, key=lambda rule: (rule.written, rule.id))


def rule_of(thing: Thing) -> Rule:
    valid_to, verified_on = thing.first("validTo"), thing.first("verifiedOn")
    return Rule(
        id=thing.id,
        event=thing.first("event"),
        limit=int(thing.first("limit")),
        unit=cast(Unit, thing.first("unit")),
        valid_from=date.fromisoformat(thing.first("validFrom")),
        source=thing.first("source"),
        rail=thing.first("rail"),
        jurisdiction=thing.first("jurisdiction"),
        rolls=thing.first("rolls") == "yes",
        valid_to=date.fromisoformat(valid_to) if valid_to else None,
        verified_by=thing.first("verifiedBy"),
        verified_on=date.fromisoformat(verified_on) if verified_on else None,
        bureau=thing.handling.owner,
        written=thing.created.isoformat(),
    )


def shown(desk: Desk, rule: Rule) -> RuleShown:
    """A rule as the API gives it."""
    said = {name: getattr(rule, name) for name in RuleShown.model_fields if name != "bureau"}
    writer = directory(desk).get(rule.bureau)
    return RuleShown(**said, bureau=writer.code if writer else "")


# --- writing -------------------------------------------------------------------------------------


def keep_rule(desk: Desk, form: RuleForm) -> Thing:
    """Write a rule: a supervisor for his own country, one of the secretariat for any place.

    Raises Faulty with every fault, NotAllowed.
    """
    desk.allow("approve")
    mine = directory(desk)[desk.asker.bureau]
    standing = rules(desk)
    faults = [*_faults(form, desk.today), *_faults_of_place(form, mine)]
    if sum(rule.bureau == mine.number for rule in standing) >= MOST_RULES:
        faults.append(Fault("event", "Your bureau has as many rules as it may", "End one of them."))
    if any(rule.bureau == mine.number and _alike(rule, form) for rule in standing):
        faults.append(
            Fault("valid_from", "Your bureau has this rule from this day on already", "End it before.")
        )
    if faults:
        raise Faulty(faults=tuple(faults))
    body = {
        "event": form.event,
        "rail": form.rail,
        "jurisdiction": form.jurisdiction,
        "limit": str(form.limit),
        "unit": form.unit,
        "rolls": "yes" if form.rolls else "no",
        "validFrom": form.valid_from.isoformat(),
        "validTo": form.valid_to.isoformat() if form.valid_to else "",
        "source": form.source,
        "verifiedBy": form.verified_by,
        "verifiedOn": form.verified_on.isoformat() if form.verified_on else "",
        "officer": desk.noter.officer,
    }
    open_to_all = Handling(
        owner=mine.number, see=EVERYONE, purposes=POLICE_PURPOSES | Purpose.DESK | Purpose.OVERSIGHT
    )
    said = {name: value for name, value in body.items() if value}
    kept = desk.keep(KIND, said, open_to_all, expires=NEVER, keys=(KEY,))
    desk.new_epoch()
    desk.note("approve", object=kept.id, what="deadline rule written")
    return kept


def end_rule(desk: Desk, id: str) -> None:
    """End a rule: yesterday was its last day; one that was not yet in force then is gone.

    For a supervisor of the bureau that wrote it, or of the secretariat. Raises Absent, NotYours, NotAllowed.
    """
    desk.allow("approve")
    thing = desk.look(id)
    if thing.kind != KIND:
        raise Absent()
    mine = directory(desk)[desk.asker.bureau]
    if thing.handling.owner != mine.number and not mine.secretariat:
        raise NotYours("A rule is ended by the bureau that wrote it.")
    rule, last = rule_of(thing), desk.today - timedelta(days=1)
    if rule.valid_from > last:
        desk.as_house().withdraw(thing)
    elif rule.valid_to is None or rule.valid_to > last:
        body = {**thing.body, "validTo": (last.isoformat(),)}
        desk.as_house().change(thing, body=body, keys=(KEY,))
    desk.new_epoch()
    desk.note("approve", object=id, what="deadline rule ended")


def _alike(rule: Rule, form: RuleForm) -> bool:
    names = ("event", "rail", "jurisdiction", "valid_from")
    return all(getattr(rule, name) == getattr(form, name) for name in names)


def _faults(form: RuleForm, today: date) -> list[Fault]:
    """What is wrong with a rule, whoever writes it."""
    faults = []
    if form.event not in EVENTS:
        faults.append(Fault("event", "There is no such event", f"It is one of: {', '.join(EVENTS)}."))
    if form.rail and form.rail not in RAILS:
        faults.append(Fault("rail", "There is no such rail", f"It is empty, or one of: {', '.join(RAILS)}."))
    if form.unit not in UNITS:
        faults.append(Fault("unit", "There is no such unit", f"It is one of: {', '.join(UNITS)}."))
    most = max(MOST.values()) if form.unit not in UNITS else MOST[cast(Unit, form.unit)]
    if not 1 <= form.limit <= most:
        faults.append(Fault("limit", f"{form.limit} is not between 1 and {most}", "Give a whole number."))
    if form.rolls and form.unit in UNITS and form.unit not in ROLLING:
        what = "Only days and months are put off to a working day"
        faults.append(Fault("rolls", what, "Leave it out for minutes, hours and working days."))
    if form.valid_to and form.valid_to < form.valid_from:
        faults.append(Fault("valid_to", "It ends before it begins", "Give a later day, or none."))
    if len(form.source) < _SHORTEST_SOURCE:
        what = "A rule without a source is nobody's rule"
        faults.append(Fault("source", what, "Name law and article, or rulebook and section."))
    if bool(form.verified_by) != bool(form.verified_on):
        where = "verified_on" if form.verified_by else "verified_by"
        faults.append(Fault(where, "Who checked it and when belong together", "Give both, or neither."))
    if form.verified_on and form.verified_on > today:
        faults.append(Fault("verified_on", "This day has not come", "Give the day on which it was checked."))
    return faults


OF_THE_HOUSE = frozenset({"acknowledge", "escalate-1", "escalate-2", "amber-after", "late-after"})


def _faults_of_place(form: RuleForm, mine: Bureau) -> list[Fault]:
    """Whether the place is one, and one for which this bureau may write."""
    place = form.jurisdiction
    if place not in ("", EU, mine.code) and place not in _countries():
        return [Fault("jurisdiction", "There is no such country", "Give two letters (ISO 3166-1), or EU.")]
    if form.event in OF_THE_HOUSE and not mine.secretariat:
        what = "By this rule others are told that a desk is late: no bureau writes it for itself"
        return [Fault("event", what, "Ask the secretariat.")]
    if place != mine.code and not mine.secretariat:
        what = "A bureau writes rules for its own country"
        return [Fault("jurisdiction", what, f"Give {mine.code}, or ask the secretariat.")]
    return []


@cache
def _countries() -> frozenset[str]:
    named: Sequence[str] = list(Locale("en").territories)
    private = {f"X{chr(letter)}" for letter in range(ord("A"), ord("Z") + 1)}
    return frozenset(code for code in named if len(code) == 2 and code.isalpha()) - _NO_COUNTRIES | private
