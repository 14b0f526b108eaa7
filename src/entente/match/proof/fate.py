"""What became of what a judgment says of a claim: cleared above, tried again, given back, final."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from entente.match.proof.chain import (
    BEFORE,
    OVERTURNED,
    REOPENED,
    STANDS,
    chain_of,
    fold,
    state_of,
    unfollowable,
)
from entente.match.proof.proceedings import (
    ABOVE,
    CLEARING,
    CONVICTING,
    JUDGING,
    VERDICTS,
    Outcome,
    Proceeding,
)
from entente.match.proof.sentences import Because

CONVICTED, CLEARED, MIXED, SETTLED, SILENT = "convicted", "cleared", "mixed", "settled", "silent"


@dataclass(frozen=True, slots=True)
class Bearing:
    """What a claim looks for in a judgment: these names (folded), if one of them was tried; this charge, if
    one is named."""

    names: frozenset[str] = frozenset()
    charge: str = ""

    def of(self, proceeding: Proceeding) -> tuple[Outcome, ...]:
        """The outcomes that bear on the claim; those of every defendant where none of its names was tried."""
        named = [o for o in proceeding.outcomes if fold(o.defendant) in self.names]
        found = named or proceeding.outcomes
        return tuple([o for o in found if not self.charge or fold(o.charge) == self.charge])


@dataclass(slots=True)
class Fate:
    """How what a judgment says stands today: the word on it, how the judgment stands, whether that is final.

    `rests_on` are the numbers of the judgment and of the last one that left it standing.
    """

    word: str
    state: str = STANDS
    final: bool = False
    plea: bool = False
    why: list[Because] = field(default_factory=list)
    rests_on: tuple[int, ...] = ()

    def say(self, code: str, *proceedings: Proceeding, **facts: str) -> None:
        """Adds a reason about a proceeding, and a second one that spoke of it."""
        names = dict(zip(("proceeding", "by"), [str(p.number) for p in proceedings], strict=False))
        self.why.append(Because(code, {**names, **facts}))


def word_of(outcomes: Sequence[Outcome]) -> str:
    """What outcomes say together: MIXED where one charge convicts and another clears."""
    verdicts: dict[str, set[str]] = {}
    for o in outcomes:
        verdicts.setdefault(fold(o.charge), set()).add(o.verdict)
    words = {_said(v) for v in verdicts.values()} - {SILENT}
    return words.pop() if len(words) == 1 else MIXED if words else SILENT


def _said(verdicts: set[str]) -> str:
    if verdicts & CONVICTING:
        return CONVICTED
    if verdicts & CLEARING:
        return CLEARED
    return SETTLED if verdicts & {"settled", "liable"} else SILENT


def fate_of(cited: Proceeding, proceedings: Sequence[Proceeding], bearing: Bearing, today: date) -> Fate:
    """How the judgment of a proceeding stands today, for a claim of this bearing; the latest word wins.

    An acquittal above clears whether or not somebody wrote down that it overturns. Where a word above was set
    aside and nobody has spoken since, the matter is open again. Final is what the last standing judgment of
    the chain makes final, and a person confirmed. Raises nothing: what cannot be followed is not final.
    """
    chain = chain_of(cited, proceedings)
    mine = bearing.of(cited)
    fate = Fate(word_of(mine), rests_on=(cited.number,))
    fate.state, by = state_of(cited.number, chain)
    if by is not None:
        fate.say(
            {OVERTURNED: "overturned", REOPENED: "reopened", STANDS: "reinstated"}[fate.state], cited, by
        )
    place = next(at for at, p in enumerate(chain) if p.number == cited.number)
    later = [p for p in chain[place + 1 :] if p.stage in JUDGING and _bears(p, mine)]
    standing = [p for p in later if state_of(p.number, chain)[0] == STANDS]
    if cited.stage in BEFORE:
        _judged(fate, cited, bearing, later, standing)
        return fate
    if fate.word == CONVICTED:
        _walk(fate, cited, mine, standing)
    if fate.state == STANDS:
        _heard_again(fate, cited, mine, later, chain)
    if fate.state == STANDS and unfollowable(chain, proceedings):
        fate.say("broken-chain", cited)
        fate.state = REOPENED
    last = standing[-1] if standing else cited
    if fate.state == STANDS:
        fate.rests_on = (cited.number,) if last is cited else (cited.number, last.number)
        fate.final = not _waits(fate, cited, mine, later) and _is_final(fate, cited, last, today)
    for p in {cited.number: cited, last.number: last}.values():
        if p.military:
            fate.say("military", p)
    if fate.word == CONVICTED and _all_absent(cited, mine, standing):
        fate.say("in-absentia", cited)
        fate.final = False
    fate.plea = all(o.verdict == "plea" for o in mine if o.verdict in CONVICTING)
    return fate


def still_convicted(
    cited: Proceeding, proceedings: Sequence[Proceeding]
) -> tuple[tuple[Outcome, ...], tuple[Outcome, ...]]:
    """(convictions of a judgment that stand after the latest word on each, those that do not)."""
    convictions = tuple([o for o in cited.outcomes if o.verdict in CONVICTING])
    chain = chain_of(cited, proceedings)
    if state_of(cited.number, chain)[0] != STANDS:
        return (), convictions
    place = next(at for at, p in enumerate(chain) if p.number == cited.number)
    later = [p for p in chain[place + 1 :] if p.stage in JUDGING and state_of(p.number, chain)[0] == STANDS]
    kept = tuple([o for o in convictions if _last_verdict(o, cited, later)[0] in CONVICTING])
    return kept, tuple([o for o in convictions if o not in kept])


def _bears(p: Proceeding, mine: Sequence[Outcome]) -> bool:
    """Whether a later judgment speaks of one of those whom the claim looks for. One without outcomes does if
    it is a court above or names another proceeding; another trial that goes on says nothing yet."""
    if not p.outcomes:
        return p.stage in ABOVE or (p.overturns, p.reinstates, p.follows) != (None, None, None)
    names = {fold(o.defendant) for o in mine}
    return not names or any(fold(o.defendant) in names for o in p.outcomes)


def _last_verdict(
    o: Outcome, cited: Proceeding, standing: Sequence[Proceeding]
) -> tuple[str, Proceeding | None]:
    """The latest verdict on one defendant and charge; "" where a court above cleared him of a charge that
    the cited judgment does not know: nobody can tell whether it is this one."""
    verdict, by = o.verdict, None
    known = {fold(x.charge) for x in cited.outcomes}
    for p in standing:
        if p.reinstates == cited.number:
            verdict, by = o.verdict, None
        his = [x for x in p.outcomes if fold(x.defendant) == fold(o.defendant)]
        same = [x.verdict for x in his if fold(x.charge) == fold(o.charge)]
        loose = [x.verdict for x in his if fold(x.charge) not in known]
        said = _said(set(same))
        if said != SILENT:
            verdict = next(v for v in same if _said({v}) == said)
            by = p
        elif _said(set(loose)) == SETTLED or set(loose) & CLEARING:
            verdict, by = "", p
    return verdict, by


def _walk(fate: Fate, cited: Proceeding, mine: Sequence[Outcome], standing: Sequence[Proceeding]) -> None:
    """Follows each conviction of the cited judgment to its latest word; every charge must keep one."""
    charges: dict[str, set[str]] = {}
    against: Proceeding | None = None
    for o in mine:
        if o.verdict in CONVICTING:
            verdict, by = _last_verdict(o, cited, standing)
            charges.setdefault(fold(o.charge), set()).add(verdict)
            if verdict not in CONVICTING:
                against = by
    kept = [bool(verdicts & CONVICTING) for verdicts in charges.values()]
    if fate.state == OVERTURNED:
        again = [p for p in standing if word_of([o for o in p.outcomes if _is_one(o, mine)]) == CONVICTED]
        if again and all(kept):
            fate.say("convicted-again", cited, again[-1])
            fate.state = REOPENED
    elif not all(kept) and against is not None:
        cleared = not any(kept) and all(v <= CLEARING for v in charges.values())
        fate.state = OVERTURNED if cleared else REOPENED
        if cleared:
            fate.say("cleared-later", cited, against)
        else:
            fate.say("mixed", against)


def _judged(
    fate: Fate,
    cited: Proceeding,
    bearing: Bearing,
    later: Sequence[Proceeding],
    standing: Sequence[Proceeding],
) -> None:
    """What became of a charge: judged since, cleared since, or its judgment set aside."""
    words = [(word_of(bearing.of(p)), p) for p in standing]
    spoken = [(word, p) for word, p in words if word != SILENT]
    if spoken and spoken[-1][0] == CLEARED:
        fate.state = OVERTURNED
        fate.say("cleared-later", cited, spoken[-1][1])
    elif spoken:
        fate.say("judged-since", cited)
    elif len(later) > len(standing):
        fate.state = OVERTURNED
        fate.say("overturned", next(p for p in later if p not in standing), later[-1])


def _is_one(o: Outcome, mine: Sequence[Outcome]) -> bool:
    return any(fold(o.defendant) == fold(x.defendant) for x in mine)


def _heard_again(
    fate: Fate,
    cited: Proceeding,
    mine: Sequence[Outcome],
    later: Sequence[Proceeding],
    chain: Sequence[Proceeding],
) -> None:
    """A word above that was set aside leaves the matter open until somebody speaks again."""
    fallen = [by for p in later for state, by in [state_of(p.number, chain)] if state != STANDS and by]
    if not fallen:
        return
    since = chain[max([chain.index(by) for by in fallen]) :]
    for p in since:
        verdicts = {o.verdict for o in p.outcomes if _is_one(o, mine)}
        spoken = p.reinstates == cited.number or verdicts & (CONVICTING | {"upheld"})
        if spoken and state_of(p.number, chain)[0] == STANDS:
            return
    fate.say("reopened", cited, fallen[-1])
    fate.state = REOPENED


def _waits(fate: Fate, cited: Proceeding, mine: Sequence[Outcome], later: Sequence[Proceeding]) -> bool:
    """Whether a later court has the matter and has said nothing yet."""
    for p in later:
        if p.overturns is not None or p.reinstates is not None:
            continue
        if not any(o.verdict in VERDICTS for o in p.outcomes if _is_one(o, mine)):
            fate.say("appeal-heard", cited, p)
            return True
    return False


def _is_final(fate: Fate, cited: Proceeding, last: Proceeding, today: date) -> bool:
    """Whether the last standing judgment is final; else the reasons say what is lacking."""
    if last is not cited and last.reinstates != cited.number:
        fate.say("upheld", cited, last)
    deadline, final, who = last.appeal_deadline, last.final_on, last.final_confirmed_by.strip()
    if last.appeal_filed is not None:
        fate.say("appeal-open", last, filed=last.appeal_filed.isoformat())
    elif deadline is not None and today <= deadline:
        fate.say("time-runs", last, deadline=deadline.isoformat())
    elif final is None or not who:
        if deadline is None:
            fate.say("no-finality", last)
        else:
            fate.say("not-confirmed", last, deadline=deadline.isoformat())
    elif final > today:
        fate.say("finality-ahead", last, final=final.isoformat())
    elif last.date is None or final < last.date:
        fate.say("finality-before", last, final=final.isoformat())
    elif deadline is not None and final <= deadline:
        fate.say("finality-early", last, final=final.isoformat(), deadline=deadline.isoformat())
    elif deadline is None and not last.final_why.strip():
        fate.say("finality-unexplained", last)
    else:
        fate.say("final", last, final=final.isoformat(), who=who)
        return True
    return False


def _all_absent(cited: Proceeding, mine: Sequence[Outcome], standing: Sequence[Proceeding]) -> bool:
    """Whether a charge has convictions in absentia alone."""
    charges: dict[str, set[str]] = {}
    for o in mine:
        if o.verdict in CONVICTING:
            charges.setdefault(fold(o.charge), set()).add(_last_verdict(o, cited, standing)[0])
    return any("in_absentia" in v and not v & {"guilty", "plea"} for v in charges.values())
