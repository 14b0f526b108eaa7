"""Contributions: graded records in the file's compartment, every fault at once, nothing seen outside it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.desk import House
from entente.rooms.analysis import contributions, grading, service
from rooms.filed import LEAD, Files, sitting
from rooms.scene import EVERYONE, IVO, NOBODY, Scene, only, places

NOTHING = "0" * 32
PERSON = {"kind": "Person", "properties": IVO}
OTHER = {"kind": "Person", "properties": {"name": ["Mira Dolen"], "certainty": "unconfirmed"}}
LINK = {"kind": "Associate", "properties": {"person": "#1", "associate": ["#2"], "certainty": "Tentative"}}


@pytest.fixture
def files(scene: Scene) -> Files:
    return Files(scene)


@pytest.fixture
def file(files: Files) -> str:
    """XA's file, with a contributor of XB and a reader of XC."""
    id = files.opened()
    files.joined(id, "XB office", "contributor")
    files.joined(id, "XC officer", "reader")
    return id


def test_a_contribution_brings_records_and_the_relation_between_them(
    scene: Scene, files: Files, file: str
) -> None:
    kept = files.contributed(
        "XB office",
        file,
        text="Seen together in Norport",
        source="XB-2026/17",
        received="2026-01-10",
        scheme="4x4",
        grade="b / 2",
        handlingCode="H1",
        restrictions="Not to be used in court",
        things=[LINK | {"properties": {"person": "#2", "associate": "#3"}, "grade": "A1"}, PERSON, OTHER],
    )
    assert (kept["bureau"], kept["by"], kept["grade"]) == ("XB", "Office of XB (XB)", "B2")
    link, ivo, mira = kept["things"]
    assert (link["grade"], ivo["grade"], mira["certainty"]) == ("A1", "B2", "unconfirmed")
    record = scene("XC officer", "GET", f"/records/{link['id']}", purpose="analysis").json
    assert (record["properties"]["person"], record["properties"]["associate"]) == ([ivo["id"]], [mira["id"]])
    assert record["owner"] == "XB"
    assert scene("XC officer", "GET", f"/files/{file}/contributions").json == [kept]
    assert scene("XC officer", "GET", f"/files/{file}/contributions/{kept['id']}").json == kept


def test_what_is_contributed_is_for_members_alone(scene: Scene, files: Files, file: str) -> None:
    kept = files.contributed("XB office", file, things=[PERSON])
    [thing] = kept["things"]
    for who in ("XB chief", "XA chief", "XC office", "XZ chief"):
        assert scene(who, "GET", f"/records/{thing['id']}", purpose="analysis").status == 404
        assert scene.found(who, "Ivo Marenko") == []
        assert scene(who, "GET", f"/files/{file}/contributions/{kept['id']}").status == 404
    for who in (LEAD, "XC officer", "XB office"):
        assert scene.found(who, "Ivo Marenko") == [thing["id"]]


def test_a_narrower_contribution_is_narrower_in_text_and_records(
    scene: Scene, files: Files, file: str
) -> None:
    kept = files.contributed("XB office", file, text="For XA", handling=only("XA"), things=[PERSON])
    assert [c["id"] for c in scene(LEAD, "GET", f"/files/{file}/contributions").json] == [kept["id"]]
    assert scene("XC officer", "GET", f"/files/{file}/contributions").json == []
    assert scene("XC officer", "GET", f"/files/{file}/contributions/{kept['id']}").status == 404
    record = f"/records/{kept['things'][0]['id']}"
    assert scene("XC officer", "GET", record, purpose="analysis").status == 404


def test_no_handling_opens_a_contribution_beyond_the_file(scene: Scene, files: Files, file: str) -> None:
    thing = {**PERSON, "handling": {**EVERYONE, "need": [], "level": "official"}}
    kept = files.contributed("XB office", file, handling=EVERYONE, things=[thing])
    record = scene("XB office", "GET", f"/records/{kept['things'][0]['id']}", purpose="analysis").json
    assert record["handling"]["need"] == [f"file/{file}"]


def test_a_record_is_no_lower_than_its_file(scene: Scene, files: Files) -> None:
    id = files.opened("XA office", boss="XA chief", level="restricted")
    kept = files.contributed("XA office", id, things=[PERSON])
    record = scene("XA office", "GET", f"/records/{kept['things'][0]['id']}", purpose="analysis").json
    assert record["handling"]["level"] == "restricted"


def test_records_that_are_there_are_named_as_far_as_each_reader_may_see_them(
    scene: Scene, files: Files, file: str
) -> None:
    shared = scene.contribute(who="XB office")["id"]
    own = scene.contribute({"name": ["Hidden"]}, NOBODY, who="XB office")["id"]
    kept = files.contributed("XB office", file, text="Known", records=[shared, own])
    assert [t["id"] for t in kept["things"]] == [shared, own]
    [seen] = scene("XC officer", "GET", f"/files/{file}/contributions").json
    assert [t["id"] for t in seen["things"]] == [shared]


def test_a_record_that_one_may_not_see_is_as_one_that_is_not(scene: Scene, files: Files, file: str) -> None:
    hidden = scene.contribute({"name": ["Hidden"]}, NOBODY, who="XD office")["id"]
    real = files.contribute("XB office", file, text="x", records=[hidden])
    none = files.contribute("XB office", file, text="x", records=[NOTHING])
    assert (real.status, places(real)) == (422, ["records/0"])
    assert real.text == none.text


