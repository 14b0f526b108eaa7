"""A picture of several fingers is cut apart by hand, and what was cut goes on into a search or a set."""

import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import unescape

import cv2
import numpy as np
import pytest

from entente.desk import House
from entente.match.prints import synthetic
from entente.rooms.biometrics import cutting, reading
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.cutting import Box
from rooms.posting import Upload
from rooms.remains import forms_of, kept_by, nothing_left_of, open_files
from worlds.stage import Answer, Caller, Crew

Page = Callable[..., Answer]


@cache
def impression(seed: int) -> np.ndarray:
    return synthetic.impression(synthetic.finger(seed), 1)


@cache
def slap(gap: int = 60) -> np.ndarray:
    """Two fingers side by side on a white sheet."""
    left, right = impression(1), impression(2)
    between = np.full((left.shape[0], gap), 255, np.uint8)
    return np.pad(np.concatenate([left, between, right], axis=1), 40, constant_values=255)


def png(pixels: np.ndarray) -> bytes:
    return cv2.imencode(".png", pixels)[1].tobytes()


def halves() -> list[Box]:
    high, wide = impression(1).shape
    return [Box(position=n, x=x, y=40, width=wide, height=high) for n, x in ((6, 40), (1, 100 + wide))]


def typed(boxes: list[Box], sent: bytes | None = None, **more: str) -> list[tuple[str, str]]:
    """The form as it is sent without script."""
    fields = [("original", b64encode(sent or png(slap())).decode()), ("hand", "thumbs")]
    for n, box in enumerate(boxes):
        fields += [(f"{name}-{n}", str(value)) for name, value in box.model_dump().items()]
    return fields + list(more.items())


@dataclass(frozen=True, slots=True)
class Pictured(Upload):
    """A form whose one file is the picture that is cut."""

    def spelled(self, who: object) -> tuple[dict[str, str], bytes]:
        headers, body = Upload.spelled(self, who)  # type: ignore[arg-type]
        body = body.replace(b'name="files"', b'name="picture"')
        return headers | {"content-length": str(len(body))}, body


@pytest.fixture
def given(ask: Callable[..., Answer], crew: Crew) -> Page:
    """given(data, hand="right"): what the page shows of a picture."""
    caller: Caller = ask.__self__  # type: ignore[attr-defined]

    def posted(data: bytes, **said: str) -> Answer:
        form = Pictured("POST", "/biometrics/cut", form=list(said.items()), files=[("slap.png", data)])
        return caller(crew["XA officer"], form)

    return posted


def field(text: str, name: str) -> str:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', text)
    assert found, name
    return unescape(found[1])


def cut_out(text: str) -> dict[int, bytes]:
    found = re.findall(r'name="cut-(\d+)" value="([^"]+)"', text)
    return {int(n): b64decode(unescape(value)) for n, value in found}


def test_a_box_is_proposed_for_each_finger_from_left_to_right() -> None:
    left, right = cutting.proposed(slap(), 500, "thumbs")
    wide = impression(1).shape[1]
    assert (left.position, right.position) == (6, 1)
    assert left.x + left.width < 40 + wide + 30
    assert right.x > 40 + wide + 30
    assert cutting.checked(slap().shape, 500, {0: left, 1: right}) == []


def test_fingers_that_touch_are_parted_where_the_fewest_ridges_are() -> None:
    boxes = cutting.proposed(slap(gap=0), 500, "thumbs")
    assert [box.position for box in boxes] == [6, 1]
    assert cutting.checked(slap(gap=0).shape, 500, dict(enumerate(boxes))) == []


def test_nothing_is_proposed_on_a_blank_sheet_or_a_sliver() -> None:
    assert cutting.proposed(np.full((600, 900), 255, np.uint8), 500, "right") == []
    assert cutting.proposed(np.zeros((16, 16), np.uint8), 250, "none") == []


@pytest.mark.parametrize(
    ("box", "where"),
    [
        (Box(x=700, y=0, width=200, height=200), "width"),
        (Box(x=300, y=500, width=200, height=200), "height"),
        (Box(x=300, y=0, width=200, height=63), "height"),
        (Box(x=10, y=10, width=200, height=300), "x"),
        (Box(position=2, x=300, y=300, width=100, height=100), "position"),
    ],
)
def test_a_box_that_is_outside_too_small_or_there_twice_is_named_at_its_field(box: Box, where: str) -> None:
    first = Box(position=2, x=0, y=0, width=250, height=300)
    (fault,) = cutting.checked((600, 800), 500, {0: first, 3: box})
    assert fault.where == f"cuts/3/{where}"
    assert fault.do


def test_boxes_of_fingers_aslant_may_share_a_corner_and_grow_with_the_resolution() -> None:
    boxes = {0: Box(position=2, x=0, y=0, width=250, height=300), 1: Box(x=200, y=50, width=250, height=300)}
    assert cutting.checked((600, 800), 500, boxes) == []
    small = {0: Box(x=0, y=0, width=100, height=100)}
    assert cutting.checked((600, 800), 500, small) == []
    assert len(cutting.checked((600, 800), 1000, small)) == 2


def test_what_is_cut_is_that_piece_of_the_picture_and_says_its_resolution() -> None:
    box = halves()[0]
    piece = cutting.cut(slap(), 1000, box)
    assert np.array_equal(cv2.imdecode(np.frombuffer(piece, np.uint8), 0), impression(1))
    (read,) = reading.read([m.File(data=b64encode(cutting.cut(slap(), 500, box)).decode(), position=6)])
    assert (read.position, read.dpi) == (6, 500)
    assert read.print is not None
    assert len(read.print) > 20


