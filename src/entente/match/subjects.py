"""What a question is about, spelled so that two who ask for the same subject spell it alike."""

from entente.match.dates import span_of
from entente.match.names.compare import name_of
from entente.match.question import Question

Subject = frozenset[str]
"""The spellings of one subject; two subjects that share a spelling are the same one."""


def subjects_of(question: Question) -> tuple[Subject, ...]:
    """Each exact number (in every reading of it), and each full name with a year of birth.

    A number that is only sought by its last digits, a single name, a range of years name nobody exactly.
    """
    readings: dict[str, set[str]] = {}
    for _, key, shown in question.numbers:
        if ":~" not in key:
            readings.setdefault(shown, set()).add(f"number {key}")
    years = sorted({s.first for b in question.birth if (s := span_of(b)) and s.first == s.last})
    names = [" ".join(sorted(set(name_of(name).strong))) for name in question.names]
    persons = {f"person {name} {year}" for name in names if " " in name for year in years}
    found = [frozenset(spellings) for spellings in readings.values()]
    return tuple(found) + ((frozenset(persons),) if persons else ())
