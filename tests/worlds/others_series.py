"""What other bureaus keep, ask and do in the room of image series. See plans.py.

All of it over the API, by officers who are cleared for the room ("office", "chief"). What is hidden from U
stands beside what he sees: in the same series, near the same pictures, of the same camera.
"""

from typing import Any

from rooms.hashed import copy_of, digest, file, near
from worlds.others_papers import EVERYONE, Papers
from worlds.plans import Act

CAMERA = "Acme|Nine|77"
TABLES = digest("tables", 16)
SEEN, SIDE, FAR, LOOSE = "Blue boat", "Side boat", "Far boat", "Old mill"
"""Series of XB (three) and XC that U sees."""
OURS, OURS_TOO = "Pier", "Jetty"
"""Series of U's own bureau."""
ROOM = "/api/v1/series"
PURPOSE = "identify"


def plain(name: str, apart: int, **more: Any) -> dict[str, Any]:
    """A picture so many bits from a known one; little else is said of it."""
    fresh = digest(f"{name} {apart} {sorted(more.items())}", 16)
    return {"md5": fresh, "pdq": [near(digest(f"pdq {name} 0", 32), apart)], "quality": 90, **more}


def likes(name: str) -> list[dict[str, Any]]:
    """Files that hang together with a picture, each by another line; none has an id that U's world shares."""
    very = {k: v for k, v in file(name, label="The very file").items() if k not in ("md5", "sha1")}
    return [
        very,
        plain(name, 4, mime="image/png"),
        plain(name, 40, mime="image/png"),
        {"md5": digest(f"by dhash {name}", 16), "dhash": near(digest(f"dhash {name}", 32), 9)},
        plain("of the camera", 3, device=CAMERA, lens="L-1", tables=TABLES),
    ]


