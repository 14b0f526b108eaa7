"""How a case's persons are called in what is published: by name, by initials, or not at all. Pure.

What is written of a case is masked once, before anything is made of it: text, tables and data for machines
say the same. Companies, groups, facilities and routes keep their names.
"""

import re
from collections.abc import Iterable

from entente.match.names.fold import fold
from entente.rooms.reports.casebook.checker import Name
from entente.rooms.reports.cases.case import Case
from entente.web.language import _


class Naming:
    """What each person of a case is called, and texts in which they are called so."""

    def __init__(self, case: Case) -> None:
        self._how = case.form.personal_data or "none"
        persons = [(n, one.name) for n, one in sorted(case.parties.items()) if one.sort == "person"]
        self._called = {} if self._how == "named" else dict(self._each(persons))
        ways = {way.casefold(): name for name in self._called for way in _ways(name)}
        self._name_of = ways
        longest = sorted(ways, key=lambda way: (-len(way), way))
        pattern = "|".join(r"\s+".join(map(re.escape, way.split())) for way in longest)
        self._pattern = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE) if pattern else None

    def _each(self, persons: Iterable[tuple[int, str]]) -> Iterable[tuple[str, str]]:
        for n, (_number, name) in enumerate(persons, 1):
            initials = " ".join(f"{part[0].upper()}." for part in fold(name).split())
            yield name, initials if self._how == "initials" else _("person %(n)s", n=n)

    def name(self, name: str) -> str:
        """What a party is called."""
        return self._called.get(name, name)

    def text(self, said: str) -> str:
        """A text with persons called as they are to be."""
        if self._pattern is None:
            return said
        return self._pattern.sub(lambda hit: self._called[self._name_of[_one_space(hit.group())]], said)

    def hidden(self) -> list[Name]:
        """Names that must not be left in a text: for the checker."""
        return [Name(name, "person") for name in self._called]


def _ways(name: str) -> list[str]:
    parts = name.split()
    turned = [f"{parts[-1]}, {' '.join(parts[:-1])}", f"{parts[-1]} {' '.join(parts[:-1])}"]
    return [" ".join(parts), *(turned if len(parts) > 1 else [])]


def _one_space(said: str) -> str:
    return " ".join(said.split()).casefold()
