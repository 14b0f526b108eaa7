"""The offline pack of a border post: what goes into it, by the asker's view and by what may leave the house.

It is read where nobody asks who reads: whatever needs a clearance, a compartment or another purpose than
the border stays out, also where the asker himself may see it. packs_writing.py makes the file.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field, StringConstraints

from entente.core.access import Level, Purpose
from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.documents.codes import code
from entente.rooms.bureaus import directory
from entente.rooms.papers import cards, cards_reading, moving, service
from entente.rooms.records import Strict
from entente.web.language import N_

MOST_VERSIONS, MOST_DAYS, USUAL_DAYS = 300, 90, 30
A_PAGE = 200
FEWER = N_("Choose fewer states.")
State = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class PackForm(Strict):
    """Which states' documents (none named: all that your bureau may see), and for how many days."""

    countries: list[State] = Field(default=[], max_length=100, examples=[["UTO"]])
    days: int = Field(default=USUAL_DAYS, ge=1, le=MOST_DAYS)


@dataclass(frozen=True, slots=True)
class Named:
    """What the manifest says of a version or an alert: the digest is that of what its reviewer approved."""

    id: str
    code: str
    edition: int
    level: str
    digest: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack before it is written. `versions` and `cards` go together, in the order of their codes."""

    bureau: str
    label: str
    made: datetime
    expires: datetime
    level: str
    countries: Sequence[str]
    versions: Sequence[Named]
    alerts: Sequence[Named]
    cards: Sequence[cards.Card]


def composed(desk: Desk, form: PackForm) -> Pack:
    """What goes into a pack; the journal keeps that it left the house. Raises Faulty."""
    countries = sorted(set(form.countries))
    things = _versions(desk, countries)
    made_of = [(v, [a for a in cards_reading.alerts_of(desk, v) if may_leave(a)]) for v in things]
    made = [cards_reading.card_of(desk, version, alerts) for version, alerts in made_of]
    on_cards = {alert.id for card in made for alert in card.alerts}
    alerts = {a.id: a for _, found in made_of for a in found if a.id in on_cards}
    bureau = directory(desk)[desk.asker.bureau]
    now = desk.now.replace(microsecond=0)
    desk.note(
        "export",
        outcome=f"versions {len(things)}",
        what="papers pack",
        days=form.days,
        shown=[t.id for t in (*things, *alerts.values())],
    )
    return Pack(
        bureau=bureau.code,
        label=bureau.label,
        made=now,
        expires=now + timedelta(days=form.days),
        level=max(t.handling.level for t in (*things, *alerts.values())).name.lower(),
        countries=countries,
        versions=[_named(t) for t in things],
        alerts=[_named(t) for t in alerts.values()],
        cards=made,
    )


def may_leave(paper: Thing) -> bool:
    """Whether a paper's handling lets it be read away from the house, by any officer at a border."""
    handling = paper.handling
    return (
        handling.level < Level.CONFIDENTIAL and not handling.need and bool(handling.purposes & Purpose.BORDER)
    )


def _versions(desk: Desk, countries: Sequence[str]) -> list[Thing]:
    """Published versions of these states that the asker sees and that may leave, by code."""
    faults = [
        Fault(f"countries/{n}", N_("No state has this code"), N_("Use the code of ICAO Doc 9303."))
        for n, country in enumerate(countries)
        if code(country).sort == "unknown"
    ]
    if faults:
        raise Faulty(faults=tuple(faults))
    found: dict[str, Thing] = {}
    for key in [f"papers-live:{country}" for country in countries] or ["papers-live"]:
        for version in _listed(desk, key):
            found[version.id] = version
            if len(found) > MOST_VERSIONS:
                what = f"These are more than {MOST_VERSIONS} documents"
                raise Faulty(faults=(Fault("countries", what, FEWER),))
    if not found:
        what = N_("No document of these states can go into a pack")
        raise Faulty(faults=(Fault("countries", what, N_("Choose other states.")),))
    return sorted(found.values(), key=lambda t: (t.first("code"), t.id))


def _listed(desk: Desk, key: str) -> Iterator[Thing]:
    place = 0
    while page := desk.table([service.KIND], key=key, after=place, limit=A_PAGE):
        yield from (t for _, t in page if may_leave(t))
        place = page[-1][0]


def _named(paper: Thing) -> Named:
    return Named(
        id=paper.id,
        code=paper.first("code"),
        edition=int(paper.first("edition", "0")),
        level=paper.handling.level.name.lower(),
        digest=moving.digest(paper),
    )
