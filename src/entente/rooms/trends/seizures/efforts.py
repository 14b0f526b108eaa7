"""How much an authority looked: checks, declarations, days of staff, hours of scanners."""

from entente.core.problems import Absent, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.goods import countries, dating, places
from entente.match.goods.columns import days_of
from entente.match.goods.seizures import Told
from entente.match.goods.taxonomy import TAXONOMY
from entente.rooms.records import code_of, to_form, to_handling
from entente.rooms.trends.seizures import model as m

KIND = "Effort"
FIGURES = {
    "checks": "checks",
    "declarations": "declarations",
    "staff_days": "staffDays",
    "scanner_hours": "scannerHours",
}
MOST = 200


def keep(desk: Desk, form: m.EffortForm) -> Thing:
    """Keep what an authority did in a period. Raises Faulty with every fault."""
    told = Told()
    raw: dict[str, str] = {"authority": form.authority, "place": form.place}
    if not form.authority:
        told.wrong("authority", "The authority is missing", "Say who looked.")
    for name, prop in (("date", "date"), ("date_end", "dateEnd")):
        text = getattr(form, name)
        if not text:
            continue
        day = told.tried(name, text, lambda t: dating.read_day(t, desk.today))
        raw[prop] = day[0] if day else ""
    if not form.date:
        told.wrong("date", "The period is missing", "Write its first day, its month or its year.")
    elif raw.get("date") and raw.get("dateEnd") and days_of(raw["dateEnd"])[1] < days_of(raw["date"])[0]:
        told.wrong("date_end", "The period ends before it begins", "Mend one of the dates.")
    if form.country:
        code = told.tried("country", form.country, countries.read_country)
        raw["country"] = countries.in_records(code) if code else ""
    if form.locode:
        raw["locode"] = told.tried("locode", form.locode, places.read_locode) or ""
    if form.goods:
        told.tried("goods", form.goods, TAXONOMY.node, "Choose one of the list.")
        raw["goods"] = form.goods
    figures = {prop: getattr(form, name) for name, prop in FIGURES.items()}
    raw |= {prop: str(value) for prop, value in figures.items() if value is not None}
    if all(value is None for value in figures.values()):
        told.wrong("checks", "No figure is said", "Give at least one of the four.")
    faults = list(told.faults)
    try:
        handling = to_handling(desk, form.handling)
    except Faulty as problem:
        faults += problem.faults
    if faults:
        raise Faulty(faults=tuple(faults))
    kept = desk.keep(KIND, raw, handling)
    desk.note("contribute", object=kept.id, what="effort")
    return kept


def withdraw(desk: Desk, id: str) -> None:
    """Take an effort of one's own bureau back. Raises Absent."""
    thing = desk.look(id)
    if thing.kind != KIND or thing.handling.owner != desk.asker.bureau:
        raise Absent()
    desk.withdraw(thing)
    desk.note("withdraw", object=id, what="effort")


def listed(desk: Desk) -> list[m.Effort]:
    """The newest efforts in the view."""
    desk.note("see", what="efforts")
    return [shown(desk, thing) for _, thing in desk.table([KIND], limit=MOST)]


def shown(desk: Desk, thing: Thing) -> m.Effort:
    mine = thing.handling.owner == desk.asker.bureau
    figures = {name: _whole(thing.first(prop)) for name, prop in FIGURES.items()}
    return m.Effort(
        id=thing.id,
        owner=code_of(desk, thing.handling.owner),
        authority=thing.first("authority"),
        country=thing.first("country"),
        locode=thing.first("locode"),
        place=thing.first("place"),
        date=thing.first("date"),
        date_end=thing.first("dateEnd"),
        goods=thing.first("goods"),
        **figures,
        handling=to_form(desk, thing.handling) if mine else None,
    )


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
