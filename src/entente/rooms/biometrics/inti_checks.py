"""What values of INT-I's fields must look like: each check gives the code of what is wrong, or nothing."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from entente.rooms.biometrics.codes import TRANSACTIONS

MODES = ("AC", "UC", "QS", "CO", "SL")
"""How a result is to be determined (2.094): auto-confirmed, unconfirmed, quick, confirmed, silent."""
_NUMBER, _COUNTRY = re.compile(r"\d{1,9}"), re.compile(r"[A-Z]{3}")
_TCN = re.compile(r"[!-~]{1,40}")


_INTI_TCN = re.compile(r"(\d{14})([A-Z])", re.ASCII)
_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
"""Of the remainder of a control number by 23."""


def tcn(number: int) -> str:
    """A transaction control number as INT-I writes it: 14 digits and a check letter, the number modulo 23
    (ANSI/NIST-ITL 1-2011, field 1.009). Raises ValueError for a number of more digits."""
    if not 0 <= number < 10**14:
        raise ValueError("a transaction control number has 14 digits")
    return f"{number:014d}{_LETTERS[number % 23]}"


def _tcn(text: str) -> str:
    """Others' numbers need not be INT-I's own; one that is must have its letter."""
    if found := _INTI_TCN.fullmatch(text):
        return "" if tcn(int(found[1])) == text else "201"
    return "" if _TCN.fullmatch(text) else "201"


def _among(*choices: str) -> Callable[[str], str]:
    return lambda text: "" if text in choices else "115"


def _date(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        return "112"
    return "" if len(text) == 10 else "112"


def _time(text: str) -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return "114"
    return "" if "T" in text else "114"


def _number(text: str) -> str:
    return "" if text.isascii() and _NUMBER.fullmatch(text) else "108"


CHECKS: Mapping[str, Callable[[str], str]] = {
    "date": _date,
    "time": _time,
    "number": _number,
    "country": lambda text: "" if _COUNTRY.fullmatch(text) else "115",
    "tcn": _tcn,
    "tot": lambda text: "" if text in TRANSACTIONS else "116",
    "sex": _among("M", "F", "U", "X"),
    "flag": _among("true", "false"),
    "result": _among("I", "N"),
    "mode": _among(*MODES),
}
"""By the name that a field of inti_model.py gives."""