def test_every_fault_is_told_at_once_and_nothing_is_kept(scene: Scene, files: Files, file: str) -> None:
    answer = files.contribute(
        "XB office",
        file,
        scheme="6x6",
        grade="G7",
        handlingCode="H9",
        received="2027-01-01",
        records=[NOTHING],
        things=[
            {"kind": "Person", "properties": {"birthDate": "1971-02-30"}},
            {"kind": "Persona", "properties": {"name": "x"}},
            {"kind": "Associate", "properties": {"person": "#1", "associate": "#2", "certainty": "sure"}},
            {"kind": "Person", "properties": {"name": "Fine"}, "grade": "Z9"},
        ],
    )
    assert answer.status == 422
    assert set(places(answer)) == {
        "grade",
        "handlingCode",
        "received",
        "records/0",
        "things/0/properties/birthDate/0",
        "things/0/properties/name",
        "things/1/kind",
        "things/2/properties/certainty/0",
        "things/3/grade",
    }
    assert scene("XB office", "GET", f"/files/{file}/contributions").json == []
    assert scene.found("XB office", "Fine") == []


@pytest.mark.parametrize(
    ("person", "associate", "where"),
    [("#3", "#2", ["things/0"]), ("#0", "#2", ["things/0"]), ("#1", "#2", ["things/0"])],
)
def test_a_position_that_is_not_there_or_goes_in_a_circle_is_a_fault(
    files: Files, file: str, person: str, associate: str, where: list[str]
) -> None:
    link = {"kind": "Associate", "properties": {"person": person, "associate": associate}}
    assert places(files.contribute("XB office", file, things=[link, OTHER])) == where


def test_a_contribution_that_says_nothing_is_none(files: Files, file: str) -> None:
    assert places(files.contribute("XB office", file, source="XB-1")) == ["text"]


def test_who_only_reads_contributes_nothing(files: Files, file: str) -> None:
    files.joined(file, "XD office", "reader")
    assert files.contribute("XD office", file, text="x").status == 403


def test_a_key_that_was_let_in_contributes_and_does_nothing_else(
    scene: Scene, files: Files, file: str
) -> None:
    key = scene.crew["XA machine"].id
    said = {"address": key, "bureau": "XA", "role": "analyst"}
    assert places(scene(LEAD, "POST", f"/files/{file}/members", json=said)) == ["role"]
    assert places(
        scene(LEAD, "POST", f"/files/{file}/members", json={**said, "address": scene.crew["XB machine"].id})
    ) == ["address", "role"]
    assert scene(LEAD, "POST", f"/files/{file}/members", json={**said, "role": "contributor"}).status == 204
    kept = files.contributed("XA machine", file, things=[PERSON])
    subject = {
        "record": kept["things"][0]["id"],
        "category": "leader",
        "rationale": "He decides who is paid",
        "reviewDue": "2026-06-01",
    }
    assert scene("XA machine", "POST", f"/files/{file}/subjects", json=subject).status == 403
    assert scene("XA machine", "POST", f"/files/{file}/close", json={"why": "x"}).status == 403


def test_more_records_than_one_paper_names_are_all_of_the_network(
    scene: Scene, files: Files, file: str, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contributions, "MOST_A_PAPER", 2)
    monkeypatch.setattr(contributions, "A_PAGE", 2)
    people: list[dict[str, Any]] = [{"kind": "Person", "properties": {"name": f"P {n}"}} for n in range(7)]
    files.contributed("XB office", file, text="Seven", things=people)
    found = scene("XB office", "GET", f"/files/{file}/contributions").json
    assert len(found) == 4
    named = {t["id"] for c in found for t in c["things"]}
    assert len(named) == 7
    with sitting(house, scene.crew["XC officer"]) as desk:
        assert set(contributions.records_of(desk, service.file_of(desk, file))) == named
    assert [c["text"] for c in found].count("Seven") == 1


LETTERS, DIGITS = "ABCDEFGX", "01234567"
ALLOWED = {
    "4x4": {f"{s}{i}" for s in "ABCX" for i in "1234"},
    "6x6": {f"{s}{i}" for s in "ABCDEF" for i in "123456"},
    "5x5x5": {f"{s}{i}{h}" for s in "ABCDE" for i in "12345" for h in "12345"},
}


@given(
    st.sampled_from(sorted(ALLOWED)),
    st.builds(str.__add__, st.sampled_from(LETTERS), st.text(DIGITS, min_size=1, max_size=3)),
)
def test_a_grade_is_right_in_its_scheme_exactly_where_the_scheme_has_it(scheme: str, grade: str) -> None:
    assert (grading.faults_of(scheme, grade) == []) == (grade in ALLOWED[scheme])


def test_a_record_comes_into_a_file_by_a_contribution_alone(scene: Scene, files: Files, file: str) -> None:
    held = {"mode": "everyone", "need": [f"file/{file}"]}
    draft = {"kind": "Person", "properties": IVO, "handling": held}
    files.joined(file, "XA office", "reader")
    assert places(scene("XA office", "POST", "/records", json=draft)) == ["handling/need"]
    kept = files.contributed(LEAD, file, things=[{"kind": "Person", "properties": IVO}])["things"][0]["id"]
    known = scene(LEAD, "GET", f"/records/{kept}", purpose="analysis").json
    assert known["handling"]["need"] == [f"file/{file}"]
