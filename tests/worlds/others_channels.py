"""What other bureaus say to each other, and to U's: messages, groups, experts, keys, rosters.

Each act is either one that U may not observe (it may differ between the worlds), or one that he may, which
is the same in both (`to_us`, `shared` in its name or its line). plans.py says for each why.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from entente.core.access import Level
from worlds.plans import Act, Plan, askers_of
from worlds.stage import BUREAUS, Answer

if TYPE_CHECKING:
    from worlds.pair import World

TEXT = "The van was seen at the harbour."
PARTNER = "XB"
"""The bureau that takes part in deconfliction where U's does: what it asks is the same in both worlds."""
ENDS = "2026-12-31"


class Office:
    """What acts are made of."""

    world: "World"
    _seed: str
    _now: Plan
    _shared: bool
    _ask: Callable[..., Answer]

    def _listed(self, who: str, path: str) -> list[dict[str, Any]]:
        """What an address lists; nothing for whoever may not ask (a bureau may be suspended)."""
        answer = self._ask(who, "GET", f"/api/v1{path}")
        found = answer.json if answer.status == 200 else []
        return list(found.get("messages", ()) if isinstance(found, dict) else found)

    @property
    def _ours(self) -> str:
        return self.world.plan.bureau

    def asks_freely(self, act: Act) -> bool:
        """Where U's bureau hears of others who ask, they ask the same in both worlds."""
        return self._shared or not self.world.plan.meets or act.who[:2] != PARTNER

    def _foreign(self, act: Act) -> str:
        """A bureau that is neither U's nor his who acts."""
        several = [c for c in BUREAUS if c not in (self._ours, act.who[:2])]
        return several[act.to % len(several)]

    def _cleared(self) -> bool:
        return askers_of(self._now)[0].clearance is Level.CONFIDENTIAL

    def _may_know_of_colleagues(self) -> bool:
        """Whether U reads his bureau's journal, or administers its people."""
        return self.world.plan.asker.split()[1] not in ("officer", "analyst", "contributor")

    def _ref(self, act: Act) -> str:
        """Some of them such as U uses too (L5)."""
        return f"ref-{act.to}" if act.to % 2 else self._seed.replace(" ", "_")


