"""Names folded to a-z and digits: any script, any capital, any punctuation.

`fold` is the best single reading, `readings` are all that a name in an ambiguous script may have. The letters
of each script are read in `names.scripts`.
"""

import re
import unicodedata
from functools import lru_cache

from entente.match.names.scripts import spell, zone

MOST_READINGS = 6
LONGEST = 400
"""Characters of a name that are read; the rest of a longer one is left out."""

_JOINED = re.compile(r"(?<=[^\W\d_A-Z]{3})(?=[A-Z][^\W\d_A-Z]{3})")
_DOTTED = re.compile(r"\b(?:[^\W\d_][./]){1,}[^\W\d_]\b\.?")
_OTHER = re.compile(r"[^a-z0-9]+")
_TWO_LETTER_FORMS = frozenset({"sa", "ag", "as", "nv", "bv", "lp", "ab", "oy", "ad", "dd", "doo", "kg"})


def _undot(found: re.Match[str]) -> str:
    """ "L.L.C." is one word, "F. M." are two initials."""
    letters = re.sub(r"[./]", "", found.group())
    return letters if len(letters) > 2 or letters.casefold() in _TWO_LETTER_FORMS else found.group()


def fold(name: str) -> str:
    """The name in a-z, 0-9 and single spaces, in its likeliest reading. Order is kept, except that what
    follows one comma comes first ("PETROV, Ivan" is "ivan petrov"), and given names the surname of a machine
    readable zone ("PETROV<<IVAN"). Never raises."""
    return readings(name)[0]


@lru_cache(maxsize=1 << 14)
def readings(name: str) -> tuple[str, ...]:
    """One to six folded readings of a name, the first of which is `fold(name)`; more than one where its
    letters do not say how it is read (王 Wang Wong Ong; Müller Muller Mueller). Never raises."""
    name = name[:LONGEST].replace("…", " ")
    if "<<" in name and name.isascii():
        surname, _, given = name.partition("<<")
        return _folded(zone.spell(surname, given))
    name = _ordered(name)
    if name.isascii():
        return (_clean(name),)
    return _folded(spell(unicodedata.normalize("NFKC", name)))


def _ordered(name: str) -> str:
    if name.count(",") == 1:
        last, _, first = name.partition(",")
        name = f"{first} {last}" if first.strip() else last
    if "." in name or "/" in name:
        name = _DOTTED.sub(_undot, name)
    return name if name.isupper() else _JOINED.sub(" ", name)


def _folded(spelled: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([_clean(reading) for reading in spelled]))[:MOST_READINGS]


def _clean(name: str) -> str:
    folded = name.casefold().replace("'", "").replace("`", "").replace("&", " and ")
    return _OTHER.sub(" ", folded).strip()
