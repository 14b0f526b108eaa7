"""The pages of bureaus' keys: fingerprints to compare, and what administrators do with their bureau's key."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from entente.core.problems import Absent
from entente.rooms.bureaus import keyring, service, signing_in
from entente.rooms.bureaus.bureau_keys import public_keys
from entente.rooms.bureaus.key_schemas import key_out
from entente.web.callers import AtPage, Caller
from entente.web.pages import render

router = APIRouter()
Field = Annotated[str, Form()]
GROUP = 4
"""Digits of a fingerprint that are read aloud together."""


@router.get("/bureaus/{code}")
def bureau(request: Request, caller: AtPage, code: str) -> Response:
    """A bureau: how to reach it, and its keys."""
    with caller.at_own_desk("see") as desk:
        shown = service.by_code(desk).get(code)
        if shown is None:
            raise Absent()
        desk.note("see", object=shown.id, what="bureau keys")
        known = public_keys(desk, shown.number)
        own = shown.number == desk.asker.bureau and "administrator" in caller.officer.roles
        standing = signing_in.standing(desk.as_house(), caller.officer.id, caller.officer.session)
        opens = own and keyring.held(desk, caller) is not None
    keys = [key_out(code, k, known) for k in known]
    return render(
        request,
        "bureaus/bureau.html",
        bureau=shown,
        keys=[
            {
                "fingerprint": out.fingerprint,
                "groups": grouped(out.fingerprint),
                "state": out.state,
                "since": key.since,
                "founded": out.founded,
                "signed": out.signed,
            }
            for out, key in zip(keys, known, strict=True)
        ],
        own=own,
        opens=opens,
        standing=standing,
    )


@router.post("/bureaus/{code}/keys")
def change(caller: AtPage, code: str, how: Field = "") -> Response:
    """Rotate my bureau's key, or found it anew after a loss."""
    with caller.at_own_desk("administer", writing=True) as desk:
        _own(caller, code)
        if how not in ("rotate", "anew"):
            raise Absent()
        keyring.next_key(desk, caller, how)
    return RedirectResponse(f"/bureaus/{code}", status_code=303)


@router.post("/bureaus/{code}/keys/{fingerprint}/revoke")
def revoke(caller: AtPage, code: str, fingerprint: str) -> Response:
    """Revoke a key of my bureau."""
    with caller.at_own_desk("administer", writing=True) as desk:
        _own(caller, code)
        keyring.revoke(desk, caller, fingerprint)
    return RedirectResponse(f"/bureaus/{code}", status_code=303)


@router.post("/officers/{id}/grant")
def give_officer(caller: AtPage, id: str) -> Response:
    """Give an officer the bureau's key."""
    with caller.at_own_desk("administer", writing=True) as desk:
        keyring.give(desk, caller, id)
    return RedirectResponse(f"/officers/{id}", status_code=303)


@router.post("/keys/{id}/grant")
def give_machine(caller: AtPage, id: str) -> Response:
    """Give a machine the bureau's key."""
    with caller.at_own_desk("administer", writing=True) as desk:
        keyring.give(desk, caller, id)
    return RedirectResponse("/keys", status_code=303)


def grouped(fingerprint: str) -> list[str]:
    """A fingerprint in groups that a voice can say."""
    return [fingerprint[i : i + GROUP] for i in range(0, len(fingerprint), GROUP)]


def _own(caller: Caller, code: str) -> None:
    if code != caller.officer.code:
        raise Absent()
