"""One seizure told of by two bureaus: proposed to who sees both, judged by a person, merged by nobody.

A bureau is told of a pair where one is its own and the other is in its view: so nobody learns of a seizure by
being asked about it. Figures leave out the later one of a pair that was judged the same, for who sees both.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from entente.core.access import Asker, Decision, Handling, Level, Purpose, decide, meet
from entente.core.problems import Absent, Fault, Faulty, NotYours
from entente.core.scoring import Score
from entente.core.things import Thing
from entente.desk import Desk, House
from entente.desk.following import Changes
from entente.match.goods import alike
from entente.match.goods.columns import KIND
from entente.rooms.bureaus import About, alert, alert_id, take_note
from entente.rooms.records import code_of
from entente.rooms.trends.seizures import model as m
from entente.rooms.trends.seizures import same_labels
from entente.rooms.trends.seizures import shown as rows

FOLLOWED = "trends/same"
MOST_CANDIDATES = 2_000
MOST_SHOWN = 10
ALERT = "seizure-same"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two seizures that may be one; `one` is the asked one's."""

    one: Thing
    other: Thing
    score: Score


@dataclass(frozen=True, slots=True)
class Judged:
    """The last verdict on a pair, and the number of the bureau that gave it."""

    verdict: str
    bureau: int


def of(desk: Desk, seizure: Thing) -> list[Pair]:
    """Seizures in the view that may be the same as one, the likeliest first, at most ten."""
    keys = alike.asked_keys(alike.facts_of(seizure.body))
    return _near(_facts, seizure, (t for _, t in desk.find(keys, MOST_CANDIDATES)))


def of_draft(desk: Desk, body: dict[str, tuple[str, ...]]) -> list[tuple[Thing, Score]]:
    """The same for what is not kept yet."""
    draft = Thing("", KIND, Handling(desk.asker.bureau), body)
    found = (t for _, t in desk.find(alike.asked_keys(alike.facts_of(body)), MOST_CANDIDATES))
    return [(pair.other, pair.score) for pair in _near(_facts, draft, found)]


def _facts(thing: Thing) -> alike.Facts:
    return alike.facts_of(thing.body)


def _near(facts: Callable[[Thing], alike.Facts], seizure: Thing, candidates: Iterable[Thing]) -> list[Pair]:
    others = {t.id: t for t in candidates if _comparable(t) and t.id != seizure.id}
    if not _comparable(seizure):
        return []
    asked = facts(seizure)
    pairs = [Pair(seizure, t, alike.compare(asked, facts(t))) for t in others.values()]
    near = [pair for pair in pairs if pair.score.value >= alike.THRESHOLD]
    return sorted(near, key=lambda pair: (-pair.score.value, pair.other.id))[:MOST_SHOWN]


def _comparable(thing: Thing) -> bool:
    return thing.kind == KIND and thing.first("form") != "total"


def judged(desk: Desk, seizure: str) -> dict[str, Judged]:
    """The other seizure's id to the last verdict on the pair in the view; one's own bureau's first."""
    found: dict[str, Judged] = {}
    verdicts = [
        t for _, t in desk.find([same_labels.key(seizure)], MOST_CANDIDATES) if t.kind == same_labels.KIND
    ]
    for thing in sorted(verdicts, key=lambda t: (t.handling.owner == desk.asker.bureau, t.first("at"))):
        other = thing.first("other") if thing.first("one") == seizure else thing.first("one")
        found[other] = Judged(thing.first("verdict"), thing.handling.owner)
    return found


def judge(desk: Desk, id: str, form: m.VerdictForm) -> Thing:
    """Keep a person's verdict on two seizures that he sees, one of which is his bureau's.

    Raises Absent, NotYours, Faulty. It is said again as often as he thinks otherwise.
    """
    if id == form.other:
        raise Faulty(faults=(Fault("other", "A seizure is always the same as itself", "Name another one."),))
    pair = desk.look_all([id, form.other])
    if len(pair) < 2 or any(t.kind != KIND for t in pair.values()):
        raise Absent()
    mine = desk.asker.bureau
    if all(t.handling.owner != mine for t in pair.values()):
        raise NotYours("A bureau judges of its own seizures.")
    one, other = sorted(pair)
    raw = {
        "one": one,
        "other": other,
        "verdict": form.verdict,
        "why": form.why,
        "officer": desk.asker.officer,
        "at": desk.now.isoformat(timespec="seconds"),
    }
    handling = same_labels.label(mine, pair[one].handling, pair[other].handling)
    kept = desk.keep(
        same_labels.KIND,
        raw,
        handling,
        id=desk.house.ids.of("seizure-same", mine, one, other),
        version=0,
        keys=(same_labels.key(one), same_labels.key(other)),
    )
    desk.note("verdict", object=kept.id, what="seizures", one=one, other=other, verdict=form.verdict)
    with suppress(Absent):  # nobody was told of it
        take_note(desk, alert_id(desk, mine, ALERT, f"{one}:{other}"))
    return kept