class Messages(Office):
    """Messages between other bureaus, and to U's."""

    def write(self, act: Act) -> None:
        """A request or an information to a bureau that is not U's."""
        self._send(act, [self._foreign(act)], "routine" if self._ours == "XZ" else "flash")

    def write_to_us(self, act: Act) -> None:
        """Shared: to U's bureau and another, which each answer for themselves."""
        self._send(act, [self._ours, self._foreign(act)], "priority" if self._ours == "XZ" else "flash")

    def whisper(self, act: Act) -> None:
        """To U's bureau, above his clearance."""
        if not self._cleared():
            self._send(act, [self._ours], "flash", level="confidential")

    def _send(self, act: Act, to: list[str], urgency: str, **said: Any) -> str:
        path = "/api/v1/messages"
        files = []
        if act.to % 2 == 0:
            up = self._ask(act.who, "POST", f"{path}/attachments?name=van.txt", raw=TEXT.encode())
            files = [up.json["id"]] if up.status == 201 else []
        ask = act.to % 4 != 1
        draft = {
            "to": to,
            "kind": "request" if ask else "information",
            "subject": act.text or "A van",
            "text": TEXT,
            "case": f"{act.who[:2]}-{act.to}",
            "urgency": urgency,
            "questions": ["Whose is it?", "Since when?"] if ask else [],
            "attachments": files,
            "ref": self._ref(act),
            **said,
        }
        answer = self._ask(act.who, "POST", path, json=draft)
        return str(answer.json.get("id", ""))

    def reply(self, act: Act) -> None:
        """Answer a request, in part, unless U's bureau asked (then in both worlds or none)."""
        for waiting in self._waiting(act):
            path = f"/api/v1/messages/{waiting['id']}"
            self._ask(act.who, "GET", path)
            given = {"question": 1 + act.to % 2, "how": "content", "text": "Of nobody."}
            later = {"question": 2 - act.to % 2, "how": "time", "until": "2026-01-20T12:00:00+00:00"}
            answers = [given, later] if act.to % 3 else [given]
            self._ask(act.who, "POST", f"{path}/answers", json={"answers": answers, "text": act.text})
            break

    def refuse_us(self, act: Act) -> None:
        """Shared: answer whatever U's bureau asked."""
        self.reply(act)

    def _waiting(self, act: Act) -> Iterator[dict[str, Any]]:
        for row in self._listed(act.who, "/messages/burning"):
            if (row["sender"] == self._ours) == self._shared:
                yield row

    def read(self, act: Act) -> None:
        """Open what others than U's bureau sent; look at the lists and pages."""
        for row in self._listed(act.who, "/messages?limit=4"):
            if row["sender"] != self._ours:
                self._ask(act.who, "GET", f"/messages/{row['id']}")
        for path in ("/messages", "/inbox", "/messages?words=van"):
            self._ask(act.who, "GET", path)

    def call_off(self, act: Act) -> None:
        """Cancel a request that U's bureau did not get."""
        for row in self._listed(act.who, "/messages?box=out&limit=20"):
            if self._ours not in row["to"] and row["state"] == "open":
                said = {"reason": "The van was found."}
                self._ask(act.who, "POST", f"/api/v1/messages/{row['id']}/cancellation", json=said)
                break

    def draft(self, act: Act) -> None:
        said = {"to": [self._foreign(act)], "subject": act.text, "text": TEXT}
        self._ask(act.who, "POST", "/api/v1/messages/drafts", json=said)

    def note(self, act: Act) -> None:
        """Take note of what waits in the inbox; who met U's bureau says so to it."""
        if not self.asks_freely(act):
            return
        inbox = self._ask(act.who, "GET", "/inbox").text
        for part in inbox.split('action="/alerts/')[1:3]:
            self._ask(act.who, "POST", f"/alerts/{part[:32]}/note", form=[])


