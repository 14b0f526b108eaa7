"""What a page's form brings: files, the finger that each is of, and how a fault leads back to its field."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from starlette.datastructures import FormData, UploadFile

from entente.core.access import ROLES_FOR
from entente.match.faces.encoders import Residual128
from entente.rooms.biometrics import labels
from entente.rooms.biometrics import model as m
from entente.web.callers import Caller
from entente.web.language import _

Places = Mapping[str, tuple[str, str]]
"""Where in the input (`files/0`) to (id of its field, what it is called)."""


@dataclass(frozen=True, slots=True)
class Files:
    """Files as they were received, with what was said of them."""

    sent: tuple[tuple[dict[str, Any], bytes], ...]
    places: Places

    def said(self) -> list[dict[str, Any]]:
        """As the API's schema takes them."""
        return [{**said, "data": b64encode(data).decode()} for said, data in self.sent]


async def received(form: FormData) -> Files:
    """The files of a form: `files` (several), `portrait`, `finger-1` to `finger-10`; `impression` and `dpi`
    are of all the prints. At most one more than are taken: the schema refuses them by their number.
    """
    prints = {name: str(form[name]) for name in ("impression", "dpi") if form.get(name)}
    named = [("files", {**prints, "position": 0})]
    named += [(f"finger-{n}", {**prints, "position": n, "what": "finger"}) for n in labels.FINGERS]
    named.append(("portrait", {"what": "face"}))
    sent: list[tuple[dict[str, Any], bytes]] = []
    places: dict[str, tuple[str, str]] = {"files": ("f-files", _("Files of fingerprints"))}
    for name, said in named:
        for one in form.getlist(name):
            if isinstance(one, UploadFile) and one.size and len(sent) <= m.MOST_SAMPLES:
                places[f"files/{len(sent)}"] = (f"f-{name}", one.filename or name)
                sent.append((said, await one.read()))
    return Files(tuple(sent), places)


def may(caller: Caller, act: str) -> bool:
    """Whether one of the officer's roles allows an act."""
    return bool(caller.officer.roles & ROLES_FOR[act])


def bias() -> str:
    """What the author of the encoder that comes with the house says of its errors."""
    return str(next(one.default for one in fields(Residual128) if one.name == "bias"))
