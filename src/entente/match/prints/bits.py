"""Ones of a 64-bit word: one instruction where loops are compiled."""

from collections.abc import Callable
from typing import Any, cast

import numpy as np

from entente.match.prints.compiled import COMPILED


def _ones(word: np.uint64) -> int:
    return int(word).bit_count()


ones: Callable[[Any], Any] = _ones
"""How many bits of the word are set."""

if COMPILED:
    from numba import types
    from numba.extending import intrinsic

    def _instruction(_typing: Any, _word: Any) -> Any:
        def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
            return builder.ctpop(arguments[0])

        return types.uint64(types.uint64), generate

    ones = cast(Callable[[Any], Any], intrinsic(_instruction))
