"""Chains on which virtual assets move: how their addresses are written, and the decimals of their tokens.

The same text is an address on many chains, and the same token has other decimals on another chain (USDT: 6
on Ethereum, 18 on BNB Smart Chain), so a chain is always named. An amount is a whole number of the smallest
unit, as text or as a Python int: 9.3 ETH in wei is beyond 64 bits.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_UNITS = 2**256 - 1
"""The largest amount that the largest chains can hold (uint256)."""


@dataclass(frozen=True, slots=True)
class Chain:
    """`form`: how addresses are checked: "base58" (with `versions`, and `prefix` for bech32), "evm" or
    "unverified". `native`: the chain's own coin; `tokens`: decimals of coin and tokens by their symbol."""

    name: str
    native: str
    form: str
    tokens: Mapping[str, int]
    versions: Mapping[int, str] = field(default_factory=dict)
    prefix: str = ""
    test_versions: frozenset[int] = frozenset()
    test_prefixes: tuple[str, ...] = ()


_BITCOIN = Chain(
    "bitcoin",
    "BTC",
    "base58",
    {"BTC": 8, "USDT": 8},
    {0: "p2pkh", 5: "p2sh"},
    "bc",
    frozenset({111, 196}),
    ("tb", "bcrt"),
)
_LITECOIN = Chain(
    "litecoin",
    "LTC",
    "base58",
    {"LTC": 8},
    {48: "p2pkh", 50: "p2sh", 5: "p2sh"},
    "ltc",
    frozenset({111, 58, 196}),
    ("tltc", "rltc"),
)
_DOGECOIN = Chain(
    "dogecoin",
    "DOGE",
    "base58",
    {"DOGE": 8},
    {30: "p2pkh", 22: "p2sh"},
    test_versions=frozenset({113, 196}),
)
_TRON = Chain(
    "tron", "TRX", "base58", {"TRX": 6, "USDT": 6, "USDC": 6, "TUSD": 18, "USDD": 18}, {0x41: "tron"}
)

_EVM: Mapping[str, tuple[str, Mapping[str, int]]] = {
    "ethereum": ("ETH", {"USDT": 6, "USDC": 6, "DAI": 18, "WBTC": 8, "WETH": 18, "BUSD": 18, "TUSD": 18}),
    "bsc": ("BNB", {"USDT": 18, "USDC": 18, "DAI": 18, "BUSD": 18, "WBNB": 18, "BTCB": 18}),
    "polygon": ("POL", {"MATIC": 18, "USDT": 6, "USDC": 6, "USDC.E": 6, "DAI": 18, "WETH": 18}),
    "arbitrum": ("ETH", {"USDT": 6, "USDC": 6, "USDC.E": 6, "DAI": 18, "WBTC": 8, "ARB": 18}),
    "optimism": ("ETH", {"USDT": 6, "USDC": 6, "USDC.E": 6, "DAI": 18, "WBTC": 8, "OP": 18}),
    "base": ("ETH", {"USDC": 6, "DAI": 18, "WETH": 18}),
    "avalanche": ("AVAX", {"USDT": 6, "USDC": 6, "USDT.E": 6, "USDC.E": 6, "WAVAX": 18}),
}
_UNVERIFIED: Mapping[str, tuple[str, Mapping[str, int]]] = {
    "algorand": ("ALGO", {"ALGO": 6, "USDT": 6, "USDC": 6}),
    "bitcoin-cash": ("BCH", {"BCH": 8}),
    "bnb-beacon": ("BNB", {"BNB": 8}),
    "cardano": ("ADA", {"ADA": 6}),
    "cosmos": ("ATOM", {"ATOM": 6}),
    "dash": ("DASH", {"DASH": 8}),
    "eos": ("EOS", {"EOS": 4, "USDT": 4}),
    "filecoin": ("FIL", {"FIL": 18}),
    "monero": ("XMR", {"XMR": 12}),
    "polkadot": ("DOT", {"DOT": 10}),
    "ripple": ("XRP", {"XRP": 6}),
    "solana": ("SOL", {"SOL": 9, "USDT": 6, "USDC": 6}),
    "stellar": ("XLM", {"XLM": 7, "USDC": 7}),
    "tezos": ("XTZ", {"XTZ": 6}),
    "ton": ("TON", {"TON": 9, "USDT": 6}),
    "zcash": ("ZEC", {"ZEC": 8}),
    "other": ("", {}),
}

CHAINS: Mapping[str, Chain] = {
    chain.name: chain
    for chain in (
        _BITCOIN,
        _LITECOIN,
        _DOGECOIN,
        _TRON,
        *(Chain(name, own, "evm", {own: 18, **more}) for name, (own, more) in _EVM.items()),
        *(Chain(name, own, "unverified", tokens) for name, (own, tokens) in _UNVERIFIED.items()),
    )
}
"""By name; "other" for a chain that is not listed. Decimals are those of the issuers' own contracts."""

_UNITS = re.compile(r"[0-9]+", re.ASCII)


def decimals(chain: str, token: str = "") -> int | None:
    """Digits behind the point of a token (of the chain's own coin where none is named); None where not known.

    Raises ValueError for a chain that is not listed.
    """
    if chain not in CHAINS:
        raise ValueError(f"is no chain that is known here: {chain!r}")
    here = CHAINS[chain]
    return here.tokens.get(token.upper() or here.native)


def read_units(text: str) -> int:
    """An amount in base units (satoshi, wei) from its digits alone.

    Raises ValueError for anything else: a point or comma, an exponent, a sign, letters, more than 2^256 - 1.
    A float has lost digits before it arrives here, so none is taken.
    """
    if not isinstance(text, str):
        raise ValueError("is no text: such an amount is written as text, so that no digit is lost")
    digits = text.strip()
    if "e" in digits.lower() and any(c.isdigit() for c in digits):
        raise ValueError("is written with an exponent, by which digits are lost: give all digits")
    if "." in digits or "," in digits:
        raise ValueError("has decimals or separators: give whole base units (satoshi, wei) in digits alone")
    if not _UNITS.fullmatch(digits):
        raise ValueError("is no whole number of base units: give digits alone")
    if len(digits) > 78 or (units := int(digits)) > MOST_UNITS:
        raise ValueError("is more than any chain can hold (2^256 - 1)")
    return units


def write_units(units: int, chain: str, token: str = "") -> str:
    """An amount as people read it ("0.015 BTC"), exact; in base units where the decimals are not known."""
    known, sign = decimals(chain, token), token or CHAINS[chain].native
    if known is None:
        return f"{units} base units of {sign}" if sign else f"{units} base units"
    whole, part = divmod(abs(units), 10**known)
    behind = str(part).zfill(known).rstrip("0") if known else ""
    return f"{'-' if units < 0 else ''}{whole}{'.' if behind else ''}{behind} {sign}"
