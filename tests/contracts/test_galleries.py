"""What every galleries engine must do; the exact twin in memory says what is right."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from entente.core.access import View
from entente.engines.galleries import Asked, Form, Proposed, Template, open_galleries
from entente.engines.galleries.folder import FolderGalleries
from entente.engines.galleries.memory import MemoryGalleries
from entente.engines.seams import Galleries

TODAY = date(2026, 3, 1)
DAY = (TODAY - date(1970, 1, 1)).days
LATER = 30_000
VIEW = View(b"\0\1\0\1", (), TODAY)
"""Classes 1 and 3 are seen."""
SPACE = "prints bits@1"

Open = Callable[[], Galleries]
Words = NDArray[np.uint64]
Places = NDArray[np.int64]


def fast(asked: Words, items: Words, start: Places, rows: Places) -> NDArray[np.float32]:
    """For each asked item the most bits that one of the row's items has in common with it, summed, halved."""
    together = np.bitwise_count(asked[:, None, :] & items[None, :, :]).sum(2)
    scores = [together[:, start[r] : start[r + 1]].max(1).sum() for r in rows]
    return np.array(scores, np.float32) / np.float32(2)


def slow(asked: Words, items: Words, start: Places, rows: Places) -> NDArray[np.float32]:
    def met(one: Words, other: Words) -> int:
        return sum((a & b).bit_count() for a, b in zip(one.tolist(), other.tolist(), strict=True))

    own = [items[start[r] : start[r + 1]] for r in rows]
    return np.array([sum(max(met(a, b) for b in part) for a in asked) / 2 for part in own], np.float32)


def forms(name: str) -> Form:
    if name != "prints":
        raise ValueError(f"no form {name}")
    return Form(fast, slow)


def items(*values: int) -> Words:
    """One item a value; the second word of each is the first one's complement in 8 bits."""
    return np.array([[v, 255 ^ v] for v in values], np.uint64)


def row(
    n: int, *values: int, class_id: int = 1, day: int = LATER, space: str = SPACE, position: int = 0
) -> Template:
    return Template(n, class_id, day, space, position, items(*values or (15,)))


def asked(*values: int, position: int = 0) -> Asked:
    return Asked(position, items(*values or (15,)))


def numbers(found: list[Proposed]) -> list[int]:
    return [one.n for one in found]


