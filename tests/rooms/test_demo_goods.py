"""What the demo shows of illicit goods, and the files that are tried beside it."""

import json
import tomllib
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from entente.app import open_house
from entente.core.problems import NotAllowed
from entente.demo import goods, goods_files
from entente.demo import goods_seizures as told
from entente.demo.bureaus import join
from entente.desk import HOUSE_ASKER, House, sit
from entente.rooms.trends.figures import combos, finding, flows, hot, over_time
from entente.rooms.trends.figures.model import Question
from entente.rooms.trends.operations import lists, service, tally
from entente.rooms.trends.operations import model as o
from entente.rooms.trends.referrals import reviewing, shown
from entente.rooms.trends.referrals import service as reports
from entente.rooms.trends.seizures import import_model as i
from entente.rooms.trends.seizures import importing
from entente.rooms.trends.seizures import same as pairs
from entente.rooms.trends.seizures import service as seizures
from entente.settings import Settings

AT_KELM = Question(goods="agro.pesticide", country=["xa"], side="place")
BELMARK = Question(country=["xb"], side="place")
SIX = {"medicines", "ipr", "tobacco", "fauna", "alcohol", "documents"}
DAY = date(2026, 9, 15)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("goods")
    with closing(
        open_house(Settings(data=folder, store="memory:", text="memory:", blobs="memory:"))
    ) as house:
        with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
            join(desk)
        goods.load(house)
        yield house


def rise(house: House) -> str:
    """The month of the rise, by name."""
    with goods._at(house, goods.ANALYST, "trend") as desk:
        desk.note("see", what="the day")
        return f"{told.month(desk.today, told.SURGES):%Y-%m}"


# --- the rise, and what only looks like one ------------------------------------------------------


def test_the_pesticide_at_arvenia_s_border_broke_by_itself_more_checks_or_not(house: House) -> None:
    with goods._at(house, goods.ANALYST, "trend") as desk:
        one = over_time.series(desk, AT_KELM)
        everywhere = over_time.series(desk, Question(goods="agro.pesticide"))
    (broken,) = one.breaks
    assert (broken.period, broken.per_check, broken.reporting) == (rise(house), True, False)
    assert broken.ratio is not None and broken.ratio > 10
    assert [row.reporting for row in everywhere.breaks] == [False], "what rose in Belmark is no reason for it"


def test_what_rose_together_in_belmark_is_called_a_change_of_reporting_and_not_crime(house: House) -> None:
    with goods._at(house, goods.ANALYST, "trend") as desk:
        by_goods = over_time.series(desk, BELMARK, "goods")
        together = over_time.series(desk, BELMARK)
        every = over_time.series(desk, Question(), "goods")
    broken = {row.key for row in by_goods.breaks}
    assert len(broken & SIX) >= 5
    assert all(row.reporting and row.sharing >= 4 for row in by_goods.breaks if row.key in SIX)
    assert together.breaks == [], "by the checks that were made nothing changed"
    assert {row.key: row.reporting for row in every.breaks if row.key in SIX | {"agro"}} == dict.fromkeys(
        {row.key for row in every.breaks} & SIX, True
    ) | {"agro": False}


def test_only_the_pesticide_is_told_as_a_surge_with_its_records(house: House) -> None:
    with goods._at(house, goods.ANALYST, "trend") as desk:
        made = combos.surges(desk, Question())
    (surge,) = made.surges
    assert (surge.combination.goods, surge.combination.origin) == ("agro.pesticide", "xc")
    assert surge.seen > 5 * surge.expected and len(surge.records) == surge.seen
    assert made.first_seen == []


def test_every_bureau_has_findings_and_none_of_them_calls_belmark_s_checks_crime(house: House) -> None:
    for who in goods.OF.values():
        with goods._at(house, who, "trend") as desk:
            desk.note("see", what="findings")
            found = [t for _, t in desk.table([finding.KIND], limit=100)]
        said = [(t.first("sort"), json.loads(t.first("series")), t.first("reporting")) for t in found]
        rose = [s for s in said if s[0] == "surge"]
        assert [one["goods"] for _, one, _ in rose] == ["agro.pesticide"], who
        breaks = {(one["goods"], one["place"]): reporting for sort, one, reporting in said if sort == "break"}
        assert breaks[("agro.pesticide", "xa")] == ""
        assert all(reporting == "yes" for (_, place), reporting in breaks.items() if place == "xb")


