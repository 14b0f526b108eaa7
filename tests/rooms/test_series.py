"""Image series: asked by hashes, told what is known and who works on it; no picture comes in."""

from collections.abc import Callable
from typing import Any

import pytest

from rooms.hashed import copy_of, digest, file, near
from rooms.scene import Scene
from rooms.series_scene import IDENTIFY, begin, check, contribute, meetings, state
from worlds.stage import Answer, Crew, work


@pytest.fixture
def scene(doors: Callable[..., Any], crew: Crew) -> Scene:
    """Sessions do not end while the clock goes on."""
    return Scene(doors(idle_minutes=10**6), crew)


def test_whoever_is_not_cleared_is_refused_everywhere(scene: Scene) -> None:
    for method, path, said in (
        ("POST", "/series/check", {"media": [file("a")]}),
        ("GET", "/series", None),
        ("POST", "/series/images", {"media": [file("a")]}),
        ("GET", "/series/meetings", None),
        ("GET", "/series/statistics", None),
        ("GET", "/series/ignored", None),
        ("GET", "/series/schemes", None),
        ("GET", "/series/exposure", None),
    ):
        who = "XA contributor" if path == "/series/images" else "XA officer"
        answer = scene(who, method, path, json=said, purpose=IDENTIFY)
        assert answer.status == 403, (path, answer.text)
        assert "cleared" in answer.json["detail"]


def test_the_very_file_is_found_with_its_series_and_whom_to_ask(scene: Scene) -> None:
    series = begin(scene, "XB office")
    contribute(scene, "XB office", file("a"), series=series["id"])
    (told,) = check(scene, "XA office", file("a"))
    assert told["says"] == "unidentified"
    (tie,) = told["ties"]
    assert (tie["line"], tie["bureau"]) == ("identical", "XB")
    assert tie["series"]["name"] == "Harbour"
    assert tie["contact"]["desk"] == "Desk XB"
    assert len(tie["contact"]["token"]) == 12


def test_a_copy_within_31_bits_is_the_same_picture_and_one_within_48_probably(scene: Scene) -> None:
    contribute(scene, "XB office", file("a"))
    same, probable, other = check(
        scene, "XA office", copy_of("a", 31), copy_of("a", 48, md5=digest("x", 16)), copy_of("a", 49, md5="")
    )
    assert (same["says"], same["ties"][0]["line"]) == ("known", "same")
    assert same["ties"][0]["evidence"]["distance"] == "31"
    assert (probable["says"], probable["ties"][0]["line"]) == ("near", "probable")
    assert (other["says"], other["ties"]) == ("new", [])


def test_a_mirrored_copy_is_found_by_how_it_asks(scene: Scene) -> None:
    contribute(scene, "XB office", file("a"))
    mirrored = file("mirrored")
    mirrored["turns"] = [near(file("a")["pdq"][0], 5), *mirrored["turns"][1:]]
    (told,) = check(scene, "XA office", mirrored)
    assert told["ties"][0]["line"] == "same"


def test_a_picture_of_too_little_quality_is_found_as_the_very_file_alone(scene: Scene) -> None:
    contribute(scene, "XB office", file("flat", quality=49))
    assert check(scene, "XA office", file("flat", quality=49))[0]["says"] == "known"
    assert check(scene, "XA office", copy_of("flat", 0))[0]["says"] == "new"


def test_the_same_camera_is_its_own_line(scene: Scene) -> None:
    contribute(scene, "XB office", file("a", device="Test|Cam|123"))
    (told,) = check(scene, "XA office", file("b", device="Test|Cam|123"))
    assert told["says"] == "near"
    assert told["ties"][0]["line"] == "device"


def test_a_film_is_found_by_its_frames(scene: Scene) -> None:
    frames = [{"at": n, "pdq": digest(f"frame {n}", 32)} for n in range(12)]
    film = {"label": "film", "media": "video", "md5": digest("film", 16), "frames": frames}
    contribute(scene, "XB office", film)
    cut = {"label": "cut", "media": "video", "md5": digest("cut", 16), "frames": frames[2:10]}
    (told,) = check(scene, "XA office", cut)
    assert told["ties"][0]["line"] == "video"
    (image,) = scene("XB office", "GET", "/series/images", purpose="").json
    assert image["media"]["frames"] == [{"at": float(n), "pdq": digest(f"frame {n}", 32)} for n in range(12)]


