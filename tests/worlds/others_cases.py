"""What other bureaus do with case studies and casebooks. See plans.py.

What is hidden from U names his own case's group, goods, judgment and evidence: what looks beyond his view
meets it. XB, XC and XD act; U is of another bureau.
"""

from typing import Any

from rooms.cased import Desk, claim, evidence, proceeding
from worlds.others_assessments import Assessments
from worlds.plans import Act
from worlds.stage import Answer, Crew

SHARED, TO_REVIEW = "The Harvest That Never Grew", "A Field Of Paper"
BOOK, OUR_BOOK, OUR_CASE = "Against false goods", "Ours of this year", "What Our Vault Held"
NOT_FOR_US = "Not for U"
PROTECTED = {"names": [{"name": "Lio Venn", "sort": "minor"}]}
WHY = "It was a mistake."
JUDGMENT = b"The court finds that the group laundered what the goods earned.\n"
FEW = "It is the first edition, and short."
REVIEWERS = {"XB": "XC", "XC": "XD", "XD": "XB"}
OVERTURNED = {
    "court": "Court of Appeal",
    "country": "xa",
    "stage": "appeal",
    "date": "2025-09-01",
    "overturns": 1,
    "outcomes": [{"defendant": "Ivo Marenko", "charge": "organised fraud", "verdict": "acquitted"}],
}


class Through:
    """A scene (rooms.scene) whose acts are those of others in a world."""

    def __init__(self, others: "Cases") -> None:
        self._others = others

    @property
    def crew(self) -> Crew:
        return self._others.world.crew

    def __call__(self, who: str, method: str, path: str, **said: Any) -> Answer:
        return self._others._ask(who, method, f"/api/v1{path}", **said)


