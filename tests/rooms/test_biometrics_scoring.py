"""How near a set is: what is left out or prepared for speed changes no score."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from entente.core.access import Handling
from entente.core.things import Thing
from entente.match import faces
from entente.match.faces.encoders import of_length_one
from entente.rooms.biometrics.samples import SET, Held, asked, body_of, held
from entente.rooms.biometrics.scoring import SHIPPED, ready, scored
from rooms.biometric_scene import again, finger, read

POSITIONS = (2, 3, 7, 0)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def enrolled() -> Thing:
    """A set of four fingers, one of which nobody knows the position of."""
    prints = [finger(40 + n, position) for n, position in enumerate(POSITIONS)]
    body = body_of([read(one) for one in prints], False, [""] * len(prints))
    clean = {name: (value,) if isinstance(value, str) else tuple(value) for name, value in body.items()}
    return Thing("0" * 32, SET, Handling(1), clean, date(2030, 1, 1), created=NOW, changed=NOW)


def searched(*positions: int) -> list[Held]:
    """Other impressions of fingers of the set, said to be at these positions."""
    return asked([read(again(finger(40 + n), n).at(at)) for n, at in enumerate(positions)])


@pytest.mark.parametrize("positions", [(2,), (2, 3), (0, 3), (2, 9), (9,)])
def test_prepared_or_not_and_whatever_is_left_out_a_set_scores_the_same(
    enrolled: Thing, positions: tuple[int, ...]
) -> None:
    said = searched(*positions)
    assert scored(ready(said), held(enrolled, positions), SHIPPED) == scored(said, held(enrolled), SHIPPED)


def test_fingers_at_other_positions_are_left_out_and_keep_their_numbers(enrolled: Thing) -> None:
    assert [one.number for one in held(enrolled, {3})] == [1, 3]
    assert [one.number for one in held(enrolled, {0, 3})] == [0, 1, 2, 3]
    assert [one.number for one in held(enrolled)] == [0, 1, 2, 3]


def test_one_finger_counts_once_however_many_impressions_there_are_of_it() -> None:
    once = finger(7)
    twice = [read(again(once, n)) for n in (1, 2)], [read(again(once, n)) for n in (3, 4)]
    mine, theirs = map(asked, twice)
    one = max(scored([a], [b], SHIPPED).score for a in mine for b in theirs)
    assert scored(mine, theirs, SHIPPED).score == one
    other = finger(8, position=3)
    more = scored(asked([*twice[0], read(again(other, 1))]), asked([*twice[1], read(other)]), SHIPPED)
    assert [part.position for part in more.parts] == [2, 3]
    assert more.score > one


def test_one_face_counts_once_however_many_portraits_there_are_of_it() -> None:
    dice = np.random.default_rng(3)
    face = dice.normal(size=128)
    portraits = [of_length_one((face + 0.1 * dice.normal(size=128)).astype(np.float32)) for _ in range(4)]
    said = [Held(n, "face", 0, face=faces.text("dlib-128@1", one)) for n, one in enumerate(portraits)]
    assert len(scored(said[:2], said[2:], SHIPPED).parts) == 1
