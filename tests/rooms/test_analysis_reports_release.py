"""The release check: nothing goes to who may not read all it is made of, unless an owner lets him."""

import json
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.core.access import Asker, Decision, Handling, Level, Purpose, decide
from entente.core.things import Thing
from entente.rooms.publications.release import Reading, blocks_why, handling_of_copy, is_released
from rooms.filed import BOSS, LEAD
from rooms.reported import Reports, text
from rooms.scene import Scene, only, places


@pytest.fixture
def reports(scene: Scene) -> Reports:
    return Reports(scene)


def check(reports: Reports, id: str, who: str = LEAD) -> dict:
    answer = reports.call(who, "GET", f"/{id}/check")
    assert answer.status == 200, answer.text
    return answer.json


def test_a_source_of_the_file_blocks_and_its_owners_release_lets_it_through(reports: Reports) -> None:
    reports.files.joined(reports.file, "XB analyst", "contributor")
    source = reports.in_file("XB analyst")
    id = reports.approved(text("Open words"), text(f"He [[{source}]]"), to=("XC",))
    found = check(reports, id)
    assert {(b["number"], b["bureau"], b["source"], b["owner"]) for b in found["blocked"]} == {
        (1, "XC", source, "XB"), (2, "XC", source, "XB")
    }  # fmt: skip
    ask = next(o for o in found["options"] if o["do"] == "ask")
    assert ask["bureau"] == "XB" and "Sealed Source" in ask["text"] and ask["sources"] == [source]
    refused = reports.publish(id)
    assert refused.status == 422 and places(refused) == ["blocks/1", "blocks/2"]
    assert reports.copies("XC officer") == []
    given = reports.call("XB analyst", "POST", f"/{id}/releases", json={"bureaus": ["XC"]})
    assert given.status == 201 and [r["source"] for r in given.json] == [source]
    assert check(reports, id)["blocked"] == []
    assert reports.publish(id).status == 200
    assert "Sealed Source" in json.dumps(reports.copy("XC officer")["document"])
    assert reports.scene("XC officer", "GET", f"/records/{source}", purpose="analysis").status == 404


def test_a_release_is_for_the_named_bureaus_alone(reports: Reports) -> None:
    source = reports.in_file()
    id = reports.approved(text(f"He [[{source}]]"), to=("XB", "XC"))
    reports.call(LEAD, "POST", f"/{id}/releases", json={"bureaus": ["XC"]})
    assert {b["bureau"] for b in check(reports, id)["blocked"]} == {"XB"}
    assert reports.publish(id).status == 422


def test_nobody_releases_what_is_not_his_bureaus(reports: Reports) -> None:
    reports.files.joined(reports.file, "XB analyst", "contributor")
    source = reports.in_file(LEAD)
    id = reports.approved(text(f"He [[{source}]]"), to=("XC",))
    said = {"bureaus": ["XC"], "sources": [source]}
    assert places(reports.call("XB analyst", "POST", f"/{id}/releases", json=said)) == [
        "sources/0",
        "sources",
    ]
    reports.files.joined(reports.file, "XA officer", "reader")
    assert reports.call("XA officer", "POST", f"/{id}/releases", json=said).status == 403


def test_a_release_ends_with_the_version_it_was_given_for(reports: Reports) -> None:
    source = reports.in_file()
    id = reports.approved(text(f"He [[{source}]]"), to=("XC",))
    reports.call(LEAD, "POST", f"/{id}/releases", json={"bureaus": ["XC"]})
    change = {"version": 1, "handling": {**only("XB"), "need": [f"file/{reports.file}"]}}
    answer = reports.scene(BOSS, "PUT", f"/records/{source}/handling", json=change)
    assert answer.status == 200, answer.text
    found = check(reports, id)
    assert {b["bureau"] for b in found["blocked"]} == {"XC"} and not found["released"][0]["holds"]


def test_two_recipients_are_judged_each_by_his_own_rights(reports: Reports) -> None:
    known_to_b = str(reports.scene.contribute(handling=only("XB"))["id"])
    id = reports.approved(text("Words"), text(f"He [[{known_to_b}]]"), to=("XB", "XC"))
    assert {(b["bureau"], b["number"]) for b in check(reports, id)["blocked"]} == {("XC", 1), ("XC", 2)}
    assert reports.publish(id).status == 422
    assert reports.copies("XB officer") == reports.copies("XC officer") == []


