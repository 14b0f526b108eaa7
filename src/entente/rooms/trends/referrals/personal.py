"""Data of persons where a report has no place for them: what is refused, with the place and never the words.

What has a form is found (match.goods.seizures_private), long numbers, and a name after a form of address. A
bare name has no form: whoever writes leaves it out, as the page asks.
"""

import re
from collections.abc import Iterator

from entente.core.problems import Fault
from entente.match.goods.seizures_private import sorts_in

COLUMNS_OF_PERSONS = frozenset(
    "name names firstname first_name given_name surname last_name lastname family_name full_name fullname "
    "alias person customer client buyer seller holder owner contact contact_name birth birthdate birth_date "
    "date_of_birth dob passport passport_number id_number identity nationality gender sex national_id ssn"
    "".split()
)
_LONG = re.compile(r"(?<![\w.,])\d(?:[ \-]?\d){8,18}(?![\w]|[.,]\d)")
_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{4}\b")
_ADDRESSED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mme|Mlle|Monsieur|Madame|Sr|Sra|Señor|Señora|Herr|Frau|Signor|Signora)"
    r"\b\.?\s+[^\W\d_]{2,}"
)


def told(where: str, text: str) -> Iterator[Fault]:
    """A fault for each sort of such data in a free text."""
    plain = _DATE.sub(" ", text)
    sorts = list(sorts_in(plain))
    if not sorts and _LONG.search(plain):
        sorts.append("a long number")
    if _ADDRESSED.search(plain):
        sorts.append("the name of a person")
    for sort in sorts:
        yield Fault(
            where,
            f"The text holds {sort}, and a report holds data of persons in its identifiers alone",
            "Take it out; write a telephone, an account or an address as an identifier.",
        )
