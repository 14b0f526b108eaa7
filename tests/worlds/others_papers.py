"""What other bureaus keep in the papers room: versions of documents, alerts, what is lost. See plans.py."""

from typing import Any

from worlds.drawing import PASSPORTS
from worlds.others_notices import Notices
from worlds.plans import Act

CODE, HIDDEN_CODE, OUR_CODE = "UTO-AO-01001", "UTO-AO-02001", "UTO-AO-03001"
"""Identifiers of the version that U sees, of one that he does not see, and of his own bureau's."""
LINES = ["P<UTOMARENKO<<IVO<<<<<<<<<<<<<<<<<<<<<<<<<<<", "U12345678<UTO7103055M3204153<<<<<<<<<<<<<<<0"]
PICTURE = b"\x89PNG\r\n\x1a\n a page"
PAPER: dict[str, Any] = {
    "title": "Passport of Utopia",
    "width": 125,
    "height": 88,
    "content": {
        "pages": [{"kind": "data"}],
        "features": [{"page": 0, "term": "watermark"}],
        "patterns": [{"pattern": '"U"9{7}'}],
    },
}
FALSE: dict[str, Any] = {
    "title": "No watermark",
    "sort": "counterfeit",
    "country": "UTO",
    "code": CODE,
    "route": "Norport",
    "content": {"about": "It has no watermark.", "serials": ["U1234567"]},
}
EVERYONE = {"mode": "everyone"}


