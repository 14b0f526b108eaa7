"""Names in any script spelled in Latin letters: one file a family of scripts, each with `LETTERS` (the inside
of a character class) and `spell` (readings of a run of its letters, the likeliest first).

A name has more than one reading only where its letters do not say what language it is in, or where two
spellings are in use that no sound key joins (docs/decisions/0018-scripts.md).
"""

import re
from collections.abc import Callable

from entente.match.names.scripts import (
    arabic,
    armenian,
    cyrillic,
    georgian,
    greek,
    han,
    hangul,
    hebrew,
    indic,
    latin,
    thai,
)

_FAMILIES: dict[str, tuple[str, str, Callable[[str], tuple[str, ...]]]] = {
    "cyrillic": (cyrillic.LETTERS, r"\s'’ʼ-", cyrillic.spell),
    "arabic": (arabic.LETTERS, r"\s", arabic.spell),
    "han": (han.LETTERS, r"\s()", han.spell),
    "hangul": (hangul.LETTERS, r"\s", hangul.spell),
    "hebrew": (hebrew.LETTERS, r"\s'’\"", hebrew.spell),
    "greek": (greek.LETTERS, r"\s-", greek.spell),
    "armenian": (armenian.LETTERS, r"\s-", armenian.spell),
    "georgian": (georgian.LETTERS, r"\s-", georgian.spell),
    "thai": (thai.LETTERS, r"\s", thai.spell),
    "indic": (indic.LETTERS, r"\s", indic.spell),
}
"""Family to its letters, what may stand between its words, and how it is spelled."""
_RUN = re.compile(
    "|".join(
        rf"(?P<{name}>[{letters}]+(?:[{between}]+[{letters}]+)*(?:'(?!\w))?)"
        for name, (letters, between, _) in _FAMILIES.items()
    )
)


_FIRST_OTHER = "\u0370"
"""The first letter that is not Latin."""


def spell(name: str) -> tuple[str, ...]:
    """Readings of a name in ASCII letters, not yet folded; the k-th joins the k-th of each part, since a name
    is written in one culture's way throughout. At least one; never raises."""
    if max(name, default="") < _FIRST_OTHER:
        return latin.spell(name)
    name = latin.unmask(name)
    parts: list[tuple[str, ...]] = []
    end = 0
    for found in _RUN.finditer(name):
        parts.append((name[end : found.start()],))
        parts.append(_FAMILIES[found.lastgroup or ""][2](found[0]))
        end = found.end()
    if not parts:
        return latin.spell(name)
    parts.append((name[end:],))
    return tuple(
        [
            latin.plain(" ".join([part[min(k, len(part) - 1)] for part in parts]))
            for k in range(max(len(part) for part in parts))
        ]
    )
