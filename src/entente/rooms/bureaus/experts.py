"""The directory of experts: whom to ask about a crime area, kept by his bureau and confirmed every year."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from entente.core.access import EVERYONE, POLICE_PURPOSES, Handling, Purpose
from entente.core.problems import Absent, Fault, Faulty, NotYours
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, come, is_due, sit
from entente.desk.retention import about
from entente.match.names.fold import fold
from entente.rooms.bureaus import alerts, duty, inviting, service
from entente.rooms.bureaus.areas import AREAS
from entente.rooms.bureaus.directory_schemas import Audience, ExpertChange, ExpertQuery
from entente.rooms.bureaus.model import GROUP
from entente.rooms.bureaus.working_groups import group_of

LASTS = timedelta(days=365)
TOLD_BEFORE = timedelta(days=30)
MOST_LISTED = 2000
MOST_OF_BUREAU = 500
MOST_LISTS = 64
"""Different lists of two or more bureaus to whom a bureau's entries were ever shown: every search weighs
every handling (specs/sharing.md, section 11). One bureau, everyone or a working group is no such list."""
ENDS = "expert-ends:"


def add(desk: Desk, form: ExpertChange) -> Thing:
    """Enter an expert of one's own bureau. Raises Faulty."""
    if len(desk.as_house().inspect_all([f"experts:{desk.asker.bureau}"])) >= MOST_OF_BUREAU:
        what = f"Your bureau has {MOST_OF_BUREAU} experts in the directory"
        raise Faulty(faults=(Fault("", what, "Take one out first."),))
    body, handling = _read(desk, form, {}, _everyone(desk))
    until = desk.today + LASTS
    kept = desk.keep("Expert", body, handling, expires=until, keys=_keys(body, handling, until))
    desk.note("convene", object=kept.id)
    return kept


def change(desk: Desk, id: str, form: ExpertChange) -> Thing:
    """Change an entry of one's own bureau; it is not confirmed by that. Raises Absent, NotYours, Faulty."""
    thing = own_entry(desk, id)
    raw, handling = _read(desk, form, thing.body, thing.handling)
    return _keep(desk, thing, raw, handling, thing.expires)


def confirm(desk: Desk, id: str) -> Thing:
    """The bureau says that an entry is right: it stays for another year. Raises Absent, NotYours."""
    thing = own_entry(desk, id)
    raw = {**thing.body, "verified": (desk.today.isoformat(),)}
    return _keep(desk, thing, raw, thing.handling, desk.today + LASTS)


def remove(desk: Desk, id: str) -> None:
    """Take an entry out of the directory. Raises Absent, NotYours."""
    desk.erase(own_entry(desk, id).id)
    desk.note("convene", object=id)


def search(desk: Desk, query: ExpertQuery) -> list[Thing]:
    """Experts in the asker's view by name: what he may not see moves nothing and counts nowhere."""
    key = f"expert-area:{query.area}" if query.area else ""
    numbers = {code: b.number for code, b in service.by_code(desk).items()}
    words = fold(query.words).split()
    found = [
        t
        for _, t in desk.table(["Expert"], key=key, limit=MOST_LISTED)
        if (not query.language or query.language.lower() in t.body.get("languages", ()))
        and (not query.bureau or t.handling.owner == numbers.get(query.bureau.upper()))
        and all(word in _text(t) for word in words)
    ]
    return sorted(found, key=lambda t: (fold(t.first("name")), t.id))


def audience_of(desk: Desk, thing: Thing) -> Audience:
    """Who is shown an entry; for its own bureau to know."""
    group = next((c.removeprefix(GROUP) for c in thing.handling.need), "")
    if group:
        return Audience(to="group", group=group)
    if thing.handling.see == EVERYONE:
        return Audience()
    codes = [b.code for n, b in service.directory(desk).items() if thing.handling.see >> n & 1]
    return Audience(to="bureaus", bureaus=codes)


def tell_what_ends(house: House) -> bool:
    """Tell bureaus, once, of their entries that end within thirty days; True when there were any."""
    if not is_due(house, ENDS):
        return False
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        for _, thing in desk.inspect_agenda(ENDS, come(desk.now)):
            bureau = thing.handling.owner
            once = f"{thing.id} {thing.expires}"
            alerts.alert(desk, bureau, alerts.About("expert-ends", thing.id), thing.handling, once)
            desk.change(thing, keys=_keys(thing.body, thing.handling, None))
            desk.note("ask", object=thing.id)
    return True


