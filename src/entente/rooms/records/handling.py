"""Handling forms to handlings and back, and in words. Codes of bureaus outside, numbers inside."""

from collections.abc import Collection, Mapping
from typing import Any

from starlette.datastructures import FormData

from entente.core.access import EVERYONE, POLICE_PURPOSES, Handling, Level, Purpose, Status
from entente.core.problems import Fault, Faulty
from entente.desk import Desk
from entente.rooms.bureaus import FILE, PRIVATE, by_code, directory, groups
from entente.rooms.records.model import HandlingForm, PurposeSlug
from entente.web import words
from entente.web.language import _

MOST_HANDLINGS = 64
BY_CONTRIBUTION = "A record comes into an analysis file by a contribution"


def to_handling(desk: Desk, form: HandlingForm, inside: Collection[str] = ()) -> Handling:
    """The handling an owner's form says. `inside`: compartments of analysis files in which it is already;
    a record comes into one by a contribution alone. Raises Faulty with every fault.
    """
    known = by_code(desk)
    faults = [
        Fault(f"handling/{field}", f"No bureau {code} takes part", "Use a code from the directory.")
        for field, codes in (("bureaus", form.bureaus), ("hint", form.hint))
        for code in codes
        if code not in known
    ]
    faults += [
        Fault(f"handling/{field}", f"{code} is a company: it sees nobody's records", "Leave it out.")
        for field, codes in (("bureaus", form.bureaus if form.mode == "named" else ()), ("hint", form.hint))
        for code in codes
        if code in known and known[code].sort == PRIVATE and known[code].number != desk.asker.bureau
    ]
    if form.mode == "everyone" and form.bureaus:
        faults.append(
            Fault("handling/bureaus", "Everyone and named bureaus exclude each other", "Choose one.")
        )
    faults += [
        Fault("handling/need", f"You do not hold {c}", "Name compartments you hold.")
        for c in form.need
        if c not in desk.asker.held
    ]
    faults += [
        Fault("handling/need", BY_CONTRIBUTION, "Contribute it there.")
        for c in form.need
        if c in desk.asker.held and c.startswith(FILE) and c not in inside
    ]
    level = Level[form.level.upper()]
    if level > desk.asker.clearance:
        faults.append(Fault("handling/level", "This level is above your clearance", "Choose a lower one."))
    if faults:
        raise Faulty(faults=tuple(faults))
    named = sum(1 << known[c].number for c in set(form.bureaus))
    see = {"everyone": EVERYONE, "named": named, "but": EVERYONE & ~named}[form.mode]
    hint = sum(1 << known[c].number for c in set(form.hint)) & ~see
    purposes = Purpose(sum(Purpose[p.upper()] for p in set(form.purposes))) or POLICE_PURPOSES
    handling = Handling(
        owner=desk.asker.bureau,
        see=see,
        hint=hint,
        watch=form.watch,
        need=frozenset(form.need),
        purposes=purposes,
        level=level,
        status=Status[form.status.upper()],
    )
    _must_be_few(desk, handling)
    return handling


def _must_be_few(desk: Desk, handling: Handling) -> None:
    """Every search weighs every handling in use, so a bureau has a fixed number of different ones.

    What is in analysis files is counted in each file by itself. Raises Faulty (specs/sharing.md, section 11).
    """
    used = {
        h
        for h in desk.classes()
        if h.owner == handling.owner and h.status is not Status.DELETED and not h.purposes & Purpose.DESK
        if _files(h) == _files(handling)
    }
    if handling not in used and len(used) >= MOST_HANDLINGS:
        what = f"Your bureau handles its records in {MOST_HANDLINGS} different ways already"
        raise Faulty(faults=(Fault("handling", what, "Choose a handling that other records have."),))


def _files(handling: Handling) -> frozenset[str]:
    return frozenset(c for c in handling.need if c.startswith(FILE))


