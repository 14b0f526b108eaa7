"""A short way to say over the API what officers do, and what comes back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from worlds.stage import Answer, Crew

EVERYONE = {"mode": "everyone"}
NOBODY: dict[str, object] = {"mode": "named", "bureaus": []}
IVO = {
    "name": ["Ivo Marenko", "Иво Маренко"],
    "birthDate": ["1971-03-05"],
    "nationality": ["xa"],
    "gender": ["male"],
    "passportNumber": ["P4417093"],
}
"""Nobody: invented."""


def only(*bureaus: str, **more: object) -> dict[str, object]:
    """A handling for these bureaus alone."""
    return {"mode": "named", "bureaus": list(bureaus), **more}


@dataclass(frozen=True, slots=True)
class Scene:
    """`scene("XB officer", "GET", "/me")` asks; the rest are the acts that tests are made of."""

    ask: Callable[..., Answer]
    crew: Crew

    def __call__(self, who: str, method: str, path: str, **said: Any) -> Answer:
        return self.ask(self.crew[who] if who else None, method, f"/api/v1{path}", **said)

    def contribute(
        self,
        properties: Mapping[str, object] | None = None,
        handling: Mapping[str, object] | None = None,
        who: str = "XA office",
        kind: str = "Person",
        **draft: object,
    ) -> dict[str, Any]:
        said = {"kind": kind, "properties": properties or IVO, "handling": handling or EVERYONE, **draft}
        answer = self(who, "POST", "/records", json=said)
        assert answer.status == 201, answer.text
        kept: dict[str, Any] = answer.json
        return kept

    def search(
        self,
        who: str,
        text: str,
        purpose: str = "wanted",
        headers: Mapping[str, str] | None = None,
        **more: object,
    ) -> dict[str, Any]:
        answer = self(
            who, "POST", "/search", json={"text": text, **more}, purpose=purpose, headers=headers or {}
        )
        assert answer.status == 200, answer.text
        found: dict[str, Any] = answer.json
        return found

    def found(self, who: str, text: str, **more: Any) -> list[str]:
        """Ids of the candidates, best first."""
        return [c["id"] for c in self.search(who, text, **more)["candidates"]]

    def judged(self, who: str, asked: str, record: str, verdict: str = "same", **more: object) -> Answer:
        """Search, then say of a record of the answer what it is."""
        search = self.search(who, asked)["search"]
        said = {"record": record, "verdict": verdict, **more}
        return self(who, "POST", f"/search/{search}/verdicts", json=said)


def places(answer: Answer) -> list[str]:
    """Where the faults of a problem are."""
    return [fault["where"] for fault in answer.json["faults"]]
