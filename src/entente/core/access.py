"""Who may see what: the only place where the rule lives.

An owner writes a `Handling` on a thing; equal handlings are interned to a *class* (a small
integer). `decide` runs over classes, never over records; engines carry one predicate that
`view_of` spells for them. Rule and lemmas: shared specification "sharing", sections 3.1 to 3.4.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum, IntFlag, StrEnum

MOST_BUREAUS = 256
FIRST_PARTNER = 224
"""Numbers from here to 254 are of partners (customs, an authority, a company); bit 255 is nobody's, and tells
"all but these" from "these"."""
PARTNERS = (1 << MOST_BUREAUS - 1) - (1 << FIRST_PARTNER)
EVERYONE = (1 << MOST_BUREAUS) - 1 - PARTNERS
"""Every bureau, and none of the partners: a partner sees what names it, and nothing else."""
NOBODY = 0
HOUSE = 0
"""Bureau number of the house itself: it keeps credentials and runs jobs."""
HOUSE_ONLY = "house"
"""Compartment held by the house alone."""


class Decision(IntEnum):
    NONE = 0
    CONTACT = 1
    FULL = 2


class Status(IntEnum):
    DRAFT = 0
    LIVE = 1
    SUSPENDED = 2
    DELETED = 3


class Level(IntEnum):
    """INTERPOL Rules on the Processing of Data (RPD), articles 112-114."""

    OFFICIAL = 0
    RESTRICTED = 1
    CONFIDENTIAL = 2


class Purpose(IntFlag):
    """Why an asker asks: the closed list of RPD article 10, and two that run the house."""

    WANTED = 1
    LOCATE = 2
    HISTORY = 4
    WARN = 8
    IDENTIFY = 16
    FORENSIC = 32
    SECURITY = 64
    BORDER = 128
    ANALYSIS = 256
    DESK = 1 << 14
    OVERSIGHT = 1 << 15


POLICE_PURPOSES = Purpose(sum(p for p in Purpose if p < Purpose.DESK))


class Role(StrEnum):
    OFFICER = "officer"
    ANALYST = "analyst"
    CONTRIBUTOR = "contributor"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


EVERY_ROLE = frozenset(Role)
ROLES_FOR: Mapping[str, frozenset[Role]] = {
    "search": EVERY_ROLE - {Role.ADMINISTRATOR},
    "see": EVERY_ROLE,
    "examine": EVERY_ROLE - {Role.ADMINISTRATOR},
    "verdict": frozenset({Role.OFFICER, Role.ANALYST, Role.SUPERVISOR}),
    "confirm": frozenset({Role.OFFICER, Role.ANALYST, Role.SUPERVISOR}),
    "message": frozenset({Role.OFFICER, Role.ANALYST, Role.SUPERVISOR}),
    "stand": frozenset({Role.OFFICER, Role.ANALYST, Role.SUPERVISOR}),
    "screen": frozenset({Role.OFFICER, Role.ANALYST, Role.SUPERVISOR}),
    "intercept": frozenset({Role.OFFICER, Role.ANALYST, Role.SUPERVISOR}),
    "trace": frozenset({Role.OFFICER, Role.ANALYST, Role.SUPERVISOR}),
    "trend": frozenset({Role.OFFICER, Role.ANALYST, Role.SUPERVISOR}),
    "target": frozenset({Role.ANALYST, Role.SUPERVISOR}),
    "refer": frozenset({Role.ANALYST, Role.CONTRIBUTOR, Role.SUPERVISOR}),
    "case": frozenset({Role.OFFICER, Role.ANALYST, Role.SUPERVISOR}),
    "assess": frozenset({Role.ANALYST, Role.SUPERVISOR}),
    "convene": frozenset({Role.ANALYST, Role.SUPERVISOR}),
    "analyse": frozenset({Role.ANALYST, Role.SUPERVISOR}),
    "gather": frozenset({Role.ANALYST, Role.CONTRIBUTOR, Role.SUPERVISOR}),
    "contribute": frozenset({Role.CONTRIBUTOR, Role.SUPERVISOR}),
    "correct": frozenset({Role.CONTRIBUTOR, Role.SUPERVISOR}),
    "withdraw": frozenset({Role.CONTRIBUTOR, Role.SUPERVISOR}),
    "export": frozenset({Role.ANALYST, Role.SUPERVISOR}),
    "approve": frozenset({Role.SUPERVISOR}),
    "publish": frozenset({Role.SUPERVISOR}),
    "review": frozenset({Role.SUPERVISOR}),
    "deconflict": frozenset({Role.SUPERVISOR}),
    "administer": frozenset({Role.ADMINISTRATOR}),
}
"""Which role may do what. An act that is not named here is refused to everybody."""


@dataclass(frozen=True, slots=True)
class Handling:
    """What an owner says of who may see a thing. `see` and `hint` are bit maps over bureau numbers."""

    owner: int
    see: int = EVERYONE
    hint: int = NOBODY
    watch: bool = False
    need: frozenset[str] = frozenset()
    purposes: Purpose = POLICE_PURPOSES
    level: Level = Level.OFFICIAL
    status: Status = Status.LIVE

    @property
    def ordinary(self) -> bool:
        """Decided by bureau alone: any active asker with a police purpose is judged by `see` and `hint`."""
        return (
            self.status is Status.LIVE
            and self.level is Level.OFFICIAL
            and not self.need
            and self.purposes & POLICE_PURPOSES == POLICE_PURPOSES
        )


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, for which bureau, why, and what he holds. `officer` is the id of an officer or a key."""

    officer: str
    bureau: int
    purpose: Purpose
    justification: str
    roles: frozenset[Role] = frozenset({Role.OFFICER})
    active: bool = True
    clearance: Level = Level.OFFICIAL
    held: frozenset[str] = frozenset()
    discreet: bool = False
    reviewer: bool = False


