"""What other bureaus keep, ask and judge in the room of biometrics. See plans.py.

All of it over the API, by officers of every role ("office", "chief"); prints are strewn minutiae, sent as
records. What is hidden from U is nearer to what he asks and has than anything that he sees.
"""

from datetime import timedelta
from functools import lru_cache
from typing import Any

from entente.core.access import Handling
from entente.core.things import Thing
from entente.match.prints import Print
from entente.rooms.biometrics import enrolling
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.samples import Read, body_of
from entente.rooms.records import HandlingForm
from rooms.biometric_scene import again, file_of, finger, mark, read, seated
from worlds.others_papers import EVERYONE
from worlds.others_series import Images
from worlds.plans import NUMBER, Act
from worlds.stand_ins import face_of

ROOM = "/api/v1/biometrics"
NAMES = ("asked", "ours", "loose", "shy", "nobody", "ours too")
"""Persons of these worlds: U asks for the first, has the second, and what else is seen."""
SEEN, OTHER, LATER = "Ivo Marenko", "Iva Marenka", "Mira Halvorsen"
"""Titles of sets of XB (the first) and XC that U sees."""


@lru_cache
def hand(name: str) -> tuple[Print, Print]:
    """Two fingers of a person."""
    n = NAMES.index(name) * 10
    return finger(n, 2, 20), finger(n + 1, 7, 20)


@lru_cache
def taken(name: str, time: int) -> tuple[Print, ...]:
    """The same fingers another time; 0: the very ones that U asks with."""
    return tuple(again(one, time) for one in hand(name))


@lru_cache
def left(name: str, time: int) -> Print:
    """A mark that the first of them left."""
    return mark(hand(name)[0], time)


def files(*prints: Print) -> list[dict[str, Any]]:
    return [file_of(one) for one in prints]


def values(samples: list[Read], sort: str = "person", title: str = "") -> dict[str, tuple[str, ...]]:
    """A set as it is kept, for records of a plan."""
    body = body_of(samples, sort == "mark", [""] * len(samples))
    said = {"sort": sort, "title": title, **body}
    return {k: tuple(v) if isinstance(v, list) else (v,) for k, v in said.items() if v}


