"""Addresses of virtual assets, checked offline."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.money import addresses
from entente.match.money.addresses import chains_of, check_address, find_addresses
from entente.match.money.chains import CHAINS, MOST_UNITS, decimals, read_units, write_units

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
# Published by the standards: BIP 173, BIP 350, EIP-55; the first Bitcoin block; Tron's own token contract.
STANDARD = [
    ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "bitcoin", "p2pkh"),
    ("3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", "bitcoin", "p2sh"),
    ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "bitcoin", "segwit"),
    ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", "bitcoin", "taproot"),
    ("bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y", "bitcoin", "taproot"),
    ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "tron", "tron"),
    ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "ethereum", "evm"),
    ("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", "polygon", "evm"),
    ("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "bsc", "evm"),
    ("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb", "avalanche", "evm"),
]


def base58(version: int, body: bytes) -> str:
    data = bytes([version]) + body
    data += sha256(sha256(data).digest()).digest()[:4]
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = BASE58[digit] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def bech32(prefix: str, version: int, program: bytes) -> str:
    bits = int.from_bytes(program, "big") << (-len(program) * 8 % 5)
    values = [version]
    values += [bits >> at & 31 for at in range((len(program) * 8 + 4) // 5 * 5 - 5, -1, -5)]
    head = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    told = addresses._polymod([*head, *values, *[0] * 6]) ^ (1 if version == 0 else 0x2BC830A3)
    return prefix + "1" + "".join(BECH32[v] for v in [*values, *[told >> 5 * (5 - n) & 31 for n in range(6)]])


bodies = st.binary(min_size=20, max_size=20)
checked = st.one_of(
    st.builds(
        lambda made, body: (made[0], base58(made[1], body)),
        st.sampled_from(
            [
                ("bitcoin", 0),
                ("bitcoin", 5),
                ("litecoin", 48),
                ("litecoin", 50),
                ("dogecoin", 30),
                ("dogecoin", 22),
                ("tron", 0x41),
            ]
        ),
        bodies,
    ),
    st.builds(
        lambda made, body: (made[0], bech32(made[1], 0, body)),
        st.sampled_from([("bitcoin", "bc"), ("litecoin", "ltc")]),
        bodies,
    ),
    st.builds(lambda body: ("bitcoin", bech32("bc", 1, body)), st.binary(min_size=32, max_size=32)),
)


@pytest.mark.parametrize(("text", "chain", "form"), STANDARD)
def test_the_addresses_of_the_standards_are_verified(text, chain, form):
    found = check_address(text, chain)
    assert (found.form, found.verified, found.warnings) == (form, True, ())
    assert chain in chains_of(text)


@given(checked)
def test_every_address_with_a_check_sum_is_verified_on_its_chain_and_known_without_it(made):
    chain, text = made
    found = check_address(f"  {text} ", chain)
    assert found.verified and found.text == text
    assert chain in chains_of(text)
    assert check_address(found.text, chain) == found


@given(checked, st.data())
def test_an_address_with_one_character_mistyped_is_refused(made, data):
    chain, text = made
    letters = BECH32 if text.startswith(("bc1", "ltc1")) else BASE58
    at = data.draw(st.integers(0, len(text) - 1))
    wrong = data.draw(st.sampled_from(letters).filter(lambda c: c != text[at]))
    with pytest.raises(ValueError, match=r"^(is|has|needs) "):
        check_address(text[:at] + wrong + text[at + 1 :], chain)


@given(checked, st.data())
def test_an_address_with_a_character_too_few_or_two_swapped_is_refused(made, data):
    chain, text = made
    at = data.draw(st.integers(0, len(text) - 2))
    with pytest.raises(ValueError):
        check_address(text[:at] + text[at + 1 :], chain)
    if text[at] != text[at + 1]:
        with pytest.raises(ValueError):
            check_address(text[:at] + text[at + 1] + text[at] + text[at + 2 :], chain)


@given(bodies)
def test_the_case_of_an_ethereum_address_is_its_check_sum(body):
    plain = check_address("0x" + body.hex(), "ethereum")
    assert not plain.verified and len(plain.warnings) == 1
    mixed = check_address(plain.text, "ethereum")
    assert mixed.text == plain.text and mixed.key == plain.key == "wallet:0x" + body.hex()
    letters = [n for n, c in enumerate(plain.text[2:], 2) if c.isalpha()]
    if len(letters) < 3 or not mixed.verified:
        return  # two letters of which one is turned may all be of one case, and then nothing is checked
    for at in letters:
        turned = plain.text[:at] + plain.text[at].swapcase() + plain.text[at + 1 :]
        if turned[2:] not in (turned[2:].lower(), turned[2:].upper()):
            with pytest.raises(ValueError, match="EIP-55"):
                check_address(turned, "ethereum")


def test_capitals_alone_are_an_ethereum_address_without_a_check_sum():
    found = check_address("0x" + "AB" * 20, "base")
    assert not found.verified and "compare every digit" in found.warnings[0]


@pytest.mark.parametrize(
    ("text", "chain", "reason"),
    [
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "bitcoin", "mistyped"),
        ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "bitcoin", "looks like one of Tron"),
        ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "tron", "looks like one of Ethereum's family"),
        ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "ethereum", "looks like one of Bitcoin"),
        ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe", "ethereum", "40 hexadecimal"),
        ("tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx", "bitcoin", "test network"),
        ("mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn", "bitcoin", "test network"),
        ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3T4", "bitcoin", "capital and small"),
        # BIP 350: version 1 with the check sum of version 0; version 0 with that of version 1.
        ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", "bitcoin", "check sum"),
        ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh", "bitcoin", "check sum"),
        ("BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P", "bitcoin", "length"),
        ("", "bitcoin", "no address"),
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "", "needs the chain"),
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "etherium", "needs the chain"),
        ("x" * 151, "other", "no address"),
        ("two words", "solana", "no address"),
        ("\u202e1234567890", "solana", "no address"),
    ],
)
def test_what_is_no_address_is_refused_with_the_reason(text, chain, reason):
    with pytest.raises(ValueError, match=reason):
        check_address(text, chain)


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("rEb8TK3gBgk5auZkwc6sHnwrGVJH8DuaLh", "ripple"),
        (
            "DdzFFzCqrhsuQV5ohP1EBh9d4UjmmWDb2Vui2s2SACSBDeEW74kHhp3zj9hvLFDb9mK7hRr7fbctu1UYatPaF1omXiXPwf12bn7DQvbT",
            "cardano",
        ),
        ("qp5y6ggsn8y0pzghhn2zap7kyestzqh2vc7t400n96", "bitcoin-cash"),
        ("kucoinrise11", "eos"),
        ("anything-at-all", "other"),
    ],
)
def test_an_address_of_a_chain_that_is_not_checked_is_taken_with_a_warning(text, chain):
    found = check_address(text, chain)
    assert (found.text, found.form, found.verified) == (text, "unverified", False)
    assert "unverified format" in found.warnings[0]


def test_an_address_that_is_surely_of_another_chain_is_taken_and_said():
    found = check_address("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "solana")
    assert "tron" in found.warnings[1]


def test_a_token_whose_decimals_are_not_known_is_taken_with_a_warning():
    assert check_address("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "tron", "usdt").warnings == ()
    assert "decimals" in check_address("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "tron", "ABCD").warnings[0]
    with pytest.raises(ValueError, match="token"):
        check_address("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "tron", "<b>")


def test_a_link_to_a_wallet_is_read_as_its_address():
    found = check_address("bitcoin:BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4?amount=0.1", "bitcoin")
    assert found.text == "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"


def test_an_old_litecoin_address_may_be_of_bitcoin_and_says_so():
    found = check_address("3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", "litecoin")
    assert found.verified and "Bitcoin" in found.warnings[0]
    assert chains_of(found.text) == ("bitcoin", "litecoin")


def test_addresses_are_found_in_a_text_and_wrong_ones_are_not():
    right, wrong = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u"
    text = f"send to {right}, not {wrong} (or ID 12345678901234567890123456)"
    ((start, end, address, chains),) = find_addresses(text)
    assert text[start:end] == address and chains == ("tron",)


@given(st.text(max_size=120))
def test_no_text_breaks_the_check(text):
    for chain in ("bitcoin", "litecoin", "tron", "ethereum", "solana", "other"):
        try:
            assert check_address(text, chain).chain == chain
        except ValueError as wrong:
            assert str(wrong)
    assert isinstance(chains_of(text), tuple)


# --- amounts -------------------------------------------------------------------------------------


@given(st.integers(0, MOST_UNITS))
def test_an_amount_beyond_64_bits_keeps_every_digit(units):
    assert read_units(str(units)) == units


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-1",
        "+1",
        "1.0",
        "1,000",
        "1e18",
        "1E+18",
        "0x10",
        "1_000",
        "nan",
        "١٢",
        "1 000",
        str(MOST_UNITS + 1),
        "9" * 5000,
    ],
)
def test_an_amount_that_is_not_whole_units_is_refused(text):
    with pytest.raises(ValueError, match=r"^(is|has) "):
        read_units(text)


@pytest.mark.parametrize("value", [1, 1.5, None, b"1"])
def test_an_amount_that_is_no_text_is_refused(value):
    with pytest.raises(ValueError, match="no text"):
        read_units(value)


def test_decimals_are_those_of_the_chain():
    assert decimals("ethereum", "USDT") == 6
    assert decimals("bsc", "usdt") == 18
    assert decimals("tron", "USDT") == 6
    assert decimals("bitcoin") == 8 and decimals("ethereum") == 18
    assert decimals("ethereum", "ABCD") is None and decimals("other") is None
    with pytest.raises(ValueError):
        decimals("moon")


def test_an_amount_is_written_exactly():
    assert write_units(9_300_000_000_000_000_001, "ethereum") == "9.300000000000000001 ETH"
    assert write_units(150_000_000, "bitcoin") == "1.5 BTC"
    assert write_units(-5, "tron", "USDT") == "-0.000005 USDT"
    assert write_units(7, "other") == "7 base units"


def test_every_chain_knows_the_decimals_of_its_own_coin():
    assert all(decimals(name) is not None for name in CHAINS if name != "other")
