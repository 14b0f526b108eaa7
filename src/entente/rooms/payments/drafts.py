"""What a form of an intercept is worth: every fault, what sending still needs, and what is only doubtful.

The table of bad input of the shared specification "payments", A1.5, is checked here, line by line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from entente.core.kinds import TYPES
from entente.core.problems import Fault
from entente.match.money.accounts import Wrong, check_account, check_bic, find_accounts
from entente.match.money.addresses import check_address, find_addresses
from entente.rooms.payments import assets
from entente.rooms.payments.model import InterceptForm, Place
from entente.web.language import N_

FAST_TRACK = timedelta(hours=72)
"""The Financial Fraud Kill Chain's limit, counted from execution."""
EARLIEST = date(1970, 1, 1)
SENDING: tuple[str, ...] = (
    "scam",
    "rail",
    "executed_at",
    "reported_at",
    "amount",
    "legal_basis",
    "measure",
    "police_report",
    "grade",
)
"""Fields without which a request is not sent; accounts, places and consent beside them."""
PLACES = ("debtor", "creditor", "further_credit")
_MISSING = N_("It is needed before the request is sent")
_ZONED = N_("Write it as 2026-11-28T17:00+01:00, with the zone.")


@dataclass(frozen=True, slots=True)
class Draft:
    """A form, cleaned, and what was found. `amount`: whole units of `asset`; 0 where none is readable."""

    form: InterceptForm
    amount: int
    asset: str
    faults: tuple[Fault, ...]
    missing: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    lifted: tuple[Fault, ...]


def checked(form: InterceptForm, now: datetime) -> Draft:
    """The form with accounts and moments in their one form, and all that is wrong with it."""
    faults: list[Fault] = []
    warnings: list[Fault] = []
    clean = _places(form, faults, warnings)
    clean = _moments(clean, now, faults)
    clean = _references(clean, faults)
    asset = assets.asset_of(clean)
    amount = _amount(clean, asset, faults)
    faults += unreadable(clean.model_dump())
    if amount and not clean.creditor.name:
        what = N_("The payee's name is not known")
        warnings.append(Fault("creditor/name", what, N_("Send it all the same; add the name when it comes.")))
    return Draft(
        clean, amount, asset, tuple(faults), tuple(_missing(clean)), tuple(warnings), tuple(_lifted(clean))
    )


def hours_since(form: InterceptForm, now: datetime) -> float | None:
    """Hours since the payment (since the earliest moment it may have been); None where it is not said."""
    at = moment(form.executed_at)
    return None if at is None else max((now - at).total_seconds() / 3600, 0.0)


def moment(text: str) -> datetime | None:
    """A moment with its zone; None for what is none, or lies outside of the calendar in UTC."""
    try:
        at = datetime.fromisoformat(text.strip())
        return at if at.tzinfo is not None and at.astimezone(UTC) else None
    except (ValueError, OverflowError):
        return None


# --- places and parties --------------------------------------------------------------------------


def _places(form: InterceptForm, faults: list[Fault], warnings: list[Fault]) -> InterceptForm:
    changed: dict[str, Place] = {}
    for name in PLACES:
        changed[name] = place(getattr(form, name), name, faults, warnings)
    between = [
        one.model_copy(update={"bic": _bic(one.bic, f"intermediaries/{n}/bic", faults, warnings)})
        for n, one in enumerate(form.intermediaries)
    ]
    return form.model_copy(update={**changed, "intermediaries": between})


def place(given: Place, where: str, faults: list[Fault], warnings: list[Fault]) -> Place:
    """A place in its one form; what is wrong with it is added to `faults`, what is doubtful to `warnings`."""
    country = given.country.strip().upper()
    changed: dict[str, str] = {"country": country, "bic": _bic(given.bic, f"{where}/bic", faults, warnings)}
    try:
        TYPES["country"].clean(country)
        known = country != "ZZ"  # which stands for what is not known
    except ValueError:
        known = False
    if not known:
        what = f"“{country}” is no country"
        faults.append(Fault(f"{where}/country", what, "Write two letters (ISO 3166), such as FR."))
    said = given.account.strip()
    if given.scheme == "wallet":
        changed["chain"] = given.chain.strip().lower()
    if said and given.scheme == "wallet":
        try:
            wallet = check_address(said, changed["chain"], given.token)
        except ValueError as wrong:
            faults.append(
                Fault(f"{where}/account", f"The address {wrong}", "Compare it character by character.")
            )
        else:
            changed |= {"account": wallet.text}
            warnings += [Fault(f"{where}/account", f"Of the address: {w}") for w in wallet.warnings]
    elif said:
        try:
            account = check_account(said, given.scheme)
        except Wrong as wrong:
            do = (
                f"Is {wrong.suggestion} meant? Ask; it is not put right by itself."
                if wrong.suggestion
                else ""
            )
            do = do or "Ask the bank for the number again."
            faults.append(Fault(f"{where}/account", f"The account {wrong.reason}", do))
        else:
            changed |= {"account": account.text, "country": country or account.country}
            changed["bic"] = changed["bic"] or account.bic
            changed["bank"] = given.bank or account.bank_name
            warnings += [Fault(f"{where}/account", f"Of the account: {w}") for w in account.warnings]
            if account.country and changed["bic"][4:6] not in ("", account.country):
                what = f"The account is of {account.country}, and the BIC of {changed['bic'][4:6]}"
                warnings.append(Fault(f"{where}/bic", what, "Make sure that they belong together."))
            if country and account.country and country != account.country:
                what = f"The account is of {account.country}, and the country given is {country}"
                warnings.append(Fault(f"{where}/country", what, "Make sure which desk can stop it."))
    if not changed["country"] and changed["bic"]:
        changed["country"] = changed["bic"][4:6]
    return given.model_copy(update=changed)