def test_the_picture_is_shown_with_boxes_to_draw_and_to_type(given: Page) -> None:
    answer = given(png(slap()), hand="thumbs")
    assert answer.status == 200, answer.text
    assert answer.text.count('<svg class="place"') == 2
    assert 'href="data:image/jpeg;base64,' in answer.text
    assert b64decode(field(answer.text, "original")) == png(slap())
    assert int(field(answer.text, "x-1")) > int(field(answer.text, "x-0")) >= 0
    assert dict(answer.headers)["cache-control"] == "no-store"


def test_fingers_that_were_not_found_have_empty_boxes(given: Page) -> None:
    text = given(png(slap()), hand="right").text
    assert text.count('<svg class="place"') == 4


@pytest.mark.parametrize(("data", "said"), [(b"no picture", "117"), (b"", "Choose a picture")])
def test_what_is_no_picture_of_fingers_is_refused_on_the_form(given: Page, data: bytes, said: str) -> None:
    answer = given(data)
    assert answer.status == 422
    assert said in answer.text


@pytest.mark.parametrize("way", ["search", "enrol"])
def test_two_fingers_are_found_where_they_were_cut_and_stand_in_the_next_form(page: Page, way: str) -> None:
    who = "XA officer" if way == "search" else "XA office"
    answer = page(who, "POST", f"/biometrics/cut/{way}", typed(halves()))
    assert answer.status == 200, answer.text
    assert f'action="/biometrics/{way}"' in answer.text
    found = {n: cv2.imdecode(np.frombuffer(data, np.uint8), 0) for n, data in cut_out(answer.text).items()}
    assert found.keys() == {6, 1}
    assert np.array_equal(found[6], impression(1))
    assert np.array_equal(found[1], impression(2))
    assert answer.text.count("download=") == 2


def test_a_bad_box_is_named_at_its_field_and_every_box_stands_as_it_was_typed(page: Page) -> None:
    boxes = [halves()[0], halves()[1].model_copy(update={"width": 9000, "x": 20_001})]
    answer = page("XA officer", "POST", "/biometrics/cut/search", typed(boxes))
    assert answer.status == 422
    assert 'href="#f-x-1"' in answer.text
    assert (field(answer.text, "x-1"), field(answer.text, "width-1")) == ("20001", "9000")
    assert field(answer.text, "x-0") == "40"
    none = page("XA officer", "POST", "/biometrics/cut/search", typed([]))
    assert "No finger is cut out" in none.text


def test_a_finger_that_was_cut_is_enrolled_and_no_other_is(page: Page) -> None:
    box = halves()[0]
    text = page("XA office", "POST", "/biometrics/cut/enrol", typed([box])).text
    (one,) = cut_out(text).items()
    fields = [("sort", "person"), ("title", "Cut"), (f"cut-{one[0]}", b64encode(one[1]).decode())]
    answer = page("XA office", "POST", "/biometrics/enrol", fields)
    assert answer.status == 303, answer.text
    shown = page("XA office", "GET", answer.header("location")).text
    assert "Left thumb" in shown
    assert shown.count('class="sample"') == 1


def test_what_was_cut_stays_in_the_form_when_the_search_is_refused(page: Page) -> None:
    fields = [("cut-2", b64encode(b"no picture").decode()), ("cut-3", "no base64")]
    answer = page("XA officer", "POST", "/biometrics/search", fields)
    assert answer.status == 422
    assert "Right index finger" in answer.text
    assert 'name="cut-2"' in answer.text


def test_a_slap_that_is_refused_says_where_it_is_cut(page: Page, given: Page) -> None:
    assert 'href="/biometrics/cut"' in page("XA officer", "GET", "/biometrics").text
    wide = np.tile(slap(), (1, 3))
    answer = page("XA officer", "POST", "/biometrics/search", [], files=[("slap.png", png(wide))])
    assert answer.status == 422
    assert answer.text.count('href="/biometrics/cut"') == 2


def test_nothing_of_the_picture_is_kept(page: Page, given: Page, house: House) -> None:
    assert given(png(slap()), hand="thumbs").status == 200
    assert page("XA officer", "POST", "/biometrics/cut/search", typed(halves())).status == 200
    cuts = [m.Cut(**box.model_dump()) for box in halves()]
    samples = reading.read([m.File(data=b64encode(png(slap())).decode(), cuts=cuts)])
    nothing_left_of(forms_of(png(slap()), samples), kept_by(house), open_files())
    assert "data:image" not in page("XA officer", "GET", "/biometrics/cut").text


def test_a_large_picture_comes_back_with_its_boxes(ask: Callable[..., Answer], crew: Crew) -> None:
    noisy = np.random.default_rng(3).integers(0, 255, (1300, 1300), np.uint8)
    noisy[: slap().shape[0], : slap().shape[1]] = slap()
    form = typed(halves(), png(noisy), do="show")
    caller: Caller = ask.__self__  # type: ignore[attr-defined]
    sent = Upload("POST", "/biometrics/cut", form=form, files=[("unread", b"x")])
    answer = caller(crew["XA officer"], sent)
    assert len(png(noisy)) > 1_000_000
    assert answer.status == 200, answer.text
    assert field(answer.text, "width-1") == str(halves()[1].width)
