"""The machine finds breaks, rises and new ways in what a bureau sees; persons judge them."""

from dataclasses import replace

import pytest

from entente.core.access import Purpose
from entente.core.problems import Absent, Faulty, NotAllowed
from entente.desk import HOUSE_ASKER, House, sit
from entente.rooms.bureaus import alerts_here
from entente.rooms.trends.figures import finding, finding_making
from entente.rooms.trends.figures.finding import Findings, Listing, Step
from rooms.figured import XA, XB, XC, asker, body, handling, item, seize, way
from worlds.stage import BUREAUS, Crew

OWN = handling(XB, see=1 << XA)
MONTHS = [f"{year}-{month:02}" for year in (2023, 2024, 2025) for month in range(1, 13)]


def rise(house: House, before: int = 3, after: int = 14, at: int = 32) -> None:
    """Cocaine in XB: so many a month, and from a month on so many more."""
    many = [(month, before if n < at else after) for n, month in enumerate(MONTHS)]
    drugs = [item("drugs.cocaine")]
    dates = [f"{month}-{day + 1:02}" for month, times in many for day in range(times)]
    seize(house, *(body(date, items=drugs, route=way("xc", "xb")) for date in dates), how=OWN)


def run(house: House, bureau: int = XA) -> int:
    with sit(house, HOUSE_ASKER) as desk:
        found = finding_making.looked(desk, bureau)
        desk.note("trend")
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        return finding_making.keep(desk, bureau, found)


def listed(house: House, bureau: int = XA, state: str = "open") -> Findings:
    with sit(house, asker(bureau), "trend") as desk:
        return finding.listed(desk, Listing.model_validate({"state": state}))


def take(
    house: House, crew: Crew, id: str, to: str, why: str = "looked", version: int = 0, who: str = "XA officer"
) -> None:
    person = replace(asker(XA, Purpose.DESK), officer=crew[who].id)
    with sit(house, person, "trend", writing=True) as desk:
        version = version or desk.look(id).version
        finding.step(desk, id, Step.model_validate({"version": version, "to": to, "why": why}))


def test_a_lasting_rise_is_found_once_and_told_to_the_bureau_that_sees_it(house: House) -> None:
    rise(house)
    assert run(house) == 1
    assert run(house) == 0
    (found,) = listed(house).findings
    assert (found.sort, found.state, found.period) == ("break", "new", MONTHS[32])
    assert found.series == {"goods": "drugs.cocaine", "place": "xb"}
    assert found.figures["after"] > 3 * found.figures["before"]
    with sit(house, asker(XA, Purpose.DESK), "see") as desk:
        desk.note("see")
        assert [alert.first("object") for alert in alerts_here(desk)] == [found.id]


def test_a_bureau_that_does_not_see_the_seizures_finds_nothing(house: House) -> None:
    rise(house)
    assert run(house, XC) == 0
    assert listed(house, XC).findings == []


def test_a_finding_is_its_bureaus_alone(house: House) -> None:
    rise(house)
    run(house)
    (found,) = listed(house).findings
    with sit(house, asker(XB, Purpose.DESK), "trend") as desk:
        desk.note("trend")
        with pytest.raises(Absent):
            finding.opened(desk, found.id)


def test_a_sudden_rise_names_its_seizures(house: House) -> None:
    quiet = [body(f"{month}-05", route=way("xc", "xd")) for month in MONTHS]
    seize(house, *quiet, *(body(f"2025-12-{day:02}", route=way("xc", "xd")) for day in range(6, 20)))
    run(house)
    risen = [found for found in listed(house).findings if found.sort == "surge"]
    assert [len(found.records) for found in risen] == [15]
    assert risen[0].figures["seen"] == 15


def test_a_way_that_was_never_seen_is_found(house: House) -> None:
    seize(house, *(body(f"{month}-05", route=way("xc", "xd")) for month in MONTHS))
    (new,) = seize(house, body("2025-12-20", route=way("xa", "xd")))
    run(house)
    fresh = [found for found in listed(house).findings if found.sort == "first-seen"]
    assert [found.records for found in fresh] == [[new.id]]
    assert fresh[0].series["origin"] == "xa"


def test_persons_move_it_along_and_say_why(house: House, crew: Crew) -> None:
    rise(house)
    run(house)
    id = listed(house).findings[0].id
    for to in ("under_review", "confirmed", "actioned", "evaluated"):
        take(house, crew, id, to)
    (done,) = listed(house, state="evaluated").findings
    assert [event.to for event in done.events] == ["under_review", "confirmed", "actioned", "evaluated"]
    assert listed(house).findings == []
    assert run(house) == 0, "what was judged is not found again"


@pytest.mark.parametrize(
    ("to", "why", "version", "wrong"),
    [
        ("confirmed", "looked", 0, {"to"}),
        ("evaluated", "", 0, {"to", "why"}),
        ("under_review", "", 7, {"version"}),
    ],
)
def test_every_fault_of_a_step_is_told_at_once(
    house: House, crew: Crew, to: str, why: str, version: int, wrong: set[str]
) -> None:
    rise(house)
    run(house)
    id = listed(house).findings[0].id
    with pytest.raises(Faulty) as told:
        take(house, crew, id, to, why, version)
    assert {fault.where for fault in told.value.faults} == wrong


def test_a_machine_judges_nothing(house: House, crew: Crew) -> None:
    rise(house)
    run(house)
    with pytest.raises(NotAllowed):
        take(house, crew, listed(house).findings[0].id, "under_review", who="XA machine")


def test_the_house_looks_once_a_day_for_each_bureau_and_not_at_all_without_seizures(house: House) -> None:
    assert finding_making.daily(house) == 0
    rise(house)
    assert sum(iter(lambda: finding_making.daily(house), 0)) == len(BUREAUS)
    assert finding_making.daily(house) == 0
    assert len(listed(house).findings) == 1
