"""The loops over pixels and minutiae, compiled by numba where it is installed.

Every compiled loop has a definition that needs only NumPy: either the same function left as it is, where it
visits few pixels, or a twin of its own (`twin`), where Python would take minutes. Tests hold one to the
other.
"""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

numba: Any
try:
    import numba
except ImportError:
    numba = None

P = ParamSpec("P")
R = TypeVar("R")

COMPILED = numba is not None


def slow() -> str | None:
    """One sentence for the user where nothing is compiled; None where all is as it should be."""
    if COMPILED:
        return None
    return "numba is not installed: prints are read and searched many times slower (install entente[bio])."


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function as machine code, exact to the last bit; without numba, the function itself."""
    return _jit(function, fastmath=False)


def summing(function: Callable[P, R]) -> Callable[P, R]:
    """As `compiled`, but sums may be taken in another order, so that they fill the width of the processor."""
    return _jit(function, fastmath={"reassoc", "contract", "nsz"})


def _jit(function: Callable[P, R], *, fastmath: bool | set[str]) -> Callable[P, R]:
    if numba is None:
        return function
    return cast(Callable[P, R], numba.njit(cache=True, nogil=True, fastmath=fastmath)(function))


def twin(slow: Callable[P, R]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Where nothing is compiled, `slow` stands in for the loop below, which Python alone would take too long
    for.
    """
    return lambda fast: fast if COMPILED else slow
