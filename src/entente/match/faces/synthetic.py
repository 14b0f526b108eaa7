"""Persons who do not exist, drawn: for the demo, for tests, and to try an installation with nobody's picture.

A person is a set of measures drawn from a seed. Each portrait of him is another shot: features are laid on an
ellipsoid, turned, lit from another side, and given another ground and grain. They are plainly drawings; that
the detector takes them for faces and the encoder tells them apart says nothing about real persons.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from entente.match.faces.features import drawn
from entente.match.faces.sketch import Person, Rgb, Shot

_SKINS: tuple[Rgb, ...] = (
    (0.93, 0.78, 0.69),
    (0.86, 0.67, 0.54),
    (0.72, 0.52, 0.39),
    (0.5, 0.34, 0.25),
    (0.36, 0.24, 0.18),
)
_HAIRS: tuple[Rgb, ...] = (
    (0.1, 0.08, 0.07),
    (0.27, 0.17, 0.1),
    (0.5, 0.36, 0.2),
    (0.75, 0.62, 0.4),
    (0.62, 0.6, 0.58),
)
_IRISES: tuple[Rgb, ...] = ((0.22, 0.13, 0.07), (0.3, 0.42, 0.5), (0.33, 0.38, 0.22))


def person(seed: int) -> Person:
    """The same person for the same seed."""
    dice = np.random.default_rng(seed)

    def between(low: float, high: float) -> float:
        return float(dice.uniform(low, high))

    skin = int(dice.integers(len(_SKINS)))
    long_hair = bool(dice.random() < 0.5)
    return Person(
        seed=seed,
        wide=between(0.88, 1.12),
        jaw=between(0.62, 1.0),
        chin=between(1.18, 1.5),
        eyes=between(0.36, 0.5),
        eye_size=between(0.8, 1.3),
        eye_slant=between(-0.05, 0.06),
        eye_height=between(-0.06, 0.06),
        brow=between(0.03, 0.11),
        brow_lift=between(0.17, 0.3),
        brow_slant=between(-0.06, 0.07),
        nose=between(0.42, 0.66),
        nose_width=between(0.12, 0.26),
        mouth=between(0.24, 0.42),
        mouth_height=between(0.22, 0.36),
        lips=between(0.05, 0.14),
        skin=_SKINS[skin],
        hair=_HAIRS[int(dice.integers(2 if skin > 2 else len(_HAIRS)))],
        iris=_IRISES[int(dice.integers(1 if skin > 2 else len(_IRISES)))],
        fringe=between(0.5, 0.85),
        long_hair=long_hair,
        glasses=bool(dice.random() < 0.3),
        beard=0.0 if long_hair else max(0.0, between(-0.6, 0.9)),
        moles=tuple((between(-0.6, 0.6), between(-0.4, 0.9)) for _ in range(int(dice.integers(0, 4)))),
    )


def portrait(who: Person, shot: int = 0, height: int = 480) -> NDArray[np.uint8]:
    """(height, 5/6 height, 3) RGB: the same picture for the same person, shot and height."""
    return drawn(Shot(who, shot, height))


def crowd(seeds: Sequence[int], columns: int = 5, height: int = 200) -> NDArray[np.uint8]:
    """Portraits side by side in one picture, one of each seed."""
    each = [portrait(person(seed), 0, height) for seed in seeds]
    while len(each) % columns:
        each.append(np.full_like(each[0], 128))
    rows = [np.concatenate(each[at : at + columns], 1) for at in range(0, len(each), columns)]
    return np.concatenate(rows, 0)
