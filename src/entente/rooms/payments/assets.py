"""What an amount is an amount of: a currency, or a token of a chain. Text to whole units and back.

An asset is kept as "EUR", or as "chain:TOKEN" ("ethereum:ETH") in the token's smallest units.
"""

from entente.match.money.accounts import masked as masked_account
from entente.match.money.addresses import masked as masked_address
from entente.match.money.amounts import read_amount, write_amount
from entente.match.money.chains import CHAINS, read_units, write_units
from entente.match.money.currencies import CURRENCIES as CURRENCIES
from entente.rooms.payments.model import InterceptForm, Place


def asset_of(form: InterceptForm) -> str:
    """The asset of a form: of the payee's chain where he was paid to a wallet, else the currency."""
    if form.creditor.scheme != "wallet":
        return form.currency.strip().upper()
    chain = form.creditor.chain.strip().lower()
    native = CHAINS[chain].native if chain in CHAINS else ""
    return f"{chain}:{form.creditor.token.strip() or native}"


def read(text: str, asset: str) -> int:
    """Whole units above nought. Raises ValueError with a reason that reads after the amount."""
    if ":" not in asset:
        return read_amount(text, asset)
    units = read_units(text)
    if units <= 0:
        raise ValueError("is nought")
    return units


def write(units: int, asset: str) -> str:
    """Whole units as they are shown: "1123.00", or "0.015 BTC"."""
    if ":" not in asset:
        return write_amount(units, asset)
    chain, _, token = asset.partition(":")
    return write_units(units, chain, token)


def masked(place: Place) -> str:
    """An account or wallet for lists: its ends alone."""
    return masked_address(place.account) if place.scheme == "wallet" else masked_account(place.account)
