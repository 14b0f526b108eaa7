"""Numbers that name one thing: normalised, checked, and spelled as exact look-up keys ("iban:DE89...").

A number is folded to capitals and digits; O and 0 are kept apart, because a misread one is another
document and its check digit can't tell (ICAO Doc 9303: O counts 24, so both fit).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache

from schwifty import IBAN
from schwifty.exceptions import SchwiftyException
from stdnum import imei, imo, lei

from entente.core.kinds import model
from entente.core.things import Body
from entente.match.money.addresses import chains_of
from entente.match.names.fold import fold

_OTHER = re.compile(r"[^0-9A-Z]")
_LABEL = re.compile(
    r"\b(?:passports?|passeport|pasaporte|diplomatic|national|identity|identification|id|card|number|num|no|nr|n°|№|"
    r"military|laissez|passer|travel|document|doc|tax|driver'?s?|licen[cs]e|permit)\b[.:°#]*",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"[0-9A-Za-z][0-9A-Za-z./-]{3,24}[0-9A-Za-z]", re.ASCII)


@lru_cache(maxsize=1 << 15)
def code(text: str) -> str:
    """Capitals and digits alone; letters of other scripts are spelled in A-Z. "AB 123-456" is "AB123456"."""
    if not text.isascii():
        text = fold(text)
    return _OTHER.sub("", text.upper())


def phone(text: str) -> str:
    """A telephone number as +digits where its country is given, else digits; empty when it cannot be one.

    International form after ITU-T E.164: at most 15 digits; a leading 00 means +.
    """
    text = text.strip().removeprefix("tel:").replace("(0)", "")
    digits = "".join(c for c in text if c.isdecimal() and c.isascii())
    plus = text.startswith("+")
    if not plus and digits.startswith("00"):
        plus, digits = True, digits[2:]
    if not 6 <= len(digits) <= 15:
        return ""
    return "+" + digits if plus else digits


def mail(text: str) -> str:
    """An address in lower case; empty when it is none."""
    text = text.strip().removeprefix("mailto:").casefold()
    return text if _MAIL.fullmatch(text) else ""


_MAIL = re.compile(r"[^\s@<>,;:\"()\[\]]{1,64}@[^\s@<>,;:\"()\[\]]{1,190}\.[^\W\d_]{2,24}")


@lru_cache(maxsize=1 << 12)
def iban_ok(number: str) -> bool:
    """Whether a folded IBAN has its country's form and check digits (ISO 13616)."""
    try:
        IBAN(number)
    except (SchwiftyException, ValueError, KeyError):
        return False
    return True


VIN = 17
"""Characters of a vehicle's number (ISO 3779)."""
_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_VIN_VALUES = dict(
    zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "012345678912345678123457923456789"), strict=True)
)
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def vin_shaped(number: str) -> bool:
    """17 characters without I, O and Q (ISO 3779), of which the last four are digits, and a letter."""
    return bool(_VIN.fullmatch(number)) and number[-4:].isdigit() and not number.isdigit()


def vin_checks(number: str) -> bool:
    """Whether the ninth character fits (49 CFR 565.15). Only North American numbers must carry it, so a
    misfit proves nothing for others."""
    total = sum(_VIN_VALUES[c] * w for c, w in zip(number, _VIN_WEIGHTS, strict=True))
    return number[8] == "0123456789X"[total % 11]


def vin_must_check(number: str) -> bool:
    """Whether the maker is in North America (first character 1 to 5)."""
    return number[:1] in "12345"


_WALLETS = (
    re.compile(r"[13][1-9A-HJ-NP-Za-km-z]{25,34}"),
    re.compile(r"(?:bc1|tb1|ltc1)[02-9ac-hj-np-z]{11,87}", re.IGNORECASE),
    re.compile(r"0x[0-9a-fA-F]{40}"),
    re.compile(r"T[1-9A-HJ-NP-Za-km-z]{33}"),
    re.compile(r"[LM][1-9A-HJ-NP-Za-km-z]{26,33}"),
    re.compile(r"[48][1-9A-HJ-NP-Za-km-z]{94}"),
)


_DOGE = re.compile(r"[DA9][1-9A-HJ-NP-Za-km-z]{33}")


def wallet(text: str) -> str:
    """A wallet's address; empty when it has no known shape. Base58 keeps its case (it tells addresses apart),
    bech32 and Ethereum are put in lower case.

    The shape is enough: a mistyped address on a record is found by whoever types it so. Other numbers may
    look like Dogecoin's, whose check sum must therefore fit.
    """
    text = text.strip()
    if any(shape.fullmatch(text) for shape in _WALLETS):
        return text.lower() if text[:2].lower() in ("0x", "bc", "tb", "lt") else text
    return text if _DOGE.fullmatch(text) and chains_of(text) else ""


def surely_wallet(address: str) -> bool:
    """Whether an address that `wallet` gave is nothing else: by its beginning, its length or its check sum.

    A mistyped one in base58 may as well be a document's or a serial number.
    """
    return address.startswith(("0x", "bc1", "tb1", "ltc1")) or len(address) > 40 or bool(chains_of(address))


