"""Analysis: files of things gathered for one inquiry, their networks, charts, reports (Project Millennium).

A file is a compartment: what bureaus contribute to it are records and relations of their own that only its
members may see. Charts and reports keep ids and read everything again, as whoever opens them may see it.
"""

from entente.rooms.analysis.charts.importing import LIMITS
from entente.rooms.analysis.duties import JOBS, asking, duties
from entente.rooms.analysis.reports import IMPRINTS

__all__ = ["IMPRINTS", "JOBS", "LIMITS", "asking", "duties"]
