"""What the trends room does by the clock: findings once a day, pairs of one seizure as they come in."""

from entente.desk import House
from entente.desk.work import Duty
from entente.rooms.trends.figures import finding_making
from entente.rooms.trends.referrals.duties import duties as referrals_duties
from entente.rooms.trends.seizures import same


def duties(house: House) -> list[Duty]:
    """The room's duties."""
    changes = same.feed(house)
    return [
        *finding_making.duties(house),
        *referrals_duties(house),
        Duty("same-seizures", lambda: same.follow(house, changes), 2.0),
    ]