def test_what_is_kept_is_told_again_as_it_was_said(scene: Scene) -> None:
    said = file(
        "a",
        photodna="A" * 192,
        category={"scheme": "US", "edition": "2.0", "code": "1"},
        victim_identified=False,
        distributed=True,
        case="case 7",
        tags="harbour",
        extra={"Unknown": [1, {"a": None}]},
        device="Test|Cam|9",
        taken="2024:01:02 03:04:05",
    )
    contribute(scene, "XA office", said)
    (image,) = scene("XA office", "GET", "/series/images", purpose="").json
    assert {name: image["media"][name] for name in said} == said
    assert image["category"] == "csam"


def test_where_it_comes_from_is_its_owners_alone(scene: Scene) -> None:
    (id,) = contribute(scene, "XA office", file("a", case="case 7", comments="secret", tags="t"))
    foreign = scene("XB office", "GET", f"/series/images/{id}", purpose=IDENTIFY).json["media"]
    assert (foreign["case"], foreign["comments"], foreign["tags"], foreign["label"]) == ("", "", "", "")
    assert (
        scene("XA office", "GET", f"/series/images/{id}", purpose=IDENTIFY).json["media"]["comments"]
        == "secret"
    )


def test_a_file_that_comes_again_is_one_image_and_adds_what_is_new(scene: Scene) -> None:
    bare = {"md5": file("a")["md5"], "series_name": "Old name"}
    (first,) = contribute(scene, "XA office", bare)
    (again,) = contribute(scene, "XA office", file("a"))
    assert first == again
    (image,) = scene("XA office", "GET", "/series/images", purpose="").json
    assert image["media"]["series_name"] == "Old name"
    assert len(image["media"]["pdq"]) == 18


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(2000),
        b"\x89PNG\r\n\x1a\n" + bytes(2000),
        b'{"media": [{"md5": "' + b"/9j/4AAQSkZJRg" * 50 + b'"}]}',
        b'{"media": [{"picture": "/9j/4AAQSkZJRg"}]}',
    ],
)
@pytest.mark.parametrize("path", ["/series/check", "/series/images"])
def test_a_picture_is_refused_and_said_nowhere(
    scene: Scene, path: str, body: bytes, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    headers = {"content-type": "image/jpeg" if body[:1] != b"{" else "application/json"}
    answer = scene("XA office", "POST", path, raw=body, purpose=IDENTIFY, headers=headers)
    assert answer.status in (400, 415, 422), answer.text
    said = answer.text + caplog.text + "".join(capsys.readouterr())
    assert "4AAQSk" not in said
    assert "JFIF" not in said


def test_a_file_without_any_hash_is_refused(scene: Scene) -> None:
    answer = scene(
        "XA office", "POST", "/series/images", json={"media": [{"label": "x"}, file("a")]}, purpose=IDENTIFY
    )
    assert answer.status == 422
    assert [f["where"] for f in answer.json["faults"]] == ["media/0"]


def test_a_blind_owner_is_named_and_nothing_else_is_told(scene: Scene) -> None:
    contribute(scene, "XB office", file("a"), sharing="blind")
    (told,) = check(scene, "XA office", file("a"))
    assert (told["says"], told["ties"]) == ("contact", [])
    assert [c["bureau"] for c in told["contacts"]] == ["XB"]


def test_a_silent_owner_is_not_named(scene: Scene) -> None:
    contribute(scene, "XB office", file("a"), sharing="silent")
    hidden = check(scene, "XA office", file("a"))[0]
    nothing = check(scene, "XA office", file("b"))[0]
    assert (hidden["says"], hidden["ties"], hidden["contacts"]) == ("new", [], [])
    assert hidden.keys() == nothing.keys()


# --- not a match, negative list ------------------------------------------------------------------


def test_not_a_match_holds_for_the_question_and_for_the_image_it_becomes(scene: Scene, house: Any) -> None:
    (theirs,) = contribute(scene, "XB office", file("a"))
    (told,) = check(scene, "XA office", copy_of("a", 20))
    said = {"one": told["question"], "other": theirs, "verdict": "not-a-match"}
    assert scene("XA office", "POST", "/series/verdicts", json=said, purpose=IDENTIFY).status == 422
    said["text"] = "Another boat"
    assert scene("XA office", "POST", "/series/verdicts", json=said, purpose=IDENTIFY).status == 201
    assert check(scene, "XA office", copy_of("a", 20))[0]["ties"] == []
    assert check(scene, "XC office", copy_of("a", 20))[0]["says"] == "known"
    (mine,) = contribute(scene, "XA office", copy_of("a", 20))
    assert scene("XA office", "GET", f"/series/images/{mine}/ties", purpose=IDENTIFY).json == []
    work(house)
    assert "XB" not in {m["bureau"] for m in meetings(scene, "XA office")}
    assert "XA" in {m["bureau"] for m in meetings(scene, "XB office")}


def test_what_is_on_the_negative_list_meets_nothing(scene: Scene) -> None:
    contribute(scene, "XB office", file("logo"))
    said = {"text": "a logo", "media": copy_of("logo", 3)}
    kept = scene("XA office", "POST", "/series/ignored", json=said)
    assert kept.status == 201, kept.text
    assert check(scene, "XA office", copy_of("logo", 5))[0]["says"] == "ignored"
    assert check(scene, "XA office", file("logo"))[0]["says"] == "known", "the very file is told all the same"
    assert scene("XA office", "DELETE", f"/series/ignored/{kept.json['id']}").status == 204
    assert check(scene, "XA office", copy_of("logo", 5))[0]["says"] == "known"


# --- looked at, schemes --------------------------------------------------------------------------


def test_looks_add_up_to_the_cap_that_a_supervisor_sets(scene: Scene, house: Any) -> None:
    officer = scene.crew["XA office"].id
    assert (
        scene("XA chief", "PUT", "/series/exposure/cap", json={"officer": officer, "cap": 50}).status == 200
    )
    mine = {"officer": officer, "cap": 500}
    assert scene("XA office", "PUT", "/series/exposure/cap", json=mine).status == 422
    scene("XA office", "POST", "/series/exposure", json={"seen": 30, "spared": 400})
    day = scene("XA office", "POST", "/series/exposure", json={"seen": 25}).json
    assert (day["seen"], day["spared"], day["cap"], day["left"]) == (55, 400, 50, 0)
    assert [e["seen"] for e in scene("XA chief", "GET", "/series/exposure/bureau").json] == [55]
    house.clock.forward(days=1)
    assert scene("XA office", "GET", "/series/exposure").json["left"] == 50
    assert scene("XB chief", "PUT", "/series/exposure/cap", json={"officer": officer, "cap": 9}).status == 404


def test_a_category_has_a_meaning_in_its_scheme_alone(scene: Scene) -> None:
    own = {"name": "XA", "edition": "1", "categories": {"A": {"label": "Worst", "common": "csam"}}}
    assert scene("XA office", "POST", "/series/schemes", json=own).status == 201
    assert scene("XA office", "POST", "/series/schemes", json=own).status == 422
    said = [
        file("a", category={"scheme": "XA", "edition": "1", "code": "A"}),
        file("b", category={"scheme": "XA", "edition": "2", "code": "A"}),
        file("c", category={"scheme": "UK", "edition": "2.0", "code": "1"}),
    ]
    contribute(scene, "XA office", *said)
    told = {i["media"]["label"]: i["category"] for i in scene("XA office", "GET", "/series/images").json}
    assert told == {"a": "csam", "b": "unmapped", "c": "csam"}


def test_what_came_of_questions_is_counted(scene: Scene) -> None:
    series = begin(scene, "XB office")
    contribute(scene, "XB office", file("a"), series=series["id"])
    state(scene, "XB office", series, "in-progress")
    check(scene, "XA office", file("a"), file("b"))
    figures = scene("XA office", "GET", "/series/statistics").json
    assert figures["says"] == {"in-progress": 1, "new": 1}
    assert (figures["asked"], figures["avoided"]) == (2, 1)


def test_an_image_that_is_taken_back_is_found_no_more(scene: Scene) -> None:
    (id,) = contribute(scene, "XB office", file("a", case="x"))
    assert scene("XA office", "DELETE", f"/series/images/{id}").status in (403, 404)
    assert scene("XB office", "DELETE", f"/series/images/{id}").status == 204
    assert check(scene, "XA office", file("a"))[0]["says"] == "new"
    assert scene("XB office", "GET", f"/series/images/{id}", purpose=IDENTIFY).status == 404


def test_looks_are_added_on_the_page(page: Callable[..., Answer], scene: Scene) -> None:
    answer = page("XA office", "POST", "/series/desk/looks", [("seen", "12"), ("spared", "300")])
    assert answer.status == 303
    assert scene("XA office", "GET", "/series/exposure").json["seen"] == 12
    wrong = page("XA office", "POST", "/series/desk/looks", [("seen", "-1")])
    assert wrong.status == 422
