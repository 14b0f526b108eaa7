"""The forms of tracing as their pages send them: text fields into what the API takes."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.datastructures import FormData

from entente.core.problems import Fault, Faulty
from entente.rooms.payments.traces import traces_model as m
from entente.rooms.payments.traces import transfers_model as t
from entente.web.forms import validated
from entente.web.language import N_, _

SENT = ("title", "format", "currency", "chain", "account", "decimal", "dates", "zone", "level")
WANTED = ("account", "text", "amount", "intercept")
OPTIONS = ("seeds", "title", "ties", "hours", "least", "stops", "opening", "level", "request")
HOUR_S = 3_600


def sent_of(given: Mapping[str, str], name: str) -> t.Sent:
    """What was said of a file. Raises Faulty."""
    mapping = {
        part.removeprefix("column-"): value.strip()
        for part, value in given.items()
        if part.startswith("column-") and value.strip()
    }
    said: dict[str, Any] = {name: given[name].strip() for name in SENT if given.get(name, "").strip()}
    said["mapping"] = json.dumps(mapping, ensure_ascii=False) if mapping else ""
    return validated(t.Sent, **said, name=name, keep_good=given.get("keep_good") == "yes")


def wanted_of(form: FormData) -> dict[str, Any]:
    """Which payments are looked for."""
    told: dict[str, Any] = {name: _said(form, name) for name in WANTED}
    after = _said(form, "next") if form.get("do") == "next" else ""
    return {**told, "after": int(after) if after.isdecimal() else 0}


def given_of(form: FormData) -> dict[str, Any]:
    """The form as it is shown again, with the payments that were just chosen added to those that were."""
    told: dict[str, Any] = {name: _said(form, name) for name in (*WANTED, *OPTIONS)}
    told["rules"] = [one for one in form.getlist("rules") if isinstance(one, str)] or list(
        m.TraceForm.model_fields["rules"].default
    )
    told["show"] = form.get("show") == "yes"
    told["file_opening"] = form.get("do") is None or form.get("file_opening") == "yes"
    told["request"] = told["request"] or told["intercept"]
    if form.get("do") in ("add", "follow"):
        told["seeds"] = _added(told["seeds"], form)
    return told


def _added(seeds: str, form: FormData) -> str:
    """Each chosen payment is a line: number; victim; amount."""
    lines = [line for line in seeds.splitlines() if line.strip()]
    known = {line.partition(";")[0].strip() for line in lines}
    victim = _said(form, "victim").replace(";", ",")
    for number in form.getlist("chosen"):
        if isinstance(number, str) and number.isdecimal() and number not in known:
            lines.append(f"{number}; {victim}".rstrip("; ").rstrip() if victim else number)
    return "\n".join(lines[: m.MOST_SEEDS])


def trace_of(transfers: str, form: FormData) -> m.TraceForm:
    """The question of a form. Raises Faulty with every fault."""
    told = given_of(form)
    faults: list[Fault] = []
    said: dict[str, Any] = {
        "transfers": transfers,
        "title": told["title"],
        "rules": told["rules"],
        "ties": told["ties"] or "sequence",
        "seeds": [_seed(line, at, faults) for at, line in enumerate(_lines(told["seeds"]))],
        "stops": _lines(told["stops"]),
        "opening": [
            dict(zip(("account", "amount", "asset"), _cells(line), strict=False))
            for line in _lines(told["opening"])
        ],
        "level": told["level"],
        "intercept": told["request"],
        "show": told["show"],
        "file_opening": told["file_opening"],
    }
    rest = told["hours"].replace(",", ".")
    if rest:
        try:
            said["dwell"] = max(int(float(rest) * (1 if form.get("steps") == "yes" else HOUR_S)), 1)
        except (ValueError, OverflowError):
            faults.append(Fault("dwell", N_("This is no whole number"), N_("Write digits.")))
    if told["least"]:
        said["least"] = told["least"]
    if not said["seeds"]:
        what = N_("No payment is chosen")
        faults.append(Fault("seeds", what, N_("Choose the payments by which victims were robbed.")))
        said["seeds"] = [{"payment": 1}]
    try:
        made = validated(m.TraceForm, **said)
    except Faulty as problem:
        raise Faulty(faults=(*faults, *problem.faults)) from None
    if faults:
        raise Faulty(faults=tuple(faults))
    return made


def _seed(line: str, at: int, faults: list[Fault]) -> dict[str, Any]:
    number, victim, amount = (*_cells(line), "", "")[:3]
    if not (number.isascii() and number.isdecimal() and len(number) < 9):
        do = N_("Write a line as: number of the payment; victim; amount.")
        faults.append(Fault(f"seeds/{at}/payment", N_("This is no number of a payment"), do))
        number = "1"
    return {"payment": int(number), "victim": victim, "amount": amount}


def _cells(line: str) -> Sequence[str]:
    return [cell.strip() for cell in line.split(";")]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _said(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def places() -> dict[str, tuple[str, str]]:
    """Where the fields of the form are."""
    return {
        "seeds": ("f-seeds", _("Stolen payments")),
        **{f"seeds/{n}": ("f-seeds", _("Stolen payments")) for n in range(m.MOST_SEEDS)},
        "dwell": ("f-hours", _("Rest")),
        "least": ("f-least", _("Least part")),
        "stops": ("f-stops", _("Accounts at which following ends")),
        **{f"stops/{n}": ("f-stops", _("Accounts at which following ends")) for n in range(50)},
        "opening": ("f-opening", _("Known balances")),
        **{f"opening/{n}": ("f-opening", _("Known balances")) for n in range(50)},
        "intercept": ("f-request", _("Request to stop a payment")),
        "show": ("f-request", _("Request to stop a payment")),
        "amount": ("f-amount", _("Amount")),
        "rules": ("f-rules", _("Rules")),
    }
