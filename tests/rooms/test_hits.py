"""From a verdict to a hit: told to the owner with a clock, answered by him once, followed by the asker."""

import pytest

from entente.rooms.search import hits
from rooms.scene import EVERYONE, IVO, NOBODY, Scene, only, places
from worlds.stage import NOON, Clock


def _inbox(scene: Scene, who: str, sent: bool = False) -> list[dict]:
    answer = scene(who, "GET", "/hits?sent=true" if sent else "/hits")
    assert answer.status == 200
    return answer.json["hits"]


def test_a_verdict_of_same_makes_a_hit_in_the_owners_inbox(scene: Scene) -> None:
    id = scene.contribute()["id"]
    kept = scene.judged("XB officer", "Ivo Marenko 1971", id, text="Same scar")
    assert kept.status == 201
    (hit,) = _inbox(scene, "XA officer")
    assert hit["id"] == kept.json["hit"]
    assert (hit["state"], hit["record"], hit["caption"]) == ("open", id, "Ivo Marenko")
    assert (hit["owner"], hit["asker"], hit["asked"]) == ("XA", "XB", "Ivo Marenko 1971")
    assert (hit["purpose"], hit["justification"], hit["text"]) == ("wanted", "case 1", "Same scar")
    assert _inbox(scene, "XB officer") == []
    assert _inbox(scene, "XB officer", sent=True) == [{**hit, "caption": ""}]


@pytest.mark.parametrize("verdict", ["not-same", "cannot-tell"])
def test_other_verdicts_are_kept_and_make_no_hit(scene: Scene, verdict: str) -> None:
    id = scene.contribute()["id"]
    kept = scene.judged("XB officer", "Ivo Marenko", id, verdict)
    assert (kept.status, kept.json["hit"]) == (201, None)
    assert _inbox(scene, "XA officer") == []


def test_a_verdict_on_ones_own_bureaus_record_makes_no_hit(scene: Scene) -> None:
    id = scene.contribute()["id"]
    assert scene.judged("XA officer", "Ivo Marenko", id).json["hit"] is None
    assert _inbox(scene, "XA officer") == []


@pytest.mark.parametrize(("urgent", "minutes"), [(True, 10), (False, 60)])
def test_a_hit_is_due_in_ten_minutes_when_urgent_and_in_an_hour_otherwise(
    scene: Scene, clock: Clock, urgent: bool, minutes: int
) -> None:
    id = scene.contribute()["id"]
    scene.judged("XB officer", "Ivo Marenko", id, urgent=urgent)
    (hit,) = _inbox(scene, "XA machine")
    assert hit["urgent"] is urgent
    clock.forward(minutes=minutes)
    assert clock.now.isoformat() == hit["due"]
    assert _inbox(scene, "XA machine")[0]["overdue"] is False
    clock.forward(seconds=1)
    assert _inbox(scene, "XA machine")[0]["overdue"] is True
    assert _inbox(scene, "XB machine", sent=True)[0]["overdue"] is True


def test_what_burns_first_stands_first(scene: Scene) -> None:
    ids = [scene.contribute()["id"] for _ in range(3)]
    for id, urgent in zip(ids, (False, True, False), strict=True):
        scene.judged("XB officer", "Ivo Marenko", id, urgent=urgent)
    done = _inbox(scene, "XA officer")[0]
    assert done["record"] == ids[1]
    scene("XA officer", "POST", f"/hits/{done['id']}/confirmation", json={"answer": "confirmed"})
    assert [h["state"] for h in _inbox(scene, "XA officer")] == ["open", "open", "confirmed"]


@pytest.mark.parametrize("answer", ["confirmed", "denied"])
def test_the_owner_answers_once_and_the_asker_sees_it(scene: Scene, answer: str) -> None:
    hit = scene.judged("XB officer", "Ivo Marenko", scene.contribute()["id"]).json["hit"]
    path = f"/hits/{hit}/confirmation"
    told = scene("XA officer", "POST", path, json={"answer": answer, "text": "Our file 7"})
    assert (told.status, told.json["state"]) == (200, answer)
    seen = scene("XB officer", "GET", f"/hits/{hit}").json
    assert (seen["state"], seen["answer"], seen["overdue"]) == (answer, "Our file 7", False)
    for again in ("confirmed", "denied"):
        second = scene("XA analyst", "POST", path, json={"answer": again})
        assert (second.status, places(second)) == (422, ["answer"])
    assert scene("XB officer", "GET", f"/hits/{hit}").json["state"] == answer


