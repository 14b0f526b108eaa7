"""What other bureaus and companies do in the trends room: seizures, effort, operations, lists of targets,
findings, companies' reports. See plans.py.

What is hidden from U has his own box, day, goods and place, or is far more than all that he sees.
"""

from typing import Any

from rooms.seized import BOX, seizure
from worlds.others_payments import Payments
from worlds.plans import Act

ROOM = "/api/v1/trends"
PHONE, DOMAIN = "+999 55 0100 22", "korn.example"
FOR_US = "Norport, quay 7"
"""Where seizures were made that others share with U's bureau."""
CARRIED = [{"kind": "container", "number": BOX}]
RAREST = [
    {"role": "origin", "country": "XD"},
    {"role": "transit", "country": "XA"},
    {"role": "intended_destination", "country": "XC", "mode": "air"},
]
"""A way that nobody else's goods went."""
FORMS: tuple[dict[str, Any], ...] = (
    {"conveyances": CARRIED},
    {"date": "2025-12-11", "route": RAREST, "concealment": ["false_compartment"]},
    {"date": "2025-12", "items": [{"what": "chlorpyrifos", "quantity": "9000000 kg"}], "country": "XA"},
    {"form": "total", "date": "2025", "items": [{"what": "cigarettes", "quantity": "700000 pieces"}]},
    {"event_kind": "inspection_nil", "items": []},
)
PARTIES = [
    {"role": "arrestee", "name": "Velda Nominee"},
    {"role": "consignee", "name": "Velda Nominee Ltd"},
]
OPERATION = {"since": "2025-11-01", "until": "2026-02-28", "countries": ["xb", "xa"]}
COMPANIES = ("XP", "XQ")


def report(*identifiers: tuple[str, str], **said: Any) -> dict[str, Any]:
    told = [{"sort": sort, "value": value} for sort, value in identifiers]
    return {"sector": "post", "date": "2026-01", "what": "Parcels", "identifiers": told, **said}


