"""What a bank's message says, put into the fields that are empty; where one says otherwise, both are told."""

from entente.match.money.amounts import read_amount
from entente.rooms.payments.drafts import moment
from entente.rooms.payments.form_reading import MOMENTS, PLACE, PLACES, Given, moment_of
from entente.rooms.payments.labels import ungrouped
from entente.web import formats

OWN = frozenset({"summary", "level", "tip_off_forbidden", "ring"})
"""Fields in which a message has no say, or not alone."""
KINDS = frozenset(PLACE[1:4])
"""Of an account: they go with its number, for a form has always one of them chosen."""


def filled(given: Given, said: Given) -> tuple[dict[str, str], dict[str, str]]:
    """(the fields with what the message says where they are empty, {field: what the message says} where they
    say something else). A moment is filled whole."""
    now, differs = dict(given), dict[str, str]()
    for name, value in said.items():
        place, _, part = name.partition("/")
        if not value or name in OWN or "." in name or (place in PLACES and part in KINDS):
            continue
        typed = given.get(name, "").strip()
        if not typed:
            now[name] = value
            if part == "account":
                now |= {f"{place}/{kind}": said.get(f"{place}/{kind}", "") for kind in KINDS}
        elif not _same(name, typed, value, said.get("currency", "")):
            differs[name] = value
    for name in MOMENTS:
        _fill_moment(name, given, said, now, differs)
    return now, differs


def _fill_moment(name: str, given: Given, said: Given, now: dict[str, str], differs: dict[str, str]) -> None:
    """A moment of the message; the end of its span of a day says nothing where a moment was typed."""
    told, typed = moment_of(said, name), moment_of(given, name)
    if not told or (name == "executed_until" and moment_of(given, "executed_at")):
        return
    if not typed:
        now |= {f"{name}.{part}": said[f"{name}.{part}"] for part in ("date", "time", "zone")}
        return
    at, start = moment(typed), moment(told)
    end = moment(moment_of(said, "executed_until")) if name == "executed_at" else None
    if at and start and not start <= at <= (end or start):
        differs[name] = " – ".join(formats.moment(one) for one in (start, end) if one)


def _same(name: str, typed: str, value: str, currency: str) -> bool:
    if name == "amount":
        try:
            return read_amount(ungrouped(typed), currency) == read_amount(value, currency)
        except ValueError:
            return False
    return "".join(typed.split()).casefold() == "".join(value.split()).casefold()
