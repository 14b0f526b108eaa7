"""Passkeys (WebAuthn level 2): registered by a signed-in officer, user verification required."""

import hmac
import json
from datetime import timedelta
from typing import Any

from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from entente.core.problems import Absent, Fault, Faulty, NotSignedIn
from entente.core.things import NEVER, Thing
from entente.desk import HOUSE_ASKER, HOUSE_HANDLING, Desk, House, sit
from entente.rooms.bureaus import holding
from entente.rooms.bureaus.holding import Keyring, Opened
from entente.rooms.bureaus.sealing import Unopened
from entente.rooms.bureaus.service import digest
from entente.rooms.bureaus.signing_in import Session, moment, open_session

ANSWER_WITHIN = timedelta(minutes=5)
LONGEST_CLIENT_DATA = 8_000
SECRET_SIZE, LONGEST_SECRET = 32, 44
"""What PRF gives: 32 bytes; in base64, 44 characters."""
_UNVERIFIED = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What a made-up answer may raise while it is read."""


def registration_options(desk: Desk, officer: Thing, host: str) -> str:
    """What the officer's browser needs to make a passkey (JSON)."""
    known = [PublicKeyCredentialDescriptor(id=_credential(k)) for k in of_officer(desk, officer.id)]
    options = generate_registration_options(
        rp_id=host,
        rp_name="Entente",
        user_id=bytes.fromhex(officer.id),
        user_name=officer.first("email"),
        user_display_name=officer.first("name"),
        challenge=_challenge(desk, f"register:{officer.id}"),
        exclude_credentials=known,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    return _asking_prf(desk.house, options_to_json(options))


def register(
    desk: Desk, officer: str, host: str, origin: str, answer: dict[str, Any], ring: Keyring | None = None
) -> Thing:
    """Keep a passkey that the browser made. `ring`: what the acting session holds of the bureau's keys; the
    passkey gets it where the browser sent what it can be locked by (PRF), then or at the first sign-in.

    Raises Faulty when the answer does not verify.
    """
    try:
        verified = verify_registration_response(
            credential=answer,
            expected_challenge=_spend(desk, answer, f"register:{officer}"),
            expected_rp_id=host,
            expected_origin=origin,
            require_user_verification=True,
        )
    except _UNVERIFIED as error:
        what = str(error)[:200].encode("utf-8", "replace").decode()  # it may quote halves of characters
        raise Faulty("The passkey could not be verified.", (Fault("passkey", what, "Try again."),)) from None
    credential = bytes_to_base64url(verified.credential_id)
    body = {
        "officer": officer,
        "credential": credential,
        "publicKey": bytes_to_base64url(verified.credential_public_key),
        "count": str(verified.sign_count),
        "made": desk.now.isoformat(timespec="seconds"),
    }
    if desk.find([_key(credential)]):
        raise Faulty(faults=(Fault("passkey", "This passkey is registered already", "Make another."),))
    keys = (_key(credential), f"passkeys-of:{officer}")
    kept = desk.keep("Passkey", body, HOUSE_HANDLING, expires=NEVER, keys=keys)
    secret = _prf(answer)
    if secret:
        bureau = int(desk.look(officer).first("bureau"))
        made = holding.hold(desk, officer, bureau, "passkey", secret, credential=kept.id)
        holding.grant_if_same(desk, made.holder, ring)
    desk.note("administer", object=officer, what="passkey registered")
    return kept


def sign_in_options(house: House, host: str) -> str:
    """What any browser needs to sign in with a passkey (JSON); tells nothing about who exists."""
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        challenge = _challenge(desk, "sign-in")
        desk.note("sign-in", outcome="asked", how="passkey")
    options = generate_authentication_options(
        rp_id=host, challenge=challenge, user_verification=UserVerificationRequirement.REQUIRED
    )
    return _asking_prf(house, options_to_json(options))


def sign_in(house: House, host: str, origin: str, answer: dict[str, Any], hours: int) -> Session:
    """Sign in with a passkey. Raises NotSignedIn."""
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        verified = _verified(desk, host, origin, answer)
        if verified:
            officer, passkey = verified
            opened = _opened(desk, officer, passkey, _prf(answer))
            return open_session(desk, officer, "passkey", hours, opened)
        desk.note("sign-in", outcome="refused", how="passkey")
    raise NotSignedIn("This passkey is not known here, or it was too slow.")


def _opened(desk: Desk, officer: Thing, passkey: Thing, secret: bytes) -> Opened | None:
    """The passkey as a holder, where the browser sent what opens it; made one at the first time it does."""
    if not secret:
        return None
    holder = holding.of_credential(desk, "passkey", passkey.id)
    if holder is None:
        bureau = int(officer.first("bureau"))
        return holding.hold(desk, officer.id, bureau, "passkey", secret, credential=passkey.id)
    try:
        return holding.opened(holder, secret)
    except Unopened:
        return None


def _verified(desk: Desk, host: str, origin: str, answer: dict[str, Any]) -> tuple[Thing, Thing] | None:
    """(the officer, his passkey)."""
    try:
        challenge = _spend(desk, answer, "sign-in")
        kept = next((t for _, t in desk.find([_key(str(answer["id"]))])), None)
        if kept is None:
            return None
        verified = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=host,
            expected_origin=origin,
            credential_public_key=base64url_to_bytes(kept.first("publicKey")),
            credential_current_sign_count=int(kept.first("count", "0")),
            require_user_verification=True,
        )
    except _UNVERIFIED:
        return None
    body = {**kept.body, "count": (str(verified.new_sign_count),)}
    keys = (f"passkey:{kept.first('credential')}", f"passkeys-of:{kept.first('officer')}")
    desk.change(kept, body=body, keys=keys)
    officer = desk.look_all([kept.first("officer")]).get(kept.first("officer"))
    return (officer, kept) if officer and officer.first("active") == "yes" else None


