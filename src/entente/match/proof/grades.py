"""Grades of sources and information, kept in the scheme they came in, and told on one scale for queries.

The grade is intelligence, the standard of proof is law: two axes, both kept. The mapping to the common scale
loses detail (three steps of reliability are not six), so the original is always shown beside it.

Sources: College of Policing (3x5x2, since 2016; 5x5x5 before), Europol's 4x4 handling and evaluation codes,
the Admiralty system (NATO AJP-2.1; 6x6).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

RELIABLE, MOSTLY, SELDOM, UNRELIABLE, UNTESTED = "reliable", "mostly", "seldom", "unreliable", "untested"
DIRECT, CORROBORATED, REPORTED, UNKNOWN, FALSE = "direct", "corroborated", "reported", "unknown", "false"

_INFORMATION = {"1": DIRECT, "2": DIRECT, "3": CORROBORATED, "4": UNKNOWN}


@dataclass(frozen=True, slots=True)
class Scheme:
    """Codes of one scheme -> the common scale; `handling` lists its handling codes, if it has any."""

    name: str
    source: Mapping[str, str]
    information: Mapping[str, str]
    handling: tuple[str, ...] = ()


SCHEMES: Mapping[str, Scheme] = {
    s.name: s
    for s in (
        Scheme(
            "3x5x2",
            {"1": RELIABLE, "2": UNTESTED, "3": UNRELIABLE},
            {"A": DIRECT, "B": CORROBORATED, "C": REPORTED, "D": UNKNOWN, "E": FALSE},
            ("P", "C"),
        ),
        Scheme(
            "5x5x5",
            {"A": RELIABLE, "B": MOSTLY, "C": SELDOM, "D": UNRELIABLE, "E": UNTESTED},
            {**_INFORMATION, "5": FALSE},
            ("1", "2", "3", "4", "5"),
        ),
        Scheme(
            "4x4",
            {"A": RELIABLE, "B": MOSTLY, "C": SELDOM, "X": UNTESTED},
            _INFORMATION,
            ("H0", "H1", "H2", "H3"),
        ),
        Scheme(
            "6x6",
            {"A": RELIABLE, "B": MOSTLY, "C": SELDOM, "D": SELDOM, "E": UNRELIABLE, "F": UNTESTED},
            {"1": CORROBORATED, "2": REPORTED, "3": REPORTED, "4": REPORTED, "5": FALSE, "6": UNKNOWN},
        ),
    )
}
"""Admiralty: 1 is "confirmed by other sources", 5 "improbable", which is taken as suspected false."""


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade in its own codes, and where it lies on the common scale."""

    scheme: str
    source: str
    information: str
    handling: str
    common_source: str
    common_information: str

    @property
    def suspected_false(self) -> bool:
        """E in 3x5x2, 5 in 5x5x5 and 6x6: never supports a claim. (E as a *source* of 5x5x5 is untested.)"""
        return self.common_information == FALSE

    @property
    def text(self) -> str:
        """As it is written: B2, 1AP."""
        return self.source + self.information + self.handling


def read(scheme: str, text: str) -> Grade:
    """A grade as written: "1AP", "1 A P", "B/2", "b2 h1". Raises ValueError, told as after the value."""
    if scheme not in SCHEMES:
        raise ValueError("is in no scheme that is known: take 3x5x2, 5x5x5, 4x4 or 6x6")
    known = SCHEMES[scheme]
    letters = re.sub(r"[\s/.,-]", "", text).upper()
    source, information, handling = letters[:1], letters[1:2], letters[2:]
    if source not in known.source or information not in known.information:
        raise ValueError(
            f"is no grade of {scheme}: one of {', '.join(known.source)}, "
            f"then one of {', '.join(known.information)}"
        )
    if handling and handling not in known.handling:
        raise ValueError(f"has no handling code of {scheme} at its end")
    return Grade(scheme, source, information, handling, known.source[source], known.information[information])


def suspected_false(scheme: str, text: str) -> bool:
    """Whether a grade says so. One that cannot be read says it if it could in any scheme: better none than
    a false one."""
    if not text.strip():
        return False
    for name in [scheme] if scheme in SCHEMES else list(SCHEMES):
        try:
            if read(name, text).suspected_false:
                return True
        except ValueError:
            continue
    return False
