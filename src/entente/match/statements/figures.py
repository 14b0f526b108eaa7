"""Amounts as people write them: signs, currencies, thousands, a decimal point or a decimal comma."""

import re
from collections.abc import Iterable, Sequence

from entente.match.money.amounts import MOST_DIGITS, decimals

MOST_SIGNS = 64
"""Of an amount, in any writing. Patterns are tried on no longer text."""
_EXPONENT = re.compile(r"[+-]?[\d.,]+[eE][+-]?\d+")
_AROUND = re.compile(r"^(?:[A-Z]{3}|[€$£¥]) ?| ?(?:[A-Z]{3}|[€$£¥])$")
_SIGNS = {ord(sign): "-" for sign in "−–‒"} | {ord(sign): "'" for sign in "’ʼ`´"} | {0x66B: ",", 0x66C: "'"}
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009\u200e\u200f\u061c]+")


def plain(cell: str) -> str:
    """An amount in 0-9, without currency, with - for a minus (which may stand behind, or be brackets).

    Of a longer cell than any amount, the cell itself.
    """
    text = _SPACES.sub(" ", cell).strip().translate(_SIGNS)
    if len(text) > MOST_SIGNS:
        return text
    text = _AROUND.sub("", text).replace(" ", "")
    if not text.isascii():
        text = "".join(str(int(c)) if c.isdecimal() else c for c in text)
    if text.startswith("(") and text.endswith(")"):
        return "-" + text[1:-1]
    if text.endswith("-"):
        return "-" + text[:-1]
    return text.removeprefix("+").removesuffix("+")


_NAMED = re.compile(r"^([A-Z]{3})(?![A-Za-z])|(?<![A-Za-z])([A-Z]{3})$|([€£])")
_OF_SIGN = {"€": "EUR", "£": "GBP"}
"""$ and ¥ are of several currencies."""


def currency_in(cell: str) -> str:
    """The currency that stands beside an amount; empty for none."""
    found = _NAMED.search(cell.strip())
    return (found[1] or found[2] or _OF_SIGN[found[3]]) if found else ""


def decimal_sign(cells: Iterable[str]) -> str | None:
    """The decimal sign of a column of amounts: "." or ","; None where the cells allow both and it matters.

    A sign that stands once and is not followed by exactly three digits is the decimal one, and so is the
    later of two different signs; one that stands twice parts thousands. Raises ValueError for contradictions.
    """
    for_point = for_comma = open_ = False
    for cell in cells:
        text = plain(cell)
        if len(text) > MOST_SIGNS or _EXPONENT.fullmatch(text):
            continue
        points, commas = text.count("."), text.count(",")
        if points and commas:
            later = "." if text.rindex(".") > text.rindex(",") else ","
            for_point, for_comma = for_point or later == ".", for_comma or later == ","
        elif points > 1 or commas > 1:
            for_point, for_comma = for_point or commas > 1, for_comma or points > 1
        elif points or commas:
            sign = "." if points else ","
            if re.fullmatch(r"-?[1-9]\d{0,2}[.,]\d{3}", text):
                open_ = True
            else:
                for_point, for_comma = for_point or sign == ".", for_comma or sign == ","
    if for_point and for_comma:
        raise ValueError("has amounts with a decimal point and amounts with a decimal comma")
    if not for_point and not for_comma:
        return None if open_ else "."
    return "." if for_point else ","


def read_signed(cell: str, decimal: str, currency: str) -> int:
    """Minor units of an amount as a person writes it; negative, too, and nought.

    Raises ValueError with a reason that reads after the amount.
    """
    exponent = decimals(currency)
    text = plain(cell)
    if len(text) > MOST_SIGNS:
        raise ValueError(f"has more than {MOST_SIGNS} characters, as no amount has")
    if _EXPONENT.fullmatch(text):
        raise ValueError("is in scientific notation, which loses digits")
    thousands = "," if decimal == "." else "."
    whole, _, part = text.removeprefix("-").partition(decimal)
    groups = re.split(f"[{thousands}']", whole)
    if len(groups) > 1 and not (1 <= len(groups[0]) <= 3 and _grouped(groups[1:])):
        raise ValueError(
            f"is no amount with {decimal!r} before the decimals: its thousands are not parted by threes"
        )
    digits = "".join(groups)
    if not (digits + part).isdigit() or not (digits + part).isascii():
        raise ValueError("is no amount")
    if len(part) > exponent and part[exponent:].strip("0"):
        raise ValueError(f"has {len(part)} decimals, and {currency} has {exponent} (ISO 4217)")
    minor = int((digits or "0") + part[:exponent].ljust(exponent, "0"))
    if len(str(minor)) > MOST_DIGITS:
        raise ValueError(f"has more than {MOST_DIGITS} digits")
    return -minor if text.startswith("-") else minor


def _grouped(groups: Sequence[str]) -> bool:
    """By threes; or as in India, where all but the last have two."""
    return all(len(g) == 3 for g in groups) or (
        len(groups[-1]) == 3 and all(len(g) == 2 for g in groups[:-1])
    )
