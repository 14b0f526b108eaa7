"""Addresses of virtual assets: checked against their own check sum, for the chain that is named.

Base58Check (Bitcoin, Litecoin, Dogecoin, Tron), bech32 (BIP 173), bech32m (BIP 350) and mixed-case
hexadecimal (EIP-55) are checked here. Addresses of other chains are taken as they stand and marked as
unverified: refusing what we cannot check would lose the one lead that an officer has.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from Crypto.Hash import keccak

from entente.match.money.chains import CHAINS, Chain

LONGEST = 150
"""Characters of an address: those of Cardano's first years have 104, Monero's 106."""
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BASE58_VALUES = {c: n for n, c in enumerate(_BASE58)}
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_VALUES = {c: n for n, c in enumerate(_BECH32)}
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
BECH32, BECH32M = 1, 0x2BC830A3
"""What the check sum must come to: BIP 173 for witness version 0, BIP 350 for later ones."""
_EVM = re.compile(r"0[xX][0-9a-fA-F]{40}", re.ASCII)
_OTHER_FORMS = re.compile(r"ltcmweb1|[XP]-avax1", re.IGNORECASE)
"""Of chains that are checked, but in forms that are not: Litecoin's side chain, Avalanche's two others."""
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.$_-]{0,79}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Address:
    """`text`: in the one form it is kept in; `form`: p2pkh, p2sh, segwit, taproot, evm, tron or unverified;
    `verified`: its check sum was there and fits. `token`: symbol or contract, empty for the chain's coin."""

    text: str
    chain: str
    token: str
    form: str
    verified: bool
    warnings: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The exact look-up key, which is the same on all chains."""
        return f"wallet:{self.text.lower() if self.form == 'evm' else self.text}"


def check_address(text: str, chain: str, token: str = "") -> Address:
    """The address, in its canonical form. Raises ValueError with the reason for a chain that is not listed, a
    check sum that does not fit, or an address of another chain or of a test network."""
    text, token = _tidy(text), token.strip()
    if chain not in CHAINS:
        raise ValueError(f"needs the chain it is on: {chain!r} is none of {', '.join(sorted(CHAINS))}")
    if not 1 <= len(text) <= LONGEST or not text.isprintable() or any(c.isspace() for c in text):
        raise ValueError(f"is no address: it has 1 to {LONGEST} characters without spaces")
    if token and not _TOKEN.fullmatch(token):
        raise ValueError(f"is for no token: {token[:40]!r} is neither a symbol nor a contract")
    here = CHAINS[chain]
    warnings = []
    if token and token.upper() not in here.tokens:
        warnings.append(f"the decimals of {token} on {chain} are not known here: give base units")
    if here.form == "unverified" or _OTHER_FORMS.match(text):
        return _unverified(text, here, token, warnings)
    if here.form == "evm":
        return _evm(text, here, token, warnings)
    form = _form(text, here)
    if form == "p2sh" and chain == "litecoin" and text.startswith("3"):
        warnings.append("the same text is an address on Bitcoin: make sure of the chain")
    canonical = text.lower() if form in ("segwit", "taproot") else text
    return Address(canonical, chain, token, form, True, tuple(warnings))


def chains_of(text: str) -> tuple[str, ...]:
    """Names of the chains on which a bare text is an address, as far as they can be checked; () for none.

    A mistyped address is on none. One of Ethereum's form is on all chains of its family.
    """
    text = _tidy(text)
    if not 14 <= len(text) <= 90:
        return ()
    try:
        if text[:2] in ("0x", "0X"):
            _evm(text, CHAINS["ethereum"], "", [])
            return _EVM_CHAINS
        if prefixed := _BY_PREFIX.get(text.lower().rpartition("1")[0]):
            _segwit(text, prefixed.prefix)
            return (prefixed.name,)
        return _BY_VERSION.get(_version(text, "any chain"), ())
    except ValueError:
        return ()


_EVM_CHAINS = tuple(name for name, here in CHAINS.items() if here.form == "evm")
_BY_PREFIX = {here.prefix: here for here in CHAINS.values() if here.prefix}
_BY_VERSION = {
    version: tuple(name for name, here in CHAINS.items() if version in here.versions)
    for version in {version for here in CHAINS.values() for version in here.versions}
}
_INSIDE = re.compile(r"(?<![0-9A-Za-z])(?:0x[0-9a-fA-F]{40}|[0-9A-Za-z]{25,90})(?![0-9A-Za-z])", re.ASCII)


def find_addresses(text: str) -> list[tuple[int, int, str, tuple[str, ...]]]:
    """Addresses inside a free text whose check sum fits: (start, end, address, chains it may be on)."""
    return [
        (at.start(), at.end(), at[0], chains) for at in _INSIDE.finditer(text) if (chains := chains_of(at[0]))
    ]


def masked(text: str) -> str:
    """For lists and logs: the first six and last four characters."""
    return f"{text[:6]}…{text[-4:]}" if len(text) > 14 else f"{text[:2]}…"


def _tidy(text: str) -> str:
    """Without spaces around it and the link scheme in front ("bitcoin:bc1…")."""
    text = text.strip()
    before, colon, after = text.partition(":")
    if colon and before.lower() in ("bitcoin", "litecoin", "dogecoin", "ethereum", "tron"):
        text = after.partition("?")[0].partition("@")[0]
    return text


def _unverified(text: str, chain: Chain, token: str, warnings: list[str]) -> Address:
    warnings.append(f"unverified format: such addresses ({chain.name}) are not checked here")
    elsewhere = chains_of(text)
    if elsewhere and chain.name != "other":
        warnings.append(f"it has the form of an address on {', '.join(elsewhere)}")
    return Address(text, chain.name, token, "unverified", False, tuple(warnings))


# --- Ethereum's family ---------------------------------------------------------------------------


def _evm(text: str, chain: Chain, token: str, warnings: list[str]) -> Address:
    if not _EVM.fullmatch(text):
        raise ValueError(
            f"is no address on {chain.name}: it has 0x and 40 hexadecimal digits{_instead(text)}"
        )
    digits = text[2:]
    spelled = "0x" + _eip55(digits.lower())
    if digits in (digits.lower(), digits.upper()):
        if any(c.isalpha() for c in digits):
            warnings = [
                *warnings,
                "all letters are of one case, so there is no check sum: compare every digit",
            ]
        else:
            warnings = [*warnings, "it has no letters, so there is no check sum: compare every digit"]
        return Address(spelled, chain.name, token, "evm", False, tuple(warnings))
    if spelled[2:] != digits:
        raise ValueError("is mistyped: the case of its letters is a check sum (EIP-55), and does not fit")
    return Address(spelled, chain.name, token, "evm", True, tuple(warnings))


@lru_cache(maxsize=1 << 10)
def _eip55(digits: str) -> str:
    """40 hexadecimal digits in the case that EIP-55 gives them: capital where the digit of the Keccak-256
    hash of the lower-case text is 8 or more."""
    told = keccak.new(digest_bits=256, data=digits.encode()).hexdigest()
    return "".join([c.upper() if h >= "8" else c for c, h in zip(digits, told, strict=False)])


# --- Bitcoin's family and Tron -------------------------------------------------------------------


def _form(text: str, chain: Chain) -> str:
    """The form of an address on a chain of Bitcoin's family. Raises ValueError with the reason."""
    before, one, _ = text.lower().rpartition("1")
    if one and chain.prefix and before in (chain.prefix, *chain.test_prefixes):
        if before != chain.prefix:
            raise ValueError(f"is on a test network of {chain.name}, where nothing has a value")
        return _segwit(text, chain.prefix)
    version = _version(text, chain.name)
    if version in chain.versions:
        return chain.versions[version]
    if version in chain.test_versions:
        raise ValueError(f"is on a test network of {chain.name}, where nothing has a value")
    raise ValueError(f"is no address on {chain.name}{_instead(text)}")


