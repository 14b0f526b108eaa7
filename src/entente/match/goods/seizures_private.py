"""Obvious data of persons in the texts of a seizure, which is no place for them.

Only what has a form is found: e-mail addresses, telephone numbers with a country, accounts (IBAN with its
check digits). A name has no form: nobody's name is recognised here, and whoever writes leaves them out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from entente.match.money.accounts import find_accounts

LINE_TEXTS = ("what", "brand", "batch", "species")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,100}(?:\.[\w-]{1,100})+")
_PHONE = re.compile(r"(?<![\w.])(?:\+|00)\s?\d(?:[\s().\-/]{0,2}\d){7,14}(?!\w)")


class Teller(Protocol):
    """Where faults go."""

    def wrong(self, where: str, what: str, do: str = "") -> None: ...


def sorts_in(text: str) -> Iterator[str]:
    """What a text holds of persons, in words, each sort once."""
    if _MAIL.search(text):
        yield "an e-mail address"
    if _PHONE.search(text):
        yield "a telephone number"
    if find_accounts(text):
        yield "an account"


def told(told_: Teller, given: Mapping[str, Any], fields: Sequence[str]) -> None:
    """A fault for each text of a seizure that holds such data: the fields named, and those of its lines."""
    texts = [(name, str(given.get(name, ""))) for name in fields]
    texts += [
        (f"items/{n}/{name}", str(line.get(name, "")))
        for n, line in enumerate(given.get("items", ()))
        for name in LINE_TEXTS
    ]
    for where, text in texts:
        for sort in sorts_in(text) if len(text) >= 6 else ():
            told_.wrong(
                where,
                f"The text holds {sort}, and a seizure holds no data of persons",
                "Take it out; persons and companies are a paper of their own.",
            )
