"""Mutants of the trends room: seizures, figures, operations, lists of targets, companies' reports. See
mutants.py."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from entente.core.access import Decision, View
from entente.core.things import Thing
from entente.desk import columning, columns
from entente.desk.sitting import Desk
from entente.rooms.trends.figures import effort, finding_making, flows, frame
from entente.rooms.trends.operations import lists, tally
from entente.rooms.trends.referrals import consent, identifiers, referral
from entente.rooms.trends.referrals import shown as referral_shown
from entente.rooms.trends.seizures import checking, efforts, judging, parties, same
from entente.rooms.trends.seizures import model as m
from worlds.mutants import everything, mutant
from worlds.mutants_channels import every
from worlds.mutants_papers import keyed
from worlds.plans import NUMBER

Columns = Mapping[str, Any]


def counting(name: str, plan: str = "trends") -> Any:
    return mutant(name, plan, "counting")


def seizures(name: str, plan: str = "trends") -> Any:
    return mutant(name, plan, "seizures")


def operations(name: str, plan: str = "trends") -> Any:
    return mutant(name, plan, "operations")


def blind(name: str, plan: str = "company, by trends") -> Any:
    return mutant(name, plan, "blind")


def unguarded(desk: Desk, space: str, names: Sequence[str], _view: View | None = None) -> Columns:
    """Columns of all there is, as far as the engine is fed."""
    return desk.house.columns.read(space, tuple(dict.fromkeys(("n", *names))), everything(desk))


def _finding_all(module: Any, name: str) -> Any:
    """A function of a room finds by keys whatever carries them."""
    real: Callable[..., Any] = getattr(module, name)

    def all_found(*said: Any) -> Any:
        with patch.object(Desk, "find", lambda self, keys, *_more: keyed(self, keys)):
            return real(*said)

    return patch.object(module, name, all_found)


# --- figures ---------------------------------------------------------------------------------------


@counting("L1 figures are counted over all seizures")
def _() -> Iterator[Any]:
    yield patch.object(frame, "columns_of", unguarded)


@counting("L22 what changed lately is counted whoever may see it")
def _() -> Iterator[Any]:
    yield patch.object(columning, "step", lambda house: 0)  # so that all is read on top of the engine
    yield patch.object(View, "holds", lambda *_: True)
    yield patch.object(columns, "decide", lambda *_: Decision.FULL)


@seizures("L2 shares are parts of all that was seized")
def _() -> Iterator[Any]:
    real = flows.flows

    def of_all(desk: Desk, *said: Any) -> Any:
        made, many = real(desk, *said), len(every(desk, "Seizure"))
        rows = [row.model_copy(update={"share": round(row.seizures / many, 6)}) for row in made.shares]
        return made.model_copy(update={"shares": rows})

    yield patch.object(flows, "flows", of_all)


@seizures("L12 a verdict that is hidden leaves a seizure out of sums")
def _() -> Iterator[Any]:
    def doubled(desk: Desk) -> frozenset[int]:
        found = [t for t in every(desk, frame.SAME) if t.first("verdict") == "same"]
        seen = [desk.look_all([t.first("one"), t.first("other")]) for t in found]
        return frozenset(max(t.n for t in pair.values()) for pair in seen if len(pair) == 2)

    yield patch.object(frame, "doubled", doubled)


@seizures("L2 rates rest on the checks of all")
def _() -> Iterator[Any]:
    yield patch.object(effort, "efforts", lambda desk: every(desk, effort.KIND))


@counting("L1 efforts of others are listed")
def _() -> Iterator[Any]:
    real = efforts.listed
    shown = efforts.shown
    yield patch.object(
        efforts,
        "listed",
        lambda desk: [*real(desk), *[shown(desk, t) for t in every(desk, efforts.KIND)]],
    )


@operations("L25 findings are made of what another bureau sees")
def _() -> Iterator[Any]:
    real = finding_making.machine_of
    yield patch.object(
        finding_making,
        "machine_of",
        lambda desk, bureau, why: replace(real(desk, bureau, why), bureau=NUMBER["XB"]),
    )


# --- seizures --------------------------------------------------------------------------------------


@counting("L1 a check says how many of its goods were seized by all")
def _() -> Iterator[Any]:
    real = checking.told

    def told(desk: Desk, reading: Any, but: str = "") -> Any:
        made = real(desk, reading, but)
        many = sum("agro.pesticide" in t.first("item") for t in every(desk, "Seizure"))
        return made.model_copy(update={"doubts": [*made.doubts, m.Said(where="items", what=f"{many}")]})

    yield patch.object(checking, "told", told)


@counting("L4 a quantity is held against those of all")
def _() -> Iterator[Any]:
    yield patch.object(judging, "columns_of", unguarded)


@seizures("L14 seizures that one does not see are proposed as the same")
def _() -> Iterator[Any]:
    yield _finding_all(same, "of")


@seizures("L23 a bureau is told of a pair of which it sees one alone")
def _() -> Iterator[Any]:
    yield patch.object(same, "_sees", lambda *_: True)


@seizures("L27 persons of a seizure are shown with it")
def _() -> Iterator[Any]:
    yield _finding_all(parties, "find")


# --- operations and lists of targets ---------------------------------------------------------------


@operations("L16 a list of targets is shown to whoever has its number")
def _() -> Iterator[Any]:
    real = lists.seen

    def seen(desk: Desk, id: str) -> Thing:
        there = [t for t in every(desk, lists.KIND) if t.id == id]
        return there[0] if there else real(desk, id)

    yield patch.object(lists, "seen", seen)


@operations("L27 what others found on a list shows to all that check it")
def _() -> Iterator[Any]:
    yield _finding_all(lists, "_results")


@operations("L1 arrests are counted of papers that are others'")
def _() -> Iterator[Any]:
    yield _finding_all(tally, "_arrests")


# --- companies' reports ----------------------------------------------------------------------------


@blind("L1 a company is told how many cases wait of its reports")
def _() -> Iterator[Any]:
    def released(desk: Desk, things: Sequence[Thing]) -> Mapping[str, list[Any]]:
        found = referral.of_sources(desk, [t.id for t in things])
        return {t.id: [one for one in found if t.id in one.sources] for t in things}

    yield patch.object(referral_shown, "rows", _with(referral_shown.rows, released))


def _with(real: Callable[..., Any], released: Any) -> Callable[..., Any]:
    def rows(*said: Any) -> Any:
        with patch.object(consent, "released", released):
            return real(*said)

    return rows


@blind("L5 the answer to a report says that another's has its numbers")
def _() -> Iterator[Any]:
    real = referral_shown.whole

    def whole(desk: Desk, thing: Thing) -> Any:
        tokens = identifiers.tokens(desk, identifiers.identifiers_of(thing))
        near = [t for _, t in keyed(desk, [*map(identifiers.key, tokens)])]
        met = any(t.handling.owner != thing.handling.owner for t in near)
        return real(desk, thing).model_copy(update={"goods_label": "matched" if met else ""})

    yield patch.object(referral_shown, "whole", whole)
