"""What is known of the genuine papers of one version, against which a paper at hand is judged."""

from dataclasses import dataclass
from datetime import date

from entente.match.documents.deviations import Deviation
from entente.match.documents.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Rules:
    """Empty, zero or None where nothing is known, and then nothing is judged.

    `issuer` as a zone writes it ("D", "UTO"); `category` the letter of the version's id (A passport, B
    identity card, C visa, H residence permit); `validity_years` the longest that one is valid; `first_issued`
    and `last_issued` the days between which the version was issued, both included.
    """

    issuer: str = ""
    category: str = ""
    mrz_form: str = ""
    patterns: tuple[Pattern, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    validity_years: int = 0
    first_issued: date | None = None
    last_issued: date | None = None


NOTHING_KNOWN = Rules()
CODES_OF_CATEGORY = {"A": "P", "B": "ACI", "C": "V", "H": "ACI"}
"""The first letters of a document code that a category has; of others nothing is said."""