def test_a_sentence_without_the_source_lets_it_through(reports: Reports) -> None:
    source = reports.in_file()
    report = reports.written(text(f"He [[{source}]]"), to=("XC",))
    form = {
        "title": report["title"], "seen": report["seen"], "distribution": [{"bureau": "XC"}],
        "blocks": [{**text("Somebody does."), "id": report["blocks"][0]["block"]["id"]}],
    }  # fmt: skip
    edited = reports.call(LEAD, "PUT", f"/{report['id']}", json=form).json
    reports.approve(edited)
    assert reports.publish(report["id"]).status == 200
    assert "Sealed" not in json.dumps(reports.copy("XC officer"))


def test_an_officer_of_the_file_gets_what_his_bureau_may_not_read(reports: Reports) -> None:
    reports.files.joined(reports.file, "XB analyst", "reader")
    source = reports.in_file()
    member = reports.scene.crew["XB analyst"].id
    reports.published(text(f"He [[{source}]]"), to=({"bureau": "XB", "officer": member, "unit": "Analysis"},))
    assert reports.copy("XB analyst")["number"] == 1
    for who in ("XB officer", "XB supervisor", "XB office"):
        assert reports.copies(who) == []


def test_a_confidential_source_blocks_a_report_of_a_lower_level(reports: Reports) -> None:
    reports.files.joined(reports.file, "XA office", "analyst")
    secret = str(reports.scene.contribute(handling={"mode": "everyone", "level": "confidential"})["id"])
    report = reports.written(text(f"He [[{secret}]]"), who="XA office")
    assert {b["what"] for b in check(reports, report["id"], "XA office")["blocked"]} == {"level"}
    form = {
        "title": "T", "level": "confidential", "seen": report["seen"], "distribution": [{"bureau": "XB"}],
        "blocks": [text(f"He [[{secret}]]")],
    }  # fmt: skip
    assert reports.call("XA office", "PUT", f"/{report['id']}", json=form).status == 200
    assert check(reports, report["id"], "XA office")["blocked"] == []


def test_a_purpose_that_is_not_analysis_blocks(reports: Reports) -> None:
    wanted = str(reports.scene.contribute(handling={"mode": "everyone", "purposes": ["wanted"]})["id"])
    report = reports.written(text(f"He [[{wanted}]]"))
    assert {b["bureau"] for b in check(reports, report["id"])["blocked"]} == {"XB"}


# --- the lemma -----------------------------------------------------------------------------------

BITS = st.integers(0, 31)
FILES = st.frozensets(st.sampled_from(["file/1", "file/2"]))
handlings = st.builds(
    Handling,
    owner=st.integers(1, 4),
    see=BITS,
    hint=BITS,
    watch=st.booleans(),
    need=FILES,
    purposes=st.sampled_from([Purpose.ANALYSIS, Purpose.WANTED, Purpose.ANALYSIS | Purpose.WANTED]),
    level=st.sampled_from(Level),
)
askers = [
    Asker("o", bureau, purpose, "why", clearance=level, held=held)
    for bureau, purpose, level, held in product(
        range(1, 5), (Purpose.ANALYSIS, Purpose.WANTED), Level, (frozenset(), frozenset({"file/1", "file/2"}))
    )
]


@given(st.lists(handlings, min_size=1, max_size=4), st.integers(1, 4), st.sampled_from(Level), st.data())
def test_who_may_open_a_copy_may_read_each_source_or_it_was_released_to_his_bureau(
    given, to, level, data
) -> None:
    sources = [Thing(f"{n}", "Person", h, {}) for n, h in enumerate(given)]
    released = {
        s.id: Thing(
            "r", "ReportRelease", Handling(s.handling.owner), {"version": ("1",), "bureaus": (str(to),)}
        )
        for s in sources
        if data.draw(st.booleans())
    }
    held = data.draw(FILES)
    reader = Reading(to, "", Asker("o", to, Purpose.ANALYSIS, "why", clearance=level, held=held))
    if any(blocks_why(source, reader, released) for source in sources):
        return
    label = handling_of_copy(reader, level, sources, released)
    assert decide(reader.asker, label) is Decision.FULL
    for asker in askers:
        if decide(asker, label) is not Decision.FULL:
            continue
        assert asker.bureau == to and asker.clearance >= level
        for source in sources:
            assert decide(asker, source.handling) is Decision.FULL or is_released(source, to, released)
