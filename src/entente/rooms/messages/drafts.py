"""Drafts: messages not sent yet, sealed to the bureau that writes them.

Its officers share them, as far as they are cleared for the level and in the group the message is for.
"""

from collections.abc import Sequence

from entente.core.access import Handling, Level
from entente.core.problems import Absent, Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import Keyring, Unopened, group_of, own, seal, unseal
from entente.rooms.messages import model
from entente.rooms.messages.envelope import raw64, text64

MOST_LISTED = 200
_BOUND = b"draft"
KIND = "MessageDraft"


def keep(desk: Desk, keyring: Keyring, draft: model.MessageForm, id: str = "") -> model.DraftOut:
    """Keep a draft, new or again. Raises Absent for a foreign draft or group, Faulty above one's level."""
    standing = _own(desk, id) if id else None
    if standing is None and len(_listed(desk)) == MOST_LISTED:
        what = f"Your bureau keeps {MOST_LISTED} drafts, the most it may"
        raise Faulty(faults=(Fault("draft", what, "Send or discard some."),))
    handling = _handling(desk, draft)
    closed = seal(draft.model_dump_json().encode(), [keyring.current.public], _BOUND, desk.house.randomness)
    body = {
        "sealed": text64(closed.content),
        "wrap": text64(closed.wraps[keyring.fingerprint]),
        "reader": keyring.fingerprint,
    }
    kept = desk.keep(
        KIND,
        body,
        handling,
        id=standing.id if standing else "",
        version=standing.version + 1 if standing else 1,
        keys=(f"drafts:{desk.asker.bureau}",),
    )
    desk.note("message", object=kept.id, outcome="draft")
    return _shown(kept, draft)


def kept(desk: Desk, keyring: Keyring) -> list[model.DraftOut]:
    """One's bureau's drafts that this session can open, newest first."""
    listed = _listed(desk)
    desk.note("see", what="drafts")
    return [shown for thing in listed if (shown := _opened(keyring, thing))]


def one(desk: Desk, keyring: Keyring, id: str) -> model.DraftOut:
    """Raises Absent."""
    shown = _opened(keyring, _own(desk, id))
    if shown is None:
        raise Absent()
    desk.note("see", object=id, what="draft")
    return shown


def discard(desk: Desk, id: str) -> None:
    """Raises Absent."""
    done_with(desk, id)
    desk.note("message", object=id, outcome="draft discarded")


def attachments_of(desk: Desk, keyring: Keyring, id: str) -> Sequence[str]:
    """The uploads of a draft that is here, whichever colleague's they are."""
    found = desk.look_all([id]).get(id)
    shown = _opened(keyring, found) if found and found.kind == KIND else None
    return shown.draft.attachments if shown else ()


def done_with(desk: Desk, id: str) -> None:
    desk.erase(_own(desk, id).id)


def _handling(desk: Desk, draft: model.MessageForm) -> Handling:
    """For the colleagues who may read the message when it is sent."""
    level = Level[draft.level.upper()]
    if level > desk.asker.clearance:
        what = "It is above your own clearance"
        raise Faulty(faults=(Fault("level", what, "Choose a lower one."),))
    need = frozenset({group_of(desk, draft.group).compartment}) if draft.group else frozenset[str]()
    return own(desk.asker.bureau, level, need)


def _listed(desk: Desk) -> list[Thing]:
    return [t for _, t in desk.table([KIND], key=f"drafts:{desk.asker.bureau}", limit=MOST_LISTED)]


def _own(desk: Desk, id: str) -> Thing:
    thing = desk.look(id)
    if thing.kind != KIND or thing.handling.owner != desk.asker.bureau:
        raise Absent()
    return thing


def _opened(keyring: Keyring, thing: Thing) -> model.DraftOut | None:
    keys = keyring.all.get(thing.first("reader"))
    if keys is None:
        return None
    try:
        raw = unseal(raw64(thing.first("sealed")), raw64(thing.first("wrap")), keys, _BOUND)
    except Unopened:
        return None
    return _shown(thing, model.MessageForm.model_validate_json(raw))


def _shown(thing: Thing, draft: model.MessageForm) -> model.DraftOut:
    return model.DraftOut(id=thing.id, changed=thing.changed.isoformat(timespec="seconds"), draft=draft)
