"""Notices to all and diffusions to some: one instrument with a colour, on one path.

A draft is checked by a second officer, judged by the neutral review of the secretariat, and only then
published to those whom it names; a diffusion waits for exactly the same. Its subject is a record of the
bureau that drafted it, whose handling follows the notice's state.
"""

from entente.rooms.notices.duties import JOBS, duties
from entente.rooms.notices.photo import LIMITS
from entente.rooms.notices.service import notices_about
from entente.rooms.notices.showing import badges

__all__ = ["JOBS", "LIMITS", "badges", "duties", "notices_about"]
