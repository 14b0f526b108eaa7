"""How far a case is proven: levels of claims, the Palermo checklist, admission to a casebook. Pure.

Levels are computed from proceedings and evidence each time they are asked for; nothing here takes one as
input. Works alone:

    from datetime import date

    judgment = Proceeding(1, stage="first_instance", date=date(2025, 3, 1), country="xb",
        outcomes=(Outcome("D1", "counterfeiting", max_penalty_months=60, verdict="guilty"),),
        standard="beyond_reasonable_doubt", final_on=date(2025, 5, 1), final_confirmed_by="an officer",
        final_why="both sides waived their appeal")
    paper = Evidence("E1", "judgment", proceeding=1, pinpoint="para 34", hash="0" * 64)
    claim = Claim("D1", "manufactures", "counterfeit pesticide", evidence=("E1",))
    level = level_of(claim, [paper], [judgment], date(2026, 1, 1))
    level.code, [because.text for because in level.why], level.standard

A claim about a group (its subject is nobody who was tried) rests on the convictions of every charge; one
about a person who was tried, on his own; a natural person (`persons`) of whom no court has spoken is charged
at most. Where a judgment convicts of one thing and clears of another, the evidence names `charge` or
`defendant`. An appeal in favour of one defendant alone is written as an outcome (`acquitted`) of the appeal
that `follows` the judgment; `overturns` takes the whole judgment away.
"""

from entente.match.proof.admission import (
    Admission,
    Case,
    Objection,
    Reason,
    Review,
    admission,
    contradictions,
)
from entente.match.proof.claims import KINDS, LINK_TYPES, POLARITIES, Claim, Evidence, evidence_faults
from entente.match.proof.grades import SCHEMES, Grade, suspected_false
from entente.match.proof.grades import read as read_grade
from entente.match.proof.ladder import LEVELS, PROVEN, Level, finding_is_final, level_of, rises
from entente.match.proof.palermo import ITEMS, Check, Item, Palermo, checklist
from entente.match.proof.proceedings import (
    CRIMINAL,
    STAGES,
    STANDARDS,
    VERDICTS,
    Outcome,
    Proceeding,
    faults_of,
)
from entente.match.proof.sentences import SENTENCES, Because

__all__ = [
    "CRIMINAL",
    "ITEMS",
    "KINDS",
    "LEVELS",
    "LINK_TYPES",
    "POLARITIES",
    "PROVEN",
    "SCHEMES",
    "SENTENCES",
    "STAGES",
    "STANDARDS",
    "VERDICTS",
    "Admission",
    "Because",
    "Case",
    "Check",
    "Claim",
    "Evidence",
    "Grade",
    "Item",
    "Level",
    "Objection",
    "Outcome",
    "Palermo",
    "Proceeding",
    "Reason",
    "Review",
    "admission",
    "checklist",
    "contradictions",
    "evidence_faults",
    "faults_of",
    "finding_is_final",
    "level_of",
    "read_grade",
    "rises",
    "suspected_false",
]
