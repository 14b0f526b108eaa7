"""A notice on its way: drafted, checked by a second officer, judged by the neutral review, out, and over."""

import pytest

from entente.desk import House
from rooms.noticed import DRAFTER, FIELDS, READER, REVIEWER, SECOND, Office, form
from rooms.scene import IVO, Scene, places
from worlds.stage import Clock, Crew


@pytest.fixture
def scene(doors, crew: Crew) -> Scene:
    """Nobody is signed out while days go by."""
    return Scene(doors(idle_minutes=10**6), crew)


@pytest.fixture
def office(scene: Scene) -> Office:
    return Office(scene)


def test_a_red_notice_goes_from_draft_to_its_readers(office: Office, scene: Scene) -> None:
    draft = office.draft()
    assert (draft["state"], draft["title"], draft["owner"]) == ("draft", "Ivo Marenko", "XA")
    assert office.done(DRAFTER, draft, "submit")["state"] == "submitted"
    published = office.published()
    assert published["state"] == "published"
    told = office.open(READER, published["id"]).json
    assert told["fields"] == FIELDS["red"]
    assert told["subject"]["caption"] == "Ivo Marenko"
    assert told["subject"]["properties"]["passportNumber"] == ["P4417093"]
    assert told["advice"] == "Verify with the owner before acting."
    assert office.listed(READER) == [published["id"]]


@pytest.mark.parametrize("colour", sorted(FIELDS))
def test_each_colour_takes_the_same_path(office: Office, colour: str) -> None:
    published = office.published(colour=colour)
    assert published["state"] == "published"
    assert office.listed(READER, colour=colour) == [published["id"]]
    assert office.open(READER, published["id"]).json["colour"] == colour


def test_until_it_is_published_nobody_else_learns_of_it(office: Office, scene: Scene) -> None:
    notice = office.checked()
    record = notice["subject"]["record"]
    nothing = office.open(READER, "0" * 32)
    for who in (READER, REVIEWER, "XZ officer"):
        assert office.open(who, notice["id"]).body == nothing.body
        assert scene.found(who, "Ivo Marenko") == []
    sent = office.done(DRAFTER, notice, "send")
    assert office.open(REVIEWER, sent["id"]).status == 200
    assert scene.found(REVIEWER, "Ivo Marenko") == [record]
    assert office.open(READER, sent["id"]).body == nothing.body
    assert scene.found(READER, "Ivo Marenko") == []
    office.let_out(sent)
    assert scene.found(READER, "Ivo Marenko") == [record]


def test_a_diffusion_reaches_those_it_names_and_nobody_else(office: Office, scene: Scene) -> None:
    notice = office.published(reach="named", bureaus=["XB"])
    assert office.open("XB officer", notice["id"]).json["bureaus"] is None
    assert office.open("XA officer", notice["id"]).json["bureaus"] == ["XB"]
    assert office.open("XC officer", notice["id"]).status == 404
    assert scene.found("XC officer", "Ivo Marenko") == []
    assert scene.found("XB officer", "Ivo Marenko") == [notice["subject"]["record"]]
    assert (office.listed("XB officer"), office.listed("XC officer")) == ([notice["id"]], [])


def test_a_diffusion_waits_for_the_same_checks(office: Office) -> None:
    notice = office.draft(reach="named", bureaus=["XB"])
    assert office.act(DRAFTER, notice, "send").status == 422
    assert office.act(REVIEWER, notice, "review", decision="publish").status == 404
    assert office.listed("XB officer") == []


def test_its_readers_see_how_it_was_reviewed_and_no_officers_of_others(office: Office) -> None:
    notice = office.published()
    told = office.open(READER, notice["id"]).json["history"]
    assert [(s["did"], s["bureau"], s["part"]) for s in told] == [
        ("drafted", "XA", "drafter"),
        ("submitted", "XA", "drafter"),
        ("approved", "XA", "second"),
        ("sent", "XA", "owner"),
        ("published", "XZ", "reviewer"),
    ]
    assert {s["officer"] for s in told} == {""}
    mine = office.open(DRAFTER, notice["id"]).json["history"]
    assert [s["officer"] for s in mine][:3] == [
        "Contributor of XA",
        "Contributor of XA",
        "Supervisor of XA",
    ]
    assert mine[-1]["officer"] == ""


