"""The casebook: editions of 25 to 30 admitted cases, in which every link is footnoted to its evidence.

An edition is a publication (rooms.publications). It is drawn from the cases as its author sees them. A case
that is no longer admitted goes from it by itself, and an erratum says so.
"""

from entente.rooms.reports.casebook.imprint import IMPRINTS

__all__ = ["IMPRINTS"]
