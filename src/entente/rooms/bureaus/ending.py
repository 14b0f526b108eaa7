"""What ends by the calendar in the directory: working groups that are over, experts nobody confirmed."""

from entente.desk import House
from entente.rooms.bureaus import experts, working_groups


def what_ends(house: House) -> bool:
    """End groups, and tell bureaus of entries that end soon; True when there was something to do."""
    return working_groups.end_those_gone(house) or experts.tell_what_ends(house)
