"""What an administrator says of webhooks: to which addresses, for which events, and what of dead letters."""

import base64
from collections.abc import Collection
from ipaddress import ip_address

import httpx

from entente.core.problems import Absent, Fault, Faulty
from entente.core.things import NEVER, Thing
from entente.desk import HOUSE_HANDLING, Desk
from entente.rooms.bureaus import alerts, webhooks
from entente.rooms.bureaus.directory_schemas import WebhookForm

EVENTS = ("message", "reply", "receipts", "hit", *(w for w in alerts.WHAT if w not in alerts.QUIET))
"""What a bureau's system can be told of; docs/operate.md repeats it."""
MOST_HOOKS = 20
MOST_LISTED = 500


def hooks(desk: Desk) -> list[Thing]:
    """The webhooks of the asker's bureau, oldest first."""
    found = [t for _, t in desk.as_house().find([f"webhooks:{desk.asker.bureau}"])]
    return sorted(found, key=lambda t: (t.created, t.id))


def make(desk: Desk, form: WebhookForm, allowed: Collection[str]) -> tuple[Thing, str]:
    """Make a webhook: (what is kept, the secret that signs, shown once). Raises Faulty.

    `allowed`: the origins that the operator lets the house call (ENTENTE_WEBHOOKS).
    """
    events = tuple(dict.fromkeys(form.events))
    faults = [
        Fault(f"events/{n}", f"“{e}” is no event", "See docs/operate.md for the list.")
        for n, e in enumerate(form.events)
        if e not in EVENTS
    ]
    if not events:
        faults.append(Fault("events", "It is told of no event", "Choose one at least."))
    if wrong := refused(form.address, allowed):
        faults.append(Fault("address", wrong, "Ask the operator of the house to list its origin."))
    if len(hooks(desk)) >= MOST_HOOKS:
        faults.append(Fault("address", f"A bureau has at most {MOST_HOOKS} webhooks", "Remove one."))
    secret = f"whsec_{base64.b64encode(desk.house.randomness(32)).decode()}"
    body = {
        "bureau": str(desk.asker.bureau),
        "address": form.address,
        "events": events,
        "secret": secret,
        "officer": desk.asker.officer,
    }
    if not faults:
        faults += desk.house.model.examine("Webhook", body)[1]
    if faults:
        raise Faulty(faults=tuple(faults))
    keys = (f"webhooks:{desk.asker.bureau}",)
    kept = desk.as_house().keep("Webhook", body, HOUSE_HANDLING, expires=NEVER, keys=keys)
    desk.note("administer", object=kept.id, what="webhook made")
    return kept, secret


def remove(desk: Desk, id: str) -> None:
    """Remove a webhook: what waits for it is not sent any more. Raises Absent."""
    hook = one(desk, id)
    for letter in dead_letters(desk):
        if letter.first("hook") == id:
            desk.erase(letter.id)
    desk.erase(hook.id)
    desk.remember(last_of(id), "")
    desk.note("administer", object=id, what="webhook removed")


def test(desk: Desk, id: str) -> None:
    """Tell a webhook of nothing, to see that it works. Raises Absent."""
    webhooks.add(desk, one(desk, id).id, webhooks.TEST, id)
    desk.note("administer", object=id, what="webhook tested")


def one(desk: Desk, id: str) -> Thing:
    """A webhook of the asker's bureau. Raises Absent."""
    found = next((h for h in hooks(desk) if h.id == id), None)
    if found is None:
        raise Absent()
    return found


# --- dead letters --------------------------------------------------------------------------------


def dead_letters(desk: Desk) -> list[Thing]:
    """What could not be told to the bureau's systems, newest first."""
    key = f"webhooks-dead:{desk.asker.bureau}"
    return [t for _, t in desk.as_house().table(["WebhookDelivery"], key=key, limit=MOST_LISTED)]


def send_again(desk: Desk, id: str) -> None:
    """Try a dead letter anew, under the same id. Raises Absent."""
    letter = _letter(desk, id)
    webhooks.add(
        desk, letter.first("hook"), letter.first("event"), letter.first("object"), letter.first("message")
    )
    desk.erase(id)
    desk.note("administer", object=id, what="dead letter sent again")


def drop(desk: Desk, id: str) -> None:
    """Drop a dead letter. Raises Absent."""
    desk.erase(_letter(desk, id).id)
    desk.note("administer", object=id, what="dead letter dropped")


def _letter(desk: Desk, id: str) -> Thing:
    found = next((t for t in dead_letters(desk) if t.id == id), None)
    if found is None:
        raise Absent()
    return found


# --- where to ------------------------------------------------------------------------------------


def refused(address: str, allowed: Collection[str]) -> str:
    """Why an address is not called; empty when it is. Read by the very parser that calls it later.

    The guard against being made to call the house's own network: the operator lists whole origins;
    https alone, but for this machine itself; no name and password in it.
    """
    url = _read(address)
    if url is None:
        return "It is no web address"
    if url.userinfo or url.fragment or not url.host:
        return "It is no plain web address"
    if url.scheme != "https" and not (url.scheme == "http" and _is_loopback(url.host)):
        return "It does not begin with https://"
    if _origin(url) not in {_origin(listed) for a in allowed if (listed := _read(a))}:
        return "Its origin is not one that the operator of the house has listed"
    return ""


def _read(address: str) -> httpx.URL | None:
    try:
        return httpx.URL(address)
    except (httpx.InvalidURL, ValueError):
        return None


def _origin(url: httpx.URL) -> tuple[str, bytes, int | None]:
    """Scheme, host as it is called, and port; httpx leaves out the port that goes without saying."""
    return url.scheme, url.raw_host.lower(), url.port


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def last_of(hook: str) -> str:
    """The note of how a webhook's last telling went. A note, for a version each would never end."""
    return f"webhook last/{hook}"
