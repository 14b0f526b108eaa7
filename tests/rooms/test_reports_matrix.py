"""Across cases: goods against crimes by the cases that one sees, against an exact slow twin."""

from itertools import product
from math import comb
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from entente.rooms.reports.cases.across import LEAST, _fisher, table_of
from rooms.cased import AUTHOR, Desk, claim, evidence, proceeding
from rooms.scene import Scene, only

GOODS, CRIMES = ("agro", "tobacco", "medicines"), ("fraud", "drugs", "corruption")
Unit = tuple[frozenset[str], frozenset[str]]


@pytest.fixture
def cases(scene: Scene) -> Desk:
    return Desk(scene)


def fisher(a: int, row: int, column: int, total: int) -> float:
    """Fisher's exact test, two-sided, from its definition: tables as rare as this one or rarer."""
    every = comb(total, column)
    chances = [
        comb(row, k) * comb(total - row, column - k) / every
        for k in range(max(0, row + column - total), min(row, column) + 1)
    ]
    mine = comb(row, a) * comb(total - row, column - a) / every
    return sum(p for p in chances if p <= mine * (1 + 1e-7))


@given(st.integers(1, 60), st.data())
def test_the_exact_test_is_that_of_scipy(total: int, data: st.DataObject) -> None:
    row, column = data.draw(st.integers(1, total)), data.draw(st.integers(1, total))
    n = data.draw(st.integers(max(0, row + column - total), min(row, column)))
    table = [[n, row - n], [column - n, total - row - column + n]]
    assert _fisher(n, row, column, total) == pytest.approx(fisher_exact(table).pvalue, rel=1e-6)


def twin(units: list[Unit]) -> dict[tuple[str, str], tuple[int, float | None, float | None]]:
    """Cell by cell, by looking at every unit again."""
    found = {}
    for goods, crime in product(GOODS, CRIMES):
        n = sum(goods in g and crime in c for g, c in units)
        row, column = sum(goods in g for g, _ in units), sum(crime in c for _, c in units)
        if n >= LEAST:
            found[goods, crime] = (n, n * len(units) / (row * column), fisher(n, row, column, len(units)))
        elif n:
            found[goods, crime] = (n, None, None)
    return found


some = st.frozensets(st.sampled_from(GOODS), min_size=1), st.frozensets(st.sampled_from(CRIMES), min_size=1)


@given(st.lists(st.tuples(*some), max_size=40))
def test_every_cell_is_what_counting_by_hand_says(units: list[Unit]) -> None:
    expected = twin(units)
    cells = {(cell.goods, cell.crime): cell for cell in table_of(units, {})}
    assert cells.keys() == expected.keys()
    for pair, (n, lift, p) in expected.items():
        assert cells[pair].n == n
        assert cells[pair].lift == (None if lift is None else pytest.approx(lift, abs=1e-3))
        assert cells[pair].p == (None if p is None else pytest.approx(p, rel=1e-6))


def case(cases: Desk, goods: str, *crimes: str, who: str = AUTHOR, **said: Any) -> dict[str, Any]:
    made = cases.proposed(who, goods=[goods], **said)
    made = cases.add(
        who, made, "parties", {"name": "The  NORPORT group", "sort": "group", "roles": ["producer"]}
    )
    made = cases.add(who, made, "proceedings", proceeding())
    made = cases.add(who, made, "evidence", evidence())
    for crime in crimes:
        made = cases.add(who, made, "claims", claim(object_crime=crime, text=f"It is linked with {crime}."))
    return made


def test_the_matrix_counts_cases_that_one_sees_and_says_what_it_leaves_out(cases: Desk, scene: Scene) -> None:
    for _ in range(3):
        case(cases, "agro.pesticide", "fraud", "fraud")
    case(cases, "tobacco", "drugs", see=["XB"])
    bare = cases.proposed(goods=[])
    cases.add(AUTHOR, bare, "evidence", evidence(proceeding=None))
    cases.add(AUTHOR, cases.opened(AUTHOR, bare), "claims", claim(subject_party=None, subject_event="A fire"))
    found = scene(AUTHOR, "GET", "/cases/matrix").json
    assert (found["n"], found["without"], found["claims"], found["cases"]) == (4, 1, 8, 5)
    cells = {(cell["goods"], cell["crime"]): cell for cell in found["cells"]}
    assert cells["agro", "fraud"] == {
        "goods": "agro",
        "crime": "fraud",
        "n": 3,
        "claims": 6,
        "lift": pytest.approx(4 / 3, abs=1e-3),
        "p": pytest.approx(0.25),
    }
    assert cells["tobacco", "drugs"]["n"] == 1 and cells["tobacco", "drugs"]["lift"] is None
    by_claim = scene(AUTHOR, "GET", "/cases/matrix?unit=claim").json
    assert by_claim["n"] == 7 and by_claim["unit"] == "claim"
    theirs = scene("XB officer", "GET", "/cases/matrix").json
    assert theirs["n"] == 1 and theirs["cases"] == 1 and list(theirs["goods"]) == ["tobacco"]
    assert scene("XC officer", "GET", "/cases/matrix").json["cells"] == []


def test_proven_claims_are_counted_alone_where_that_is_asked(cases: Desk, scene: Scene) -> None:
    cases.drafted()
    case(cases, "tobacco", "drugs")
    found = scene(AUTHOR, "GET", "/cases/matrix?proven=true").json
    assert [(cell["goods"], cell["crime"]) for cell in found["cells"]] == [("agro", "money_laundering")]


def test_what_several_cases_share_is_found_by_name_and_by_record(cases: Desk, scene: Scene) -> None:
    record = scene.contribute(handling=only())
    one, other = case(cases, "tobacco", "drugs"), case(cases, "agro.pesticide", "fraud")
    for made in (one, other):
        cases.done(AUTHOR, "PUT", made, "/evidence/1", evidence=evidence(link=record["id"]))
    found = scene(AUTHOR, "GET", "/cases/across").json
    shared = {(item["sort"], item["link"]): item["cases"] for item in found["shared"]}
    both = sorted([one["id"], other["id"]])
    assert shared == {("group", ""): both, ("record", record["id"]): both}
    assert found["roles"] == [{"role": "producer", "parties": 2, "cases": 2}]
    pairs = {(tuple(link["countries"]), link["link_type"]) for link in found["links"]}
    assert (("xa", "xb"), "launders_for") in pairs and (("xa", "xa"), "launders_for") not in pairs


def test_months_and_detections_are_told_from_three_cases_on(cases: Desk, scene: Scene) -> None:
    for _ in range(2):
        cases.drafted()
    found = scene(AUTHOR, "GET", "/cases/across").json
    assert found["months"] == {"n": 2, "median": None, "least": None, "most": None}
    assert found["detections"] == [{"detection": "risk_profile", "cases": 2, "convicted": 2, "share": None}]
    cases.drafted()
    case(cases, "tobacco", "drugs", detection="tip")
    found = scene(AUTHOR, "GET", "/cases/across").json
    assert found["months"]["n"] == 3 and found["months"]["median"] == pytest.approx(22, abs=0.2)
    assert [(d["detection"], d["share"]) for d in found["detections"]] == [
        ("risk_profile", 1.0),
        ("tip", None),
    ]
