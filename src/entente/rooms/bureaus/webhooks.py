"""Webhooks: a bureau's own system is told that something waits for it.

What is told has no content: an event, the id of what it is about, the bureau. Here it is queued, in the
transaction of what happened; couriers.py sends it, hooking.py is where an administrator says to where.
"""

from entente.desk import Desk
from entente.desk.work import TOLD_OUTSIDE

JOB = TOLD_OUTSIDE
TEST = "test"


def queue(desk: Desk, bureau: int, event: str, object: str) -> None:
    """Queue the telling of an event, in this sitting's transaction, where the bureau has asked for it.

    Nothing random is drawn, for who caused it must not notice whether anybody is told.
    """
    for _, hook in desk.as_house().find([f"webhooks:{bureau}"]):
        if event in hook.body["events"]:
            add(desk, hook.id, event, object)


def add(desk: Desk, hook: str, event: str, object: str, message: str = "") -> None:
    """Queue one telling; `message` is the id it has already, when it is sent again."""
    at = desk.now.isoformat()
    id = message or desk.house.ids.of("webhook", hook, event, object, at)
    desk.tx.jobs.add(JOB, {"hook": hook, "event": event, "object": object, "id": id, "at": at})
