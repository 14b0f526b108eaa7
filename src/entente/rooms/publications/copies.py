"""The copies of a publication: given to a recipient, handled as what they are made of, taken from readers."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from entente.core.access import Handling
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import About, alert
from entente.rooms.publications import model as m
from entente.rooms.publications import states
from entente.rooms.publications.freezing import Frozen
from entente.rooms.publications.release import Reading


@dataclass(frozen=True, slots=True)
class Given:
    """What a copy is given: its handling, its last day, its data (SHA-256 of document and manifest), and what
    this is made of."""

    handling: Handling
    expires: date
    blobs: tuple[str, str]
    manifest: Frozen


def copies_of(desk: Desk, publication: str) -> list[Thing]:
    """All copies of a publication, by number: the house's to look up."""
    found = [t for _key, t in desk.as_house().inspect_all([states.copies_of_publication(publication)])]
    return sorted(found, key=lambda t: int(t.first("number")))


def manifest(desk: Desk, copy: Thing) -> Frozen:
    """The manifest of a copy; of nothing where its data was forgotten."""
    if not copy.body.get("blobs"):
        return {"sources": {}, "releases": []}
    made: Frozen = json.loads(desk.house.blobs.open(copy.body["blobs"][1]))
    return made


def give_copy(
    desk: Desk, publication: Thing, number: int, recipient: m.Recipient, reader: Reading, given: Given
) -> None:
    """A recipient's numbered copy; his bureau is told."""
    body = {
        "report": publication.id,
        "number": str(number),
        "edition": publication.first("edition"),
        "title": publication.first("title"),
        "from": str(publication.handling.owner),
        "bureau": str(reader.number),
        "unit": recipient.unit,
        "officer": recipient.officer,
        "state": "published",
        "published": publication.first("published"),
        "sha256": publication.first("sha256"),
        "blobs": list(given.blobs),
    }
    said = {name: value for name, value in body.items() if value}
    keyed: dict[str, tuple[str, ...]] = {
        "report": (publication.id,),
        "bureau": (str(reader.number),),
        "blobs": given.blobs,
    }
    copy = desk.as_house().keep(
        states.COPY,
        said,
        given.handling,
        id=desk.house.ids.of("report copy", publication.id, number),
        expires=given.expires,
        keys=states.copy_keys(keyed, (*given.manifest["sources"], *given.manifest["releases"])),
    )
    about = About("report", copy.id, other=publication.handling.owner)
    alert(desk, reader.number, about, like=copy.handling, once=copy.id)


def change_copy(desk: Desk, copy: Thing, **changes: Any) -> Thing:
    """A copy with some properties, its handling or its last day changed."""
    said = {name: changes.pop(name) for name in ("handling", "expires") if name in changes}
    body = {**copy.body, **{name: tuple(values) for name, values in changes.items()}}
    clean = {name: tuple(values) for name, values in body.items() if values}
    made = manifest(desk, copy) if "blobs" not in changes else _at(desk, clean["blobs"][1])
    keys = states.copy_keys(clean, (*made["sources"], *made["releases"]))
    return desk.as_house().change(copy, body=clean, keys=keys, **said)


def take_from_readers(desk: Desk, copy: Thing, state: str, why: str = "") -> None:
    """A copy that nobody may use any more; its bureau is told."""
    said = (why,) if why else ()
    at = desk.now.isoformat(timespec="seconds")
    kept = change_copy(desk, copy, state=(state,), why=said, changed=(at,), title=())
    about = About(f"report-{state}", copy.id, other=int(copy.first("from")))
    alert(desk, int(copy.first("bureau")), about, like=kept.handling, once=f"{copy.id} {state}")


def forget(desk: Desk, publication: str) -> None:
    """The frozen data of a publication whose source was deleted: it is deleted here too (RPD 52)."""
    for copy in copies_of(desk, publication):
        if digests := list(copy.body.get("blobs", ())):
            body = {name: values for name, values in copy.body.items() if name != "blobs"}
            desk.as_house().change(copy, body=body, keys=states.copy_keys(body, ()))
            drop(desk, digests)


def drop(desk: Desk, digests: list[str]) -> None:
    """Data that no copy has any more is deleted soon."""
    desk.tx.jobs.add("drop", {"digests": digests}, once=f"report {digests[0]}")


def _at(desk: Desk, digest: str) -> Frozen:
    made: Frozen = json.loads(desk.house.blobs.open(digest))
    return made