def test_the_hot_spot_is_arvenia_s_border_and_the_way_leads_through_drummen(house: House) -> None:
    with goods._at(house, goods.ANALYST, "trend") as desk:
        spots = hot.hotspots(desk, Question(goods="agro.pesticide"))
        ways = flows.flows(desk, Question(goods="agro.pesticide"))
    assert {spot.locode for spot in spots.places if spot.hot == 1} == {"XAKEL", "XARSA"}
    first = max(ways.flows, key=lambda row: row.seizures)
    assert (first.origin, first.transit, first.destination) == ("xc", "xd", "xa")


def test_a_slip_of_the_pen_is_in_no_sum(house: House) -> None:
    with goods._at(house, goods.ANALYST, "trend") as desk:
        about = over_time.series(desk, Question(goods="tobacco", measure="quantity")).about
    assert [one.count for one in about.left_out if one.reason == "held"] == [1]


def test_seizures_are_spread_over_three_years_and_none_lies_ahead(house: House) -> None:
    with goods._at(house, goods.ANALYST, "trend") as desk:
        made = over_time.series(desk, Question(), "place")
        today = desk.today
    assert 600 <= made.about.seizures <= 800
    assert made.periods[0] == f"{told.month(today, told.BEGINS):%Y-%m}"
    assert {row.key for row in made.series} == {"xa", "xb", "xc", "xd"}


# --- the same seizure twice, operations, targets -------------------------------------------------


def test_police_and_customs_are_each_asked_whether_the_two_are_one(house: House) -> None:
    waits = {}
    for code in ("XA", "XB", "XK"):
        with goods._at(house, goods.OF[code], "trend") as desk:
            desk.note("see", what="alerts")
            waits[code] = sum(
                1 for _, t in desk.table(["Alert"], limit=100) if t.first("what") == pairs.ALERT
            )
    assert waits == {"XA": 1, "XB": 0, "XK": 1}
    with goods._at(house, goods.OF["XA"], "trend") as desk:
        one = seizures.open_seizure(desk, desk.ref_id(desk.asker.bureau, told.TWICE))
        (pair,) = pairs.of(desk, one)
    assert pair.score.value > 0.9 and pair.other.first("contributor") == "customs"


def test_cordava_s_operation_is_followed_by_less_and_says_against_whom(house: House) -> None:
    with goods._at(house, goods.OF["XC"], "target") as desk:
        found = {one.name: one for one in service.listed(desk, o.Listing()).operations}
        told_ = tally.after_action(desk, found["Operation Dry Pipe"].id)
        counted = tally.tally(desk, found["Operation Dry Pipe"].id)
    assert found["Operation Dry Pipe"].state == "evaluated"
    assert sorted(told_.compared) == ["xa", "xb", "xd"]
    after = next(row for row in told_.effects if row.phase == "after")
    assert after.effect is not None and after.high is not None and after.high < 0 and after.few
    assert counted.named.seizures >= 9 and counted.arrests == len(goods.ARRESTED) and counted.checks > 0
    with goods._at(house, goods.OF["XB"], "target") as desk:
        assert tally.tally(desk, found["Operation Dry Pipe"].id).arrests == 0, "the paper is Cordava's alone"


def test_one_list_was_checked_and_scored_against_chance_and_one_waits_for_a_second_officer(
    house: House,
) -> None:
    with goods._at(house, goods.OF["XA"], "target") as desk:
        listed = {one.name: one for one in lists.listed(desk, o.Listing()).lists}
        done = lists.opened(desk, listed["Borders of Arvenia"].id)
        waits = lists.opened(desk, listed["Pesticide, the coming weeks"].id)
    assert done.state == "fed_back" and done.score.checked and done.score.control_checked
    assert all(target.result for target in done.targets)
    assert done.targets[0].what["origin"] == "xc"
    reasons = {reason.what for reason in done.targets[0].reasons}
    assert {"often", "surge", "break", "origin"} <= reasons
    assert waits.state == "proposed" and "approved" in waits.next and any(t.control for t in waits.targets)
    assert any(t.what.get("name") == told.COMPANY for t in waits.targets)


# --- companies -----------------------------------------------------------------------------------


