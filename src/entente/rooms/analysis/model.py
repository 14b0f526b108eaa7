"""What the analysis room speaks of: how its papers are handled, and the schemas of files."""

from entente.core.access import EVERYONE, POLICE_PURPOSES, Handling, Level, Purpose
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import FILE


def compartment(file: str) -> str:
    """The compartment of an analysis file: held by its members alone."""
    return f"{FILE}{file}"


def paper(desk: Desk, file: Thing, see: int = EVERYONE) -> Handling:
    """How a paper of a file is handled: its keeper's own, for the file's members, as high as the file."""
    return Handling(
        owner=desk.asker.bureau,
        see=see,
        need=frozenset({compartment(file.id)}),
        purposes=POLICE_PURPOSES | Purpose.DESK,
        level=Level[file.first("level", "official").upper()],
    )
