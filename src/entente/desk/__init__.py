"""The desk: where an officer sits, for a purpose. The only way from rooms to what is kept.

`sit(house, asker)` opens one sitting (opening.py, sitting.py), `find` answers a question in it (finding.py).
Behind the answers, one process does the work: index, journal, silent hits, retention (work.py).
"""

from entente.desk.chance import Clock, Ids, is_id, system_clock
from entente.desk.clocks import come, is_due
from entente.desk.finding import Findings, Found, find
from entente.desk.house import HOUSE_ASKER, HOUSE_HANDLING, House
from entente.desk.noting import refuse
from entente.desk.opening import sit
from entente.desk.sitting import Desk
from entente.engines.links import Bond

__all__ = [
    "HOUSE_ASKER",
    "HOUSE_HANDLING",
    "Bond",
    "Clock",
    "Desk",
    "Findings",
    "Found",
    "House",
    "Ids",
    "come",
    "find",
    "is_due",
    "is_id",
    "refuse",
    "sit",
    "system_clock",
]