class Images(Papers):
    """Acts in the series room."""

    # --- hidden ------------------------------------------------------------------------------------

    def hide_images(self, act: Act) -> None:
        """What hangs together with what U asks and has, hidden: in a series that U sees, or in none."""
        if self._conceals():
            for name in ("boat", "ours", "asked", "pier too"):
                series = self._series(act.who, SEEN) if act.to % 2 else ""
                self._bring(act.who, likes(name), self._concealed(act), series)
            far = plain("far", 4, mime="image/png", taken=f"{act.to}")  # a file of each act
            self._bring(act.who, [far], self._concealed(act), self._series(act.who, FAR))
            known = [file(f"member {n}") for n in range(3)]
            self._bring(act.who, known, self._concealed(act), self._series(act.who, SEEN))

    def hide_series(self, act: Act) -> None:
        """A hidden series merged into one that U sees; one that asks for it; one that asks for U's; one
        split from it; and others work on them."""
        if not self._conceals():
            return
        who, handling = act.who, self._concealed(act)
        seen, ours = self._series(who, SEEN), self._series(who, OURS)
        names = [f"Hidden {act.text} {n}" for n in range(3)]
        one, two, three = (self._begin(who, name, handling) for name in names)
        ids = self._bring(who, [file(f"{act.text} {n}") for n in range(4)], handling, one)
        self._asked(who, "PUT", f"{ROOM}/{three}/work", {"note": "Hidden work"})
        for source, target in ((one, seen), (two, ours), (three, seen)):
            if source and target:
                said = {"into": target, "why": "The same room"}
                self._asked(who, "POST", f"{ROOM}/{source}/merge", said)
                self._asked("XB office", "POST", f"{ROOM}/{source}/merge/answer", {"approve": True})
        if act.to % 2 and ids:
            self._asked(who, "PUT", f"{ROOM}/images/series", {"images": ids[:2], "series": seen})
            said = {"images": ids[:2], "name": f"Split {act.text}", "why": "Another boat"}
            self._asked(who, "POST", f"{ROOM}/{seen}/split", said)
        self._asked(who, "POST", f"{ROOM}/{three}/apart", {"why": "No"})

    def flood_images(self, act: Act) -> None:
        """Hidden images near what U asks, of the same camera, in one series: more than are read of a key."""
        if self._conceals():
            handling = self._concealed(act)
            more = {"device": CAMERA, "tables": TABLES}
            many = [{**plain("asked", n % 8, **more), "md5": digest(f"flood {n}", 16)} for n in range(220)]
            self._bring(act.who, many, handling, self._begin(act.who, "Flood", handling))

    def judge_images(self, act: Act) -> None:
        """What XC says of likenesses, and its negative list: its own. It takes note of nothing."""
        for one in self._of(self._series(act.who, LOOSE), act.who):
            for other in self._of(self._series(act.who, OURS), act.who)[:2]:
                said = {"one": one, "other": other, "verdict": "not-a-match", "text": "Another wall"}
                self._asked(act.who, "POST", f"{ROOM}/verdicts", said)
        for name in ("boat", "ours"):
            said = {"text": "Says nothing", "media": file(name)}
            self._asked(act.who, "POST", f"{ROOM}/ignored", said)

    def ask_images(self, act: Act) -> None:
        """Discreetly for what U has, openly for what he has not; and what else a bureau does for itself."""
        if not self._conceals():
            return
        for names, discreet in ((("ours", "boat"), True), ((f"nobody's {act.to}",), False)):
            said = {"media": [file(name) for name in names]}
            headers = {"entente-discreet": "yes"} if discreet else {}
            self._asked(act.who, "POST", f"{ROOM}/check", said, headers=headers)
        self._asked(act.who, "POST", f"{ROOM}/exposure", {"seen": 3, "spared": 30})
        scheme = {
            "name": "Theirs",
            "edition": f"{act.to}",
            "categories": {"9": {"label": "x", "common": "other"}},
        }
        self._asked(act.who, "POST", f"{ROOM}/schemes", scheme)
        for path in ("/series/meetings", "/series/statistics", "/series/export"):
            self._asked(act.who, "GET", f"/api/v1{path}")

    def withdraw_images(self, act: Act) -> None:
        """Hidden images taken back, or handled anew and still hidden; hidden work stopped."""
        if not self._conceals():
            return
        for n, image in enumerate(self._listed(act.who, "/series/images?limit=60")):
            if image["media"]["mime"] != "image/png":
                continue  # it may be one that U sees, or whose owner he is told
            if n % 2:
                self._asked(act.who, "DELETE", f"{ROOM}/images/{image['id']}")
            else:
                path = f"{ROOM}/images/{image['id']}/handling"
                self._asked(act.who, "PUT", path, {"sharing": "silent"})

    # --- shared ------------------------------------------------------------------------------------

    def series_to_us(self, act: Act) -> None:
        """Shared: a series that everybody sees, with open images, blind ones and somebody who works on it;
        and images of which U sees all but the series, which one world has and the other has not."""
        who = act.who
        series = self._begin(who, SEEN, EVERYONE)
        open_ones = [
            file("boat"),
            file("sail", device=CAMERA, tables=TABLES),
            *[file(f"seen {n}") for n in range(3)],
        ]
        self._bring(who, [{**one, "label": "seen"} for one in open_ones], EVERYONE, series)
        self._bring(who, [{**file("blind"), "label": "blind"}], "blind")
        self._move(who, series, "in-progress")
        self._bring(who, [{**file("far"), "label": "seen"}], EVERYONE, self._begin(who, FAR, EVERYONE))
        other = self._begin("XC office", LOOSE, EVERYONE)
        mill = [
            file("mill"),
            copy_of("boat", 25),
            copy_of("asked", 12),
            copy_of("ours", 9),
            file("tabled", tables=TABLES),
        ]
        self._bring("XC office", [{**one, "label": "seen"} for one in mill], EVERYONE, other)
        self._asked("XC office", "PUT", f"{ROOM}/{series}/work", {"note": "We have the boat"})
        if not self._hides():
            inside = ""
        else:
            inside = self._begin(who, "Hidden room", {"mode": "named", "bureaus": []})
            self._move(who, inside, "in-progress")
        self._acts = 100
        for n, name in enumerate(("asked", "ours")):
            loose = [
                {**copy_of(name, 11 + n), "label": "seen"},
                {**copy_of(f"{name} anew", 0), "label": "seen"},
            ]
            loose[1]["pdq"] = [near(digest(f"pdq {name} 0", 32), 17 + n)]
            self._bring(who, loose, EVERYONE, inside)

    def series_go_in(self, act: Act) -> None:
        """Shared: a series that U sees was changed. In one world it goes into a hidden one, or asks to."""
        who = act.who
        series = self._series(who, SIDE) or self._begin(who, SIDE, EVERYONE)
        if act.to:
            self._bring(who, [{**file(f"side {act.to}"), "label": "seen"}], EVERYONE, series)
        if self._hides():
            hider = who if act.to % 2 else "XC office"
            hidden = {"mode": "named", "bureaus": ["XB", "XC"]}
            target = self._begin(hider, f"Hidden sea {act.to}", hidden)
            self._asked(who, "POST", f"{ROOM}/{series}/merge", {"into": target, "why": "It is the same"})
        else:
            stands = self._asked(who, "GET", f"{ROOM}/{series}").json
            said = {"name": SIDE, "version": stands["version"]}
            self._asked(who, "PUT", f"{ROOM}/{series}", said)

    def series_answer_us(self, act: Act) -> None:
        """Shared: XB takes note of whatever it is told, and lets U's series be merged into its own."""
        for meeting in self._listed(act.who, "/series/meetings"):
            if meeting["bureau"] == self._ours:
                self._asked(act.who, "POST", f"{ROOM}/meetings/{meeting['id']}/note")
        series = self._asked(act.who, "GET", f"{ROOM}/{self._series(act.who, SEEN)}")
        for brief in series.json.get("asks", ()) if series.status == 200 else ():
            if brief["lead"] == self._ours:
                path = f"{ROOM}/{brief['id']}/merge/answer"
                self._asked(act.who, "POST", path, {"approve": act.to % 2 == 0, "why": "So it is"})

    def series_later(self, act: Act) -> None:
        """Shared: what comes after U asked: open, and blind; what he saw is taken back or closed; a question
        for what he has; a series of XC's asks for his."""
        who = act.who
        self._bring(who, [{**copy_of("asked", 5 + act.to), "label": "seen"}], EVERYONE)
        self._bring(who, [{**copy_of("asked before", 8), "label": "blind"}], "blind")
        self._asked(who, "POST", f"{ROOM}/check", {"media": [copy_of("ours", 3), file("silent")]})
        ours = self._series(who, OURS_TOO)
        begun = self._begin(who, f"For us {act.to}", EVERYONE)
        if act.to == 2:  # XB has met this one before, unseen
            self._bring("XB office", [{**copy_of("pier too", 6), "label": "seen"}], EVERYONE)
        if ours:
            self._asked(who, "POST", f"{ROOM}/{begun}/merge", {"into": ours, "why": "The same jetty"})
        for image in self._listed("XB office", "/series/images?limit=100"):
            if image["media"]["md5"] == file("seen 0")["md5"]:
                self._asked("XB office", "DELETE", f"{ROOM}/images/{image['id']}")
            if image["media"]["md5"] == file("seen 1")["md5"]:
                path = f"{ROOM}/images/{image['id']}/handling"
                self._asked("XB office", "PUT", path, {"sharing": "silent"})

    def series_for_us(self, _act: Act) -> None:
        """Shared: a colleague of U proposes what U may approve, and approves what he proposed."""
        who = self._colleague()
        ours = [{**copy_of(name, 4), "label": "a colleague's"} for name in ("boat", "far")]
        self._bring(who, ours, EVERYONE)
        for brief in self._listed(who, "/series?which=mine"):
            stands = self._asked(who, "GET", f"{ROOM}/{brief['id']}").json
            if stands.get("proposed"):
                said = {"approve": True, "version": stands["version"]}
                self._asked(who, "POST", f"{ROOM}/{brief['id']}/decision", said)
            elif brief["name"] == OURS_TOO:
                self._move(who, brief["id"], "in-progress")
                self._move(who, brief["id"], "identified")

    # --- behind them -------------------------------------------------------------------------------

    def _hides(self) -> bool:
        return self.world.name == "first" and self._conceals()

    def _concealed(self, act: Act) -> Any:
        """One of the ways in which an image or a series is nothing to U."""
        ways: list[dict[str, Any]] = [
            {"mode": "named", "bureaus": [], "watch": True},
            {"mode": "named", "bureaus": [self._foreign(act)]},
            {**EVERYONE, "need": [f"{act.who[:2]}/file"]},
            {**EVERYONE, "status": "draft"},
        ]
        if not self._cleared():
            ways.append({**EVERYONE, "level": "confidential"})
        return ways[act.to % len(ways)]

    def _asked(self, who: str, method: str, path: str, said: Any = None, **more: Any) -> Any:
        return self._ask(who, method, path, json=said, purpose=PURPOSE, **more)

    def _begin(self, who: str, name: str, handling: dict[str, Any]) -> str:
        made = self._asked(who, "POST", ROOM, {"name": name, "handling": handling})
        return str(made.json["id"]) if made.status == 201 else ""

    def _bring(self, who: str, media: list[dict[str, Any]], handling: Any, series: str = "") -> list[str]:
        how = {"sharing": handling} if isinstance(handling, str) else {"handling": handling}
        made = self._asked(who, "POST", f"{ROOM}/images", {"media": media, "series": series, **how})
        return list(made.json["images"]) if made.status == 201 else []

    def _move(self, who: str, series: str, state: str) -> None:
        stands = self._asked(who, "GET", f"{ROOM}/{series}").json
        said = {"state": state, "why": "By the harbour wall", "version": stands.get("version", 1)}
        self._asked(who, "POST", f"{ROOM}/{series}/state", said)

    def _series(self, who: str, name: str) -> str:
        """The series of a name that he sees: the oldest."""
        rows = self._asked(who, "GET", f"{ROOM}?limit=200")
        found = [row["id"] for row in rows.json if row["name"] == name] if rows.status == 200 else []
        return found[-1] if found else ""

    def _of(self, series: str, who: str) -> list[str]:
        rows = self._asked(who, "GET", f"{ROOM}/{series}/images") if series else None
        return [row["id"] for row in rows.json] if rows is not None and rows.status == 200 else []