def test_only_the_owner_answers_and_only_the_two_bureaus_see_a_hit(scene: Scene) -> None:
    hit = scene.judged("XB officer", "Ivo Marenko", scene.contribute()["id"]).json["hit"]
    path = f"/hits/{hit}/confirmation"
    assert scene("XB officer", "POST", path, json={"answer": "confirmed"}).status == 403
    third = scene("XC officer", "POST", path, json={"answer": "confirmed"})
    absent = scene("XC officer", "POST", f"/hits/{'0' * 32}/confirmation", json={"answer": "confirmed"})
    assert (third.status, third.headers, third.body) == (404, absent.headers, absent.body)
    assert scene("XC officer", "GET", f"/hits/{hit}").status == 404
    assert _inbox(scene, "XC officer") == []


def test_a_silent_notice_is_nothing_to_confirm(scene: Scene, house, work) -> None:
    scene.contribute(handling=only(watch=True))
    scene.search("XB officer", "Ivo Marenko")
    work(house)
    (notice,) = _inbox(scene, "XA officer")
    answer = scene("XA officer", "POST", f"/hits/{notice['id']}/confirmation", json={"answer": "confirmed"})
    assert (answer.status, places(answer)) == (422, ["answer"])


def test_saying_same_twice_makes_one_hit(scene: Scene) -> None:
    id = scene.contribute()["id"]
    search = scene.search("XB officer", "Ivo Marenko")["search"]
    said = {"record": id, "verdict": "same"}
    one, two = (scene("XB officer", "POST", f"/search/{search}/verdicts", json=said).json for _ in "12")
    assert one == two
    assert len(_inbox(scene, "XA officer")) == 1


def test_saying_same_again_does_not_reset_what_the_owner_answered(scene: Scene) -> None:
    """Not of a record in a file either, which the house itself is no member of."""
    id = scene.contribute(handling={**EVERYONE, "need": ["joint/file"], "level": "confidential"})["id"]
    search = scene.search("XB office", "Ivo Marenko")["search"]
    said = {"record": id, "verdict": "same", "text": "First"}
    hit = scene("XB office", "POST", f"/search/{search}/verdicts", json=said).json["hit"]
    scene("XA office", "POST", f"/hits/{hit}/confirmation", json={"answer": "denied", "text": "Not him"})
    before = scene("XA office", "GET", f"/hits/{hit}").json
    again = scene("XB office", "POST", f"/search/{search}/verdicts", json={**said, "text": "But yes"})
    assert (again.status, again.json["hit"]) == (201, hit)
    assert scene("XA office", "GET", f"/hits/{hit}").json == before
    assert before["state"] == "denied"


def test_however_many_notices_come_an_open_hit_and_a_review_stay_in_the_inbox(
    scene: Scene, house, work, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hits, "MOST_LISTED", 3)
    scene.contribute({"name": "Watched Person"}, handling={**EVERYONE, "watch": True}, expires="2026-01-30")
    work(house)  # asks about what ends this month
    hit = scene.judged("XB officer", "Watched Person", scene.found("XB officer", "Watched Person")[0])
    clock.forward(seconds=1)
    for n in range(5):
        scene("XC officer", "POST", "/search", json={"text": "Watched Person"}, why=f"case {n}")
    work(house)
    told = scene("XA officer", "GET", "/hits").json
    assert [h["state"] for h in told["hits"]] == ["open", *["silent"] * 3]
    assert told["hits"][0]["id"] == hit.json["hit"]
    assert [r["records"] for r in told["reviews"]] == [1]


# --- what may be judged --------------------------------------------------------------------------


def _judge(scene: Scene, who: str, search: str, record: str):
    return scene(who, "POST", f"/search/{search}/verdicts", json={"record": record, "verdict": "same"})


def test_a_verdict_is_for_ones_own_search_alone(scene: Scene) -> None:
    id = scene.contribute()["id"]
    search = scene.search("XB officer", "Ivo Marenko")["search"]
    for who in ("XB analyst", "XC officer"):
        other, nothing = _judge(scene, who, search, id), _judge(scene, who, "0" * 32, id)
        assert (other.status, other.headers, other.body) == (404, nothing.headers, nothing.body)
    assert _inbox(scene, "XA officer") == []


