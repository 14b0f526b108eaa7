"""Who holds a bureau's key: every credential for itself, with key pairs of its own, locked by its secret.

A grant is one generation of the bureau's private keys, sealed to one holder's public keys. So a grant is
made without any secret of the holder's, and nothing that is kept opens anything: it takes the password, the
passkey, the link, the machine's key, or the token of a session, and of those the house keeps digests.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from entente.core.problems import Locked
from entente.core.things import NEVER, Thing
from entente.desk import HOUSE_HANDLING, Desk
from entente.rooms.bureaus import sealing
from entente.rooms.bureaus.alerts import About, alert
from entente.rooms.bureaus.bureau_keys import current, raw, text
from entente.rooms.bureaus.sealing import PrivateKeys, PublicKeys, Unopened

MOST_HOLDERS = 100_000
"""More than a bureau's officers and machines have credentials; also more than a key has generations."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A credential's holder with its private keys, while somebody uses it. Never kept."""

    holder: Thing
    private: PrivateKeys

    @property
    def bureau(self) -> int:
        return int(self.holder.first("bureau"))


@dataclass(frozen=True, slots=True)
class Granted(Mapping[str, PrivateKeys]):
    """Generations by fingerprint, each unsealed when it is asked for. Raises Unopened if it was tampered."""

    private: PrivateKeys
    bureau: int
    sealed: Mapping[str, bytes]
    open: dict[str, PrivateKeys] = field(default_factory=dict)

    def __getitem__(self, fingerprint: str) -> PrivateKeys:
        if fingerprint not in self.open:
            content = self.private.unwrap(self.sealed[fingerprint], _info(self.bureau, fingerprint))
            self.open[fingerprint] = PrivateKeys(content)
        return self.open[fingerprint]

    def __iter__(self) -> Iterator[str]:
        return iter(self.sealed)

    def __len__(self) -> int:
        return len(self.sealed)


@dataclass(frozen=True, slots=True)
class Keyring:
    """A bureau's keys, open for one request: the generation in force, and all that the credential was
    granted by fingerprint, retired ones included."""

    bureau: int
    current: PrivateKeys
    fingerprint: str
    all: Mapping[str, PrivateKeys]


# --- holders -------------------------------------------------------------------------------------


def hold(
    desk: Desk,
    owner: str,
    bureau: int,
    how: str,
    secret: bytes,
    *,
    credential: str,
    salt: str = "",
    expires: date = NEVER,
) -> Opened:
    """Make a credential a holder: fresh key pairs, the private ones locked by its secret. It holds no
    generation yet. `owner`: the officer or the machine; `credential`: the id of what proves him."""
    private = sealing.new_keys(desk.house.randomness)
    public = private.public
    locked = sealing.locked(secret, private.raw, _bound(public), desk.house.randomness)
    body = {
        "officer": owner,
        "bureau": str(bureau),
        "how": how,
        "credential": credential,
        "public": text(public.raw),
        "locked": text(locked),
    }
    return Opened(_keep(desk, body | ({"salt": salt} if salt else {}), expires), private)


def opened(holder: Thing, secret: bytes) -> Opened:
    """A holder opened by its credential's secret. Raises Unopened."""
    content = sealing.unlocked(secret, raw(holder.first("locked")), _bound(_public(holder)))
    return Opened(holder, PrivateKeys(content))


def of_credential(desk: Desk, how: str, credential: str) -> Thing | None:
    """The holder that belongs to a credential."""
    found = desk.as_house().find([f"holder:{how}:{credential}"])
    return found[0][1] if found else None


def of_owner(desk: Desk, owner: str) -> list[Thing]:
    """All holders of an officer or a machine."""
    return [t for _, t in desk.as_house().find([f"holders-of:{owner}"], limit=MOST_HOLDERS)]


def drop(desk: Desk, holders: Sequence[Thing]) -> None:
    """Erase holders and what was granted to them."""
    through = desk.as_house()
    for holder in holders:
        for grant in _grants(desk, holder):
            through.erase(grant.id)
        through.erase(holder.id)


def drop_credential(desk: Desk, how: str, credential: str, session: str = "") -> None:
    """The same of one credential, where it is a holder. A `session` that it opened (the acting one) goes on
    holding what it holds, by itself."""
    found = of_credential(desk, how, credential)
    if found is None:
        return
    standing = desk.as_house().look_all([session]).get(session)
    if standing and standing.first("holder") == found.id:
        moved(desk, found, session, standing.expires)
    else:
        drop(desk, [found])


# --- a session -----------------------------------------------------------------------------------


def moved(desk: Desk, old: Thing, session: str, expires: date) -> Thing:
    """A holder whose credential is spent or gone, from now on the session's: the same key pairs and grants,
    for as long as the session lasts, and no secret but the session's token opens it any more."""
    body = {n: old.first(n) for n in ("officer", "bureau", "public")}
    holder = _keep(desk, {**body, "how": "session", "credential": session}, expires)
    for grant in _grants(desk, old):
        _grant(desk, holder, grant.first("key"), grant.first("sealed"))
    drop(desk, [old])
    return holder


