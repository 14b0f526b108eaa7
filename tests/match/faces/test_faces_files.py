"""dlib's files are read as dlib wrote them, and nothing else is."""

import contextlib
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.faces import weights
from entente.match.faces.packed import Misread, Packed, numbers


def packed(value: int) -> bytes:
    size = max(1, (abs(value).bit_length() + 7) // 8)
    return bytes([size | (128 if value < 0 else 0)]) + abs(value).to_bytes(size, "little")


@given(st.lists(st.integers(-(2**56) + 1, 2**56 - 1), max_size=30))
def test_packed_numbers_are_read_one_by_one_and_all_at_once(values):
    data = b"".join(map(packed, values))
    file = Packed(data)
    assert [file.whole() for _ in values] == values
    assert numbers(data).tolist() == values


@given(st.integers(-(2**24), 2**24), st.integers(-60, 60))
def test_a_real_is_a_whole_number_and_a_power_of_two(mantissa, power):
    assert Packed(packed(mantissa) + packed(power)).real() == math.ldexp(mantissa, power)


@given(st.binary(max_size=40))
def test_bytes_that_are_no_packed_numbers_are_refused_and_nothing_else_happens(data):
    for read in (lambda: Packed(data).whole(), lambda: Packed(data).tensor(), lambda: numbers(data)):
        with contextlib.suppress(Misread):
            read()


def test_a_tensor_cut_off_says_where_the_file_ends():
    data = packed(2) + packed(3) + packed(1) * 3 + np.zeros(2, "<f4").tobytes()
    with pytest.raises(Misread, match="the file ends at byte 18"):
        Packed(data).tensor()


@pytest.mark.parametrize("read", [weights.residual, weights.detector, weights.cascade])
@pytest.mark.parametrize("data", [b"", b"\1\1", b"\1\2", bytes(1000), b"\1\x05con_4" * 5])
def test_a_file_of_something_else_is_refused(read, data):
    with pytest.raises(Misread):
        read(data)


def test_the_points_of_68_are_never_asked_for():
    names = {weights.ENCODER_FILE, weights.DETECTOR_FILE, weights.POINTS_FILE}
    assert not any("68" in name for name in names)
