"""The pages beside the one box, as an officer clicks through them without script."""

import re
from collections.abc import Callable
from typing import Any

from entente.desk import House
from rooms.scene import EVERYONE, Scene
from worlds.stage import Answer, Clock

Work = Callable[[House], None]
Form = list[tuple[str, str]]
ASK = [("q", "Ivo Marenko"), ("born", "1971"), ("purpose", "wanted"), ("justification", "case 1")]


def page(scene: Scene, who: str, path: str, form: Form | None = None, **said: Any) -> Answer:
    method = "GET" if form is None else "POST"
    return scene.ask(scene.crew[who], method, path, form=form, **said)


def fields(answer: Answer, action: str) -> Form:
    """What the form that posts to an address would send."""
    found = re.search(rf'<form method="post" action="{action}".*?</form>', answer.text, re.DOTALL)
    assert found, f"no form posts to {action}"
    return re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', found.group())


def test_a_search_is_kept_from_its_answer_and_found_in_the_list(
    scene: Scene, house: House, work: Work
) -> None:
    answer = page(scene, "XB officer", "/search", ASK)
    said = dict(fields(answer, "/standing"))
    assert (said["text"], said["born"], said["until"]) == ("Ivo Marenko", "1971", "2026-04-15")
    kept = page(scene, "XB officer", "/standing", list(said.items()))
    assert kept.status == 303
    address = kept.header("location")
    scene.contribute()
    work(house)
    shown = page(scene, "XB officer", address)
    assert shown.status == 200 and "Ivo Marenko" in shown.text and "/records/" in shown.text
    assert address in page(scene, "XB analyst", "/standing").text
    assert address not in page(scene, "XC officer", "/standing").text


def test_who_may_not_keep_a_search_is_not_offered_it(scene: Scene) -> None:
    assert 'action="/standing"' not in page(scene, "XB contributor", "/search", ASK).text
    assert page(scene, "XB contributor", "/standing", [("text", "Ivo Marenko")]).status == 403


def test_the_form_says_every_fault_and_keeps_what_was_typed(scene: Scene) -> None:
    typed = [("text", "1971"), ("born", "long ago"), ("until", "2031-01-01")]
    answer = page(scene, "XB officer", "/standing", typed)
    assert answer.status == 422
    assert 'value="long ago"' in answer.text and 'value="2031-01-01"' in answer.text
    assert answer.text.count('aria-invalid="true"') >= 2
    assert page(scene, "XB officer", "/standing/new").status == 200


def test_a_query_is_renewed_and_ended_on_its_page(scene: Scene) -> None:
    kept = scene("XB officer", "POST", "/standing", json={"text": "Ivo Marenko"}).json
    address = f"/standing/{kept['id']}"
    wrong = page(scene, "XB officer", f"{address}/renewal", [("until", "2031-01-01")])
    assert wrong.status == 422 and 'value="2031-01-01"' in wrong.text
    assert page(scene, "XB officer", f"{address}/renewal", [("until", "2026-12-01")]).status == 303
    assert scene("XB officer", "GET", address).json["until"] == "2026-12-01"
    assert page(scene, "XB officer", f"{address}/end", []).header("location") == "/standing"
    assert scene("XB officer", "GET", address).json["state"] == "ended"


def test_a_supervisor_sets_the_mode_and_everybody_reads_it(scene: Scene) -> None:
    assert 'type="radio"' not in page(scene, "XA officer", "/deconfliction").text
    assert page(scene, "XA supervisor", "/deconfliction", [("mode", "blind")]).status == 303
    assert "Blind" in page(scene, "XA officer", "/deconfliction").text
    assert page(scene, "XA officer", "/deconfliction", [("mode", "off")]).status == 403
    assert page(scene, "XA supervisor", "/deconfliction", [("mode", "half")]).status == 422


def test_meetings_are_listed_with_whom_to_talk_to(scene: Scene, house: House, work: Work) -> None:
    for bureau in ("XA", "XB"):
        scene(f"{bureau} supervisor", "PUT", "/deconfliction", json={"mode": "open"})
        scene.search(f"{bureau} officer", "P4417093")
    work(house)
    told = page(scene, "XA officer", "/deconfliction").text
    assert "Desk XB" in told and "case 1" in told


def test_a_sent_hit_offers_to_take_it_back_and_when_late_to_ask_again(scene: Scene, clock: Clock) -> None:
    record = scene.contribute()["id"]
    hit = scene.judged("XB officer", "Ivo Marenko", record, urgent=True).json["hit"]
    sent = page(scene, "XB officer", f"/hits/{hit}").text
    assert f"/hits/{hit}/withdrawal" in sent and f"/hits/{hit}/reminder" not in sent
    early = page(scene, "XB officer", f"/hits/{hit}/reminder", [])
    assert early.status == 422 and "still has time" in early.text
    received = page(scene, "XA officer", f"/hits/{hit}").text
    assert f"/hits/{hit}/answer" in received and "withdrawal" not in received
    clock.forward(minutes=11)
    assert f"/hits/{hit}/reminder" in page(scene, "XB officer", f"/hits/{hit}").text
    assert page(scene, "XB officer", f"/hits/{hit}/reminder", []).status == 303
    assert page(scene, "XB officer", f"/hits/{hit}/withdrawal", [("note", "A twin")]).status == 303
    assert "A twin" in page(scene, "XA officer", f"/hits/{hit}").text


def test_statistics_are_shown_for_a_period(scene: Scene) -> None:
    record = scene.contribute(handling=EVERYONE)["id"]
    scene.judged("XB officer", "Ivo Marenko", record)
    assert "Bureau XA" in page(scene, "XB officer", "/hits/statistics").text
    assert "Bureau XA" not in page(scene, "XB officer", "/hits/statistics?until=2025-12-31").text
    wrong = page(scene, "XB officer", "/hits/statistics?since=never")
    assert wrong.status == 422 and 'value="never"' in wrong.text


def test_who_may_keep_no_search_gets_no_form_for_it(scene: Scene) -> None:
    assert page(scene, "XB officer", "/standing/new").status == 200
    assert page(scene, "XB contributor", "/standing/new").status == 403
