"""A disk to try triage with: copies of the demo's pictures as people make them, pictures that nobody knows,
and what is no picture.

With the demo's house it gives three groups that are known, one near match, and one of which only the owner is
told; three are left to look at besides.
"""

import cv2
import numpy as np

from entente.demo import series_scenes as scenes
from entente.demo.series import cut
from entente.demo.series_scenes import Rgb

SMALL, LARGE = 0.08, 0.22
"""Share of the height that a caption takes: below the first the picture is still the same, with the second a
person has to look."""


def files() -> dict[str, bytes]:
    """What lies on it, by path with slashes."""
    first, fourth, home = scenes.boat(0), scenes.boat(3), scenes.house(0)
    letter = "Dear all,\nthe pictures of the lake are in the other folder.\n"
    return {
        "DCIM/100MEDIA/IMG_0401.jpg": scenes.jpeg(first),
        "DCIM/100MEDIA/IMG_0402.jpg": scenes.jpeg(_half(first), quality=45),
        "DCIM/101MEDIA/IMG_0007.jpg": scenes.jpeg(home),
        "Pictures/from a friend.png": _png(fourth[:, ::-1]),
        "Pictures/old/cut.jpg": scenes.jpeg(cut(fourth), quality=75),
        "Pictures/old/2019/poster.jpg": scenes.jpeg(captioned(scenes.mill(0), SMALL), quality=80),
        "Pictures/old/2019/flyer.jpg": scenes.jpeg(captioned(scenes.mill(2), LARGE), quality=80),
        "Downloads/lighthouse.jpg": scenes.jpeg(scenes.lighthouse(0)),
        "Downloads/house (1).jpg": scenes.jpeg(home),
        "Downloads/house small.jpg": scenes.jpeg(_half(home), quality=60),
        "Downloads/house turned.png": _png(home[:, ::-1]),
        "Downloads/another house.jpg": scenes.jpeg(scenes.house(2)),
        "Downloads/broken.jpg": scenes.jpeg(scenes.house(3))[:200] + bytes(400),
        "Downloads/empty.jpg": b"",
        "letter.txt": letter.encode(),
    }


def captioned(picture: Rgb, share: float) -> Rgb:
    """With a white strip and words on it at the foot."""
    made = picture.copy()
    high = made.shape[0]
    strip = round(high * share)
    made[high - strip :] = (250, 250, 245)
    foot = (30, high - round(strip * 0.3))
    cv2.putText(
        made, "HARBOUR FAIR", foot, cv2.FONT_HERSHEY_SIMPLEX, strip / 60, (20, 20, 20), 3, cv2.LINE_AA
    )
    return made


def _half(picture: Rgb) -> Rgb:
    return np.asarray(cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)


def _png(picture: Rgb) -> bytes:
    done, data = cv2.imencode(".png", np.ascontiguousarray(picture[..., ::-1]))
    assert done
    return data.tobytes()
