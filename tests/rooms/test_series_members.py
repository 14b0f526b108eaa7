"""A large series and many questions are read page by page: what is told is the same, whatever the page."""

from collections.abc import Iterator
from typing import Any

import pytest

from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.series import shown, statistics
from entente.rooms.series.media import QUESTION
from rooms.hashed import file
from rooms.scene import Scene
from rooms.series_scene import IDENTIFY, begin, check, contribute, state


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many things each page held that was read."""
    real, pages = Desk.table, list[int]()

    def table(self: Desk, kinds: Any, **asked: Any) -> list[tuple[int, Thing]]:
        page = real(self, kinds, **asked)
        pages.append(len(page))
        return page

    monkeypatch.setattr(Desk, "table", table)
    yield pages


@pytest.fixture
def large(scene: Scene) -> tuple[str, list[str]]:
    """A series into which two others were merged; its images, newest first."""
    into = begin(scene, "XB office", "Harbour")
    parts = [into, *(begin(scene, "XB office", name) for name in ("Pier", "Mill"))]
    images = [
        contribute(scene, "XB office", file(f"{n} {part['name']}"), series=part["id"])[0]
        for n in range(6)
        for part in (parts if n % 2 else parts[::-1])
    ]
    for part in parts[1:]:
        said = {"into": into["id"], "why": "one place"}
        answer = scene("XB office", "POST", f"/series/{part['id']}/merge", json=said, purpose=IDENTIFY)
        assert answer.status == 200, answer.text
    return into["id"], images[::-1]


@pytest.mark.parametrize("limit", [1, 2, 5, 50])
def test_a_page_of_a_series_is_its_newest_images_and_reads_little_more(
    scene: Scene, large: tuple[str, list[str]], read: list[int], limit: int
) -> None:
    id, images = large
    told: list[str] = []
    while True:
        read.clear()
        after = told[-1] if told else ""
        path = f"/series/{id}/images?limit={limit}&after={after}"
        page = scene("XB office", "GET", path, purpose=IDENTIFY).json
        assert sum(read) <= limit + 3 * -(-limit // 3)
        told += [image["id"] for image in page]
        if len(page) < limit:
            break
    assert told == images


@pytest.mark.parametrize("page", [1, 4, 200])
@pytest.mark.parametrize("most", [5, 17, 18, 2000])
def test_the_images_of_a_series_are_counted_page_by_page(
    scene: Scene,
    large: tuple[str, list[str]],
    read: list[int],
    monkeypatch: pytest.MonkeyPatch,
    page: int,
    most: int,
) -> None:
    monkeypatch.setattr(shown, "A_PAGE", page)
    monkeypatch.setattr(shown, "MOST_COUNTED", most)
    told = scene("XB office", "GET", f"/series/{large[0]}", purpose=IDENTIFY).json
    assert (told["images"], told["more"]) == (min(most, 18), most < 18)
    assert list(told["bureaus"]) == ["XB"]
    assert max(read) <= page


@pytest.mark.parametrize("page", [1, 2, 200])
@pytest.mark.parametrize("most", [3, 20_000])
def test_figures_are_the_same_whatever_the_page(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, page: int, most: int
) -> None:
    monkeypatch.setattr(statistics, "A_PAGE", page)
    monkeypatch.setattr(statistics, "MOST_COUNTED", most)
    series = begin(scene, "XB office")
    contribute(scene, "XB office", file("a"), series=series["id"])
    state(scene, "XB office", series, "in-progress")
    check(scene, "XA office", *(file(name) for name in "abcd"))
    figures = scene("XA office", "GET", "/series/statistics").json
    assert (figures["asked"], figures["more"]) == (min(most, 4), most < 4)
    assert sum(figures["says"].values()) == figures["asked"]


def test_each_page_of_questions_is_counted_before_the_next_is_read(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never all of them at once in memory: a question holds some forty hashes."""
    check(scene, "XA office", *(file(str(n)) for n in range(6)))
    monkeypatch.setattr(statistics, "A_PAGE", 2)
    table, first, done = Desk.table, Thing.first, list[str]()

    def read(self: Desk, kinds: Any, **asked: Any) -> list[tuple[int, Thing]]:
        done.extend(["read"] if kinds == [QUESTION] else [])
        return table(self, kinds, **asked)

    def counted(self: Thing, name: str, *otherwise: str) -> str:
        done.extend(["counted"] if name == "answer" else [])
        return first(self, name, *otherwise)

    monkeypatch.setattr(Desk, "table", read)
    monkeypatch.setattr(Thing, "first", counted)
    assert scene("XA office", "GET", "/series/statistics").json["asked"] == 6
    assert done[:9] == ["read", "counted", "counted"] * 3
