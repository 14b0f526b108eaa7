"""Links at the desk: kept with what a thing names, and told to whoever sees the link and both its ends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest

from entente.core.access import EVERYONE, NOBODY, Asker, Handling, Purpose, Role
from entente.core.things import Thing
from entente.desk import Desk, House, sit

XA, XB = 2, 3
OWN = Handling(XA, NOBODY)
SHARED = Handling(XA, EVERYONE)


@pytest.fixture
def at(house: House) -> Callable[[int], Iterator[Desk]]:
    @contextmanager
    def seated(bureau: int = XA) -> Iterator[Desk]:
        asker = Asker("officer", bureau, Purpose.ANALYSIS, "case 1", roles=frozenset(Role))
        with sit(house, asker, writing=True) as desk:
            desk.note("contribute")
            yield desk

    return seated


@pytest.fixture
def family(at) -> tuple[Thing, Thing, Thing]:
    """Two persons whom everybody sees, and that they are brothers, from May 2019."""
    with at() as desk:
        ivo = desk.keep("Person", {"name": "Ivo Marenko"}, SHARED)
        jan = desk.keep("Person", {"name": "Jan Marenko"}, SHARED)
        said = {"person": ivo.id, "relative": jan.id, "startDate": "2019-05"}
        return ivo, jan, desk.keep("Family", said, SHARED)


def told(at, thing: Thing, bureau: int = XB, **narrowed: object) -> list[str]:
    with at(bureau) as desk:
        return [bond.far for bond in desk.around([thing.id], **narrowed)]


def test_each_end_of_a_link_finds_the_other(at, family) -> None:
    ivo, jan, tie = family
    with at(XB) as desk:
        [bond] = desk.around([ivo.id])
        assert (bond.far, bond.link, bond.kind, bond.side) == (jan.id, tie.id, "Family", "source")
        assert (bond.since, bond.until) == (date(2019, 5, 1), None)
        assert desk.counted([ivo.id, jan.id]) == sorted(
            [(ivo.id, "Family", "source", 1), (jan.id, "Family", "target", 1)]
        )
    assert told(at, jan, until=date(2019, 4, 30)) == []
    assert told(at, jan, kinds=["Family"], sides=["target"]) == [ivo.id]


@pytest.mark.parametrize("hidden", [0, 1, 2], ids=["near end", "far end", "link"])
def test_a_link_of_which_one_part_is_hidden_is_not_there(at, family, hidden: int) -> None:
    ivo, jan, _tie = family
    with at() as desk:
        desk.change(family[hidden], handling=OWN)
    assert told(at, ivo) == [] and told(at, jan) == []
    assert told(at, ivo, XA) == [jan.id]
    with at(XB) as desk:
        assert desk.counted([ivo.id, jan.id]) == []


def test_a_link_that_is_withdrawn_or_whose_end_is_erased_is_gone(at, family) -> None:
    ivo, jan, tie = family
    with at() as desk:
        desk.withdraw(tie)
    assert told(at, ivo, XA) == []
    with at() as desk:
        desk.change(replace(tie, version=tie.version + 1), handling=SHARED)
    assert told(at, ivo) == [jan.id]
    with at() as desk:
        desk.erase(jan.id)
    assert told(at, ivo) == []


def test_a_link_follows_what_its_owner_says_now(at, family) -> None:
    ivo, jan, tie = family
    with at() as desk:
        zoe = desk.keep("Person", {"name": "Zoe Marenko"}, SHARED)
        desk.change(tie, body={**tie.body, "relative": (zoe.id,)})
    assert told(at, ivo) == [zoe.id] and told(at, jan) == []


def test_many_links_are_kept_as_one_is(at, family) -> None:
    ivo, jan, _tie = family
    rows = [Thing(f"{i:032x}", "Associate", SHARED, _between(ivo, jan)) for i in range(1, 30)]
    with at() as desk:
        assert desk.keep_many(rows) == 29
    assert len(told(at, ivo)) == 30 and len(told(at, ivo, each=7)) == 7


def _between(a: Thing, b: Thing) -> dict[str, tuple[str, ...]]:
    return {"person": (a.id,), "associate": (b.id,)}


def test_what_the_house_keeps_for_itself_is_no_link(at, family) -> None:
    ivo, *_ = family
    with at() as desk:
        paper = {"file": "0" * 32, "officer": "1" * 32, "at": "2026-01-15T10:00", "things": ivo.id}
        kept = desk.keep("Contribution", paper, SHARED)
        assert [thing.id for prop, thing in desk.links(ivo.id) if prop == "things"] == [kept.id]
    assert kept.id not in told(at, ivo)
