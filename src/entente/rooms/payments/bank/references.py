"""Our reference of an intercept in messages that have room for 16 characters (FIN, fields 20 and 21). Pure.

"XA-2026-0123456789" is "XA260123456789" there, and is found again by either.
"""

import re

_LONG = re.compile(r"([A-Z0-9]{2,4})-20(\d\d)-([0-9A-F]{10})", re.ASCII)
_SHORT = re.compile(r"([A-Z0-9]{2,4})(\d\d)([0-9A-F]{10})", re.ASCII)


def short(reference: str) -> str:
    """A reference in 16 characters; empty where the code of its bureau is too long for it."""
    found = _LONG.fullmatch(reference)
    return "".join(found.groups()) if found else ""


def long(said: str) -> str:
    """A reference as the house keeps it, however a bank quotes it; anything else as it was said."""
    text = said.strip().upper()
    found = _SHORT.fullmatch(text)
    return f"{found[1]}-20{found[2]}-{found[3]}" if found else text