def _bic(text: str, where: str, faults: list[Fault], warnings: list[Fault]) -> str:
    if not text.strip():
        return ""
    try:
        bic = check_bic(text)
    except Wrong as wrong:
        faults.append(Fault(where, f"The BIC {wrong.reason}", "Ask the bank, or leave it out."))
        return text.strip().upper()
    warnings += [Fault(where, f"Of the BIC: {w}") for w in bic.warnings]
    return bic.text


# --- moments, amounts, lines -----------------------------------------------------------------------


def _moments(form: InterceptForm, now: datetime, faults: list[Fault]) -> InterceptForm:
    changed: dict[str, str] = {}
    for name in ("executed_at", "executed_until", "detected_at", "reported_at", "due_by"):
        said = getattr(form, name).strip()
        if not said:
            continue
        at = moment(said)
        if at is None:
            faults.append(Fault(name, N_("It is no moment with a time zone"), _ZONED))
        elif name != "due_by" and at > now:
            faults.append(Fault(name, N_("It lies in the future"), N_("Check date, hour and zone.")))
        elif at.astimezone(UTC).date() < EARLIEST:
            faults.append(Fault(name, N_("It lies before 1970"), N_("Check the year.")))
        else:
            changed[name] = at.isoformat(timespec="minutes" if not at.second else "seconds")
    start, end = moment(form.executed_at), moment(form.executed_until)
    if end and (start is None or end < start):
        what = N_("The span ends before it begins")
        faults.append(Fault("executed_until", what, N_("Give the earliest moment, then the latest.")))
    sent = form.recall.sent_at.strip()
    recalled = moment(sent)
    if sent and (recalled is None or recalled > now):
        faults.append(Fault("recall/sent_at", N_("It is no moment that has come, with a zone"), _ZONED))
    return form.model_copy(update=changed)


_UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def _references(form: InterceptForm, faults: list[Fault]) -> InterceptForm:
    if len(form.transaction_id) > 35 and form.creditor.scheme != "wallet":
        what = N_("A bank's reference has at most 35 characters")
        faults.append(Fault("transaction_id", what, N_("Copy it from the confirmation, or leave it out.")))
    said = form.uetr.strip().lower()
    if said and not _UUID4.fullmatch(said):
        what = N_("It is no UETR: a UUID of version 4")
        faults.append(Fault("uetr", what, N_("Copy it from the confirmation, or leave it out.")))
        return form
    return form.model_copy(update={"uetr": str(UUID(said)) if said else ""})


def _amount(form: InterceptForm, asset: str, faults: list[Fault]) -> int:
    if form.creditor.scheme == "wallet" and form.currency.strip():
        what = N_("A wallet's currency is said by its chain and token")
        faults.append(Fault("currency", what, N_("Leave it empty.")))
    known = ":" in asset or asset in assets.CURRENCIES
    if not known and (asset or form.amount.strip()):
        what = f"“{asset}” is no currency"
        faults.append(Fault("currency", what, "Write three letters (ISO 4217), such as EUR."))
    if not form.amount.strip() or not known:
        return 0
    try:
        return assets.read(form.amount, asset)
    except ValueError as wrong:
        do = "Write it in the smallest units, digits alone." if ":" in asset else "Write it as 1123.00."
        faults.append(Fault("amount", f"The amount {wrong}", do))
        return 0


def unreadable(said: object, where: str = "") -> Iterator[Fault]:
    """Texts that nobody could read as they are written: control characters, marks that reorder."""
    if isinstance(said, dict):
        for name, value in said.items():
            yield from unreadable(value, f"{where}/{name}" if where else str(name))
    elif isinstance(said, list):
        for n, value in enumerate(said):
            yield from unreadable(value, f"{where}/{n}")
    elif isinstance(said, str):
        several = where.rpartition("/")[2] in ("summary", "why", "lessons")
        try:
            TYPES["text" if several else "string"].clean(said)
        except ValueError as wrong:
            yield Fault(where, f"The text {wrong}", "Use plain letters and digits.")


# --- what sending needs ----------------------------------------------------------------------------


def _missing(form: InterceptForm) -> Iterator[Fault]:
    for name in SENDING:
        if not getattr(form, name).strip():
            yield Fault(name, _MISSING, "")
    if form.victim_consents is None:
        yield Fault("victim_consents", _MISSING, N_("Say yes or no."))
    if form.creditor.scheme != "wallet" and not form.currency.strip():
        yield Fault("currency", _MISSING, "")
    if not form.debtor.name.strip():
        yield Fault("debtor/name", _MISSING, N_("Who is the victim?"))
    for name in ("debtor", "creditor"):
        if not getattr(form, name).account:
            yield Fault(f"{name}/account", _MISSING, N_("An account or a wallet."))
        if not getattr(form, name).country:
            yield Fault(f"{name}/country", _MISSING, N_("Where it is held."))
    if form.creditor.scheme != "wallet" and not (form.creditor.bic or form.creditor.bank):
        yield Fault("creditor/bic", _MISSING, N_("The BIC, or the bank's name."))


def _lifted(form: InterceptForm) -> Iterator[Fault]:
    """Numbers in free text that belong into a field: they are offered, never moved by themselves."""
    known = {form.debtor.account, form.creditor.account, form.further_credit.account}
    do = N_("Put it into its field, so that it is checked, found again and masked in lists.")
    for start, _, account in find_accounts(form.summary):
        if account.text not in known:
            yield Fault("summary", f"There is an account at place {start + 1} of the text", do)
    for start, _, address, _ in find_addresses(form.summary):
        if address not in known:
            yield Fault("summary", f"There is a wallet at place {start + 1} of the text", do)
