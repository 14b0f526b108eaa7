"""The proof ladder: how far a claim is proven, computed from its proceedings and evidence, typed by nobody.

P0 alleged · P1 charged · P2 convicted, appeal open or time running · P3 final · PX overturned, acquitted,
quashed · PA administrative or civil finding · PR agreed facts, final. (Spec C1.3.)
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from entente.match.proof import grades
from entente.match.proof.chain import BEFORE, OVERTURNED, STANDS, fold
from entente.match.proof.claims import JUDGMENTS, Claim, Evidence, inside, stored
from entente.match.proof.fate import CLEARED, CONVICTED, MIXED, SETTLED, SILENT, Bearing, Fate, fate_of
from entente.match.proof.proceedings import CRIMINAL, FINDING, JUDGING, Proceeding
from entente.match.proof.sentences import Because

LEVELS = ("P0", "P1", "P2", "P3", "PX", "PA", "PR")
PROVEN = frozenset({"P3", "PR"})
"""Levels that a casebook may rest on."""
_RANK = {code: rank for rank, code in enumerate(("P0", "P1", "PX", "PA", "P2", "PR", "P3"))}
"""Where several pieces speak, the highest counts; an acquittal hides no charge behind it."""
ABOVE_CHARGED = frozenset({"P2", "P3", "PR", "PA"})
"""What a court or an authority has found of somebody."""
_STRENGTH = {code: n for n, code in enumerate(("PX", "P0", "P1", "PA", "P2", "PR", "P3"))}
"""How much is proven: what was overturned is the least."""


@dataclass(frozen=True, slots=True)
class Level:
    """How far a claim is proven: a code of LEVELS, the reasons, the standard of proof of the judgment it
    rests on ("" not said), the evidence and the proceedings it rests on, what must be shown beside it.

    `supported` is False where no evidence speaks for it at all: such a claim is a draft.
    """

    code: str
    why: tuple[Because, ...]
    standard: str = ""
    rests_on: tuple[str, ...] = ()
    proceedings: tuple[int, ...] = ()
    flags: tuple[str, ...] = ()
    supported: bool = True

    @property
    def proven(self) -> bool:
        """Final, by judgment or agreed facts."""
        return self.code in PROVEN

    @property
    def criminal(self) -> bool:
        """Whether the standard of proof is a criminal court's."""
        return self.standard in CRIMINAL


FLAGS = ("in-absentia", "military", "no-text", "cleared-elsewhere", "mixed", "never-tried")
"""Codes of reasons that are shown beside a level whatever it is."""


def level_of(
    claim: Claim, evidence: Iterable[Evidence], proceedings: Sequence[Proceeding], today: date
) -> Level:
    """How far a claim is proven today.

    `evidence` may hold that of the whole case: what the claim names counts. Only a judgment lifts it beyond
    charged; P3 and PR need its conviction final along the whole chain, with a pinpoint inside a stored file.
    The level speaks of the link that is asserted, whatever the claim's polarity. Raises nothing.
    """
    cited = [e for e in evidence if e.id in claim.evidence]
    if grades.suspected_false(claim.scheme, claim.grade):
        return Level("P0", (Because("claim-suspected-false"),), supported=False)
    if not cited:
        return Level("P0", (Because("no-evidence"),), supported=False)
    by_number: dict[int, Proceeding] = {p.number: p for p in proceedings}
    single = [_level(claim, e, by_number, proceedings, today) for e in cited]
    best = max(single, key=lambda level: _RANK[level.code])
    same = [level for level in single if level.code == best.code and level.supported == best.supported]
    reasons = list({(b.code, *sorted(b.facts.items())): b for level in single for b in level.why}.values())
    if best.code != "PX":
        for number in dict.fromkeys(
            [n for level in single if level.code == "PX" for n in level.proceedings[:1]]
        ):
            reasons.append(Because("cleared-elsewhere", {"proceeding": str(number)}))
    # The strictest standard of what it rests on: one judgment to the criminal standard is enough.
    standard = next((level.standard for level in same if level.standard in CRIMINAL), best.standard)
    return Level(
        best.code,
        tuple(reasons),
        standard,
        tuple([e for level in same for e in level.rests_on]),
        tuple(dict.fromkeys([n for level in same for n in level.proceedings])),
        tuple([code for code in FLAGS if any(b.code == code for b in reasons)]),
        any(level.supported for level in single),
    )


def rises(before: Level, after: Level) -> bool:
    """Whether more is proven after than before: a higher level, or one that is to the criminal standard."""
    was, now = _STRENGTH[before.code], _STRENGTH[after.code]
    return now > was or (now == was and after.proven and after.criminal and not before.criminal)


def finding_is_final(evidence: Evidence, proceedings: Sequence[Proceeding], today: date) -> bool:
    """Whether a piece of evidence is a finding in a final criminal judgment, with a pinpoint inside a stored
    file."""
    return level_of(Claim("", "", "", evidence=(evidence.id,)), [evidence], proceedings, today).proven


