"""Grades in the schemes that contributions come in: how good the source is, and what it says.

4x4: Europol's evaluation, source A B C X, information 1 to 4. 6x6: NATO STANAG 2511, source A to F,
information 1 to 6. 5x5x5: the United Kingdom's intelligence report, source A to E, information 1 to 5,
handling 1 to 5. A grade is kept as it came and never turned into another scheme's.
"""

import re
from collections.abc import Mapping

from entente.core.problems import Fault

SCHEMES: Mapping[str, re.Pattern[str]] = {
    "4x4": re.compile(r"[ABCX][1-4]"),
    "6x6": re.compile(r"[A-F][1-6]"),
    "5x5x5": re.compile(r"[A-E][1-5][1-5]"),
}
EXAMPLES: Mapping[str, str] = {"4x4": "B2", "6x6": "C3", "5x5x5": "B21"}
HANDLING_CODES = ("H0", "H1", "H2", "H3")


def plain(grade: str) -> str:
    """A grade without what people write between its parts: "b / 2" is B2."""
    return re.sub(r"[\s/\-]", "", grade).upper()


def faults_of(scheme: str, grade: str, where: str = "") -> list[Fault]:
    """What is wrong with a grade in a scheme; both may be left out, neither alone."""
    if not scheme and not grade:
        return []
    if scheme not in SCHEMES:
        what = f"“{scheme[:20]}” is no scheme of grades" if scheme else "A grade needs its scheme"
        return [Fault(f"{where}scheme", what, "Write 4x4, 6x6 or 5x5x5.")]
    if not SCHEMES[scheme].fullmatch(plain(grade)):
        what = f"“{grade[:20]}” is no grade of {scheme}" if grade else f"The grade of {scheme} is missing"
        return [Fault(f"{where}grade", what, f"Write it as {EXAMPLES[scheme]}.")]
    return []
