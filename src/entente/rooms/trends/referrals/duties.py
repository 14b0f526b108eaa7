"""What the desk of referrals does by the clock: reports are compared a moment after they were kept."""

from entente.desk import House
from entente.desk.work import Duty
from entente.rooms.trends.referrals.matching import Matching


def duties(house: House) -> list[Duty]:
    """One duty: what is new or changed is held against what stands."""
    return [Duty("referrals", Matching(house).step, 1.0, "changed")]
