"""A short way to say what officers do in analysis files."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from entente.core.access import Purpose
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.rooms.bureaus import asker_now
from rooms.scene import Scene
from worlds.stage import Answer, Person

LEAD, BOSS = "XA analyst", "XA supervisor"
FORM: dict[str, Any] = {
    "title": "Kestrel",
    "purpose": "Who sells forged papers to thieves in law",
    "legalBasis": "RPD 68; Police Act XA, section 4",
    "area": "organised-crime",
    "criteria": "Sellers, their companies and their money",
    "unit": "Serious crime",
    "reviewDue": "2026-12-31",
    "closes": "2027-12-31",
    "retention": 365,
}


@contextmanager
def sitting(house: House, who: Person) -> Iterator[Desk]:
    """A sitting of an officer for analysis, without HTTP."""
    with sit(house, HOUSE_ASKER) as desk:
        desk.note("see", what="files")
        yield desk.seated_as(asker_now(desk, who.id, Purpose.ANALYSIS, "analysis file"))


class Files:
    """Acts on files; each returns the answer, and those named in the past insist that it was well."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def proposed(self, who: str = LEAD, **said: Any) -> str:
        answer = self.scene(who, "POST", "/files", json={**FORM, **said})
        assert answer.status == 201, answer.text
        return str(answer.json["id"])

    def decide(self, id: str, who: str = BOSS, approve: bool = True, **said: Any) -> Answer:
        version = said.pop("version", None) or self.scene(who, "GET", f"/files/{id}").json.get("version", 1)
        given = {"version": version, "approve": approve, **said}
        return self.scene(who, "POST", f"/files/{id}/approve", json=given)

    def opened(self, who: str = LEAD, boss: str = "", **said: Any) -> str:
        id = self.proposed(who, **said)
        answer = self.decide(id, boss or f"{who[:2]} supervisor")
        assert answer.status == 204, answer.text
        return id

    def invite(self, id: str, who: str, role: str = "reader", lead: str = LEAD) -> Answer:
        """`who`: "XB analyst" of the crew."""
        bureau, mix = who.split()
        said = {"address": f"{mix}@{bureau.lower()}.example", "bureau": bureau, "role": role}
        return self.scene(lead, "POST", f"/files/{id}/members", json=said)

    def joined(self, id: str, who: str, role: str = "reader", lead: str = LEAD) -> None:
        answer = self.invite(id, who, role, lead)
        assert answer.status == 204, answer.text
        for invitation in self.scene(who, "GET", "/files/invitations").json:
            answer = self.scene(who, "POST", f"/files/invitations/{invitation['id']}/accept")
            assert answer.status == 204, answer.text

    def one(self, who: str, id: str) -> dict[str, Any]:
        answer = self.scene(who, "GET", f"/files/{id}")
        assert answer.status == 200, answer.text
        shown: dict[str, Any] = answer.json
        return shown

    def contribute(self, who: str, id: str, **said: Any) -> Answer:
        return self.scene(who, "POST", f"/files/{id}/contributions", json=said)

    def contributed(self, who: str, id: str, **said: Any) -> dict[str, Any]:
        answer = self.contribute(who, id, **said)
        assert answer.status == 201, answer.text
        kept: dict[str, Any] = answer.json
        return kept
