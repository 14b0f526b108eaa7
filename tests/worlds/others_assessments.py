"""What other bureaus do with threat assessments: score blind, review, lock, publish. See plans.py."""

from typing import Any

from rooms.assessed import form, given, place
from worlds.others_biometrics import Biometrics
from worlds.plans import Act

ROOM = "/api/v1/assessments"
READ, HIDDEN = "Pesticide of this year", "Seed of this year"
SUMMARY = "The route through Norport carries most of it."
MIND = "A year without seizures at Norport, with the same controls."


class Assessments(Biometrics):
    """Acts on threat assessments. An "office" and a "chief" of a bureau are two persons."""

    def _is_police(self) -> bool:
        """Whether others may name U's bureau as a reader: a company never is."""
        return self._ours != "XP"

    def _us(self) -> list[str]:
        return [self._ours] if self._is_police() else []

    def _one_of(self, who: str) -> str:
        """Who of a bureau does a shared act: another person in each world."""
        first = self.world.name == "first" or not self._conceals()
        return who if first else f"{who[:2]} {'chief' if who.endswith('office') else 'office'}"

    # --- hidden ------------------------------------------------------------------------------------

    def hide_assessment(self, act: Act) -> None:
        """An assessment of others for others; a scheme of theirs, and an edition before that U's lacks."""
        if not self._conceals():
            return
        who = act.who
        places = [place(first="XB", second="XC", third="XD", reviewer="XD")]
        id = self._begun(who, HIDDEN, places)
        self._score("XB office", id, "xb", "first", 5)
        self._score("XC office", id, "xb", "second", 6 + act.to % 2)
        self._review("XD office", id, "xb")
        self._take_step(f"{who[:2]} {'chief' if who.endswith('office') else 'office'}", id, "lock")
        self._publish(who, id, "XC")
        indicators = [{"code": "supply", "name": "Supply"}]
        self._ask(who, "POST", f"{ROOM}/schemes", json={"name": HIDDEN, "indicators": indicators})

    def hide_scores(self, act: Act) -> None:
        """Scores that are written, of an assessment that U's bureau reads, and not handed in."""
        if not self._conceals():
            return
        for row in self._listed(act.who, "/assessments"):
            if row["owner"] == self._ours:
                continue  # whose journal tells who worked on it
            told = self._told(act.who, row["id"])
            for one in told["places"]:
                for seat in one["seats"]:
                    if seat["bureau"] == act.who[:2] and not seat["done"] and one["state"] == "blind":
                        many = [3 + act.to % 5, 8][: 1 + act.to % 2]
                        self._write(act.who, row["id"], one["code"], seat["seat"], given(supply=many[0]))

    # --- shared ------------------------------------------------------------------------------------

    def assessment_to_us(self, act: Act) -> None:
        """Shared: an assessment in which U's bureau scores and reviews, with a place of which it reads
        alone. Hidden of it: who began it, the edition before, by which scheme, what U's bureau may not see
        of evidence, and what is written so far."""
        who = self._one_of(act.who)
        reviewer = "XA" if self._ours == "XZ" else "XZ"
        us = self._ours if self._is_police() else "XB"
        places = [
            place("xb", first=us, second="XC", third="XD", reviewer=reviewer),
            place("xc", first="XC", second="XD", third="XB", reviewer=us, region="South"),
            place("xd", first="XC", second="XD", third="XB", reviewer="XB", region="South"),
        ]
        before = ""
        if self._hides():
            before = self._locked(who)
        self._acts = 100
        id = self._begun(who, READ, places, before=before)
        if not id:
            return
        for scorer, seat in (("XC office", "first"), ("XD office", "second")):
            self._score(scorer, id, "xc", seat, 5)
        self._acts = 200
        record = self._evidence(who)
        self._acts = 300
        self._score("XC office", id, "xd", "first", 5 if self._hides() else 4, record)
        self._score("XD office", id, "xd", "second", 5)
        self._acts = 400
        kept = {"version": 1, "handling": {"mode": "named", "bureaus": ["XC", "XD"]}}
        self._ask(who, "PUT", f"/api/v1/records/{record}/handling", json=kept)
        self._ask("XC office", "POST", f"{ROOM}/{id}/places/xb/seats", json={"seat": "second"})

    def assessments_go_on(self, act: Act) -> None:
        """Shared: what others do in the assessments that U reads: hand in, review, lock, publish. Hidden:
        what stood in a sheet before, and who locks it."""
        for code in ("XB", "XC", "XD", "XA", "XZ"):
            if code == self._ours:
                continue
            who = f"{code} office"
            for row in self._listed(who, "/assessments"):
                if row["title"] != HIDDEN:
                    self._further(who, row["id"], act.to)
        boss = self._one_of("XB office")
        for row in self._listed(boss, "/assessments"):
            self._acts = 3000 + self._acts // 1000 * 1000
            if row["title"] == READ and "lock" in self._told(boss, row["id"])["steps"]:
                self._take_step(boss, row["id"], "lock")

    def assessment_copy_to_us(self, act: Act) -> None:
        """Shared: a copy of one that is others' and rests on nothing. Hidden: who wrote it."""
        who = self._one_of(act.who)
        id = self._locked(who)
        self._acts = 100
        self._publish(who, id, self._ours)

    def colleagues_score(self, _act: Act) -> None:
        """Shared: a colleague of U takes the seat that U may not, and scores."""
        if self._is_police() and not self._scores():
            who = f"{self._ours} office"
            for row in self._listed(who, "/assessments"):
                if row["title"] == READ:
                    self._score(who, row["id"], "xb", "first", 6)
                    self._review(who, row["id"], "xc")

    def _scores(self) -> bool:
        return self.world.plan.asker.split()[1] in ("analyst", "supervisor", "office", "chief")

    # --- what they are made of -----------------------------------------------------------------------

    def _further(self, who: str, id: str, to: int) -> None:
        for one in self._told(who, id)["places"]:
            self._acts = 1000 + self._acts // 1000 * 1000
            for seat in one["seats"]:
                mine = seat["bureau"] == who[:2] and not seat["done"]
                wanted = seat["seat"] != "third" or one["state"] == "third"
                if mine and wanted and (to or seat["seat"] != "second"):
                    self._score(who, id, one["code"], seat["seat"], 5)
            self._acts = 1000 + self._acts // 1000 * 1000
            if one["reviewer"] == who[:2] and self._place(who, id, one["code"])["state"] == "scored":
                self._review(who, id, one["code"])

    def _told(self, who: str, id: str) -> dict[str, Any]:
        return dict(self._ask(who, "GET", f"{ROOM}/{id}").json)

    def _place(self, who: str, id: str, code: str) -> dict[str, Any]:
        return next(one for one in self._told(who, id)["places"] if one["code"] == code)

    def _begun(self, who: str, title: str, places: list[dict[str, Any]], **said: Any) -> str:
        made = self._ask(who, "POST", ROOM, json=form(title=title, places=places, **said))
        if made.status != 201:
            return ""
        self._take_step(who, made.json["id"], "open")
        return str(made.json["id"])

    def _locked(self, who: str) -> str:
        """An edition of XB's and XC's alone, locked."""
        id = self._begun(who, HIDDEN, [place("xb", first="XB", second="XC", third="", reviewer="XD")])
        self._score("XB office", id, "xb", "first", 5)
        self._score("XC office", id, "xb", "second", 6)
        self._review("XD office", id, "xb")
        self._take_step(who, id, "lock")
        return id

    def _evidence(self, who: str) -> str:
        draft = {
            "kind": "Person",
            "properties": {"name": ["Velda Nominee"]},
            "handling": {"mode": "named", "bureaus": ["XA", "XC", "XD", "XZ", *self._us()]},
        }
        draft["handling"]["bureaus"] = sorted(set(draft["handling"]["bureaus"]))  # type: ignore[index]
        return str(self._ask(who, "POST", "/api/v1/records", json=draft).json.get("id", ""))

    def _take_step(self, who: str, id: str, name: str) -> None:
        said = {"step": name, "version": self._told(who, id).get("version", 1), "text": ""}
        self._ask(who, "POST", f"{ROOM}/{id}/steps", json=said)

    def _score(self, who: str, id: str, code: str, seat: str, value: float, evidence: str = "") -> None:
        """Take the seat, score everything, hand it in."""
        scores = given(supply=value, demand=5 if evidence else value)
        if evidence:  # the score that rests on it is hidden with it
            scores[0]["evidence"] = [evidence]
        self._write(who, id, code, seat, scores, done=True)

    def _write(self, who: str, id: str, code: str, seat: str, scores: Any, done: bool = False) -> None:
        path = f"{ROOM}/{id}/places/{code}"
        self._ask(who, "POST", f"{path}/seats", json={"seat": seat})
        sheet = self._ask(who, "GET", f"{path}/scores?seat={seat}")
        if sheet.status == 200:
            said = {"seat": seat, "scores": scores, "version": sheet.json["version"], "done": done}
            self._ask(who, "PUT", f"{path}/scores", json=said)

    def _review(self, who: str, id: str, code: str) -> None:
        said = {"summary": SUMMARY, "mind": MIND, "version": self._told(who, id)["version"]}
        self._ask(who, "POST", f"{ROOM}/{id}/places/{code}/review", json=said)

    def _publish(self, who: str, id: str, to: str) -> None:
        """Prepared by one, decided by the second person of his bureau."""
        path = f"{ROOM}/{id}/publications"
        made = self._ask(who, "POST", path, json={"distribution": [{"bureau": to}]})
        if made.status == 201:
            boss = f"{who[:2]} {'chief' if who.endswith('office') else 'office'}"
            said = {"approve": True}
            self._ask(boss, "POST", f"{path}/{made.json[-1]['id']}/decide", json=said)
