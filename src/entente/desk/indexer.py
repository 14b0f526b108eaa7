"""Feeds the text engine from the store: the store is the truth, the index can be thrown away."""

from datetime import date

import structlog

from entente.core.access import terms_of
from entente.core.things import Thing
from entente.desk.bulk import in_bulk
from entente.desk.house import REMADE, House
from entente.engines.seams import Doc, Transaction
from entente.engines.text import Corrupt
from entente.match.records import KEYS, facts_of, tokens_of

log = structlog.get_logger()
BATCH = 5000
REFRESHED = "index/refreshed"
"""Note "done until": since a bureau joined (or keys changed), records changed up to `done` were written anew;
those up to `until`, the newest then, are to be. Empty when all were. Later ones know the bureau anyway."""
MADE_BY = "index/keys"
"""Note: the version of the keys in the index (match.records.KEYS)."""
_EPOCH = date(1970, 1, 1)


def doc_of(house: House, thing: Thing, bureaus: frozenset[int]) -> Doc:
    """A record as the text engine keeps it."""
    kind = house.model[thing.kind]
    return Doc(
        n=thing.n,
        id=thing.id,
        tokens=tokens_of(thing.kind, thing.body),
        facts=facts_of(thing.kind, thing.body, kind.lineage),
        access=terms_of(thing.class_id, thing.handling, bureaus),
        day=(thing.expires - _EPOCH).days,
        tie=int(thing.id[:15], 16),
    )


def bureau_numbers(house: House) -> frozenset[int]:
    """The bureaus that exist (their numbers), for the terms on a record."""
    with house.store.reading() as tx:
        return _bureaus(tx)


def _bureaus(tx: Transaction) -> frozenset[int]:
    return frozenset(int(n) for n in (tx.notes.read("bureaus") or "").split())


def step(house: House) -> int:
    """Apply the next batch of changes; returns how many there were (0: the index is up to date).

    A broken index is thrown away; the next steps make it again.
    """
    try:
        with in_bulk():
            return _step(house) or _refresh(house)
    except Corrupt as why:
        log.warning("the index is broken and made again", why=str(why))
        throw_away(house)
        return 1


def _step(house: House) -> int:
    searchable = house.model.searchable
    with house.store.reading() as tx:
        bureaus = _bureaus(tx)  # of the same moment as the changes: see REFRESHED
        after = house.text.watermark()
        changes = tx.upkeep.changes(after, BATCH, searchable)
        newest = changes[-1].place if len(changes) == BATCH else tx.upkeep.newest()
    if newest == after:
        return 0
    if newest < after:  # the store was put back from an older copy: what the index knows may be deleted
        throw_away(house)
        return 1
    docs = (doc_of(house, c.thing, bureaus) for c in changes if c.thing)
    gone = [c.n for c in changes if not c.thing]
    house.text.apply(docs, gone, newest)
    return len(changes) or 1


def _refresh(house: House) -> int:
    """Write the next records anew for a bureau that joined; the index stays in use meanwhile."""
    with house.store.reading() as tx:
        bureaus = _bureaus(tx)
        mark = tx.notes.read(REFRESHED)
        if not mark:
            return 0
        done, until = (int(place) for place in mark.split())
        changes = [c for c in tx.upkeep.changes(done, BATCH, house.model.searchable) if c.place <= until]
    if changes:
        docs = (doc_of(house, c.thing, bureaus) for c in changes if c.thing)
        house.text.apply(docs, [], house.text.watermark())
    with house.bookkeeping() as tx:
        if tx.notes.read(REFRESHED) == mark:  # no other bureau joined meanwhile
            tx.notes.write(REFRESHED, f"{changes[-1].place} {until}" if changes else "")
    return len(changes) or 1


def notice_missing(house: House) -> None:
    """At the start: an index that holds nothing of a store that holds something is being made again.

    Otherwise a folder that somebody removed would answer "nothing here" until it is full again.
    """
    with house.store.reading() as tx:
        newest, known = tx.upkeep.newest(), int(tx.notes.read(REMADE) or 0)
    if newest > known and house.text.watermark() == 0:
        with house.bookkeeping() as tx:
            tx.notes.write(REMADE, str(newest))
            tx.classes.bump()


def notice_new_keys(house: House) -> None:
    """At the start: where this build makes other keys than the one that made the index, every record is
    written anew. The index stays in use: what is not written anew yet is found by the keys it had."""
    with house.store.reading() as tx:
        newest, made_by = tx.upkeep.newest(), tx.notes.read(MADE_BY)
    if made_by != KEYS:
        with house.bookkeeping() as tx:
            tx.notes.write(MADE_BY, KEYS)
            if newest:
                tx.notes.write(REFRESHED, f"0 {newest}")


def throw_away(house: House) -> None:
    """Throw the index away; searches by name are refused until it holds again what the store holds now."""
    with house.bookkeeping() as tx:
        tx.notes.write(REMADE, str(tx.upkeep.newest()))
        tx.classes.bump()
    house.text.wipe()


def catch_up(house: House) -> None:
    """Bring the index up to date with everything committed before this call."""
    while step(house):
        pass


def rebuild(house: House) -> None:
    """Throw the index away and make it again from the store."""
    throw_away(house)
    catch_up(house)
