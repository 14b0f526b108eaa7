"""What other bureaus do between U's requests, over the same HTTP as he."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from entente.core.access import Decision, Handling
from worlds.others_cases import Cases
from worlds.others_files import Files
from worlds.others_trends import Trends
from worlds.plans import NUMBER, Act, Rec, outcome
from worlds.stage import Answer, Ask

if TYPE_CHECKING:
    from worlds.pair import World

NAMED_NOBODY = {"mode": "named", "bureaus": [], "hint": []}


PAUSES = 6
"""In a whole story."""


class Others(Cases, Trends, Files):
    """The other bureaus of one world. Each act draws ids of its own, so that U's stay the same."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self._acts = 0
        self._tightened: set[str] = set()
        self._now = world.plan
        self._shared = False

    def act(self, pause: int, varying: Sequence[Act]) -> None:
        """At each pause: some of the shared acts, a third of this world's own, then the house works."""
        self._shared = True
        for i, act in enumerate(self.world.plan.shared):
            if i % PAUSES == pause % PAUSES:
                self._do(act, f"shared {pause} {i}")
        self._shared = False
        self.world.work()
        for i, act in enumerate(varying):
            if i % 3 == pause % 3:
                self._do(act, f"{self.world.name} {pause} {i}")
        self.world.work()

    def _do(self, act: Act, seed: str) -> None:
        self._seed, self._acts = seed, 0
        getattr(self, act.what)(act)

    def _ask(self, who: str, method: str, path: str, **said: Any) -> Answer:
        self._acts += 1
        ask = Ask(method, path, **said)
        seed = f"others {self._seed} {self._acts}"
        answer = self.world.ask(self.world.crew[who], ask, seed)
        assert answer.status < 500, (method, path, answer.text)
        return answer

    # --- acts ----------------------------------------------------------------------------------

    def search(self, act: Act) -> None:
        if self.asks_freely(act):
            self._ask(act.who, "POST", "/api/v1/search", json={"text": act.text})

    def judge(self, act: Act) -> None:
        """Search, and say "same" of the first candidate that is neither one's own nor U's bureau's."""
        if not self.asks_freely(act):
            return
        path = "/api/v1/search"
        found = self._ask(act.who, "POST", path, json={"text": act.text}).json
        ours = (act.who[:2], self.world.plan.bureau)
        one = next((c["id"] for c in found.get("candidates", ()) if c["owner"] not in ours), None)
        if one:
            said = {"record": one, "verdict": "same", "text": "tattoo"}
            self._ask(act.who, "POST", f"{path}/{found['search']}/verdicts", json=said)

    def accuse(self, act: Act) -> None:
        """In both worlds: search, and say "same" of a record of U's bureau that U sees."""
        path = "/api/v1/search"
        found = self._ask(act.who, "POST", path, json={"text": act.text, "limit": 100}).json
        plan = self.world.plan
        his = [r for r in plan.records if r.owner == plan.bureau and outcome(plan, r) is Decision.FULL]
        ids = {self.world.id_of(r.owner, r.ref) for r in his}
        one = next((c["id"] for c in found.get("candidates", ()) if c["id"] in ids), None)
        if one:
            said = {"record": one, "verdict": "same", "urgent": True}
            self._ask(act.who, "POST", f"{path}/{found['search']}/verdicts", json=said)

    def open(self, act: Act) -> None:
        if record := self._record(act, {r.owner for r in self.world.plan.records} - {self.world.plan.bureau}):
            id = self.world.id_of(record.owner, record.ref)
            for path in ("", "/links", "/versions"):
                self._ask(act.who, "GET", f"/api/v1/records/{id}{path}")
            self._ask(act.who, "GET", f"/records/{id}")

    def answer(self, act: Act) -> None:
        """Confirm what waits in the inbox, unless U's bureau waits for it (then in both worlds or none)."""
        inbox = self._ask(act.who, "GET", "/api/v1/hits").json
        for hit in inbox.get("hits", ()):
            foreign = hit["asker"] != self.world.plan.bureau
            if hit["state"] == "open" and (foreign or self._shared):
                said = {"answer": "confirmed", "text": "it is he"}
                self._ask(act.who, "POST", f"/api/v1/hits/{hit['id']}/confirmation", json=said)

    def contribute(self, act: Act) -> None:
        """A new record that is nothing to U."""
        made = Rec(
            f"new {act.to}",
            act.who[:2],
            "Person",
            {"name": (act.text,)},
            Handling(NUMBER[act.who[:2]], see=0),
        )
        if outcome(self.world.plan, made) is Decision.NONE:
            draft = {
                "kind": "Person",
                "properties": {"name": [act.text]},
                "ref": made.ref,
                "handling": NAMED_NOBODY,
            }
            self._ask(act.who, "POST", "/api/v1/records", json=draft)

    def classify(self, act: Act) -> None:
        """A new record that everybody sees who is cleared, as U is not."""
        if not self._cleared() and self._conceals():
            handling = {"mode": "everyone", "level": "confidential"}
            draft = {"kind": "Person", "properties": {"name": [act.text]}, "handling": handling}
            self._ask(act.who, "POST", "/api/v1/records", json=draft)

    def correct(self, act: Act) -> None:
        """The owner corrects a record that is nothing to U, or no longer anything."""
        if record := self._record(act, {act.who[:2]}, hidden=True):
            path = f"/api/v1/records/{self.world.id_of(record.owner, record.ref)}"
            stands = self._ask(act.who, "GET", path)
            if stands.status == 200:
                properties = {**stands.json["properties"], "summary": ["secret since"]}
                change = {"version": stands.json["version"], "properties": properties}
                self._ask(act.who, "PUT", path, json=change)

    def withdraw(self, act: Act) -> None:
        record = self._record(act, {act.who[:2]}, hidden=True)
        if record and outcome(self.world.plan, record) is Decision.NONE:
            self._ask(act.who, "DELETE", f"/api/v1/records/{self.world.id_of(record.owner, record.ref)}")

    def tighten(self, act: Act) -> None:
        """In both worlds: the owner of a record that U sees keeps it for himself from now on."""
        record = self._record(act, {act.who[:2]}, wanted=Decision.FULL)
        if record and record.ref not in self._tightened:
            path = f"/api/v1/records/{self.world.id_of(record.owner, record.ref)}"
            stands = self._ask(act.who, "GET", path)
            if stands.status == 200:
                change = {"version": stands.json["version"], "handling": NAMED_NOBODY}
                assert self._ask(act.who, "PUT", f"{path}/handling", json=change).status == 200
                self._tightened.add(record.ref)

    def demote(self, _act: Act) -> None:
        """In both worlds: U loses his clearance and his compartments."""
        plan = self.world.plan
        chief, him = f"{plan.bureau} administrator", self.world.crew[plan.asker].id
        change = {"clearance": "official", "held": []}
        assert self._ask(chief, "PATCH", f"/api/v1/officers/{him}", json=change).status == 200
        self._now = replace(plan, asker=f"{plan.bureau} officer")

    def staff(self, act: Act) -> None:
        """The other bureau's administrator enrols somebody and issues a key."""
        chief = f"{act.who[:2]} chief"
        officer = {
            "name": act.text,
            "email": f"new{act.to}@{act.who[:2].lower()}.example",
            "roles": ["officer"],
        }
        self._ask(chief, "POST", "/api/v1/officers", json=officer)
        self._ask(chief, "POST", "/api/v1/keys", json={"name": act.text})

    def fail(self, act: Act) -> None:
        """Somebody fails to sign in, asks without a purpose, sends nonsense."""
        form = [("name", f"{act.who.split()[1]}@{act.who[:2].lower()}.example"), ("password", "wrong")]
        self._ask(act.who, "POST", "/sign-in", form=form)
        self._ask(act.who, "POST", "/api/v1/search", json={"text": act.text}, purpose="")
        self._ask(act.who, "POST", "/api/v1/search", json={"txet": act.text})

    def flood(self, act: Act) -> None:
        """More requests than one officer may make."""
        for _ in range(80):
            self._ask(act.who, "GET", "/api/v1/me")

    def rest(self, act: Act) -> None:
        """Nothing."""

    def work(self, _act: Act) -> None:
        self.world.work()

    def _record(
        self, act: Act, owners: set[str], hidden: bool = False, wanted: Decision | None = None
    ) -> Rec | None:
        plan = self.world.plan
        several = [r for r in plan.records if r.owner in owners and not r.ref.startswith("crowd")]
        if hidden:
            gone = self._tightened if "oversight" not in plan.purposes else ()
            several = [r for r in several if r.ref in gone or outcome(self._now, r) is Decision.NONE]
        if wanted is not None:
            several = [r for r in several if outcome(plan, r) is wanted]
        return several[act.to % len(several)] if several else None
