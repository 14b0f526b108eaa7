"""Files of lists on their way in: looked at before they are kept, and no more begun by them than is meant."""

from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from typing import Any

import pytest
from starlette.requests import Request

from rooms.hashed import copy_of, digest, file, near
from rooms.scene import Scene
from rooms.series_scene import IDENTIFY, check
from rooms.test_series_exchange import bring_in, entry, hash_set
from worlds.stage import Answer

Page = Callable[..., Answer]
UNCLEARED = "XA officer"


@pytest.fixture
def spooled(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What of a body is kept while it is received."""
    pieces: list[bytes] = []

    class Watched(SpooledTemporaryFile[bytes]):
        def write(self, data: Any) -> int:
            pieces.append(bytes(data))
            return super().write(data)

    monkeypatch.setattr("entente.rooms.series.exchange_api.SpooledTemporaryFile", Watched)
    return pieces


@pytest.fixture
def forms(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses whose form was read."""
    read: list[str] = []
    whole = Request.form

    def form(request: Request, **how: Any) -> Any:
        read.append(request.url.path)
        return whole(request, **how)

    monkeypatch.setattr(Request, "form", form)
    return read


@pytest.mark.parametrize(
    "start", [b"\xff\xd8\xff\xe0\x00\x10JFIF", b"\x89PNG\r\n\x1a\n", b"\x00\x00\x00\x20ftypisom"]
)
def test_nothing_of_a_picture_is_kept_while_it_comes(
    scene: Scene, spooled: list[bytes], start: bytes
) -> None:
    assert bring_in(scene, "XA office", start + bytes(100_000)).status == 400
    assert spooled == []


def test_nothing_is_received_of_whom_is_not_cleared(scene: Scene, spooled: list[bytes]) -> None:
    answer = bring_in(scene, UNCLEARED, hash_set(entry("a")))
    assert answer.status == 403 and spooled == []
    assert bring_in(scene, "XA office", hash_set(entry("a"))).status == 200
    assert b"".join(spooled) == hash_set(entry("a"))


@pytest.mark.parametrize("path", ["/series/check", "/series/images"])
def test_no_form_is_read_of_whom_is_not_cleared(page: Page, forms: list[str], path: str) -> None:
    for who, read in ((UNCLEARED, []), ("XA office", [path])):
        answer = page(who, "POST", path, [("purpose", IDENTIFY), ("justification", "case 1")])
        assert (answer.status == 403) is (who == UNCLEARED)
        assert forms == read


def test_a_file_begins_at_most_two_hundred_series_and_tells_of_the_others(scene: Scene) -> None:
    rows = [entry(f"n{n}", Series=f"Series {n:04}") for n in range(1200)]
    told = bring_in(scene, "XA office", hash_set(*rows)).json
    assert (told["new"], len(told["series"])) == (1200, 200)
    assert told["faults"][0].startswith("1000 further names of series are kept as names")
    last = scene("XA office", "GET", "/series/images?limit=1").json[0]
    assert last["media"]["series_name"].startswith("Series ") and last["series"] is None
    again = bring_in(scene, "XA office", hash_set(*rows[:300])).json
    assert len(again["series"]) == 300, "those that stand are no new ones"


def test_more_digests_than_are_asked_at_once_are_a_fault_and_none_is_dropped(page: Page) -> None:
    for many, status in ((500, 200), (501, 422)):
        digests = "\n".join(digest(f"n {n}", 16) for n in range(many))
        form = [("purpose", IDENTIFY), ("justification", "case 1"), ("digests", digests)]
        answer = page("XA office", "POST", "/series/check", form)
        assert answer.status == status
    assert "more than 500 digests" in answer.text


def test_a_turned_copy_of_an_ignored_picture_is_ignored_too(scene: Scene) -> None:
    logo = file("logo")
    said = {"text": "A logo", "media": {"md5": digest("another", 16), "pdq": logo["pdq"][:1]}}
    assert scene("XA office", "POST", "/series/ignored", json=said).status == 201
    for apart, says in ((31, "ignored"), (40, "new")):
        mirrored = copy_of(f"mirrored {apart}")
        mirrored["turns"] = [*mirrored["turns"][:3], near(logo["pdq"][0], apart), *mirrored["turns"][4:]]
        assert check(scene, "XA office", mirrored)[0]["says"] == says
