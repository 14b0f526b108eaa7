"""Identifiers of a report: read, written in one way, and turned into tokens that say nothing.

A token is an HMAC with the house's secret over the sort and the number (RFC 2104), so that equal numbers meet
and nobody without the secret can try numbers out against what is kept.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from entente.core.things import Thing
from entente.desk import Desk
from entente.match.goods.conveyances import container_digit, read_number
from entente.match.names.fold import fold
from entente.match.numbers import SHORTEST, code, iban_ok, mail, phone
from entente.rooms.trends.referrals.labels import SORTS

OF_SEIZURES: Mapping[str, str] = {
    "containerNumber": "container",
    "sealNumber": "seal",
    "batchNumber": "batch",
    "plateNumber": "plate",
}
"""Properties of a seizure that are compared, and as what."""
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_PHONE = re.compile(r"[+0-9 ().\-/]+")
_WORDS = re.compile(r"\w+")
_MARKS = re.compile(r"[-–,.;:/#'’()]")
SHORTEST_COMMON = 5
"""Signs of a batch, a seal: shorter ones are the same everywhere."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number or name of a sort, as it was written."""

    sort: str
    value: str


def normal(sort: str, text: str) -> str:
    """An identifier in the one way in which it is compared.

    Raises ValueError with a reason that reads after the value, which it does not repeat.
    """
    if sort not in SORTS:
        raise ValueError(f"is none of: {', '.join(SORTS)}")
    return _READ[sort](text.strip())


def _phone(text: str) -> str:
    number = phone(text) if _PHONE.fullmatch(text) else ""
    if not number:
        raise ValueError("is no telephone number")
    if not number.startswith("+"):
        raise ValueError("lacks its country: begin with + and the country's number")
    return number


def _email(text: str) -> str:
    if not (address := mail(text)):
        raise ValueError("is no e-mail address")
    return address


def _account(text: str) -> str:
    number = code(text)
    if not 6 <= len(number) <= 34 or not any(c.isdigit() for c in number):
        raise ValueError("is no account: it has 6 to 34 letters and digits")
    if _IBAN.fullmatch(number) and not iban_ok(number):
        raise ValueError("has the form of an IBAN and wrong check digits")
    return number


def _address(text: str) -> str:
    words = _WORDS.findall(fold(_MARKS.sub(" ", text)))
    if len(words) < 3 or not any(c.isdigit() for word in words for c in word):
        raise ValueError("is too short for an address: give street, number and town")
    return " ".join(words)


def _domain(text: str) -> str:
    name = re.sub(r"^[a-z]+://", "", text.casefold()).split("/")[0].split(":")[0].removeprefix("www.")
    try:
        name = name.rstrip(".").encode("idna").decode()
    except UnicodeError:
        name = ""
    if not _DOMAIN.fullmatch(name) or name.replace(".", "").isdigit():
        raise ValueError("is no internet domain")
    return name


def _container(text: str) -> str:
    number = read_number("container", text).number
    return number if len(number) == 11 else f"{number}{container_digit(number)}"


def _plate(text: str) -> str:
    number = code(text)
    if not SHORTEST <= len(number) <= 12:
        raise ValueError(f"is no plate: it has {SHORTEST} to 12 letters and digits")
    return number


def _common(text: str) -> str:
    number = code(text)
    if not SHORTEST_COMMON <= len(number) <= 40 or not any(c.isdigit() for c in number):
        raise ValueError(f"is too common: at least {SHORTEST_COMMON} signs, with a digit")
    return number


_READ = {
    "phone": _phone,
    "email": _email,
    "account": _account,
    "address": _address,
    "domain": _domain,
    "container": _container,
    "seal": _common,
    "batch": _common,
    "plate": _plate,
}


def spelled(identifiers: Sequence[Identifier]) -> tuple[str, ...]:
    """As a report keeps them: one JSON line each, numbered, so that no two are equal."""
    return tuple(
        json.dumps({"n": n, "sort": one.sort, "value": one.value}, ensure_ascii=False)
        for n, one in enumerate(identifiers, start=1)
    )


def identifiers_of(report: Thing) -> list[Identifier]:
    """Those of a company's report."""
    lines = (json.loads(text) for text in report.body.get("identifier", ()))
    return [Identifier(line["sort"], line["value"]) for line in lines]


def of_seizure(seizure: Thing) -> list[Identifier]:
    """Those of a seizure that are compared."""
    return [
        Identifier(sort, value)
        for name, sort in OF_SEIZURES.items()
        for value in seizure.body.get(name, ())
        if _is_one(sort, value)
    ]


def _is_one(sort: str, value: str) -> bool:
    try:
        normal(sort, value)
    except ValueError:
        return False
    return True


def tokens(desk: Desk, identifiers: Sequence[Identifier]) -> dict[str, Identifier]:
    """The token of each identifier."""
    made = desk.house.ids.of
    return {made("referral token", one.sort, normal(one.sort, one.value)): one for one in identifiers}


def key(token: str) -> str:
    """Under which what carries a token lies in the store: the house alone asks for it."""
    return f"referral-token:{token}"
