"""The desk: one sitting is one transaction and its journal entries; the rule is applied here once more."""

from collections.abc import Callable

import pytest

from entente.core.access import EVERYONE, Asker, Handling, Purpose, Role, View
from entente.core.problems import Absent, Faulty, NoPurpose, NotAllowed, OutOfDate
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, sit

XA, XB = 2, 3
ALL = frozenset(Role)
EYES = View(b"\1" * 1000, tuple(f"c{n}" for n in range(1000)), __import__("datetime").date(2026, 1, 15))
"""The view of a broken engine: everything."""


def _asker(bureau: int = XA, purpose: Purpose = Purpose.WANTED, **more: object) -> Asker:
    return Asker("officer", bureau, purpose, "case 1", **{"roles": ALL, **more})  # type: ignore[arg-type]


def _keep(house: House, see: int = EVERYONE, bureau: int = XA, **more: object) -> Thing:
    with sit(house, _asker(bureau), writing=True) as desk:
        desk.note("contribute")
        body = {"name": ["Ivo Marenko"], "passportNumber": ["P4417093"]}
        return desk.keep("Person", body, Handling(bureau, see, **more))  # type: ignore[arg-type]


def _acts(house: House) -> list[tuple[str, str]]:
    with house.store.reading() as tx:
        entries = tx.entries.read(0, 10_000)
    return [(e.act, e.officer) for e in entries]


# --- one transaction and its entries -------------------------------------------------------------


@pytest.mark.parametrize(
    "asker",
    [
        Asker("o", XA, Purpose(0), "case 1"),
        Asker("o", XA, Purpose.WANTED, ""),
        Asker("o", XA, Purpose.WANTED, " \t"),
        Asker("o", XA, Purpose.WANTED, "x" * 501),
        Asker("o", XA, Purpose.WANTED, "a\nb"),
        Asker("o", XA, Purpose.WANTED, "\u202eb"),
    ],
)
def test_nobody_sits_down_without_saying_why(house: House, asker: Asker) -> None:
    with pytest.raises(NoPurpose), sit(house, asker):
        pytest.fail("sat down")
    assert _acts(house)[-1] == ("refuse", "o")


def test_an_act_that_no_role_allows_is_refused_and_noted(house: House) -> None:
    with pytest.raises(NotAllowed), sit(house, _asker(roles=frozenset({Role.OFFICER})), "contribute", True):
        pytest.fail("sat down")
    assert _acts(house)[-1] == ("refuse", "officer")


@pytest.mark.parametrize("writing", [True, False])
def test_a_sitting_without_an_entry_is_a_fault_of_ours(house: House, writing: bool) -> None:
    with pytest.raises(RuntimeError), sit(house, _asker(), writing=writing):
        pass


def test_a_problem_undoes_everything_but_the_entry_of_the_refusal(house: House) -> None:
    before = _acts(house)
    with pytest.raises(Faulty), sit(house, _asker(), writing=True) as desk:
        kept = desk.keep("Person", {"name": "Ivo"}, Handling(XA))
        desk.note("contribute", object=kept.id)
        desk.tx.notes.write("mark", "1")
        desk.tx.jobs.add("erase", {"ids": []})
        raise Faulty
    assert _acts(house) == [*before, ("refuse", "officer")]
    with house.store.reading() as tx:
        assert tx.notes.read("mark") is None
        assert [c for c in tx.upkeep.changes(0, 10_000, ["Person"]) if c.thing] == []


def test_an_unforeseen_error_undoes_everything(house: House) -> None:
    before = _acts(house)
    with pytest.raises(ZeroDivisionError), sit(house, _asker(), writing=True) as desk:
        desk.keep("Person", {"name": "Ivo"}, Handling(XA))
        desk.note("contribute")
        raise ZeroDivisionError
    assert _acts(house) == before


def test_the_entry_says_who_acted_though_the_house_reached_for_him(house: House) -> None:
    with sit(house, _asker(), writing=True) as desk:
        desk.as_house().note("administer", what="test")
    assert _acts(house)[-1] == ("administer", "officer")


# --- keeping -------------------------------------------------------------------------------------


def test_a_bureau_keeps_things_in_its_own_name_only(house: House) -> None:
    def in_anothers_name(desk: Desk) -> None:
        desk.keep("Person", {"name": "Ivo"}, Handling(XB))

    def many_in_anothers_name(desk: Desk) -> None:
        desk.keep_many([Thing("0" * 32, "Person", Handling(XB), {"name": ("Ivo",)})])

    for act in (in_anothers_name, many_in_anothers_name):
        with pytest.raises(NotAllowed), sit(house, _asker(), writing=True) as desk:
            act(desk)


