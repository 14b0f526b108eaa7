"""Reports: the casebook of proven cases, and threat assessments that can be recomputed.

A case study states links, each with its evidence; how far each is proven follows from proceedings and is
typed by nobody. A case is reviewed abroad before it may stand in a casebook; scores of an assessment are
given blind by two persons.
"""

from entente.rooms.reports.duties import duties
from entente.rooms.reports.imprints import IMPRINTS
from entente.rooms.reports.limits import LIMITS

__all__ = ["IMPRINTS", "LIMITS", "duties"]