class Papers(Notices):
    """Acts in the papers room. An "office" writes, his chief reviews."""

    def describe(self, act: Act) -> None:
        """A version that U's bureau does not see: a draft, in review, published to another, withdrawn."""
        if self._conceals():
            form = {**PAPER, "code": HIDDEN_CODE, "handling": self._hidden(act)}
            self._paper(act.who[:2], "versions", form, act.to % 5)

    def warn(self, act: Act) -> None:
        """An alert, of a document that U sees, on the same ways."""
        if self._conceals():
            code = HIDDEN_CODE if act.to % 3 == 2 else CODE
            form = {**FALSE, "title": act.text or "Hidden", "code": code, "handling": self._hidden(act)}
            self._paper(act.who[:2], "alerts", form, act.to % 5)

    def redraft(self, act: Act) -> None:
        """The next edition of a version that U sees, as yet unpublished."""
        if not self._conceals():
            return
        for row in self._rows(act.who[:2], "versions", CODE):
            if row["state"] == "published":
                path = f"/api/v1/papers/versions/{row['id']}/revise"
                made = self._ask(f"{act.who[:2]} office", "POST", path)
                if made.status == 201:
                    self._on_its_way(act.who[:2], "versions", made.json, act.to % 2)

    def heed(self, act: Act) -> None:
        """What a bureau is told of; nobody else's to know."""
        said = ({"every": True}, {"countries": ["UTO"], "routes": ["Norport"]}, {})[act.to % 3]
        self._ask(act.who, "PUT", "/api/v1/papers/subscription", json=said)

    def lose(self, act: Act) -> None:
        """A permit is stolen, which U's bureau is not told; then it is found, or taken back."""
        if self._conceals():
            form = {"number": PASSPORTS[act.to % 2], "type": "residence-permit", "status": "stolen"}
            self._lost(act, "/api/v1/papers/lost", form)

    def lose_blanks(self, act: Act) -> None:
        """A range of blanks of the numbers that U's bureau takes for its own."""
        if self._conceals():
            self._lost(act, "/api/v1/papers/lost/ranges", {"first": "XA0000010", "last": "XA0000900"})

    def _lost(self, act: Act, path: str, form: dict[str, Any]) -> None:
        who = f"{act.who[:2]} office"
        made = self._ask(who, "POST", path, json={**form, "handling": self._hidden(act)})
        if made.status == 201 and act.to % 3 == 1:
            change = {"status": "recovered", "version": made.json["version"]}
            self._ask(who, "PUT", f"{path}/{made.json['id']}", json=change)
        if made.status == 201 and act.to % 3 == 2:
            self._ask(who, "DELETE", f"{path}/{made.json['id']}")

    def look_up(self, act: Act) -> None:
        if self.asks_freely(act):
            asked = {"documents": [{"number": n} for n in (*PASSPORTS, "XB1000001")]}
            self._ask(act.who, "POST", "/api/v1/papers/lost/check", json=asked)

    def examine(self, act: Act) -> None:
        """Another bureau checks a document: its alone, whatever comes of it."""
        if not self.asks_freely(act):
            return
        made = self._ask(act.who, "POST", "/api/v1/papers/checks", json={"lines": LINES})
        if made.status == 201 and act.to % 2:
            said = {"seen": made.json["seen"], "verdict": "false", "why": "The paper feels thin."}
            self._ask(act.who, "POST", f"/api/v1/papers/checks/{made.json['id']}/verdict", json=said)

    # --- shared ------------------------------------------------------------------------------------

    def describe_to_us(self, act: Act) -> None:
        """Shared: a version that everybody sees, and two alerts of it."""
        code = act.who[:2]
        self._paper(code, "versions", {**PAPER, "code": CODE, "handling": EVERYONE}, 2)
        for title in ("No watermark", "No thread"):
            self._paper(code, "alerts", {**FALSE, "title": title, "handling": EVERYONE}, 2)

    def withdraw_from_us(self, act: Act) -> None:
        """Shared: what everybody saw is withdrawn; of every second act, the alerts alone."""
        code = act.who[:2]
        for sort in ("alerts", "versions")[: 1 + act.to % 2]:
            for row in self._rows(code, sort, CODE):
                if row["state"] == "published" and row["title"] in (PAPER["title"], FALSE["title"]):
                    self._withdraw(code, sort, row["id"])

    def papers_for_us(self, _act: Act) -> None:
        """Shared: a colleague of U has written a version and two alerts, which wait for a second person."""
        writer = self._colleague()
        forms = (("versions", PAPER), ("alerts", FALSE), ("alerts", {**FALSE, "title": "A forged stamp"}))
        for sort, form in forms:
            said = {**form, "code": OUR_CODE, "handling": EVERYONE}
            self._paper(self._ours, sort, said, 1, writer)

    def lose_to_us(self, act: Act) -> None:
        """Shared: stolen passports and blanks of which everybody is told; of some, the owner alone, in as
        many copies as the world likes."""
        who = f"{act.who[:2]} office"
        path = "/api/v1/papers/lost"
        stolen = {"number": PASSPORTS[0], "status": "stolen", "handling": EVERYONE}
        self._ask(who, "POST", path, json=stolen)
        blanks = {"first": "XB1000000", "last": "XB1000999", "handling": EVERYONE}
        self._ask(who, "POST", f"{path}/ranges", json=blanks)
        hinted = {"mode": "named", "bureaus": [], "hint": [self._ours]}
        copies = 2 if self.world.name == "second" and self._conceals() else 1
        for sort in ("visa", "passport")[:copies]:
            said = {"number": "XB7654321", "status": "lost", "type": sort, "handling": hinted}
            self._ask(who, "POST", path, json=said)

    # --- behind them -------------------------------------------------------------------------------

    def _hidden(self, act: Act) -> dict[str, Any]:
        """For another bureau; or for everyone, and above U's clearance."""
        if act.to % 2 and not self._cleared():
            return {**EVERYONE, "level": "confidential"}
        return {"mode": "named", "bureaus": [self._foreign(act)]}

    def _colleague(self) -> str:
        return f"{self._ours} {'office' if self.world.plan.asker.endswith('chief') else 'chief'}"

    def _rows(self, code: str, sort: str, of: str) -> list[dict[str, Any]]:
        rows = self._listed(f"{code} office", f"/papers/{sort}?which=mine&limit=200")
        return [row for row in rows if row["code"] == of]

    def _paper(self, code: str, sort: str, form: dict[str, Any], steps: int, writer: str = "") -> None:
        who = writer or f"{code} office"
        made = self._ask(who, "POST", f"/api/v1/papers/{sort}", json=form)
        if made.status != 201:
            return
        path = f"/api/v1/papers/{sort}/{made.json['id']}"
        sent = self._ask(who, "PUT", f"/api/v1/papers/pictures/{made.json['id']}", raw=PICTURE)
        if sent.status != 200:
            return
        content = dict(form["content"])
        if sort == "versions":
            content["pages"] = [{"kind": "data", "pictures": [{"px_per_mm": 10, "blob": sent.json["blob"]}]}]
        else:
            content["blob"] = sent.json["blob"]
        kept = self._ask(who, "PUT", path, json={**form, "content": content, "seen": made.json["seen"]})
        if kept.status == 200:
            self._on_its_way(code, sort, kept.json, steps, who)

    def _on_its_way(self, code: str, sort: str, paper: dict[str, Any], steps: int, writer: str = "") -> None:
        """Steps: a draft, sent to review, published, withdrawn; 4: thrown away."""
        path = f"/api/v1/papers/{sort}/{paper['id']}"
        who, seen = writer or f"{code} office", paper["seen"]
        if steps == 4:
            self._ask(who, "DELETE", path)
            return
        if steps >= 1:
            self._ask(who, "POST", f"{path}/submit", json={"seen": seen})
        if steps >= 2:
            self._ask(f"{code} chief", "POST", f"{path}/review", json={"seen": seen, "approve": True})
        if steps >= 3:
            self._withdraw(code, sort, paper["id"])

    def _withdraw(self, code: str, sort: str, id: str) -> None:
        why = {"why": "It was wrong from the start."}
        self._ask(f"{code} chief", "POST", f"/api/v1/papers/{sort}/{id}/withdraw", json=why)
