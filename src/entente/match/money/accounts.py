"""Accounts at banks: IBAN, BBAN or another scheme, and BIC, checked offline and never corrected by itself.

A wrong IBAN is refused with its reason. A suggestion is made only where exactly one change of one character,
or one swap of two neighbours, gives a valid one: two candidates would be a guess, and somebody else's money.
What no registry knows is a warning and no fault: registries are older than banks.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from schwifty import BIC, IBAN
from schwifty.checksum import algorithms
from schwifty.exceptions import SchwiftyException
from schwifty.registry import get_iban_spec

Scheme = Literal["iban", "bban", "other"]
LONGEST = 34
"""Characters of an IBAN (ISO 13616) and of any other account (ISO 20022, Max34Text)."""
SHORTEST = 15
"""Of an IBAN in a registry: Norway's."""
OWN_COUNTRIES = frozenset(f"X{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ") - {"XK"}
"""User-assigned (ISO 3166-1): of no country. XK is Kosovo's and stands in the registry of IBANs."""
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{1,30}")
_BIC = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_EXPONENT = re.compile(r"[+-]?\d+(?:[.,]\d*)?[eE]\+?\d{1,3}")
_OTHER_EXPONENT = re.compile(r"[+-]?\d(?:[.,]\d*[eE]\+?|[eE]\+)\d{1,3}")
_BETWEEN = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad-]+")
"""Spaces, hyphens and marks without a width, which come along when a number is copied."""
_OTHER = re.compile(r"[A-Za-z0-9/.:+_()'?,-]+")
_DIGITS_AND_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Wrong(ValueError):
    """No account: `reason` reads after the text; `suggestion`: the one number that may be meant, or empty."""

    def __init__(self, reason: str, suggestion: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True)
class Account:
    """`text`: folded, in capitals, without spaces. Empty: what it does not tell and no registry knows."""

    text: str
    scheme: Scheme
    country: str = ""
    bank_code: str = ""
    bic: str = ""
    bank_name: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bic:
    """A bank's code (ISO 9362), 8 or 11 characters; `known`: it or its head office is in the registry."""

    text: str
    country: str
    known: bool
    bank_name: str = ""
    warnings: tuple[str, ...] = ()


def check_account(text: str, scheme: str = "iban") -> Account:
    """The account, folded. Raises Wrong with the reason, and a suggestion where there is exactly one."""
    if scheme == "iban":
        return _iban(text)
    if scheme not in ("bban", "other"):
        raise Wrong(f"is of no scheme that is known here: {scheme[:40]!r} is none of iban, bban, other")
    if lost_digits(text):
        raise Wrong(_LOST)
    number = fold_account(text)
    if not number:
        raise Wrong("is empty")
    if len(number) > LONGEST:
        raise Wrong(f"is longer than the {LONGEST} characters of an account")
    if scheme == "bban":
        if not number.isalnum() or not number.isascii():
            raise Wrong("is no domestic account number: it has letters A-Z and digits alone")
        return Account(number, "bban", warnings=(_UNCHECKED,))
    if not _OTHER.fullmatch(number):
        raise Wrong(f"is no account: {_strange(number, _OTHER)!r} cannot stand in a payment")
    return Account(number, "other", warnings=(_UNCHECKED,))


_UNCHECKED = "no check digits of such an account are known here: compare every digit"
_LOST = "is in scientific notation, by which a spreadsheet has lost digits: ask for the number again"


def lost_digits(text: str) -> bool:
    """Whether a number is in scientific notation (4.12E+21), by which a spreadsheet has lost digits."""
    return bool(_OTHER_EXPONENT.fullmatch(text.strip()))


def fold_account(text: str) -> str:
    """Without spaces, hyphens and unseen marks; digits of all scripts as 0-9; in capitals."""
    bare = _BETWEEN.sub("", text)
    if not bare.isascii():
        bare = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in bare)
    return bare.upper()


