"""Pages of image series that a specialist walks through: a question opened, a verdict taken back, files."""

from collections.abc import Callable
from typing import Any

import pytest

from rooms.hashed import copy_of, file
from rooms.scene import Scene
from rooms.series_scene import IDENTIFY, begin, check, contribute, meetings, state
from worlds.stage import Answer, work

Page = Callable[..., Answer]


@pytest.fixture
def asked(scene: Scene) -> tuple[str, str]:
    """XB's image, and the question that XA asked for a copy of it."""
    (theirs,) = contribute(scene, "XB office", file("a"))
    (told,) = check(scene, "XA office", copy_of("a", 12))
    return theirs, told["question"]


def test_a_question_opens_with_what_hangs_together_with_it(page: Page, asked: tuple[str, str]) -> None:
    answer = page("XA office", "GET", f"/series/images/{asked[1]}")
    assert answer.status == 200
    assert f'value="{asked[0]}"' in answer.text and "The same picture" in answer.text


@pytest.mark.parametrize(
    "said", [{"md5": "ab" * 16}, {"pdq": ["cd" * 32]}, {"frames": [{"at": 1, "pdq": "ef" * 32}]}]
)
def test_every_sort_of_question_opens(page: Page, scene: Scene, said: dict[str, Any]) -> None:
    (told,) = check(scene, "XA office", said)
    assert page("XA office", "GET", f"/series/images/{told['question']}").status == 200


def test_no_match_says_why_and_is_taken_back(page: Page, scene: Scene, asked: tuple[str, str]) -> None:
    theirs, question = asked
    form = [("other", theirs), ("verdict", "not-a-match")]
    path = f"/series/images/{question}/verdict"
    assert page("XA office", "POST", path, form).status == 422
    assert page("XA office", "POST", path, [*form, ("text", "Another boat")]).status == 303
    shown = page("XA office", "GET", f"/series/images/{question}").text
    assert "Your bureau says: not a match" in shown
    assert check(scene, "XA office", copy_of("a", 12))[0]["says"] == "new"
    assert page("XA office", "POST", f"{path}/back", [("other", theirs)]).status == 303
    assert check(scene, "XA office", copy_of("a", 12))[0]["says"] == "known"


def test_an_image_is_hidden_and_taken_back_on_its_page(page: Page, scene: Scene) -> None:
    (id,) = contribute(scene, "XA office", file("a"))
    path = f"/series/images/{id}"
    assert page("XA office", "POST", f"{path}/handling", [("sharing", "silent")]).status == 303
    assert scene("XB office", "GET", path, purpose=IDENTIFY).status == 404
    assert page("XA office", "POST", f"{path}/withdraw", []).status == 303
    assert scene("XA office", "GET", path, purpose=IDENTIFY).status == 404


def test_a_wrong_file_is_told_where_it_was_sent_from(page: Page) -> None:
    for path in ("/series/check", "/series/images"):
        for body in (b"\xff\xd8\xff\xe0 a picture", b"no list at all", b'{"a": 1}'):
            form = [("purpose", IDENTIFY), ("justification", "x")]
            answer = page("XA office", "POST", path, form, files=[("file", body)])
            assert answer.status in (400, 422), (path, body)
            assert "The input has faults" in answer.text


def test_identified_is_left_by_two_persons_and_for_a_reason(scene: Scene) -> None:
    series = state(scene, "XB office", begin(scene, "XB office"), "in-progress").json
    series = state(scene, "XB office", series, "identified", "badge").json
    yes = {"approve": True, "version": series["version"]}
    path = f"/series/{series['id']}/decision"
    series = scene("XB chief", "POST", path, json=yes, purpose=IDENTIFY).json
    assert state(scene, "XB office", series, "in-progress").status == 422
    series = state(scene, "XB office", series, "in-progress", "It was another child").json
    assert (series["state"], series["proposed"]) == ("identified", "in-progress")
    yes["version"] = series["version"]
    series = scene("XB chief", "POST", path, json=yes, purpose=IDENTIFY).json
    assert (series["state"], series["identified"]) == ("in-progress", "")


def test_what_others_lists_say_of_a_file_is_what_is_known_of_it(scene: Scene) -> None:
    contribute(scene, "XB office", file("a", victim_identified=True), file("b", distributed=True))
    told = check(scene, "XA office", file("a"), file("b"))
    assert [t["says"] for t in told] == ["identified", "distributed"]
    assert told[0]["ties"][0]["victim_identified"] is True


def test_a_file_brought_in_again_moves_nothing_that_somebody_moved(scene: Scene) -> None:
    body = b"MD5;Series name\r\n" + file("a")["md5"].encode() + b";Old\r\n"
    headers = {"content-type": "text/csv"}

    def bring_in() -> Answer:
        return scene("XA office", "POST", "/series/import", raw=body, purpose=IDENTIFY, headers=headers)

    assert bring_in().status == 200
    (image,) = scene("XA office", "GET", "/series/images").json
    new = begin(scene, "XA office", "New")
    moved = {"images": [image["id"]], "series": new["id"]}
    scene("XA office", "PUT", "/series/images/series", json=moved, purpose=IDENTIFY)
    assert bring_in().status == 200
    (image,) = scene("XA office", "GET", "/series/images").json
    assert image["series"]["name"] == "New"
    assert "New" in scene("XA office", "GET", "/series/export?form=icse").text


def test_a_meeting_that_is_taken_note_of_leaves_the_inbox(scene: Scene, house: Any) -> None:
    contribute(scene, "XB office", file("a"))
    check(scene, "XA office", file("a"))
    work(house)
    (one,) = meetings(scene, "XA office")
    assert [a["what"] for a in scene("XA office", "GET", "/alerts").json] == ["series"]
    scene("XA office", "POST", f"/series/meetings/{one['id']}/note")
    assert scene("XA office", "GET", "/alerts").json == []


def test_of_several_ties_a_meeting_tells_the_strongest(scene: Scene, house: Any) -> None:
    series = begin(scene, "XB office")
    contribute(scene, "XB office", file("a"), file("b"), series=series["id"])
    check(scene, "XA office", copy_of("a", 20))
    work(house)
    check(scene, "XA office", file("b"))
    work(house)
    assert [m["line"] for m in meetings(scene, "XA office")] == ["identical"]


def test_the_lead_that_asked_is_told_the_answer(scene: Scene) -> None:
    target, source = begin(scene, "XB office"), begin(scene, "XA office", "Pier")
    said = {"into": target["id"], "why": "w"}
    scene("XA office", "POST", f"/series/{source['id']}/merge", json=said, purpose=IDENTIFY)
    path = f"/series/{source['id']}/merge/answer"
    scene("XB office", "POST", path, json={"approve": True}, purpose=IDENTIFY)
    assert [a["what"] for a in scene("XA office", "GET", "/alerts").json] == ["series-answer"]
