"""To which bureau an intercept goes: by hand, else by the account's country, the BIC's, or the provider's.

A bureau's code is its country's (ISO 3166-1, or user-assigned); what no code fits is sent by hand.
"""

from entente.core.problems import Fault
from entente.desk import Desk
from entente.rooms.bureaus import Bureau, by_code, directory
from entente.rooms.payments.model import InterceptForm


def receiver(desk: Desk, form: InterceptForm) -> tuple[int, str]:
    """(number of the bureau, what said it: hand, iban, bic, country); (-1, "") where nothing does."""
    known = by_code(desk)
    account = form.creditor.account
    said = (
        (form.receiver, "hand"),
        (account[:2] if form.creditor.scheme == "iban" else "", "iban"),
        (form.creditor.bic[4:6], "bic"),
        (form.creditor.country, "country"),
    )
    for code, by in said:
        if code in known:
            return known[code].number, by
        if code and by == "hand":
            break
    return -1, ""


def faults(desk: Desk, form: InterceptForm) -> list[Fault]:
    """What is wrong with where it is to go, as far as the form says it."""
    if form.receiver and form.receiver not in by_code(desk):
        what = f"No bureau {form.receiver} takes part"
        return [Fault("receiver", what, "Use a code from the directory.")]
    number, _ = receiver(desk, form)
    found = directory(desk).get(number)
    return refusals(found, desk.asker.bureau) if found else []


def refusals(to: Bureau, asker: int) -> list[Fault]:
    """Why a request is not sent to a bureau; each names its rule."""
    if to.number == asker:
        what = f"{to.code} is your own bureau: an intercept asks another one"
        return [Fault("receiver", what, "Ask your own bank or authority directly.")]
    if not to.active:
        what = f"The rights of {to.code} are suspended (RPD 131): no request goes to it"
        return [Fault("receiver", what, "Ask the secretariat, or send it to another bureau by hand.")]
    return []
