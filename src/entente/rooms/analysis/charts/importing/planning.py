"""From what a file gives to what will be contributed: kinds found, ends known or new, duplicates merged.

Nothing is guessed that a reader could not check: a link of a kind that does not fit its ends becomes one of
unknown nature that says what was written; what does not fit at all is a fault with its line.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from entente.core.kinds import Kind, Model, dates
from entente.core.problems import Fault
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis import contributions, grading
from entente.rooms.analysis.charts.importing.given import MOST_FAULTS, Given, GivenLink, GivenThing
from entente.rooms.analysis.contributions_model import ThingForm

ANY_LINK = "UnknownLink"
SURENESS = ("confirmed", "unconfirmed", "tentative")
MOST_LINES_TOLD = 20
_SOMEBODY = "0" * 32


@dataclass(slots=True)
class Plan:
    """What an import would contribute. `refs`: of each key of the file, "#n" of a new thing or a known id."""

    given: Given
    forms: list[ThingForm] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    refs: dict[str, str] = field(default_factory=dict)
    known: list[str] = field(default_factory=list)
    links: list[GivenLink] = field(default_factory=list)
    duplicates: int = 0
    loops: list[int] = field(default_factory=list)
    unfit: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, line: int, what: str, do: str = "Mend this line, or leave it out.") -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(f"line {line}", what, do))


def plan(desk: Desk, file: Thing, given: Given, create: bool, by_name: bool, otherwise: str) -> Plan:
    """What an import would contribute, and every fault.

    `create`: things that the file does not know are made; `by_name`: a thing of the file with the very same
    name is taken for it; `otherwise`: the kind of a thing that does not say one.
    """
    made = Plan(given, faults=list(given.faults))
    if not made.faults:
        _things(desk, file, made, create, by_name, otherwise)
        _links(desk, made)
    if not made.faults:
        _write(desk, made)
        _examine(desk.house.model, made)
    return made


def line_of(made: Plan, n: int) -> int:
    """The line of the file that the n-th form comes from; 0 is the first."""
    new = len(made.keys)
    return made.given.things[made.keys[n]].line if n < new else made.links[n - new].line


def _examine(kinds: Model, made: Plan) -> None:
    """Every fault of what would be contributed, before it is; names of other things are right by now."""
    for n, form in enumerate(made.forms):
        names = kinds[form.kind].entities
        said = {k: [_SOMEBODY] if k in names else v for k, v in form.properties.items()}
        _body, faults = kinds.examine(form.kind, said)
        if form.grade:
            faults = [*faults, *grading.faults_of("4x4", grading.plain(form.grade))]
        for fault in faults:
            made.fault(line_of(made, n), f"{fault.where.removeprefix('properties/')}: {fault.what}", fault.do)


# --- things --------------------------------------------------------------------------------------


def _things(desk: Desk, file: Thing, made: Plan, create: bool, by_name: bool, otherwise: str) -> None:
    seen = desk.look_all(contributions.records_of(desk, file))
    kinds = desk.house.model
    here = {id: t for id, t in seen.items() if kinds[t.kind].edge is None}
    named: dict[tuple[str, str], list[str]] = {}
    for id, t in here.items():
        caption = kinds.caption(t.kind, t.body).casefold()
        named.setdefault((t.kind, caption), []).append(id)
        named.setdefault(("", caption), []).append(id)
    for key, one in made.given.things.items():
        kind = _kind_of(kinds, one.kind)
        found = [key] if key in here else []
        if not found and by_name:
            found = named.get((kind, (one.caption or key).casefold()), [])
        if len(found) > 1:
            made.fault(one.line, f"Several in the file are called “{one.caption[:60]}”", "Name it by its id.")
        elif found:
            made.refs[key] = found[0]
            made.known.append(found[0])
        elif not create:
            made.fault(
                one.line, f"“{(one.caption or key)[:60]}” is not in the file", "Have it created, or mend it."
            )
        else:
            made.refs[key] = f"#{len(made.forms) + 1}"
            made.keys.append(key)
            made.forms.append(_form(kinds, one, kind or otherwise))


def _kind_of(kinds: Model, said: str) -> str:
    """The kind that is written, by its name or its label; empty for none that things have."""
    return _by_words(kinds, said, edges=False)


def _by_words(kinds: Model, said: str, edges: bool) -> str:
    folded = said.casefold().strip()
    for name in kinds.contributable:
        kind = kinds[name]
        words = (name, kind.label, kind.plural, kind.edge.label if kind.edge else "")
        if folded and (kind.edge is not None) == edges and folded in (w.casefold() for w in words if w):
            return name
    return ""


def _form(kinds: Model, one: GivenThing, kind: str) -> ThingForm:
    properties = {name: list(values) for name, values in one.properties.items()}
    rules = kinds[kind]
    if "country" in properties and "country" not in rules.properties:
        del properties["country"]
    title = _title(rules)
    if one.caption and not any(properties.get(name) for name in rules.caption):
        properties[title] = [one.caption]
    return ThingForm.model_construct(
        kind=kind, properties=properties, ref="", grade=one.grade, handling=None, expires=None
    )


def _title(kind: Kind) -> str:
    """The property that a name goes to."""
    plain = ("name", "string", "identifier", "address", "phone", "email", "text")
    fits = [
        n
        for n in (*kind.required, *kind.caption)
        if n in kind.properties and kind.properties[n].type in plain
    ]
    return next((n for n in fits if n in kind.caption), fits[0] if fits else "name")


# --- links ---------------------------------------------------------------------------------------


def _links(desk: Desk, made: Plan) -> None:
    kinds = desk.house.model
    kept: dict[tuple[object, ...], GivenLink] = {}
    for link in made.given.links:
        if link.start == link.end:
            made.loops.append(link.line)
            continue
        if wrong := _dates_of(link):
            made.fault(link.line, wrong, "Mend the dates.")
        if link.certainty and link.certainty.casefold() not in SURENESS:
            what = f"“{link.certainty[:40]}” does not say how sure it is"
            made.fault(link.line, what, f"Write {', '.join(SURENESS)}.")
        kind = _by_words(kinds, link.kind, edges=True)
        directed = not kind or (edge := kinds[kind].edge) is None or edge.directed
        ends = (link.start, link.end) if directed else tuple(sorted((link.start, link.end)))
        same = (
            *ends,
            kind or link.kind.casefold(),
            link.label,
            link.since,
            link.until,
            link.grade,
            link.certainty,
        )
        whole = tuple(sorted((k, tuple(v)) for k, v in (*link.properties.items(), *link.named.items())))
        if (*same, whole) in kept:
            made.duplicates += 1
        kept.setdefault((*same, whole), link)
    made.links = list(kept.values())


def _dates_of(link: GivenLink) -> str:
    """What is wrong with the dates of a link; empty where they fit."""
    spans = []
    for text in (link.since, link.until):
        try:
            spans.append(dates.parse(text) if text else None)
        except ValueError as wrong:
            return f"“{text[:40]}” {wrong}"
    since, until = spans
    if since and until and until.last < since.first:
        return f"It ends ({link.until}) before it begins ({link.since})"
    return ""


def _write(desk: Desk, made: Plan) -> None:
    """The forms of the links, after those of the things; what things name of each other, too."""
    kinds = desk.house.model
    for key, form in zip(made.keys, made.forms, strict=True):
        one = made.given.things[key]
        for name, keys in one.named.items():
            if refs := [made.refs[k] for k in keys if k in made.refs]:
                form.properties[name] = refs
    sort = {key: made.forms[int(ref[1:]) - 1].kind for key, ref in made.refs.items() if ref[0] == "#"}
    seen = desk.look_all(made.known)
    sort |= {key: seen[ref].kind for key, ref in made.refs.items() if ref in seen}
    for link in made.links:
        missing = [k for k in (link.start, link.end) if k not in made.refs]
        if missing:
            made.fault(
                link.line, f"There is no thing “{missing[0][:60]}” here", "Add it, or leave the link out."
            )
            continue
        made.forms.append(_link(kinds, made, link, sort))


def _link(kinds: Model, made: Plan, link: GivenLink, sort: Mapping[str, str]) -> ThingForm:
    kind = _by_words(kinds, link.kind, edges=True)
    fits = kind and _fits(kinds, kind, sort[link.start], sort[link.end])
    if not fits and kind != ANY_LINK:
        made.unfit[link.kind or "–"] += 1 if link.kind else 0
        kind = ANY_LINK
    edge = kinds[kind].edge
    assert edge is not None  # _by_words finds relations only
    properties: dict[str, list[str] | str] = {name: list(values) for name, values in link.properties.items()}
    for name, keys in link.named.items():
        if refs := [made.refs[k] for k in keys if k in made.refs]:
            properties[name] = refs
    if edge.source not in properties or edge.target not in properties:
        properties[edge.source] = [made.refs[link.start]]
        properties[edge.target] = [made.refs[link.end]]
    role = _role(kinds[kind], link)
    told = {"startDate": link.since, "endDate": link.until, "certainty": link.certainty.casefold(), **role}
    if link.weight not in ("", "1", "1.0"):
        told["summary"] = f"Weight {link.weight}"
    properties |= {name: [value] for name, value in told.items() if value and name not in properties}
    return ThingForm.model_construct(
        kind=kind, properties=properties, ref="", grade=link.grade, handling=None, expires=None
    )


def _fits(kinds: Model, kind: str, start: str, end: str) -> bool:
    """Whether a relation may join things of these kinds."""
    edge = kinds[kind].edge
    if edge is None:
        return False
    wanted = [kinds[kind].properties[name].entity for name in (edge.source, edge.target)]
    return all(kinds[has].is_a(wants) for has, wants in zip((start, end), wanted, strict=True))


def _role(kind: Kind, link: GivenLink) -> dict[str, str]:
    """What was written of a link beyond its kind, where the kind has a place for it."""
    verb = kind.edge.label if kind.edge else ""
    words = [w for w in (link.kind, link.label) if w and w.casefold() not in _called(kind, verb)]
    place = next((n for n in ("role", "relationship", "purpose") if n in kind.properties), "")
    return {place: ", ".join(dict.fromkeys(words))} if place and words else {}


def _called(kind: Kind, verb: str) -> Sequence[str]:
    return [w.casefold() for w in (kind.name, kind.label, kind.plural, verb)]
