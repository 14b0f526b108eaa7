"""The pages of screenings, where a browser's story does not go. See tests/stories/test_screening.py."""

from collections.abc import Callable
from typing import Any

from rooms.scene import Scene
from rooms.screened import listed, send


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
