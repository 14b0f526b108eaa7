"""The checklist of the Palermo Convention: was this an organised criminal group, was it transnational?

United Nations Convention against Transnational Organized Crime (UNTOC), Articles 2(a) to (c) and 3(2). Each
item is met, not met or unknown, with evidence and a person who answers for it. Unknown is not met.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from entente.match.proof import grades
from entente.match.proof.chain import fold
from entente.match.proof.claims import Evidence
from entente.match.proof.fate import still_convicted
from entente.match.proof.ladder import finding_is_final
from entente.match.proof.proceedings import Outcome, Proceeding
from entente.match.proof.sentences import N_, Because

MET, NOT_MET, UNKNOWN = "met", "not_met", "unknown"
STATES = (MET, NOT_MET, UNKNOWN)
ITEMS: Mapping[str, str] = {
    "1": N_("Three or more persons"),
    "2": N_("A structured group, not formed by chance for the immediate offence"),
    "3": N_("Existing for a period of time"),
    "4": N_("Acting in concert"),
    "5": N_("With the aim of one or more serious crimes or offences of the Convention"),
    "6": N_("Serious: punishable by a maximum of at least four years"),
    "7": N_("To obtain, directly or indirectly, a financial or other material benefit"),
    "8a": N_("Committed in more than one State"),
    "8b": N_("In one State, but prepared, planned, directed or controlled to a great part in another"),
    "8c": N_("In one State, by a group that is active in more than one"),
    "8d": N_("In one State, with substantial effects in another"),
}
"""Items 1 to 7 make the group, any of 8a to 8d makes it transnational."""
GROUP = ("1", "2", "3", "4", "5", "6", "7")
TRANSNATIONAL = ("8a", "8b", "8c", "8d")
LEAST_PERSONS = 3
SERIOUS_MONTHS = 48


@dataclass(frozen=True, slots=True)
class Check:
    """One item as a person ticked it. `persons` (item 1): how many members the judgment itself finds, with
    those who are convicted; None where it says none."""

    item: str
    state: str = UNKNOWN
    evidence: tuple[str, ...] = ()
    who: str = ""
    on: date | None = None
    persons: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item as it counts: its state after the rules, whether a final judgment finds it, and why."""

    item: str
    state: str
    proven: bool
    why: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class Palermo:
    """The checklist as it counts. `ocg_proven`: items 1 to 7 are met by findings in a final judgment."""

    items: tuple[Item, ...]
    ocg_proven: bool
    transnational: bool

    @property
    def lacking(self) -> tuple[str, ...]:
        """Items 1 to 7 that are not proven."""
        return tuple([i.item for i in self.items if i.item in GROUP and not i.proven])


def checklist(
    checks: Iterable[Check], evidence: Iterable[Evidence], proceedings: Sequence[Proceeding], today: date
) -> Palermo:
    """The checklist as it counts today. An item nobody ticked is unknown; of an item ticked twice the last
    tick counts. Raises nothing."""
    ticked = {c.item: c for c in checks}
    by_id = {e.id: e for e in evidence}
    items = []
    for code in ITEMS:
        check = ticked.get(code, Check(code))
        cited = [by_id[name] for name in check.evidence if name in by_id]
        items.append(_item(check, cited, proceedings, today))
    proven = {i.item for i in items if i.proven}
    return Palermo(tuple(items), proven.issuperset(GROUP), any(code in proven for code in TRANSNATIONAL))


def _item(check: Check, cited: Sequence[Evidence], proceedings: Sequence[Proceeding], today: date) -> Item:
    if check.state != MET:
        state = check.state if check.state in STATES else UNKNOWN
        return Item(check.item, state, False, (Because("item-open"),) if state == UNKNOWN else ())
    good = [e for e in cited if not grades.suspected_false(e.scheme, e.grade)]
    for wrong, code in (
        (not cited, "item-no-evidence"),
        (not good, "item-suspected-false"),
        (not check.who.strip(), "item-no-who"),
    ):
        if wrong:
            return Item(check.item, UNKNOWN, False, (Because(code),))
    final = [e for e in good if finding_is_final(e, proceedings, today)]
    why = [Because("item-proven", {"evidence": e.id}) for e in final] or [Because("item-not-final")]
    item = Item(check.item, MET, bool(final), tuple(why))
    if check.item not in ("1", "6"):
        return item
    met, sure = (_counted(item, check, _convicted(cited, proceedings)) for cited in (good, final))
    if met.proven and not sure.proven:  # what is not final yet may make it met, and never proven
        return replace(met, proven=False, why=(Because("item-not-final"), *sure.why))
    return met


@dataclass(frozen=True, slots=True)
class _Convicted:
    """What the judgments that are cited convict of: what stands today, and who was cleared since."""

    standing: tuple[Outcome, ...]
    cleared: frozenset[str]


def _convicted(cited: Sequence[Evidence], proceedings: Sequence[Proceeding]) -> _Convicted:
    numbers = {e.proceeding for e in cited}
    fates = [still_convicted(p, proceedings) for p in proceedings if p.number in numbers]
    standing = tuple([o for kept, _ in fates for o in kept])
    fallen = {fold(o.defendant) for _, gone in fates for o in gone}
    return _Convicted(standing, frozenset(fallen - {fold(o.defendant) for o in standing}))


def _counted(item: Item, check: Check, convicted: _Convicted) -> Item:
    return _enough_persons(item, check, convicted) if item.item == "1" else _serious(item, convicted.standing)


def _enough_persons(item: Item, check: Check, convicted: _Convicted) -> Item:
    """Three who are convicted, or whom the judgment finds: whoever was cleared since is none of them."""
    persons, cleared = len({fold(o.defendant) for o in convicted.standing}), len(convicted.cleared)
    if persons >= LEAST_PERSONS or (check.persons or 0) - cleared >= LEAST_PERSONS:
        return item
    why = [Because("few-persons", {"persons": str(persons)})]
    why += [Because("persons-cleared", {"persons": str(cleared)})] if cleared else []
    return replace(item, state=NOT_MET, proven=False, why=tuple(why))


def _serious(item: Item, convicted: Sequence[Outcome]) -> Item:
    if any(o.convention_offence for o in convicted):
        return replace(item, why=(*item.why, Because("convention-offence")))
    known = [o.max_penalty_months for o in convicted if o.max_penalty_months is not None]
    if not known:
        return replace(item, state=UNKNOWN, proven=False, why=(Because("no-maximum"),))
    if max(known) >= SERIOUS_MONTHS:
        return item
    why = Because("below-four-years", {"months": str(max(known))})
    return replace(item, state=NOT_MET, proven=False, why=(why,))
