"""A short way to say what officers do with casebooks."""

from typing import Any

from rooms.cased import AUTHOR, Desk
from rooms.scene import Scene
from worlds.stage import Answer

BOSS = "XA supervisor"
FEW = "It is the first edition, and short."


class Books:
    """XA's author and supervisor, and what they do with casebooks."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.cases = scene, Desk(scene)

    @property
    def boss(self) -> str:
        return self.scene.crew[BOSS].id

    def case(self, title: str = "The Harvest That Never Grew", **said: Any) -> dict[str, Any]:
        """An admitted case that XB and XC read, cleared by its supervisor."""
        return self.cleared(self.cases.accepted(title=title, **{"see": ["XB", "XC"], **said}))

    def cleared(self, case: dict[str, Any], boss: str = BOSS, author: str = AUTHOR) -> dict[str, Any]:
        """A case that a supervisor of its bureau has cleared for publication."""
        self.cases.step(boss, self.cases.opened(boss, case), "clear")
        return self.cases.opened(author, case)

    def form(self, *cases: dict[str, Any], to: Any = ("XB", "XC"), **said: Any) -> dict[str, Any]:
        return {
            "title": "Against the trade in false goods",
            "cases": [{"case": one["id"]} for one in cases],
            "distribution": [{"bureau": one} for one in to],
            "count_why": FEW,
            **said,
        }

    def call(self, who: str, method: str, rest: str = "", **said: Any) -> Answer:
        return self.scene(who, method, f"/casebooks{rest}", **said)

    def done(self, who: str, method: str, rest: str = "", **said: Any) -> dict[str, Any]:
        answer = self.call(who, method, rest, **said)
        assert answer.status in (200, 201), answer.text
        kept: dict[str, Any] = answer.json
        return kept

    def written(self, *cases: dict[str, Any], **said: Any) -> dict[str, Any]:
        return self.done(AUTHOR, "POST", json=self.form(*cases, **said))

    def submitted(self, book: dict[str, Any]) -> Answer:
        said = {"seen": book["seen"], "approver": self.boss}
        return self.call(AUTHOR, "POST", f"/{book['id']}/submit", json=said)

    def approved(self, book: dict[str, Any]) -> dict[str, Any]:
        answer = self.submitted(book)
        assert answer.status == 200, answer.text
        seen = self.done(BOSS, "GET", f"/{book['id']}")["seen"]
        return self.done(BOSS, "POST", f"/{book['id']}/decide", json={"seen": seen, "approve": True})

    def published(self, *cases: dict[str, Any], **said: Any) -> dict[str, Any]:
        book = self.approved(self.written(*cases, **said))
        return self.done(BOSS, "POST", f"/{book['id']}/publish")

    def exported(self, id: str) -> dict[str, Any]:
        """The book as JSON, taken out by the supervisor."""
        return self.done(BOSS, "GET", f"/{id}/export/json")

    def copy(self, who: str) -> dict[str, Any]:
        """The copy of the newest edition."""
        newest = max(self.scene(who, "GET", "/reports").json, key=lambda one: int(one["edition"]))
        opened = self.scene(who, "GET", f"/reports/{newest['id']}")
        assert opened.status == 200, opened.text
        shown: dict[str, Any] = opened.json
        return shown

    def overturned(self, case: dict[str, Any], **said: Any) -> dict[str, Any]:
        """An appeal takes the judgment of a case away."""
        now = self.cases.opened(AUTHOR, case)
        form = {
            "court": "Court of Appeal",
            "country": "xa",
            "stage": "appeal",
            "date": "2025-09-01",
            "overturns": 1,
            "outcomes": [{"defendant": "Ivo Marenko", "charge": "organised fraud", "verdict": "acquitted"}],
            **said,
        }
        return self.cases.add(AUTHOR, now, "proceedings", form)
