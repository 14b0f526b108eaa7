"""Zones are read in pictures: any form and direction, small, slanted, two at once; what is not is told."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from tests.match.documents.drawn import WIDTHS, Taking, card, photographed, plain, zone

from entente.match.documents.reading import Nothing, Reading, read
from entente.match.documents.reading.glyphs import CHARACTERS, NONE, PITCH, Grey
from entente.match.documents.reading.lines import fits
from entente.match.documents.reading.rows import rows

SPECIMENS = Path(__file__).parents[4] / "shared" / "data" / "documents" / "specimens"
FORMS = tuple(WIDTHS)


def chance(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def taken(form: str, seed: int, how: Taking) -> tuple[Grey, tuple[str, ...], np.ndarray]:
    """A photographed page, its lines and where its zone is."""
    draw = chance(seed)
    lines = zone(form, draw)
    grey, corners = photographed(card(form, lines, draw, scale=8), how, draw)
    return grey, lines, corners


def only(found: tuple[Reading, ...] | Nothing) -> Reading:
    assert not isinstance(found, Nothing), found
    assert len(found) == 1, [f.lines for f in found]
    return found[0]


# --- what is read -----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_a_photographed_page_of_each_form_is_read(form: str) -> None:
    grey, lines, _ = taken(form, 11, Taking(across=WIDTHS[form] * 16))
    reading = only(read(grey))
    assert reading.likely == lines
    assert reading.form == form
    assert reading.worth > -0.15


@pytest.mark.parametrize("turned", [0, 1, 2, 3])
def test_a_page_is_read_in_any_of_four_directions_and_the_direction_told(turned: int) -> None:
    grey, lines, corners = taken("TD3", 12, Taking(across=700, turned=turned))
    reading = only(read(grey))
    assert (reading.likely, reading.turned) == (lines, 90 * turned)
    # Within a character of where the zone was drawn: the start of the first line is where one begins to read.
    assert np.abs(np.array(reading.quad) - corners).max() < 1.5 * 700 / 44


def test_a_zone_of_six_and_a_half_pixels_a_character_is_read() -> None:
    grey, lines, _ = taken("TD3", 13, Taking(across=286, blur=0.4, noise=2, quality=90, room=1.1))
    assert only(read(grey)).likely == lines


def test_a_small_page_in_a_large_picture_is_found() -> None:
    grey, lines, _ = taken("TD1", 14, Taking(across=400, room=6, skew=6))
    assert only(read(grey)).likely == lines


def test_a_zone_is_read_when_the_page_slants() -> None:
    for skew in (-14.0, -7.0, 9.0, 15.0):
        grey, lines, _ = taken("TD2", 15, Taking(across=600, skew=skew))
        assert only(read(grey)).likely == lines, skew


def test_two_zones_in_one_picture_are_both_told() -> None:
    first, one, _ = taken("TD3", 16, Taking(across=700, skew=2))
    second, two, _ = taken("TD1", 17, Taking(across=500, skew=-3))
    both = np.full((first.shape[0] + second.shape[0], max(first.shape[1], second.shape[1])), 90, np.uint8)
    both[: first.shape[0], : first.shape[1]] = first
    both[first.shape[0] :, : second.shape[1]] = second
    found = read(both)
    assert {reading.likely for reading in found or ()} == {one, two}


def test_a_zone_on_white_paper_that_fills_the_picture_is_read() -> None:
    for form in FORMS:
        lines = zone(form, chance(18))
        assert only(read(plain(lines))).likely == lines


# --- what is told of it -----------------------------------------------------------------------------


def test_a_wrong_check_digit_stays_in_what_is_printed_and_costs() -> None:
    """The mark of a forger who changed one digit of the birth date and no check digit."""
    lines = zone("TD3", chance(19))
    other = str((int(lines[1][14]) + 3) % 10)
    forged = (lines[0], lines[1][:14] + other + lines[1][15:])
    reading = only(read(plain(forged)))
    assert reading.lines[1][10:] == forged[1][10:]
    assert reading.likely != reading.lines
    assert reading.cost > 3


def test_digits_in_a_field_of_letters_are_told_as_printed() -> None:
    lines = zone("TD3", chance(20))
    odd = (lines[0], lines[1][:10] + "132" + lines[1][13:])
    reading = only(read(plain(odd)))
    assert reading.lines[1][10:13] == "132"
    assert not set(reading.likely[1][10:13]) & set("0123456789")
    assert reading.cost > 3


def test_everything_told_of_a_zone_has_its_shape() -> None:
    reading = only(read(plain(zone("TD2", chance(21)))))
    for told in (reading.lines, reading.likely, reading.second, reading.confidence):
        assert [len(line) for line in told] == [36, 36]
    assert all(c <= 0 for line in reading.confidence for c in line)
    assert all(
        a != b
        for one, two in zip(reading.lines, reading.second, strict=True)
        for a, b in zip(one, two, strict=True)
    )
    left, top, right, bottom = reading.box
    assert 0 <= left < right and 0 <= top < bottom


# --- what is not read -------------------------------------------------------------------------------


def test_a_picture_without_a_zone_has_none() -> None:
    draw = chance(22)
    noise = draw.integers(0, 255, (600, 800)).astype(np.uint8)
    stripes = np.tile((np.arange(800) // 6 % 2 * 200).astype(np.uint8), (600, 1))
    page = card("TD3", zone("TD3", draw), draw, scale=8)
    visual = page.grey[: round(page.corners[:, 1].min()) - 10]
    for picture in (np.full((500, 500), 128, np.uint8), noise, stripes, visual, noise[:8, :8], noise[:, :3]):
        found = read(np.ascontiguousarray(picture))
        assert isinstance(found, Nothing) and not found
        assert found.why in {"absent", "blurred", "glare"}


def test_a_page_of_capitals_without_fillers_is_no_zone() -> None:
    draw = chance(26)
    lines = ["".join(CHARACTERS[n] for n in draw.integers(0, 36, 36)) for _ in range(6)]
    assert read(plain(tuple(lines))) == Nothing("absent")


def test_light_thrown_back_over_the_whole_zone_is_told() -> None:
    grey, _, corners = taken("TD3", 27, Taking(across=700, skew=0, lean=0))
    spoiled = grey.copy()
    left, top = corners.min(axis=0).astype(int)
    right, bottom = corners.max(axis=0).astype(int)
    spoiled[top - 30 : bottom + 30, left + 120 : right + 60] = 255
    assert read(spoiled) == Nothing("glare")


def test_a_zone_out_of_focus_is_not_guessed_at() -> None:
    grey, _, _ = taken("TD3", 23, Taking(across=500, blur=7))
    found = read(grey)
    assert found == Nothing("blurred")


def test_what_is_no_grey_picture_is_refused() -> None:
    for wrong in (np.zeros((4, 4, 3), np.uint8), np.zeros((4, 4), np.float32), np.zeros((0, 4), np.uint8)):
        with pytest.raises(ValueError, match="grey"):
            read(wrong)  # type: ignore[arg-type]


# --- parts ------------------------------------------------------------------------------------------


def test_every_line_of_a_zone_is_among_the_first_rows() -> None:
    grey, _, corners = taken("TD3", 24, Taking(across=800, skew=4))
    middles = [(corners[a] + corners[b]) / 2 for a, b in ((0, 1), (2, 3))]
    for middle in middles:
        near = [abs(float(np.mean([row.start[1], row.end[1]])) - middle[1]) for row in rows(grey)[:4]]
        assert min(near) < 25


def test_places_of_characters_are_the_best_of_all_ways() -> None:
    """Against every way tried one by one, on a short line of made-up answers."""
    draw = chance(25)
    said = np.log(draw.dirichlet(np.full(NONE + 1, 0.2), 80)).clip(-9).astype(np.float32)
    found = fits(said, (3,))[3]
    best, none = said[:, :NONE].max(axis=1), said[:, NONE]

    def outside(at: int) -> float:
        return min(float(none[n]) if 0 <= n < len(none) else 0.0 for n in range(at - 4, at + 5))

    ways = []
    for pitch in (14, 15, 16, 17, 18):
        for start in range(len(said)):
            for one in (-1, 0, 1):
                for two in (-1, 0, 1):
                    places = [start, start + pitch + one, start + 2 * pitch + one + two]
                    if places[-1] < len(said):
                        worth = sum(float(best[p]) for p in places) - 0.03 * (abs(one) + abs(two))
                        ways.append(worth + outside(start - pitch) + outside(places[-1] + pitch))
    assert found.worth * 3 == pytest.approx(max(ways), abs=1e-3)
    assert all(abs(b - a - PITCH) <= 3 for a, b in zip(found.places, found.places[1:], strict=False))


# --- the drawn specimens of the house ---------------------------------------------------------------


@pytest.mark.skipif(not SPECIMENS.exists(), reason="shared/data/documents/specimens is not here")
def test_the_specimens_are_read() -> None:
    items = json.loads((SPECIMENS / "truth.json").read_text("utf-8"))["items"]
    assert len(items) == 11
    for name, item in items.items():
        for file in (f"{name}.jpg", f"{name}_capture.jpg"):
            grey = np.asarray(Image.open(SPECIMENS / file).convert("L"))
            reading = only(read(grey))
            lines = tuple(item["mrz"])
            if item["tampered"] == "mrz":
                # The forger's digit is read as it stands, and it does not agree.
                assert reading.lines[1][10:] != lines[1][10:] and reading.cost > 3, file
            else:
                assert reading.likely == lines, file


def test_the_characters_are_those_of_a_zone() -> None:
    assert len(set(CHARACTERS)) == 37 == NONE


def test_blotches_are_no_zone() -> None:
    """A texture of which the net makes one letter over and over."""
    for seed in range(30, 36):
        draw = chance(seed)
        tall, wide = (int(n) for n in draw.integers(300, 1000, 2))
        blotches = cv2.resize(
            draw.integers(0, 256, (tall // 12, wide // 12)).astype(np.float32), (wide, tall)
        )
        assert isinstance(read(blotches.astype(np.uint8)), Nothing), seed