class Biometrics(Images):
    """Acts in the room of biometrics."""

    # --- hidden ------------------------------------------------------------------------------------

    def hide_sets(self, act: Act) -> None:
        """Sets and marks of whoever U asks for and has, hidden, and nearer than what he sees."""
        if self._conceals():
            handling = self._concealed(act)
            for name in ("asked", "ours", "loose")[act.to % 2 :]:
                self._enrol(act.who, taken(name, 0), handling, f"Hidden {name}")
            for name in ("asked", "ours"):
                self._enrol(act.who, (left(name, act.to + 3),), handling, f"Hidden mark {name}", sort="mark")

    def hide_faces(self, act: Act) -> None:
        """Hidden sets of a face, nearer than what U sees."""
        if self._conceals():
            form = HandlingForm.model_validate(self._concealed(act))
            for name in ("asked", "ours"):
                self._at_desk(act.who, [face_of(name.encode())], form, f"Hidden face {name}")

    def flood_sets(self, act: Act) -> None:
        """More hidden faces of whom U asks than the galleries propose at once: of one record of a person, so
        that nobody has the task to compare them."""
        if not self._conceals():
            return
        code, clean = act.who[:2], self.world.house.model.clean
        face = {**values([face_of(b"asked")]), "person": ("f" * 32,)}
        things = [
            Thing(
                id=self.world.id_of(code, f"flood {n}"),
                kind="BiometricSet",
                handling=Handling(NUMBER[code], see=0),
                body=clean("BiometricSet", face),
                expires=self.world.clock().date() + timedelta(days=100),
            )
            for n in range(110)
        ]
        with self._sitting(act.who) as desk:
            desk.as_house().keep_many(things)

    def judge_sets(self, act: Act) -> None:
        """XC and XB search and judge each other's sets, twice, and what their enrolments met."""
        if not self._conceals():
            return
        who, second = act.who, f"{act.who[:2]} chief"
        given = files(*taken(("asked", "loose")[act.to % 2], 0))
        found = self._post(who, "/search", {"files": given})
        for one in found.json["candidates"] if found.status == 200 else ():
            if one["owner"] not in (act.who[:2], self._ours):
                path = f"/searches/{found.json['search']}/candidates/{one['set']}/verdict"
                said = {"verdict": "hit", "text": "Nine points"}
                made = self._post(who, path, said)
                if made.status == 201:
                    self._second(second, made.json["id"], given)
        for comparison in self._compared(who, "new"):
            if comparison["how"] == "contact":
                self._post(who, f"/comparisons/{comparison['id']}/note", None)
            elif comparison["owner"] != self._ours:
                self._post(who, f"/comparisons/{comparison['id']}/verdict", {"verdict": "hit"})
                self._second(second, comparison["id"], [])

    def ask_sets(self, act: Act) -> None:
        """Questions of another bureau, by prints and transactions; what it does for itself."""
        if not self._conceals():
            return
        self._post(act.who, "/search", {"files": files(*taken("nobody", 0))})
        headers = {"entente-discreet": "yes"}
        said = {"files": files(*taken("ours", 1))}
        self._asked(act.who, "POST", f"{ROOM}/search", said, headers=headers)
        for path in ("/comparisons?which=all", "/statistics", "/sets?which=all"):
            self._asked(act.who, "GET", f"{ROOM}{path}")

    def withdraw_sets(self, act: Act) -> None:
        """Hidden sets taken back, solved, or handled anew and still hidden."""
        if not self._conceals():
            return
        rows = self._listed(act.who, "/biometrics/sets?which=mine&limit=100")
        for n, row in enumerate(row for row in rows if row["title"].startswith("Hidden")):
            path = f"{ROOM}/sets/{row['id']}"
            if row["sort"] == "mark" and n % 3 == 0:
                self._asked(act.who, "POST", f"{path}/solved", {"solved": True})
            elif n % 3 == 1:
                self._asked(act.who, "DELETE", path)
            elif n % 3 == 2:
                said = {"version": row["version"], "handling": {"mode": "named"}, "title": row["title"]}
                self._asked(act.who, "PUT", path, said)

    # --- shared ------------------------------------------------------------------------------------

    def sets_to_us(self, act: Act) -> None:
        """Shared: a set that everybody sees, of a record that one world hides and the other has not, with a
        portrait; a mark; and a set whose owner alone U is told, in as many copies as the world likes."""
        person = self._person(act.who) if self._hides() else ""
        self._acts = 100  # what follows has the same ids in both worlds
        self._enrol(act.who, taken("asked", 1), EVERYONE, SEEN, person=person)
        form = HandlingForm(mode="everyone")
        portrait = [*(read(one) for one in taken("loose", 1)), face_of(b"asked", 9)]
        self._at_desk(act.who, portrait, form, OTHER)
        self._enrol("XC office", (left("asked", 1),), EVERYONE, "From a car", sort="mark")
        self._enrol("XC office", taken("nobody", 1), EVERYONE, "Nobody asks")
        self._enrol(self._colleague(), taken("ours", 6), EVERYONE, "A colleague's")
        hinting = {"mode": "named", "bureaus": [], "hint": [self._ours]}
        for _ in range(2 if self._hides() else 1):
            self._enrol("XC office", taken("shy", 1), hinting, "Shy")
            self._enrol("XC office", taken("asked", 2), hinting, "Shy too")

    def sets_later(self, act: Act) -> None:
        """Shared: what comes after U asked and enrolled: sets and marks of whom he has, seen, and hinting in
        copies; of what he saw one is taken back, one is no longer his, a mark is solved."""
        self._enrol(act.who, taken("ours", 2), EVERYONE, LATER)
        self._enrol(act.who, (left("ours", 2),), EVERYONE, "From a door", sort="mark")
        hinting = {"mode": "named", "bureaus": [], "hint": [self._ours]}
        if self._hides() and not self._cleared():  # U is not told of it, nor that it hints
            self._enrol("XD office", taken("ours", 3), {**hinting, "level": "confidential"}, "Shy, above")
        self._acts = 200
        for _ in range(1 if self._hides() else 3):
            self._enrol("XC office", taken("ours", 3), hinting, "Shy of ours")
        self._acts = 300
        if act.to:
            self._hide_again(act.who)
            for row in self._listed("XC office", "/biometrics/sets?which=mine&limit=100"):
                path = f"{ROOM}/sets/{row['id']}"
                if row["title"] == "From a car":
                    self._asked("XC office", "POST", f"{path}/solved", {"solved": True})
                if row["title"] == "Nobody asks":
                    self._asked("XC office", "DELETE", path)

    def _hide_again(self, who: str) -> None:
        """What U saw and was told of is his no longer, and called otherwise in one world."""
        for row in self._listed(who, "/biometrics/sets?which=mine&limit=100"):
            if row["title"] == LATER:
                said = {"version": row["version"], "handling": {"mode": "named"}}
                said["title"] = "Hidden by now" if self._hides() else LATER
                self._asked(who, "PUT", f"{ROOM}/sets/{row['id']}", said)

    def sets_for_us(self, act: Act) -> None:
        """Shared: a colleague of U seconds what U judged, and judges first what U may second."""
        who = self._colleague()
        for comparison in self._compared(who, "waiting"):
            if comparison["yours"] == "second":
                given = files(*taken("asked", 0)) if comparison["sort"] == "search" else []
                self._second(who, comparison["id"], given)
        found = self._post(who, "/search", {"files": files(*taken("asked", 0)), "reference": "C-2"})
        verdicts = ("hit", "inconclusive", "no-hit")
        for one in found.json["candidates"] if found.status == 200 else ():
            path = f"/searches/{found.json['search']}/candidates/{one['set']}/verdict"
            verdict = verdicts[(int(one["set"], 16) + act.to) % 3]  # he may see more than U
            self._post(who, path, {"verdict": verdict, "text": "Ten points"})
        for comparison in self._compared(who, "new"):
            if comparison["how"] == "shown" and int(comparison["id"], 16) % 2 == act.to % 2:
                self._post(who, f"/comparisons/{comparison['id']}/verdict", {"verdict": "hit"})

    # --- behind them -------------------------------------------------------------------------------

    def _post(self, who: str, path: str, said: Any) -> Any:
        return self._asked(who, "POST", f"{ROOM}{path}", said)

    def _enrol(
        self, who: str, prints: tuple[Print, ...], handling: dict[str, Any], title: str, **more: Any
    ) -> str:
        said = {"files": files(*prints), "handling": handling, "title": title, **more}
        made = self._post(who, "/sets", said)
        return str(made.json["id"]) if made.status == 201 else ""

    def _compared(self, who: str, which: str) -> list[dict[str, Any]]:
        rows = self._asked(who, "GET", f"{ROOM}/comparisons?which={which}")
        return list(rows.json) if rows.status == 200 else []

    def _second(self, who: str, comparison: str, given: list[dict[str, Any]]) -> None:
        path = f"/comparisons/{comparison}"
        if given:
            laid = self._post(who, f"{path}/pictures", {"files": given})
        else:
            laid = self._asked(who, "GET", f"{ROOM}{path}")
        if laid.status == 200:
            token = (laid.json if given else laid.json["laid"])["token"]
            self._post(who, f"{path}/verdict", {"verdict": "hit", "token": token, "text": "I see it too"})

    def _person(self, who: str) -> str:
        """A record of the bureau's that nobody else sees."""
        form = {"kind": "Person", "properties": {"name": ["Somebody Hidden"]}, "handling": {"mode": "named"}}
        made = self._ask(who, "POST", "/api/v1/records", json=form)
        return str(made.json["id"]) if made.status == 201 else ""

    def _at_desk(self, who: str, samples: list[Read], handling: HandlingForm, title: str) -> None:
        """A set as if its files had been read: of faces, which nothing here reads."""
        blank = m.Enrolment.model_construct(
            sort="person",
            files=[],
            person="",
            title=title,
            reference="",
            taken=None,
            place="",
            capture="",
            text="",
            handling=handling,
            expires=None,
        )
        with self._sitting(who) as desk:
            enrolling.kept(desk, blank, samples)

    def _sitting(self, who: str) -> Any:
        self._acts += 1
        self.world.dice.seed(f"others {self._seed} {self._acts}")
        return seated(self.world.house, self.world.crew[who], "contribute", writing=True)