# --- the second officer --------------------------------------------------------------------------


def test_who_drafted_it_does_not_check_it(office: Office) -> None:
    notice = office.done("XA office", office.draft("XA office"), "submit")
    refused = office.act("XA office", notice, "check", approve=True)
    assert (refused.status, refused.json["type"]) == (403, "/problems#not-allowed")
    assert "second officer" in refused.json["detail"]
    assert office.done(SECOND, notice, "check", approve=True)["state"] == "checked"


def test_who_changed_it_last_does_not_check_it(office: Office, scene: Scene) -> None:
    notice = office.draft()
    edited = scene(
        "XA office", "PUT", f"/notices/{notice['id']}", json=form(version=notice["version"], title="Ivo M.")
    ).json
    submitted = office.done(DRAFTER, edited, "submit")
    assert office.act("XA office", submitted, "check", approve=True).status == 403
    assert office.done(SECOND, submitted, "check", approve=True)["state"] == "checked"


@pytest.mark.parametrize("who", ["XA officer", "XA analyst", "XA contributor", "XA administrator"])
def test_only_a_supervisor_checks(office: Office, who: str) -> None:
    notice = office.done("XA office", office.draft("XA office"), "submit")
    assert office.act(who, notice, "check", approve=True).status == 403


def test_a_machine_drafts_but_never_approves_or_reviews(office: Office) -> None:
    notice = office.done("XA machine", office.draft("XA machine"), "submit")
    assert notice["state"] == "submitted"
    other = office.done(DRAFTER, office.draft(), "submit")
    refused = office.act("XA machine", other, "check", approve=True)
    assert refused.status == 403 and "in person" in refused.json["detail"]
    sent = office.sent()
    assert office.act("XZ machine", sent, "review", decision="refuse", why="No.").status == 403


def test_an_approval_is_of_exactly_what_was_seen(office: Office, scene: Scene) -> None:
    notice = office.checked()
    edited = scene(
        DRAFTER, "PUT", f"/notices/{notice['id']}", json=form(version=notice["version"], title="Other")
    ).json
    assert edited["state"] == "draft"
    assert office.act(DRAFTER, edited, "send").status == 422
    stale = office.act(SECOND, notice, "check", approve=True)
    assert stale.status == 409


def test_a_record_that_changed_after_the_check_must_be_checked_again(office: Office, scene: Scene) -> None:
    notice = office.checked()
    record = scene("XA office", "GET", f"/records/{notice['subject']['record']}").json
    scene(
        "XA office",
        "PUT",
        f"/records/{record['id']}",
        json={"version": record["version"], "properties": {**IVO, "name": ["Ivan Marenko"]}},
    )
    refused = office.act(DRAFTER, notice, "send")
    assert (refused.status, places(refused)) == (422, ["checked"])


def test_an_approval_older_than_a_day_must_be_given_again(office: Office, clock: Clock) -> None:
    notice = office.checked()
    clock.forward(hours=24, seconds=1)
    refused = office.act(DRAFTER, notice, "send")
    assert (refused.status, places(refused)) == (422, ["checked"])
    again = office.done(SECOND, notice, "check", approve=True)
    assert office.done(DRAFTER, again, "send")["state"] == "review"


def test_the_second_officer_sends_it_back_with_reasons(office: Office) -> None:
    notice = office.done(DRAFTER, office.draft(), "submit")
    assert office.act(SECOND, notice, "check", approve=False).status == 422
    back = office.done(SECOND, notice, "check", approve=False, why="The warrant is of another court.")
    assert (back["state"], back["history"][-1]["why"]) == ("draft", "The warrant is of another court.")


# --- the neutral review --------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["XZ office", "XZ supervisor", "XZ officer"])
def test_review_is_for_reviewers_of_the_secretariat(office: Office, who: str) -> None:
    sent = office.sent()
    assert office.act(who, sent, "review", decision="refuse", why="It is not neutral.").status == 403
    assert office.listed(who, "review") == []
    assert office.listed(REVIEWER, "review") == [sent["id"]]


def test_the_owner_never_reviews_his_own(office: Office) -> None:
    sent = office.sent()
    for who in ("XA chief", "XA supervisor", "XA office"):
        assert office.act(who, sent, "review", decision="publish").status == 403


