"""ISO/IEC 19794-2 records: what is written is read again, and what is malformed is refused by its bytes."""

import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.match.prints import CELL, Flow, Malformed, Print
from entente.match.prints.iso19794 import HEAD, decode, encode

DATA = Path(__file__).parents[4] / "shared/data/prints"


@st.composite
def prints(draw: st.DrawFn) -> Print:
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    wide, high = draw(st.integers(1, 1500)), draw(st.integers(1, 1500))
    n = draw(st.integers(0, 255))
    rows = np.stack(
        [
            rng.uniform(0, wide - 0.51, n),
            rng.uniform(0, high - 0.51, n),
            rng.uniform(0, 360, n),
            np.sort(rng.uniform(0, 100, n))[::-1],
            rng.integers(0, 3, n),
        ],
        1,
    ).astype(np.float32)
    flow = None
    if draw(st.booleans()):
        shape = (-(-high // CELL), -(-wide // CELL))
        certain = rng.integers(0, 256, shape).astype(np.uint8)
        certain[rng.random(shape) < draw(st.sampled_from([0, 0.9, 1]))] = 0
        flow = Flow(np.where(certain > 0, rng.integers(0, 256, shape), 0).astype(np.uint8), certain)
    return Print(
        rows, wide, high, draw(st.integers(0, 100)), draw(st.integers(0, 10)), draw(st.integers(0, 15)), flow
    )


def example(n: int = 3) -> Print:
    rows = [(10 + 7 * i, 20 + 5 * i, 33 * i % 360, 90 - i, 1 + i % 2) for i in range(n)]
    return Print(np.array(rows, np.float32).reshape(-1, 5), 300, 400, 77, 2, 0)


def faults(data: bytes) -> tuple[str, ...]:
    with pytest.raises(Malformed) as refused:
        decode(data)
    return refused.value.faults


@settings(max_examples=60, deadline=None)
@given(st.lists(prints(), min_size=1, max_size=4))
def test_any_prints_come_back_as_they_were_up_to_rounding(given_: list[Print]) -> None:
    read = decode(encode(given_))
    assert len(read) == len(given_)
    for was, now in zip(given_, read, strict=True):
        assert (was.position, was.impression, was.quality) == (now.position, now.impression, now.quality)
        assert (was.width, was.height) == (now.width, now.height)
        order = np.argsort(-np.rint(was.minutiae[:, 3]), kind="stable")
        kept = was.minutiae[order]
        assert np.abs(kept[:, :2] - now.minutiae[:, :2]).max(initial=0) <= 0.5
        assert np.abs((kept[:, 2] - now.minutiae[:, 2] + 180) % 360 - 180).max(initial=0) <= 0.71
        assert np.abs(kept[:, 3] - now.minutiae[:, 3]).max(initial=0) <= 0.5
        assert np.array_equal(kept[:, 4], now.minutiae[:, 4])
        if was.flow is None:
            assert now.flow is None
        elif now.flow is not None:
            assert np.array_equal(was.flow.certain, now.flow.certain)
            assert np.array_equal(was.flow.angle, now.flow.angle)
        else:
            assert (was.flow.certain > 0).sum() == 0 or was.flow.certain.size > 5000
    assert encode(read) == encode(decode(encode(read)))


@settings(max_examples=100, deadline=None)
@given(
    prints(), st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=6), st.integers(0, 60)
)
def test_a_damaged_record_is_read_or_refused_with_its_bytes(
    given_: Print, changes: list[tuple[int, int]], cut: int
) -> None:
    data = bytearray(encode([given_, example()]))
    for at, value in changes:
        data[at % len(data)] = value
    try:
        decode(bytes(data[: len(data) - cut]))
    except Malformed as refused:
        assert refused.faults
        assert all(fault.startswith("byte ") for fault in refused.faults)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for candidate in (data, b"FMR\0 20\0" + data):
        try:
            decode(candidate)
        except Malformed as refused:
            assert refused.faults


def test_every_fault_is_told_at_once() -> None:
    data = bytearray(encode([example()]))
    struct.pack_into(">I", data, 8, 9999)
    struct.pack_into(">HH", data, 18, 0, 197)
    data[24] = 13
    told = faults(bytes(data))
    assert [fault.split(":")[0] for fault in told] == ["byte 8", "byte 18", "byte 24"]


def test_a_record_cut_short_or_with_bytes_left_over_is_refused() -> None:
    data = encode([example(), example()])
    assert any("cut short" in fault for fault in faults(data[:-3]))
    longer = bytearray(data + b"x")
    struct.pack_into(">I", longer, 8, len(longer))
    assert any("follow" in fault for fault in faults(bytes(longer)))
    assert len(decode(data + bytes(40))) == 2, "a buffer of fixed size, filled up with zeros"


def test_counts_beyond_the_standard_are_not_written() -> None:
    with pytest.raises(ValueError, match="255"):
        encode([example(256)])
    with pytest.raises(ValueError, match="64"):
        encode([example()] * 65)
    with pytest.raises(ValueError, match="64"):
        encode([])
    with pytest.raises(ValueError, match="lie between"):
        encode([replace(example(), minutiae=np.array([[-1, 0, 0, 50, 1]], np.float32))])
    assert len(decode(encode([example(255)] * 64))) == 64


def test_another_resolution_is_brought_to_500_dpi() -> None:
    data = bytearray(encode([example()]))
    struct.pack_into(">HH", data, 18, 394, 394)
    read = decode(bytes(data))[0]
    assert read.minutiae[:, :2] == pytest.approx(example().minutiae[:, :2] / 2, abs=0.2)
    assert (read.width, read.height) == (150, 200)


def test_extended_data_of_others_is_skipped_and_ours_is_skipped_by_others() -> None:
    flow = Flow(np.full((25, 19), 64, np.uint8), np.full((25, 19), 200, np.uint8))
    kept = replace(example(), flow=flow)
    data = encode([kept])
    # A reader that knows the standard alone finds the end of the view by its lengths.
    count = data[HEAD.size + 3]
    extended = HEAD.size + 4 + 6 * count
    (length,) = struct.unpack_from(">H", data, extended)
    assert extended + 2 + length == len(data)
    type, inner = struct.unpack_from(">HH", data, extended + 2)
    assert type >= 0x0100 and inner == length
    foreign = struct.pack(">HH", 0x0144, 7) + b"abc"
    mixed = bytearray(data[:extended] + struct.pack(">H", length + 7) + foreign + data[extended + 2 :])
    struct.pack_into(">I", mixed, 8, len(mixed))
    read = decode(bytes(mixed))[0].flow
    assert read is not None
    assert np.array_equal(read.angle, flow.angle)


def test_lying_lengths_of_extended_data_are_refused() -> None:
    data = bytearray(
        encode([replace(example(), flow=Flow(np.ones((25, 19), np.uint8), np.ones((25, 19), np.uint8)))])
    )
    extended = HEAD.size + 4 + 6 * 3
    for at, value in ((extended + 4, 3), (extended + 4, 60000), (extended + 2 + 4 + 8 + 2, 255)):
        lying = bytearray(data)
        if value > 255:
            struct.pack_into(">H", lying, at, value)
        else:
            lying[at] = 0 if value == 3 else lying[at]
            lying[at + (1 if value == 3 else 0)] = value
        assert faults(bytes(lying))


def test_a_short_record_makes_no_large_print() -> None:
    """A flow of one cell in a picture of 16,383 pixels would be read into a million."""
    wide = replace(example(), width=16_383, height=16_383)
    record = bytearray(encode([wide, replace(wide, width=300, height=400)]))
    own = record.rindex(b"ENT1")
    record[own + 4 : own + 12] = struct.pack(">HHBBBB", 16_383, 16_383, 0, 0, 1, 1)
    record += bytes([64, 255])
    for at, more in ((own - 2, 2), (own - 6, 2)):
        (length,) = struct.unpack_from(">H", record, at)
        struct.pack_into(">H", record, at, length + more)
    struct.pack_into(">I", record, 8, len(record))
    assert decode(bytes(record))[1].flow is None
    shape = (1024, 1024)
    corner = Flow(np.zeros(shape, np.uint8), np.zeros(shape, np.uint8))
    corner.certain[0, 0] = 255
    assert decode(encode([replace(wide, flow=corner)]))[0].flow is None


def test_a_print_that_a_low_resolution_makes_larger_than_can_be_kept_is_refused() -> None:
    record = bytearray(encode([replace(example(), width=16_383, height=16_383)]))
    record[18:22] = struct.pack(">HH", 39, 39)
    assert "pixels at 500 dpi" in faults(bytes(record))[0]


@pytest.mark.skipif(not DATA.exists(), reason="needs the shared data")
def test_real_records_of_three_other_systems_are_read() -> None:
    files = [
        *sorted((DATA / "iso19794").rglob("*.iso"))[::8],
        *(DATA / "fixtures").rglob("*.ist"),
        *(DATA / "fixtures").rglob("iso-*.dat"),
    ]
    assert len(files) > 40
    for file in files:
        views = decode(file.read_bytes())
        for view in views:
            assert len(view) > 5, file
            assert view.minutiae[:, 0].max() < view.width
            assert view.minutiae[:, 1].max() < view.height
        assert [len(v) for v in decode(encode(views))] == [len(v) for v in views]
