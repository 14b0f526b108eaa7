"""An authenticator in software: makes and uses passkeys as a security key does (WebAuthn level 2)."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Authenticator:
    """`prf`: whether it gives the browser a secret of its own for a house (WebAuthn level 3)."""

    def __init__(self, origin: str = "http://entente.test", verifies: bool = True, prf: bool = False) -> None:
        self.origin, self.prf, self.secret = origin, prf, secrets.token_bytes(32)
        self.flags = PRESENT | (VERIFIED if verifies else 0)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential = secrets.token_bytes(32)
        self.count = 0

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to a registration's options."""
        public = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: public.x.to_bytes(32, "big"), -3: public.y.to_bytes(32, "big")}
        attested = bytes(16) + len(self.credential).to_bytes(2, "big") + self.credential + cbor2.dumps(cose)
        data = self._data(options["rp"]["id"], ATTESTED) + attested
        said = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options["challenge"])
        return self._answer(options, clientDataJSON=client, attestationObject=said)

    def sign(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to a sign-in's options."""
        self.count += 1
        data, client = self._data(options["rpId"]), self._client("webauthn.get", options["challenge"])
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(options, clientDataJSON=client, authenticatorData=data, signature=signature)

    def _data(self, host: str, more: int = 0) -> bytes:
        flags = bytes([self.flags | more])
        return hashlib.sha256(host.encode()).digest() + flags + self.count.to_bytes(4, "big")

    def _client(self, sort: str, challenge: str) -> bytes:
        return json.dumps({"type": sort, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, options: dict[str, Any], **response: bytes) -> dict[str, Any]:
        id = text(self.credential)
        said = {name: text(value) for name, value in response.items()}
        more = {}
        if self.prf and "extensions" in options:
            asked = options["extensions"]["prf"]["eval"]["first"]
            first = hashlib.sha256(self.secret + asked.encode()).digest()
            more = {"prf": {"enabled": True, "results": {"first": text(first)}}}
        answer = {"id": id, "rawId": id, "type": "public-key", "response": said}
        return {**answer, "clientExtensionResults": more}


def text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
