"""Numbers that say what they are: "passport B7044 1920", "plate: XB 256 UXC", "tel 06 12 34 56 78"."""

import re

from entente.match import numbers
from entente.match.days import dates_in, is_year
from entente.match.runs import plate_shaped

LABELS = {
    word: what
    for what, words in {
        "iban": "iban",
        "vin": "vin",
        "plate": "plate reg",
        "document": "passport passeport pasaporte doc document",
        "id": "id ssn inn tax",
        "imo": "imo",
        "mmsi": "mmsi",
        "imei": "imei",
        "bic": "bic swift",
        "lei": "lei",
        "phone": "phone tel mobile",
        "serial": "serial",
        "account": "account acct",
        "wallet": "wallet",
    }.items()
    for word in words.split()
}
LABEL = re.compile(
    r"\b(" + "|".join(LABELS) + r")\b(?:\s*(?:(?:no|nr|number|num)\b|n°|№|#))?[.:#=]*\s*", re.IGNORECASE
)
_FIRST = re.compile(r"[0-9A-Z][0-9A-Z./-]{0,60}", re.IGNORECASE | re.ASCII)
_NEXT = re.compile(r" ([0-9A-Z]+(?:-[0-9A-Z]+)*)(?![\w/]|[.]\w)", re.IGNORECASE)
_FULL = {"vin": 17, "lei": 20, "imei": 15, "mmsi": 9, "imo": 7}
"""Characters of a whole number, where they are fixed."""
LEFT_OVER = re.compile(
    r"\b(?:" + "|".join(LABELS) + r"|e-?mail|mail|born(?:\s+on)?|d\.?o\.?b|date of birth|née?(?:\s+le)?|"
    r"geb(?:oren)?(?:\s+am)?|nacid[oa](?:\s+el)?|(?-i:b))\b(?:\s*(?:(?:no|nr|number|num)\b|n°|№|#))?[.:#=]*\s*(?=\x00)",
    re.IGNORECASE,
)
"""A label whose number or date was taken: no word of a name."""


def groups(what: str, text: str, start: int) -> list[int]:
    """Where each group of the number ends that begins at a place: after its label it is taken as far as it
    goes, in groups, up to a word, a date or another label."""
    first = _FIRST.match(text, start)
    if first is None:
        return []
    wordy = {"bic": 11, "vin": 4, "lei": 4}.get(what, 3)
    if first[0].isalpha() and len(first[0]) > wordy:
        return []
    dated = {d.found.start() for d in dates_in(text)}
    ends, digits = [first.end()], any(c.isdigit() for c in first[0])
    last = len(ends) if digits else 0
    while more := _NEXT.match(text, ends[-1]):
        so_far = numbers.code(text[start : ends[-1]])
        if more.start(1) in dated or more[1].lower() in LABELS or len(so_far) >= _FULL.get(what, 40):
            break
        if more[1].isalpha():
            if len(more[1]) > wordy or (digits and what not in ("plate", "vin", "lei")):
                break
            if what == "plate" and len(so_far) + len(more[1]) > 9:
                break
        digits = digits or not more[1].isalpha()
        ends.append(more.end())
        if digits:
            last = len(ends)
    return ends[:last] if what != "bic" else ends[:1]


def less_year(what: str, text: str, start: int, ends: list[int]) -> str:
    """A labelled number without the year behind it, where what is left is a number by itself."""
    whole = text[start : ends[-1]]
    if len(ends) < 2 or not is_year(text[ends[-2] : ends[-1]].strip()):
        return whole
    rest = text[start : ends[-2]]
    number = numbers.code(rest)
    enough = plate_shaped(number) if what == "plate" else len(number) >= 6
    return rest if enough and sum(c.isdigit() for c in number) >= 3 else whole
