"""The pages of screenings, where a browser's story does not go. See tests/stories/test_screening.py."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from entente.desk import House
from rooms.scene import Scene
from rooms.screened import listed, screen, send
from worlds.stage import Answer, Crew


def test_a_form_without_a_file_is_shown_again_with_what_is_wrong(page: Callable[..., Any]) -> None:
    answer = page("XB officer", "POST", "/screenings", [("title", "x")])
    assert answer.status == 422 and "No list was sent" in answer.text


def test_what_a_list_says_never_becomes_markup(page: Callable[..., Any], scene: Scene) -> None:
    bold = "<b>bold</b>"
    list = listed(f"{bold};;;;", header=f"Name;Born;{bold};Passport;Seat")
    made = send(scene, "XB officer", list, start="false", title=bold)
    for path in ("", "/progress"):
        answer = page("XB officer", "GET", f"/screenings/{made['id']}{path}")
        assert answer.status == 200 and bold not in answer.text
    assert "&lt;b&gt;bold" in page("XB officer", "GET", f"/screenings/{made['id']}").text


def test_a_step_that_there_is_not_is_nothing(page: Callable[..., Any], scene: Scene) -> None:
    made = send(scene, "XB officer", listed("Ivo;;;;"))
    for step in ("nonsense", "columns"):
        assert page("XB officer", "POST", f"/screenings/{made['id']}/{step}", []).status in (404, 422)


def test_a_verdict_and_a_record_need_no_inquiry_beside_the_screenings(
    house: House, ask: Callable[..., Answer], crew: Crew, scene: Scene
) -> None:
    scene.contribute()
    made = send(scene, "XB officer", listed("Ivo Marenko;;;;"), purpose="border", why="flight 7 & co")
    screen(house)

    def asked(method: str, path: str, form: Any = None) -> Answer:
        return ask(crew["XB officer"], method, path, form=form, purpose="")

    page = asked("GET", f"/screenings/{made['id']}").text
    card = page[page.index('<article class="candidate"') :]
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', card))
    fields = {name: unescape(value) for name, value in fields.items()}
    assert (fields["purpose"], fields["justification"]) == ("border", "flight 7 & co")
    judging = re.search(r'action="(/search/[^"]+)"', card)
    link = re.search(r'<h3[^>]*><a href="([^"]+)"', card)
    assert judging and link
    kept = asked("POST", judging[1], [*fields.items(), ("verdict", "same")])
    assert kept.status == 303 and kept.header("location").startswith("/hits/")
    led = asked("GET", unescape(link[1]))
    assert led.status == 303 and led.header("location").startswith(f"/records/{fields['record']}?search=")
    assert "inquiry_purpose=border" in str(led.headers)


def test_a_page_that_is_watched_is_fetched_anew_when_the_screening_is_over(
    house: House, page: Callable[..., Any], scene: Scene
) -> None:
    made = send(scene, "XB officer", listed("Ivo;;;;"))
    asked = f"/screenings/{made['id']}"
    assert not page("XB officer", "GET", f"{asked}/progress").header("hx-refresh")
    assert "Nothing yet" in page("XB officer", "GET", asked).text
    screen(house)
    assert page("XB officer", "GET", f"{asked}/progress").header("hx-refresh") == "true"
    assert "No such row" in page("XB officer", "GET", f"{asked}?words=nothing").text


def test_a_draft_marks_what_no_column_was_found_for(page: Callable[..., Any], scene: Scene) -> None:
    made = send(scene, "XB officer", listed("Ivo;;", header="Passenger;Born;Travel paper"), start="false")
    text = page("XB officer", "GET", f"/screenings/{made['id']}").text
    marked = re.findall(r'<div class="unfound">.*?name="(\w+)"', text, re.S)
    assert marked == ["nationality", "sex", "document"]


def test_a_reason_that_compares_nothing_has_no_two_sides_in_the_csv(
    house: House, page: Callable[..., Any], scene: Scene
) -> None:
    scene.contribute()
    made = send(scene, "XB officer", listed("Ivo Marenko;;;;"))
    screen(house)
    text = page("XB officer", "GET", f"/screenings/{made['id']}/results.csv").text
    assert "(ivo / ivo)" in text
    assert "( / )" not in text
