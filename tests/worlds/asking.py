"""How U asks, and what every part of his story asks for besides what he sees."""

from collections.abc import Generator
from itertools import cycle
from typing import Any

from worlds.plans import Plan
from worlds.stage import MIXES, Answer, Ask

ABSENT = "0123456789abcdef" * 2
MALFORMED = "not-an-id"
Told = Generator[Ask, Answer, Any]


class Asking:
    """How U asks: his purposes in turn, openly or discreetly."""

    def __init__(self, plan: Plan) -> None:
        self._purposes = cycle(plan.purposes)
        self._headers = {"entente-discreet": "yes"} if plan.discreet else {}
        self.discreet = plan.discreet
        self.bureau, self._mix = plan.asker.split()
        self.meets = plan.meets

    @property
    def roles(self) -> set[str]:
        return {role.value for role in MIXES.get(self._mix, MIXES["office"])}

    @property
    def by_machine(self) -> bool:
        return self._mix == "machine"

    def api(self, method: str, path: str, json: Any = None) -> Ask:
        return Ask(method, f"/api/v1{path}", json=json, purpose=next(self._purposes), headers=self._headers)

    def raw(self, method: str, path: str, data: bytes) -> Ask:
        """With a file as the body."""
        purpose = next(self._purposes)
        return Ask(method, f"/api/v1{path}", raw=data, purpose=purpose, headers=self._headers)

    def page(self, method: str, path: str, *form: tuple[str, str]) -> Ask:
        """Pages know no discretion: a discreet U uses them at his own desk only."""
        purpose = "" if self.discreet else next(self._purposes)
        return Ask(method, path, form=form if method == "POST" else None, purpose=purpose)
