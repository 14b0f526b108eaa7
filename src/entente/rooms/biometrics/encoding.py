"""Which encoder makes vectors of faces here: the house's own, or one that the operator brings.

One a process, as the networks are: vectors of two encoders say nothing of each other (match.faces.encoders).
"""

from pathlib import Path

from entente.core.problems import NotSupported
from entente.match import faces
from entente.match.faces import models

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
