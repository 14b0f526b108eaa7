"""What other bureaus do in analysis files: in one that U is a member of, and in others unknown to him.

`share_file` is the same in both worlds: a file with U invited, things and links that all its members see, a
chart (of a step that U sees in part, the label may differ), a subject, a report of which U's bureau gets a
copy. So is what opens U's own files. All else here may differ: what one bureau
contributes for another and not for U's, and whatever is drawn, said or written of it.

Files do not connect: that U's own file meets another bureau's is U's to know.
"""

from typing import Any

from worlds.others_channels import Office
from worlds.plans import Act

OURS = "Shared file"
FORM = {
    "purpose": "Vans",
    "legalBasis": "RPD 68",
    "area": "documents",
    "criteria": "Sellers",
    "reviewDue": "2026-12-31",
    "closes": "2027-06-30",
    "retention": 30,
}
SEEN = "He was seen twice."
WHY = "Named by three of the witnesses"
PEOPLE = ("Ana Kovar", "Bela Ruza", "Ciro Danes", "Dora Petran", "Emil Varga", "Fina Lorent")
TIES = ((1, 2), (2, 3), (3, 4), (1, 4), (4, 5))
"""Of the people, counted from 1; the last one is tied to nobody that U sees."""
HUB = 70
"""Hidden links of one thing: more than an expansion shows of it."""


def person(name: str, **more: Any) -> dict[str, Any]:
    return {"kind": "Person", "properties": {"name": [name], **more}}


def close(one: str, other: str, since: str = "2024-05", **more: Any) -> dict[str, Any]:
    said = {"person": [one], "associate": [other], "startDate": [since]}
    return {"kind": "Associate", "properties": said, **more}


