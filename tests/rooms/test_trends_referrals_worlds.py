"""Blind referral: what a contributor observes is the same, byte for byte, whether or not another told of
the same, until the desk releases it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from entente.app import make_app
from entente.settings import Settings
from rooms.referred import PHONE, REPORT, Referred, joined
from rooms.scene import Scene, only
from worlds import stage
from worlds.stage import Answer, Caller

Differs = Callable[[Referred], object]
Seen = list[tuple[int, tuple[tuple[str, str], ...], bytes]]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Callable[[Differs], Referred]]:
    """Makes houses in which others have done something first."""
    callers: list[Caller] = []

    def made(differs: Differs) -> Referred:
        house, crew = stage.memory_house(stage.Clock(), stage.Dice("two worlds"))
        said = {"answer_grid_ms": 0, "officer_rate": 1e6, "key_rate": 1e6}
        callers.append(Caller(make_app(Settings(data=tmp_path, **said), house, work=False)))  # type: ignore[arg-type]
        referred = joined(Scene(callers[-1].ask, crew), house)
        differs(referred)
        referred.work()
        return referred

    yield made
    for caller in callers:
        caller.close()


def offered(referred: Referred) -> object:
    """Police let a seizure be compared that has the same container."""
    said = {
        "items": [{"what": "chlorpyrifos", "quantity": "1200 kg"}],
        "date": "2026-01-02",
        "country": "xa",
        "conveyances": [{"kind": "container", "number": "CSQU3054383"}],
        "handling": only(),
    }
    kept = referred("XA contributor", "POST", "/seizures", json=said, purpose="wanted")
    assert kept.status == 201, kept.text
    answer = referred("XA contributor", "POST", "/offers", json={"seizure": kept.json["id"]})
    assert answer.status == 201, answer.text
    return answer


def nothing(_referred: Referred) -> None:
    """The bare world."""


HIDDEN: dict[str, Differs] = {
    "a bank with the same number": lambda r: r.tell("XQ contributor"),
    "thirty of them": lambda r: [r.tell("XQ contributor") for _ in range(30)],
    "a courier with the same number": lambda r: r.tell("XR contributor"),
    "a seizure that was offered": offered,
}


def observed(referred: Referred) -> Seen:
    """All that XP can observe around a report that meets another's, before and after the house matched."""
    asked: list[Answer] = []
    dice = referred.house.randomness
    steps = iter(range(10_000))

    def ask(who: str, method: str, path: str, **said: object) -> Answer:
        dice.seed(f"step {next(steps)}")  # type: ignore[attr-defined]
        asked.append(referred.scene(who, method, path, **said))
        return asked[-1]

    def look() -> None:
        for path in (
            "/trends/reports",
            "/trends/offers",
            "/trends/referrals",
            "/alerts",
            "/journal?limit=100",
        ):
            ask("XP chief", "GET", path)
        for path in ("/inbox", "/trends/referrals", f"/trends/reports/{kept['id']}"):
            dice.seed(f"step {next(steps)}")  # type: ignore[attr-defined]
            asked.append(referred.scene.ask(referred.scene.crew["XP chief"], "GET", path))
        ask("XP analyst", "GET", f"/trends/reports/{kept['id']}")
        said = {"case": "R-0000-0000", "answer": "yes"}
        ask("XP analyst", "POST", f"/trends/reports/{kept['id']}/consent", json=said)

    identifiers = [{"sort": "phone", "value": PHONE}, {"sort": "container", "value": "CSQU3054383"}]
    report = {**REPORT, "identifiers": identifiers}
    kept = ask("XP contributor", "POST", "/trends/reports", json=report).json
    look()
    referred.work()
    look()
    ask("XP contributor", "POST", "/trends/reports", json={**report, "ref": "again"})
    ask("XP contributor", "POST", "/trends/reports", json={**report, "ref": "again"})
    table = f"sector;date;what;phone\npost;2026-01;Parcels;{PHONE}\n"
    ask("XP contributor", "POST", "/trends/reports/import", json={"table": table})
    referred.work()
    look()
    ask(
        "XP contributor",
        "PUT",
        f"/trends/reports/{kept['id']}",
        json={**report, "what": "More", "version": 1},
    )
    referred.work()
    look()
    ask("XP contributor", "DELETE", f"/trends/reports/{kept['id']}?version=2")
    referred.work()
    look()
    return [(a.status, a.headers, a.body) for a in asked]


@pytest.mark.parametrize("what", sorted(HIDDEN))
def test_a_contributors_answers_are_the_same_bytes_with_and_without_anothers_report(
    world: Callable[[Differs], Referred], what: str
) -> None:
    bare, fuller = world(nothing), world(HIDDEN[what])
    first, second = observed(bare), observed(fuller)
    assert len(first) == len(second) > 40
    for one, other in zip(first, second, strict=True):
        assert one == other
    met = len(fuller.cases("waiting")) + len(fuller.cases("other"))
    assert bare.cases() == [] and (met > 0) == (what != "a courier with the same number")


def test_the_worlds_part_when_the_desk_releases(world: Callable[[Differs], Referred]) -> None:
    """Otherwise the test above would be deaf."""
    fuller = world(lambda r: r.tell("XQ contributor"))
    mine = fuller.tell()
    fuller.work()
    before = fuller("XP analyst", "GET", f"/reports/{mine['id']}").body
    (case,) = fuller.cases()
    assert fuller.step(case["id"], "take").status == 200
    assert fuller("XP analyst", "GET", f"/reports/{mine['id']}").body == before
    assert fuller.step(case["id"], "release").status == 200
    assert fuller("XP analyst", "GET", f"/reports/{mine['id']}").body != before


def test_other_bureaus_and_the_desks_of_others_learn_nothing_of_a_case(
    world: Callable[[Differs], Referred],
) -> None:
    fuller = world(lambda r: r.tell("XQ contributor"))
    fuller.tell()
    fuller.work()
    (case,) = fuller.cases()
    for who in ("XA chief", "XR chief", "XP chief", "XQ chief"):
        assert fuller(who, "GET", f"/referrals/{case['id']}").status == 404
        assert fuller(who, "GET", "/referrals").status == 403
        said = {"version": 1, "step": "release"}
        assert fuller(who, "POST", f"/referrals/{case['id']}/steps", json=said).status == 404
    assert fuller("XZ officer", "POST", f"/referrals/{case['id']}/steps", json=said).status == 403
