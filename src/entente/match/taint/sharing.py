"""Whole units shared out in proportion, so that not one is lost or made."""

from collections.abc import Sequence


def shared(total: int, weights: Sequence[int]) -> list[int]:
    """`total` whole units over weights of 0 or more, by largest remainder (Hamilton's method).

    Each gets its exact quota rounded down; what is left goes, one unit each, to the largest remainders, and
    among equal ones to those that stand first. No part is further from its quota than one unit. The weights'
    sum must be above 0.
    """
    whole = sum(weights)
    quotas = [total * weight for weight in weights]
    parts = [quota // whole for quota in quotas]
    left = total - sum(parts)
    if left:
        rests = [quota % whole for quota in quotas]  # equal ones keep their places when sorted, reversed too
        for at in sorted(range(len(parts)), key=rests.__getitem__, reverse=True)[:left]:
            parts[at] += 1
    return parts
