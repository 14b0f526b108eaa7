"""The footnote of a sentence that asserts a link: claim, proof level, evidence, pinpoint, SHA-256.

A sentence whose evidence lacks a pinpoint or a hash does not resolve: all such places are told, and nothing
is printed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from entente.core.problems import Fault
from entente.match import proof
from entente.rooms.reports import labels
from entente.rooms.reports.casebook.naming import Naming
from entente.rooms.reports.cases.case import Case, Evidence
from entente.web import formats
from entente.web.language import N_, _

WIDTH: Mapping[str, int] = {"internal": 0, "law_enforcement": 1, "public": 2}
"""How wide a class of publication is read."""
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Cited:
    """A piece of evidence as a note cites it."""

    id: str
    kind: str
    pinpoint: str
    sha256: str
    said: str

    def data(self) -> dict[str, Any]:
        return {"id": self.id, "kind": self.kind, "pinpoint": self.pinpoint, "sha256": self.sha256}


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: the claim (C1), its level today, what it cites, and the whole in words."""

    claim: str
    level: str
    cited: tuple[Cited, ...]
    text: str


def note_of(case: Case, number: int, level: proof.Level, access: str, naming: Naming) -> Note:
    """The note of a claim, in the language of the moment."""
    numbers = [int(one[1:]) for one in level.rests_on] or list(case.claims[number].evidence)
    cited = tuple(_cited(n, case.evidence[n], access, naming) for n in numbers if n in case.evidence)
    grade = f"{level.code} ({_(labels.LEVELS[level.code])})"
    standard = _(labels.STANDARDS[level.standard]) if level.standard else ""
    flags = [_(labels.FLAGS[flag]) for flag in level.flags if flag in labels.FLAGS]
    head = "; ".join(part for part in (grade, standard, *flags) if part)
    said = " · ".join(one.said for one in cited)
    return Note(f"C{number}", level.code, cited, f"{case.reference} C{number}: {head}. {said}")


def lacking(case: Case, number: int, note: Note) -> list[Fault]:
    """What of a note does not resolve. `where`: the case's reference, claim, evidence."""
    where = f"{case.reference}/claims/C{number}"
    if not note.cited:
        what = N_("The sentence rests on no evidence that the case has")
        return [Fault(where, what, N_("Cite the evidence, or leave the claim out of the book."))]
    faults = []
    for one in note.cited:
        if not one.pinpoint.strip():
            what = N_("The evidence has no pinpoint: no page or paragraph")
            faults.append(Fault(f"{where}/{one.id}", what, N_("Write where in the document it stands.")))
        if not _HASH.fullmatch(one.sha256):
            what = N_("The evidence has no SHA-256: its document is not kept")
            faults.append(Fault(f"{where}/{one.id}", what, N_("Keep its file, or leave the claim out.")))
    return faults


def _cited(n: int, one: Evidence, access: str, naming: Naming) -> Cited:
    """Evidence for fewer readers than the book's is cited without its title, court and words."""
    form = one.form
    parts = [f"E{n} {_(labels.EVIDENCE[form.kind])}"]
    if WIDTH[form.access] >= WIDTH[access]:
        parts += [f"“{naming.text(form.title)}”", naming.text(form.authority)]
    parts += [formats.day(form.date) if form.date else "", naming.text(form.pinpoint)]
    if form.quote.strip() and WIDTH[form.access] >= WIDTH[access]:
        translated = f" ({_('translated')})" if form.translated else ""
        parts.append(f"“{naming.text(form.quote)}”{translated}")
    said = ", ".join(part for part in parts if part.strip())
    return Cited(f"E{n}", form.kind, form.pinpoint, one.hash, f"{said} (SHA-256 {one.hash})")
