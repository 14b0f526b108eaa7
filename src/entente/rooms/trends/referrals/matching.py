"""How reports meet: a duty walks what is new or changed, a moment after it was kept, and tells the desk.

Nothing here is done in a contributor's own sitting, and every id is computed, so that his answers are the
same bytes whether or not another told of the same. Two of one company, or of one industry, never meet.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from entente.core.access import Handling, Level
from entente.core.things import Thing
from entente.desk import Desk, House
from entente.desk.following import Changes
from entente.match.goods.columns import KIND as SEIZURE
from entente.rooms.bureaus import About, alert, directory, own
from entente.rooms.trends.referrals import identifiers, offers, referral, service
from entente.rooms.trends.referrals.referral import Referral, referral_of
from entente.rooms.trends.referrals.sources import Source, sources, stands

WALKED = "referrals/walked"
WAITS = "referral-waits"
BATCH = 200
KINDS = (service.KIND, offers.KIND, SEIZURE)


@dataclass(slots=True)
class Touched:
    """Ids of reports and offers to be compared; `moved`: offers whose seizure has changed."""

    ids: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)


class Matching:
    """The duty: one for a house and process."""

    def __init__(self, house: House) -> None:
        kinds = tuple(kind for kind in KINDS if kind in house.model.kinds)
        self._changes = Changes(house, WALKED, kinds, batch=BATCH)

    def step(self) -> int:
        """Compare the next reports, offers and offered seizures; returns how many changes there were."""
        touched = Touched()
        return self._changes.step(partial(_look, touched), partial(_tell, touched))


def _look(touched: Touched, desk: Desk, things: Sequence[Thing]) -> bool:
    """Which reports and offers are to be compared; of other seizures nothing is to be done."""
    touched.ids |= {t.id for t in things if t.kind != SEIZURE}
    seizures = [offers.of_key(t.id) for t in things if t.kind == SEIZURE]
    found = desk.inspect_all(seizures) if seizures else []
    touched.moved |= {offer.id for _, offer in found if offer.kind == offers.KIND}
    return bool(touched.ids or touched.moved)


def _tell(touched: Touched, desk: Desk) -> None:
    """Compare each with what stands, and tell the desk of what is new."""
    found = sources(desk, touched.ids | touched.moved)
    for one in found:
        if one.thing.id in touched.moved:  # it is found by the numbers that its seizure has now
            desk.change(one.thing, keys=offers.keys_of(desk, one.told))
    centres = _centres(desk)
    made = sum(_compare(desk, one, centres) for one in found) if centres else 0
    desk.note("refer", what="reports compared", compared=len(found), made=made)


def _centres(desk: Desk) -> list[int]:
    """The secretariat's bureaus, whose desk it is."""
    return sorted(n for n, b in directory(desk).items() if b.secretariat and b.active)


def _compare(desk: Desk, one: Source, centres: Sequence[int]) -> int:
    """Hold a report against all others with an identifier of it; returns how many referrals are new."""
    if not one.tokens:
        return 0
    near = desk.inspect_all([*map(identifiers.key, one.tokens)])
    ids = {t.id for _, t in near if t.kind in KINDS and t.handling.owner != one.bureau and stands(t)}
    by_bureau: dict[int, list[tuple[Source, set[str]]]] = defaultdict(list)
    for other in sources(desk, ids):
        shared = set(other.tokens) & set(one.tokens)
        if shared and other.sector != one.sector:
            by_bureau[other.bureau].append((other, shared))
    return sum(_meet(desk, one, others, centres) for _, others in sorted(by_bureau.items()))


def _meet(desk: Desk, one: Source, others: Sequence[tuple[Source, set[str]]], centres: Sequence[int]) -> bool:
    """A referral of two sides, or more of the one that waits. What the desk has judged already comes again
    only as a number."""
    sides = (min(one.bureau, others[0][0].bureau), max(one.bureau, others[0][0].bureau))
    tokens = sorted({token for _, shared in others for token in shared})
    ids = sorted({one.thing.id, *(other.thing.id for other, _ in others)})
    standing = {t.id: t for _, t in desk.inspect_all([referral.pair_key(sides, t) for t in tokens])}
    known = [referral_of(t) for _, t in sorted(standing.items()) if t.kind == referral.KIND]
    label = _label([one.label, *(other.label for other, _ in others)], centres)
    if known:
        waits = next((r for r in known if r.state in referral.OPEN), None)
        for one_of in [waits] if waits else known[:1]:
            _add(desk, one_of, ids, tokens, label)
        return False
    id = desk.house.ids.of("referral", *sides, tokens[0])
    at = desk.now.isoformat(timespec="seconds")
    case = referral.case_of(id)
    fresh = Referral(None, id, case, "matched", sides, tuple(tokens), tuple(ids[: referral.MOST_SOURCES]), at)
    made = referral.keep(desk, referral.with_event(desk, fresh, "match"), label)
    for centre in centres:
        about = About(WAITS, object=made.id, token=case)
        alert(desk, centre, about, like=label, once=made.id)
    return True


def _add(desk: Desk, standing: Referral, ids: Sequence[str], tokens: Sequence[str], label: Handling) -> None:
    """More reports of the same. A case that waits takes them in; of another the desk learns how many came."""
    known = {*standing.sources, *standing.later}
    fresh = [id for id in ids if id not in known]
    assert standing.thing is not None
    if standing.state in referral.OPEN:
        every = tuple(dict.fromkeys((*standing.sources, *fresh)))[: referral.MOST_SOURCES]
        more = tuple(dict.fromkeys((*standing.tokens, *tokens)))
        if (every, more) != (standing.sources, standing.tokens):
            level = max(standing.thing.handling.level, label.level)
            handling = own(label.owner, level, see=label.see)
            referral.change(desk, replace(standing, sources=every, tokens=more), handling=handling)
    elif fresh:
        later = tuple(dict.fromkeys((*standing.later, *fresh)))[: referral.MOST_SOURCES]
        if later != standing.later:
            referral.change(desk, replace(standing, later=later))


def _label(labels: Sequence[Handling], centres: Sequence[int]) -> Handling:
    """For the secretariat's officers who are cleared for all it is made of."""
    level = max((label.level for label in labels), default=Level.OFFICIAL)
    return own(centres[0], level, see=sum(1 << centre for centre in centres[1:]))
