"""Words of companies: legal forms by class, the phrases that spell them out, and words said in several ways.

Legal forms as ISO 20275 lists them, written from general knowledge. A form tells little, but a company by
shares is seldom a closely held one. The tables are beside this file, in
`data/`: `legal_forms.tsv`, `legal_phrases.tsv`, `company_words.tsv`.
"""

from functools import cache
from importlib.resources import files


def _rows(name: str) -> list[tuple[str, str]]:
    text = (files(__package__) / "data" / name).read_text("utf-8")
    lines = [line.partition("\t") for line in text.splitlines() if not line.startswith("#")]
    return [(first, rest) for first, _, rest in lines]


FORMS: dict[str, str] = {form: kind for kind, forms in _rows("legal_forms.tsv") for form in forms.split()}
"""A form of company, folded, to its class: ltd, jsc, partnership, sole, members, state."""

CANON: dict[str, str] = {way: word for word, ways in _rows("company_words.tsv") for way in ways.split()}
"""A word of a company's name, folded, to the word it is compared as: intl, internacional: international."""

COMPANY_PHRASES: tuple[tuple[str, str], ...] = tuple(
    sorted(
        [(phrase, form) for form, said in _rows("legal_phrases.tsv") for phrase in said.split(" | ")],
        key=lambda pair: (-len(pair[0]), pair[0]),
    )
)
"""A phrase, folded, and the form it spells out; the longest first, so that none is cut by a part of it."""


@cache
def _by_first_word() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for phrase, form in COMPANY_PHRASES:
        found.setdefault(phrase.partition(" ")[0], []).append((f" {phrase} ", f" {form} "))
    return found


def shorten(folded: str) -> str:
    """A folded name with each legal form that it spells out ("aktiengesellschaft") written short ("ag").

    Only phrases whose first word is there are tried, the longest first.
    """
    starts = _by_first_word().keys() & folded.split()
    if not starts:
        return folded
    said = [pair for word in starts for pair in _by_first_word()[word]]
    padded = f" {folded} "
    for phrase, form in sorted(said, key=lambda pair: (-len(pair[0]), pair[0])):
        padded = padded.replace(phrase, form)
    return padded.strip()
