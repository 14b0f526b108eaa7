"""A victim reports at nine: the whole way of one payment through three bureaus, two banks and a clock."""

import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any

from entente.desk import House
from rooms.bank_files import answered, returned
from rooms.intercepted import AUTHOR, HOLDER, HOLDER_2, SECOND, XA_IBAN, XB_IBAN, XC_IBAN, Bank, iban
from rooms.noticed import Office
from rooms.scene import Scene, places
from worlds.stage import Clock, Crew

XC_HOLDER, XC_SECOND = "XC officer", "XC supervisor"
FEES, CASH = iban("XB", "ENTB000000000777"), iban("XC", "ENTC000000000888")
STATEMENT = f"""date,from,to,amount,currency,reference
2026-01-15T07:00:00+00:00,{FEES},{XB_IBAN},500.00,EUR,OLD
2026-01-15T08:10:00+00:00,{XA_IBAN},{XB_IBAN},41250.00,EUR,VICTIM
2026-01-15T08:40:00+00:00,{XB_IBAN},{XC_IBAN},16500.00,EUR,ON
2026-01-15T09:05:00+00:00,{XC_IBAN},{CASH},4000.00,EUR,OUT
"""


def accepted(bank: Bank, who: str, data: bytes, step: dict[str, Any] | None = None) -> dict[str, Any]:
    """A bank's message is read, and an officer takes the step that it means."""
    message = bank.scene(who, "POST", "/payments/messages", raw=data)
    assert message.status == 201, message.text
    proposed = message.json["told"][0]["proposal"]["do"]
    path = f"/payments/messages/{message.json['id']}/items/1/accept"
    taken = bank.scene(who, "POST", path, json={"step": {**proposed, **(step or {})}})
    assert taken.status == 200, taken.text
    kept: dict[str, Any] = taken.json["intercept"]
    return kept


