"""A case whose source is gone is no less secret than it was."""

from collections.abc import Callable

import pytest

from entente.desk import House
from rooms.cased import Desk
from rooms.scene import Scene, only

CHIEF, OFFICER = "XA chief", "XA officer"


@pytest.mark.parametrize("how", [{"level": "confidential"}, {"need": ["XA/file"]}], ids=["level", "need"])
def test_who_was_not_cleared_for_a_source_does_not_see_the_case_when_the_source_is_gone(
    scene: Scene, house: House, work: Callable[[House], None], how: dict[str, object]
) -> None:
    cases = Desk(scene)
    source = scene.contribute(handling=only(**how), who=CHIEF)
    case = cases.step(CHIEF, cases.proposed(CHIEF, title="What Our Vault Held"), "take_up")
    case = cases.add(CHIEF, case, "parties", {"name": "Vault", "link": source["id"]})
    assert scene(OFFICER, "GET", f"/cases/{case['id']}").status == 404
    assert scene(CHIEF, "DELETE", f"/records/{source['id']}").status == 204
    work(house)
    assert scene(OFFICER, "GET", f"/cases/{case['id']}").status == 404
    now = cases.opened(CHIEF, case)
    assert {one["code"] for one in now["reasons"]} >= {"source-gone"}
    cases.done(CHIEF, "PUT", now, "/parties/1", party={"name": "Vault"})  # he takes out what rests on it
    assert scene(OFFICER, "GET", f"/cases/{case['id']}").status == 200
