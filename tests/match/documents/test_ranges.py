"""Ranges of blank documents: cut into blocks that exact keys find, against counting one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.documents import ranges
from entente.match.documents.ranges import Range

PREFIXES = st.sampled_from(["", "A", "XB", "A1", "1", "10", "B7A"])


@st.composite
def few(draw: st.DrawFn) -> Range:
    """A range of at most a few thousand numbers, of short numbers so that two of them often meet."""
    width = draw(st.integers(1, 4))
    first = draw(st.integers(0, 10**width - 1))
    return Range(draw(PREFIXES), first, draw(st.integers(first, 10**width - 1)), width)


@st.composite
def any_range(draw: st.DrawFn) -> Range:
    width = draw(st.integers(1, 14))
    first = draw(st.integers(0, 10**width - 1))
    last = min(10**width - 1, first + draw(st.integers(0, ranges.MOST_NUMBERS - 1)))
    return Range(draw(PREFIXES), first, last, width)


def counted(blanks: Range) -> set[str]:
    """Every number of a range, written in full: the definition."""
    return {f"{blanks.prefix}{n:0{blanks.width}}" for n in range(blanks.first, blanks.last + 1)}


@given(few())
def test_the_blocks_of_a_range_make_up_its_numbers_and_none_lies_in_two(blanks: Range) -> None:
    made = [
        number
        for stem in blanks.stems()
        for n in range(10 ** (blanks.length - len(stem)))
        for number in [f"{stem}{n:0{blanks.length - len(stem)}}" if len(stem) < blanks.length else stem]
    ]
    assert made == sorted(counted(blanks))


@given(few(), few(), st.data())
def test_a_look_up_finds_a_number_exactly_where_counting_does(
    one: Range, other: Range, data: st.DataObject
) -> None:
    number = data.draw(st.sampled_from(sorted(counted(other))))
    inside = number in counted(one)
    assert one.holds(number) is inside
    assert bool(set(one.block_keys()) & set(ranges.keys_of(number))) is inside


@given(few(), few())
def test_two_ranges_overlap_exactly_where_they_share_a_number(one: Range, other: Range) -> None:
    shared = bool(counted(one) & counted(other))
    assert one.overlaps(other) is other.overlaps(one) is shared
    kept_under = other.block_keys()
    met = any(
        kept in ranges.around(one.length, stem)
        or ranges.key(one.length, stem) <= kept < ranges.key(one.length, stem) + ranges.AFTER_DIGITS
        for stem in one.stems()
        for kept in kept_under
    )
    assert met or not shared, "what shares a number is met where the room looks for it"


@given(any_range())
def test_a_range_has_at_most_eighteen_blocks_a_digit_and_a_look_up_asks_eight_keys(blanks: Range) -> None:
    assert len(blanks.stems()) <= 18 * blanks.width
    assert all(blanks.length - len(stem) <= ranges.MOST_OPEN for stem in blanks.stems())
    for place in (blanks.first, blanks.last, (blanks.first + blanks.last) // 2):
        asked = ranges.keys_of(blanks.number(place))
        assert len(asked) <= ranges.MOST_OPEN + 1
        assert len(set(asked) & set(blanks.block_keys())) == 1


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (("xb", 1, 2, 4), "other signs"),
        (("XB", 5, 4, 4), "smaller"),
        (("XB", 1, 10_000, 4), "more than 4 digits"),
        (("XB", 0, 10_000_000, 9), "10,000,001"),
        (("XB", 0, 1, 0), "at most 20"),
        (("XB", 0, 1, 19), "at most 20"),
    ],
)
def test_what_is_no_range_says_why(said: tuple[str, int, int, int], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Range(*said)


def test_ten_million_are_a_range() -> None:
    assert Range("XB", 0, 9_999_999, 7).stems() == ("XB",)


@given(st.text(max_size=30))
def test_any_text_asks_a_few_keys(text: str) -> None:
    assert len(ranges.keys_of(text)) <= ranges.MOST_OPEN + 1