def own_entry(desk: Desk, id: str) -> Thing:
    """An entry of the asker's own bureau. Raises Absent, NotYours."""
    thing = desk.look(id)
    if thing.kind != "Expert":
        raise Absent()
    if thing.handling.owner != desk.asker.bureau:
        raise NotYours("An entry is kept by its own bureau.")
    return thing


def _keep(
    desk: Desk, thing: Thing, raw: Mapping[str, Sequence[str]], handling: Handling, until: date
) -> Thing:
    body = desk.house.model.clean("Expert", raw)
    keys = _keys(body, handling, until)
    kept = desk.change(thing, body=body, handling=handling, expires=until, keys=keys)
    desk.note("convene", object=thing.id)
    return kept


def _keys(body: Mapping[str, Sequence[str]], handling: Handling, until: date | None) -> tuple[str, ...]:
    """`until` is None when the bureau has been told that the entry ends. What is a group's ends with it."""
    told = () if until is None else (f"{ENDS}{until - TOLD_BEFORE}",)
    group = [c.removeprefix(GROUP) for c in handling.need]
    areas = [f"expert-area:{area}" for area in body.get("areas", ())]
    return (f"experts:{handling.owner}", *areas, *told, *(key for g in group for key in about(g)))


def _everyone(desk: Desk) -> Handling:
    return Handling(owner=desk.asker.bureau, see=EVERYONE, purposes=POLICE_PURPOSES | Purpose.DESK)


def _read(
    desk: Desk, form: ExpertChange, standing: Mapping[str, tuple[str, ...]], handling: Handling
) -> tuple[dict[str, tuple[str, ...]], Handling]:
    """The body and handling that a form makes of what stands. Raises Faulty with every fault."""
    body = {"verified": (desk.today.isoformat(),), **standing}
    faults: list[Fault] = []
    for name in ("name", "unit", "phone", "email", "hours"):
        if (given := getattr(form, name)) is not None:
            body[name] = (given.strip(),) if given.strip() else ()
    if form.areas is not None:
        body["areas"] = tuple(dict.fromkeys(form.areas))
        wrong = [(n, a) for n, a in enumerate(form.areas) if a not in AREAS]
        faults += [
            Fault(f"areas/{n}", f"“{a}” is no crime area", "Use a slug of the table.") for n, a in wrong
        ]
    if form.languages is not None:
        body["languages"], no_languages = duty.read_languages(form.languages)
        faults += no_languages
    if form.officer is not None:
        found = inviting.colleague(desk, form.officer) if form.officer else None
        body["officer"] = (found.id,) if found else ()
        if form.officer and not found:
            what = "No officer of your bureau has this id or address"
            faults.append(Fault("officer", what, "Write his e-mail address."))
    if form.audience is not None:
        handling, no_audience = _audience(desk, form.audience)
        faults += no_audience
    wrong_values = desk.house.model.examine("Expert", body)[1]
    faults += [f for f in wrong_values if not f.where.startswith("properties/languages/")]
    if faults:
        raise Faulty(faults=tuple(faults))
    return body, handling


def _audience(desk: Desk, said: Audience) -> tuple[Handling, list[Fault]]:
    everyone = _everyone(desk)
    if said.to == "bureaus":
        known = service.by_code(desk)
        codes = dict.fromkeys(c.upper() for c in said.bureaus)
        faults = [
            Fault(f"audience/bureaus/{n}", f"No bureau {code} takes part", "See the directory.")
            for n, code in enumerate(codes)
            if code not in known
        ]
        named = replace(everyone, see=sum(1 << known[c].number for c in codes if c in known))
        return named, faults or _too_many_lists(desk, named)
    if said.to == "group":
        try:
            group = group_of(desk, said.group)
        except Absent:
            what = "You are in no working group with this id"
            return everyone, [Fault("audience/group", what, "Choose one of yours.")]
        return replace(everyone, need=frozenset({group.compartment})), []
    return everyone, []


def _too_many_lists(desk: Desk, named: Handling) -> list[Fault]:
    """The fault where an audience is one more list of bureaus than may be."""
    lists = {h for h in desk.classes() if h == replace(named, see=h.see) and _is_list(h)}
    if not _is_list(named) or named in lists or len(lists) < MOST_LISTS:
        return []
    what = f"Your bureau shows its experts to {MOST_LISTS} different lists of bureaus already"
    return [Fault("audience/bureaus", what, "Choose a list that another entry has, or everyone.")]


def _is_list(handling: Handling) -> bool:
    return handling.see != EVERYONE and handling.see.bit_count() > 1


def _text(thing: Thing) -> str:
    areas = thing.body.get("areas", ())
    said = (AREAS.get(a, a) for a in areas)
    return fold(" ".join([thing.first("name"), thing.first("unit"), *areas, *said]))
