"""Samples as the engine of galleries asks for them: by space, which names the form and its version."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from entente.desk.galleries import Asked
from entente.desk.templating import face_items, face_space, print_items, print_space
from entente.rooms.biometrics.samples import FACE, Held

__all__ = ["Asked", "asked"]


def asked(form: str, samples: Sequence[Held]) -> Mapping[str, list[Asked]]:
    """By space: what is asked there. `form`: `prints`, `marks` or `faces`."""
    spaces: dict[str, list[Asked]] = defaultdict(list)
    for one in samples:
        if one.what == FACE:
            spaces[face_space(form, one.face)].append(Asked(0, face_items(one.face)))
        elif one.print is not None:
            spaces[print_space(form)].append(Asked(one.position, print_items(one.print)))
    return spaces