def check_bic(text: str) -> Bic:
    """A bank's code. Raises Wrong for a form or a country that does not exist."""
    code = fold_account(text)
    if not _BIC.fullmatch(code):
        raise Wrong("is no BIC: it has 8 or 11 letters and digits, of which the 5th and 6th are a country")
    country = code[4:6]
    if country in OWN_COUNTRIES:
        return Bic(code, country, False, warnings=(_of_no_country(country),))
    try:
        found = BIC(code)
        home = BIC(code[:8] + 3 * "X")  # a head office, where no branch is named
    except (SchwiftyException, ValueError) as wrong:
        raise Wrong(f"is no BIC: there is no country {country}") from wrong
    known = bool(found.exists or home.exists)
    names = found.bank_names or home.bank_names
    warnings = () if known else ("this BIC is in no registry here: confirm it with the bank",)
    return Bic(code, country, known, names[0] if names else "", warnings)


def masked(account: Account | str) -> str:
    """For lists and logs: "DE89 … 3000"; of a short one the last two characters alone."""
    text = account if isinstance(account, str) else account.text
    if len(text) >= SHORTEST:
        return f"{text[:4]} … {text[-4:]}"
    return f"… {text[-4:]}" if len(text) >= 8 else f"… {text[-2:]}" if len(text) > 2 else "…"


def _of_no_country(country: str) -> str:
    return f"{country} is no country (ISO 3166-1 leaves it to users): no registry knows this bank"


# --- IBAN ----------------------------------------------------------------------------------------


def _iban(text: str) -> Account:
    if _EXPONENT.fullmatch(text.strip()):
        raise Wrong(_LOST)
    number = fold_account(text).removeprefix("IBAN").removeprefix(":")
    if reason := _fault(number):
        raise Wrong(reason, _suggestion(number))
    country = number[:2]
    if country in OWN_COUNTRIES:
        return Account(number, "iban", country, warnings=(_of_no_country(country),))
    found = IBAN(number)
    warnings = []
    if found.bank is None:
        warnings.append(f"the bank {found.bank_code} is in no registry here: confirm it with the bank")
    if not _formed(number, national=True):
        warnings.append("the check digit that its country puts into it does not fit: compare every digit")
    bic, name = str(found.bic or ""), found.bank_name or ""
    return Account(number, "iban", country, found.bank_code or "", bic, name, tuple(warnings))


def _fault(number: str) -> str:
    """Why it is no IBAN, or nothing."""
    if not number:
        return "is empty"
    if not number.isascii() or not number.isalnum():
        return f"is no IBAN: {_strange(number, _IBAN)!r} cannot stand in one"
    country = number[:2]
    if not country.isalpha():
        return "is no IBAN: it begins with the two letters of a country"
    if country in OWN_COUNTRIES:
        if not SHORTEST <= len(number) <= LONGEST:
            return f"has {len(number)} characters, and an IBAN has {SHORTEST} to {LONGEST}"
    else:
        length = _length(country)
        if not length:
            return f"is no IBAN: no country {country} is in their registry"
        if len(number) != length:
            return f"has {len(number)} characters, and an IBAN of {country} has {length}"
    if not _IBAN.fullmatch(number):
        return "is no IBAN: its third and fourth characters are digits"
    if country not in OWN_COUNTRIES and not get_iban_spec(country).regex.fullmatch(number[4:]):
        return f"has not the form of an IBAN of {country}: letters stand where digits belong, or the reverse"
    if not _fits(number):
        return "has wrong check digits: one or more characters are mistyped"
    if country not in OWN_COUNTRIES and not _formed(number):
        return f"is no IBAN of {country}"
    return ""


def _strange(text: str, allowed: re.Pattern[str]) -> str:
    """The first character that cannot stand in it."""
    return next((c for c in text if not (c.isascii() and c.isalnum()) and not allowed.fullmatch(c)), text[:1])


