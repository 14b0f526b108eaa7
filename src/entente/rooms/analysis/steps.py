"""What was done to a file or a subject: each step with its moment and officer, kept on the thing itself."""

from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis.model import FileStep
from entente.rooms.publications import named, steps, with_step

__all__ = ["history", "named", "with_step"]


def history(desk: Desk, thing: Thing) -> list[FileStep]:
    """The steps of a thing, oldest first, with names instead of ids."""
    said = steps(thing)
    names = named(desk, [s["by"] for s in said])
    return [FileStep(at=s["at"], did=s["did"], by=names.get(s["by"], ""), why=s["why"]) for s in said]
