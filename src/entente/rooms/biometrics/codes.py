"""The room's problem codes: those of INT-I version 6 (INTERPOL's implementation of ANSI/NIST-ITL, table ERR),
each with what it means here and what to do about it.

What a fault says ends with its code in brackets, so that a machine finds it and a translation keeps it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from entente.core.problems import Fault
from entente.web.language import N_


@dataclass(frozen=True, slots=True)
class Code:
    """A code of INT-I; `title` is the standard's own text, which goes into an ERR transaction unchanged."""

    code: str
    title: str
    what: str
    do: str


_SEND = N_("Mend the file in the system that wrote it, and send it again.")
_TEXTS = (
    ("001", "RECORD NOT FOUND", N_("There is no such record for you (001)"), N_("Check the number.")),
    (
        "002",
        "RECORD ALREADY EXISTS",
        N_("There is such a record already (002)"),
        N_("Correct the record that is kept, or send another number."),
    ),
    (
        "003",
        "UNAUTHORISED ACCESS",
        N_("This is not open to your bureau (003)"),
        N_("Ask the owner of the records."),
    ),
    ("101", "MANDATORY ELEMENT MISSING", N_("An element that must be there is missing (101)"), _SEND),
    (
        "102",
        "INVALID RECORD TYPE",
        N_("This type of record is not read here (102)"),
        N_("Send record types 1, 2, 4, 9, 10, 13 and 14."),
    ),
    (
        "103",
        "UNDEFINED ELEMENT",
        N_("It holds an element that the standard does not know (103)"),
        _SEND,
    ),
    (
        "104",
        "EXCEED THE MAXIMUM OCCURRENCE",
        N_("There are too many of these (104)"),
        N_("Send fewer at once."),
    ),
    ("105", "INVALID NUMBER OF SUBELEMENTS", N_("It has too many or too few parts (105)"), _SEND),
    ("106", "ELEMENT LENGTH TOO SHORT", N_("It is too short (106)"), _SEND),
    ("107", "ELEMENT LENGTH TOO LONG", N_("It is too long (107)"), _SEND),
    ("108", "ELEMENT IS NOT A NUMBER AS EXPECTED", N_("This is no number (108)"), _SEND),
    ("109", "ELEMENT NUMBER VALUE TOO SMALL", N_("This number is too small (109)"), _SEND),
    ("110", "ELEMENT NUMBER VALUE TOO BIG", N_("This number is too large (110)"), _SEND),
    ("111", "INVALID CHARACTER", N_("It has a character that must not stand there (111)"), _SEND),
    ("112", "INVALID DATE", N_("This is no date (112)"), N_("Write year-month-day, such as 2030-12-31.")),
    ("113", "INVALID TIME", N_("This is no time (113)"), N_("Write it as 14:30.")),
    (
        "114",
        "INVALID DATE OR TIME",
        N_("This is no date or no time (114)"),
        N_("Write it as 2030-12-31T14:30:00Z."),
    ),
    ("115", "INVALID ITEM VALUE", N_("This value is not in the standard's table (115)"), _SEND),
    (
        "116",
        "INVALID TYPE OF TRANSACTION",
        N_("This type of transaction is not known (116)"),
        N_("Send CPS, NPS, MPS or ATP; answers are SRE and ERR."),
    ),
    ("117", "INVALID RECORD DATA", N_("The record cannot be read (117)"), _SEND),
    (
        "118",
        "INVALID RECORD IMAGE SIZE",
        N_("The picture is too small or too large (118)"),
        N_("Send the picture as it was scanned, one print in each."),
    ),
    (
        "201",
        "INVALID TCN",
        N_("The transaction's control number is not valid (201)"),
        N_("Give each transaction its own number of at most 40 letters, digits and signs."),
    ),
    (
        "501",
        "INSUFFICIENT FINGERPRINT QUALITY",
        N_("The print is too poor to be searched (501)"),
        N_("Take the print again: clean the sensor and the finger, and press evenly."),
    ),
    (
        "502",
        "MISSING FINGERPRINTS",
        N_("There is no print where one should be (502)"),
        N_("Send the print, or say that the finger is missing."),
    ),
    (
        "503",
        "FINGERPRINT SEQUENCE CHECK FAILED",
        N_("The fingers are not in the order that is said (503)"),
        N_("Look at which finger is in which place, and take those again that differ."),
    ),
)
CODES: Mapping[str, Code] = {
    code: Code(code, f"ERROR: {title}", what, do) for code, title, what, do in _TEXTS
}
"""By code. 118 stands in INT-I's tables but not in its schema: an ERR transaction tells it as 117."""
RESULTS: Mapping[str, str] = {
    "0": N_("Unable to process"),
    "1": N_("No hit"),
    "2": N_("Hit"),
    "3": N_("Hit, high or exact"),
    "4": N_("Hit, moderate"),
    "5": N_("Hit, low"),
}
"""Result codes of a search (ANSI/NIST-ITL 1-2011, table 83), which INT-I names RES."""
TRANSACTIONS: Mapping[str, str] = {
    "ATP": N_("Add to the collection of prints"),
    "CPS": N_("Search of a criminal's prints"),
    "NPS": N_("Search of prints, not criminal"),
    "MPS": N_("Search of a latent print"),
    "SRE": N_("Result of a search"),
    "ERR": N_("Error"),
}
"""Types of transaction of INT-I version 6 (field 1.004)."""
_IN_BRACKETS = re.compile(r"\((\d{3})\)$")


def fault(code: str, where: str, what: str = "", do: str = "") -> Fault:
    """A fault with a code: the words given (which end with the code in brackets), else the table's."""
    known = CODES[code]
    return Fault(where, what or known.what, do or known.do)


def code_of(told: Fault) -> str:
    """The code that a fault tells; 117, a record that cannot be read, for one that tells none."""
    found = _IN_BRACKETS.search(told.what)
    return found[1] if found else "117"