def of_officer(desk: Desk, officer: str) -> list[Thing]:
    """An officer's passkeys."""
    return [t for _, t in desk.find([f"passkeys-of:{officer}"])]


def remove(desk: Desk, officer: str, id: str, session: str = "") -> None:
    """Remove one of an officer's passkeys. `session`: the acting one's id, if it is his own."""
    kept = next((k for k in of_officer(desk, officer) if k.id == id), None)
    if kept is None:
        raise Absent()
    holding.drop_credential(desk, "passkey", kept.id, session)
    desk.erase(kept.id)
    desk.note("administer", object=officer, what="passkey removed")


def _asking_prf(house: House, options: str) -> str:
    """Options that ask the browser for the passkey's secret of this house too (WebAuthn level 3, PRF)."""
    first = hmac.digest(house.secret, b"passkeys of this house", "sha256")
    extensions = {"prf": {"eval": {"first": bytes_to_base64url(first)}}}
    return json.dumps({**json.loads(options), "extensions": extensions})


def _prf(answer: dict[str, Any]) -> bytes:
    """The passkey's secret, as the browser sent it along; empty where it can or will not."""
    try:
        written = answer["clientExtensionResults"]["prf"]["results"]["first"]
        secret = base64url_to_bytes(written) if len(written) <= LONGEST_SECRET else b""
    except _UNVERIFIED:
        return b""
    return secret if len(secret) == SECRET_SIZE else b""


def _key(credential: str) -> str:
    """The key of a passkey. Raises ValueError for what is no credential."""
    if not credential.isascii() or len(credential) > 1400:
        raise ValueError("no credential")
    return f"passkey:{credential}"


def _credential(kept: Thing) -> bytes:
    return base64url_to_bytes(kept.first("credential"))


def _challenge(desk: Desk, use: str) -> bytes:
    """A challenge good once, for a few minutes, for one use."""
    challenge = desk.house.randomness(32)
    body = {"use": use, "until": (desk.now + ANSWER_WITHIN).isoformat(timespec="seconds")}
    keys = (f"challenge:{digest(bytes_to_base64url(challenge))}",)
    desk.keep("Ticket", body, HOUSE_HANDLING, expires=desk.today + timedelta(days=2), keys=keys)
    return challenge


def _spend(desk: Desk, answer: dict[str, Any], use: str) -> bytes:
    """The challenge that an answer speaks of, erased with this. Raises ValueError when there is none."""
    written = str(answer["response"]["clientDataJSON"])
    if len(written) > LONGEST_CLIENT_DATA:
        raise ValueError("the answer is too long")
    client = json.loads(base64url_to_bytes(written))
    challenge = str(client["challenge"])
    ticket = next((t for _, t in desk.find([f"challenge:{digest(challenge)}"])), None)
    if ticket is None or ticket.first("use") != use:
        raise ValueError("no such challenge")
    desk.erase(ticket.id)
    if moment(ticket.first("until")) <= desk.now:
        raise ValueError("the challenge is too old")
    return base64url_to_bytes(challenge)
