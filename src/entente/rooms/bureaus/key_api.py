"""Bureaus' keys over HTTP: the directory of keys, and what administrators do with their bureau's."""

from typing import Annotated

from fastapi import APIRouter, Path

from entente.core.problems import Absent
from entente.rooms.bureaus import keyring, service
from entente.rooms.bureaus.bureau_keys import public_keys, text
from entente.rooms.bureaus.key_schemas import BureauKeyOut, Given, HouseKeyOut, KeyChange, key_out
from entente.web.callers import AtDoor

router = APIRouter()
Code = Annotated[str, Path(max_length=8)]
Id = Annotated[str, Path(max_length=64)]


@router.get("/bureaus/{code}/keys")
def keys(caller: AtDoor, code: Code) -> list[BureauKeyOut]:
    """A bureau's public keys, newest first."""
    with caller.at_own_desk("see") as desk:
        bureau = service.by_code(desk).get(code)
        if bureau is None:
            raise Absent()
        desk.note("see", object=bureau.id, what="bureau keys")
        known = public_keys(desk, bureau.number)
        return [key_out(code, k, known) for k in known]


@router.get("/house/key")
def house_key(caller: AtDoor) -> HouseKeyOut:
    """The key by which the house signs its journal and its receipts."""
    with caller.at_own_desk("see") as desk:
        desk.note("see", what="the house's key")
        return HouseKeyOut(public=text(desk.house.public_key))


@router.post("/bureau-keys", status_code=201)
def change(caller: AtDoor, form: KeyChange) -> BureauKeyOut:
    """A new key for your bureau: rotated, or founded anew after a loss (administrator)."""
    with caller.at_own_desk("administer", writing=True) as desk:
        made = keyring.next_key(desk, caller, form.how)
        return key_out(caller.officer.code, made, public_keys(desk, made.bureau))


@router.post("/bureau-keys/{fingerprint}/revoke")
def revoke(caller: AtDoor, fingerprint: Id) -> BureauKeyOut:
    """Revoke a key of your bureau that others know: nothing is sealed to it any more (administrator)."""
    with caller.at_own_desk("administer", writing=True) as desk:
        ended = keyring.revoke(desk, caller, fingerprint)
        return key_out(caller.officer.code, ended, public_keys(desk, ended.bureau))


@router.post("/officers/{id}/grant")
def give_officer(caller: AtDoor, id: Id) -> Given:
    """Give the bureau's key to what an officer of your bureau signs in with (administrator)."""
    with caller.at_own_desk("administer", writing=True) as desk:
        return Given(credentials=keyring.give(desk, caller, id))


@router.post("/keys/{id}/grant")
def give_machine(caller: AtDoor, id: Id) -> Given:
    """Give the bureau's key to a machine of your bureau (administrator)."""
    with caller.at_own_desk("administer", writing=True) as desk:
        return Given(credentials=keyring.give(desk, caller, id))
