"""What a camera wrote into a file, in one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.images import device_of, tables_hash

tables = st.dictionaries(
    st.integers(0, 3), st.lists(st.integers(1, 255), min_size=1, max_size=64), min_size=1
)


@pytest.mark.parametrize("serial", [None, "", "   ", "\x00\x00", "0000000", "--", 0])
def test_without_a_serial_number_there_is_no_device(serial):
    assert device_of("Maker", "Model", serial) == ""


def test_a_device_is_maker_model_and_serial_however_they_were_filled():
    assert device_of(" Maker\x00\x00", "MODEL  X", 4711) == "maker|model x|4711"
    assert device_of("a|b", "c", "1") == "a b|c|1"


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_a_device_has_three_parts_or_is_none(make, model, serial):
    made = device_of(make, model, serial)
    assert made == "" or (made.count("|") == 2 and made.rpartition("|")[2])


@given(tables, tables)
def test_tables_have_one_hash_each_whatever_their_order(one, other):
    assert tables_hash(one) == tables_hash(dict(reversed(one.items())))
    assert (tables_hash(one) == tables_hash(other)) == (one == other)


def test_no_tables_have_no_hash():
    assert tables_hash({}) == ""
