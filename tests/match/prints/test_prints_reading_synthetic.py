"""Synthetic prints: nobody's, the same from the same seed, and read as fingers are."""

import numpy as np
import pytest

from entente.match.prints import read
from entente.match.prints.synthetic import Pattern, finger, impression, latent


def test_the_same_seed_gives_the_same_finger_impression_and_latent() -> None:
    assert np.array_equal(finger(4), finger(4))
    assert np.array_equal(impression(finger(4), 9), impression(finger(4), 9))
    assert np.array_equal(latent(finger(4), 9), latent(finger(4), 9))
    assert not np.array_equal(finger(4), finger(5))
    assert not np.array_equal(impression(finger(4), 9), impression(finger(4), 10))


@pytest.mark.parametrize("pattern", ["arch", "left loop", "right loop", "whorl"])
def test_every_pattern_is_read_with_as_many_minutiae_as_a_finger_has(pattern: Pattern) -> None:
    kept = read(impression(finger(11, pattern), 1, noise=0.5)).print
    assert 15 <= len(kept) <= 90
    assert kept.quality > 70


def test_an_impression_has_the_size_and_the_turn_that_are_asked_for() -> None:
    master = finger(6)
    upright, turned = (read(impression(master, 2, turn=t, noise=0)).print.flow for t in (0.0, 30.0))
    assert impression(master, 2, size=(300, 260)).shape == (300, 260)
    assert upright is not None and turned is not None
    both = (upright.certain > 200) & (turned.certain > 200)
    apart = (turned.angle.astype(int) - upright.angle) * (180 / 256)
    middle = np.degrees(np.angle(np.exp(2j * np.radians(apart[both])).mean())) / 2
    assert middle == pytest.approx(-30, abs=15), "clockwise"


def test_latents_are_poorer_than_impressions() -> None:
    good, poor = [], []
    for seed in range(3):
        master = finger(seed)
        good.append(read(impression(master, 1)).print)
        poor.append(read(latent(master, 2)).print)
    assert max(p.quality for p in poor) < min(p.quality for p in good)
    assert sum(map(len, poor)) < sum(map(len, good))
