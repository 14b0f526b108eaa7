"""Sealing: contents encrypted to bureaus' keys, and statements signed by them. Pure: bytes in, bytes out.

A bureau's pair of keys is one for sealing, HPKE (RFC 9180) with the hybrid of ML-KEM-768 and X25519, so
that what is copied today stays sealed when somebody builds a quantum computer, and one for signing,
Ed25519 (RFC 8032). A content is encrypted once, with a key of its own (ChaCha20-Poly1305, RFC 8439),
and that key is wrapped for each reader. What is signed is spelled as in DSSE (type and body with their
lengths), so that a signature for one purpose never passes for another.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.SHAKE256, hpke.AEAD.CHACHA20_POLY1305)
_KEM_SEED, _CURVE, _SIGN = 64, 32, 32
_KEM_PUBLIC = 1184
_NONCE = bytes(12)
"""A content key is used once, so that its nonce need not vary."""


class Unopened(ValueError):
    """It was not sealed to this key, or somebody changed it."""


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """A bureau's (or a credential's) public keys: ML-KEM-768, X25519, Ed25519 on end, 1,248 bytes."""

    raw: bytes

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public keys, in hex: what two people compare over the telephone."""
        return sha256(self.raw).hexdigest()

    def wrap(self, content: bytes, info: bytes) -> bytes:
        """Encrypt a short content (a key) to these keys; `info` binds it to its use. +1,136 bytes."""
        kem = MLKEM768PublicKey.from_public_bytes(self.raw[:_KEM_PUBLIC])
        curve = X25519PublicKey.from_public_bytes(self.raw[_KEM_PUBLIC : _KEM_PUBLIC + 32])
        return SUITE.encrypt(content, hpke.MLKEM768X25519PublicKey(kem, curve), info)

    def verifies(self, type: str, body: bytes, signature: bytes) -> bool:
        """Whether these keys signed this body as this type of statement."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw[-32:]).verify(signature, statement(type, body))
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class PrivateKeys:
    """The private side: seed of ML-KEM-768, X25519, Ed25519 on end, 128 bytes. No log spells them."""

    raw: bytes = field(repr=False)

    @property
    def public(self) -> PublicKeys:
        return PublicKeys(
            self._kem().public_key().public_bytes_raw()
            + self._curve().public_key().public_bytes_raw()
            + self._signing().public_key().public_bytes_raw()
        )

    def unwrap(self, wrapped: bytes, info: bytes) -> bytes:
        """Raises Unopened."""
        keys = hpke.MLKEM768X25519PrivateKey(self._kem(), self._curve())
        try:
            return SUITE.decrypt(wrapped, keys, info)
        except (InvalidTag, ValueError) as wrong:
            raise Unopened("it was not sealed to this key, or was changed") from wrong

    def sign(self, type: str, body: bytes) -> bytes:
        """64 bytes."""
        return self._signing().sign(statement(type, body))

    def _kem(self) -> MLKEM768PrivateKey:
        return MLKEM768PrivateKey.from_seed_bytes(self.raw[:_KEM_SEED])

    def _curve(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self.raw[_KEM_SEED : _KEM_SEED + _CURVE])

    def _signing(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.raw[_KEM_SEED + _CURVE :])


def new_keys(randomness: Callable[[int], bytes]) -> PrivateKeys:
    """Fresh keys from the house's randomness."""
    return PrivateKeys(randomness(_KEM_SEED) + randomness(_CURVE) + randomness(_SIGN))


def statement(type: str, body: bytes) -> bytes:
    """What is signed (DSSE's pre-authentication encoding)."""
    kind = f"entente/{type}".encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(body), body)


@dataclass(frozen=True, slots=True)
class Sealed:
    """`content`: encrypted. `wraps`: fingerprint of a reader's keys -> the content's key, for him alone."""

    content: bytes
    wraps: Mapping[str, bytes]


def seal(
    content: bytes, readers: Sequence[PublicKeys], bound: bytes, randomness: Callable[[int], bytes]
) -> Sealed:
    """Encrypt a content to several readers. `bound` (an id) must be shown again to open it."""
    key = randomness(32)
    wraps = {reader.fingerprint: reader.wrap(key, _INFO + bound) for reader in readers}
    return Sealed(ChaCha20Poly1305(key).encrypt(_NONCE, content, bound), wraps)


def unseal(content: bytes, wrap: bytes, reader: PrivateKeys, bound: bytes) -> bytes:
    """Raises Unopened."""
    return with_key(reader.unwrap(wrap, _INFO + bound), content, bound)


def locked(secret: bytes, content: bytes, bound: bytes, randomness: Callable[[int], bytes]) -> bytes:
    """Encrypt under a secret of 256 random bits, or one made by a slow hash: nonce, then ciphertext."""
    nonce = randomness(12)
    return nonce + ChaCha20Poly1305(_key(secret)).encrypt(nonce, content, bound)


def unlocked(secret: bytes, content: bytes, bound: bytes) -> bytes:
    """Raises Unopened."""
    try:
        return ChaCha20Poly1305(_key(secret)).decrypt(content[:12], content[12:], bound)
    except (InvalidTag, ValueError) as wrong:
        raise Unopened("the secret is another, or it was changed") from wrong


def with_key(key: bytes, content: bytes, bound: bytes) -> bytes:
    """Decrypt what was encrypted with a key used once. Raises Unopened."""
    try:
        return ChaCha20Poly1305(key).decrypt(_NONCE, content, bound)
    except (InvalidTag, ValueError) as wrong:
        raise Unopened("it was changed on the way") from wrong


def encrypt_once(content: bytes, bound: bytes, randomness: Callable[[int], bytes]) -> tuple[bytes, bytes]:
    """(a key used once, the content encrypted with it): an attachment, whose key stands in its message."""
    key = randomness(32)
    return key, ChaCha20Poly1305(key).encrypt(_NONCE, content, bound)


def _key(secret: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"entente key under a secret").derive(secret)


_INFO = b"entente content "