def may(asker: Asker, act: str) -> bool:
    """Whether one of the asker's roles allows the act."""
    return asker.active and not asker.roles.isdisjoint(ROLES_FOR.get(act, frozenset()))


def explain(asker: Asker, handling: Handling) -> tuple[Decision, str]:
    """Decide, and say which line of the rule decided. Expiry is judged beside it: see `View.today`."""
    if not asker.active:
        return Decision.NONE, "the asker is not active"
    if handling.status is Status.DELETED:
        return Decision.NONE, "the thing is deleted"
    if handling.level > asker.clearance:
        return Decision.NONE, "the level is above the asker's clearance"
    if asker.purpose == Purpose.OVERSIGHT:
        return (
            (Decision.FULL, "oversight by a reviewer")
            if asker.reviewer and HOUSE_ONLY not in handling.need
            else (Decision.NONE, "oversight is for reviewers")
        )
    if not handling.need <= asker.held:
        return Decision.NONE, "a compartment is not held"
    if handling.owner == asker.bureau:
        return Decision.FULL, "the asker's bureau owns it"
    if handling.status is not Status.LIVE:
        return Decision.NONE, "the thing is not live"
    if not handling.purposes & asker.purpose:
        return Decision.NONE, "the owner does not allow this purpose"
    if handling.see >> asker.bureau & 1:
        return Decision.FULL, "the owner lets this bureau see it"
    if handling.hint >> asker.bureau & 1 and not asker.discreet:
        return Decision.CONTACT, "the owner lets this bureau know whom to contact"
    return Decision.NONE, "the owner does not name this bureau"


def decide(asker: Asker, handling: Handling) -> Decision:
    """FULL, CONTACT or NONE for this asker and a thing so handled."""
    return explain(asker, handling)[0]


def notifies(asker: Asker, handling: Handling) -> bool:
    """Whether the owner is told of a match, silently and after the answer has left."""
    return (
        handling.watch
        and handling.status is Status.LIVE
        and asker.active
        and handling.owner != asker.bureau
        and not asker.discreet
        and asker.purpose != Purpose.OVERSIGHT
    )


def meet(first: Handling, *others: Handling) -> Handling:
    """The handling of a thing made from these: never wider than any of them, never a hint."""
    label = replace(first, hint=NOBODY)
    for other in others:
        label = Handling(
            owner=label.owner,
            see=label.see & other.see,
            watch=label.watch or other.watch,
            need=label.need | other.need,
            purposes=label.purposes & other.purposes,
            level=max(label.level, other.level),
            status=other.status if _worse(other.status, label.status) else label.status,
        )
    return label


def _worse(a: Status, b: Status) -> bool:
    order = (Status.LIVE, Status.DRAFT, Status.SUSPENDED, Status.DELETED)
    return order.index(a) > order.index(b)


@dataclass(frozen=True, slots=True)
class View:
    """What one asker may reach, spelled for engines.

    `classes[c] == 1` where class `c` is in (a class past the end is out); a text index uses
    `terms` instead: a record is in when it carries any of them. Both name the same set.
    A thing whose `expires` is not after `today` is out for everybody.
    """

    classes: bytes
    terms: tuple[str, ...]
    today: date

    def holds(self, class_id: int) -> bool:
        return 0 <= class_id < len(self.classes) and self.classes[class_id] == 1


def view_of(
    asker: Asker, classes: Mapping[int, Handling], today: date, want: Decision = Decision.FULL
) -> View:
    """The view of everything this asker gets as `want` (FULL or CONTACT). Cost: one `decide` a class."""
    chosen = {c: h for c, h in classes.items() if decide(asker, h) is want}
    spelled = bytearray(max(classes, default=-1) + 1)
    for c in chosen:
        spelled[c] = 1
    by_bureau = asker.active and bool(asker.purpose & POLICE_PURPOSES)
    terms = {f"c{c}" for c, h in chosen.items() if not (by_bureau and h.ordinary)}
    if by_bureau and (want is Decision.FULL or not asker.discreet):
        terms.add(f"{_LETTER[want]}{asker.bureau}")
    return View(bytes(spelled), tuple(sorted(terms)), today)


_LETTER = {Decision.FULL: "s", Decision.CONTACT: "h"}


def terms_of(class_id: int, handling: Handling, bureaus: Iterable[int]) -> frozenset[str]:
    """The terms a text index writes on a record of this class; `bureaus` are those that exist.

    The ordinary case is resolved to one term for each bureau that gets the record (`s`) or the
    hint (`h`), so that a query carries one dense term; every record also carries its class (`c`).
    """
    terms = {f"c{class_id}"}
    if handling.ordinary:
        for b in bureaus:
            if handling.owner == b or handling.see >> b & 1:
                terms.add(f"s{b}")
            elif handling.hint >> b & 1:
                terms.add(f"h{b}")
    return frozenset(terms)
