"""The life of a hit after it was opened: late, asked again, taken back, counted; both sides see the same."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.app import make_app
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.rooms.bureaus import WHAT
from entente.rooms.search import statistics
from entente.settings import Settings
from entente.web import words
from rooms.scene import EVERYONE, NOBODY, Scene, only, places
from worlds.stage import NOON, Caller, Clock, memory_house
from worlds.stage import work as do_all_work

Work = Callable[[House], None]


@pytest.fixture
def hit(scene: Scene) -> str:
    """XB's officer says that XA's record is meant."""
    return opened(scene)


def opened(scene: Scene, asked: str = "Ivo Marenko", who: str = "XB machine", **said: Any) -> str:
    record = scene.contribute(who="XA machine")["id"]
    answer = scene.judged(who, asked, record, **said)
    assert answer.status == 201, answer.text
    return str(answer.json["hit"])


def read(scene: Scene, who: str, hit: str) -> dict[str, Any]:
    answer = scene(who, "GET", f"/hits/{hit}")
    assert answer.status == 200
    told: dict[str, Any] = answer.json
    return told


def story(scene: Scene, hit: str) -> list[tuple[str, str]]:
    """What happened and by whom, as both sides read it."""
    ours, theirs = (read(scene, f"{b} machine", hit)["history"] for b in ("XA", "XB"))
    assert ours == theirs
    return [(e["what"], e["bureau"]) for e in ours]


def alerts(house: House, bureau: int, what: str) -> list[Thing]:
    with sit(house, HOUSE_ASKER) as desk:
        desk.note("see")
        return [t for _, t in desk.inspect_all([f"alerts:{what}:{bureau}"])]


XA, XB, XC = 2, 3, 4


# --- both sides ----------------------------------------------------------------------------------


def test_both_sides_see_the_state_and_what_happened(scene: Scene, hit: str, clock: Clock) -> None:
    clock.forward(minutes=4)
    scene("XA machine", "POST", f"/hits/{hit}/confirmation", json={"answer": "confirmed"})
    assert story(scene, hit) == [("opened", "XB"), ("confirmed", "XA")]
    at = [e["at"] for e in read(scene, "XB machine", hit)["history"]]
    assert at == [NOON.isoformat(), clock.now.isoformat()]


def test_the_asker_is_told_of_the_answer(scene: Scene, hit: str, house: House) -> None:
    assert alerts(house, XB, "hit-answered") == []
    scene("XA officer", "POST", f"/hits/{hit}/confirmation", json={"answer": "denied"})
    (told,) = alerts(house, XB, "hit-answered")
    assert (told.first("object"), told.first("other")) == (hit, str(XA))
    assert alerts(house, XA, "hit-answered") == alerts(house, XC, "hit-answered") == []


def test_an_alert_about_a_filed_hit_is_for_those_who_hold_the_file(
    scene: Scene, house: House, work: Work, clock: Clock
) -> None:
    filed = {**EVERYONE, "need": ["joint/file"], "level": "confidential"}
    record = scene.contribute(handling=filed)["id"]
    assert scene.judged("XB office", "Ivo Marenko", record).status == 201
    clock.forward(hours=2)
    work(house)
    for bureau in (XA, XB):
        (told,) = alerts(house, bureau, "hit-late")
        assert told.handling.need == {"joint/file"} and told.handling.level == 2


def test_the_asker_sees_the_record_as_he_may_see_it_now(scene: Scene, hit: str) -> None:
    shown = read(scene, "XB officer", hit)
    assert shown["caption"] == "Ivo Marenko"
    page = scene.ask(scene.crew["XB officer"], "GET", f"/hits/{hit}")
    assert page.status == 200 and "Ivo Marenko" in page.text
    said = {"version": 1, "handling": NOBODY}
    scene("XA office", "PUT", f"/records/{shown['record']}/handling", json=said)
    assert read(scene, "XB officer", hit)["caption"] == ""


def test_a_record_that_was_narrowed_to_another_purpose_is_not_shown_for_this_one(scene: Scene) -> None:
    hit = opened(scene)
    record = read(scene, "XB officer", hit)["record"]
    handling = {**EVERYONE, "purposes": ["border"]}
    scene("XA office", "PUT", f"/records/{record}/handling", json={"version": 1, "handling": handling})
    assert read(scene, "XB officer", hit)["caption"] == ""


def test_opening_a_sent_hit_is_opening_the_record_for_its_inquiry(scene: Scene, hit: str) -> None:
    record = read(scene, "XB supervisor", hit)["record"]
    acts = scene("XB supervisor", "GET", "/journal").json
    (seen,) = [a for a in acts if a["act"] == "see" and a["object"] == record]
    assert (seen["purpose"], seen["justification"]) == ("wanted", "case 1")


@pytest.mark.parametrize(
    ("asked", "match"),
    [("Ivo Marenko 1971", "potential"), ("P4417093", "direct"), ("Marenko P4417093", "direct")],
)
def test_a_hit_says_whether_a_number_agreed_or_names_alone(scene: Scene, asked: str, match: str) -> None:
    assert read(scene, "XA officer", opened(scene, asked))["match"] == match


# --- late ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("urgent", "minutes"), [(True, 10), (False, 60)])
def test_what_is_not_answered_in_time_is_told_to_both_sides_once(
    scene: Scene, house: House, work: Work, clock: Clock, urgent: bool, minutes: int
) -> None:
    hit = opened(scene, urgent=urgent)
    clock.forward(minutes=minutes)
    work(house)
    assert alerts(house, XA, "hit-late") == alerts(house, XB, "hit-late") == []
    clock.forward(seconds=1)
    for _ in range(3):
        work(house)
        clock.forward(minutes=30)
    assert [t.first("object") for t in alerts(house, XA, "hit-late")] == [hit]
    assert [t.first("object") for t in alerts(house, XB, "hit-late")] == [hit]
    assert alerts(house, XC, "hit-late") == []
    assert story(scene, hit) == [("opened", "XB"), ("late", "")]
    assert read(scene, "XA machine", hit)["overdue"] is True


@pytest.mark.parametrize("end", ["confirmation", "withdrawal"])
def test_what_is_closed_in_time_is_never_late(
    scene: Scene, hit: str, house: House, work: Work, clock: Clock, end: str
) -> None:
    said = {"answer": "denied"} if end == "confirmation" else {}
    who = "XA machine" if end == "confirmation" else "XB machine"
    assert scene(who, "POST", f"/hits/{hit}/{end}", json=said).status == 200
    clock.forward(days=1)
    work(house)
    assert alerts(house, XA, "hit-late") == alerts(house, XB, "hit-late") == []


def test_a_late_hit_can_still_be_answered(
    scene: Scene, hit: str, house: House, work: Work, clock: Clock
) -> None:
    clock.forward(hours=2)
    work(house)
    said = {"answer": "confirmed"}
    assert scene("XA machine", "POST", f"/hits/{hit}/confirmation", json=said).json["state"] == "confirmed"
    assert [what for what, _ in story(scene, hit)] == ["opened", "late", "confirmed"]


# --- asked again ---------------------------------------------------------------------------------


def test_the_asker_asks_again_after_the_time_has_gone_and_the_clock_starts_anew(
    scene: Scene, hit: str, house: House, work: Work, clock: Clock
) -> None:
    path = f"/hits/{hit}/reminder"
    early = scene("XB machine", "POST", path)
    assert (early.status, places(early)) == (422, ["due"])
    clock.forward(minutes=61)
    work(house)
    again = scene("XB machine", "POST", path)
    assert again.status == 200 and again.json["overdue"] is False
    assert again.json["due"] > clock.now.isoformat()
    clock.forward(minutes=61)
    work(house)
    assert len(alerts(house, XA, "hit-late")) == len(alerts(house, XB, "hit-late")) == 2
    told = [what for what, _ in story(scene, hit)]
    assert told == ["opened", "late", "reminded", "late"]


def test_it_is_asked_again_once_an_hour(scene: Scene, house: House, work: Work, clock: Clock) -> None:
    path = f"/hits/{opened(scene, urgent=True)}/reminder"
    clock.forward(minutes=11)
    assert scene("XB machine", "POST", path).status == 200
    clock.forward(minutes=59)
    soon = scene("XB machine", "POST", path)
    assert (soon.status, places(soon)) == (422, ["reminded"])
    clock.forward(minutes=1)
    assert scene("XB machine", "POST", path).status == 200


@pytest.mark.parametrize("act", ["reminder", "withdrawal"])
def test_only_the_bureau_that_asked_asks_again_or_takes_back(
    scene: Scene, hit: str, clock: Clock, act: str
) -> None:
    clock.forward(hours=2)
    body = {} if act == "withdrawal" else None
    assert scene("XA machine", "POST", f"/hits/{hit}/{act}", json=body).status == 403
    third = scene("XC machine", "POST", f"/hits/{hit}/{act}", json=body)
    nothing = scene("XC machine", "POST", f"/hits/{'0' * 32}/{act}", json=body)
    assert (third.status, third.headers, third.body) == (404, nothing.headers, nothing.body)


def test_a_silent_notice_can_be_neither_asked_again_nor_taken_back(
    scene: Scene, house: House, work: Work
) -> None:
    scene.contribute(handling=only(watch=True))
    scene.search("XB officer", "Ivo Marenko")
    work(house)
    (notice,) = scene("XA officer", "GET", "/hits").json["hits"]
    assert (notice["history"], notice["match"]) == ([], "")
    for act, body in (("reminder", None), ("withdrawal", {})):
        assert scene("XA officer", "POST", f"/hits/{notice['id']}/{act}", json=body).status == 403


# --- taken back ----------------------------------------------------------------------------------


def test_a_hit_that_was_taken_back_is_closed_for_both(scene: Scene, hit: str) -> None:
    taken = scene("XB officer", "POST", f"/hits/{hit}/withdrawal", json={"text": "A twin"})
    assert (taken.json["state"], taken.json["answer"]) == ("withdrawn", "A twin")
    answer = scene("XA officer", "POST", f"/hits/{hit}/confirmation", json={"answer": "confirmed"})
    assert (answer.status, places(answer)) == (422, ["answer"])
    again = scene("XB officer", "POST", f"/hits/{hit}/withdrawal", json={})
    assert (again.status, places(again)) == (422, ["state"])
    assert story(scene, hit) == [("opened", "XB"), ("withdrawn", "XB")]


@pytest.mark.parametrize("act", ["confirmation", "withdrawal"])
def test_a_note_that_turns_text_around_is_refused(scene: Scene, hit: str, act: str) -> None:
    who, said = ("XA officer", {"answer": "denied"}) if act == "confirmation" else ("XB officer", {})
    answer = scene(who, "POST", f"/hits/{hit}/{act}", json={**said, "text": "\u202eevil"})
    assert answer.status == 422
    assert read(scene, "XA officer", hit)["state"] == "open"


# --- counted -------------------------------------------------------------------------------------


def counted(scene: Scene, who: str, query: str = "") -> dict[str, Any]:
    answer = scene(who, "GET", f"/hits/statistics{query}", purpose="")
    assert answer.status == 200, answer.text
    told: dict[str, Any] = answer.json
    return told


def test_what_became_of_hits_is_counted_by_side_and_bureau(
    scene: Scene, house: House, work: Work, clock: Clock
) -> None:
    first, second = opened(scene, "P4417093"), opened(scene)
    third, fourth = opened(scene, who="XC machine"), opened(scene)
    clock.forward(minutes=2)
    scene("XA machine", "POST", f"/hits/{first}/confirmation", json={"answer": "confirmed"})
    clock.forward(minutes=4)
    scene("XA machine", "POST", f"/hits/{second}/confirmation", json={"answer": "denied"})
    scene("XC machine", "POST", f"/hits/{third}/withdrawal", json={})
    clock.forward(hours=2)
    work(house)
    del fourth
    both = {"hits": 3, "open": 1, "confirmed": 1, "denied": 1, "withdrawn": 0, "late": 1, "direct": 1}
    ours, theirs = counted(scene, "XA machine"), counted(scene, "XB machine")
    assert theirs["sent"] == {**both, "median_answer_s": 120}
    assert [b["bureau"] for b in ours["bureaus"]] == ["XB", "XC"]
    assert ours["bureaus"][0]["received"] == theirs["sent"] == theirs["bureaus"][0]["sent"]
    assert (ours["received"]["hits"], ours["received"]["withdrawn"]) == (4, 1)
    assert ours["sent"]["hits"] == theirs["received"]["hits"] == 0
    assert counted(scene, "XD machine")["bureaus"] == []


def test_statistics_are_of_a_period_and_its_days_are_both_in(scene: Scene, hit: str) -> None:
    assert counted(scene, "XB machine", "?since=2026-01-15&until=2026-01-15")["sent"]["hits"] == 1
    for away in ("?since=2026-01-16", "?until=2026-01-14", "?since=2025-01-01&until=2026-01-14"):
        if away == "?since=2026-01-16":
            wrong = scene("XB machine", "GET", f"/hits/statistics{away}")
            assert (wrong.status, places(wrong)) == (422, ["since"])
        else:
            assert counted(scene, "XB machine", away)["sent"]["hits"] == 0
    assert scene("XB machine", "GET", "/hits/statistics?bureau=XA").status == 422


def test_statistics_read_no_hit_that_ended_before_their_period(
    scene: Scene, house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    walked: list[str] = []

    def table(desk: Desk, kinds: Sequence[str], **said: Any) -> list[tuple[int, Thing]]:
        found = listed(desk, kinds, **said)
        walked.extend(t.id for _, t in found if t.kind == "Hit")
        return found

    listed = Desk.table
    old = [opened(scene) for _ in range(3)]
    clock.forward(days=3)
    answered = old.pop()
    scene("XA machine", "POST", f"/hits/{answered}/confirmation", json={"answer": "confirmed"})
    new = opened(scene, who="XC machine")
    monkeypatch.setattr(Desk, "table", table)
    monkeypatch.setattr(statistics, "A_PAGE", 1)
    assert counted(scene, "XA machine", "?since=2026-01-17")["received"]["hits"] == 1
    assert {answered, new} <= set(walked)
    assert len(walked) == 3  # the newest that is too old is where it stops
    assert counted(scene, "XA machine", "?until=2026-01-17")["received"]["hits"] == 3


def test_a_hit_counts_for_those_alone_who_may_see_it(scene: Scene) -> None:
    filed = {**EVERYONE, "need": ["joint/file"]}
    record = scene.contribute(handling=filed)["id"]
    scene.judged("XB office", "Ivo Marenko", record)
    assert counted(scene, "XA office")["received"]["hits"] == 1
    assert counted(scene, "XA officer")["received"]["hits"] == 0


STEPS = st.lists(
    st.sampled_from(["confirm", "deny", "remind", "withdraw", "work", "minutes", "hour"]), max_size=12
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(urgent=st.booleans(), steps=STEPS)
def test_whatever_is_done_a_hit_is_closed_once_and_late_once_a_clock(
    tmp_path_factory: pytest.TempPathFactory, urgent: bool, steps: list[str]
) -> None:
    clock = Clock()
    house, crew = memory_house(clock)
    made = Settings(data=tmp_path_factory.mktemp("data"), answer_grid_ms=0, officer_rate=1e6, key_rate=1e6)
    caller = Caller(make_app(made, house, work=False))
    scene = Scene(caller.ask, crew)
    hit = opened(scene, urgent=urgent)
    for step in steps:
        match step:
            case "confirm" | "deny":
                word = {"confirm": "confirmed", "deny": "denied"}[step]
                scene("XA machine", "POST", f"/hits/{hit}/confirmation", json={"answer": word})
            case "remind":
                scene("XB machine", "POST", f"/hits/{hit}/reminder")
            case "withdraw":
                scene("XB machine", "POST", f"/hits/{hit}/withdrawal", json={})
            case "work":
                do_all_work(house)
            case "minutes" | "hour":
                clock.forward(minutes=11 if step == "minutes" else 61)
    told = [what for what, _ in story(scene, hit)]
    closed = [what for what in told if what in ("confirmed", "denied", "withdrawn")]
    assert told[0] == "opened" and len(closed) <= 1
    assert not closed or told[-1] == closed[0] == read(scene, "XA machine", hit)["state"]
    assert told.count("late") <= 1 + told.count("reminded")
    assert len(alerts(house, XA, "hit-late")) == len(alerts(house, XB, "hit-late")) == told.count("late")
    caller.close()
    house.close()


def test_every_alert_has_a_word_that_officers_read() -> None:
    assert set(words.ALERTS) == set(WHAT)