def test_one_referral_waits_at_the_secretariat_and_no_company_knows(house: House) -> None:
    with goods._at(house, "desk@xz.example", "refer") as desk:
        (case,) = reviewing.listed(desk, True)
        opened = shown.case(desk, reviewing.opened(desk, case.id))
    assert sorted(side.bureau for side in opened.sides) == ["XP", "XQ"]
    assert [(one.sort, one.value) for one in opened.shared] == [("container", told.CONTAINER)]
    for who in ("officer@xp.example", "officer@xq.example"):
        with goods._at(house, who, "refer") as desk:
            mine, _ = reports.listed(desk)
            assert [row.cases for row in shown.rows(desk, mine)] == [0, 0]
            desk.note("see", what="alerts")
            assert not list(desk.table(["Alert"], limit=10))
        with goods._at(house, who, "contribute") as desk:
            with pytest.raises(NotAllowed):
                file = importing.read(desk, b"date,goods\n2026,urea\n", i.Sent())
                importing.kept(desk, file, i.Sent())
            desk.note("see", what="nothing")


# --- made anew, and files ------------------------------------------------------------------------


def test_the_same_day_has_the_same_seizures_and_another_day_as_many_in_whole_months() -> None:
    once = told.rows(DAY, "0" * 32)
    assert once == told.rows(DAY, "0" * 32)
    assert sum(map(len, told.rows(date(2027, 3, 2), "0" * 32).values())) <= sum(map(len, once.values()))
    for table in once.values():
        assert len({row["Reference"] for row in table}) == len(table)


def checked(house: House, name: str, **said: str) -> i.Report:
    with goods._at(house, goods.OF["XB"], "contribute") as desk:
        sent = i.Sent(**said)  # type: ignore[arg-type]
        return importing.report(
            importing.read(desk, goods_files.files(desk.today)[f"goods/{name}"], sent), sent
        )


def test_the_spreadsheet_is_understood_by_itself(house: House) -> None:
    report = checked(house, "seizures.xlsx")
    assert (report.rows, report.good, report.fault_count, report.doubt_count) == (12, 12, 0, 0)


def test_the_register_needs_its_mapping_and_names_no_officer(house: House) -> None:
    with goods._at(house, goods.OF["XB"], "contribute") as desk:
        today = desk.today
        desk.note("see", what="the day")
    said = tomllib.loads(goods_files.files(today)["goods/register.toml"].decode())
    mapping = json.dumps(said["columns"])
    report = checked(house, "register.csv", mapping=mapping, decimal=said["decimal"], order=said["order"])
    assert (report.good, report.fault_count) == (24, 0)
    assert [one.field for one in report.columns if one.header == "Agent"] == [""]


FAULTS = {
    "HS without an edition": "The edition of the HS code is missing",
    "negative": "is negative",
    "a comma of two readings": "may be 1200 or 1.200",
    "a name of two countries": "may be Congo",
    "a day to come": "is in the future",
    "a day of two readings": "may be",
    "half a point": "is half a point",
    "beyond the globe": "has a latitude beyond 90 degrees",
    "an e-mail address": "holds an e-mail address",
    "another state": "is none of",
    "twice the same reference": "It has the reference of row",
}
DOUBTS = {
    "HS without its nought": "a leading zero was lost",
    "no unit": "has no unit",
    "two containers": "cannot be added up",
    "a range": "is a range",
    "kilograms of parrots": "is a weight, and these are counted",
    "three noughts too many": "far from all others",
    "back to where it came from": "went back to where they came from",
    "a point in the sea": "are 0, 0",
    "a wrong check digit": "has the check digit 1, and would have 6",
    "goods of no list": "are not recognised",
}
PLAIN = {"HS with dots", "a year of the Buddhist calendar", "the year alone"}
"""Read without a word."""


def test_each_faulty_row_is_told_its_fault_and_no_other_row_has_one(house: House) -> None:
    report = checked(house, "seizures with faults.csv")
    with goods._at(house, goods.OF["XB"], "contribute") as desk:
        lines = goods_files.files(desk.today)["goods/seizures with faults.csv"].decode("utf-8-sig")
        desk.note("see", what="the day")
    refs = [line.split(",")[0] for line in lines.splitlines()]
    assert set(goods_files.FAULTS) == set(FAULTS) | set(DOUBTS) | PLAIN
    for expected, found in ((FAULTS, report.faults), (DOUBTS, report.doubts)):
        said = [(refs[one.row - 1], one.what) for one in found]
        assert sorted(ref for ref, _ in said) == sorted(expected)
        for ref, what in said:
            assert expected[ref] in what, ref
    assert report.good == report.rows - len(FAULTS)


def test_nobody_and_nothing_of_the_demo_s_goods_lies_on_land() -> None:
    for place in told.PLACES:
        assert place.locode[:2] in goods.OF and 36 <= place.latitude <= 45 and -39 <= place.longitude <= -33
