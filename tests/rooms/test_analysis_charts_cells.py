"""Cells and commands: what is kept, what is undone, and that two logs at once lose nothing."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from entente.rooms.analysis.charts import cells as c
from entente.rooms.analysis.charts import steps
from entente.rooms.analysis.charts.service import beside
from entente.rooms.analysis.charts.steps import Step

THINGS = [f"{n:032x}" for n in range(6)]
RIDS = [f"{n:032x}" for n in range(100, 103)]
number = st.floats(-1e6, 1e6)
thing = st.sampled_from(THINGS)
item = st.tuples(st.just("item"), thing, st.fixed_dictionaries({"x": number, "y": number}))
group = st.tuples(
    st.just("group"),
    st.sampled_from(RIDS),
    st.fixed_dictionaries(
        {"label": st.text("abc", max_size=3), "ids": st.lists(thing, min_size=1, unique=True)}
    ),
)
note = st.tuples(
    st.just("note"),
    st.sampled_from(RIDS),
    st.fixed_dictionaries({"on": thing, "text": st.text("xyz", max_size=5)}),
)
change = st.lists(st.tuples(st.one_of(item, group, note), st.booleans()), min_size=1, max_size=4).map(
    lambda cells: {f"{sort}/{id}": None if off else cell for (sort, id, cell), off in cells}
)
changes = st.lists(change, max_size=6)


def done(cells: c.Cells, sets: list[dict[str, Any]]) -> tuple[dict[str, c.Cell], list[c.Command]]:
    """The cells after changes, and the commands that they were."""
    commands = []
    now = dict(cells)
    for one in sets:
        commands.append(c.command("", one, now))
        now = c.apply(now, one)
    return now, commands


@given(changes)
def test_what_is_valid_is_kept_as_it_was_said(sets):
    for one in sets:
        assert c.cleaned(one, "set") == (one, [])


@given(st.dictionaries(st.text(max_size=50), st.one_of(st.none(), st.dictionaries(st.text(), st.text()))))
def test_what_is_no_cell_is_a_fault_and_never_an_error(said):
    made, faults = c.cleaned(said, "set")
    assert made.keys() <= said.keys()
    assert all(key in made or any(f.where.startswith("set/") for f in faults) for key in said)


@given(changes, change)
def test_an_inverse_takes_a_command_back(sets, last):
    before, _ = done({}, sets)
    after, [command] = done(before, [last])
    assert c.apply(after, command.was) == before


@given(changes)
def test_undoing_everything_backwards_leads_back_to_the_beginning(sets):
    now, commands = done({}, sets)
    for command in reversed(commands):
        now = c.apply(now, command.was)
    assert now == {}


@given(changes, changes, st.randoms())
def test_two_logs_that_touch_different_cells_end_the_same_whoever_comes_first(mine, theirs, random):
    touched = {key for one in mine for key in one}
    theirs = [{k: v for k, v in one.items() if k not in touched} for one in theirs]
    both = [(0, s) for s in mine] + [(1, s) for s in theirs]
    order = [0] * len(mine) + [1] * len(theirs)
    random.shuffle(order)
    left = [iter(mine), iter(theirs)]
    woven, _ = done({}, [next(left[who]) for who in order])
    assert woven == done({}, mine + theirs)[0] == done({}, theirs + mine)[0]
    assert len(both) == len(order)


@given(changes, changes, st.randoms())
def test_where_two_logs_touch_the_same_cell_the_last_word_holds_and_nothing_said_is_lost(
    mine, theirs, random
):
    order = [0] * len(mine) + [1] * len(theirs)
    random.shuffle(order)
    left = [iter(mine), iter(theirs)]
    woven = [next(left[who]) for who in order]
    now, commands = done({}, woven)
    last = {key: cell for one in woven for key, cell in one.items()}
    assert now == {key: cell for key, cell in last.items() if cell is not None}
    assert [command.set for command in commands] == woven
    for n, command in enumerate(commands):
        before, _ = done({}, woven[:n])
        assert command.was == {key: before.get(key) for key in command.set}


@given(changes, st.sets(thing))
def test_a_viewer_sees_a_cell_exactly_when_he_sees_all_its_things(sets, visible):
    now, _ = done({}, sets)
    told = c.seen(now, visible)
    assert c.things_of(told) <= visible
    assert all(key in told or set(c.named_by(key, cell)) - visible for key, cell in now.items())


@given(changes, st.sets(thing))
def test_what_a_viewer_sees_of_steps_never_names_what_he_may_not_see(sets, visible):
    _, commands = done({}, sets)
    made = [Step(f"{n:032x}", str(n), "", 0, "", (one,)) for n, one in enumerate(commands)]
    told = steps.seen(made, visible)
    for _step, cut in told:
        for one in cut:
            keys = {*one.set, *one.was}
            assert all(
                set(c.named_by(k, change.get(k))) <= visible for k in keys for change in (one.set, one.was)
            )
    assert [s.id for s, _ in steps.seen(made, set(THINGS))] == [s.id for s in made]


@given(changes, changes)
def test_merging_keeps_all_of_the_first_and_brings_the_rest_to_its_right(mine, theirs):
    first, second = done({}, mine)[0], done({}, theirs)[0]
    coming = beside(first, second)
    assert coming.keys() == second.keys() - first.keys()
    merged = c.apply(first, coming)
    assert all(merged[key] == cell for key, cell in first.items())
    placed = [float(cell["x"]) for cell in first.values() if "x" in cell]
    came = [float(cell["x"]) for cell in coming.values() if "x" in cell]
    assert not placed or not came or min(came) > max(placed)
