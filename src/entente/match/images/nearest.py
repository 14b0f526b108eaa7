"""The nearest pair of two sets of hashes."""

from collections.abc import Sequence


def nearest(asked: Sequence[bytes], kept: Sequence[bytes]) -> tuple[int, int, int] | None:
    """Distance, and the places of the nearest pair in either set, the first of equals; None if one is
    empty."""
    numbers = [int.from_bytes(one) for one in kept]
    best: tuple[int, int, int] | None = None
    for i, one in enumerate(asked):
        number = int.from_bytes(one)
        for j, other in enumerate(numbers):
            near = (number ^ other).bit_count()
            if best is None or near < best[0]:
                best = near, i, j
    return best
