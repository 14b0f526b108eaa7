"""Cases in hostile hands: a file that lies, a file of events that is full, keys, vetoes, answers of a dot."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.desk import HOUSE_ASKER, House, sit
from entente.rooms.reports.cases import history, keeping, pages_child
from entente.rooms.reports.cases.history import Event, fold, joined, shortened
from rooms.cased import AUTHOR, REVIEWER, SECOND, Desk, evidence, outcome, reasons
from rooms.scene import Scene, only, places

LYING = (
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    b"2 0 obj\n<</Type/Pages/Count 200000/Kids[]>>\nendobj\ntrailer<</Root 1 0 R>>\n"
)
OVERTURNS = {
    "court": "Court of Appeal",
    "country": "xa",
    "stage": "appeal",
    "date": "2025-09-01",
    "overturns": 1,
    "outcomes": [outcome("Ivo Marenko", verdict="acquitted")],
}


@pytest.fixture
def cases(scene: Scene) -> Desk:
    return Desk(scene)


# --- files and what cannot be read -------------------------------------------------------------------


def test_a_pdf_that_says_more_pages_than_there_can_be_is_not_counted(cases: Desk, scene: Scene) -> None:
    case = cases.drafted(see=["XB"])
    case = cases.add(AUTHOR, case, "evidence", evidence(sha256="", kind="press"))
    number = case["evidence"][-1]["number"]
    path = f"/cases/{case['id']}/evidence/{number}/file?version={case['version']}"
    kept = scene(AUTHOR, "PUT", path, raw=LYING, headers={"content-type": "application/pdf"})
    assert kept.status == 200, kept.text
    assert kept.json["evidence"][-1]["file"]["pages"] == 0
    for who in (AUTHOR, REVIEWER):
        for asked in (f"/cases/{case['id']}", "/cases", "/cases/matrix?proven=true", "/cases/across"):
            assert scene(who, "GET", asked).status == 200, (who, asked)


def test_one_case_that_cannot_be_read_takes_no_list_and_no_duty_down(
    cases: Desk, scene: Scene, house: House, work: Callable[[House], None]
) -> None:
    record = scene.contribute(handling=only("XB"))
    whole, broken = cases.proposed(see=["XB"]), cases.proposed(see=["XB"])
    for case in (whole, broken):
        cases.add(AUTHOR, case, "parties", {"name": "Velda Nominee", "link": record["id"]})
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        thing = desk.inspect(broken["id"])
        assert thing
        form = {**json.loads(thing.first("form")), "chapter": "no such chapter"}
        desk.change(thing, body={**thing.body, "form": (json.dumps(form),)})
        desk.note("correct", object=thing.id)
    for asked in ("/cases", "/cases/across", "/cases/matrix?proven=true"):
        assert scene(REVIEWER, "GET", asked).status == 200, asked
    listed = scene(REVIEWER, "GET", "/cases").json
    assert [one["id"] for one in listed["cases"]] == [whole["id"]]
    change = {"version": 1, "handling": only()}
    assert scene("XA office", "PUT", f"/records/{record['id']}/handling", json=change).status == 200
    work(house)  # the other one follows its source all the same
    assert scene(REVIEWER, "GET", f"/cases/{whole['id']}").status == 404


def test_nothing_is_kept_that_could_not_be_read_again(cases: Desk, house: House) -> None:
    made = cases.proposed()
    with pytest.raises(ValueError), sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        thing = desk.inspect(made["id"])
        assert thing
        case = keeping.case_of(thing)
        form = case.form.model_copy(update={"chapter": "no such chapter"})
        keeping.keep(desk, case, replace(case, form=form))
    assert cases.opened(AUTHOR, made)["version"] == made["version"]


def test_the_process_that_reads_a_pdf_opens_no_file() -> None:
    script = (
        "import runpy, sys\n"
        f"limit = runpy.run_path({str(Path(pages_child.__file__))!r})['limit']\n"
        "limit()\n"
        "try:\n    open('/dev/null')\n"
        "except OSError as error:\n    sys.stdout.write(str(error.errno))\n"
    )
    made = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, check=True)
    assert made.stdout == b"24"


# --- a full file of events ---------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["overturned", "withdrawn", "source"])
def test_a_case_with_a_full_file_of_events_loses_its_proof_and_its_readers_all_the_same(
    cases: Desk,
    scene: Scene,
    house: House,
    work: Callable[[House], None],
    monkeypatch: pytest.MonkeyPatch,
    end: str,
) -> None:
    monkeypatch.setattr(keeping, "MOST_EVENTS", 24)
    record = scene.contribute(handling=only("XB", "XC"))
    case = cases.drafted(see=["XB"])
    case = cases.add(AUTHOR, case, "parties", {"name": "Velda Nominee", "link": record["id"]})
    case = cases.step(AUTHOR, cases.step(AUTHOR, case, "complete"), "send", reviewer="XB")
    assert cases.decided(REVIEWER, case).status == 200
    case = cases.opened(AUTHOR, case)
    for n in range(60):  # two hands in turn: no edit goes into the one before it
        see = ["XB"] if n % 2 else ["XB", "XC"]
        case = cases.done(SECOND if n % 2 else AUTHOR, "PUT", case, "", case={**case["case"], "see": see})
    assert len(case["events"]) <= 24 and case["admitted"] and case["state"] == "accepted"
    assert "earlier" in [event["did"] for event in case["events"]]
    assert cases.act("XA office", "POST", case, "/steps", step="clear").status == 200
    case = cases.opened(AUTHOR, case)
    if end == "overturned":
        case = cases.add(AUTHOR, case, "proceedings", OVERTURNS)
        assert not case["admitted"] and case["events"][-1]["did"] == "fell"
    elif end == "withdrawn":
        case = cases.step(AUTHOR, case, "withdraw", why="We were wrong.")
        assert case["state"] == "withdrawn" and not case["admitted"]
    else:
        change = {"version": 1, "handling": only()}
        assert scene("XA office", "PUT", f"/records/{record['id']}/handling", json=change).status == 200
        work(house)
        assert scene(REVIEWER, "GET", f"/cases/{case['id']}").status == 404


def test_whoever_wrote_long_ago_clears_nothing_though_his_edits_were_taken_out(
    cases: Desk, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST_EVENTS", 16)
    case = cases.proposed(see=["XB"])
    for n in range(40):
        who = "XA office" if n == 3 else (AUTHOR, SECOND)[n % 2]
        see = ["XB"] if n % 2 else ["XB", "XC"]
        case = cases.done(who, "PUT", case, "", case={**case["case"], "see": see})
    case = cases.step(AUTHOR, case, "take_up")
    assert len({event["officer"] for event in case["events"] if event["did"] == "edited"}) == 2
    with sit(house, HOUSE_ASKER, "administer") as desk:
        thing = desk.inspect(case["id"])
        desk.note("see")
    assert thing  # of the third hand no edit is left, and it is known all the same
    assert cases.scene.crew["XA office"].id in keeping.case_of(thing).standing.authors


DONE = sorted(
    {*history.AFTER, "edited", "fell", "objected", "answered", "objection-withdrawn"} - {"proposed"}
)
EVENTS = st.lists(
    st.builds(
        Event,
        at=st.just("2026-01-01T00:00:00+00:00"),
        did=st.sampled_from([*DONE, "edited", "edited"]),
        bureau=st.integers(1, 3),
        officer=st.sampled_from(["a", "b", "c"]),
        facts=st.sampled_from([{}, {"keeps": "yes"}, {"keeps": "uncleared"}]),
    ),
    max_size=80,
)


@given(EVENTS, st.integers(8, 24))
def test_shortened_events_leave_the_case_where_all_of_them_leave_it(done: list[Event], most: int) -> None:
    """The slow twin keeps every event; the other is shortened at each step."""
    first = Event("2026-01-01T00:00:00+00:00", "proposed", 1, "a", number=1)
    every: tuple[Event, ...] = (first,)
    short: tuple[Event, ...] = (first,)
    for event in done:
        every, short = joined(every, event), shortened(joined(short, event), most)
        assert len(short) <= most
        assert fold(short) == fold(every)
    gone = sum(one.facts["many"] for one in short if one.did == history.EARLIER)
    assert gone + sum(one.did != history.EARLIER for one in short) == len(every)


# --- objections --------------------------------------------------------------------------------------


def objected(cases: Desk, who: str = REVIEWER) -> dict[str, Any]:
    case = cases.accepted()
    answer = cases.act(who, "POST", cases.opened(who, case), "/objections", text="The lab was never asked.")
    assert answer.status == 201, answer.text
    return cases.opened(AUTHOR, case)


def test_a_machine_key_neither_objects_nor_answers_nor_withdraws(cases: Desk) -> None:
    case = cases.accepted()
    assert cases.act("XB machine", "POST", case, "/objections", text="x").status == 403
    assert cases.opened(AUTHOR, case)["admitted"]
    case = cases.done(REVIEWER, "POST", case, "/objections", text="The lab was never asked.")
    assert cases.act("XA machine", "POST", case, "/objections/1/answer", text=".").status == 403
    assert cases.act("XB machine", "POST", case, "/objections/1/withdraw").status == 403
    assert cases.opened(AUTHOR, case)["objections"][0]["state"] == "open"


def test_an_authors_answer_alone_closes_no_objection(cases: Desk, scene: Scene) -> None:
    case = cases.done(AUTHOR, "POST", objected(cases), "/objections/1/answer", text=".")
    assert case["objections"][0]["state"] == "answered" and not case["admitted"]
    assert reasons(case) == {"objection-open"}
    assert cases.act(AUTHOR, "POST", case, "/objections/1/withdraw").status == 403
    assert cases.act("XC officer", "POST", case, "/objections/1/withdraw").status == 404
    assert "case-changed" in [one["what"] for one in scene(REVIEWER, "GET", "/alerts").json]
    seen = cases.opened(REVIEWER, case)
    assert seen["objections"][0]["may_withdraw"]
    back = cases.done(REVIEWER, "POST", seen, "/objections/1/withdraw", why="The lab has answered.")
    assert back["objections"][0]["state"] == "withdrawn" and back["admitted"]
    again = cases.act(REVIEWER, "POST", back, "/objections/1/withdraw")
    assert again.status == 422 and places(again) == ["objection"]


def test_a_new_review_that_accepts_the_answer_closes_an_objection(cases: Desk) -> None:
    case = objected(cases)
    case = cases.step(AUTHOR, case, "back", why="The lab was asked.")
    case = cases.step(AUTHOR, cases.step(AUTHOR, case, "complete"), "send", reviewer="XC")
    said = [{"claim": one["number"], "decision": "accept"} for one in case["claims"] if not one["draft"]]
    early = cases.act("XC officer", "POST", case, "/review", decisions=said, answers=[1])
    assert early.status == 422 and places(early) == ["answers/0"]  # nobody has answered it
    case = cases.done(AUTHOR, "POST", case, "/objections/1/answer", text="It was asked in May.")
    twice = cases.act("XC officer", "POST", case, "/review", decisions=said, answers=[1, 1, 7])
    assert places(twice) == ["answers/2", "answers"]
    case = cases.done("XC officer", "POST", case, "/review", decisions=said, answers=[1])
    assert case["objections"][0]["state"] == "accepted" and case["admitted"]


def test_a_new_review_that_says_nothing_of_the_answer_leaves_the_objection_open(cases: Desk) -> None:
    case = cases.done(AUTHOR, "POST", objected(cases), "/objections/1/answer", text="It was asked in May.")
    case = cases.step(AUTHOR, case, "back", why="Sent elsewhere.")
    case = cases.step(AUTHOR, cases.step(AUTHOR, case, "complete"), "send", reviewer="XC")
    assert cases.decided("XC officer", case).status == 200
    assert reasons(cases.opened(AUTHOR, case)) == {"objection-open"}


def test_a_bureau_that_was_asked_and_recalled_before_it_reviewed_has_no_veto(cases: Desk) -> None:
    case = cases.sent(to="XD")
    assert cases.opened("XD officer", case)["may_object"]  # while it is asked
    case = cases.step(AUTHOR, case, "recall", why="Another bureau knows more.")
    case = cases.step(AUTHOR, case, "send", reviewer="XB")
    assert cases.decided(REVIEWER, case).status == 200
    case = cases.opened(AUTHOR, case)
    assert cases.act("XD officer", "POST", case, "/objections", text="No.").status == 403
    assert not cases.opened("XD officer", case)["may_object"] and cases.opened(AUTHOR, case)["admitted"]
    case = cases.step(AUTHOR, cases.step(AUTHOR, case, "back", why="Again."), "complete")
    assert cases.act(REVIEWER, "POST", case, "/objections", text="x").status == 403  # it is being drafted
    case = cases.step(AUTHOR, case, "send", reviewer="XC")
    case = cases.done(REVIEWER, "POST", case, "/objections", text="It reviewed it once.")
    assert case["objections"][0]["bureau"] == "XB"


def test_closed_objections_make_room_for_a_new_one(cases: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entente.rooms.reports.cases.steps.MOST_OBJECTIONS", 2)
    case = objected(cases)
    case = cases.done(REVIEWER, "POST", case, "/objections", text="Nor was the second one.")
    full = cases.act(REVIEWER, "POST", case, "/objections", text="Nor the third.")
    assert full.status == 422 and places(full) == ["objections"]
    case = cases.done(REVIEWER, "POST", case, "/objections/1/withdraw")
    case = cases.done(REVIEWER, "POST", case, "/objections", text="Nor the third.")
    assert [one["number"] for one in case["objections"]] == [2, 3]


# --- records of others -------------------------------------------------------------------------------


@pytest.mark.parametrize("shown", [True, False], ids=["shown", "hidden"])
def test_sending_to_review_says_nothing_of_who_sees_the_records_of_others(
    cases: Desk, scene: Scene, shown: bool
) -> None:
    named = only("XA", "XD") if shown else only("XA")
    record = scene.contribute(handling=named, who="XB office")
    case = cases.drafted()
    case = cases.add(AUTHOR, case, "parties", {"name": "Velda Nominee", "link": record["id"]})
    case = cases.step(AUTHOR, case, "complete")
    sent = cases.act(AUTHOR, "POST", case, "/steps", step="send", reviewer="XD")
    assert sent.status == 200 and sent.json["state"] == "in_review" and sent.json["reviewers"] == ["XD"]
    assert scene("XD officer", "GET", f"/cases/{case['id']}").status == (200 if shown else 404)
    told = [one["what"] for one in scene("XD officer", "GET", "/alerts").json]
    assert told == (["case-review"] if shown else [])


# --- the pages ---------------------------------------------------------------------------------------


def test_objections_are_answered_accepted_and_withdrawn_on_the_pages(
    page: Callable[..., Any], cases: Desk
) -> None:
    case = objected(cases)
    at, stands = f"/cases/{case['id']}", "Answered, and open still"

    def sent(who: str, rest: str, *form: tuple[str, str]) -> Any:
        version = str(cases.opened(AUTHOR, case)["version"])
        return page(who, "POST", at + rest, [("version", version), *form])

    assert sent(AUTHOR, "/objections/1/answer", ("text", "It was asked in May.")).status == 303
    assert stands in page(AUTHOR, "GET", at).text
    assert "/objections/1/withdraw" not in page(AUTHOR, "GET", at).text
    assert "/objections/1/withdraw" in page(REVIEWER, "GET", at).text
    assert sent(REVIEWER, "/objections/1/withdraw").status == 303
    assert "Withdrawn by the bureau that objected" in page(AUTHOR, "GET", at).text
    assert sent(REVIEWER, "/objections", ("text", "Nor was the second one.")).status == 303
    assert sent(AUTHOR, "/objections/2/answer", ("text", "It was, too.")).status == 303
    for step in (("back", "why"), ("complete", "why"), ("send", "reviewer")):
        more = "XB" if step[1] == "reviewer" else "Again."
        assert sent(AUTHOR, "/steps", ("step", step[0]), (step[1], more)).status == 303
    review = page(REVIEWER, "GET", f"{at}/review").text
    assert (
        "I accept this answer" in review and "It was, too." in review and "It was asked in May." not in review
    )
    decided = [(f"decision/{one['number']}", "accept") for one in case["claims"]]
    wrong = sent(REVIEWER, "/review", *decided, ("answers", "1"), ("answers", "2"))
    assert wrong.status == 422 and 'value="2" checked' in wrong.text
    assert sent(REVIEWER, "/review", *decided, ("answers", "2")).status == 303
    assert "A review has accepted the answer" in page(AUTHOR, "GET", at).text
    assert cases.opened(AUTHOR, case)["admitted"]
