"""A transaction is its parts."""

from dataclasses import dataclass

from entente.engines import seams


@dataclass(slots=True)
class Parts:
    """A `Transaction`."""

    things: seams.Things
    agenda: seams.Agenda
    ties: seams.Ties
    upkeep: seams.Upkeep
    classes: seams.Classes
    entries: seams.Entries
    jobs: seams.Jobs
    notes: seams.Notes