def test_a_version_is_followed_by_the_next_one_only(house: House) -> None:
    thing = _keep(house)
    with sit(house, _asker(), writing=True) as desk:
        desk.note("correct")
        assert desk.change(thing, body={"name": ("Ivo",)}).version == 2
    with pytest.raises(OutOfDate), sit(house, _asker(), writing=True) as desk:
        desk.change(thing, body={"name": ("Zoran",)})


def test_what_a_body_names_by_its_owners_reference_gets_that_things_id(house: House) -> None:
    with sit(house, _asker(), writing=True) as desk:
        desk.note("contribute")
        body = {"owner": "ivo", "asset": "0" * 32}
        kept = desk.keep("Ownership", body, Handling(XA))
        assert kept.body == {"owner": (desk.ref_id(XA, "ivo"),), "asset": ("0" * 32,)}
        assert desk.ref_id(XA, "ivo") != desk.ref_id(XB, "ivo")


# --- the rule once more --------------------------------------------------------------------------


def _look(desk: Desk, id: str) -> list[str]:
    try:
        return [desk.look(id).id]
    except Absent:
        return []


READS: dict[str, Callable[[Desk, str], list[str]]] = {
    "look": _look,
    "look_all": lambda desk, id: list(desk.look_all([id])),
    "find": lambda desk, id: [t.id for _, t in desk.find(["doc:P4417093"])],
    "table": lambda desk, id: [t.id for _, t in desk.table(["Person"])],
    "links": lambda desk, id: [t.body["owner"][0] for _, t in desk.links(id)],
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_the_rule_holds_even_when_an_engine_lets_everything_through(
    house: House, read: Callable[[Desk, str], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    id = _keep(house, see=0).id
    with sit(house, _asker(), writing=True) as desk:
        desk.note("contribute")
        desk.keep("Ownership", {"owner": id, "asset": id}, Handling(XA, see=0))
    monkeypatch.setattr(house, "view", lambda *_, **__: EYES)
    for bureau, expected in ((XA, [id]), (XB, [])):
        with sit(house, _asker(bureau)) as desk:
            desk.note("see")
            assert list(dict.fromkeys(read(desk, id))) == expected


@pytest.mark.parametrize(
    "id", ["", "x", "0" * 32, "0" * 31, "0" * 33, "\0" * 32, "F" * 32, "g" * 32, "../" * 10]
)
def test_what_is_no_id_is_absent(house: House, id: str) -> None:
    with sit(house, _asker()) as desk:
        desk.note("see")
        with pytest.raises(Absent):
            desk.look(id)
        assert desk.look_all([id]) == {}
        assert desk.history(id) == []
        assert desk.links(id) == []


def test_a_key_that_no_store_can_hold_finds_nothing(house: House) -> None:
    with sit(house, _asker()) as desk:
        desk.note("see")
        assert desk.find(["doc:a\0b"]) == []


def test_only_the_house_inspects_what_it_holds(house: House) -> None:
    id = _keep(house, see=0).id
    with pytest.raises(Absent), sit(house, _asker()) as desk:
        desk.inspect(id)
    with sit(house, HOUSE_ASKER) as desk:
        desk.note("administer")
        found = desk.inspect(id)
        assert found
        assert found.id == id


def test_a_view_seen_inside_of_a_writing_is_not_remembered_when_it_is_undone(house: House) -> None:
    thing = _keep(house, see=0)
    widened = Handling(XA, see=1 << XB, watch=True)
    with pytest.raises(Faulty), sit(house, _asker(), writing=True) as desk:
        desk.change(thing, handling=widened)
        with_it = Desk(house, _asker(XB), desk.tx, writing=True)
        assert with_it.look(thing.id)
        raise Faulty
    with sit(house, _asker(), writing=True) as desk:  # the next new class takes the number of the undone one
        desk.note("contribute")
        other = desk.keep("Person", {"name": "Other"}, Handling(XA, see=0, watch=True))
    with sit(house, _asker(XB)) as desk:
        desk.note("see")
        assert desk.look_all([thing.id, other.id]) == {}


def test_what_is_made_once_an_epoch_is_made_anew_after_each_write_and_no_more_often(house: House) -> None:
    made: list[int] = []

    def count(desk: Desk) -> int:
        return desk.once_an_epoch("things kept", lambda: made.append(1) or len(desk.touched))  # type: ignore[func-returns-value]

    with sit(house, _asker(), writing=True) as desk:
        desk.note("contribute")
        for kept in (1, 2):
            desk.keep("Person", {"name": [f"Person {kept}"]}, Handling(XA))
            assert [count(desk), count(desk.as_house()), count(desk)] == [kept] * 3
        assert len(made) == 2
        desk.new_epoch()
        count(desk)
        assert len(made) == 3
