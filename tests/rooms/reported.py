"""A short way to say what officers do with analytical reports."""

from typing import Any

from rooms.filed import BOSS, LEAD, Files
from rooms.scene import EVERYONE, IVO, Scene
from worlds.stage import Answer


class Reports:
    """A file of XA's, its analyst and supervisor, and what they do with reports in it."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.files = scene, Files(scene)
        self.file = self.files.opened()
        self.files.joined(self.file, BOSS, "analyst")

    @property
    def boss(self) -> str:
        return self.scene.crew[BOSS].id

    def in_file(self, who: str = LEAD, name: str = "Sealed Source", **said: Any) -> str:
        """A record contributed to the file: for its members alone."""
        thing = {"kind": "Person", "properties": {"name": [name], **said}, "grade": "B2"}
        return str(
            self.files.contributed(who, self.file, text="From a source", things=[thing])["things"][0]["id"]
        )

    def open_to_all(self, name: str = "Ivo Marenko", **more: Any) -> str:
        return str(self.scene.contribute({**IVO, "name": [name]}, EVERYONE, **more)["id"])

    def call(self, who: str, method: str, path: str, **said: Any) -> Answer:
        return self.scene(who, method, f"/files/{self.file}/reports{path}", **said)

    def written(
        self, *blocks: dict[str, Any], to: Any = ("XB",), who: str = LEAD, **said: Any
    ) -> dict[str, Any]:
        distribution = [{"bureau": one} if isinstance(one, str) else one for one in to]
        form = {"title": "The sellers", "blocks": list(blocks), "distribution": distribution, **said}
        answer = self.call(who, "POST", "", json=form)
        assert answer.status == 201, answer.text
        kept: dict[str, Any] = answer.json
        return kept

    def approved(self, *blocks: dict[str, Any], **said: Any) -> str:
        report = self.written(*blocks, **said)
        self.approve(report)
        return str(report["id"])

    def approve(self, report: dict[str, Any]) -> None:
        id = report["id"]
        said = {"seen": report["seen"], "approver": self.boss}
        answer = self.call(LEAD, "POST", f"/{id}/submit", json=said)
        assert answer.status == 200, answer.text
        seen = self.call(BOSS, "GET", f"/{id}").json["seen"]
        answer = self.call(BOSS, "POST", f"/{id}/decide", json={"seen": seen, "approve": True})
        assert answer.status == 200, answer.text

    def publish(self, id: str, who: str = BOSS) -> Answer:
        return self.call(who, "POST", f"/{id}/publish")

    def published(self, *blocks: dict[str, Any], **said: Any) -> str:
        id = self.approved(*blocks, **said)
        answer = self.publish(id)
        assert answer.status == 200, answer.text
        return id

    def copies(self, who: str) -> list[dict[str, Any]]:
        answer = self.scene(who, "GET", "/reports")
        assert answer.status == 200, answer.text
        found: list[dict[str, Any]] = answer.json
        return found

    def copy(self, who: str) -> dict[str, Any]:
        opened = self.scene(who, "GET", f"/reports/{self.copies(who)[0]['id']}")
        assert opened.status == 200, opened.text
        shown: dict[str, Any] = opened.json
        return shown


def text(said: str) -> dict[str, Any]:
    return {"sort": "text", "text": said}
