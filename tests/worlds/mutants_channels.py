"""Mutants of the channels: messages, groups, experts, standing queries, deconfliction, notices, webhooks,
the bell. See mutants.py."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from entente.core.access import Decision, Level
from entente.core.problems import Absent, Fault, Faulty, NotAllowed
from entente.core.things import Thing
from entente.desk import sit
from entente.desk.bell import Bell, Listener
from entente.desk.sitting import Desk
from entente.rooms.bureaus import couriers, experts, inviting, own, working_groups
from entente.rooms.messages import copies, delivering, drafts, reading, service, ticking, writing
from entente.rooms.notices import screening
from entente.rooms.notices import service as notices
from entente.rooms.search import deconfliction, ringing, standing, statistics
from worlds.mutants import everything, mutant


def message(name: str, plan: str = "messages") -> Any:
    return mutant(name, plan, "messages")


def directory(name: str, plan: str = "messages") -> Any:
    return mutant(name, plan, "directory")


def notice(name: str, plan: str = "notices") -> Any:
    return mutant(name, plan, "notices")


def every(desk: Desk, *kinds: str, key: str = "") -> list[Thing]:
    """All there is of some kinds, newest first, whosever it is."""
    return [t for _, t in desk.tx.things.listing(everything(desk), kinds, key, 0, 10_000)]


def _refusing(module: Any, name: str, exists: Callable[[Desk, str], bool]) -> Any:
    """What is there and not for the asker is refused, and no longer absent."""
    real = getattr(module, name)

    def asked(desk: Desk, id: str, *rest: Any) -> Any:
        try:
            return real(desk, id, *rest)
        except Absent:
            if exists(desk, id):
                raise NotAllowed("Not for you.") from None
            raise

    return patch.object(module, name, asked)


def _for_everybody(module: Any) -> Any:
    """Alerts without the level and compartments of what they are about."""
    real = module.alert

    def alert(desk: Desk, bureau: int, about: Any, like: Any = None, once: str = "") -> Thing:
        return real(desk, bureau, about, once=once)  # type: ignore[no-any-return]

    return patch.object(module, "alert", alert)


# --- messages ---------------------------------------------------------------------------------------


@message("L1 the list of messages counts everybody's")
def _() -> Iterator[Any]:
    real = reading.listed

    def listed(desk: Desk, keyring: Any, narrow: Any, after: str = "", limit: int = 50) -> Any:
        page = real(desk, keyring, narrow, after, limit)
        return page.model_copy(update={"further": len(every(desk, copies.KIND)) > limit})

    yield patch.object(reading, "listed", listed)


@message("L1 what burns counts what one's bureau got and one may not read", "officer, by messages")
def _() -> Iterator[Any]:
    real = reading.burning_messages

    def burning(desk: Desk, keyring: Any, limit: int = 50, waits: bool = False) -> Any:
        got = [t.id for t in every(desk, copies.KIND, key=f"box:{desk.asker.bureau}")]
        hidden = len(got) - len(desk.look_all(got))
        return real(desk, keyring, 1 if hidden else limit, waits)

    yield patch.object(reading, "burning_messages", burning)


@message("L33 a recipient reads how far the others have come")
def _() -> Iterator[Any]:
    real = reading.one

    def one(desk: Desk, keyring: Any, id: str) -> Any:
        message = real(desk, keyring, id)
        copy = copies.own_copy(desk, id)
        sender = service.by_code(desk).get(message.sender)
        theirs = copies.copy_of(desk, sender.number, copy.message) if sender else None
        said = [f"{code} {p.state}" for code, p in theirs.parties.items()] if theirs else []
        return message.model_copy(update={"their_case": " ".join(said)})

    yield patch.object(reading, "one", one)


@message("L33 a look at the list signs that a message was opened")
def _() -> Iterator[Any]:
    real = reading.listed

    def listed(desk: Desk, keyring: Any, *rest: Any, **how: Any) -> Any:
        page = real(desk, keyring, *rest, **how)
        if keyring:
            with sit(desk.house, desk.asker, "message", writing=True) as writer:
                for row in page.messages:
                    reading.mark_opened(writer, keyring, row.id)
                writer.note("see", what="messages")
        return page

    yield patch.object(reading, "listed", listed)


@message("L5 a reference of messages is unique for all senders")
def _() -> Iterator[Any]:
    def message_id(desk: Desk, _sender: int, ref: str) -> str:
        return desk.house.ids.of("message", ref)

    for module in (delivering, writing):
        yield patch.object(module, "message_id", message_id)


@message("L4 a foreign message is refused, not absent")
def _() -> Iterator[Any]:
    def exists(desk: Desk, id: str) -> bool:
        return any(id in (t.id, t.first("message")) for t in every(desk, copies.KIND))

    yield _refusing(copies, "own_copy", exists)


@message("L4 a foreign draft is refused, not absent")
def _() -> Iterator[Any]:
    yield _refusing(drafts, "_own", lambda desk, id: any(t.id == id for t in every(desk, drafts.KIND)))


@message("L29 a draft for few is every colleague's", "officer, by messages")
def _() -> Iterator[Any]:
    yield patch.object(drafts, "_handling", lambda desk, draft: own(desk.asker.bureau))


@message("L19 attachments are known by their digests")
def _() -> Iterator[Any]:
    def attached(desk: Desk, header: Any) -> list[Fault]:
        known = {d for t in every(desk, "Attachment") for d in t.body.get("blobs", ())}
        return [Fault("attachments", "Not there", "") for a in header.attachments if a.digest not in known]

    yield patch.object(delivering, "_attachment_faults", attached)


@message("L23 a reminder is told to who may not read the message", "officer, by messages")
def _() -> Iterator[Any]:
    yield _for_everybody(ticking)


@message("L16 the bell rings for others' news")
def _() -> Iterator[Any]:
    def news(self: Bell, tx: Any, listeners: Any, newest: int) -> dict[Listener, tuple[str, ...]]:
        moved = [one for one in listeners if newest > one.since and self._changed(tx, one.since)]
        return dict.fromkeys(moved, ("messages",))

    yield patch.object(Bell, "_news", news)


@directory("L23 a webhook tells of what its bureau's machines may not see", "administrator, by messages")
def _() -> Iterator[Any]:
    yield patch.object(couriers, "_sees", lambda *_: True)


# --- the directory ----------------------------------------------------------------------------------


@directory("L29 a group one is not in is refused, not absent")
def _() -> Iterator[Any]:
    yield _refusing(
        working_groups, "thing_of", lambda desk, id: any(t.id == id for t in every(desk, "WorkingGroup"))
    )


@directory("L29 a name of a group is taken")
def _() -> Iterator[Any]:
    real = working_groups.convene

    def convene(desk: Desk, form: Any) -> Any:
        if sum(t.first("name") == form.name for t in every(desk, "WorkingGroup")) > 1:
            raise Faulty(faults=(Fault("name", "Taken", ""),))
        return real(desk, form)

    yield patch.object(working_groups, "convene", convene)


@message("L3 the form of a message offers every group there is")
def _() -> Iterator[Any]:
    def groups(desk: Desk) -> Any:
        return [working_groups.known_as(desk, t) for t in every(desk, "WorkingGroup")]

    yield patch.object(writing, "groups", groups)


@directory("L29 everybody's invitations are listed")
def _() -> Iterator[Any]:
    def invitations(desk: Desk) -> Any:
        found = []
        for thing in every(desk, "Invitation"):
            group = desk.as_house().inspect(thing.first("group"))
            if group:
                known = working_groups.known_as(desk, group)
                found.append(inviting.Invitation(thing.id, known, "", group.handling.owner, thing.expires))
        return found

    yield patch.object(inviting, "invitations", invitations)


@directory("L8 experts are limited before they are filtered")
def _() -> Iterator[Any]:
    real = experts.search

    def search(desk: Desk, query: Any) -> Any:
        first = {t.id for t in every(desk, "Expert")[:4]}
        return [t for t in real(desk, query) if t.id in first]

    yield patch.object(experts, "search", search)


# --- what is found without asking ---------------------------------------------------------------------


@notice("L25 a standing query rings for whatever meets it")
def _() -> Iterator[Any]:
    yield patch.object(ringing, "decide", lambda asker, handling: Decision.FULL)
    yield _for_everybody(ringing)


@notice("L25 who left or lost his rights is rung for as when he kept the query", "officer, by notices")
def _() -> Iterator[Any]:
    real = standing.keeper

    def keeper(desk: Desk, query: Thing) -> Any:
        asker = real(desk, query)
        return asker and replace(asker, clearance=Level.CONFIDENTIAL, held=frozenset())

    yield patch.object(standing, "keeper", keeper)
    yield _for_everybody(ringing)


@notice("L16 deconfliction tells a bureau that takes no part")
def _() -> Iterator[Any]:
    def takers(desk: Desk) -> Any:
        found = desk.inspect_all(["deconflicts:on", "deconflicts:off"])
        return {int(t.first("bureau")): t for _, t in sorted(found, key=lambda one: one[1].id)}

    yield patch.object(deconfliction, "takers", takers)


@notice("L14 statistics count the hits of others")
def _() -> Iterator[Any]:
    def hits(desk: Desk, *_box: Any) -> Any:
        return [t for t in every(desk, "Hit") if t.first("state") in statistics.JUDGED]

    yield patch.object(statistics, "_hits", hits)


# --- notices ----------------------------------------------------------------------------------------


@notice("L1 notices are limited before they are filtered")
def _() -> Iterator[Any]:
    def listed(
        desk: Desk, which: str, colour: str = "", state: str = "", after: str = "", limit: int = 50
    ) -> Any:
        key = notices._key(desk, which, colour, state)
        desk.note("see", what="notices")
        page = every(desk, "Notice", key=key)[:limit] if key else []
        seen = desk.look_all([t.id for t in page])
        return [t for t in page if t.id in seen][:limit]

    yield patch.object(notices, "listed", listed)


@notice("L4 a notice on its way is refused, not absent")
def _() -> Iterator[Any]:
    yield _refusing(notices, "look", lambda desk, id: any(t.id == id for t in every(desk, "Notice")))


@notice("L16 a screening tells a notice's owner of what others keep to themselves")
def _() -> Iterator[Any]:
    real = screening._seen_by_owner

    def seen(house: Any, notice: Thing, record: Thing, question: Any) -> list[Thing]:
        with house.store.reading() as tx:
            desk = Desk(house, screening.HOUSE_ASKER, tx, writing=False)
            hidden = [t for t in every(desk, "Person") if t.first("name") == record.first("name")]
        return [*real(house, notice, record, question), *hidden]

    yield patch.object(screening, "_seen_by_owner", seen)
    yield patch.object(screening, "_like", lambda notice, found: own(notice.handling.owner))