def _version(text: str, chain: str) -> int:
    """The version byte of a Base58Check address. Raises ValueError where it is none."""
    if not 25 <= len(text) <= 36:
        raise ValueError(f"is no address on {chain}{_instead(text)}")
    number = 0
    for c in text:
        value = _BASE58_VALUES.get(c)
        if value is None:
            raise ValueError(f"is no address on {chain}: {c!r} is not among its letters{_instead(text)}")
        number = number * 58 + value
    zeros = len(text) - len(text.lstrip("1"))
    size = (number.bit_length() + 7) // 8
    if zeros + size != 25:
        raise ValueError(f"is no address on {chain}: characters are missing or too many")
    data = number.to_bytes(25, "big")
    if sha256(sha256(data[:-4]).digest()).digest()[:4] != data[-4:]:
        raise ValueError("is mistyped: its check sum (Base58Check) does not fit")
    return data[0]


def _segwit(text: str, prefix: str) -> str:
    """The form of a segregated witness address (BIP 173, BIP 350). Raises ValueError with the reason."""
    if text not in (text.lower(), text.upper()):
        raise ValueError("has capital and small letters: a bech32 address has either")
    if len(text) > 90:
        raise ValueError("is longer than the 90 characters of a bech32 address")
    data = [_BECH32_VALUES.get(c, -1) for c in text.lower()[len(prefix) + 1 :]]
    if len(data) < 8 or -1 in data:
        raise ValueError("is no bech32 address: characters are missing, or not among its letters")
    version, program = data[0], data[1:-6]
    if _polymod([*_expanded(prefix), *data]) != (BECH32 if version == 0 else BECH32M):
        raise ValueError("is mistyped: its check sum (bech32) does not fit")
    bits = len(program) * 5
    size, over = divmod(bits, 8)
    rest = program[-1] & ((1 << over) - 1) if program else 0
    if version > 16 or not 2 <= size <= 40 or over > 4 or rest or (version == 0 and size not in (20, 32)):
        raise ValueError("is no bech32 address: no witness program has such a length or version")
    return "segwit" if version == 0 else "taproot"


def _expanded(prefix: str) -> Iterator[int]:
    yield from (ord(c) >> 5 for c in prefix)
    yield 0
    yield from (ord(c) & 31 for c in prefix)


def _polymod(values: list[int]) -> int:
    """The remainder of BIP 173's code; finds every change of up to four characters."""
    told = 1
    for value in values:
        top = told >> 25
        told = (told & 0x1FFFFFF) << 5 ^ value
        for n, generator in enumerate(_GENERATORS):
            if top >> n & 1:
                told ^= generator
    return told


def _instead(text: str) -> str:
    """What a text of the wrong chain looks like, for the reason."""
    lower = text.lower()
    for start, what in (("0x", "Ethereum's family"), ("bc1", "Bitcoin"), ("ltc1", "Litecoin")):
        if lower.startswith(start):
            return f"; it looks like one of {what}"
    if len(text) == 34 and text[0] in "TD":
        return f"; it looks like one of {'Tron' if text[0] == 'T' else 'Dogecoin'}"
    return ""
