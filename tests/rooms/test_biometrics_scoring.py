"""How near a set is: what is left out or prepared for speed changes no score."""

from datetime import UTC, date, datetime

import pytest

from entente.core.access import Handling
from entente.core.things import Thing
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
