"""Amounts of money: text to whole minor units (cents) and back, never through a float.

`read_amount` takes what machines write (1123.00); what people write in their own manner ("1.123,00") is for
`match.statements`, which knows the manner of a whole file.
"""

import re

from entente.match.money.currencies import CURRENCIES

MOST_DIGITS = 18
"""Digits of an amount in minor units: so many fit into 64 bits, and banks' messages carry no more."""
_PLAIN = re.compile(r"(\d+)(?:\.(\d+))?", re.ASCII)
_EXPONENT = re.compile(r"[+-]?[\d.,]+[eE][+-]?\d+", re.ASCII)


def read_amount(text: str, currency: str) -> int:
    """Whole minor units of an amount above nought, such as 112300 for "1123.00" EUR.

    Raises ValueError with a reason that reads after the amount: no number, an exponent, more decimals than
    the currency has (ISO 4217; noughts beyond them too), nought or less, too long, an unknown currency.
    """
    exponent = decimals(currency)
    written = text.strip()
    if _EXPONENT.fullmatch(written):
        raise ValueError("is in scientific notation, which loses digits")
    if written.startswith("-"):
        raise ValueError("is negative")
    match = _PLAIN.fullmatch(written)
    if not match:
        raise ValueError("is no amount: digits, and a point before the decimals")
    whole, part = match[1], match[2] or ""
    if len(part) > exponent:
        raise ValueError(f"has {len(part)} decimals, and {currency} has {exponent} (ISO 4217)")
    digits = (whole + part.ljust(exponent, "0")).lstrip("0")
    if not digits:
        raise ValueError("is nought")
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"has more than {MOST_DIGITS} digits")
    return int(digits)


def write_amount(minor: int, currency: str) -> str:
    """Minor units as a bank writes them: 112300 EUR is "1123.00", -5 is "-0.05". ValueError: no currency."""
    exponent = decimals(currency)
    digits = str(abs(minor)).rjust(exponent + 1, "0")
    text = f"{digits[:-exponent]}.{digits[-exponent:]}" if exponent else digits
    return f"-{text}" if minor < 0 else text


def decimals(currency: str) -> int:
    """How many decimals a currency has. Raises ValueError for what is not in ISO 4217."""
    if currency not in CURRENCIES:
        raise ValueError(f"is in “{currency[:10]}”, which is no currency of ISO 4217")
    return CURRENCIES[currency]
