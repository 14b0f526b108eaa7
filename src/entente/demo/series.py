"""The demo's image series: a blue boat that Belmark works on, Cordava's old mill, a pier of Arvenia's.

The pictures are drawn (series_scenes.py), hashed as `entente triage` does it, and dropped: the house keeps no
picture. One of Arvenia's is cut out of one of Belmark's, so that both are told.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import new

import numpy as np

from entente.demo import series_scenes as scenes
from entente.demo.series_scenes import Rgb
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.rooms.bureaus import asker_for
from entente.rooms.series import contributing, media_model, model, service, states
from entente.triage.decoding import decoded
from entente.triage.describing import camera, hashes

BOATS, MILLS, PIERS = 6, 4, 2
FROM = {"XA": "analyst@xa.example", "XB": "officer@xb.example", "XC": "officer@xc.example"}
CUT = 0.05
"""Off each side: a tenth of the picture's width and height."""


def load(house: House) -> None:
    """Keep the series and their images, as the specialists of their bureaus."""
    boats = [scenes.boat(n) for n in range(BOATS)]
    with _as(house, FROM["XB"], "contribute") as desk:
        boat = _begun(desk, "Blue boat", boats, note="Who sails it, and on which lake?")
        _contribute(desk, [scenes.lighthouse(0)], sharing="blind")
    with _as(house, FROM["XB"], "correct") as desk:
        _moved(desk, boat, "in-progress", "The harbour office was asked who moors there.")
    with _as(house, FROM["XC"], "contribute") as desk:
        mill = _begun(desk, "Old mill", [scenes.mill(n) for n in range(MILLS)])
    with _as(house, FROM["XC"], "correct") as desk:
        _moved(desk, mill, "in-progress")
        _moved(desk, mill, "identified", "Found by the number on the door.")
    with _as(house, "second@xc.example", "approve") as desk:
        version = states.look(desk, mill).version
        service.decide(desk, mill, model.Approve(approve=True, version=version))
    with _as(house, FROM["XA"], "contribute") as desk:
        _begun(desk, "Pier", [*(scenes.pier(n) for n in range(PIERS)), cut(boats[4])])


def _begun(desk: Desk, name: str, pictures: Sequence[Rgb], note: str = "") -> str:
    series = service.begin(desk, model.SeriesForm(name=name, note=note)).id
    _contribute(desk, pictures, series)
    return series


def _contribute(
    desk: Desk, pictures: Sequence[Rgb], series: str = "", sharing: model.Sharing = "open"
) -> None:
    media = [media_of(scenes.jpeg(one)) for one in pictures]
    contributing.contribute(desk, model.Contribution(media=media, series=series, sharing=sharing))


def _moved(desk: Desk, series: str, state: model.State, why: str = "") -> None:
    version = states.look(desk, series).version
    service.move(desk, series, model.Move(state=state, why=why, version=version))


def media_of(content: bytes) -> media_model.Media:
    """A file's digests and hashes, as `entente triage` makes them of the same bytes."""
    _, picture = decoded(content, "image/jpeg")
    digests = {d: new(d, content, usedforsecurity=False).hexdigest() for d in ("md5", "sha1", "sha256")}
    said = {**digests, **hashes(picture), **camera(picture.facts)}
    return media_model.Media.model_validate({**said, "size": len(content), "mime": "image/jpeg"})


def cut(picture: Rgb, share: float = CUT) -> Rgb:
    """Without its edges."""
    high, wide = (round(side * share) for side in picture.shape[:2])
    return np.ascontiguousarray(picture[high:-high, wide:-wide])


@contextmanager
def _as(house: House, email: str, act: str) -> Iterator[Desk]:
    """A sitting of one of the story's specialists."""
    with sit(house, HOUSE_ASKER) as desk:
        asker = asker_for(desk, email, "identify", "the demo story")
        desk.note("see", what="an officer")
    with sit(house, asker, act, writing=True) as desk:
        yield desk
