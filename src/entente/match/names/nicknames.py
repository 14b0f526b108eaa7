"""Given names and their forms: Misha is Mikhail, Mikhail is Michael, Sasha is Aleksandr or Aleksandra.

`data/nicknames.tsv` beside this file says which forms a name has, and how surely each stands for it; we
wrote it from what ordinary name dictionaries say (docs/decisions/0019-nicknames-and-rarity.md). A family
is one name of one sex in all its languages; a line of the file is a family in some of them. Suffixes that
make short forms by rule (-ochka, -ito, -inho, -chen) are rules here, and no rows there.
"""

from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from typing import NamedTuple

COGNATE = 0.75
"""How surely the forms of one name in two languages are meant as one name: Ivan, Juan."""
MOST_FAMILIES = 3
"""Families a form is indexed under, the likeliest first."""

_WHOLE = 1.0
_SHORT = (0.85, 0.75, 0.65, 0.55)
"""Weight of a short form that has none of its own, by number of families it may belong to."""
_DERIVED = 0.9
"""What a suffix leaves of the weight of the form below it."""


class Form(NamedTuple):
    """One reading of a token: `line` of `family`, short or whole, and 0 to 1 how surely."""

    family: str
    line: int
    cultures: frozenset[str]
    short: bool
    weight: float


def kinship(a: str, b: str) -> tuple[float, str]:
    """How surely two folded tokens are forms of one given name, 0 to 1, and by which kind.

    The kind is "variant" (two spellings or whole forms within a language), "diminutive" (one of them is a
    short form) or "cognate" (the name in two languages). Symmetric; (0.0, "") when nothing is known.
    """
    forms_a, forms_b = readings(a), readings(b)
    if not (forms_a and forms_b):
        return 0.0, ""
    if a > b:
        forms_a, forms_b = forms_b, forms_a
    best, kind = 0.0, ""
    for x, y in product(forms_a, forms_b):
        if x.family != y.family:
            continue
        weight, found = x.weight * y.weight, "diminutive" if x.short or y.short else "variant"
        if x.line != y.line:
            weight, found = weight * COGNATE, "cognate"
        if weight > best:
            best, kind = weight, found
    return best, kind


@lru_cache(maxsize=1 << 16)
def families(token: str) -> tuple[str, ...]:
    """The families a folded token belongs to, likeliest first, at most MOST_FAMILIES; each is a name for
    an index key."""
    likeliest = sorted(readings(token), key=lambda form: -form.weight)
    return tuple(dict.fromkeys(form.family for form in likeliest))[:MOST_FAMILIES]


@lru_cache(maxsize=1 << 16)
def readings(token: str) -> tuple[Form, ...]:
    """All that a folded token may stand for: as the table says, else by a suffix of its language."""
    return _table().get(token) or _derived(token)


@cache
def _table() -> dict[str, tuple[Form, ...]]:
    """Folded form to its readings."""
    found: dict[str, tuple[Form, ...]] = {}
    several: set[str] = set()
    text = (files(__package__) / "data" / "nicknames.tsv").read_text("utf-8")
    for number, line in enumerate(text.splitlines()):
        if line.startswith("#"):
            continue
        family, _, cultures, whole, short = line.split("\t")
        spoken = frozenset(cultures.split())
        for is_short, column in ((False, whole), (True, short)):
            # One object for all forms of a column with the same weight keeps the table small.
            usual = Form(family, number, spoken, is_short, _SHORT[0] if is_short else _WHOLE)
            alone: tuple[Form, ...] = (usual,)
            for entry in column.split():
                form, said = entry, alone
                if ":" in entry:
                    form, _, weight = entry.partition(":")
                    said = (usual._replace(weight=float(weight)),)
                if form in found:
                    several.add(form)
                    said = found[form] + said
                found[form] = said
    return found | {form: _shared_out(found[form]) for form in several}


def _shared_out(said: tuple[Form, ...]) -> tuple[Form, ...]:
    """A short form of several names says less of each; least where it is a name of its own (Nina)."""
    several = len({form.family for form in said})
    if several == 1:
        return said
    most = _SHORT[min(several, len(_SHORT)) - 1] if all(form.short for form in said) else _SHORT[-1]
    return tuple([f._replace(weight=min(f.weight, most)) if f.short else f for f in said])


_SUFFIXES: tuple[tuple[str, tuple[str, ...], frozenset[str]], ...] = tuple(
    (suffix, tuple(instead.split("|")), frozenset(cultures.split()))
    for cultures, instead, suffixes in (
        ("ru uk be pl cs sk bg sr hr bs mk sl", "a|ya|ia", "enka echka ochka yonka unya usha yusha ka"),
        ("ru uk be pl cs sk bg sr hr bs mk sl", "a|ya|ia|o", "ulya ulka usya uska ushka usia yunya"),
        ("ru uk be pl cs sk bg sr hr bs mk sl", "|a|ya|ia|o", "ik chik ko ok yok cho ek"),
        ("es ca gl", "o||e", "ito cito illo"),
        ("es ca gl", "a|e", "ita cita illa"),
        ("pt", "o||e", "inho zinho ito"),
        ("pt", "a|e", "inha zinha ita"),
        ("it", "o|e|i", "ino uccio iello"),
        ("it", "a|e", "ina uccia iella"),
        ("ro", "|e|u", "el ut ica"),
        ("ro", "a", "uta ita"),
        ("de", "|e|a", "chen lein erl li"),
        ("nl", "|e|a", "je tje ke"),
        ("hu", "|a|i", "ka ika cska ke"),
        ("el", "is|os|as", "akis"),
        ("el", "i|a", "aki oula itsa"),
        ("ka", "|i|a|e", "iko ika uka una"),
        ("hy", "|a", "ik"),
        ("uz tg kk", "", "jon zhon bek khon boy zhan"),
    )
    for suffix in suffixes.split()
)
"""Suffix, what may stand in its place, and where it is used."""
_ENDINGS = tuple({suffix for suffix, _, _ in _SUFFIXES})


def _derived(token: str) -> tuple[Form, ...]:
    if not token.endswith(_ENDINGS):
        return ()
    table, found = _table(), dict[str, Form]()
    for suffix, instead, cultures in _SUFFIXES:
        stem = token[: -len(suffix)]
        if len(stem) < 3 or not token.endswith(suffix):
            continue
        for ending in instead:
            for form in table.get(stem + ending, ()):
                if form.cultures & cultures and form.family not in found:
                    found[form.family] = form._replace(short=True, weight=form.weight * _DERIVED)
    return tuple(found.values())
