"""The desk: where an officer sits, for a purpose. One sitting is one transaction and its journal entries.

Every read and every write of the house passes here; the rule (core.access) and the journal are
applied here and nowhere else. A sitting that ends well has noted at least one act: no entry, no answer.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar, cast

from entente.core.access import (
    HOUSE_ONLY,
    ROLES_FOR,
    Asker,
    Decision,
    Handling,
    Purpose,
    Status,
    View,
    decide,
    explain,
    may,
)
from entente.core.journal import Event
from entente.core.kinds import Kind
from entente.core.problems import Absent, Fault, Faulty, NotAllowed
from entente.core.things import NEVER, Body, Thing
from entente.desk.chance import is_id
from entente.desk.house import HOUSE_ASKER, House
from entente.desk.noting import check_reason, purpose_slug
from entente.engines.links import Bond, references
from entente.engines.seams import Entry, Transaction
from entente.match.numbers import keys_of

OVERSEEN = frozenset({"see", "search", "review"})
"""All that a reviewer may do under oversight, where the rule shows him what his roles do not reach."""
T = TypeVar("T")
Rows = list[tuple[str, Thing]]
DROPPED_AFTER = timedelta(minutes=10)
"""A blob that nothing names any more goes a moment later: the same bytes may just be coming in again."""


class Desk:
    """One sitting. Made by `sit`; services take it as their first argument."""

    def __init__(self, house: House, asker: Asker, tx: Transaction, writing: bool) -> None:
        self.house, self.asker, self.tx, self.writing = house, asker, tx, writing
        self.now: datetime = house.clock()
        self.noter = asker
        self.noted: list[Event] = []
        self.touched: list[str] = []
        self.told: list[str] = []
        self.made: dict[str, tuple[tuple[int, int], Any]] = {}

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def view(self) -> View:
        return self.house.view(self.tx, self.asker, settled=not self.writing)

    @property
    def hinted(self) -> View:
        return self.house.view(self.tx, self.asker, Decision.CONTACT, settled=not self.writing)

    def as_house(self) -> "Desk":
        """The same sitting with the house's reach (credentials, the directory, what two bureaus share).

        For a service that has decided what its caller may do; the journal still says who he is.
        """
        through = Desk(self.house, replace(HOUSE_ASKER, officer=self.asker.officer), self.tx, self.writing)
        through.noter, through.noted = self.noter, self.noted
        through.touched, through.told, through.made = self.touched, self.told, self.made
        return through

    def seated_as(self, asker: Asker) -> "Desk":
        """The same sitting as somebody else, or for another reason; the journal names him and that reason.

        The house may sit for whoever left it something to do; an officer for an inquiry that is already in
        the journal. Raises NotAllowed where he would reach further than he does, and NoPurpose.
        """
        reason = {"purpose": self.asker.purpose, "justification": self.asker.justification}
        if not self._is_house() and replace(asker, **reason) != self.asker:  # type: ignore[arg-type]
            raise NotAllowed("Nobody sits for another.")
        check_reason(asker)
        through = Desk(self.house, asker, self.tx, self.writing)
        through.noted, through.touched, through.told = self.noted, self.touched, self.told
        through.made = self.made
        return through

    # --- asking -------------------------------------------------------------------------------

    def allow(self, act: str) -> None:
        """Refuse an act that no role of the asker allows, or oversight is not for. Raises NotAllowed."""
        if self.asker.purpose == Purpose.OVERSIGHT and act not in OVERSEEN:
            raise NotAllowed("Oversight reads; it changes nothing.")
        if not may(self.asker, act):
            raise NotAllowed(
                f"To {act}, one of these roles is needed: {', '.join(sorted(ROLES_FOR.get(act, ())))}."
            )

    def look(self, id: str) -> Thing:
        """A thing in the asker's view. Raises Absent, the same whether it is not there or not for him."""
        found = self.tx.things.get([id], self.view) if is_id(id) else []
        if not found or decide(self.asker, found[0].handling) is not Decision.FULL:
            raise Absent()
        return found[0]

    def look_all(self, ids: Sequence[str]) -> dict[str, Thing]:
        """Those of the things that are in the asker's view, by id; the rest is silently absent."""
        asked = list(dict.fromkeys(i for i in ids if is_id(i)))
        return {t.id: t for t in self._decided(self.tx.things.get(asked, self.view))} if asked else {}

    def find(self, keys: Sequence[str], limit: int = 200) -> list[tuple[str, Thing]]:
        """(key, thing) for things in the view that carry one of the exact keys (no store keeps a NUL)."""
        found = self.tx.things.find([k for k in keys if "\0" not in k], self.view, limit)
        return [(k, t) for k, t in found if self._sees(t)]

    def table(
        self,
        kinds: Sequence[str],
        key: str = "",
        after: int = 0,
        limit: int = 50,
        expires: date | None = None,
    ) -> list[tuple[int, Thing]]:
        """(place, thing) in the view, newest change first, going on after a place."""
        listed = self.tx.things.listing(self.view, kinds, key, after, limit, expires)
        return [(p, t) for p, t in listed if self._sees(t)]

    def agenda(self, prefix: str, until: str = "\x7f", limit: int = 50, since: str = "") -> Rows:
        """(the key's rest, thing) in the view for keys `prefix` + rest, since <= rest < until, in order."""
        found = self.tx.agenda.between(prefix + since, prefix + until, self.view, limit)
        return [(key.removeprefix(prefix), t) for key, t in found if self._sees(t)]

    def links(self, id: str, limit: int = 200) -> list[tuple[str, Thing]]:
        """(property, thing) for things in the view that name `id` in that property."""
        return [(p, t) for p, t in self.tx.ties.links(id, self.view, limit) if self._sees(t)]

    def around(
        self,
        ids: Sequence[str],
        kinds: Sequence[str] = (),
        sides: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
        each: int = 50,
        most: int = 2000,
    ) -> list[Bond]:
        """Links of things with both ends in the view (`Ties.around`); load what they name by `look_all`."""
        return self.tx.ties.around(ids, self.view, kinds, sides, since, until, each, most)

    def counted(
        self, ids: Sequence[str], since: date | None = None, until: date | None = None
    ) -> list[tuple[str, str, str, int]]:
        """(near, kind, side, how many) of the links that `around` tells, were there no limits."""
        return self.tx.ties.counted(ids, self.view, since, until)

    def history(self, id: str) -> list[Thing]:
        """All versions of a thing in the view, newest first."""
        return self._decided(self.tx.ties.history(id, self.view))

    def entry(self, id: str) -> Entry | None:
        """A journal entry by its id; what it may be used for is the caller's to judge."""
        return self.tx.entries.get(id)

    def entries(self, after: int, limit: int, bureau: int | None = None, object: str = "") -> list[Entry]:
        """Journal entries of a bureau, or on a thing, newest first, older than the place `after`."""
        return self.tx.entries.read(after, limit, bureau=bureau, object=object, backwards=True)

    def classes(self) -> Collection[Handling]:
        """Every handling in use."""
        return self.house.classes(self.tx, settled=not self.writing).values()

    def newest(self) -> int:
        """The place of the newest change, for the house's own upkeep."""
        return self.tx.upkeep.newest()

    def recall(self, name: str) -> str:
        """A small fact the house noted about itself; empty when there is none."""
        return self.tx.notes.read(name) or ""

    def remember(self, name: str, value: str) -> None:
        """Note a small fact of the house, in this sitting's transaction."""
        self.tx.notes.write(name, value)

    def new_epoch(self) -> None:
        """Void every cached view and caller: bureaus, officers, sessions or keys change in this sitting."""
        self.tx.classes.bump()

    def once_an_epoch(self, name: str, make: Callable[[], T]) -> T:
        """What is the same for all askers until the next epoch; made anew after whatever this sitting wrote.

        Whoever comes first makes it for everybody: `make` reads through `as_house`, never in one's own view.
        """
        if self.touched:
            state = (len(self.touched), self.tx.classes.epoch())
            if name not in self.made or self.made[name][0] != state:
                self.made[name] = (state, make())
            return cast(T, self.made[name][1])
        return self.house.once_an_epoch(self.tx, name, make, settled=not self.writing)

    def inspect(self, id: str) -> Thing | None:
        """A thing as the house holds it, whoever may see it: for `entente why` on the machine itself."""
        return self.inspect_many([id]).get(id)

    def inspect_many(self, ids: Sequence[str]) -> dict[str, Thing]:
        """The same of many at once: so that a load writes over nothing of another sort."""
        return {t.id: t for t in self.tx.things.get([i for i in ids if is_id(i)], self._everything())}

    def inspect_all(self, keys: Sequence[str]) -> list[tuple[str, Thing]]:
        """What carries one of the keys, whoever may see it: for the house's own upkeep."""
        return self.tx.things.find(keys, self._everything(), 10_000)

    def inspect_agenda(self, prefix: str, until: str, limit: int = 200) -> list[tuple[str, Thing]]:
        """The same as `agenda`, whoever may see it: for the house's own upkeep."""
        return self.tx.agenda.between(prefix, prefix + until, self._everything(), limit)

    def _everything(self) -> View:
        if not self._is_house():
            raise Absent()
        every = self.house.classes(self.tx, settled=not self.writing)
        return View(bytes([1]) * (max(every, default=-1) + 1), (), self.today)

    def because(self, thing: Thing) -> str:
        """Which line of the rule lets the asker see this thing."""
        return explain(self.asker, thing.handling)[1]

    def _sees(self, thing: Thing) -> bool:
        return decide(self.asker, thing.handling) is Decision.FULL

    def _decided(self, things: Sequence[Thing]) -> list[Thing]:
        """The rule once more, on what an engine or a query let through."""
        return [t for t in things if self._sees(t)]

    # --- keeping ------------------------------------------------------------------------------

    def keep(
        self,
        kind: str,
        raw: Mapping[str, Any],
        handling: Handling,
        *,
        id: str = "",
        ref: str = "",
        grade: str = "",
        expires: date | None = None,
        version: int = 1,
        keys: Sequence[str] = (),
    ) -> Thing:
        """Clean and keep a thing as its newest version, with its keys and what it names.

        `version` as in the store's `put` (1 new, 0 whatever comes next). `keys` are added to those
        that its values make. Raises Faulty with every fault, OutOfDate, NotAllowed for another's.
        """
        self._must_own(handling)
        rules = self.house.model[kind]
        thing = Thing(
            id=id or (self.ref_id(handling.owner, ref) if ref else self.house.ids.fresh()),
            kind=kind,
            handling=handling,
            body=self.clean(rules, raw, handling.owner),
            expires=self.expiry(rules, expires),
            grade=grade,
            ref=ref,
            version=version,
            created=self.now,
            changed=self.now,
        )
        all_keys = (*keys_of(kind, thing.body), *keys)
        kept = self.tx.things.put(thing, all_keys, references(rules, thing.body, thing.id))
        self.touched.append(kept.id)
        return kept

    def keep_many(self, things: Sequence[Thing], more: Callable[[Thing], Sequence[str]] | None = None) -> int:
        """Keep many clean things of one's own bureau at once; returns how many were new or changed.

        `more`: keys of a thing beside those that its values make.
        """
        for thing in things:
            self._must_own(thing.handling)
        kinds = self.house.model
        rows = [
            (
                t,
                (*keys_of(t.kind, t.body), *(more(t) if more else ())),
                references(kinds[t.kind], t.body, t.id),
            )
            for t in things
        ]
        self.touched += [t.id for t in things[:1]]
        return self.tx.things.put_many(rows)

    def change(self, thing: Thing, *, keys: Sequence[str] = (), **changes: Any) -> Thing:
        """Keep a thing with some fields changed (body already clean), as its next version."""
        self._must_own(thing.handling)
        changed = replace(thing, version=thing.version + 1, changed=self.now, **changes)
        rules = self.house.model[thing.kind]
        all_keys = (*keys_of(thing.kind, changed.body), *keys)
        kept = self.tx.things.put(changed, all_keys, references(rules, changed.body, thing.id))
        self.touched.append(kept.id)
        return kept

    def clean(self, kind: Kind, raw: Mapping[str, Any], owner: int) -> Body:
        """The clean body, with every name of another thing turned into its id. Raises Faulty."""
        body = self.house.model.clean(kind.name, raw)
        for name in kind.entities:
            if name in body:
                ids = (v if is_id(v) else self.ref_id(owner, v) for v in body[name])
                body = {**body, name: tuple(ids)}
        return body

    def ref_id(self, owner: int, ref: str) -> str:
        """The id of an owner's thing by his own reference, whether or not it is there yet."""
        return self.house.ids.of("ref", owner, ref)

    def expiry(self, kind: Kind, asked: date | None) -> date:
        """When a thing of this kind expires (RPD articles 49-51). Raises Faulty beyond the kind's most."""
        if kind.keep_days_most == 0:
            return asked or NEVER
        latest = self.today + timedelta(days=kind.keep_days_most)
        if asked is None:
            return self.today + timedelta(days=kind.keep_days)
        if not self.today < asked <= latest:
            what = f"{asked} is not between tomorrow and {latest}"
            raise Faulty(faults=(Fault("expires", what, "Choose a date between."),))
        return asked

    def erase(self, id: str) -> None:
        """Delete for good, in every engine; only the id and the moment stay in the ledger."""
        expired_too = replace(self.as_house()._everything(), today=date.min)
        standing = self.tx.things.get([id], expired_too)
        digests = [digest for thing in standing for digest in thing.body.get("blobs", ())]
        self.tx.upkeep.erase([id], self.now)
        self.touched.append(id)
        if digests:
            self.tx.jobs.add("drop", {"digests": digests}, not_before=self.now + DROPPED_AFTER)

    def withdraw(self, thing: Thing) -> None:
        """Out of everyone's sight at once; a job erases it."""
        self.change(thing, handling=replace(thing.handling, status=Status.DELETED))
        self.tx.jobs.add("erase", {"ids": [thing.id]})

    def _must_own(self, handling: Handling) -> None:
        if handling.owner != self.asker.bureau and not self._is_house():
            raise NotAllowed("A bureau keeps things in its own name only.")

    def _is_house(self) -> bool:
        return HOUSE_ONLY in self.asker.held

    # --- noting -------------------------------------------------------------------------------

    def note(self, act: str, object: str = "", outcome: str = "done", **details: Any) -> str:
        """Note an act in the journal; durable before the answer leaves. Returns the entry's id."""
        event = Event(
            id=self.house.ids.fresh(),
            at=self.now,
            act=act,
            officer=self.noter.officer,
            bureau=self.noter.bureau,
            purpose=purpose_slug(self.noter.purpose),
            justification=self.noter.justification,
            object=object,
            outcome=outcome,
            details=details,
        )
        self.noted.append(event)
        return event.id

    def tell(self, topic: str) -> None:
        """Wake who listens to a topic, once this sitting is durable."""
        self.told.append(topic)

    def must_have_noted(self) -> None:
        """No answer without its journal entry: a sitting that noted nothing is a fault of ours."""
        if not self.noted:
            raise RuntimeError("a sitting ended without a journal entry")
