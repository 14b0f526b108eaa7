"""Which encoder makes vectors of faces here: the house's own, or one that the operator brings.

One a process, as the networks are: vectors of two encoders say nothing of each other (match.faces.encoders).
"""

from dataclasses import dataclass, fields
from pathlib import Path

from entente.core.problems import NotSupported
from entente.match import faces
from entente.match.faces import models
from entente.match.faces.encoders import Residual128
from entente.match.faces.running import weights_folder

_brought: list[faces.Encoder] = []


def use(folder: str) -> None:
    """Use the encoder in an operator's folder (docs/settings.md); the house's own where none is named.

    Raises NotSupported naming every fault of the folder.
    """
    _brought.clear()
    if not folder:
        return
    try:
        _brought.append(models.load(Path(folder)))
    except (models.BadModel, faces.Missing) as why:
        raise NotSupported(f"ENTENTE_FACES: {why}") from why


def encoder() -> faces.Encoder:
    """The encoder in use. Raises faces.Missing where nothing can run one."""
    return _brought[0] if _brought else faces.default_encoder()


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says of the encoder in use where faces are asked or shown."""

    name: str
    licence: str
    bias: str


def said() -> Said | None:
    """Of the encoder in use, whose network is not read for it; None where nothing can run one."""
    if _brought:
        return Said(_brought[0].name, _brought[0].licence, _brought[0].bias)
    try:
        weights_folder()
    except faces.Missing:
        return None
    own = {one.name: str(one.default) for one in fields(Residual128)}
    return Said(own["name"], own["licence"], own["bias"])