class Trends(Payments):
    """Acts in the trends room. An "office" and a "chief" are two persons."""

    # --- hidden ------------------------------------------------------------------------------------

    def hide_seizures(self, act: Act) -> None:
        """Seizures that are nothing to U, with persons; judged to be the same as what others see, U's too."""
        if not self._conceals():
            return
        handling, which = self._concealed(act), FORMS[act.to % len(FORMS)]
        many = [self._seized(act.who, handling=handling, **which) for _ in range(4 if act.to % 2 else 1)]
        kept = next((one for one in many if one), None)
        if kept is None:
            return
        path = f"{ROOM}/seizures/{kept['id']}"
        self._ask(act.who, "PUT", f"{path}/parties", json={"parties": PARTIES})
        for other in self._seizures(act.who)[:4]:
            said = {"other": other["id"], "verdict": "same"}
            self._ask(act.who, "POST", f"{path}/same", json=said)
        if act.to % 3 == 1:
            self._ask(act.who, "DELETE", f"{path}?version={kept['version']}")
        elif act.to % 3 == 2:
            change = {"version": kept["version"], "handling": self._concealed(act)}
            self._ask(act.who, "PUT", f"{path}/handling", json=change)

    def hide_effort(self, act: Act) -> None:
        """Checks of others; some taken back again."""
        if not self._conceals():
            return
        said = {"authority": "Customs", "country": "XB", "date": "2025-12", "checks": 90_000 + act.to}
        made = self._ask(act.who, "POST", f"{ROOM}/efforts", json={**said, "handling": self._concealed(act)})
        if act.to % 2 and made.status == 201:
            self._ask(act.who, "DELETE", f"{ROOM}/efforts/{made.json['id']}")
        factor = {"goods": "agro.pesticide", "from_unit": "LTR", "to_unit": "KGM", "factor": "7"}
        self._ask(act.who, "POST", f"{ROOM}/conversions", json={**factor, "source": "Measured"})

    def hide_operation(self, act: Act) -> None:
        """An operation of others, its list of targets, and what they find."""
        if self._conceals():
            members = [self._foreign(act)]
            self._operation(act, f"Quiet Harbour {act.to}", members)

    def hide_findings(self, act: Act) -> None:
        """What the machine finds for others, and what they make of it; what they count."""
        self._ask(act.who, "POST", f"{ROOM}/findings")
        self._take_up(act.who)
        for path in ("flows", "series?by=goods", "surges", "export/flows", "records"):
            self._ask(act.who, "GET", f"{ROOM}/figures/{path}")

    def hide_reports(self, act: Act) -> None:
        """A company of another industry tells of U's numbers; the desk works on the case, and tells nobody.

        Where U is of the desk, what is told meets nothing.
        """
        if not self.world.plan.partners or self._ours == "XQ":
            return
        numbers = [("phone", f"+999 66 0{act.to:06d}")] if self._ours == "XZ" else self._numbers()
        told = report(*numbers, sector="banking", what=f"Hidden {act.to}")
        made = self._ask("XQ office", "POST", f"{ROOM}/reports", json=told)
        if act.to % 4 == 2 and made.status == 201:
            self._ask("XQ office", "DELETE", f"{ROOM}/reports/{made.json['id']}?version=1")
        if self._ours != "XZ":
            for case in self._cases():
                self._desk(case, "take")

    # --- shared ------------------------------------------------------------------------------------

    def seizures_to_us(self, act: Act) -> None:
        """Shared: seizures that U's bureau sees. Hidden of them: their persons, and who else sees them."""
        if self._ours in COMPANIES:
            return
        others = [self._foreign(act)] if self._hides() else []
        for n, which in enumerate((FORMS[0], {"date": "2026-01-11"}, FORMS[1])):
            self._acts = 100 * (n + 1)
            handling = {"mode": "named", "bureaus": [self._ours, *others]}
            items = [{"what": "chlorpyrifos", "quantity": f"{1200 + n + act.to} kg", "state": "counterfeit"}]
            kept = self._seized(act.who, handling=handling, place=FOR_US, **{"items": items, **which})
            if kept and self._hides():
                path = f"{ROOM}/seizures/{kept['id']}/parties"
                self._ask(act.who, "PUT", path, json={"parties": PARTIES, "remarks": "Hidden"})

    def seizures_go_on(self, act: Act) -> None:
        """Shared: the first is corrected, the second taken back."""
        mine = [row for row in self._seizures(act.who, "&which=mine") if row["place"] == FOR_US]
        for n, row in enumerate(sorted(mine, key=lambda r: (r["date"], r["quantity"], r["id"]))):
            self._acts = 100 * (n + 1)
            path = f"{ROOM}/seizures/{row['id']}"
            stands = self._ask(act.who, "GET", path).json
            if n % 3 == 0:
                said = {**seizure(place=FOR_US, conveyances=CARRIED), "lab": "38 % active"}
                self._ask(act.who, "PUT", path, json={**said, "version": stands["version"]})
            elif n % 3 == 1:
                change = {"version": stands["version"], "handling": {"mode": "named", "bureaus": []}}
                self._ask(act.who, "PUT", f"{path}/handling", json=change)

    def judge_for_us(self, act: Act) -> None:
        """Shared: another bureau judges that one of its own, and one of U's bureau, are or are not one."""
        rows = self._seizures(act.who, "&limit=200")
        mine = sorted(r["id"] for r in rows if r["owner"] == act.who[:2] and r["place"] == FOR_US)
        ours = sorted(r["id"] for r in rows if r["owner"] == self._ours)
        self._acts = 100
        for one, other in zip(mine, ours[act.to :], strict=False):
            said = {"other": other, "verdict": ("same", "not-same")[act.to % 2], "why": "One box"}
            self._ask(act.who, "POST", f"{ROOM}/seizures/{one}/same", json=said)

    def effort_to_us(self, act: Act) -> None:
        """Shared: what others checked."""
        if self._ours not in COMPANIES:
            said = {"authority": "Port", "country": "XB", "date": f"2025-{act.to + 1:02d}", "checks": 400}
            handling = {"mode": "named", "bureaus": [self._ours]}
            self._ask(act.who, "POST", f"{ROOM}/efforts", json={**said, "handling": handling})

    def operation_to_us(self, act: Act) -> None:
        """Shared: an operation in which U's bureau takes part, and its list. Hidden: what others found.

        No third bureau takes part: the list rests on what all its members see, and who else sees what U does
        is hidden from him.
        """
        if self._ours not in COMPANIES:
            self._operation(act, f"Open Harbour {act.to}", [self._ours], self._hides())

    def trends_for_us(self, act: Act) -> None:
        """Shared: a colleague of U approves his lists and begins them; makes one; takes up a finding."""
        who = self._colleague()
        listed = self._ask(who, "GET", f"{ROOM}/targets?limit=200")
        rows = listed.json["lists"] if listed.status == 200 else []
        for n, row in enumerate(sorted((r for r in rows if r["mine"]), key=lambda r: (r["at"], r["id"]))):
            self._acts = 100 * (n + 1)
            self._move_list(who, row["id"], "approved" if row["state"] == "proposed" else "on_site")
        self._acts = 5000
        self._ask(who, "POST", f"{ROOM}/targets", json={"name": f"A colleague's {act.to}", "targets": 5})
        self._ask(who, "POST", f"{ROOM}/findings")
        self._take_up(who)

    def reports_to_us(self, act: Act) -> None:
        """Shared: a company tells of U's numbers, or, where U is of the desk, two do. Hidden: what it tells,
        and how many times."""
        if not self.world.plan.partners:
            return
        if self._ours == "XZ":
            self._ask("XP office", "POST", f"{ROOM}/reports", json=report(("phone", PHONE)))
        hides = self._hides() and self._ours != "XZ"
        for n in range(3 if hides else 1):
            what = f"Accounts {n}" if hides else "Accounts"
            told = report(*self._numbers(), sector="banking", what=what)
            self._ask("XQ office", "POST", f"{ROOM}/reports", json=told)
        assert act.to >= 0

    def desk_goes_on(self, _act: Act) -> None:
        """Shared: two of the desk tell both sides of a case, then ask them; the company agrees."""
        if not self.world.plan.partners or self._ours == "XZ":
            return
        for n, case in enumerate(self._cases()):
            self._acts = 100 * (n + 1)
            if case["state"] == "notified":
                self._desk(case, "ask")
            elif proposed := self._desk(case, "propose"):
                self._desk(proposed, "release", "XZ chief")
        self._acts = 5000
        listed = self._ask("XQ office", "GET", f"{ROOM}/reports?limit=200").json
        for row in listed["reports"] if isinstance(listed, dict) else ():
            if row["cases"]:
                path = f"{ROOM}/reports/{row['id']}"
                for told in self._ask("XQ office", "GET", path).json["told"]:
                    said = {"case": told["case"], "answer": "yes"}
                    self._ask("XQ office", "POST", f"{path}/consent", json=said)

    # --- behind them -------------------------------------------------------------------------------

    def _numbers(self) -> list[tuple[str, str]]:
        """The identifiers by which companies meet U: his report's, or his offered seizure's."""
        return [("phone", PHONE)] if self._ours in (*COMPANIES, "XZ") else [("container", BOX)]

    def _seized(self, who: str, **said: Any) -> dict[str, Any]:
        made = self._ask(who, "POST", f"{ROOM}/seizures", json=seizure(**said))
        return dict(made.json) if made.status == 201 else {}

    def _seizures(self, who: str, words: str = "") -> list[dict[str, Any]]:
        answer = self._ask(who, "GET", f"{ROOM}/seizures?{words.removeprefix('&')}", purpose="analysis")
        rows: list[dict[str, Any]] = answer.json["seizures"] if answer.status == 200 else []
        return rows

    def _operation(self, act: Act, name: str, members: list[str], report_too: bool = True) -> None:
        """Planned, begun, with a list that two persons made and that is being checked."""
        who, second = act.who, self._second_of(act.who)
        said = {**OPERATION, "name": name, "members": members}
        plan = self._ask(who, "POST", f"{ROOM}/operations", json=said)
        if plan.status != 201:
            return
        id = plan.json["id"]
        self._ask(who, "POST", f"{ROOM}/operations/{id}/steps", json={"version": 1, "to": "running"})
        asked = {"name": name, "operation": id, "shared": True, "targets": 6, "control": 2}
        made = self._ask(who, "POST", f"{ROOM}/targets", json=asked, purpose="analysis")
        if made.status != 201:
            return
        for to in ("approved", "on_site"):
            self._move_list(second, made.json["id"], to)
        others = [f"{code} office" for code in members if code != self._ours]
        for bureau in (who, *others) if report_too else ():
            found = {"target": 1 + act.to % 3, "result": "hit", "note": "Hidden"}
            self._ask(bureau, "POST", f"{ROOM}/targets/{made.json['id']}/results", json=found)

    def _move_list(self, who: str, id: str, to: str) -> None:
        stands = self._ask(who, "GET", f"{ROOM}/targets/{id}")
        if stands.status == 200 and to in stands.json["next"]:
            step = {"version": stands.json["version"], "to": to}
            self._ask(who, "POST", f"{ROOM}/targets/{id}/steps", json=step)

    def _take_up(self, who: str) -> None:
        found = self._ask(who, "GET", f"{ROOM}/findings?state=new")
        rows = found.json["findings"] if found.status == 200 else []
        for row in sorted(rows, key=lambda r: (r["sort"], r["id"]))[:1]:
            step = {"version": row["version"], "to": "under_review"}
            self._ask(who, "POST", f"{ROOM}/findings/{row['id']}/steps", json=step)

    def _cases(self) -> list[dict[str, Any]]:
        """Cases of U's bureau at the desk."""
        rows = [
            row
            for which in ("waiting", "other")
            for row in self._ask("XZ office", "GET", f"{ROOM}/referrals?which={which}").json["cases"]
        ]
        opened = [self._ask("XZ office", "GET", f"{ROOM}/referrals/{row['id']}").json for row in rows]
        ours = [one for one in opened if self._ours in {side["bureau"] for side in one["sides"]}]
        return sorted(ours, key=lambda one: str(one["case"]))

    def _desk(self, case: dict[str, Any], step: str, who: str = "XZ office") -> dict[str, Any]:
        said = {"version": case["version"], "step": step}
        done = self._ask(who, "POST", f"{ROOM}/referrals/{case['id']}/steps", json=said)
        return dict(done.json) if done.status == 200 else {}