def test_a_victim_s_money_is_stopped_followed_and_sent_back(
    doors, crew: Crew, clock: Clock, house: House, work
) -> None:
    clock.now = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
    bank = Bank(Scene(doors(idle_minutes=10**6), crew))

    # 09:00. Arvenia's officer drafts, a second one checks, and Belmark has it.
    draft = bank.draft(recall={})
    checked = bank.scene(AUTHOR, "POST", "/payments/check", json=draft["form"]).json
    assert (checked["receiver"], checked["routed_by"], checked["late"]) == ("XB", "iban", False)
    assert checked["same_as"] == draft["id"]
    clock.forward(minutes=6)
    sent = bank.done(AUTHOR, bank.done(SECOND, draft, "approve"), "send")
    assert Office(bank.scene).told("XB") == ["payment"]
    row = bank.board(HOLDER)[0]
    assert (row["id"], row["must"], row["next_at"]) == (
        sent["id"],
        "acknowledge",
        "2026-01-15T09:36:00+00:00",
    )
    bank.done(HOLDER, sent, "acknowledge")
    assert Office(bank.scene).told("XB") == []
    bank.done(HOLDER, sent, "pass", to="institution", name="Bank of XB")

    # The bank's answer is read: a part is there. An officer adds the law and takes the step.
    clock.forward(minutes=30)
    legal = {"legal": "Act of XB, section 24", "ends": "2026-01-29T23:00:00+00:00"}
    part = answered(sent["reference"], confirmation="PECR", resolved=(2475000, "EUR"), created=clock.now)
    held = accepted(bank, HOLDER, part, legal)
    assert (held["state"], held["ledger"]["held"]) == ("held-part", "24750.00")

    # The statement shows where the rest went; Belmark follows it, and holds on FIFO's word.
    file = bank.scene(HOLDER, "POST", "/payments/transfers?name=statement.csv", raw=STATEMENT.encode())
    assert file.status == 201, file.text
    rows = bank.scene(HOLDER, "GET", f"/payments/transfers/{file.json['id']}/payments?text=VICTIM").json
    question = {
        "transfers": file.json["id"],
        "seeds": [{"payment": rows["payments"][0]["number"], "victim": "Norport"}],
        "intercept": sent["id"],
        "show": True,
    }
    trace = bank.scene(HOLDER, "POST", "/payments/traces", json=question)
    assert trace.status == 201, trace.text
    fifo = next(r for r in trace.json["results"] if r["rule"] == "fifo")
    assert (fifo["accounts"], fifo["payments"]) == (3, 3)
    flow = bank.scene(AUTHOR, "GET", f"/payments/traces/{trace.json['id']}/flow.svg?rule=fifo")
    assert (flow.status, flow.text[:4]) == (200, "<svg")
    pack = bank.scene("XB analyst", "GET", f"/payments/traces/{trace.json['id']}/pack.zip?rule=fifo").body
    with zipfile.ZipFile(io.BytesIO(pack)) as opened:
        assert any(name.endswith("payments.csv") for name in opened.namelist())

    # What moved on is a movement, and Belmark asks Cordava.
    moved = bank.done(
        HOLDER,
        sent,
        "move",
        amount="16000.00",
        to={"account": XC_IBAN, "bic": "ENTCXCCC"},
        name="Velda Nominee",
        at="2026-01-15T08:40:00+00:00",
        knowledge="Statement of the account",
    )
    movement = moved["events"][-1]["facts"]["movement"]
    path = f"/payments/requests/{sent['id']}/children"
    child = bank.scene(
        HOLDER, "POST", path, json={"movement": movement, "legal_basis": "Act of XB, section 24"}
    ).json
    form = child["form"] | {"police_report": "XB-7"}
    edit = {"version": child["version"], "form": form}
    child = bank.scene(HOLDER, "PUT", f"/payments/requests/{child['id']}", json=edit).json
    child = bank.done(HOLDER, bank.done(HOLDER_2, child, "approve"), "send")
    bank.done(XC_HOLDER, child, "acknowledge")
    bank.done(XC_HOLDER, child, "pass", to="institution", name="Bank of XC")
    stopped = bank.done(
        XC_HOLDER,
        child,
        "hold",
        amount="12000.00",
        kind="voluntary-bank",
        legal="Act of XC, section 9",
        ends="2026-01-20T16:00:00+00:00",
    )
    assert (stopped["state"], stopped["ledger"]["unknown"]) == ("held-part", "4000.00")
    assert bank.open(AUTHOR, child["id"]).json["ledger"]["held"] == "12000.00"

    # Belmark's bank pays back; the pacs.004 is read into a return from the hold.
    clock.forward(days=2)
    bank.done(HOLDER, sent, "agree-return")
    paid = returned(
        amount=(2475000, "EUR"),
        original_amount=(4125000, "EUR"),
        created=datetime(2026, 1, 17, 9, tzinfo=UTC),
    )
    back = accepted(bank, HOLDER, paid)
    assert (back["state"], back["ledger"]) == (
        "returned-part",
        {
            "requested": "41250.00",
            "held": "0.00",
            "moved": "16000.00",
            "returned": "24750.00",
            "released": "0.00",
            "unknown": "500.00",
            "balanced": True,
        },
    )

    # Cordava's hold ends unseen on a Tuesday at four: both sides were told before, and are told now.
    clock.now = datetime(2026, 1, 19, 16, 1, tzinfo=UTC)
    work(house)
    assert Office(bank.scene).told("XB").count("hold-ends") == 2
    clock.now = datetime(2026, 1, 20, 15, 59, 59, tzinfo=UTC)
    work(house)
    assert bank.open(XC_HOLDER, child["id"]).json["state"] == "held-part"
    clock.now = datetime(2026, 1, 20, 16, 0, tzinfo=UTC)
    work(house)
    ended = bank.open(XC_HOLDER, child["id"]).json
    assert (ended["state"], ended["must"], ended["ledger"]["unknown"]) == ("hold-expired", "say", "16000.00")
    assert Office(bank.scene).told("XB").count("hold-expired") == 1
    assert Office(bank.scene).told("XC").count("hold-expired") == 1
    figures = bank.scene(HOLDER, "GET", "/payments/statistics").json
    assert [(f["group"], f["rate"]) for f in figures["by_corridor"]] == [("XA → XB", 0.6), ("XB → XC", 0.75)]
    assert json.dumps(figures)


def test_a_hold_that_relies_on_a_trace_names_the_rule_by_which_it_followed(doors, crew: Crew) -> None:
    bank = Bank(Scene(doors(idle_minutes=10**6), crew))
    passed = bank.at_the_bank()
    file = bank.scene(HOLDER, "POST", "/payments/transfers?name=statement.csv", raw=STATEMENT.encode()).json
    asked = {"transfers": file["id"], "seeds": [{"payment": 2}], "rules": ["fifo"]}
    trace = bank.scene(HOLDER, "POST", "/payments/traces", json=asked).json["id"]
    stop = {"amount": "1.00", "kind": "court-order", "legal": "Order 7", "no_limit": "Act 3"}
    for said, wrong in (
        ({"rule": "fifo"}, ["do/trace"]),
        ({"trace": trace, "rule": "lifo"}, ["do/rule"]),
        ({"trace": trace}, ["do/rule"]),
        ({"trace": "0" * 32, "rule": "fifo"}, ["do/trace"]),
    ):
        refused = bank.act(HOLDER, passed, "hold", **stop, **said)
        assert (refused.status, places(refused)) == (422, wrong)
    held = bank.done(HOLDER, passed, "hold", **stop, trace=trace, rule="fifo")
    assert (held["holds"][0]["trace"], held["holds"][0]["rule"]) == (trace, "fifo")
    theirs = bank.open(AUTHOR, passed["id"]).json["holds"][0]
    assert (theirs["trace"], theirs["rule"]) == ("", "fifo")
