"""Webhooks: a bureau's own system is told that something waits for it."""

from entente.desk import Desk


def queue(desk: Desk, bureau: int, event: str, object: str) -> None:
    """Queue the telling of an event, in this sitting's transaction, where the bureau has asked for it."""
    for _, hook in desk.as_house().find([f"webhooks:{bureau}"]):
        desk.tx.jobs.add("webhook", {"hook": hook.id, "event": event, "object": object})
