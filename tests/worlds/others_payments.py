"""What other bureaus do in the payments room: intercepts, traces, banks' messages. See plans.py.

What is hidden from U has his payment's own UETR, accounts and amount: what looks beyond his view meets it.
"""

from typing import Any

from rooms.bank_files import answered
from rooms.intercepted import UETR, form, iban
from rooms.tracing_scene import ROWS, table
from worlds.others_biometrics import Biometrics
from worlds.plans import Act

ROOM = "/api/v1/payments"
MULE, RUNG, AWAY = (
    iban(code, f"ENT{code[1]}00000000{n:04d}") for code, n in (("XB", 77), ("XC", 78), ("XD", 79))
)
"""The payee's account of U's own request, at XB; one of which XC lets others know; where money moves on."""
PAYEE = {"name": "Ruvo Trade", "account": MULE, "bic": "ENTBXBBB"}
RUNG_PAYEE = {"name": "Velda Nominee", "account": RUNG, "bic": "ENTCXCCC"}
HOLD = {"kind": "court-order", "legal": "Act, section 24", "ends": "2026-01-17T11:00:00+00:00"}
HOLD_ON = {"kind": "court-order", "legal": "Act, section 24", "no_limit": "Act, section 30"}


class Payments(Biometrics):
    """Acts in the payments room. An "office" and a "chief" are two persons."""

    # --- hidden ------------------------------------------------------------------------------------

    def hide_payment(self, act: Act) -> None:
        """A request that U's bureau does not see: a draft, between others, for U's bureau but not yet sent,
        or above his clearance. It rings for nobody."""
        if not self._conceals():
            return
        way, who = act.to % 5, act.who
        above = way == 4 and not self._cleared()
        to = self._ours if way == 3 or above else self._foreign(act)
        said = {"creditor": PAYEE, "receiver": to, "uetr": UETR if act.to % 2 else "", "ring": way == 0}
        if above:
            self._payment_sent(who, **said, level="restricted")
            return
        drafted = self._draft_payment(who, **said, amount=f"41250.{act.to:02d}" if act.to % 2 else "41250.00")
        if way in (1, 2, 4) and drafted:
            self._send_payment(who, drafted)
            holder = f"{to} office"
            for step, more in (
                ("acknowledge", {}),
                ("pass", {"to": "institution"}),
                ("hold", {"amount": "20000.00", **HOLD_ON}),
                ("move", {"amount": "9000.00", "to": {"account": AWAY}}),
            ):
                self._payment_step(holder, drafted["id"], step, **more)
            self._payment_follow(holder, drafted["id"])
        elif way == 3 and drafted:
            self._payment_step(self._second_of(who), drafted["id"], "approve", version=drafted["version"])

    def hide_trace(self, act: Act) -> None:
        """The file that U loads too, and what another bureau follows in it; of every other act, both gone."""
        if not self._conceals():
            return
        file = self._ask(act.who, "POST", f"{ROOM}/transfers?name=a.csv", raw=table(*ROWS))
        if file.status != 201:
            return
        said = {
            "transfers": file.json["id"],
            "seeds": [{"payment": 1}],
            "intercept": self._payment_latest(act.who),
        }
        trace = self._ask(act.who, "POST", f"{ROOM}/traces", json=said)
        if act.to % 2:
            self._ask(act.who, "DELETE", f"{ROOM}/transfers/{file.json['id']}")
            self._ask(act.who, "DELETE", f"{ROOM}/traces/{trace.json.get('id', '')}")

    def hide_message(self, act: Act) -> None:
        """A bank's answer that names U's request: the other bureau's, as is what comes of it."""
        if not self._conceals():
            return
        for row in self._payment_board(act.who, "all"):
            if row["requester"] == self._ours:
                data = answered(row["reference"], confirmation="RJCR", reasons=("NOOR",))
                self._ask(act.who, "POST", f"{ROOM}/messages", raw=data)
        self._ask(act.who, "POST", f"{ROOM}/messages", raw=answered(f"CASE-{act.to}"))

    def ask_payments(self, act: Act) -> None:
        """What a bureau asks before it sends, and what it reads."""
        for payee in (PAYEE, RUNG_PAYEE):
            self._ask(act.who, "POST", f"{ROOM}/check", json=form(creditor=payee))
        for path in ("/requests?which=all", "/statistics", "/messages", "/traces", "/rules"):
            self._ask(act.who, "GET", f"{ROOM}{path}")

    # --- shared ------------------------------------------------------------------------------------

    def payment_to_us(self, act: Act) -> None:
        """Shared: U's bureau is asked. Hidden of it: its author's name and reference, records that it
        concerns, and the request between others from which, in one world, the money moved on."""
        who = act.who if self.world.name == "first" else self._second_of(act.who)
        said = {
            "amount": f"{900 + act.to}.00",
            "uetr": "",
            "debtor": {"name": "Ada Ruys", "account": AWAY},
            "creditor": {"name": "Tiller Ltd", "account": iban(self._ours, f"ENTU{act.to:012d}"), "bic": ""},
            "rail": "sepa-inst",
            "receiver": self._ours,
        }
        said["creditor"] |= {"bank": "A bank"}
        movement, parent = "", ""
        if self._hides():
            said |= {"ref": "hidden", "subjects": [self._payment_hidden_record(who)]}
            parent, movement = self._payment_moved_on(act)
        self._acts = 100
        if parent:
            path = f"{ROOM}/requests/{parent}/children"
            asked = {"movement": movement, "receiver": self._ours}
            made = self._ask(who, "POST", path, json=asked)
        else:
            made = self._ask(who, "POST", f"{ROOM}/requests", json=form(**said))
        if made.status == 201:
            change = {"version": made.json["version"], "form": form(**said)}
            kept = self._ask(who, "PUT", f"{ROOM}/requests/{made.json['id']}", json=change)
            if kept.status == 200:
                self._send_payment(who, kept.json)

    def _payment_hidden_record(self, who: str) -> str:
        draft = {"kind": "Person", "properties": {"name": ["Velda Nominee"]}, "handling": {"mode": "named"}}
        made = self._ask(who, "POST", "/api/v1/records", json=draft)
        return str(made.json["id"])

    def _payment_moved_on(self, act: Act) -> tuple[str, str]:
        """A hidden request of XC to him who asks U, and the movement found on it."""
        said = {"creditor": PAYEE, "receiver": act.who[:2], "uetr": "", "ring": False}
        sent = self._payment_sent("XC office", **said, amount=f"5000.{act.to:02d}")
        if not sent:
            return "", ""
        self._payment_step(act.who, sent["id"], "acknowledge")
        moved = self._payment_step(act.who, sent["id"], "move", amount="950.00", to={"account": AWAY})
        return sent["id"], moved["events"][-1]["facts"]["movement"] if moved else ""

    def payments_go_on(self, act: Act) -> None:
        """Shared: what U's bureau asked goes on. Hidden: who did it, the trace that a hold relies on, the
        other victim, the bank's message, and what becomes of a request that is a draft."""
        one, two = act.who, self._second_of(act.who)
        if self.world.name != "first":
            one, two = two, one
        for n, row in enumerate(r for r in self._payment_board(one, "open") if r["requester"] == self._ours):
            self._acts = 1000 * (n + 1)
            self._payment_further(one, two, row)

    def _payment_further(self, one: str, two: str, row: dict[str, Any]) -> None:
        id, state = row["id"], row["state"]
        if state == "delivered":
            self._payment_step(one, id, "acknowledge")
            self._payment_step(one, id, "pass", to="institution", name="A bank")
            trace = self._payment_trace_of(one, id)
            relied = {"trace": trace, "rule": "fifo"} if trace else {}
            self._acts = 1000 + self._acts // 1000 * 1000
            amount, half = row["amount"], f"{int(float(row['amount'])) // 2}.00"
            self._payment_step(one, id, "hold", amount=half, **HOLD, **relied)
            self._payment_step(one, id, "move", amount="100.00", to={"account": RUNG}, name="Velda Nominee")
            drafted = self._payment_follow(one, id)
            self._payment_step(one, id, "move", amount="50.00", to={"account": RUNG}, name="Velda Nominee")
            self._payment_follow(one, id, send=True)
            if drafted and self._hides():
                version = drafted["version"]
                self._ask(one, "DELETE", f"{ROOM}/requests/{drafted['id']}?version={version}")
            self._acts = 2000 + self._acts // 1000 * 1000
            assert amount
        elif state.startswith("held") and (holds := self._payment_opened(one, id).get("holds")):
            said = {"hold": holds[0]["id"], "reason": "error", "why": "Another account was meant"}
            self._payment_step(one, id, "release", amount="10.00", **said)
            version = self._payment_opened(two, id)["version"]
            self._payment_step(two, id, "release-confirm", version=version)
            self._payment_step(two, id, "ask", why="Which invoice was it?")
        elif state in ("hold-expired", "released"):
            self._payment_step(one, id, "return", amount="20.00", ref="RTR-1", reason="FOCR")

    def _payment_trace_of(self, who: str, intercept: str) -> str:
        """A trace that its bureau keeps to itself; its id is another one in each world."""
        for _ in range(2 if self._hides() else 1):
            file = self._ask(who, "POST", f"{ROOM}/transfers?name=a.csv", raw=table(*ROWS))
        said = {"seeds": [{"payment": 1}], "rules": ["fifo"], "intercept": intercept}
        made = self._ask(who, "POST", f"{ROOM}/traces", json={**said, "transfers": file.json.get("id", "")})
        return str(made.json["id"]) if made.status == 201 else ""

    def payment_rings(self, act: Act) -> None:
        """Shared: XC asks XD of accounts that U names too, and lets others know whom to contact: of one such
        request or of three."""
        for n in range(3 if self.world.name == "second" and self._conceals() else 1):
            said = {"uetr": "", "receiver": "XD", "amount": f"{70 + n}.{act.to:02d}", "creditor": RUNG_PAYEE}
            sent = self._payment_sent(act.who, **said, further_credit={"account": MULE})
            if sent:
                self._payment_step("XD office", sent["id"], "acknowledge")

    def payments_for_us(self, _act: Act) -> None:
        """Shared: a colleague of U approves and sends what U drafted, and confirms what U proposed."""
        who = self._colleague()
        for row in self._payment_board(who, "open"):
            if row["level"] != "official":
                continue  # U reads of his colleagues' acts in the journal: they keep off what he may not see
            seen = self._payment_opened(who, row["id"])
            if row["state"] == "draft" and row["requester"] == self._ours:
                self._payment_step(who, row["id"], "approve", version=seen["version"])
            elif row["state"] == "checked":
                self._payment_step(who, row["id"], "send", version=seen["version"])
            elif seen.get("release_waits"):
                self._payment_step(who, row["id"], "release-confirm", version=seen["version"])

    # --- behind them -------------------------------------------------------------------------------

    def _second_of(self, who: str) -> str:
        """The second person of a bureau."""
        return f"{who[:2]} {'chief' if who.endswith('office') else 'office'}"

    def _draft_payment(self, who: str, **said: Any) -> dict[str, Any]:
        made = self._ask(who, "POST", f"{ROOM}/requests", json=form(**said))
        return dict(made.json) if made.status == 201 else {}

    def _payment_sent(self, who: str, **said: Any) -> dict[str, Any]:
        drafted = self._draft_payment(who, **said)
        return self._send_payment(who, drafted) if drafted else {}

    def _send_payment(self, who: str, drafted: dict[str, Any]) -> dict[str, Any]:
        approved = self._payment_step(
            self._second_of(who), drafted["id"], "approve", version=drafted["version"]
        )
        if not approved:
            return {}
        return self._payment_step(who, drafted["id"], "send", version=approved["version"])

    def _payment_step(self, who: str, id: str, step: str, **said: Any) -> dict[str, Any]:
        path = f"{ROOM}/requests/{id}/steps"
        done = self._ask(who, "POST", path, json={"do": {"step": step, **said}})
        return dict(done.json) if done.status == 200 else {}

    def _payment_follow(self, who: str, id: str, send: bool = False) -> dict[str, Any]:
        """The request for the latest movement: drafted, and sent if so wanted."""
        moved = [e for e in self._payment_opened(who, id).get("events", ()) if e["did"] == "moved"]
        if not moved:
            return {}
        asked = {"movement": moved[-1]["facts"]["movement"]}
        made = self._ask(who, "POST", f"{ROOM}/requests/{id}/children", json=asked)
        if made.status != 201 or not send:
            return dict(made.json) if made.status == 201 else {}
        said = made.json["form"] | {"police_report": "7", "receiver": "XC"}
        said["creditor"] |= {"bank": "A bank"}
        change = {"version": made.json["version"], "form": said}
        kept = self._ask(who, "PUT", f"{ROOM}/requests/{made.json['id']}", json=change)
        return self._send_payment(who, kept.json) if kept.status == 200 else {}

    def _payment_opened(self, who: str, id: str) -> dict[str, Any]:
        answer = self._ask(who, "GET", f"{ROOM}/requests/{id}")
        return dict(answer.json) if answer.status == 200 else {}

    def _payment_board(self, who: str, which: str) -> list[dict[str, Any]]:
        answer = self._ask(who, "GET", f"{ROOM}/requests?which={which}&limit=200")
        rows: list[dict[str, Any]] = answer.json["intercepts"] if answer.status == 200 else []
        return sorted(rows, key=lambda row: row["reference"])

    def _payment_latest(self, who: str) -> str:
        """U's request to the bureau of him who acts, if there is one."""
        found = [row["id"] for row in self._payment_board(who, "all") if row["requester"] == self._ours]
        return found[0] if found else ""