def _fits(number: str) -> bool:
    """Check digits by modulo 97 (ISO 7064), which 01 and 99 never are (02 to 98 alone are given)."""
    if not "02" <= number[2:4] <= "98":
        return False
    return int("".join(str(int(c, 36)) for c in number[4:] + number[:4])) % 97 == 1


def _formed(number: str, national: bool = False) -> bool:
    """Whether it has its country's form, by the registry (ISO 13616); `national`: and the check digits that
    some countries put inside."""
    known = national and (number[:2] == "DE" or f"{number[:2]}:default" in algorithms)
    try:
        IBAN(number, validate_bban=known)
    except (SchwiftyException, ValueError, KeyError):
        return False
    return True


@lru_cache(maxsize=1 << 9)
def _length(country: str) -> int:
    """Characters of an IBAN of a country; 0 where it has none."""
    try:
        return int(get_iban_spec(country).iban_length)
    except (SchwiftyException, KeyError):
        return 0


def _suggestion(number: str) -> str:
    """The one valid IBAN that differs by one character or two swapped neighbours; empty for none or more."""
    if not number.isascii() or not number.isalnum() or not SHORTEST <= len(number) <= LONGEST:
        return ""
    found: set[str] = set()
    for near in _neighbours(number):
        if near[:2] in OWN_COUNTRIES and number[:2] not in OWN_COUNTRIES:
            continue  # of no country: nobody's account, so no other candidate beside a country's
        if not _fault(near):
            found.add(near)
            if len(found) > 1:
                return ""
    return found.pop() if found else ""


def _neighbours(number: str) -> Iterator[str]:
    for at, old in enumerate(number):
        before, after = number[:at], number[at + 1 :]
        for new in _DIGITS_AND_LETTERS:
            if new != old:
                yield before + new + after
        if after and after[0] != old:
            yield before + after[0] + old + after[1:]


# --- in free text --------------------------------------------------------------------------------

_IN_TEXT = re.compile(r"(?<![0-9A-Za-z])[A-Z]{2}[0-9]{2}(?:[ \u00a0-]?[0-9A-Z]){11,30}(?![0-9A-Za-z])")
_LABELLED = re.compile(
    r"(?<!\w)(?:a/c|acct|account|compte|cuenta|konto|حساب|الحساب)\.?(?:\s*(?:numbers?|num|no|nr|n°|nº|№|numéro|"
    r"número|nummer|رقم))?[\s.:#]*\b([0-9](?:[ -]?[0-9]){5,29})(?![0-9A-Za-z.,/])",
    re.IGNORECASE,
)


def find_accounts(text: str) -> list[tuple[int, int, Account]]:
    """Accounts inside a free text, in order: (start, end, account).

    IBANs whose check digits fit, and digits after a word for an account ("a/c no. 12 345 678"). A mistyped
    IBAN is not found: it would be offered as something it is not.
    """
    if text.isascii() or not any(c.isdecimal() and not c.isascii() for c in text):
        plain = text
    else:
        plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    found: list[tuple[int, int, Account]] = []
    for at in _IN_TEXT.finditer(plain):
        for end in _ends(at):
            number = fold_account(plain[at.start() : end])
            if SHORTEST <= len(number) <= LONGEST and not _fault(number):
                found.append((at.start(), end, check_account(number)))
                break
    for at in _LABELLED.finditer(plain):
        start, end = at.span(1)
        if not any(s < end and start < e for s, e, _ in found):
            found.append((start, end, check_account(at[1], "other")))
    return sorted(found, key=lambda one: one[:2])


def _ends(found: re.Match[str]) -> Iterator[int]:
    """Where an IBAN may end: after each group of characters, the longest first, because words in capitals may
    follow it."""
    yield found.end()
    for at in range(found.end() - 1, found.start() + SHORTEST - 1, -1):
        if not found.string[at].isalnum():
            yield at