def test_only_a_candidate_that_was_shown_is_judged(scene: Scene) -> None:
    scene.contribute()
    unlike = scene.contribute({"name": "Dorothea Quist"})["id"]
    hidden = scene.contribute(handling=NOBODY)["id"]
    hinted = scene.contribute(handling=only(hint=["XB"]))["id"]
    search = scene.search("XB officer", "Ivo Marenko")["search"]
    for record in (unlike, hidden, hinted, "0" * 32, "", "../..", "\0"):
        assert _judge(scene, "XB officer", search, record).status == 404


def test_a_candidate_that_was_hidden_meanwhile_is_judged_no_more(scene: Scene) -> None:
    id = scene.contribute()["id"]
    search = scene.search("XB officer", "Ivo Marenko")["search"]
    scene("XA office", "PUT", f"/records/{id}/handling", json={"version": 1, "handling": NOBODY})
    assert _judge(scene, "XB officer", search, id).status == 404


def test_another_act_of_the_journal_is_no_search(scene: Scene) -> None:
    id = scene.contribute()["id"]
    scene("XB supervisor", "GET", f"/records/{id}")
    (seen,) = [a for a in scene("XB supervisor", "GET", "/journal").json if a["object"] == id]
    assert _judge(scene, "XB supervisor", seen["id"], id).status == 404


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"verdict": "same"}, "/record"),
        ({"record": "x", "verdict": "perhaps"}, "/verdict"),
        ({"record": "x", "verdict": "same", "urgent": "very"}, "/urgent"),
        ({"record": "x", "verdict": "same", "hit": "y"}, "/hit"),
        ({"record": "x", "verdict": "same", "text": "x" * 2001}, "/text"),
    ],
)
def test_a_verdict_that_is_none_is_told_where(scene: Scene, said: dict, fault: str) -> None:
    answer = scene("XB officer", "POST", f"/search/{'0' * 32}/verdicts", json=said)
    assert (answer.status, places(answer)) == (422, [fault])


def test_a_note_with_a_direction_override_is_refused_and_nothing_is_kept(scene: Scene) -> None:
    id = scene.contribute()["id"]
    answer = scene.judged("XB officer", "Ivo Marenko", id, text="\u202eevil")
    assert (answer.status, places(answer)) == (422, ["properties/text/0"])
    assert _inbox(scene, "XA officer") == []


# --- the handling of a hit -----------------------------------------------------------------------


def test_a_hit_on_a_filed_record_is_for_those_who_hold_the_file(scene: Scene) -> None:
    id = scene.contribute(handling={**EVERYONE, "need": ["joint/file"], "level": "confidential"})["id"]
    hit = scene.judged("XB office", "Ivo Marenko", id).json["hit"]
    assert _inbox(scene, "XA officer") == _inbox(scene, "XB officer", sent=True) == []
    assert [h["id"] for h in _inbox(scene, "XA office")] == [hit]
    assert [h["id"] for h in _inbox(scene, "XB office", sent=True)] == [hit]


def test_what_two_bureaus_said_of_a_record_goes_with_it(scene: Scene, house, work) -> None:
    id = scene.contribute()["id"]
    hit = scene.judged("XB officer", "Ivo Marenko", id).json["hit"]
    scene("XA office", "DELETE", f"/records/{id}")
    work(house)
    assert _inbox(scene, "XA officer") == _inbox(scene, "XB officer", sent=True) == []
    assert scene("XB officer", "GET", f"/hits/{hit}").status == 404


def test_a_hit_is_readable_when_its_record_was_hidden_since(scene: Scene) -> None:
    id = scene.contribute({**IVO, "name": "Ivo Marenko"})["id"]
    hit = scene.judged("XB officer", "Ivo Marenko", id).json["hit"]
    scene("XA office", "PUT", f"/records/{id}/handling", json={"version": 1, "handling": NOBODY})
    assert scene("XB officer", "GET", f"/hits/{hit}").json["caption"] == ""
    assert scene("XA officer", "GET", f"/hits/{hit}").json["caption"] == "Ivo Marenko"
    assert NOON.isoformat(timespec="seconds") == scene("XA officer", "GET", f"/hits/{hit}").json["at"]