def _imo(text: str) -> str:
    return code(text).removeprefix("IMO")


_CLEAN: Mapping[str, Callable[[str], str]] = {
    "phone": phone,
    "mail": mail,
    "wallet": lambda text: wallet(text) or text.strip(),
    "imo": _imo,
    "user": lambda text: text.strip().casefold(),
    "ip": lambda text: text.strip().casefold(),
    "checksum": lambda text: text.strip().casefold(),
}

SHORTEST = 4
"""Characters below which a number names nothing."""


def key_of(scheme: str, text: str) -> str:
    """The look-up key of one number of a scheme; empty when nothing that can name a thing is left."""
    clean = _CLEAN.get(scheme)
    if clean is None and text.isascii() and text.isalnum() and text.upper() == text:
        number = text  # is normalised already, as most are in a file of millions
    else:
        number = (clean or code)(text)
    return f"{scheme}:{number}" if len(number) >= SHORTEST else ""


def keys_of(kind: str, body: Body) -> tuple[str, ...]:
    """Every exact look-up key of a record, in order, each once; its kind says which properties hold numbers.

    Numbers that offices give to persons and companies share one scheme ("id"), because an officer who
    holds one seldom knows which it is.

    A document's number that stands in words ("diplomatic passport no. D00000898") gives a key of the whole
    and one of each number inside.
    """
    keys: dict[str, None] = {}
    keyed = _keyed(kind)
    for name, values in body.items():
        scheme = keyed.get(name, "")
        for value in values if scheme else ():
            keys[key_of(scheme, value)] = None
            if scheme in ("doc", "id") and (" " in value.strip() or len(value) > 16):
                for inside in _INSIDE.findall(_LABEL.sub(" ", value)):
                    if sum(c.isdigit() for c in inside) >= 4:
                        keys[key_of(scheme, inside)] = None
            elif scheme == "phone":
                keys.update(dict.fromkeys(_local_phone(key_of(scheme, value))))
    keys.pop("", None)
    return tuple(keys)


@cache
def _keyed(kind: str) -> Mapping[str, str]:
    """The properties of a kind that hold numbers, and the scheme of each."""
    return {p.name: p.key for p in model()[kind].properties.values() if p.key}


def _local_phone(key: str) -> tuple[str, ...]:
    """A number without its country is also sought by its last nine digits."""
    digits = key.removeprefix("phone:").removeprefix("+")
    return (f"phone:~{digits[-9:]}",) if len(digits) >= 9 else ()


def number_keys(text: str) -> tuple[tuple[str, str], ...]:
    """What a bare number may be: (label, key) pairs, the surest first; empty when it names nothing.

    A number whose form is checked (IBAN, e-mail, wallet, +phone) is that alone; any other may be a document,
    an office's number, a plate or a serial number, and gets a key of each.
    """
    text = text.strip()
    if not text or len(text) > 200:
        return ()
    if address := mail(text):
        return (("email", f"mail:{address}"),)
    if (address := wallet(text)) and surely_wallet(address):
        return (("wallet", f"wallet:{address}"),)
    number = code(text)
    if not SHORTEST <= len(number) <= 40 or not any(c.isdigit() for c in number):
        return ()
    if re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", number) and iban_ok(number):
        return (("iban", f"iban:{number}"), ("account", f"account:{number}"))
    dialled = phone(text)
    if dialled.startswith("+") and re.fullmatch(r"[+0-9 ().\-/]+", text):
        return (("phone", f"phone:{dialled}"), *(("phone", k) for k in _local_phone(dialled)))
    found = list(_checked(number))
    short_mixed = len(number) <= 7 and not number.isdigit()
    found += [("document", f"doc:{number}"), ("id", f"id:{number}")]
    if len(number) <= 10:
        found.insert(0 if short_mixed else len(found), ("plate", f"plate:{number}"))
    if len(number) == VIN and not number.isdigit() and ("vin", f"vin:{number}") not in found:
        found.append(("vin", f"vin:{number}"))
    found += [("account", f"account:{number}"), ("serial", f"serial:{number}")]
    if number.isdigit() and dialled:
        found += [("phone", f"phone:{dialled}"), *(("phone", k) for k in _local_phone(dialled))]
    if address:
        found.append(("wallet", f"wallet:{address}"))
    return tuple(found)


def _checked(number: str) -> Iterator[tuple[str, str]]:
    """Schemes whose form or check digit a folded number fits."""
    if vin_shaped(number):
        yield "vin", f"vin:{number}"
    if len(number) == 20 and lei.is_valid(number):
        yield "lei", f"lei:{number}"
    if imo.is_valid(number):
        yield "imo", f"imo:{number.removeprefix('IMO')}"
    if number.isdigit() and len(number) in (14, 15) and imei.is_valid(number):
        yield "imei", f"imei:{number}"
    if number.isdigit() and len(number) == 9 and "2" <= number[0] <= "7":
        yield "mmsi", f"mmsi:{number}"
    if _ICAO24.fullmatch(number) and not number.isdigit():
        yield "icao24", f"icao24:{number}"


_ICAO24 = re.compile(r"[0-9A-F]{6}")