def under_token(desk: Desk, opened: Opened, token: str) -> dict[str, str]:
    """What a session keeps so that its token, and nothing else, opens the holder."""
    bound = _bound(opened.private.public)
    locked = sealing.locked(token.encode(), opened.private.raw, bound, desk.house.randomness)
    return {"holder": opened.holder.id, "locked": text(locked)}


def by_token(desk: Desk, session: Thing, token: str) -> Opened:
    """The holder that a session opens. Raises Locked."""
    named = session.first("holder")
    holder = desk.as_house().look_all([named]).get(named) or of_credential(desk, "session", session.id)
    if holder is None or holder.first("officer") != session.first("officer"):
        raise Locked()
    try:
        content = sealing.unlocked(token.encode(), raw(session.first("locked")), _bound(_public(holder)))
    except Unopened:
        raise Locked() from None
    return Opened(holder, PrivateKeys(content))


# --- grants --------------------------------------------------------------------------------------


def grant(desk: Desk, holder: Thing, keys: Mapping[str, PrivateKeys]) -> None:
    """Grant generations (by fingerprint) to a holder; those it has already are left as they are."""
    known = {g.first("key") for g in _grants(desk, holder)}
    public = _public(holder)
    bureau = int(holder.first("bureau"))
    for fingerprint, private in keys.items():
        if fingerprint not in known:
            sealed = public.wrap(private.raw, _info(bureau, fingerprint))
            _grant(desk, holder, fingerprint, text(sealed))


def grant_if_same(desk: Desk, holder: Thing, ring: Keyring | None) -> None:
    """A new credential gets what the acting session holds, if it is of the same bureau; otherwise it waits,
    and the bureau is told."""
    if ring and ring.bureau == int(holder.first("bureau")):
        grant(desk, holder, ring.all)
    else:
        tell_if_waiting(desk, holder)


def tell_if_waiting(desk: Desk, holder: Thing) -> None:
    """Alert the bureau of a holder that does not hold the key in force."""
    bureau = int(holder.first("bureau"))
    known = current(desk, bureau)
    if known and not holds(desk, holder, known.fingerprint):
        about = About("key-waits", object=holder.first("officer"))
        once = f"{known.fingerprint} {_public(holder).fingerprint}"
        alert(desk, bureau, about, once=once)


def holds(desk: Desk, holder: Thing, fingerprint: str) -> bool:
    """Whether a holder was granted a generation."""
    return any(g.first("key") == fingerprint for g in _grants(desk, holder))


def lasts(desk: Desk, owner: str, fingerprint: str) -> bool:
    """Whether an officer holds a generation by something that outlasts his session: password or passkey."""
    lasting = [h for h in of_owner(desk, owner) if h.first("how") in ("password", "passkey")]
    return any(holds(desk, h, fingerprint) for h in lasting)


def holders_of_key(desk: Desk, fingerprint: str) -> list[Thing]:
    """Every holder that was granted a generation."""
    through = desk.as_house()
    grants = through.find([f"granted:{fingerprint}"], limit=MOST_HOLDERS)
    return list(through.look_all([g.first("holder") for _, g in grants]).values())


def waiting(desk: Desk, owner: str, bureau: int) -> list[Thing]:
    """An officer's (or a machine's) holders that do not hold the key in force; none while there is none."""
    known = current(desk, bureau)
    return [h for h in of_owner(desk, owner) if known and not holds(desk, h, known.fingerprint)]


def ring_of(desk: Desk, opened: Opened) -> Keyring:
    """The keys that a holder was granted. Raises Locked where the one in force is not among them."""
    known = current(desk, opened.bureau)
    sealed = {g.first("key"): raw(g.first("sealed")) for g in _grants(desk, opened.holder)}
    if known is None or known.fingerprint not in sealed:
        raise Locked()
    all = Granted(opened.private, opened.bureau, sealed)
    try:
        return Keyring(opened.bureau, all[known.fingerprint], known.fingerprint, all)
    except Unopened:
        raise Locked() from None


def _grants(desk: Desk, holder: Thing) -> list[Thing]:
    return [t for _, t in desk.as_house().find([f"grants:{holder.id}"], limit=MOST_HOLDERS)]


def _grant(desk: Desk, holder: Thing, fingerprint: str, sealed: str) -> None:
    desk.as_house().keep(
        "Grant",
        {"holder": holder.id, "key": fingerprint, "sealed": sealed},
        HOUSE_HANDLING,
        expires=holder.expires,
        keys=(f"grants:{holder.id}", f"granted:{fingerprint}"),
    )


def _keep(desk: Desk, body: Mapping[str, str], expires: date) -> Thing:
    keys = (f"holders-of:{body['officer']}", f"holder:{body['how']}:{body['credential']}")
    return desk.as_house().keep("Holder", body, HOUSE_HANDLING, expires=expires, keys=keys)


def _public(holder: Thing) -> PublicKeys:
    return PublicKeys(raw(holder.first("public")))


def _bound(public: PublicKeys) -> bytes:
    return b"holder " + public.fingerprint.encode()


def _info(bureau: int, fingerprint: str) -> bytes:
    return f"entente bureau key {bureau} {fingerprint}".encode()
