"""The doors of the libraries: their examples run as they stand, and what is no message is told as such."""

from importlib import import_module
from textwrap import dedent
from typing import Any

import pytest

from entente.match import banking


def example(package: str) -> dict[str, Any]:
    """The names that a package's example leaves, run with nothing but what the package exports."""
    door = import_module(package)
    lines = (door.__doc__ or "").splitlines()
    code = dedent("\n".join(line for line in lines if not line.strip() or line.startswith("    ")))
    names: dict[str, Any] = {name: getattr(door, name) for name in door.__all__}
    exec(compile(code, package, "exec"), names)
    return names


def test_the_example_of_bank_messages_runs():
    names = example("entente.match.banking")
    assert (names["recall"].amount, names["recall"].reason) == (4125000, "FRAD")
    assert banking.kind_of(names["data"]) == "camt.056.001.08"


def test_the_example_of_tracing_runs():
    names = example("entente.match.taint")
    assert dict(names["trace"].held) == {(1, 0, 0): 6_000, (2, 0, 0): 4_000}


@pytest.mark.parametrize("door", [banking.read, banking.kind_of])
@pytest.mark.parametrize("given", ["<Document/>", ":20:REF1", None, 5])
def test_what_is_not_bytes_is_told_to_be_opened_as_bytes(door, given):
    with pytest.raises(TypeError, match=r"read from bytes as they came, not from .*'rb'"):
        door(given)


def test_every_name_of_the_door_is_there():
    assert all(hasattr(banking, name) for name in banking.__all__)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"", ""),
        (b"from,to,amount", ""),
        (b"{}", ""),
        (b'{"1": 2}', ""),
        (b"<a/>", ""),
        (b"\xef\xbb\xbf :20:REF", "MT"),
        (b"{1:F01XBBKXB2LAXXX}{2:I192XABKXA2LXXXXN}", "MT192"),
        (b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">', "camt.053.001.08"),
        (b"{1:" * 5_000, ""),
    ],
)
def test_a_message_is_told_by_its_beginning(head, name):
    assert banking.looks_like(head) == name