class Files(Office):
    """Acts in analysis files. `a` leads the file that U is in, `b` is a member of it beside him."""

    _shared_file: dict[str, Any] | None = None

    def share_file(self, _act: Act) -> None:
        """Shared: a file with U invited."""
        a, b = self._partners()
        lead, boss, other = f"{a} chief", f"{a} office", f"{b} office"
        file = self._opened(lead, boss, OURS)
        bureau, mix = self.world.plan.asker.split()
        self._invite(lead, file, mix, bureau)
        self._joined(lead, file, boss)
        self._joined(lead, file, other)
        people = [person(n, nationality=["xb" if i % 2 else "xc"]) for i, n in enumerate(PEOPLE)]
        ties = [close(f"#{one}", f"#{two}", f"202{two}-02") for one, two in TIES]
        seen = self._brought(lead, file, "Who was seen", [*people, *ties])
        hidden = {"handling": {"mode": "named", "bureaus": [a]}}
        known = [
            {**person("Hidden Halvorsen"), **hidden},
            {**person("Hidden Petrosyants"), **hidden},
            close(seen[0], "#1"),
            close("#1", "#2", **hidden),
            close(seen[2], "#2"),
        ]
        half = self._brought(other, file, "From a source that others do not hear of", known)
        chart = self._chart(lead, file, "Shared chart", seen[:5])
        half_seen = {f"item/{seen[5]}": {"x": 7, "y": 7}, f"item/{half[0]}": {"x": 8, "y": 8}}
        label = f"Label of the {self.world.name} world" if self._conceals() else "Label"
        side = self._chart(lead, file, "Side chart", seen[:2])
        self._done(other, f"/api/v1/files/{file}/charts/{side}", label, half_seen)
        self._named(lead, boss, file, seen[0], "suspect")
        measured = {"sort": "metrics", "chart": chart}
        self._report(lead, boss, file, "Shared report", seen[0], measured, {"sort": "figure", "chart": chart})
        draft = self._report(lead, "", file, "Draft", seen[1], {"sort": "metrics"})
        self._shared_file = {"id": file, "half": half, "draft": draft, "chart": chart, "people": seen[:6]}

    def approve_ours(self, _act: Act) -> None:
        """Shared: a supervisor of U's bureau opens what waits for him."""
        mix = "chief" if self.world.plan.asker.endswith("office") else "office"
        boss = f"{self._ours} {mix}"
        for row in self._listed(boss, "/files/waiting"):
            given = {"version": 1, "approve": True}
            self._ask(boss, "POST", f"/api/v1/files/{row['id']}/approve", json=given)

    # --- in the file that U is in -----------------------------------------------------------------

    def hide_in_file(self, act: Act) -> None:
        """Hidden things, links of theirs to seen ones and between seen ones; of every third act, a hub."""
        if not (file := self._ours_and_conceals()):
            return
        a, b = self._partners()
        hidden = {"handling": {"mode": "named", "bureaus": [a]}}
        people, turn = file["people"], act.to % 5
        things = [
            {**person(act.text, passportNumber=["B70441920"], birthDate=["1971-03-05"]), **hidden},
            close(people[turn], "#1", **hidden),
            close(people[turn], people[5], "2023", **hidden),
            close(people[5], people[(turn + 2) % 5], **hidden),
            close("#1", file["half"][0], **hidden),
        ]
        if act.to % 3 == 0:
            things += [{**person(f"{act.text} {n}"), **hidden} for n in range(HUB)]
            things += [close(people[0], f"#{n + 6}", "2025-01", **hidden) for n in range(HUB)]
        made = self._brought(f"{b} office", file["id"], f"Hidden: {act.text}", things, **hidden)
        file.setdefault("hidden", []).extend(made)

    def draw_in_file(self, act: Act) -> None:
        """On the shared chart: hidden things, groups and lines of which they are one; and a chart for one's
        own bureau alone."""
        if not (file := self._ours_and_conceals()):
            return
        _, b = self._partners()
        who, charts = f"{b} office", f"/api/v1/files/{file['id']}/charts"
        hidden, seen = file.get("hidden", file["half"])[0], file["people"][act.to % 5]
        rid = f"{100 + act.to:032x}"
        cells = {
            f"item/{hidden}": {"x": 9, "y": 9},
            f"group/{rid}": {"label": "Cell of Halvorsen", "ids": [seen, hidden]},
            f"merge/{rid}": {"label": act.text, "ids": [seen, hidden]},
            f"drawn/{rid}": {"from": seen, "to": hidden, "label": "pays"},
            f"note/{rid}": {"on": hidden, "text": act.text},
        }
        chart = file["chart"]
        for set in (cells, {f"item/{hidden}": {"x": 12, "y": 9}}):
            self._done(who, f"{charts}/{chart}", act.text, set)
        own = {"title": act.text, "cells": {f"item/{seen}": {"x": 1, "y": 1}}, "private": True}
        self._ask(who, "POST", charts, json=own)

    def name_in_file(self, act: Act) -> None:
        """A subject whose record U does not see."""
        if file := self._ours_and_conceals():
            a, b = self._partners()
            record = file.get("hidden", file["half"])[0]
            self._named(f"{b} office", f"{a} office", file["id"], record, ("leader", "contact")[act.to % 2])

    def write_in_file(self, act: Act) -> None:
        """The draft report says more, of what U does not see; and one of its own readers gets a copy."""
        if not (file := self._ours_and_conceals()):
            return
        a, _ = self._partners()
        address = f"/api/v1/files/{file['id']}/reports/{file['draft']}"
        stands = self._ask(f"{a} chief", "GET", address)
        if stands.status != 200:
            return
        said = {k: stands.json[k] for k in ("title", "level", "distribution", "seen")}
        blocks = [
            one["block"] for one in stands.json["blocks"] if one["block"].get("text", "").startswith(SEEN)
        ]
        more = [
            {"sort": "profile", "record": file["half"][0], "text": act.text},
            {"sort": "text", "text": f"{act.text} is [[{file['half'][1]}]]."},
        ]
        self._ask(f"{a} chief", "PUT", address, json={**said, "blocks": [more[0], *blocks, more[1]]})

    def lose_in_file(self, act: Act) -> None:
        """A hidden end of a link that U sees is withdrawn, or corrected."""
        if not (file := self._ours_and_conceals()):
            return
        _, b = self._partners()
        path = f"/api/v1/records/{file['half'][act.to % 2]}"
        stands = self._ask(f"{b} office", "GET", path)
        if stands.status == 200 and act.to < 2:
            self._ask(f"{b} office", "DELETE", path)
        elif stands.status == 200:
            change = {"version": stands.json["version"], "properties": {"name": [act.text]}}
            self._ask(f"{b} office", "PUT", path, json=change)

    # --- in others ----------------------------------------------------------------------------------

    def file(self, act: Act) -> None:
        """A file that U knows nothing of: members, things, a leader, a chart, a report and who reads it."""
        if not self._conceals():
            return
        a, b = self._partners()
        lead, boss, other = f"{a} office", f"{a} chief", f"{b} chief"
        file = self._opened(lead, boss, act.text or "Heron")
        self._joined(lead, file, boss)
        self._joined(lead, file, other)
        mix = self.world.plan.asker.split()[1]
        self._invite(lead, file, f"no-{mix}", self._ours)  # whoever has no account learns nothing either
        numbered = person("Ivo Marenko", passportNumber=["B70441920"])
        made = self._brought(lead, file, "Vans", [numbered, person("Iva Marenka"), close("#1", "#2")])
        self._chart(lead, file, "Hidden chart", made[:2])
        self._named(other, boss, file, made[0], "leader")
        self._report(lead, boss, file, "Hidden report", made[0], {"sort": "metrics"}, to=b)

    # --- what they are made of ------------------------------------------------------------------------

    def _partners(self) -> tuple[str, str]:
        found = [c for c in ("XB", "XC", "XD") if c != self._ours]
        return found[0], found[1]

    def _conceals(self) -> bool:
        """Whether U is no reviewer who asks for oversight, and sees all there is."""
        return "oversight" not in self.world.plan.purposes

    def _ours_and_conceals(self) -> dict[str, Any] | None:
        return self._shared_file if self._conceals() else None

    def _opened(self, lead: str, boss: str, title: str) -> str:
        made = self._ask(lead, "POST", "/api/v1/files", json={**FORM, "title": title}).json
        given = {"version": 1, "approve": True}
        self._ask(boss, "POST", f"/api/v1/files/{made['id']}/approve", json=given)
        return str(made["id"])

    def _invite(self, lead: str, file: str, mix: str, bureau: str) -> None:
        said = {"address": f"{mix}@{bureau.lower()}.example", "bureau": bureau, "role": "analyst"}
        self._ask(lead, "POST", f"/api/v1/files/{file}/members", json=said)

    def _joined(self, lead: str, file: str, who: str) -> None:
        before = {i["id"] for i in self._listed(who, "/files/invitations")}
        self._invite(lead, file, who.split()[1], who[:2])
        for one in self._listed(who, "/files/invitations"):
            if one["id"] not in before:
                self._ask(who, "POST", f"/api/v1/files/invitations/{one['id']}/accept")

    def _brought(self, who: str, file: str, text: str, things: list[Any], **more: Any) -> list[str]:
        said = {"text": text, "things": things, **more}
        kept = self._ask(who, "POST", f"/api/v1/files/{file}/contributions", json=said)
        assert kept.status == 201, kept.text
        return [t["id"] for t in kept.json["things"]]

    def _chart(self, who: str, file: str, title: str, ids: list[str]) -> str:
        cells: dict[str, Any] = {f"item/{id}": {"x": 100 * n, "y": n} for n, id in enumerate(ids)}
        cells[f"note/{1:032x}"] = {"on": ids[0], "text": "Seen twice"}
        made = self._ask(who, "POST", f"/api/v1/files/{file}/charts", json={"title": title, "cells": cells})
        self._done(
            who,
            f"/api/v1/files/{file}/charts/{made.json['id']}",
            "Move",
            {f"item/{ids[0]}": {"x": 5, "y": 5}},
        )
        return str(made.json["id"])

    def _done(self, who: str, chart: str, label: str, set: dict[str, Any]) -> None:
        said = {"after": "", "commands": [{"label": label, "set": set}]}
        self._ask(who, "POST", f"{chart}/steps", json=said)

    def _named(self, who: str, boss: str, file: str, record: str, category: str) -> None:
        subjects = f"/api/v1/files/{file}/subjects"
        said = {"record": record, "category": category, "rationale": WHY, "reviewDue": "2026-06-01"}
        named = self._ask(who, "POST", subjects, json=said)
        if named.status == 201:
            given = {"version": 1, "approve": True}
            self._ask(boss, "POST", f"{subjects}/{named.json['id']}/approve", json=given)

    def _report(
        self, who: str, boss: str, file: str, title: str, record: str, *more: dict[str, Any], to: str = ""
    ) -> str:
        """A report about a record; with an approver, approved and published to U's bureau, or to another."""
        reports = f"/api/v1/files/{file}/reports"
        blocks = [{"sort": "text", "text": f"{SEEN} [[{record}]]"}, *more]
        form = {"title": title, "blocks": blocks, "distribution": [{"bureau": to or self._ours}]}
        made = self._ask(who, "POST", reports, json=form).json
        if boss:
            address, asked = f"{reports}/{made['id']}", self.world.crew[boss].id
            bureaus = {"bureaus": [to or self._ours]}
            self._ask(who, "POST", f"{address}/submit", json={"seen": made["seen"], "approver": asked})
            seen = self._ask(boss, "GET", address).json["seen"]
            self._ask(boss, "POST", f"{address}/decide", json={"seen": seen, "approve": True})
            self._ask(who, "POST", f"{address}/releases", json=bureaus)
            self._ask(who, "POST", f"{address}/publish")
        return str(made["id"])
