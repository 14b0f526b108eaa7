"""Couriers: tell bureaus' systems what waits for them, signed, in a duty of their own.

Signed as the Standard Webhooks specification says (headers webhook-id, webhook-timestamp and
webhook-signature). What is told is decided anew when it is sent (L23). A receiver that hangs or fails
holds up nobody: several are told at once, five seconds at most, and it is tried again after growing
pauses for a day; then it is a dead letter.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import ssl
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import httpx

from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, HOUSE_HANDLING, Desk, House, sit
from entente.rooms.bureaus import hooking, service
from entente.rooms.bureaus.askers import machine_of
from entente.rooms.bureaus.webhooks import JOB, TEST

AT_ONCE = 16
TIMEOUT_S = 5.0
PAUSES_S = (1, 5, 30, 120, 300, 900, 1800, 3600)
"""Until the next try; the last one from then on."""
TRIED_FOR = timedelta(days=1)
DEAD_FOR = timedelta(days=30)
NOT_FOR_IT = "not for it any more"


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes to one address: the body's bytes and the headers that sign them."""

    address: str
    body: bytes
    headers: Mapping[str, str]


@dataclass(slots=True)
class Telling:
    """One telling that is due. `why`: why it was not sent or failed; `final`: it is not tried again."""

    job: int
    tries: int
    said: Mapping[str, Any]
    hook: Thing | None = None
    why: str = ""
    final: bool = False
    parcel: Parcel | None = None


Post = Callable[[Sequence[Parcel]], list[str]]
"""Sends all at once; for each "" or why it failed, in a word or two."""


class Courier:
    """One a process. `allowed`: the origins that the operator has listed; looked at before every sending."""

    def __init__(self, house: House, allowed: Collection[str], post: Post | None = None) -> None:
        self._house, self._allowed = house, allowed
        self._post = post or post_all
        self._resting: dict[str, datetime] = {}

    def step(self) -> bool:
        """Tell what is due; True when there was anything."""
        tellings = self._take()
        if not tellings:
            return False
        with self._house.store.reading() as tx:
            desk = Desk(self._house, HOUSE_ASKER, tx, writing=False)
            for telling in tellings:
                self._prepare(desk, telling)
        sent = [t for t in tellings if t.parcel]
        for telling, why in zip(sent, self._post([t.parcel for t in sent if t.parcel]), strict=True):
            telling.why, telling.final = why, not why or self._is_late(telling)
        self._come_back_to([t for t in tellings if not t.final])
        self._finish([t for t in tellings if t.final])
        return True

    def _take(self) -> list[Telling]:
        now = self._house.clock()
        taken: list[Telling] = []
        with self._house.bookkeeping() as tx:
            while len(taken) < AT_ONCE and (job := tx.jobs.take(now, names=(JOB,))):
                taken.append(Telling(job.id, job.tries, job.payload))
        return taken

    def _prepare(self, desk: Desk, telling: Telling) -> None:
        """Decide now whether the bureau's system may be told, and make what goes to it."""
        said = telling.said
        telling.hook = hook = desk.inspect(said["hook"])
        if hook is None or hook.kind != "Webhook" or not _sees(desk, hook, said):
            telling.why, telling.final = NOT_FOR_IT, True
        elif wrong := hooking.refused(hook.first("address"), self._allowed):
            telling.why, telling.final = wrong, True
        elif self._resting.get(hook.id, desk.now) > desk.now:
            telling.why = "it failed a moment ago"
        else:
            bureau = service.directory(desk)[int(hook.first("bureau"))]
            telling.parcel = parcel_of(hook, said, bureau.code, desk.now)

    def _is_late(self, telling: Telling) -> bool:
        return self._house.clock() - datetime.fromisoformat(telling.said["at"]) >= TRIED_FOR

    def _come_back_to(self, tellings: Sequence[Telling]) -> None:
        """What failed is told later, and nothing else is told to that system until then."""
        if not tellings:
            return
        now = self._house.clock()
        with self._house.bookkeeping() as tx:
            for telling in tellings:
                hook = telling.said["hook"]
                pause = timedelta(seconds=PAUSES_S[min(telling.tries, len(PAUSES_S)) - 1])
                if telling.parcel:
                    self._resting[hook] = now + pause
                    tx.notes.write(
                        hooking.last_of(hook), f"{now.isoformat(timespec='seconds')} {telling.why}"
                    )
                tx.jobs.fail(telling.job, telling.why, max(self._resting.get(hook, now), now + pause))

    def _finish(self, tellings: Sequence[Telling]) -> None:
        """What was told, is told no more, or was tried for a day, stands in the journal."""
        if not tellings:
            return
        with sit(self._house, HOUSE_ASKER, writing=True) as desk:
            for telling in tellings:
                said = telling.said
                desk.tx.jobs.done(telling.job)
                if telling.hook and telling.why != NOT_FOR_IT:
                    at = desk.now.isoformat(timespec="seconds")
                    desk.remember(hooking.last_of(telling.hook.id), f"{at} {telling.why}".strip())
                    if telling.why:
                        _bury(desk, telling.hook, telling)
                if not telling.why:
                    self._resting.pop(said["hook"], None)
                desk.note(
                    "notify",
                    object=said["object"],
                    outcome=telling.why or "told",
                    hook=said["hook"],
                    event=said["event"],
                    tries=telling.tries,
                )


