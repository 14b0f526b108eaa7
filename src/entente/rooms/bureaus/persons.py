"""Distinct human beings: whether who sits here had a hand in something already (ASVS V2.3.5)."""

from collections.abc import Iterable

from entente.desk import Desk


def is_among(desk: Desk, officers: Iterable[str]) -> bool:
    """Whether who sits here is one of them, or has the address of one: a person enrolled twice is one."""
    through = desk.as_house()

    def address(officer: str) -> str:
        known = through.inspect(officer)
        return known.first("email").casefold() if known else ""

    mine = address(desk.asker.officer)
    return any(one == desk.asker.officer or (mine and address(one) == mine) for one in officers)