class Directory(Messages):
    """Experts, working groups, duty desks, keys, suspension, webhooks."""

    def experts(self, _act: Act) -> None:
        """Shared: in every bureau somebody whom all may invite; U is one, where he is an officer."""
        plan = self.world.plan
        for code in BUREAUS:
            who = plan.asker if code == self._ours else f"{code} chief"
            if not who.endswith("machine"):
                officer = self.world.crew[who].id
                self._enter(f"{code} chief", who, {"to": "everyone"}, officer=officer)

    def enter(self, act: Act) -> None:
        """An expert whom U's bureau is not shown; another is changed, confirmed or removed."""
        to = {"to": "bureaus", "bureaus": [c for c in BUREAUS if c not in (self._ours, act.who[:2])][:2]}
        made = self._enter(act.who, act.text, to)
        for what, path in (("PATCH", ""), ("POST", "/confirm"), ("DELETE", ""))[act.to % 3 : act.to % 3 + 1]:
            said = {"json": {"unit": "Harbour"}} if what == "PATCH" else {}
            self._ask(act.who, what, f"/api/v1/experts/{made}{path}", **said)

    def _enter(self, who: str, name: str, audience: dict[str, Any], officer: str = "") -> str:
        said = {"name": name, "areas": ["documents"], "languages": ["fr"], "audience": audience}
        answer = self._ask(who, "POST", "/api/v1/experts", json={**said, "officer": officer or None})
        return str(answer.json.get("id", ""))

    def convene(self, act: Act) -> None:
        """A group of others, of the name of U's; one of another bureau joins, and both write in it."""
        self._group(act, f"{self._foreign(act)} chief")

    def convene_with_us(self, act: Act) -> None:
        """Shared: U is invited; a message waits for him in the group."""
        self._group(act, self.world.plan.asker, accept=False)

    def colleague(self, act: Act) -> None:
        """In U's own bureau: a group that he is not in, and what is above his clearance."""
        if self._may_know_of_colleagues():
            return
        mine = Act("", f"{self._ours} chief", act.text, act.to)
        group = self._group(mine, f"{self._foreign(mine)} chief")
        path = "/api/v1/messages/drafts"
        if group:
            said = {"group": group, "subject": "Among us", "text": TEXT}
            self._ask(mine.who, "POST", path, json=said)
        if not self._cleared():
            self._send(
                mine,
                [self._foreign(mine)],
                "flash",
                level="confidential",
                ref=f"{self._seed} c".replace(" ", "_"),
            )
            said = {"to": [self._foreign(mine)], "subject": "For few", "text": TEXT, "level": "confidential"}
            self._ask(mine.who, "POST", path, json=said)

    def _group(self, act: Act, guest: str, accept: bool = True) -> str:
        chief = f"{act.who[:2]} chief"
        form = {"name": "Harbour", "area": "documents", "purpose": act.text, "ends": ENDS}
        made = self._ask(chief, "POST", "/api/v1/groups", json=form)
        known = self._listed(chief, "/experts")
        entry = next((e["id"] for e in known if e["name"] == guest and e["invitable"]), None)
        if made.status != 201 or entry is None:
            return ""
        id = str(made.json["id"])
        self._ask(chief, "POST", f"/api/v1/groups/{id}/invite", json={"expert": entry})
        if accept:
            self._join(guest, f"Chief of {act.who[:2]}")
            said = {"group": id, "kind": "information", "subject": "Among us", "text": TEXT}
            ref = f"{self._seed} g".replace(" ", "_")
            self._ask(chief, "POST", "/api/v1/messages", json={**said, "ref": ref})
        return id

    def _join(self, guest: str, by: str) -> None:
        for invitation in self._listed(guest, "/invitations"):
            if invitation["by"] == by:
                self._ask(guest, "POST", f"/api/v1/invitations/{invitation['id']}/accept")

    def join_us(self, _act: Act) -> None:
        """Shared: whom U has invited comes."""
        mix = self.world.plan.asker.split()[1]
        for code in BUREAUS:
            if code != self._ours:
                self._join(f"{code} chief", f"{mix.title()} of {self._ours}")

    def write_in_group(self, act: Act) -> None:
        """Shared: a request in every group that U is a member of."""
        chief = f"{act.who[:2]} chief"
        for group in self._listed(chief, "/groups"):
            if self._ours in group["bureaus"] and len(group["bureaus"]) > 1:
                said = {"group": group["id"], "subject": "To the group", "questions": ["Who?"], "text": TEXT}
                self._ask(chief, "POST", "/api/v1/messages", json={**said, "ref": group["id"]})

    def rotate(self, act: Act) -> None:
        """Shared: a bureau's keys are public."""
        how = "anew" if act.to % 2 else "rotate"
        self._ask(f"{act.who[:2]} chief", "POST", "/api/v1/bureau-keys", json={"how": how})

    def roster(self, act: Act) -> None:
        """Shared: when a desk is there is public."""
        said = {"hours": "mon-fri 08:00-12:00", "phone": f"+999 {act.to}", "holidays": ["2026-01-16 Fair"]}
        self._ask(f"{act.who[:2]} chief", "PATCH", f"/api/v1/bureaus/{act.who[:2]}", json=said)

    def suspend(self, act: Act) -> None:
        """Shared: whose rights are suspended is public; of its records, nothing changes."""
        code = next(c for c in ("XD", "XC") if c != self._ours)
        said = {"suspended": act.to % 2 == 0, "reason": "As the assembly decided"}
        self._ask("XZ chief", "POST", f"/api/v1/bureaus/{code}/suspension", json=said)

    def hook(self, act: Act) -> None:
        """A bureau's own systems are told of everything."""
        from worlds.pair import HOOKS

        said = {"address": f"{HOOKS}/{act.who[:2]}/{act.to}", "events": ["message", "standing", "notice"]}
        made = self._ask(f"{act.who[:2]} chief", "POST", "/api/v1/webhooks", json=said)
        if made.status == 201 and act.to % 2:
            self._ask(f"{act.who[:2]} chief", "POST", f"/api/v1/webhooks/{made.json['webhook']['id']}/test")
