"""Accounts, wallets, persons and contacts of earlier requests: the repeat mule rings before sending.

An earlier request rings as its owner lets it: who may see it gets it, who may only learn of it gets the
bureau to contact. Both are decided by the house's one rule, inside the asker's view. What rings is a
proposal: the same name is not the same person.
"""

from collections.abc import Iterator

from entente.core.access import Decision, decide
from entente.desk import Desk
from entente.desk.finding import hinting_keys, seen_keys
from entente.match.names.fold import fold
from entente.match.numbers import key_of, mail, phone
from entente.rooms.bureaus import About, alert, directory, machine_of
from entente.rooms.payments import assets
from entente.rooms.payments.history import Standing
from entente.rooms.payments.intercept import KIND, Intercept, intercept_of
from entente.rooms.payments.model import InterceptForm, Place, Repeat

MOST = 20
"""Rows of each sort that an officer reads before he sends."""
_RECORDS = {"iban": "iban", "bban": "account", "other": "account", "wallet": "wallet"}


def keys(form: InterceptForm, standing: Standing) -> list[str]:
    """Keys by which an intercept rings: of the payee, of where the money went, of how the fraud spoke."""
    moved = [Place.model_validate_json(m.facts["to"]) for m in standing.movements.values()]
    asked = [key for _, key, _ in asked_of(form)]
    return list(dict.fromkeys([*asked, *(_account(place) for place in moved if place.account)]))


def asked_of(form: InterceptForm) -> Iterator[tuple[str, str, str]]:
    """(what, key, as it is shown) of all in a form that may have been in an earlier request."""
    for place in (form.creditor, form.further_credit):
        if place.account:
            yield ("wallet" if place.scheme == "wallet" else "account"), _account(place), assets.masked(place)
    if len(name := " ".join(sorted(fold(form.creditor.name).split()))) >= 5:
        yield "name", f"payee:name:{name}", form.creditor.name
    for what, values, folded in (("phone", form.phones, phone), ("email", form.emails, mail)):
        for value in values:
            if key := folded(value):
                yield what, f"payee:{what}:{key}", value
    for value in form.addresses:
        yield "address", f"payee:address:{value.strip().casefold()}", value


def found(desk: Desk, form: InterceptForm, but: str = "") -> tuple[list[Repeat], list[str]]:
    """(what the asker may see, codes of the bureaus to contact); `but`: an intercept that is not meant."""
    asked = {key: (what, shown) for what, key, shown in asked_of(form)}
    rows = []
    for key, thing in seen_keys(desk, list(asked)):
        if thing.kind == KIND and thing.id != but and thing.first("state") not in ("draft", "checked"):
            earlier, (what, shown) = intercept_of(thing), asked[key]
            said = {"reference": earlier.reference, "state": earlier.standing.state}
            rows.append(Repeat(what=what, value=shown, id=thing.id, **said))
    rows = sorted(rows, key=lambda row: (row.reference, row.what, row.value))[:MOST]
    named = directory(desk)
    owners = {t.handling.owner for _, t in hinting_keys(desk, list(asked)) if t.kind == KIND and t.id != but}
    return [*rows, *_records(desk, form)], sorted(named[n].code for n in owners)


def tell(desk: Desk, sent: Intercept) -> None:
    """The bureaus whose earlier requests know one of the accounts or persons are told that it came again.

    Each only as far as the bureau that sends lets it know (the rule, asked for its own desk).
    """
    through = desk.as_house()
    told: set[int] = set()
    for _, thing in through.inspect_all([key for _, key, _ in asked_of(sent.form)]):
        owner = thing.handling.owner
        if thing.kind != KIND or owner in told or owner in (sent.requester, sent.receiver):
            continue
        if thing.first("state") in ("draft", "checked") or not thing.handling.watch:
            continue
        machine = machine_of(desk, owner, "an account came again")
        if decide(machine, sent.thing.handling) is not Decision.NONE:
            told.add(owner)
            about = About("payment-repeat", object=thing.id, other=sent.requester)
            alert(desk, owner, about, like=thing.handling, once=f"{thing.id} {sent.requester}")


def _account(place: Place) -> str:
    """One key for one place: a wallet of one chain is none of another."""
    if place.scheme == "wallet":
        return f"payee:{place.chain}:{place.account.casefold()}"
    return f"payee:{place.account.casefold()}"


def _records(desk: Desk, form: InterceptForm) -> Iterator[Repeat]:
    """Records of accounts and wallets in the asker's view, a tag of a wallet too."""
    asked = {}
    for place in (form.creditor, form.further_credit):
        if place.account:
            asked[key_of(_RECORDS[place.scheme], place.account)] = assets.masked(place)
    rows = [
        Repeat(what="record", value=asked[key], record=t.id, state=desk.house.model.caption(t.kind, t.body))
        for key, t in seen_keys(desk, list(asked))
        if desk.house.model[t.kind].searchable
    ]
    yield from sorted(rows, key=lambda row: (row.state, row.record))[:MOST]