def test_a_reviewer_who_drafted_or_checked_for_his_own_bureau_does_not_review(office: Office) -> None:
    drafted = office.done(REVIEWER, office.draft(REVIEWER), "submit")
    drafted = office.done("XZ supervisor", drafted, "check", approve=True)
    drafted = office.done(REVIEWER, drafted, "send")
    refused = office.act(REVIEWER, drafted, "review", decision="publish")
    assert refused.status == 403 and "does not review it" in refused.json["detail"]
    checked = office.done("XZ contributor", office.draft("XZ contributor"), "submit")
    checked = office.done(REVIEWER, checked, "check", approve=True)
    checked = office.done("XZ contributor", checked, "send")
    assert office.act(REVIEWER, checked, "review", decision="publish").status == 403


def test_the_reviewer_sends_it_back_or_refuses_it_with_reasons(office: Office) -> None:
    sent = office.sent()
    assert office.act(REVIEWER, sent, "review", decision="return").status == 422
    back = office.done(REVIEWER, sent, "review", decision="return", why="Name the law, please.")
    assert back["state"] == "draft"
    again = office.sent()
    refused = office.done(REVIEWER, again, "review", decision="refuse", why="It is a private matter.")
    assert refused["state"] == "refused"
    assert office.act(DRAFTER, refused, "submit").status == 422
    edit = office.scene(DRAFTER, "PUT", f"/notices/{again['id']}", json=form(version=refused["version"]))
    assert edit.status == 422


def test_each_flag_is_answered_before_it_is_published(office: Office) -> None:
    facts = {**FIELDS["red"], "facts": "He forged ballots of an election.", "maximum": "2"}
    sent = office.sent(fields=facts)
    seen = office.open(REVIEWER, sent["id"]).json
    assert [f["id"] for f in seen["flags"]] == ["politics:facts", "threshold:maximum"]
    refused = office.act(
        REVIEWER, seen, "review", decision="publish", answers={"politics:facts": "Read it; fine."}
    )
    assert places(refused) == ["answers/threshold:maximum"]
    too_short = {f["id"]: "ok" for f in seen["flags"]}
    assert office.act(REVIEWER, seen, "review", decision="publish", answers=too_short).status == 422
    published = office.let_out(seen)
    assert published["state"] == "published"
    assert {f["answer"] for f in published["flags"]} == {"Looked at; it is no obstacle."}
    assert office.open(READER, sent["id"]).json["flags"] is None


# --- out, and over -------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [REVIEWER, "XA supervisor"])
def test_it_is_suspended_at_once_and_its_readers_are_told(office: Office, scene: Scene, who: str) -> None:
    notice = office.published()
    record = notice["subject"]["record"]
    office.open(READER, notice["id"])
    office.done(who, notice, "suspend", why="The court has doubts.")
    assert office.open(READER, notice["id"]).status == 404
    assert scene.found(READER, "Ivo Marenko") == []
    assert scene(READER, "GET", f"/records/{record}").status == 404
    assert office.listed(READER) == []
    assert "notice-changed" in office.told("XB")
    assert "notice-changed" not in office.told("XC"), "who never heard of it hears nothing now"


def test_only_the_neutral_review_resumes_it(office: Office) -> None:
    notice = office.published()
    suspended = office.done("XA supervisor", notice, "suspend", why="A doubt.")
    assert office.act("XA chief", suspended, "resume", why="No doubt any more.").status == 403
    assert office.listed(REVIEWER, "suspended") == [notice["id"]]
    resumed = office.done(REVIEWER, suspended, "resume", why="The court has confirmed it.")
    assert resumed["state"] == "published"
    assert office.open(READER, notice["id"]).status == 200


def test_another_bureau_stops_nothing(office: Office) -> None:
    notice = office.published()
    for who in ("XB supervisor", "XB chief", "XZ office"):
        assert office.act(who, notice, "suspend", why="We do not like it.").status == 403
        assert office.act(who, notice, "cancel", why="We do not like it.").status == 403