def _level(
    claim: Claim, e: Evidence, by_number: Mapping[int, Proceeding], every: Sequence[Proceeding], today: date
) -> Level:
    """What one piece of evidence lifts the claim to."""
    if grades.suspected_false(e.scheme, e.grade):
        return Level("P0", (Because("suspected-false", {"evidence": e.id}),), supported=False)
    if e.kind not in JUDGMENTS | {"indictment", "decision"}:
        return Level("P0", (Because("never-lifts", {"evidence": e.id, "kind": e.kind}),), rests_on=(e.id,))
    if e.proceeding is None:
        return Level("P0", (Because("alleged", {"evidence": e.id}),), rests_on=(e.id,))
    p = by_number.get(e.proceeding)
    number = {"proceeding": str(e.proceeding)}
    if p is None:
        why = Because("no-proceeding", {"evidence": e.id, **number})
        return Level("P0", (why,), rests_on=(e.id,))
    if p.date is None or p.date > today:
        return Level("P0", (Because("proceeding-ahead", number),), rests_on=(e.id,))
    if p.stage == "investigation":
        return Level("P0", (Because("under-investigation", number),), rests_on=(e.id,))
    names = [e.defendant] if e.defendant.strip() else [claim.subject, claim.object]
    fate = fate_of(p, every, Bearing(frozenset([fold(n) for n in names if n.strip()]), fold(e.charge)), today)
    code, reasons = _code(e, p, fate)
    if code in ABOVE_CHARGED and (untried := _untried(claim, p, every)):
        missing = tuple([Because("never-tried", {"name": name}) for name in untried])
        return Level("P1", (*reasons, *missing), p.standard, (e.id,), fate.rests_on)
    if code in ABOVE_CHARGED and not e.defendant.strip() and _tried(claim.subject, [p]):
        # What a court says of him whom the claim is linked with speaks for him no louder than his own word.
        own = fate_of(p, every, Bearing(frozenset([fold(claim.subject)]), fold(e.charge)), today)
        his, his_reasons = _code(e, p, own)
        if _RANK[his] < _RANK[code]:
            return Level(his, his_reasons, p.standard, (e.id,), own.rests_on)
    return Level(code, reasons, p.standard, (e.id,), fate.rests_on)


def _tried(name: str, proceedings: Iterable[Proceeding]) -> bool:
    return any(fold(o.defendant) == fold(name) for p in proceedings for o in p.outcomes)


def _untried(claim: Claim, cited: Proceeding, every: Sequence[Proceeding]) -> list[str]:
    """Persons of the claim without an outcome of their own: the subject in what is cited, the object in any
    proceeding, for whom he is linked with may have been tried apart."""
    return [
        name
        for name in claim.persons
        if not _tried(name, [cited] if fold(name) == fold(claim.subject) else every)
    ]


def _code(e: Evidence, p: Proceeding, fate: Fate) -> tuple[str, tuple[Because, ...]]:
    number = {"proceeding": str(p.number)}
    if fate.word == CLEARED:
        return "PX", (Because("acquitted", number), *fate.why)
    if fate.state == OVERTURNED:
        return "PX", tuple(fate.why)
    if e.kind == "indictment" or p.stage in BEFORE:
        return "P1", (Because("charged", number), *fate.why)
    if p.stage in FINDING or fate.word == SETTLED or (p.standard and p.standard not in CRIMINAL):
        return _found(p, fate)
    if e.kind not in JUDGMENTS:
        return "P0", (Because("never-lifts", {"evidence": e.id, "kind": e.kind}),)
    if p.stage not in JUDGING or fate.word != CONVICTED:
        return "P1", (Because("mixed" if fate.word == MIXED else "not-decided", number), *fate.why)
    lacks = _lacks(e)
    if not e.has_text:
        fate.why.append(Because("no-text", {"evidence": e.id}))
    why = (Because("convicted", number), *fate.why, *lacks)
    if not fate.final or fate.state != STANDS or lacks:
        return "P2", why
    return ("PR", (*why, Because("plea", number))) if fate.plea else ("P3", why)


def _found(p: Proceeding, fate: Fate) -> tuple[str, tuple[Because, ...]]:
    """A word that is no conviction to the criminal standard."""
    number = {"proceeding": str(p.number)}
    if fate.word in (SILENT, MIXED):
        return "P0", (Because("not-decided", number),)
    settled = p.stage not in FINDING and fate.word == SETTLED
    return "PA", (Because("settled" if settled else "finding", number), *fate.why)


def _lacks(e: Evidence) -> list[Because]:
    """What a piece of evidence lacks to carry a final level."""
    name = {"evidence": e.id}
    found = []
    if not e.pinpoint.strip():
        found.append(Because("no-pinpoint", name))
    elif not inside(e):
        found.append(Because("outside-the-document", name))
    if not stored(e):
        found.append(Because("hash-alone" if e.cited else "no-file", name))
    return found
