"""What a page's form brings: files, the finger that each is of, and how a fault leads back to its field."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from entente.core.access import ROLES_FOR
from entente.core.problems import Fault
from entente.rooms.biometrics import labels
from entente.rooms.biometrics import model as m
from entente.web.callers import Caller
from entente.web.language import _

Places = Mapping[str, tuple[str, str]]
"""Where in the input (`files/0`) to (id of its field, what it is called)."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One finger that somebody cut out of a picture of several: PNG, made here. It goes from form to form."""

    position: int
    data: bytes

    @property
    def text(self) -> str:
        return b64encode(self.data).decode()


@dataclass(frozen=True, slots=True)
class Files:
    """Files as they were received, with what was said of them."""

    sent: tuple[tuple[dict[str, Any], bytes], ...]
    places: Places
    cuts: tuple[Cut, ...] = ()

    def said(self) -> list[dict[str, Any]]:
        """As the API's schema takes them."""
        return [{**said, "data": b64encode(data).decode()} for said, data in self.sent]


async def form_of(request: Request) -> FormData:
    """The form of a page, in which a picture may stand as base64."""
    return await request.form(max_part_size=m.MOST_FILE * 4 // 3 + 4)


async def received(form: FormData) -> Files:
    """The files of a form: `files` (several), `portrait`, `finger-1` to `finger-10`, `cut-0` to `cut-10` as
    base64; `impression` and `dpi` are of all the prints. At most one more than are taken: the schema refuses
    them by their number.
    """
    prints = {name: str(form[name]) for name in ("impression", "dpi") if form.get(name)}
    named = [("files", {**prints, "position": 0, "what": "finger"})]
    named += [(f"finger-{n}", {**prints, "position": n, "what": "finger"}) for n in labels.FINGERS]
    named.append(("portrait", {"what": "face"}))
    sent: list[tuple[dict[str, Any], bytes]] = []
    places: dict[str, tuple[str, str]] = {"files": ("f-files", _("Files of fingerprints"))}
    for name, said in named:
        for one in form.getlist(name):
            if isinstance(one, UploadFile) and one.size and len(sent) <= m.MOST_SAMPLES:
                places[f"files/{len(sent)}"] = (f"f-{name}", one.filename or name)
                sent.append((said, await one.read()))
    cuts = [Cut(n, _plain(text)) for n in (*labels.FINGERS, 0) for text in form.getlist(f"cut-{n}")]
    for cut in cuts[: m.MOST_SAMPLES + 1 - len(sent)]:
        places[f"files/{len(sent)}"] = ("", labels.sample("finger", cut.position))
        sent.append(({**prints, "position": cut.position, "what": "finger"}, cut.data))
    return Files(tuple(sent), places, tuple(cuts))


def _plain(text: str | UploadFile) -> bytes:
    try:
        return b64decode(text, validate=True) if isinstance(text, str) else b""
    except (NotBase64, ValueError):
        return b""


def paired(places: Places, faults: Sequence[Fault]) -> Places:
    """The same with the places of faults of two samples (`files/1,2`): both are named."""
    both: dict[str, tuple[str, str]] = {}
    for one in faults:
        numbers = one.where.removeprefix("files/").split(",")
        known = [at for n in numbers if (at := places.get(f"files/{n}"))]
        if len(numbers) == 2 and known:
            both[one.where] = known[0][0], ", ".join(dict.fromkeys(name for _id, name in known))
    return {**places, **both}


def may(caller: Caller, act: str) -> bool:
    """Whether one of the officer's roles allows an act."""
    return bool(caller.officer.roles & ROLES_FOR[act])