@pytest.fixture(params=["memory", "folder"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens the same place again and again, and closes what it opened."""
    opened: list[Galleries] = []

    def again() -> Galleries:
        if request.param == "memory" and opened:
            return opened[0]
        url = "memory:" if request.param == "memory" else f"folder:{tmp_path / 'kept'}"
        opened.append(open_galleries(url, forms))
        return opened[-1]

    yield again
    for galleries in opened:
        galleries.close()


@pytest.fixture
def galleries(engine: Open) -> Galleries:
    return engine()


def test_an_empty_engine_proposes_nothing_and_starts_at_zero(galleries: Galleries) -> None:
    assert galleries.propose(SPACE, [asked()], 10, VIEW) == []
    assert galleries.watermark() == 0


def test_the_best_come_first_and_equals_by_number(galleries: Galleries) -> None:
    galleries.apply([row(3, 15), row(9, 7), row(2, 15), row(1, 0), row(8, 7)], [], 7)
    assert galleries.propose(SPACE, [asked(15)], 10, VIEW) == [
        Proposed(2, 4.0), Proposed(3, 4.0), Proposed(8, 3.5), Proposed(9, 3.5), Proposed(1, 2.0)
    ]  # fmt: skip
    assert numbers(galleries.propose(SPACE, [asked(15)], 3, VIEW)) == [2, 3, 8]
    assert galleries.propose(SPACE, [asked(15)], 0, VIEW) == galleries.propose(SPACE, [], 9, VIEW) == []
    assert galleries.watermark() == 7


def test_a_thing_scores_the_best_of_its_templates_for_each_asked_and_the_sum_of_these(
    galleries: Galleries,
) -> None:
    galleries.apply([row(1, 0), row(1, 15), row(1, 240), row(2, 15)], [], 1)
    assert galleries.propose(SPACE, [asked(15), asked(240)], 10, VIEW) == [Proposed(1, 8.0), Proposed(2, 4.0)]


def test_only_templates_at_the_asked_position_or_at_none_are_compared(galleries: Galleries) -> None:
    galleries.apply([row(1, 15, position=2), row(2, 15, position=7), row(3, 7), row(4, position=10)], [], 1)
    assert numbers(galleries.propose(SPACE, [asked(15, position=2)], 10, VIEW)) == [1, 3]
    assert numbers(galleries.propose(SPACE, [asked(15, position=10)], 10, VIEW)) == [4, 3]
    assert numbers(galleries.propose(SPACE, [asked(15)], 10, VIEW)) == [1, 2, 4, 3]
    both = galleries.propose(SPACE, [asked(15, position=2), asked(15, position=7)], 10, VIEW)
    assert both == [Proposed(3, 7.0), Proposed(1, 4.0), Proposed(2, 4.0)]


def test_templates_have_items_as_many_as_they_like(galleries: Galleries) -> None:
    galleries.apply([row(1, *range(40)), row(2, 1), row(3, *range(200, 220))], [], 1)
    found = galleries.propose(SPACE, [asked(1, 210, 33)], 3, VIEW)
    assert [(p.n, p.score) for p in found] == [(1, 11.0), (2, 9.0), (3, 8.5)]


def test_a_thing_is_in_by_its_class_and_out_on_the_day_it_expires(galleries: Galleries) -> None:
    rows = [row(n, class_id=class_id) for n, class_id in enumerate((0, 1, 2, 3, 4, -1, 300), start=1)]
    galleries.apply([*rows, row(11, day=DAY), row(12, day=DAY + 1), row(13, day=-5)], [], 1)
    assert numbers(galleries.propose(SPACE, [asked()], 99, VIEW)) == [2, 4, 12]
    assert galleries.propose(SPACE, [asked()], 99, replace(VIEW, classes=b"")) == []
    assert numbers(galleries.propose(SPACE, [asked()], 99, replace(VIEW, today=date(9999, 12, 31)))) == []


def test_templates_of_two_spaces_are_never_compared(galleries: Galleries) -> None:
    galleries.apply([row(1), row(2, space="prints bits@2")], [], 1)
    assert numbers(galleries.propose(SPACE, [asked()], 9, VIEW)) == [1]
    assert numbers(galleries.propose("prints bits@2", [asked()], 9, VIEW)) == [2]
    assert galleries.propose("prints other", [asked()], 9, VIEW) == []


def test_what_comes_anew_replaces_all_that_a_thing_had_in_every_space(galleries: Galleries) -> None:
    galleries.apply([row(1), row(1, 240), row(1, space="prints bits@2"), row(2)], [], 1)
    galleries.apply([row(1, 7, class_id=3)], [], 2)
    assert galleries.propose(SPACE, [asked(15)], 9, VIEW) == [Proposed(2, 4.0), Proposed(1, 3.5)]
    assert galleries.propose("prints bits@2", [asked()], 9, VIEW) == []


def test_the_gone_are_gone_and_what_comes_in_the_same_breath_stays(galleries: Galleries) -> None:
    galleries.apply([row(1), row(2), row(3)], [], 1)
    galleries.apply([row(2)], [1, 2, 77], 2)
    assert numbers(galleries.propose(SPACE, [asked()], 9, VIEW)) == [2, 3]


def test_what_is_kept_outlives_the_process_and_what_is_wiped_does_not(engine: Open) -> None:
    first = engine()
    first.apply([row(1)], [], 5)
    first.close()
    second = engine()
    assert (numbers(second.propose(SPACE, [asked()], 9, VIEW)), second.watermark()) == ([1], 5)
    second.wipe()
    assert (second.propose(SPACE, [asked()], 9, VIEW), second.watermark()) == ([], 0)
    second.apply([row(8)], [], 3)
    assert numbers(second.propose(SPACE, [asked()], 9, VIEW)) == [8]


def test_who_reads_sees_what_another_wrote_without_being_told(engine: Open) -> None:
    writer, reader = engine(), engine()
    for n in range(1, 12):
        writer.apply([row(n)], [n - 1], n)
        assert (numbers(reader.propose(SPACE, [asked()], 9, VIEW)), reader.watermark()) == ([n], n)
    writer.wipe()
    writer.apply([row(1, 7)], [], 1)
    assert reader.propose(SPACE, [asked(15)], 9, VIEW) == [Proposed(1, 3.5)]


def test_a_form_that_nobody_can_compare_is_refused(galleries: Galleries) -> None:
    galleries.apply([row(1, space="voices x@1")], [], 1)
    with pytest.raises(ValueError, match="voices"):
        galleries.propose("voices x@1", [asked()], 9, VIEW)


def test_widths_are_never_mixed_and_what_is_hidden_does_not_tell_its_own(galleries: Galleries) -> None:
    wide = Template(2, 1, LATER, SPACE, 0, np.zeros((1, 3), np.uint64))
    with pytest.raises(ValueError, match="more than one width"):
        galleries.apply([row(1), wide], [], 1)
    galleries.apply([replace(wide, class_id=0)], [], 2)
    assert galleries.propose(SPACE, [asked()], 9, VIEW) == []
    with pytest.raises(ValueError, match="width 2"):
        galleries.propose(SPACE, [asked()], 9, replace(VIEW, classes=b"\1"))


@pytest.mark.parametrize("position", [-1, 11])
def test_a_position_that_no_finger_has_is_refused(position: int) -> None:
    with pytest.raises(ValueError, match="no position"):
        row(1, position=position)


@pytest.mark.parametrize(
    "wrong",
    [np.zeros((0, 2), np.uint64), np.zeros((2, 0), np.uint64), np.zeros(3, np.uint64), np.zeros((1, 2))],
)
def test_what_is_no_template_is_refused(wrong: Words) -> None:
    with pytest.raises(ValueError, match="no template"):
        Template(1, 1, LATER, SPACE, 0, wrong)


def test_what_is_asked_without_an_item_asks_nothing(galleries: Galleries) -> None:
    galleries.apply([row(1)], [], 1)
    empty = Asked(0, np.zeros((0, 2), np.uint64))
    assert galleries.propose(SPACE, [empty], 9, VIEW) == []
    assert galleries.propose(SPACE, [empty, asked(15)], 9, VIEW) == [Proposed(1, 4.0)]


def test_the_spaces_that_hold_something_are_known(galleries: Galleries) -> None:
    assert galleries.spaces() == frozenset()
    galleries.apply([row(1), row(2, space="prints bits@2"), row(3, space="prints bits@2")], [], 1)
    assert galleries.spaces() == {SPACE, "prints bits@2"}
    galleries.apply([], [2, 3], 2)
    assert galleries.spaces() == {SPACE}


def test_an_address_of_no_engine_is_refused() -> None:
    for url in ("", "memory", "memory:x", "folder:", "faiss:/tmp/x"):
        with pytest.raises(ValueError, match="no galleries engine"):
            open_galleries(url)


# --- every cell of the folder's answer is the twin's, and what is hidden changes none -----------------

VALUES = st.sampled_from([0, 3, 15, 240, 255]) | st.integers(0, 255)  # few, so that scores are often equal
ROWS = st.builds(
    lambda n, values, class_id, day, space, position: row(
        n, *values, class_id=class_id, day=day, space=space, position=position
    ),
    st.integers(1, 12) | st.sampled_from([2**31, 2**33]),
    st.lists(VALUES, min_size=1, max_size=2),
    st.integers(0, 5),
    st.sampled_from([DAY, DAY + 1, LATER, 2_932_896]),
    st.sampled_from([SPACE, SPACE, "prints bits@2"]),
    st.sampled_from([0, 1, 2, 10]),
)
WRITES = st.lists(
    st.tuples(st.lists(ROWS, min_size=4, max_size=14), st.lists(st.integers(1, 12), max_size=3)),
    min_size=1,
    max_size=5,
)
QUESTION = st.lists(
    st.builds(
        lambda values, position: asked(*values, position=position),
        st.lists(VALUES, min_size=1, max_size=2),
        st.sampled_from([0, 1, 2, 3, 10]),
    ),
    min_size=1,
    max_size=3,
)
CLASSES = st.sampled_from([b"\0\1\1\1\1\1", b"\1\1\1\0\0", b"\0\1", b""])
TUNED = {
    "segments.writer.RATIO": [0, 1, 4],
    "galleries.asking.LEAST": [0, 1 << 20],
    "galleries.segment.BLOCK": [1, 3, 1 << 12],
    "galleries.folder.UNTIDY": [2, 1 << 20],
}
SLOWLY = settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40, deadline=None)


@SLOWLY
@given(WRITES, QUESTION, CLASSES, st.sampled_from([1, 2, 3, 9]), st.data())
def test_whatever_is_written_the_folder_answers_as_the_twin(
    writes: list[tuple[list[Template], list[int]]],
    question: list[Asked],
    classes: bytes,
    most: int,
    data: st.DataObject,
) -> None:
    small = data.draw(st.sampled_from([0, 3, 100_000]), "small")
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        unflushed(patch)
        for where, values in TUNED.items():
            patch.setattr(f"entente.engines.{where}", data.draw(st.sampled_from(values), where))
        twin, ours = MemoryGalleries(forms), FolderGalleries(Path(folder) / "kept", forms, small)
        with closing(ours), closing(FolderGalleries(Path(folder) / "kept", forms)) as reader:
            for mark, (rows, gone) in enumerate(writes, start=1):
                for engine in (twin, ours):
                    engine.apply(rows, gone, mark)
                if data.draw(st.booleans(), "idle"):
                    ours.apply([], [], mark)
                for space in (SPACE, "prints bits@2"):
                    for day in (TODAY, TODAY + timedelta(days=1)):
                        told = (space, question, most, View(classes, (), day))
                        assert reader.propose(*told) == ours.propose(*told) == twin.propose(*told)
            assert reader.watermark() == ours.watermark() == twin.watermark()


def unflushed(patch: pytest.MonkeyPatch) -> None:
    """Nothing is lost here that is not on the disk, and a disk is slow."""
    patch.setattr("os.fsync", lambda _: None)
    patch.setattr("entente.engines.galleries.segment.keep", lambda *_: None)


SHIFTS = st.lists(st.sampled_from([-100, 0, 0, 100]), min_size=12, max_size=12)


def hidden(rows: list[Template], classes: bytes) -> list[Template]:
    view = View(classes, (), TODAY)
    return [r for r in rows if not (view.holds(r.class_id) and r.day > DAY)]


@SLOWLY
@given(st.lists(ROWS, max_size=20), st.lists(ROWS, max_size=12), QUESTION, CLASSES, st.integers(1, 4), SHIFTS)
def test_whatever_the_view_excludes_changes_no_answer(
    rows: list[Template],
    others: list[Template],
    question: list[Asked],
    classes: bytes,
    most: int,
    shifts: list[int],
) -> None:
    """Two worlds: one with what is seen alone, one with anything that is not, before and after it."""
    unseen = hidden(rows, classes)
    things = {r.n for r in unseen}
    seen = [r for r in rows if r.n not in things]
    told = (SPACE, question, most, View(classes, (), TODAY))
    extra = [replace(r, n=r.n + by) for r, by in zip(hidden(others, classes), shifts, strict=False)]
    extra = [r for r in extra if r.n not in {s.n for s in seen}]
    for url in ("memory:", "folder:"):
        with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
            unflushed(patch)
            answers = []
            for world, part in enumerate((seen, [*extra, *unseen, *seen])):
                place = url if url == "memory:" else f"{url}{folder}/{world}"
                with closing(open_galleries(place, forms)) as engine:
                    engine.apply(part, [], 1)
                    answers.append(engine.propose(*told))
                    if world:  # what is hidden goes, or comes anew with other templates
                        engine.apply(
                            [replace(r, items=items(15, 240)) for r in extra], [r.n for r in unseen], 2
                        )
                        answers.append(engine.propose(*told))
            assert answers[0] == answers[1] == answers[2]
