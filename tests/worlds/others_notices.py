"""What other bureaus have looked for while they sleep, and what they publish. See others_channels.py."""

from typing import Any

from worlds.others_channels import PARTNER, Directory
from worlds.plans import Act

FIELDS = {
    "facts": "He forged 40 passports and sold them.",
    "place": "Norport",
    "date": "2025-03-05",
    "charge": "Forgery of documents",
    "law": "Criminal Code, section 12",
    "maximum": "8",
    "warrant": "W-17/2025",
    "warrantDate": "2025-06-01",
    "authority": "Court of Norport",
}
BLUE = {"status": "suspect", "case": "C-4/2025"}


class Notices(Directory):
    """Standing queries, deconfliction, notices and diffusions."""

    def stand(self, act: Act) -> None:
        if self.asks_freely(act):
            made = self._ask(act.who, "POST", "/api/v1/standing", json={"text": act.text})
            if made.status == 201 and act.to % 4 == 0:
                self._ask(act.who, "DELETE", f"/api/v1/standing/{made.json['id']}")
            self._ask(act.who, "GET", "/api/v1/standing")

    def screen(self, act: Act) -> None:
        """A list, and what it found; nobody else's to know."""
        if self.asks_freely(act):
            said = {"raw": f"Name,Seat\n{act.text},1\nNobody Known,2\n".encode(), "purpose": "border"}
            made = self._ask(act.who, "POST", "/api/v1/screenings", **said)
            self.world.work()
            if made.status == 201:
                self._ask(act.who, "GET", f"/api/v1/screenings/{made.json['id']}/results")

    def ring_for_us(self, act: Act) -> None:
        """Shared: a record that U sees and that meets what he keeps; and one of which he is told the owner
        alone, in as many copies as the world likes."""
        seen = {"mode": "named", "bureaus": [self._ours]}
        hinted = {"mode": "named", "bureaus": [], "hint": [self._ours]}
        copies = 3 if self.world.name == "second" and self._conceals() else 1
        for handling, ref in ((seen, "seen"), *((hinted, f"hinted {i}") for i in range(copies))):
            draft = {
                "kind": "Person",
                "properties": {"name": [act.text], "profession": [ref]},
                "ref": f"{self._seed} {ref}",
                "handling": handling,
            }
            self._ask(act.who, "POST", "/api/v1/records", json=draft)

    def deconflict(self, act: Act) -> None:
        """Whether a bureau takes part: nobody else's to know, unless U's takes part too (then shared).

        Blind meetings are the secretariat's to know.
        """
        if self.world.plan.meets != self._shared:
            return
        modes = ("open",) if self._ours == "XZ" or self._shared else ("open", "blind", "off")
        said = {"mode": modes[act.to % len(modes)]}
        who = PARTNER if self._shared else act.who[:2]
        self._ask(f"{who} chief", "PUT", "/api/v1/deconfliction", json=said)

    def meet(self, act: Act) -> None:
        """Shared: the partner asks for what U asked for."""
        if self.world.plan.meets:
            self._ask(f"{PARTNER} office", "POST", "/api/v1/search", json={"text": act.text})

    # --- notices ---------------------------------------------------------------------------------

    def _conceals(self) -> bool:
        """Whether U is no reviewer who asks for oversight, and sees all there is."""
        return "oversight" not in self.world.plan.purposes

    def diffuse(self, act: Act) -> None:
        """A notice that does not reach U's bureau: on its way, or out, and then no more.

        In the secretariat, U reads what is in review or has been: there it stays on its way.
        """
        if not self._conceals() or not self.asks_freely(act):
            return  # a notice is screened for in its owner's name
        notice = self._drafted(act, "named", [self._foreign(act)], "blue")
        steps = 2 if self._ours == "XZ" else 5
        self._on(act, notice, (act.to % steps) + 1)

    def publish_to_all(self, act: Act) -> None:
        """Shared: a notice to everyone, published; of the next such act, suspended."""
        notice = self._drafted(act, "all", [], "red")
        self._on(act, notice, 4 + act.to % 2)

    def _drafted(self, act: Act, reach: str, bureaus: list[str], colour: str) -> dict[str, Any]:
        form = {
            "colour": colour,
            "reach": reach,
            "bureaus": bureaus,
            "fields": FIELDS if colour == "red" else BLUE,
            "attest": ["neutral", "ordinary", "extradition"] if colour == "red" else ["neutral"],
            "subject": {
                "kind": "Person",
                "properties": {
                    "name": [act.text or "Ivo Marenko"],
                    "birthDate": ["1971-03-05"],
                    "nationality": ["xa"],
                    "gender": ["male"],
                    "appearance": ["A scar over the left eye"],
                },
            },
        }
        made = self._ask(f"{act.who[:2]} contributor", "POST", "/api/v1/notices", json=form)
        kept: dict[str, Any] = made.json
        return kept if made.status == 201 else {}

    def _on(self, act: Act, notice: dict[str, Any], steps: int) -> None:
        """Submitted, checked, sent, published, suspended: so many of these."""
        code = act.who[:2]
        drafter, second = f"{code} contributor", f"{code} supervisor"
        ways: tuple[tuple[str, str, dict[str, Any]], ...] = (
            (drafter, "submit", {}),
            (second, "check", {"approve": True}),
            (drafter, "send", {}),
            ("XZ chief", "review", {"decision": "publish"}),
            (second, "suspend", {"why": "The warrant was withdrawn."}),
        )
        for who, step, said in ways[:steps]:
            if not notice:
                return
            notice = self._step(who, notice, step, said)

    def _step(self, who: str, notice: dict[str, Any], step: str, said: dict[str, Any]) -> dict[str, Any]:
        path = f"/api/v1/notices/{notice['id']}"
        if step == "review":
            notice = self._ask(who, "GET", path).json
            flags = notice.get("flags") or ()
            said = {**said, "answers": {f["id"]: "Looked at; it is no obstacle." for f in flags}}
        if "version" not in notice:
            return {}
        done = self._ask(who, "POST", f"{path}/{step}", json={"version": notice["version"], **said})
        return done.json if done.status == 200 else {}

    def check_ours(self, _act: Act) -> None:
        """Shared: a second officer of U's bureau checks what waits."""
        mix = "chief" if self.world.plan.asker.endswith("supervisor") else "supervisor"
        self._each(f"{self._ours} {mix}", "check", "check", {"approve": True})

    def review_ours(self, _act: Act) -> None:
        """Shared: the neutral review publishes what U's bureau sent."""
        self._each("XZ chief", "review", "review", {"decision": "publish"})

    def _each(self, who: str, which: str, step: str, said: dict[str, Any]) -> None:
        for row in self._listed(who, f"/notices?which={which}"):
            if row["owner"] == self._ours:
                stands = self._ask(who, "GET", f"/api/v1/notices/{row['id']}").json
                self._step(who, stands, step, said)

    def subscribe(self, act: Act) -> None:
        said = {"colours": ["red", "blue"][: 1 + act.to % 2]}
        self._ask(act.who, "PUT", "/api/v1/notices/subscriptions", json=said)
