"""Mutants of the rooms: journal, export, notices, directories, quotas. See mutants.py."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

from entente.core import access
from entente.core.access import Decision, Handling, Level
from entente.core.problems import Fault, Faulty
from entente.desk import is_id
from entente.desk.sitting import Desk
from entente.rooms.bureaus import door, journal
from entente.rooms.bureaus import service as staff
from entente.rooms.records import exporting, handling
from entente.rooms.records import service as records
from entente.rooms.screening import answering, changes, results
from entente.rooms.search import hits, reconcile
from worlds import pair
from worlds.mutants import everything, looking, matching, mutant, saying

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


# --- rooms ------------------------------------------------------------------------------------------


@mutant("L22 the journal shows others' acts")
def _() -> Iterator[Any]:
    real = Desk.entries
    yield patch.object(Desk, "entries", lambda self, *a, **how: real(self, *a, **{**how, "bureau": None}))


@mutant("L22 the journal shows acts on others' records")
def _() -> Iterator[Any]:
    def acts_on(desk: Desk, id: str, _after: str = "", limit: int = 100) -> Any:
        desk.note("see", what="acts on a record", object=id)
        return [journal.open_private(e.leaf, e.private) for e in desk.entries(0, limit, object=id)]

    yield patch.object(journal, "acts_on", acts_on)


@mutant("L21 the export says of how many")
def _() -> Iterator[Any]:
    real = exporting.export

    def export(desk: Desk, file: Any) -> int:
        written = real(desk, file)
        file.write(f"{written} of {desk.tx.upkeep.newest()}".encode())
        return written

    yield patch.object(pair, "export", export)


@mutant("L23 a review asks who may not see the record", "officer")
def _() -> Iterator[Any]:
    real = Desk.keep

    def keep(self: Desk, kind: str, raw: Any, handling: Handling, **how: Any) -> Any:
        if kind == "Review":
            handling = replace(handling, need=frozenset(), level=Level.OFFICIAL)
        return real(self, kind, raw, handling, **how)

    yield patch.object(Desk, "keep", keep)


@mutant("L16 a notice about a hidden record waits for everybody")
def _() -> Iterator[Any]:
    real = Desk.keep

    def keep(self: Desk, kind: str, raw: Any, handling: Handling, **how: Any) -> Any:
        if kind == "Hit":
            handling = replace(handling, see=access.EVERYONE, need=frozenset(), level=Level.OFFICIAL)
        return real(self, kind, raw, handling, **how)

    yield patch.object(Desk, "keep", keep)


@mutant("L4 verdicts on what was never shown")
def _() -> Iterator[Any]:
    real = hits._search_of

    class All(list[str]):
        def __contains__(self, item: object) -> bool:
            return True

    def search_of(desk: Desk, search: str) -> Any:
        asked, *rest = real(desk, search)
        return (asked, All(rest[0]), *rest[1:])

    yield patch.object(hits, "_search_of", search_of)
    yield looking(lambda desk, thing: thing)


@mutant("L30 everybody reads the owner's handling")
def _() -> Iterator[Any]:
    real = records.shown

    def shown(desk: Desk, thing: Any) -> Any:
        told = {"handling": handling.to_form(desk, thing.handling), "ref": thing.ref}
        return real(desk, thing).model_copy(update=told)

    yield patch.object(records, "shown", shown)


@mutant("L29 a compartment one does not hold has a name")
def _() -> Iterator[Any]:
    real = handling.to_handling

    def to_handling(desk: Desk, form: Any, *inside: Any) -> Any:
        used = {n for h in desk.tx.classes.table().values() for n in h.need}
        if any(n in used and n not in desk.asker.held for n in form.need):
            raise Faulty(faults=(Fault("handling/need", "Not yours", ""),))
        return real(desk, form, *inside)

    yield patch.object(records, "to_handling", to_handling)


@mutant("L29 officers of every bureau")
def _() -> Iterator[Any]:
    def officers(desk: Desk, bureau: int) -> Any:
        return [t for _, t in desk.tx.things.listing(everything(desk), ["Officer"], limit=500)]

    yield patch.object(staff, "officers", officers)


@mutant("L29 keys of every bureau")
def _() -> Iterator[Any]:
    yield patch.object(
        staff, "keys_issued", lambda desk, bureau: [t for _, t in desk.table(["Key"], limit=200)]
    )


@mutant("L31 hidden work spends the asker's rate", "contributor")
def _() -> Iterator[Any]:
    real = door.Door.limit
    yield patch.object(door.Door, "limit", lambda self, who, rate: real(self, "everybody", rate))


@mutant("L16 the watch pass is done before the answer, and told")
def _() -> Iterator[Any]:
    yield saying("told", lambda desk, q: sum(1 for h in matching(desk, q) if h.thing.handling.hint))


@mutant("L23 retention tells what it erased")
def _() -> Iterator[Any]:
    yield saying("gone", lambda desk, q: len(desk.tx.upkeep.erased(LONG_AGO)))


@mutant("L4 a reconciled record is told although it is hidden", "machine")
def _() -> Iterator[Any]:
    real = reconcile.open_record

    def open_record(desk: Desk, id: str) -> Any:
        hidden = desk.tx.things.get([id], everything(desk)) if is_id(id) else []
        if hidden and access.HOUSE_ONLY not in hidden[0].handling.need:
            desk.note("see", object=id)
            return hidden[0]
        return real(desk, id)

    yield patch.object(reconcile, "open_record", open_record)


@mutant("L1 a reconciled row says how many are hidden", "machine")
def _() -> Iterator[Any]:
    real = reconcile.result_of

    def result_of(desk: Desk, question: Any, limit: int) -> Any:
        said = real(desk, question, limit)
        return said.model_copy(update={"search": f"{said.search} of {len(matching(desk, question))}"})

    yield patch.object(reconcile, "result_of", result_of)


@mutant("L8 a row keeps so many candidates, whoever may see them", "crowd", "channels")
def _() -> Iterator[Any]:
    def seen(desk: Desk, question: Any, limit: int) -> Any:
        return [f for f in matching(desk, question)[:limit] if desk.view.holds(f.thing.class_id)], False

    yield patch.object(answering, "seen", seen)


@mutant("L15 a list says how many records hint", story="channels")
def _() -> Iterator[Any]:
    real = results._tally

    def tally(standing: Any) -> Any:
        return real(standing).model_copy(update={"contact": sum(len(s.entry.hints) for s in standing)})

    yield patch.object(results, "_tally", tally)


@mutant("L25 a watched list tells that something unseen changed", story="channels")
def _() -> Iterator[Any]:
    yield patch.object(changes, "decide", lambda _asker, _handling: Decision.FULL)
