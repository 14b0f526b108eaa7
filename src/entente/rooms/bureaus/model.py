"""What the bureaus room speaks of: bureaus, officers, and how they prove who they are."""

from collections.abc import Mapping
from dataclasses import dataclass

from entente.core.access import (
    EVERYONE,
    HOUSE,
    POLICE_PURPOSES,
    Handling,
    Level,
    Purpose,
    Role,
)
from entente.core.things import Thing
from entente.web.language import N_

OPEN_TO_ALL = Handling(owner=HOUSE, see=EVERYONE, purposes=POLICE_PURPOSES | Purpose.DESK | Purpose.OVERSIGHT)
"""How a bureau's entry in the directory is handled."""
GROUP = "group/"
"""How the compartment of a working group begins; its id follows."""
FILE = "file/"
"""The same for an analysis file, whose room stands above this one."""

POLICE, PRIVATE = "police", "private"
SORTS: Mapping[str, str] = {
    POLICE: N_("Police"),
    "customs": N_("Customs"),
    "environment": N_("Environment"),
    "fisheries": N_("Fisheries"),
    "health": N_("Health"),
    "other": N_("Another authority"),
    PRIVATE: N_("Company"),
}
"""Of bureaus. All but police are partners: "everyone" does not hold them (core.access). A private one is a
company, and no record names it."""


@dataclass(frozen=True, slots=True)
class Bureau:
    """An organisation that takes part. `number` is its bit in every handling."""

    id: str
    number: int
    code: str
    label: str
    desk: str
    phone: str
    email: str
    secretariat: bool
    duty: str = ""
    zone: str = "UTC"
    hours: str = "24/7"
    holidays: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    status: str = "active"
    reason: str = ""
    """Why it is suspended: for its own officers and the secretariat."""
    sort: str = POLICE

    @property
    def active(self) -> bool:
        """Whether its officers and machines may act (RPD 131)."""
        return self.status == "active"


@dataclass(frozen=True, slots=True)
class Officer:
    """A person of a bureau, or a machine with a key, as the door knows him."""

    id: str
    name: str
    bureau: int
    code: str
    roles: frozenset[Role]
    clearance: Level
    held: frozenset[str]
    reviewer: bool
    machine: bool = False
    session: str = ""
    suspended: str = ""
    """Why his bureau's rights are suspended (RPD 131); empty when they are not."""


def bureau_of(thing: Thing) -> Bureau:
    return Bureau(
        id=thing.id,
        number=int(thing.first("number")),
        code=thing.first("code"),
        label=thing.first("label"),
        desk=thing.first("desk"),
        phone=thing.first("phone"),
        email=thing.first("email"),
        secretariat=thing.first("secretariat") == "yes",
        duty=thing.first("duty"),
        zone=thing.first("zone", "UTC"),
        hours=thing.first("hours", "24/7"),
        holidays=tuple(thing.body.get("holidays", ())),
        languages=tuple(thing.body.get("languages", ())),
        status=thing.first("status", "active"),
        reason=thing.first("reason"),
        sort=thing.first("sort", POLICE),
    )


def officer_of(thing: Thing, session: str = "", machine: bool = False) -> Officer:
    return Officer(
        id=thing.id,
        name=thing.first("name"),
        bureau=int(thing.first("bureau")),
        code=thing.first("code"),
        roles=frozenset(Role(r) for r in thing.body.get("roles", ())),
        clearance=Level(int(thing.first("clearance", "0"))),
        held=frozenset(thing.body.get("held", ())),
        reviewer=thing.first("reviewer") == "yes",
        machine=machine,
        session=session,
    )


def officer_handling(bureau: int) -> Handling:
    """An officer's entry: for his own bureau and the house."""
    return Handling(owner=bureau, see=1 << HOUSE, purposes=POLICE_PURPOSES | Purpose.DESK)
