"""The duty desk of a bureau: its roster in the directory, and whether the bureau may act at all (RPD 131)."""

from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale

from entente.core.access import Role, may
from entente.core.problems import Absent, Fault, Faulty, NotAllowed, NotYours
from entente.core.things import Body, Thing
from entente.desk import Desk
from entente.rooms.bureaus import administering, service
from entente.rooms.bureaus.calendar import Roster, is_zone, read_holidays, read_hours
from entente.rooms.bureaus.directory_schemas import DeskForm, SuspensionForm
from entente.rooms.bureaus.model import Bureau, bureau_of


def roster_of(bureau: Bureau) -> Roster:
    """When a bureau's desk is there."""
    return _roster(bureau.zone, bureau.hours, bureau.holidays)


@lru_cache(maxsize=1024)
def _roster(zone: str, hours: str, holidays: tuple[str, ...]) -> Roster:
    week, always, _ = read_hours(hours)
    return Roster(
        ZoneInfo(zone if is_zone(zone) else "UTC"), week, frozenset(read_holidays(holidays)[0]), always
    )


def edit(desk: Desk, code: str, form: DeskForm) -> Bureau:
    """Change the entry of one's own bureau; what is left out stays. Raises Faulty, NotYours, Absent."""
    mine = administering.own(desk)
    if code != mine.code:
        raise NotYours("A bureau's entry is its own.") if code in service.by_code(desk) else Absent()
    changes: dict[str, tuple[str, ...]] = {}
    faults: list[Fault] = []
    for name in ("desk", "phone", "email", "duty"):
        given = getattr(form, name)
        if given is not None:
            changes[name] = (given.strip(),) if given.strip() else ()
    if form.zone is not None:
        changes["zone"] = (form.zone,)
        if not is_zone(form.zone):
            faults.append(Fault("zone", f"“{form.zone}” is no time zone", "Write it as Europe/Paris or UTC."))
    if form.hours is not None:
        changes["hours"] = (" ".join(form.hours.split()) or "24/7",)
        faults += read_hours(form.hours)[2]
    if form.holidays is not None:
        days, wrong = read_holidays(form.holidays)
        changes["holidays"] = tuple(f"{day} {name}".strip() for day, name in days.items())
        faults += wrong
    if form.languages is not None:
        changes["languages"], wrong = read_languages(form.languages)
        faults += wrong
    thing = desk.as_house().look(mine.id)
    body, wrong_values = desk.house.model.examine("Bureau", {**thing.body, **changes})
    faults += [f for f in wrong_values if not f.where.startswith("properties/languages/")]
    if faults:
        raise Faulty(faults=tuple(faults))
    kept = _keep(desk, thing, body)
    desk.note("administer", object=thing.id, what="bureau changed", changed=sorted(changes))
    return bureau_of(kept)


def suspend(desk: Desk, code: str, form: SuspensionForm) -> Bureau:
    """Suspend another bureau's rights, or restore them (RPD 131): it holds for its very next request.

    For a supervisor or an administrator of the secretariat, in person. Its records stay as their owner
    handles them. Raises NotAllowed, Absent, Faulty.
    """
    mine = administering.own(desk)
    allowed = may(desk.asker, "administer") or Role.SUPERVISOR in desk.asker.roles
    if not (mine.secretariat and allowed and in_person(desk)):
        raise NotAllowed("A supervisor or administrator of the secretariat suspends a bureau (RPD 131).")
    bureau = service.by_code(desk).get(code)
    if bureau is None:
        raise Absent()
    if bureau.secretariat:
        raise NotAllowed("The secretariat cannot suspend itself.")
    thing = desk.as_house().look(bureau.id)
    reason = form.reason.strip()
    if not reason:
        raise Faulty(faults=(Fault("reason", "A reason is needed", "It is told to the bureau."),))
    status = "suspended" if form.suspended else "active"
    body = {**thing.body, "status": (status,), "reason": (reason,) if form.suspended else ()}
    kept = _keep(desk, thing, desk.house.model.clean("Bureau", body))
    done = "bureau suspended" if form.suspended else "bureau restored"
    desk.note("administer", object=thing.id, what=done, code=code, reason=reason)
    return bureau_of(kept)


def in_person(desk: Desk) -> bool:
    """Whether the asker is an officer, not a machine with a key."""
    found = desk.as_house().look_all([desk.asker.officer]).get(desk.asker.officer)
    return found is not None and found.kind == "Officer"


def _keep(desk: Desk, thing: Thing, body: Body) -> Thing:
    kept = desk.as_house().change(thing, body=body, keys=(f"bureau:{thing.first('code')}",))
    desk.new_epoch()
    return kept


def read_languages(given: list[str]) -> tuple[tuple[str, ...], list[Fault]]:
    """Codes of languages (ISO 639), each once, and every fault."""
    codes = tuple(dict.fromkeys(g.strip().lower() for g in given if g.strip()))
    wrong = [c for c in codes if c not in languages()]
    what = "Write the code of two letters, such as fr, or of three where there is no shorter one."
    return codes, [Fault(f"languages/{codes.index(c)}", f"“{c}” is no language", what) for c in wrong]


@lru_cache
def languages() -> dict[str, str]:
    """Languages (ISO 639) by their shortest code, with their English names."""
    named = Locale("en").languages
    return {code: name for code, name in named.items() if code.isalpha() and len(code) in {2, 3}}


def coming(days: tuple[str, ...], today: date) -> list[str]:
    """The holidays that are not over."""
    return [d for d in days if d[:10] >= today.isoformat()]