def _sees(desk: Desk, hook: Thing, said: Mapping[str, Any]) -> bool:
    """Whether the bureau's system could read now what it is to be told of, had it a key."""
    asker = machine_of(desk, int(hook.first("bureau")), "a webhook")
    if said["event"] == TEST:
        return asker.active
    return bool(Desk(desk.house, asker, desk.tx, writing=False).look_all([said["object"]]))


def _bury(desk: Desk, hook: Thing, telling: Telling) -> None:
    """A dead letter: an administrator of the bureau sends it again or drops it."""
    said = telling.said
    body = {
        "hook": hook.id,
        "event": said["event"],
        "object": said["object"],
        "message": said["id"],
        "at": said["at"],
        "tries": str(telling.tries),
        "why": telling.why,
    }
    keys = (f"webhooks-dead:{hook.first('bureau')}", f"about:{hook.id}")
    desk.keep("WebhookDelivery", body, HOUSE_HANDLING, expires=desk.today + DEAD_FOR, keys=keys)


# --- on the wire ---------------------------------------------------------------------------------


def parcel_of(hook: Thing, said: Mapping[str, Any], bureau: str, now: datetime) -> Parcel:
    """The body (id, event, object, bureau, at: no content) and the headers that sign it."""
    told = {"id": said["id"], "event": said["event"], "object": said["object"], "bureau": bureau}
    body = json.dumps({**told, "at": said["at"]}, separators=(",", ":")).encode()
    timestamp = int(now.timestamp())
    return Parcel(
        hook.first("address"),
        body,
        {
            "content-type": "application/json",
            "user-agent": "entente",
            "webhook-id": said["id"],
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature(hook.first("secret"), said["id"], timestamp, body),
        },
    )


def signature(secret: str, id: str, timestamp: int, body: bytes) -> str:
    """The signature of the Standard Webhooks specification (v1, HMAC-SHA-256). `secret`: whsec_…"""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{id}.{timestamp}.".encode() + body
    return f"v1,{base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()}"


def post_all(parcels: Sequence[Parcel]) -> list[str]:
    """Post them at the same time. No redirect is followed, no proxy of the environment used, no body read."""
    return asyncio.run(_post_all(parcels)) if parcels else []


async def _post_all(parcels: Sequence[Parcel]) -> list[str]:
    async with httpx.AsyncClient(verify=_trusted(), trust_env=False, timeout=TIMEOUT_S) as client:
        return await asyncio.gather(*(_post(client, p) for p in parcels))


async def _post(client: httpx.AsyncClient, parcel: Parcel) -> str:
    try:
        async with (
            asyncio.timeout(TIMEOUT_S),
            client.stream(
                "POST", parcel.address, content=parcel.body, headers=dict(parcel.headers)
            ) as answer,
        ):
            return "" if answer.is_success else f"it answered {answer.status_code}"
    except (TimeoutError, httpx.TimeoutException):
        return f"no answer in {TIMEOUT_S:g} seconds"
    except (httpx.HTTPError, OSError) as failed:
        return f"it was not reached ({type(failed).__name__})"


@lru_cache
def _trusted() -> ssl.SSLContext:
    """Whom the machine trusts, so that an operator's own authority is trusted as everywhere on it."""
    return ssl.create_default_context()