def test_a_cancelled_notice_is_gone_for_others_and_stays_with_its_owner(office: Office, scene: Scene) -> None:
    notice = office.published()
    office.done("XA supervisor", notice, "cancel", why="He was arrested.")
    assert office.open(READER, notice["id"]).status == 404
    assert scene.found(READER, "Ivo Marenko") == []
    assert office.open(DRAFTER, notice["id"]).json["state"] == "cancelled"


def test_it_expires_on_its_day_and_its_readers_are_told(
    office: Office, scene: Scene, house: House, clock: Clock, work
) -> None:
    notice = office.published(until="2026-02-01")
    office.open(READER, notice["id"])
    clock.forward(days=16)
    work(house)
    assert office.open(READER, notice["id"]).status == 200
    clock.forward(days=1)
    assert office.open(READER, notice["id"]).status == 404, "even before the house has ended it"
    work(house)
    assert office.open(READER, notice["id"]).status == 404
    assert office.open(DRAFTER, notice["id"]).json["state"] == "expired"
    assert "notice-changed" in office.told("XB")
    assert scene.found(READER, "Ivo Marenko") == []
    clock.forward(days=31)
    work(house)
    assert office.open(DRAFTER, notice["id"]).status == 404


def test_it_lasts_five_years_at_most(office: Office, scene: Scene) -> None:
    answer = scene(DRAFTER, "POST", "/notices", json=form(until="2031-01-15"))
    assert (answer.status, places(answer)) == (422, ["until"])
    assert office.draft()["until"] == "2031-01-14"


def test_a_renewal_is_checked_and_reviewed_anew_while_it_stays_out(office: Office) -> None:
    notice = office.published(until="2026-06-01")
    asked = office.done("XA supervisor", notice, "renew", until="2027-06-01", why="He is still sought.")
    assert (asked["state"], asked["pending"], asked["until"]) == ("published", "submitted", "2026-06-01")
    assert office.act("XA supervisor", asked, "check", approve=True).status == 403
    checked = office.done("XA office", asked, "check", approve=True)
    sent = office.done(DRAFTER, checked, "send")
    assert office.open(READER, notice["id"]).json["until"] == "2026-06-01"
    assert office.listed(REVIEWER, "review") == [notice["id"]]
    renewed = office.let_out(sent)
    assert (renewed["state"], renewed["pending"], renewed["until"]) == ("published", "", "2027-06-01")


def test_a_renewal_that_is_refused_leaves_what_was(office: Office) -> None:
    notice = office.published(until="2026-06-01")
    asked = office.done("XA supervisor", notice, "renew", until="2027-06-01", why="He is still sought.")
    sent = office.done(DRAFTER, office.done("XA office", asked, "check", approve=True), "send")
    back = office.done(REVIEWER, sent, "review", decision="refuse", why="Ask the court first.")
    assert (back["state"], back["pending"], back["until"]) == ("published", "", "2026-06-01")


def test_a_notice_that_is_stopped_while_its_renewal_waits_can_be_let_out_again(office: Office) -> None:
    notice = office.published(until="2026-06-01")
    asked = office.done("XA supervisor", notice, "renew", until="2027-06-01", why="He is still sought.")
    stopped = office.done(REVIEWER, asked, "suspend", why="A doubt.")
    assert stopped["pending"] == ""
    resumed = office.done(REVIEWER, stopped, "resume", why="No doubt any more.")
    assert (resumed["state"], resumed["until"]) == ("published", "2026-06-01")


def test_what_changed_while_it_was_suspended_does_not_come_out_again(office: Office, scene: Scene) -> None:
    stopped = office.done(REVIEWER, office.published(), "suspend", why="A doubt.")
    record = scene("XA office", "GET", f"/records/{stopped['subject']['record']}").json
    said = {"version": record["version"], "properties": {**IVO, "name": ["Ivan Marenko"]}}
    assert scene("XA office", "PUT", f"/records/{record['id']}", json=said).status == 200
    refused = office.act(REVIEWER, stopped, "resume", why="No doubt any more.")
    assert (refused.status, places(refused)) == (422, ["approved"])
    edit = form(version=stopped["version"], title="Ivo M.")
    edited = scene(DRAFTER, "PUT", f"/notices/{stopped['id']}", json=edit).json
    assert (edited["state"], edited["subject"]["caption"]) == ("draft", "Ivo Marenko")