def shown(desk: Desk, pairs: Sequence[tuple[Thing, Score]], seizure: str = "") -> list[m.Alike]:
    """Pairs as their reader gets them."""
    known = judged(desk, seizure) if seizure else {}
    return [
        m.Alike(
            seizure=rows.row(desk, other),
            score=round(score.value, 4),
            reasons=[
                m.Why(rule=r.rule, one=r.asked, other=r.found, part=round(r.part, 4)) for r in score.reasons
            ],
            verdict=known[other.id].verdict if other.id in known else "",  # type: ignore[arg-type]
            judged_by=code_of(desk, known[other.id].bureau) if other.id in known else "",
        )
        for other, score in pairs
    ]


# --- by the clock --------------------------------------------------------------------------------


def follow(house: House, changes: Changes | None = None) -> int:
    """Tell bureaus of pairs among seizures that are new, changed or shared; returns how many changes there
    were. `changes`: the feed as a duty keeps it: what was walked and told nobody anything is noted now and
    then only, so that a feed that is opened anew each time would come to no end."""
    pairs: list[Pair] = []

    def look(desk: Desk, things: Sequence[Thing]) -> bool:
        there = _There(desk)
        pairs.extend(pair for thing in things for pair in _pairs(there, thing))
        return bool(pairs)

    def tell(desk: Desk) -> None:
        told = sum(_told(desk, pair) for pair in pairs)
        desk.note("remind", what="seizures", pairs=told)

    return (changes or feed(house)).step(look, tell)


def feed(house: House) -> Changes:
    """The changes of seizures, for a duty."""
    return Changes(house, FOLLOWED, kinds=[KIND])


class _There:
    """What is kept under each key, read once for a step: an import brings many seizures of one day, country
    and sort of goods, each of which asks for all the others."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._under: dict[str, list[Thing]] = {}
        self._facts: dict[str, alike.Facts] = {}

    def facts(self, thing: Thing) -> alike.Facts:
        if thing.id not in self._facts:
            self._facts[thing.id] = alike.facts_of(thing.body)
        return self._facts[thing.id]

    def others(self, thing: Thing) -> list[Thing]:
        """Other bureaus' seizures that may reach the threshold with it, each once."""
        found: dict[str, Thing] = {}
        for key in alike.asked_keys(self.facts(thing)):
            if key not in self._under:
                self._under[key] = [t for _, t in self._desk.inspect_all([key]) if _comparable(t)]
            found |= {t.id: t for t in self._under[key] if t.handling.owner != thing.handling.owner}
        return list(found.values())


def _pairs(there: _There, thing: Thing) -> Iterator[Pair]:
    """Pairs of bureaus' seizures, of which at least one sees both. The house's to know."""
    if not _comparable(thing):
        return
    alike_labelled: dict[Handling, list[Thing]] = {}
    for other in there.others(thing):
        alike_labelled.setdefault(other.handling, []).append(other)
    # each label's nearest by themselves: what somebody may not see takes no place from what he may
    for others in alike_labelled.values():
        if _sees(thing, others[0]) or _sees(others[0], thing):
            yield from _near(there.facts, thing, others)


def _sees(own: Thing, other: Thing) -> bool:
    """Whether an official of the bureau of one, cleared for it, sees the other for analysis, as the house's
    findings do. Nobody said why he asks: what is for another purpose alone is not proposed to him."""
    handling = other.handling
    asker = Asker(
        "house",
        own.handling.owner,
        Purpose.ANALYSIS,
        "seizures",
        clearance=Level.CONFIDENTIAL,
        held=handling.need,
    )
    return decide(asker, handling) is Decision.FULL


def _told(desk: Desk, pair: Pair) -> int:
    told = 0
    for own, other in ((pair.one, pair.other), (pair.other, pair.one)):
        bureau = own.handling.owner
        one, second = sorted((own.id, other.id))
        if not _sees(own, other) or desk.inspect(desk.house.ids.of("seizure-same", bureau, one, second)):
            continue
        about = About(ALERT, object=own.id, second=other.id, other=other.handling.owner)
        alert(desk, bureau, about, like=meet(own.handling, other.handling), once=f"{one}:{second}")
        told += 1
    return told