class Cases(Assessments):
    """Acts on case studies and casebooks. An "office" and a "chief" are two persons."""

    _vault = ""

    # --- hidden ------------------------------------------------------------------------------------

    def hide_case(self, act: Act) -> None:
        """A case that U does not see: for another bureau, above his clearance, by what it rests on, or by a
        source that is gone. Every second one is admitted, the others wait for their review."""
        if not self._conceals():
            return
        who, to, way = act.who, REVIEWERS[act.who[:2]], act.to % 4
        above = way == 1 and not self._cleared()
        see = [to, *([self._ours] if (way == 2 or above) and self._is_police() else [])]
        said = {"see": see, "level": "restricted" if above else "official"}
        link = self._hidden_source(who, to) if way in (2, 3) else ""
        case = self._sent(who, to, link, **said)
        reference = f"/api/v1/cases/{case['id']}"
        if act.to // 4 % 2 == 0:
            self._decide(f"{to} office", case)
            if way == 2:
                self._object(f"{to} office", case["id"])
        if way == 0 and act.to:
            self._overturn(who, case["id"])
        if way == 3:
            self._ask(who, "DELETE", f"/api/v1/records/{link}")
        self._ask(who, "PUT", f"{reference}/protected", json=PROTECTED)
        self._ask(who, "GET", "/api/v1/cases/matrix")

    def hide_book(self, act: Act) -> None:
        """A casebook of others, published to others; every second one with an erratum, or withdrawn."""
        if not self._conceals():
            return
        who, to = act.who, REVIEWERS[act.who[:2]]
        case = self._sent(who, to, see=[to])
        self._decide(f"{to} office", case)
        self._clear(who, case["id"])
        book = self._published(who, NOT_FOR_US, [case["id"]], [to])
        copies = self._listed(f"{to} office", "/reports")
        for copy in [one for one in copies if one["title"] == NOT_FOR_US]:
            self._ask(f"{to} office", "GET", f"/api/v1/reports/{copy['id']}")
            said = {"verdict": "useful", "text": "Arrested"}
            self._ask(f"{to} office", "POST", f"/api/v1/reports/{copy['id']}/feedback", json=said)
        if act.to % 2:
            self._overturn(who, case["id"])
        elif act.to % 4 == 2:
            said = {"why": WHY}
            self._ask(who, "POST", f"/api/v1/casebooks/{book}/withdraw", json=said)

    def ask_cases(self, act: Act) -> None:
        """What others read."""
        for path in ("/cases", "/cases/across", "/casebooks", "/reports", "/assessments"):
            self._ask(act.who, "GET", f"/api/v1{path}")

    # --- shared ------------------------------------------------------------------------------------

    def case_to_us(self, act: Act) -> None:
        """Shared: an admitted case that U's bureau reads. Hidden of it: who wrote it, who else reads it, the
        names that it protects."""
        who = self._one_of(act.who)
        see = [*self._us(), *(["XD"] if self._hides() else [])]
        case = self._sent(who, "XC", title=SHARED, see=see, access="public")
        self._decide("XC office", case)
        self._clear(who, case["id"])
        if self._hides():
            self._ask(who, "PUT", f"/api/v1/cases/{case['id']}/protected", json=PROTECTED)

    def case_for_review(self, act: Act) -> None:
        """Shared: U's bureau is asked to review a case. Hidden of it: who wrote it."""
        if self._is_police():
            self._sent(self._one_of(act.who), self._ours, title=TO_REVIEW)

    def case_of_colleague(self, _act: Act) -> None:
        """Shared: a case of U's bureau that rests on a record of XB, which is XB's alone since. Hidden: which
        record it was."""
        if not self._is_police():
            return
        handling = {"mode": "named", "bureaus": [self._ours]}
        records = [self._kept_record("XB office", handling) for _ in range(2 if self._hides() else 1)]
        self._acts = 100
        who = self._colleague()
        case = self._at_cases().step(who, self._at_cases().proposed(who, title=OUR_CASE), "take_up")
        self._at_cases().add(who, case, "parties", {"name": "Velda Nominee", "link": records[-1]})
        change = {"version": 1, "handling": {"mode": "named", "bureaus": []}}
        for record in records:
            self._ask("XB office", "PUT", f"/api/v1/records/{record}/handling", json=change)
        self.world.work()

    def cases_for_us(self, act: Act) -> None:
        """Shared: what U's bureau sent for review is decided. Hidden: by whom."""
        who = self._one_of(act.who)
        for row in self._board(who, "which=review"):
            self._acts = 100 + self._acts // 100 * 100
            if row["owner"] == self._ours:
                case = self._case(who, row["id"])
                wanted = "accept" if act.to == 0 else "accept_with_change"
                self._decide(who, case, wanted, "" if act.to == 0 else "Shorter")
                self._object(who, row["id"])

    def cases_go_on(self, act: Act) -> None:
        """Shared: cases of that bureau which U sees: objections answered; one more claim, or a judgment that
        is overturned. Hidden: by whom."""
        who = self._one_of(act.who)
        for row in self._board(who, "which=mine"):
            self._acts = 1000 + self._acts // 1000 * 1000
            if row["title"] not in (SHARED, TO_REVIEW):
                continue
            case = self._case(who, row["id"])
            for one in case["objections"]:
                if not one["answer"]:
                    path, said = f"{row['id']}/objections/{one['number']}/answer", "So the judgment says."
                    version = self._case(who, row["id"])["version"]
                    self._ask(who, "POST", f"/api/v1/cases/{path}", json={"text": said, "version": version})
            if act.to == 0 and row["title"] == TO_REVIEW:
                self._at_cases().add(who, self._case(who, row["id"]), "claims", claim(object_crime="fraud"))
            elif act.to == 1:
                self._overturn(who, row["id"])

    def book_to_us(self, act: Act) -> None:
        """Shared: a casebook of that bureau, of the case that U sees, of which U's bureau gets a copy.
        Hidden: who wrote it."""
        who = self._one_of(act.who)
        rows = [row["id"] for row in self._board(who, "which=mine") if row["title"] == SHARED]
        to = [self._ours, "XC"]
        release = [] if self._is_police() else [self._ours]
        self._published(who, BOOK, rows[:1], to, release, access="public")

    def books_for_us(self, _act: Act) -> None:
        """Shared: a colleague of U clears and approves what he is asked to."""
        who = self._colleague()
        for row in self._board(who, "which=mine&state=accepted"):
            said = {"step": "clear", "version": row["version"]}
            self._ask(who, "POST", f"/api/v1/cases/{row['id']}/steps", json=said)
        for row in self._listed(who, "/casebooks"):
            if row["state"] == "review":
                seen = self._ask(who, "GET", f"/api/v1/casebooks/{row['id']}").json["seen"]
                said = {"seen": seen, "approve": True}
                self._ask(who, "POST", f"/api/v1/casebooks/{row['id']}/decide", json=said)

    def book_of_ours(self, act: Act) -> None:
        """Shared: a colleague of U publishes a casebook. Hidden from one who has neither his compartment nor
        his bureau's journal: a case in it, and that the judgment on that one is overturned."""
        if not self._is_police() or self._cleared():
            return
        who = f"{self._ours} chief"
        mine = self._sent(who, "XB", title=SHARED, see=["XB"])
        self._decide("XB office", mine)
        self._clear(who, mine["id"])
        chosen = [mine["id"]]
        self._acts = 1000
        self._vault = self._kept_away(who)  # U might have been told of it before it was
        if self._hides() and not self._may_know_of_colleagues():
            chosen = [self._vault, mine["id"]]
        self._acts = 2000
        self._published(who, OUR_BOOK, chosen, ["XB"], ["XB"])
        self._acts = 3000

    def book_of_ours_falls(self, _act: Act) -> None:
        """Of that casebook, what U does not see is wrong."""
        if self._vault:
            self._overturn(f"{self._ours} chief", self._vault)

    def _kept_away(self, who: str) -> str:
        """An admitted case whose source then goes into a compartment of its bureau."""
        handling = {"mode": "named", "bureaus": ["XB"]}
        source = self._kept_record(who, handling)
        case = self._sent(who, "XB", source, title=OUR_CASE, see=["XB"])
        self._decide("XB office", case)
        self._clear(who, case["id"])
        change = {"version": 1, "handling": {**handling, "need": [f"{self._ours}/file"]}}
        self._ask(who, "PUT", f"/api/v1/records/{source}/handling", json=change)
        self.world.work()
        return str(case["id"])

    # --- what they are made of -----------------------------------------------------------------------

    def _at_cases(self) -> Desk:
        return Desk(Through(self))  # type: ignore[arg-type]

    def _case(self, who: str, id: str) -> dict[str, Any]:
        return dict(self._ask(who, "GET", f"/api/v1/cases/{id}").json)

    def _board(self, who: str, which: str) -> list[dict[str, Any]]:
        answer = self._ask(who, "GET", f"/api/v1/cases?{which}&limit=200")
        rows: list[dict[str, Any]] = answer.json["cases"] if answer.status == 200 else []
        return sorted(rows, key=lambda row: row["reference"])

    def _sent(self, who: str, to: str, link: str = "", **said: Any) -> dict[str, Any]:
        """A whole case, sent to a bureau for review."""
        desk = self._at_cases()
        case = desk.step(who, desk.proposed(who, **said), "take_up")
        group = {"name": "The Norport group", "sort": "group", "roles": ["producer"]}
        case = desk.add(who, case, "parties", group)
        case = desk.add(who, case, "proceedings", proceeding())
        cited = evidence(sha256="", pages=0, access="public")
        case = desk.add(who, case, "evidence", cited)
        file = f"/api/v1/cases/{case['id']}/evidence/1/file?version={case['version']}"
        case = self._ask(who, "PUT", file, raw=JUDGMENT).json
        case = desk.add(who, case, "claims", claim())
        if link:
            case = desk.add(who, case, "parties", {"name": "Velda Nominee", "link": link})
        for item in ("1", "2", "3", "4", "5", "6", "7", "8a"):
            case = desk.ticked(who, case, item)
        case = desk.step(who, desk.finally_(who, case), "complete")
        return desk.step(who, case, "send", reviewer=to)

    def _decide(self, who: str, case: dict[str, Any], decision: str = "accept", text: str = "") -> Answer:
        return self._at_cases().decided(who, case, decision, text)

    def _clear(self, writer: str, id: str) -> None:
        """For publication, by the second person of his bureau."""
        boss = f"{writer[:2]} {'chief' if writer.endswith('office') else 'office'}"
        said = {"step": "clear", "version": self._case(boss, id).get("version", 1)}
        self._ask(boss, "POST", f"/api/v1/cases/{id}/steps", json=said)

    def _object(self, who: str, id: str) -> None:
        case = self._case(who, id)
        if case.get("may_object"):
            said = {"version": case["version"], "text": "The quantity is another one.", "claim": 1}
            self._ask(who, "POST", f"/api/v1/cases/{id}/objections", json=said)

    def _overturn(self, who: str, id: str) -> None:
        case = self._case(who, id)
        said = {"version": case.get("version", 1), "proceeding": OVERTURNED}
        self._ask(who, "POST", f"/api/v1/cases/{id}/proceedings", json=said)

    def _kept_record(self, who: str, handling: dict[str, Any]) -> str:
        draft = {"kind": "Person", "properties": {"name": ["Velda Nominee"]}, "handling": handling}
        return str(self._ask(who, "POST", "/api/v1/records", json=draft).json["id"])

    def _hidden_source(self, who: str, to: str) -> str:
        return self._kept_record(who, {"mode": "named", "bureaus": [to]})

    def _published(
        self,
        who: str,
        title: str,
        cases: list[str],
        to: list[str],
        release: list[str] | None = None,
        **said: Any,
    ) -> str:
        """A casebook written by one, approved by the second person of his bureau, and published."""
        boss = f"{who[:2]} {'chief' if who.endswith('office') else 'office'}"
        form = {
            "title": title,
            "cases": [{"case": id} for id in cases],
            "distribution": [{"bureau": one} for one in to],
            "count_why": FEW,
            **said,
        }
        book = self._ask(who, "POST", "/api/v1/casebooks", json=form).json
        address = f"/api/v1/casebooks/{book['id']}"
        if release:
            self._ask(boss, "POST", f"{address}/releases", json={"bureaus": release})
        asked = {"seen": book["seen"], "approver": self.world.crew[boss].id}
        self._ask(who, "POST", f"{address}/submit", json=asked)
        seen = self._ask(boss, "GET", address).json.get("seen", "")
        self._ask(boss, "POST", f"{address}/decide", json={"seen": seen, "approve": True})
        self._ask(boss, "POST", f"{address}/publish")
        return str(book["id"])
