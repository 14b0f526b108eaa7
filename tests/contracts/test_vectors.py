"""What every vectors engine must do; the exact twin in memory says what is right."""

import random
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.core.access import View
from entente.engines.seams import Vectors
from entente.engines.vectors import Likeness, Near, layout, open_vectors
from entente.engines.vectors.folder import FolderVectors
from entente.engines.vectors.memory import MemoryVectors

TODAY = date(2026, 3, 1)
DAY = (TODAY - date(1970, 1, 1)).days
LATER = 30_000
VIEW = View(b"\0\1\0\1", (), TODAY)
"""Classes 1 and 3 are seen."""
PICTURES = Path(__file__).parents[3] / "shared/data/images/pdq/pdq/data/reg-test-input"

Open = Callable[[], Vectors]


def flipped(hash: bytes, *bits: int) -> bytes:
    return (int.from_bytes(hash) ^ sum(1 << bit for bit in set(bits))).to_bytes(32)


ZERO = bytes(32)


def row(n: int, hash: bytes = ZERO, class_id: int = 1, day: int = LATER, space: str = "pdq") -> Likeness:
    return Likeness(n, class_id, day, space, hash)


def numbers(found: list[Near]) -> list[int]:
    return [near.n for near in found]


@pytest.fixture(params=["memory", "folder"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens the same place again and again, and closes what it opened."""
    opened: list[Vectors] = []

    def again() -> Vectors:
        if request.param == "memory" and opened:
            return opened[0]
        opened.append(open_vectors("memory:" if request.param == "memory" else f"folder:{tmp_path / 'near'}"))
        return opened[-1]

    yield again
    for vectors in opened:
        vectors.close()


@pytest.fixture
def vectors(engine: Open) -> Vectors:
    return engine()


def test_an_empty_engine_finds_nothing_and_starts_at_zero(vectors: Vectors) -> None:
    assert vectors.near("pdq", [ZERO], 256, VIEW) == []
    assert vectors.watermark() == 0


def test_the_radius_is_included_and_one_bit_more_is_out(vectors: Vectors) -> None:
    vectors.apply([row(1, flipped(ZERO, *range(31))), row(2, flipped(ZERO, *range(32)))], [], 7)
    assert vectors.near("pdq", [ZERO], 31, VIEW) == [Near(0, 1, 31)]
    assert numbers(vectors.near("pdq", [ZERO], 32, VIEW)) == [1, 2]
    assert vectors.near("pdq", [ZERO], -1, VIEW) == []
    assert vectors.watermark() == 7


def test_opposite_hashes_are_256_bits_apart(vectors: Vectors) -> None:
    vectors.apply([row(1, b"\xff" * 32)], [], 1)
    assert vectors.near("pdq", [ZERO], 255, VIEW) == []
    assert vectors.near("pdq", [ZERO], 256, VIEW) == [Near(0, 1, 256)]


def test_a_thing_is_told_once_by_the_nearest_of_its_hashes(vectors: Vectors) -> None:
    vectors.apply([row(1, flipped(ZERO, 1, 2)), row(1, flipped(ZERO, 3)), row(1, b"\xff" * 32)], [], 1)
    assert vectors.near("pdq", [ZERO, b"\xff" * 32], 10, VIEW) == [Near(0, 1, 1), Near(1, 1, 0)]


def test_answers_come_by_asked_distance_and_number(vectors: Vectors) -> None:
    rows = [row(3), row(2, flipped(ZERO, 0)), row(9, flipped(ZERO, 8)), row(1, flipped(ZERO, 1, 2))]
    vectors.apply(rows, [], 1)
    assert [(f.asked, f.n) for f in vectors.near("pdq", [ZERO, ZERO], 2, VIEW)] == [
        (asked, n) for asked in (0, 1) for n in (3, 2, 9, 1)
    ]


def test_a_thing_is_in_by_its_class_and_out_on_the_day_it_expires(vectors: Vectors) -> None:
    rows = [row(n, class_id=class_id) for n, class_id in enumerate((0, 1, 2, 3, 4, -1, 300), start=1)]
    vectors.apply([*rows, row(11, day=DAY), row(12, day=DAY + 1), row(13, day=-5)], [], 1)
    assert numbers(vectors.near("pdq", [ZERO], 0, VIEW)) == [2, 4, 12]
    assert vectors.near("pdq", [ZERO], 0, replace(VIEW, classes=b"")) == []
    assert numbers(vectors.near("pdq", [ZERO], 0, replace(VIEW, today=date(9999, 12, 31)))) == []


def test_of_each_owner_the_nearest_so_many_are_told_and_a_flood_of_one_hides_nothing_of_another(
    vectors: Vectors,
) -> None:
    flood = [row(n, flipped(ZERO, 255 - n), class_id=1) for n in range(1, 30)]
    vectors.apply([*flood, row(30, flipped(ZERO, 1, 2), class_id=3), row(31, class_id=1)], [], 1)
    owners = [0, 7, 0, 8]
    told = vectors.near("pdq", [ZERO, ZERO], 9, VIEW, 2, owners)
    assert told == [Near(at, n, apart) for at in (0, 1) for n, apart in ((31, 0), (1, 1), (30, 2))]
    assert numbers(vectors.near("pdq", [ZERO], 9, VIEW, 2)) == [31, 1]
    assert len(vectors.near("pdq", [ZERO], 9, VIEW)) == 31


def test_what_the_view_excludes_takes_no_place_from_what_it_holds(vectors: Vectors) -> None:
    hidden = [row(n, class_id=0) for n in range(1, 9)]
    vectors.apply([*hidden, row(10, day=DAY), *(row(n, flipped(ZERO, 3)) for n in (11, 12, 13))], [], 1)
    assert numbers(vectors.near("pdq", [ZERO], 9, VIEW, 3, [5, 5])) == [11, 12, 13]


def test_hashes_of_two_spaces_are_never_compared(vectors: Vectors) -> None:
    vectors.apply([row(1), row(2, space="dhash")], [], 1)
    assert numbers(vectors.near("pdq", [ZERO], 0, VIEW)) == [1]
    assert numbers(vectors.near("dhash", [ZERO], 0, VIEW)) == [2]
    assert vectors.near("other", [ZERO], 256, VIEW) == []


def test_what_comes_anew_replaces_all_that_a_thing_had_in_every_space(vectors: Vectors) -> None:
    vectors.apply([row(1), row(1, b"\xff" * 32), row(1, space="dhash"), row(2)], [], 1)
    vectors.apply([row(1, flipped(ZERO, 5), class_id=3)], [], 2)
    assert vectors.near("pdq", [ZERO, b"\xff" * 32], 9, VIEW) == [Near(0, 2, 0), Near(0, 1, 1)]
    assert vectors.near("dhash", [ZERO], 9, VIEW) == []


def test_the_gone_are_gone_and_what_comes_in_the_same_breath_stays(vectors: Vectors) -> None:
    vectors.apply([row(1), row(2), row(3)], [], 1)
    vectors.apply([row(2)], [1, 2, 77], 2)
    assert numbers(vectors.near("pdq", [ZERO], 0, VIEW)) == [2, 3]


def test_what_is_kept_outlives_the_process_and_what_is_wiped_does_not(engine: Open) -> None:
    first = engine()
    first.apply([row(1)], [], 5)
    first.close()
    second = engine()
    assert (numbers(second.near("pdq", [ZERO], 0, VIEW)), second.watermark()) == ([1], 5)
    second.wipe()
    assert (second.near("pdq", [ZERO], 0, VIEW), second.watermark()) == ([], 0)
    second.apply([row(8)], [], 3)
    assert numbers(second.near("pdq", [ZERO], 0, VIEW)) == [8]


def test_who_reads_sees_what_another_wrote_without_being_told(engine: Open) -> None:
    writer, reader = engine(), engine()
    for n in range(1, 30):
        writer.apply([row(n)], [n - 1], n)
        assert (numbers(reader.near("pdq", [ZERO], 0, VIEW)), reader.watermark()) == ([n], n)
    writer.wipe()
    writer.apply([row(1, flipped(ZERO, 1))], [], 1)
    assert reader.near("pdq", [ZERO], 5, VIEW) == [Near(0, 1, 1)]


def test_a_hash_of_another_length_is_refused(vectors: Vectors) -> None:
    with pytest.raises(ValueError, match="31 bytes"):
        row(1, bytes(31))


def test_an_address_of_no_engine_is_refused() -> None:
    for url in ("", "memory", "memory:x", "folder:", "faiss:/tmp/x"):
        with pytest.raises(ValueError, match="no vectors engine"):
            open_vectors(url)


@pytest.mark.skipif(not PICTURES.exists(), reason="the reference's hashes are not here")
@pytest.mark.parametrize("widths", [widths for _, widths in layout.LAYOUTS])
def test_the_references_needles_meet_its_haystack_in_250_pairs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, widths: tuple[int, ...]
) -> None:
    monkeypatch.setattr(layout, "LAYOUTS", ((1 << 28, widths),))
    monkeypatch.setattr(layout, "ROW_NS", float("inf"))
    needles, haystack = (
        [bytes.fromhex(line.split(",")[0].strip()) for line in (PICTURES / name).read_text().split()]
        for name in ("needles.txt", "haystack.txt")
    )
    with closing(FolderVectors(tmp_path / "near")) as vectors:
        vectors.apply([row(n, hash) for n, hash in enumerate(haystack, start=1)], [], 1)
        found = vectors.near("pdq", needles, 31, VIEW)
    assert len(found) == 250
    assert {near.asked for near in found} == set(range(len(needles)))


# --- every cell of the folder's answer is the twin's -------------------------------------------------

CENTRES = [random.Random(0).randbytes(32), ZERO, b"\xff" * 32]
HASHES = st.builds(
    lambda centre, bits: flipped(centre, *bits),
    st.sampled_from(CENTRES),
    st.sets(st.integers(0, 255), max_size=60),
)
ROWS = st.builds(
    Likeness,
    n=st.integers(1, 12) | st.sampled_from([2**31, 2**33]),
    class_id=st.integers(0, 5),
    day=st.sampled_from([DAY - 1, DAY, DAY + 1, LATER, 2_932_896]),
    space=st.sampled_from(["pdq", "dhash"]),
    bits=HASHES,
)
WRITES = st.lists(
    st.tuples(st.lists(ROWS, max_size=12), st.lists(st.integers(1, 12), max_size=3)), max_size=6
)
QUESTIONS = st.tuples(st.lists(HASHES, max_size=4), st.sampled_from([0, 1, 15, 31, 48, 100, 256]))
LIMITS = st.sampled_from([(None, []), (1, []), (2, [7, 7, 0, 8]), (1, [0, 4, 5, 6])])
SHAPES = st.sampled_from([(), (16,) * 16, (13,) * 16 + (12,) * 4, (8,) * 32, (1,) * 256])
LAYOUTS = st.sampled_from([widths for _, widths in layout.LAYOUTS])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(WRITES, QUESTIONS, st.binary(max_size=6).map(lambda b: bytes(c & 1 for c in b)), SHAPES, st.data())
def test_whatever_is_written_the_folder_answers_as_the_twin(
    writes: list[tuple[list[Likeness], list[int]]],
    question: tuple[list[bytes], int],
    classes: bytes,
    widths: tuple[int, ...],
    data: st.DataObject,
) -> None:
    small = data.draw(st.sampled_from([0, 3, 100_000]), "small")
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setattr(layout, "LAYOUTS", ((1 << 28, widths),))
        patch.setattr(layout, "ROW_NS", 1e5)
        held = data.draw(st.sampled_from([0, 3, 1000]), "held")
        patch.setattr("entente.engines.vectors.nearest.HELD", held)
        patch.setattr("entente.engines.vectors.asking.AT_ONCE", data.draw(st.integers(1, 3), "at once"))
        most, owners = data.draw(LIMITS, "limits")
        patch.setattr("entente.engines.segments.writer.RATIO", data.draw(st.sampled_from([0, 1, 4]), "ratio"))
        twin, ours = MemoryVectors(), FolderVectors(Path(folder) / "near", small)
        with closing(ours):
            reader = FolderVectors(Path(folder) / "near")
            for mark, (rows, gone) in enumerate(writes, start=1):
                for engine in (twin, ours):
                    engine.apply(rows, gone, mark)
                if data.draw(st.booleans(), "idle"):
                    ours.apply([], [], mark)
                for space in ("pdq", "dhash"):
                    for day in (TODAY, TODAY + timedelta(days=1)):
                        view = View(classes, (), day)
                        asked = (space, *question, view, most, owners)
                        assert reader.near(*asked) == ours.near(*asked) == twin.near(*asked)
            assert reader.watermark() == ours.watermark() == twin.watermark()


@given(st.integers(0, 256), SHAPES, st.integers(1, 10**8))
def test_thresholds_leave_no_pair_within_the_radius_unseen(
    radius: int, widths: tuple[int, ...], rows: int
) -> None:
    tried = layout.thresholds(widths, rows, radius)
    if tried is not None:
        assert sum(bits + 1 for bits in tried) >= radius + 1
        assert all(-1 <= bits <= width for bits, width in zip(tried, widths, strict=True))


@given(st.integers(1, 9), st.integers(0, 4))
def test_masks_are_all_values_with_so_few_bits(width: int, bits: int) -> None:
    assert sorted(layout.masks(width, bits).tolist()) == [
        v for v in range(1 << width) if v.bit_count() <= bits
    ]


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=5))
def test_bands_together_are_the_whole_hash(hashes: list[bytes]) -> None:
    from entente.engines.vectors.rows import words

    for _, widths in layout.LAYOUTS[1:]:
        whole = [0] * len(hashes)
        for at in reversed(range(len(widths))):
            for place, value in enumerate(layout.band(words(hashes), widths, at).tolist()):
                whole[place] = whole[place] << widths[at] | value
        assert whole == [int.from_bytes(hash, "little") for hash in hashes]