def to_form(desk: Desk, handling: Handling) -> HandlingForm:
    """A handling as its owner may change it."""
    known = directory(desk)
    inside = [b.code for n, b in known.items() if handling.see >> n & 1]
    outside = [b.code for n, b in known.items() if EVERYONE >> n & 1 and not handling.see >> n & 1]
    unborn = handling.see >> 255 & 1  # bit 255 belongs to no bureau yet: set, it means "all but"
    if handling.see == EVERYONE:
        see: dict[str, object] = {"mode": "everyone", "bureaus": []}
    elif unborn:
        see = {"mode": "but", "bureaus": outside}
    else:
        see = {"mode": "named", "bureaus": inside}
    purposes: list[PurposeSlug] = (
        []
        if handling.purposes & POLICE_PURPOSES == POLICE_PURPOSES
        else [(p.name or "").lower() for p in Purpose if p & handling.purposes & POLICE_PURPOSES]  # type: ignore[misc]
    )
    return HandlingForm.model_validate(
        {
            **see,
            "hint": [b.code for n, b in known.items() if handling.hint >> n & 1],
            "watch": handling.watch,
            "need": sorted(handling.need),
            "purposes": purposes,
            "level": handling.level.name.lower(),
            "status": handling.status.name.lower(),
        }
    )


def audience(form: HandlingForm) -> str:
    """Who gets the record and who only a hint, in the reader's words."""
    codes = ", ".join(form.bureaus)
    told = {
        "everyone": _("Every bureau"),
        "named": codes or _("Your bureau alone"),
        "but": _("All but %(codes)s", codes=codes),
    }[form.mode]
    hint = _("only told whom to contact: %(codes)s", codes=", ".join(form.hint)) if form.hint else ""
    return " · ".join(part for part in (told, hint) if part)


def says(form: HandlingForm, named: Mapping[str, str]) -> str:
    """The whole handling in the reader's words: what differs from the ordinary is named.

    `named`: what the reader calls compartments; others stand as they are written.
    """
    need = ", ".join(named.get(c, c) for c in form.need)
    purposes = ", ".join(words.label(words.PURPOSES, p) for p in form.purposes)
    parts = (
        audience(form),
        words.label(words.LEVELS, form.level),
        words.label(words.STATUSES, form.status),
        _("for: %(purposes)s", purposes=purposes) if purposes else "",
        _("only for those who hold: %(names)s", names=need) if need else "",
        _("you are told of matches") if form.watch else "",
    )
    return " · ".join(part for part in parts if part)


# --- the part of a form that says it (macros.handling_fields) ------------------------------------


def handling_fields(desk: Desk, form: HandlingForm) -> dict[str, Any]:
    """What the macro shows: a handling, and the bureaus and compartments to choose from."""
    known = directory(desk).values()
    others = [b for b in known if b.number != desk.asker.bureau and b.sort != PRIVATE]
    named = {g.compartment: g.name for g in groups(desk)}  # only his own: of others there is nothing to know
    return {
        "bureaus": [(b.code, f"{b.code} {b.label}") for b in others],
        "see_mode": form.mode,
        "see": form.bureaus,
        "hint": form.hint,
        "watch": form.watch,
        "level": form.level,
        "purposes": form.purposes,
        "status": form.status,
        "need": form.need,
        "compartments": [(c, named.get(c, c)) for c in sorted({*desk.asker.held, *form.need})],
    }


def handling_places() -> dict[str, tuple[str, str]]:
    """Where the macro's fields are: places of faults to (id of the field, its label)."""
    return {
        "handling": ("f-see", _("Who may see it")),
        "handling/bureaus": ("f-see", _("Bureaus named")),
        "handling/hint": ("f-hint", _("Only told whom to contact")),
        "handling/need": ("f-need", _("Only for those who hold")),
        "handling/level": ("f-level", _("Level")),
    }


def given_handling(form: FormData) -> dict[str, Any]:
    """What the macro's fields said, to be validated as a HandlingForm."""

    def text(name: str, otherwise: str) -> str:
        value = form.get(name, otherwise)
        return value.strip() if isinstance(value, str) else ""

    def texts(name: str) -> list[str]:
        return [value for value in form.getlist(name) if isinstance(value, str)]

    mode = text("see_mode", "named")
    return {
        "mode": mode,
        "bureaus": [] if mode == "everyone" else texts("see"),
        "hint": texts("hint"),
        "watch": form.get("watch") == "yes",
        "need": texts("need"),
        "purposes": texts("purposes"),
        "level": text("level", "official"),
        "status": text("status", "live"),
    }
